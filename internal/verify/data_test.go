package verify

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
	"assay/internal/report/markdown"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// judgeData holds a document of claims against facts, for Rust.
func judgeData(t *testing.T, facts finding.Facts, document string) (*Result, error) {
	t.Helper()
	cs, err := ReadClaims([]byte(document))
	if err != nil {
		return nil, err
	}
	find := func(language string) (*usage.Findings, error) { return found(t, facts, language), nil }
	return cs.Check(t.Context(), facts, found(t, facts, "rust"), Options{Name: "claims.json", Find: find})
}

// textless are the properties of a report's own text that have no form as data, with the
// verdicts that texts get for them. What another claim says as well may be right or wrong.
var textless = map[string]string{
	"org.name":          "the share beside the name says it",
	"source":            "about the making of the report",
	"report.made":       "about the making of the report",
	"change":            "about the making of the report",
	"praise":            "a judgement",
	"speed":             "not measured",
	"commits.word":      "a word without a measure",
	"count.some":        "it does not say of which projects",
	"sources.read":      "in the words of a source",
	"sources.all":       "in the words of a source",
	"sources.listed":    "in the words of a source",
	"sources.empty":     "in the words of a source",
	"sources.pattern":   "in the words of a source",
	"packages.editions": "the property edition says it",
}

// roundTrip holds a text against facts, and its claims as data; the verdicts are the same.
func roundTrip(t *testing.T, text []byte, facts finding.Facts) (compared int) {
	t.Helper()
	rep, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	f := found(t, facts, "rust")
	opts := Options{Name: "report.md", Find: func(language string) (*usage.Findings, error) { return found(t, facts, language), nil }}
	want, err := rep.Check(t.Context(), facts, f, opts)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := rep.Extract(t.Context(), facts, f, opts)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got, err := judgeData(t, facts, string(data))
	if err != nil {
		var all *stated.Faults
		if errorsAs(err, &all) {
			for i := range all.List {
				t.Errorf("fault: %s", all.List[i].String())
			}
		}
		t.Fatalf("what was extracted is not read: %v", err)
	}
	if len(doc.Claims)+len(doc.Left) != len(want.Claims) {
		t.Fatalf("%d claims and %d left out of %d", len(doc.Claims), len(doc.Left), len(want.Claims))
	}
	k, n := 0, 0
	for i := range want.Claims {
		w := &want.Claims[i]
		if k < len(doc.Left) && doc.Left[k].Source.Line == w.Line && doc.Left[k].Source.Column == w.Column && doc.Left[k].Quote == w.Quote &&
			(n >= len(doc.Claims) || *doc.Claims[n].Source != *doc.Left[k].Source || doc.Claims[n].Quote != w.Quote) {
			if w.Verdict == Refuted || w.Verdict == Confirmed {
				t.Logf("left out, %s: line %d %s %q: %s", w.Verdict, w.Line, w.Kind, w.Quote, doc.Left[k].Why)
			}
			k++
			continue
		}
		g, s := &got.Claims[n], &doc.Claims[n]
		n++
		compared++
		if g.Verdict != w.Verdict {
			said, _ := json.Marshal(s)
			t.Errorf("line %d %s %q: text %s (%s; %s), data %s (%s; %s) %s", w.Line, w.Kind, w.Quote, w.Verdict, w.Measured, w.Why, g.Verdict, g.Measured, g.Why, said)
		}
	}
	return compared
}

func errorsAs(err error, to **stated.Faults) bool {
	for ; err != nil; err = unwrap(err) {
		if f, ok := err.(*stated.Faults); ok {
			*to = f
			return true
		}
	}
	return false
}

func unwrap(err error) error {
	if u, ok := err.(interface{ Unwrap() error }); ok {
		return u.Unwrap()
	}
	return nil
}

// What a text says has the same verdicts as data.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, facts := range map[string]finding.Facts{"demo": demoFacts(t), "invented": findingtest.Facts()} {
		for _, detail := range markdown.Details() {
			t.Run(name+"/"+string(detail), func(t *testing.T) {
				t.Parallel()
				text := ownReport(t, facts, "rust", markdown.Options{Flavor: markdown.GitHub, Detail: detail})
				if n := roundTrip(t, text, facts); n < 100 {
					t.Errorf("%d claims: the test looks at too little", n)
				}
			})
		}
	}
}

var _ = fmt.Sprint
var _ = os.Args
var _ = slices.Contains[[]string]
var _ = strings.Contains
var _ = errkind.Input
var _ = property.All
