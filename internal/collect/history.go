package collect

import (
	"context"
	"errors"
	"maps"
	"path"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/language"
	"assay/internal/limit"
)

// A HistoryCollector measures the history of a revision. All of them share one
// walk over it, as collectors share one pass over a tree.
type HistoryCollector interface {
	Collector
	// BeginHistory starts a walk.
	BeginHistory(h *History) HistoryPass
}

// A History is what is known of a history before it is walked.
type History struct {
	Revision *fact.Revision
	// Entries are the files of the revision, in git's order.
	Entries []Entry
	// Since is an earlier revision on the mainline whose facts are stored, and
	// Base this collector's fact of it as JSON: then the walk holds what came
	// after it only. Both are empty for a walk from the beginning.
	Since string
	Base  []byte
	// Paths numbers the paths that the walk meets.
	Paths *Paths
}

// A HistoryPass is a collector at work on one history.
type HistoryPass interface {
	// Commit is given every commit of the walk, children before their parents. paths are the numbers of the paths of its changes. What it is
	// given is valid during the call only.
	Commit(c *gitrepo.Commit, paths []int) error
	// Finish returns the fact, as [Pass.Finish] does.
	Finish(ctx context.Context, at *Snapshot) (any, error)
}

// ErrStartOver is the error of a pass that cannot go on from an earlier fact:
// the history is walked from its beginning.
var ErrStartOver = errors.New("the history must be read from its beginning")

// A Snapshot is the revision itself, for passes that need more than the walk
// has told.
type Snapshot struct {
	Repo Blobs
	*Tree
}

// Blobs reads blobs of a mirror; *gitrepo.Repo does.
type Blobs interface {
	Sizes(ctx context.Context, oids []string) ([]int64, error)
	Blobs(ctx context.Context, oids []string, sizes []int64, fn func(i int, c Content) error) error
}

// Paths numbers paths, so that a collector can keep what it knows of one in a
// slice. What the name alone says of a path is worked out once.
type Paths struct {
	class *language.Classifier
	ids   map[string]int
	all   []Path
	text  int // bytes of them
	most  int // how many there may be, and how many bytes
	bytes int
	files language.Shared
}

// A Path is what the name of a file says, whatever attributes there are.
type Path struct {
	Name string
	// File is all that [language.Classifier.Countable] says; Language and Product
	// follow from it. Many paths share one.
	File *language.File
	// Language that the file counts for; "" when by its name it does not count.
	Language string
	// Product: it plays that role.
	Product bool
}

// NewPaths numbers from 0.
func NewPaths() *Paths {
	return &Paths{
		class: language.NewClassifier(nil), ids: map[string]int{},
		most: limit.HistoryPaths, bytes: limit.HistoryText,
	}
}

// ID is the number of a path.
func (p *Paths) ID(name []byte) int {
	if id, ok := p.ids[string(name)]; ok {
		return id
	}
	id := len(p.all)
	known := Path{Name: string(name)}
	known.File = p.files.Of(p.class.Countable(known.Name))
	if f := known.File; f.Counted {
		known.Language, known.Product = f.Language, f.Role == fact.RoleProduct
	}
	p.ids[known.Name] = id
	p.all = append(p.all, known)
	p.text += len(name)
	return id
}

// Within fails with kind Limit where there are more paths than limit.HistoryPaths,
// or longer ones than limit.HistoryText.
func (p *Paths) Within() error {
	switch {
	case len(p.all) > p.most:
		return errkind.Errorf(errkind.Limit, "the history has %s", limit.Over("history-paths", int64(p.most)))
	case p.text > p.bytes:
		return errkind.Errorf(errkind.Limit, "the paths of the history have %s", limit.Over("history-text", int64(p.bytes)))
	}
	return nil
}

// At is the path with a number that ID gave. It must not be changed.
func (p *Paths) At(id int) *Path { return &p.all[id] }

// Len is how many paths have a number.
func (p *Paths) Len() int { return len(p.all) }

// IsAttributes reports whether the file at name is a .gitattributes file.
func IsAttributes(name string) bool { return path.Base(name) == ".gitattributes" }

// A Place is where in a repository the entries of a tree are: everything, or a
// folder, which the .gitattributes above it hold for too. Nil is the root.
type Place struct {
	Folder string
	// Attributes are the .gitattributes files above the folder, by path in the
	// repository.
	Attributes map[string][]byte
}

// ReadPlace is the place of a folder; above are the files in the folders above it.
func ReadPlace(ctx context.Context, repo Blobs, folder string, above []Entry) (*Place, error) {
	files := attributeFiles(above)
	contents, err := ReadAll(ctx, repo, files, limit.AttributesFile)
	if err != nil {
		return nil, err
	}
	p := &Place{Folder: folder, Attributes: map[string][]byte{}}
	for _, e := range files {
		p.Attributes[e.Path] = contents[e.OID]
	}
	return p, nil
}

// ReadAttributes reads the .gitattributes files among entries, which are in
// git's order; nil when there are none.
func ReadAttributes(ctx context.Context, repo Blobs, entries []Entry, at *Place) (*language.Attributes, error) {
	files := attributeFiles(entries)
	contents, err := ReadAll(ctx, repo, files, limit.AttributesFile)
	if err != nil {
		return nil, err
	}
	return ParseAttributes(files, contents, at), nil
}

// ParseAttributes reads the .gitattributes files among entries from contents by
// object name; nil when there are none.
func ParseAttributes(entries []Entry, contents map[string][]byte, at *Place) *language.Attributes {
	if at == nil {
		at = &Place{}
	}
	files := maps.Clone(at.Attributes)
	if files == nil {
		files = map[string][]byte{}
	}
	for _, e := range attributeFiles(entries) {
		files[path.Join(at.Folder, e.Path)] = contents[e.OID]
	}
	if len(files) == 0 {
		return nil
	}
	return language.ParseAttributesWithin(at.Folder, files)
}

// attributeFiles picks the .gitattributes files that are read.
func attributeFiles(entries []Entry) []Entry {
	var files []Entry
	room := int64(limit.AttributesBytes)
	for i := range entries {
		e := &entries[i]
		if e.Regular() && e.Size > 0 && IsAttributes(e.Path) && len(files) < limit.AttributesFiles && room > 0 {
			room -= min(e.Size, limit.AttributesFile)
			files = append(files, *e)
		}
	}
	return files
}

// ReadAll reads the first bytes, up to most, of every entry's content, by
// object name. What is not in the mirror is empty.
func ReadAll(ctx context.Context, repo Blobs, entries []Entry, most int) (map[string][]byte, error) {
	contents := make(map[string][]byte, len(entries))
	var (
		oids  []string
		sizes []int64
	)
	for i := range entries {
		if _, ok := contents[entries[i].OID]; !ok {
			contents[entries[i].OID] = nil
			oids, sizes = append(oids, entries[i].OID), append(sizes, entries[i].Size)
		}
	}
	if len(oids) == 0 {
		return contents, nil
	}
	err := repo.Blobs(ctx, oids, sizes, func(i int, c Content) error {
		contents[oids[i]] = append([]byte(nil), c.Data[:min(len(c.Data), most)]...)
		return nil
	})
	return contents, err
}
