// Package adopter collects who has put themselves on a repository's list of
// adopters.
//
// Lists are Markdown (rows of tables, items, headings that stand for an adopter,
// paragraphs that open with a name in bold) or YAML. Running text and instructions
// are no rows. A kind of use is told only in the file's own words.
package adopter

import (
	"fmt"
	"regexp"
	"strings"

	"assay/internal/collect"
	"assay/internal/document"
	"assay/internal/errkind"
	"assay/internal/fact"
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
func (Collector) Version() int { return 2 }

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
}

// form is how the files are read.
var form = document.Form[content]{
	Uses:     func(e *collect.Entry) document.Use { return usesOf(e.Path) },
	Unopened: useOtherList, Telling: useList | useOtherList, Bytes: bytesOf, Read: read,
}

// A pass gathers the lists of one revision.
type pass struct{ *document.Pass[content] }

// Begin implements [collect.TreeCollector].
func (Collector) Begin(rev *fact.Revision, _ *collect.Tree) collect.Pass {
	return &pass{document.NewPass(rev, &form)}
}

// usesOf says what a file is good for by its path alone.
func usesOf(path string) document.Use {
	n := document.NameOf(path)
	at := n.Place()
	switch {
	case at == document.Elsewhere:
	case n.Readme():
		return useReadme
	case (strings.HasPrefix(n.Stem, "adopters") || at == document.Root && userList(n.Stem)) && (n.Text() || n.Data()):
		return useList
	case n.Stem == "adopters" && n.OtherForm():
		return useOtherList
	}
	return 0
}

// userList recognises the other names of a list of adopters. Below docs/ a
// file "users" is more likely to be about accounts.
func userList(stem string) bool {
	switch stem {
	case "users", "production-users", "production_users", "who-uses", "who_uses", "whoisusing", "who-is-using", "in_the_wild", "inthewild":
		return true
	}
	return false
}

func bytesOf(u document.Use) int64 {
	if u == useReadme {
		return limit.ReasonBytes
	}
	return limit.AdoptersBytes
}

// subject is what a README is searched for.
var subject = document.Subject{
	Section: regexp.MustCompile(`^(the |our )?adopters\b|^(\S+ ){0,3}adopters$|^(production )?adoption$|^who( s| is| are)? us(es|ing)\b|^used by$` +
		`|^((the|our|known|current|notable|prominent|featured|production|prominent \S+|(partners|integrations|customers) and( production)?) )?users$` +
		`|^(projects|products|companies|organi[sz]ations|people|teams) (that |who |which )?(are )?us(e|es|ing)\b|^trusted (by|in production)\b`),
	Caption: regexp.MustCompile(`^(\S+ ){0,3}adopters( list| file| page)?$|^list of (\S+ )?adopters$|^who( s| is| are)? us(es|ing)\b`),
	Target:  regexp.MustCompile(`(?i)(^|/)adopters(\.[a-z]+)?$`),
}

// read reads a file for its uses.
func read(path string, data []byte, u document.Use) (c content, notes []fact.Note) {
	switch {
	case u == useReadme:
		c.Pointers = subject.PointersIn(markup.Blocks(data))
	case document.IsYAML(path):
		rows, err := yamlAdopters(path, data)
		if err != nil {
			notes = append(notes, document.Note(errkind.Of(err), err.Error()))
		}
		c.Rows = rows
	default:
		c.Rows = adoptersIn(path, markup.Blocks(data))
	}
	if len(c.Rows) == limit.DocumentRows {
		notes = append(notes, document.Note(errkind.Limit, fmt.Sprintf("only the first %d rows were kept", limit.DocumentRows)))
	}
	return c, notes
}

// Finish implements [collect.Pass]. It never fails.
func (p *pass) Finish() (any, error) {
	p.Sort()
	f := &fact.Adopters{}
	seen := map[string]bool{}
	for _, file := range p.For(useList) {
		f.Files = append(f.Files, file.Path)
		if len(file.Read.Rows) == 0 {
			p.Unread(file.Path, useList, "no row of it is understood")
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
