package profile

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/words"
)

// Documents is what the repositories of a project say of themselves. A nil
// list is unknown (no repository was read for it). An empty one means that
// nothing was found, unless Unread has something of its kind: then it is unknown
// too, and a list with entries may have more.
type Documents struct {
	Licences []Licence `json:"licences"` // of the primary repository; of all when that was not read
	// Expression is how the licences belong together, where the repository they are of
	// says so; nil where it does not.
	Expression  *Expression  `json:"expression,omitempty"`
	Adopters    []Adopter    `json:"adopters"`
	Maintainers []Maintainer `json:"maintainers"`
	// Security is the security policies, that of the primary repository first.
	Security []fact.Evidence `json:"security"`
	// Unread is what was found and not understood.
	Unread []Unread `json:"unread,omitempty"`
	// Repositories counts the repositories whose documents were read.
	Repositories int         `json:"repositories"`
	Notes        []fact.Note `json:"notes,omitempty"`

	// read counts, of Repositories, those read for documents of a kind.
	read map[fact.DocumentKind]int
}

// Known reports whether a repository was read for documents of a kind.
func (d *Documents) Known(kind fact.DocumentKind) bool {
	switch kind {
	case fact.DocumentLicence:
		return d.Licences != nil
	case fact.DocumentAdopters:
		return d.Adopters != nil
	case fact.DocumentMaintainers:
		return d.Maintainers != nil
	case fact.DocumentSecurity:
		return d.Security != nil
	}
	return false
}

// gap counts what may hold more documents of a kind: those that were found and not
// understood, and repositories that were read for others alone.
func (d *Documents) gap(kind fact.DocumentKind) quantity.Gap {
	return quantity.Gap{Partial: len(d.UnreadOf(kind)) + d.Repositories - d.read[kind]}
}

// An Unread is a file, a section of a README or a link, of which nothing is
// understood but what it is about.
type Unread struct {
	Kind     fact.DocumentKind `json:"kind"`
	Target   string            `json:"target,omitempty"` // where it leads, as it says
	Why      string            `json:"why"`
	Evidence fact.Evidence     `json:"evidence"`
}

// UnreadOf is what of a kind was found and not understood.
func (d *Documents) UnreadOf(kind fact.DocumentKind) []Unread {
	var all []Unread
	for _, u := range d.Unread {
		if u.Kind == kind {
			all = append(all, u)
		}
	}
	return all
}

// A Licence is a licence with the text it was recognised by.
type Licence struct {
	SPDX       string        `json:"spdx"`
	Confidence float64       `json:"confidence"`
	Evidence   fact.Evidence `json:"evidence"`
}

// An Expression is an SPDX expression, and what says so.
type Expression struct {
	SPDX     string        `json:"spdx"`
	Why      string        `json:"why"`
	Evidence fact.Evidence `json:"evidence"`
}

// An Adopter is an organisation that a project's adopters file names.
type Adopter struct {
	Name     string        `json:"name"`
	URL      string        `json:"url,omitempty"`
	Kind     string        `json:"kind,omitempty"`  // as the file says
	Since    string        `json:"since,omitempty"` // likewise
	Evidence fact.Evidence `json:"evidence"`
}

// A Maintainer is a person or team. They are named because a file of the project
// lists them: its path and line are the evidence.
type Maintainer struct {
	Name         string        `json:"name,omitempty"`
	Handle       string        `json:"handle,omitempty"`
	Organisation string        `json:"organisation,omitempty"`
	Evidence     fact.Evidence `json:"evidence"`
}

// said is what a repository says of itself; what is nil is unknown.
type said struct {
	licences    *fact.Licences
	adopters    *fact.Adopters
	maintainers *fact.Maintainers
	policy      *fact.Policy
}

func (ix *index) said(r *Repository) said {
	if !heard(r, ix.opts) {
		return said{}
	}
	return said{
		measured(ix.facts.Licences, r), measured(ix.facts.Adopters, r),
		measured(ix.facts.Maintainers, r), measured(ix.facts.Policies, r),
	}
}

// documents joins what the repositories say. What several files say of the
// same organisation or person counts once, in the repository with the
// strongest reason.
func (ix *index) documents(repos []Repository) Documents {
	all := Documents{read: map[fact.DocumentKind]int{}}
	j := joiner{all: &all, components: ix.facts.Components, seen: map[string]bool{}, files: map[string]bool{}}
	for i := range repos {
		if s := ix.said(&repos[i]); s != (said{}) {
			all.Repositories++
			j.add(&repos[i], s)
		}
	}
	all.Unread = slices.DeleteFunc(all.Unread, j.answered)
	return all
}

type joiner struct {
	all        *Documents
	components map[string]*fact.Components
	seen       map[string]bool
	files      map[string]bool // the owners of the repositories, and the files read: owner, owner/name/path
	primary    bool            // the licences are those of a primary repository
}

func (j *joiner) add(r *Repository, s said) {
	j.owned(r)
	var notes []fact.Note
	if s.adopters != nil {
		j.adopters(r, s.adopters)
		notes = append(notes, s.adopters.Notes...)
	}
	if s.licences != nil {
		j.licences(r, s.licences)
		notes = append(notes, s.licences.Notes...)
	}
	if s.maintainers != nil {
		j.maintainers(r, s.maintainers)
		notes = append(notes, s.maintainers.Notes...)
	}
	if s.policy != nil {
		j.policy(r, s.policy)
		notes = append(notes, s.policy.Notes...)
	}
	j.notes(r, notes)
}

// notes adds those of a repository in the order of its files. Several collectors may
// note the same of one file.
func (j *joiner) notes(r *Repository, notes []fact.Note) {
	slices.SortStableFunc(notes, func(a, b fact.Note) int {
		return cmp.Or(cmp.Compare(a.Evidence.Path, b.Evidence.Path), cmp.Compare(a.Text, b.Text))
	})
	j.all.Notes = append(j.all.Notes, r.placed(slices.Compact(notes))...)
}

func (j *joiner) adopters(r *Repository, f *fact.Adopters) {
	known(j, fact.DocumentAdopters, &j.all.Adopters)
	for _, a := range f.Adopters {
		if j.first("adopter", a.Name) {
			j.all.Adopters = append(j.all.Adopters, Adopter{a.Name, a.URL, a.Kind, a.Since, r.Line(a.Path, a.Line)})
		}
	}
	j.unread(r, fact.DocumentAdopters, f.Unread)
	j.owned(r, f.Files...)
}

func (j *joiner) maintainers(r *Repository, f *fact.Maintainers) {
	known(j, fact.DocumentMaintainers, &j.all.Maintainers)
	for _, m := range f.Maintainers {
		if m.Duty != fact.DutyMaintainer {
			continue
		}
		if j.firstPerson(m.Name, m.Handle) {
			j.all.Maintainers = append(j.all.Maintainers, Maintainer{m.Name, m.Handle, m.Organisation, r.Line(m.Path, m.Line)})
		}
	}
	j.unread(r, fact.DocumentMaintainers, f.Unread)
	j.owned(r, f.Files...)
}

func (j *joiner) policy(r *Repository, f *fact.Policy) {
	known(j, fact.DocumentSecurity, &j.all.Security)
	if f.Security != "" {
		j.all.Security = append(j.all.Security, r.At(f.Security, false))
		j.owned(r, f.Security)
	}
	j.unread(r, fact.DocumentSecurity, f.Unread)
}

// licences keeps those of the primary repository, or where there is none of
// all, each licence once.
func (j *joiner) licences(r *Repository, f *fact.Licences) {
	known(j, fact.DocumentLicence, &j.all.Licences)
	if j.primary && r.Reason != fact.Primary {
		return
	}
	if r.Reason == fact.Primary && !j.primary {
		j.all.Licences, j.all.Expression, j.primary = []Licence{}, nil, true
		j.all.Unread = slices.DeleteFunc(j.all.Unread, func(u Unread) bool { return u.Kind == fact.DocumentLicence })
	}
	if !r.IsCode() {
		return
	}
	for _, l := range f.Licences {
		if !slices.ContainsFunc(j.all.Licences, func(x Licence) bool { return x.SPDX == l.SPDX }) {
			j.all.Licences = append(j.all.Licences, Licence{l.SPDX, l.Confidence, r.At(l.Path, false)})
		}
	}
	j.unread(r, fact.DocumentLicence, f.Unread)
	if r.Reason == fact.Primary && j.all.Expression == nil {
		j.all.Expression = expression(r, f, measured(j.components, r))
	}
}

// known notes that a repository was read for a kind, of which list is what it says:
// an empty list is not an unknown one.
func known[T any](j *joiner, kind fact.DocumentKind, list *[]T) {
	j.all.read[kind]++
	if *list == nil {
		*list = []T{}
	}
}

func (j *joiner) unread(r *Repository, kind fact.DocumentKind, places []fact.UnreadDocument) {
	for _, u := range places {
		if !u.Open() {
			continue
		}
		j.all.Unread = append(j.all.Unread, Unread{kind, u.Target, u.Why, r.Line(u.Path, u.Line)})
	}
}

// owned notes the owner of a repository, and files of it that were read.
func (j *joiner) owned(r *Repository, files ...string) {
	for _, id := range []fact.RepoID{r.ID, r.FoundAs} {
		if id == "" {
			continue
		}
		j.files[ownerKey(id)] = true
		for _, file := range files {
			j.files[id.Key()+"/"+file] = true
		}
	}
}

// inRepository matches the address of a file in a repository on its host.
var inRepository = regexp.MustCompile(`^https?://([^/]+/[^/]+/[^/]+)/(?:-/)?(?:blob|tree|edit|raw)/[^/]+/([^?#]+)`)

// answered reports whether a link leads to a file that was read in another
// repository of the project, or to one of somebody else.
func (j *joiner) answered(u Unread) bool {
	m := inRepository.FindStringSubmatch(u.Target)
	if m == nil {
		return false
	}
	id := fact.RepoID(m[1])
	return j.files[id.Key()+"/"+m[2]] || !j.files[ownerKey(id)]
}

func ownerKey(id fact.RepoID) string { return strings.ToLower(id.Host() + "/" + id.Owner()) }

// firstPerson reports whether nobody of that account was listed yet, nor, where one of
// the two has no account, of that name.
func (j *joiner) firstPerson(name, account string) bool {
	fresh := j.first("account", account) || account == ""
	named, bare := "named\x00"+words.Fold(name), "bare\x00"+words.Fold(name)
	if name != "" && (j.seen[bare] || account == "" && j.seen[named]) {
		fresh = false
	}
	j.seen[named] = true
	if account == "" {
		j.seen[bare] = true
	}
	return fresh && (name != "" || account != "")
}

func (j *joiner) first(what, name string) bool {
	key := what + "\x00" + words.Fold(name)
	if name == "" || j.seen[key] {
		return false
	}
	j.seen[key] = true
	return true
}
