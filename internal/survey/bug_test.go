package survey_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

// A buggy collector panics at one place, when it is at the repository that has
// the file or tag "boom".
type buggy struct{ at string }

func (buggy) Name() string { return "buggy" }
func (buggy) Version() int { return 1 }

// stumble panics where b is to.
func (b buggy) stumble(at string, boom bool) {
	if boom && b.at == at {
		panic("stumbled at " + at)
	}
}

func hasBoom(entries []collect.Entry) bool {
	for i := range entries {
		if entries[i].Path == "boom" {
			return true
		}
	}
	return false
}

type buggyTree struct{ buggy }

func (b buggyTree) Begin(_ *fact.Revision, tree *collect.Tree) collect.Pass {
	boom := hasBoom(tree.Entries)
	b.stumble("begin", boom)
	return buggyPass{b.buggy, boom}
}

type buggyPass struct {
	buggy
	boom bool
}

func (p buggyPass) Wants(*collect.Entry) int64           { p.stumble("wants", p.boom); return 1 }
func (p buggyPass) File(*collect.Entry, collect.Content) { p.stumble("file", p.boom) }
func (p buggyPass) Finish() (any, error) {
	p.stumble("finish", p.boom)
	return &fact.Components{}, nil
}

type buggyHistory struct{ buggy }

func (b buggyHistory) BeginHistory(h *collect.History) collect.HistoryPass {
	boom := hasBoom(h.Entries)
	b.stumble("begin", boom)
	return buggyWalk{b.buggy, boom}
}

type buggyWalk struct {
	buggy
	boom bool
}

func (w buggyWalk) Commit(*gitrepo.Commit, []int) error { w.stumble("commit", w.boom); return nil }

func (w buggyWalk) Finish(ctx context.Context, at *collect.Snapshot) (any, error) {
	w.stumble("finish", w.boom)
	oids, sizes := []string{at.Entries[0].OID}, []int64{at.Entries[0].Size}
	err := at.Repo.Blobs(ctx, oids, sizes, func(int, collect.Content) error { w.stumble("blob", w.boom); return nil })
	return &fact.Commits{}, err
}

type buggyTags struct{ buggy }

func (b buggyTags) Tags(tags []gitrepo.Tag) any {
	b.stumble("tags", len(tags) > 0)
	return &fact.Releases{}
}

// notebook is a log that several goroutines write.
type notebook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (n *notebook) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(p)
}

// A bug that one repository meets costs that repository, wherever it is, and is
// told as what it is; the others are measured.
func TestBugCostsItsRepository(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		make func(buggy) collect.Collector
		at   []string
		kept int // facts of the repository itself
	}{
		"tree":    {func(b buggy) collect.Collector { return buggyTree{b} }, []string{"begin", "wants", "file", "finish"}, 0},
		"history": {func(b buggy) collect.Collector { return buggyHistory{b} }, []string{"begin", "commit", "finish", "blob"}, 1},
		"tags":    {func(b buggy) collect.Collector { return buggyTags{b} }, []string{"tags"}, 1},
	} {
		for _, at := range tt.at {
			t.Run(name+"/"+at, func(t *testing.T) {
				t.Parallel()
				w, st := newWorld(t), memory.New()
				w.make("ghost/light", "-- commit main 2024-01-02 Ann <ann@example.org> Begin --\n-- boom --\nBoom.\n-- tag v1 --\n")
				log := &notebook{}
				cfg := w.config(st)
				cfg.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
				sound := probe{"sound", 1, &sync.Map{}}
				cfg.Collectors = []collect.Collector{sound, tt.make(buggy{at})}
				res := w.run(cfg)
				want := strings.Replace(wantOutcomes, `light "absent" -`, `light "internal" 2024-01-02`, 1)
				if got := outcomes(res.Survey); got != want {
					t.Errorf("outcomes:\n%s\nwant:\n%s", got, want)
				}
				checkBug(t, res.Survey, at)
				if text := log.text.String(); !strings.Contains(text, "bug_test.go") || !strings.Contains(text, "stumble") {
					t.Errorf("the log has no stack:\n%s", text)
				}
				if got := strings.Count(records(t, st), "example.org/ghost/light@"); got != tt.kept {
					t.Errorf("%d facts of the repository are kept, want %d", got, tt.kept)
				}
				if got := strings.Count(records(t, st), "example.org/weir/weir@"); got != 2 {
					t.Errorf("%d facts of another repository, want 2", got)
				}
			})
		}
	}
}

// checkBug checks what the survey says of the repository with the bug.
func checkBug(t *testing.T, s *fact.Survey, at string) {
	t.Helper()
	for _, o := range s.Outcomes {
		if o.Repo == "example.org/ghost/light" &&
			(!strings.Contains(o.Why, "a bug in assay") || strings.Contains(o.Why, at) || !strings.Contains(o.How, "report it")) {
			t.Errorf("why %q, how %q", o.Why, o.How)
		}
	}
}

// A bug outside of a collector costs its repository too.
func TestBugBesideCollectors(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	cfg := w.config(st)
	cfg.Mirrors = buggyMirrors{cfg.Mirrors}
	res := w.run(cfg)
	want := strings.Replace(wantOutcomes, `weir/weir "" 2024-01-02`, `weir/weir "internal" -`, 1)
	if got := outcomes(res.Survey); got != want {
		t.Errorf("outcomes:\n%s\nwant:\n%s", got, want)
	}
	cfg = w.config(memory.New())
	cfg.Progress = buggyProgress{}
	if _, err := survey.Run(t.Context(), cfg); errkind.Of(err) != errkind.Internal || errkind.Stack(err) == "" {
		t.Errorf("with a bug in the telling: %v (%s)", err, errkind.Of(err))
	}
}

type buggyMirrors struct{ survey.Mirrors }

func (m buggyMirrors) Ensure(ctx context.Context, id fact.RepoID) (dir string, foundAs fact.RepoID, err error) {
	if id == "example.org/weir/weir" {
		panic("no mirror at all")
	}
	return m.Mirrors.Ensure(ctx, id)
}

type buggyProgress struct{}

func (buggyProgress) Plan(int)                 {}
func (buggyProgress) Done(*fact.Outcome, bool) { panic("cannot tell") }
