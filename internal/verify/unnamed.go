package verify

import (
	"slices"
	"strings"

	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// sourceLanguage is missing where neither the report nor its reader names a
// language.
const sourceLanguage = "a language: name it in the title, or with --language"

// others are the judges for the languages that single statements name.
type others struct {
	find   func(language string) (*usage.Findings, error)
	judges map[string]*judge
}

// unname makes j judge a report that names no language.
func (j *judge) unname(find func(string) (*usage.Findings, error)) {
	j.language, j.others = "", &others{find, map[string]*judge{}}
}

// in is the judge of statements on a language; nil where there is none.
func (j *judge) in(language string) *judge {
	if language == "" || j.others.find == nil {
		return nil
	}
	if other, ok := j.others.judges[language]; ok {
		return other
	}
	j.others.judges[language] = nil
	if f, err := j.others.find(language); err == nil {
		other := newJudge(j.facts, f)
		other.mentions = j.mentions
		j.others.judges[language] = other
	}
	return j.others.judges[language]
}

// unnamed judges a claim that needs a language in a report that names none: by
// the language that the claim itself names.
func (j *judge) unnamed(c *claim.Claim) ruling {
	language := ownLanguage(c)
	other := j.in(language)
	if other == nil {
		r := unverifiable(sourceLanguage, "the text names no language, so nothing was compared")
		r.claimed = c.Quote()
		return r
	}
	own := *c
	own.Field = strings.TrimSuffix(c.Field, ":"+language)
	return other.judge(&own)
}

// uses reports whether a project uses the language of the report, or may be what
// is meant where there is none.
func (j *judge) uses(p *usage.Project) bool { return j.language == "" || p.Class.Uses() }

// needsLanguage reports whether a claim can be judged for one language only. One
// on a share or size that names its language ("share:Go") can be for any.
func (j *judge) needsLanguage(c *claim.Claim) bool {
	p, arg := property.Of(c.Field)
	switch {
	case p == nil:
		return false
	case p.Asks == property.ByFigure:
		return j.needsLanguage(with(c, arg, c.Subject, c.Scope))
	case p.Asks == property.ByWords:
		return j.asksLanguage(c)
	}
	return p.Language && !(p.Own && arg != "")
}

// asksLanguage reports whether the words of a claim ask for one language, where its
// field does not say so.
func (j *judge) asksLanguage(c *claim.Claim) bool {
	own := ownLanguage(c) != ""
	switch c.Kind {
	case claim.Superlative:
		return own || bySize.MatchString(c.Word) || qualityOf(c.Word).pure
	case claim.Member:
		return c.Area == "" && (c.Level == "" || j.speaksOfUse(c) || own)
	}
	return c.Label != "" || j.speaksOfUse(c) || own
}

// ownLanguage is the language that a claim names itself: in its field, sentence
// or label, or in what introduces it, the nearest first. It is "" for none, or
// for several in one place.
func ownLanguage(c *claim.Claim) string {
	if _, arg, ok := strings.Cut(c.Field, ":"); ok && wellKnown[strings.ToLower(arg)] == arg {
		return arg
	}
	if c.Language != "" {
		return c.Language
	}
	texts := []string{c.Sentence}
	for lead, depth := c.Block.Lead, 0; lead != nil && depth < 8; lead, depth = lead.Lead, depth+1 {
		texts = append(texts, lead.Text.S)
	}
	for _, h := range slices.Backward(c.Block.Section) {
		texts = append(texts, h.Text.S)
	}
	if head := headOf(c); head != "" {
		texts = slices.Insert(texts, 1, head)
	}
	for _, text := range texts {
		if found := titleLanguages([]string{text}); len(found) > 0 {
			return onlyOf(found)
		}
	}
	return ""
}

func onlyOf(found []string) string {
	if len(found) == 1 {
		return found[0]
	}
	return ""
}

// headOf is the head of the column that a claim stands in, or the first cell of
// its row.
func headOf(c *claim.Claim) string {
	b := c.Block
	if b.Form != page.Row || len(b.Cells) == 0 {
		return ""
	}
	for i := range b.Cells {
		if b.Head != nil && i > 0 && i < len(b.Head.Cells) && &b.Cells[i] == c.Text {
			return b.Head.Cells[i].S + " | " + b.Cells[0].S
		}
	}
	return b.Cells[0].S
}
