// Package policy collects what a repository says of how it is worked on: where its
// security policy is, and the sentences in which it gives a reason for the language
// it is written in.
//
// A security policy is a path; nobody reads it. Reasons are quoted word for word
// from the Markdown files in which projects explain themselves. E-mail addresses are
// never kept.
package policy

import (
	"cmp"
	"fmt"
	"slices"

	"assay/internal/collect"
	"assay/internal/document"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

// Name is the collector's name in the keys of its facts.
const Name = "policy"

// Collector collects [fact.Policy].
type Collector struct{}

// Name implements [collect.Collector].
func (Collector) Name() string { return Name }

// Version implements [collect.Collector].
func (Collector) Version() int { return 3 }

// The uses of files.
const (
	useSecurity document.Use = 1 << iota // only its path matters
	useReadme                            // for what it points at
	useReasons
)

// A content is what one file says.
type content struct {
	Reasons  []reason           `json:"r,omitempty"`
	Pointers []document.Pointer `json:"p,omitempty"`
}

// A pass gathers what one revision says.
type pass struct {
	*document.Pass[content]
	security []string // paths
	texts    int      // wanted for reasons
	bytes    int64    // of them
	full     bool     // the bound on texts was reached
}

// Begin implements [collect.TreeCollector].
func (Collector) Begin(_ *fact.Revision, _ *collect.Tree) collect.Pass {
	p := &pass{}
	p.Pass = document.NewPass(&document.Form[content]{
		Uses: p.uses, Many: useReasons, Bytes: bytesOf, Read: read,
	})
	return p
}

// uses says what an entry is to be read for.
func (p *pass) uses(e *collect.Entry) document.Use {
	u := usesOf(e.Path)
	if u&useSecurity != 0 && e.Mode != gitrepo.ModeSubmodule {
		p.security = append(p.security, e.Path)
	}
	if u&useReasons != 0 && e.Regular() && !p.affords(e.Size) {
		u &^= useReasons
	}
	return u &^ useSecurity
}

// affords counts a text that may give reasons, unless there were enough.
func (p *pass) affords(size int64) bool {
	if p.texts >= limit.ReasonFiles || p.bytes >= limit.ReasonTotal {
		p.full = true
		return false
	}
	p.texts++
	p.bytes += min(max(size, 0), limit.ReasonBytes)
	return true
}

func bytesOf(document.Use) int64 { return limit.ReasonBytes }

// subject is what a README is searched for.
var subject = document.Subject{
	Section: lazyregexp.New(`^security (policy|vulnerabilit(y|ies)|disclosures?|reports?|reporting|contacts?)$|^vulnerability (reporting|reports?|disclosure)\b` +
		`|^report(ing)? (a |an )?(security|vulnerabilit)`),
	Caption: lazyregexp.New(`^((the|our) )?(security|vulnerability)( disclosure| reporting| response)? (policy|process)$`),
	Target:  lazyregexp.New(`(?i)(^|/)(security\.[a-z]+|security/policy)$`),
}

// read reads a file for its uses, which need the text's structure: it is made once.
func read(path string, data []byte, u document.Use) (c content, _ []fact.Note) {
	if u&useReasons != 0 && !worthReading(data) {
		u &^= useReasons
	}
	if u == 0 {
		return c, nil
	}
	blocks := markup.Blocks(data)
	if u&useReadme != 0 {
		c.Pointers = subject.PointersIn(blocks)
	}
	if u&useReasons != 0 {
		c.Reasons = reasonsIn(path, blocks)
	}
	return c, nil
}

// Finish implements [collect.Pass]. It never fails.
func (p *pass) Finish() (any, error) {
	p.Sort()
	f := &fact.Policy{}
	slices.SortFunc(p.security, func(a, b string) int {
		return cmp.Or(cmp.Compare(securityRank(a), securityRank(b)), cmp.Compare(a, b))
	})
	if len(p.security) > 0 {
		f.Security = p.security[0]
	}
	var reasons []reason
	for _, file := range p.Files {
		reasons = append(reasons, file.Read.Reasons...)
	}
	f.Reasons = bestReasons(reasons)
	there := func(string) bool { return f.Security != "" }
	f.Unread = p.NotUnderstood(f.Security != "", document.Pointers(p.Files, pointersOf), there)
	if p.full {
		p.Note(errkind.Limit, "", fmt.Sprintf("only the first %d texts were searched for reasons", p.texts))
	}
	f.Notes = p.Notes()
	return f, nil
}

func pointersOf(c content) []document.Pointer { return c.Pointers }
