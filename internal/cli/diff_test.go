package cli

import (
	"testing"

	"assay/internal/fact"
	"assay/internal/finding/change"
	"assay/internal/store"
)

func TestMeans(t *testing.T) {
	t.Parallel()
	repo := fact.Evidence{Repo: "code.example/Guild/landscape", Commit: "1234", Path: "landscape.yml"}
	file := fact.Evidence{Path: "data/landscape.yml"}
	page := fact.Evidence{URL: "https://pages.example/landscape.yml"}
	for _, test := range []struct {
		where string
		e     fact.Evidence
		want  bool
	}{
		{"code.example/guild/landscape:landscape.yml", repo, true},
		{"https://code.example/guild/landscape.git", repo, true},
		{"code.example/guild/landscape", repo, true},
		{"mirrors/code.example/guild/landscape.git", repo, true},
		{"/srv/mirrors/code.example/Guild/landscape.git/", repo, true},
		{"code.example/guild/landscapes", repo, false},
		{"mycode.example/guild/landscape", repo, false},
		{"landscape.yml", repo, false},
		{"", repo, false},
		{"./data/landscape.yml", file, true},
		{"landscape.yml", file, false},
		{"", file, false},
		{"https://pages.example/landscape.yml", page, true},
		{"https://pages.example/", page, false},
	} {
		if got := means(test.where, store.Source(test.e), test.e); got != test.want {
			t.Errorf("%q means %q: %v", test.where, test.e, got)
		}
	}
}

func TestPlaceWords(t *testing.T) {
	t.Parallel()
	const repo fact.RepoID = "code.example/guild/landscape"
	file := fact.Evidence{Repo: repo, Commit: "0123456789abcdef", Path: "data/landscape.yml"}
	line := func(n int) fact.Evidence { e := file; e.Line = n; return e }
	tree := fact.Evidence{Repo: "code.example/anvil/anvil", Commit: "fedcba9876543210", Tree: true}
	for _, test := range []struct {
		before, after fact.Evidence
		want          string
	}{
		{fact.Evidence{}, fact.Evidence{}, ""},
		{line(3), line(14), "landscape.yml:3 → 14"},
		{line(3), line(3), "landscape.yml:3"},
		{file, line(14), "landscape.yml:14"},
		{line(3), file, "landscape.yml:3"},
		{file, file, "landscape.yml"},
		{fact.Evidence{}, line(14), "landscape.yml:14"},
		{line(3), fact.Evidence{}, "landscape.yml:3"},
		{line(3), tree, "landscape.yml:3 → anvil@fedcba987654"},
		{fact.Evidence{Repo: "code.example/anvil/anvil"}, tree, "anvil@fedcba987654"},
		{fact.Evidence{URL: "https://a.example/b"}, fact.Evidence{Repo: "code.example/anvil/anvil"}, "https://a.example/b → anvil/anvil"},
	} {
		if got := placeWords(change.Places{Before: test.before, After: test.after}); got != test.want {
			t.Errorf("%q and %q: %q, want %q", test.before, test.after, got, test.want)
		}
	}
}
