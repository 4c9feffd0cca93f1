package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/store"
)

func testRevisions(t *testing.T, s store.Store) {
	k := key("example.org/owner/name")
	for _, change := range []func(){
		func() {},
		func() { k.Revision = "11" },
		func() { k.Collector = "document" },
		func() { k.Collector, k.Version, k.Revision = "census", 2, "22" },
		func() { k.Repo, k.Version, k.Revision = "example.org/owner/other", 1, "33" },
	} {
		change()
		mustPut(t, s, record(k, `{}`))
	}
	like := key("example.org/OWNER/name")
	like.Revision = "whatever"
	got, err := s.Revisions(t.Context(), like)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"0123456789abcdef", "11"}, got); diff != "" {
		t.Errorf("revisions (-want +got):\n%s", diff)
	}
	like.Collector = "nothing"
	if got, err := s.Revisions(t.Context(), like); err != nil || len(got) != 0 {
		t.Errorf("revisions of a collector without facts: %q, %v", got, err)
	}
}

func testSecret(t *testing.T, s store.Store) {
	_, err := s.Secret(t.Context(), "a", nil)
	wantKind(t, "a secret nobody gave", err, errkind.NotFound)
	for _, tt := range []struct{ name, proposed, want string }{
		{"a", "first", "first"}, {"a", "second", "first"}, {"a", "", "first"}, {"b", "other\x00\xff", "other\x00\xff"},
	} {
		got, err := s.Secret(t.Context(), tt.name, []byte(tt.proposed))
		if err != nil || string(got) != tt.want {
			t.Errorf("Secret(%q, %q) = %q, %v; want %q", tt.name, tt.proposed, got, err, tt.want)
		}
	}
	if got := each(t, s); len(got) != 0 {
		t.Errorf("secrets are among the facts: %v", got)
	}
}
