package usage_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
)

func find(t *testing.T, facts finding.Facts, opts finding.Options) *usage.Findings {
	t.Helper()
	return findingtest.Find(t, facts, "rust", opts)
}

func project(t *testing.T, f *usage.Findings, name string) *usage.Project {
	t.Helper()
	for i := range f.Projects {
		if f.Projects[i].Name == name {
			return &f.Projects[i]
		}
	}
	t.Fatalf("no project %q in the findings", name)
	return nil
}

func TestClassAndRule(t *testing.T) {
	t.Parallel()
	f := find(t, findingtest.Facts(), finding.Options{})
	tests := []struct {
		project string
		words   string
		rule    string
		text    string // part of the first reason
	}{
		{"Ferrobase", "core (at least trace)", usage.RulePrimary, "24,814,809 bytes of 24,854,809 (99.8 %)"},
		{"Meshwork", "component", usage.RuleRepository, "meshwork/proxy is mainly Rust: 2,400,000 bytes of 2,400,000 (100 %)"},
		{"Attestor", "component", usage.RuleComponent, "attestor-agent of attestor/attestor is mainly Rust"},
		{"Wasmoor", "core", usage.RuleLargest, "3,100,000 bytes of 3,800,000"},
		{"Wheelhouse", "core", usage.RulePrimary, "9,000 bytes"},
		{"Tracelet", "trace", usage.RuleTrace, "900 bytes of 9,000,900 (< 0.1 %)"},
		{"Paragate", "none", usage.RuleNone, "0 bytes of Rust in 1 of 1 repository read"},
		{"Halfread", "none in what was read", usage.RuleNone, "0 bytes of Rust in 1 of 2 repositories read (1 failed)"},
		{"Nowhere", "unknown", usage.RuleUnknown, "0 of 1 repository read (1 not found)"},
	}
	for _, test := range tests {
		t.Run(test.project, func(t *testing.T) {
			t.Parallel()
			p := project(t, f, test.project)
			if got := p.Words(); got != test.words {
				t.Errorf("class %q, want %q", got, test.words)
			}
			first := p.Because[0]
			if first.Rule != test.rule || !strings.Contains(first.Text, test.text) {
				t.Errorf("reason %s: %q, want %s with %q", first.Rule, first.Text, test.rule, test.text)
			}
			if p.Class != usage.Unknown && len(first.Evidence) == 0 {
				t.Error("the reason has no evidence")
			}
		})
	}
}

func TestUnknownIsNotZero(t *testing.T) {
	t.Parallel()
	p := project(t, find(t, findingtest.Facts(), finding.Options{}), "Nowhere")
	if p.Figures != nil {
		t.Errorf("figures of a project that was not read: %+v, want none", p.Figures)
	}
	if got := usage.ShareWords(p.Figures); got != "unknown" {
		t.Errorf("share in words %q, want unknown", got)
	}
}

func TestClassByScope(t *testing.T) {
	t.Parallel()
	f := find(t, findingtest.Facts(), finding.Options{})
	p := project(t, f, "Meshwork")
	want := map[fact.Scope]usage.Class{
		fact.ScopePrimary: usage.Trace, fact.ScopeListed: usage.Part, fact.ScopeOrganisation: usage.Part,
	}
	for scope, class := range want {
		if got := p.ScopeOf(scope).Class; got != class {
			t.Errorf("class over scope %s is %s, want %s", scope, got, class)
		}
	}
	f = find(t, findingtest.Facts(), finding.Options{Scope: fact.ScopePrimary})
	if p := project(t, f, "Meshwork"); p.Class != usage.Trace || len(p.InScope()) != 1 {
		t.Errorf("at scope primary: class %s over %d repositories, want trace over 1", p.Class, len(p.InScope()))
	}
}

// One change to the facts, one change to the class.
func TestClassBoundaries(t *testing.T) {
	t.Parallel()
	const id = "github.com/paragate/paragate"
	cell := func(language string, role fact.Role, component string, bytes int64) fact.Cell {
		return fact.Cell{Language: language, Role: role, Component: component, Bytes: bytes, Counted: true, Files: 1}
	}
	manifest := func(language string, role fact.Role, path string, kinds ...string) *fact.Components {
		return &fact.Components{Components: []fact.Component{{Name: "x", Language: language, Role: role, Path: path, Kinds: kinds}}}
	}
	tests := []struct {
		name       string
		cells      []fact.Cell
		components *fact.Components
		threshold  float64
		want       usage.Class
	}{
		{"share at threshold", []fact.Cell{cell("Go", "product", "", 90), cell("Rust", "product", "", 10)}, nil, 0.1, usage.Part},
		{"share below threshold", []fact.Cell{cell("Go", "product", "", 91), cell("Rust", "product", "", 9)}, nil, 0.1, usage.Trace},
		{"threshold raised", []fact.Cell{cell("Go", "product", "", 80), cell("Rust", "product", "", 20)}, nil, 0.3, usage.Trace},
		{"tie is largest", []fact.Cell{cell("Go", "product", "", 50), cell("Rust", "product", "", 50)}, nil, 0.1, usage.Core},
		{"not counted", []fact.Cell{cell("Go", "product", "", 90), {Language: "Rust", Role: "vendored", Bytes: 900}}, nil, 0.1, usage.None},
		{"crate of product role", []fact.Cell{cell("Go", "product", "", 990), cell("Rust", "product", "c", 9)}, manifest("Rust", "product", "c"), 0.1, usage.Part},
		{"crate with more C", []fact.Cell{cell("Go", "product", "", 990), cell("Rust", "product", "c", 4), cell("C", "product", "c", 5)}, manifest("Rust", "product", "c"), 0.1, usage.Trace},
		{"crate of test role", []fact.Cell{cell("Go", "product", "", 990), cell("Rust", "product", "c", 9)}, manifest("Rust", "test", "c"), 0.1, usage.Trace},
		{"test files only", []fact.Cell{cell("Go", "product", "", 990), cell("Rust", "test", "c", 9)}, manifest("Rust", "product", "c"), 0.1, usage.Trace},
		{"manifest without code", []fact.Cell{cell("Go", "product", "", 990)}, manifest("Rust", "product", "c"), 0.1, usage.None},
		{"nothing counted", nil, nil, 0.1, usage.None},
		{"largest of product files only", []fact.Cell{cell("Go", "test", "", 950), cell("Rust", "product", "", 40)}, nil, 0.1, usage.Part},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			facts := findingtest.Facts()
			facts.Compositions[id] = &fact.Composition{Cells: test.cells}
			facts.Components[id] = test.components
			f := find(t, facts, finding.Options{Thresholds: finding.Thresholds{ComponentShare: test.threshold}})
			if p := project(t, f, "Paragate"); p.Class != test.want {
				t.Errorf("class %s, want %s: %+v", p.Class, test.want, p.Because)
			}
		})
	}
}

// A verdict of a project that stands at a date before its first commit.
func TestEmptyIsNoGap(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	for i := range facts.Survey.Outcomes {
		if o := &facts.Survey.Outcomes[i]; o.Failure == string(errkind.Corrupt) {
			o.Failure = string(errkind.Empty)
		}
	}
	p := project(t, find(t, facts, finding.Options{}), "Halfread")
	if p.Words() != "none" || p.Incomplete {
		t.Errorf("class %q, incomplete %v: an empty repository holds nothing that could be missed", p.Words(), p.Incomplete)
	}
}

// The words of a class say what is certain, whatever is in what was not read.
func TestClassWords(t *testing.T) {
	t.Parallel()
	gap := quantity.Gap{Unread: 1}
	bound := func(c, floor usage.Class) usage.Verdict {
		return usage.Verdict{Class: c, Bounds: quantity.Between(c, floor, usage.Core, gap), Incomplete: true}
	}
	for _, tt := range []struct {
		verdict     usage.Verdict
		words, cell string
	}{
		{usage.Verdict{Class: usage.Part, Bounds: quantity.Exact(usage.Part)}, "component", "component"},
		{bound(usage.Core, usage.Core), "core", "core"},
		{bound(usage.Core, usage.Part), "core (at least component)", "core (component+)"},
		{bound(usage.Core, usage.None), "core in what was read", "core?"},
		{bound(usage.Part, usage.Part), "at least component", "component+"},
		{bound(usage.Trace, usage.Trace), "at least trace", "trace+"},
		{bound(usage.None, usage.None), "none in what was read", "none?"},
		{usage.Verdict{Class: usage.Unknown, Bounds: quantity.Unknown[usage.Class](gap), Incomplete: true}, "unknown", "unknown"},
	} {
		if got := tt.verdict.Words(); got != tt.words {
			t.Errorf("%+v reads %q, want %q", tt.verdict, got, tt.words)
		}
		if got := tt.verdict.Cell(); got != tt.cell {
			t.Errorf("the cell of %+v is %q, want %q", tt.verdict, got, tt.cell)
		}
	}
}

func TestSummaryAndGrowth(t *testing.T) {
	t.Parallel()
	f := find(t, findingtest.Facts(), finding.Options{})
	s := f.Summary
	if s.Core != 3 || s.Component != 2 || s.Trace != 1 || s.None != 2 || s.Unknown != 1 || s.Using() != 5 {
		t.Errorf("classes %+v", s)
	}
	if s.FirstAccepted.Name != "Meshwork" || s.LastAccepted.Name != "Wasmoor" || s.Largest[0].Name != "Ferrobase" {
		t.Errorf("first %v, last %v, largest %v", s.FirstAccepted, s.LastAccepted, s.Largest[0])
	}
	var levels []string
	for _, m := range s.Maturities {
		levels = append(levels, m.Maturity+": "+strings.Join(m.Using, ", "))
	}
	want := []string{"graduated: Ferrobase, Meshwork", "incubating: Wasmoor", "sandbox: Attestor", "archived: Wheelhouse"}
	if diff := cmp.Diff(want, levels); diff != "" {
		t.Errorf("maturities (-want +got):\n%s", diff)
	}
	if s.Packages != 3 {
		t.Errorf("%d packages, want 3", s.Packages)
	}
	first, last := f.Growth[1], f.Growth[len(f.Growth)-1]
	if first.Year != 2017 || first.Accepted[0].Name != "Meshwork" || last.Year != 2024 || last.Total != 5 {
		t.Errorf("growth from %+v to %+v", first, last)
	}
	if y := f.Growth[0]; y.Year != 2016 || y.Adopted[0].Name != "Ferrobase" || y.AdoptedTotal != 1 || last.AdoptedTotal != 2 {
		t.Errorf("growth by adoption from %+v to %+v", y, last)
	}
	if last.Moved[0].Milestone != "incubating" || last.Moved[0].Evidence.Line == 0 {
		t.Errorf("last change %+v", last.Moved)
	}
}

func TestPackages(t *testing.T) {
	t.Parallel()
	p := project(t, find(t, findingtest.Facts(), finding.Options{}), "Ferrobase")
	got := p.Packages
	want := usage.Packages{
		Product: 2, Other: 1,
		Ecosystems: []usage.Count{{Name: "cargo", Count: 2}},
		Kinds:      []usage.Count{{Name: "lib", Count: 2}, {Name: "bin", Count: 1}},
		Editions:   []usage.Count{{Name: "2021", Count: 2}},
		Runtimes:   []usage.Count{{Name: "tokio", Count: 1}},
		Unsafe:     &fact.Unsafe{Blocks: 215, Fns: 14, Impls: 9, Traits: 1, Files: 41},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("packages (-want +got):\n%s", diff)
	}
	if link := p.Components[0].Evidence.Link(); !strings.HasSuffix(link, "/Cargo.toml#L2") {
		t.Errorf("evidence of the first component: %q", link)
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	f := find(t, findingtest.Facts(), finding.Options{})
	if d := project(t, f, "Ferrobase").Documents; len(d.Reasons) != 1 || d.Reasons[0].Evidence.Line != 12 || len(d.Adopters) != 2 {
		t.Errorf("documents %+v with reasons %+v", d.Documents, d.Reasons)
	}
	if d := project(t, f, "Wasmoor").Documents; d.Reasons != nil || d.Repositories != 0 {
		t.Errorf("reasons nobody read: %+v, want unknown", d.Reasons)
	}
	if d := project(t, f, "Meshwork").Documents; d.Reasons == nil {
		t.Error("documents read without reasons: unknown, want an empty list")
	}
}

// What was found and not understood is told with its place, but for links that
// lead to a file of the project that was read, or to somebody else's.
func TestUnreadDocuments(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	const mesh, proxy = "github.com/meshwork/meshwork", "github.com/meshwork/proxy"
	facts.Adopters[mesh].Unread = []fact.UnreadDocument{
		{Path: "README.md", Line: 3, Target: "https://mesh.example/adopters", Why: "a link"},
		{Path: "README.md", Line: 4, Target: "https://github.com/other/thing/blob/main/ADOPTERS.md", Why: "a link"},
		{Path: "ADOPTERS.md", Cause: fact.CausePlaceholder, Why: "a template"},
	}
	facts.Licences[mesh].Unread = []fact.UnreadDocument{{Path: "COPYING", Why: "odd"}}
	facts.Maintainers[mesh].Unread = []fact.UnreadDocument{
		{Path: "README.md", Line: 5, Target: "https://github.com/Meshwork/proxy/blob/main/docs/MAINTAINERS.md#x", Why: "a link"},
		{Path: "README.md", Line: 6, Target: "https://github.com/meshwork/proxy/blob/main/docs/OLD.md", Why: "a link"},
	}
	facts.Maintainers[proxy] = &fact.Maintainers{Files: []string{"docs/MAINTAINERS.md"}}
	facts.Licences[proxy] = &fact.Licences{Unread: []fact.UnreadDocument{{Path: "LICENSE", Why: "odd"}}}
	d := project(t, find(t, facts, finding.Options{}), "Meshwork").Documents
	var got []string
	for _, u := range d.Unread {
		got = append(got, string(u.Kind)+" "+u.Evidence.Repo.Name()+" "+u.Evidence.Path+" "+strconv.Itoa(u.Evidence.Line))
		if u.Evidence.Commit == "" {
			t.Errorf("%+v has no commit", u)
		}
	}
	want := []string{"adopters meshwork README.md 3", "licence meshwork COPYING 0", "maintainers meshwork README.md 6"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(d.UnreadOf(fact.DocumentAdopters)) != 1 || len(d.UnreadOf(fact.DocumentSecurity)) != 0 {
		t.Errorf("by kind: %+v", d.Unread)
	}
}

func TestDeterministic(t *testing.T) {
	t.Parallel()
	var first string
	for range 5 {
		out, err := json.Marshal(find(t, findingtest.Facts(), finding.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(out)
		}
		if first != string(out) {
			t.Fatal("two runs over the same facts differ")
		}
	}
}

func TestNoLanguage(t *testing.T) {
	t.Parallel()
	l, err := profile.Of(findingtest.Facts(), finding.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, hint := range map[string]string{"Rsut": "Rust", "": ""} {
		if _, err := usage.Of(l, name); errkind.Of(err) != errkind.Usage || !strings.Contains(errkind.Hint(err), hint) {
			t.Errorf("%q: error %v of kind %q, hint %q", name, err, errkind.Of(err), errkind.Hint(err))
		}
	}
}
