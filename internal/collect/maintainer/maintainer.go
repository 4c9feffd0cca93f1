// Package maintainer collects who maintains a repository: from its maintainers
// file (text, TOML, YAML, JSON), OWNERS, the section of its README, the tables of its
// governance, CODEOWNERS.
//
// Where several files name a person, the first that does is told, in that order, and
// completed by the others. Code owners have that as their duty. Whoever is named in
// another is kept apart: reviewers, people who have left, contacts, authors. E-mail
// addresses are never kept.
package maintainer

import (
	"slices"
	"sort"
	"strings"

	"assay/internal/collect"
	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/lazyregexp"
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
func (Collector) Version() int { return 4 }

// The uses of files.
const (
	useList document.Use = 1 << iota
	useGovernance
	useOwners
	useAliases
	useCodeowners
	useOtherList // a list in a form that is not read
	useReadme    // for a section, and for what it points at
)

// A content is what one file says.
type content struct {
	People   []fact.Maintainer  `json:"m,omitempty"`
	Pointers []document.Pointer `json:"p,omitempty"`
	// Silence is why a list gave nobody.
	Silence fact.UnreadDocument `json:"s,omitzero"`
	// Owners may be aliases, which another file explains.
	Owners  []owner            `json:"o,omitempty"`
	Aliases map[string][]alias `json:"a,omitempty"`
}

// form is how the files are read.
var form = document.Form[content]{
	Uses:     func(e *collect.Entry) document.Use { return usesOf(e.Path) },
	Unopened: useOtherList, Telling: useList | useOwners | useOtherList, Bytes: bytesOf, Read: read,
}

// A pass gathers the people of one revision.
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
	case at == document.Elsewhere:
	case n.Readme():
		return useReadme
	case listName(&n) && (n.Text() || n.Data() || n.Ext == "toml" || n.Ext == "json" || n.Ext == "html"):
		return useList
	case n.Stem == "governance" && n.Text() && at != document.BelowDocs:
		return useGovernance
	case n.Stem == "maintainers" && n.OtherForm():
		return useOtherList
	case n.Stem == "owners" && n.Text() && at == document.Root:
		return useOwners
	case n.Base == "owners_aliases" && at == document.Root:
		return useAliases
	case n.Base == "codeowners" && at != document.BelowDocs:
		return useCodeowners
	}
	return 0
}

// listName recognises the names of lists of maintainers.
func listName(n *document.Name) bool {
	switch strings.ReplaceAll(n.Stem, "-", "_") {
	case "maintainers", "maintainer", "core_maintainers", "project_maintainers", "committers":
		return true
	}
	return false
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
	Section: lazyregexp.New(`^((the|our|project|core|current|active|lead|repository|code) )?maintainers$|^(approvers|committers|owners|governance) and maintainers$` +
		`|^maintainers and (approvers|committers|owners|governance|contributors)$`),
	Caption: lazyregexp.New(`^((the|our|project|core|current) )?maintainers( list| file)?$|^list of (\S+ )?maintainers$`),
	Target:  lazyregexp.New(`(?i)(^|/)maintainers(\.[a-z]+)?$`),
}

// read reads a file for its uses.
func read(path string, data []byte, u document.Use) (c content, notes []fact.Note) {
	switch u {
	case useReadme:
		blocks := markup.Blocks(data)
		c.Pointers, c.People = readmeIn(path, blocks)
	case useOwners:
		return ownersOf(path, data)
	case useAliases:
		var err error
		c.Aliases, err = aliasesIn(data)
		return c, noteOf(err)
	case useCodeowners:
		c.People = codeownersIn(path, data)
	case useGovernance:
		c.People = maintainersIn(path, markup.Blocks(data), true)
	default:
		return listIn(path, data)
	}
	return c, nil
}

// listIn reads a list of maintainers in the form that it has.
func listIn(path string, data []byte) (c content, notes []fact.Note) {
	n := document.NameOf(path)
	var err error
	switch {
	case n.Ext == "json":
		c.People, err = yamlPeople(path, markup.DataOfJSON(data))
		return c, noteOf(err)
	case n.Data():
		c.People, err = yamlPeople(path, data)
		return c, noteOf(err)
	case n.Ext == "toml":
		c.People, err = tomlPeople(path, data)
		return c, noteOf(err)
	case !n.Markdown():
		if c.People, _ = tomlPeople(path, data); len(c.People) > 0 { // else it is a text
			return c, nil
		}
	}
	blocks := markup.Blocks(data)
	if c.People = maintainersIn(path, blocks, false); len(c.People) == 0 {
		c.Silence = subject.Silence(data, blocks)
	}
	return c, nil
}

// readmeIn reads the sections of a README about maintainers; what they and other
// links point at beside is told apart.
func readmeIn(path string, blocks []markup.Block) ([]document.Pointer, []fact.Maintainer) {
	var people []fact.Maintainer
	pointers := subject.PointersIn(blocks)
	for _, section := range subject.Sections(blocks) {
		found := maintainersIn(path, section, false)
		people = append(people, found...)
		if len(found) > 0 {
			pointers = slices.DeleteFunc(pointers, func(p document.Pointer) bool {
				return p.Line == section[0].Line(0) && (p.Target == "" || profile.MatchString(p.Target))
			})
		}
	}
	return pointers, people
}

// Finish implements [collect.Pass]. It never fails.
func (p *pass) Finish() (any, error) {
	p.Sort()
	f := &fact.Maintainers{}
	all, files := p.people()
	f.Files = files
	for _, m := range all {
		if m.Duty == fact.DutyMaintainer || m.Duty == fact.DutyCodeOwner {
			f.Maintainers = append(f.Maintainers, m)
		} else {
			f.Others = append(f.Others, m)
		}
	}
	f.Unread = p.NotUnderstood(len(all) > 0, document.Pointers(p.For(useReadme), pointersOf), document.Among(f.Files))
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
			p.silent(f.Path, useList, f.Read.Silence)
		}
	}
	aliases, aliasPath := p.aliases()
	for _, f := range p.For(useOwners) {
		people := append(accountsOf(f.Path, f.Read.Owners, aliases, aliasPath), f.Read.People...)
		if take(f.Path, people); len(people) == 0 {
			p.silent(f.Path, useOwners, f.Read.Silence)
		}
	}
	for _, f := range p.For(useReadme) {
		if len(f.Read.People) > 0 {
			take(f.Path, f.Read.People)
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
		take(owned[0].Path, owned[0].Read.People)
	}
	return joinPeople(lists...), files
}

// ownersOf reads an OWNERS file, which may also be a text.
func ownersOf(path string, data []byte) (c content, notes []fact.Note) {
	var err error
	if c.Owners, err = ownersIn(data); len(c.Owners) > 0 {
		return c, nil
	}
	blocks := markup.Blocks(data)
	if c.People = maintainersIn(path, blocks, false); len(c.People) > 0 {
		return c, nil
	}
	c.Silence = subject.Silence(data, blocks)
	return c, noteOf(err)
}

// silent records a file that named nobody.
func (p *pass) silent(path string, u document.Use, why fact.UnreadDocument) {
	if why.Path = path; why.Why == "" {
		why.Why = "no person in it is recognised"
	}
	p.Silent(u, why)
}

// aliases are the names that OWNERS may use for several people.
func (p *pass) aliases() (aliases map[string][]alias, path string) {
	for _, f := range p.For(useAliases) {
		aliases, path = f.Read.Aliases, f.Path
	}
	return aliases, path
}
