package profile

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/words"
)

// Coverage says how much of a landscape was read.
type Coverage struct {
	Projects        int `json:"projects"`
	ProjectsUnknown int `json:"projects_unknown"` // no repository could be read
	ProjectsPartial int `json:"projects_partial"` // some of it could not
	// LeftOut counts the projects that the survey was told to leave out, where
	// nothing is said of them; they are in no other number.
	LeftOut int `json:"projects_left_out,omitempty"`
	// ProjectCoverage sums the projects; a repository of two projects counts twice.
	ProjectCoverage
	// Sources that were not read: off or failed.
	SourcesOff []fact.Source `json:"sources_off"`
}

// CoverageOf sums the projects of a survey.
func CoverageOf(s *fact.Survey, projects []*Project) Coverage {
	c := Coverage{Projects: len(projects), SourcesOff: []fact.Source{}}
	for _, p := range projects {
		if p.Coverage.Read == 0 {
			c.ProjectsUnknown++
		} else if !p.Coverage.Complete() {
			c.ProjectsPartial++
		}
		c.Repositories += p.Coverage.Repositories
		c.Read += p.Coverage.Read
		c.Absent += p.Coverage.Absent
		c.Failed += p.Coverage.Failed
		c.Unmeasured += p.Coverage.Unmeasured
		c.Empty += p.Coverage.Empty
		c.Partial += p.Coverage.Partial
		c.Other += p.Coverage.Other
		c.MissingFiles += p.Coverage.MissingFiles
		c.Stale += p.Coverage.Stale
		c.Since = quantity.Earlier(c.Since, p.Coverage.Since)
		c.Open += p.Coverage.Open
	}
	for _, source := range s.Catalog.Sources {
		if source.State != "read" {
			c.SourcesOff = append(c.SourcesOff, source)
		}
	}
	return c
}

// ProjectCoverage says how much of a project was read. Only repositories whose
// code makes up the project are in it, each once.
type ProjectCoverage struct {
	Repositories int `json:"repositories"` // in all, duplicates left out
	Read         int `json:"read"`
	Absent       int `json:"absent"`
	Failed       int `json:"failed"`
	Unmeasured   int `json:"unmeasured"`
	Empty        int `json:"empty"` // no commit at the date: nothing to read
	// Partial counts repositories that were read and of which a part was not.
	Partial int `json:"partial"`
	// Other counts repositories without code of the project (forks, web sites …).
	Other int `json:"other"`
	// MissingFiles counts files whose content is not in the mirrors.
	MissingFiles int `json:"missing_files"`
	// Stale counts repositories whose mirror ends before the as-of day, Since is
	// the day on which the first of them ends.
	Stale int       `json:"stale,omitempty"`
	Since fact.Date `json:"since,omitempty"`
	// Open counts lists of repositories that may be longer: organisations that
	// their host did not list, and sources that were not read.
	Open int `json:"open,omitempty"`
}

// Gap is what was not read, for the bounds of figures.
func (c ProjectCoverage) Gap() quantity.Gap {
	return quantity.Gap{
		Unread: c.Unread(), Partial: c.Partial, Files: c.MissingFiles, Stale: c.Stale, Since: c.Since, Open: c.Open,
	}
}

// Unread is the number of repositories that may hold code and are not known.
func (c ProjectCoverage) Unread() int { return c.Absent + c.Failed + c.Unmeasured }

// Complete reports whether everything was read, and the mirrors speak for the
// day.
func (c ProjectCoverage) Complete() bool { return c.Gap().IsZero() }

// Words says the coverage in a clause: "1 of 3 repositories read (2 not
// found)".
func (c ProjectCoverage) Words() string {
	if c.Repositories == 0 {
		return "no repository known"
	}
	s := fmt.Sprintf("%s of %s read", words.Number(c.Read), words.Amount(c.Repositories, "repository"))
	var gaps []string
	for _, g := range []struct {
		n    int
		what string
	}{
		{c.Absent, "not found"}, {c.Failed, "failed"}, {c.Unmeasured, "not measured"},
		{c.Empty, "without a commit at the date"}, {c.Partial, "read in part"},
	} {
		if g.n > 0 {
			gaps = append(gaps, words.Number(g.n)+" "+g.what)
		}
	}
	rest := c.Gap()
	rest.Unread, rest.Partial = 0, 0
	if more := words.Gap(rest); more != "" {
		gaps = append(gaps, more)
	}
	if len(gaps) > 0 {
		s += " (" + strings.Join(gaps, ", ") + ")"
	}
	return s
}

func (c *ProjectCoverage) add(r *Repository) {
	if r.State == Duplicate {
		return
	}
	if !r.IsCode() {
		c.Other++
		return
	}
	c.Repositories++
	c.MissingFiles += r.Missing
	if r.Stale && (r.State == Read || r.State == Empty) {
		c.Stale++
		c.Since = quantity.Earlier(c.Since, r.Horizon)
	}
	switch r.State {
	case Read:
		c.Read++
		if r.Failure != "" || r.Cut() {
			c.Partial++
		}
	case Absent:
		c.Absent++
	case Failed:
		c.Failed++
	case Unmeasured:
		c.Unmeasured++
	case Empty:
		c.Empty++
	}
}
