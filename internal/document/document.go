// Package document is what collectors have in common that read the few files in
// which a repository speaks of itself: which folders custom keeps such files in
// ([PlaceOf]), how a pass over a tree finds, reads and remembers them ([Pass]), and
// what a README points at ([Subject]).
//
// Each is read in the forms that custom allows. What a form leaves open is left out:
// running text is no list. Nothing found and nothing understood are two answers:
// what a custom name, or a section or link of the README, shows to be there and what
// could not be read is told apart ([fact.UnreadDocument]).
package document

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
	"assay/internal/markup"
)

// A Use is a set of the things a file is read for; each collector has its own.
type Use uint8

// A Form says what a collector reads, R being what it makes of one file: as JSON it
// is remembered, so that the file need not be read again at another revision.
type Form[R any] struct {
	// Uses says what an entry is good for. It runs on every file of every
	// repository.
	Uses func(e *gitrepo.Entry) Use
	// Unopened are the uses for which the path is all that is looked at: forms that
	// are not read.
	Unopened Use
	// Telling are the uses of files that show there is a document, whether or not
	// they are understood.
	Telling Use
	// Many are the uses whose number of files the collector bounds itself.
	Many Use
	// Bytes is how much of a file is read for its uses.
	Bytes func(u Use) int64
	// Cut is what is made of a file of which only the beginning could be read, where the
	// beginning is not enough; ok is false where it is. It may be nil.
	Cut func(u Use) (r R, ok bool)
	// Read reads a file. It depends on nothing but what it is given; its notes are
	// without evidence.
	Read func(path string, data []byte, u Use) (R, []fact.Note)
}

// A File is a file that was read.
type File[R any] struct {
	Path string
	Use  Use
	Read R
}

// A Pass is what the passes of these collectors have in common: all but
// Finish.
type Pass[R any] struct {
	// Files are what was read, in any order until [Pass.Sort].
	Files []File[R]

	form   *Form[R]
	uses   map[string]Use // of the files wanted
	counts map[Use]int    // files wanted by use

	unread   []fact.UnreadDocument
	symlinks []string
	notes    []fact.Note

	last []byte // the reading of the last File
}

// NewPass begins a pass.
func NewPass[R any](form *Form[R]) *Pass[R] {
	return &Pass[R]{form: form, uses: map[string]Use{}, counts: map[Use]int{}}
}

// Wants implements [collect.Pass].
func (p *Pass[R]) Wants(e *gitrepo.Entry) int64 {
	u := p.form.Uses(e)
	if u == 0 {
		return 0
	}
	if !e.Regular() {
		if e.Mode == gitrepo.ModeSymlink && u&p.form.Telling != 0 {
			p.symlinks = append(p.symlinks, e.Path)
		}
		return 0
	}
	if u&p.form.Unopened != 0 {
		p.Silent(u, fact.UnreadDocument{Path: e.Path, Cause: fact.CauseForm, Why: "its form is not read"})
	}
	if u = p.affordable(u &^ p.form.Unopened); u == 0 {
		return 0
	}
	p.uses[e.Path] = u
	return p.form.Bytes(u)
}

// affordable drops the uses whose bound on files is reached.
func (p *Pass[R]) affordable(u Use) Use {
	for one := Use(1); one != 0; one <<= 1 {
		if u&one&^p.form.Many == 0 {
			continue
		}
		if p.counts[one]++; p.counts[one] > limit.UseFiles {
			u &^= one
		}
	}
	return u
}

// A reading is what is remembered of a file.
type reading[R any] struct {
	Use   Use         `json:"u"`
	Read  R           `json:"r"`
	Notes []fact.Note `json:"n,omitempty"`
}

// File implements [collect.Pass].
func (p *Pass[R]) File(e *gitrepo.Entry, c gitrepo.Content) {
	p.last = nil
	u := p.uses[e.Path]
	if u == 0 {
		return
	}
	if c.Missing {
		p.Note(errkind.Corrupt, e.Path, "the blob is not in the mirror")
		p.Silent(u, fact.UnreadDocument{Path: e.Path, Cause: fact.CauseMissing, Why: "its content is not in the mirror"})
		return
	}
	r := reading[R]{Use: u}
	cut := false
	if c.Truncated && p.form.Cut != nil {
		r.Read, cut = p.form.Cut(u)
	}
	if !cut {
		r.Read, r.Notes = p.form.Read(e.Path, c.Data, u)
	}
	if c.Truncated {
		r.Notes = append(r.Notes, Note(errkind.Limit, fmt.Sprintf("only the first %d of %d bytes were read", len(c.Data), e.Size)))
	}
	if body, err := json.Marshal(r); err == nil { // else it is read again
		p.last = body
	}
	p.take(e.Path, &r)
}

// Recall implements [collect.RecallingPass].
func (p *Pass[R]) Recall(e *gitrepo.Entry, data []byte) bool {
	var r reading[R]
	if json.Unmarshal(data, &r) != nil || r.Use != p.uses[e.Path] {
		return false
	}
	p.take(e.Path, &r)
	return true
}

// Reading implements [collect.RecallingPass].
func (p *Pass[R]) Reading() []byte { return p.last }

func (p *Pass[R]) take(path string, r *reading[R]) {
	for _, n := range r.Notes {
		p.Note(errkind.Kind(n.Kind), path, n.Text)
	}
	p.Files = append(p.Files, File[R]{path, r.Use, r.Read})
}

// Sort orders the files by path: those with one blob come together, which is not
// the order of the tree.
func (p *Pass[R]) Sort() {
	slices.SortStableFunc(p.Files, func(a, b File[R]) int { return cmp.Compare(a.Path, b.Path) })
}

// For gives the files that were read for a use.
func (p *Pass[R]) For(u Use) []File[R] {
	return slices.DeleteFunc(slices.Clone(p.Files), func(f File[R]) bool { return f.Use&u == 0 })
}

// Note is a note without evidence, as [Form] reads one. What it quotes may hold an
// e-mail address.
func Note(kind errkind.Kind, text string) fact.Note {
	return fact.Note{Kind: string(kind), Text: markup.WithoutMail(markup.Clean(text))}
}

// Note records what a reader should know. Its evidence is a path: repository and commit
// are in the key of the fact, which does not change with how a repository is spelled.
func (p *Pass[R]) Note(kind errkind.Kind, path, text string) {
	n := Note(kind, text)
	n.Evidence.Path = path
	p.notes = append(p.notes, n)
}

// Notes are what was noted, in order, and bounded.
func (p *Pass[R]) Notes() []fact.Note {
	slices.SortStableFunc(p.notes, func(a, b fact.Note) int {
		return cmp.Or(cmp.Compare(a.Evidence.Path, b.Evidence.Path), cmp.Compare(a.Text, b.Text))
	})
	return p.notes[:min(len(p.notes), limit.DocumentNotes)]
}

// Unread records a file with the uses u that was found and not understood.
func (p *Pass[R]) Unread(path string, u Use, why string) {
	p.Silent(u, fact.UnreadDocument{Path: path, Why: why})
}

// Silent records a file with the uses u that gave nothing, with the cause where it
// is known.
func (p *Pass[R]) Silent(u Use, d fact.UnreadDocument) {
	if u&p.form.Telling != 0 {
		p.unread = append(p.unread, d)
	}
}

// NotUnderstood gives, in order and each once, what was found and not understood.
// found says that there is something that was: a symbolic link is taken to lead to
// it. Of the pointers those are told that answered does not know as read; a file
// that is told here speaks for itself.
func (p *Pass[R]) NotUnderstood(found bool, pointers []Pointer, answered func(path string) bool) []fact.UnreadDocument {
	for _, path := range p.symlinks {
		if !found {
			p.Silent(p.form.Telling, fact.UnreadDocument{Path: path, Cause: fact.CauseLink, Why: "it is a symbolic link, which is not followed"})
		}
	}
	all := p.unread
	told := func(path string) bool {
		return slices.ContainsFunc(p.unread, func(u fact.UnreadDocument) bool { return u.Path == path })
	}
	for _, at := range pointers {
		if file := at.File(); !answered(file) && (file == "" || !told(file)) {
			all = append(all, fact.UnreadDocument{Path: at.From, Line: at.Line, Target: at.Target, Why: at.Why})
		}
	}
	slices.SortFunc(all, func(a, b fact.UnreadDocument) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Why, b.Why))
	})
	all = slices.CompactFunc(all, func(a, b fact.UnreadDocument) bool { return a.Path == b.Path && a.Line == b.Line })
	if len(all) == 0 {
		return nil
	}
	return all[:min(len(all), limit.DocumentUnread)]
}

// IsYAML recognises YAML by the ending of its path.
func IsYAML(path string) bool {
	low := strings.ToLower(path)
	return strings.HasSuffix(low, ".yml") || strings.HasSuffix(low, ".yaml")
}
