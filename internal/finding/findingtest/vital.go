package findingtest

import (
	"fmt"
	"strings"

	"assay/internal/fact"
)

// vital adds the histories: Ferrobase is busy and Meshwork's proxy too, with
// more bots than people in its control plane; Wasmoor's history is younger than
// its first release, and of Wheelhouse nothing moved for years. Of the others
// no history is known.
func (b *builder) vital() {
	b.ferrobaseHistory()
	b.meshworkHistory()
	b.wasmoorHistory()
	b.f.Commits["github.com/wheelhouse/wheelhouse"] = &fact.Commits{
		Authors: []fact.Author{person("gus", "", "2019-06-01", "2020-02-02")},
		Work:    []fact.Work{{Period: "2019-06", Commits: 9}, {Period: "2020-02", Commits: 1}},
	}
	b.f.Releases["github.com/wheelhouse/wheelhouse"] = &fact.Releases{Releases: []fact.Release{}}
	b.f.Survey.Collectors["commit"], b.f.Survey.Collectors["timeline"], b.f.Survey.Collectors["release"] = 1, 1, 1
}

// person is an author with an address at a domain.
func person(name, domain string, first, last fact.Date) fact.Author {
	return fact.Author{
		ID: name, Keys: []string{name}, Addresses: []fact.Address{{Key: name + "@" + domain, Domain: domain}},
		First: commitOf(name, first), Last: commitOf(name, last),
	}
}

func commitOf(name string, day fact.Date) *fact.CommitRef {
	return &fact.CommitRef{Commit: hex(fact.RepoID(name+string(day))) + strings.Repeat("c", 32), At: string(day) + "T10:00:00Z"}
}

// days is a commit a month by the author on the tenth, months back from the
// newest.
func days(author, n int, months ...string) []fact.Work {
	var all []fact.Work
	for _, m := range months {
		all = append(all, fact.Work{Period: m + "-10", Author: author, Commits: n, Touched: []fact.Touched{{Language: 0, Commits: n - n/4}}})
	}
	return all
}

func year() []string {
	var months []string
	for i := range 12 {
		y, m := 2024, 7+i
		if m > 12 {
			y, m = 2025, m-12
		}
		months = append(months, fmt.Sprintf("%d-%02d", y, m))
	}
	return months
}

func (b *builder) ferrobaseHistory() {
	const id = "github.com/ferrobase/ferrobase"
	c := &fact.Commits{Languages: []string{"Rust"}, Authors: []fact.Author{
		person("ada", "redhat.com", "2016-02-01", "2025-06-28"), person("bert", "gmail.com", "2024-09-10", "2025-06-10"),
		person("cleo", "suse.com", "2017-01-01", "2025-05-10"),
		{ID: "bot", Keys: []string{"bot"}, Bot: "dependabot", Addresses: []fact.Address{{}}},
	}}
	c.Work = append(c.Work, fact.Work{Period: "2016-02", Author: 0, Commits: 40, Touched: []fact.Touched{{Commits: 38}}})
	c.Work = append(c.Work, days(0, 31, year()...)...)
	c.Work = append(c.Work, days(1, 9, year()[2:]...)...)
	c.Work = append(c.Work, days(2, 22, year()[:11]...)...)
	c.Work = append(c.Work, fact.Work{Period: "2025-06-20", Author: 3, Commits: 17}, fact.Work{Period: "2025-06-21", Author: 0, Merges: 4})
	b.f.Commits[id] = c
	b.f.Releases[id] = &fact.Releases{Tags: 30, Releases: releases("v7.5.0 2024-07-01", "v7.6.0 2024-10-02", "v8.0.0 2025-01-04", "v8.1.0 2025-04-03", "v8.2.0-rc.1 2025-06-01")}
	b.f.Timelines[id] = timeline("2016-02-01",
		month("2016-02", "Rust", 9_000, "Go", 30_000), month("2017-06", "Rust", 4_000_000, "Go", 900_000),
		month("2025-06", "Rust", 24_814_809, "Shell", 40_000))
	b.f.Timelines[id].Adoptions = []fact.Adoption{{Language: "Rust", Commit: *commitOf("ada", "2016-02-01"), Path: "src/main.rs"}}
}

func (b *builder) meshworkHistory() {
	const control, proxy = "github.com/meshwork/meshwork", "github.com/meshwork/proxy"
	b.f.Commits[control] = &fact.Commits{
		Authors: []fact.Author{
			person("dora", "buoyant.io", "2016-03-01", "2025-06-01"),
			{ID: "bot", Keys: []string{"bot"}, Bot: "renovate", Addresses: []fact.Address{{}}},
		},
		Work: append(days(0, 12, year()...), fact.Work{Period: "2025-06-02", Author: 1, Commits: 700}),
	}
	b.f.Commits[proxy] = &fact.Commits{
		Languages: []string{"Rust"}, Authors: []fact.Author{person("dora", "buoyant.io", "2018-07-01", "2025-06-12")},
		Work: days(0, 20, year()...),
	}
	b.f.Releases[control] = &fact.Releases{Tags: 2, Releases: releases("edge-25.6.1 2025-06-05")}
	b.f.Timelines[control] = timeline("2016-03-01", month("2016-03", "Go", 100_000), month("2025-06", "Go", 40_000_000, "Rust", 200_000, "JavaScript", 1_000_000))
	b.f.Timelines[proxy] = timeline("2018-07-01", month("2018-07", "Rust", 900_000), month("2025-06", "Rust", 2_400_000))
	b.f.Timelines[proxy].Adoptions = []fact.Adoption{{Language: "Rust", Commit: *commitOf("dora", "2018-07-01"), Path: "src/lib.rs"}}
}

func (b *builder) wasmoorHistory() {
	const id = "github.com/wasmoor/wasmoor"
	b.f.Timelines[id] = timeline("2024-05-01", month("2024-05", "TypeScript", 800_000, "Rust", 100_000), month("2025-06", "Rust", 3_000_000, "TypeScript", 700_000))
	b.f.Releases[id] = &fact.Releases{Tags: 1, Releases: releases("v0.9.0 2021-09-01")}
}

// releases reads "tag day".
func releases(all ...string) []fact.Release {
	var found []fact.Release
	for _, text := range all {
		tag, day, _ := strings.Cut(text, " ")
		found = append(found, fact.Release{
			Tag: tag, Version: strings.TrimPrefix(tag, "v"), Pre: strings.ContainsAny(tag, "re"), Kind: "minor",
			Commit: commitOf(tag, fact.Date(day)).Commit, At: day + "T12:00:00Z",
		})
	}
	return found
}

func timeline(first fact.Date, months ...fact.MonthEnd) *fact.Timeline {
	return &fact.Timeline{First: *commitOf("first", first), Months: months, Commits: 100}
}

// month is a month's end with pairs of language and bytes.
func month(name string, pairs ...any) fact.MonthEnd {
	m := fact.MonthEnd{Month: name, Bytes: map[string]int64{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		lang, _ := pairs[i].(string)
		n, _ := pairs[i+1].(int)
		m.Bytes[lang] = int64(n)
	}
	return m
}
