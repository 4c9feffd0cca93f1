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

// ShareWords is the share of the project over the scope: in what was read, unless
// everything was.
func (p *Project) ShareWords() string {
	return ofWhatWasRead(ShareWords(p.Figures), p.Figures != nil && !p.Quantities.Share.Exact())
}

// LineWords is the lines of the project over the scope.
func (p *Project) LineWords() string {
	return ofWhatWasRead(LineWords(p.Figures), p.Figures.LinesKnown() && !p.Quantities.Code.Exact())
}

func ofWhatWasRead(s string, notAll bool) string {
	if notAll {
		return s + " in what was read"
	}
	return s
}

// ShareWords is the share over the scope.
func (s *ScopeFigures) ShareWords() string {
	return ofWhatWasRead(ShareWords(s.Figures), s.Figures != nil && s.Incomplete)
}

// PackageWords is the number of packages of product role.
func (p *Project) PackageWords() string {
	return words.Phrase(p.Quantities.Packages, words.In[int]("package"))
}

// PartWords says who works on the language.
func (p *Project) PartWords() string {
	s := p.PartShort()
	if p.Activity == nil || p.Activity.Part.YearCommits == 0 {
		return s
	}
	return strings.Replace(s, " in the year;", " in the year, contributor absence factor "+words.Number(p.Activity.Part.AbsenceFactor)+";", 1)
}

// PartShort is PartWords without how many authors it hangs on. Of a year in which
// nothing was read it says nothing.
func (p *Project) PartShort() string {
	if p.Activity == nil {
		return words.Unknown
	}
	a, exact := &p.Activity.Part, p.Quantities.PartCommitsYear.Exact()
	switch {
	case a.Commits == 0 && !exact:
		return words.Unknown
	case a.Commits == 0:
		return "no human commit touched it"
	case a.YearCommits == 0 && !exact:
		s := fmt.Sprintf("%s by %s in all", words.Amount(a.Commits, "human commit"), words.Amount(a.Authors, "author"))
		return ofWhatWasRead(s, true)
	}
	s := fmt.Sprintf("%s by %s in the year; %s by %s in all", words.Amount(a.YearCommits, "human commit"),
		words.Amount(a.YearAuthors, "author"), words.Number(a.Commits), words.Number(a.Authors))
	return ofWhatWasRead(s, !exact)
}

// AdoptionWords says since when the language is there.
func (p *Project) AdoptionWords() string {
	var shares []string
	if t := p.Trend; t != nil {
		for _, m := range []struct{ share, month string }{{"10 %", t.Tenth}, {"50 %", t.Half}} {
			if m.month != "" {
				shares = append(shares, fmt.Sprintf("%s of the bytes in %s", m.share, m.month))
			}
		}
	}
	return p.adoption(shares)
}

// AdoptionShort is AdoptionWords with the largest share alone.
func (p *Project) AdoptionShort() string { return p.adoption(nil) }

// adoption says since when the language is there, with what is said of its share.
func (p *Project) adoption(shares []string) string {
	t, q := p.Trend, p.Quantities.Adopted
	switch {
	case t == nil || t.Adoption == nil && !q.Missing.IsZero():
		return words.Unknown
	case t.Adoption == nil:
		return "no product file of the language stayed"
	}
	s := fmt.Sprintf("%s in %s", words.FirstDate(q), words.Slug(t.Adoption.Repo))
	if t.Peak != nil {
		shares = append(shares, fmt.Sprintf("most in %s (%s)", t.Peak.Month, words.Percent(*t.Peak.Share)))
	}
	if len(shares) > 0 {
		s += "; " + ofWhatWasRead(strings.Join(shares, "; "), !p.Quantities.Share.Exact())
	}
	return s
}

// BreakWords says that a history begins after a release.
func BreakWords(b *Break) string {
	return fmt.Sprintf("the mainline of %s begins on %s, after its release %s of %s: an earlier history lies elsewhere",
		words.Slug(b.Repo), b.First, b.Release.Tag, fact.Day(b.Release.At))
}
