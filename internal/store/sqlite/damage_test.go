package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"assay/internal/store"
	"assay/internal/store/storetest"
)

// harm changes a word in every row of a store, behind its back.
func harm(t *testing.T, path, from, to string) {
	t.Helper()
	statement(t, path, strings.NewReplacer("FROM", from, "TO", to).Replace(`
		UPDATE fact SET body = replace(body, 'FROM', 'TO');
		UPDATE survey SET body = replace(body, 'FROM', 'TO');
		UPDATE resolution SET revision = replace(revision, 'FROM', 'TO');
		UPDATE reading SET body = CAST(replace(body, 'FROM', 'TO') AS BLOB);
		UPDATE secret SET value = CAST(replace(value, 'FROM', 'TO') AS BLOB);`))
}

func TestDamagedRows(t *testing.T) {
	t.Parallel()
	storetest.RunDamaged(t, func(t *testing.T) (store.Store, func()) {
		path := filepath.Join(t.TempDir(), "facts.db")
		return open(t, path), func() { harm(t, path, storetest.Intact, "impact") }
	})
}

// Every column counts: damage to a key or a sum is damage too.
func TestDamagedColumns(t *testing.T) {
	t.Parallel()
	for _, change := range []string{
		"body = body || ' '", "sum = sum + 1", "sum = -1", "body = '1'", "version = 2",
		"revision = 'f' || substr(revision, 2)", "collector = 'consus'", "repo = 'example.org/a/c'",
	} {
		path := filepath.Join(t.TempDir(), "facts.db")
		s := open(t, path)
		put(t, s, "example.org/a/b", `{"a":1}`)
		statement(t, path, "UPDATE fact SET "+change)
		n := 0
		err := s.Damaged(t.Context(), func(store.Damage) error {
			n++
			return nil
		})
		if err != nil || n != 1 {
			t.Errorf("%s: %d damages, %v; want 1", change, n, err)
		}
	}
}

// What lies between the rows is SQLite's to check.
func TestDamagedFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "facts.db")
	s := open(t, path)
	put(t, s, "example.org/a/b", `{"a":1}`)
	statement(t, path, `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'UNIQUE (repo, revision,', 'UNIQUE (revision, repo,') WHERE name = 'fact'`)
	var found []string
	err := open(t, path).Damaged(t.Context(), func(d store.Damage) error {
		found = append(found, d.What+": "+d.Name)
		return nil
	})
	if err != nil || len(found) == 0 || !strings.HasPrefix(found[0], "file: ") {
		t.Errorf("%q, %v; want what is wrong with the file", found, err)
	}
}

// A store of an older version gets its sums when it is opened, and what is no
// JSON any more is damaged from then on.
func TestSumsOfOldRows(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "facts.db")
	steps, err := loadMigrations(migrations)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps[:3] {
		statement(t, path, step.sql)
	}
	statement(t, path, `
		INSERT INTO fact (repo, revision, collector, version, body) VALUES ('example.org/a/b', 'r', 'c', 1, '{"a":1}'), ('example.org/a/c', 'r', 'c', 1, '{"a":');
		INSERT INTO survey (as_of, landscape, evidence, projects, repositories, measured, failed, body) VALUES ('2025-01-01', 'l', '{}', 1, 2, 3, 4, '{"as_of":"2025-01-01"}');
		INSERT INTO resolution (repo, as_of, refs, rule, revision) VALUES ('example.org/a/b', '', 'refs', 1, '{}');
		INSERT INTO reading (repo, body) VALUES ('example.org/a/b', x'00ff');
		INSERT INTO secret (name, value) VALUES ('key', x'00ff');
		PRAGMA application_id = 1095979865; PRAGMA user_version = 3;`)
	s := open(t, path)
	var found []string
	err = s.Damaged(t.Context(), func(d store.Damage) error {
		found = append(found, d.Name)
		return nil
	})
	if err != nil || len(found) != 1 || found[0] != "example.org/a/c@r c/1" {
		t.Errorf("damaged: %q, %v; want the one that is no JSON", found, err)
	}
	if sv, err := s.Survey(t.Context(), store.Selector{}); err != nil || sv.AsOf != "2025-01-01" {
		t.Errorf("the survey: %v, %v", sv, err)
	}
	if key, err := s.Secret(t.Context(), "key", nil); err != nil || string(key) != "\x00\xff" {
		t.Errorf("the secret: %q, %v", key, err)
	}
}
