package change_test

import (
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
)

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
			"Not comparable: Meshwork | at least trace | component | 0.5 % | 6.0 % | 0.5 % | 0.5 % | " +
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
			"Not comparable: Wheelhouse | core | core (at least trace) | 100 % | 50.0 % | unknown | unknown | " +
				"wheelhouse/wheelhouse: 0 files missing before, 2 now",
			"Coverage: Wheelhouse | wheelhouse/wheelhouse | read | read (2 files missing) | ",
		}},
		{"a mirror that ends before the later date", func(_ *testing.T, _, to finding.Facts) {
			for i := range to.Survey.Outcomes {
				if o := &to.Survey.Outcomes[i]; o.Repo == "github.com/wheelhouse/wheelhouse" {
					o.Observed = &fact.Observation{At: "2020-01-02T03:04:05Z", Source: fact.ObservedRefs}
				}
			}
			grow(to, "github.com/wheelhouse/wheelhouse", "Go", 9_000)
		}, []string{
			"Not comparable: Wheelhouse | core | core in what was read | 100 % | 50.0 % | unknown | unknown | " +
				"wheelhouse/wheelhouse: its mirror ends on 2020-01-02, before the later date",
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
			"Not comparable: Meshwork | component | at least component | 6.0 % | 14.6 % | 0.5 % | 0.5 % | meshwork/proxy: read before, read in part now",
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
