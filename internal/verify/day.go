package verify

import (
	"slices"
	"time"

	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// Day is the day that a report speaks of, and where it says so; "" when it does
// not. A day goes before a month, and of either what the text calls its state
// before when it was made. The end of a month or year is meant where that is all
// it says.
func (rep *Report) Day() (day fact.Date, where string) {
	claims := claim.Days(rep.page)
	for _, exact := range []bool{true, false} {
		for _, name := range []string{"report", "report.made"} {
			if d, where := dayIn(rep.page, claims, name, exact); d != "" {
				return d, where
			}
		}
	}
	return "", ""
}

// limited is how our own report says that it is about a part of the landscape.
var limited = lazyregexp.New(`the survey was limited to [\d,]+ of them`)

// Limited reports whether the report says that it is about the projects alone that
// a survey was limited to.
func (rep *Report) Limited() bool {
	return slices.ContainsFunc(rep.page.Blocks, func(b page.Block) bool { return limited.MatchString(b.Text.S) })
}

// dayIn is the first day of a property, to the day or not.
func dayIn(p *page.Page, claims []claim.Claim, name string, exact bool) (fact.Date, string) {
	for i := range claims {
		c := &claims[i]
		if !c.Is(name) || exact != (len(c.Day.Text) == len(time.DateOnly)) {
			continue
		}
		if d := lastDay(c.Day.Text); d != "" {
			line, _ := p.Position(c.Source().From)
			return d, lineWords(line, c.Quote())
		}
	}
	return "", ""
}

func lineWords(line int, quote string) string {
	return "line " + words.Number(line) + " says " + quote
}

// lastDay is the day, or the last of the month or year.
func lastDay(s string) fact.Date {
	for _, f := range []struct {
		layout       string
		years, month int
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(f.layout, s)
		if err != nil {
			continue
		}
		if f.years+f.month > 0 {
			t = t.AddDate(f.years, f.month, -1)
		}
		return fact.DateOf(t)
	}
	return ""
}
