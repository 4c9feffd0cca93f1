package storetest

import (
	"bytes"
	"testing"

	"assay/internal/errkind"
	"assay/internal/store"
)

// testReadings: the last put of a repository is kept, in whatever spelling.
func testReadings(t *testing.T, s store.Store) {
	want := func(repo, body string) {
		t.Helper()
		got, err := s.Readings(t.Context(), key(repo).Repo)
		if err != nil || !bytes.Equal(got, []byte(body)) {
			t.Errorf("Readings(%q) = %q, %v; want %q", repo, got, err, body)
		}
		for i := range got {
			got[i] = 'x' // theirs to change
		}
	}
	put := func(repo, body string) {
		t.Helper()
		given := []byte(body)
		if err := s.PutReadings(t.Context(), key(repo).Repo, given); err != nil {
			t.Fatal(err)
		}
		for i := range given {
			given[i] = 'x'
		}
	}
	want("example.org/owner/a", "")
	put("example.org/owner/a", "one\x00\xff")
	put("example.org/owner/b", "other")
	want("example.org/owner/a", "one\x00\xff")
	want("example.org/OWNER/a", "one\x00\xff")
	put("example.org/owner/A", "two")
	want("example.org/owner/a", "two")
	want("example.org/owner/b", "other")
	if got := each(t, s); len(got) != 0 {
		t.Errorf("readings are among the facts: %v", got)
	}
	wantKind(t, "no repository", s.PutReadings(t.Context(), "", []byte("x")), errkind.Internal)
	wantKind(t, "no body", s.PutReadings(t.Context(), "example.org/owner/a", nil), errkind.Internal)
}
