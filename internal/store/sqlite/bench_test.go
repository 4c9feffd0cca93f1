package sqlite

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/internal/fact"
)

// compositions are n facts of the size of a composition with 300 cells.
func compositions(n int) []fact.Record {
	cell := `{"component":"crates/some-name","language":"Rust","type":"programming","role":"product","counted":true,` +
		`"files":12,"bytes":123456,"line_files":12,"code":4321,"comment":321,"blank":210}`
	body := []byte(`{"cells":[` + strings.Repeat(cell+",", 299) + cell + `],"files":3600}`)
	records := make([]fact.Record, n)
	for i := range records {
		records[i] = fact.Record{Body: body, Key: fact.Key{
			Repo: fact.RepoID(fmt.Sprintf("example.org/owner-%d/name", i)), Revision: fmt.Sprintf("%040x", i), Collector: "census", Version: 1,
		}}
	}
	return records
}

func keysOf(records []fact.Record) []fact.Key {
	keys := make([]fact.Key, len(records))
	for i := range records {
		keys[i] = records[i].Key
	}
	return keys
}

func filled(b *testing.B, n int) (path string, records []fact.Record) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "facts.db")
	records = compositions(n)
	s := open(b, path)
	if err := s.Put(b.Context(), records); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return path, records
}

// BenchmarkOpenGetMany is what a report costs before it begins: a store of
// 3,000 facts is opened, 300 of them are read, and it is closed.
func BenchmarkOpenGetMany(b *testing.B) {
	path, records := filled(b, 3000)
	keys := keysOf(records)[:300]
	for b.Loop() {
		s, err := Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		err = s.GetMany(b.Context(), keys, func(fact.Record) error { n++; return nil })
		if err != nil || n != len(keys) {
			b.Fatalf("%d facts, %v", n, err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen is the part of it that does not depend on what is read.
func BenchmarkOpen(b *testing.B) {
	path, _ := filled(b, 3000)
	for b.Loop() {
		s, err := Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHave looks up the keys of a large survey, a third of them stored.
func BenchmarkHave(b *testing.B) {
	path, records := filled(b, 3000)
	keys := slices.Concat(keysOf(compositions(10_000))[3000:], keysOf(records))
	s := open(b, path)
	for b.Loop() {
		have, err := s.Have(b.Context(), keys)
		if err != nil || len(have) != len(records) {
			b.Fatalf("%d facts, %v", len(have), err)
		}
	}
}

// BenchmarkPut puts 1,000 new facts in one batch, and one by one.
func BenchmarkPut(b *testing.B) {
	for _, size := range []int{1000, 1} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) {
			s := open(b, filepath.Join(b.TempDir(), "facts.db"))
			records := compositions(1000)
			b.SetBytes(int64(len(records) * len(records[0].Body)))
			version := 0
			for b.Loop() {
				version++
				for i := range records {
					records[i].Version = version
				}
				for i := 0; i < len(records); i += size {
					if err := s.Put(b.Context(), records[i:i+size]); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
