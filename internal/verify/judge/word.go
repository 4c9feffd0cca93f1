package judge

import (
	"cmp"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/spdx"
	"assay/internal/verify/claim"
)

// A wordJudge judges a word about a project.
type wordJudge func(j *Judge, c *claim.Claim, p *usage.Project) Ruling

// ofOne is a judge that needs the project alone.
func ofOne(of func(c *claim.Claim, p *usage.Project) Ruling) wordJudge {
	return func(_ *Judge, c *claim.Claim, p *usage.Project) Ruling { return of(c, p) }
}

// oneWord judges a word that the facts have one word for, at a field of the landscape.
func oneWord(field string, of func(p *usage.Project) string) wordJudge {
	return ofOne(func(c *claim.Claim, p *usage.Project) Ruling {
		if of(p) == "" {
			return unverifiable(sourceLandscape, "it gives none")
		}
		return same(c, of(p), p.Where(field))
	})
}

// anyWord judges an entry of a list of the landscape.
func anyWord(field string, of func(p *usage.Project) []string) wordJudge {
	return ofOne(func(c *claim.Claim, p *usage.Project) Ruling {
		list, want := of(p), plainName(c.Word)
		for _, have := range list {
			if plainName(have) == want || len(want) > 3 && strings.Contains(plainName(have), strings.TrimSuffix(want, "s")) {
				return confirmed(have, p.Where(field))
			}
		}
		if len(list) == 0 {
			return unverifiable(sourceLandscape, "it has no such list for the project")
		}
		return refuted(strings.Join(list, ", "), "the landscape lists "+strings.Join(list, ", "), p.Where(field))
	})
}

// wordJudges are the judges of words by property, where a project is meant.
var wordJudges = map[string]wordJudge{
	"member":      (*Judge).member,
	"superlative": (*Judge).superlative,
	"rank":        (*Judge).rank,
	"than":        (*Judge).comparison,

	"maturity": (*Judge).maturity,
	"class":    (*Judge).class,
	"changed":  ofOne(changed),

	"language":           (*Judge).contains,
	"language.written":   (*Judge).contains,
	"language.largest":   (*Judge).largest,
	"purity":             (*Judge).purity,
	"more":               (*Judge).more,
	"edition":            ofOne(edition),
	"adopted.repository": (*Judge).adoptedIn,
	"reason":             ofOne(reason),

	"cadence":             ofOne(rhythm),
	"activity.state":      (*Judge).state,
	"activity.bots":       ofOne(byBots),
	"activity.less":       ofOne(lessWork),
	"activity.repository": (*Judge).latestIn,
	"release.tag":         (*Judge).tag,
	"release.last.tag":    (*Judge).lastTag,
	"lineage.tag":         ofOne(lineageTag),

	"org.kind":                ofOne(organisation),
	"org.first":               ofOne(organisation),
	"adopter":                 ofOne(adopter),
	"adopter.kind":            ofOne(adopterKind),
	"maintainer":              ofOne(maintainer),
	"maintainer.organisation": ofOne(employer),

	"licence":             ofOne(licence),
	"security":            ofOne(security),
	"security.repository": ofOne(securityIn),
	"named.repository":    ofOne(namedIn),
	"audit.vendor":        ofOne(auditVendor),
	"audit.type":          ofOne(auditType),

	"description": ofOne(described),
	"focus":       ofOne(focus),
	"persona":     anyWord("personas", func(p *usage.Project) []string { return p.Item.Personas }),
	"tag":         anyWord("tags", func(p *usage.Project) []string { return p.Item.Tags }),
	"chat":        ofOne(chat),
	"chat.url":    ofOne(chatAddress),
	"clomonitor":  oneWord("clomonitor_name", func(p *usage.Project) string { return p.Item.CLOMonitorName }),
	"lfx":         oneWord("lfx_slug", func(p *usage.Project) string { return p.Item.LFXSlug }),

	"homepage":       address("homepage_url", func(p *usage.Project) string { return p.Item.Homepage }),
	"devstats":       address("dev_stats_url", func(p *usage.Project) string { return p.Item.DevStatsURL }),
	"review.url":     address("annual_review_url", func(p *usage.Project) string { return p.Item.AnnualReviewURL }),
	"repository":     (*Judge).repository,
	"repository.any": (*Judge).repository,
	"place":          ofOne(place),

	"health.overall":        (*Judge).healthLevel,
	"health.activity":       (*Judge).healthLevel,
	"health.people":         (*Judge).healthLevel,
	"health.organisations":  (*Judge).healthLevel,
	"health.releases":       (*Judge).healthLevel,
	"health.responsiveness": (*Judge).healthLevel,
}

// wholeProjects are kinds of which only figures of whole projects are known.
var wholeProjects = map[claim.Kind]bool{
	claim.Cadence: true, claim.Activity: true, claim.Organisation: true, claim.Release: true, claim.Health: true, claim.Licence: true,
}

// word judges a claim in words.
func (j *Judge) word(c *claim.Claim) Ruling {
	r := j.Repository(c.Subject.ID)
	switch kind := c.Kind(); {
	case kind == claim.Source:
		return unverifiable(sourceAuthor, "it is about the making of the report")
	case c.Is("link"):
		return j.link(c)
	case c.Property.Under("package"):
		return j.ofPackage(c)
	case kind == claim.Revision, c.Is("membership"):
		return j.ofRepository(c, r)
	}
	p, judge := j.Project(c.Subject), wordJudges[c.Property.Name]
	switch {
	case p == nil:
		return unverifiable(sourceLandscape, "no project is named")
	case c.Subject.Sort == claim.OfRepository && wholeProjects[c.Kind()] && j.only(c.Subject) == nil:
		return unverifiable("the figures of a single repository", "")
	case judge == nil:
		return unverifiable(sourceMeasurement, "")
	}
	return j.sure(c, p, judge(j, c, p))
}

// gaps are what was not read of what a word rests on.
var gaps = map[string]func(p *usage.Project) quantity.Gap{
	"work":     func(p *usage.Project) quantity.Gap { return p.Quantities.CommitsYear.Missing },
	"releases": func(p *usage.Project) quantity.Gap { return p.Quantities.ReleaseDays.Missing },
	"trees": func(p *usage.Project) quantity.Gap {
		gap := p.Coverage.Gap()
		gap.Partial, gap.Files = 0, 0 // a file whose content tells a size alone
		return gap
	},
}

// sure makes a ruling on a word unverifiable where what was not read could change
// it.
func (j *Judge) sure(c *claim.Claim, p *usage.Project, r Ruling) Ruling {
	if c.Property.Rests == "" || r.Verdict == Unverifiable || r.Verdict == Subjective || j.OfRead(c) {
		return r
	}
	gap := gaps[c.Property.Rests](p)
	switch {
	case gap.IsZero(), c.Property.Found && r.Verdict == Confirmed && gap.Stale == 0:
		return r
	case c.Is("release.last.tag") && j.isOlder(c, p):
		return r // a newer one was read
	case c.Is("org.kind") && strings.HasPrefix(strings.ToLower(c.Word), "multi") && r.Verdict == Confirmed:
		return r // two of them were read
	}
	out := notRead(p, r.Measured, r.Evidence)
	out.Why = cmp.Or(out.Why, words.Gap(gap))
	return out
}

// isOlder reports whether a release of the tag was read that is older than another.
func (j *Judge) isOlder(c *claim.Claim, p *usage.Project) bool {
	if p.Releases == nil || p.Releases.LastAt == nil {
		return false
	}
	for t := range j.tags(p) {
		if sameTag(t.Tag, c.Word) && fact.Date(t.At[:10]) < p.Releases.LastAt.Date {
			return true
		}
	}
	return false
}

// same judges a word that the facts have one word for.
func same(c *claim.Claim, measured string, e ...fact.Evidence) Ruling {
	if strings.EqualFold(strings.TrimSpace(c.Word), measured) {
		return confirmed(measured, e...)
	}
	r := refuted(measured, "it is "+measured, e...)
	r.Mended = measured
	return r
}

// plainName makes the ways to write a name comparable.
func plainName(s string) string { return strings.ReplaceAll(fact.Slug(s), "-", " ") }

// maturity judges a level; one that the project had earlier is outdated.
func (j *Judge) maturity(c *claim.Claim, p *usage.Project) Ruling {
	r := same(c, p.Maturity, p.Where("project"))
	if r.Verdict == Refuted {
		j.wasLevel(p, c.Word, &r)
	}
	return r
}

// wasLevel makes a refuted level outdated when the project was once of it.
func (j *Judge) wasLevel(p *usage.Project, level string, r *Ruling) {
	i := slices.IndexFunc(p.Milestones, func(m profile.Milestone) bool { return m.Name == level || level == "sandbox" && m.Name == "accepted" })
	if i < 0 || p.MaturityDate == "" || p.Milestones[i].Date >= p.MaturityDate {
		return
	}
	if level == "sandbox" && fact.MaturityRank(p.Maturity) > fact.MaturityRank("sandbox") {
		return
	}
	r.Verdict = Outdated
	r.Why = "it is " + p.Maturity + " since " + string(p.MaturityDate)
	r.Hypothesis = &Hypothesis{"time", "it was " + level + " until " + string(p.MaturityDate)}
}

// changed judges the level that a project reached on a day.
func changed(c *claim.Claim, p *usage.Project) Ruling {
	for _, m := range p.Milestones {
		if string(m.Date) == c.Of && m.Name != "accepted" {
			return same(c, m.Name, m.Evidence)
		}
	}
	return unverifiable(sourceLandscape, "it dates no change of that day")
}

// class judges what a language is to a project, over a scope where one is named.
func (j *Judge) class(c *claim.Claim, p *usage.Project) Ruling {
	v, at := p.Verdict, p.Because[0].Evidence
	if c.Scope != "" {
		v, at = p.ScopeOf(fact.Scope(c.Scope)).Verdict, []fact.Evidence{p.Evidence}
	}
	r := same(c, v.Class.String(), at...)
	word, err := usage.ParseClass(strings.ToLower(c.Word))
	if err != nil || c.Bound == claim.Exactly && (v.Settled() || j.OfRead(c)) {
		return r
	}
	truth := v.Bounds.Is(word)
	if c.Bound == claim.AtLeast {
		truth = v.Bounds.AtLeast(word)
	}
	switch truth {
	case quantity.Yes:
		return confirmed(v.Words(), at...)
	case quantity.Perhaps:
		return notRead(p, v.Words(), at)
	}
	return refuted(v.Words(), "it is "+v.Words(), at...)
}

func licence(c *claim.Claim, p *usage.Project) Ruling {
	if !p.Documents.Known(fact.DocumentLicence) {
		return unverifiable(SourceRepository, "no licence was read")
	}
	var names []string
	var at []fact.Evidence
	for _, l := range p.Documents.Licences {
		names, at = append(names, l.SPDX), append(at, l.Evidence)
		if sameLicence(l.SPDX, c.Word) {
			return confirmed(l.SPDX, l.Evidence)
		}
	}
	if e := p.Documents.Expression; e != nil && slices.ContainsFunc(spdx.Licences(e.SPDX), func(id string) bool { return sameLicence(id, c.Word) }) {
		return confirmed(e.SPDX, e.Evidence)
	}
	switch {
	case slices.Contains(names, "NOASSERTION"), len(p.Documents.UnreadOf(fact.DocumentLicence)) > 0:
		return unverifiable(SourceRepository, "a licence text there is not understood")
	case len(names) == 0:
		return unverifiable(SourceRepository, "no licence was recognised")
	}
	r := refuted(strings.Join(names, ", "), "the licence files say "+strings.Join(names, ", "), at...)
	if len(names) == 1 {
		r.Mended = names[0]
	}
	return r
}

// sameLicence compares names of licences as people write them. "Only" and "or
// later" count where both say one of them, and so do exceptions, which only allow more.
func sameLicence(a, b string) bool {
	a, excepts, _ := strings.Cut(a, " WITH ")
	b, excepted, _ := strings.Cut(b, " WITH ")
	if excepts != "" && excepted != "" && !strings.EqualFold(excepts, excepted) {
		return false
	}
	x, tailX := plainLicence(a)
	y, tailY := plainLicence(b)
	return x == y && (tailX == tailY || tailX == "" || tailY == "")
}

// plainLicence is a name without what is written in several ways, and whether it
// says "only" or "orlater".
func plainLicence(s string) (name, tail string) {
	s = strings.ToLower(strings.ReplaceAll(s, "+", "-or-later"))
	for _, w := range []string{"license", "version", "clause", " ", "-", ",", "v", ".0"} {
		s = strings.ReplaceAll(s, w, "")
	}
	for _, tail := range []string{"only", "orlater"} {
		if name, ok := strings.CutSuffix(s, tail); ok {
			return name, tail
		}
	}
	return s, ""
}

// healthLevel judges a level of our rules, or two between which it lies.
func (j *Judge) healthLevel(c *claim.Claim, p *usage.Project) Ruling {
	d := &p.Health.Overall
	for i := range p.Health.Dimensions {
		if c.Is("health." + p.Health.Dimensions[i].Name) {
			d = &p.Health.Dimensions[i]
		}
	}
	measured := string(d.Level)
	if d.Best != "" && d.Best != d.Level {
		measured += " to " + string(d.Best)
	}
	rank := func(word string) int { return health.Level(word).Rank() }
	low, high, spread := strings.Cut(c.Word, " to ")
	if !spread {
		high = low
	}
	if j.OfRead(c) {
		return same(c, string(d.Level))
	}
	if d.Level.Rank() < 0 {
		return unverifiable(sourceHost, "it is unknown: %s", d.Why)
	}
	least, best := d.Level.Rank(), max(d.Best.Rank(), d.Level.Rank())
	switch {
	case rank(low) <= least && best <= rank(high):
		r := confirmed(measured)
		r.Why = d.Why
		return r
	case rank(low) <= best && least <= rank(high):
		r := unverifiable(sourceHost, "it is %s: %s", measured, d.Why)
		if r.Measured = measured; isOpen(p) {
			r.Source, r.Why = SourceRepository, r.Why+"; "+UnreadWords(p)
		}
		return r
	}
	r := refuted(measured, "by our rules it is "+measured+": "+d.Why)
	r.Mended = measured
	return r
}
