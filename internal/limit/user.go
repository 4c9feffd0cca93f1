package limit

import "time"

// The limits on files that a user names, or that lie where the program looks.
const (
	ConfigBytes       = 1 << 20
	Jobs              = 1000
	ConfigDepth       = 16
	ConfigMarks       = 50_000
	RulesBytes        = 64 << 10
	RulesMarks        = 4000
	RulesDepth        = 8
	RulesText         = 1000
	RulesItems        = 32
	RulesNodes        = 200
	RulesNesting      = 24
	RulesCost         = 1000
	AffiliationsBytes = 64 << 20
	AffiliationsLine  = 64 << 10
	AffiliationsNames = 2_000_000
	CertificateBytes  = 16 << 20
	FileLinks         = 40
	ExportSums        = 1 << 20
	ExportPackage     = 16 << 20
	StoreComplaints   = 20
	FilterTime        = 10 * time.Second
	CompletionTime    = 2 * time.Second
)

func user() []Limit {
	return []Limit{
		{"config-bytes", ConfigBytes, Bytes, "The configuration is parsed in memory.", "The command ends."},
		{"jobs", Jobs, "repositories at a time", "Each has processes and files of its own; a configuration may be found where it lies.", "The command ends."},
		{"config-depth", ConfigDepth, "levels", "The parser calls itself for each level.", "The command ends."},
		{"config-marks", ConfigMarks, "entries", "A node costs the parser some hundred bytes.", "The command ends."},
		{"rules-bytes", RulesBytes, Bytes, "Rules of health are parsed in memory; ours have a third of it.", "The command ends."},
		{"rules-marks", RulesMarks, "entries", "A node costs the parser some hundred bytes.", "The command ends."},
		{"rules-depth", RulesDepth, "levels", "The parser calls itself for each level.", "The command ends."},
		{"rules-text", RulesText, "characters", "A title or an expression is a line.", "The command ends."},
		{"rules-items", RulesItems, "items", "A list of rules names some of our inputs.", "The command ends."},
		{"rules-nodes", RulesNodes, "parts", "Each part of an expression is work, for each project.", "The command ends."},
		{"rules-nesting", RulesNesting, "levels", "The parser of expressions calls itself for each level.", "The command ends."},
		{"rules-cost", RulesCost, "steps", "An expression is worked out for each project.", "The command ends."},
		{"affiliations-bytes", AffiliationsBytes, Bytes, "A file of affiliations is held in memory; the CNCF's has 8 MB.", "The command ends."},
		{"affiliations-line", AffiliationsLine, Bytes, "A line is a name, its addresses and an employer.", "The command ends."},
		{"affiliations-names", AffiliationsNames, "addresses and domains", "All are held in memory; the CNCF's file has 300,000.", "The command ends."},
		{"certificate-bytes", CertificateBytes, Bytes, "A file of authorities is held in memory.", "The system's authorities are taken alone."},
		{"file-links", FileLinks, "links", "Links can lead in a circle; it is the system's own limit.", "The command ends."},
		{"export-sums", ExportSums, Bytes, "The sums of an earlier export are read to tell it from other folders; ours have a line for each table.", "The command ends."},
		{"export-package", ExportPackage, Bytes, "So is what it says of itself; ours has 300 KB.", "The command ends."},
		{"store-complaints", StoreComplaints, "complaints", "A store can be damaged all over.", "Further ones are not told."},
		{"filter-time", seconds(FilterTime), Seconds, "An expression of jq may have no end.", "The command ends."},
		{"completion-time", seconds(CompletionTime), Seconds, "A shell waits for what it may offer.", "Nothing of the store is offered."},
	}
}
