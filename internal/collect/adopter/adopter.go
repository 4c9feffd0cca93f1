// Package adopter collects who has put themselves on a repository's list of
// adopters.
//
// Lists are Markdown and HTML (rows of tables, items, logos, headings that stand for
// an adopter, paragraphs that are names, records), YAML, JSON, comma-separated values, or a
// section of the README. Running text and instructions are no rows. A kind of use,
// and since when, is told only in the file's own words.
package adopter

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/collect"
	"assay/internal/document"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

// Name is the collector's name in the keys of its facts.
const Name = "adopter"

// Collector collects [fact.Adopters].
type Collector struct{}

// Name implements [collect.Collector].
func (Collector) Name() string { return Name }

// Version implements [collect.Collector].
func (Collector) Version() int { return 4 }

// The uses of files.
const (
	useList      document.Use = 1 << iota
	useOtherList              // a list in a form that is not read
	useReadme                 // for what it points at
)

// A content is what one file says.
type content struct {
	Rows     []fact.Adopter     `json:"a,omitempty"`
	Pointers []document.Pointer `json:"p,omitempty"`
	// Silence is why a list gave nothing.
	Silence fact.UnreadDocument `json:"s,omitzero"`
}

// form is how the files are read.
var form = document.Form[content]{
	Uses:     func(e *collect.Entry) document.Use { return usesOf(e.Path) },
	Unopened: useOtherList, Telling: useList | useOtherList, Bytes: bytesOf, Read: read,
}

// A pass gathers the lists of one revision.
type pass struct{ *document.Pass[content] }

// Begin implements [collect.TreeCollector].
func (Collector) Begin(_ *fact.Revision, _ *collect.Tree) collect.Pass {
	return &pass{document.NewPass(&form)}
}

// usesOf says what a file is good for by its path alone.
func usesOf(path string) document.Use {
	n := document.NameOf(path)
	at := n.Place()
	switch {
	case at == document.Elsewhere && !(n.Stem == "adopters" && onSite(&n)):
	case n.Readme():
		return useReadme
	case readable(&n) && adopterList(n.Stem), n.Text() && userList(n.Stem) && (at == document.Root || at == document.Docs && loud(&n)):
		return useList
	case n.Stem == "adopters" && n.OtherForm():
		return useOtherList
	}
	return 0
}

// readable reports whether lists of the form are read.
func readable(n *document.Name) bool {
	return n.Text() || n.Data() || n.Ext == "html" || n.Ext == "json" || n.Ext == "csv"
}

// onSite recognises the folders that hold a project's web site within its
// repository, where lists are kept as data or as a page; not those of its earlier
// versions.
func onSite(n *document.Name) bool {
	top, _, _ := strings.Cut(strings.ToLower(n.Dir), "/")
	switch top {
	case "website", "site", "web", "www", "content", "data", "hugo", "docs", "docs-site", "pages":
	default:
		return false
	}
	return n.Depth > 0 && n.Depth <= 5 && !document.Foreign(n.Dir) && !markup.HasWord(n.Dir, "version", "versioned", "i18n", "archive", "archived")
}

// adopterList recognises the name of a list of adopters; what else has their name is
// for those who write or show one.
func adopterList(stem string) bool {
	return markup.HasWord(stem, "adopters") && strings.HasPrefix(stem, "adopters") &&
		!markup.HasWord(stem, "schema", "config", "template", "example", "setting", "style", "test", "label", "workflow", "form", "filter", "column", "color")
}

// userList recognises the other names of a list of adopters, which are those of texts:
// data of such a name is about accounts.
func userList(stem string) bool {
	switch stem {
	case "users", "production-users", "production_users", "who-uses", "who_uses", "whoisusing", "who-is-using", "in_the_wild", "inthewild":
		return true
	}
	return false
}

// loud reports whether a name is in capitals, as those of lists are. Below docs/ a
// file "users" is more likely to be about accounts.
func loud(n *document.Name) bool { return strings.HasPrefix(n.Written, strings.ToUpper(n.Stem)) }

func bytesOf(u document.Use) int64 {
	if u == useReadme {
		return limit.ReasonBytes
	}
	return limit.AdoptersBytes
}

// subject is what a README is searched for.
var subject = document.Subject{
	Section: lazyregexp.New(`^(the |our )?adopters\b|^(\S+ ){0,3}adopters$|^(production )?adoption$|^who( s| is| are)? us(es|ing)\b|^used by$` +
		`|^((the|our|known|current|notable|prominent|featured|production|prominent \S+|(partners|integrations|customers) and( production)?) )?users$` +
		`|^(projects|products|companies|organi[sz]ations|people|teams) (that |who |which )?(are )?us(e|es|ing)\b|^trusted (by|in production)\b`),
	Caption: lazyregexp.New(`^(\S+ ){0,3}adopters( list| file| page)?$|^list of (\S+ )?adopters$|^who( s| is| are)? us(es|ing)\b`),
	Target:  lazyregexp.New(`(?i)(^|/)adopters(\.[a-z]+)?$`),
}

// read reads a file for its uses.
func read(path string, data []byte, u document.Use) (c content, notes []fact.Note) {
	var err error
	switch n := document.NameOf(path); {
	case u == useReadme:
		c.Pointers, c.Rows = readmeIn(path, markup.Blocks(data))
	case n.Data():
		c.Rows, err = yamlAdopters(path, data)
	case n.Ext == "json":
		c.Rows, err = jsonAdopters(path, data)
	case n.Ext == "csv":
		c.Rows, err = csvAdopters(path, data)
	default:
		blocks := markup.Blocks(data)
		if c.Rows = adoptersIn(path, blocks); len(c.Rows) == 0 {
			c.Silence = subject.Silence(data, blocks)
		}
	}
	if err != nil {
		notes = append(notes, document.Note(errkind.Of(err), err.Error()))
	}
	if len(c.Rows) == limit.DocumentRows {
		notes = append(notes, document.Note(errkind.Limit, fmt.Sprintf("only the first %d rows were kept", limit.DocumentRows)))
	}
	return c, notes
}

// readmeIn reads the sections of a README about adopters; what they and other links
// point at beside is told apart.
func readmeIn(path string, blocks []markup.Block) ([]document.Pointer, []fact.Adopter) {
	var rows []fact.Adopter
	pointers := subject.PointersIn(blocks)
	for _, section := range subject.Sections(blocks) {
		found := adoptersIn(path, section)
		rows = append(rows, found...)
		if len(found) > 0 {
			pointers = slices.DeleteFunc(pointers, func(p document.Pointer) bool {
				return p.Line == section[0].Line(0) && (p.Target == "" || leadsTo(found, p.Target))
			})
		}
	}
	return pointers, rows
}

// leadsTo reports whether an address is that of one of the adopters.
func leadsTo(rows []fact.Adopter, address string) bool {
	return slices.ContainsFunc(rows, func(r fact.Adopter) bool { return r.URL == address })
}

// Finish implements [collect.Pass]. It never fails.
func (p *pass) Finish() (any, error) {
	p.Sort()
	f := &fact.Adopters{}
	seen := map[string]bool{}
	for _, file := range slices.Concat(p.For(useList), p.For(useReadme)) {
		if file.Use&useList != 0 {
			f.Files = append(f.Files, file.Path)
			if len(file.Read.Rows) == 0 {
				p.silent(file.Path, file.Read.Silence)
			}
		}
		for _, r := range file.Read.Rows {
			if key := strings.ToLower(r.Name); !seen[key] { // each adopter once, by the first row
				seen[key] = true
				f.Adopters = append(f.Adopters, r)
			}
		}
	}
	f.Unread = p.NotUnderstood(len(f.Adopters) > 0, document.Pointers(p.For(useReadme), pointersOf), document.Among(f.Files))
	f.Notes = p.Notes()
	return f, nil
}

func pointersOf(c content) []document.Pointer { return c.Pointers }

// silent records a list that gave nothing.
func (p *pass) silent(path string, why fact.UnreadDocument) {
	if why.Path = path; why.Why == "" {
		why.Why = "no row of it is understood"
	}
	p.Silent(useList, why)
}
