package limit

// The limits on the files of a revision, whatever they are.
const (
	AttributesFile  = 1 << 20
	AttributesFiles = 1_000
	AttributesBytes = 16 << 20
	AttributesRules = 500
	AttributesLine  = 2048
	AttributesSteps = 500_000_000
	AttributesMacro = 1_000_000
	FileExtensions  = 10_000
	LicenceBytes    = 256 << 10
	NoticeBytes     = 4 << 10
	LicenceTexts    = 4096
	ReadingBytes    = 64 << 10
	ReadingsBytes   = 32 << 20
)

func files() []Limit {
	return []Limit{
		{"attributes-file", AttributesFile, Bytes, "A .gitattributes file is some lines.", "The rest of the file is not obeyed."},
		{"attributes-files", AttributesFiles, "files", "Each folder can have a .gitattributes file.", "Further ones are not obeyed."},
		{"attributes-bytes", AttributesBytes, Bytes, "The .gitattributes files of a tree are held in memory.", "Further ones are not obeyed."},
		{"attributes-rules", AttributesRules, "rules", "Each rule is matched with each path.", "Further rules on languages are not obeyed."},
		{"attributes-line", AttributesLine, Bytes, "It is git's own limit on a line.", "The line is not obeyed."},
		{"attributes-steps", AttributesSteps, "steps", "An expression can cost its length times that of the path; these are a few seconds.", "Rules with expressions are not obeyed for further paths."},
		{"attributes-macro", AttributesMacro, "steps", "Macros can lead on to thousands of others; each attribute that is looked at is a step.", "Further rules with macros are not obeyed."},
		{"file-extensions", FileExtensions, "extensions", "What an extension says is remembered.", "It is worked out again each time."},
		{"licence-bytes", LicenceBytes, Bytes, "The longest licences are 40 KiB.", "The file is not compared with licences."},
		{"notice-bytes", NoticeBytes, Bytes, "Longer NOTICE files list the licences of others.", "The file does not stand in for a licence."},
		{"licence-texts", LicenceTexts, "texts", "The licence of a text is remembered.", "It is worked out again."},
		{"reading-bytes", ReadingBytes, Bytes, "What was made of a file is kept for the next survey.", "It is not kept, and the file read again."},
		{"readings-bytes", ReadingsBytes, Bytes, "What was made of all files is held in memory.", "It is not kept, and the files read again."},
	}
}

// The limits on manifests of components.
const (
	ManifestBytes     = 4 << 20
	ManifestFiles     = 20_000
	ManifestTotal     = 64 << 20
	ManifestPath      = 1024
	ManifestNotes     = 100
	ManifestText      = 200
	ManifestProse     = 500
	ManifestList      = 10_000
	WorkspaceGlobs    = 100
	GlobBytes         = 256
	GlobParts         = 16
	TomlKeys          = 8_000
	SetupArguments    = 1000
	ScriptDepth       = 100
	ScriptInserts     = 8
	ScriptSteps       = 1_000_000
	ScriptText        = 2000
	LicenceName       = 100
	LicenceExpression = 1000
	LicenceSayings    = 4
	LicenceWords      = 120
	MavenParents      = 16
	MavenRounds       = 5
	MavenText         = 2000
)

func manifests() []Limit {
	return []Limit{
		{"manifest-bytes", ManifestBytes, Bytes, "A manifest is parsed in memory.", "The manifest is not read, which a note says."},
		{"manifest-files", ManifestFiles, "files", "Each manifest is parsed.", "Further ones are not read, which a note says."},
		{"manifest-total", ManifestTotal, Bytes, "Each manifest is parsed.", "Further ones are not read, which a note says."},
		{"manifest-path", ManifestPath, Bytes, "Looking for the folders above costs the square of the length.", "The manifest is not looked at."},
		{"manifest-notes", ManifestNotes, "notes", "Each file can be odd.", "The rest is one note."},
		{"manifest-text", ManifestText, "characters", "Names and versions are short.", "The text is cut."},
		{"manifest-prose", ManifestProse, "characters", "A description is one sentence.", "The text is cut."},
		{"manifest-list", ManifestList, "entries", "Lists of a component are kept.", "The rest of the list is dropped."},
		{"workspace-globs", WorkspaceGlobs, "patterns", "Each pattern is matched with each folder.", "Further ones match nothing."},
		{"glob-bytes", GlobBytes, Bytes, "A pattern is a path.", "The pattern matches nothing."},
		{"glob-parts", GlobParts, "parts", "Each wildcard multiplies the work.", "The pattern matches nothing."},
		{"toml-keys", TomlKeys, "keys", "The decoder's work grows with their square; the largest known manifests have half of it.", "The manifest, or the list of maintainers, is not read, which a note says; a file MAINTAINERS is read as text."},
		{"setup-arguments", SetupArguments, "arguments", "A call in setup.py has some dozen.", "Further ones are not looked at."},
		{"script-depth", ScriptDepth, "brackets", "Blocks of a build script, and names in a setup.py, lead into one another.", "A build script is not read, which a note says; a value is unknown."},
		{"script-inserts", ScriptInserts, "texts", "What is inserted into a text of a build script can hold texts itself.", "The text is unknown."},
		{"script-steps", ScriptSteps, "steps", "Names in a setup.py can multiply one another; each word that is looked at is a step.", "What was not looked at is unknown."},
		{"script-text", ScriptText, Bytes, "Names in a script can multiply a text.", "The text is unknown."},
		{"licence-name", LicenceName, Bytes, "The field of a licence may hold its text.", "The licence of the package is unknown."},
		{"licence-expression", LicenceExpression, Bytes, "Expressions are nested; the longest that real manifests have are a tenth of it.", "The expression is not read."},
		{"licence-sayings", LicenceSayings, "sentences", "What a README says of its licence is kept.", "Further ones are left out."},
		{"licence-words", LicenceWords, Bytes, "Words beside a licence that leave it unknown are shown.", "They are cut."},
		{"maven-parents", MavenParents, "projects", "Parents can lead in a circle.", "Parents above are not looked at."},
		{"maven-rounds", MavenRounds, "rounds", "Properties can name one another.", "Properties within are left as they stand."},
		{"maven-text", MavenText, Bytes, "Properties can multiply a text.", "The text is left as it stands."},
	}
}

// The limits on texts that are read for adopters, people and reasons.
const (
	AdoptersBytes  = 512 << 10
	PeopleBytes    = 128 << 10
	ReasonBytes    = 256 << 10
	ReasonFiles    = 3000
	ReasonTotal    = 16 << 20
	ReasonSentence = 1200
	ReasonQuote    = 500
	ReasonCount    = 8
	UseFiles       = 40
	DocumentNotes  = 40
	DocumentUnread = 40
	DocumentRows   = 2000
	RowName        = 100
	RowKind        = 60
	ReadmePointers = 20
	TextLine       = 16 << 10
	TextPipes      = 64
	TextMarks      = 400
	TextQuotes     = 24
	TextIndent     = 200
	TextCells      = 100_000
	TextInline     = 32
	YamlBytes      = 256 << 10
	YamlDepth      = 32
	YamlMarks      = 60_000
)

func documents() []Limit {
	return []Limit{
		{"adopters-bytes", AdoptersBytes, Bytes, "A list of adopters is parsed in memory.", "The rest of the file is not read."},
		{"people-bytes", PeopleBytes, Bytes, "A list of maintainers is parsed in memory.", "The rest of the file is not read."},
		{"reason-bytes", ReasonBytes, Bytes, "A text is parsed in memory.", "The rest of the file is not read."},
		{"reason-files", ReasonFiles, "files", "Each text is parsed.", "Further texts are not read for reasons."},
		{"reason-total", ReasonTotal, Bytes, "Each text is parsed.", "Further texts are not read for reasons."},
		{"reason-sentence", ReasonSentence, Bytes, "A sentence is looked through several times.", "A longer one is not looked at."},
		{"reason-quote", ReasonQuote, Bytes, "A quotation is shown.", "The quotation is cut."},
		{"reason-count", ReasonCount, "reasons", "The first reasons of a language say enough.", "Further ones are not kept."},
		{"use-files", UseFiles, "files", "A repository has one file of a use, or a few.", "Further ones are not read."},
		{"document-notes", DocumentNotes, "notes", "Each file can be odd.", "Further notes are dropped."},
		{"document-unread", DocumentUnread, "places", "Places that are not understood are told.", "Further ones are dropped."},
		{"document-rows", DocumentRows, "rows", "The longest list known has some hundred adopters.", "Further rows are not kept."},
		{"row-name", RowName, Bytes, "A name is a few words.", "It is not taken for the name of an adopter or a person."},
		{"row-kind", RowKind, Bytes, "A kind or role is a few words.", "The text is cut."},
		{"readme-pointers", ReadmePointers, "links", "A README names a few lists.", "Further links are not told."},
		{"text-line", TextLine, Bytes, "Markdown parsers can be slow on long lines.", "The rest of the line is dropped."},
		{"text-pipes", TextPipes, "columns", "Rows of a table are filled up to its head.", "The line is dropped."},
		{"text-marks", TextMarks, "characters", "What may open markup is looked at again and again.", "The line is dropped."},
		{"text-quotes", TextQuotes, "marks", "Quotations nest in one another.", "The line is dropped."},
		{"text-indent", TextIndent, "characters", "Indentation opens lists within lists.", "What is left of it is dropped."},
		{"text-cells", TextCells, "cells", "A short row is filled up to the width of the head.", "Further lines of the table are dropped."},
		{"text-inline", TextInline, "levels", "Markup nests in one another.", "What is deeper is not followed."},
		{"yaml-bytes", YamlBytes, Bytes, "A YAML file is parsed in memory.", "The file is not read."},
		{"yaml-depth", YamlDepth, "levels", "The parser calls itself for each level.", "The file is not read."},
		{"yaml-marks", YamlMarks, "entries", "A node costs the parser some hundred bytes.", "The file is not read."},
	}
}

// The limits on what is made of a history, and of tags.
const (
	HistoryEpochs     = 100
	HistoryAttributes = 64 << 20
	HistoryTurned     = 10_000
	AuthorSpellings   = 500_000
	AuthorNames       = 16
	AuthorText        = 256
	TagCount          = 100_000
	TagName           = 255
	TagVersion        = 64
)

func made() []Limit {
	return []Limit{
		{"history-epochs", HistoryEpochs, "months", "Each change of .gitattributes has all paths looked at again.", "Later changes are not followed, which a note says."},
		{"history-attributes", HistoryAttributes, Bytes, "The .gitattributes of all times are held in memory.", "Further ones are taken for empty."},
		{"history-turned", HistoryTurned, "paths", "Paths whose kind changed are named in the fact.", "Further ones are not named."},
		{"author-spellings", AuthorSpellings, "spellings", "All spellings are held in memory; linux has 40,000.", "The history is not measured."},
		{"author-names", AuthorNames, "names", "The names of one address are kept.", "Further names are dropped."},
		{"author-text", AuthorText, Bytes, "A name and a local part of an address have 64 characters.", "It is not looked through for the words of bots."},
		{"tag-count", TagCount, "tags", "Each tag is a row of the fact.", "Further tags are left out, which a note says."},
		{"tag-name", TagName, Bytes, "A tag is named on pages.", "The tag is left out, which a note says."},
		{"tag-version", TagVersion, Bytes, "The work on a version grows with the square of its length.", "The tag is no release."},
	}
}
