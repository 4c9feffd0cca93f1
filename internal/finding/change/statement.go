package change

import (
	"cmp"
	"maps"
	"slices"

	"assay/internal/fact"
)

// A DateChange is a milestone that the landscape dates now, dates otherwise, or
// no longer dates. The date of a change of maturity is told with that one.
type DateChange struct {
	Subject
	Field  string    `json:"field"` // "accepted", "graduated" …
	Before fact.Date `json:"before,omitempty"`
	After  fact.Date `json:"after,omitempty"`
	// Places are the lines of the date, or of the item where it has none.
	Places Places `json:"evidence"`
}

// A Review is an annual review as the landscape has it.
type Review struct {
	Date fact.Date `json:"date,omitempty"`
	URL  string    `json:"url,omitempty"`
}

// A ReviewChange is another annual review.
type ReviewChange struct {
	Subject
	Before Review `json:"before"`
	After  Review `json:"after"`
	Places Places `json:"evidence"`
}

// An AuditChange is an audit that the landscape lists now, lists otherwise, or
// no longer lists.
type AuditChange struct {
	Subject
	Before *fact.Audit `json:"before"` // null when it is new
	After  *fact.Audit `json:"after"`  // null when it is gone
	Places Places      `json:"evidence"`
}

// statements tells what the landscape says otherwise of a project.
func (d *differ) statements(p *pair) {
	d.dates(p)
	d.review(p)
	d.audits(p)
}

func (d *differ) dates(p *pair) {
	b, a := p.before.Item.Milestones, p.after.Item.Milestones
	fields := slices.Sorted(maps.Keys(a))
	for field := range b {
		if _, ok := a[field]; !ok {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	for _, field := range fields {
		if b[field] == a[field] || b[field] == "" && d.told(p, field) {
			continue
		}
		d.out.Dates = append(d.out.Dates, DateChange{
			subject(p.after), field, b[field], a[field], Places{p.before.Where(field), p.after.Where(field)},
		})
	}
}

// told reports whether a new date is that of a change of maturity.
func (d *differ) told(p *pair, field string) bool {
	return slices.ContainsFunc(d.out.Maturities, func(c MaturityChange) bool {
		return c.field == field && c.Subject == subject(p.after)
	})
}

func (d *differ) review(p *pair) {
	b := Review{p.before.Item.AnnualReviewDate, p.before.Item.AnnualReviewURL}
	a := Review{p.after.Item.AnnualReviewDate, p.after.Item.AnnualReviewURL}
	if a == b {
		return
	}
	field := "annual_review_date"
	if a.Date == b.Date {
		field = "annual_review_url"
	}
	d.out.Reviews = append(d.out.Reviews, ReviewChange{
		subject(p.after), b, a, Places{p.before.Where(field), p.after.Where(field)},
	})
}

// audits pairs the audits of the two dates: those that are equal, then those of
// one report, then those of one day and vendor.
func (d *differ) audits(p *pair) {
	before, after := slices.Clone(p.before.Item.Audits), slices.Clone(p.after.Item.Audits)
	add := func(b, a *fact.Audit) {
		c := AuditChange{Subject: subject(p.after), Before: b, After: a}
		c.Places = Places{p.before.Where("audits"), p.after.Where("audits")}
		if b != nil {
			c.Places.Before.Line = cmp.Or(b.Line, c.Places.Before.Line)
		}
		if a != nil {
			c.Places.After.Line = cmp.Or(a.Line, c.Places.After.Line)
		}
		d.out.Audits = append(d.out.Audits, c)
	}
	for i, same := range []func(a, b fact.Audit) bool{equalAudits, oneReport, oneOccasion} {
		before = slices.DeleteFunc(before, func(b fact.Audit) bool {
			k := slices.IndexFunc(after, func(a fact.Audit) bool { return same(b, a) })
			if k < 0 {
				return false
			}
			if a := after[k]; i > 0 {
				add(&b, &a)
			}
			after = slices.Delete(after, k, k+1)
			return true
		})
	}
	for i := range before {
		add(&before[i], nil)
	}
	for i := range after {
		add(nil, &after[i])
	}
}

func equalAudits(a, b fact.Audit) bool {
	a.Line, b.Line = 0, 0
	return a == b
}

func oneReport(a, b fact.Audit) bool { return a.URL != "" && a.URL == b.URL }

func oneOccasion(a, b fact.Audit) bool {
	return a.Date != "" && a.Date == b.Date && a.Vendor == b.Vendor
}
