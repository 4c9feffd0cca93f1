package storetest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

func resolution(name string) store.Resolution {
	repo := fact.RepoID("example.org/owner/" + name)
	return store.Resolution{
		ResolutionKey: store.ResolutionKey{Repo: repo, AsOf: "2025-01-01", Refs: "fingerprint", Rule: 1},
		Revision:      revision(repo),
	}
}

func wantResolutions(t *testing.T, s store.Store, keys []store.ResolutionKey, want map[store.ResolutionKey]*fact.Revision) {
	t.Helper()
	got, err := s.Resolutions(t.Context(), keys)
	if err != nil {
		t.Fatalf("Resolutions: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("Resolutions (-want +got):\n%s", diff)
	}
}

// testResolutions: every part of the key must match; the last put is kept.
func testResolutions(t *testing.T, s store.Store) {
	var all []store.Resolution
	var keys []store.ResolutionKey
	want := map[store.ResolutionKey]*fact.Revision{}
	for i := range 1000 {
		r := resolution(fmt.Sprintf("repo-%d", i))
		if i%2 == 0 {
			r.AsOf = "" // the newest commit
		}
		all = append(all, r)
		keys = append(keys, r.ResolutionKey)
		want[r.ResolutionKey] = r.Revision
	}
	if err := s.PutResolutions(t.Context(), all); err != nil {
		t.Fatalf("PutResolutions: %v", err)
	}
	others := []func(*store.ResolutionKey){
		func(k *store.ResolutionKey) { k.Repo += "x" },
		func(k *store.ResolutionKey) { k.AsOf = "2025-01-02" },
		func(k *store.ResolutionKey) { k.Refs = "" },
		func(k *store.ResolutionKey) { k.Refs = "\xff" },
		func(k *store.ResolutionKey) { k.Rule++ },
	}
	for _, change := range others {
		k := all[1].ResolutionKey
		change(&k)
		keys = append(keys, k)
	}
	wantResolutions(t, s, append(keys, keys[0]), want)

	moved := all[0]
	moved.Refs = "it's \"moved\""
	moved.Revision = revision(moved.Repo)
	moved.Revision.Commit = "fedcba"
	replaced := all[1]
	replaced.Revision = moved.Revision
	if err := s.PutResolutions(t.Context(), []store.Resolution{moved, all[1], replaced}); err != nil {
		t.Fatalf("PutResolutions: %v", err)
	}
	wantResolutions(t, s, []store.ResolutionKey{moved.ResolutionKey, replaced.ResolutionKey},
		map[store.ResolutionKey]*fact.Revision{
			moved.ResolutionKey: moved.Revision, replaced.ResolutionKey: replaced.Revision,
		})
}

// testResolutionCopies: the store shares no memory, and answers in the spelling
// it is asked in.
func testResolutionCopies(t *testing.T, s store.Store) {
	put := resolution("a")
	if err := s.PutResolutions(t.Context(), []store.Resolution{put}); err != nil {
		t.Fatalf("PutResolutions: %v", err)
	}
	put.Revision.Commit = "spoilt"
	lower, upper := resolution("a"), resolution("A")
	for range 2 {
		got, err := s.Resolutions(t.Context(), []store.ResolutionKey{lower.ResolutionKey, upper.ResolutionKey})
		if err != nil {
			t.Fatalf("Resolutions: %v", err)
		}
		want := map[store.ResolutionKey]*fact.Revision{
			lower.ResolutionKey: lower.Revision, upper.ResolutionKey: upper.Revision,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("Resolutions (-want +got):\n%s", diff)
		}
		for _, rev := range got {
			rev.Commit = "spoilt"
		}
	}
	// A mirror found under another name keeps it.
	moved := resolution("b")
	moved.Revision = revision("example.org/elsewhere/b")
	if err := s.PutResolutions(t.Context(), []store.Resolution{moved}); err != nil {
		t.Fatalf("PutResolutions: %v", err)
	}
	wantResolutions(t, s, []store.ResolutionKey{moved.ResolutionKey},
		map[store.ResolutionKey]*fact.Revision{moved.ResolutionKey: moved.Revision})
}

func testBadResolutions(t *testing.T, s store.Store) {
	tests := map[string]func(*store.Resolution){
		"no repository": func(r *store.Resolution) { r.Repo = "" },
		"no revision":   func(r *store.Resolution) { r.Revision = nil },
		"bytes in refs": func(r *store.Resolution) { r.Refs = "\xff" },
		"NUL in refs":   func(r *store.Resolution) { r.Refs = "a\x00b" },
	}
	good := resolution("good")
	for name, change := range tests {
		r := resolution("a")
		change(&r)
		wantKind(t, name, s.PutResolutions(t.Context(), []store.Resolution{good, r}), errkind.Internal)
	}
	wantResolutions(t, s, []store.ResolutionKey{good.ResolutionKey}, map[store.ResolutionKey]*fact.Revision{})
}
