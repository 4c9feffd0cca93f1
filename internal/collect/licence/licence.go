// Package licence names the licences whose texts a repository holds.
//
// Texts are read from the files that custom keeps for them, at the root and, by the
// REUSE specification, below LICENSES/. A NOTICE speaks only where no such file
// does. Each licence is told once, by the file that shows it best.
package licence

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/collect"
	"assay/internal/document"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/spdx"
)

// Name is the collector's name in the keys of its facts.
const Name = "licence"

// A Collector collects [fact.Licences]. Make it with New; it may be used by
// several goroutines, and remembers texts between revisions.
type Collector struct{ texts *recogniser }

// New makes a collector. The texts of licences are loaded when the first file is
// read.
func New() *Collector { return &Collector{texts: newRecogniser()} }

// Name implements [collect.Collector].
func (*Collector) Name() string { return Name }

// Version implements [collect.Collector].
func (*Collector) Version() int { return 4 }

// Lacks implements [collect.Inheritor].
func (*Collector) Lacks(found any) bool {
	f, ok := found.(*fact.Licences)
	return ok && len(f.Licences) == 0 && len(f.Files) == 0 && len(f.Unread) == 0 && f.Expression == nil
}

// Inherit implements [collect.Inheritor].
func (*Collector) Inherit(found any, up string) any {
	f, ok := found.(*fact.Licences)
	if !ok {
		return found
	}
	for _, list := range [][]fact.Licence{f.Licences, f.Others} {
		for i := range list {
			list[i].Path = up + list[i].Path
		}
	}
	for i := range f.Files {
		f.Files[i] = up + f.Files[i]
	}
	for i := range f.Unread {
		f.Unread[i].Path = up + f.Unread[i].Path
	}
	if f.Expression != nil {
		f.Expression.Path = up + f.Expression.Path
	}
	return f
}

// The uses of files.
const (
	useLicence document.Use = 1 << iota
	useNotice
	useReadme // for what it says of the licence as a whole
)

// A content is what one file says.
type content struct {
	reading
	Says []saying `json:"s,omitempty"`
}

// A pass gathers the licences of one revision.
type pass struct {
	*document.Pass[content]

	files int // licence files, also those that are not read
}

// Begin implements [collect.TreeCollector].
func (c *Collector) Begin(_ *fact.Revision, _ *collect.Tree) collect.Pass {
	p := &pass{}
	p.Pass = document.NewPass(&document.Form[content]{
		Uses: p.uses, Telling: useLicence, Bytes: bytesOf, Cut: cut, Read: c.read,
	})
	return p
}

func (p *pass) uses(e *collect.Entry) document.Use {
	u := usesOf(e.Path)
	switch {
	case u != useLicence:
	case e.Regular():
		p.files++
	default:
		p.Note("odd", e.Path, "the licence file is a symbolic link and was not followed")
	}
	return u
}

// usesOf says what a file is good for by its path alone.
func usesOf(path string) document.Use {
	n := document.NameOf(path)
	switch {
	case n.Depth < 0 || n.Depth > 1:
	case n.Dir == "LICENSES" && n.Ext == "txt" && isException(n.Stem):
	case n.Dir == "LICENSES" && n.Ext == "txt", n.Place() == document.Root && isLicence(n.Base, n.Ext):
		return useLicence
	case n.Place() == document.Root && n.Stem == "notice" && n.Text():
		return useNotice
	case n.Place() == document.Root && n.Readme():
		return useReadme
	}
	return 0
}

// isException recognises the texts of exceptions below LICENSES/, which are no
// licences, by their names.
func isException(stem string) bool {
	return strings.Contains(stem, "exception") || stem == "linux-syscall-note"
}

// isLicence recognises licence files: LICENSE, LICENCE.md, LICENSE-MIT,
// LICENSE.Apache, MIT-LICENSE.txt, COPYING.LESSER, UNLICENSE …
func isLicence(base, ext string) bool {
	switch ext {
	case "tpl", "toml", "yml", "yaml", "json", "go", "rs", "py", "js", "sh", "html", "lock", "csv", "xml", "tmpl", "header", "spdx":
		return false
	}
	if strings.Contains(base, "header") || strings.Contains(base, "template") || strings.Contains(base, "third") {
		return false
	}
	for _, name := range []string{"license", "licence", "copying", "unlicense", "licenses", "licences"} {
		if rest, ok := strings.CutPrefix(base, name); ok && (rest == "" || rest[0] == '.' || rest[0] == '-' || rest[0] == '_') {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimSuffix(base, "."+ext), "-license")
}

func bytesOf(u document.Use) int64 {
	switch u {
	case useLicence:
		return limit.LicenceBytes
	case useReadme:
		return limit.ReasonBytes
	}
	return limit.PeopleBytes // more than a notice is looked at for
}

// cut is what is told of a file that was not read in whole: what is not read may change
// what is.
func cut(u document.Use) (content, bool) {
	if u == useLicence {
		return content{reading: reading{Licences: unnamed(), Why: "it is too long and was not read in whole"}}, true
	}
	return content{}, true
}

// read gives what a licence file, a notice or a README says; nothing of a notice
// that is not looked at.
func (c *Collector) read(path string, data []byte, u document.Use) (content, []fact.Note) {
	switch {
	case u == useReadme:
		return content{Says: sayingsIn(data)}, nil
	case u == useNotice && len(data) > limit.NoticeBytes:
		return content{}, nil
	}
	found := c.texts.recognise(data)
	if stem, ok := strings.CutPrefix(strings.TrimSuffix(path, ".txt"), "LICENSES/"); ok {
		found = reuseName(stem, found)
	}
	if isList(path) && !found.known() {
		return content{}, nil
	}
	return content{reading: found}, nil
}

// isList recognises the file LICENSES, which, where it is no text of a licence, is a
// list of what dependencies have.
func isList(path string) bool {
	low := strings.ToLower(path)
	return strings.HasPrefix(low, "licenses") && !strings.Contains(low, "/") || strings.HasPrefix(low, "licences") && !strings.Contains(low, "/")
}

// reuseName prefers the name of a file below LICENSES/, which by the REUSE
// specification is the identifier, where it says more than the text can: a
// text does not say whether "or later" holds.
func reuseName(stem string, found reading) reading {
	id := spdx.Expression(stem)
	if strings.HasPrefix(id, "LicenseRef-") && !found.known() {
		found.Licences = []fact.Licence{{SPDX: id}}
		return found
	}
	if id == "" || len(found.Licences) != 1 || spdx.Plain(id) != spdx.Plain(found.Licences[0].SPDX) {
		return found
	}
	found.Licences = []fact.Licence{{SPDX: id, Confidence: found.Licences[0].Confidence}}
	return found
}

// Finish implements [collect.Pass]. It never fails.
func (p *pass) Finish() (any, error) {
	p.Sort()
	f := &fact.Licences{Licences: licencesOf(p.Files), Others: othersOf(p.Files), Expression: expressionOf(p.Files)}
	for _, file := range p.For(useLicence) {
		f.Files = append(f.Files, file.Path)
		if !file.Read.known() && len(file.Read.Licences) > 0 {
			p.Unread(file.Path, useLicence, file.Read.Why)
		}
	}
	f.Unread = p.NotUnderstood(len(f.Licences) > 0, nil, nil)
	if p.files > limit.UseFiles {
		p.Note(errkind.Limit, "", fmt.Sprintf("only the first %d of %d licence files were read", limit.UseFiles, p.files))
		f.Expression = nil
	}
	if slices.ContainsFunc(f.Unread, missing) {
		f.Expression = nil
	}
	f.Notes = p.Notes()
	return f, nil
}

// missing reports whether what was not read is a file that may hold for the repository.
func missing(u fact.UnreadDocument) bool {
	return u.Cause == fact.CauseMissing && !strings.Contains(u.Path, "/") && roleOf(u.Path).stands()
}
