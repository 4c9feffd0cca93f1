package survey_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gittest"
	"assay/internal/landscape"
	"assay/internal/mirror"
	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/store/sqlite"
	"assay/internal/survey"
)

const landscapeText = `landscape:
  - category:
    name: Runtime
    subcategories:
      - subcategory:
        name: Engine
        items:
          - item:
            name: Ferrite
            repo_url: https://example.org/ferrite/ferrite
            project: graduated
          - item:
            name: Weir
            repo_url: https://example.org/weir/weir
            additional_repos:
              - repo_url: https://Example.org/Ferrite/Ferrite
            project: incubating
          - item:
            name: Ghostlight
            repo_url: https://example.org/ghost/light
            project: sandbox
          - item:
            name: Hollow
            repo_url: https://example.org/hollow/hollow
            project: sandbox
          - item:
            name: Crackle
            repo_url: https://example.org/crackle/crackle
            project: sandbox
          - item:
            name: Late
            repo_url: https://example.org/late/late
            project: sandbox
`

// A world is a landscape and a tree of mirrors on disk: one repository sound in
// two projects, one sound, one absent, one without a commit, one damaged, one
// begun after the date.
type world struct {
	t         *testing.T
	landscape string
	tree      string
}

const asOf = fact.Date("2024-06-30")

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, landscape: filepath.Join(t.TempDir(), "landscape.yml"), tree: t.TempDir()}
	if err := os.WriteFile(w.landscape, []byte(landscapeText), 0o644); err != nil {
		t.Fatal(err)
	}
	w.make("ferrite/ferrite", "-- commit main 2024-01-02 Ann <ann@example.org> Begin --\n-- Cargo.toml --\n[package]\nname = \"ferrite\"\nversion = \"0.1.0\"\n-- src/lib.rs --\npub fn f() {}\n-- LICENSE --\nMIT License\n")
	w.make("weir/weir", "-- commit main 2024-01-02 Ann <ann@example.org> Begin --\n-- go.mod --\nmodule example.org/weir\n-- main.go --\npackage main\n-- commit main 2024-08-01 Ann <ann@example.org> More --\n-- b.go --\npackage main\n")
	w.make("late/late", "-- commit main 2024-07-01 Ann <ann@example.org> Begin --\n-- a.go --\npackage a\n")
	w.make("crackle/crackle", "-- commit main 2024-01-02 Ann <ann@example.org> Begin --\n-- a.go --\npackage a\n")
	w.lose("crackle/crackle")
	w.make("hollow/hollow", "-- commit main 2024-01-02 Ann <ann@example.org> Begin --\n-- a.go --\npackage a\n")
	w.remove("hollow/hollow.git/refs/heads/main")
	w.remove("hollow/hollow.git/packed-refs")
	return w
}

func (w *world) make(slug, text string) {
	w.t.Helper()
	dir := filepath.Join(w.tree, "example.org", slug+".git")
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := gittest.Make(w.t.Context(), dir, []byte(text)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) remove(path string) {
	w.t.Helper()
	if err := os.RemoveAll(filepath.Join(w.tree, "example.org", path)); err != nil {
		w.t.Fatal(err)
	}
}

// lose takes all objects out of a mirror; its refs stay.
func (w *world) lose(slug string) {
	w.t.Helper()
	w.remove(slug + ".git/objects")
	if err := os.MkdirAll(filepath.Join(w.tree, "example.org", slug+".git", "objects"), 0o755); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) config(st store.Store) survey.Config {
	w.t.Helper()
	tree, err := mirror.New(mirror.Config{From: w.tree, Offline: true})
	if err != nil {
		w.t.Fatal(err)
	}
	return survey.Config{Landscape: landscape.Source{Where: w.landscape}, AsOf: asOf, Mirrors: tree, Store: st, Jobs: 3, AuthorKey: "a key of this test alone"}
}

func (w *world) run(cfg survey.Config) *survey.Result {
	w.t.Helper()
	res, err := survey.Run(w.t.Context(), cfg)
	if err != nil {
		w.t.Fatal(err)
	}
	return res
}

// stores are the stores a survey must work with.
var stores = map[string]func(t *testing.T) store.Store{
	"memory": func(*testing.T) store.Store { return memory.New() },
	"sqlite": func(t *testing.T) store.Store {
		st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "facts.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = st.Close() })
		return st
	},
}

// outcomes writes the outcomes one a line: repository, failure, date of commit.
func outcomes(s *fact.Survey) string {
	var b strings.Builder
	for _, o := range s.Outcomes {
		at := "-"
		if o.Revision != nil {
			at = o.Revision.CommittedAt[:10]
		}
		fmt.Fprintf(&b, "%s %q %s\n", o.Repo, o.Failure, at)
	}
	return b.String()
}

const wantOutcomes = `example.org/crackle/crackle "corrupt" -
example.org/ferrite/ferrite "" 2024-01-02
example.org/ghost/light "absent" -
example.org/hollow/hollow "empty" -
example.org/late/late "empty" -
example.org/weir/weir "" 2024-01-02
`

// records is everything in a store, one line a fact.
func records(t *testing.T, st store.Store) string {
	t.Helper()
	var b strings.Builder
	err := st.Each(t.Context(), func(r fact.Record) error {
		fmt.Fprintf(&b, "%s@%s %s %d %s\n", r.Repo, r.Revision, r.Collector, r.Version, r.Body)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func counts(r *survey.Result) [4]int {
	return [4]int{r.Measured, r.Cached, len(r.Unread), r.Count(errkind.Absent)}
}

func TestRun(t *testing.T) {
	t.Parallel()
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, st := newWorld(t), open(t)
			progress := &recorder{}
			cfg := w.config(st)
			cfg.Progress = progress
			res := w.run(cfg)
			if diff := cmp.Diff(wantOutcomes, outcomes(res.Survey)); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
			if got, want := counts(res), [4]int{2, 0, 4, 1}; got != want {
				t.Errorf("measured, cached, failed, absent %v, want %v", got, want)
			}
			if progress.planned != 6 || len(progress.done) != 6 {
				t.Errorf("progress: %d planned, %v done", progress.planned, progress.done)
			}
			for _, o := range res.Survey.Outcomes {
				if (o.Failure == "") != (o.Why == "") {
					t.Errorf("%s: failure %q, why %q", o.Repo, o.Failure, o.Why)
				}
			}
			stored, err := st.Survey(t.Context(), store.Selector{AsOf: asOf})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(res.Survey, stored); diff != "" {
				t.Errorf("stored survey (-ran +stored):\n%s", diff)
			}
			facts, err := survey.Facts(t.Context(), st, store.Selector{AsOf: asOf})
			if err != nil || len(facts.Compositions) != 2 || len(facts.Components) != 2 || len(facts.Policies) != 2 {
				t.Errorf("facts of %d, %d, %d repositories, %v", len(facts.Compositions), len(facts.Components), len(facts.Policies), err)
			}
			if c := facts.Compositions["example.org/ferrite/ferrite"]; c == nil || c.Bytes("Rust") != 14 {
				t.Errorf("Rust in Ferrite: %+v", c)
			}
		})
	}
}

type recorder struct {
	mu      sync.Mutex
	planned int
	done    []string
}

func (r *recorder) Plan(n int) { r.planned = n }

func (r *recorder) Done(o *fact.Outcome, cached bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done = append(r.done, fmt.Sprint(o.Repo, cached))
}

// A second run reads no git object: it works, and says the same, after the
// objects are gone.
func TestSecondRunReadsNoObject(t *testing.T) {
	t.Parallel()
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, st := newWorld(t), open(t)
			first := w.run(w.config(st))
			before := records(t, st)
			for _, slug := range []string{"ferrite/ferrite", "weir/weir"} {
				w.lose(slug)
			}
			second := w.run(w.config(st))
			if got, want := counts(second), [4]int{0, 2, 4, 1}; got != want {
				t.Errorf("measured, cached, failed, absent %v, want %v", got, want)
			}
			if diff := cmp.Diff(first.Survey, second.Survey); diff != "" {
				t.Errorf("the second survey differs:\n%s", diff)
			}
			if after := records(t, st); after != before {
				t.Errorf("the facts differ:\n%s\n%s", before, after)
			}
		})
	}
}

// Two stores filled by different runs hold the same bytes.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var last, lastSurvey string
	for jobs := range 4 {
		st := memory.New()
		cfg := w.config(st)
		cfg.Jobs = jobs + 1
		res := w.run(cfg)
		body, err := json.Marshal(res.Survey)
		if err != nil {
			t.Fatal(err)
		}
		if got := records(t, st); last != "" && got != last {
			t.Errorf("%d jobs: other facts", jobs+1)
		} else {
			last = got
		}
		if lastSurvey != "" && string(body) != lastSurvey {
			t.Errorf("%d jobs: another survey", jobs+1)
		}
		lastSurvey = string(body)
	}
}

// A probe is a collector that counts the revisions it measures.
type probe struct {
	name    string
	version int
	begun   *sync.Map
}

func (p probe) Name() string { return p.name }
func (p probe) Version() int { return p.version }

func (p probe) Begin(rev *fact.Revision, _ *collect.Tree) collect.Pass {
	p.begun.Store(string(rev.Repo), true)
	return probePass{}
}

func (p probe) measured() []string {
	var ids []string
	p.begun.Range(func(id, _ any) bool { ids = append(ids, id.(string)); return true })
	slices.Sort(ids)
	return ids
}

type probePass struct{}

func (probePass) Wants(*collect.Entry) int64           { return 0 }
func (probePass) File(*collect.Entry, collect.Content) {}
func (probePass) Finish() (any, error)                 { return &fact.Components{}, nil }

// A new version of one collector measures again, and only it.
func TestNewCollectorVersion(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	run := func(versions ...int) ([2][]string, [4]int) {
		a, b := probe{"a", versions[0], &sync.Map{}}, probe{"b", versions[1], &sync.Map{}}
		cfg := w.config(st)
		cfg.Collectors = []collect.Collector{a, b}
		res := w.run(cfg)
		if diff := cmp.Diff(map[string]int{"a": versions[0], "b": versions[1]}, res.Survey.Collectors); diff != "" {
			t.Errorf("collectors of the survey:\n%s", diff)
		}
		return [2][]string{a.measured(), b.measured()}, counts(res)
	}
	both := []string{"example.org/ferrite/ferrite", "example.org/weir/weir"}
	for _, step := range []struct {
		versions [2]int
		want     [2][]string
		counts   [4]int
	}{
		{[2]int{1, 1}, [2][]string{both, both}, [4]int{2, 0, 4, 1}},
		{[2]int{1, 1}, [2][]string{nil, nil}, [4]int{0, 2, 4, 1}},
		{[2]int{1, 2}, [2][]string{nil, both}, [4]int{2, 0, 4, 1}},
		{[2]int{1, 1}, [2][]string{nil, nil}, [4]int{0, 2, 4, 1}}, // the facts of version 1 are still there
	} {
		got, n := run(step.versions[0], step.versions[1])
		if diff := cmp.Diff(step.want, got); diff != "" || n != step.counts {
			t.Errorf("versions %v: counts %v, want %v; measured (-want +got):\n%s", step.versions, n, step.counts, diff)
		}
	}
}

// A part of the projects is surveyed, the rest is taken over or left open.
func TestSubset(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	cfg := w.config(st)
	cfg.Projects = []string{"weir"}
	res := w.run(cfg)
	want := `example.org/crackle/crackle "skipped" -
example.org/ferrite/ferrite "skipped" -
example.org/ghost/light "skipped" -
example.org/hollow/hollow "skipped" -
example.org/late/late "skipped" -
example.org/weir/weir "" 2024-01-02
`
	if diff := cmp.Diff(want, outcomes(res.Survey)); diff != "" || counts(res) != [4]int{1, 0, 0, 0} {
		t.Errorf("counts %v, outcomes (-want +got):\n%s", counts(res), diff)
	}
	w.run(w.config(st))
	cfg.Projects = []string{"Ghostlight"}
	res = w.run(cfg)
	if diff := cmp.Diff(wantOutcomes, outcomes(res.Survey)); diff != "" || counts(res) != [4]int{0, 0, 1, 1} {
		t.Errorf("after a full survey: counts %v, outcomes (-want +got):\n%s", counts(res), diff)
	}
	cfg.Projects = []string{"Nonesuch"}
	if _, err := survey.Run(t.Context(), cfg); errkind.Of(err) != errkind.NotFound || errkind.Hint(err) == "" {
		t.Errorf("an unknown project: %v", err)
	}
}

// One repository of two projects, spelled in two ways, is measured once, under
// the spelling of the project that has it.
func TestSharedRepository(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	count := probe{"count", 1, &sync.Map{}}
	cfg := w.config(st)
	cfg.Collectors = []collect.Collector{count}
	res := w.run(cfg)
	if want := []string{"example.org/ferrite/ferrite", "example.org/weir/weir"}; !slices.Equal(count.measured(), want) {
		t.Errorf("measured %v, want %v", count.measured(), want)
	}
	seen := map[string]bool{}
	for _, o := range res.Survey.Outcomes {
		if seen[o.Repo.Key()] {
			t.Errorf("two outcomes for %s", o.Repo)
		}
		seen[o.Repo.Key()] = true
	}
}

// The same facts come of a landscape that spells a repository otherwise: a
// store, which refuses another body under the same key, takes both.
func TestSpellingDoesNotChangeFacts(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	var odd strings.Builder // what every collector has something to say about
	odd.WriteString("-- commit main 2024-01-02 Ann <ann@example.org> Begin --\n-- .gitattributes --\n")
	for i := range 2_500 {
		fmt.Fprintf(&odd, "f%d linguist-vendored\n", i)
	}
	odd.WriteString("-- Cargo.toml --\n[package\n-- package.json --\n{\n-- go.mod --\nmodule\n-- pom.xml --\n<project>\n-- MAINTAINERS.yaml --\na: [\n-- src/lib.rs --\nfn f() {}\n")
	w.make("odd/odd", odd.String())
	for _, spelling := range []string{"example.org/odd/odd", "example.org/Odd/ODD"} {
		text := strings.Replace(landscapeText, "https://example.org/ghost/light", "https://"+spelling, 1)
		if err := os.WriteFile(w.landscape, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		other := memory.New() // where nothing is cached
		res, facts := w.run(w.config(other)), 0
		err := other.Each(t.Context(), func(r fact.Record) error {
			if strings.Contains(strings.ToLower(string(r.Body)), "odd/odd") {
				t.Errorf("%s names its repository: %s", r.Collector, r.Body)
			}
			facts++
			return st.Put(t.Context(), []fact.Record{r})
		})
		if err != nil || len(res.Unread) != 3 || facts != 3*len(survey.Collectors(nil)) {
			t.Errorf("%s: %d facts, %d failed, %v", spelling, facts, len(res.Unread), err)
		}
	}
}

// A run that is stopped keeps what it measured, and stores no survey.
func TestCanceled(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	ctx, cancel := context.WithCancel(t.Context())
	cfg := w.config(st)
	cfg.Jobs = 1
	cfg.Progress = &stopper{cancel: cancel}
	_, err := survey.Run(ctx, cfg)
	if errkind.Of(err) != errkind.Canceled {
		t.Fatalf("Run = %v of kind %q, want canceled", err, errkind.Of(err))
	}
	if _, err := st.Survey(t.Context(), store.Selector{}); errkind.Of(err) != errkind.NotFound {
		t.Errorf("a partial survey is stored: %v", err)
	}
	kept := strings.Count(records(t, st), "\n")
	if kept != len(survey.Collectors(nil)) {
		t.Errorf("%d facts kept, want those of one repository", kept)
	}
	res := w.run(w.config(st))
	if got, want := counts(res), [4]int{1, 1, 4, 1}; got != want {
		t.Errorf("run again: measured, cached, failed, absent %v, want %v", got, want)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := survey.Run(done, w.config(memory.New())); errkind.Of(err) != errkind.Canceled {
		t.Errorf("with an ended context: %v of kind %q", err, errkind.Of(err))
	}
}

// A stopper ends the run once a repository has been measured.
type stopper struct{ cancel func() }

func (*stopper) Plan(int) {}

func (s *stopper) Done(o *fact.Outcome, _ bool) {
	if o.Failure == "" {
		s.cancel()
	}
}

// A collector that fails costs its repository, not the survey; a store that
// fails ends it.
func TestFailures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cfg := w.config(memory.New())
	cfg.Collectors = []collect.Collector{failing{probe{"f", 1, &sync.Map{}}}}
	res := w.run(cfg)
	if res.Failed() != 3 || res.Missing() != 1 || res.Count(errkind.Empty) != 2 || res.Measured != 0 {
		t.Errorf("failed %d, missing %d, measured %d, unread %v", res.Failed(), res.Missing(), res.Measured, res.Unread)
	}
	for _, o := range res.Survey.Outcomes {
		if o.Repo == "example.org/weir/weir" && (o.Failure != "limit" || !slices.Contains(errkind.Causes(), errkind.Cause(o.Why)) || o.Revision == nil) {
			t.Errorf("outcome %+v", o)
		}
	}
	closed := memory.New()
	_ = closed.Close()
	if _, err := survey.Run(t.Context(), w.config(closed)); errkind.Of(err) != errkind.Storage {
		t.Errorf("with a closed store: %v of kind %q", err, errkind.Of(err))
	}
	cfg = w.config(memory.New())
	cfg.Landscape.Where = filepath.Join(t.TempDir(), "none.yml")
	if _, err := survey.Run(t.Context(), cfg); errkind.Of(err) != errkind.NotFound {
		t.Errorf("without a landscape: %v of kind %q", err, errkind.Of(err))
	}
}

type failing struct{ probe }

func (f failing) Begin(*fact.Revision, *collect.Tree) collect.Pass { return failingPass{} }

type failingPass struct{ probePass }

func (failingPass) Finish() (any, error) { return nil, errkind.Errorf(errkind.Limit, "too much") }

// The list of collectors has every folder of package collect, by its name.
func TestCollectorsAreComplete(t *testing.T) {
	t.Parallel()
	dirs, err := os.ReadDir("../collect")
	if err != nil {
		t.Fatal(err)
	}
	var folders, names []string
	for _, d := range dirs {
		if d.IsDir() && !strings.HasSuffix(d.Name(), "test") {
			folders = append(folders, d.Name())
		}
	}
	seen := map[string]bool{}
	for _, c := range survey.Collectors(nil) {
		names = append(names, c.Name())
		if seen[c.Name()] || c.Version() < 1 {
			t.Errorf("collector %q version %d comes twice, or has no version", c.Name(), c.Version())
		}
		seen[c.Name()] = true
	}
	slices.Sort(names)
	if len(folders) == 0 || !slices.Equal(folders, names) {
		t.Errorf("collectors %v, folders %v", names, folders)
	}
}
