package explain

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

func (x *explanation) maturity() *Step {
	s := &Step{
		What: x.project.Name + ": maturity", Value: x.project.Maturity, How: "as the landscape says",
		Evidence: []fact.Evidence{x.project.Where("project")},
	}
	for _, m := range x.project.Milestones {
		s.add(&Step{What: m.Name, Value: string(m.Date), Evidence: []fact.Evidence{m.Evidence}})
	}
	return s.add(x.landscapeStep()...)
}

func (x *explanation) audits() *Step {
	audits := x.project.Item.Audits
	s := &Step{
		What: x.project.Name + ": audits", Value: words.Amount(len(audits), "audit"), How: "those the landscape lists",
		Evidence: []fact.Evidence{x.project.Where("audits")},
	}
	for _, a := range audits {
		e := x.survey.Landscape.Evidence
		e.Line = a.Line
		child := &Step{What: "audit", Value: profile.AuditWords(a), Evidence: []fact.Evidence{e}}
		if a.URL != "" {
			child.Evidence = append(child.Evidence, fact.Evidence{URL: a.URL})
		}
		s.add(child)
	}
	return s.add(x.landscapeStep()...)
}

func (x *explanation) revision() *Step {
	s := &Step{
		What: x.project.Name + ": revisions", Value: x.project.Coverage.Words(),
		How: fmt.Sprintf("as of the end of %s, UTC", x.survey.AsOf),
	}
	for i := range x.project.Repositories {
		r := &x.project.Repositories[i]
		if !r.Scope.Within(x.found.Scope) {
			continue
		}
		if r.Revision == nil || r.State == profile.Duplicate {
			s.add(x.repositoryStep(r))
			continue
		}
		s.add(revisionStep(r))
	}
	return s
}

func revisionStep(r *usage.Repository) *Step {
	rev := r.Revision
	s := &Step{
		What: r.Slug() + " revision", Value: rev.Commit, How: rev.Ref + ", committed " + rev.CommittedAt + ": " + profile.RuleWords(rev.Rule),
		Evidence: []fact.Evidence{r.Evidence()},
	}
	for i, l := range rev.Lineages {
		s.add(&Step{
			What: profile.LineageTitle(i), Value: profile.LineageWords(l), How: l.Why,
			Evidence: []fact.Evidence{{Repo: r.Evidence().Repo, Commit: l.Commit, Tree: true}},
		})
	}
	for _, n := range rev.Notes {
		s.add(noteStep(n))
	}
	return s
}

func noteStep(n fact.Note) *Step {
	s := &Step{What: "note (" + n.Kind + ")", Value: n.Text}
	if n.Evidence != (fact.Evidence{}) {
		s.Evidence = []fact.Evidence{n.Evidence}
	}
	return s
}

func (x *explanation) coverage() *Step {
	s := &Step{What: x.project.Name + ": coverage", Value: x.project.Coverage.Words(), How: "scope " + string(x.found.Scope)}
	s.add(x.unreadSteps()...)
	for i := range x.project.Repositories {
		for _, n := range x.project.Repositories[i].Notes {
			s.add(noteStep(n))
		}
	}
	return s
}

func (x *explanation) repositories() *Step {
	p := x.project
	s := &Step{
		What: p.Name + ": repositories", Value: words.Amount(len(p.Repositories), "repository"),
		How: "every repository that a source gives to the project; " + x.scopeWords(),
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		child := &Step{What: r.Slug(), Value: r.StateWords(), Evidence: []fact.Evidence{r.Evidence()}}
		if !r.IsCode() {
			child.How = fmt.Sprintf("standing %s (%s): not counted", r.Standing, r.StandingWhy)
		}
		s.add(child.add(membershipStep(r)))
	}
	return s
}

// list makes the step of a list from documents; nothing read is unknown.
func (x *explanation) list(what, unit string, n int, known bool) *Step {
	d := &x.project.Documents
	s := &Step{
		What: x.project.Name + ": " + what, Value: words.Amount(n, unit),
		How: "read in " + words.Amount(d.Repositories, "repository"),
	}
	if !known {
		s.Value, s.How = "unknown", "no repository was read for it"
	}
	return s
}

// unread adds to a list what was found of its kind and not understood: without
// an entry the list is unknown then, with some there are at least so many.
func (x *explanation) unread(s *Step, kind fact.DocumentKind, n int) *Step {
	for i, u := range x.project.Documents.UnreadOf(kind) {
		switch {
		case i > 0:
		case n == 0:
			s.Value = "unknown"
		default:
			s.Value = "at least " + s.Value
		}
		s.add(&Step{What: "not understood", Value: u.Why, How: u.Target, Evidence: []fact.Evidence{u.Evidence}})
	}
	return s
}

func (x *explanation) licence() *Step {
	all := x.project.Documents.Licences
	s := x.list("licence", "licence", len(all), x.project.Documents.Known(fact.DocumentLicence))
	for _, l := range all {
		s.add(&Step{
			What: l.SPDX, Value: words.Percent(l.Confidence) + " alike", How: "compared with the SPDX texts",
			Evidence: []fact.Evidence{l.Evidence},
		})
	}
	return x.unread(s, fact.DocumentLicence, len(all))
}

func (x *explanation) adopters() *Step {
	all := x.project.Documents.Adopters
	s := x.list("adopters", "adopter", len(all), x.project.Documents.Known(fact.DocumentAdopters))
	for _, a := range all {
		s.add(&Step{What: a.Name, Value: a.Kind, Evidence: []fact.Evidence{a.Evidence}})
	}
	return x.unread(s, fact.DocumentAdopters, len(all))
}

func (x *explanation) maintainers() *Step {
	all := x.project.Documents.Maintainers
	s := x.list("maintainers", "maintainer", len(all), x.project.Documents.Known(fact.DocumentMaintainers))
	if len(all) > 0 {
		s.How += "; named because these files list them"
	}
	for _, m := range all {
		s.add(&Step{
			What: strings.TrimSpace(m.Name + " " + m.Handle), Value: m.Organisation,
			Evidence: []fact.Evidence{m.Evidence},
		})
	}
	return x.unread(s, fact.DocumentMaintainers, len(all))
}

func (x *explanation) security() *Step {
	all := x.project.Documents.Security
	s := x.list("security policy", "file", len(all), x.project.Documents.Known(fact.DocumentSecurity))
	s.Evidence = all
	return x.unread(s, fact.DocumentSecurity, len(all))
}

func (x *explanation) reasons() *Step {
	all := x.project.Documents.Reasons
	s := x.list("reasons given for "+x.found.Language, "sentence", len(all), all != nil)
	for _, r := range all {
		s.add(&Step{What: "quote", Value: r.Text, Evidence: []fact.Evidence{r.Evidence}})
	}
	return s
}
