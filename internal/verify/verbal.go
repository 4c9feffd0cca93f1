package verify

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/cadence"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
	"assay/internal/spdx"
	"assay/internal/verify/claim"
)

// verbal judges a claim in words.
func (j *judge) verbal(c *claim.Claim) ruling {
	r := j.inWords(c)
	r.claimed = c.Word
	return r
}

func (j *judge) inWords(c *claim.Claim) ruling {
	switch c.Kind {
	case claim.Praise:
		return ruling{verdict: Subjective, why: "a judgement"}
	case claim.Performance:
		return unverifiable(sourceBenchmark, "speed is not measured")
	case claim.Source, claim.Change:
		return unverifiable(sourceAuthor, "it is about the making of the report")
	case claim.Reason:
		return j.reason(c)
	case claim.Superlative:
		if field, ok := strings.CutPrefix(c.Field, "rank:"); ok {
			return j.rank(c, field)
		}
		return j.superlative(c)
	case claim.Member:
		return j.member(c)
	case claim.Package:
		return j.packageField(c)
	case claim.Revision:
		return j.revision(c)
	}
	p := j.project(c.Subject)
	if p == nil {
		return unverifiable(sourceLandscape, "no project is named")
	}
	switch field, arg, _ := strings.Cut(c.Field, ":"); field {
	case "purity":
		return j.purity(c, arg)
	case "more":
		return j.more(c, arg)
	case "than":
		return j.comparison(c, arg)
	}
	return j.ofProject(c, p)
}

// aboutWork: fields of which only figures of whole projects are known.
var aboutWork = lazyregexp.New(`^(?:cadence|activity|org|commits|release|health|licence)\b`)

// ofProject judges a word about a project.
func (j *judge) ofProject(c *claim.Claim, p *usage.Project) ruling {
	if c.Subject.Sort == claim.OfRepository && aboutWork.MatchString(c.Field) && j.only(c.Subject) == nil {
		return unverifiable("the figures of a single repository", "")
	}
	if dim, ok := strings.CutPrefix(c.Field, "health."); ok {
		return healthLevel(c, p, dim)
	}
	if judge := verbals[c.Field]; judge != nil {
		return j.sure(c, p, judge(j, c, p))
	}
	return j.landscapeField(c, p)
}

// A wordJudge judges a word about a project.
type wordJudge func(j *judge, c *claim.Claim, p *usage.Project) ruling

// verbals are the judges of words by field. What is not here is a field of the
// landscape.
var verbals = map[string]wordJudge{
	"maturity":                (*judge).maturity,
	"class":                   (*judge).class,
	"adopted.repository":      ofOne(adoptedIn),
	"activity.repository":     (*judge).latestIn,
	"security.repository":     ofOne(documentRepository),
	"named.repository":        ofOne(documentRepository),
	"edition":                 ofOne(edition),
	"changed":                 ofOne(changed),
	"maintainer.organisation": ofOne(employer),
	"language":                (*judge).contains,
	"language.written":        (*judge).contains,
	"language.largest":        (*judge).contains,
	"licence":                 ofOne(licence),
	"cadence":                 ofOne(rhythm),
	"activity.state":          (*judge).state,
	"activity.bots":           ofOne(lessOrBots),
	"activity.less":           ofOne(lessOrBots),
	"org.kind":                ofOne(organisation),
	"org.first":               ofOne(organisation),
	"org.name":                (*judge).organisationName,
	"commits.word":            ofOne(commitWord),
	"adopter":                 ofOne(adopter),
	"adopter.kind":            ofOne(adopterKind),
	"maintainer":              ofOne(maintainer),
	"audit.type":              ofOne(auditType),
	"audit.vendor":            ofOne(auditVendor),
	"security":                ofOne(security),
	"release.tag":             (*judge).tag,
	"release.last.tag":        (*judge).tag,
	"membership":              (*judge).membership,
	"lineage.tag":             ofOne(lineageTag),
}

// ofOne is a judge that needs the project alone.
func ofOne(of func(c *claim.Claim, p *usage.Project) ruling) wordJudge {
	return func(_ *judge, c *claim.Claim, p *usage.Project) ruling { return of(c, p) }
}

// class judges what a language is to a project, over a scope where one is named.
func (j *judge) class(c *claim.Claim, p *usage.Project) ruling {
	v, at := p.Verdict, p.Because[0].Evidence
	if c.Scope != "" {
		v, at = p.ScopeOf(fact.Scope(c.Scope)).Verdict, []fact.Evidence{p.Evidence}
	}
	r := same(c, v.Class.String(), at...)
	word, err := usage.ParseClass(strings.ToLower(c.Word))
	if err != nil || v.Settled() && c.Num.Bound == claim.Exactly {
		return r
	}
	truth := v.Bounds.Is(word)
	switch {
	case c.Num.Bound == claim.AtLeast:
		truth = v.Bounds.AtLeast(word)
	case j.isOfRead(c):
		return r
	}
	switch truth {
	case quantity.Yes:
		return ruling{verdict: Confirmed, measured: v.Words(), evidence: at}
	case quantity.Perhaps:
		return notRead(p, v.Words(), at)
	}
	return ruling{verdict: Refuted, measured: v.Words(), why: "it is " + v.Words(), evidence: at}
}

// same judges a word that the facts have one word for.
func same(c *claim.Claim, measured string, e ...fact.Evidence) ruling {
	if strings.EqualFold(strings.TrimSpace(c.Word), measured) {
		return ruling{verdict: Confirmed, measured: measured, evidence: e}
	}
	return ruling{verdict: Refuted, measured: measured, why: "it is " + measured, evidence: e, mended: likeCase(c.Quote(), measured)}
}

// maturity judges a level; one that the project had earlier is outdated.
func (j *judge) maturity(c *claim.Claim, p *usage.Project) ruling {
	r := same(c, p.Maturity, p.Where("project"))
	if r.verdict == Refuted {
		j.wasLevel(p, c.Word, &r)
	}
	return r
}

// contains judges that there is counted code of a language, or that it is the
// largest.
func (j *judge) contains(c *claim.Claim, _ *usage.Project) ruling {
	n, total, at := j.languageBytes(c.Subject, c.Word)
	p := j.project(c.Subject)
	if other := j.shareOf(c); other != "" && other != c.Word {
		return ruling{
			verdict: Refuted, measured: other, why: fmt.Sprintf("the share beside it is %s's", other), evidence: at, mended: other, likely: true,
			hypothesis: &Hypothesis{"field", "that is the share of " + other},
		}
	}
	open := j.subjectIsOpen(c) && !j.isOfRead(c)
	switch {
	case open && (total == 0 || !j.surelyHolds(c.Subject, c.Word)):
		return notRead(p, j.holdingWords(n, total), at)
	case total == 0:
		return unverifiable(sourceRepository, "nothing was read")
	case c.Field == "language.written" && open && !primaryIn(p, c.Word):
		return notRead(p, words.Percent(float64(n)/float64(total)), at)
	case c.Field == "language.largest" && open:
		return notRead(p, p.Languages[0].Language+" in what was read", at)
	case c.Field == "language.largest":
		return j.largest(c, at)
	case n > 0:
		return ruling{verdict: Confirmed, measured: words.Percent(float64(n) / float64(total)), evidence: at}
	case !p.Coverage.Complete() && c.Subject.Sort == claim.OfProject:
		return unverifiable(sourceRepository, "none in what was read: %s", p.Coverage.Words())
	}
	return ruling{verdict: Refuted, measured: "0 bytes", why: "there is no counted " + c.Word, evidence: at}
}

// holdingWords says how much of something was read in a language.
func (j *judge) holdingWords(n, total int64) string {
	if n == 0 {
		return "none in what was read"
	}
	return words.Percent(float64(n)/float64(total)) + " in what was read"
}

// shareOf is the language of a project that has the share beside a language, when
// that one has not.
func (j *judge) shareOf(c *claim.Claim) string {
	p := j.project(c.Subject)
	if p == nil || !c.Num.Percent || c.Subject.Sort != claim.OfProject {
		return ""
	}
	other := ""
	for _, l := range p.Languages {
		switch {
		case !c.Num.Fits(100 * l.Share):
		case l.Language == c.Word:
			return l.Language
		case !j.tells(point{c.Subject.Sort, c.Subject.ID, "share:" + l.Language, "", "", ""}, 100*l.Share):
			other = l.Language
		}
	}
	return other
}

func (j *judge) largest(c *claim.Claim, at []fact.Evidence) ruling {
	if r := j.repos[c.Subject.ID]; c.Subject.Sort == claim.OfRepository && r != nil && r.Largest != "" {
		return same(c, r.Largest, at...)
	}
	p := j.project(c.Subject)
	if p == nil || len(p.Languages) == 0 {
		return unverifiable(sourceRepository, "nothing was read")
	}
	r := same(c, p.Languages[0].Language, at...)
	if r.verdict == Refuted {
		j.wasMore(c, c.Word, p.Languages[0].Language, &r)
	}
	return r
}

func licence(c *claim.Claim, p *usage.Project) ruling {
	if !p.Documents.Known(fact.DocumentLicence) {
		return unverifiable(sourceRepository, "no licence was read")
	}
	var names []string
	var at []fact.Evidence
	for _, l := range p.Documents.Licences {
		names = append(names, l.SPDX)
		at = append(at, l.Evidence)
		if sameLicence(l.SPDX, c.Word) {
			return ruling{verdict: Confirmed, measured: l.SPDX, evidence: []fact.Evidence{l.Evidence}}
		}
	}
	if e := p.Documents.Expression; e != nil {
		for _, id := range spdx.Licences(e.SPDX) {
			if sameLicence(id, c.Word) {
				return ruling{verdict: Confirmed, measured: e.SPDX, evidence: []fact.Evidence{e.Evidence}}
			}
		}
	}
	if slices.Contains(names, "NOASSERTION") || len(p.Documents.UnreadOf(fact.DocumentLicence)) > 0 {
		return unverifiable(sourceRepository, "a licence text there is not understood")
	}
	r := ruling{verdict: Refuted, measured: strings.Join(names, ", "), why: "the licence files say " + strings.Join(names, ", "), evidence: at}
	if len(names) == 1 {
		r.mended = names[0]
	}
	if len(names) == 0 {
		return unverifiable(sourceRepository, "no licence was recognised")
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

// rhythm judges the word for how often a project releases. "Regular" and its
// like are no words of ours: they hold for any rhythm.
func rhythm(c *claim.Claim, p *usage.Project) ruling {
	if p.Releases == nil {
		return unverifiable(sourceRepository, "no tags were read")
	}
	word, at := p.Releases.Word, p.Releases.Evidence
	steady := slices.Contains([]string{cadence.Weekly, cadence.Monthly, cadence.TwoMonthly, cadence.Quarterly, cadence.HalfYearly, cadence.Yearly}, word)
	seldom := !steady || word == cadence.Yearly || p.Releases.SinceLast != nil && *p.Releases.SinceLast > 365
	measured := word + ": " + p.Releases.Why
	var holds bool
	switch w := strings.ToLower(c.Word); w {
	case "regular":
		holds = steady
	case "frequent":
		holds = word == cadence.Weekly || word == cadence.Monthly
	case "infrequent", "irregular":
		holds = seldom
	default:
		w = map[string]string{"every two months": cadence.TwoMonthly, "bimonthly": cadence.TwoMonthly, "bi-monthly": cadence.TwoMonthly, "annual": cadence.Yearly, "annually": cadence.Yearly}[w]
		if w == "" {
			w = c.Word
		}
		holds = strings.EqualFold(w, word)
		if !holds {
			return ruling{verdict: Refuted, measured: measured, why: "it is " + measured, evidence: at, mended: likeCase(c.Quote(), word)}
		}
	}
	if holds {
		return ruling{verdict: Confirmed, measured: measured, evidence: at}
	}
	return ruling{verdict: Refuted, measured: measured, why: "it is " + measured, evidence: at}
}

// state judges "Active" and "Maintenance".
func (j *judge) state(c *claim.Claim, p *usage.Project) ruling {
	a := p.Activity
	if a == nil {
		return unverifiable(sourceRepository, "no history was read")
	}
	measured := fmt.Sprintf("%s in the last 90 days; %s in the year beside %s by bots", words.Amount(a.Quarter.Human, "human commit"),
		words.Number(a.Year.Human), words.Number(a.Year.Bot))
	active := a.Quarter.Human > 0
	if q := &p.Quantities; !q.CommitsQuarter.Exact() && !j.isOfRead(c) {
		active = j.isActive(p) == quantity.Yes
		if !active || strings.HasPrefix(strings.ToLower(c.Word), "maintenance") {
			return notRead(p, measured, a.Evidence)
		}
	}
	var holds bool
	switch word := strings.ToLower(c.Word); {
	case word == "active":
		holds = active
	case word == "very active":
		return ruling{verdict: Subjective, measured: measured, why: "a word without a measure", evidence: a.Evidence}
	case strings.HasPrefix(word, "maintenance"):
		holds = !active || a.Year.Bot > a.Year.Human
	default: // inactive, dormant, stale, unmaintained
		holds = !active
	}
	if holds {
		return ruling{verdict: Confirmed, measured: measured, evidence: a.Evidence}
	}
	return ruling{verdict: Refuted, measured: measured, why: measured, evidence: a.Evidence}
}

func commitWord(_ *claim.Claim, p *usage.Project) ruling {
	r := ruling{verdict: Subjective, why: "a word without a measure"}
	if a := p.Activity; a != nil {
		r.measured = words.Amount(a.Year.Human, "human commit") + " in the year"
		r.evidence = a.Evidence
	}
	return r
}

// Shares from which a word about organisations can be said.
const (
	leads    = 0.5  // of the known commits: it leads
	toSay    = 0.25 // known share from which that is told
	toRefuse = 0.5  // known share from which one known organisation means a single one
)

func security(c *claim.Claim, p *usage.Project) ruling {
	for _, e := range p.Documents.Security {
		if e.Path == c.Word {
			return ruling{verdict: Confirmed, measured: e.Path, evidence: []fact.Evidence{e}}
		}
	}
	return unverifiable(sourceRepository, "no security policy of that path was read")
}

// tag judges a version: it is the last release, or was.
func (j *judge) tag(c *claim.Claim, p *usage.Project) ruling {
	if p.Releases == nil || p.Releases.Last == nil {
		return unverifiable(sourceRepository, "no release was read")
	}
	last, at := p.Releases.Last.Tag, []fact.Evidence{}
	if p.Releases.LastAt != nil {
		at = append(at, p.Releases.LastAt.Evidence)
	}
	if strings.TrimPrefix(last, "v") == strings.TrimPrefix(c.Word, "v") || strings.HasSuffix(last, "/"+c.Word) || strings.HasSuffix(last, "-"+c.Word) {
		return ruling{verdict: Confirmed, measured: last, evidence: at}
	}
	if t := j.lastOfMain(p); t != nil && strings.TrimPrefix(t.Tag, "v") == strings.TrimPrefix(c.Word, "v") {
		return ruling{verdict: Confirmed, measured: t.Tag, evidence: []fact.Evidence{t.evidence}}
	}
	r := ruling{verdict: Refuted, measured: last, why: "the last full release is " + last + " of " + string(p.Releases.LastAt.Date), evidence: at, mended: last}
	for _, t := range j.releases(p, c.Word) {
		r.evidence = append(r.evidence, t.evidence)
		if c.Field == "release.tag" || t.At[:10] == string(p.Releases.LastAt.Date) {
			return ruling{verdict: Confirmed, measured: t.Tag + " of " + t.At[:10], evidence: []fact.Evidence{t.evidence}}
		}
		r.verdict, r.why = Outdated, fmt.Sprintf("%s is of %s; %s", t.Tag, t.At[:10], r.why)
		r.hypothesis = &Hypothesis{"time", "it was released on " + t.At[:10]}
	}
	return r
}

// lineageTag judges the last release of one of several lines of history.
func lineageTag(c *claim.Claim, p *usage.Project) ruling {
	var names []string
	for _, r := range p.Replaced() {
		for i := range r.Revision.Lineages {
			names = append(names, r.Revision.Lineages[i].LastRelease)
			if names[len(names)-1] == c.Word {
				return ruling{verdict: Confirmed, measured: c.Word, evidence: []fact.Evidence{r.Evidence()}}
			}
		}
	}
	if len(names) == 0 {
		return unverifiable(sourceRepository, "it has one line of history")
	}
	return ruling{verdict: Refuted, measured: strings.Join(names, ", "), why: "no line of history ends in that release"}
}

func (j *judge) membership(c *claim.Claim, _ *usage.Project) ruling {
	r := j.repos[c.Subject.ID]
	if r == nil {
		return unverifiable(sourceLandscape, "no such repository is known")
	}
	return same(c, string(r.Reason), r.Memberships[0].Evidence)
}

// healthLevel judges a level of our rules; one between the bounds holds.
func healthLevel(c *claim.Claim, p *usage.Project, name string) ruling {
	d := &p.Health.Overall
	for i := range p.Health.Dimensions {
		if p.Health.Dimensions[i].Name == name {
			d = &p.Health.Dimensions[i]
		}
	}
	measured := string(d.Level)
	if d.Best != "" && d.Best != d.Level {
		measured += " to " + string(d.Best)
	}
	if c.Exact {
		return same(c, string(d.Level))
	}
	said := levelsOf(c.Word)
	if d.Level.Rank() < 0 {
		return unverifiable(sourceHost, "it is unknown: %s", d.Why)
	}
	can := levels{d.Level.Rank(), max(d.Best.Rank(), d.Level.Rank())}
	switch {
	case said.low <= can.low && can.high <= said.high:
		return ruling{verdict: Confirmed, measured: measured, why: d.Why}
	case said.low <= can.high && can.low <= said.high:
		r := unverifiable(sourceHost, "it is %s: %s", measured, d.Why)
		if r.measured = measured; isOpen(p) {
			r.source, r.why = sourceRepository, r.why+"; "+unreadWords(p)
		}
		return r
	}
	return ruling{verdict: Refuted, measured: measured, why: "by our rules it is " + measured + ": " + d.Why, mended: likeCase(c.Quote(), measured)}
}

// levels are those of health between two, ends included, by their rank.
type levels struct{ low, high int }

// levelsOf are the levels that words say: one, or two between which it lies.
func levelsOf(words string) levels {
	low, high, spread := strings.Cut(words, " to ")
	if !spread {
		high = low
	}
	return levels{levelRank(low), levelRank(high)}
}

func (j *judge) reason(c *claim.Claim) ruling {
	p := j.project(c.Subject)
	if p == nil {
		return ruling{verdict: Subjective, why: "a judgement"}
	}
	r := unverifiable(sourceStatement, "what was read of the project gives no such reason")
	if e, ok := givesReason(c, p); ok {
		return ruling{verdict: Confirmed, why: "the project itself says so", evidence: []fact.Evidence{e}}
	}
	if len(p.Documents.Reasons) > 0 {
		r.why = fmt.Sprintf("the project itself says: %q", p.Documents.Reasons[0].Text)
		r.evidence = []fact.Evidence{p.Documents.Reasons[0].Evidence}
	}
	return r
}

// reasonWords are what reasons for a language speak of.
var reasonWords = []string{
	"memory safety", "performance", "concurrency", "webassembly", "type safety", "garbage", "ecosystem", "low overhead", "footprint",
	"reliability", "security", "speed", "latency", "zero-cost", "async", "tooling",
}

// givesReason reports whether sentences of the project's own speak of all that a
// reason speaks of.
func givesReason(c *claim.Claim, p *usage.Project) (fact.Evidence, bool) {
	var said fact.Evidence
	spoken := false
	for _, w := range reasonWords {
		if !strings.Contains(strings.ToLower(c.Word), w) {
			continue
		}
		i := slices.IndexFunc(p.Documents.Reasons, func(r usage.Reason) bool { return strings.Contains(strings.ToLower(r.Text), w) })
		if i < 0 {
			return said, false
		}
		said, spoken = p.Documents.Reasons[i].Evidence, true
	}
	return said, spoken
}

// lessOrBots judges that most work is done by bots, or that there is less of it
// than in the year before.
func lessOrBots(c *claim.Claim, p *usage.Project) ruling {
	a := p.Activity
	if a == nil {
		return unverifiable(sourceRepository, "no history was read")
	}
	measured := fmt.Sprintf("%s in the year beside %s by bots", words.Amount(a.Year.Human, "human commit"), words.Number(a.Year.Bot))
	holds := a.Year.Bot > a.Year.Human
	if c.Field == "activity.less" {
		before := humanIn(a, string(a.Year.From)[:7], 12)
		holds = a.Year.Human < before
		measured += fmt.Sprintf(", and %s in the year before", words.Number(before))
	}
	if holds {
		return ruling{verdict: Confirmed, measured: measured, evidence: a.Evidence}
	}
	return ruling{verdict: Refuted, measured: measured, why: measured, evidence: a.Evidence}
}

// humanIn sums the human commits of so many months before one.
func humanIn(a *usage.Activity, month string, months int) int {
	n := 0
	for i := len(a.Months) - 1; i >= 0 && months > 0; i-- {
		if a.Months[i].Month >= month {
			continue
		}
		n += a.Months[i].Human
		months--
	}
	return n
}
