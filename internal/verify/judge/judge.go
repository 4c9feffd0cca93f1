// Package judge says what the facts say of a claim: whether it is right, wrong, or cannot
// be told, with what was measured and the evidence. It knows findings, and no text: what
// words around a value say of it, package claim has made a part of the claim.
//
// There is a judge for each type of value. A number is held against figures
// ([Judge.number]), a day against days, a word against what the facts have for it. Which
// figures, days and words a property is of, tables say: figure.go, day.go, word.go. All of
// them have bounds where not everything was read (bound.go); a claim is right only when
// nothing in the rest could make it false, and wrong only when nothing could make it true.
package judge

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/limit"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
)

// A Verdict is what the facts say of a claim.
type Verdict string

// The verdicts, worst first.
const (
	// Refuted: the facts say otherwise.
	Refuted Verdict = "refuted"
	// Outdated: it was true on an earlier day and is not on the report's.
	Outdated Verdict = "outdated"
	// Ambiguous: it does not hold as it is read first, and does in another reading.
	Ambiguous Verdict = "ambiguous"
	// Unverifiable: no source that was read can tell; [Ruling.Source] names the
	// missing one.
	Unverifiable Verdict = "unverifiable"
	// Subjective: a judgement, not a fact.
	Subjective Verdict = "subjective"
	// Confirmed: the facts say so.
	Confirmed Verdict = "confirmed"
)

// Wrong reports whether the facts are against it.
func (v Verdict) Wrong() bool { return v == Refuted || v == Outdated }

// A Hypothesis is what may have gone wrong, told by another fact that has the
// claimed value.
type Hypothesis struct {
	// Kind is "unit", "scope", "time", "field", "project" or "rounding".
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// A Ruling is what a judge says of a claim.
type Ruling struct {
	Verdict Verdict
	// Measured is what the facts have, in words; Why the reason, a clause.
	Measured, Why string
	// Source is what would tell.
	Source     string
	Evidence   []fact.Evidence
	Hypothesis *Hypothesis
	// Mended is the value in place of the claimed one: a number, a day, or words; nil
	// when there is none. Likely: it is the likeliest of several, or not exact.
	Mended any
	Likely bool
}

// The sources that may be missing.
const (
	sourceHost        = "the repository host's API"
	sourceSite        = "the project's web site"
	sourceStatement   = "a statement of the project"
	sourceMeasurement = "a measurement that Assay does not make"
	sourceAuthor      = "the author of the report"
	sourceLandscape   = "the landscape, which does not say"
	sourceLanguage    = "a language: name it in the title, or with --language"
	// SourceRepository is missing where not everything was read.
	SourceRepository = "a repository that was not read"
)

func unverifiable(source, format string, args ...any) Ruling {
	return Ruling{Verdict: Unverifiable, Source: source, Why: fmt.Sprintf(format, args...)}
}

func confirmed(measured string, e ...fact.Evidence) Ruling {
	return Ruling{Verdict: Confirmed, Measured: measured, Evidence: e}
}

func refuted(measured, why string, e ...fact.Evidence) Ruling {
	return Ruling{Verdict: Refuted, Measured: measured, Why: why, Evidence: e}
}

// holds is confirmed or refuted by what was measured.
func holds(so bool, measured string, e ...fact.Evidence) Ruling {
	if so {
		return confirmed(measured, e...)
	}
	return refuted(measured, measured, e...)
}

// A Judge holds what claims are judged by.
type Judge struct {
	// Language of the findings that claims are about; "" where none is named.
	Language string
	Findings *usage.Findings
	Facts    finding.Facts
	AsOf     fact.Date

	projects map[string]*usage.Project
	repos    map[string]*member
	told     map[point]*mentions
	verdicts map[*claim.Claim]Verdict
	find     func(language string) (*usage.Findings, error)
	others   map[string]*Judge // by language
}

// A member is a repository with the project it belongs to.
type member struct {
	project *usage.Project
	*usage.Repository
}

// New is a judge by findings and the facts they were made from. find gives the findings on
// another language, and may be nil. Where no language is named, what depends on one is
// judged by the language that a claim names itself, or not at all.
func New(facts finding.Facts, f *usage.Findings, find func(string) (*usage.Findings, error), unnamed bool) *Judge {
	j := &Judge{
		Language: f.Language, Findings: f, Facts: facts, AsOf: facts.Survey.AsOf, projects: map[string]*usage.Project{}, repos: map[string]*member{},
		told: map[point]*mentions{}, verdicts: map[*claim.Claim]Verdict{}, find: find, others: map[string]*Judge{},
	}
	if unnamed {
		j.Language = ""
	}
	for i := range f.Projects {
		p := &f.Projects[i]
		j.projects[p.ID] = p
		for k := range p.Repositories {
			r := &p.Repositories[k]
			if have := j.repos[r.ID.Key()]; have == nil || have.State != profile.Read && r.State == profile.Read {
				j.repos[r.ID.Key()] = &member{p, r}
			}
		}
	}
	return j
}

// In is the judge for a language; nil where there is none.
func (j *Judge) In(language string) *Judge {
	if language == "" || language == j.Language {
		return j
	}
	if other, ok := j.others[language]; ok {
		return other
	}
	j.others[language] = nil
	if j.find == nil {
		return nil
	}
	if f, err := j.find(language); err == nil {
		other := New(j.Facts, f, nil, false)
		other.told, other.others = j.told, map[string]*Judge{}
		j.others[language] = other
	}
	return j.others[language]
}

// Judge judges a claim.
func (j *Judge) Judge(c *claim.Claim) Ruling {
	if len(c.Subject.Others) > 0 {
		return unverifiable("a name that is not ambiguous", "%q may be %s", c.Subject.Text,
			strings.Join(append([]string{c.Subject.ID}, c.Subject.Others...), " or "))
	}
	of, ok := j.speaker(c)
	if !ok {
		return unverifiable(sourceLanguage, "not checked: no language is named, or nothing is known of it")
	}
	r := of.ofValue(c)
	j.verdicts[c] = r.Verdict
	return r
}

// ofValue judges a claim by the type of its value.
func (j *Judge) ofValue(c *claim.Claim) Ruling {
	switch v := c.Property.Value; {
	case v.IsNumber():
		return j.number(c)
	case v == property.Date:
		return j.day(c)
	}
	r := j.word(c)
	if c.Negated {
		return denied(r)
	}
	return r
}

// denied is the ruling on what denies another claim: what was once so is not so now.
func denied(r Ruling) Ruling {
	r.Hypothesis = nil
	switch {
	case r.Verdict == Confirmed:
		r.Verdict = Refuted
		if r.Why == "" {
			r.Why = "it is so"
		}
	case r.Verdict.Wrong():
		r.Verdict = Confirmed
	}
	return r
}

// Verdict is that of a claim of the report, found once.
func (j *Judge) Verdict(c *claim.Claim) Verdict {
	v, ok := j.verdicts[c]
	if !ok {
		v = j.Judge(c).Verdict
		j.verdicts[c] = v
	}
	return v
}

// speaker is the judge for the language that a claim is of; ok is false where it needs one
// and there is none.
func (j *Judge) speaker(c *claim.Claim) (of *Judge, ok bool) {
	language := c.Language
	if language == "" && c.Of != "" && c.Is("code", "files") {
		language = c.Of
	}
	switch {
	case language == "":
		return j, j.Language != "" || !j.needsLanguage(c)
	case language == j.Language, j.Language == "" && !j.needsLanguage(c):
		return j, true
	}
	of = j.In(language)
	return of, of != nil
}

// needsLanguage reports whether a claim can be judged for one language only. One
// on a share or size that names its language can be for any.
func (j *Judge) needsLanguage(c *claim.Claim) bool {
	p := c.Property
	switch {
	case c.Is("than"):
		figure := property.Named(c.Of)
		return figure != nil && figure.Language
	case c.Is("superlative"):
		return bySize.MatchString(c.Word) || strings.Contains(c.Word, "pure") || c.Language != ""
	case c.Is("member"):
		return c.Area == "" && (c.Level == "" || c.Language != "")
	}
	return p.Language && !(p.Own && c.Of != "")
}

// Project is the project that a subject is of: itself, or that of the
// repository; nil for others.
func (j *Judge) Project(s claim.Subject) *usage.Project {
	switch s.Sort {
	case claim.OfProject:
		return j.projects[s.ID]
	case claim.OfRepository:
		if r := j.repos[s.ID]; r != nil {
			return r.project
		}
	case claim.OfPackage:
		return j.projects[s.Within]
	}
	return nil
}

// Repository is the repository with a key; nil for none.
func (j *Judge) Repository(key string) *usage.Repository {
	if r := j.repos[key]; r != nil {
		return r.Repository
	}
	return nil
}

// Name is how the facts name a subject.
func (j *Judge) Name(s claim.Subject) string {
	switch s.Sort {
	case claim.OfProject, claim.OfRepository:
		if r := j.repos[s.ID]; s.Sort == claim.OfRepository && r != nil {
			return r.Slug()
		}
		if p := j.projects[s.ID]; p != nil {
			return p.Name
		}
	case claim.OfLevel:
		return profile.MaturityTitle(s.ID) + " projects"
	}
	return s.ID
}

// only is the project whose figures of work a subject has: the project, or the
// only repository of one.
func (j *Judge) only(s claim.Subject) *usage.Project {
	p := j.Project(s)
	if p == nil || s.Sort == claim.OfProject {
		return p
	}
	if in := p.InScope(); len(in) == 1 && s.Sort == claim.OfRepository && in[0].ID.Key() == s.ID {
		return p
	}
	return nil
}

// A point is what a claim tells the value of.
type point struct {
	sort         claim.Sort
	id, property string
	of           string
}

func pointOf(c *claim.Claim) point {
	return point{c.Subject.Sort, c.Subject.ID, c.Property.Name, c.Of}
}

// mentions are all that a report says of one point.
type mentions struct {
	numbers []claim.Quantity // each once
	days    map[string]int   // how many claims give a day, by its text
}

// Collect remembers what a report says in all: how much was read, by which others of its
// claims are judged, and the days that it gives.
func (j *Judge) Collect(claims []claim.Claim) {
	for i := range claims {
		c := &claims[i]
		s := j.told[pointOf(c)]
		if s == nil {
			s = &mentions{days: map[string]int{}}
			j.told[pointOf(c)] = s
		}
		if c.Property.Value == property.Date {
			s.days[c.Day.Text]++
		} else if c.Property.Value.IsNumber() && len(s.numbers) < limit.VerifyWays && !slices.Contains(s.numbers, c.Num) {
			s.numbers = append(s.numbers, c.Num)
		}
	}
}

// tells reports whether the report gives a value for a point.
func (j *Judge) tells(t point, value float64) bool {
	s := j.told[t]
	return s != nil && slices.ContainsFunc(s.numbers, func(q claim.Quantity) bool { return q.Fits(value) })
}

// TellsCoverage reports whether the report says how many repositories were read,
// in all or of the project of a subject, or of how many projects something was, and
// those are as many as here.
func (j *Judge) TellsCoverage(s claim.Subject) bool {
	cov := &j.Findings.Coverage
	if j.tells(point{property: "repos.read"}, float64(cov.Read)) || j.tells(point{property: "count.read"}, float64(cov.Projects-j.Findings.Summary.Unknown)) {
		return true
	}
	p := j.Project(s)
	return p != nil && j.tells(point{sort: claim.OfProject, id: p.ID, property: "repos.read"}, float64(p.Coverage.Read))
}

// OfRead reports whether a claim speaks of what was read, so that what was not read makes
// no difference: because it says so, or because the report tells how much was read.
func (j *Judge) OfRead(c *claim.Claim) bool {
	return c.Read || !c.Whole && j.TellsCoverage(c.Subject)
}

// ofAllRead is OfRead for a claim that compares projects.
func (j *Judge) ofAllRead(c *claim.Claim) bool {
	all := *c
	all.Subject = claim.Subject{}
	return j.OfRead(&all)
}

func (j *Judge) landscape() []fact.Evidence {
	return []fact.Evidence{j.Facts.Survey.Landscape.Evidence}
}
