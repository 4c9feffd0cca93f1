package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/template"
	"text/template/parse"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

func flavors() []Flavor { return []Flavor{GitHub, Docusaurus} }

// looks are all the ways in which the built-in report may be written.
func looks() []Options {
	var all []Options
	for _, flavor := range flavors() {
		for _, detail := range Details() {
			all = append(all, Options{Flavor: flavor, Detail: detail})
		}
	}
	return all
}

func model(t testing.TB, facts finding.Facts) *report.Model {
	t.Helper()
	f := findingtest.Find(t, facts, "rust", finding.Options{Limited: true})
	return report.New(facts.Survey, f, "")
}

// bare is a survey that found nothing.
func bare() finding.Facts {
	return finding.Facts{Survey: &fact.Survey{Landscape: &fact.Landscape{}, Catalog: &fact.Catalog{}}}
}

// inPlaceOfFolders is a survey in which whole repositories stand for folders.
func inPlaceOfFolders() finding.Facts {
	facts := busy()
	for i := range facts.Survey.Outcomes {
		if r := facts.Survey.Outcomes[i].Revision; r != nil {
			r.Notes = []fact.Note{{Kind: fact.NoteFolder, Text: "the whole is measured", Evidence: r.Evidence()}}
		}
	}
	return facts
}

// busy is the invented survey with the things that a template shows rarely.
func busy() finding.Facts {
	facts := findingtest.Facts()
	note := fact.Note{Kind: "odd", Text: "a date in the future", Evidence: facts.Survey.Landscape.Evidence}
	facts.Survey.Landscape.Notes = []fact.Note{note, note}
	for i := range facts.Survey.Outcomes {
		if r := facts.Survey.Outcomes[i].Revision; r != nil {
			r.Notes = []fact.Note{note}
			r.Latest = &fact.Latest{Person: &fact.LatestCommit{Ref: "refs/heads/next", Commit: "abc", At: "2025-06-29T00:00:00Z", Merge: true}}
		}
	}
	const wheel = "github.com/wheelhouse/wheelhouse"
	findingtest.Speak(&facts, wheel)
	facts.Licences[wheel].Unread = []fact.UnreadDocument{{Path: "COPYING", Why: "a text of no known licence"}}
	facts.Policies[wheel].Unread = []fact.UnreadDocument{{Path: "README.md", Line: 3, Why: "a link"}}
	facts.Adopters[wheel].Unread = []fact.UnreadDocument{{Path: "README.md", Line: 4, Why: "a link"}}
	return facts
}

// limited is the busy survey, told to look at some projects.
func limited() finding.Facts {
	facts := busy()
	facts.Survey.Projects = []string{"Ferrobase", "Wasmoor"}
	return facts
}

// A survey of some projects makes a report of these, and says so.
func TestLimitedSurvey(t *testing.T) {
	t.Parallel()
	got := write(t, model(t, limited()), Options{Flavor: GitHub})
	for _, want := range []string{"and the survey was limited to 2 of them", "Of the 2 that were surveyed, **", "of 2 that were surveyed |", "Ferrobase"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the report", want)
		}
	}
	for _, not := range []string{"Meshwork", "Nowhere"} {
		if strings.Contains(got, not) {
			t.Errorf("%s is in the report, and was left out of the survey", not)
		}
	}
}

func write(t testing.TB, m *report.Model, opts Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := Render(t.Context(), &out, m, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, look := range looks() {
		got := write(t, model(t, findingtest.Facts()), look)
		golden := filepath.Join("testdata", fmt.Sprintf("%s-%s.md", look.Flavor, look.Detail))
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if len(want) == 0 {
			t.Fatalf("%s is empty", golden)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: run with -update if this is meant (-want +got):\n%s", golden, diff)
		}
	}
}

// folds are the HTML that a page may have: what folds the appendix.
var folds = []string{"<details>\n<summary>Appendix: evidence, packages, definitions, sources</summary>\n", "</details>\n"}

// outline is the structure of a page: its blocks in order, tables with their
// sizes. It fails the test on HTML, images and bare addresses.
func outline(t *testing.T, source string) []string {
	t.Helper()
	source = source[strings.Index(source, "\n---\n")+5:] // front matter
	root := gfm().Parser().Parse(text.NewReader([]byte(source)))
	var blocks []string
	err := ast.Walk(root, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if !enter {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			if lines := string(n.Lines().Value([]byte(source))); !slices.Contains(folds, lines) {
				t.Errorf("HTML on the page: %.120q", lines)
			}
		case *ast.RawHTML, *ast.Image, *ast.AutoLink:
			t.Errorf("%s on the page near %.120q", n.Kind(), blocks[max(0, len(blocks)-1):])
		case *ast.Link:
			checkLink(t, string(n.Destination))
		case *extast.TableRow:
			blocks = append(blocks, fmt.Sprintf("row of %d", n.ChildCount()))
		case *ast.Heading:
			blocks = append(blocks, fmt.Sprintf("heading %d", n.Level))
		default:
			if n.Type() == ast.TypeBlock && n.Kind() != ast.KindLinkReferenceDefinition {
				blocks = append(blocks, n.Kind().String())
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

func checkLink(t *testing.T, to string) {
	t.Helper()
	for _, good := range []string{"https://github.com/", "https://chaoss.community/kb/", "https://harbour.example", "https://ferrobase.", "https://meshwork.", "https://wasmoor."} {
		if strings.HasPrefix(to, good) {
			return
		}
	}
	t.Errorf("a link to %q", to)
}

// Foreign words in every field leave the page's structure as it is.
func TestHostileWords(t *testing.T) {
	t.Parallel()
	for _, look := range looks() {
		want := outline(t, write(t, model(t, busy()), look))
		if len(want) < 100 || !slices.Contains(want, "row of 9") {
			t.Fatalf("an outline of %d blocks: the test looks at nothing", len(want))
		}
		for words := range slices.Chunk(findingtest.Hostile(), 20) {
			words := strings.Join(words, " ")
			if len(words) > 3000 {
				words = words[:3000]
			}
			facts := busy()
			findingtest.Poison(&facts, words)
			source := write(t, model(t, facts), look)
			if diff := cmp.Diff(want, outline(t, source)); diff != "" {
				t.Errorf("%v, %q changes the page (-want +got):\n%s", look, words, diff)
			}
			if look.Flavor == Docusaurus {
				checkMDX(t, source)
			}
		}
	}
}

// checkMDX looks for what MDX would read as code, outside of code and but for what
// folds the appendix, which MDX knows too.
func checkMDX(t *testing.T, source string) {
	t.Helper()
	for _, fold := range folds {
		source = strings.ReplaceAll(source, fold, "")
	}
	code := false
	for line := range strings.SplitSeq(source, "\n") {
		if strings.HasPrefix(line, "```") {
			code = !code
			continue
		}
		if code {
			continue
		}
		for i, part := range strings.Split(line, "`") {
			if i%2 == 0 && strings.ContainsAny(part, "{}<") && !strings.HasSuffix(part, `\`) {
				t.Errorf("MDX would read code in %.200q", line)
			}
		}
	}
}

// Hostile addresses, dates, commits and levels are no links, and do no harm.
func TestHostileAddresses(t *testing.T) {
	t.Parallel()
	for words := range slices.Chunk(append(findingtest.Hostile(), "javascript:alert(1)", "https://evil.test/)(x", "data:text/html,x"), 8) {
		words := strings.Join(words, "")
		facts := busy()
		for i := range facts.Survey.Landscape.Projects {
			p := &facts.Survey.Landscape.Projects[i]
			p.Homepage, p.DevStatsURL, p.AnnualReviewURL, p.Maturity = "javascript:"+words, words+"\x00", "data:"+words, p.Maturity+words
			p.Milestones["accepted"], p.AnnualReviewDate = fact.Date(words), fact.Date(words)
			for k := range p.Audits {
				p.Audits[k].URL, p.Audits[k].Date = "vbscript:"+words, fact.Date(words)
			}
		}
		for i := range facts.Survey.Outcomes {
			if r := facts.Survey.Outcomes[i].Revision; r != nil {
				r.CommittedAt, r.Rule, r.Ref = words, words, words
			}
		}
		for _, look := range looks() {
			outline(t, write(t, model(t, facts), look))
		}
	}
}

func TestSameOnAnyRun(t *testing.T) {
	t.Parallel()
	first := write(t, model(t, busy()), Options{})
	for range 4 {
		if write(t, model(t, busy()), Options{}) != first {
			t.Fatal("two runs over the same facts differ")
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	facts := busy()
	d := facts.Adopters["github.com/ferrobase/ferrobase"]
	for i := range 30 {
		d.Adopters = append(d.Adopters, fact.Adopter{Name: fmt.Sprint("Adopter ", i), Path: "ADOPTERS.md", Line: 9 + i})
	}
	got := write(t, model(t, facts), Options{Detail: Full, Limits: Limits{Adopters: 4, Components: 1, Maintainers: 1, Rows: 1, Unread: 1, Repositories: 1}})
	for _, want := range []string{
		"32 adopters named in ferrobase/ferrobase", "And 28 more", "And 1 more package,", "and 1 more |", "1 more repository with Rust", "And 3 more",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	if strings.Contains(got, "Adopter 2 ") {
		t.Error("the page names more adopters than the limit")
	}
}

func TestUserTemplate(t *testing.T) {
	t.Parallel()
	m := model(t, findingtest.Facts())
	got := write(t, m, Options{Template: "{{range .Using}}{{text .Name}}: {{short .Figures}}\n{{end}}"})
	want := "Ferrobase: 99.8 %\nMeshwork: 6.0 %\nWasmoor: 81.6 %\nAttestor: 3.8 %\nWheelhouse: 100 %\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := write(t, m, Options{Template: `{{template "growth" .}}`}); !strings.Contains(got, "xychart-beta") {
		t.Errorf("a built-in part in a user's template: %q", got)
	}
	for name, bad := range map[string]string{
		"misspelt field": "{{.Langauge}}", "misspelt nested field": "{{range .Using}}{{.Nmae}}{{end}}", "syntax": "{{range}}",
		"unknown function": "{{shout .Name}}", "unknown part": `{{template "beauty" .}}`, "wrong type": "{{number .Name}}",
	} {
		var out bytes.Buffer
		err := Render(t.Context(), &out, m, Options{Template: bad})
		if errkind.Of(err) != errkind.Input || out.Len() > 0 {
			t.Errorf("%s: error %v, %d bytes written", name, err, out.Len())
		}
	}
	for name, opts := range map[string]Options{
		"unknown flavour": {Flavor: "wiki"}, "unknown detail": {Detail: "long"}, "appendix of a user's template": {Template: "x", Appendix: io.Discard},
	} {
		if err := Render(t.Context(), &bytes.Buffer{}, m, opts); errkind.Of(err) != errkind.Usage {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBareSurvey(t *testing.T) {
	t.Parallel()
	for _, flavor := range flavors() {
		got := write(t, model(t, bare()), Options{Flavor: flavor})
		if strings.Contains(got, "<no value>") || !strings.Contains(got, "0 projects") {
			t.Errorf("%s: %s", flavor, got)
		}
	}
}

// nodes lists the nodes of templates.
func nodes(tmpl *template.Template) (all []parse.Node) {
	for _, x := range tmpl.Templates() {
		if x.Tree != nil {
			walk(reflect.ValueOf(x.Root), &all)
		}
	}
	return all
}

func builtins(t *testing.T) *template.Template {
	t.Helper()
	tmpl, err := parseTemplates(&meter{ended: t.Context().Err}, &Page{Flavor: GitHub}, "")
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

// walk collects nodes through whatever fields hold them.
func walk(v reflect.Value, all *[]parse.Node) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*parse.Tree]() {
			return
		}
		if n, ok := reflect.TypeAssert[parse.Node](v); ok && v.Kind() == reflect.Pointer {
			*all = append(*all, n)
		}
		walk(v.Elem(), all)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walk(v.Field(i), all)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), all)
		}
	}
}

// Nothing of the model is printed but through a function that makes it
// harmless.
func TestTemplatesEscape(t *testing.T) {
	t.Parallel()
	harmless := []string{
		"text", "code", "link", "web", "ref", "source", "list", "number", "amount", "percent", "share", "short", "lines",
		"lineWords", "title", "rule", "commit", "at", "because", "places", "place", "coverage", "counts", "audit", "day", "class",
		"yaml", "admonition", ".GrowthChart", ".LargestChart", ".MaturityChart", "$.TrendChart", "$.LanguagesChart", ".FigureSources", ".RepositoryRest",
		"cell", "count", "level", "recent", "evidence", "classCell",
		"$.Changes", ".RepositoryLinks", ".NotFound", ".ReadInPart", "$.AuditLink", ".ReplacedWords", "$reason",
	}
	actions := 0
	for _, n := range nodes(builtins(t)) {
		a, ok := n.(*parse.ActionNode)
		if !ok || len(a.Pipe.Decl) > 0 {
			continue
		}
		actions++
		last := a.Pipe.Cmds[len(a.Pipe.Cmds)-1].Args[0].String()
		if !slices.Contains(harmless, last) {
			t.Errorf("%s prints what %s gives", a, last)
		}
	}
	if actions < 100 {
		t.Errorf("%d actions looked at", actions)
	}
}

// A misspelt field fails: each field of the templates is reached by the
// surveys of these tests, so that spelling it otherwise is an error.
func TestMisspeltFieldsFail(t *testing.T) {
	t.Parallel()
	known := busy() // without the project that nothing is known of
	all := known.Survey.Landscape.Projects
	known.Survey.Landscape.Projects = slices.DeleteFunc(all, func(p fact.Project) bool { return p.Name == "Nowhere" })
	pages := []*Page{
		{Model: model(t, busy()), Flavor: GitHub, Detail: Full, Limits: Limits{1, 1, 1, 1, 1, 1, 1}},
		{Model: model(t, busy()), Flavor: GitHub, Detail: Standard, Limits: Limits{1, 1, 1, 1, 1, 1, 1}},
		{Model: model(t, known), Flavor: GitHub, Detail: Full, Limits: Limits{}.withDefaults(), Appended: true},
		{Model: report.New(known.Survey, findingtest.Find(t, known, "zig", finding.Options{}), ""), Flavor: GitHub, Detail: Brief, Limits: Limits{}.withDefaults()},
		{Model: model(t, limited()), Flavor: GitHub, Detail: Full, Limits: Limits{}.withDefaults()},
		{Model: model(t, inPlaceOfFolders()), Flavor: GitHub, Detail: Standard, Limits: Limits{}.withDefaults()},
	}
	fails := func(tmpl *template.Template, p *Page) bool {
		return tmpl.Execute(io.Discard, p) != nil || tmpl.ExecuteTemplate(io.Discard, "appendix.md.tmpl", p) != nil
	}
	tried, tmpl := 0, builtins(t)
	for _, n := range nodes(tmpl) {
		name := lastField(n)
		if name == nil {
			continue
		}
		tried++
		right := *name
		*name += "Misspelt"
		if !slices.ContainsFunc(pages, func(p *Page) bool { return fails(tmpl, p) }) {
			t.Errorf("%s is never reached", right)
		}
		*name = right
	}
	if tried < 100 {
		t.Errorf("%d fields tried", tried)
	}
}

// lastField is the last field that a node names, to be changed in place.
func lastField(n parse.Node) *string {
	var fields []string
	switch n := n.(type) {
	case *parse.FieldNode:
		fields = n.Ident
	case *parse.VariableNode:
		fields = n.Ident[1:]
	}
	if len(fields) == 0 {
		return nil
	}
	return &fields[len(fields)-1]
}
