package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// This file judges words on the languages of a project.

// Shares from which words hold.
const (
	shareAll  = 0.995 // "entirely", "pure"
	shareMost = 0.5   // "mainly", "primarily"
)

// contains judges that there is counted code of a language, or that a subject is written
// in it.
func (j *Judge) contains(c *claim.Claim, p *usage.Project) Ruling {
	n, total, at := j.languageBytes(c.Subject, c.Word)
	measured := "none in what was read"
	if n > 0 {
		measured = words.Percent(float64(n)/float64(total)) + " in what was read"
	}
	switch open := j.open(c); {
	case open && (total == 0 || !j.surelyHolds(c.Subject, c.Word)):
		return notRead(p, measured, at)
	case total == 0:
		return unverifiable(SourceRepository, "nothing was read")
	case c.Is("language.written") && open && !primaryIn(p, c.Word):
		return notRead(p, measured, at)
	case n > 0:
		return confirmed(words.Percent(float64(n)/float64(total)), at...)
	}
	return refuted("0 bytes", "there is no counted "+c.Word, at...)
}

// largest judges which language is the largest.
func (j *Judge) largest(c *claim.Claim, p *usage.Project) Ruling {
	_, total, at := j.languageBytes(c.Subject, c.Word)
	most := j.largestOf(c.Subject)
	switch {
	case most == "" || total == 0:
		if j.open(c) {
			return notRead(p, "", at)
		}
		return unverifiable(SourceRepository, "nothing was read")
	case j.open(c):
		return notRead(p, most+" in what was read", at)
	}
	r := same(c, most, at...)
	if r.Verdict == Refuted {
		j.wasMore(c, c.Word, most, &r)
	}
	return r
}

// largestOf is the language with most counted bytes of a subject; "" for none.
func (j *Judge) largestOf(s claim.Subject) string {
	if r := j.Repository(s.ID); s.Sort == claim.OfRepository && r != nil {
		return r.Largest
	}
	if p := j.Project(s); p != nil && len(p.Languages) > 0 {
		return p.Languages[0].Language
	}
	return ""
}

// purity judges how much of a subject is in a language.
func (j *Judge) purity(c *claim.Claim, p *usage.Project) Ruling {
	n, total, at := j.languageBytes(c.Subject, c.Of)
	open := j.open(c)
	switch {
	case total == 0 && open:
		return notRead(p, "", nil)
	case total == 0:
		return unverifiable(SourceRepository, "nothing was read")
	}
	share := float64(n) / float64(total)
	measured := fmt.Sprintf("%s of the counted bytes are %s", words.Percent(share), c.Of)
	if open && (c.Subject.Sort != claim.OfProject || !decided(p, c.Of, c.Word, share)) {
		return notRead(p, measured, at)
	}
	if c.Part && c.Subject.Sort == claim.OfProject && share > 0 && share < shareAll {
		return unverifiable("the composition of that part", "of the project %s", measured)
	}
	so := share >= shareAll
	switch c.Word {
	case "mainly":
		so = share >= shareMost
	case "not", "not mainly":
		so = share < shareMost && !(open && primaryIn(p, c.Of))
	case "not entirely":
		so = share < shareAll
	}
	r := holds(so, measured, at...)
	if c.Word == "entirely" && !so {
		j.purePart(p, c.Of, &r)
	}
	return r
}

// decided reports whether what was read decides how much of a project is in a
// language: what is not all of it in what was read is not all of it, and a primary
// repository in it is enough to say that the project is not without it. Whether it is
// the most of it stays open, unless nothing but a listing is missing and the primary
// repository is in it. A tree of before the day decides nothing.
func decided(p *usage.Project, language, word string, share float64) bool {
	gap := p.Coverage.Gap()
	if gap.Stale > 0 && !primaryIn(p, language) {
		return false
	}
	switch word {
	case "mainly", "not mainly":
		gap.Open, gap.Partial = 0, 0
		return gap.IsZero() && primaryIn(p, language)
	case "not":
		return primaryIn(p, language)
	}
	return share < shareAll && gap.Stale == 0
}

// purePart explains a wrong word by a repository of the project of which it
// holds.
func (j *Judge) purePart(p *usage.Project, lang string, r *Ruling) {
	for i := range p.Repositories {
		repo := &p.Repositories[i]
		comp := j.Facts.Compositions[repo.ID.Key()]
		if comp == nil || !repo.Counted {
			continue
		}
		if total := comp.Bytes(""); total > 0 && float64(comp.Bytes(lang)) >= shareAll*float64(total) {
			r.Hypothesis = &Hypothesis{"scope", "it holds for the repository " + repo.Slug()}
			r.Evidence = append(slices.Clone(r.Evidence), repo.Evidence())
			return
		}
	}
}

// more judges that there is more of one language than of another, or of any.
func (j *Judge) more(c *claim.Claim, p *usage.Project) Ruling {
	n, total, at := j.languageBytes(c.Subject, c.Of)
	switch {
	case j.open(c):
		return notRead(p, "", at)
	case total == 0:
		return unverifiable(SourceRepository, "nothing was read")
	}
	other, most := cmp.Or(c.Word, j.largestOf(c.Subject)), int64(0)
	if other != c.Of {
		most, _, _ = j.languageBytes(c.Subject, other)
	}
	r := holds(n > most, fmt.Sprintf("%s of %s, %s of %s", words.Amount(n, "byte"), c.Of, words.Amount(most, "byte"), other), at...)
	if r.Verdict == Refuted {
		j.wasMore(c, c.Of, other, &r)
	}
	return r
}

// wasMore makes it outdated when it was so at the end of an earlier year.
func (j *Judge) wasMore(c *claim.Claim, lang, other string, r *Ruling) {
	p := j.Project(c.Subject)
	if p == nil || p.Trend == nil || c.Subject.Sort != claim.OfProject {
		return
	}
	for i := len(p.Trend.Years) - 2; i >= 0; i-- {
		bytes := map[string]int64{}
		for _, l := range p.Trend.Years[i].Languages {
			bytes[l.Language] = l.Bytes
		}
		if bytes[lang] > bytes[other] {
			r.Verdict = Outdated
			r.Hypothesis = &Hypothesis{"time", fmt.Sprintf("it was so at the end of %d", p.Trend.Years[i].Year)}
			return
		}
	}
}

// edition judges that packages of a project have an edition.
func edition(c *claim.Claim, p *usage.Project) Ruling {
	var names []string
	for _, e := range p.Packages.Editions {
		names = append(names, e.Name)
	}
	switch {
	case len(names) == 0:
		return unverifiable(SourceRepository, "no edition was read")
	case slices.Contains(names, c.Word):
		return confirmed(c.Word, trees(p, true)...)
	}
	r := refuted(strings.Join(names, ", "), "", trees(p, true)...)
	if len(names) == 1 {
		r.Mended = names[0]
	}
	return r
}
