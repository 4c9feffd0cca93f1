package judge

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
)

// This file looks for another figure that a wrong number is. Where the text leaves open
// which of the two it means, it is a reading, and the number is not wrong; else it tells
// what may have gone wrong.

// An other is another figure that a number is.
type other struct {
	text     string
	evidence []fact.Evidence
}

// few is below what a number fits by accident.
const few = 10

// fitting is the figure that a claim has for its number; ok is false for none, and for a
// number that fits by accident.
func (j *Judge) fitting(c *claim.Claim) (figure, bool) {
	if c.Num.Value < few && !c.Num.Percent || c.Num.Value == 0 || j.Language == "" && j.needsLanguage(c) {
		return figure{}, false
	}
	all, _ := j.figures(c)
	i := slices.IndexFunc(all, func(f figure) bool { return c.Num.Fits(f.value) })
	if i < 0 {
		return figure{}, false
	}
	return all[i], true
}

// otherReading is another reading of a number in which it holds.
func (j *Judge) otherReading(c *claim.Claim, all []figure) (other, bool) {
	q := c.Num
	for _, f := range all {
		cut := q.Slack > 0 && (q.Bound == claim.Exactly || q.Bound == claim.About) && f.value >= q.Value && f.value < q.Value+2*q.Slack
		over := q.Bound == claim.Over && f.value >= q.Value || q.Bound == claim.Under && f.value <= q.Value
		switch {
		case cut:
			return other{text: "its last digits are cut off", evidence: f.evidence}, true
		case over:
			return other{text: "it holds, and says little: " + f.words(), evidence: f.evidence}, true
		}
	}
	if q.Bound.Bounds() {
		return other{}, false
	}
	for _, try := range []func(*claim.Claim) (other, bool){j.listedIn, j.overScope, j.overPeriod} {
		if x, ok := try(c); ok {
			return x, true
		}
	}
	return other{}, false
}

// listedIn: so many people or adopters are named in the files of one repository, or who
// counts among them is not said.
func (j *Judge) listedIn(c *claim.Claim) (other, bool) {
	p := j.Project(c.Subject)
	if p == nil || !c.Is("maintainers", "adopters") {
		return other{}, false
	}
	in := namers(p, c.Property.Name)
	for _, repo := range slices.Sorted(maps.Keys(in)) {
		if c.Num.Fits(float64(in[repo])) {
			return other{text: "so many are named in " + repo.Slug()}, true
		}
	}
	return other{text: "who counts among them is not said"}, true
}

// plainSlack is that of a share without decimals: some repository has nearly any such.
const plainSlack = 0.5

// overScope: it is so of a repository of the project, or over another scope, where the
// text names none.
func (j *Judge) overScope(c *claim.Claim) (other, bool) {
	if sizes[c.Property.Name].value == nil && !c.Is("packages", "manifests") || c.Scope != "" || c.Whole || c.Year != "" {
		return other{}, false
	}
	if c.Num.Percent && c.Num.Slack >= plainSlack {
		return other{}, false
	}
	return j.elsewhere(c)
}

// elsewhere is another scope or repository of the project in which a number holds.
func (j *Judge) elsewhere(c *claim.Claim) (other, bool) {
	p := j.Project(c.Subject)
	if p == nil {
		return other{}, false
	}
	for _, scope := range fact.Scopes() {
		if f, ok := j.fitting(with(c, c.Property, c.Of, claim.Subject{Sort: claim.OfProject, ID: p.ID}, string(scope))); ok {
			return other{fmt.Sprintf("it is so of the project over the scope %q", scope), f.evidence}, true
		}
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		s := claim.Subject{Sort: claim.OfRepository, ID: r.ID.Key(), Within: p.ID}
		if f, ok := j.fitting(with(c, c.Property, c.Of, s, "")); ok && !s.Is(c.Subject) {
			return other{"it is so of the repository " + r.Slug(), f.evidence}, true
		}
	}
	return other{}, false
}

// byPeople: a text says that it means the work of people.
var byPeople = lazyregexp.New(`(?i)\bhuman (?:commits|work)\b|\bby (?:people|humans)\b|\b(?:without|no) bots\b`)

// overPeriod: it is so of all time, or with the commits of bots and merges, where the text
// does not say which.
func (j *Judge) overPeriod(c *claim.Claim) (other, bool) {
	p := j.only(c.Subject)
	if p == nil || p.Activity == nil || c.Num.Value < few {
		return other{}, false
	}
	a := p.Activity
	type reading struct {
		value int
		words string
	}
	var all []reading
	switch {
	case c.Is("commits.year"):
		all = []reading{{a.Year.Human + a.Year.Bot, "with bots"}, {a.Year.All(), "with bots and merges"}, {a.Commits.Human, "of all time"}}
	case c.Is("commits.all"):
		all = []reading{{a.Commits.Human + a.Commits.Bot, "of all time, with bots"}}
	case c.Is("commits.quarter"):
		all = []reading{{a.Quarter.Human + a.Quarter.Bot, "with bots"}}
	}
	for _, r := range all {
		if strings.HasPrefix(r.words, "with bots") && byPeople.MatchString(c.Label+" "+c.Sentence) {
			continue
		}
		if c.Num.Fits(float64(r.value)) && !(r.words == "of all time" && c.Year != "") {
			return other{text: r.words + ": " + words.Number(r.value), evidence: a.Evidence}, true
		}
	}
	return other{}, false
}

// explain looks for a fact that has the value of a wrong number, in the order in
// which reports go wrong: another unit, another scope, another time, another
// figure, another project, rounding.
func (j *Judge) explain(c *claim.Claim, r *Ruling) {
	o := *c
	if o.Num.Bound == claim.About || o.Num.Bound == claim.Nearly {
		o.Num.Bound = claim.Exactly // within ten per cent there is always something
	}
	tries := []func(*claim.Claim) *Hypothesis{j.otherUnit, j.otherScope, j.otherTime, j.otherFigure, j.otherProject, j.rounding}
	if r.Verdict == Unverifiable { // more may be in what was not read, which no other figure rules out
		tries = []func(*claim.Claim) *Hypothesis{j.otherUnit, j.otherScope}
	}
	for _, try := range tries {
		if h := try(&o); h != nil {
			r.Hypothesis = h
			if r.Verdict == Unverifiable {
				return
			}
			if r.Source, r.Verdict = "", Refuted; h.Kind == "time" {
				r.Verdict = Outdated
			}
			return
		}
	}
}

// mistaken looks among the properties that are mistaken for that of a claim.
func (j *Judge) mistaken(c *claim.Claim, group, kind string) *Hypothesis {
	if c.Property.Mistaken != group || c.Of != "" {
		return nil
	}
	for _, p := range property.Mistaken(group) {
		if p != c.Property {
			if _, ok := j.fitting(with(c, p, "", c.Subject, c.Scope)); ok {
				return &Hypothesis{kind, "that is the number of " + p.Title}
			}
		}
	}
	return nil
}

// otherUnit: bytes said to be lines, and so on.
func (j *Judge) otherUnit(c *claim.Claim) *Hypothesis { return j.mistaken(c, "size", "unit") }

// otherFigure: another figure of work.
func (j *Judge) otherFigure(c *claim.Claim) *Hypothesis {
	if p := j.only(c.Subject); c.Is("commits.year") && p != nil && p.Activity != nil {
		switch y := &p.Activity.Year; {
		case c.Num.Fits(float64(y.Human + y.Bot)):
			return &Hypothesis{"field", "that counts the commits by bots too"}
		case c.Num.Fits(float64(y.All())):
			return &Hypothesis{"field", "that counts bots and merges too"}
		}
	}
	return j.mistaken(c, "work", "field")
}

// otherScope: of a repository said to be of the project, or the other way round.
func (j *Judge) otherScope(c *claim.Claim) *Hypothesis {
	if x, ok := j.elsewhere(c); ok {
		return &Hypothesis{"scope", strings.Replace(x.text, "it is so of", "that is of", 1)}
	}
	return nil
}

// lookBack is how far back a figure that fits is taken for an earlier state, in
// months: over a whole history some month has nearly any share.
const lookBack = 36

// otherTime: it was so at the end of an earlier month.
func (j *Judge) otherTime(c *claim.Claim) *Hypothesis {
	if c.Is("count.projects") && c.Level != "" {
		return j.earlierCount(c)
	}
	p := j.Project(c.Subject)
	if p == nil || p.Trend == nil || c.Subject.Sort != claim.OfProject || c.Of != "" && c.Of != j.Language || c.Year != "" {
		return nil
	}
	points := p.Trend.Points
	for i := len(points) - 2; i >= 0 && len(points)-i <= lookBack; i-- {
		v := math.NaN()
		switch {
		case c.Is("share") && points[i].Share != nil:
			v = 100 * *points[i].Share
		case c.Is("bytes"):
			v = float64(points[i].Bytes)
		case c.Is("total"):
			v = float64(points[i].Total)
		}
		if c.Num.Fits(v) && (c.Num.Value >= few || c.Num.Percent) {
			return &Hypothesis{"time", "it was so at the end of " + points[i].Month}
		}
	}
	return nil
}

// earlierCount: there were so many projects of a level at the end of an earlier
// month, by the dates of the landscape.
func (j *Judge) earlierCount(c *claim.Claim) *Hypothesis {
	day := j.AsOf.End()
	for range lookBack {
		day = day.AddDate(0, 0, -day.Day()) // the last day of the month before
		n, on := 0, fact.DateOf(day)
		for i := range j.Findings.Projects {
			if levelOn(&j.Findings.Projects[i], on) == c.Level {
				n++
			}
		}
		if c.Num.Fits(float64(n)) {
			return &Hypothesis{"time", "it was so at the end of " + day.Format("2006-01")}
		}
	}
	return nil
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

// otherProject: the figure of another project that uses the language.
func (j *Judge) otherProject(c *claim.Claim) *Hypothesis {
	if c.Subject.Sort != claim.OfProject {
		return nil
	}
	for i := range j.Findings.Projects {
		q := &j.Findings.Projects[i]
		s := claim.Subject{Sort: claim.OfProject, ID: q.ID}
		if !j.isMeant(q) || q.ID == c.Subject.ID {
			continue
		}
		if _, ok := j.fitting(with(c, c.Property, c.Of, s, c.Scope)); ok {
			return &Hypothesis{"project", "that is " + q.Name + "'s"}
		}
	}
	return nil
}

// isMeant reports whether a project uses the language of the report, or may be what
// is meant where there is none.
func (j *Judge) isMeant(p *usage.Project) bool { return j.Language == "" || p.Class.Uses() }

// rounding: it is near, or its digits are right.
func (j *Judge) rounding(c *claim.Claim) *Hypothesis {
	all, _ := j.figures(c)
	if len(all) == 0 || all[0].value == 0 || c.Num.Value == 0 {
		return nil
	}
	m, v := all[0].value, c.Num.Value
	if math.Abs(v-m) <= 0.02*m && m >= 50 {
		return &Hypothesis{"rounding", "it is near"}
	}
	if k := math.Log10(v / m); !c.Num.Percent && math.Abs(k-math.Round(k)) < 0.01 && math.Round(k) != 0 {
		return &Hypothesis{"rounding", fmt.Sprintf("the digits are right, by a factor of %g", math.Pow10(int(math.Round(k))))}
	}
	return nil
}

// explainDay looks for a fact that has the value of a wrong date.
func (j *Judge) explainDay(c *claim.Claim, r *Ruling) {
	p := j.Project(c.Subject)
	if p == nil || len(c.Day.Text) < len("2006-01") {
		return
	}
	if c.Is("release.last") && c.Of == "" && len(c.Day.Text) == len(time.DateOnly) {
		for t := range j.tags(p) {
			if !t.Pre && c.Day.Matches(t.At[:10]) {
				r.Verdict, r.Hypothesis = Outdated, &Hypothesis{"time", "that is the day of " + t.Tag}
				return
			}
		}
	}
	for _, m := range p.Milestones {
		if c.Day.Matches(string(m.Date)) {
			r.Hypothesis = &Hypothesis{"field", "that is its day as " + m.Name}
			r.Evidence = append(r.Evidence, m.Evidence)
			return
		}
	}
	for i := range j.Findings.Projects {
		q := &j.Findings.Projects[i]
		if d := q.Item.Milestones[c.Of]; c.Is("milestone") && len(c.Day.Text) == len(time.DateOnly) && c.Day.Matches(string(d)) && j.isMeant(q) {
			r.Hypothesis = &Hypothesis{"project", "that is " + q.Name + "'s"}
			return
		}
	}
}
