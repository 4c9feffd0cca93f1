package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// module is the path of our module.
const module = "assay"

// A source is a Go file.
type source struct {
	path  string // slashed, from the root of the tree
	test  bool   // its name ends in _test.go
	lines int
	file  *ast.File
}

// A room is a folder with Go files.
type room struct {
	dir     string // slashed, from the root of the tree: internal/store/sqlite
	sources []*source
}

// name is what the rules call the room: its folder without internal/.
func (r *room) name() string { return strings.TrimPrefix(r.dir, "internal/") }

// support reports whether the room is for tests only, by its name.
func (r *room) support() bool { return strings.HasSuffix(r.dir, "test") }

// code gives the files that are no tests.
func (r *room) code() []*source {
	return slices.DeleteFunc(slices.Clone(r.sources), func(s *source) bool { return s.test })
}

// A tree is the files of a repository.
type tree struct {
	files fs.FS
	fset  *token.FileSet
	paths []string // of all files
	rooms []*room  // ordered by folder
}

// skipped are folders that are no part of the repository, or of another module.
func skipped(dir string) bool {
	base := path.Base(dir)
	return dir == "bin" || dir == "demo-output" || base == "node_modules" ||
		dir != "." && strings.HasPrefix(base, ".") && base != ".ci" && base != ".github"
}

// ours reports whether a Go file is part of the main module.
func ours(file string) bool {
	return strings.HasSuffix(file, ".go") && !strings.HasPrefix(file, "tools/") && !strings.HasPrefix(file, "tests/") && !strings.Contains(file, "testdata/")
}

// readTree reads the tree in files.
func readTree(files fs.FS) (*tree, error) {
	t := &tree{files: files, fset: token.NewFileSet()}
	rooms := map[string]*room{}
	err := fs.WalkDir(files, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped(file):
			return fs.SkipDir
		case !d.Type().IsRegular(), file == ".git": // a file in a linked work tree
			return nil
		}
		t.paths = append(t.paths, file)
		if !ours(file) {
			return nil
		}
		s, err := t.parse(file)
		if err != nil {
			return err
		}
		dir := path.Dir(file)
		if rooms[dir] == nil {
			rooms[dir] = &room{dir: dir}
			t.rooms = append(t.rooms, rooms[dir])
		}
		rooms[dir].sources = append(rooms[dir].sources, s)
		return nil
	})
	return t, err
}

func (t *tree) parse(file string) (*source, error) {
	data, err := fs.ReadFile(t.files, file)
	if err != nil {
		return nil, err
	}
	f, err := parser.ParseFile(t.fset, file, data, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return &source{
		path: file, test: strings.HasSuffix(file, "_test.go"), file: f,
		lines: strings.Count(string(data), "\n"),
	}, nil
}

// at is the place of a node, for a complaint.
func (t *tree) at(n ast.Node) string {
	p := t.fset.Position(n.Pos())
	return p.Filename + ":" + strconv.Itoa(p.Line)
}

// imports gives the paths that s imports.
func (s *source) imports() []string {
	var all []string
	for _, spec := range s.file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			all = append(all, p)
		}
	}
	return all
}

// read gives a document of the tree, "" when it is not there.
func (t *tree) read(file string) string {
	data, _ := fs.ReadFile(t.files, file)
	return string(data)
}

// repository is this repository's tree.
var repository = sync.OnceValues(func() (*tree, error) { return readTree(os.DirFS("../..")) })

// A rule finds what is wrong with a tree.
type rule func(t *tree) []string

// holds checks that the repository keeps the rule, and that the rule complains
// about each of the broken trees (in txtar form) in words that contain its name.
func (check rule) holds(t *testing.T, broken map[string]string) {
	t.Helper()
	whole, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.rooms) < 20 {
		t.Fatalf("only %d packages found: the rules are held over nothing", len(whole.rooms))
	}
	for _, complaint := range check(whole) {
		t.Error(complaint)
	}
	for want, text := range broken {
		got := check(invent(t, text))
		if !slices.ContainsFunc(got, func(c string) bool { return strings.Contains(c, want) }) {
			t.Errorf("an invented tree breaks the rule and there is no complaint with %q, but %q", want, got)
		}
	}
}

// invent makes a tree of txtar text.
func invent(t *testing.T, text string) *tree {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(text)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	made, err := readTree(files)
	if err != nil {
		t.Fatal(err)
	}
	return made
}
