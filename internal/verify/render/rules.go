package render

import (
	"slices"
	"strings"

	"assay/internal/verify"
	"assay/internal/verify/claim"
)

// about says what claims of a kind are about.
var about = map[claim.Kind]string{
	claim.Maturity:     "the level of maturity of a project",
	claim.Milestone:    "the day on which a project reached a level of maturity",
	claim.Count:        "how many projects there are",
	claim.Member:       "a project being one of a list",
	claim.Class:        "what the language is to a project",
	claim.Language:     "a language being in a project",
	claim.Purity:       "how much of a project is in the language",
	claim.Share:        "the share of the language in the bytes of a project",
	claim.Bytes:        "the bytes of code of a project",
	claim.Lines:        "the lines of code of a project",
	claim.Files:        "the number of files of a project",
	claim.Packages:     "how many packages a project has",
	claim.Package:      "a property of a package",
	claim.Repositories: "how many repositories a project has",
	claim.Revision:     "the commit at which a project was measured",
	claim.Commits:      "the number of commits of a project",
	claim.Authors:      "the number of authors of a project",
	claim.Factor:       "how few people or organisations a project rests on",
	claim.Organisation: "the organisations behind the commits of a project",
	claim.Release:      "a release of a project",
	claim.Cadence:      "how often a project is released",
	claim.Adoption:     "since when the language is in a project",
	claim.Activity:     "when, and whether, a project was worked on",
	claim.Health:       "the health of a project",
	claim.Licence:      "the licence of a project",
	claim.Link:         "an address of a project",
	claim.Chat:         "where people of a project talk",
	claim.Review:       "an annual review of a project",
	claim.Audit:        "an audit of a project",
	claim.Persona:      "whom a project is for",
	claim.Description:  "what a project is",
	claim.Focus:        "the category of a project in the landscape",
	claim.Adopter:      "who uses a project",
	claim.Maintainer:   "who maintains a project",
	claim.Reason:       "why a project is in the language",
	claim.Stars:        "the stars or forks of a project",
	claim.Superlative:  "a project being the first, only or largest",
	claim.Source:       "what the report was made from",
	claim.Date:         "the date of the report",
	claim.Coverage:     "how much the report covers",
	claim.Performance:  "the performance of a project",
	claim.Praise:       "the merits of a project",
	claim.Change:       "a change of the report",
}

// A topic is a kind of finding and what it says.
type topic struct{ kind, about string }

var topics = []topic{
	{"contradiction", "The report says two things that cannot both be true"},
	{"count", "A number is not that of the rows it sums"},
	{"omission", "A project or statement is missing"},
	{"criterion", "A listed project does not meet the criterion of the report"},
}

// A rule is what results of a kind have in common.
type rule struct{ id, name, short, help string }

// rules are those of all kinds, and of the kinds in r that are not known yet.
func rules(r *verify.Result) []rule {
	var all []rule
	for _, k := range claim.Kinds() {
		all = append(all, claimRule(k))
	}
	for _, t := range topics {
		all = append(all, findingRule(t))
	}
	add := func(more rule) {
		if !slices.ContainsFunc(all, func(known rule) bool { return known.id == more.id }) {
			all = append(all, more)
		}
	}
	for i := range r.Claims {
		add(claimRule(r.Claims[i].Kind))
	}
	for i := range r.Findings {
		add(findingRule(topic{r.Findings[i].Kind, "The report as a whole is wrong"}))
	}
	return all
}

func claimID(k claim.Kind) string { return "claim/" + line(string(k), maxQuote) }

func findingID(kind string) string { return "finding/" + line(kind, maxQuote) }

func claimRule(k claim.Kind) rule {
	on := about[k]
	if on == "" {
		on = line(string(k), maxQuote)
	}
	return rule{
		id: claimID(k), name: "Claim" + capital(string(k)), short: "Claim on " + on,
		help: "A statement on " + on + " was held against the facts of a survey. An error: they say otherwise. " +
			"A warning: it was true on an earlier day. A note: no source that was read can tell.",
	}
}

func findingRule(t topic) rule {
	return rule{
		id: findingID(t.kind), name: "Finding" + capital(t.kind), short: t.about,
		help: t.about + ". This is about the report as a whole, not about one of its statements. " +
			"An error is wrong whatever the facts are; a warning is worth a look.",
	}
}

// capital begins a word with a capital letter.
func capital(s string) string {
	if s = line(s, maxQuote); s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
