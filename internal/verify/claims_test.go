package verify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/finding/findingtest"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// An asserted is a claim that is data, with its verdict.
type asserted struct {
	claim string // its members
	want  Verdict
	says  string // stands in what was measured, the reason or the missing source
}

// Beginnings of claims.
const (
	ferrobase = `"subject": {"project": "Ferrobase"}, `
	meshwork  = `"subject": {"project": "meshwork"}, `
	wasmoor   = `"subject": {"project": "Wasmoor"}, `
	halfread  = `"subject": {"project": "Halfread"}, `
	wholeOf   = `"subject": {"landscape": true}, `
)

// judgeAll holds claims against the invented landscape: whole, or with what is missing in
// it.
func judgeAll(t *testing.T, whole bool, all []asserted) {
	t.Helper()
	facts := findingtest.Facts()
	if whole {
		facts = readWhole()
	}
	var members []string
	for _, c := range all {
		members = append(members, "{"+c.claim+"}")
	}
	r, err := judgeData(t, facts, `{"claims": [`+strings.Join(members, ",\n")+`]}`)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range all {
		got := &r.Claims[i]
		if words := fmt.Sprint(got.Measured, "; ", got.Why, "; ", got.Source); got.Verdict != c.want || !strings.Contains(words, c.says) {
			t.Errorf("{%s} is %s (%s), want %s (%s)", c.claim, got.Verdict, words, c.want, c.says)
		}
		if got.Verdict == Unverifiable && got.Source == "" {
			t.Errorf("{%s}: no source is named", c.claim)
		}
		if got.Line != i+1 || got.Quote == "" || got.Claimed == "" {
			t.Errorf("{%s} stands in line %d: %q, %q", c.claim, got.Line, got.Quote, got.Claimed)
		}
	}
}

// Numbers: right, wrong, bounded, in other units, denied.
func TestClaimedNumbers(t *testing.T) {
	t.Parallel()
	judgeAll(t, true, []asserted{
		{ferrobase + `"property": "bytes", "value": 24814809`, Confirmed, "24,814,809 bytes"},
		{ferrobase + `"property": "bytes", "value": 24814810`, Refuted, "24,814,809 bytes"},
		{ferrobase + `"property": "bytes", "value": 24.8, "unit": "MB"`, Confirmed, ""},
		{ferrobase + `"property": "bytes", "value": 24.7, "unit": "MB"`, Refuted, ""},
		{ferrobase + `"property": "bytes", "value": 25e6`, Confirmed, ""},
		{ferrobase + `"property": "bytes", "value": 25000000`, Refuted, ""},
		{ferrobase + `"property": "bytes", "value": 25000000, "tolerance": 200000`, Confirmed, ""},
		{ferrobase + `"property": "bytes", "of": "Shell", "value": 40000`, Confirmed, ""},
		{ferrobase + `"property": "code", "value": 24814809`, Refuted, "567,194 lines"},
		{ferrobase + `"property": "code", "of": "Shell", "value": 913`, Confirmed, "913 lines"},
		{ferrobase + `"property": "share", "value": 99.8`, Confirmed, ""},
		{ferrobase + `"property": "share", "value": 0.998, "unit": "share"`, Confirmed, ""},
		{ferrobase + `"property": "share", "of": "shell", "value": 0.2`, Confirmed, ""},
		{ferrobase + `"property": "share", "value": 99.9`, Refuted, "99.8 %"},
		{meshwork + `"property": "share", "value": 6, "bound": "about"`, Confirmed, ""},
		{meshwork + `"property": "share", "value": 7, "bound": "about"`, Refuted, "6.0 %"},
		{ferrobase + `"property": "commits.year", "value": 704`, Confirmed, "704 human commits in the year"},
		{ferrobase + `"property": "commits.year", "value": 704, "bound": "over"`, Refuted, ""},
		{ferrobase + `"property": "commits.year", "value": 704, "bound": "under"`, Refuted, ""},
		{ferrobase + `"property": "commits.year", "value": 10, "bound": "over"`, Confirmed, ""}, // by which a text means no 704
		{ferrobase + `"property": "commits.year", "value": 99999, "bound": "under"`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 704, "bound": "at least"`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 705, "bound": "at least"`, Refuted, ""},
		{ferrobase + `"property": "commits.year", "value": 704, "bound": "at most"`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 703, "bound": "at most"`, Refuted, ""},
		{ferrobase + `"property": "commits.year", "value": 700, "to": 704, "bound": "range"`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 705, "to": 800, "bound": "range"`, Refuted, ""},
		{ferrobase + `"property": "commits.year", "value": 721`, Refuted, "704 human commits"}, // with bots
		{ferrobase + `"property": "commits.year", "value": 704, "period": {"year": 2025}`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 704, "period": {"year": 2023}`, Unverifiable, "a survey as of 2023-12-31"},
		{ferrobase + `"property": "commits.year", "value": 704, "period": {"as_of": "2025-06-30"}`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 704, "period": {"as_of": "2025-06-29"}`, Unverifiable, "not checked: the facts are of 2025-06-30"},
		{ferrobase + `"property": "share", "value": 81.6, "period": {"year": 2017}`, Confirmed, ""},
		{ferrobase + `"property": "share", "value": 99.8, "period": {"as_of": "2017-12-31"}`, Refuted, "81.6 %"},
		{ferrobase + `"property": "factor", "value": 1`, Confirmed, ""},
		{ferrobase + `"property": "org.share", "of": "SUSE", "value": 39.4`, Confirmed, ""},
		{ferrobase + `"property": "org.share", "of": "red hat", "value": 39.4`, Refuted, "60.6 %"},
		{ferrobase + `"property": "commits.month", "of": "2025-06", "value": 53`, Refuted, "human commits"},
		{ferrobase + `"property": "packages", "value": 2`, Confirmed, ""},
		{ferrobase + `"property": "packages", "value": 3`, Confirmed, ""}, // with the one for tests
		{ferrobase + `"property": "packages", "value": 4`, Refuted, ""},
		{ferrobase + `"property": "release.full", "value": 4`, Confirmed, ""},
		{ferrobase + `"property": "release.all", "value": 4`, Confirmed, ""},
		{ferrobase + `"property": "stars", "value": 4`, Unverifiable, "the repository host's API"},
		{`"subject": {"repository": "meshwork/proxy"}, "property": "bytes", "value": 2400000`, Confirmed, ""},
		{`"subject": {"repository": "https://github.com/meshwork/proxy"}, "property": "share", "value": 100`, Confirmed, ""},
		{`"subject": {"repository": "proxy"}, "property": "files", "value": 351`, Refuted, "350 files"},
		{wholeOf + `"property": "count.projects", "value": 9`, Confirmed, ""},
		{wholeOf + `"property": "count.using", "value": 9`, Refuted, ""},
		{`"subject": {"level": "graduation"}, "property": "count.using", "value": 2`, Confirmed, ""},
		{`"subject": {"level": "Sandbox"}, "property": "count.projects", "value": 3`, Refuted, ""},
		{wholeOf + `"property": "count.area", "of": "security", "among": ["Attestor", "Paragate", "Wasmoor"], "value": 2`, Confirmed, ""},
	})
}

// What is denied is right where it holds of no figure that may be meant, and wrong where
// it holds of all.
func TestClaimedDenials(t *testing.T) {
	t.Parallel()
	judgeAll(t, true, []asserted{
		{ferrobase + `"property": "commits.year", "value": 704, "negated": true`, Refuted, ""},
		{ferrobase + `"property": "commits.year", "value": 703, "negated": true`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 10, "bound": "over", "negated": true`, Refuted, ""},
		{ferrobase + `"property": "commits.year", "value": 704, "bound": "over", "negated": true`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 800, "bound": "at least", "negated": true`, Confirmed, ""},
		{ferrobase + `"property": "commits.year", "value": 700, "to": 800, "bound": "range", "negated": true`, Refuted, ""},
		{ferrobase + `"property": "packages", "value": 2, "negated": true`, Unverifiable, "which of several figures is meant"},
		{ferrobase + `"property": "packages", "value": 4, "negated": true`, Confirmed, ""},
		{ferrobase + `"property": "maturity", "value": "graduated", "negated": true`, Refuted, ""},
		{ferrobase + `"property": "maturity", "value": "incubating", "negated": true`, Confirmed, ""}, // which it was
		{ferrobase + `"property": "audit", "value": "2020-02-10", "negated": true`, Refuted, ""},      // one of two
		{ferrobase + `"property": "audit", "value": "2021", "negated": true`, Confirmed, ""},
		{ferrobase + `"property": "milestone", "of": "graduated", "value": "2020-09-02", "bound": "over", "negated": true`, Confirmed, ""},
		{ferrobase + `"property": "member", "negated": true`, Refuted, ""},
		{`"subject": {"project": "Paragate"}, "property": "member", "negated": true`, Confirmed, ""},
		{ferrobase + `"property": "than", "of": "commits.year", "value": "more", "than": "Meshwork", "negated": true`, Refuted, ""},
		{ferrobase + `"property": "language", "value": "Go", "negated": true`, Confirmed, ""},
	})
}

// Days, words, names and places.
func TestClaimedWords(t *testing.T) {
	t.Parallel()
	judgeAll(t, true, []asserted{
		{ferrobase + `"property": "milestone", "of": "graduated", "value": "2020-09-02"`, Confirmed, ""},
		{ferrobase + `"property": "milestone", "of": "graduated", "value": "2020-09"`, Confirmed, ""},
		{ferrobase + `"property": "milestone", "of": "graduated", "value": "2021"`, Refuted, "2020-09-02"},
		{ferrobase + `"property": "milestone", "of": "graduated", "value": "2020", "bound": "over"`, Refuted, ""},
		{ferrobase + `"property": "milestone", "of": "graduated", "value": "2020-09-02", "bound": "under"`, Refuted, ""},
		{ferrobase + `"property": "milestone", "of": "graduated", "value": "2020-09-03", "bound": "under"`, Confirmed, ""},
		{ferrobase + `"property": "milestone", "of": "graduated", "value": "2019", "to": "2020", "bound": "range"`, Confirmed, ""},
		{ferrobase + `"property": "milestone", "of": "archived", "value": "2020"`, Unverifiable, "the landscape"},
		{ferrobase + `"property": "release.last", "value": "2025-04-03"`, Confirmed, ""},
		{ferrobase + `"property": "release.last", "of": "v8.0.0", "value": "2025-01-04"`, Confirmed, ""},
		{ferrobase + `"property": "release.last", "of": "v8.0.0", "value": "2025-04-03"`, Refuted, "2025-01-04"},
		{ferrobase + `"property": "release.last.tag", "value": "8.1.0"`, Confirmed, ""},
		{ferrobase + `"property": "release.last.tag", "value": "v8.0.0"`, Outdated, "v8.1.0"},
		{ferrobase + `"property": "adopted", "value": "2016-02-01"`, Confirmed, ""},
		{ferrobase + `"property": "adopted.half", "value": "2017-06-05"`, Unverifiable, "2017-06"}, // the month is known
		{ferrobase + `"property": "licence", "value": "Apache License 2.0"`, Confirmed, ""},
		{ferrobase + `"property": "licence", "value": "MIT"`, Refuted, "Apache-2.0"},
		{ferrobase + `"property": "homepage", "value": "ferrobase.example"`, Confirmed, ""},
		{ferrobase + `"property": "repository", "value": "https://github.com/ferrobase/ferrobase"`, Confirmed, ""},
		{ferrobase + `"property": "adopted.repository", "value": "https://github.com/ferrobase/ferrobase"`, Confirmed, ""},
		{ferrobase + `"property": "adopter", "value": "Harbour & Sons"`, Confirmed, ""},
		{ferrobase + `"property": "adopter", "value": "Nobody"`, Unverifiable, "an adopters file"},
		{ferrobase + `"property": "adopter.kind", "of": "Harbour & Sons", "value": "production"`, Confirmed, ""},
		{ferrobase + `"property": "maintainer", "value": "Ada Invented"`, Confirmed, ""},
		{ferrobase + `"property": "maintainer", "value": "Nobody"`, Refuted, ""},
		{ferrobase + `"property": "maintainer.organisation", "of": "ada-invented", "value": "SUSE"`, Refuted, "Harbour & Sons"},
		{ferrobase + `"property": "audit.vendor", "value": "Lockpick Labs", "of": "2020-02-10"`, Confirmed, ""},
		{ferrobase + `"property": "cadence", "value": "quarterly"`, Confirmed, ""},
		{ferrobase + `"property": "activity.state", "value": "inactive"`, Refuted, ""},
		{ferrobase + `"property": "activity.state", "value": "very active"`, Subjective, ""},
		{ferrobase + `"property": "class", "value": "core"`, Confirmed, ""},
		{meshwork + `"property": "class", "value": "trace", "bound": "at least"`, Confirmed, ""},
		{meshwork + `"property": "class", "value": "core", "bound": "at least"`, Refuted, "component"},
		{meshwork + `"property": "class", "value": "core", "language": "golang"`, Confirmed, ""},
		{ferrobase + `"property": "purity", "of": "Rust", "value": "entirely"`, Confirmed, ""},
		{meshwork + `"property": "purity", "of": "Rust", "value": "mainly"`, Refuted, ""},
		{meshwork + `"property": "more", "of": "Go", "value": "Rust"`, Confirmed, ""},
		{meshwork + `"property": "more", "of": "Rust"`, Outdated, ""},                               // it was so
		{ferrobase + `"property": "rank", "of": "commits.year", "value": "most"`, Unverifiable, ""}, // of Halfread not all was read
		{ferrobase + `"property": "rank", "of": "commits.year", "value": "most", "in_what_was_read": true`, Confirmed, ""},
		{meshwork + `"property": "rank", "of": "commits.year", "value": "most"`, Refuted, "Ferrobase has 704"},
		{meshwork + `"property": "superlative", "value": "first graduated rust project"`, Confirmed, ""},
		{ferrobase + `"property": "health.overall", "value": "moderate"`, Confirmed, ""},
		{ferrobase + `"property": "health.overall", "value": "good", "to": "excellent", "bound": "range"`, Refuted, ""},
		{`"subject": {"package": "raft", "project": "Ferrobase"}, "property": "package.version", "value": "0.7.0"`, Confirmed, ""},
		{`"subject": {"package": "raft", "project": "Ferrobase", "manifest": "Cargo.toml"}, "property": "package.version", "value": "0.7.0"`, Refuted, "no package"},
		{`"subject": {"package": "nothing", "project": "Ferrobase"}, "property": "package.version", "value": "1"`, Refuted, "no package"},
		{`"subject": {"repository": "ferrobase/ferrobase"}, "property": "revision.commit", "value": "0000000"`, Refuted, ""},
	})
}

// What was not read decides nothing that it could change, whether said or denied.
func TestClaimedOpen(t *testing.T) {
	t.Parallel()
	judgeAll(t, false, []asserted{
		{ferrobase + `"property": "bytes", "value": 24814809`, Unverifiable, "3 files"},
		{ferrobase + `"property": "bytes", "value": 24814809, "negated": true`, Unverifiable, "3 files"},
		{ferrobase + `"property": "bytes", "value": 24814809, "in_what_was_read": true`, Confirmed, ""},
		{ferrobase + `"property": "bytes", "value": 24814809, "bound": "at least"`, Confirmed, ""},
		{ferrobase + `"property": "bytes", "value": 24814810, "bound": "at least"`, Unverifiable, ""},
		{ferrobase + `"property": "bytes", "value": 24814808, "bound": "over"`, Confirmed, ""},
		{ferrobase + `"property": "bytes", "value": 24814809, "bound": "over"`, Unverifiable, ""},
		{ferrobase + `"property": "bytes", "value": 24814808, "bound": "at most"`, Refuted, ""},
		{ferrobase + `"property": "bytes", "value": 24814808, "bound": "at most", "negated": true`, Confirmed, ""},
		{ferrobase + `"property": "bytes", "value": 24814809, "bound": "under"`, Refuted, ""},
		{ferrobase + `"property": "bytes", "value": 24000000, "to": 24800000, "bound": "range"`, Refuted, ""},
		{ferrobase + `"property": "bytes", "value": 24000000, "to": 25000000, "bound": "range"`, Unverifiable, ""},
		{ferrobase + `"property": "bytes", "value": 20000000`, Refuted, ""},
		{ferrobase + `"property": "bytes", "value": 567194`, Refuted, ""},       // the lines
		{ferrobase + `"property": "code", "value": 24814809`, Unverifiable, ""}, // the bytes: a likely slip refutes nothing
		{ferrobase + `"property": "share", "value": 50`, Unverifiable, ""},
		{halfread + `"property": "member"`, Unverifiable, "halfread/engine"},
		{halfread + `"property": "member", "negated": true`, Unverifiable, "halfread/engine"},
		{halfread + `"property": "packages", "value": 700`, Unverifiable, ""},
		{`"subject": {"package": "engine", "project": "Halfread"}, "property": "package.version", "value": "1"`, Unverifiable, ""},
		{wasmoor + `"property": "release.last", "value": "2021-09-01"`, Confirmed, ""},
		{wasmoor + `"property": "release.last", "value": "2021-09-01", "bound": "at least"`, Confirmed, ""},
		{wasmoor + `"property": "release.last", "value": "2020", "negated": true`, Confirmed, ""},
		{wasmoor + `"property": "adopted", "value": "2030"`, Unverifiable, ""},
		{wholeOf + `"property": "count.using", "value": 2, "bound": "at least"`, Confirmed, ""},
		{wholeOf + `"property": "count.using", "value": 9, "bound": "over"`, Refuted, ""},
	})
}

// Names that mean nothing, or several things, are mistakes with their place, all of them
// at once; then nothing is judged.
func TestClaimedNames(t *testing.T) {
	t.Parallel()
	for claims, want := range map[string]string{
		`{"subject": {"project": "Ferobase"}, "property": "bytes", "value": 3}`:                                          `claims[0].subject: there is no project "Ferobase" in the landscape; did you mean ferrobase?`,
		`{"subject": {"repository": "meshwork/prox"}, "property": "bytes", "value": 3}`:                                  `claims[0].subject: there is no repository "meshwork/prox" in the survey; did you mean meshwork or meshwork/proxy?`,
		`{"subject": {"project": "proxy"}, "property": "bytes", "value": 3}`:                                             `"proxy" is a repository of Meshwork; expected the name of a project, or {"repository": "meshwork/proxy"}`,
		`{"subject": {"level": "gradated"}, "property": "count.using", "value": 3}`:                                      `there is no level "gradated"; did you mean graduated?`,
		`{"subject": {"project": "Ferrobase"}, "property": "maturity", "value": "old"}`:                                  `claims[0].value: maturity: there is no level "old"`,
		`{"subject": {"project": "Ferrobase"}, "property": "than", "of": "bytes", "value": "more", "than": "Nobody"}`:    `claims[0].than: there is no project "Nobody"`,
		`{"subject": {"project": "Nobody"}, "property": "bytes", "value": 3}, {"subject": {"project": "Ferrobase"}}`:     `2 mistakes in the claims, the first: 1:25: claims[0].subject`,
		`{"subject": {"landscape": true}, "property": "count.area", "of": "x", "among": ["Ferrobase", "A"], "value": 3}`: `claims[0].among: there is no project "A"`,
	} {
		r, err := judgeData(t, findingtest.Facts(), `{"claims": [`+claims+`]}`)
		if r != nil || errkind.Of(err) != errkind.Input || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", claims, err, want)
		}
	}
}

// Of very many mistakes not all are looked for, in the claims or in their names.
func TestClaimedManyMistakes(t *testing.T) {
	t.Parallel()
	for _, claim := range []string{
		`{"subject": {"project": "Ferrobase"}, "property": "bites", "value": 3}`, `{"subject": {"project": "Ferobase"}, "property": "bytes", "value": 3}`,
		`{"subject": {"project": "Ferrobase"}, "property": "share", "of": "Rusty", "value": 3}`, `{}`,
	} {
		_, err := judgeData(t, findingtest.Facts(), `{"claims": [`+strings.Repeat(claim+", ", 200)+claim+`]}`)
		if errkind.Of(err) != errkind.Input || !strings.Contains(err.Error(), "mistakes or more in the claims") {
			t.Errorf("%s: %v", claim, err)
		}
	}
}

// samples are claims on a property: of everything that it may be of, said and denied, with
// each bound.
func samples(p *property.Property) []string {
	subjects := map[property.Sort][]string{
		property.OfProject:    {`"project": "Ferrobase"`, `"project": "Nowhere"`, `"project": "Wasmoor"`},
		property.OfRepository: {`"repository": "meshwork/proxy"`, `"repository": "nowhere/nowhere"`},
		property.OfPackage:    {`"package": "raft", "project": "Ferrobase"`, `"package": "raft", "project": "Nowhere"`},
		property.OfLevel:      {`"level": "sandbox"`, `"level": "archived"`}, property.OfLandscape: {`"landscape": true`},
	}
	values := map[property.Value]string{
		property.Number: "12", property.Percent: "50", property.Date: `"2021-07"`, property.Language: `"Go"`, property.Level: `"incubating"`, property.None: "true",
	}
	arguments := map[property.Argument]string{
		property.ALanguage: "Rust", property.AMonth: "2025-06", property.ADay: "2020-02-10", property.AFigure: "bytes", property.People: "adopters", property.AThreshold: "12",
		property.AMilestone: "reached", property.ATag: "v8.0.0", property.AnOrganisation: "SUSE", property.AKind: "cargo",
	}
	value := cmp.Or(values[p.Value], `"w"`)
	rest := fmt.Sprintf(`, "property": %q`, p.Name)
	bounds := []string{""}
	switch {
	case p.Value == property.Word:
		value = fmt.Sprintf("%q", p.Words[0])
	case p.Value.IsNumber() || p.Value == property.Date:
		bounds = append(bounds, `, "bound": "over"`, `, "bound": "at most"`, `, "bound": "range", "to": `+value)
	}
	if p.Argument != "" {
		rest += fmt.Sprintf(`, "of": %q`, cmp.Or(arguments[p.Argument], "x"))
	}
	if p.Than != "" {
		rest += fmt.Sprintf(`, "than": %q`, map[string]string{"project": "Meshwork", "language": "Go"}[p.Than])
	}
	if p.Among {
		rest += `, "among": ["Attestor"]`
	}
	if p.Period == property.YearEnd {
		rest += `, "period": {"year": 2020}`
	}
	var all []string
	for _, sort := range p.Of {
		for _, subject := range subjects[sort] {
			for _, bound := range bounds {
				for _, more := range []string{"", `, "negated": true`, `, "in_what_was_read": true`} {
					all = append(all, `"subject": {`+subject+`}`+rest+`, "value": `+value+bound+more)
				}
			}
		}
	}
	return all
}

// Every property can be judged of everything that it may be of. What nothing tells has a
// source that would, and what is denied is never right together with what is said.
func TestEveryPropertyIsJudged(t *testing.T) {
	t.Parallel()
	for _, p := range stated.Properties() {
		all := samples(p)
		r, err := judgeData(t, findingtest.Facts(), `{"claims": [{`+strings.Join(all, "},\n{")+`}]}`)
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
			continue
		}
		for i := range r.Claims {
			c := &r.Claims[i]
			if !slices.Contains(Verdicts(), c.Verdict) || c.Verdict == Unverifiable && c.Source == "" {
				t.Errorf("{%s}: %q, missing %q", all[i], c.Verdict, c.Source)
			}
			if i%3 == 1 && c.Verdict == r.Claims[i-1].Verdict && (c.Verdict == Confirmed || c.Verdict == Refuted) {
				t.Errorf("{%s}: said and denied it is %s (%s; %s)", all[i], c.Verdict, c.Measured, c.Why)
			}
		}
	}
}
