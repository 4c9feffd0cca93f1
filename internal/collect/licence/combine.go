package licence

import (
	"cmp"
	"regexp"
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
// side by side mean, nobody knows who does not say it.
func expressionOf(files []document.File[content]) *fact.LicenceExpression {
	var root, reuse, readmes []document.File[content]
	for _, f := range files {
		switch {
		case f.Use == useReadme:
			readmes = append(readmes, f)
		case f.Use != useLicence:
		case strings.Contains(f.Path, "/"):
			reuse = append(reuse, f)
		default:
			root = append(root, f)
		}
	}
	for _, tell := range []func() *fact.LicenceExpression{
		func() *fact.LicenceExpression { return marked(root) },
		func() *fact.LicenceExpression { return chosen(root) },
		func() *fact.LicenceExpression { return saidBy(readmes, idsIn(append(slices.Clone(root), reuse...))) },
		func() *fact.LicenceExpression { return dual(root) },
		func() *fact.LicenceExpression { return lesser(root) },
		func() *fact.LicenceExpression { return alone(root) },
		func() *fact.LicenceExpression { return plain(root) },
	} {
		if e := tell(); e != nil {
			return e
		}
	}
	if len(root) == 0 {
		return alone(reuse)
	}
	return nil
}

// marked: a file has the mark of SPDX, or says what holds in place of a text.
func marked(root []document.File[content]) *fact.LicenceExpression {
	var found *fact.LicenceExpression
	for _, f := range root {
		if f.Read.Declared == "" {
			continue
		}
		if found != nil && found.SPDX != f.Read.Declared {
			return nil
		}
		found = &fact.LicenceExpression{SPDX: f.Read.Declared, Path: f.Path, Line: f.Read.Line, Why: "it says so"}
	}
	return found
}

// chosen: a licence file says that one of its licences may be chosen.
func chosen(root []document.File[content]) *fact.LicenceExpression {
	for _, f := range root {
		if ids := idsIn([]document.File[content]{f}); f.Read.Either && len(ids) > 1 && !slices.Contains(ids, noAssertion) {
			return &fact.LicenceExpression{SPDX: either(ids), Path: f.Path, Why: "it says that one of its licences may be chosen"}
		}
	}
	return nil
}

// saidBy: a README says it, of licences of which at least one has its text there.
func saidBy(readmes []document.File[content], ids []string) *fact.LicenceExpression {
	for _, f := range readmes {
		for _, s := range f.Read.Says {
			if spdx.HasText(s.SPDX, ids) {
				return &fact.LicenceExpression{SPDX: s.SPDX, Path: f.Path, Line: s.Line, Why: "the README says so"}
			}
		}
	}
	return nil
}

// dual: the custom of Rust, a file with the Apache licence and one with that of MIT, each
// named after it, is a choice. Of other names nobody knows: they also stand for
// parts of a repository.
func dual(root []document.File[content]) *fact.LicenceExpression {
	var by []document.File[content]
	for _, f := range root {
		low := strings.ToLower(f.Path)
		if ids := idsIn([]document.File[content]{f}); len(ids) == 1 &&
			(ids[0] == "Apache-2.0" && strings.Contains(low, "apache") || ids[0] == "MIT" && strings.Contains(low, "mit")) {
			by = append(by, f)
		}
	}
	ids := idsIn(by)
	if len(ids) != 2 || len(idsIn(root)) != 2 {
		return nil
	}
	return &fact.LicenceExpression{SPDX: either(ids), Path: by[0].Path, Why: "a file for each of its licences, named after it"}
}

// lesser: the LGPL beside the GPL that it is written upon is the LGPL.
func lesser(root []document.File[content]) *fact.LicenceExpression {
	ids := idsIn(root)
	at := slices.IndexFunc(ids, func(id string) bool { return strings.HasPrefix(id, "LGPL-") && !strings.Contains(id, " ") })
	if at < 0 || len(ids) != 2 || !strings.HasPrefix(ids[1-at], "GPL-") {
		return nil
	}
	for _, f := range root {
		if idsIn([]document.File[content]{f})[0] == ids[at] {
			return &fact.LicenceExpression{SPDX: ids[at], Path: f.Path, Why: "the LGPL adds to the GPL, whose text is beside it"}
		}
	}
	return nil
}

// alone: there is one licence.
func alone(files []document.File[content]) *fact.LicenceExpression {
	ids := idsIn(files)
	if len(ids) != 1 || ids[0] == noAssertion {
		return nil
	}
	return &fact.LicenceExpression{SPDX: ids[0], Path: files[0].Path, Why: "its text is the only one"}
}

// named matches a licence file, in small letters, whose name says which licence it is.
var named = regexp.MustCompile(`^(?:licen[cs]e|copying)[-_.]?(?:apache|apl|asl|al2|mit|bsd|mpl|zlib|isc|un|cc|0bsd|boost|bsl|gpl|lgpl|lesser|agpl|epl|eupl)` +
	`|^(?:apache|mit|bsd|mpl|zlib|l?gpl)[\w.+-]*[-_]licen[cs]e`)

// plain: the one file with a plain name holds for the repository, where the others
// are by their names about parts of it, or lists of others' licences.
func plain(root []document.File[content]) *fact.LicenceExpression {
	var of []document.File[content]
	for _, f := range root {
		switch low := strings.ToLower(f.Path); {
		case named.MatchString(low):
			return nil
		case isPlain(low):
			of = append(of, f)
		}
	}
	if len(of) != 1 {
		return nil
	}
	e := alone(of)
	if e != nil {
		e.Why = "its text is in the file of the repository; the others are about parts of it"
	}
	return e
}

// isPlain recognises LICENSE, COPYING, LICENSE.md …, in small letters.
func isPlain(path string) bool {
	switch stem, ext, _ := strings.Cut(path, "."); stem {
	case "license", "licence", "copying", "unlicense":
		return ext == "" || ext == "md" || ext == "txt" || ext == "markdown" || ext == "rst"
	}
	return false
}

// idsIn are the licences of files, in order, each once.
func idsIn(files []document.File[content]) []string {
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
