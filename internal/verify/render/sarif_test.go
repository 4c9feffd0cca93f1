package render

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"assay/internal/verify"
	"assay/internal/verify/claim"
)

// official is the schema of SARIF 2.1.0 that its committee publishes. It is read
// where the linters' module has it (gosec, among what golangci-lint is made of):
// the tree keeps nothing that was downloaded.
func official(t *testing.T) *jsonschema.Schema {
	t.Helper()
	const module = "github.com/securego/gosec/v2"
	goTool := func(args ...string) string {
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = filepath.Join("..", "..", "..", "tools")
		cmd.Env = append(os.Environ(), "GOFLAGS=")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go %s: %v: 'make lint' fetches the module", strings.Join(args, " "), err)
		}
		return strings.TrimSpace(string(out))
	}
	dir := goTool("list", "-m", "-f", "{{.Dir}}", module)
	if dir == "" {
		goTool("mod", "download", module)
		dir = goTool("list", "-m", "-f", "{{.Dir}}", module)
	}
	b, err := os.ReadFile(filepath.Join(dir, "report", "sarif", "testdata", "sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	return compiled(t, b)
}

func sarifOf(t *testing.T, src []byte, r *verify.Result) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := SARIF(&out, src, r, "1.2.3"); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSARIFMatchesTheOfficialSchema(t *testing.T) {
	t.Parallel()
	schema := official(t)
	s := newSample(t)
	for name, r := range map[string]verify.Result{"full": s.Result, "empty": {}, "absolute": {Name: "/a b/c.md", Claims: s.Claims}} {
		if err := schema.Validate(value(t, sarifOf(t, s.src, &r))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if schema.Validate(value(t, []byte(`{"version":"2.1.0","runs":[{"tool":{}}]}`))) == nil {
		t.Error("the schema accepts what is no SARIF")
	}
}

// A log is the part of SARIF that the tests read.
type log struct {
	Runs []struct {
		ColumnKind string
		Tool       struct {
			Driver struct{ Rules []struct{ ID string } }
		}
		Results []logResult
	}
}

type logResult struct {
	RuleID              string
	RuleIndex           int
	Level               string
	Message             struct{ Text string }
	PartialFingerprints map[string]string
	Locations           []logPlace
	RelatedLocations    []logPlace
	Fixes               []struct {
		ArtifactChanges []struct {
			Replacements []struct {
				DeletedRegion   logRegion
				InsertedContent struct{ Text string }
			}
		}
	}
}

type logPlace struct{ PhysicalLocation struct{ Region logRegion } }

type logRegion struct{ StartLine, StartColumn, EndLine, EndColumn int }

func read(t *testing.T, b []byte) []logResult {
	t.Helper()
	var l log
	if err := json.Unmarshal(b, &l); err != nil {
		t.Fatal(err)
	}
	for _, r := range l.Runs[0].Results {
		if got := l.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
			t.Errorf("%s points at the rule %s", r.RuleID, got)
		}
	}
	return l.Runs[0].Results
}

// cut is the text of a region, found as a reader of SARIF finds it.
func cut(src []byte, r logRegion) string {
	lines := strings.SplitAfter(string(src), "\n")[r.StartLine-1 : r.EndLine]
	units := func(s string) []uint16 { return utf16.Encode([]rune(s)) }
	last := units(lines[len(lines)-1])
	lines[len(lines)-1] = string(utf16.Decode(last[:r.EndColumn-1]))
	lines[0] = string(utf16.Decode(units(lines[0])[r.StartColumn-1:]))
	return strings.Join(lines, "")
}

func TestSARIFPointsAtTheClaims(t *testing.T) {
	t.Parallel()
	s := newSample(t)
	results := read(t, sarifOf(t, s.src, &s.Result))
	k := 0
	for _, e := range claimEntries(s.Claims) {
		if levels[e.verdict] == "" {
			continue
		}
		got := results[k]
		k++
		places := slices.Concat(got.Locations, got.RelatedLocations)
		if len(places) != len(e.claims) {
			t.Fatalf("%q has %d places, want %d", e.claims[0].Quote, len(places), len(e.claims))
		}
		for i, c := range e.claims {
			if text := cut(s.src, places[i].PhysicalLocation.Region); text != c.Quote || got.Level != levels[c.Verdict] {
				t.Errorf("%q, %s: points at %q as %s", c.Quote, c.Verdict, text, got.Level)
			}
		}
		c := e.claims[0]
		if c.Edit == nil {
			continue
		}
		change := got.Fixes[0].ArtifactChanges[0].Replacements[0]
		if was := cut(s.src, change.DeletedRegion); was != string(s.src[c.Edit.Offset:c.Edit.End]) || change.InsertedContent.Text != c.Edit.Text {
			t.Errorf("%q: replaces %q by %q", c.Quote, was, change.InsertedContent.Text)
		}
	}
	if want := k + len(s.Findings); len(results) != want {
		t.Errorf("there are %d results, want %d", len(results), want)
	}
}

func TestColumnsAreOfUTF16(t *testing.T) {
	t.Parallel()
	g := newGrid([]byte("\ufeffa🦀ä\xffz\r\nx"))
	for offset, want := range map[int][2]int{0: {1, 1}, 3: {1, 1}, 4: {1, 2}, 8: {1, 4}, 10: {1, 5}, 11: {1, 6}, 14: {2, 1}, 15: {2, 2}} {
		line, column := g.position(offset)
		if line != want[0] || column != want[1] {
			t.Errorf("%d: got %d:%d, want %d:%d", offset, line, column, want[0], want[1])
		}
	}
}

// A claim is known again when lines above it moved, and claims alike are told
// apart.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	src := []byte("# a\n\n7 and 7\n")
	at := func(offset int) verify.Claim {
		return verify.Claim{Place: verify.Place{Line: 3, Column: 1, Offset: offset, End: offset + 1}, Kind: claim.Stars, Quote: "7", Verdict: verify.Refuted}
	}
	r := &verify.Result{Name: "a.md", Claims: []verify.Claim{at(5), at(11)}}
	r.Claims[0].Measured, r.Claims[1].Measured = "8", "9"
	prints := func(src []byte, r *verify.Result) (all []string) {
		for _, result := range read(t, sarifOf(t, src, r)) {
			all = append(all, result.PartialFingerprints["primaryLocationLineHash"])
		}
		return all
	}
	before := prints(src, r)
	for i := range r.Claims {
		r.Claims[i].Line, r.Claims[i].Offset, r.Claims[i].End = 5, r.Claims[i].Offset+2, r.Claims[i].End+2
	}
	after := prints(append([]byte("\n\n"), src...), r)
	if before[0] == "" || before[0] == before[1] || before[0] != after[0] || before[1] != after[1] {
		t.Errorf("got %v, then %v", before, after)
	}
}

func TestEveryKindHasARule(t *testing.T) {
	t.Parallel()
	for _, k := range claim.Kinds() {
		if about[k] == "" {
			t.Errorf("rules.go does not say what claims of the kind %q are about", k)
		}
	}
	if len(about) != len(claim.Kinds()) {
		t.Errorf("rules.go knows %d kinds, there are %d", len(about), len(claim.Kinds()))
	}
}

func TestURI(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a.md": "a.md", "./docs//a b.md": "docs/a%20b.md", "a:b.md": "./a:b.md", "/x/ä.md": "file:///x/%C3%A4.md", "": ".", "a%b#c.md": "a%25b%23c.md",
	} {
		if got := uri(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
