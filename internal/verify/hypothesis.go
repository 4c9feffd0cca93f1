package verify

import (
	"fmt"
	"math"
	"strings"
	"time"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
)

// explain looks for a fact that has the value of a wrong number, in the order in
// which reports go wrong: another unit, another scope, another time, another
// field, another project, rounding.
func (j *judge) explain(c *claim.Claim, r *ruling) {
	o := *c
	if o.Num.Bound == claim.About || o.Num.Bound == claim.Nearly {
		o.Num.Bound = claim.Exactly // within ten per cent there is always something
	}
	c = &o
	tries := []func(*claim.Claim) *Hypothesis{j.otherUnit, j.otherScope, j.otherTime, j.otherField, j.otherProject, j.near, j.magnitude}
	if r.verdict == Unverifiable {
		// More may be in what was not read, which no other figure rules out.
		tries = []func(*claim.Claim) *Hypothesis{j.otherUnit, j.otherScope, j.magnitude}
	}
	for _, try := range tries {
		if h := try(c); h != nil {
			r.hypothesis = h
			if r.verdict == Unverifiable {
				return
			}
			r.source, r.verdict = "", Refuted
			if h.Kind == "time" {
				r.verdict = Outdated
			}
			return
		}
	}
}

// with is the claim as if it were of another field or subject.
func with(c *claim.Claim, field string, s claim.Subject, scope string) *claim.Claim {
	o := *c
	o.Field, o.Subject, o.Scope = field, s, scope
	return &o
}

// has reports whether some figure of a claim fits its number, which is telling
// enough not to do so by accident.
func (j *judge) has(c *claim.Claim, value claim.Quantity) bool {
	if value.Value < 10 && !value.Percent {
		return false
	}
	all, _ := j.measures(c)
	for _, m := range all {
		if value.Fits(m.value) {
			return true
		}
	}
	return false
}

// mistaken are the properties that a field is mistaken for: those of its group; nil
// for one of another.
func mistaken(group, field string) []*property.Property {
	if p, _ := property.Of(field); p == nil || p.Mistaken != group || p.Name != field {
		return nil
	}
	return property.Mistaken(group)
}

// otherUnit: bytes said to be lines, and so on.
func (j *judge) otherUnit(c *claim.Claim) *Hypothesis {
	for _, p := range mistaken("size", c.Field) {
		if p.Name != c.Field && j.has(with(c, p.Name, c.Subject, c.Scope), c.Num) {
			return &Hypothesis{"unit", "that is the number of " + p.Title}
		}
	}
	return nil
}

// otherScope: of a repository said to be of the project, or of the project.
func (j *judge) otherScope(c *claim.Claim) *Hypothesis {
	p := j.project(c.Subject)
	if p == nil {
		return nil
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		s := claim.Subject{Sort: claim.OfRepository, ID: r.ID.Key()}
		if !s.Is(c.Subject) && j.has(with(c, c.Field, s, ""), c.Num) {
			return &Hypothesis{"scope", "that is of the repository " + r.Slug()}
		}
	}
	whole := claim.Subject{Sort: claim.OfProject, ID: p.ID}
	for _, scope := range fact.Scopes() {
		if j.has(with(c, c.Field, whole, string(scope)), c.Num) {
			return &Hypothesis{"scope", fmt.Sprintf("that is of the project over the scope %q", scope)}
		}
	}
	return nil
}

// lookBack is how far back a share that fits is taken for an earlier state, in
// months: over a whole history some month has nearly any share.
const lookBack = 36

// otherTime: it was so at the end of an earlier month.
func (j *judge) otherTime(c *claim.Claim) *Hypothesis {
	if c.Field == "count.level" || c.Field == "count.level.projects" {
		return j.earlierCount(c)
	}
	p := j.project(c.Subject)
	if p == nil || p.Trend == nil || c.Subject.Sort != claim.OfProject {
		return nil
	}
	if strings.HasPrefix(c.Field, "share.year") {
		return nil
	}
	lang, isShare := strings.CutPrefix(c.Field, "share")
	lang = strings.TrimPrefix(lang, ":")
	if isShare && lang != "" && lang != j.language {
		return otherYear(c, p, lang)
	}
	points := p.Trend.Points
	for i := len(points) - 2; i >= 0; i-- {
		var v float64
		switch {
		case isShare && points[i].Share != nil && len(points)-i <= lookBack:
			v = 100 * *points[i].Share
		case c.Field == "bytes":
			v = float64(points[i].Bytes)
		case c.Field == "total":
			v = float64(points[i].Total)
		default:
			continue
		}
		if c.Num.Fits(v) && (c.Num.Value >= 10 || isShare) {
			return &Hypothesis{"time", "it was so at the end of " + points[i].Month}
		}
	}
	return nil
}

func otherYear(c *claim.Claim, p *usage.Project, lang string) *Hypothesis {
	for i := len(p.Trend.Years) - 2; i >= 0; i-- {
		y := &p.Trend.Years[i]
		for _, l := range y.Languages {
			if l.Language == lang && c.Num.Fits(100*l.Share) {
				return &Hypothesis{"time", fmt.Sprintf("it was so at the end of %d", y.Year)}
			}
		}
	}
	return nil
}

// otherField: another figure of the same subject.
func (j *judge) otherField(c *claim.Claim) *Hypothesis {
	if c.Field == "commits.year" {
		if h := j.commitsOfAll(c); h != nil {
			return h
		}
	}
	for _, p := range mistaken("work", c.Field) {
		o := with(c, p.Name, c.Subject, c.Scope)
		if p.Name != c.Field && !(j.language == "" && j.needsLanguage(o)) && j.has(o, c.Num) {
			return &Hypothesis{"field", "that is the number of " + p.Title}
		}
	}
	return nil
}

// commitsOfAll: bots or merges were counted in.
func (j *judge) commitsOfAll(c *claim.Claim) *Hypothesis {
	p := j.only(c.Subject)
	if p == nil || p.Activity == nil {
		return nil
	}
	y := &p.Activity.Year
	switch {
	case c.Num.Fits(float64(y.Human + y.Bot)):
		return &Hypothesis{"field", "that counts the commits by bots too"}
	case c.Num.Fits(float64(y.All())):
		return &Hypothesis{"field", "that counts bots and merges too"}
	}
	return nil
}

// otherProject: the figure of another project that uses the language.
func (j *judge) otherProject(c *claim.Claim) *Hypothesis {
	if c.Subject.Sort != claim.OfProject {
		return nil
	}
	for i := range j.f.Projects {
		q := &j.f.Projects[i]
		s := claim.Subject{Sort: claim.OfProject, ID: q.ID}
		if j.uses(q) && q.ID != c.Subject.ID && j.has(with(c, c.Field, s, c.Scope), c.Num) {
			return &Hypothesis{"project", "that is " + q.Name + "'s"}
		}
	}
	return nil
}

// first is the likeliest figure and the claimed number; ok false where one of them
// is nothing.
func (j *judge) first(c *claim.Claim) (measured, claimed float64, ok bool) {
	all, _ := j.measures(c)
	if len(all) == 0 || all[0].value == 0 || c.Num.Value == 0 {
		return 0, 0, false
	}
	return all[0].value, c.Num.Value, true
}

// near: it was rounded, or is of a day not far away.
func (j *judge) near(c *claim.Claim) *Hypothesis {
	if m, v, ok := j.first(c); ok && math.Abs(v-m) <= 0.02*m && m >= 50 {
		return &Hypothesis{"rounding", "it is near"}
	}
	return nil
}

// magnitude: the digits are right.
func (j *judge) magnitude(c *claim.Claim) *Hypothesis {
	m, v, ok := j.first(c)
	if !ok || c.Num.Percent {
		return nil
	}
	if k := math.Log10(v / m); math.Abs(k-math.Round(k)) < 0.01 && math.Round(k) != 0 {
		return &Hypothesis{"rounding", fmt.Sprintf("the digits are right, by a factor of %g", math.Pow10(int(math.Round(k))))}
	}
	return nil
}

// explainDay looks for a fact that has the value of a wrong date.
func (j *judge) explainDay(c *claim.Claim, r *ruling) {
	p := j.project(c.Subject)
	if p == nil || len(c.Day.Text) < len("2006-01") {
		return
	}
	if c.Field == "release.last" && c.Word == "" && j.olderRelease(c, p, r) {
		return
	}
	for _, m := range p.Milestones {
		if c.Day.Matches(string(m.Date)) {
			r.hypothesis = &Hypothesis{"field", "that is its day as " + m.Name}
			r.evidence = append(r.evidence, m.Evidence)
			return
		}
	}
	if !strings.HasPrefix(c.Field, "milestone") {
		return
	}
	_, name, _ := strings.Cut(c.Field, ":")
	for i := range j.f.Projects {
		q := &j.f.Projects[i]
		if d := q.Item.Milestones[name]; len(c.Day.Text) == 10 && c.Day.Matches(string(d)) && j.uses(q) {
			r.hypothesis = &Hypothesis{"project", "that is " + q.Name + "'s"}
			return
		}
	}
}

// olderRelease: it is the day of an earlier release.
func (j *judge) olderRelease(c *claim.Claim, p *usage.Project, r *ruling) bool {
	for i := range p.Repositories {
		all := j.facts.Releases[p.Repositories[i].ID.Key()]
		if all == nil {
			continue
		}
		for k := range all.Releases {
			t := &all.Releases[k]
			if !t.Pre && len(c.Day.Text) == 10 && c.Day.Matches(t.At[:10]) {
				r.verdict, r.hypothesis = Outdated, &Hypothesis{"time", "that is the day of " + t.Tag}
				return true
			}
		}
	}
	return false
}

// earlierCount: there were so many projects of a level at the end of an earlier
// month, by the dates of the landscape.
func (j *judge) earlierCount(c *claim.Claim) *Hypothesis {
	if c.Field == "count.level" && (c.Label != "" || j.speaksOfUse(c)) {
		return nil // who used the language then is not told by dates
	}
	for _, m := range j.earlierMonths() {
		if c.Num.Fits(float64(m.levels[c.Level])) {
			return &Hypothesis{"time", "it was so at the end of " + m.name}
		}
	}
	return nil
}

// A month is how many projects were of each level at its end.
type month struct {
	name   string
	levels map[string]int
}

// earlierMonths are the months before the day, the last one first. They are counted
// once.
func (j *judge) earlierMonths() []month {
	day, err := time.Parse(time.DateOnly, string(j.asOf))
	if err != nil || j.months != nil {
		return j.months
	}
	for range lookBack {
		day = day.AddDate(0, 0, -day.Day()) // the last day of the month before
		m, on := month{day.Format("2006-01"), map[string]int{}}, fact.DateOf(day)
		for i := range j.f.Projects {
			m.levels[levelOn(&j.f.Projects[i], on)]++
		}
		j.months = append(j.months, m)
	}
	return j.months
}

// levelOn is the level of a project on a day, by the milestones up to it.
func levelOn(p *usage.Project, day fact.Date) string {
	level := ""
	for _, m := range p.Milestones { // by day
		switch {
		case m.Date > day:
			return level
		case m.Name != "accepted":
			level = m.Name
		case level == "":
			level = "sandbox"
		}
	}
	return level
}
