package change_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/change"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

const laterDay fact.Date = "2025-12-31"

const (
	laterCommit = "2b5cade0000000000000000000000000000000bb"
	lineShift   = 1000 // between the lines of the two landscapes
)

// two gives the invented survey and the same of a later day, in which nothing
// but dates, commits and lines differs.
func two() (from, to finding.Facts) {
	from, to = findingtest.Facts(), findingtest.Facts()
	s := to.Survey
	s.AsOf = laterDay
	s.Landscape.Evidence.Commit, s.Landscape.CommittedAt = laterCommit, "2025-12-30T10:00:00Z"
	for i := range s.Landscape.Projects {
		p := &s.Landscape.Projects[i]
		for field := range p.Lines {
			p.Lines[field] += lineShift
		}
		for k := range p.Audits {
			p.Audits[k].Line += lineShift
		}
	}
	for i := range s.Catalog.Repositories {
		if e := &s.Catalog.Repositories[i].Memberships[0].Evidence; e.Commit != "" {
			e.Commit, e.Line = laterCommit, e.Line+lineShift
		}
	}
	for i := range s.Outcomes {
		if r := s.Outcomes[i].Revision; r != nil {
			r.AsOf, r.Commit = laterDay, "beef"+r.Commit[4:]
		}
	}
	return from, to
}

// item is a project of a survey, to be changed.
func item(t *testing.T, f finding.Facts, name string) *fact.Project {
	t.Helper()
	all := f.Survey.Landscape.Projects
	i := slices.IndexFunc(all, func(p fact.Project) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("no project %q", name)
	}
	return &all[i]
}

// without takes a project out of the landscape and the catalogue.
func without(f finding.Facts, name string) {
	l, c := f.Survey.Landscape, f.Survey.Catalog
	l.Projects = slices.DeleteFunc(l.Projects, func(p fact.Project) bool { return p.Name == name })
	c.Repositories = slices.DeleteFunc(c.Repositories, func(r fact.Repository) bool { return r.Project == name })
}

// rename gives a project another name.
func rename(t *testing.T, f finding.Facts, name, other string) *fact.Project {
	t.Helper()
	for i := range f.Survey.Catalog.Repositories {
		if r := &f.Survey.Catalog.Repositories[i]; r.Project == name {
			r.Project = other
		}
	}
	p := item(t, f, name)
	p.Name = other
	return p
}

// repo is a repository of the catalogue, to be changed.
func repo(t *testing.T, f finding.Facts, id fact.RepoID) *fact.Repository {
	t.Helper()
	all := f.Survey.Catalog.Repositories
	i := slices.IndexFunc(all, func(r fact.Repository) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("no repository %q", id)
	}
	return &all[i]
}

// name gives a repository another name throughout.
func name(t *testing.T, f finding.Facts, id, other fact.RepoID) {
	t.Helper()
	repo(t, f, id).ID = other
	outcome(t, f, id).Repo = other
	f.Compositions[other.Key()] = f.Compositions[id.Key()]
}

func outcome(t *testing.T, f finding.Facts, id fact.RepoID) *fact.Outcome {
	t.Helper()
	all := f.Survey.Outcomes
	i := slices.IndexFunc(all, func(o fact.Outcome) bool { return o.Repo == id })
	if i < 0 {
		t.Fatalf("no outcome of %q", id)
	}
	return &all[i]
}

// unread makes a repository one that was not found.
func unread(t *testing.T, f finding.Facts, id fact.RepoID) {
	t.Helper()
	o := outcome(t, f, id)
	o.Revision, o.Failure, o.Why = nil, "absent", "no mirror of it"
}

// drop takes a repository out of the catalogue.
func drop(f finding.Facts, id fact.RepoID) {
	c := f.Survey.Catalog
	c.Repositories = slices.DeleteFunc(c.Repositories, func(r fact.Repository) bool { return r.ID == id })
}

// grow adds bytes of a language to a repository.
func grow(f finding.Facts, id fact.RepoID, language string, bytes int64) {
	c := f.Compositions[id.Key()]
	c.Cells = append(c.Cells, fact.Cell{Language: language, Role: fact.RoleProduct, Counted: true, Files: 1, Bytes: bytes})
}

// told is what changes say, a line for each row.
func told(c *change.Changes) []string {
	lines := []string{}
	for _, s := range c.Sections() {
		for _, r := range s.Rows {
			lines = append(lines, s.Title+": "+strings.Join(r.Cells, " | "))
		}
	}
	for _, n := range c.Notes {
		lines = append(lines, "note: "+n.Text)
	}
	return lines
}

func diff(t *testing.T, from, to finding.Facts, opts change.Options) *change.Changes {
	t.Helper()
	return diffOver(t, from, to, "", opts)
}

func diffOver(t *testing.T, from, to finding.Facts, scope fact.Scope, opts change.Options) *change.Changes {
	t.Helper()
	c, err := change.Between(answer(t, from, scope), answer(t, to, scope), opts)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// answer is what Rust is to the projects of a survey.
func answer(t *testing.T, facts finding.Facts, scope fact.Scope) *usage.Findings {
	t.Helper()
	return findingtest.Find(t, facts, "rust", finding.Options{Scope: scope})
}

const (
	proxy = "github.com/meshwork/proxy"
	mesh  = "github.com/meshwork/meshwork"
)

// Each case changes one thing of two equal surveys and gets its rows, and no
// others.
func TestDiff(t *testing.T) {
	t.Parallel()
	for _, test := range slices.Concat(projectCases(), shareCases(), repositoryCases(), statementCases()) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			from, to := two()
			test.change(t, from, to)
			c := diff(t, from, to, change.Options{})
			if d := cmp.Diff(test.want, told(c)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if c.None() != (len(c.Sections()) == 0 || len(c.Late) == len(told(c))) {
				t.Errorf("none: %v, with %q", c.None(), c.Total())
			}
			checkPlaces(t, c, from, to)
		})
	}
}

// A diffCase is a change of two equal surveys, and the rows that tell it.
type diffCase struct {
	name   string
	change func(t *testing.T, from, to finding.Facts)
	want   []string
}

func projectCases() []diffCase {
	return []diffCase{
		{"nothing", func(*testing.T, finding.Facts, finding.Facts) {}, []string{}},
		{"a project joins", func(t *testing.T, from, to finding.Facts) {
			without(from, "Attestor")
			item(t, to, "Attestor").Milestones["accepted"] = "2025-08-01"
		}, []string{"Projects in: Attestor | sandbox | 2025-08-01 | component | 3.8 % | attestor/attestor"}},
		{"a project joins that was accepted earlier", func(_ *testing.T, from, _ finding.Facts) {
			without(from, "Meshwork")
		}, []string{
			"Projects in: Meshwork | graduated | 2017-01-23 | component | 6.0 % | meshwork/meshwork and 1 more",
			"Recorded late: Meshwork | accepted 2017-01-23 | did not have it as a project",
		}},
		{"a project leaves", func(_ *testing.T, _, to finding.Facts) { without(to, "Nowhere") }, []string{
			"Projects out: Nowhere | sandbox | 2024-01-01 | unknown | unknown | nowhere/nowhere",
		}},
		{"a project was listed before its date", func(t *testing.T, _, to finding.Facts) {
			item(t, to, "Tracelet").Milestones["accepted"] = "2025-07-01"
		}, []string{
			"Dates: Tracelet | accepted | 2019-02-02 | 2025-07-01",
			"Recorded late: Tracelet | accepted 2025-07-01 | had it already",
		}},
		{"another name", func(t *testing.T, _, to finding.Facts) { rename(t, to, "Wheelhouse", "Cartwright") }, []string{
			"Projects renamed: Wheelhouse | Cartwright | repository",
		}},
		{"another spelling", func(t *testing.T, _, to finding.Facts) { rename(t, to, "Wheelhouse", "WHEELhouse") }, []string{
			"Projects renamed: Wheelhouse | WHEELhouse | identifier",
		}},
		{"another name and repository", func(t *testing.T, _, to finding.Facts) {
			rename(t, to, "Ferrobase", "Oxidebase").RepoURL = "https://github.com/oxidebase/oxidebase"
			name(t, to, "github.com/ferrobase/ferrobase", "github.com/oxidebase/oxidebase")
		}, []string{
			"Projects renamed: Ferrobase | Oxidebase | lfx_slug",
			"Repositories: Oxidebase | primary, was ferrobase/ferrobase | oxidebase/oxidebase | primary | 24,814,809 bytes of 24,854,809 (99.8 %)",
		}},
		{"a level reached", func(t *testing.T, _, to finding.Facts) {
			p := item(t, to, "Attestor")
			p.Maturity, p.Milestones["incubating"] = "incubating", "2025-09-09"
		}, []string{"Maturity: Attestor | sandbox | incubating | 2025-09-09"}},
		{"a level without a date", func(t *testing.T, _, to finding.Facts) { item(t, to, "Attestor").Maturity = "incubating" }, []string{
			"Maturity: Attestor | sandbox | incubating | unknown",
		}},
		{"a level spelt otherwise", func(t *testing.T, _, to finding.Facts) { item(t, to, "Wasmoor").Maturity = "incubation" }, []string{}},
		{"a level recorded late", func(t *testing.T, _, to finding.Facts) {
			p := item(t, to, "Attestor")
			p.Maturity, p.Milestones["archived"] = "archived", "2025-03-03"
		}, []string{
			"Maturity: Attestor | sandbox | archived | 2025-03-03",
			"Recorded late: Attestor | archived 2025-03-03 | said sandbox",
		}},
		{"a level recorded early", func(t *testing.T, from, to finding.Facts) {
			for _, f := range []finding.Facts{from, to} {
				item(t, f, "Tracelet").Milestones["incubating"] = "2025-07-07"
			}
		}, []string{"Recorded late: Tracelet | incubating 2025-07-07 | said incubating already"}},
		{"an undated level is no contradiction", func(t *testing.T, from, to finding.Facts) {
			for _, f := range []finding.Facts{from, to} {
				p := item(t, f, "Tracelet")
				p.Maturity, p.Milestones["incubating"] = "graduated", "2020-01-01"
			}
		}, []string{}},
	}
}

func shareCases() []diffCase {
	return []diffCase{
		{"class", func(_ *testing.T, _, to finding.Facts) { grow(to, "github.com/paragate/paragate", "Rust", 100) }, []string{
			"Class of Rust: Paragate | none | trace | 0 % | < 0.1 % | 0 | 100",
		}},
		{"share", func(_ *testing.T, _, to finding.Facts) { grow(to, proxy, "Rust", 4_400_000) }, []string{
			"Share of Rust: Meshwork | component | 6.0 % | 14.6 % | +8.6 pp | 2,600,000 | 7,000,000",
		}},
		{"share, too little", func(_ *testing.T, _, to finding.Facts) { grow(to, proxy, "Rust", 400_000) }, []string{}},
		{"a repository became readable", func(t *testing.T, from, _ finding.Facts) { unread(t, from, proxy) }, []string{
			"Not comparable: Meshwork | trace in what was read | component | 0.5 % | 6.0 % | 0.5 % | 0.5 % | " +
				"meshwork/proxy: not found in any place searched before, read now",
			"Coverage: Meshwork | meshwork/proxy | not found in any place searched | read | no mirror of it",
		}},
		{"a repository became unreadable", func(t *testing.T, _, to finding.Facts) { unread(t, to, "github.com/wheelhouse/wheelhouse") }, []string{
			"Not comparable: Wheelhouse | core | unknown | 100 % | unknown | unknown | unknown | " +
				"wheelhouse/wheelhouse: read before, not found in any place searched now",
			"Coverage: Wheelhouse | wheelhouse/wheelhouse | read | not found in any place searched | no mirror of it",
		}},
		{"files are missing", func(_ *testing.T, _, to finding.Facts) {
			to.Compositions["github.com/wheelhouse/wheelhouse"].Missing = 2
			grow(to, "github.com/wheelhouse/wheelhouse", "Go", 9_000)
		}, []string{
			"Not comparable: Wheelhouse | core | core | 100 % | 50.0 % | unknown | unknown | " +
				"wheelhouse/wheelhouse: 0 files missing before, 2 now",
			"Coverage: Wheelhouse | wheelhouse/wheelhouse | read | read (2 files missing) | ",
		}},
		{"another collector", func(_ *testing.T, _, to finding.Facts) {
			to.Survey.Collectors["census"] = 2
			grow(to, "github.com/paragate/paragate", "Rust", 100)
		}, []string{
			"Not comparable: Paragate | none | trace | 0 % | < 0.1 % | 0 % | < 0.1 % | measured by version 1 of the collector census before, 2 now",
			"note: measured by version 1 of the collector census before, 2 now: no share can be compared",
		}},
		{"less", func(_ *testing.T, _, to finding.Facts) { grow(to, "github.com/wheelhouse/wheelhouse", "Go", 3_000) }, []string{
			"Share of Rust: Wheelhouse | core | 100 % | 75.0 % | -25 pp | 9,000 | 9,000",
		}},
		{"a repository is a fork now", func(t *testing.T, _, to finding.Facts) {
			repo(t, to, proxy).Standing = fact.StandingFork
		}, []string{
			"Not comparable: Meshwork | component | trace | 6.0 % | 0.5 % | 0.5 % | 0.5 % | meshwork/proxy: read before, left out (fork) now",
		}},
		{"another line of history", func(t *testing.T, _, to finding.Facts) {
			outcome(t, to, proxy).Revision.Rule = fact.RuleLineage
			grow(to, proxy, "Rust", 4_400_000)
		}, []string{
			"Not comparable: Meshwork | component | component | 6.0 % | 14.6 % | 0.5 % | 0.5 % | meshwork/proxy: another line of its history is followed: " +
				profile.RuleWords(fact.RuleLineage),
		}},
		{"read in part", func(t *testing.T, _, to finding.Facts) {
			outcome(t, to, proxy).Failure = string(errkind.Limit)
			grow(to, proxy, "Rust", 4_400_000)
		}, []string{
			"Not comparable: Meshwork | component | component | 6.0 % | 14.6 % | 0.5 % | 0.5 % | meshwork/proxy: read before, read in part now",
			"Coverage: Meshwork | meshwork/proxy | read | read in part | ",
		}},
		{"nothing is counted any more", func(_ *testing.T, _, to finding.Facts) {
			to.Compositions["github.com/wheelhouse/wheelhouse"].Cells = nil
		}, []string{"Class of Rust: Wheelhouse | core | none | 100 % | 0 % | 9,000 | 0"}},
		{"many repositories", func(_ *testing.T, from, _ finding.Facts) {
			c := from.Survey.Catalog
			for i := range 7 {
				id := fact.RepoID("github.com/wheelhouse/gone" + string(rune('0'+i)))
				r := fact.Repository{ID: id, Project: "Wheelhouse", Memberships: []fact.Membership{{Reason: fact.Catalogued, Source: "devstats"}}}
				c.Repositories = append(c.Repositories, r)
				o := fact.Outcome{Repo: id, Revision: &fact.Revision{Repo: id, Commit: "c" + string(rune('0'+i))}}
				from.Survey.Outcomes = append(from.Survey.Outcomes, o)
				from.Compositions[id.Key()] = &fact.Composition{Cells: []fact.Cell{{Language: "Go", Counted: true, Bytes: 9_000}}}
			}
			c.Repositories[len(c.Repositories)-1].Standing = fact.StandingWebsite
		}, []string{
			"Not comparable: Wheelhouse | core | core | 14.3 % | 100 % | 100 % | 100 % | " +
				strings.Join([]string{
					"wheelhouse/gone0: no repository of the project any more", "wheelhouse/gone1: no repository of the project any more",
					"wheelhouse/gone2: no repository of the project any more", "wheelhouse/gone3: no repository of the project any more",
					"wheelhouse/gone4: no repository of the project any more", "1 more repository",
				}, "; "),
			"Repositories: Wheelhouse | lost | wheelhouse/gone0 | devstats | 0 bytes of 9,000 (0 %)",
			"Repositories: Wheelhouse | lost | wheelhouse/gone1 | devstats | 0 bytes of 9,000 (0 %)",
			"Repositories: Wheelhouse | lost | wheelhouse/gone2 | devstats | 0 bytes of 9,000 (0 %)",
			"Repositories: Wheelhouse | lost | wheelhouse/gone3 | devstats | 0 bytes of 9,000 (0 %)",
			"Repositories: Wheelhouse | lost | wheelhouse/gone4 | devstats | 0 bytes of 9,000 (0 %)",
			"Repositories: Wheelhouse | lost | wheelhouse/gone5 | devstats | 0 bytes of 9,000 (0 %)",
			"Repositories: Wheelhouse | lost | wheelhouse/gone6 | devstats | left out (website)",
		}},
	}
}

func repositoryCases() []diffCase {
	return []diffCase{
		{"a source went off", func(_ *testing.T, _, to finding.Facts) { to.Survey.Catalog.Sources[2].State = "failed" }, []string{
			"note: the source listing was read before and failed now: repositories may be gained or lost by that alone",
		}},
		{"another landscape", func(_ *testing.T, _, to finding.Facts) {
			to.Survey.Landscape.Evidence.Repo = "github.com/other/landscape"
		}, []string{
			"note: the two surveys are not of the same landscape file: github.com/inventa/landscape@1a5cade00000:landscape.yml and " +
				"github.com/other/landscape@2b5cade00000:landscape.yml",
		}},
		{"a repository gained", func(_ *testing.T, from, _ finding.Facts) { drop(from, proxy) }, []string{
			"Not comparable: Meshwork | trace | component | 0.5 % | 6.0 % | 0.5 % | 0.5 % | meshwork/proxy: not a repository of the project before",
			"Repositories: Meshwork | gained | meshwork/proxy | additional | 2,400,000 bytes of 2,400,000 (100 %)",
		}},
		{"a repository lost", func(_ *testing.T, _, to finding.Facts) { drop(to, "github.com/halfread/engine") }, []string{
			"Repositories: Halfread | lost | halfread/engine | additional | unknown: could not be read",
		}},
		{"a repository moved", func(t *testing.T, _, to finding.Facts) {
			repo(t, to, "github.com/halfread/engine").Project = "Nowhere"
		}, []string{"Repositories: Nowhere | moved here from Halfread | halfread/engine | additional | unknown: could not be read"}},
		{"a repository renamed, known by its mirror", func(t *testing.T, _, to finding.Facts) {
			name(t, to, proxy, "github.com/meshwork/sidecar")
			repo(t, to, "github.com/meshwork/sidecar").FoundAs = proxy
		}, []string{
			"Repositories: Meshwork | renamed, was meshwork/proxy | meshwork/sidecar | additional | 2,400,000 bytes of 2,400,000 (100 %)",
		}},
		{"a repository renamed, known by its commit", func(t *testing.T, from, to finding.Facts) {
			name(t, to, proxy, "github.com/meshwork/sidecar")
			outcome(t, to, "github.com/meshwork/sidecar").Revision.Commit = outcome(t, from, proxy).Revision.Commit
		}, []string{
			"Repositories: Meshwork | renamed, was meshwork/proxy | meshwork/sidecar | additional | 2,400,000 bytes of 2,400,000 (100 %)",
		}},
		{"another primary repository", func(t *testing.T, _, to finding.Facts) {
			repo(t, to, mesh).Memberships[0].Reason = fact.Additional
			repo(t, to, proxy).Memberships[0].Reason = fact.Primary
		}, []string{
			"Class of Rust: Meshwork | component | core | 6.0 % | 6.0 % | 2,600,000 | 2,600,000",
			"Repositories: Meshwork | primary, was meshwork/meshwork (which stays) | meshwork/proxy | primary | 2,400,000 bytes of 2,400,000 (100 %)",
		}},
		{"a primary repository in place of another", func(t *testing.T, _, to finding.Facts) {
			name(t, to, "github.com/nowhere/nowhere", "github.com/erewhon/nowhere")
		}, []string{
			"Repositories: Nowhere | primary, was nowhere/nowhere | erewhon/nowhere | primary | unknown: not found in any place searched",
		}},
		{"a first commit", func(t *testing.T, from, _ finding.Facts) {
			o := outcome(t, from, proxy)
			o.Revision, o.Failure = nil, string(errkind.Empty)
		}, []string{
			"Class of Rust: Meshwork | trace | component | 0.5 % | 6.0 % | 200,000 | 2,600,000",
			"Repositories: Meshwork | first commit | meshwork/proxy | additional | 2,400,000 bytes of 2,400,000 (100 %)",
		}},
	}
}

func statementCases() []diffCase {
	return []diffCase{
		{"dates", func(t *testing.T, _, to finding.Facts) {
			p := item(t, to, "Ferrobase")
			p.Milestones["accepted"] = "2018-08-28"
			p.Milestones["sandbox"] = "2018-08-28"
			delete(p.Milestones, "incubating")
		}, []string{
			"Dates: Ferrobase | accepted | 2018-03-06 | 2018-08-28",
			"Dates: Ferrobase | incubating | 2019-05-21 | none",
			"Dates: Ferrobase | sandbox | none | 2018-08-28",
		}},
		{"an annual review", func(t *testing.T, _, to finding.Facts) {
			item(t, to, "Ferrobase").AnnualReviewDate = "2025-11-11"
		}, []string{"Annual reviews: Ferrobase | 2022-02-01 | 2025-11-11 | https://github.com/inventa/toc/pull/17"}},
		{"the address of a review", func(t *testing.T, _, to finding.Facts) {
			item(t, to, "Ferrobase").AnnualReviewURL = "https://github.com/inventa/toc/pull/18"
		}, []string{"Annual reviews: Ferrobase | 2022-02-01 | 2022-02-01 | https://github.com/inventa/toc/pull/18"}},
		{"audits", func(t *testing.T, _, to finding.Facts) {
			p := item(t, to, "Ferrobase")
			p.Audits[0].Date = "2020-02-11"
			p.Audits[1] = fact.Audit{Date: "2025-10-10", Vendor: "Fuzzwright", Type: "fuzzing", URL: "https://fuzz.example/"}
			item(t, to, "Attestor").Audits = nil
		}, []string{
			"Audits: Attestor | 2023-01-05 by Lockpick Labs | none | javascript:alert(1)",
			"Audits: Ferrobase | 2020-02-10: security by Lockpick Labs | 2020-02-11: security by Lockpick Labs | https://ferrobase.example/audit.pdf",
			"Audits: Ferrobase | date unknown: fuzzing by Fuzzwright | none | none",
			"Audits: Ferrobase | none | 2025-10-10: fuzzing by Fuzzwright | https://fuzz.example/",
		}},
	}
}

// checkPlaces checks that every change says where it was read on each date, at
// the commits of that date.
func checkPlaces(t *testing.T, c *change.Changes, from, to finding.Facts) {
	t.Helper()
	known := func(f finding.Facts) map[string]bool {
		commits := map[string]bool{f.Survey.Landscape.Evidence.Commit: true}
		for _, o := range f.Survey.Outcomes {
			if o.Revision != nil {
				commits[o.Revision.Commit] = true
			}
		}
		return commits
	}
	before, after := known(from), known(to)
	for _, s := range c.Sections() {
		for _, r := range s.Rows {
			b, a := r.Places.Before, r.Places.After
			if named := slices.Contains(r.Cells, "devstats"); (b == (fact.Evidence{}) || a == (fact.Evidence{})) && !named {
				t.Errorf("%s: %q was read at %q and %q", s.Title, r.Cells, b, a)
			}
			if b.Commit != "" && !before[b.Commit] || a.Commit != "" && !after[a.Commit] {
				t.Errorf("%s: %q was read at %q and %q: of another survey", s.Title, r.Cells, b, a)
			}
		}
	}
}

// A corrected date comes with its line in both files.
func TestDiffLines(t *testing.T) {
	t.Parallel()
	from, to := two()
	item(t, to, "Tracelet").Milestones["accepted"] = "2019-02-20"
	c := diff(t, from, to, change.Options{})
	line := item(t, from, "Tracelet").Lines["accepted"]
	e := from.Survey.Landscape.Evidence
	e.Line = line
	later := to.Survey.Landscape.Evidence
	later.Line = line + lineShift
	want := []change.DateChange{{
		Subject: change.Subject{ID: "tracelet", Name: "Tracelet"}, Field: "accepted", Before: "2019-02-02", After: "2019-02-20",
		Places: change.Places{Before: e, After: later},
	}}
	if d := cmp.Diff(want, c.Dates); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// In valid time the later file's word counts for both dates, and nothing is
// late.
func TestDiffValidTime(t *testing.T) {
	t.Parallel()
	from, to := two()
	without(from, "Meshwork")                                     // accepted in 2017, recorded late
	item(t, to, "Halfread").Milestones["accepted"] = "2025-08-08" // recorded early
	item(t, to, "Paragate").Milestones = nil                      // without any date
	without(to, "Nowhere")                                        // valid time cannot see it
	p := item(t, to, "Attestor")
	p.Maturity, p.Milestones["archived"] = "archived", "2025-03-03" // before both dates
	p = item(t, to, "Tracelet")
	p.Maturity, p.Milestones["graduated"] = "graduated", "2025-10-10"
	p = item(t, to, "Wasmoor")
	p.Maturity, p.Milestones["graduated"] = "graduated", "2025-11-11"
	c := diff(t, from, to, change.Options{ValidTime: true})
	want := []string{
		"Projects in: Halfread | sandbox | 2025-08-08 | none in what was read | 0 % | halfread/halfread and 1 more",
		"Maturity: Wasmoor | incubating | graduated | 2025-11-11",
		"Maturity: Tracelet | sandbox | graduated | 2025-10-10",
		"Dates: Attestor | archived | none | 2025-03-03",
		"Dates: Halfread | accepted | 2023-03-03 | 2025-08-08",
		"Dates: Paragate | accepted | 2022-12-14 | none",
		"note: the later file does not list 1 project of the earlier one, so that valid time says nothing of it: Nowhere",
		"note: before its first dated level a project counts as sandbox, as those do that give no date but that of acceptance; so here for 1 change of maturity",
	}
	if d := cmp.Diff(want, told(c)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if c.Time != change.ValidTime {
		t.Errorf("time %q", c.Time)
	}
	for _, m := range c.Maturities {
		if m.Places.Before.Commit != laterCommit || m.Places.After.Commit != laterCommit || m.Reached.Line == 0 {
			t.Errorf("%s was read at %+v", m.Name, m.Places)
		}
	}
}

// Two projects that share a repository are kept apart.
func TestDiffSharedRepository(t *testing.T) {
	t.Parallel()
	from, to := two()
	for _, f := range []finding.Facts{from, to} {
		item(t, f, "Nowhere").RepoURL = item(t, f, "Halfread").RepoURL
	}
	rename(t, to, "Nowhere", "Somewhere")
	got := told(diff(t, from, to, change.Options{}))
	if want := []string{"Projects renamed: Nowhere | Somewhere | repository"}; !slices.Equal(got, want) {
		t.Errorf("the one left over: got %q", got)
	}
	rename(t, to, "Halfread", "Halfwritten")
	c := diff(t, from, to, change.Options{})
	if len(c.Renamed) != 0 || len(c.In) != 2 || len(c.Out) != 2 {
		t.Errorf("which is which cannot be told, and yet: %q", told(c))
	}
}

// The scope decides which repositories are compared.
func TestDiffScope(t *testing.T) {
	t.Parallel()
	from, to := two()
	drop(from, proxy)
	c := diffOver(t, from, to, fact.ScopePrimary, change.Options{})
	if !c.None() {
		t.Errorf("in the primary repositories nothing changed, and yet: %q", told(c))
	}
}

// A threshold of one's own tells smaller changes; one that is a round number
// apart is told.
func TestDiffMinChange(t *testing.T) {
	t.Parallel()
	const id = "github.com/paragate/paragate"
	from, to := two()
	grow(from, id, "Rust", 100_000) // 10 %
	grow(to, id, "Rust", 100_000)
	to.Compositions[id].Cells[0].Bytes = 800_000
	to.Compositions[id].Cells[1].Bytes = 100_000 // 11.1 %
	for minimum, want := range map[float64]int{0: 1, 0.01: 1, 0.012: 0, 0.011: 1} {
		if got := len(diff(t, from, to, change.Options{MinChange: minimum}).Shares); got != want {
			t.Errorf("from %v on: %d changes, want %d", minimum, got, want)
		}
	}
	to.Compositions[id].Cells[0].Bytes, to.Compositions[id].Cells[1].Bytes = 890_000, 110_000 // 11 %
	if got := diff(t, from, to, change.Options{}).Shares; len(got) != 1 {
		t.Errorf("one point exactly: %d changes", len(got))
	}
}

// The same facts in another order give the same changes, and the facts stay as
// they are.
func TestDiffOrder(t *testing.T) {
	t.Parallel()
	make2 := func() (finding.Facts, finding.Facts) {
		from, to := two()
		without(from, "Meshwork")
		without(from, "Attestor")
		without(to, "Nowhere")
		grow(to, "github.com/paragate/paragate", "Rust", 100)
		grow(to, "github.com/wheelhouse/wheelhouse", "Go", 100_000)
		item(t, to, "Halfread").Maturity = "incubating"
		item(t, to, "Paragate").Maturity = "graduated"
		return from, to
	}
	from, to := make2()
	want := encode(t, diff(t, from, to, change.Options{}))
	untouched, untouchedTo := make2()
	if d := cmp.Diff(untouched, from) + cmp.Diff(untouchedTo, to); d != "" {
		t.Errorf("Diff changes what it is given (-want +got):\n%s", d)
	}
	slices.Reverse(to.Survey.Landscape.Projects)
	slices.Reverse(from.Survey.Landscape.Projects)
	if d := cmp.Diff(want, encode(t, diff(t, from, to, change.Options{}))); d != "" {
		t.Errorf("in another order (-want +got):\n%s", d)
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// No change is an empty list in JSON, not null.
func TestDiffJSON(t *testing.T) {
	t.Parallel()
	from, to := two()
	if got := encode(t, diff(t, from, to, change.Options{})); strings.Contains(got, "null") {
		t.Errorf("null in %s", got)
	}
}

func TestDiffRefuses(t *testing.T) {
	t.Parallel()
	from, to := two()
	for name, test := range map[string]struct {
		from, to finding.Facts
		opts     change.Options
		kind     errkind.Kind
		words    string
	}{
		"the wrong way round": {to, from, change.Options{}, errkind.Usage, "the survey of 2025-12-31 is later than that of 2025-06-30"},
		"too large a change":  {from, to, change.Options{MinChange: 1.5}, errkind.Usage, "not above 0"},
		"less than nothing":   {from, to, change.Options{MinChange: -1}, errkind.Usage, "not above 0"},
	} {
		_, err := change.Between(answer(t, test.from, ""), answer(t, test.to, ""), test.opts)
		if errkind.Of(err) != test.kind || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%s: %v of kind %q, want %q of kind %q", name, err, errkind.Of(err), test.words, test.kind)
		}
	}
}

// The total names every kind of change with its number.
func TestDiffTotal(t *testing.T) {
	t.Parallel()
	from, to := two()
	if got := diff(t, from, to, change.Options{}).Total(); got != "no change" {
		t.Errorf("of nothing: %q", got)
	}
	without(from, "Meshwork")
	without(to, "Nowhere")
	without(to, "Wheelhouse")
	grow(to, "github.com/paragate/paragate", "Rust", 100)
	unread(t, to, "github.com/tracelet/tracelet")
	const want = "1 project in, 2 projects out, 1 change of class, 1 share not comparable, 1 change of coverage, 1 statement recorded late"
	if got := diff(t, from, to, change.Options{}).Total(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Releases between the dates are told, those outside of them not; of a day that
// is the earlier date's, the earlier survey knew.
func TestDiffReleases(t *testing.T) {
	t.Parallel()
	from, to := findingtest.Facts(), findingtest.Facts()
	from.Survey.AsOf = "2025-01-04"
	c := diff(t, from, to, change.Options{})
	var got []string
	for _, r := range c.Releases {
		before := "none"
		if r.Before != nil {
			before = r.Before.Tag
		}
		got = append(got, fmt.Sprintf("%s %d+%d %s -> %s at %s", r.Name, r.Full, r.Pre, before, r.Last.Tag, r.Places.After.View))
	}
	want := []string{"Ferrobase 1+1 v8.0.0 -> v8.1.0 at commit", "Meshwork 0+1 none -> edge-25.6.1 at commit"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("releases (-want +got):\n%s", diff)
	}
	if !strings.Contains(c.Total(), "2 repositories with releases") {
		t.Errorf("total %q", c.Total())
	}
}
