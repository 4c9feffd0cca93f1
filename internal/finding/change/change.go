// Package change tells what changed between two surveys of a landscape: which
// projects came and went, their maturity, the class and share of the language,
// repositories, dates, reviews, audits and releases, each with the places where
// it was read before and now.
//
// [Between] compares two surveys; [Changes.Sections] gives what changed as tables
// for whoever renders it.
package change

import (
	"cmp"
	"math"
	"slices"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// DefaultMinChange is one percentage point.
const DefaultMinChange = 0.01

// Options say which changes are asked for.
type Options struct {
	// MinChange is the difference of two shares (each 0 to 1) from which a
	// change of share is told; 0 is [DefaultMinChange]. A change of class is
	// always told.
	MinChange float64
	// ValidTime: which projects there were, and their maturity, is taken from
	// the later landscape for both dates. See [Changes.Time].
	ValidTime bool
}

// The two times of a landscape.
const (
	RecordTime = "record" // what the file said on each date
	ValidTime  = "valid"  // what the later file says was true on each date
)

// Changes is what changed between two surveys.
//
// A share changes for two reasons that look alike: the code changed, or what
// was read did. Changes keeps them apart. A repository that became readable or
// unreadable is in Coverage, and a share over other repositories than before
// carries the differences (see [ShareChange.Comparable]).
type Changes struct {
	From       Edge               `json:"from"`
	To         Edge               `json:"to"`
	Language   string             `json:"language"`
	Scope      fact.Scope         `json:"scope"`
	Thresholds finding.Thresholds `json:"thresholds"`
	MinChange  float64            `json:"min_change"`
	// Time is RecordTime or ValidTime, for In, Out and Maturities. In valid time
	// a project is there from its date of acceptance on and has the level that
	// it reached last; one that left the file cannot be seen.
	Time string `json:"time"`

	In           []Passage          `json:"in"`
	Out          []Passage          `json:"out"`
	Renamed      []Rename           `json:"renamed"`
	Maturities   []MaturityChange   `json:"maturities"`
	Shares       []ShareChange      `json:"shares"` // and classes
	Repositories []RepositoryChange `json:"repositories"`
	Coverage     []CoverageChange   `json:"coverage"`
	Dates        []DateChange       `json:"dates"`
	Reviews      []ReviewChange     `json:"reviews"`
	Audits       []AuditChange      `json:"audits"`
	Releases     []ReleaseChange    `json:"releases"`
	// Late is where the two files disagree about the earlier date; empty in
	// valid time, which takes the later file's word.
	Late []Late `json:"recorded_late"`
	// Notes are what makes the two surveys hard to compare as a whole.
	Notes []fact.Note `json:"notes"`
}

// An Edge is one of the two surveys.
type Edge struct {
	AsOf        fact.Date        `json:"as_of"`
	Landscape   fact.Evidence    `json:"landscape"`
	CommittedAt string           `json:"committed_at,omitempty"` // of the landscape
	Using       int              `json:"using"`                  // projects of class core or component
	Coverage    profile.Coverage `json:"coverage"`
}

// A Subject is the project that a change is of, by its later name.
type Subject struct {
	ID   string `json:"id"`
	Name string `json:"project"`
}

// Places are where a change was read. The file without a line is the evidence
// for what is not in it.
type Places struct {
	Before fact.Evidence `json:"before,omitzero"`
	After  fact.Evidence `json:"after,omitzero"`
}

// A Passage is a project that joined the landscape or left it.
type Passage struct {
	Subject
	Maturity string      `json:"maturity"` // of the date on which it was there
	Accepted fact.Date   `json:"accepted,omitempty"`
	RepoURL  string      `json:"repo_url,omitempty"` // as the landscape writes it
	Use      Use         `json:"use"`
	Places   Places      `json:"evidence"`
	Repos    int         `json:"repositories"` // they came or went with it
	Repo     fact.RepoID `json:"repository,omitempty"`
}

// A Rename is one project under two names.
type Rename struct {
	Subject
	Before string `json:"before"`
	// By is what both have in common: "identifier" (only the spelling differs),
	// "repository", or a field of the landscape that names the project elsewhere.
	By     string `json:"by"`
	Places Places `json:"evidence"`
}

// A MaturityChange is a project at another level.
type MaturityChange struct {
	Subject
	Before string `json:"before"`
	After  string `json:"after"`
	// Date on which it reached the level, "" when the landscape gives none;
	// Reached is where it says so.
	Date    fact.Date     `json:"date,omitempty"`
	Reached fact.Evidence `json:"reached,omitzero"`
	Places  Places        `json:"evidence"`

	field string // the milestone that gives Date
}

// total is the number of changes of every kind.
func (c *Changes) total() int {
	return len(c.In) + len(c.Out) + len(c.Renamed) + len(c.Maturities) + len(c.Shares) + len(c.Repositories) +
		len(c.Coverage) + len(c.Dates) + len(c.Reviews) + len(c.Audits) + len(c.Releases)
}

// None reports whether nothing changed.
func (c *Changes) None() bool { return c.total() == 0 }

// A differ compares two surveys.
type differ struct {
	opts          Options
	from, to      *fact.Survey
	before, after *usage.Findings
	releases      map[string]*fact.Releases // of the later survey
	pairs         []pair
	out           *Changes
}

// A Side is the answers from one survey, with its facts: the survey, and the releases
// of its repositories.
type Side struct {
	*usage.Findings
	Facts finding.Facts
}

// Between tells what changed from one survey of a landscape to another, by the
// answers for one language and one set of options. It fails with errkind.Usage
// when before is of the later survey.
func Between(before, after Side, opts Options) (*Changes, error) {
	d, err := newDiffer(before, after, opts)
	if err != nil {
		return nil, err
	}
	d.pair()
	d.passages()
	d.maturities()
	moved := d.moves()
	for i := range d.pairs {
		p := &d.pairs[i]
		if !p.both() {
			continue
		}
		d.renamed(p)
		d.share(p)
		d.coverage(p)
		d.repositories(p, moved)
		d.statements(p)
		d.released(p)
	}
	d.late()
	d.notes()
	d.out.sort()
	return d.out, nil
}

func newDiffer(before, after Side, opts Options) (*differ, error) {
	opts.MinChange = cmp.Or(opts.MinChange, DefaultMinChange)
	if !(opts.MinChange > 0 && opts.MinChange <= 1) {
		return nil, errkind.Errorf(errkind.Usage, "a change of share by %v is not above 0 and at most 1", opts.MinChange)
	}
	from, to := before.Facts.Survey, after.Facts.Survey
	if from.AsOf > to.AsOf {
		return nil, errkind.Errorf(errkind.Usage, "the survey of %s is later than that of %s", from.AsOf, to.AsOf)
	}
	d := &differ{opts: opts, from: from, to: to, before: before.Findings, after: after.Findings, releases: after.Facts.Releases}
	d.out = &Changes{
		From: edge(from, before.Findings), To: edge(to, after.Findings), Time: RecordTime,
		Language: after.Language, Scope: after.Scope, Thresholds: after.Thresholds, MinChange: opts.MinChange,
		In: []Passage{}, Out: []Passage{}, Renamed: []Rename{}, Maturities: []MaturityChange{}, Shares: []ShareChange{},
		Repositories: []RepositoryChange{}, Coverage: []CoverageChange{}, Dates: []DateChange{}, Reviews: []ReviewChange{},
		Audits: []AuditChange{}, Releases: []ReleaseChange{}, Late: []Late{}, Notes: []fact.Note{},
	}
	if opts.ValidTime {
		d.out.Time = ValidTime
	}
	return d, nil
}

func edge(s *fact.Survey, f *usage.Findings) Edge {
	return Edge{
		AsOf: s.AsOf, Landscape: s.Landscape.Evidence, CommittedAt: s.Landscape.CommittedAt,
		Using: f.Summary.Using(), Coverage: f.Coverage,
	}
}

func subject(p *usage.Project) Subject { return Subject{p.ID, p.Name} }

// passages tells which projects joined and left.
func (d *differ) passages() {
	if d.opts.ValidTime {
		d.validPassages()
		return
	}
	for i := range d.pairs {
		switch p := &d.pairs[i]; {
		case p.before == nil:
			d.out.In = append(d.out.In, passage(p.after, p.after.Maturity, Places{d.from.Landscape.Evidence, p.after.Evidence}))
		case p.after == nil:
			d.out.Out = append(d.out.Out, passage(p.before, p.before.Maturity, Places{p.before.Evidence, d.to.Landscape.Evidence}))
		}
	}
}

func passage(p *usage.Project, maturity string, at Places) Passage {
	repo, _ := fact.ParseRepoURL(p.Item.RepoURL) // "" where it is no address
	return Passage{
		Subject: subject(p), Maturity: maturity, Accepted: p.Accepted, RepoURL: p.Item.RepoURL,
		Use: use(p), Places: at, Repos: p.Coverage.Repositories, Repo: repo,
	}
}

// renamed tells that a project has another name.
func (d *differ) renamed(p *pair) {
	if p.before.Name != p.after.Name {
		d.out.Renamed = append(d.out.Renamed, Rename{
			subject(p.after), p.before.Name, p.by, Places{p.before.Evidence, p.after.Evidence},
		})
	}
}

// maturities tells which projects are at another level.
func (d *differ) maturities() {
	if d.opts.ValidTime {
		d.validMaturities()
		return
	}
	for i := range d.pairs {
		p := &d.pairs[i]
		if !p.both() || p.before.Maturity == p.after.Maturity {
			continue
		}
		c := MaturityChange{
			Subject: subject(p.after), Before: p.before.Maturity, After: p.after.Maturity,
			Places: Places{p.before.Where("project"), p.after.Where("project")},
		}
		if p.after.MaturityDate != "" {
			c.Date, c.Reached, c.field = p.after.MaturityDate, p.after.WhereReached(), p.after.Reached
		}
		d.out.Maturities = append(d.out.Maturities, c)
	}
}

// sort puts every list in its order, which depends on nothing but its rows.
func (c *Changes) sort() {
	passages := func(a, b Passage) int {
		return cmp.Or(profile.CompareMaturity(a.Maturity, b.Maturity), a.compare(b.Subject), cmp.Compare(a.RepoURL, b.RepoURL))
	}
	slices.SortStableFunc(c.In, passages)
	slices.SortStableFunc(c.Out, passages)
	slices.SortStableFunc(c.Renamed, func(a, b Rename) int { return a.compare(b.Subject) })
	slices.SortStableFunc(c.Maturities, func(a, b MaturityChange) int {
		return cmp.Or(profile.CompareMaturity(a.After, b.After), profile.CompareMaturity(a.Before, b.Before), a.compare(b.Subject))
	})
	slices.SortStableFunc(c.Shares, func(a, b ShareChange) int {
		return cmp.Or(cmp.Compare(math.Abs(b.size()), math.Abs(a.size())), a.compare(b.Subject))
	})
	slices.SortStableFunc(c.Repositories, func(a, b RepositoryChange) int {
		return cmp.Or(a.compare(b.Subject), cmp.Compare(a.Kind.rank(), b.Kind.rank()),
			cmp.Compare(cmp.Or(a.After, a.Before).Key(), cmp.Or(b.After, b.Before).Key()))
	})
	slices.SortStableFunc(c.Coverage, func(a, b CoverageChange) int {
		return cmp.Or(a.compare(b.Subject), cmp.Compare(a.Repo.Key(), b.Repo.Key()))
	})
	slices.SortStableFunc(c.Dates, func(a, b DateChange) int { return cmp.Or(a.compare(b.Subject), cmp.Compare(a.Field, b.Field)) })
	slices.SortStableFunc(c.Reviews, func(a, b ReviewChange) int { return a.compare(b.Subject) })
	slices.SortStableFunc(c.Audits, func(a, b AuditChange) int { return a.compare(b.Subject) })
	slices.SortStableFunc(c.Releases, func(a, b ReleaseChange) int {
		return cmp.Or(a.compare(b.Subject), cmp.Compare(a.Repo.Key(), b.Repo.Key()))
	})
	slices.SortStableFunc(c.Late, func(a, b Late) int {
		return cmp.Or(a.compare(b.Subject), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Milestone, b.Milestone))
	})
}

func (s Subject) compare(o Subject) int {
	return cmp.Or(cmp.Compare(s.ID, o.ID), cmp.Compare(s.Name, o.Name))
}
