package judge

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// This file knows what is certain although not everything was read, and says what was
// not.

// bounds are the values that a figure may have, whatever is in what was not read.
type bounds struct{ from, to float64 }

// anyNumber are the bounds of what nothing is known of.
var anyNumber = bounds{0, math.Inf(1)}

func exactly(v float64) bounds { return bounds{v, v} }

func (b bounds) exact() bool { return b.from == b.to }

// truth is whether a number holds of a figure, whatever was not read.
func truth(r claim.Reach, b bounds) quantity.Truth {
	switch {
	case r.Holds(b.from) && r.Holds(b.to):
		return quantity.Yes
	case r.From <= b.to && b.from <= r.To && r.From <= r.To && !(r.Without && (b.to <= r.From || b.from >= r.To)):
		return quantity.Perhaps
	}
	return quantity.No
}

// boundsIn are the bounds of a quantity as numbers.
func boundsIn[T quantity.Number](q quantity.Of[T]) bounds {
	b := anyNumber
	if q.Lower != nil {
		b.from = float64(*q.Lower)
	}
	if q.Upper != nil {
		b.to = float64(*q.Upper)
	}
	return b
}

// isOpen reports whether something of a project was not read, or not for the day.
func isOpen(p *usage.Project) bool { return !p.Coverage.Complete() }

// subjectIsOpen reports whether not everything was read of the subject of a claim,
// over the scope that it names, or not for the day.
func (j *Judge) subjectIsOpen(c *claim.Claim) bool {
	if r := j.Repository(c.Subject.ID); c.Subject.Sort == claim.OfRepository && r != nil {
		return r.Stale || r.Missing > 0
	}
	p := j.projects[c.Subject.ID]
	if c.Subject.Sort != claim.OfProject || p == nil {
		return false // it has no figures
	}
	if c.Scope != "" {
		s := p.ScopeOf(fact.Scope(c.Scope))
		return !s.Coverage.Complete()
	}
	return isOpen(p)
}

// open is subjectIsOpen, where that makes a difference to the claim.
func (j *Judge) open(c *claim.Claim) bool { return j.subjectIsOpen(c) && !j.OfRead(c) }

// SurelyUses reports whether a project uses the language, whatever was not read, and
// SurelyNot whether it does not.
func SurelyUses(p *usage.Project) bool { return p.Quantities.Uses() == quantity.Yes }

// SurelyNot is the other side of [SurelyUses].
func SurelyNot(p *usage.Project) bool { return p.Quantities.Uses() == quantity.No }

// primaryIn reports whether a language is the largest of a project's primary
// repository, which was read: then the project is written in it, whatever else is.
func primaryIn(p *usage.Project, language string) bool {
	return slices.ContainsFunc(p.Repositories, func(r usage.Repository) bool {
		return r.Reason == fact.Primary && r.State == profile.Read && r.Largest == language && !r.Stale && !r.Meta && r.Missing == 0
	})
}

// surelyHolds reports whether there is code of a language in a subject on the day,
// whatever was not read.
func (j *Judge) surelyHolds(s claim.Subject, language string) bool {
	holds := func(r *usage.Repository) bool {
		comp := j.Facts.Compositions[r.ID.Key()]
		return comp != nil && !r.Stale && comp.Bytes(language) > 0
	}
	if r := j.Repository(s.ID); s.Sort == claim.OfRepository && r != nil {
		return holds(r)
	}
	p := j.Project(s)
	for i := 0; p != nil && i < len(p.Repositories); i++ {
		if r := &p.Repositories[i]; r.Counted && holds(r) {
			return true
		}
	}
	return false
}

// fewNames bounds how many names a reason gives.
const fewNames = 3

// UnreadWords says which repositories of a project were not read: "7 of 10
// repositories of Podman were not read: containers/podman, …".
func UnreadWords(p *usage.Project) string {
	var names []string
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Unread() {
			names = append(names, r.Slug())
		}
	}
	var parts []string
	if n := p.Coverage.Unread(); n > 0 {
		verb := "were"
		if n == 1 {
			verb = "was"
		}
		parts = append(parts, fmt.Sprintf("%s of %s of %s %s not read: %s",
			words.Number(n), words.Amount(p.Coverage.Repositories, "repository"), p.Name, verb, firstOf(names)))
	}
	rest := p.Coverage.Gap()
	rest.Unread = 0
	if more := words.Gap(rest); more != "" {
		if len(parts) == 0 {
			more = p.Name + ": " + more
		}
		parts = append(parts, more)
	}
	return strings.Join(parts, "; ")
}

// unreadOf says what was not read of a subject; "" for nothing.
func (j *Judge) unreadOf(s claim.Subject) string {
	if r := j.Repository(s.ID); s.Sort == claim.OfRepository && r != nil {
		if r.Stale {
			return "its mirror ends on " + string(r.Horizon)
		}
		return words.Gap(quantity.Gap{Files: r.Missing})
	}
	if p := j.Project(s); p != nil && isOpen(p) {
		return UnreadWords(p)
	}
	if s.Sort == claim.OfAll {
		return j.Findings.Coverage.Words()
	}
	return ""
}

// openWords says of which projects repositories were not read.
func openWords(open []*usage.Project) string {
	var names []string
	for _, p := range open {
		names = append(names, p.Name)
	}
	return fmt.Sprintf("of %s that could change it not everything was read: %s", words.Amount(len(open), "project"), firstOf(names))
}

// firstOf lists the first few of names.
func firstOf(names []string) string {
	if len(names) > fewNames {
		return strings.Join(names[:fewNames], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// notRead is the ruling on a claim on a project that what was not read decides.
func notRead(p *usage.Project, measured string, at []fact.Evidence) Ruling {
	r := unverifiable(SourceRepository, "%s", UnreadWords(p))
	r.Measured, r.Evidence = measured, at
	return r
}
