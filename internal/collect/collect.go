// Package collect is the contract between the survey and the collectors that
// measure a revision: its tree, its history, its tags.
//
// A survey makes one pass over the tree of a revision for all collectors
// together, so that a blob is read once however many of them want it. For each
// revision it calls [TreeCollector.Begin], then [Pass.Wants] for every entry of
// the tree in git's order, then [Pass.File] for every entry that the pass
// wanted, then [Pass.Finish]. Files come in any order: the fact must not depend
// on it. A [RecallingPass] is spared files that it has seen at an earlier
// revision. Likewise one walk over the history
// serves all that look at it: [HistoryCollector.BeginHistory],
// [HistoryPass.Commit] for every commit, [HistoryPass.Finish].
//
// To add a collector: a package below this one, a line in the registry of package
// survey, a row in docs/collectors.md. docs/new-collector.md walks through it.
package collect

import (
	"cmp"
	"encoding/json"

	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/language"
)

// An Entry is a file of a tree.
type Entry = gitrepo.Entry

// Content is what could be read of a blob.
type Content = gitrepo.Content

// A Collector measures one kind of fact. It is a [TreeCollector], a
// [HistoryCollector] or a [TagCollector] too: that says what its input is.
type Collector interface {
	// Name is a short word: it is part of a fact's key.
	Name() string
	// Version is raised whenever the same input would give another fact, also
	// because a module with data has a new version: archtest holds that.
	Version() int
}

// An Input is what a fact is made of. The same input gives the same fact.
type Input uint8

// The inputs.
const (
	// Commit is a commit, which its tree and its history belong to.
	Commit Input = iota
	// Tags is the tags up to a date: they come and go while the commit stays.
	Tags
)

// InputOf is the input of a collector, as its type declares it.
func InputOf(c Collector) Input {
	if _, ok := c.(TagCollector); ok {
		return Tags
	}
	return Commit
}

// noTags identifies the tags of a revision that has none.
const noTags = "none"

// Of identifies the input at a revision: it is what [fact.Key] has as Revision.
func (in Input) Of(rev *fact.Revision) string {
	if in == Tags {
		return cmp.Or(rev.Tags, noTags)
	}
	return rev.Commit
}

// A TagCollector measures the tags of a mirror up to a date.
type TagCollector interface {
	Collector
	// Tags returns the fact, as [Pass.Finish] does.
	Tags(tags []gitrepo.Tag) any
}

// A Publisher is a collector whose facts are not to be passed on as they are, since
// they say who did what.
type Publisher interface {
	Collector
	// Publish gives the body of a fact as it may leave the store, or with its
	// authors as far as they may.
	Publish(body []byte, authors bool) (json.RawMessage, error)
}

// A TreeCollector measures the tree of a revision.
type TreeCollector interface {
	Collector
	// Begin starts a pass over the revision, whose tree is given and must not be
	// changed. The passes of different revisions run at the same time; one pass
	// is used by one goroutine at a time.
	Begin(rev *fact.Revision, tree *Tree) Pass
}

// An Inheritor is a collector of which a folder without facts of its own has those
// of its repository's root: a licence at the root is that of everything below.
type Inheritor interface {
	TreeCollector
	// Lacks reports whether a fact, as Finish returned it, says nothing.
	Lacks(found any) bool
	// Inherit makes the fact of the root that of a folder, with up ("../../") before
	// every path.
	Inherit(found any, up string) any
}

// A Tree is what is known of a revision before any blob is read.
type Tree struct {
	// Entries are the files in git's order.
	Entries []Entry
	// Place is where in the repository the entries are; nil for its root.
	Place *Place
	// Attributes are the .gitattributes files of the tree.
	Attributes *language.Attributes
	// Verdicts are what the contents of entries said, written by the pass that
	// looked at them; who comes after it need not look again. It may be nil, and
	// lack any entry.
	Verdicts map[*Entry]language.Verdict
}

// A Pass is a collector at work on one revision.
type Pass interface {
	// Wants says how much of the entry's content the pass needs, in bytes from
	// the start: 0 for none, All for the whole blob. It is called once for each
	// entry, all of them before the first File. It must be cheap: it runs on
	// every file of every repository.
	Wants(e *Entry) int64
	// File gives the content of an entry that the pass wanted, or less of it
	// where c says so. c.Data is valid during the call only and must not be
	// changed.
	File(e *Entry, c Content)
	// Finish returns the fact: a pointer to a struct of package fact that
	// marshals to the same JSON for the same revision, always. A fact that
	// cannot be made at all is an error; what is missing from it is a note.
	Finish() (any, error)
}

// A RecallingPass can take what it once made of a file in place of the file's
// content, so that the survey of a later date reads new blobs only.
type RecallingPass interface {
	Pass
	// Recall is called in place of File with what Reading gave for the same
	// content at the same path, at another revision but by the same version of
	// the collector. It reports false when that does not serve at this revision:
	// File is called then.
	Recall(e *Entry, reading []byte) bool
	// Reading is what is to be kept of the last call of File; nil for nothing.
	Reading() []byte
}

// ReadingOf is v as JSON, for [RecallingPass]; nil, which is read again, when it
// has none.
func ReadingOf(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return body
}

// All asks for the whole blob, up to the survey's bound on blob size.
const All = int64(1) << 62
