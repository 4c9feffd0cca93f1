package cli

import (
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/change"
	"assay/internal/finding/findingtest"
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

// What is wrong with one of the two surveys is said of that one.
func TestDiffSaysWhichSurvey(t *testing.T) {
	t.Parallel()
	whole, bare := findingtest.Facts(), finding.Facts{Survey: &fact.Survey{AsOf: "2026-01-01"}}
	for name, test := range map[string]struct {
		from, to finding.Facts
		scope    fact.Scope
		kind     errkind.Kind
		words    string
	}{
		"no landscape":  {whole, bare, "", errkind.Input, "the later survey: "},
		"nothing":       {bare, whole, "", errkind.Input, "the earlier survey: "},
		"no such scope": {whole, whole, "all", errkind.Usage, "scope"},
	} {
		q := question{language: "Rust", Options: finding.Options{Scope: test.scope}}
		if _, _, err := q.both(test.from, test.to); errkind.Of(err) != test.kind || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%s: %v of kind %q, want %q of kind %q", name, err, errkind.Of(err), test.words, test.kind)
		}
	}
}
