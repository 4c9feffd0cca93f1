package judge

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// Shares from which a word about organisations can be said.
const (
	leads    = 0.5  // of the known commits: it leads
	toSay    = 0.25 // known share from which that is told
	toRefuse = 0.5  // known share from which one known organisation means a single one
)

// organisation judges "Multi-org", "Single-org" and "SUSE-led", and who made most commits.
func organisation(c *claim.Claim, p *usage.Project) Ruling {
	const missing = "the organisations of authors"
	if p.Activity == nil || p.Activity.Year.Organisations.Known == 0 {
		return unverifiable(missing, "none is known")
	}
	o := &p.Activity.Year.Organisations
	known, word := *o.KnownShare(), strings.ToLower(c.Word)
	first := strings.EqualFold(o.List[0].Name, strings.TrimSuffix(word, "-led"))
	led := *o.LargestShare() >= leads
	var so, told bool // told: it could be said whether it is so
	switch {
	case strings.HasPrefix(word, "multi"):
		so, told = len(o.List) >= 2, known >= toRefuse
	case strings.HasPrefix(word, "single"):
		so, told = len(o.List) == 1 && known >= toRefuse, len(o.List) > 1
	case c.Is("org.first"):
		so, told = first, known >= toSay
	default:
		so, told = first && led && known >= toSay, !first && led && known >= toSay
	}
	r := holds(so, p.OrganisationWords(), p.Activity.Evidence...)
	if !so && !told {
		r.Verdict, r.Source = Unverifiable, missing
	}
	return r
}

// adopter judges that a project's own files name an adopter. What they do not
// name may be one all the same.
func adopter(c *claim.Claim, p *usage.Project) Ruling {
	want := plainName(c.Word)
	for _, a := range p.Documents.Adopters {
		if have := plainName(a.Name); have == want || want != "" && (strings.HasPrefix(have, want+" ") || strings.HasPrefix(want, have+" ")) {
			return confirmed(a.Name, a.Evidence)
		}
	}
	return unverifiable("an adopters file that names it", "the adopters files that were read do not name it")
}

// adopterKind judges what kind of use a report says, by the file's own words.
func adopterKind(c *claim.Claim, p *usage.Project) Ruling {
	for _, a := range p.Documents.Adopters {
		if plainName(a.Name) != plainName(c.Of) {
			continue
		}
		if a.Kind != "" && strings.Contains(plainName(a.Kind), plainName(c.Word)) {
			return confirmed(a.Kind, a.Evidence)
		}
		r := unverifiable("an adopters file that says so", "the adopters file names no kind of use")
		if r.Measured, r.Evidence = a.Kind, []fact.Evidence{a.Evidence}; a.Kind != "" {
			r.Why = fmt.Sprintf("the adopters file says %q", a.Kind)
		}
		return r
	}
	return unverifiable("an adopters file that names it", "the adopters files that were read do not name it")
}

func maintainer(c *claim.Claim, p *usage.Project) Ruling {
	want := plainName(c.Word)
	for _, m := range p.Documents.Maintainers {
		if plainName(m.Name) == want || plainName(m.Handle) == want {
			return confirmed(c.Word, m.Evidence)
		}
	}
	if !p.Documents.Known(fact.DocumentMaintainers) {
		return unverifiable(SourceRepository, "no maintainers file was read")
	}
	return refuted("", "the maintainers files that were read do not name them")
}

// employer judges for whom a maintainer works, by the maintainers files.
func employer(c *claim.Claim, p *usage.Project) Ruling {
	for _, m := range p.Documents.Maintainers {
		if plainName(m.Name) == plainName(c.Of) || plainName(m.Handle) == plainName(c.Of) {
			return same(c, m.Organisation, m.Evidence)
		}
	}
	return unverifiable(SourceRepository, "the maintainers files that were read do not name them")
}

// inRepository judges in which repository something of a project was found, which may be in
// several of them.
func inRepository(c *claim.Claim, places []fact.Evidence) Ruling {
	if len(places) == 0 {
		return unverifiable(SourceRepository, "none was read")
	}
	name := func(e fact.Evidence) string {
		if strings.Count(c.Word, "/") > 1 {
			return string(e.Repo)
		}
		return words.Slug(e.Repo)
	}
	id, err := repositoryID(c.Word)
	if i := slices.IndexFunc(places, func(e fact.Evidence) bool { return err == nil && e.Repo.Key() == id.Key() }); i >= 0 {
		return confirmed(c.Word, places[i])
	}
	first := name(places[0])
	r := refuted(first, "it was found in "+first, places[0])
	r.Mended = first
	return r
}

func securityIn(c *claim.Claim, p *usage.Project) Ruling {
	return inRepository(c, p.Documents.Security[:min(1, len(p.Documents.Security))])
}

func namedIn(c *claim.Claim, p *usage.Project) Ruling {
	var places []fact.Evidence
	for _, m := range p.Documents.Maintainers {
		places = append(places, m.Evidence)
	}
	for _, a := range p.Documents.Adopters {
		places = append(places, a.Evidence)
	}
	return inRepository(c, places)
}

// adoptedIn judges in which repository a language was adopted first.
func (j *Judge) adoptedIn(c *claim.Claim, p *usage.Project) Ruling {
	if p.Trend == nil || p.Trend.Adoption == nil {
		return unverifiable(SourceRepository, "no history was read")
	}
	at := p.Trend.Adoption.Evidence
	at.Repo = p.Trend.Adoption.Repo
	return inRepository(c, []fact.Evidence{at})
}

// latestIn judges in which repository a person committed last.
func (j *Judge) latestIn(c *claim.Claim, p *usage.Project) Ruling {
	if p.Activity == nil || p.Activity.Latest == nil {
		return unverifiable(SourceRepository, "no history was read")
	}
	l := p.Activity.Latest
	at := l.Evidence
	at.Repo = l.Repo
	r := inRepository(c, []fact.Evidence{at})
	if r.Verdict == Refuted && !p.Quantities.LastActivity.Exact() && !j.OfRead(c) {
		return notRead(p, r.Measured, r.Evidence)
	}
	return r
}

func security(c *claim.Claim, p *usage.Project) Ruling {
	for _, e := range p.Documents.Security {
		if e.Path == c.Word {
			return confirmed(e.Path, e)
		}
	}
	return unverifiable(SourceRepository, "no security policy of that path was read")
}

// reasonWords are what reasons for a language speak of.
var reasonWords = []string{
	"memory safety", "performance", "concurrency", "webassembly", "type safety", "garbage", "ecosystem", "low overhead", "footprint",
	"reliability", "security", "speed", "latency", "zero-cost", "async", "tooling",
}

// reason judges why a language was chosen: the project says so where its own sentences speak
// of all that the reason speaks of.
func reason(c *claim.Claim, p *usage.Project) Ruling {
	said, spoken := fact.Evidence{}, false
	r := unverifiable(sourceStatement, "what was read of the project gives no such reason")
	if own := p.Documents.Reasons; len(own) > 0 {
		r.Why, r.Evidence = fmt.Sprintf("the project itself says: %q", own[0].Text), []fact.Evidence{own[0].Evidence}
	}
	for _, w := range reasonWords {
		if !strings.Contains(strings.ToLower(c.Word), w) {
			continue
		}
		i := slices.IndexFunc(p.Documents.Reasons, func(r usage.Reason) bool { return strings.Contains(strings.ToLower(r.Text), w) })
		if i < 0 {
			return r
		}
		said, spoken = p.Documents.Reasons[i].Evidence, true
	}
	if !spoken {
		return r
	}
	ok := confirmed("", said)
	ok.Why = "the project itself says so"
	return ok
}

// AuditLine is where the landscape lists an audit.
func AuditLine(p *usage.Project, a *fact.Audit) fact.Evidence {
	e := p.Where("audits")
	e.Line = a.Line
	return e
}

// sameVendor compares the names of auditors, one of which may be longer.
func sameVendor(a, b string) bool {
	x, y := plainName(a), plainName(b)
	return x != "" && y != "" && (strings.HasPrefix(x, y) || strings.HasPrefix(y, x))
}

// auditVendor judges who made an audit, of the day where one is named.
func auditVendor(c *claim.Claim, p *usage.Project) Ruling {
	var names []string
	var by, on *fact.Audit
	for i := range p.Item.Audits {
		a := &p.Item.Audits[i]
		names = append(names, a.Vendor)
		dated := c.Of != "" && string(a.Date) == c.Of
		if sameVendor(c.Word, a.Vendor) && (by == nil || dated) {
			by = a
		}
		if dated && (on == nil || on != by) {
			on = a
		}
	}
	switch {
	case len(names) == 0:
		return unverifiable(sourceLandscape, "the landscape lists no audit of it")
	case on != nil && !sameVendor(c.Word, on.Vendor):
		r := refuted(on.Vendor, fmt.Sprintf("the audit of %s is by %s", on.Date, on.Vendor), AuditLine(p, on))
		r.Mended, r.Likely = on.Vendor, len(names) > 1
		return r
	case by != nil:
		return confirmed(by.Vendor, AuditLine(p, by))
	}
	return refuted(strings.Join(names, ", "), "the landscape's audits are by "+strings.Join(names, ", "))
}

// auditType judges what an audit was of: by the audit of the day.
func auditType(c *claim.Claim, p *usage.Project) Ruling {
	for i := range p.Item.Audits {
		a := &p.Item.Audits[i]
		if string(a.Date) != c.Of {
			continue
		}
		word := strings.ToLower(c.Word)
		if a.Type != "" && strings.Contains(word, strings.ToLower(a.Type)) || strings.Contains(word, "audit") {
			return confirmed(a.Type, AuditLine(p, a))
		}
		r := refuted(a.Type, "the landscape says "+a.Type, AuditLine(p, a))
		r.Mended = a.Type
		return r
	}
	return unverifiable(sourceLandscape, "it lists no audit of that day")
}
