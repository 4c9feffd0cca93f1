package claim

// A Kind says what a claim is about. docs/verify.md describes each.
type Kind string

// The kinds.
const (
	Maturity     Kind = "maturity"  // the level of a project
	Milestone    Kind = "milestone" // the day it reached one
	Count        Kind = "count"     // how many projects
	Member       Kind = "member"    // a project in a list of such
	Class        Kind = "class"     // what the language is to a project
	Language     Kind = "language"  // that a language is in it
	Purity       Kind = "purity"    // how much: all, mainly, parts
	Share        Kind = "share"     // of a language in the bytes
	Bytes        Kind = "bytes"
	Lines        Kind = "lines"
	Files        Kind = "files"
	Packages     Kind = "packages"     // how many, by kind, edition …
	Package      Kind = "package"      // a property of one
	Repositories Kind = "repositories" // how many
	Revision     Kind = "revision"     // which commit was measured
	Commits      Kind = "commits"
	Authors      Kind = "authors"
	Factor       Kind = "factor" // contributor absence and elephant factor
	Organisation Kind = "organisation"
	Release      Kind = "release"
	Cadence      Kind = "cadence"
	Adoption     Kind = "adoption" // since when the language is there
	Activity     Kind = "activity" // when and whether there was work
	Health       Kind = "health"
	Licence      Kind = "licence"
	Link         Kind = "link" // homepage, repository, DevStats, annual review …
	Chat         Kind = "chat"
	Review       Kind = "review"
	Audit        Kind = "audit"
	Persona      Kind = "persona"
	Figure       Kind = "figure" // of a text of our own report
	Description  Kind = "description"
	Focus        Kind = "focus" // category of the landscape
	Adopter      Kind = "adopter"
	Maintainer   Kind = "maintainer"
	Reason       Kind = "reason" // why the language
	Stars        Kind = "stars"
	Superlative  Kind = "superlative" // first, only, largest
	Source       Kind = "source"      // what the report was made from
	Date         Kind = "date"        // of the report
	Coverage     Kind = "coverage"
	Performance  Kind = "performance"
	Praise       Kind = "praise"
	Change       Kind = "change" // what a changelog says of the report
)

// Kinds lists the kinds.
func Kinds() []Kind {
	return []Kind{
		Maturity, Milestone, Count, Member, Class, Language, Purity, Share, Bytes, Lines, Files, Packages, Package,
		Repositories, Revision, Commits, Authors, Factor, Organisation, Release, Cadence, Adoption, Activity, Health,
		Licence, Link, Chat, Review, Audit, Persona, Description, Focus, Adopter, Maintainer, Reason, Stars,
		Superlative, Source, Date, Coverage, Performance, Praise, Change,
	}
}
