package usage

import (
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/words"
)

// AuditWords writes an audit in a line: day, type and vendor, each where known.
func AuditWords(a fact.Audit) string {
	date := string(a.Date)
	if date == "" {
		date = "date unknown"
	}
	s := date
	if a.Type != "" {
		s += ": " + a.Type
	}
	if a.Vendor != "" {
		s += " by " + a.Vendor
	}
	return s
}

// RuleWords says a rule by which a revision is picked.
func RuleWords(rule string) string {
	switch rule {
	case fact.RuleMainline:
		return "last first-parent commit of the default branch on or before the end of the day, UTC"
	case fact.RuleLineage:
		return "the default branch was replaced by an unrelated history, so the line that carried the releases of the day was followed"
	}
	return rule
}

// LineageTitle names the i-th line of history of a revision.
func LineageTitle(i int) string {
	if i == 0 {
		return "line of history followed"
	}
	return "line of history not followed"
}

// LineageWords says what is known of a line of history.
func LineageWords(l fact.Lineage) string {
	parts := []string{l.Ref + " at " + l.Commit}
	if l.CommittedAt != "" {
		parts = append(parts, "of "+l.CommittedAt)
	}
	if l.Commits > 0 {
		parts = append(parts, words.Amount(l.Commits, "mainline commit"))
	}
	if l.FirstAt != "" {
		parts = append(parts, "begun "+l.FirstAt)
	}
	if l.LastRelease != "" {
		parts = append(parts, strings.TrimSpace("last release "+l.LastRelease+" "+l.LastReleaseAt))
	} else {
		parts = append(parts, "no release")
	}
	return strings.Join(parts, ", ")
}
