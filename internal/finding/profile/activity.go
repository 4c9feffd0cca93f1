package profile

import "assay/internal/fact"

// Activity is who worked on the repositories of a project, and when. Human
// commits are commits that are no merge and whose author is no bot. Dates are
// committer dates. A commit that two repositories have counts in both.
type Activity struct {
	// Repositories whose commits are known, of all that were read.
	Repositories int `json:"repositories"`
	Of           int `json:"of"`
	// Commits of all time up to the date.
	Commits Counts `json:"commits"`
	// Year is the year that ends with the date, Quarter its last 90 days.
	Year    Window `json:"year"`
	Quarter Counts `json:"quarter"`
	// First and Last human commit; null when there is none.
	First *DatedCommit `json:"first"`
	Last  *DatedCommit `json:"last"`
	// Latest is the newest commit by a person on any branch of any repository,
	// merges included; null when no branch is known. LatestBot is the same by a
	// bot.
	Latest    *LatestCommit `json:"latest"`
	LatestBot *LatestCommit `json:"latest_bot"`
	// Months from the first commit to the date; those without commits are left
	// out.
	Months []MonthActivity `json:"months"`
	// Evidence is the histories that were read.
	Evidence []fact.Evidence `json:"evidence"`
}

// Counts tells commits apart. They sum to all commits.
type Counts struct {
	Human  int `json:"human"`
	Bot    int `json:"bot"`
	Merges int `json:"merges"`
}

// All is the number of commits.
func (c Counts) All() int { return c.Human + c.Bot + c.Merges }

func (c *Counts) add(w *fact.Work, bot bool) {
	c.Merges += w.Merges
	if bot {
		c.Bot += w.Commits
	} else {
		c.Human += w.Commits
	}
}

// A Window is the activity of a stretch of days, both ends included.
type Window struct {
	From fact.Date `json:"from"`
	To   fact.Date `json:"to"`
	Counts
	// ActiveMonths counts the calendar months with a human commit, at most 12.
	ActiveMonths int `json:"active_months"`
	// Authors of human commits, and those of them whose first it was.
	Authors    int `json:"authors"`
	NewAuthors int `json:"new_authors"`
	// AbsenceFactor is CHAOSS' contributor absence factor; 0 without commits.
	AbsenceFactor int           `json:"absence_factor"`
	Organisations Organisations `json:"organisations"`
}

// Organisations is for whom the authors of human commits worked, as far as that
// is known.
type Organisations struct {
	// Known of Of human commits have an author whose organisation is known.
	Known int `json:"known"`
	Of    int `json:"of"`
	// Elephant is CHAOSS' elephant factor over the known; 0 without any.
	Elephant int `json:"elephant_factor"`
	// New counts organisations without a commit before the window.
	New int `json:"new"`
	// List has most commits first.
	List []OrganisationCommits `json:"list"`
}

// OrganisationCommits is the human commits of an organisation.
type OrganisationCommits struct {
	Name    string `json:"name"`
	Commits int    `json:"commits"`
}

// KnownShare is the share of commits whose organisation is known; nil without
// commits.
func (o *Organisations) KnownShare() *float64 {
	if o.Of == 0 {
		return nil
	}
	share := float64(o.Known) / float64(o.Of)
	return &share
}

// LargestShare is the share of the largest organisation in the known commits;
// nil when none is known.
func (o *Organisations) LargestShare() *float64 {
	if o.Known == 0 {
		return nil
	}
	share := float64(o.List[0].Commits) / float64(o.Known)
	return &share
}

// A DatedCommit is a commit and where it is.
type DatedCommit struct {
	Date     fact.Date     `json:"date"`
	Evidence fact.Evidence `json:"evidence"`
}

// A LatestCommit is the newest commit of its kind, and the branch that leads to it.
type LatestCommit struct {
	DatedCommit
	Repo  fact.RepoID `json:"repository"`
	Ref   string      `json:"ref"`
	Merge bool        `json:"merge"`
	// Mainline: it is in the history of the revision that was measured.
	Mainline bool `json:"mainline"`

	at string // RFC 3339
}

// latest takes the newest commits of the branches of a repository.
func (a *Activity) latest(r *Repository) {
	if r.Revision == nil || r.Revision.Latest == nil {
		return
	}
	l := r.Revision.Latest
	for to, c := range map[**LatestCommit]*fact.LatestCommit{&a.Latest: l.Person, &a.LatestBot: l.Bot} {
		if c == nil || *to != nil && (*to).at >= c.At {
			continue
		}
		*to = &LatestCommit{
			DatedCommit: DatedCommit{fact.Day(c.At), fact.Evidence{Repo: r.ID, Commit: c.Commit, View: fact.ViewCommit}},
			Repo:        r.ID, Ref: c.Ref, Merge: c.Merge, Mainline: l.Revision != nil && l.Revision.Commit == c.Commit, at: c.At,
		}
	}
}

// MonthActivity is the commits of a month.
type MonthActivity struct {
	Month string `json:"month"` // YYYY-MM
	Counts
	Authors    int `json:"authors"`     // of human commits
	NewAuthors int `json:"new_authors"` // whose first it was
}
