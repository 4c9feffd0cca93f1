package document

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/limit"
)

// kindsOf are the kinds of document that a file is read for.
func kindsOf(u use) []fact.DocumentKind {
	var kinds []fact.DocumentKind
	for _, k := range []struct {
		uses use
		kind fact.DocumentKind
	}{
		{useAdopters | useOtherAdopters, fact.DocumentAdopters},
		{useMaintainers | useOwners | useOtherMaintainers, fact.DocumentMaintainers},
		{useLicence, fact.DocumentLicence},
	} {
		if u&k.uses != 0 {
			kinds = append(kinds, k.kind)
		}
	}
	return kinds
}

// unreadFile records a file that was found and not understood.
func (p *pass) unreadFile(path string, u use, why string) {
	for _, kind := range kindsOf(u) {
		p.unread = append(p.unread, fact.UnreadDocument{Kind: kind, Path: path, Why: why})
	}
}

// unreadable gives, in order and each once, what was found and not understood.
// d is all that was.
func (p *pass) unreadable(d *fact.Documents) []fact.UnreadDocument {
	for _, f := range p.adopters {
		if len(f.rows) == 0 {
			p.unreadFile(f.path, useAdopters, "no row of it is understood")
		}
	}
	for _, f := range p.maintainers {
		if len(f.people) == 0 {
			p.unreadFile(f.path, useMaintainers, "no person in it is recognised")
		}
	}
	for _, f := range p.licences {
		if !f.notice && !slices.ContainsFunc(f.found, func(l fact.Licence) bool { return l.SPDX != noAssertion }) {
			p.unreadFile(f.path, useLicence, "its text is of no licence that is known")
		}
	}
	for _, f := range p.symlinks {
		if !f.leadsTo(d) {
			p.unreadFile(f.path, f.use, "it is a symbolic link, which is not followed")
		}
	}
	told := slices.Clone(p.unread)
	for _, f := range p.pointers {
		if !f.answered(d, told) {
			p.unread = append(p.unread, fact.UnreadDocument{Kind: f.Kind, Path: f.path, Line: f.Line, Target: f.Target, Why: f.Why})
		}
	}
	slices.SortFunc(p.unread, func(a, b fact.UnreadDocument) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Why, b.Why))
	})
	all := slices.CompactFunc(p.unread, func(a, b fact.UnreadDocument) bool { return a.Kind == b.Kind && a.Path == b.Path && a.Line == b.Line })
	if len(all) == 0 {
		return nil
	}
	return all[:min(len(all), limit.DocumentUnread)]
}

// A placedUse is a file and what it would be read for.
type placedUse struct {
	path string
	use  use
}

// leadsTo reports whether d has what a link to a file of that use leads to:
// the file is taken for one that was read.
func (f placedUse) leadsTo(d *fact.Documents) bool {
	for _, kind := range kindsOf(f.use) {
		switch {
		case kind == fact.DocumentAdopters && len(d.Adopters) == 0,
			kind == fact.DocumentMaintainers && len(d.Maintainers) == 0,
			kind == fact.DocumentLicence && len(d.Licences) == 0:
			return false
		}
	}
	return true
}

// A placedPointer is a pointer and the README it stands in.
type placedPointer struct {
	path string
	pointer
}

// answered reports whether what a README points at is a file of the repository
// that speaks for itself: it was read, or is told not to be understood.
func (p *placedPointer) answered(d *fact.Documents, told []fact.UnreadDocument) bool {
	files := d.AdopterFiles
	switch p.Kind {
	case fact.DocumentSecurity:
		return d.Security != ""
	case fact.DocumentMaintainers:
		files = d.MaintainerFiles
	}
	if p.Target == "" || strings.Contains(p.Target, "://") {
		return false
	}
	at := path.Join(path.Dir(p.path), p.Target)
	if strings.HasPrefix(p.Target, "/") {
		at = strings.TrimLeft(path.Clean(p.Target), "/")
	}
	return slices.Contains(files, at) ||
		slices.ContainsFunc(told, func(u fact.UnreadDocument) bool { return u.Kind == p.Kind && u.Path == at })
}
