// Package document collects what a repository says of itself: its licences,
// who has put themselves on its list of adopters, who maintains it, where its
// security policy is, and the sentences in which it gives a reason for the
// language it is written in.
//
// Each of these is read from the few files that projects by custom keep for it
// ([usesOf] has the list), in the forms that custom allows: Markdown tables and
// lists, YAML, and the line formats of OWNERS and CODEOWNERS. What a form
// leaves open is left out: running text is no list of adopters, and a kind of
// use is told only in the file's own words. Quotations are word for word.
//
// The files are written by strangers. All text taken from them is made one
// line without control characters and without characters that reorder or hide
// others, and is bounded in length; it is data and stays markup-free on no
// page by itself, so whoever renders it must escape it. E-mail addresses are
// never kept.
//
// Nothing found and nothing understood are two answers. What a custom name, or
// a section or link of the README, shows to be there and what could not be read
// is told apart (Documents.Unread).
package document

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

const (
	collectorName    = "document"
	collectorVersion = 3
)

// Name is the collector's name in the keys of its facts.
const Name = "document"

// A Collector collects [fact.Documents]. Make it with New; it may be used by
// several goroutines, and remembers licence texts between revisions.
type Collector struct {
	licences *recogniser
	markdown *markdown
}

// New makes a collector. Licence texts are loaded when the first licence file
// is read.
func New() *Collector {
	return &Collector{licences: newRecogniser(), markdown: newMarkdown()}
}

// Name implements [collect.Collector].
func (c *Collector) Name() string { return collectorName }

// Version implements [collect.Collector].
func (c *Collector) Version() int { return collectorVersion }

// Begin implements [collect.TreeCollector].
func (c *Collector) Begin(rev *fact.Revision, _ *collect.Tree) collect.Pass {
	return &pass{c: c, rev: rev, uses: map[string]use{}, counts: map[use]int{}}
}

// A pass gathers the parts of one revision; Finish puts them together.
type pass struct {
	c      *Collector
	rev    *fact.Revision
	uses   map[string]use // of the files wanted
	counts map[use]int    // files wanted by use
	texts  int64          // bytes wanted for reasons
	full   bool           // the bound on texts was reached

	licences    []licenceFile
	adopters    []adopterFile
	maintainers []peopleFile
	governance  []peopleFile
	owners      []rawFile
	aliases     []rawFile
	codeowners  []rawFile
	security    []string
	reasons     []reason
	pointers    []placedPointer
	unread      []fact.UnreadDocument
	symlinks    []placedUse
	notes       []fact.Note

	last []byte // the reading of the last File
}

// An adopterFile is a list of adopters read.
type adopterFile struct {
	path string
	rows []fact.Adopter
}

// A peopleFile is a maintainers file read.
type peopleFile struct {
	path   string
	people []fact.Maintainer
}

// A rawFile is a file that can only be read together with another.
type rawFile struct {
	path string
	data []byte
}

// Wants implements [collect.Pass].
func (p *pass) Wants(e *collect.Entry) int64 {
	u := usesOf(e.Path)
	if u == 0 {
		return 0
	}
	if u&useSecurity != 0 && e.Mode != 0o160000 {
		p.security = append(p.security, e.Path)
	}
	if !e.Regular() {
		if u&useLicence != 0 {
			p.note("odd", e.Path, "the licence file is a symbolic link and was not followed")
		}
		if e.Mode == gitrepo.ModeSymlink {
			p.symlinks = append(p.symlinks, placedUse{e.Path, u})
		}
		return 0
	}
	p.unreadFile(e.Path, u&byPath, "its form is not read")
	if u = p.affordable(u&^byPath, e.Size); u == 0 {
		return 0
	}
	p.uses[e.Path] = u
	return wanted(u)
}

// affordable drops the uses whose bound on files is reached.
func (p *pass) affordable(u use, size int64) use {
	for one := useLicence; one < useReasons; one <<= 1 {
		if u&one == 0 {
			continue
		}
		if p.counts[one]++; p.counts[one] > limit.UseFiles {
			u &^= one
		}
	}
	if u&useReasons != 0 {
		if p.counts[useReasons] >= limit.ReasonFiles || p.texts >= limit.ReasonTotal {
			p.full = true
			return u &^ useReasons
		}
		p.counts[useReasons]++
		p.texts += min(max(size, 0), limit.ReasonBytes)
	}
	return u
}

// wanted is how many bytes the most demanding of the uses needs.
func wanted(u use) int64 {
	n := int64(limit.PeopleBytes)
	if u&(useOwners|useAliases|useCodeowners) != 0 {
		n = max(n, limit.YamlBytes)
	}
	if u&useReasons != 0 {
		n = max(n, limit.ReasonBytes)
	}
	if u&useLicence != 0 {
		n = max(n, limit.LicenceBytes)
	}
	if u&useAdopters != 0 {
		n = max(n, limit.AdoptersBytes)
	}
	return n
}

// File implements [collect.Pass].
func (p *pass) File(e *collect.Entry, c collect.Content) {
	p.last = nil
	u := p.uses[e.Path]
	if u == 0 {
		return
	}
	if c.Missing {
		p.note(string(errkind.Corrupt), e.Path, "the blob is not in the mirror")
		p.unreadFile(e.Path, u, "its content is not in the mirror")
		return
	}
	r := p.c.read(e.Path, c.Data, u)
	if c.Truncated {
		r.note(errkind.Limit, fmt.Sprintf("only the first %d of %d bytes were read", len(c.Data), e.Size))
	}
	p.last = collect.ReadingOf(r)
	p.take(e.Path, u, r)
}

// Recall implements [collect.RecallingPass].
func (p *pass) Recall(e *collect.Entry, data []byte) bool {
	r := &content{}
	u := p.uses[e.Path]
	if json.Unmarshal(data, r) != nil || r.Uses != u {
		return false
	}
	p.take(e.Path, u, r)
	return true
}

// Reading implements [collect.RecallingPass].
func (p *pass) Reading() []byte { return p.last }

// take adds what a file says.
func (p *pass) take(path string, u use, r *content) {
	for _, n := range r.Notes {
		p.note(n.Kind, path, n.Text)
	}
	if len(r.Licences) > 0 {
		p.licences = append(p.licences, licenceFile{path: path, notice: u&useNotice != 0, found: r.Licences})
	}
	switch {
	case u&useOwners != 0:
		p.owners = append(p.owners, rawFile{path, r.Raw})
	case u&useAliases != 0:
		p.aliases = append(p.aliases, rawFile{path, r.Raw})
	case u&useCodeowners != 0:
		p.codeowners = append(p.codeowners, rawFile{path, r.Raw})
	}
	if u&useAdopters != 0 {
		p.adopters = append(p.adopters, adopterFile{path, r.Adopters})
	}
	if u&useMaintainers != 0 {
		p.maintainers = append(p.maintainers, peopleFile{path, r.Maintainers})
	}
	if u&useGovernance != 0 {
		p.governance = append(p.governance, peopleFile{path, r.Governance})
	}
	p.reasons = append(p.reasons, r.Reasons...)
	for _, at := range r.Pointers {
		p.pointers = append(p.pointers, placedPointer{path, at})
	}
}

// Finish implements [collect.Pass]. It never fails.
func (p *pass) Finish() (any, error) {
	p.inTreeOrder()
	d := &fact.Documents{Licences: licencesOf(p.licences), Reasons: bestReasons(p.reasons)}
	d.Adopters, d.AdopterFiles = oncePerName(p.adopters)
	d.Maintainers, d.MaintainerFiles = p.people()
	sort.SliceStable(p.security, func(i, j int) bool {
		if a, b := securityRank(p.security[i]), securityRank(p.security[j]); a != b {
			return a < b
		}
		return p.security[i] < p.security[j]
	})
	if len(p.security) > 0 {
		d.Security = p.security[0]
	}
	d.Unread = p.unreadable(d)
	if p.full {
		p.note(string(errkind.Limit), "", fmt.Sprintf("only the first %d texts were searched for reasons", p.counts[useReasons]))
	}
	slices.SortStableFunc(p.notes, func(a, b fact.Note) int {
		return cmp.Or(cmp.Compare(a.Evidence.Path, b.Evidence.Path), cmp.Compare(a.Text, b.Text))
	})
	d.Notes = p.notes[:min(len(p.notes), limit.DocumentNotes)]
	return d, nil
}

// inTreeOrder sorts what was read: files with one blob come together, which is
// not the order of the tree.
func (p *pass) inTreeOrder() {
	sort.SliceStable(p.adopters, func(i, j int) bool { return p.adopters[i].path < p.adopters[j].path })
	for _, list := range [][]peopleFile{p.maintainers, p.governance} {
		sort.SliceStable(list, func(i, j int) bool { return list[i].path < list[j].path })
	}
	for _, list := range [][]rawFile{p.aliases, p.owners, p.codeowners} {
		sort.SliceStable(list, func(i, j int) bool { return list[i].path < list[j].path })
	}
}

// oncePerName keeps the first row of each adopter, and the files read.
func oncePerName(files []adopterFile) (all []fact.Adopter, paths []string) {
	seen := map[string]bool{}
	for _, f := range files {
		paths = append(paths, f.path)
		for _, r := range f.rows {
			if key := strings.ToLower(r.Name); !seen[key] {
				seen[key] = true
				all = append(all, r)
			}
		}
	}
	return all, paths
}

// people joins the maintainers of all files, those that say most first.
func (p *pass) people() (all []fact.Maintainer, files []string) {
	var lists [][]fact.Maintainer
	take := func(path string, people []fact.Maintainer) {
		files = append(files, path)
		lists = append(lists, people)
	}
	for _, f := range p.maintainers {
		take(f.path, f.people)
	}
	var aliases map[string][]alias
	aliasPath := ""
	for _, f := range p.aliases {
		found, err := aliasesIn(f.data)
		if err != nil {
			p.note(string(errkind.Of(err)), f.path, err.Error())
		}
		aliases, aliasPath = found, f.path
	}
	for _, f := range p.owners {
		people, err := ownersIn(f.path, f.data, aliases, aliasPath)
		if err != nil {
			p.note(string(errkind.Of(err)), f.path, err.Error())
		}
		if take(f.path, people); len(people) == 0 {
			p.unreadFile(f.path, useOwners, "no person in it is recognised")
		}
	}
	for _, f := range p.governance {
		if len(f.people) > 0 {
			take(f.path, f.people)
		}
	}
	sort.SliceStable(p.codeowners, func(i, j int) bool {
		return codeownersRank(p.codeowners[i].path) < codeownersRank(p.codeowners[j].path)
	})
	if len(p.codeowners) > 0 { // the forge obeys one only
		f := p.codeowners[0]
		take(f.path, codeownersIn(f.path, f.data))
	}
	return joinPeople(lists...), files
}

// note records what a reader should know.
func (p *pass) note(kind, path, text string) {
	ev := fact.Evidence{Path: path}
	if p.rev != nil {
		ev.Repo, ev.Commit = p.rev.Repo, p.rev.Commit
	}
	p.notes = append(p.notes, fact.Note{Kind: kind, Text: text, Evidence: ev})
}
