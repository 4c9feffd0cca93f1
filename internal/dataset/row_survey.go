package dataset

import (
	"encoding/json"

	"assay/internal/fact"
)

// A Survey is the look at a landscape that the data set is of. There is one row.
type Survey struct {
	// The day that the survey looks at, to its end in UTC.
	AsOf fact.Date `col:"as_of,key" label:"as of"`
	// The repositories that figures of projects are over: those of the narrower scopes are
	// in the table "usage".
	Scope fact.Scope `col:"scope"`
	// The landscape file that was read.
	Evidence fact.Evidence `col:"evidence"`
	// When the landscape file was committed, RFC 3339.
	CommittedAt string `col:"committed_at"`
	// Items of the landscape file, projects or not.
	Items int `col:"items" unit:"item"`
	// Items with a maturity.
	Projects int `col:"projects" label:"projects" unit:"project"`
	// Projects of which no repository could be read.
	ProjectsUnknown int `col:"projects_unknown" unit:"project"`
	// Projects of which some of it could not be read.
	ProjectsPartial int `col:"projects_partial" unit:"project"`

	Coverage

	// The share from which a language makes a project of class "component", although it is
	// not the largest.
	ComponentShare float64 `col:"component_share" unit:"share"`
	// The versions of the collectors that measured, by name.
	Collectors json.RawMessage `col:"collectors"`
}

// A Coverage says how much was read. Only repositories whose code makes up a project are
// counted, each once for a project.
type Coverage struct {
	// Repositories in all, duplicates left out.
	Repositories int `col:"repositories" label:"repositories" unit:"repository"`
	// Repositories that were read.
	Read int `col:"repositories_read" label:"repositories read" unit:"repository"`
	// Repositories that are in none of the places searched.
	Absent int `col:"repositories_absent" label:"not found" unit:"repository"`
	// Repositories that are there and could not be read.
	Failed int `col:"repositories_failed" label:"failed" unit:"repository"`
	// Repositories that the survey did not come to, or was to leave out.
	Unmeasured int `col:"repositories_unmeasured" label:"not measured" unit:"repository"`
	// Repositories without a commit on the day: there is nothing to read.
	Empty int `col:"repositories_empty" label:"without a commit at the date" unit:"repository"`
	// Repositories that were read and of which a part was not.
	Partial int `col:"repositories_partial" label:"read in part" unit:"repository"`
	// Repositories without code of the project: forks, web sites and the like.
	Other int `col:"repositories_other" unit:"repository"`
	// Files whose content is in no mirror.
	MissingFiles int `col:"files_missing" unit:"file"`
	// Repositories whose mirror ends before the day.
	Stale int `col:"repositories_stale" unit:"repository"`
	// The day on which the first of these mirrors ends.
	Since fact.Date `col:"stale_since"`
	// Lists of repositories that may be longer: organisations that their host did not list,
	// and sources that were not read.
	Open int `col:"lists_open" unit:"list"`
}

// A Source is a place that the survey read besides the repositories.
type Source struct {
	// Where it stands among the sources, from 1.
	Position int `col:"position,key"`
	// "landscape", "clomonitor", "devstats", "names", "listing".
	Name string `col:"name"`
	// "read"; "partial"; "off", when it was switched off or not looked for; "absent", when
	// it was looked for and is not there; or "failed".
	State string `col:"state"`
	// What was read, and why not all of it.
	Why string `col:"why"`
	// How to mend what was not read.
	How string `col:"how"`
	// The place that was read.
	Evidence fact.Evidence `col:"evidence"`
}

// A Lack is something that was not read, and why. The table is empty where everything
// was.
type Lack struct {
	// Where it stands in the list, from 1.
	Position int `col:"position,key"`
	// The project that it is of; null for the landscape as a whole.
	Project string `col:"project" ref:"project.id"`
	// The repository that it is of.
	Repository fact.RepoID `col:"repository"`
	// "repository" (not read), "part" (a part of one was not), "mirror" (it ends before the
	// day), "history" (cut off), "files" (their content is in no mirror), "listing" (nobody
	// knows all repositories), "document" (found and not understood), "source" (not read).
	What string `col:"what"`
	// The state of a repository, the kind of a document, the name of a source.
	Kind string `col:"kind"`
	// Why it was not read.
	Why string `col:"why"`
	// How to mend it.
	How string `col:"how"`
	// The day from which on nothing is known, of a mirror that ends before the day.
	Since fact.Date `col:"since"`
	// How many files, where it is files.
	Files *int `col:"files" unit:"file"`
	// The place: the statement that names the repository, or the document.
	Evidence fact.Evidence `col:"evidence"`
}

// A Note is something that a reader should know of how figures came about.
type Note struct {
	// Where it stands in the list, from 1.
	Position int `col:"position,key"`
	// The project that it is about; null for the landscape as a whole.
	Project string `col:"project" ref:"project.id"`
	// The repository that it is about; null for the project as a whole.
	Repository fact.RepoID `col:"repository"`
	// A kind of error, "odd" for input that is readable but suspicious, or "secret".
	Kind string `col:"kind"`
	// What there is to know.
	Text string `col:"text"`
	// The place that it is about.
	Evidence fact.Evidence `col:"evidence"`
}

// A Missing is what was not read for a figure: the columns that end in "_gap" name a row.
type Missing struct {
	// Number of the row.
	ID int `col:"id,key"`
	// Repositories that were not read.
	Unread int `col:"unread" unit:"repository"`
	// Repositories, or documents, of which a part was not read.
	Partial int `col:"partial"`
	// Repositories whose mirror ends before the day.
	Stale int `col:"stale" unit:"repository"`
	// The day on which the first of these mirrors ends.
	Since fact.Date `col:"since"`
	// Lists of repositories that may be longer.
	Open int `col:"open" unit:"list"`
	// Files whose content is in no mirror.
	Files int `col:"files" unit:"file"`
}

// An Evidence is a place where something was read: the columns named "evidence" name a
// row.
type Evidence struct {
	// Number of the row.
	ID int `col:"id,key"`
	// The repository, as host/owner/name.
	Repository fact.RepoID `col:"repository"`
	// Full name of the commit.
	Commit string `col:"commit"`
	// Path of the file or folder.
	Path string `col:"path"`
	// Line of the file, from 1; 0 is the whole of it.
	Line int `col:"line"`
	// The path is a folder, or the root.
	Tree bool `col:"tree"`
	// What of the commit is meant: null for its files, "commit" for itself, "commits" for
	// the history up to it.
	View fact.View `col:"view"`
	// The address, when it was not read from a repository.
	URL string `col:"url"`
	// When that address was read, RFC 3339.
	At string `col:"at"`
	// The address of the place in the form that its host uses; null when there is none.
	Permalink string `col:"permalink"`
}

// An answer is the findings of a project as they are, from which pages and reports are
// made. The figures in them are those of the other tables.
type answer struct {
	// What: "survey", "profile" (a project, whatever the language) or "language".
	What string `col:"what,key"`
	// The project; empty for the survey.
	Project string `col:"project,key"`
	// The language, of "language"; "*" for all without a row.
	Language string `col:"language,key"`
	// The findings.
	Body json.RawMessage `col:"body"`
}
