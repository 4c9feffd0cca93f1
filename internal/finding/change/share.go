package change

import (
	"fmt"
	"math"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A Use is what the language was to a project on a date.
type Use struct {
	usage.Verdict
	Figures  *usage.Figures          `json:"figures"` // null when nothing could be read
	Coverage profile.ProjectCoverage `json:"coverage"`
	// Evidence is the trees that the figures were measured in.
	Evidence []fact.Evidence `json:"evidence"`

	largest fact.Evidence // the tree with most of the language
}

func use(p *usage.Project) Use {
	u := Use{Verdict: p.Verdict, Figures: p.Figures, Coverage: p.Coverage, Evidence: []fact.Evidence{}, largest: p.LargestTree()}
	for _, r := range p.InScope() {
		u.Evidence = append(u.Evidence, r.Evidence())
		if len(u.Evidence) == 1 && u.largest == p.Evidence {
			u.largest = r.Evidence() // nothing of the language: where it was looked for
		}
	}
	return u
}

// share is the share of the figures; nothing of nothing is none.
func (u *Use) share() (float64, bool) {
	if u.Figures == nil {
		return 0, false
	}
	if u.Figures.Share == nil {
		return 0, true
	}
	return *u.Figures.Share, true
}

// A ShareChange is another class or share of the language in a project.
type ShareChange struct {
	Subject
	Before Use `json:"before"`
	After  Use `json:"after"`
	// Delta is the later share less the earlier; null when one is unknown.
	Delta *float64 `json:"delta"`
	// Differences are why the figures of the two dates cannot be compared.
	// Where there are none, the code changed.
	Differences []Difference `json:"differences"`
	// Common is over the repositories that were read alike on both dates; null
	// when there is no difference, or no such repository.
	Common *Common `json:"common"`
}

// A Difference is one reason why figures are not of the same thing.
type Difference struct {
	Repo   fact.RepoID `json:"repository,omitempty"` // "" when it concerns all
	Text   string      `json:"text"`
	Places Places      `json:"evidence"`
}

// Common is the figures over the repositories that were read alike on both
// dates: what can be compared.
type Common struct {
	Repositories int           `json:"repositories"`
	Before       usage.Figures `json:"before"`
	After        usage.Figures `json:"after"`
}

// Comparable reports whether the figures are of the same repositories, read to
// the same extent by the same collectors.
func (s *ShareChange) Comparable() bool { return len(s.Differences) == 0 }

// ClassChanged reports whether the class is another.
func (s *ShareChange) ClassChanged() bool { return s.Before.Class != s.After.Class }

// size is how large a change is for the order of a table.
func (s *ShareChange) size() float64 {
	if s.Delta == nil {
		return 0
	}
	return *s.Delta
}

// share tells whether the class or the share of a project changed.
func (d *differ) share(p *pair) {
	c := ShareChange{Subject: subject(p.after), Before: use(p.before), After: use(p.after), Differences: []Difference{}}
	before, known := c.Before.share()
	after, knownAfter := c.After.share()
	if known && knownAfter {
		delta := after - before
		c.Delta = &delta
	}
	c.Differences = append(d.measuredOtherwise(), differences(p.repos)...)
	if !c.Comparable() {
		c.Common = common(p.repos)
	}
	if c.ClassChanged() || d.enough(c.Delta) || c.Common != nil && d.enough(c.Common.delta()) {
		d.out.Shares = append(d.out.Shares, c)
	}
}

// enough reports whether a difference of shares is to be told. The margin is
// for shares that are a round number apart and no binary fraction.
func (d *differ) enough(delta *float64) bool {
	const margin = 1e-9
	return delta != nil && math.Abs(*delta) >= d.opts.MinChange-margin
}

func (c *Common) delta() *float64 {
	if c.Before.Share == nil || c.After.Share == nil {
		return nil
	}
	delta := *c.After.Share - *c.Before.Share
	return &delta
}

// common sums the repositories that were counted on both dates, and alike.
func common(repos []held) *Common {
	var before, after []*usage.Figures
	for _, h := range repos {
		if h.before == nil || h.after == nil || !h.before.Counted || !h.after.Counted || h.difference() != "" {
			continue
		}
		before, after = append(before, h.before.Figures), append(after, h.after.Figures)
	}
	if len(before) == 0 {
		return nil
	}
	return &Common{len(before), *usage.Sum(before), *usage.Sum(after)}
}

// differences are the repositories that are in the figures of one date and not
// in those of the other, or in both to another extent.
func differences(repos []held) []Difference {
	var all []Difference
	for _, h := range repos {
		text := h.difference()
		if text == "" {
			continue
		}
		x := Difference{Text: text}
		if h.before != nil {
			x.Repo, x.Places.Before = h.before.ID, h.before.Evidence()
		}
		if h.after != nil {
			x.Repo, x.Places.After = h.after.ID, h.after.Evidence()
		}
		all = append(all, x)
	}
	return all
}

// difference says why the figures of a repository are not of the same thing on
// both dates, "" when they are. One without a commit adds nothing and is known:
// its first commit is a change of code.
func (h held) difference() string {
	switch b, a := h.before, h.after; {
	case b == nil && a.Counted:
		return "not a repository of the project before"
	case a == nil && b.Counted:
		return "no repository of the project any more"
	case b == nil || a == nil || !b.Counted && !a.Counted:
		return ""
	case b.Counted != a.Counted:
		if b.State == profile.Empty && b.IsCode() {
			return ""
		}
		return fmt.Sprintf("%s before, %s now", b.part(), a.part())
	case a.Stale:
		return fmt.Sprintf("its mirror ends on %s, before the later date", a.Horizon)
	case b.Missing != a.Missing:
		return fmt.Sprintf("%s missing before, %s now", words.Amount(b.Missing, "file"), words.Number(a.Missing))
	case (b.Failure == "") != (a.Failure == ""):
		return fmt.Sprintf("%s before, %s now", b.StateWords(), a.StateWords())
	case b.Revision.Rule != a.Revision.Rule:
		return "another line of its history is followed: " + profile.RuleWords(a.Revision.Rule)
	}
	return ""
}

// part says which part a repository has in the figures.
func (h *holding) part() string {
	if h.State == profile.Read && !h.IsCode() {
		return "left out (" + string(h.Standing) + ")"
	}
	return h.StateWords()
}

// weighty are the collectors whose facts the class and the share are made of.
var weighty = []string{"census", "component"}

// measuredOtherwise says which collectors measured the two surveys differently.
func (d *differ) measuredOtherwise() []Difference {
	all := []Difference{}
	for _, name := range weighty {
		if b, a := d.from.Collectors[name], d.to.Collectors[name]; b != a && b > 0 && a > 0 {
			all = append(all, Difference{Text: fmt.Sprintf("measured by version %d of the collector %s before, %d now", b, name, a)})
		}
	}
	return all
}
