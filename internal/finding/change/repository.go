package change

import (
	"slices"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A RepositoryKind says what became of a repository of a project.
type RepositoryKind string

// The kinds, in the order of a project's rows.
const (
	// PrimaryChanged: the landscape names another primary repository.
	PrimaryChanged RepositoryKind = "primary"
	// RepositoryRenamed: one repository under another name.
	RepositoryRenamed RepositoryKind = "renamed"
	// RepositoryMoved: it is of this project now and was of another.
	RepositoryMoved RepositoryKind = "moved"
	// RepositoryGained and RepositoryLost: a source says so, or no longer does.
	RepositoryGained RepositoryKind = "gained"
	RepositoryLost   RepositoryKind = "lost"
	// RepositoryBegun: it was there without a commit, and has some now.
	RepositoryBegun RepositoryKind = "begun"
)

func (k RepositoryKind) rank() int {
	return slices.Index([]RepositoryKind{
		PrimaryChanged, RepositoryRenamed, RepositoryMoved, RepositoryGained, RepositoryLost, RepositoryBegun,
	}, k)
}

// A RepositoryChange is a repository that came to a project or left it, or goes
// by another name. The repositories of a project that joined or left as a whole
// are not listed one by one.
type RepositoryChange struct {
	Subject
	Kind   RepositoryKind `json:"kind"`
	Before fact.RepoID    `json:"before,omitempty"`
	After  fact.RepoID    `json:"after,omitempty"`
	From   string         `json:"from,omitempty"` // the project that a moved one was of
	// Stays: the repository that was the primary one is still one of the project.
	Stays bool `json:"stays,omitempty"`
	// Reason and what follows is of the later date, for a lost one of the earlier.
	Reason   fact.Reason    `json:"reason"`
	Source   string         `json:"source"` // that gives the reason
	Standing fact.Standing  `json:"standing,omitempty"`
	State    profile.State  `json:"state"`
	Figures  *usage.Figures `json:"figures"` // null when unknown
	// Places are where the sources say that it is a repository of the project.
	Places Places `json:"evidence"`
}

// A Reading is how far a repository was read.
type Reading struct {
	State   profile.State `json:"state"`
	Partial bool          `json:"partial"` // a part of it was not
	Missing int           `json:"missing_files"`
	Why     string        `json:"why,omitempty"`

	words string
}

// Words says a reading as a clause.
func (r *Reading) Words() string {
	if r.Missing > 0 {
		return r.words + " (" + words.Amount(r.Missing, "file") + " missing)"
	}
	return r.words
}

// A CoverageChange is a repository that could be read on one date and not, or
// not to the same extent, on the other.
type CoverageChange struct {
	Subject
	Repo   fact.RepoID `json:"repository"`
	Before Reading     `json:"before"`
	After  Reading     `json:"after"`
	Places Places      `json:"evidence"`
}

func reading(h *holding) Reading {
	return Reading{h.State, h.State == profile.Read && h.Failure != "", h.Missing, h.Why, h.StateWords()}
}

// coverage tells which repositories of a project became readable or unreadable.
func (d *differ) coverage(p *pair) {
	for _, h := range p.repos {
		if h.before == nil || h.after == nil || !h.before.IsCode() || !h.after.IsCode() {
			continue
		}
		b, a := reading(h.before), reading(h.after)
		gone := h.before.State == profile.Read && h.after.State == profile.Empty
		if h.before.Unread() == h.after.Unread() && b.Partial == a.Partial && b.Missing == a.Missing && !gone {
			continue
		}
		d.out.Coverage = append(d.out.Coverage, CoverageChange{
			subject(p.after), h.after.ID, b, a, Places{h.before.Evidence(), h.after.Evidence()},
		})
	}
}

// moves tells which repositories one project lost and another gained, and gives
// the holdings that are at either end.
func (d *differ) moves() map[*holding]bool {
	type gain struct {
		by *pair
		a  *holding
	}
	gained := map[string]gain{} // by every name
	for i := range d.pairs {
		for _, h := range d.pairs[i].repos {
			if h.before != nil {
				continue
			}
			for _, name := range h.after.names {
				gained[name] = gain{&d.pairs[i], h.after}
			}
		}
	}
	moved := map[*holding]bool{}
	for i := range d.pairs {
		for _, h := range d.pairs[i].repos {
			if h.after != nil {
				continue
			}
			for _, name := range h.before.names {
				g := gained[name]
				if g.a == nil || moved[g.a] || moved[h.before] {
					continue
				}
				c := d.change(RepositoryMoved, g.by.after, h.before, g.a)
				c.From = d.pairs[i].before.Name
				d.out.Repositories = append(d.out.Repositories, c)
				moved[h.before], moved[g.a] = true, true
			}
		}
	}
	return moved
}

// change makes the row of a repository; one of the sides may be nil.
func (d *differ) change(kind RepositoryKind, p *usage.Project, b, a *holding) RepositoryChange {
	c := RepositoryChange{Subject: subject(p), Kind: kind}
	for _, h := range []*holding{b, a} { // the later side says the last word
		if h != nil {
			c.Reason, c.Source = h.Reason, h.source()
			c.Standing, c.State, c.Figures = h.Standing, h.State, h.Figures
		}
	}
	if b != nil {
		c.Before, c.Places.Before = b.ID, b.membership()
	} else if a.named() {
		c.Places.Before = d.from.Landscape.Evidence
	}
	if a != nil {
		c.After, c.Places.After = a.ID, a.membership()
	} else if b.named() {
		c.Places.After = d.to.Landscape.Evidence
	}
	return c
}

// membership is where the strongest source says so.
func (h *holding) membership() fact.Evidence {
	if len(h.Memberships) == 0 {
		return h.Evidence()
	}
	return h.Memberships[0].Evidence
}

// source is the strongest source that says so.
func (h *holding) source() string {
	if len(h.Memberships) == 0 {
		return ""
	}
	return h.Memberships[0].Source
}

// named reports whether it is the landscape that names the repository, so that
// the landscape without it is the evidence for its absence.
func (h *holding) named() bool { return h.source() == "landscape" }

// repositories tells what became of the repositories of a project.
func (d *differ) repositories(p *pair, moved map[*holding]bool) {
	add := func(kind RepositoryKind, b, a *holding) {
		d.out.Repositories = append(d.out.Repositories, d.change(kind, p.after, b, a))
	}
	b, a := p.primaries()
	if b != nil && a != nil {
		add(PrimaryChanged, b, a)
		d.out.Repositories[len(d.out.Repositories)-1].Stays = p.has(func(h held) bool { return h.before == b && h.after != nil })
	} else {
		b, a = nil, nil
	}
	for _, h := range p.repos {
		switch {
		case h.before == nil:
			if !moved[h.after] && h.after != a {
				add(RepositoryGained, nil, h.after)
			}
		case h.after == nil:
			if !moved[h.before] && h.before != b {
				add(RepositoryLost, h.before, nil)
			}
		case h.before.ID.Key() != h.after.ID.Key():
			add(RepositoryRenamed, h.before, h.after)
		case h.before.State == profile.Empty && h.after.State == profile.Read:
			add(RepositoryBegun, h.before, h.after)
		}
	}
}

// primaries are the primary repositories of the two dates when they are not
// one, else nil.
func (p *pair) primaries() (before, after *holding) {
	for _, h := range p.repos {
		b, a := h.before != nil && h.before.Reason == fact.Primary, h.after != nil && h.after.Reason == fact.Primary
		if b && a {
			return nil, nil
		}
		if b {
			before = h.before
		}
		if a {
			after = h.after
		}
	}
	return before, after
}
