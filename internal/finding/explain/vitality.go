package explain

import (
	"fmt"

	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

const commitsRule = "every commit that can be reached from the revisions, under its committer date; merges and bots apart; " +
	"authors as .mailmap and equal addresses say"

// unknownHistory is the step of a figure of histories when none was read.
func (x *explanation) unknownHistory(what string) *Step {
	s := &Step{What: x.project.Name + ": " + what, Value: "unknown", How: "no history of the project was read; " + x.scopeWords()}
	return s.add(x.repositorySteps()...)
}

func (x *explanation) commits() *Step {
	a := x.project.Activity
	if a == nil {
		return x.unknownHistory("commits")
	}
	s := &Step{
		What: x.project.Name + ": commits", Value: x.project.ActivityWords(), How: commitsRule + "; " + x.scopeWords(), Evidence: a.Evidence,
	}
	y := &a.Year
	s.add(&Step{
		What: "all of them", Value: words.Amount(a.Commits.All(), "commit"),
		How: fmt.Sprintf("%s human, %s by bots, %s", words.Number(a.Commits.Human), words.Number(a.Commits.Bot), words.Amount(a.Commits.Merges, "merge")),
	}, &Step{
		What: fmt.Sprintf("%s to %s", y.From, y.To), Value: words.Amount(y.All(), "commit"),
		How: fmt.Sprintf("%s human, %s by bots, %s", words.Number(y.Human), words.Number(y.Bot), words.Amount(y.Merges, "merge")),
	})
	for _, e := range []struct {
		what string
		at   *profile.DatedCommit
	}{{"first human commit", a.First}, {"last human commit", a.Last}} {
		if e.at != nil {
			s.add(&Step{What: e.what, Value: string(e.at.Date), Evidence: []fact.Evidence{e.at.Evidence}})
		}
	}
	if l := a.Latest; l != nil {
		s.add(&Step{
			What: "last commit by a person on any branch", Value: string(l.Date), How: "merges included; on " + l.Ref + " of " + words.Slug(l.Repo),
			Evidence: []fact.Evidence{l.Evidence},
		})
	}
	return s
}

func (x *explanation) authors() *Step {
	a := x.project.Activity
	if a == nil {
		return x.unknownHistory("authors")
	}
	return &Step{
		What: x.project.Name + ": authors", Value: x.project.AuthorWords(), Evidence: a.Evidence,
		How: "authors of human commits; the contributor absence factor is the fewest who together made half of them (CHAOSS)",
	}
}

func (x *explanation) organisations() *Step {
	a := x.project.Activity
	if a == nil {
		return x.unknownHistory("organisations")
	}
	o := &a.Year.Organisations
	s := &Step{
		What: x.project.Name + ": organisations", Value: x.project.OrganisationWords(), Evidence: a.Evidence,
		How: "told by the affiliation file, else by the domain of the commit's address; the elephant factor is the fewest that together made " +
			"half of the commits whose organisation is known (CHAOSS)",
	}
	for _, c := range o.List {
		s.add(&Step{What: c.Name, Value: words.Amount(c.Commits, "human commit")})
	}
	return s
}

func (x *explanation) work() *Step {
	a := x.project.Activity
	if a == nil {
		return x.unknownHistory("work on " + x.found.Language)
	}
	return &Step{
		What: x.title("work"), Value: x.project.PartWords(), Evidence: a.Evidence,
		How: "human commits that change a file which by its name is counted code of the language",
	}
}

func (x *explanation) releases() *Step {
	r := x.project.Releases
	if r == nil {
		return x.unknownHistory("releases")
	}
	s := &Step{
		What: x.project.Name + ": releases", Value: x.project.ReleaseWords(), How: "a release is a tag that names a version", Evidence: r.Evidence,
	}
	if r.LastAt != nil {
		s.add(&Step{What: "last full release", Value: fmt.Sprintf("%s of %s", r.Last.Tag, r.LastAt.Date), Evidence: []fact.Evidence{r.LastAt.Evidence}})
	}
	return s
}

func (x *explanation) adoption() *Step {
	t := x.project.Trend
	if t == nil {
		return x.unknownHistory("adoption of " + x.found.Language)
	}
	s := &Step{
		What: x.title("adoption"), Value: x.project.AdoptionWords(),
		How: "the first mainline commit after which a product file of the language, told by its path, stayed in the tree; " + x.scopeWords(),
	}
	if t.Adoption != nil {
		s.Evidence = []fact.Evidence{t.Adoption.Evidence}
		s.How += "; it brought " + t.Adoption.Path
	}
	for _, c := range t.Crossings {
		s.add(&Step{What: c.Month, Value: fmt.Sprintf("more %s than %s from then on", c.Up, c.Down)})
	}
	for i := range t.Breaks {
		s.add(&Step{What: "earlier history", Value: usage.BreakWords(&t.Breaks[i])})
	}
	return s
}

func (x *explanation) health() *Step {
	h := &x.project.Health
	s := healthStep(x.project.Name+": health", &h.Overall)
	for i := range h.Dimensions {
		d := &h.Dimensions[i]
		s.add(healthStep(d.Title, d))
	}
	return s
}

func healthStep(what string, d *health.Dimension) *Step {
	s := &Step{What: what, Value: string(d.Level), How: d.Why}
	if d.Best != "" {
		s.Value += ", at best " + string(d.Best)
	}
	if d.Rule != "" {
		s.How += "; by the rule " + d.Rule
	}
	for _, f := range d.Figures {
		s.add(&Step{What: f.Title, Value: f.Text})
	}
	return s
}
