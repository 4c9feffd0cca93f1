package export_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/internal/dataset"
	"assay/internal/dataset/describe"
	"assay/internal/dataset/export"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
)

// found keeps the data set of the invented landscape.
func found(t *testing.T) dataset.Keeper {
	t.Helper()
	l, err := profile.Of(findingtest.Facts(), finding.Options{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "set.db")
	err = sqlite.Write(t.Context(), path, dataset.Tables(), func(s dataset.Sink) error { return dataset.Write(s, l) })
	if err != nil {
		t.Fatal(err)
	}
	file, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// words are texts that somebody might write to harm who reads them.
var words = []string{
	"plain", "=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "%0A", "'quoted", "''", "\t=1", "\r\n=1", " =1", "＝1", "a;=1", "a,\"b\"\r\nc",
	"\x1b[31mred\x1b]0;title\a", "\u009b31m", "\u202eright", "\u200b\ufeff\U000e0041", `\u001b`, "\\\x1b", "a\x00b",
	"Robert'); DROP TABLE project;--", `"; DROP TABLE "project"; --`, "$(rm -rf /)", "`x`", "**bold** <script>alert(1)</script> [a](javascript:x)",
	"| a | b |", "NULL", "null", "[]", "{}", "0", "true", "2025-01-01", "NaN", strings.Repeat("long ", 5000), "🦀 é 鉄",
}

// A hostile keeper has rows with these words in every table, and every edge of figures.
// What the data set is of comes from another one.
type hostile struct{ dataset.Keeper }

// Select implements [dataset.Keeper].
func (k hostile) Select(ctx context.Context, t *dataset.Table, where map[string][]any, f func([]any) error) error {
	if t.Inner {
		return k.Keeper.Select(ctx, t, where, f)
	}
	for i := range words {
		values := make([]any, 0, len(t.Columns))
		for j := range t.Columns {
			values = append(values, edge(&t.Columns[j], i, i+j))
		}
		if err := f(values); err != nil {
			return err
		}
	}
	return nil
}

// edge is a value for a column: that of a key is another one in each row.
func edge(c *dataset.Column, row, n int) any {
	if c.Key {
		n = row
	} else if c.Null && n%5 == 0 {
		return nil
	}
	word := words[n%len(words)]
	switch c.Kind {
	case dataset.Date:
		return fmt.Sprintf("%04d-02-%02d", 1900+n%200, n%28+1)
	case dataset.Integer:
		if c.Key {
			return int64(n)
		}
		return []int64{0, -1, 1, math.MaxInt64, math.MinInt64}[n%5]
	case dataset.Real:
		return []float64{0, -1, 0.1, 1e-300, math.MaxFloat64}[n%5]
	case dataset.Boolean:
		return []any{int64(0), int64(1), true, false}[n%4]
	case dataset.List:
		return []string{"[]", marshal([]string{word}), marshal([]string{word, "", "a,b"})}[n%3]
	case dataset.JSON:
		return marshal(map[string]any{"a": word, "b": []any{nil, 0, word}})
	}
	return word
}

func marshal(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// sets are the data sets that every form is tried with.
func sets(t *testing.T) map[string]*dataset.Set {
	t.Helper()
	k := found(t)
	return map[string]*dataset.Set{"found": dataset.Open(k), "hostile": dataset.Open(hostile{k})}
}

// write exports all tables into a new folder.
func write(t *testing.T, set *dataset.Set, format describe.Format) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := export.Write(t.Context(), set, dir, format, dataset.Dictionary()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// contents are the files of a folder by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(text)
	}
	return all
}

// The same data set gives the same bytes, and the sums of the files are right.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	for name, set := range sets(t) {
		for _, format := range describe.Formats() {
			one, two := contents(t, write(t, set, format)), contents(t, write(t, set, format))
			if len(one) < 6 || len(one) != len(two) {
				t.Fatalf("%s, %s: %d and %d files", name, format, len(one), len(two))
			}
			for file, text := range one {
				if two[file] != text {
					t.Errorf("%s, %s: %s differs", name, format, file)
				}
				sum := sha256.Sum256([]byte(text))
				if line := hex.EncodeToString(sum[:]) + "  " + file + "\n"; file != describe.SumsFile && !strings.Contains(one[describe.SumsFile], line) {
					t.Errorf("%s, %s: %s has no line %q", name, format, describe.SumsFile, line)
				}
			}
		}
	}
}

// No file of text has a character that steers a terminal.
func TestNothingSteersATerminal(t *testing.T) {
	t.Parallel()
	set := sets(t)["hostile"]
	for _, format := range []describe.Format{describe.CSV, describe.JSONL} {
		for file, text := range contents(t, write(t, set, format)) {
			text = strings.ReplaceAll(text, "\r\n", "\n")
			if at := strings.IndexFunc(text, func(r rune) bool {
				return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u200b'
			}); at >= 0 {
				t.Errorf("%s: %q", file, text[max(0, at-20):at+4])
			}
		}
	}
}

// What is in the way of an export stays as it is.
func TestFoldersOfOthersStay(t *testing.T) {
	t.Parallel()
	set := sets(t)["found"]
	tables, err := dataset.Named([]string{"project"})
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(dir string) error{
		"it holds files":                  func(dir string) error { return os.Remove(filepath.Join(dir, describe.SumsFile)) },
		"is no export of ours":            func(dir string) error { return os.Remove(filepath.Join(dir, describe.PackageFile)) },
		`it holds "mine.txt"`:             func(dir string) error { return os.WriteFile(filepath.Join(dir, "mine.txt"), nil, 0o600) },
		`it holds "mine"`:                 func(dir string) error { return os.Mkdir(filepath.Join(dir, "mine"), 0o700) },
		`"project.csv" was changed since`: func(dir string) error { return os.WriteFile(filepath.Join(dir, "project.csv"), []byte("mine"), 0o600) },
	} {
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := export.Write(t.Context(), set, dir, describe.CSV, tables); err != nil {
			t.Fatal(err)
		}
		if err := change(dir); err != nil {
			t.Fatal(err)
		}
		before := names(t, dir)
		_, err := export.Write(t.Context(), set, dir, describe.JSONL, tables)
		if errkind.Of(err) != errkind.Usage || !strings.Contains(err.Error(), name) || errkind.Hint(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
		if after := names(t, dir); !slices.Equal(before, after) {
			t.Errorf("%s: %q became %q", name, before, after)
		}
	}
}

// names are the names of what lies in a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// An earlier export is replaced, whatever its format was, and so is a part of one; a
// folder that is there and empty is filled.
func TestEarlierExportIsReplaced(t *testing.T) {
	t.Parallel()
	set, dir := sets(t)["found"], t.TempDir()
	tables, err := dataset.Named([]string{"project", "usage"})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range append(describe.Formats(), describe.Formats()...) {
		if _, err := export.Write(t.Context(), set, dir, format, tables); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		want := filepath.Join(t.TempDir(), "new")
		if _, err := export.Write(t.Context(), set, want, format, tables); err != nil {
			t.Fatal(err)
		}
		if got, want := names(t, dir), names(t, want); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
		if err := os.Remove(filepath.Join(dir, format.File("usage"))); err != nil { // its maker may do so
			t.Fatal(err)
		}
	}
}

// An export that fails, or is ended, leaves nothing behind.
func TestNothingStaysOfAFailure(t *testing.T) {
	t.Parallel()
	k := found(t)
	ended, end := context.WithCancel(t.Context())
	end()
	for _, format := range describe.Formats() {
		for name, x := range map[string]struct {
			ctx context.Context
			set *dataset.Set
		}{
			"failed": {t.Context(), dataset.Open(broken{k})},
			"ended":  {ended, dataset.Open(k)},
		} {
			dir := t.TempDir()
			if _, err := export.Write(x.ctx, x.set, filepath.Join(dir, "out"), format, dataset.Dictionary()); err == nil {
				t.Errorf("%s, %s: no error", format, name)
			}
			if left := names(t, dir); len(left) > 0 {
				t.Errorf("%s, %s: %q stays", format, name, left)
			}
		}
	}
}

// A broken keeper cannot read its third table.
type broken struct{ dataset.Keeper }

// Select implements [dataset.Keeper].
func (k broken) Select(ctx context.Context, t *dataset.Table, where map[string][]any, f func([]any) error) error {
	if t.Name == "project" {
		return errkind.Errorf(errkind.Storage, "damaged")
	}
	return k.Keeper.Select(ctx, t, where, f)
}
