package verify

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"assay/internal/limit"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// value gives a claim its value as data.
func (x *extraction) value() {
	c, v := x.c, x.p.Value
	switch {
	case v == property.None:
	case v.IsNumber():
		x.number(c.Num)
	case v == property.Date && strings.HasPrefix(c.Day.Text, "--"):
		x.leave("the text does not say in which year")
	case v == property.Date:
		x.out.Value = &stated.Value{Text: c.Day.Text}
		x.out.Bound = map[claim.Bound]stated.Bound{claim.AtLeast: stated.AtLeast, claim.AtMost: stated.AtMost}[c.Day.Bound]
	case c.Form == claim.Numeric && c.Field != "packages.editions":
		x.leave("the text gives a number, and it is measured by a word")
	case c.Form == claim.Numeric: // the name of an edition
		x.out.Value = &stated.Value{Text: strconv.FormatFloat(c.Num.Value, 'f', -1, 64)}
	default:
		x.word(c.Word)
	}
}

// word gives a claim a value in words.
func (x *extraction) word(word string) {
	c := x.c
	low, high, spread := strings.Cut(word, " to ")
	switch {
	case x.p.Name == "more" && word == "":
		return
	case strings.TrimSpace(word) == "" || len(word) > limit.ClaimsText:
		x.leave("its words are none, or too many")
		return
	case x.p.Value == property.Word && spread:
		x.out.Bound, word = stated.Range, low
		x.out.To = &stated.Value{Text: high}
	case x.p.Name == "class" && c.Num.Bound == claim.AtLeast:
		x.out.Bound = stated.AtLeast
	}
	if x.p.Value == property.Word {
		if word = strings.ToLower(word); x.p.Name == "than" {
			word = comparing(word)
		}
		if !slices.Contains(x.p.Words, word) {
			x.leave("%q is no word that it is measured by", word)
		}
	}
	x.out.Value = &stated.Value{Text: word}
}

// comparing is the word for what the words of a comparison say.
func comparing(words string) string {
	if m := timesWord.FindString(words); m != "" {
		return m
	}
	if compares(words, 0, 1) {
		return "fewer"
	}
	return "more"
}

// number gives a claim a number. What words mean by over, under and almost is a range.
func (x *extraction) number(q claim.Quantity) {
	percent := x.p.Value == property.Percent
	if percent {
		x.out.Unit = "%"
	}
	bound := map[claim.Bound]stated.Bound{
		claim.About: stated.About, claim.AtLeast: stated.AtLeast, claim.AtMost: stated.AtMost, claim.Range: stated.Range,
		claim.Over: stated.Range, claim.Under: stated.Range, claim.Nearly: stated.Range,
	}[q.Bound]
	x.out.Bound = bound
	switch q.Bound {
	case claim.Over:
		x.between(q.Value, 2*q.Value+1)
	case claim.Under:
		least := q.Value / 4
		if percent && q.Value <= 2*q.Slack {
			least = noise // less than can be written so, and more than nothing
		}
		x.between(least, q.Value)
	case claim.Nearly:
		x.between(0.9*q.Value-q.Slack, q.Value+q.Slack)
	case claim.Range:
		if !q.Percent { // the ends of what is counted are exact
			q.Slack, q.ToSlack = 0, 0
		}
		x.between(q.Value-q.Slack, q.To+q.ToSlack)
	default:
		x.exactly(q, percent || bound == "" || bound == stated.About)
	}
}

// between makes a claim one of a range whose ends are exact.
func (x *extraction) between(from, to float64) {
	x.out.Value, x.out.To = &stated.Value{Text: plainNumber(max(0, from)), Number: true}, &stated.Value{Text: plainNumber(to), Number: true}
	x.out.Tolerance = &stated.Value{Text: "0", Number: true}
}

// exactly writes a number so that its digits say how far it is rounded, or else its
// tolerance does, where that counts.
func (x *extraction) exactly(q claim.Quantity, rounded bool) {
	for _, text := range spellings(q.Value) {
		v := &stated.Value{Text: text, Number: true}
		if f := x.out.Figure(v); near(f.Value, q.Value) && (near(f.Tolerance, q.Slack) || !rounded) {
			x.out.Value = v
			return
		}
	}
	x.out.Value = &stated.Value{Text: plainNumber(q.Value), Number: true}
	x.out.Tolerance = &stated.Value{Text: plainNumber(q.Slack), Number: true}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) }

func plainNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// spellings are the ways to write a number: in full, with so many decimals, with an
// exponent.
func spellings(v float64) []string {
	all := []string{plainNumber(v)}
	const decimals = 4
	for k := range decimals {
		all = append(all, strconv.FormatFloat(v, 'f', k, 64))
	}
	for _, e := range []int{3, 6, 9} {
		for k := range decimals {
			all = append(all, strconv.FormatFloat(v/math.Pow10(e), 'f', k, 64)+"e"+strconv.Itoa(e))
		}
	}
	return all
}
