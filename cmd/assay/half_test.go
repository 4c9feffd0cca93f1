package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/internal/cli"
	"assay/internal/fact"
	"assay/internal/store/sqlite"
)

// halves is how many halved trees are surveyed, shown how many projects are
// asked for by themselves in each language.
const (
	halves = 10
	drawn  = 4
)

// TestHalvedTreeContradictsNothing surveys a tree of mirrors, and the same tree
// with half of the mirrors taken away. Every figure of the smaller survey must
// hold the figure of the larger within its bounds, and verify must find nothing
// wrong in the reports of either. The tree is the example landscape's, or the one
// that ASSAY_MIRROR names.
func TestHalvedTreeContradictsNothing(t *testing.T) {
	t.Parallel()
	s := &splitter{tree: demoTree(t), asOf: "2025-12-10", languages: []string{"rust", "go", "python"}, random: rand.New(rand.NewPCG(1, 2))}
	s.landscape, s.verified = demoLandscape(s.tree), s.languages
	if real := os.Getenv("ASSAY_MIRROR"); real != "" {
		s.tree, s.landscape = real, filepath.Join(real, "github.com", "cncf", "landscape.git")
		s.verified = []string{"rust", "go", "python", "typescript", "c", "c++", "java", "zig"}
	}
	first := s.survey(t, s.tree, "whole", "")
	whole := s.answers(t, first)
	s.verify(t, first)
	looked := 0
	for i := range halves {
		half := s.survey(t, s.half(t), fmt.Sprintf("half %d", i), first.store)
		answers := s.answers(t, half)
		for key, large := range whole {
			c := comparison{where: half.name + ", " + key}
			c.compare(answers[key], large, "")
			for _, complaint := range c.found[:min(len(c.found), 20)] {
				t.Error(complaint)
			}
			looked += c.figures
		}
		s.verify(t, half)
	}
	if looked < 1000 {
		t.Errorf("only %d figures were compared: the test looks at too little", looked)
	}
	t.Logf("%d figures compared", looked)
}

// A splitter surveys a tree and parts of it.
type splitter struct {
	tree, landscape, asOf string
	languages             []string
	verified              []string // languages whose reports are held against their facts
	projects              []string // those that are shown, drawn from the first survey
	random                *rand.Rand
}

// A part is a survey of some of the tree.
type part struct{ name, store string }

// half is the tree with half of its mirrors, by links.
func (s *splitter) half(t *testing.T) string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(s.tree, "*", "*", "*.git"))
	if err != nil || len(all) < 4 {
		t.Fatalf("%d mirrors in %q (%v)", len(all), s.tree, err)
	}
	s.random.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	dir := t.TempDir()
	files, err := filepath.Glob(filepath.Join(s.tree, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range slices.Concat(all[:len(all)/2], slices.DeleteFunc(files, isFolder)) {
		rel, err := filepath.Rel(s.tree, from)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(from, to); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err != nil || info.IsDir()
}

// survey surveys a tree. What is measured of a revision does not depend on what else
// is in the tree, so the facts of an earlier survey, if any, are given along.
func (s *splitter) survey(t *testing.T, tree, name, earlier string) part {
	t.Helper()
	p := part{name, filepath.Join(t.TempDir(), "facts.db")}
	if earlier != "" {
		carry(t, earlier, p.store)
	}
	p.run(t, "survey", "--verbose", "--landscape", s.landscape, "--mirror-from", tree, "--offline", "--as-of", s.asOf)
	return p
}

// carry puts the facts of a store, and no survey, into another.
func carry(t *testing.T, from, to string) {
	t.Helper()
	old, err := sqlite.OpenReading(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	st, err := sqlite.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	var batch []fact.Record
	err = old.Each(t.Context(), func(r fact.Record) error {
		r.Body = bytes.Clone(r.Body)
		if batch = append(batch, r); len(batch) < 100 {
			return nil
		}
		err := st.Put(t.Context(), batch)
		batch = batch[:0]
		return err
	})
	if err := errors.Join(err, st.Put(t.Context(), batch), st.Close()); err != nil {
		t.Fatal(err)
	}
}

// run is what a command says on the survey of the part.
func (p part) run(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	env := &cli.Env{
		Stdout: &out, Stderr: &errs,
		Getenv: func(name string) string {
			if name == "ASSAY_AUTHOR_KEY" {
				return "one key for all the stores"
			}
			return ""
		},
		Now: func() time.Time { return time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC) },
	}
	if code := cli.Run(t.Context(), env, append(args, "--store", p.store, "--config", os.DevNull)); code != 0 {
		t.Fatalf("%s: assay %s exits %d: %s", p.name, strings.Join(args, " "), code, errs.String())
	}
	return out.Bytes()
}

// answers is what the program says of a survey as JSON, by the question.
func (s *splitter) answers(t *testing.T, p part) map[string]any {
	t.Helper()
	answers := map[string]any{}
	ask := func(key string, args ...string) {
		var v any
		if err := json.Unmarshal(p.run(t, args...), &v); err != nil {
			t.Fatalf("%s: %s: %v", p.name, key, err)
		}
		answers[key] = v
	}
	for _, language := range s.languages {
		ask("list "+language, "list", "--all", "--json", "--language", language)
		ask("report "+language, "report", "--format", "json", "--language", language)
		if s.projects == nil {
			s.projects = s.draw(t, answers["list "+language])
		}
		for _, project := range s.projects {
			ask("show "+project+" "+language, "show", project, "--json", "--language", language)
		}
	}
	return answers
}

// verify holds the reports of a survey against its facts.
func (s *splitter) verify(t *testing.T, p part) {
	t.Helper()
	report := filepath.Join(filepath.Dir(p.store), "report.md")
	for _, language := range s.verified {
		for _, flavor := range []string{"github", "docusaurus"} {
			p.run(t, "report", "--language", language, "--flavor", flavor, "-o", report)
			var said struct {
				Claims []struct {
					Verdict, Quote, Why string
					Line                int
				}
				Findings []struct {
					Kind, Text string
					Line       int
				}
			}
			if err := json.Unmarshal(p.run(t, "verify", report, "--json", "--fail-on", "none"), &said); err != nil {
				t.Fatal(err)
			}
			if len(said.Claims) == 0 {
				t.Errorf("%s, %s, %s: no claims", p.name, language, flavor)
			}
			for _, c := range said.Claims {
				if c.Verdict == "refuted" || c.Verdict == "outdated" {
					t.Errorf("%s, %s, %s: line %d: %q is %s: %s", p.name, language, flavor, c.Line, c.Quote, c.Verdict, c.Why)
				}
			}
			for _, f := range said.Findings {
				if f.Kind == "contradiction" {
					t.Errorf("%s, %s, %s: line %d: %s", p.name, language, flavor, f.Line, f.Text)
				}
			}
		}
	}
}

// draw takes projects out of the JSON of list.
func (s *splitter) draw(t *testing.T, list any) []string {
	t.Helper()
	rows, _ := list.([]any)
	s.random.Shuffle(len(rows), func(i, k int) { rows[i], rows[k] = rows[k], rows[i] })
	var names []string
	for _, row := range rows[:min(drawn, len(rows))] {
		item, _ := row.(map[string]any)
		id, ok := item["id"].(string)
		if !ok {
			t.Fatalf("a row of the list has no id: %v", row)
		}
		names = append(names, id)
	}
	return names
}

// A comparison holds the answers of a smaller survey against those of a larger.
type comparison struct {
	where   string
	found   []string
	figures int
}

func (c *comparison) complain(path, format string, args ...any) {
	c.found = append(c.found, c.where+" "+path+": "+fmt.Sprintf(format, args...))
}

// compare walks two answers side by side. What is no figure with bounds is a
// word on what was read, and may differ.
func (c *comparison) compare(small, large any, path string) {
	switch small := small.(type) {
	case map[string]any:
		large, _ := large.(map[string]any)
		if isQuantity(small) && isQuantity(large) {
			c.figures++
			c.within(small, large, path)
			return
		}
		for key, v := range small {
			if other, ok := large[key]; ok && !slices.Contains(withoutFigures, key) {
				c.compare(v, other, path+"."+key)
			}
		}
	case []any:
		large, _ := large.([]any)
		for i, v := range small {
			if other, key := twin(v, large, i); other != nil {
				c.compare(v, other, path+"["+key+"]")
			}
		}
	}
}

// withoutFigures are the parts of an answer that hold what was read word for word,
// some in long lists.
var withoutFigures = []string{
	"item", "repositories", "components", "documents", "because", "evidence", "languages", "months", "points", "years", "activity", "notes",
}

func isQuantity(m map[string]any) bool {
	_, value := m["value"]
	_, lower := m["lower"]
	_, upper := m["upper"]
	return value && lower && upper
}

// twin is the item of a list that is of the same thing.
func twin(v any, list []any, i int) (any, string) {
	item, ok := v.(map[string]any)
	if !ok {
		return nil, ""
	}
	for _, key := range []string{"id", "name", "month", "year", "maturity", "scope", "term"} {
		want, ok := item[key]
		if !ok {
			continue
		}
		for _, other := range list {
			if o, ok := other.(map[string]any); ok && o[key] == want {
				return other, fmt.Sprint(want)
			}
		}
		return nil, ""
	}
	return nil, fmt.Sprint(i)
}

// within complains where the larger survey's figure, or its bounds, lie outside
// the smaller one's.
func (c *comparison) within(small, large map[string]any, path string) {
	_, missing := large["missing"]
	if large["value"] == nil && !missing { // there is none, and it is known
		if small["lower"] != nil && small["lower"] == small["upper"] {
			c.complain(path, "exactly %v, and with more read none", small["lower"])
		}
		return
	}
	for _, bound := range []struct {
		name string
		sign int
	}{{"lower", 1}, {"upper", -1}} {
		if small[bound.name] == nil {
			continue
		}
		if large[bound.name] == nil || c.order(path, small[bound.name], large[bound.name])*bound.sign > 0 {
			c.complain(path, "%s bound %v, and with more read %v", bound.name, small[bound.name], large[bound.name])
		}
	}
}

// ranks order the words that figures may be.
var ranks = []string{"unknown", "none", "trace", "component", "core"}

func (c *comparison) order(path string, a, b any) int {
	switch a := a.(type) {
	case float64:
		if b, ok := b.(float64); ok {
			const margin = 1e-9 // shares are sums of fractions
			switch d := a - b; {
			case d > margin:
				return 1
			case d < -margin:
				return -1
			}
			return 0
		}
	case string:
		if b, ok := b.(string); ok {
			if i, k := slices.Index(ranks, a), slices.Index(ranks, b); i >= 0 && k >= 0 {
				return i - k
			}
			return strings.Compare(a, b)
		}
	}
	c.complain(path, "%v and %v cannot be compared", a, b)
	return 0
}
