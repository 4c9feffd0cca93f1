package component

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"assay/internal/collect"
	"assay/internal/collect/component/manifest"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// A pass collects the components of one revision.
type pass struct {
	rev     *fact.Revision
	notable []string
	notes   notes
	eco     [len(ecosystems)]state

	manifests int   // wanted so far
	total     int64 // their bytes
	vendored  int   // manifests left out as vendored
	beyond    int   // manifests left out for a bound

	last []byte // the reading of the last File
}

// A state is what a pass holds for one ecosystem.
type state struct {
	found []*manifest.Found
	// sources are the folders with a manifest, and what was counted in them.
	// Used by ecosystems that look at sources.
	sources map[string]*tally
	// stray counts sources with unsafe code that belong to no component.
	stray int
}

// A tally sums the unsafe code of the sources of one folder.
type tally struct {
	fact.Unsafe
	read   int // sources looked at
	unread int // sources whose content was not there, or not all of it
}

func newPass(rev *fact.Revision) *pass {
	p := &pass{rev: rev}
	for i := range p.eco {
		p.eco[i].sources = map[string]*tally{}
	}
	return p
}

// A use is what a file is to an ecosystem.
type use uint8

const (
	useNone use = iota
	useManifest
	useExtra
	useSource
)

// useOf tells which ecosystem reads the file at path, and as what. A file is
// read by the first that wants it.
func useOf(path string) (int, use) {
	name := base(path)
	for i := range ecosystems {
		e := &ecosystems[i]
		switch {
		case e.Manifest(name):
			return i, useManifest
		case e.Source != nil && e.Source(name):
			return i, useSource
		case e.Extra != nil && e.Extra(path):
			return i, useExtra
		}
	}
	return 0, useNone
}

// Wants implements collect.Pass.
func (p *pass) Wants(e *collect.Entry) int64 {
	if !e.Regular() || len(e.Path) > limit.ManifestPath {
		return 0
	}
	for i := range ecosystems {
		if f := ecosystems[i].Notable; f != nil && f(e.Path) && !vendored(e.Path) {
			p.notable = append(p.notable, e.Path)
			break
		}
	}
	i, u := useOf(e.Path)
	switch {
	case u == useNone:
		return 0
	case vendored(e.Path):
		if u == useManifest {
			p.vendored++
		}
		return 0
	case u == useSource:
		return collect.All
	case u == useManifest:
		p.eco[i].sources[manifest.Dir(e.Path)] = &tally{}
	}
	return p.wantsManifest(e)
}

// wantsManifest wants a manifest or an extra file, within the bounds.
func (p *pass) wantsManifest(e *collect.Entry) int64 {
	if e.Size > limit.ManifestBytes {
		p.notes.add(errkind.Limit, e.Path, "%s is not read: it is larger than 4 MiB (%d bytes)", base(e.Path), e.Size)
		return 0
	}
	if p.manifests == limit.ManifestFiles || p.total+e.Size > limit.ManifestTotal {
		p.beyond++
		return 0
	}
	p.manifests++
	p.total += max(e.Size, 0)
	return collect.All
}

// File implements collect.Pass.
func (p *pass) File(e *collect.Entry, c collect.Content) {
	p.last = nil
	whole := !c.Missing && !c.Truncated
	switch i, u := useOf(e.Path); u {
	case useManifest, useExtra:
		p.parse(i, e.Path, c)
		if whole {
			p.last = c.Data
		}
	case useSource:
		if !whole {
			p.unread(i, e.Path)
			return
		}
		n := ecosystems[i].Unsafe(c.Data)
		p.source(i, e.Path, n)
		p.last = collect.ReadingOf(n)
	}
}

// Recall implements collect.RecallingPass. A manifest is remembered as it
// stands, since what it means lies in its neighbours too; of a source, its
// unsafe code.
func (p *pass) Recall(e *collect.Entry, reading []byte) bool {
	i, u := useOf(e.Path)
	if u != useSource {
		p.parse(i, e.Path, collect.Content{Data: reading})
		return true
	}
	var n fact.Unsafe
	if json.Unmarshal(reading, &n) != nil {
		return false
	}
	p.source(i, e.Path, n)
	return true
}

// Reading implements collect.RecallingPass.
func (p *pass) Reading() []byte { return p.last }

// parse reads a manifest or extra file for ecosystem i.
func (p *pass) parse(i int, path string, c collect.Content) {
	name := base(path)
	data := decoded(name, c.Data)
	switch {
	case c.Missing:
		p.notes.add(errkind.Corrupt, path, "%s is not in the mirror: its component is unknown", name)
		return
	case c.Truncated || len(data) > limit.ManifestBytes:
		p.notes.add(errkind.Limit, path, "%s is not read: it is too large", name)
		return
	case !utf8.Valid(data):
		p.notes.add(errkind.Input, path, "%s is not read: it is not UTF-8", name)
		return
	}
	var found *manifest.Found
	err := guard(func() (err error) {
		found, err = ecosystems[i].Parse(manifest.File{Path: path, Data: data})
		return err
	})
	if err != nil {
		p.notes.add(kindOf(err), path, "%s cannot be understood: %s", name, err)
		return
	}
	if found != nil {
		found.Ecosystem, found.Path, found.Manifest = ecosystems[i].Name, manifest.Dir(path), path
		p.eco[i].found = append(p.eco[i].found, found)
	}
}

// unread counts a source file for ecosystem i whose content is not there, or not
// all of it.
func (p *pass) unread(i int, path string) {
	if dir, ok := nearest(p.eco[i].sources, path); ok {
		p.eco[i].sources[dir].unread++
	}
}

// source counts the unsafe code n of a source file for ecosystem i.
func (p *pass) source(i int, path string, n fact.Unsafe) {
	s := &p.eco[i]
	dir, ok := nearest(s.sources, path)
	switch {
	case ok:
		t := s.sources[dir]
		t.read++
		t.Blocks += n.Blocks
		t.Fns += n.Fns
		t.Impls += n.Impls
		t.Traits += n.Traits
		t.Files += n.Files
	case n.Files > 0:
		s.stray++
	}
}

// A panicError is a panic of a parser.
type panicError struct{ value any }

func (e *panicError) Error() string { return fmt.Sprintf("the parser failed: %v", e.value) }

// guard runs f and turns a panic into an error. Parsers of other people's
// making run on hostile input here: a bug in one must cost a manifest, not the
// survey.
func guard(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{v}
		}
	}()
	return f()
}

// kindOf is the kind of an error of guard.
func kindOf(err error) errkind.Kind {
	var p *panicError
	switch {
	case errors.As(err, &p):
		return errkind.Internal
	case errors.Is(err, manifest.ErrTooManyKeys):
		return errkind.Limit
	}
	return errkind.Input
}
