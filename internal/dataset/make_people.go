package dataset

import (
	"encoding/json"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding/profile"
)

// people writes who worked on a project, as sums.
func (w *writer) people(p *profile.Project) {
	a := p.Activity
	if a == nil {
		return
	}
	links := make([]string, 0, len(a.Evidence))
	for _, e := range a.Evidence {
		links = append(links, e.Link())
	}
	histories, err := json.Marshal(links)
	w.fail(err)
	year := &a.Year
	for _, row := range []People{
		{Period: "all", Human: a.Commits.Human, Bot: a.Commits.Bot, Merges: a.Commits.Merges, Exact: p.Quantities.CommitsAll.Exact()},
		{Period: "quarter", Human: a.Quarter.Human, Bot: a.Quarter.Bot, Merges: a.Quarter.Merges, Exact: p.Quantities.CommitsQuarter.Exact()},
		{
			Period: "year", From: year.From, Human: year.Human, Bot: year.Bot, Merges: year.Merges, Authors: &year.Authors,
			KnownCommits: &year.Organisations.Known, Exact: p.Quantities.CommitsYear.Exact(),
		},
	} {
		row.Project, row.Repositories, row.Histories = p.ID, a.Repositories, histories
		put(w, &row)
	}
}

func (w *writer) months(p *profile.Project) {
	if p.Activity == nil {
		return
	}
	exact := p.Quantities.CommitsAll.Exact()
	for _, m := range p.Activity.Months {
		put(w, &ActivityMonth{
			Project: p.ID, Month: m.Month, Human: m.Human, Bot: m.Bot, Merges: m.Merges, Authors: m.Authors, NewAuthors: m.NewAuthors,
			Exact: exact,
		})
	}
}

func (w *writer) organisations(p *profile.Project) {
	if p.Activity == nil {
		return
	}
	of := &p.Activity.Year.Organisations
	for _, o := range of.List {
		put(w, &OrganisationShare{
			Project: p.ID, Organisation: o.Name, Commits: o.Commits, Share: float64(o.Commits) / float64(of.Known),
			Exact: p.Quantities.CommitsYear.Exact(),
		})
	}
}

func (w *writer) health(p *profile.Project) {
	for _, d := range append(slices.Clip(p.Health.Dimensions), p.Health.Overall) {
		put(w, &Health{
			Project: p.ID, Dimension: d.Name, Level: d.Level, Best: d.Best, Rule: d.Rule, Why: d.Why, Bounded: d.Bounded, Missing: d.Missing,
		})
	}
}

func (w *writer) inputs(p *profile.Project) {
	for _, d := range p.Health.Dimensions {
		for _, f := range d.Figures {
			put(w, &HealthInput{Project: p.ID, Dimension: d.Name, Name: f.Name, Value: f.Of, Text: f.Text})
		}
	}
}

func (w *writer) licences(p *profile.Project) {
	for _, x := range p.Documents.Licences {
		put(w, &Licence{Project: p.ID, SPDX: x.SPDX, Confidence: x.Confidence, Evidence: x.Evidence})
	}
}

func (w *writer) maintainers(p *profile.Project) {
	for i, m := range p.Documents.Maintainers {
		put(w, &Maintainer{Project: p.ID, Position: i + 1, Name: m.Name, Account: m.Handle, Organisation: m.Organisation, Evidence: m.Evidence})
	}
}

func (w *writer) adopters(p *profile.Project) {
	for i, a := range p.Documents.Adopters {
		put(w, &Adopter{Project: p.ID, Position: i + 1, Name: a.Name, URL: a.URL, Kind: a.Kind, Since: a.Since, Evidence: a.Evidence})
	}
}

// gaps lists what was not read, and why.
func (w *writer) gaps(l *profile.Landscape) {
	n := 0
	lack := func(row Lack) {
		n++
		row.Position = n
		put(w, &row)
	}
	for _, s := range l.Coverage.SourcesOff {
		lack(Lack{What: "source", Kind: s.Name, Why: s.Why, How: s.How, Evidence: s.Evidence})
	}
	for _, p := range l.Projects {
		for i := range p.Repositories {
			lacks(p, &p.Repositories[i], lack)
		}
		for _, o := range p.Open {
			lack(Lack{Project: p.ID, What: "listing", Kind: string(o.Scope), Why: o.Why, Evidence: o.Evidence})
		}
		for _, u := range p.Documents.Unread {
			lack(Lack{Project: p.ID, Repository: u.Evidence.Repo, What: "document", Kind: string(u.Kind), Why: u.Why, Evidence: u.Evidence})
		}
	}
}

// lacks tells what of a repository was not read.
func lacks(p *profile.Project, r *profile.Repository, lack func(Lack)) {
	row := Lack{Project: p.ID, Repository: r.ID, Why: r.Why, How: r.How, Evidence: r.Evidence()}
	switch {
	case r.State == profile.Duplicate || !r.IsCode():
		return
	case r.Unread():
		row.What, row.Kind = "repository", string(r.State)
		if row.Why == "" {
			row.Why = r.StateWords()
		}
		lack(row)
		return
	case r.Failure != "":
		row.What, row.Kind = "part", r.Failure
		lack(row)
	}
	row.Why, row.How, row.Kind = "", "", ""
	if r.Stale {
		lack(with(row, "mirror", "the mirror ends before the day", func(x *Lack) { x.Since = r.Horizon }))
	}
	if r.Cut() {
		lack(with(row, "history", "the mirror is shallow", nil))
	}
	if r.Missing > 0 {
		lack(with(row, "files", "their content is not in the mirror", func(x *Lack) { x.Files = &r.Missing }))
	}
}

func with(row Lack, what, why string, change func(*Lack)) Lack {
	row.What, row.Why = what, why
	if change != nil {
		change(&row)
	}
	return row
}

// notes lists what a reader should know.
func (w *writer) notes(l *profile.Landscape) {
	n := 0
	add := func(project string, repo fact.RepoID, notes []fact.Note) {
		for _, x := range notes {
			n++
			put(w, &Note{Position: n, Project: project, Repository: repo, Kind: x.Kind, Text: x.Text, Evidence: x.Evidence})
		}
	}
	add("", "", l.Facts.Survey.Landscape.Notes)
	add("", "", l.Facts.Survey.Catalog.Notes)
	for _, p := range l.Projects {
		for i := range p.Repositories {
			r := &p.Repositories[i]
			if r.Revision != nil {
				add(p.ID, r.ID, r.Revision.Notes)
			}
			add(p.ID, r.ID, r.Notes)
		}
		add(p.ID, "", p.Documents.Notes)
	}
}
