package bundle_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"assay/internal/dataset"
	"assay/internal/dataset/bundle"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// parts are files of invented data sets, of different lengths.
func parts(t *testing.T) []bundle.Part {
	t.Helper()
	dir := t.TempDir()
	var all []bundle.Part
	for day, text := range map[string]string{
		"2025-01-01": strings.Repeat("some rows of a data set\n", 100_000), "2025-02-01": strings.Repeat("some rows of a data set\n", 150_000) + "and more",
	} {
		path := filepath.Join(dir, day)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		all = append(all, bundle.Part{Header: store.Header{AsOf: fact.Date(day), Source: "landscape.yml"}, Path: path})
	}
	if all[0].AsOf > all[1].AsOf {
		all[0], all[1] = all[1], all[0]
	}
	return all
}

// What is packed is unpacked as it was, once, and packing has the same bytes each time.
func TestPack(t *testing.T) {
	t.Parallel()
	given := parts(t)
	index, archive, err := bundle.Pack(given)
	if err != nil {
		t.Fatal(err)
	}
	index2, archive2, err := bundle.Pack(given)
	if err != nil || !bytes.Equal(index, index2) || !bytes.Equal(archive, archive2) {
		t.Errorf("packed again it differs, %v", err)
	}
	b, err := bundle.New(index, string(archive))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, p := range given {
		s, err := b.Find(p.AsOf)
		if err != nil {
			t.Fatal(err)
		}
		path, err := b.Path(t.Context(), folder, s)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(p.Path)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes of %d, %v", p.AsOf, len(got), len(want), err)
		}
	}
	newest, err := b.Find("")
	if err != nil || newest.AsOf != "2025-02-01" {
		t.Errorf("the newest is %v, %v", newest, err)
	}
	if _, err := b.Find("2025-01-02"); errkind.Of(err) != errkind.NotFound {
		t.Errorf("a day that is not there: %v", err)
	}
}

// An archive that is not what the index says leaves no file.
func TestDamaged(t *testing.T) {
	t.Parallel()
	index, archive, err := bundle.Pack(parts(t))
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Replace(index, []byte(`"sha256": "`), []byte(`"sha256": "0`), 1)
	for name, damaged := range map[string]struct{ index, archive []byte }{
		"half of it": {index, archive[:len(archive)/2]}, "nothing": {index, nil}, "another sum": {other, archive},
	} {
		b, err := bundle.New(damaged.index, string(damaged.archive))
		if err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		if _, err := b.Path(t.Context(), folder, &b.Surveys[0]); errkind.Of(err) != errkind.Storage {
			t.Errorf("%s: %v", name, err)
		}
		left, err := filepath.Glob(filepath.Join(folder, "*", "*"))
		if err != nil || len(left) > 0 {
			t.Errorf("%s: it left %v, %v", name, left, err)
		}
	}
}

// address matches what looks like an e-mail address.
var address = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}`)

// What the program carries is as the dictionary says, holds nobody's sentences, and has no
// e-mail address in it.
func TestOurs(t *testing.T) {
	t.Parallel()
	b, err := bundle.Ours()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for i := range b.Surveys {
		s := &b.Surveys[i]
		path, err := b.Path(t.Context(), folder, s)
		if err != nil {
			t.Fatal(err)
		}
		file, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range dataset.Tables() {
			err := file.Select(t.Context(), table, nil, func(values []any) error {
				for k, v := range values {
					text, ok := v.(string)
					if c := table.Columns[k]; c.Words && v != nil || ok && address.MatchString(text) {
						t.Errorf("%s: %s.%s holds %.80q", s.AsOf, table.Name, c.Name, address.FindString(text))
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
		if _, _, err := dataset.Open(file).Findings(t.Context(), "Rust", false); err != nil {
			t.Error(err)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
}
