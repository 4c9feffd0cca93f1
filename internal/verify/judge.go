package verify

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
)

// A judge holds what claims are judged by.
type judge struct {
	facts    finding.Facts
	f        *usage.Findings
	language string // that the report is about; "" where none is named
	asOf     fact.Date
	projects map[string]*usage.Project
	repos    map[string]*member
	mentions map[point]*mentions // by the report
	others   *others             // for a report without a language
	months   []month             // see earlierMonths
	speeches map[string]speech   // by sentence
	verdicts map[*claim.Claim]Verdict
	beside   map[neighbourhood][]string // repositories, see neighbours
}

// A member is a repository with the project it belongs to.
type member struct {
	project *usage.Project
	*usage.Repository
}

func newJudge(facts finding.Facts, f *usage.Findings) *judge {
	j := &judge{
		facts: facts, f: f, language: f.Language, asOf: facts.Survey.AsOf, projects: map[string]*usage.Project{}, repos: map[string]*member{},
		mentions: map[point]*mentions{}, speeches: map[string]speech{}, verdicts: map[*claim.Claim]Verdict{},
		beside: map[neighbourhood][]string{},
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

// A ruling is what a judge says of a claim.
type ruling struct {
	verdict  Verdict
	claimed  string
	measured string
	why      string
	source   string
	evidence []fact.Evidence
	// mended is the value in place of the claimed one, as it would stand in the
	// text; "" when there is none.
	mended string
	// likely: mended is the likeliest of several values, or not exact.
	likely     bool
	hypothesis *Hypothesis
}

func unverifiable(source, format string, args ...any) ruling {
	return ruling{verdict: Unverifiable, source: source, why: fmt.Sprintf(format, args...)}
}

// The sources that may be missing.
const (
	sourceHost        = "the repository host's API"
	sourceSite        = "the project's web site"
	sourceBenchmark   = "a published benchmark"
	sourceStatement   = "a statement of the project"
	sourceRepository  = "a repository that was not read"
	sourceMeasurement = "a measurement that Assay does not make"
	sourceAuthor      = "the author of the report"
	sourceLandscape   = "the landscape, which does not say"
)

// judge judges a claim.
func (j *judge) judge(c *claim.Claim) ruling {
	if len(c.Subject.Others) > 0 {
		return unverifiable("a name that is not ambiguous", "%q may be %s", c.Subject.Text,
			strings.Join(append([]string{c.Subject.ID}, c.Subject.Others...), " or "))
	}
	if j.language == "" && j.needsLanguage(c) {
		return j.unnamed(c)
	}
	switch c.Form {
	case claim.Numeric:
		return j.number(c)
	case claim.Dated:
		return j.date(c)
	case claim.Address:
		return j.address(c)
	}
	return j.verbal(c)
}

// verdict is that of a claim of the report, found once.
func (j *judge) verdict(c *claim.Claim) Verdict {
	v, ok := j.verdicts[c]
	if !ok {
		v = j.judge(c).verdict
		j.verdicts[c] = v
	}
	return v
}

// project is the project that a claim is about: itself, or that of the
// repository; nil for others.
func (j *judge) project(s claim.Subject) *usage.Project {
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

// name is how the facts name a subject.
func (j *judge) name(s claim.Subject) string {
	switch s.Sort {
	case claim.OfProject:
		if p := j.projects[s.ID]; p != nil {
			return p.Name
		}
	case claim.OfRepository:
		if r := j.repos[s.ID]; r != nil {
			return r.Slug()
		}
	case claim.OfLevel:
		return profile.MaturityTitle(s.ID) + " projects"
	}
	return s.ID
}
