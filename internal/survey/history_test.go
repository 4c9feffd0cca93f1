package survey_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

// A history that cannot be read costs what is told of it; what the tree says is
// stored all the same, and told.
func TestUnreadableHistory(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	w.remove("weir/weir.git")
	w.make("weir/weir", "-- commit main 2023-01-02 Ann <ann@example.org> Begin --\n-- old.go --\npackage old\n"+
		"-- commit main 2024-01-02 Ann <ann@example.org> Anew --\n-- delete old.go --\n-- main.go --\npackage main\n")
	w.forget("weir/weir", "main~1^{tree}")
	res := w.run(w.config(st))
	for _, o := range res.Survey.Outcomes {
		if o.Repo == "example.org/weir/weir" && (o.Failure != "corrupt" || o.Revision == nil || o.Why != string(errkind.CauseHistory)) {
			t.Errorf("outcome %+v", o)
		}
	}
	facts, err := survey.Facts(t.Context(), st, store.Selector{})
	if err != nil {
		t.Fatal(err)
	}
	const id = "example.org/weir/weir"
	if c := facts.Compositions[id]; c == nil || c.Bytes("Go") == 0 || facts.Releases[id] == nil {
		t.Errorf("what could be read was not stored: %+v", c)
	}
	if facts.Commits[id] != nil || facts.Timelines[id] != nil {
		t.Error("there are facts of a history that cannot be read")
	}
}

// forget takes one object out of a mirror.
func (w *world) forget(slug, name string) {
	w.t.Helper()
	dir := filepath.Join(w.tree, "example.org", slug+".git")
	git := func(stdin []byte, args ...string) string {
		cmd := exec.CommandContext(w.t.Context(), "git", append([]string{"--git-dir=" + dir}, args...)...)
		cmd.Stdin = strings.NewReader(string(stdin))
		out, err := cmd.Output()
		if err != nil {
			w.t.Fatalf("git %s: %v", args[0], err)
		}
		return strings.TrimSpace(string(out))
	}
	oid := git(nil, "rev-parse", name)
	packs, err := filepath.Glob(filepath.Join(dir, "objects", "pack", "*.pack"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, pack := range packs {
		data, err := os.ReadFile(pack)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, end := range []string{".pack", ".idx"} {
			if err := os.Remove(strings.TrimSuffix(pack, ".pack") + end); err != nil {
				w.t.Fatal(err)
			}
		}
		git(data, "unpack-objects", "-q")
	}
	if err := os.Remove(filepath.Join(dir, "objects", oid[:2], oid[2:])); err != nil {
		w.t.Fatal(err)
	}
}

// A later survey reads what came since; one of another date that picks a
// revision which is known reads nothing of it.
func TestLaterSurvey(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	if res := w.run(w.config(st)); res.Read.Commits != 2 {
		t.Fatalf("read %+v, want the two commits there are", res.Read)
	}
	cfg := w.config(st)
	cfg.AsOf = "2024-07-15" // late/late has begun, the others stand still
	if res := w.run(cfg); res.Measured != 1 || res.Cached != 2 || res.Read.Commits != 1 {
		t.Errorf("measured %d, cached %d, read %+v", res.Measured, res.Cached, res.Read)
	}
	cfg.AsOf = "2024-12-31" // weir has another commit
	res := w.run(cfg)
	if res.Measured != 1 || res.Cached != 2 || res.Read.Commits != 1 {
		t.Errorf("measured %d, cached %d, read %+v", res.Measured, res.Cached, res.Read)
	}
	facts, err := survey.Facts(t.Context(), st, store.Selector{AsOf: "2024-12-31"})
	if err != nil {
		t.Fatal(err)
	}
	var commits int
	for _, k := range facts.Commits["example.org/weir/weir"].Work {
		commits += k.Commits
	}
	if tl := facts.Timelines["example.org/weir/weir"]; commits != 2 || tl.Commits != 2 || len(tl.Months) != 2 {
		t.Errorf("%d commits, timeline %+v", commits, tl)
	}
}

// A key that is not the store's own is refused before anything is read.
func TestAuthorKey(t *testing.T) {
	t.Parallel()
	st := memory.New()
	one, err := survey.AuthorHash(t.Context(), st, "one key of sixteen bytes")
	if err != nil {
		t.Fatal(err)
	}
	again, err := survey.AuthorHash(t.Context(), st, "")
	if err != nil || one.Key("a") != again.Key("a") {
		t.Errorf("the store's key is not kept: %v", err)
	}
	if _, err := survey.AuthorHash(t.Context(), st, "another of sixteen bytes"); err == nil {
		t.Error("another key is taken")
	}
	for _, short := range []string{"a", "fifteen bytes.."} {
		for _, to := range []store.Store{st, memory.New()} {
			if _, err := survey.AuthorHash(t.Context(), to, short); errkind.Of(err) != errkind.Usage || errkind.Hint(err) == "" {
				t.Errorf("the key %q: error %v; want it refused", short, err)
			}
		}
	}
	random, err := survey.AuthorHash(t.Context(), memory.New(), "")
	if err != nil || random.Key("a") == one.Key("a") {
		t.Errorf("a new store's key is no secret: %v", err)
	}
}
