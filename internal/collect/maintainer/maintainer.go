// Package maintainer collects who maintains a repository: from its maintainers
// file, OWNERS, the tables of its governance, CODEOWNERS.
//
// Where several files name a person, the first that does is told, in that order, and
// completed by the others. Reviewers and code owners have that as their role.
// E-mail addresses are never kept.
package maintainer

import (
	"regexp"
	"sort"

	"assay/internal/collect"
	"assay/internal/document"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
)

// Name is the collector's name in the keys of its facts.
const Name = "maintainer"

// Collector collects [fact.Maintainers].
type Collector struct{}

// Name implements [collect.Collector].
func (Collector) Name() string { return Name }

// Version implements [collect.Collector].
func (Collector) Version() int { return 2 }

// The uses of files.
const (
	useList document.Use = 1 << iota
	useGovernance
	useOwners
	useAliases
	useCodeowners
	useOtherList // a list in a form that is not read
	useReadme    // for what it points at
)

// A content is what one file says.
type content struct {
	People   []fact.Maintainer  `json:"m,omitempty"`
	Pointers []document.Pointer `json:"p,omitempty"`
	// Raw is a file that can only be understood together with others.
	Raw []byte `json:"raw,omitempty"`
}

// form is how the files are read.
var form = document.Form[content]{
	Uses:     func(e *collect.Entry) document.Use { return usesOf(e.Path) },
	Unopened: useOtherList, Telling: useList | useOwners | useOtherList, Bytes: bytesOf, Read: read,
}

// A pass gathers the people of one revision.
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
	case (n.Stem == "maintainers" || n.Stem == "maintainer") && n.Text():
		return useList
	case n.Stem == "governance" && n.Text() && at != document.BelowDocs:
		return useGovernance
	case n.Stem == "maintainers" && (n.Data() || n.OtherForm()):
		return useOtherList
	case n.Base == "owners" && at == document.Root:
		return useOwners
	case n.Base == "owners_aliases" && at == document.Root:
		return useAliases
	case n.Base == "codeowners" && at != document.BelowDocs:
		return useCodeowners
	}
	return 0
}

func bytesOf(u document.Use) int64 {
	switch u {
	case useReadme:
		return limit.ReasonBytes
	case useOwners, useAliases, useCodeowners:
		return limit.YamlBytes
	}
	return limit.PeopleBytes
}

// subject is what a README is searched for.
var subject = document.Subject{
	Section: regexp.MustCompile(`^((the|our|project|core|current|active|lead|repository|code) )?maintainers$|^(approvers|committers|owners|governance) and maintainers$` +
		`|^maintainers and (approvers|committers|owners|governance|contributors)$`),
	Caption: regexp.MustCompile(`^((the|our|project|core|current) )?maintainers( list| file)?$|^list of (\S+ )?maintainers$`),
	Target:  regexp.MustCompile(`(?i)(^|/)maintainers(\.[a-z]+)?$`),
}

// read reads a file for its uses.
func read(path string, data []byte, u document.Use) (c content, notes []fact.Note) {
	switch u {
	case useReadme:
		c.Pointers = subject.PointersIn(markup.Blocks(data))
	case useOwners, useAliases, useCodeowners:
		c.Raw = append([]byte(nil), data...)
	default:
		c.People = maintainersIn(path, markup.Blocks(data), u == useGovernance)
	}
	return c, nil
}

// Finish implements [collect.Pass]. It never fails.
func (p *pass) Finish() (any, error) {
	p.Sort()
	f := &fact.Maintainers{}
	f.Maintainers, f.Files = p.people()
	f.Unread = p.NotUnderstood(len(f.Maintainers) > 0, document.Pointers(p.For(useReadme), pointersOf), document.Among(f.Files))
	f.Notes = p.Notes()
	return f, nil
}

func pointersOf(c content) []document.Pointer { return c.Pointers }

// people joins the maintainers of all files, those that say most first.
func (p *pass) people() (all []fact.Maintainer, files []string) {
	var lists [][]fact.Maintainer
	take := func(path string, people []fact.Maintainer) {
		files = append(files, path)
		lists = append(lists, people)
	}
	for _, f := range p.For(useList) {
		if take(f.Path, f.Read.People); len(f.Read.People) == 0 {
			p.Unread(f.Path, useList, "no person in it is recognised")
		}
	}
	aliases, aliasPath := p.aliases()
	for _, f := range p.For(useOwners) {
		people, err := ownersIn(f.Path, f.Read.Raw, aliases, aliasPath)
		if err != nil {
			p.Note(errkind.Of(err), f.Path, err.Error())
		}
		if take(f.Path, people); len(people) == 0 {
			p.Unread(f.Path, useOwners, "no person in it is recognised")
		}
	}
	for _, f := range p.For(useGovernance) {
		if len(f.Read.People) > 0 {
			take(f.Path, f.Read.People)
		}
	}
	owned := p.For(useCodeowners)
	sort.SliceStable(owned, func(i, j int) bool { return codeownersRank(owned[i].Path) < codeownersRank(owned[j].Path) })
	if len(owned) > 0 { // the forge obeys one only
		take(owned[0].Path, codeownersIn(owned[0].Path, owned[0].Read.Raw))
	}
	return joinPeople(lists...), files
}

// aliases reads the names that OWNERS may use for several people.
func (p *pass) aliases() (aliases map[string][]alias, path string) {
	for _, f := range p.For(useAliases) {
		found, err := aliasesIn(f.Read.Raw)
		if err != nil {
			p.Note(errkind.Of(err), f.Path, err.Error())
		}
		aliases, path = found, f.Path
	}
	return aliases, path
}
