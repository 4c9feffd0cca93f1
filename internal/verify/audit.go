package verify

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
)

func auditVendor(c *claim.Claim, p *usage.Project) ruling {
	var names []string
	var by, on *fact.Audit
	for i := range p.Item.Audits {
		a := &p.Item.Audits[i]
		names = append(names, a.Vendor)
		if sameVendor(c.Word, a.Vendor) && (by == nil || datedIn(a, c)) {
			by = a
		}
		if datedIn(a, c) && (on == nil || on != by) {
			on = a
		}
	}
	switch {
	case len(names) == 0:
		return unverifiable(sourceLandscape, "the landscape lists no audit of it")
	case on != nil && !sameVendor(c.Word, on.Vendor):
		return ruling{
			verdict: Refuted, measured: on.Vendor, why: fmt.Sprintf("the audit of %s is by %s", on.Date, on.Vendor),
			evidence: []fact.Evidence{auditLine(p, on)}, mended: on.Vendor, likely: len(names) > 1,
		}
	case by != nil:
		return ruling{verdict: Confirmed, measured: by.Vendor, evidence: []fact.Evidence{auditLine(p, by)}}
	}
	return ruling{verdict: Refuted, measured: strings.Join(names, ", "), why: "the landscape's audits are by " + strings.Join(names, ", ")}
}

func auditLine(p *usage.Project, a *fact.Audit) fact.Evidence {
	e := p.Where("audits")
	e.Line = a.Line
	return e
}

// sameVendor compares the names of auditors, one of which may be longer.
func sameVendor(a, b string) bool {
	x, y := plainName(a), plainName(b)
	return x != "" && y != "" && (strings.HasPrefix(x, y) || strings.HasPrefix(y, x))
}

// datedIn reports whether the sentence of a claim names the day of an audit.
func datedIn(a *fact.Audit, c *claim.Claim) bool {
	return a.Date != "" && (strings.Contains(c.Sentence, string(a.Date)) || c.Day.Text != "" && c.Day.Matches(string(a.Date)))
}

// auditType judges what an audit was of: by the audit of the day that the
// sentence names.
func auditType(c *claim.Claim, p *usage.Project) ruling {
	for i := range p.Item.Audits {
		a := &p.Item.Audits[i]
		word := strings.ToLower(c.Word)
		if !datedIn(a, c) {
			continue
		}
		if a.Type != "" && strings.Contains(word, strings.ToLower(a.Type)) || strings.Contains(word, "audit") {
			return ruling{verdict: Confirmed, measured: a.Type, evidence: []fact.Evidence{auditLine(p, a)}}
		}
		return ruling{verdict: Refuted, measured: a.Type, why: "the landscape says " + a.Type, evidence: []fact.Evidence{auditLine(p, a)}, mended: a.Type}
	}
	return unverifiable(sourceLandscape, "it lists no audit of that day")
}
