package lint

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"assay/internal/fact"
)

// dates: the steps of a project's way are in order, and no day has yet to come.
func (c *checker) dates(p *fact.Project) {
	steps := slices.SortedFunc(maps.Keys(p.Milestones), func(a, b string) int {
		return cmp.Or(cmp.Compare(step(a), step(b)), cmp.Compare(p.Lines[a], p.Lines[b]), cmp.Compare(a, b))
	})
	latest := ""
	for _, s := range steps {
		day := p.Milestones[s]
		c.past(p, s, day, p.Lines[s])
		if latest != "" && day < p.Milestones[latest] && step(latest) < step(s) {
			c.say(p, Date, p.Lines[s], "%s: %s is before %s (%s, line %d)", s, day, latest, p.Milestones[latest], p.Lines[latest])
			continue
		}
		latest = s
	}
	c.past(p, "annual_review_date", p.AnnualReviewDate, p.Lines["annual_review_date"])
	for _, a := range p.Audits {
		c.past(p, "audits: date", a.Date, a.Line)
	}
}

// step is the place of a milestone on a project's way: acceptance, then from the
// youngest level to the most mature, then the ends.
func step(name string) int {
	rank := fact.MaturityRank(name)
	switch {
	case name == "accepted":
		return -1000
	case fact.MaturityEnded(name):
		return 0
	}
	return -rank
}

// past: a day has come.
func (c *checker) past(p *fact.Project, field string, day fact.Date, line int) {
	if day > c.now {
		c.say(p, Date, line, "%s: %s has yet to come", field, day)
	}
}

// addresses: what should be an address is one.
func (c *checker) addresses(p *fact.Project) {
	all := map[string]string{
		"homepage_url": p.Homepage, "project_org": p.ProjectOrg, "annual_review_url": p.AnnualReviewURL, "dev_stats_url": p.DevStatsURL,
	}
	maps.Copy(all, p.Links)
	for _, field := range slices.Sorted(maps.Keys(all)) {
		if all[field] != "" && !isAddress(all[field]) {
			c.say(p, Address, p.Lines[field], "%s: %q is no address", field, all[field])
		}
	}
	for _, a := range p.Audits {
		if a.URL != "" && !isAddress(a.URL) {
			c.say(p, Address, a.Line, "audits: url: %q is no address", a.URL)
		}
	}
}

// isAddress reports whether s has the form of an address that leads somewhere.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsAny(s, " \t") {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return strings.Contains(strings.Trim(u.Hostname(), "."), ".")
	case "mailto":
		return strings.Contains(u.Opaque, "@")
	}
	return false
}

// repositories: a project has one, each is the address of one, and none is named
// twice.
func (c *checker) repositories(p *fact.Project) {
	if p.RepoURL == "" {
		text := "repo_url: the project has no repository"
		if len(p.AdditionalRepos) > 0 || p.ProjectOrg != "" {
			text = "repo_url: the project has no primary repository"
		}
		c.say(p, Repository, p.Lines["name"], "%s", text)
	} else {
		c.repository(p, "repo_url", p.RepoURL, p.Lines["repo_url"])
	}
	for _, r := range p.AdditionalRepos {
		c.repository(p, "additional_repos", r.URL, r.Line)
	}
}

func (c *checker) repository(p *fact.Project, field, address string, line int) {
	id, err := fact.ParseRepoURL(address)
	if err != nil {
		c.say(p, Address, line, "%s: %q is no address of a repository", field, address)
		return
	}
	first, ok := c.repos[id.Key()]
	switch {
	case !ok:
		c.repos[id.Key()] = place{p, line}
	case first.project == p:
		c.say(p, Repository, line, "%s: %s is named twice, first in line %d", field, id.Slug(), first.line)
	default:
		c.say(p, Repository, line, "%s: %s is named by %s too, in line %d", field, id.Slug(), first.project.Name, first.line)
	}
}
