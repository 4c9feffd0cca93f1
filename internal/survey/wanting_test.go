package survey_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

const weirID = "example.org/weir/weir"

// deep is a history of eight months in which a file changes, with a release and a
// file that stays.
func deep() string {
	var b strings.Builder
	for _, month := range []string{"01", "02", "03", "04", "05", "06"} {
		b.WriteString("-- commit main 2023-" + month + "-02 Ann <ann@example.org> Month " + month + " --\n-- a.go --\npackage a // " + month + "\n")
		if month == "02" {
			b.WriteString("-- b.rs --\nfn b() {}\n")
		}
	}
	return b.String()
}

// git runs git in a mirror of the world, or at its top for "".
func (w *world) git(slug string, args ...string) string {
	w.t.Helper()
	dir := w.tree
	if slug != "" {
		args = append([]string{"--git-dir=" + filepath.Join(w.tree, "example.org", slug+".git")}, args...)
	}
	cmd := exec.CommandContext(w.t.Context(), "git", args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C"}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		w.t.Fatalf("git %v: %v\n%s", args, err, &stderr)
	}
	return strings.TrimSpace(string(out))
}

// weirOf is what became of the repository in a survey, and its facts.
func weirOf(t *testing.T, st store.Store, s *fact.Survey) (*fact.Outcome, *fact.Commits, *fact.Timeline) {
	t.Helper()
	facts, err := survey.Facts(t.Context(), st, store.Selector{AsOf: s.AsOf})
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Outcomes {
		if s.Outcomes[i].Repo == weirID {
			return &s.Outcomes[i], facts.Commits[weirID], facts.Timelines[weirID]
		}
	}
	t.Fatal("no such outcome")
	return nil, nil, nil
}

// only makes a survey of one project.
func (w *world) only(st store.Store) survey.Config {
	cfg := w.config(st)
	cfg.Projects = []string{"Weir"}
	return cfg
}

// shallow makes the mirror anew with a depth, from one that is kept beside the tree.
func (w *world) shallow() {
	w.t.Helper()
	w.remove("weir/weir.git")
	w.make("weir/weir", deep())
	source := filepath.Join(w.t.TempDir(), "source.git")
	at := filepath.Join(w.tree, "example.org/weir/weir.git")
	if err := os.Rename(at, source); err != nil {
		w.t.Fatal(err)
	}
	w.git("", "clone", "--quiet", "--bare", "--depth=3", "file://"+source, at)
}

// A shallow mirror is marked, and read anew once it is whole; later surveys go on
// from nothing of it. Without a change it is read once.
func TestShallowMirror(t *testing.T) {
	t.Parallel()
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, st := newWorld(t), open(t)
			w.shallow()
			res := w.run(w.only(st))
			o, commits, timeline := weirOf(t, st, res.Survey)
			if o.Revision == nil || !o.Revision.Cut || o.Revision.Provisional["commit"] == "" || o.Revision.Provisional["census"] != "" || len(commits.Work) != 3 {
				t.Fatalf("shallow: %+v, %d rows of work", o.Revision, len(commits.Work))
			}
			if timeline.First.At[:7] != "2023-04" {
				t.Errorf("first of a shallow history %s", timeline.First.At)
			}
			if res = w.run(w.only(st)); res.Cached != 1 {
				t.Errorf("an unchanged shallow mirror: %v", counts(res))
			}
			earlier := w.only(st)
			earlier.AsOf = "2023-03-31"
			if early := w.run(earlier); early.Failed() != 1 {
				t.Errorf("before the cut: %+v", early.Unread)
			}
			w.git("weir/weir", "fetch", "--quiet", "--unshallow")
			if res = w.run(w.only(st)); res.Measured != 1 {
				t.Errorf("after the rest was fetched: %v", counts(res))
			}
			o, commits, timeline = weirOf(t, st, res.Survey)
			if o.Revision.Cut || o.Revision.Provisional != nil || len(commits.Work) != 6 || timeline.First.At[:7] != "2023-01" || timeline.Commits != 6 {
				t.Errorf("whole: %+v, %d rows of work, %d commits from %s", o.Revision, len(commits.Work), timeline.Commits, timeline.First.At)
			}
			if res = w.run(earlier); res.Failed() != 0 {
				t.Errorf("a day that the shallow history did not reach: %+v", res.Unread)
			}
			fresh := memory.New()
			w.run(w.only(fresh))
			if diff := cmp.Diff(wholeRecords(t, fresh, "2023-06"), wholeRecords(t, st, "2023-06")); diff != "" {
				t.Errorf("another store than one that never saw the shallow mirror (-never +saw):\n%s", diff)
			}
		})
	}
}

// The mark of a provisional fact is of what an export says, and not of the hashes of
// authors, which differ from store to store. Read anew it stays.
func TestProvisionalWithoutAuthors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.shallow()
	survey := func(st store.Store, key string) *fact.Outcome {
		cfg := w.only(st)
		cfg.AuthorKey = key
		res := w.run(cfg)
		if res.Failed() != 0 {
			t.Fatalf("%+v", res.Unread)
		}
		o, _, _ := weirOf(t, st, res.Survey)
		return o
	}
	one, other := memory.New(), memory.New()
	first, second := survey(one, "a key of sixteen bytes"), survey(other, "another key of sixteen bytes")
	if diff := cmp.Diff(first.Revision.Provisional, second.Revision.Provisional); diff != "" {
		t.Errorf("marks of equal facts (-one +other):\n%s", diff)
	}
	if keys(t, one) != keys(t, other) {
		t.Errorf("keys of equal facts:\n%s\nand\n%s", keys(t, one), keys(t, other))
	}
	before := records(t, one)
	w.git("weir/weir", "repack", "--quiet", "-a", "-d", "-f") // the objects are others now
	survey(one, "a key of sixteen bytes")
	if after := records(t, one); after != before {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}
}

// keys are those of all facts of a store.
func keys(t *testing.T, st store.Store) string {
	t.Helper()
	var b strings.Builder
	err := st.Each(t.Context(), func(r fact.Record) error {
		fmt.Fprintln(&b, r.Repo, r.Revision, r.Collector, r.Version)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wholeRecords is the whole facts of a store that are of a revision of a month.
func wholeRecords(t *testing.T, st store.Store, month string) string {
	t.Helper()
	facts, err := survey.Facts(t.Context(), st, store.Selector{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(records(t, st)) {
		for _, o := range facts.Survey.Outcomes {
			if o.Revision != nil && strings.HasPrefix(o.Revision.CommittedAt, month) && strings.Contains(line, "@"+o.Revision.Commit+" ") {
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(lines, "")
}

// A later survey does not go on from what a shallow mirror said.
func TestNothingBuildsOnProvisional(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	w.shallow()
	early := w.only(st)
	early.AsOf = "2023-05-31"
	w.run(early)
	w.git("weir/weir", "fetch", "--quiet", "--unshallow")
	res := w.run(w.only(st))
	if _, commits, timeline := weirOf(t, st, res.Survey); len(commits.Work) != 6 || timeline.Commits != 6 {
		t.Errorf("%d rows of work, %d commits", len(commits.Work), timeline.Commits)
	}
}

// What was measured while a file was missing, or damaged, is measured again once
// it is back; a repack costs a new measurement only while something is missing.
func TestRestoredObjects(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(t *testing.T, path string){
		"missing": func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		},
		"damaged": func(t *testing.T, path string) {
			t.Helper()
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			data[len(data)-1] ^= 0xff
			data[len(data)-9] ^= 0xff
			if err := os.Chmod(path, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, st := newWorld(t), memory.New()
			w.remove("weir/weir.git")
			w.make("weir/weir", deep())
			w.loosen("weir/weir")
			blob := w.git("weir/weir", "rev-parse", "main:b.rs")
			path := filepath.Join(w.tree, "example.org/weir/weir.git/objects", blob[:2], blob[2:])
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			lose(t, path)
			res := w.run(w.only(st))
			o, _, _ := weirOf(t, st, res.Survey)
			if o.Revision.Cut || o.Revision.Provisional["timeline"] == "" && name == "missing" || o.Revision.Provisional["census"] == "" || o.Revision.Provisional["commit"] != "" {
				t.Errorf("%+v", o.Revision)
			}
			if res = w.run(w.only(st)); res.Cached != 1 {
				t.Errorf("unchanged: %v", counts(res))
			}
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, data, 0o444); err != nil {
				t.Fatal(err)
			}
			res = w.run(w.only(st))
			o, _, _ = weirOf(t, st, res.Survey)
			if res.Measured != 1 || o.Revision.Provisional != nil {
				t.Errorf("restored: %v, %+v", counts(res), o.Revision)
			}
			facts, err := survey.Facts(t.Context(), st, store.Selector{AsOf: asOf})
			if err != nil || facts.Compositions[weirID].Bytes("Rust") == 0 {
				t.Errorf("Rust is still missing: %v", err)
			}
			w.git("weir/weir", "repack", "-adq")
			if res = w.run(w.only(st)); res.Cached != 1 {
				t.Errorf("repacked: %v", counts(res))
			}
		})
	}
}

// loosen makes loose objects of packed ones.
func (w *world) loosen(slug string) {
	w.t.Helper()
	dir := filepath.Join(w.tree, "example.org", slug+".git")
	packs, err := filepath.Glob(filepath.Join(dir, "objects/pack/*.pack"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range packs {
		away := filepath.Join(w.t.TempDir(), "p.pack")
		if err := os.Rename(p, away); err != nil {
			w.t.Fatal(err)
		}
		if err := os.Remove(strings.TrimSuffix(p, ".pack") + ".idx"); err != nil {
			w.t.Fatal(err)
		}
		in, err := os.Open(away)
		if err != nil {
			w.t.Fatal(err)
		}
		cmd := exec.CommandContext(w.t.Context(), "git", "--git-dir="+dir, "unpack-objects", "-q")
		cmd.Stdin = in
		if out, err := cmd.CombinedOutput(); err != nil {
			w.t.Fatalf("%v: %s", err, out)
		}
		_ = in.Close()
	}
}

// Branches behind a link are seen to move.
func TestRefsBehindLink(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	w.remove("weir/weir.git")
	w.make("weir/weir", deep())
	dir := filepath.Join(w.tree, "example.org/weir/weir.git")
	elsewhere := filepath.Join(t.TempDir(), "refs")
	if err := os.Rename(filepath.Join(dir, "refs"), elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(dir, "refs")); err != nil {
		t.Fatal(err)
	}
	newest := w.git("weir/weir", "rev-parse", "main")
	w.git("weir/weir", "update-ref", "refs/heads/main", "main~1")
	w.run(w.only(st))
	w.git("weir/weir", "update-ref", "refs/heads/main", newest)
	if o, _, _ := weirOf(t, st, w.run(w.only(st)).Survey); o.Revision.Commit != newest {
		t.Errorf("stands at %s, want %s", o.Revision.Commit, newest)
	}
}
