package usage

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/words"
)

// ShareWords writes figures as a part of a whole with units: "636,090 bytes of
// 844,211 (75.3 %)".
func ShareWords(f *Figures) string {
	if f == nil {
		return "unknown"
	}
	s := fmt.Sprintf("%s of %s", words.Amount(f.Bytes, "byte"), words.Number(f.Total))
	if f.Share != nil {
		s += " (" + words.Percent(*f.Share) + ")"
	}
	return s
}

// LineWords writes the lines of figures with units, and of how many files they
// are when not of all.
func LineWords(f *Figures) string {
	if !f.LinesKnown() {
		return "unknown"
	}
	s := fmt.Sprintf("%s of code, %s of comment, %s blank", words.Amount(f.Code, "line"), words.Number(f.Comment), words.Number(f.Blank))
	if !f.LinesComplete() {
		s += fmt.Sprintf(" (of %s of %s)", words.Number(f.LineFiles), words.Amount(f.Files, "file"))
	}
	return s
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
