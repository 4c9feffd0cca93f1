package dataset

import (
	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
)

// A Usage is what a language is to a project over a scope. The language "*" is every
// language that the project has no row of its own for.
type Usage struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The repositories that the figures are over: "primary", "listed" (with those that the
	// landscape lists) or "organisation" (all that are the project's).
	Scope fact.Scope `col:"scope,key"`
	// The language, by linguist's name.
	Language string `col:"language,key" source:"https://github.com/github-linguist/linguist"`
	// "core", "component", "trace" or "none"; null when nothing could be read.
	Class quantity.Of[usage.Class] `col:"class" label:"class"`
	// Something was not read, so that the class may be higher.
	Incomplete bool `col:"incomplete"`
	// Counted files of the language.
	Files quantity.Of[int] `col:"files" label:"files" unit:"file"`
	// Counted bytes of the language, as the bar of languages of a host counts them.
	Bytes quantity.Of[int64] `col:"bytes" label:"bytes" source:"https://github.com/github-linguist/linguist/blob/main/docs/how-linguist-works.md" unit:"byte"`
	// Lines of code in counted files of the language.
	Code quantity.Of[int64] `col:"code_lines" label:"code lines" unit:"line"`
	// Counted bytes of all languages.
	Total quantity.Of[int64] `col:"total_bytes" label:"bytes of all languages" unit:"byte"`
	// Counted bytes of the language over those of all.
	Share quantity.Of[float64] `col:"share" label:"share" unit:"share"`
	// Packages of product role in the language.
	Packages quantity.Of[int] `col:"packages" label:"packages" unit:"package"`
	// The day from which on a product file of the language stayed; null with no gap when
	// none did.
	Adopted quantity.Of[fact.Date] `col:"adopted" label:"adopted"`
	// Of the bytes, those in files of product role; like the columns that follow, in what
	// was read.
	Product *int64 `col:"product_bytes" unit:"byte"`
	// Of the bytes, those in tests.
	Test *int64 `col:"test_bytes" unit:"byte"`
	// Of the bytes, those in examples.
	Example *int64 `col:"example_bytes" unit:"byte"`
	// Of the files, those whose lines were measured.
	LineFiles *int `col:"line_files" unit:"file"`
	// Lines of comment.
	Comment *int64 `col:"comment_lines" unit:"line"`
	// Blank lines.
	Blank *int64 `col:"blank_lines" unit:"line"`
	// Repositories of the scope that may hold code.
	Repositories int `col:"repositories" unit:"repository"`
	// Repositories of the scope that were read.
	Read int `col:"repositories_read" unit:"repository"`
	// The place of the rule that gave the class.
	Evidence fact.Evidence `col:"evidence"`
}

// A Rule is a rule that holds for a project and gives the class of a language over a
// scope.
type Rule struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The scope.
	Scope fact.Scope `col:"scope,key"`
	// The language.
	Language string `col:"language,key"`
	// Where it stands among those that hold, the strongest first; from 1.
	Position int `col:"position,key"`
	// The name of the rule.
	Rule string `col:"rule"`
	// The rule in words, with the figures that it was applied to.
	Text string `col:"text"`
	// Bytes of the language that it was applied to.
	Bytes int64 `col:"bytes" unit:"byte"`
	// Bytes of all languages that it was applied to.
	Total int64 `col:"total_bytes" unit:"byte"`
	// The first place that it was applied to.
	Evidence fact.Evidence `col:"evidence"`
}

// A LanguageWork is the work on a language in a project, and its way through time, over
// the scope of the survey.
type LanguageWork struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The language.
	Language string `col:"language,key"`
	// Human commits of the year that changed a file which by its name is counted code of the
	// language.
	CommitsYear quantity.Of[int] `col:"human_commits_year" label:"commits to the language in the year" unit:"commit"`
	// Authors of these commits.
	AuthorsYear quantity.Of[int] `col:"authors_year" unit:"person"`
	// The fewest authors who together made half of them, in what was read; null without any.
	AbsenceFactor *int `col:"absence_factor" source:"https://chaoss.community/kb/metric-contributor-absence-factor/" unit:"person"`
	// Such commits of all time, in what was read.
	Commits *int `col:"human_commits" unit:"commit"`
	// Authors of these, in what was read.
	Authors *int `col:"authors" unit:"person"`
	// The first month with a share of a tenth, in what was read, YYYY-MM.
	Tenth string `col:"tenth_month"`
	// The first month with a share of a half, in what was read, YYYY-MM.
	Half string `col:"half_month"`
	// The month with the largest share, in what was read, YYYY-MM.
	PeakMonth string `col:"peak_month"`
	// The share in that month, in what was read.
	PeakShare *float64 `col:"peak_share" unit:"share"`
}

// A Composition is the files of a repository by language, role, and whether they count.
type Composition struct {
	// The repository.
	Repository fact.RepoID `col:"repository,key"`
	// The language, by linguist's name.
	Language string `col:"language,key"`
	// The part that the files play: "product", "test", "example", "docs", "generated",
	// "vendored" or "data".
	Role fact.Role `col:"role,key"`
	// They are part of the language statistics.
	Counted bool `col:"counted,key"`
	// Type of the language: "programming", "markup", "data" or "prose".
	Type string `col:"type"`
	// Files.
	Files int `col:"files" unit:"file"`
	// Bytes.
	Bytes int64 `col:"bytes" unit:"byte"`
	// Of the files, those whose lines were measured.
	LineFiles int `col:"line_files" unit:"file"`
	// Lines of code.
	Code int64 `col:"code_lines" unit:"line"`
	// Lines of comment.
	Comment int64 `col:"comment_lines" unit:"line"`
	// Blank lines.
	Blank int64 `col:"blank_lines" unit:"line"`
	// Files were missing of which it is not known whether they belong here: the figures are
	// lower bounds.
	Incomplete bool `col:"incomplete"`
	// The commit that was measured: with the repository, the evidence.
	Commit string `col:"commit"`
}

// A CompositionMonth is a language in a project at the end of a month, summed over the
// repositories whose history is known. A language without a byte has no row.
type CompositionMonth struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The month, YYYY-MM. The last is the day of the survey.
	Month string `col:"month,key"`
	// The language.
	Language string `col:"language,key"`
	// Counted bytes of the language, in what was read.
	Bytes int64 `col:"bytes" unit:"byte"`
	// Counted bytes of all languages of the project in that month: the share is the bytes
	// over these.
	Total int64 `col:"total_bytes" unit:"byte"`
	// Everything was read: the figures are exact.
	Exact bool `col:"exact"`
}

// A Component is a package that a manifest of a repository declares.
type Component struct {
	// The repository.
	Repository fact.RepoID `col:"repository,key"`
	// Where it stands in the repository, from 1.
	Position int `col:"position,key"`
	// "cargo", "go", "npm", "pypi", "maven", "gradle".
	Ecosystem string `col:"ecosystem"`
	// Its name.
	Name string `col:"name"`
	// Its version.
	Version string `col:"version"`
	// Its folder; null is the root.
	Path string `col:"path"`
	// The language that its sources are mainly in.
	Language string `col:"language"`
	// The part that it plays, by its place: "product", "test", "example" or "vendored".
	Role fact.Role `col:"role"`
	// What it builds: "lib", "bin", "proc-macro", "wasm", "workspace" and others.
	Kinds []string `col:"kinds"`
	// Its licence, as declared.
	Licence string `col:"licence"`
	// The manifest allows to publish it; null when it does not say.
	Published *bool `col:"published"`
	// Edition of Rust, go line of Go, requires-python, engines.node, release of Java.
	Edition string `col:"edition"`
	// The least version of the language that it needs.
	MinVersion string `col:"min_version"`
	// Async runtimes of Rust that it depends on.
	Runtimes []string `col:"runtimes"`
	// Unsafe blocks of Rust; null when they were not counted.
	UnsafeBlocks *int `col:"unsafe_blocks"`
	// Unsafe functions of Rust.
	UnsafeFunctions *int `col:"unsafe_functions"`
	// The line of the manifest.
	Evidence fact.Evidence `col:"evidence"`
}

// An Adoption is the first mainline commit of a repository after which a product file of
// a language stayed.
type Adoption struct {
	// The repository.
	Repository fact.RepoID `col:"repository,key"`
	// The language.
	Language string `col:"language,key"`
	// When the commit was made, RFC 3339.
	At string `col:"at"`
	// A file that it brought.
	Path string `col:"path"`
	// The commit: with the repository, the evidence.
	Commit string `col:"commit"`
}

// A Reason is a sentence by which a project gives a reason for a language.
type Reason struct {
	// The project.
	Project string `col:"project,key" ref:"project.id"`
	// The language.
	Language string `col:"language,key"`
	// Where it stands in the list, from 1.
	Position int `col:"position,key"`
	// The sentence, word for word.
	Text string `col:"text,words"`
	// The line that it stands at.
	Evidence fact.Evidence `col:"evidence"`
}
