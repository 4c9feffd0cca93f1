package gitrepo

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// scoped opens the fixture at a folder.
func (f *fixture) scoped(folder string) *Repo {
	f.t.Helper()
	r, err := Open(f.dir, "example.org/owner/repo")
	if err != nil {
		f.t.Fatal(err)
	}
	r.id, r.folder = r.id.Within(folder), folder
	return r
}

// monorepo has, of the folder dir: a topic that main took over unchanged, one that
// both sides changed, one whose change was undone before it was merged, a change that was
// made on both sides, a bot on another branch, and what begins with its name.
func monorepo(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	const main, topic = "refs/heads/main", "refs/heads/topic"
	a := f.commit(main, "2024-01-01T12:00:00Z", nil, "other/a", "1", "dirty/a", "1", ".gitattributes", "dir/gen/** linguist-generated")
	b := f.commit(main, "2024-01-02T12:00:00Z", []int{a}, "other/a", "1", "dir/a.go", "package a", "dir/sub/b.go", "package b")
	c := f.commit(topic, "2024-01-03T12:00:00Z", []int{b}, "dir/a.go", "package aa")
	d := f.commit(main, "2024-01-04T12:00:00Z", []int{b}, "other/a", "2")
	e := f.commit(main, "2024-01-05T12:00:00Z", []int{d, c}, "dir/a.go", "package aa")
	g := f.commit(topic, "2024-01-06T12:00:00Z", []int{c}, "dir/c.go", "package c")
	h := f.commit(main, "2024-01-07T12:00:00Z", []int{e}, "dir/d.go", "package d")
	i := f.commit(main, "2024-01-08T12:00:00Z", []int{h, g}, "dir/c.go", "package c")
	j := f.commit(topic, "2024-01-09T12:00:00Z", []int{i}, "dir/a.go", "package undone")
	k := f.commit(topic, "2024-01-10T12:00:00Z", []int{j}, "dir/a.go", "package aa", "other/b", "1")
	l := f.commit(main, "2024-01-11T12:00:00Z", []int{i, k}, "other/b", "1")
	m := f.commit(topic, "2024-01-12T12:00:00Z", []int{l}, "dir/e.go", "package e")
	n := f.commit(main, "2024-01-13T12:00:00Z", []int{l}, "dir/e.go", "package e")
	o := f.commit(main, "2024-01-14T12:00:00Z", []int{n, m}, "other/a", "3")
	p := f.commit(main, "2024-01-15T12:00:00Z", []int{o}, "other/a", "4", "dirty/a", "2")
	f.commit("refs/heads/next", "2024-01-16T12:00:00Z", []int{p}, "dir/new.go", "package next")
	f.commit("refs/heads/away", "2024-01-17T12:00:00Z", []int{p}, "other/a", "5")
	for name, mark := range map[string]int{"v1.0.0": b, "dir/v1.1.0": h, "dirty/v9.0.0": h, "sub-v0.1.0": h, "sub-tle": h} {
		f.point("refs/tags/"+name, mark)
	}
	return f
}

func TestFolderHistory(t *testing.T) {
	t.Parallel()
	f := monorepo(t)
	f.done()
	for _, folder := range []string{"dir", "dir/sub", "other"} {
		r := f.scoped(folder)
		rev, err := r.At(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		var counted, mainline, parents []string
		err = r.History(t.Context(), rev.Commit, "", func(c *Commit) error {
			if !c.Aside {
				counted = append(counted, string(c.OID))
			}
			if c.Mainline {
				mainline, parents = append(mainline, string(c.OID)), append(parents, string(c.Parent))
			}
			for _, ch := range c.Changes {
				if strings.HasPrefix(string(ch.Path), folder+"/") || len(ch.Path) == 0 {
					t.Errorf("%s: path %q is not within it", folder, ch.Path)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(counted)
		want := strings.Fields(f.git(nil, "rev-list", "main", "--", folder))
		slices.Sort(want)
		if !slices.Equal(counted, want) {
			t.Errorf("%s: %d commits %v, git has %d: %v", folder, len(counted), counted, len(want), want)
		}
		if want := strings.Fields(f.git(nil, "rev-list", "--first-parent", "main", "--", folder)); !slices.Equal(mainline, want) {
			t.Errorf("%s: mainline %v, git has %v", folder, mainline, want)
		} else if !slices.Equal(parents, append(want[1:], "")) {
			t.Errorf("%s: parents %v of the mainline %v", folder, parents, want)
		}
	}
}

func TestFolderTree(t *testing.T) {
	t.Parallel()
	f := monorepo(t)
	f.done()
	r := f.scoped("dir")
	rev, err := r.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string]func() ([]Entry, error){
		"packs": func() ([]Entry, error) { return r.Tree(t.Context(), rev.Commit) },
		"git":   func() ([]Entry, error) { return r.listTree(t.Context(), rev.Commit) },
	} {
		entries, err := list()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range entries {
			got = append(got, e.OID+" "+e.Path)
		}
		want := strings.Split(f.git(nil, "ls-tree", "-r", "--format=%(objectname) %(path)", "main:dir"), "\n")
		if !slices.Equal(got, want) {
			t.Errorf("by %s: %q, git has %q", name, got, want)
		}
	}
	above, err := f.scoped("dir/sub").Above(t.Context(), rev.Commit)
	var names []string
	for _, e := range above {
		names = append(names, e.Path)
	}
	if want := []string{".gitattributes", "dir/a.go", "dir/c.go", "dir/d.go", "dir/e.go"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("above dir/sub: %q, %v, want %q", names, err, want)
	}
}

func TestFolderThatIsNone(t *testing.T) {
	t.Parallel()
	f := monorepo(t)
	f.done()
	for folder, asOf := range map[string]string{"nowhere": "", "dir/a.go": "", "dir/a.go/x": "", "dir": "2024-01-01", "d*": ""} {
		_, err := f.scoped(folder).At(t.Context(), fact.Date(asOf))
		if errkind.Of(err) != errkind.NotFound || errkind.CauseOf(err) != errkind.CauseNoFolder {
			t.Errorf("%q by %q: %v, %q", folder, asOf, err, errkind.CauseOf(err))
		}
	}
}

func TestFolderLatest(t *testing.T) {
	t.Parallel()
	f := monorepo(t)
	f.done()
	r := f.scoped("dir")
	rev, err := r.At(t.Context(), "2024-01-31")
	if err != nil {
		t.Fatal(err)
	}
	latest, err := r.Latest(t.Context(), rev, func(string, string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	if p := latest.Person; p == nil || p.At != "2024-01-16T12:00:00Z" || p.Ref != "refs/heads/next" {
		t.Errorf("the newest: %+v", p)
	}
	if p := latest.Revision; p == nil || p.At != "2024-01-13T12:00:00Z" || p.Ref != "refs/heads/main" {
		t.Errorf("the newest of the revision: %+v", p)
	}
}

func TestFolderTags(t *testing.T) {
	t.Parallel()
	f := monorepo(t)
	f.done()
	for folder, want := range map[string]string{
		"dir": "dir/v1.1.0", "dir/sub": "sub-v0.1.0", "dirty": "dirty/v9.0.0", "other": "dir/v1.1.0 dirty/v9.0.0 sub-tle sub-v0.1.0 v1.0.0",
	} {
		tags, err := f.scoped(folder).Tags(t.Context(), "")
		var names []string
		for _, tag := range tags {
			names = append(names, tag.Name)
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", folder, got, err, want)
		}
	}
}

func TestFolderHistoryEnds(t *testing.T) {
	t.Parallel()
	f := monorepo(t)
	f.done()
	r := f.scoped("dir")
	rev, err := r.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	if err := r.History(t.Context(), rev.Commit, "", func(*Commit) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the error of fn: %v", err)
	}
	r.bounds.commits = 3
	if err := r.History(t.Context(), rev.Commit, "", func(*Commit) error { return nil }); errkind.Of(err) != errkind.Limit {
		t.Errorf("over the limit: %v", err)
	}
}
