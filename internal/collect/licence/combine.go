package licence

import (
	"cmp"
	"slices"
	"strings"

	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/spdx"
)

// licencesOf makes the list of a repository out of the files read: every
// licence once, in the file that shows it best. A NOTICE speaks only where no
// licence file does.
func licencesOf(files []document.File[content]) []fact.Licence {
	byID := map[string]fact.Licence{}
	named := func(by document.Use) {
		for _, f := range files {
			if f.Use != by {
				continue
			}
			for _, l := range f.Read.Licences {
				l.Path = f.Path
				if old, ok := byID[l.SPDX]; !ok || compareLicences(l, old) < 0 {
					byID[l.SPDX] = l
				}
			}
		}
	}
	if named(useLicence); len(byID) == 0 {
		named(useNotice)
		delete(byID, noAssertion)
	}
	var out []fact.Licence
	for _, l := range byID {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b fact.Licence) int {
		return cmp.Or(order(a.SPDX == noAssertion, b.SPDX == noAssertion), compareLicences(a, b), cmp.Compare(a.SPDX, b.SPDX))
	})
	return out
}

// othersOf are the licences that files give for works of others, each once.
func othersOf(files []document.File[content]) []fact.Licence {
	var out []fact.Licence
	for _, f := range files {
		for _, id := range f.Read.Others {
			if !slices.ContainsFunc(out, func(l fact.Licence) bool { return l.SPDX == id }) {
				out = append(out, fact.Licence{SPDX: id, Confidence: 1, Path: f.Path})
			}
		}
	}
	slices.SortFunc(out, func(a, b fact.Licence) int { return cmp.Compare(a.SPDX, b.SPDX) })
	return out
}

// compareLicences orders by depth, then confidence, then LICENSE before COPYING,
// then path.
func compareLicences(a, b fact.Licence) int {
	second := func(l fact.Licence) bool { return !strings.HasPrefix(strings.ToLower(l.Path), "licen") }
	return cmp.Or(
		cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/")), cmp.Compare(b.Confidence, a.Confidence),
		order(second(a), second(b)), cmp.Compare(a.Path, b.Path))
}

// order puts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// expressionOf tells how the licences of a repository belong together, where it says
// so: by the mark of SPDX, by words of a licence file or README, by the names that
// custom has for a choice, or because there is one licence alone. What several texts
// side by side mean, nobody knows who does not say it. A file that is about a part by
// its name says nothing of the whole; one whose name is not known leaves it open.
func expressionOf(files []document.File[content]) *fact.LicenceExpression {
	var root, reuse, readmes []document.File[content]
	atRoot, ofParts := false, false
	for _, f := range files {
		switch {
		case f.Use == useReadme:
			readmes = append(readmes, f)
		case f.Use != useLicence:
		case strings.Contains(f.Path, "/"):
			reuse = append(reuse, f)
		default:
			atRoot = true
			switch {
			case len(f.Read.Licences) == 0: // a list of what others have
			case roleOf(f.Path).stands():
				root = append(root, f)
			default:
				ofParts = true
			}
		}
	}
	there := idsIn(root...)
	if !atRoot {
		there = idsIn(reuse...)
	}
	for _, tell := range []func() *fact.LicenceExpression{
		func() *fact.LicenceExpression { return marked(root) },
		func() *fact.LicenceExpression { return chosen(root) },
		func() *fact.LicenceExpression { return saidBy(readmes, there, atRoot) },
		func() *fact.LicenceExpression { return dual(root) },
		func() *fact.LicenceExpression { return lesser(root) },
		func() *fact.LicenceExpression { return alone(root, ofParts) },
	} {
		if e := tell(); e != nil {
			return e
		}
	}
	if !atRoot {
		return alone(reuse, false)
	}
	return nil
}

// deciding are the files that can speak for the repository: those about the whole, or
// the only one there is.
func deciding(root []document.File[content]) []document.File[content] {
	if len(root) == 1 {
		return root
	}
	return slices.DeleteFunc(slices.Clone(root), func(f document.File[content]) bool { return roleOf(f.Path) != roleWhole })
}

// marked: a file has the mark of SPDX, or says what holds in place of a text. It does
// not hold where a licence is there that it does not have.
func marked(root []document.File[content]) *fact.LicenceExpression {
	var found *fact.LicenceExpression
	for _, f := range deciding(root) {
		if f.Read.Declared == "" {
			continue
		}
		if found != nil && found.SPDX != f.Read.Declared {
			return nil
		}
		found = &fact.LicenceExpression{SPDX: f.Read.Declared, Path: f.Path, Line: f.Read.Line, Why: "it says so"}
	}
	if found == nil || !complete(found.SPDX, idsIn(root...)) {
		return nil
	}
	return found
}

// complete reports whether an expression has each of the licences of ids. The LGPL of
// version 3 has the GPL, which it is written upon.
func complete(expression string, ids []string) bool { return spdx.Covers(expression, ungrounded(ids)) }

// ungrounded are ids without the GPL of version 3 where the LGPL is there, which is
// written upon it.
func ungrounded(ids []string) []string {
	if !slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, "LGPL-3.0") }) {
		return ids
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "GPL-3.0" })
}

// chosen: the file of the repository says that one of its licences may be chosen.
func chosen(root []document.File[content]) *fact.LicenceExpression {
	for _, f := range deciding(root) {
		ids := idsIn(f)
		if !f.Read.Either || f.Read.Parts || len(ids) < 2 || slices.Contains(ids, noAssertion) {
			continue
		}
		if e := either(ids); complete(e, idsIn(root...)) {
			return &fact.LicenceExpression{SPDX: e, Path: f.Path, Why: "it says that one of its licences may be chosen"}
		}
	}
	return nil
}

// saidBy: the READMEs say it, and nothing else, of licences of which at least one has its
// text there. Where licence files are at the root, it has all of theirs.
func saidBy(readmes []document.File[content], there []string, atRoot bool) *fact.LicenceExpression {
	var found *fact.LicenceExpression
	for _, f := range readmes {
		for _, s := range f.Read.Says {
			switch {
			case !spdx.HasText(s.SPDX, there) || atRoot && !complete(s.SPDX, there):
			case found == nil:
				found = &fact.LicenceExpression{SPDX: s.SPDX, Path: f.Path, Line: s.Line, Why: "the README says so"}
			case found.SPDX != s.SPDX:
				return nil
			}
		}
	}
	return found
}

// dual: the custom of Rust, a file with the Apache licence and one with that of MIT, each
// named after it, is a choice. Of other names nobody knows: they also stand for
// parts of a repository.
func dual(root []document.File[content]) *fact.LicenceExpression {
	var by []document.File[content]
	for _, f := range root {
		low := strings.ToLower(f.Path)
		if ids := idsIn(f); roleOf(f.Path) == roleNamed && len(ids) == 1 &&
			(ids[0] == "Apache-2.0" && strings.Contains(low, "apache") || ids[0] == "MIT" && strings.Contains(low, "mit")) {
			by = append(by, f)
		}
	}
	ids := idsIn(by...)
	if len(ids) != 2 || len(idsIn(root...)) != 2 {
		return nil
	}
	return &fact.LicenceExpression{SPDX: either(ids), Path: by[0].Path, Why: "a file for each of its licences, named after it"}
}

// lesser: the LGPL of version 3 beside the GPL that it is written upon is the LGPL. The
// one of version 2.1 is whole: with the GPL beside it, each may be about a part.
func lesser(root []document.File[content]) *fact.LicenceExpression {
	ids := idsIn(root...)
	own := ungrounded(ids)
	if len(ids) != 2 || len(own) != 1 || slices.ContainsFunc(root, func(f document.File[content]) bool { return roleOf(f.Path) == roleOpen }) {
		return nil
	}
	return &fact.LicenceExpression{SPDX: own[0], Path: best(root, own[0]), Why: "the LGPL adds to the GPL, whose text is beside it"}
}

// alone: there is one licence, but for those that files about parts have.
func alone(files []document.File[content], ofParts bool) *fact.LicenceExpression {
	ids := idsIn(files...)
	if len(ids) != 1 || ids[0] == noAssertion {
		return nil
	}
	why := "its text is the only one"
	if ofParts {
		why = "its text is the only one that is not about a part, by the names of the files"
	}
	return &fact.LicenceExpression{SPDX: ids[0], Path: best(files, ids[0]), Why: why}
}

// best is the file that shows the licence best.
func best(files []document.File[content], id string) string {
	var found *fact.Licence
	for _, f := range files {
		for _, l := range f.Read.Licences {
			if l.Path = f.Path; l.SPDX == id && (found == nil || compareLicences(l, *found) < 0) {
				found = &l
			}
		}
	}
	if found == nil {
		return ""
	}
	return found.Path
}

// idsIn are the licences of files, in order, each once.
func idsIn(files ...document.File[content]) []string {
	var ids []string
	for _, f := range files {
		for _, l := range f.Read.Licences {
			if !slices.Contains(ids, l.SPDX) {
				ids = append(ids, l.SPDX)
			}
		}
	}
	return ids
}

// either is the expression for a choice, the shorter names first.
func either(ids []string) string {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	for i, id := range ids {
		if strings.Contains(id, " AND ") {
			ids[i] = "(" + id + ")"
		}
	}
	return strings.Join(ids, " OR ")
}
