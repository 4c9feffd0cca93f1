package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
)

// A naming is a statement that an organisation is a project's.
type naming struct {
	project  int
	evidence fact.Evidence
	why      string
	final    bool // the user says so: nothing is asked further
	inferred bool // no source says so: it is told by the name
}

// A presence is who has repositories in an organisation besides the project
// that would have it.
type presence struct {
	project int    // -1: a project that the landscape does not have
	who     string // its name there
}

// An organisation gathers what the sources say of one owner.
type organisation struct {
	owner     string // host/name as first written
	namings   []naming
	presences []presence
}

// organisations are all owners, by key.
type organisations map[string]*organisation

func (o organisations) of(owner string) *organisation {
	key := strings.ToLower(owner)
	if o[key] == nil {
		o[key] = &organisation{owner: owner}
	}
	return o[key]
}

// name records that a source names owner as project's.
func (o organisations) name(owner string, project int, ev fact.Evidence, why string) {
	org := o.of(owner)
	org.namings = append(org.namings, naming{project: project, evidence: ev, why: why})
	o.present(owner, project)
}

// infer records that owner is project's by the names of both.
func (o organisations) infer(owner string, project int, ev fact.Evidence) {
	o.name(owner, project, ev, "its primary repository lives there")
	org := o.of(owner)
	org.namings[len(org.namings)-1].inferred = true
}

// present records that project has something in owner.
func (o organisations) present(owner string, project int) {
	org := o.of(owner)
	if !slices.ContainsFunc(org.presences, func(p presence) bool { return p.project == project }) {
		org.presences = append(org.presences, presence{project: project})
	}
}

// stranger records that a project outside the landscape has something in owner.
func (o organisations) stranger(owner, who string) {
	org := o.of(owner)
	org.presences = append(org.presences, presence{project: -1, who: who})
}

// sorted lists the organisations by key.
func (o organisations) sorted() []*organisation {
	out := make([]*organisation, 0, len(o))
	for _, org := range o {
		out = append(out, org)
	}
	slices.SortFunc(out, func(a, b *organisation) int {
		return cmp.Compare(strings.ToLower(a.owner), strings.ToLower(b.owner))
	})
	return out
}

// A holding is an organisation taken whole for a project.
type holding struct {
	owner    string
	project  int
	evidence fact.Evidence // the statement that names the owner
	inferred bool          // no source says that the owner is the project's
}

// holdings applies the rule of the package comment to every organisation. A
// refusal that a reader might wonder about is a note.
func (b *builder) holdings() []holding {
	var out []holding
	for _, org := range b.owners.sorted() {
		if len(org.namings) == 0 {
			continue
		}
		n, why := b.choose(org)
		if why != "" {
			b.noteFor(n.project, n.evidence, "organisation %q is not taken whole for project %q: %s",
				org.owner, b.ls.Projects[n.project].Name, why)
			continue
		}
		out = append(out, holding{org.owner, n.project, n.evidence, n.inferred})
	}
	return out
}

// choose picks the naming by which org is taken: the user's, else the first
// that nothing speaks against. When there is none, it gives the first and what
// speaks against that.
func (b *builder) choose(org *organisation) (n naming, why string) {
	for _, n := range org.namings {
		if n.final {
			return n, ""
		}
	}
	for _, n := range org.namings {
		if b.against(org, n) == "" {
			return n, ""
		}
	}
	return org.namings[0], b.against(org, org.namings[0])
}

// against is what speaks against taking org whole for the project of n, or "".
func (b *builder) against(org *organisation, n naming) string {
	if why := sharedWhy(org.owner); why != "" {
		return "it is known to be shared: " + why
	}
	var others []string
	for _, p := range org.presences {
		switch {
		case p.project < 0:
			others = append(others, fmt.Sprintf("%q (in DevStats only)", p.who))
		case p.project != n.project && !b.isSub(p.project, n.project):
			others = append(others, quote(b.ls.Projects[p.project].Name))
		}
	}
	if len(others) == 0 {
		return ""
	}
	slices.Sort(others)
	others = slices.Compact(others)
	if len(others) > 3 {
		others = append(others[:3], fmt.Sprintf("%d more", len(others)-3))
	}
	return "it is also named for, or has repositories of, " + strings.Join(others, ", ")
}

// isSub reports whether project p is a sub-project of parent.
func (b *builder) isSub(p, parent int) bool {
	name := b.ls.Projects[p].ParentProject
	if name == "" || p == parent {
		return false
	}
	up := &b.ls.Projects[parent]
	return squeeze(name) == squeeze(up.Name) || fact.Slug(name) == up.ID()
}

// ownerOf is host/owner of id.
func ownerOf(id fact.RepoID) string { return id.Host() + "/" + id.Owner() }
