package judge

import (
	"math"
	"strconv"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
)

// This file gives the sizes of projects, of their scopes and of repositories.

// A size is a figure of the trees of a project, a scope or a repository.
type size struct {
	value  func(f *usage.Figures) *float64
	bounds func(q *usage.ScopeQuantities) bounds // nil for none of its own
}

// sizes are the sizes of the language, by property.
var sizes = map[string]size{
	"bytes":   {func(f *usage.Figures) *float64 { return number(f.Bytes) }, func(q *usage.ScopeQuantities) bounds { return boundsIn(q.Bytes) }},
	"total":   {func(f *usage.Figures) *float64 { return number(f.Total) }, func(q *usage.ScopeQuantities) bounds { return boundsIn(q.Total) }},
	"code":    {func(f *usage.Figures) *float64 { return number(f.Code) }, func(q *usage.ScopeQuantities) bounds { return boundsIn(q.Code) }},
	"files":   {func(f *usage.Figures) *float64 { return number(f.Files) }, func(q *usage.ScopeQuantities) bounds { return boundsIn(q.Files) }},
	"comment": {func(f *usage.Figures) *float64 { return number(f.Comment) }, nil},
	"blank":   {func(f *usage.Figures) *float64 { return number(f.Blank) }, nil},
	"share":   {func(f *usage.Figures) *float64 { return percent(f.Share) }, nil},
}

// sized are the sizes of the subject of a claim: of a project over the scope named, or else
// that of the findings.
func (j *Judge) sized(c *claim.Claim) []figure {
	if c.Of != "" && c.Of != j.Language {
		return j.ofOther(c)
	}
	s := sizes[c.Property.Name]
	p, r := j.Project(c.Subject), j.Repository(c.Subject.ID)
	var figures *usage.Figures
	var q *usage.ScopeQuantities
	var at []fact.Evidence
	switch {
	case c.Subject.Sort == claim.OfRepository && r != nil && r.Figures != nil:
		figures, at = r.Figures, []fact.Evidence{r.Evidence()}
	case c.Subject.Sort == claim.OfProject && p != nil && c.Scope != "" && c.Scope != claim.OfRules:
		of := p.ScopeOf(fact.Scope(c.Scope))
		figures, q, at = of.Figures, &of.Quantities, trees(p, true)
	case c.Subject.Sort == claim.OfProject && p != nil:
		figures, q, at = p.Figures, &p.Quantities.ScopeQuantities, trees(p, j.Language != "")
	}
	if figures == nil || s.value(figures) == nil {
		return nil
	}
	f := of(c.Property, *s.value(figures), exactly(*s.value(figures)), at...)
	switch open := j.subjectIsOpen(c); {
	case q != nil && s.bounds != nil:
		f.can = s.bounds(q)
	case open && c.Is("share"):
		f.can = bounds{0, 100}
	case open && r != nil && r.Stale:
		f.can = anyNumber
	case open:
		f.can = bounds{f.value, math.Inf(1)}
	}
	return append([]figure{f}, j.ruledBy(c)...)
}

// ruledBy are the figures of the rules that gave a project's class, some of which are of a
// single component, where a claim is of these.
func (j *Judge) ruledBy(c *claim.Claim) []figure {
	p := j.Project(c.Subject)
	if p == nil || c.Scope != claim.OfRules {
		return nil
	}
	var all []figure
	for _, b := range p.Because {
		v := float64(b.Bytes)
		switch {
		case c.Is("total"):
			v = float64(b.Total)
		case c.Is("share") && b.Total > 0:
			v = 100 * v / float64(b.Total)
		case !c.Is("bytes"):
			continue
		}
		all = append(all, of(c.Property, v, exactly(v), b.Evidence...))
	}
	return all
}

// ofOther are the bytes and share of another language.
func (j *Judge) ofOther(c *claim.Claim) []figure {
	n, total, at := j.languageBytes(c.Subject, c.Of)
	if total == 0 || c.Scope != "" && fact.Scope(c.Scope) != j.Findings.Scope || !c.Is("bytes", "share") {
		return nil
	}
	v := float64(n)
	if c.Is("share") {
		v = 100 * v / float64(total)
	}
	f := of(c.Property, v, exactly(v), at...)
	switch open := j.subjectIsOpen(c); {
	case open && c.Is("share"):
		f.can = bounds{0, 100}
	case open:
		f.can = anyNumber
	}
	return []figure{f}
}

// languageBytes are the counted bytes of a language in a subject, and of all.
func (j *Judge) languageBytes(s claim.Subject, lang string) (n, total int64, evidence []fact.Evidence) {
	if r := j.Repository(s.ID); s.Sort == claim.OfRepository && r != nil {
		if comp := j.Facts.Compositions[r.ID.Key()]; comp != nil && r.Figures != nil {
			return comp.Bytes(lang), comp.Bytes(""), []fact.Evidence{r.Evidence()}
		}
		return 0, 0, nil
	}
	p := j.projects[s.ID]
	if s.Sort != claim.OfProject || p == nil {
		return 0, 0, nil
	}
	for _, l := range p.Languages {
		total += l.Bytes
		if l.Language == lang {
			n = l.Bytes
		}
	}
	return n, total, trees(p, lang == j.Language)
}

// packages are the packages of a project or repository of product role, or with those of
// tests and examples; or its manifests.
func (j *Judge) packages(c *claim.Claim) []figure {
	p, r := j.Project(c.Subject), j.Repository(c.Subject.ID)
	if p == nil || p.Coverage.Read == 0 {
		return nil
	}
	if c.Subject.Sort == claim.OfProject {
		s := source{}
		product, all := float64(p.Packages.Product), float64(p.Packages.Product+p.Packages.Other)
		return []figure{of(c.Property, product, boundsIn(p.Quantities.Packages), trees(p, true)...), of(c.Property, all, s.can(p, all), trees(p, true)...)}
	}
	if r == nil || r.Figures == nil {
		return nil
	}
	product, all, manifests := 0.0, 0.0, 0.0
	for i := range p.Components {
		k := &p.Components[i]
		if k.Repo.Key() != c.Subject.ID {
			continue
		}
		manifests++
		if k.IsPackage() {
			all++
			if k.Role == fact.RoleProduct {
				product++
			}
		}
	}
	can := func(v float64) bounds {
		if r.Stale {
			return anyNumber
		}
		return exactly(v)
	}
	if c.Is("manifests") {
		return []figure{of(c.Property, manifests, can(manifests), r.Evidence())}
	}
	return []figure{of(c.Property, product, can(product), r.Evidence()), of(c.Property, all, can(all), r.Evidence())}
}

// yearShare is the share of a language at the end of a year.
func (j *Judge) yearShare(c *claim.Claim) []figure {
	p, lang := j.only(c.Subject), c.Of
	if lang == "" {
		lang = j.Language
	}
	if p == nil || p.Trend == nil {
		return nil
	}
	for i := range p.Trend.Years {
		y := &p.Trend.Years[i]
		if strconv.Itoa(y.Year) != c.Year {
			continue
		}
		f := of(c.Property, 0, exactly(0), trees(p, true)...)
		for _, l := range y.Languages {
			if l.Language == lang {
				f.value, f.can = 100*l.Share, exactly(100*l.Share)
			}
		}
		if j.subjectIsOpen(c) {
			f.can = bounds{0, 100}
		}
		return []figure{f}
	}
	return nil
}
