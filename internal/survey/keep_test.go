package survey_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/catalog"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/mirror"
	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

// A survey that finds less does not take away what an earlier one of the day has
// read.
func TestWorseSurveyKeeps(t *testing.T) {
	t.Parallel()
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, st := newWorld(t), open(t)
			good := w.run(w.config(st)).Survey
			cfg := w.config(st)
			tree, err := mirror.New(mirror.Config{From: t.TempDir(), Offline: true})
			if err != nil {
				t.Fatal(err)
			}
			cfg.Mirrors = tree
			res := w.run(cfg)
			want := strings.NewReplacer(`crackle "corrupt"`, `crackle "absent"`, `hollow "empty"`, `hollow "absent"`, `late "empty"`, `late "absent"`).Replace(wantOutcomes)
			if diff := cmp.Diff(want, outcomes(res.Survey)); diff != "" || res.Kept != 2 || res.Missing() != 4 {
				t.Errorf("%d kept, %d missing (-want +got):\n%s", res.Kept, res.Missing(), diff)
			}
			again := w.run(w.config(st))
			if diff := cmp.Diff(good.Outcomes, again.Survey.Outcomes); diff != "" || again.Kept != 0 {
				t.Errorf("%d kept; then (-first +third):\n%s", again.Kept, diff)
			}
			cfg.AsOf = "2024-05-31"
			if res := w.run(cfg); res.Kept != 0 {
				t.Errorf("of another day %d are kept", res.Kept)
			}
		})
	}
}

// A landscape that changed still takes over what it has.
func TestChangedLandscapeKeeps(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	w.run(w.config(st))
	text := strings.Replace(landscapeText, "Weir", "Wehr", 1)
	if err := os.WriteFile(w.landscape, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	w.remove("weir/weir.git")
	if res := w.run(w.config(st)); res.Kept != 1 {
		t.Errorf("%d kept", res.Kept)
	}
}

// A whole outcome stays where a later run has a shallow mirror, and takes the
// place of one.
func TestWholeBeatsShallow(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	w.remove("weir/weir.git")
	w.make("weir/weir", deep())
	w.run(w.only(st))
	w.shallow()
	res := w.run(w.only(st))
	if o, commits, _ := weirOf(t, st, res.Survey); res.Kept != 1 || o.Revision.Cut || len(commits.Work) != 6 {
		t.Errorf("%d kept, %+v", res.Kept, o.Revision)
	}
}

// A mirror that is older than the one read before changes nothing; a newer one
// does.
func TestNewerMirrorBeatsOlder(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	w.remove("weir/weir.git")
	w.make("weir/weir", deep())
	w.write("weir/weir.git/assay-observed", "2024-07-02\n")
	newest := w.git("weir/weir", "rev-parse", "main")
	w.run(w.only(st))
	w.git("weir/weir", "update-ref", "refs/heads/main", "main~1")
	w.write("weir/weir.git/assay-observed", "2024-06-01\n")
	o, _, _ := weirOf(t, st, w.run(w.only(st)).Survey)
	if o.Revision.Commit != newest || o.Observed.At[:10] != "2024-07-02" {
		t.Errorf("the older mirror counts: %+v", o)
	}
	w.write("weir/weir.git/assay-observed", "2024-07-03\n")
	if o, _, _ = weirOf(t, st, w.run(w.only(st)).Survey); o.Revision.Commit == newest {
		t.Errorf("the newer mirror does not count: %+v", o)
	}
}

// A machine that runs out of something, or a store, ends the survey: nothing is
// stored of any repository's failing.
func TestMachineFaults(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]error{
		"open files": &os.PathError{Op: "open", Path: "x", Err: syscall.EMFILE},
		"memory":     errkind.Errorf(errkind.Corrupt, "read: %w", syscall.ENOMEM),
		"processes":  &os.SyscallError{Syscall: "fork/exec", Err: syscall.EAGAIN},
		"disk":       &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC},
		"machine":    errkind.Errorf(errkind.Machine, "no git"),
		"store":      errkind.Errorf(errkind.Storage, "read-only"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, st := newWorld(t), memory.New()
			good := w.run(w.config(st)).Survey
			cfg := w.config(st)
			cfg.Mirrors = faulty{cfg.Mirrors, fault}
			_, err := survey.Run(t.Context(), cfg)
			if errkind.ExitCode(err) != errkind.ExitFailed || errkind.Hint(err) == "" && name != "store" && name != "machine" {
				t.Errorf("%v of kind %q", err, errkind.Of(err))
			}
			stored, err := st.Survey(t.Context(), store.Selector{AsOf: asOf})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(good, stored); diff != "" {
				t.Errorf("the stored survey changed:\n%s", diff)
			}
		})
	}
}

// faulty finds no mirror of one repository, for a reason that is not its own.
type faulty struct {
	survey.Mirrors
	err error
}

func (f faulty) Ensure(ctx context.Context, id fact.RepoID) (string, fact.RepoID, error) {
	if id == weirID {
		return "", "", f.err
	}
	return f.Mirrors.Ensure(ctx, id)
}

// Without git the survey ends, with what to do. (Not parallel: it sets the PATH.)
func TestSurveyWithoutGit(t *testing.T) {
	w := newWorld(t)
	t.Setenv("PATH", t.TempDir())
	_, err := survey.Run(t.Context(), w.config(memory.New()))
	if errkind.Of(err) != errkind.Machine || !strings.Contains(errkind.Hint(err), "install git") {
		t.Errorf("%v of kind %q, hint %q", err, errkind.Of(err), errkind.Hint(err))
	}
}

// What an outcome says of a failure names nothing of the machine, and is the same
// in every run.
func TestFailuresAreTheSame(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 2 {
		w := newWorld(t)
		w.write("ferrite/ferrite.git/HEAD", "nonsense\n")
		w.forget("weir/weir", "main~1^{tree}")
		for _, o := range w.run(w.config(memory.New())).Survey.Outcomes {
			if o.Failure == "" {
				continue
			}
			known := false
			for _, c := range errkind.Causes() {
				known = known || string(c) == o.Why
			}
			if !known || strings.Contains(o.Why+o.How, string(filepath.Separator)) {
				t.Errorf("%s: why %q, how %q", o.Repo, o.Why, o.How)
			}
			seen[string(o.Repo)+o.Failure+o.Why+o.How] = true
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d ways to say it: %v", len(seen), seen)
	}
}

// A repository that a source named which is not read any more is kept, with what
// was read of it; one that the user excludes is not, nor where the source was
// switched off.
func TestKeepsWhatASourceNamed(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	if err := os.WriteFile(w.landscape, []byte(strings.ReplaceAll(landscapeText, "/ghost/", "/owned/")), 0o644); err != nil {
		t.Fatal(err)
	}
	w.make("owned/light", "-- commit main 2024-01-02 Ann <ann@example.org> Begin --\n-- a.rs --\nfn a() {}\n")
	w.make("owned/lamp", "-- commit main 2024-01-02 Ann <ann@example.org> Begin --\n-- b.rs --\nfn b() {}\n")
	full := w.lists(st)
	const lamp = "example.org/owned/lamp"
	if got := outcomes(w.run(full).Survey); !strings.Contains(got, lamp+` "" `) {
		t.Fatalf("the organisation is not taken whole:\n%s", got)
	}
	w.remove("owned")
	for name, tt := range map[string]struct {
		change func(c *survey.Config)
		want   bool
	}{
		"listed in part": {func(*survey.Config) {}, true},
		"excluded": {func(c *survey.Config) {
			c.Catalog.Config.Projects = map[string]catalog.ProjectConfig{"Ghostlight": {Exclude: []string{"https://" + lamp}}}
		}, false},
		"switched off": {func(c *survey.Config) { c.Catalog.Lister = nil }, false},
	} {
		again := copyStore(t, st)
		cfg := w.lists(again)
		tt.change(&cfg)
		s := w.run(cfg).Survey
		if got := strings.Contains(outcomes(s), lamp+` "" `); got != tt.want {
			t.Errorf("%s: kept %t\n%s", name, got, outcomes(s))
		}
		if len(s.Outcomes) != len(s.Catalog.Repositories) {
			t.Errorf("%s: %d outcomes of %d repositories", name, len(s.Outcomes), len(s.Catalog.Repositories))
		}
	}
}

// lists is the configuration with organisations listed from the tree.
func (w *world) lists(st store.Store) survey.Config {
	w.t.Helper()
	cfg := w.config(st)
	tree, err := mirror.New(mirror.Config{From: w.tree, Offline: true})
	if err != nil {
		w.t.Fatal(err)
	}
	cfg.Catalog.Lister = catalog.Mirrors(tree)
	cfg.Catalog.Config.Projects = map[string]catalog.ProjectConfig{"Ghostlight": {Owners: []string{"https://example.org/owned"}}}
	return cfg
}

// copyStore is another store with the same facts and surveys.
func copyStore(t *testing.T, from store.Store) store.Store {
	t.Helper()
	to := memory.New()
	var all []fact.Record
	err := from.Each(t.Context(), func(r fact.Record) error { all = append(all, r); return nil })
	if err == nil {
		err = to.Put(t.Context(), all)
	}
	if err == nil {
		err = from.EachSurvey(t.Context(), func(s *fact.Survey) error { return to.PutSurvey(t.Context(), s) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}
