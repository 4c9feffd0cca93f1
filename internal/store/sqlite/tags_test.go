package sqlite

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"assay/internal/fact"
	"assay/internal/store"
)

// TestTagsMigration: facts about tags lose the prefix of their revision, and no
// others change.
func TestTagsMigration(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(migrations, "migrations/*_tags.sql")
	if err != nil || len(names) != 1 {
		t.Fatalf("%q, %v", names, err)
	}
	step, err := fs.ReadFile(migrations, names[0])
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, filepath.Join(t.TempDir(), "facts.db"))
	var records []fact.Record
	for _, revision := range []string{"tags:", "tags:00ff", "c0ffee"} {
		records = append(records, fact.Record{Body: []byte("{}"), Key: fact.Key{
			Repo: "example.org/a/b", Revision: revision, Collector: "c", Version: 1,
		}})
	}
	if err := s.Put(t.Context(), records); err != nil {
		t.Fatal(err)
	}
	damaged := fact.Key{Repo: "example.org/a/c", Revision: "tags:11", Collector: "c", Version: 1}
	if err := s.Put(t.Context(), []fact.Record{{Key: damaged, Body: []byte(`{"a":1}`)}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.db.ExecContext(t.Context(), `UPDATE fact SET body = '{"a":2}' WHERE revision = 'tags:11'`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.db.ExecContext(t.Context(), string(step)); err != nil {
		t.Fatal(err)
	}
	damaged.Revision = "11"
	if _, err := s.Get(t.Context(), damaged); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("a damaged fact: %v", err)
	}
	if _, err := s.db.ExecContext(t.Context(), `DELETE FROM fact WHERE revision = '11'`); err != nil {
		t.Fatal(err)
	}
	var got []string
	err = s.Each(t.Context(), func(r fact.Record) error {
		got = append(got, r.Revision)
		return nil
	})
	if want := []string{"00ff", "c0ffee", "none"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("revisions %q, %v, want %q", got, err, want)
	}
}
