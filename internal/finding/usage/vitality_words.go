package usage

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

// PartWords says who works on the language.
func PartWords(p *PartActivity) string {
	if p.Commits == 0 {
		return "no human commit touched it"
	}
	s := fmt.Sprintf("%s by %s in the year", words.Amount(p.YearCommits, "human commit"), words.Amount(p.YearAuthors, "author"))
	if p.YearCommits > 0 {
		s += ", contributor absence factor " + words.Number(p.AbsenceFactor)
	}
	return s + fmt.Sprintf("; %s by %s in all", words.Number(p.Commits), words.Number(p.Authors))
}

// AdoptionWords says since when the language is there.
func AdoptionWords(t *Trend) string {
	if t.Adoption == nil {
		return "no product file of the language stayed"
	}
	parts := []string{fmt.Sprintf("%s in %s", t.Adoption.Date, words.Slug(t.Adoption.Repo))}
	for _, m := range []struct{ share, month string }{{"10 %", t.Tenth}, {"50 %", t.Half}} {
		if m.month != "" {
			parts = append(parts, fmt.Sprintf("%s of the bytes in %s", m.share, m.month))
		}
	}
	if t.Peak != nil {
		parts = append(parts, fmt.Sprintf("most in %s (%s)", t.Peak.Month, words.Percent(*t.Peak.Share)))
	}
	return strings.Join(parts, "; ")
}

// BreakWords says that a history begins after a release.
func BreakWords(b *Break) string {
	return fmt.Sprintf("the mainline of %s begins on %s, after its release %s of %s: an earlier history lies elsewhere",
		words.Slug(b.Repo), b.First, b.Release.Tag, fact.Day(b.Release.At))
}
