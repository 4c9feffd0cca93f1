package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/store"
)

func TestSource(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   fact.Evidence
		want string
	}{
		{"git", fact.Evidence{Repo: "github.com/Example/Landscape", Commit: "c0ffee", Path: "Landscape.yml", Line: 3}, "github.com/example/landscape:Landscape.yml"},
		{"url", fact.Evidence{URL: "https://example.org/l.yml", At: "2025-01-01T00:00:00Z"}, "https://example.org/l.yml"},
		{"file", fact.Evidence{Path: "/srv/l.yml"}, "/srv/l.yml"},
		{"unknown", fact.Evidence{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := store.Source(tt.in); got != tt.want {
				t.Errorf("Source(%+v) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestAsk(t *testing.T) {
	t.Parallel()
	k := func(repo, revision string) fact.Key {
		return fact.Key{Repo: fact.RepoID(repo), Revision: revision, Collector: "census", Version: 1}
	}
	asked := []fact.Key{k("h/B/x", "1"), k("h/a/x", "2"), k("h/a/x", ""), k("h/b/x", "1"), k("h/a/x", "\xff"), k("h/a/x", "1"), k("h/A/x", "2")}
	want := []fact.Key{k("h/a/x", "1"), k("h/a/x", "2"), k("h/B/x", "1")}
	if diff := cmp.Diff(want, store.Ask(asked)); diff != "" {
		t.Errorf("Ask (-want +got):\n%s", diff)
	}
}
