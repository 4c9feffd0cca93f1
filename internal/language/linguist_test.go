package language_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/internal/gitrepo"
	"assay/internal/language"
)

// How far we may be from linguist, in a repository at its HEAD.
const (
	leastShare = 1.0 // percent: languages below it are not looked at
	mayDiffer  = 0.5 // percentage points
)

// newer are languages that go-enry's data has, for an extension, and that of
// linguist 7.22 (Debian's) has not.
var newer = map[string]string{
	".d2": "D2", ".tpl": "Go Template", ".tmpl": "Go Template", ".mmd": "Mermaid", "": "Just", ".envrc": "Shell", ".in": "C",
}

// TestAgainstLinguist holds the shares of languages against those that
// github-linguist itself finds, in every mirror of the tree that ASSAY_MIRROR
// names:
//
//	apt-get install ruby-github-linguist
//	ASSAY_MIRROR=/srv/mirrors go test -timeout 60m -run TestAgainstLinguist -v ./internal/language
//
// Linguist fails on a repository of which a blob is missing, so it is given a
// scratch repository: the same tree without the missing files, its objects
// borrowed from the mirror. With -v every difference is a row of a table.
func TestAgainstLinguist(t *testing.T) { //nolint:paralleltest // runs a program over a large tree
	mirrors := os.Getenv("ASSAY_MIRROR")
	if mirrors == "" {
		t.Skip("ASSAY_MIRROR names no tree of mirrors to compare on")
	}
	linguist, err := exec.LookPath("github-linguist")
	if err != nil {
		t.Skip("github-linguist is not on the PATH")
	}
	dirs, err := filepath.Glob(filepath.Join(mirrors, "*/*/*.git"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no mirrors in %q: %v", mirrors, err)
	}
	for _, dir := range dirs {
		t.Run(gitrepo.IDOf(dir).Slug(), func(t *testing.T) { compareWithLinguist(t, linguist, dir) })
	}
}

func compareWithLinguist(t *testing.T, linguist, dir string) {
	repo, err := gitrepo.Open(dir, gitrepo.IDOf(dir))
	if err != nil {
		t.Fatal(err)
	}
	rev, err := repo.At(t.Context(), "")
	if err != nil {
		t.Skip(err)
	}
	entries, err := repo.Tree(t.Context(), rev.Commit)
	if err != nil {
		t.Fatal(err)
	}
	left := len(entries)
	entries = slices.DeleteFunc(entries, func(e gitrepo.Entry) bool { return e.Regular() && e.Size < 0 })
	if left -= len(entries); left > 0 {
		t.Logf("%d files whose blob is missing are left out", left)
	}
	ours, theirs := count(t, repo, entries), linguistCount(t, linguist, repo.Dir(), entries)
	for p := range union(ours, theirs) {
		if ours[p].lang == newer[filepath.Ext(p)] && ours[p].lang != theirs[p].lang {
			t.Logf("left out, because linguist's data has changed: %s, ours %s, linguist %q", p, ours[p].lang, theirs[p].lang)
			delete(ours, p)
			delete(theirs, p)
		}
	}
	table := compareCounts(ours, theirs)
	for _, row := range table {
		text := fmt.Sprintf("| %s | %s | %.2f | %.2f | %s |", repo.ID().Slug(), row.lang, row.ours, row.theirs, strings.Join(row.files, "; "))
		if max(row.ours, row.theirs) >= leastShare && row.distance() > mayDiffer {
			t.Error(text)
		} else {
			t.Log(text)
		}
	}
}

// A sizes is the language and size of every counted file of a tree, by path.
type sizes map[string]counted

type counted struct {
	lang  string
	bytes int64
}

// count is what we count.
func count(t *testing.T, repo *gitrepo.Repo, entries []gitrepo.Entry) sizes {
	t.Helper()
	classes := language.NewClassifier(attributesOf(t, repo, entries))
	found := sizes{}
	var (
		wanted []int
		files  []language.File
		oids   []string
		bytes  []int64
	)
	for i, e := range entries {
		if !e.Regular() || e.Size == 0 {
			continue
		}
		f := classes.Path(e.Path)
		if !f.NeedsContent {
			if f.Counted {
				found[e.Path] = counted{f.Language, e.Size}
			}
			continue
		}
		wanted, files, oids, bytes = append(wanted, i), append(files, f), append(oids, e.OID), append(bytes, e.Size)
	}
	err := repo.Blobs(t.Context(), oids, bytes, func(k int, c gitrepo.Content) error {
		e := entries[wanted[k]]
		if f := classes.File(e.Path, files[k], c.Data, e.Size); f.Counted && !c.Missing {
			found[e.Path] = counted{f.Language, e.Size}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func attributesOf(t *testing.T, repo *gitrepo.Repo, entries []gitrepo.Entry) *language.Attributes {
	t.Helper()
	files := map[string][]byte{}
	for _, e := range entries {
		if e.Regular() && (e.Path == ".gitattributes" || strings.HasSuffix(e.Path, "/.gitattributes")) {
			err := repo.Blobs(t.Context(), []string{e.OID}, []int64{e.Size}, func(_ int, c gitrepo.Content) error {
				files[e.Path] = bytes.Clone(c.Data)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return language.ParseAttributes(files)
}

// linguistCount is what linguist counts in a scratch repository of the entries.
func linguistCount(t *testing.T, linguist, mirror string, entries []gitrepo.Entry) sizes {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "scratch.git")
	run := func(stdin string, name string, args ...string) []byte {
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Env = append(os.Environ(), "GIT_DIR="+dir, "GIT_INDEX_FILE="+filepath.Join(dir, "index"),
			"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull,
			"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org")
		cmd.Stdin = strings.NewReader(stdin)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s %v: %v\n%.500s", name, args, err, &stderr)
		}
		return out
	}
	run("", "git", "init", "--quiet", "--bare", "--template=", dir)
	borrow := filepath.Join(dir, "objects/info/alternates")
	if err := os.MkdirAll(filepath.Dir(borrow), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(borrow, []byte(filepath.Join(mirror, "objects")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var index strings.Builder
	size := map[string]int64{}
	for _, e := range entries {
		size[e.Path] = e.Size
		fmt.Fprintf(&index, "%o %s\t%s\x00", e.Mode, e.OID, e.Path)
	}
	run(index.String(), "git", "update-index", "-z", "--index-info")
	tree := strings.TrimSpace(string(run("", "git", "write-tree", "--missing-ok")))
	commit := strings.TrimSpace(string(run("", "git", "commit-tree", "-m", "m", tree)))
	run("", "git", "update-ref", "HEAD", commit)
	var answer map[string]struct{ Files []string }
	if err := json.Unmarshal(run("", linguist, "--breakdown", "--json", dir), &answer); err != nil {
		t.Fatal(err)
	}
	found := sizes{}
	for lang, a := range answer {
		for _, p := range a.Files {
			found[p] = counted{lang, size[p]}
		}
	}
	return found
}

// A row is a language whose share is not the same.
type row struct {
	lang         string
	ours, theirs float64 // percent
	files        []string
}

func (r *row) distance() float64 { return max(r.ours-r.theirs, r.theirs-r.ours) }

// compareCounts gives the languages whose shares differ, the largest difference
// first, with the files that make it.
func compareCounts(ours, theirs sizes) []row {
	a, b := shares(ours), shares(theirs)
	reasons := map[string]map[string]*reason{}
	for p := range union(ours, theirs) {
		o, l := ours[p], theirs[p]
		if o.lang == l.lang {
			continue
		}
		what := fmt.Sprintf("%s: ours %s, linguist %s", filepath.Ext(p), cmp.Or(o.lang, "not counted"), cmp.Or(l.lang, "not counted"))
		for _, lang := range []string{o.lang, l.lang} {
			if lang == "" {
				continue
			}
			if reasons[lang] == nil {
				reasons[lang] = map[string]*reason{}
			}
			r := reasons[lang][what]
			if r == nil {
				r = &reason{example: p}
				reasons[lang][what] = r
			}
			r.files, r.bytes, r.example = r.files+1, r.bytes+max(o.bytes, l.bytes), min(r.example, p)
		}
	}
	var rows []row
	for lang := range union(a, b) {
		r := row{lang: lang, ours: a[lang], theirs: b[lang]}
		for _, what := range slices.Sorted(maps.Keys(reasons[lang])) {
			x := reasons[lang][what]
			r.files = append(r.files, fmt.Sprintf("%s (%d files, %d bytes, %s)", what, x.files, x.bytes, x.example))
		}
		if len(r.files) > 0 {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(x, y row) int {
		return cmp.Or(cmp.Compare(y.distance(), x.distance()), cmp.Compare(x.lang, y.lang))
	})
	return rows
}

type reason struct {
	files   int
	bytes   int64
	example string
}

func union[V any](a, b map[string]V) map[string]bool {
	all := map[string]bool{}
	for k := range a {
		all[k] = true
	}
	for k := range b {
		all[k] = true
	}
	return all
}

// shares are the percentages of the languages.
func shares(s sizes) map[string]float64 {
	byLang, total := map[string]float64{}, 0.0
	for _, c := range s {
		byLang[c.lang] += float64(c.bytes)
		total += float64(c.bytes)
	}
	for lang := range byLang {
		byLang[lang] *= 100 / total
	}
	return byLang
}
