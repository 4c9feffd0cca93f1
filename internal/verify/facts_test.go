package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"assay/internal/ask"
	"assay/internal/catalog"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
	"assay/internal/gittest"
	"assay/internal/landscape"
	"assay/internal/mirror"
	"assay/internal/report"
	"assay/internal/report/markdown"
	"assay/internal/source"
	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

// The days that the two landscapes of these tests are looked at.
const (
	demoDay fact.Date = "2025-06-30"
	realDay fact.Date = "2025-12-10"
)

// A surveyed is a survey that is made once, whoever asks for it first.
type surveyed struct {
	once  sync.Once
	facts finding.Facts
	err   error
}

var demoSurvey, realSurvey surveyed

func (s *surveyed) get(t *testing.T, run func() (finding.Facts, error)) finding.Facts {
	t.Helper()
	s.once.Do(func() { s.facts, s.err = run() })
	if s.err != nil {
		t.Fatal(s.err)
	}
	return s.facts
}

// demoFacts are the facts of the bundled example landscape.
func demoFacts(t *testing.T) finding.Facts {
	t.Helper()
	return demoSurvey.get(t, func() (finding.Facts, error) {
		tree := filepath.Join(t.TempDir(), "mirrors")
		fixtures := filepath.Join("..", "..", "examples", "demo", "repositories")
		if _, err := gittest.MakeTree(t.Context(), tree, os.DirFS(fixtures)); err != nil {
			return finding.Facts{}, err
		}
		return surveyOf(t.Context(), tree, filepath.Join(tree, "code.lantern.example", "lantern", "landscape.git"), demoDay)
	})
}

// inventedFacts are those of findingtest, with the roles of Rust and another
// language exchanged.
func inventedFacts(t *testing.T, language string) finding.Facts {
	t.Helper()
	name, err := ask.Language(language)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(findingtest.Facts())
	if err != nil {
		t.Fatal(err)
	}
	exchange := strings.NewReplacer(`"Rust"`, strconv.Quote(name), strconv.Quote(name), `"Rust"`)
	if name == "Rust" {
		exchange = strings.NewReplacer()
	}
	var facts finding.Facts
	if err := json.Unmarshal([]byte(exchange.Replace(string(text))), &facts); err != nil {
		t.Fatal(err)
	}
	return facts
}

// readWhole are the facts of findingtest with the files that are missing in
// Ferrobase, so that it was read whole.
func readWhole() finding.Facts {
	facts := findingtest.Facts()
	c := facts.Compositions["github.com/ferrobase/ferrobase"]
	c.Missing, c.MissingPaths = 0, nil
	return facts
}

// realFacts are the facts of the mirrors below ASSAY_MIRROR (HOST/OWNER/NAME.git),
// among which are those of the CNCF's landscape, of CLOMonitor and DevStats.
func realFacts(t *testing.T) finding.Facts {
	t.Helper()
	tree := os.Getenv("ASSAY_MIRROR")
	if tree == "" {
		t.Skip("ASSAY_MIRROR names no tree of mirrors")
	}
	return realSurvey.get(t, func() (finding.Facts, error) {
		facts, err := surveyOf(t.Context(), tree, filepath.Join(tree, "github.com", "cncf", "landscape.git"), realDay)
		if n := len(facts.Compositions); err == nil && n < 20 {
			err = fmt.Errorf("%d repositories were read below %q: too few to say anything", n, tree)
		}
		return facts, err
	})
}

// surveyOf surveys a landscape over a tree of mirrors, as the program does
// offline, and loads what was found.
func surveyOf(ctx context.Context, tree, where string, asOf fact.Date) (finding.Facts, error) {
	mirrors, err := mirror.New(mirror.Config{From: tree, Offline: true})
	if err != nil {
		return finding.Facts{}, err
	}
	st := memory.New()
	_, err = survey.Run(ctx, survey.Config{
		Landscape: landscape.Source{Where: where}, AsOf: asOf, AuthorKey: "a key of this test alone", Mirrors: mirrors, Store: st,
		Catalog: catalog.Options{
			CLOMonitor: listIn(tree, "clomonitor", asOf), DevStats: listIn(tree, "devstats", asOf), Lister: catalog.Mirrors(mirrors),
		},
	})
	if err != nil {
		return finding.Facts{}, err
	}
	return survey.Facts(ctx, st, store.Selector{AsOf: asOf})
}

// listIn is the list of repositories that a tree of mirrors has, nil for none.
func listIn(tree, name string, asOf fact.Date) *source.Spec {
	dir := filepath.Join(tree, "github.com", "cncf", name+".git")
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	return &source.Spec{Where: dir, AsOf: asOf}
}

// found are the findings on a language.
func found(t *testing.T, facts finding.Facts, language string) *usage.Findings {
	t.Helper()
	return findingtest.Find(t, facts, language, finding.Options{Limited: true})
}

// ownReport is our own report on a language: true by its making.
func ownReport(t *testing.T, facts finding.Facts, language string, opts markdown.Options) []byte {
	t.Helper()
	model := report.New(facts.Survey, found(t, facts, language), "")
	var b bytes.Buffer
	if err := markdown.Render(t.Context(), &b, model, opts); err != nil {
		t.Fatal(err)
	}
	least := 3_000
	if opts.Detail == markdown.Brief {
		least = 500 // on a language that hardly anybody uses it is some lines
	}
	if b.Len() < least {
		t.Fatalf("a report of %d bytes: the test looks at nothing", b.Len())
	}
	return b.Bytes()
}

// check reads a text and holds it against facts.
func check(text []byte, facts finding.Facts, f *usage.Findings, opts Options) (*Result, error) {
	rep, err := Read(text)
	if err != nil {
		return nil, err
	}
	return rep.Check(context.Background(), facts, f, opts)
}

// checked is a report held against facts for a language.
func checked(t *testing.T, text []byte, facts finding.Facts, language string) *Result {
	t.Helper()
	own := func(context.Context) ([][]byte, error) {
		var all [][]byte
		for _, detail := range markdown.Details() {
			all = append(all, ownReport(t, facts, language, markdown.Options{Flavor: markdown.GitHub, Detail: detail}))
		}
		return all, nil
	}
	r, err := check(text, facts, found(t, facts, language), Options{Name: "report.md", Own: own})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
