package change

import (
	"fmt"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// ReleaseChange is what a repository released between the two dates: after the
// earlier, up to the later.
type ReleaseChange struct {
	Subject
	Repo fact.RepoID `json:"repository"`
	Full int         `json:"full"`
	Pre  int         `json:"pre"`
	// Last is the last full release of them, the last pre-release without one.
	Last fact.Release `json:"last"`
	// Before is the last full release by the earlier date; nil for none.
	Before *fact.Release `json:"before"`
	Places Places        `json:"evidence"`
}

// released tells what the repositories of a project released.
func (d *differ) released(p *pair) {
	for i := range p.after.Repositories {
		r := &p.after.Repositories[i]
		known := d.releases[r.ID.Key()]
		if !r.Counted || known == nil {
			continue
		}
		if c, ok := d.releasedBy(p, r, known.Releases); ok {
			d.out.Releases = append(d.out.Releases, c)
		}
	}
}

func (d *differ) releasedBy(p *pair, r *usage.Repository, all []fact.Release) (ReleaseChange, bool) {
	c := ReleaseChange{Subject: subject(p.after), Repo: r.ID}
	for i := range all {
		t := &all[i]
		switch day := fact.Day(t.At); {
		case day > d.to.AsOf:
		case day <= d.from.AsOf:
			if !t.Pre {
				c.Before, c.Places.Before = t, r.ReleaseEvidence(t)
			}
		case t.Pre:
			if c.Pre++; c.Full == 0 {
				c.Last = *t
			}
		default:
			c.Full++
			c.Last = *t
		}
	}
	c.Places.After = r.ReleaseEvidence(&c.Last)
	return c, c.Full+c.Pre > 0
}

func (c *Changes) releaseSection() Section {
	s := Section{
		Title:   "Releases",
		Columns: append(append(texts("project", "repository"), figures("full", "pre-releases")...), texts("last before", "last now")...),
	}
	for i := range c.Releases {
		x := &c.Releases[i]
		before := "none"
		if x.Before != nil {
			before = releaseWords(x.Before)
		}
		s.add(x.Places, x.Name, words.Slug(x.Repo), words.Number(x.Full), words.Number(x.Pre), before, releaseWords(&x.Last))
	}
	return s
}

func releaseWords(t *fact.Release) string { return fmt.Sprintf("%s of %s", t.Tag, fact.Day(t.At)) }
