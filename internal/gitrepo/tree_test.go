package gitrepo

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// oddPaths are names that shells, terminals and line-based parsers trip over,
// in git's order.
var oddPaths = []string{
	"\x01start", "\x1b[31mred", " space ", "!bang", `"quoted"`, "$(id)", "--upload-pack=x", "-dash", "a\tb\nc", `back\slash`,
	"bad\xff\xfeutf8", "dir/\r\n/file", "dir/" + strings.Repeat("deep/", 50) + "leaf", "dir.d", "naïve/ünïcode",
	strings.Repeat("n", 4000), "\u202egnp.exe", "\xff",
}

func TestTreeOddPaths(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	var files []string
	for i, p := range oddPaths {
		files = append(files, p, fmt.Sprintf("content %d", i))
	}
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, files...)
	r := f.done()
	tip := f.git(nil, "rev-parse", "main")
	entries, err := r.Tree(t.Context(), tip)
	if err != nil {
		t.Fatal(err)
	}
	size := map[string]int64{}
	for _, e := range entries {
		size[e.Path] = e.Size
		if !e.Regular() {
			t.Errorf("%q is not regular: %o", e.Path, e.Mode)
		}
	}
	for i, p := range oddPaths {
		want := fmt.Sprintf("content %d", i)
		if size[p] != int64(len(want)) {
			t.Errorf("%q: size %d, want %d", p, size[p], len(want))
		}
		if got, err := r.ReadFile(t.Context(), tip, p, 100); err != nil || string(got) != want {
			t.Errorf("ReadFile(%q) = %q, %v", p, got, err)
		}
	}
	if len(entries) != len(oddPaths) {
		t.Errorf("%d entries, want %d", len(entries), len(oddPaths))
	}
}

// Names that git never writes, and a checkout would follow out of its folder.
func TestTreeForbiddenNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	r := f.done()
	blob := f.hash("blob", "hello")
	inner := f.tree([2]string{"100644 passwd", blob})
	tip := f.commitTree(f.tree(
		[2]string{"40000 ..", inner}, [2]string{"40000 .git", inner}, [2]string{"100644 /etc", blob}, [2]string{"100644 a/b", blob}))
	if entries, err := r.Tree(t.Context(), tip); errkind.Of(err) != errkind.Corrupt || entries != nil {
		t.Errorf("%d entries, %v of kind %q, want corrupt", len(entries), err, errkind.Of(err))
	}
	for _, p := range []string{"../passwd", "/etc", "..", ".", "", "a/../x", "./.git/passwd", "nothing\x00here"} {
		if _, err := r.ReadFile(t.Context(), tip, p, 100); errkind.Of(err) != errkind.NotFound {
			t.Errorf("ReadFile(%q) = %v of kind %q, want not_found", p, err, errkind.Of(err))
		}
	}
}

func TestTreeModes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	r := f.done()
	blob, empty := f.hash("blob", "hello"), f.hash("blob", "")
	tip := f.commitTree(f.tree(
		[2]string{"100755 exec", blob}, [2]string{"100644 file", empty}, [2]string{"100664 group", blob},
		[2]string{"120000 link", blob}, [2]string{"100644 missing", strings.Repeat("12", 20)}, [2]string{"160000 sub", strings.Repeat("34", 20)}))
	entries, err := r.Tree(t.Context(), tip)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%s %o %d %v", e.Path, e.Mode, e.Size, e.Regular()))
	}
	want := []string{
		"exec 100755 5 true", "file 100644 0 true", "group 100644 5 true",
		"link 120000 5 false", "missing 100644 -1 true", "sub 160000 -1 false",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("entries\n%q\nwant\n%q", got, want)
	}
	for path, kind := range map[string]errkind.Kind{
		"link": errkind.NotFound, "sub": errkind.NotFound, "missing": errkind.Corrupt, "none": errkind.NotFound, "file/x": errkind.NotFound,
	} {
		if _, err := r.ReadFile(t.Context(), tip, path, 100); errkind.Of(err) != kind {
			t.Errorf("ReadFile(%q) = %v of kind %q, want %q", path, err, errkind.Of(err), kind)
		}
	}
}

func TestTreeDamaged(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a/b", "1", "c/d", "2")
	r := f.done()
	f.loosen()
	tip, sub, root := f.git(nil, "rev-parse", "main"), f.git(nil, "rev-parse", "main:c"), f.git(nil, "rev-parse", "main^{tree}")
	f.write("objects/"+sub[:2]+"/"+sub[2:], "this is no zlib stream")
	for _, damage := range []string{sub, root, tip} {
		f.remove("objects/" + damage[:2] + "/" + damage[2:])
		entries, err := r.Tree(t.Context(), tip)
		if errkind.Of(err) != errkind.Corrupt || entries != nil {
			t.Errorf("Tree = %v, %v of kind %q, want corrupt", entries, err, errkind.Of(err))
		}
	}
	for _, bad := range []string{"", "main", "HEAD", "--help", strings.Repeat("A", 40), tip[:12], tip + "^"} {
		if _, err := r.Tree(t.Context(), bad); errkind.Of(err) != errkind.Usage {
			t.Errorf("Tree(%q) = %v, want an error of kind usage", bad, err)
		}
		if _, err := r.ReadFile(t.Context(), bad, "a/b", 100); errkind.Of(err) != errkind.Usage {
			t.Errorf("ReadFile(%q) = %v, want an error of kind usage", bad, err)
		}
	}
}

func TestTreeLarge(t *testing.T) {
	t.Parallel()
	const n = 100_001
	f := newFixture(t)
	f.stream.WriteString("blob\nmark :1\ndata 1\nx\ncommit refs/heads/main\ncommitter A <a@example.org> 1704067200 +0000\ndata 1\nm\n")
	for i := range n {
		fmt.Fprintf(&f.stream, "M 100644 :1 d%03d/f%d\n", i/500, i)
	}
	r := f.done()
	entries, err := r.Tree(t.Context(), f.git(nil, "rev-parse", "main"))
	if err != nil || len(entries) != n {
		t.Fatalf("%d entries, %v; want %d", len(entries), err, n)
	}
	for i := 1; i < n; i++ {
		if entries[i-1].Path >= entries[i].Path {
			t.Fatalf("%q before %q", entries[i-1].Path, entries[i].Path)
		}
	}
}

// Output that is not what git ls-tree writes is refused, never a crash.
func TestParseTree(t *testing.T) {
	t.Parallel()
	const oid = "1234567890123456789012345678901234567890"
	long := "100644 blob " + oid + " 1\t" + strings.Repeat("x", limit.TreePath+1000) + "\x00"
	for text, kind := range map[string]errkind.Kind{
		"":                                            "",
		"100644 blob " + oid + "       1\ta\x00":      "",
		"100644 blob " + oid + " 1\ta":                errkind.Corrupt,
		"100644 blob " + oid + " 1 a\x00":             errkind.Corrupt,
		"100644 blob " + oid + "\ta\x00":              errkind.Corrupt,
		"1006x4 blob " + oid + " 1\ta\x00":            errkind.Corrupt,
		"99999999999999999 blob " + oid + " 1\ta\x00": errkind.Corrupt,
		"\x00": errkind.Corrupt,
		long:   errkind.Limit,
	} {
		if _, err := new(usual()).parseTree(strings.NewReader(text)); errkind.Of(err) != kind {
			t.Errorf("parseTree(%.60q) = %v of kind %q, want %q", text, err, errkind.Of(err), kind)
		}
	}
}

func FuzzParseTree(f *testing.F) {
	f.Add([]byte("100644 blob 1234567890123456789012345678901234567890       1\ta\x00160000 commit 12 -\tsub\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		entries, err := new(usual()).parseTree(bytes.NewReader(text))
		if err == nil && len(entries) != bytes.Count(text, []byte{0}) {
			t.Errorf("%d entries of %d records", len(entries), bytes.Count(text, []byte{0}))
		}
	})
}

func TestReadFile(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	// Names that git's revision syntax and pathspecs read as something else.
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil,
		"go.mod", "module x", "d/empty", "", ":(top)x", "magic", "*", "star", "tree_test.go", "same name as a file here", "a b/c", "sp")
	r := f.done()
	tip := f.git(nil, "rev-parse", "main")
	for _, tt := range []struct {
		path  string
		limit int64
		want  string
		kind  errkind.Kind
	}{
		{"go.mod", 8, "module x", ""},
		{"go.mod", 7, "", errkind.Limit},
		{"d/empty", 0, "", ""},
		{":(top)x", 10, "magic", ""},
		{"*", 10, "star", ""},
		{"tree_test.go", 100, "same name as a file here", ""},
		{"blob_test.go", 100, "", errkind.NotFound}, // lies in the working folder of the test, not in the commit
		{"a b/c", 10, "sp", ""},
		{"d", 10, "", errkind.NotFound},
		{"d/", 10, "", errkind.NotFound},
		{"GO.MOD", 10, "", errkind.NotFound},
	} {
		got, err := r.ReadFile(t.Context(), tip, tt.path, tt.limit)
		if string(got) != tt.want || errkind.Of(err) != tt.kind {
			t.Errorf("ReadFile(%q, %d) = %q, %v of kind %q; want %q, %q", tt.path, tt.limit, got, err, errkind.Of(err), tt.want, tt.kind)
		}
	}
	if _, err := r.ReadFile(t.Context(), strings.Repeat("0", 40), "go.mod", 10); errkind.Of(err) != errkind.Corrupt {
		t.Errorf("ReadFile of no commit = %v of kind %q, want corrupt", err, errkind.Of(err))
	}
}
