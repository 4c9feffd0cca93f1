package judge

import (
	"slices"
	"strconv"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// counts are the numbers of projects, and other figures of the landscape as a whole.
func (j *Judge) counts(c *claim.Claim) []figure {
	s, cov := &j.Findings.Summary, &j.Findings.Coverage
	exact := func(n int) []figure {
		return []figure{of(c.Property, float64(n), exactly(float64(n)), j.landscape()...)}
	}
	switch {
	case c.Is("count.using"):
		return j.using(c)
	case c.Is("count.projects", "count.unknown") && c.Level != "":
		i := slices.IndexFunc(s.Maturities, func(m usage.MaturityCount) bool { return m.Maturity == c.Level })
		switch {
		case i < 0:
			return nil
		case c.Is("count.unknown"):
			return exact(s.Maturities[i].Unknown)
		}
		return exact(s.Maturities[i].Projects)
	case c.Is("count.projects"):
		return exact(cov.Projects + cov.LeftOut)
	case c.Is("count.read"):
		return exact(cov.Projects - s.Unknown)
	case c.Is("count.unknown"):
		return exact(s.Unknown)
	case c.Is("count.partial"):
		return exact(cov.ProjectsPartial)
	case c.Is("count.area"):
		return exact(len(slices.DeleteFunc(slices.Clone(c.Among), func(id string) bool { return j.projects[id] == nil || !hasArea(j.projects[id], c.Of) })))
	case c.Is("growth.accepted", "growth.adopted"):
		return j.growth(c)
	case c.Is("threshold"):
		v := 100 * j.Findings.Thresholds.ComponentShare
		if c.Of != "" {
			v = 12 // months
		}
		return []figure{of(c.Property, v, exactly(v))}
	case c.Is("lacking"):
		notes := len(j.Facts.Survey.Landscape.Notes) + len(j.Facts.Survey.Catalog.Notes)
		return lacking(c, s.Unknown, j.repositoriesThat((*usage.Repository).Wanting), j.repositoriesThat(func(r *usage.Repository) bool { return r.Counted && r.Figures.Bytes > 0 }), notes)
	}
	if class, err := usage.ParseClass(strings.TrimPrefix(c.Property.Name, "count.")); err == nil {
		return j.ofClass(c, class)
	}
	return j.sums(c)
}

// sums are the figures of the projects together.
func (j *Judge) sums(c *claim.Claim) []figure {
	if from, ok := ofProject[c.Property.Name]; ok && from.part == told && !c.Is("audits") {
		v := from.value(&usage.Project{Coverage: j.Findings.Coverage.ProjectCoverage})
		return []figure{of(c.Property, *v, exactly(*v), j.landscape()...)}
	}
	q := &j.Findings.Summary.Quantities
	switch {
	case c.Of != "" && c.Of != j.Language:
	case c.Is("bytes"):
		return sum(c, q.Bytes)
	case c.Is("code"):
		return sum(c, q.Code)
	case c.Is("packages"):
		return sum(c, q.Packages)
	}
	return nil
}

func sum[T quantity.Number](c *claim.Claim, q quantity.Of[T]) []figure {
	if q.Value == nil {
		return nil
	}
	return []figure{of(c.Property, float64(*q.Value), boundsIn(q))}
}

// tally is the number of projects that are so: those of which it is certain, and those of
// which what was not read decides it.
func (j *Judge) tally(c *claim.Claim, about string, is func(*usage.Project) quantity.Truth, read func(*usage.Project) bool) []figure {
	f := figure{unit: "project", about: about, evidence: j.landscape(), strict: true}
	var open []*usage.Project
	for i := range j.Findings.Projects {
		p := &j.Findings.Projects[i]
		if c.Level != "" && p.Maturity != c.Level {
			continue
		}
		if read(p) {
			f.value++
		}
		switch is(p) {
		case quantity.Yes:
			f.can.from++
			f.can.to++
		case quantity.Perhaps:
			f.can.to++
			open = append(open, p)
		}
	}
	if len(open) > 0 {
		f.open = openWords(open)
	} else {
		f.can = exactly(f.value)
	}
	return []figure{f}
}

func (j *Judge) using(c *claim.Claim) []figure {
	about := strings.TrimSpace(c.Level + " that use " + j.Language)
	var names []string
	uses := func(p *usage.Project) bool {
		if p.Class.Uses() && c.Level != "" {
			names = append(names, p.Name)
		}
		return p.Class.Uses()
	}
	all := j.tally(c, about, func(p *usage.Project) quantity.Truth { return p.Quantities.Uses() }, uses)
	if len(names) > 0 {
		all[0].about += ": " + strings.Join(names, ", ")
	}
	return all
}

func (j *Judge) ofClass(c *claim.Claim, class usage.Class) []figure {
	return j.tally(c, "of class "+class.String(), func(p *usage.Project) quantity.Truth { return p.Quantities.Class.Is(class) }, func(p *usage.Project) bool { return p.Class == class })
}

// repositoriesThat counts the repositories of all projects that are so.
func (j *Judge) repositoriesThat(are func(*usage.Repository) bool) int {
	n := 0
	for i := range j.Findings.Projects {
		for k := range j.Findings.Projects[i].Repositories {
			if r := &j.Findings.Projects[i].Repositories[k]; r.Scope.Within(j.Findings.Scope) && are(r) {
				n++
			}
		}
	}
	return n
}

// growth are the sums up to a year.
func (j *Judge) growth(c *claim.Claim) []figure {
	for _, y := range j.Findings.Growth {
		if strconv.Itoa(y.Year) != c.Year {
			continue
		}
		n, q := y.Total, y.TotalBounds
		if c.Is("growth.adopted") {
			n, q = y.AdoptedTotal, y.AdoptedBounds
		}
		f := of(c.Property, float64(n), boundsIn(q), j.landscape()...)
		f.open = words.Gap(q.Missing)
		return []figure{f}
	}
	return nil
}

// member judges that a project is in a list of such that use the language, of a
// level.
func (j *Judge) member(c *claim.Claim, p *usage.Project) Ruling {
	at := []fact.Evidence{p.Where("project")}
	switch {
	case c.Area != "":
		return inArea(c, p)
	case c.Level != "" && p.Maturity != c.Level:
		r := refuted(p.Maturity, "it is "+p.Maturity, at...)
		j.wasLevel(p, c.Level, &r)
		return r
	case j.Language == "": // by its level alone
		return confirmed(p.Maturity, at...)
	}
	because := p.Because[0]
	switch {
	case p.Class.Uses() && (SurelyUses(p) || j.OfRead(c)):
		r := confirmed(p.Class.String(), because.Evidence...)
		r.Why = because.Text
		return r
	case isOpen(p) && !SurelyNot(p):
		return notRead(p, p.Words(), because.Evidence)
	case p.Class == usage.Unknown || !p.Settled():
		return unverifiable(SourceRepository, "%s; %s", p.Words(), because.Text)
	}
	return refuted(p.Class.String(), because.Text, because.Evidence...)
}

// inArea judges that a project is in an area, by the landscape's categories.
func inArea(c *claim.Claim, p *usage.Project) Ruling {
	r := holds(hasArea(p, c.Area), p.FocusArea, p.Evidence)
	if r.Verdict == Refuted {
		r.Why = "the landscape puts it under " + p.FocusArea
	}
	return r
}

func hasArea(p *usage.Project, area string) bool {
	return strings.Contains(plainName(p.FocusArea+" "+strings.Join(p.Item.SecondPaths, " ")), plainName(area))
}
