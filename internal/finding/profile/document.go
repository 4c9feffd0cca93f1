package profile

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/words"
)

// Documents is what the repositories of a project say of themselves. A nil
// list is unknown (no repository was read for it). An empty one means that
// nothing was found, unless Unread has something of its kind: then it is unknown
// too, and a list with entries may have more.
type Documents struct {
	Licences    []Licence    `json:"licences"` // of the primary repository; of all when that was not read
	Adopters    []Adopter    `json:"adopters"`
	Maintainers []Maintainer `json:"maintainers"`
	// Security is the security policies, that of the primary repository first.
	Security []fact.Evidence `json:"security"`
	// Unread is what was found and not understood.
	Unread []Unread `json:"unread,omitempty"`
	// Repositories counts the repositories whose documents were read.
	Repositories int         `json:"repositories"`
	Notes        []fact.Note `json:"notes,omitempty"`
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

// An Adopter is an organisation that a project's adopters file names.
type Adopter struct {
	Name     string        `json:"name"`
	URL      string        `json:"url,omitempty"`
	Kind     string        `json:"kind,omitempty"` // as the file says
	Evidence fact.Evidence `json:"evidence"`
}

// A Maintainer is a person or team that a maintainers or owners file names.
type Maintainer struct {
	Name         string        `json:"name,omitempty"`
	Handle       string        `json:"handle,omitempty"`
	Organisation string        `json:"organisation,omitempty"`
	Evidence     fact.Evidence `json:"evidence"`
}

// documents joins what the repositories say. What several files say of the
// same organisation or person counts once, in the repository with the
// strongest reason.
func (ix *index) documents(repos []Repository) Documents {
	var all Documents
	j := joiner{all: &all, seen: map[string]bool{}, read: map[string]bool{}}
	for i := range repos {
		r := &repos[i]
		d := documentsOf(ix.facts, ix.opts, r)
		if d == nil {
			continue
		}
		if all.Repositories == 0 {
			all.Licences, all.Adopters, all.Maintainers = []Licence{}, []Adopter{}, []Maintainer{}
			all.Security = []fact.Evidence{}
		}
		all.Repositories++
		j.add(r, d)
	}
	all.Unread = slices.DeleteFunc(all.Unread, j.answered)
	return all
}

type joiner struct {
	all     *Documents
	seen    map[string]bool
	read    map[string]bool // the owners of the repositories, and the files read: owner, owner/name/path
	primary bool            // the licences are those of a primary repository
}

func (j *joiner) add(r *Repository, d *fact.Documents) {
	j.licences(r, d)
	if d.Security != "" {
		j.all.Security = append(j.all.Security, r.At(d.Security, false))
	}
	for _, a := range d.Adopters {
		if j.first("adopter", a.Name) {
			j.all.Adopters = append(j.all.Adopters, Adopter{a.Name, a.URL, a.Kind, r.Line(a.Path, a.Line)})
		}
	}
	for _, m := range d.Maintainers {
		if lessThanMaintainer(m.Role) {
			continue
		}
		if j.first("maintainer", cmp.Or(m.Handle, m.Name)) {
			j.all.Maintainers = append(j.all.Maintainers, Maintainer{m.Name, m.Handle, m.Organisation, r.Line(m.Path, m.Line)})
		}
	}
	for _, u := range d.Unread {
		if u.Kind != fact.DocumentLicence || r.IsCode() && (r.Reason == fact.Primary || !j.primary) {
			j.all.Unread = append(j.all.Unread, Unread{u.Kind, u.Target, u.Why, r.Line(u.Path, u.Line)})
		}
	}
	for _, id := range []fact.RepoID{r.ID, r.FoundAs} {
		if id == "" {
			continue
		}
		j.read[ownerKey(id)] = true
		for _, file := range slices.Concat(d.AdopterFiles, d.MaintainerFiles, []string{d.Security}) {
			j.read[id.Key()+"/"+file] = true
		}
	}
	j.all.Notes = append(j.all.Notes, r.placed(d.Notes)...)
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
	return j.read[id.Key()+"/"+m[2]] || !j.read[ownerKey(id)]
}

func ownerKey(id fact.RepoID) string { return strings.ToLower(id.Host() + "/" + id.Owner()) }

// lessThanMaintainer reports whether a role is one of looking at changes only:
// reviewers of an OWNERS file, code owners of single paths.
func lessThanMaintainer(role string) bool { return role == "reviewer" || role == "code owner" }

// licences keeps those of the primary repository, or where there is none of
// all, each licence once.
func (j *joiner) licences(r *Repository, d *fact.Documents) {
	if j.primary && r.Reason != fact.Primary {
		return
	}
	if r.Reason == fact.Primary && !j.primary {
		j.all.Licences, j.primary = []Licence{}, true
		j.all.Unread = slices.DeleteFunc(j.all.Unread, func(u Unread) bool { return u.Kind == fact.DocumentLicence })
	}
	for _, l := range d.Licences {
		known := slices.ContainsFunc(j.all.Licences, func(x Licence) bool { return x.SPDX == l.SPDX })
		if r.IsCode() && !known {
			j.all.Licences = append(j.all.Licences, Licence{l.SPDX, l.Confidence, r.At(l.Path, false)})
		}
	}
}

func (j *joiner) first(what, name string) bool {
	key := what + "\x00" + words.Fold(name)
	if name == "" || j.seen[key] {
		return false
	}
	j.seen[key] = true
	return true
}
