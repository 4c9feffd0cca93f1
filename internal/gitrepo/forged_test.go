package gitrepo

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// date is a day, "" for none.
func date(t *testing.T, text string) fact.Date {
	t.Helper()
	if text == "" {
		return ""
	}
	d, err := fact.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A commit-graph that gives other dates and parents than the commits have is not
// looked at.
func TestForgedCommitGraph(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2022-01-01T00:00:00Z", nil, "a", "1")
	b := f.commit("refs/heads/main", "2023-01-01T00:00:00Z", []int{a}, "a", "2")
	c := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", []int{b}, "a", "3")
	f.point("refs/tags/v1.0.0", c)
	r := f.done()
	f.git(nil, "commit-graph", "write", "--reachable")
	forgeGraph(t, f)
	if got := f.git(nil, "-c", "core.commitGraph=true", "rev-list", "--count", "main"); got == "3" {
		t.Fatal("git does not believe the graph: the test shows nothing")
	}
	for asOf, want := range map[fact.Date]string{"2024-06-01": rev(f, "main"), "2023-06-01": f.git(nil, "-c", "core.commitGraph=false", "rev-parse", "main~1")} {
		got, err := r.At(t.Context(), asOf)
		if err != nil || got.Commit != want {
			t.Errorf("as of %s: %+v, %v, want %s", asOf, got, err, want)
		}
	}
	tags, err := r.Tags(t.Context(), "")
	if err != nil || len(tags) != 1 || tags[0].CommitAt != "2024-01-01T00:00:00Z" {
		t.Errorf("tags %+v, %v", tags, err)
	}
	tip := rev(f, "main")
	chain, err := r.Mainline(t.Context(), tip, "")
	if err != nil || len(chain) != 3 {
		t.Errorf("mainline %v, %v", chain, err)
	}
	for _, since := range []string{"", chain[len(chain)-1]} {
		n := 0
		if err := r.History(t.Context(), tip, since, func(*Commit) error { n++; return nil }); err != nil || since == "" && n != 3 || since != "" && n != 2 {
			t.Errorf("%d commits since %q, %v", n, since, err)
		}
	}
}

// forgeGraph makes every commit of the commit-graph a root of the year 2001. What
// a row says is in its chunk CDAT: tree, two parents, generation and date.
func forgeGraph(t *testing.T, f *fixture) {
	t.Helper()
	path := filepath.Join(f.dir, "objects/info/commit-graph")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	row := bytes.Index(data, []byte("CDAT"))
	start, next := binary.BigEndian.Uint64(data[row+4:]), binary.BigEndian.Uint64(data[row+16:])
	for at := start; at < next; at += 36 {
		binary.BigEndian.PutUint32(data[at+20:], 0x70000000)
		binary.BigEndian.PutUint32(data[at+24:], 0x70000000)
		binary.BigEndian.PutUint32(data[at+28:], 1<<2)
		binary.BigEndian.PutUint32(data[at+32:], 1_000_000_000)
	}
	f.write("objects/info/commit-graph", string(data))
}

// swapped is a repository of three commits whose index gives, for one object,
// the place of another.
func swapped(t *testing.T, want, given string) (*fixture, *Repo) {
	t.Helper()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2022-01-01T00:00:00Z", nil, "a", "alpha")
	b := f.commit("refs/heads/main", "2023-01-01T00:00:00Z", []int{a}, "a", "beta")
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", []int{b}, "a", "gamma")
	f.point("refs/heads/other", f.commit("refs/heads/other", "2020-01-01T00:00:00Z", []int{a}, "a", "delta"))
	r := f.done()
	f.git(nil, "repack", "-adqf", "--depth=0")
	from, to := rev(f, want), rev(f, given)
	names, err := filepath.Glob(filepath.Join(f.dir, "objects/pack/*.idx"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	count := int(binary.BigEndian.Uint32(data[8+255*4:]))
	place := func(name string) []byte {
		oid, err := hex.DecodeString(name)
		if err != nil {
			t.Fatal(err)
		}
		i := (bytes.Index(data[8+256*4:], oid)) / 20
		at := 8 + 256*4 + count*24 + 4*i
		return data[at : at+4]
	}
	copy(place(from), place(to))
	rel, err := filepath.Rel(f.dir, names[0])
	if err != nil {
		t.Fatal(err)
	}
	f.write(rel, string(data))
	return f, r
}

// An index that gives one object for another is found out: by the name of the
// object.
func TestForgedIndex(t *testing.T) {
	t.Parallel()
	nothing := func(*Commit) error { return nil }
	t.Run("commit", func(t *testing.T) {
		t.Parallel()
		f, r := swapped(t, "main", "other")
		if got, err := r.At(t.Context(), "2024-06-01"); errkind.Of(err) != errkind.Corrupt {
			t.Errorf("picked %+v, %v", got, err)
		}
		if err := r.History(t.Context(), rev(f, "main"), "", nothing); errkind.Of(err) != errkind.Corrupt {
			t.Errorf("history: %v", err)
		}
	})
	t.Run("tree", func(t *testing.T) {
		t.Parallel()
		f, r := swapped(t, "main^{tree}", "other^{tree}")
		if got, err := r.Tree(t.Context(), rev(f, "main")); errkind.Of(err) != errkind.Corrupt {
			t.Errorf("tree %+v, %v", got, err)
		}
		if err := r.History(t.Context(), rev(f, "main"), "", nothing); errkind.Of(err) != errkind.Corrupt {
			t.Errorf("history: %v", err)
		}
	})
	t.Run("blob", func(t *testing.T) {
		t.Parallel()
		f, r := swapped(t, "main:a", "other:a")
		if got := read(t, r, []string{rev(f, "main:a"), rev(f, "other:a")}, []int64{5, 5}); got[0] != "missing" || got[1] != "delta" {
			t.Errorf("read %q", got)
		}
	})
}
