package catalog

import (
	"cmp"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// An opening is a fact.Opening of a project, by its index in the landscape.
type opening struct {
	project int
	fact.Opening
}

// open records that the set of repositories of project is open.
func (b *builder) open(project int, o fact.Opening) {
	if !b.wanted(project) {
		return
	}
	p := &b.ls.Projects[project]
	o.Project = p.Name
	if b.named[p.Name] > 1 {
		o.ProjectLine = p.Lines["name"]
	}
	b.openings = append(b.openings, opening{project, o})
}

// listNames are what readers call the lists, as their owners.
var listNames = map[string]string{"clomonitor": "CLOMonitor's", "devstats": "DevStats'"}

// openUnread opens what every project is listed with, when a list was looked
// for, or asked for, and could not be read.
func (b *builder) openUnread(src fact.Source) {
	var why string
	switch src.State {
	case "absent":
		why = listNames[src.Name] + " list of repositories was not found"
	case "failed":
		why = listNames[src.Name] + " list of repositories could not be read"
	default:
		return
	}
	for i := range b.ls.Projects {
		b.open(i, fact.Opening{Scope: fact.ScopeListed, Why: why, Evidence: src.Evidence})
	}
}

// openUnlisted opens the organisations that a source names as a project's own,
// and those in which a pattern may match more, where their host did not list
// them. An organisation that is refused, or told by its name alone, opens
// nothing: no source says that the rest of it is the project's.
func (b *builder) openUnlisted(holdings []holding, lists map[string]listed) {
	for _, p := range b.patterns {
		if !b.wanted(p.project) {
			continue
		}
		for _, owner := range b.reach(p) {
			if how := b.unlisted(owner, lists); how != "" && p.leaves(owner) {
				b.open(p.project, fact.Opening{Scope: fact.ScopeListed, Owner: owner,
					Why: "DevStats matches the names in it by a pattern, and " + how, Evidence: p.evidence})
			}
		}
	}
	for _, h := range holdings {
		if how := b.unlisted(h.owner, lists); how != "" && !h.inferred {
			b.open(h.project, fact.Opening{Scope: fact.ScopeOrganisation, Owner: h.owner,
				Why: "all of it is the project's, and " + how, Evidence: h.evidence})
		}
	}
}

// unlisted says why nobody knows all repositories of owner; "" when its host
// told.
func (b *builder) unlisted(owner string, lists map[string]listed) string {
	if b.o.Lister == nil {
		return "its host was not asked for a list"
	}
	switch kind := errkind.Of(lists[strings.ToLower(owner)].err); kind {
	case "", errkind.NotFound, errkind.Absent:
	default:
		return "it could not be listed (" + string(kind) + ")"
	}
	if p, ok := b.o.Lister.(PartialLister); ok && p.Partial() {
		return "only its mirrors are known"
	}
	return ""
}

// opened gives the openings in order, each once. Where an owner is open in a
// narrower scope of a project, the wider one is not told.
func (b *builder) opened() []fact.Opening {
	slices.SortFunc(b.openings, func(x, y opening) int {
		return cmp.Or(
			cmp.Compare(x.project, y.project),
			cmp.Compare(slices.Index(fact.Scopes(), x.Scope), slices.Index(fact.Scopes(), y.Scope)),
			cmp.Compare(strings.ToLower(x.Owner), strings.ToLower(y.Owner)),
			cmp.Compare(x.Why, y.Why),
			cmp.Compare(x.Evidence.Line, y.Evidence.Line),
		)
	})
	type place struct {
		project    int
		owner, why string
	}
	seen := map[place]bool{}
	var out []fact.Opening
	for _, o := range b.openings {
		at := place{o.project, strings.ToLower(o.Owner), ""}
		if o.Owner == "" {
			at.why = o.Why
		}
		if !seen[at] {
			seen[at] = true
			out = append(out, o.Opening)
		}
	}
	return out
}
