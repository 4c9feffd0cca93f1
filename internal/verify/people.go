package verify

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
)

// organisation judges "Multi-org", "Single-org" and "SUSE-led".
func organisation(c *claim.Claim, p *usage.Project) ruling {
	if p.Activity == nil || p.Activity.Year.Organisations.Known == 0 {
		return unverifiable("the organisations of authors", "none is known")
	}
	o := &p.Activity.Year.Organisations
	measured, at := p.OrganisationWords(), p.Activity.Evidence
	known := *o.KnownShare()
	word := strings.ToLower(c.Word)
	rule := func(holds, told bool) ruling {
		switch {
		case holds:
			return ruling{verdict: Confirmed, measured: measured, evidence: at}
		case !told:
			return ruling{verdict: Unverifiable, measured: measured, source: "the organisations of authors", why: measured, evidence: at}
		}
		return ruling{verdict: Refuted, measured: measured, why: measured, evidence: at}
	}
	switch {
	case strings.HasPrefix(word, "multi"):
		return rule(len(o.List) >= 2, known >= toRefuse)
	case strings.HasPrefix(word, "single"):
		return rule(len(o.List) == 1 && known >= toRefuse, len(o.List) > 1)
	}
	if c.Field == "org.first" {
		first := strings.EqualFold(o.List[0].Name, c.Word)
		return rule(first, known >= toSay)
	}
	who := strings.TrimSuffix(word, "-led")
	first := strings.EqualFold(o.List[0].Name, who) && *o.LargestShare() >= leads
	return rule(first && known >= toSay, !first && *o.LargestShare() >= leads && known >= toSay)
}

// adopter judges that a project's own files name an adopter. What they do not
// name may be one all the same.
func adopter(c *claim.Claim, p *usage.Project) ruling {
	want := plainName(c.Word)
	for _, a := range p.Documents.Adopters {
		if have := plainName(a.Name); have == want || want != "" && (strings.HasPrefix(have, want+" ") || strings.HasPrefix(want, have+" ")) {
			return ruling{verdict: Confirmed, measured: a.Name, evidence: []fact.Evidence{a.Evidence}}
		}
	}
	return unverifiable("an adopters file that names it", "the adopters files that were read do not name it")
}

// plainName makes the ways to write a name comparable.
func plainName(s string) string { return strings.ReplaceAll(fact.Slug(s), "-", " ") }

func maintainer(c *claim.Claim, p *usage.Project) ruling {
	want := plainName(c.Word)
	for _, m := range p.Documents.Maintainers {
		if plainName(m.Name) == want || plainName(m.Handle) == want {
			return ruling{verdict: Confirmed, measured: c.Word, evidence: []fact.Evidence{m.Evidence}}
		}
	}
	if !p.Documents.Known(fact.DocumentMaintainers) {
		return unverifiable(sourceRepository, "no maintainers file was read")
	}
	return ruling{verdict: Refuted, why: "the maintainers files that were read do not name them"}
}

// adopterKind judges what kind of use a report says, by the file's own words.
func adopterKind(c *claim.Claim, p *usage.Project) ruling {
	want := plainName(c.Label)
	for _, a := range p.Documents.Adopters {
		if plainName(a.Name) != want {
			continue
		}
		if a.Kind != "" && strings.Contains(plainName(a.Kind), plainName(c.Word)) {
			return ruling{verdict: Confirmed, measured: a.Kind, evidence: []fact.Evidence{a.Evidence}}
		}
		return ruling{verdict: Unverifiable, source: "an adopters file that says so", measured: a.Kind, why: kindWords(a.Kind), evidence: []fact.Evidence{a.Evidence}}
	}
	return unverifiable("an adopters file that names it", "the adopters files that were read do not name it")
}

func kindWords(kind string) string {
	if kind == "" {
		return "the adopters file names no kind of use"
	}
	return fmt.Sprintf("the adopters file says %q", kind)
}

// employer judges for whom a maintainer works, by the maintainers files.
func employer(c *claim.Claim, p *usage.Project) ruling {
	for _, m := range p.Documents.Maintainers {
		if plainName(m.Name) == plainName(c.Label) || plainName(m.Handle) == plainName(c.Label) {
			r := same(c, m.Organisation, m.Evidence)
			if r.verdict == Refuted {
				r.mended = m.Organisation
			}
			return r
		}
	}
	return unverifiable(sourceRepository, "the maintainers files that were read do not name them")
}

// organisationName judges the name beside a share: it is of the organisation that
// has that share.
func (j *judge) organisationName(c *claim.Claim, p *usage.Project) ruling {
	if p.Activity == nil || p.Activity.Year.Organisations.Known == 0 {
		return unverifiable("the organisations of authors", "none is known")
	}
	o := &p.Activity.Year.Organisations
	other := ""
	for _, x := range o.List {
		share := 100 * float64(x.Commits) / float64(o.Known)
		fits := c.Num.Fits(share)
		if strings.EqualFold(x.Name, c.Word) {
			if fits {
				return ruling{verdict: Confirmed, measured: x.Name, evidence: p.Activity.Evidence}
			}
			continue
		}
		told := point{c.Subject.Sort, c.Subject.ID, "org.share:" + strings.ToLower(x.Name), "", "", ""}
		if fits && other == "" && !j.tells(told, share) {
			other = x.Name
		}
	}
	if other != "" {
		return ruling{
			verdict: Refuted, measured: other, why: "that is the share of " + other, evidence: p.Activity.Evidence, mended: other, likely: true,
			hypothesis: &Hypothesis{"field", "that is the share of " + other},
		}
	}
	return unverifiable("the organisations of authors", "%s", p.OrganisationWords())
}

// documentRepository judges in which repository documents of a project were
// found: the security policy, or the files that name people and adopters.
func documentRepository(c *claim.Claim, p *usage.Project) ruling {
	var places []fact.Evidence
	if c.Field == "security.repository" {
		places = p.Documents.Security[:min(1, len(p.Documents.Security))]
	} else {
		for _, m := range p.Documents.Maintainers {
			places = append(places, m.Evidence)
		}
		for _, a := range p.Documents.Adopters {
			places = append(places, a.Evidence)
		}
	}
	var first string
	for _, e := range places {
		name := e.Repo.Slug()
		if strings.Count(c.Word, "/") > 1 {
			name = string(e.Repo)
		}
		if strings.EqualFold(name, c.Word) {
			return ruling{verdict: Confirmed, measured: name, evidence: []fact.Evidence{e}}
		}
		if first == "" {
			first = name
		}
	}
	if first == "" {
		return unverifiable(sourceRepository, "none was read")
	}
	return ruling{verdict: Refuted, measured: first, why: "it was found in " + first, evidence: places[:1]}
}
