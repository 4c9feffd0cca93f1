package change

import (
	"cmp"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// A pair is a project on the two dates; one side is nil when it was not there.
type pair struct {
	before, after *usage.Project
	by            string // how the two were found to be one project
	repos         []held // the repositories of both
}

func (p *pair) both() bool { return p.before != nil && p.after != nil }

func (p *pair) has(f func(held) bool) bool { return slices.ContainsFunc(p.repos, f) }

// A held is a repository that a project has on the two dates; one side is nil
// when the project did not have it.
type held struct{ before, after *holding }

// A holding is a repository within the scope, with every name it goes by.
type holding struct {
	*usage.Repository
	names []string
}

// A likeness is a way in which two projects may be one.
type likeness struct {
	by   string
	keys func(*usage.Project) []string
}

// likenesses, strongest first. A key counts only where one project on each date
// has it: a landscape may list a repository under several projects.
var likenesses = []likeness{
	{"identifier", func(p *usage.Project) []string { return []string{p.Name + "\x00" + repoKey(p)} }},
	{"identifier", func(p *usage.Project) []string { return []string{p.ID} }},
	{"repository", primaryKeys},
	{"lfx_slug", func(p *usage.Project) []string { return []string{p.Item.LFXSlug} }},
	{"clomonitor_name", func(p *usage.Project) []string { return []string{p.Item.CLOMonitorName} }},
	{"dev_stats_url", func(p *usage.Project) []string { return []string{p.Item.DevStatsURL} }},
}

func repoKey(p *usage.Project) string {
	id, err := fact.ParseRepoURL(p.Item.RepoURL)
	if err != nil {
		return p.Item.RepoURL
	}
	return id.Key()
}

// primaryKeys are the names of the project's primary repository.
func primaryKeys(p *usage.Project) []string {
	keys := []string{repoKey(p)}
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Reason == fact.Primary && r.FoundAs != "" {
			keys = append(keys, r.ID.Key(), r.FoundAs.Key())
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// pair finds the projects that are one on both dates.
func (d *differ) pair() {
	paired := map[*usage.Project]bool{}
	for _, like := range likenesses {
		before, after := holders(d.before, like, paired), holders(d.after, like, paired)
		for i := range d.before.Projects {
			b := &d.before.Projects[i]
			for _, key := range like.keys(b) {
				if paired[b] || len(before[key]) != 1 || len(after[key]) != 1 || paired[after[key][0]] {
					continue
				}
				d.pairs = append(d.pairs, pair{before: b, after: after[key][0], by: like.by})
				paired[b], paired[after[key][0]] = true, true
			}
		}
	}
	for i := range d.before.Projects {
		if p := &d.before.Projects[i]; !paired[p] {
			d.pairs = append(d.pairs, pair{before: p})
		}
	}
	for i := range d.after.Projects {
		if p := &d.after.Projects[i]; !paired[p] {
			d.pairs = append(d.pairs, pair{after: p})
		}
	}
	for i := range d.pairs {
		p := &d.pairs[i]
		p.repos = match(d.holdings(p.before), d.holdings(p.after))
	}
}

// holders gives the projects that have a key, of those that are not paired yet.
func holders(f *usage.Findings, like likeness, paired map[*usage.Project]bool) map[string][]*usage.Project {
	found := map[string][]*usage.Project{}
	for i := range f.Projects {
		p := &f.Projects[i]
		if paired[p] {
			continue
		}
		for _, key := range like.keys(p) {
			if key != "" {
				found[key] = append(found[key], p)
			}
		}
	}
	return found
}

// holdings are the repositories of a project within the scope. One that is in
// the catalogue twice is one holding with the names of both.
func (d *differ) holdings(p *usage.Project) []*holding {
	if p == nil {
		return nil
	}
	var all []*holding
	for i := range p.Repositories {
		r := &p.Repositories[i]
		if !r.Scope.Within(d.after.Scope) {
			continue
		}
		if r.State == profile.Duplicate {
			for _, h := range all {
				if h.ID == r.SameAs {
					h.names = append(h.names, r.ID.Key())
				}
			}
			continue
		}
		h := &holding{r, []string{r.ID.Key()}}
		if r.FoundAs != "" {
			h.names = append(h.names, r.FoundAs.Key())
		}
		all = append(all, h)
	}
	return all
}

// match finds the repositories of a project that are one on both dates: by the
// same name, by any name, or by the same commit.
func match(before, after []*holding) []held {
	var all []held
	for _, same := range []func(a, b *holding) bool{
		func(a, b *holding) bool { return a.ID.Key() == b.ID.Key() }, shareName, shareCommit,
	} {
		before = slices.DeleteFunc(before, func(b *holding) bool {
			i := slices.IndexFunc(after, func(a *holding) bool { return same(b, a) })
			if i < 0 {
				return false
			}
			all = append(all, held{b, after[i]})
			after = slices.Delete(after, i, i+1)
			return true
		})
	}
	one := slices.Clone(all)
	for _, b := range before {
		// Two that stood at one commit may have parted since, or met.
		if !slices.ContainsFunc(one, func(h held) bool { return shareName(h.after, b) }) {
			all = append(all, held{before: b})
		}
	}
	for _, a := range after {
		if !slices.ContainsFunc(one, func(h held) bool { return shareName(h.before, a) }) {
			all = append(all, held{after: a})
		}
	}
	slices.SortStableFunc(all, func(a, b held) int { return cmp.Compare(a.key(), b.key()) })
	return all
}

// key orders the repositories of a project.
func (h held) key() string {
	if h.after != nil {
		return h.after.ID.Key()
	}
	return h.before.ID.Key()
}

func shareName(a, b *holding) bool {
	return slices.ContainsFunc(a.names, func(name string) bool { return slices.Contains(b.names, name) })
}

func shareCommit(a, b *holding) bool {
	return a.Revision != nil && b.Revision != nil && a.Revision.Commit != "" && a.Revision.Commit == b.Revision.Commit
}
