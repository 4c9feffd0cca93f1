package dataset

import (
	"encoding/json"

	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
)

// A Project is an item of the landscape with a maturity, and what is known of it
// whatever the language.
type Project struct {
	// Identifier of the project, for commands and addresses.
	ID string `col:"id,key"`
	// Where it stands in the order of reports: by maturity, then identifier; from 1.
	Position int `col:"position"`
	// Name in the landscape.
	Name string `col:"name" label:"project"`
	// Level in the foundation, spellings of one folded into one.
	Maturity string `col:"maturity" label:"maturity"`
	// The day on which it reached that level; null when the landscape gives none.
	MaturityDate fact.Date `col:"maturity_date" label:"maturity date"`
	// The day on which the foundation accepted it.
	Accepted fact.Date `col:"accepted" label:"accepted"`
	// Category of the landscape.
	Category string `col:"category"`
	// Subcategory of the landscape.
	Subcategory string `col:"subcategory"`
	// Category and subcategory.
	FocusArea string `col:"focus_area" label:"focus area"`
	// Address of its web site.
	Homepage string `col:"homepage" label:"homepage"`
	// What the landscape says that it is.
	Description string `col:"description,words" label:"description"`
	// The project of the landscape that it is a part of.
	Parent string `col:"parent"`
	// The survey was told to leave it out.
	LeftOut bool `col:"left_out"`
	// The line of the landscape that names it.
	Evidence fact.Evidence `col:"evidence"`

	Coverage

	// Its licence as an SPDX expression, where its repository says how its licences belong
	// together.
	Licence string `col:"licence" label:"licence" source:"https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/"`

	Vital

	// The rhythm of releases in a word, in what was read: release_days_year says whether that is
	// all.
	Cadence string `col:"release_cadence" label:"releases"`
	// Tag of the last full release of the product, in what was read.
	LastReleaseTag string `col:"last_release_tag"`
	// Median days between days with a full release, in what was read; null without a rhythm.
	ReleaseGap *int `col:"release_gap_days" unit:"day"`
	// Health over all dimensions: the level that is certain.
	Health health.Level `col:"health" label:"health"`
	// What the health may be, were every figure at its best; null when that is the same.
	HealthBest health.Level `col:"health_best"`
}

// A Vital is the figures of a project that depend on no language.
type Vital struct {
	// Commits of people, no merges, in the year that ends with the day.
	CommitsYear quantity.Of[int] `col:"human_commits_year" label:"human commits in the year" unit:"commit"`
	// Commits of people, no merges, in the last 90 days.
	CommitsQuarter quantity.Of[int] `col:"human_commits_quarter" label:"human commits in the quarter" unit:"commit"`
	// Commits of people, no merges, of all time.
	CommitsAll quantity.Of[int] `col:"human_commits" label:"human commits" unit:"commit"`
	// Commits of bots in the year.
	BotsYear quantity.Of[int] `col:"bot_commits_year" unit:"commit"`
	// Merges in the year.
	MergesYear quantity.Of[int] `col:"merges_year" unit:"commit"`
	// Months of the year with a human commit, 12 at most.
	ActiveMonths quantity.Of[int] `col:"active_months" unit:"month"`
	// Authors of human commits in the year.
	AuthorsYear quantity.Of[int] `col:"authors_year" label:"authors in the year" unit:"person"`
	// Authors whose first human commit was in the year.
	NewAuthorsYear quantity.Of[int] `col:"new_authors_year" unit:"person"`
	// The fewest authors who together made half of the human commits of the year.
	AbsenceFactor quantity.Of[int] `col:"absence_factor" label:"absence factor" source:"https://chaoss.community/kb/metric-contributor-absence-factor/" unit:"person"`
	// Organisations whose people committed in the year, as far as they are known.
	OrganisationsYear quantity.Of[int] `col:"organisations_year" unit:"organisation"`
	// The fewest organisations that together made half of the commits whose organisation is
	// known.
	ElephantFactor quantity.Of[int] `col:"elephant_factor" label:"elephant factor" source:"https://chaoss.community/kb/metric-elephant-factor/" unit:"organisation"`
	// The day of the first commit by a person, no merge.
	FirstCommit quantity.Of[fact.Date] `col:"first_human_commit" label:"first commit"`
	// The day of the last commit by a person, no merge, in the histories that were measured.
	LastCommit quantity.Of[fact.Date] `col:"last_human_commit" label:"last commit"`
	// The day of the newest commit by a person on any branch, merges included.
	LastActivity quantity.Of[fact.Date] `col:"last_activity" label:"last activity"`
	// Days of the year with a full release of the product.
	ReleaseDays quantity.Of[int] `col:"release_days_year" unit:"day"`
	// The day of the last full release of the product.
	LastRelease quantity.Of[fact.Date] `col:"last_release" label:"last release"`
	// Organisations that the project's list of adopters names.
	Adopters quantity.Of[int] `col:"adopters" label:"adopters" unit:"organisation"`
	// People and teams that files of the project list as maintainers.
	Maintainers quantity.Of[int] `col:"maintainers" label:"maintainers" unit:"person"`
}

// An Alias is a name that a project goes by.
type Alias struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// A name of it.
	Name string `col:"name,key"`
	// Where the name is from: "name" (the landscape's), "id", "clomonitor", "lfx", or "known"
	// (other names and abbreviations).
	Kind string `col:"kind"`
}

// A Milestone is a day on which a project reached a level.
type Milestone struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// "accepted", "incubating", "graduated" and whatever else the landscape dates.
	Name string `col:"name,key"`
	// The day.
	Date fact.Date `col:"date"`
	// The line of the landscape that says so.
	Evidence fact.Evidence `col:"evidence"`
}

// A Repository is a repository of a project and what became of it.
type Repository struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The repository, as host/owner/name.
	Repository fact.RepoID `col:"repository,key"`
	// Where it stands among those of the project, from 1.
	Position int `col:"position"`
	// The narrowest scope that it belongs to: "primary", "listed" or "organisation".
	Scope fact.Scope `col:"scope"`
	// The strongest reason why it is the project's.
	Reason fact.Reason `col:"reason"`
	// What it is to the project when it is no code of it: "fork", "website", "docs" or another.
	Standing fact.Standing `col:"standing"`
	// "read"; "absent", in none of the places searched; "empty", without a commit on the
	// day; "failed"; "unmeasured"; "duplicate", the same as another of the project.
	State profile.State `col:"state" label:"state"`
	// Its bytes are part of the project's figures.
	Counted bool `col:"counted"`
	// The repository that a duplicate is the same as.
	SameAs fact.RepoID `col:"same_as"`
	// The name of the mirror when it is another.
	FoundAs fact.RepoID `col:"found_as"`
	// The branch that was followed.
	Ref string `col:"ref"`
	// The commit that was measured.
	Commit string `col:"commit" label:"commit"`
	// When that commit was made, RFC 3339.
	CommittedAt string `col:"committed_at" label:"date"`
	// The first commit of the mainline; null when its history was not read.
	FirstCommit string `col:"first_commit"`
	// When that commit was made, RFC 3339.
	FirstAt string `col:"first_at"`
	// The day until which the mirror speaks; null when nothing says so.
	Horizon fact.Date `col:"horizon"`
	// The mirror ends before the day: what came after is unknown.
	Stale bool `col:"stale"`
	// The mirror's history is cut off.
	Cut bool `col:"cut"`
	// By its own content it holds governance, specification, documents or pages, and decides
	// no class.
	Meta bool `col:"meta"`
	// Files whose content is not in the mirror.
	MissingFiles int `col:"files_missing" unit:"file"`
	// Counted bytes of all languages; null when nothing was read.
	Bytes *int64 `col:"bytes" label:"bytes" unit:"byte"`
	// The language with most counted bytes.
	Largest string `col:"largest_language"`
	// Kind of the error, when it or a part of it could not be read.
	Failure string `col:"failure"`
	// Why it could not be read.
	Why string `col:"why"`
	// The tree that was measured, or where the repository should be.
	Evidence fact.Evidence `col:"evidence"`
}

// A Membership is a statement that a repository belongs to a project.
type Membership struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The repository.
	Repository fact.RepoID `col:"repository,key"`
	// Where it stands among the statements, the strongest first; from 1.
	Position int `col:"position,key"`
	// The reason.
	Reason fact.Reason `col:"reason"`
	// "landscape", "clomonitor", "devstats", "listing", "config".
	Source string `col:"source"`
	// The place that says so.
	Evidence fact.Evidence `col:"evidence"`
}

// An Audit is a security audit that the landscape lists.
type Audit struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// Where it stands among those of the project, from 1.
	Position int `col:"position,key"`
	// The day of it.
	Date fact.Date `col:"date"`
	// What kind of audit.
	Type string `col:"type"`
	// Who audited.
	Vendor string `col:"vendor"`
	// Address of its report.
	URL string `col:"url"`
	// The line of the landscape.
	Evidence fact.Evidence `col:"evidence"`
}

// A Review is the last yearly review of a project that the landscape lists.
type Review struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The day of it.
	Date fact.Date `col:"date"`
	// Its address.
	URL string `col:"url"`
	// The line of the landscape.
	Evidence fact.Evidence `col:"evidence"`
}

// A Release is a tag of a repository that names a version.
type Release struct {
	// The repository.
	Repository fact.RepoID `col:"repository,key"`
	// The tag.
	Tag string `col:"tag,key"`
	// Where it stands among those of the repository, the oldest first; from 1.
	Position int `col:"position"`
	// What stands before the version: the component of a repository with several.
	Series string `col:"series"`
	// The version, without series and leading v.
	Version string `col:"version"`
	// It is an alpha, beta, candidate or the like.
	Pre bool `col:"pre"`
	// "first", "major", "minor", "patch" or "pre", by the step from the release before it.
	Kind string `col:"kind"`
	// When it was tagged, RFC 3339 in UTC; where the tag has no date, when its commit was
	// made.
	At string `col:"at"`
	// The commit that the tag points at: with the repository, the evidence.
	Commit string `col:"commit"`
}

// A Health is a level of a project in a dimension, with the rule that gave it.
type Health struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// "overall", "activity", "people", "organisations", "releases" or "responsiveness".
	Dimension string `col:"dimension,key"`
	// The level that is certain; "unknown" when it could be any.
	Level health.Level `col:"level"`
	// What the level may be, were every figure at its best; null when that is the same.
	Best health.Level `col:"best"`
	// The expression that holds and gave the level.
	Rule string `col:"rule"`
	// The figures in a sentence.
	Why string `col:"why"`
	// Known figures that tell less than they seem to.
	Bounded []string `col:"bounded"`
	// Inputs that are unknown.
	Missing []string `col:"missing"`
}

// A HealthInput is a figure as a rule of health was given it.
type HealthInput struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The dimension.
	Dimension string `col:"dimension,key"`
	// The name of the figure in the rules.
	Name string `col:"name,key"`
	// The figure.
	Value quantity.Of[float64] `col:"value"`
	// The figure with its unit, in words.
	Text string `col:"text"`
}

// A Licence is a licence of a project, with the text that it was recognised by.
type Licence struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// Identifier of SPDX.
	SPDX string `col:"spdx,key" source:"https://spdx.org/licenses/"`
	// How sure the recognition is, 0 to 1.
	Confidence float64 `col:"confidence" unit:"share"`
	// The text.
	Evidence fact.Evidence `col:"evidence"`
}

// A Maintainer is a person or team that a file of a project lists as maintaining it.
type Maintainer struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// Where it stands in the list, from 1.
	Position int `col:"position,key"`
	// The name, as the file says.
	Name string `col:"name"`
	// The account on the host.
	Account string `col:"account"`
	// The organisation, as the file says.
	Organisation string `col:"organisation"`
	// The line of the file.
	Evidence fact.Evidence `col:"evidence"`
}

// An Adopter is an organisation that a project's list of adopters names.
type Adopter struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// Where it stands in the list, from 1.
	Position int `col:"position,key"`
	// The name.
	Name string `col:"name"`
	// The address that the list gives.
	URL string `col:"url"`
	// The kind of adoption, as the list says.
	Kind string `col:"kind,words"`
	// Since when, as the list says.
	Since string `col:"since,words"`
	// The line of the list.
	Evidence fact.Evidence `col:"evidence"`
}

// A People is who worked on a project in a period, as sums: nobody is named.
type People struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// "all", up to the day; "year", which ends with it; "quarter", its last 90 days.
	Period string `col:"period,key"`
	// The first day of the period; null for "all".
	From fact.Date `col:"from"`
	// Commits of people that are no merges, in what was read.
	Human int `col:"human_commits" unit:"commit"`
	// Commits of bots.
	Bot int `col:"bot_commits" unit:"commit"`
	// Merges.
	Merges int `col:"merges" unit:"commit"`
	// Authors of human commits; null where the period does not tell.
	Authors *int `col:"authors" unit:"person"`
	// Human commits whose author's organisation is known; null where the period does not
	// tell.
	KnownCommits *int `col:"known_commits" unit:"commit"`
	// Repositories whose commits are known.
	Repositories int `col:"repositories" unit:"repository"`
	// Everything was read: the figures are exact. Else they are lower bounds.
	Exact bool `col:"exact"`
	// The histories that were read, as addresses.
	Histories json.RawMessage `col:"histories"`
}

// An ActivityMonth is the commits of a project in a month, in what was read. A month
// without a commit has no row.
type ActivityMonth struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The month, YYYY-MM.
	Month string `col:"month,key"`
	// Commits of people that are no merges.
	Human int `col:"human_commits" unit:"commit"`
	// Commits of bots.
	Bot int `col:"bot_commits" unit:"commit"`
	// Merges.
	Merges int `col:"merges" unit:"commit"`
	// Authors of human commits.
	Authors int `col:"authors" unit:"person"`
	// Authors whose first human commit it was.
	NewAuthors int `col:"new_authors" unit:"person"`
	// Everything was read: the figures are exact. Else they are lower bounds, but for the
	// new authors, who may have come earlier elsewhere.
	Exact bool `col:"exact"`
}

// An OrganisationShare is the human commits of an organisation to a project in the year.
type OrganisationShare struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The organisation.
	Organisation string `col:"organisation,key"`
	// Its human commits in the year, in what was read.
	Commits int `col:"commits" unit:"commit"`
	// Its part of the human commits whose organisation is known.
	Share float64 `col:"share" unit:"share"`
	// Everything was read: the figures are exact.
	Exact bool `col:"exact"`
}
