package profile

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/words"
)

// ActivityWords says who committed how much, in a clause.
func ActivityWords(a *Activity) string {
	y := &a.Year
	s := fmt.Sprintf("%s in the year to %s", words.Amount(y.Human, "human commit"), y.To)
	if y.Bot > 0 || y.Merges > 0 {
		s += fmt.Sprintf(", beside %s by bots and %s", words.Number(y.Bot), words.Amount(y.Merges, "merge"))
	}
	s += fmt.Sprintf("; %d of 12 months active", y.ActiveMonths)
	if a.Last != nil {
		s += "; the last on " + string(a.Last.Date)
	}
	if a.First != nil {
		s += fmt.Sprintf("; %s since %s", words.Number(a.Commits.Human), a.First.Date)
	}
	return s
}

// AuthorWords says how many people made the human commits of the year.
func AuthorWords(a *Activity) string {
	y := &a.Year
	if y.Authors == 0 {
		return "none in the year"
	}
	return fmt.Sprintf("%s in the year, %s of them new; contributor absence factor %s",
		words.Number(y.Authors), words.Number(y.NewAuthors), words.Number(y.AbsenceFactor))
}

// mostOrganisations is how many organisations a clause names.
const mostOrganisations = 4

// OrganisationWords says for whom the authors of the year worked, and of how
// much that is known.
func OrganisationWords(o *Organisations) string {
	share := o.KnownShare()
	switch {
	case share == nil:
		return "no human commit in the year"
	case o.Known == 0:
		return "unknown for all human commits of the year"
	}
	var parts []string
	for _, c := range o.List[:min(len(o.List), mostOrganisations)] {
		parts = append(parts, fmt.Sprintf("%s %s", c.Name, words.Percent(float64(c.Commits)/float64(o.Known))))
	}
	if more := len(o.List) - len(parts); more > 0 {
		parts = append(parts, words.Amount(more, "other"))
	}
	return fmt.Sprintf("known for %s of the human commits of the year: %s; elephant factor %s",
		words.Percent(*share), strings.Join(parts, ", "), words.Number(o.Elephant))
}

// OrganisationsShort is the same for a cell of a table: the largest, and how
// much is known.
func OrganisationsShort(o *Organisations) string {
	share, largest := o.KnownShare(), o.LargestShare()
	if share == nil || largest == nil {
		return "unknown"
	}
	s := fmt.Sprintf("%s %s", o.List[0].Name, words.Percent(*largest))
	if others := len(o.List) - 1; others > 0 {
		s += fmt.Sprintf(", %s", words.Amount(others, "other"))
	}
	return s + fmt.Sprintf(" (%s known)", words.Percent(*share))
}

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
