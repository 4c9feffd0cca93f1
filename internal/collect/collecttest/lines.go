package collecttest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"assay/internal/gitrepo"
)

// A Line is a line of a file that says something, and a word for what: a role, a
// kind.
type Line struct {
	Line int
	Word string
}

// A keyed is a file of which somebody has said, by hand, what its lines say.
type keyed struct {
	Repo, Commit, Path string
	Rows               []Line
	Doubt              []int // lines of which a person may say one thing or the other
}

// UnmarshalJSON reads [line, word].
func (l *Line) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&l.Line, &l.Word})
}

// An Agreement is how what is read from files agrees with what a person reads in
// them.
type Agreement struct{ Right, Found, Wanted int }

// Precision is how much of what was found is right.
func (a Agreement) Precision() float64 { return float64(a.Right) / float64(max(a.Found, 1)) }

// Recall is how much of what is there was found.
func (a Agreement) Recall() float64 { return float64(a.Right) / float64(max(a.Wanted, 1)) }

// Agree measures read against the key, a file with a JSON object a line. Its files are
// read from a tree of mirrors; without one the test is skipped.
func Agree(t *testing.T, tree, key string, read func(path string, data []byte) []Line) Agreement {
	t.Helper()
	if tree == "" {
		t.Skip("there is no tree of mirrors")
	}
	lines, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	var all Agreement
	for sc := bufio.NewScanner(bytes.NewReader(lines)); sc.Scan(); {
		var k keyed
		if err := json.Unmarshal(sc.Bytes(), &k); err != nil {
			t.Fatal(err)
		}
		data, err := At(t, tree, k.Repo, k.Commit, k.Path)
		if err != nil && len(k.Rows) > 0 { // else it may be a symbolic link
			t.Fatal(err)
		}
		all.add(t, &k, read(k.Path, data))
	}
	return all
}

// At is a file of a commit of a repository in a tree of mirrors.
func At(t *testing.T, tree, repo, commit, path string) ([]byte, error) {
	t.Helper()
	r, err := gitrepo.Open(filepath.Join(tree, repo+".git"), gitrepo.IDOf(repo))
	if err != nil {
		return nil, err
	}
	return r.ReadFile(t.Context(), commit, path, 1<<20)
}

// add counts one file, and says what differs in it.
func (a *Agreement) add(t *testing.T, k *keyed, got []Line) {
	t.Helper()
	doubt, left := map[int]bool{}, map[Line]int{}
	for _, n := range k.Doubt {
		doubt[n] = true
	}
	for _, l := range k.Rows {
		a.Wanted++
		left[l]++
	}
	for _, l := range got {
		if doubt[l.Line] && left[l] == 0 {
			continue
		}
		if a.Found++; left[l] > 0 {
			a.Right++
			left[l]--
			continue
		}
		t.Logf("%s %s:%d: found %q, which is not there", k.Repo, k.Path, l.Line, l.Word)
	}
	for _, l := range k.Rows {
		if left[l] > 0 {
			left[l]--
			t.Logf("%s %s:%d: %q is there and was not found", k.Repo, k.Path, l.Line, l.Word)
		}
	}
}
