package report

import (
	"fmt"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A Definition says what a word of the report means.
type Definition struct {
	Term string `json:"term"`
	Text string `json:"text"`
	URL  string `json:"url,omitempty"` // where the definition comes from
}

// definitions explains the words of a report with the thresholds it was made
// with.
func definitions(f *usage.Findings) []Definition {
	const linguist = "https://github.com/github-linguist/linguist"
	share := words.Percent(f.Thresholds.ComponentShare)
	return []Definition{
		{
			"counted bytes",
			"sizes of the files that linguist counts: of a language of type programming or markup, not vendored, generated or " +
				"documentation; .gitattributes of the revision obeyed; no binary files, symbolic links or submodules",
			linguist + "/blob/main/docs/how-linguist-works.md",
		},
		{"share", fmt.Sprintf("counted bytes of %s / counted bytes of all languages", f.Language), linguist},
		{"core", fmt.Sprintf("%s is the largest language of the project, or of its primary repository", f.Language), ""},
		{
			"component",
			fmt.Sprintf("not core, and some repository or component is mainly %s by its product files, or the share is %s or more",
				f.Language, share), "",
		},
		{"trace", fmt.Sprintf("some counted %s, less than that", f.Language), ""},
		{"none", fmt.Sprintf("no counted %s in what was read", f.Language), ""},
		{"unknown", "no repository of the project could be read, or the figure was not measured; never zero", ""},
		{"lines", "physical lines of counted files: code, comment or blank; a line with code and a comment is code", ""},
		{
			"human commit", "a commit that is no merge and whose author is no bot, under its committer date; every commit that can be " +
				"reached from the revision is looked at", "",
		},
		{
			"author", "a person as .mailmap says, or by equal e-mail addresses or accounts of the host; never by the name alone", "",
		},
		{
			"maintainer", "somebody whom a file of the project lists as one; named for that alone, with a link to the line; once for " +
				"an account, and for a name where one of the lists has no account", "",
		},
		{
			"absence factor", "contributor absence factor: the fewest authors who together made half of the human commits of the year",
			"https://chaoss.community/kb/metric-contributor-absence-factor/",
		},
		{
			"elephant factor", "the same for organisations, over the commits whose organisation is known",
			"https://chaoss.community/kb/metric-elephant-factor/",
		},
		{
			"release", "a tag that names a version and is no pre-release; several on one day are one occasion",
			"https://chaoss.community/kb/metric-release-frequency/",
		},
		{
			"adopted", "the first mainline commit after which a product file of the language, told by its path, stayed in the tree", "",
		},
		{
			"health", "levels by rules over the figures of this report, relative to no other project; unknown figures count as the worst", "",
		},
		{
			"as-of",
			"the last first-parent commit of the default branch with committer date on or before the end of the day, UTC", "",
		},
		{"scope " + string(fact.ScopePrimary), "the repository that the landscape gives as the project's", ""},
		{"scope " + string(fact.ScopeListed), "and those that a source names one by one", ""},
		{"scope " + string(fact.ScopeOrganisation), "and those that a listing of the project's own organisation holds", ""},
	}
}
