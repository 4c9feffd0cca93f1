package profile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/cadence"
	"assay/internal/finding/quantity"
	"assay/internal/finding/words"
)

// inWhatWasRead follows figures that the rest may change either way.
const inWhatWasRead = " in what was read"

// ActivityWords says who committed how much, in a clause.
func (p *Project) ActivityWords() string {
	a, q := p.Activity, &p.Quantities
	if a == nil {
		return words.Unknown
	}
	s := fmt.Sprintf("%s in the year to %s", commitWords(q.CommitsYear), a.Year.To)
	beside := p.botWords()
	if a.Year.Merges > 0 || a.Year.Bot > 0 && q.MergesYear.Exact() {
		beside = append(beside, words.Phrase(q.MergesYear, words.In[int]("merge")))
	}
	if len(beside) > 0 {
		s += ", beside " + strings.Join(beside, " and ")
	}
	s += p.monthWords() + p.lastWords()
	if a.First != nil {
		s += fmt.Sprintf("; %s since %s", words.Phrase(q.CommitsAll, words.Number), words.FirstDate(q.FirstCommit))
	}
	return s
}

// ActivityShort is ActivityWords for the year alone, without merges. Of a year in
// which nothing was read it says when the last commit was.
func (p *Project) ActivityShort() string {
	if p.Activity == nil {
		return words.Unknown
	}
	if words.Phrase(p.Quantities.CommitsYear, words.Number) == words.Unknown {
		return cmp.Or(strings.TrimPrefix(p.lastWords(), "; "), words.Unknown)
	}
	s := commitWords(p.Quantities.CommitsYear) + " in the year"
	if bots := p.botWords(); bots != nil {
		s += ", beside " + bots[0]
	}
	return s + p.monthWords() + p.lastWords()
}

// botWords says how much of the year bots committed, when it is worth saying.
func (p *Project) botWords() []string {
	if y := &p.Activity.Year; y.Bot > 0 || y.Merges > 0 && p.Quantities.BotsYear.Exact() {
		return []string{words.Phrase(p.Quantities.BotsYear, words.Number) + " by bots"}
	}
	return nil
}

// monthWords says how many months of the year saw a commit, behind another clause.
func (p *Project) monthWords() string {
	q := p.Quantities.ActiveMonths
	if q.State() != quantity.StateExact && p.Activity.Year.ActiveMonths == 0 {
		return ""
	}
	return fmt.Sprintf("; %s of 12 months active", words.Phrase(q, words.Number))
}

// lastWords says when the last human commit was, behind another clause.
func (p *Project) lastWords() string {
	if p.Activity.Last == nil {
		return ""
	}
	return "; the last on " + words.LastDate(p.Quantities.LastCommit)
}

// commitWords writes a number of human commits.
func commitWords(q quantity.Of[int]) string {
	if s := words.Phrase(q, words.In[int]("human commit")); s != words.Unknown {
		return s
	}
	return "an unknown number of human commits"
}

// LatestWords says when a person last committed to any branch, merges included,
// and to which; "" when that is the last human commit of the revisions.
func (p *Project) LatestWords() string {
	a := p.Activity
	if a == nil || a.Latest == nil || a.Last != nil && a.Latest.Date <= a.Last.Date {
		return ""
	}
	l := a.Latest
	what := "a commit"
	if l.Merge {
		what = "a merge"
	}
	s := fmt.Sprintf("%s, %s on %s of %s", words.LastDate(p.Quantities.LastActivity), what,
		strings.TrimPrefix(l.Ref, "refs/heads/"), words.Slug(l.Repo))
	if !l.Mainline {
		s += ", outside of the history that was measured"
	}
	return s
}

// QuarterWords says how much was committed in the last 90 days.
func (p *Project) QuarterWords() string {
	s := commitWords(p.Quantities.CommitsQuarter)
	if a := p.Activity; a != nil && (a.Quarter.Human > 0 || p.Quantities.CommitsQuarter.Exact()) {
		s += fmt.Sprintf(", %s by bots", words.Phrase(quantity.More(p.Activity.Quarter.Bot, p.Quantities.CommitsQuarter.Missing), words.Number))
	}
	return s
}

// AuthorWords says how many people made the human commits of the year.
func (p *Project) AuthorWords() string {
	a, q := p.Activity, &p.Quantities
	switch {
	case a == nil || a.Year.Authors == 0 && !q.AuthorsYear.Exact():
		return words.Unknown
	case a.Year.Authors == 0:
		return "none in the year"
	}
	y := &a.Year
	if !q.AuthorsYear.Exact() {
		return fmt.Sprintf("%s in the year; %s of them new and contributor absence factor %s"+inWhatWasRead,
			words.Phrase(q.AuthorsYear, words.Number), words.Number(y.NewAuthors), words.Number(y.AbsenceFactor))
	}
	return fmt.Sprintf("%s in the year, %s of them new; contributor absence factor %s",
		words.Number(y.Authors), words.Number(y.NewAuthors), words.Number(y.AbsenceFactor))
}

// mostOrganisations is how many organisations a clause names.
const mostOrganisations = 4

// OrganisationWords says for whom the authors of the year worked, and of how
// much that is known.
func (p *Project) OrganisationWords() string {
	if p.Activity == nil {
		return words.Unknown
	}
	o, exact := &p.Activity.Year.Organisations, p.Quantities.CommitsYear.Exact()
	share := o.KnownShare()
	switch {
	case share == nil && !exact:
		return words.Unknown
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
	s := fmt.Sprintf("known for %s of the human commits of the year: %s; elephant factor %s",
		words.Percent(*share), strings.Join(parts, ", "), words.Number(o.Elephant))
	if !exact {
		s += inWhatWasRead
	}
	return s
}

// ReleaseWords says how often the project releases.
func (p *Project) ReleaseWords() string {
	r, q := p.Releases, p.Quantities.ReleaseDays
	switch {
	case r == nil:
		return words.Unknown
	case q.Exact():
		return r.Word + ": " + r.Why
	case p.CadenceCell() == words.Unknown && r.LastAt == nil:
		return "unknown: no release in what was read"
	case p.CadenceCell() == words.Unknown:
		return "unknown: the last full release in what was read is of " + string(r.LastAt.Date)
	}
	return r.Word + inWhatWasRead + ": " + r.Why
}

// quiet are the rhythms that tell of releases that did not come.
var quiet = []string{cadence.Rare, cadence.Paused, cadence.Stopped, cadence.PreOnly, cadence.None, cadence.Yearly}

// CadenceCell is the rhythm of releases in a word. What was not read may hold the
// releases that a quiet rhythm lacks.
func (p *Project) CadenceCell() string {
	if p.Releases == nil {
		return words.Unknown
	}
	return CadenceCell(p.Releases.Word, p.Quantities.ReleaseDays)
}

// CadenceCell is a word for the rhythm of releases for a cell of a table; "" is none
// known. Days are the days of the year with a full release.
func CadenceCell(word string, days quantity.Of[int]) string {
	switch {
	case word == "":
		return words.Unknown
	case days.Exact():
		return word
	case slices.Contains(quiet, word):
		return words.Unknown
	}
	return word + words.Either
}

// OrganisationsShort is OrganisationWords for a cell of a table: the largest, and
// how much is known.
func (p *Project) OrganisationsShort() string {
	if p.Activity == nil {
		return words.Unknown
	}
	o := &p.Activity.Year.Organisations
	share, largest := o.KnownShare(), o.LargestShare()
	if share == nil || largest == nil {
		return words.Unknown
	}
	s := fmt.Sprintf("%s %s", o.List[0].Name, words.Percent(*largest))
	if others := len(o.List) - 1; others > 0 {
		s += fmt.Sprintf(", %s", words.Amount(others, "other"))
	}
	s += fmt.Sprintf(" (%s known)", words.Percent(*share))
	if !p.Quantities.CommitsYear.Exact() {
		s += words.Either
	}
	return s
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
