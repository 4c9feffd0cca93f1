package usage

import (
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/words"
)

func explainMaturity(x *explanation) *Step {
	s := &Step{
		What: x.project.Name + ": maturity", Value: x.project.Maturity, How: "as the landscape says",
		Evidence: []fact.Evidence{x.project.Where("project")},
	}
	for _, m := range x.project.Milestones {
		s.add(&Step{What: m.Name, Value: string(m.Date), Evidence: []fact.Evidence{m.Evidence}})
	}
	return s.add(x.landscapeStep()...)
}

func explainAudits(x *explanation) *Step {
	audits := x.project.Item.Audits
	s := &Step{
		What: x.project.Name + ": audits", Value: words.Amount(len(audits), "audit"), How: "those the landscape lists",
		Evidence: []fact.Evidence{x.project.Where("audits")},
	}
	for _, a := range audits {
		e := x.index.landscape
		e.Line = a.Line
		child := &Step{What: "audit", Value: AuditWords(a), Evidence: []fact.Evidence{e}}
		if a.URL != "" {
			child.Evidence = append(child.Evidence, fact.Evidence{URL: a.URL})
		}
		s.add(child)
	}
	return s.add(x.landscapeStep()...)
}

// AuditWords writes an audit in a line: day, type and vendor, each where known.
func AuditWords(a fact.Audit) string {
	date := string(a.Date)
	if date == "" {
		date = "date unknown"
	}
	s := date
	if a.Type != "" {
		s += ": " + a.Type
	}
	if a.Vendor != "" {
		s += " by " + a.Vendor
	}
	return s
}

func explainRevision(x *explanation) *Step {
	s := &Step{
		What: x.project.Name + ": revisions", Value: x.project.Coverage.Words(),
		How: fmt.Sprintf("as of the end of %s, UTC", x.index.facts.Survey.AsOf),
	}
	for i := range x.project.Repositories {
		r := &x.project.Repositories[i]
		if !r.Scope.Within(x.opts.Scope) {
			continue
		}
		if r.Revision == nil || r.State == Duplicate {
			s.add(x.repositoryStep(r))
			continue
		}
		s.add(revisionStep(r))
	}
	return s
}

// RuleWords says a rule by which a revision is picked.
func RuleWords(rule string) string {
	switch rule {
	case fact.RuleMainline:
		return "last first-parent commit of the default branch on or before the end of the day, UTC"
	case fact.RuleLineage:
		return "the default branch was replaced by an unrelated history, so the line that carried the releases of the day was followed"
	}
	return rule
}

func revisionStep(r *Repository) *Step {
	rev := r.Revision
	s := &Step{
		What: r.Slug() + " revision", Value: rev.Commit, How: rev.Ref + ", committed " + rev.CommittedAt + ": " + RuleWords(rev.Rule),
		Evidence: []fact.Evidence{r.Evidence()},
	}
	for i, l := range rev.Lineages {
		s.add(&Step{
			What: LineageTitle(i), Value: LineageWords(l), How: l.Why,
			Evidence: []fact.Evidence{{Repo: r.Evidence().Repo, Commit: l.Commit, Tree: true}},
		})
	}
	for _, n := range rev.Notes {
		s.add(noteStep(n))
	}
	return s
}

// LineageTitle names the i-th line of history of a revision.
func LineageTitle(i int) string {
	if i == 0 {
		return "line of history followed"
	}
	return "line of history not followed"
}

// LineageWords says what is known of a line of history.
func LineageWords(l fact.Lineage) string {
	parts := []string{l.Ref + " at " + l.Commit}
	if l.CommittedAt != "" {
		parts = append(parts, "of "+l.CommittedAt)
	}
	if l.Commits > 0 {
		parts = append(parts, words.Amount(l.Commits, "mainline commit"))
	}
	if l.FirstAt != "" {
		parts = append(parts, "begun "+l.FirstAt)
	}
	if l.LastRelease != "" {
		parts = append(parts, strings.TrimSpace("last release "+l.LastRelease+" "+l.LastReleaseAt))
	} else {
		parts = append(parts, "no release")
	}
	return strings.Join(parts, ", ")
}

func noteStep(n fact.Note) *Step {
	s := &Step{What: "note (" + n.Kind + ")", Value: n.Text}
	if n.Evidence != (fact.Evidence{}) {
		s.Evidence = []fact.Evidence{n.Evidence}
	}
	return s
}

func explainCoverage(x *explanation) *Step {
	s := &Step{What: x.project.Name + ": coverage", Value: x.project.Coverage.Words(), How: "scope " + string(x.opts.Scope)}
	s.add(x.unreadSteps()...)
	for i := range x.project.Repositories {
		for _, n := range x.project.Repositories[i].Notes {
			s.add(noteStep(n))
		}
	}
	return s
}

func explainRepositories(x *explanation) *Step {
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
func (x *explanation) list(what, unit string, n int) *Step {
	d := &x.project.Documents
	s := &Step{
		What: x.project.Name + ": " + what, Value: words.Amount(n, unit),
		How: "read in " + words.Amount(d.Repositories, "repository"),
	}
	if d.Repositories == 0 {
		s.Value, s.How = "unknown", "no repository was read for it"
	}
	return s
}

func explainLicence(x *explanation) *Step {
	all := x.project.Documents.Licences
	s := x.list("licence", "licence", len(all))
	for _, l := range all {
		s.add(&Step{
			What: l.SPDX, Value: words.Percent(l.Confidence) + " alike", How: "compared with the SPDX texts",
			Evidence: []fact.Evidence{l.Evidence},
		})
	}
	return s
}

func explainAdopters(x *explanation) *Step {
	all := x.project.Documents.Adopters
	s := x.list("adopters", "adopter", len(all))
	for _, a := range all {
		s.add(&Step{What: a.Name, Value: a.Kind, Evidence: []fact.Evidence{a.Evidence}})
	}
	return s
}

func explainMaintainers(x *explanation) *Step {
	all := x.project.Documents.Maintainers
	s := x.list("maintainers", "maintainer", len(all))
	for _, m := range all {
		s.add(&Step{
			What: strings.TrimSpace(m.Name + " " + m.Handle), Value: m.Organisation,
			Evidence: []fact.Evidence{m.Evidence},
		})
	}
	return s
}

func explainSecurity(x *explanation) *Step {
	all := x.project.Documents.Security
	s := x.list("security policy", "file", len(all))
	s.Evidence = all
	return s
}

func explainReasons(x *explanation) *Step {
	all := x.project.Documents.Reasons
	s := x.list("reasons given for "+x.opts.Language, "sentence", len(all))
	for _, r := range all {
		s.add(&Step{What: "quote", Value: r.Text, Evidence: []fact.Evidence{r.Evidence}})
	}
	return s
}
