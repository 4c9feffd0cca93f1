package change

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A Late is a disagreement about the earlier date: what the file of that day
// did not say yet, or said too early, by what the later file says.
type Late struct {
	Subject
	// Milestone and Date are the later file's: "accepted", "graduated" …
	Milestone string    `json:"milestone"`
	Date      fact.Date `json:"date"`
	// Listed: it was a project in the file of the earlier date. An item without a
	// maturity is none.
	Listed bool `json:"listed"`
	// Said is the maturity that the earlier file gave it, "" when it was none.
	Said string `json:"said,omitempty"`
	// Places are the item in the earlier file, or that file when it has none,
	// and the date in the later one.
	Places Places `json:"evidence"`
}

// Early reports whether the earlier file said something before its date.
func (l *Late) Early(from fact.Date) bool { return l.Date > from }

// A level is the maturity of a project on a day.
type level struct {
	name string
	// milestone that says so; its Name is "" when none does: the level is the
	// one that projects enter at, or one without a date.
	milestone profile.Milestone
	place     fact.Evidence
}

// existed reports whether a project was accepted by a day. A project without
// any date is taken to have been there.
func existed(p *usage.Project, day fact.Date) bool {
	accepted := p.Accepted
	if accepted == "" && len(p.Milestones) > 0 {
		accepted = p.Milestones[0].Date
	}
	return accepted <= day
}

// levelAt is the level of a project on a day, by its milestones. Before the
// first of them it has the level that projects enter at. A level that has no
// date may have been reached on any day, and counts as always held.
func levelAt(p *usage.Project, day fact.Date, entry string) level {
	var reached *profile.Milestone
	later := false
	for i := range p.Milestones {
		switch m := &p.Milestones[i]; {
		case m.Name == "accepted":
		case m.Date <= day:
			reached = m
		default:
			later = true
		}
	}
	switch {
	case !later && (reached == nil || p.MaturityDate == ""):
		return level{name: p.Maturity, place: p.Where("project")}
	case reached == nil:
		return level{name: cmp.Or(entry, "unknown"), place: p.Where("accepted")}
	}
	return level{profile.Level(reached.Name), *reached, reached.Evidence}
}

// entryLevel is the level that the projects of a landscape have from their
// acceptance on: the commonest among those that give no other date, "" when
// every project gives one.
func entryLevel(projects []usage.Project) string {
	n := map[string]int{}
	for i := range projects {
		p := &projects[i]
		if len(p.Milestones) == 1 && p.Milestones[0].Name == "accepted" {
			n[p.Maturity]++
		}
	}
	if all := usage.Ranked(n); len(all) > 0 {
		return all[0].Name
	}
	return ""
}

// validPassages tells which projects of the later landscape were accepted
// between the two dates, by its dates.
func (d *differ) validPassages() {
	entry := entryLevel(d.after.Projects)
	var gone []string
	for i := range d.pairs {
		p := d.pairs[i].after
		if p == nil {
			gone = append(gone, d.pairs[i].before.Name)
			continue
		}
		if existed(p, d.to.AsOf) && !existed(p, d.from.AsOf) {
			at := p.Where("accepted")
			d.out.In = append(d.out.In, passage(p, levelAt(p, d.to.AsOf, entry).name, Places{After: at}))
		}
	}
	if len(gone) > 0 {
		slices.Sort(gone)
		d.note(d.to.Landscape.Evidence, "the later file does not list %s, so that valid time says nothing of it: %s",
			words.Amount(len(gone), "project")+" of the earlier one", strings.Join(gone, ", "))
	}
}

// validMaturities tells which projects reached another level between the two
// dates, by the later landscape's dates.
func (d *differ) validMaturities() {
	entry := entryLevel(d.after.Projects)
	supposed := 0
	for i := range d.pairs {
		p := d.pairs[i].after
		if p == nil || !existed(p, d.from.AsOf) || !existed(p, d.to.AsOf) {
			continue
		}
		b, a := levelAt(p, d.from.AsOf, entry), levelAt(p, d.to.AsOf, entry)
		if b.name == a.name {
			continue
		}
		if b.milestone.Name == "" {
			supposed++
		}
		d.out.Maturities = append(d.out.Maturities, MaturityChange{
			Subject: subject(p), Before: b.name, After: a.name, Date: a.milestone.Date, Reached: a.milestone.Evidence,
			Places: Places{b.place, a.place}, field: a.milestone.Name,
		})
	}
	if supposed > 0 {
		d.note(d.to.Landscape.Evidence, "before its first dated level a project counts as %s, as those do that give no date but that of acceptance; %s",
			cmp.Or(entry, "unknown"), "so here for "+words.Amount(supposed, "change")+" of maturity")
	}
}

// late tells where the later file contradicts the earlier one about the earlier
// date.
func (d *differ) late() {
	if d.opts.ValidTime {
		return
	}
	entry := entryLevel(d.after.Projects)
	for i := range d.pairs {
		switch p := &d.pairs[i]; {
		case p.after == nil:
		case p.before == nil:
			if a := p.after; a.Accepted != "" && a.Accepted <= d.from.AsOf {
				d.out.Late = append(d.out.Late, Late{
					Subject: subject(a), Milestone: "accepted", Date: a.Accepted,
					Places: Places{d.from.Landscape.Evidence, a.Where("accepted")},
				})
			}
		default:
			d.lateOf(p, entry)
		}
	}
}

// lateOf compares what the two files say of a project that is in both.
func (d *differ) lateOf(p *pair, entry string) {
	add := func(milestone string, date fact.Date, before, after fact.Evidence) {
		d.out.Late = append(d.out.Late, Late{
			subject(p.after), milestone, date, true, p.before.Maturity, Places{before, after},
		})
	}
	if p.after.Accepted > d.from.AsOf {
		add("accepted", p.after.Accepted, p.before.Evidence, p.after.Where("accepted"))
		return
	}
	// What the earlier file dated already is no news to it: its maturity may
	// be one that has no date.
	l := levelAt(p.after, d.from.AsOf, entry)
	m := l.milestone
	known := p.before.Item.Milestones[m.Name]
	if m.Name != "" && l.name != p.before.Maturity && (known == "" || known > d.from.AsOf || m.Name == p.after.Reached) {
		add(m.Name, m.Date, p.before.Where("project"), m.Evidence)
		return
	}
	if date, field := p.after.Item.Reached(p.before.Maturity); date > d.from.AsOf {
		add(field, date, p.before.Where("project"), p.after.Where(field))
	}
}

// notes tells what makes the two surveys hard to compare as a whole.
func (d *differ) notes() {
	b, a := d.from.Landscape.Evidence, d.to.Landscape.Evidence
	if b.Repo.Key() != a.Repo.Key() || b.Path != a.Path || b.Repo == "" && b.URL != a.URL {
		d.note(a, "the two surveys are not of the same landscape file: %s and %s", b.String(), a.String())
	}
	for _, x := range d.measuredOtherwise() {
		d.note(a, "%s: no share can be compared", x.Text)
	}
	states := map[string]fact.Source{}
	for _, s := range d.from.Catalog.Sources {
		states[s.Name] = s
	}
	for _, s := range d.to.Catalog.Sources {
		before, ok := states[s.Name]
		if ok && (before.State == "read") != (s.State == "read") {
			d.note(s.Evidence, "the source %s was %s before and %s now: repositories may be gained or lost by that alone",
				s.Name, before.State, s.State)
		}
	}
}

func (d *differ) note(at fact.Evidence, format string, args ...any) {
	d.out.Notes = append(d.out.Notes, fact.Note{Kind: "odd", Text: fmt.Sprintf(format, args...), Evidence: at})
}
