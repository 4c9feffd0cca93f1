// Package census measures the composition of a revision: files, bytes and
// lines by language, role and component.
//
// What counts, and as which language, is linguist's rule (package language).
// Lines are physical lines (package lines). They are measured in files whose
// content was read, which are those that could count: data and prose are known
// by their size alone.
package census

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"assay/internal/collect"
	"assay/internal/collect/component"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/language"
	"assay/internal/language/lines"
)

// Name is the collector's name in the keys of its facts.
const Name = "census"

// Collector is the census.
type Collector struct{}

// Name implements [collect.Collector].
func (Collector) Name() string { return Name }

// Version implements [collect.Collector].
func (Collector) Version() int { return 5 }

// Begin implements [collect.TreeCollector].
func (Collector) Begin(_ *fact.Revision, tree *collect.Tree) collect.Pass {
	p := &pass{
		tree:    tree,
		class:   language.NewClassifier(tree.Attributes),
		pending: map[*collect.Entry]*language.File{},
		cells:   map[cellKey]*fact.Cell{},
		largest: map[string][]fact.FileSize{},
		owners:  componentDirs(tree.Entries),
	}
	if n := tree.Attributes.DroppedRules(); n > 0 {
		p.note("limit", "", "%d rules of .gitattributes beyond the bound were not obeyed", n)
	}
	return p
}

type cellKey struct {
	component, language string
	role                fact.Role
	counted             bool
}

// A pass is the census at work on one revision.
type pass struct {
	tree    *collect.Tree
	class   *language.Classifier
	pending map[*collect.Entry]*language.File
	files   language.Shared
	cells   map[cellKey]*fact.Cell
	largest map[string][]fact.FileSize
	owners  map[string]bool // folders with a manifest
	last    []byte          // the reading of the last File
	out     fact.Composition
}

// Wants implements [collect.Pass]: the content of the files that could count.
func (p *pass) Wants(e *collect.Entry) int64 {
	switch {
	case e.Mode == gitrepo.ModeSymlink:
		p.out.Symlinks++
		return 0
	case !e.Regular():
		p.out.Submodules++
		return 0
	}
	p.out.Files++
	f := p.class.Path(e.Path)
	if e.Size < 0 {
		p.missing(e, f)
		return 0
	}
	if e.Size == 0 || !f.NeedsContent {
		f.Counted = f.Counted && e.Size > 0
		p.add(e, f, lines.Lines{}, false)
		return 0
	}
	p.pending[e] = p.files.Of(f)
	return collect.All
}

// File implements [collect.Pass].
func (p *pass) File(e *collect.Entry, c collect.Content) {
	p.last = nil
	if c.Missing {
		p.missing(e, *p.pending[e])
		delete(p.pending, e)
		return
	}
	r := reading{Verdict: p.class.Look(e.Path, c.Data, e.Size)}
	f := p.pending[e].With(e.Path, r.Verdict)
	if f.Language != "" && !c.Truncated {
		r.As = f.Exact
		r.Lines, _ = lines.Count(f.Exact, language.Decode(c.Data))
	}
	if c.Truncated && f.Counted {
		p.note("limit", e.Path, "%d bytes: too large to count its lines", e.Size)
	}
	if !c.Truncated {
		p.last = collect.ReadingOf(r)
	}
	p.take(e, r, f)
}

// A reading is what the content of a file says, whatever attributes there are.
type reading struct {
	Verdict language.Verdict `json:"v"`
	// Lines were counted As this language; "" when they were not.
	As    string      `json:"a,omitempty"`
	Lines lines.Lines `json:"l,omitzero"`
}

// Recall implements [collect.RecallingPass].
func (p *pass) Recall(e *collect.Entry, data []byte) bool {
	var r reading
	if json.Unmarshal(data, &r) != nil {
		return false
	}
	f := p.pending[e].With(e.Path, r.Verdict)
	if r.As != f.Exact {
		return false // .gitattributes have changed, and the lines are another language's
	}
	p.take(e, r, f)
	return true
}

// Reading implements [collect.RecallingPass].
func (p *pass) Reading() []byte { return p.last }

// take counts the file f at e.
func (p *pass) take(e *collect.Entry, r reading, f language.File) {
	delete(p.pending, e)
	if p.tree.Verdicts != nil {
		p.tree.Verdicts[e] = r.Verdict
	}
	p.add(e, f, r.Lines, r.As != "")
}

// missing counts the file f whose blob is not there.
func (p *pass) missing(e *collect.Entry, f language.File) {
	if !f.Counted && !f.NeedsContent {
		p.out.MissingOther++
		return
	}
	p.out.Missing++
	p.out.MissingPaths = append(p.out.MissingPaths, e.Path)
	if p.out.MissingLanguages == nil {
		p.out.MissingLanguages = map[string]int{}
	}
	p.out.MissingLanguages[p.class.Sole(e.Path, f)]++
}

// add puts a file into its cell. Files without a language are in Files only.
func (p *pass) add(e *collect.Entry, f language.File, n lines.Lines, measured bool) {
	if f.Language == "" {
		return
	}
	key := cellKey{p.component(e.Path), f.Language, f.Role, f.Counted}
	cell := p.cells[key]
	if cell == nil {
		cell = &fact.Cell{
			Component: key.component, Language: f.Language, Type: language.TypeOf(f.Language),
			Role: f.Role, Counted: f.Counted,
		}
		p.cells[key] = cell
	}
	cell.Files++
	cell.Bytes += e.Size
	if measured {
		cell.LineFiles++
		cell.Code += n.Code
		cell.Comment += n.Comment
		cell.Blank += n.Blank
	}
	if f.Counted {
		p.keepLargest(f.Language, fact.FileSize{Path: e.Path, Bytes: e.Size})
	}
}

// keep is how many of the largest files of a language are named.
const keep = 5

func (p *pass) keepLargest(lang string, f fact.FileSize) {
	top := p.largest[lang]
	if len(top) == keep && compareFiles(f, top[keep-1]) > 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(top, f, compareFiles)
	top = slices.Insert(top, i, f)
	p.largest[lang] = top[:min(len(top), keep)]
}

// compareFiles orders the larger file first, equal ones by path.
func compareFiles(a, b fact.FileSize) int {
	return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Path, b.Path))
}

// component is the nearest folder at or above the file that has a manifest.
func (p *pass) component(path string) string {
	for {
		i := strings.LastIndexByte(path, '/')
		if i < 0 {
			return ""
		}
		path = path[:i]
		if p.owners[path] {
			return path
		}
	}
}

// componentDirs are the folders of a tree that hold a manifest.
func componentDirs(entries []collect.Entry) map[string]bool {
	dirs := map[string]bool{}
	for i := range entries {
		e := &entries[i]
		if slash := strings.LastIndexByte(e.Path, '/'); slash > 0 && e.Regular() && component.IsManifest(e.Path) {
			dirs[e.Path[:slash]] = true
		}
	}
	return dirs
}

// note says something of the file at path. Its evidence names no repository and
// commit: those are the fact's key, and a fact is the same however its
// repository is spelled.
func (p *pass) note(kind, path, format string, args ...any) {
	p.out.Notes = append(p.out.Notes, fact.Note{
		Kind: kind, Text: fmt.Sprintf(format, args...),
		Evidence: fact.Evidence{Path: path},
	})
}

// maxPaths and maxNotes bound what is told one by one.
const (
	maxPaths = 20
	maxNotes = 20
)

// Finish implements [collect.Pass]; the fact is a *fact.Composition.
func (p *pass) Finish() (any, error) {
	if n := p.tree.Attributes.UnsurePaths(); n > 0 {
		p.note("limit", "", "the patterns of .gitattributes are too costly: not all were asked for %d files", n)
	}
	out := p.out
	out.Cells = make([]fact.Cell, 0, len(p.cells))
	for _, cell := range p.cells {
		out.Cells = append(out.Cells, *cell)
	}
	slices.SortFunc(out.Cells, compareCells)
	slices.Sort(out.MissingPaths)
	out.MissingPaths = out.MissingPaths[:min(len(out.MissingPaths), maxPaths)]
	slices.SortStableFunc(out.Notes, func(a, b fact.Note) int { return cmp.Compare(a.Evidence.Path, b.Evidence.Path) })
	out.Notes = out.Notes[:min(len(out.Notes), maxNotes)]
	out.Largest = p.largest
	return &out, nil
}

func compareCells(a, b fact.Cell) int {
	return cmp.Or(
		cmp.Compare(a.Component, b.Component),
		cmp.Compare(a.Language, b.Language),
		cmp.Compare(a.Role, b.Role),
		boolCompare(a.Counted, b.Counted),
	)
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
