package verify

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// Shares from which words hold.
const (
	shareAll  = 0.995 // "entirely", "pure"
	shareMost = 0.5   // "mainly", "primarily"
)

// purity judges how much of a subject is in a language.
func (j *judge) purity(c *claim.Claim, lang string) ruling {
	n, total, at := j.languageBytes(c.Subject, lang)
	p := j.project(c.Subject)
	open := j.subjectIsOpen(c) && !j.isOfRead(c)
	switch {
	case total == 0 && open:
		return notRead(p, "", nil)
	case total == 0:
		return unverifiable(sourceRepository, "nothing was read")
	}
	share := float64(n) / float64(total)
	measured := fmt.Sprintf("%s of the counted bytes are %s", words.Percent(share), lang)
	ok := ruling{verdict: Confirmed, measured: measured, evidence: at}
	no := ruling{verdict: Refuted, measured: measured, why: measured, evidence: at}
	if open && (c.Subject.Sort != claim.OfProject || !decided(p, lang, c.Word, share)) {
		return notRead(p, measured, at)
	}
	switch c.Word {
	case "not", "not mainly":
		if share < shareMost && !(open && primaryIn(p, lang)) {
			return ok
		}
		return no
	case "not entirely":
		if share < shareAll {
			return ok
		}
		return no
	case "mainly":
		if share >= shareMost {
			return ok
		}
		return no
	}
	switch {
	case share >= shareAll:
		return ok
	case c.Part && c.Subject.Sort == claim.OfProject && share > 0:
		return unverifiable("the composition of that part", "of the project %s", measured)
	}
	j.purePart(p, lang, &no)
	return no
}

// purePart explains a wrong word by a repository of the project of which it
// holds.
func (j *judge) purePart(p *usage.Project, lang string, r *ruling) {
	for i := range p.Repositories {
		repo := &p.Repositories[i]
		comp := j.facts.Compositions[repo.ID.Key()]
		if comp == nil || !repo.Counted {
			continue
		}
		if total := comp.Bytes(""); total > 0 && float64(comp.Bytes(lang)) >= shareAll*float64(total) {
			r.hypothesis = &Hypothesis{"scope", "it holds for the repository " + repo.Slug()}
			r.evidence = append(r.evidence, []fact.Evidence{repo.Evidence()}...)
			return
		}
	}
}

// more judges that there is more of one language than of another, or of any.
func (j *judge) more(c *claim.Claim, lang string) ruling {
	n, total, at := j.languageBytes(c.Subject, lang)
	switch open := j.subjectIsOpen(c) && !j.isOfRead(c); {
	case open:
		return notRead(j.project(c.Subject), "", at)
	case total == 0:
		return unverifiable(sourceRepository, "nothing was read")
	}
	other, most := c.Word, int64(0)
	if other != "" {
		most, _, _ = j.languageBytes(c.Subject, other)
	} else if r := j.repos[c.Subject.ID]; c.Subject.Sort == claim.OfRepository && r != nil {
		if other = r.Largest; other != lang {
			most, _, _ = j.languageBytes(c.Subject, other)
		}
	} else if p := j.project(c.Subject); p != nil && len(p.Languages) > 0 {
		if other = p.Languages[0].Language; other != lang {
			most = p.Languages[0].Bytes
		}
	}
	measured := fmt.Sprintf("%s of %s, %s of %s", words.Amount(n, "byte"), lang, words.Amount(most, "byte"), other)
	if n > most {
		return ruling{verdict: Confirmed, measured: measured, evidence: at}
	}
	if r, ok := j.otherCrossing(c, lang); ok {
		return r
	}
	r := ruling{verdict: Refuted, measured: measured, why: measured, evidence: at}
	j.wasMore(c, lang, other, &r)
	return r
}

// otherCrossing explains a wrong comparison that is said to hold since a month in
// which one of the two languages crossed a third.
func (j *judge) otherCrossing(c *claim.Claim, lang string) (ruling, bool) {
	p := j.project(c.Subject)
	if p == nil || p.Trend == nil || c.Subject.Sort != claim.OfProject {
		return ruling{}, false
	}
	var found *usage.Crossing
	for i := range p.Trend.Crossings {
		x := &p.Trend.Crossings[i]
		switch {
		case x.Up == lang && x.Down == c.Word:
			return ruling{}, false
		case strings.Contains(c.Sentence, x.Month) && (x.Up == lang || x.Down == c.Word):
			found = x
		}
	}
	if found == nil {
		return ruling{}, false
	}
	words := found.Up + " than " + found.Down
	return ruling{
		verdict: Refuted, measured: "more " + words, why: "since " + found.Month + " there is more " + words, evidence: trees(p, true), mended: words,
	}, true
}

// wasMore makes it outdated when it was so at the end of an earlier year.
func (j *judge) wasMore(c *claim.Claim, lang, other string, r *ruling) {
	p := j.project(c.Subject)
	if p == nil || p.Trend == nil || c.Subject.Sort != claim.OfProject {
		return
	}
	for i := len(p.Trend.Years) - 2; i >= 0; i-- {
		var a, b int64
		for _, l := range p.Trend.Years[i].Languages {
			switch l.Language {
			case lang:
				a = l.Bytes
			case other:
				b = l.Bytes
			}
		}
		if a > b {
			r.verdict = Outdated
			r.hypothesis = &Hypothesis{"time", fmt.Sprintf("it was so at the end of %d", p.Trend.Years[i].Year)}
			return
		}
	}
}

// adoptedIn judges in which repository a language was adopted first.
func adoptedIn(c *claim.Claim, p *usage.Project) ruling {
	if p.Trend == nil || p.Trend.Adoption == nil {
		return unverifiable(sourceRepository, "no history was read")
	}
	a := p.Trend.Adoption
	if c.Word == string(a.Repo) {
		return ruling{verdict: Confirmed, measured: c.Word, evidence: []fact.Evidence{a.Evidence}}
	}
	r := same(c, a.Repo.Slug(), a.Evidence)
	if strings.Count(c.Word, "/") > 1 {
		r.mended = string(a.Repo)
	}
	return r
}

// edition judges that packages of a project have an edition.
func edition(c *claim.Claim, p *usage.Project) ruling {
	var names []string
	for _, e := range p.Packages.Editions {
		names = append(names, e.Name)
		if e.Name == c.Word {
			return ruling{verdict: Confirmed, measured: e.Name, evidence: trees(p, true)}
		}
	}
	if len(names) == 0 {
		return unverifiable(sourceRepository, "no edition was read")
	}
	r := ruling{verdict: Refuted, measured: strings.Join(names, ", "), evidence: trees(p, true)}
	if len(names) == 1 {
		r.mended = names[0]
	}
	return r
}
