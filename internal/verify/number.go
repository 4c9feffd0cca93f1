package verify

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// A measure is a figure of the facts.
type measure struct {
	value float64
	// unit follows the number in words; "%" is a share.
	unit     string
	evidence []fact.Evidence
	// can are the values that it may have, whatever was not read; nil where it is
	// exactly value.
	can *bounds
	// strict: where what was not read decides, no likely slip makes it refuted.
	strict bool
	// unread says what was not read, where that matters.
	unread string
	// about says which figure it is, where several could be meant.
	about string
}

func (m measure) words() string {
	if m.unit == "%" {
		return words.Percent(m.value / 100)
	}
	s := words.Number(int64(math.Round(m.value)))
	if m.value != math.Trunc(m.value) {
		s = fmt.Sprintf("%.1f", m.value)
	}
	if m.unit != "" {
		s = words.Amount(int64(math.Round(m.value)), m.unit)
	}
	if m.about != "" {
		s += " " + m.about
	}
	return s
}

// number judges a number.
func (j *judge) number(c *claim.Claim) ruling {
	all, source := j.measures(c)
	j.limit(c, all)
	claimed := c.Quote()
	if len(all) == 0 {
		r := unverifiable(source, "")
		if r.claimed = claimed; source == sourceRepository && c.Subject.Sort == claim.OfAll {
			r.source, r.why = sourceAuthor, "no project is named" // and nothing of it is summed
		}
		return r
	}
	if r, ok := j.holdingOne(c, all); ok {
		return r
	}
	m := all[max(0, slices.IndexFunc(all, func(m measure) bool { return m.can != nil && m.can.mayFit(c.Num) }))]
	if other, ok := j.otherReading(c, all); ok {
		return other.ruling(c, m)
	}
	if ofTheirReading(c) {
		r := unverifiable(sourceAuthor, "it is about what its authors read")
		r.claimed, r.measured = claimed, m.words()
		return r
	}
	r := ruling{
		verdict: Refuted, claimed: claimed, measured: m.words(), evidence: m.evidence,
		mended: likeNumber(c, m.value), likely: j.isLikely(c, all),
	}
	if m.can != nil && m.can.mayFit(c.Num) {
		if r.why = j.ofValue(c); r.why == "" {
			r.verdict, r.source, r.why = Unverifiable, sourceRepository, cmp.Or(m.unread, "in what was read")
		}
	}
	if r.verdict == Unverifiable && (m.strict || c.Num.Bound.Bounds()) {
		return r
	}
	j.explain(c, &r)
	if lang, ok := strings.CutPrefix(c.Field, "share:"); ok {
		o := *c
		o.Word = lang
		if other := j.shareOf(&o); other != "" {
			r.mended, r.hypothesis = "", &Hypothesis{"field", "that is the share of " + other}
		}
	}
	return r
}

// ofTheirReading reports whether a number tells how much the authors of the report
// read, which another survey need not have.
func ofTheirReading(c *claim.Claim) bool {
	head, _, _ := strings.Cut(c.Field, ".")
	return head == "coverage" || c.Field == "count.read" || head == "repos" && hasWord(c.Sentence, "read")
}

// holdingOne is the ruling on a number that holds for one of the figures that it may
// be: the surest of them. ok is false where it holds for none.
func (j *judge) holdingOne(c *claim.Claim, all []measure) (best ruling, ok bool) {
	for _, m := range all {
		switch r, holds := j.holding(c, m); {
		case holds && r.verdict == Confirmed:
			return r, true
		case holds && !ok:
			best, ok = r, true
		}
	}
	return best, ok
}

// holding is the ruling on a number that holds for a figure, in what was read at
// least; ok is false for one that does not.
func (j *judge) holding(c *claim.Claim, m measure) (r ruling, ok bool) {
	r = ruling{verdict: Confirmed, claimed: c.Quote(), measured: m.words(), evidence: m.evidence}
	switch {
	case m.can == nil || c.Read:
		return r, c.Num.Fits(m.value)
	case m.can.alwaysFit(c.Num):
		return r, true
	case !c.Num.Fits(m.value):
		return r, false
	case j.ofValue(c) == "":
		r.verdict, r.source, r.why = Unverifiable, sourceRepository, m.unread
	}
	return r, true
}

// ofValue says why a number is the figure in what was read, and no bound of it; ""
// when it may be of all there is.
func (j *judge) ofValue(c *claim.Claim) string {
	if c.Num.Bound.Bounds() && !c.Read {
		return ""
	}
	return j.ofWhatWasRead(c)
}

// isLikely reports whether the first of the figures that a number may be is not
// exactly what has to stand there: another may be meant, more may be in what was
// not read, or the number is about so many.
func (j *judge) isLikely(c *claim.Claim, all []measure) bool {
	m := all[0]
	if slices.ContainsFunc(all[1:], func(o measure) bool { return o.value != m.value }) {
		return true
	}
	if m.can != nil && j.ofValue(c) == "" {
		return true
	}
	return c.Num.Bound != claim.Exactly && !(c.Num.Bound == claim.Under && m.unit == "%")
}

// measures are the figures that a number may be, the likeliest first. Without
// any, source names what is missing.
func (j *judge) measures(c *claim.Claim) (all []measure, source string) {
	if lang, ok := strings.CutPrefix(c.Field, "share.year:"); ok {
		return j.yearShare(c, lang), sourceRepository
	}
	head, rest, _ := strings.Cut(c.Field, ".")
	head, arg, hasArg := strings.Cut(head, ":")
	if !hasArg {
		_, arg, _ = strings.Cut(rest, ":")
	}
	switch head {
	case "purity":
		return nil, "the composition of that part"
	case "stars", "forks":
		return nil, sourceHost
	case "speed":
		return nil, sourceBenchmark
	case "threshold":
		return j.threshold(arg), sourceMeasurement
	case "lacking":
		return j.lacking(c), sourceRepository
	case "count", "growth":
		if c.Field == "count.some" {
			return j.counts(c), "what the number counts"
		}
		return j.counts(c), sourceRepository
	case "sources":
		return j.sources(c, rest), sourceLandscape
	case "audits":
		if p := j.project(c.Subject); p != nil {
			return one(float64(len(p.Item.Audits)), "audit", p.Where("audits")), ""
		}
		return nil, sourceLandscape
	case "repos", "coverage":
		return j.repositories(c, rest), sourceRepository
	case "bytes", "total", "share", "code", "comment", "blank", "files":
		return j.sizes(c, head, arg), sourceRepository
	case "packages", "unsafe", "manifests":
		return j.packages(c, rest, head, arg), sourceRepository
	case "named":
		if rest == "more" {
			return j.moreNaming(c), sourceRepository
		}
		return j.documents(c, head), sourceRepository
	case "adopters", "maintainers":
		return j.documents(c, head), sourceRepository
	case "adopted":
		return j.adoption(c, rest), sourceRepository
	}
	return j.vitality(c, c.Field), sourceRepository
}

func one(v float64, unit string, e ...fact.Evidence) []measure {
	return []measure{{value: v, unit: unit, evidence: e}}
}

func count(n int, unit string, e ...fact.Evidence) []measure { return one(float64(n), unit, e...) }

// threshold is a constant of the definitions.
func (j *judge) threshold(arg string) []measure {
	if arg == "12" {
		return one(12, "")
	}
	return []measure{{value: 100 * j.f.Thresholds.ComponentShare, unit: "%", about: "by the report's definition"}}
}

// sizes are the sizes of a subject: of a project over the scope named, or else
// that of the findings.
func (j *judge) sizes(c *claim.Claim, head, lang string) []measure {
	if lang != "" && lang != j.language {
		return j.sizesOf(c, head, lang)
	}
	figures, evidence, incomplete := j.figures(c)
	if figures == nil {
		return nil
	}
	m := amount(head, 0, evidence)[0]
	switch head {
	case "bytes":
		m.value = float64(figures.Bytes)
	case "total":
		m.value = float64(figures.Total)
	case "share":
		if figures.Share == nil {
			return nil
		}
		return append([]measure{j.shareMeasure(c, 100**figures.Share, evidence)}, j.reasoned(c, head)...)
	case "code", "comment", "blank":
		m.value = map[string]float64{"code": float64(figures.Code), "comment": float64(figures.Comment), "blank": float64(figures.Blank)}[head]
	case "files":
		m.value = float64(figures.Files)
	}
	if m.can = mayBeMore(incomplete, m.value); incomplete {
		m.unread = j.unreadOf(c.Subject)
	}
	return append([]measure{m}, j.reasoned(c, head)...)
}

// reasoned are the figures of the reasons of a project's class that stand in the
// text word for word: some are of a single component.
func (j *judge) reasoned(c *claim.Claim, head string) []measure {
	p := j.project(c.Subject)
	if p == nil || c.Label != "class" {
		return nil
	}
	var all []measure
	for _, b := range p.Because {
		if !strings.Contains(c.Text.S, b.Text) {
			continue
		}
		switch {
		case head == "bytes":
			all = append(all, measure{value: float64(b.Bytes), unit: "byte", evidence: b.Evidence})
		case head == "total":
			all = append(all, measure{value: float64(b.Total), unit: "byte", evidence: b.Evidence})
		case b.Total > 0:
			all = append(all, measure{value: 100 * float64(b.Bytes) / float64(b.Total), unit: "%", evidence: b.Evidence})
		}
	}
	return all
}

// figures are the figures of the language for the subject of a claim.
func (j *judge) figures(c *claim.Claim) (*usage.Figures, []fact.Evidence, bool) {
	switch c.Subject.Sort {
	case claim.OfRepository:
		r := j.repos[c.Subject.ID]
		if r == nil || r.Figures == nil {
			return nil, nil, false
		}
		return r.Figures, []fact.Evidence{r.Evidence()}, false
	case claim.OfProject:
		p := j.projects[c.Subject.ID]
		figures, incomplete := p.Figures, p.Incomplete && c.Scope != ""
		if c.Scope != "" {
			s := p.ScopeOf(fact.Scope(c.Scope))
			figures, incomplete = s.Figures, !s.Coverage.Complete()
		}
		return figures, trees(p, j.language != ""), incomplete
	case claim.OfAll:
		s := &j.f.Summary
		if c.Field != "bytes" && c.Field != "code" {
			return nil, nil, false // only these are summed
		}
		return &usage.Figures{Bytes: s.Bytes, Code: s.Code}, nil, false // limit bounds it
	}
	return nil, nil, false
}

// mostTrees bounds the evidence of a figure.
const mostTrees = 5

// trees are the revisions of a project's repositories that hold the language,
// or of all that count.
func trees(p *usage.Project, holding bool) []fact.Evidence {
	var all []fact.Evidence
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Counted && (!holding || r.Figures.Bytes > 0) && len(all) < mostTrees {
			all = append(all, r.Evidence())
		}
	}
	if len(all) == 0 && holding {
		return trees(p, false)
	}
	return all
}

// sizesOf are the bytes and share of another language.
func (j *judge) sizesOf(c *claim.Claim, head, lang string) []measure {
	bytes, total, evidence := j.languageBytes(c.Subject, lang)
	if total == 0 || c.Scope != "" && fact.Scope(c.Scope) != j.f.Scope {
		return nil
	}
	switch head {
	case "bytes":
		return one(float64(bytes), "byte", evidence...)
	case "share":
		return []measure{j.shareMeasure(c, 100*float64(bytes)/float64(total), evidence)}
	}
	return nil
}

// shareMeasure is a share of the subject of a claim.
func (j *judge) shareMeasure(c *claim.Claim, value float64, evidence []fact.Evidence) measure {
	m := measure{value: value, unit: "%", evidence: evidence, strict: true}
	if m.can = mayBeAnyShare(j.subjectIsOpen(c)); m.can != nil {
		m.unread = j.unreadOf(c.Subject)
	}
	return m
}

// languageBytes are the counted bytes of a language in a subject, and of all.
func (j *judge) languageBytes(s claim.Subject, lang string) (n, total int64, evidence []fact.Evidence) {
	switch s.Sort {
	case claim.OfProject:
		p := j.projects[s.ID]
		for _, l := range p.Languages {
			total += l.Bytes
			if l.Language == lang {
				n = l.Bytes
			}
		}
		return n, total, trees(p, lang == j.language)
	case claim.OfRepository:
		r := j.repos[s.ID]
		if r == nil || r.Figures == nil {
			return 0, 0, nil
		}
		if comp := j.facts.Compositions[r.ID.Key()]; comp != nil {
			return comp.Bytes(lang), comp.Bytes(""), []fact.Evidence{r.Evidence()}
		}
	}
	return 0, 0, nil
}

// repositories are how many there are, and how many were read.
func (j *judge) repositories(c *claim.Claim, what string) []measure {
	cov := &j.f.Coverage.ProjectCoverage
	var at []fact.Evidence
	if p := j.project(c.Subject); p != nil {
		cov, at = &p.Coverage, []fact.Evidence{p.Where("repo_url")}
	} else if c.Subject.Sort != claim.OfAll {
		return nil
	}
	if what == "without" {
		return without(c, j.project(c.Subject), at)
	}
	n, ok := map[string]int{
		"read": cov.Read, "all": cov.Repositories, "other": cov.Other, "absent": cov.Absent, "failed": cov.Failed,
		"unread": cov.Unread(), "stale": cov.Stale, "open": cov.Open, "unmeasured": cov.Unmeasured, "empty": cov.Empty, "partial": cov.Partial, "missing": cov.MissingFiles,
	}[what]
	if !ok {
		return nil
	}
	unit := "repository"
	if what == "missing" {
		unit = "file"
	}
	return count(n, unit, at...)
}

// without are how many repositories were read that hold nothing of the language:
// beside a table of those that do and of the primary one, or in all.
func without(c *claim.Claim, p *usage.Project, at []fact.Evidence) []measure {
	if p == nil {
		return nil
	}
	all, primary := 0, 0
	for _, r := range p.InScope() {
		if r.Figures.Bytes == 0 {
			all++
			if r.Reason == fact.Primary {
				primary++
			}
		}
	}
	m := count(all-primary, "repository", at...)
	if !strings.Contains(c.Sentence, "eside these") {
		m = append(m, count(all, "repository", at...)...)
	}
	return m
}

// documents are how many adopters or maintainers a project's files name.
func (j *judge) documents(c *claim.Claim, what string) []measure {
	p := j.project(c.Subject)
	if p == nil {
		return nil
	}
	d := &p.Documents
	if what == "named" && c.Label == "maintainers" {
		what = c.Label
	}
	var all []measure
	if len(d.Adopters) > 0 && what != "maintainers" {
		all = count(len(d.Adopters), "adopter", d.Adopters[0].Evidence)
	}
	if len(d.Maintainers) > 0 && what != "adopters" {
		all = append(all, count(len(d.Maintainers), "maintainer", d.Maintainers[0].Evidence)...)
	}
	return all
}

// moreNaming is in how many repositories more than those listed people or
// adopters are named.
func (j *judge) moreNaming(c *claim.Claim) []measure {
	p := j.project(c.Subject)
	if p == nil {
		return nil
	}
	seen := map[fact.RepoID]bool{}
	if c.Label == "maintainers" {
		for i := range p.Documents.Maintainers {
			seen[p.Documents.Maintainers[i].Evidence.Repo] = true
		}
	} else {
		for i := range p.Documents.Adopters {
			seen[p.Documents.Adopters[i].Evidence.Repo] = true
		}
	}
	return count(len(seen)-c.Listed, "repository", p.Evidence)
}

// sources are how many entries of the other sources were read, as the survey
// says.
func (j *judge) sources(c *claim.Claim, _ string) []measure {
	var all []measure
	for _, s := range j.facts.Survey.Catalog.Sources {
		for _, n := range numbersIn(s.Why) {
			all = append(all, measure{value: n, about: "as the survey says: " + s.Why, evidence: []fact.Evidence{s.Evidence}})
		}
	}
	for _, n := range slices.Concat(j.facts.Survey.Catalog.Notes, j.facts.Survey.Landscape.Notes) {
		if len(all) < 4 || strings.Contains(c.Sentence, n.Text) {
			for _, v := range numbersIn(n.Text) {
				if c.Num.Value == v && strings.Contains(c.Text.S, n.Text) {
					all = append(all, measure{value: v, about: "as the survey says", evidence: []fact.Evidence{n.Evidence}})
				}
			}
		}
	}
	return all
}

// numbersIn are the numbers of a text of ours.
func numbersIn(s string) []float64 {
	var all []float64
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		var v float64
		if _, err := fmt.Sscan(w, &v); err == nil {
			all = append(all, v)
		}
	}
	return all
}
