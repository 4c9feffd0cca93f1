package catalog

import (
	"cmp"
	"slices"
	"strconv"

	"assay/internal/fact"
	"assay/internal/forge"
)

// reasons ranks the reasons, strongest first.
var reasons = map[fact.Reason]int{
	fact.Primary: 0, fact.Additional: 1, fact.Configured: 2, fact.Catalogued: 3, fact.Discovered: 4,
}

// merge makes of all claims one repository each, ordered as fact.Catalog says.
func (b *builder) merge() []fact.Repository {
	groups := map[string][]claim{}
	for _, c := range b.claims {
		if b.bars(c) {
			if c.m.Reason == fact.Primary {
				b.noteFor(c.project, c.m.Evidence, "the configuration excludes %q, the primary repository of project %q",
					string(c.id), b.ls.Projects[c.project].Name)
			}
			continue
		}
		key := c.present.Key()
		groups[key] = append(groups[key], c)
	}
	b.dropOverlaps(groups)
	all := []fact.Repository{}
	for _, key := range sortedKeys(groups) {
		claims := groups[key]
		slices.SortStableFunc(claims, b.stronger)
		winner := claims[0].project
		b.noteLosers(claims)
		if b.wanted(winner) {
			all = append(all, b.repository(claims))
		}
	}
	Sort(all, b.ls)
	return all
}

// bars reports whether the user has a claim left out: what it is on, or the
// repository that is a folder of.
func (b *builder) bars(c claim) bool {
	barred := b.barred[c.project]
	return barred[c.id.Key()] || barred[c.present.Key()] || barred[c.id.Repository().Key()] || barred[c.present.Repository().Key()]
}

// stronger orders claims on one repository: by reason, then a sub-project
// before its parent, then by the landscape's order, then by place.
func (b *builder) stronger(x, y claim) int {
	byFamily := 0
	switch {
	case b.isSub(x.project, y.project):
		byFamily = -1
	case b.isSub(y.project, x.project):
		byFamily = 1
	}
	return cmp.Or(
		cmp.Compare(reasons[x.m.Reason], reasons[y.m.Reason]),
		byFamily,
		cmp.Compare(x.project, y.project),
		cmp.Compare(x.m.Source, y.m.Source),
		cmp.Compare(x.m.Evidence.Line, y.m.Evidence.Line),
		cmp.Compare(x.id, y.id),
	)
}

// noteLosers tells of the projects that a repository is not counted for,
// though a source names it there.
func (b *builder) noteLosers(claims []claim) {
	winner := claims[0]
	told := map[int]bool{winner.project: true}
	for _, c := range claims {
		if told[c.project] || c.m.Reason == fact.Discovered {
			continue
		}
		told[c.project] = true
		if !b.wanted(winner.project) && !b.wanted(c.project) {
			continue
		}
		b.note("odd", c.m.Evidence, "repository %q is counted for project %q (%s), not for %q, where %s names it too (%s)",
			string(winner.id), b.ls.Projects[winner.project].Name, winner.m.Reason,
			b.ls.Projects[c.project].Name, c.m.Source, c.m.Reason)
	}
}

// repository makes the repository of the first claim's project.
func (b *builder) repository(claims []claim) fact.Repository {
	first := claims[0]
	project := &b.ls.Projects[first.project]
	r := fact.Repository{ID: first.id, Project: project.Name}
	if b.named[project.Name] > 1 {
		r.ProjectLine = project.Lines["name"]
	}
	var told forge.Repo
	for _, c := range claims {
		if c.told.Known {
			told = c.told
		}
		if c.present.Key() != r.ID.Key() {
			r.FoundAs = c.present
		}
		if c.project != first.project {
			continue
		}
		r.Branch = cmp.Or(r.Branch, c.branch)
		if !slices.Contains(r.Memberships, c.m) {
			r.Memberships = append(r.Memberships, c.m)
		}
	}
	b.setStanding(&r, told)
	return r
}

// quote writes s so that a reader sees where it begins and ends.
func quote(s string) string { return strconv.Quote(s) }
