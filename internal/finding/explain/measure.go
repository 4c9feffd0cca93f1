package explain

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

const bytesRule = "sizes of the files of the language that count as linguist counts them: " +
	"not vendored, generated or documentation, .gitattributes obeyed"

func (x *explanation) title(measure string) string {
	return x.project.Name + ": " + x.found.Language + " " + measure
}

func (x *explanation) scopeWords() string {
	return fmt.Sprintf("scope %s, %s", x.found.Scope, x.project.Coverage.Words())
}

func (x *explanation) share() *Step {
	s := &Step{
		What: x.title("share"), Value: "unknown",
		How: "counted bytes of the language / counted bytes of all languages; " + x.scopeWords(),
	}
	if f := x.project.Figures; f != nil {
		s.Value = x.project.ShareWords()
		if f.Share == nil {
			s.How += "; nothing at all is counted, so there is no share"
		}
	}
	return s.add(x.bytes(), x.languages())
}

func (x *explanation) bytes() *Step {
	s := &Step{What: x.title("bytes"), Value: "unknown", How: bytesRule + "; " + x.scopeWords()}
	if f := x.project.Figures; f != nil {
		q := &x.project.Quantities
		s.Value = words.Phrase(q.Bytes, words.In[int64]("byte")) + " in " + words.Amount(f.Files, "file")
	}
	return s.add(x.repositorySteps()...)
}

func (x *explanation) lines() *Step {
	s := &Step{
		What: x.title("lines"), Value: "unknown",
		How: "physical lines of the counted files; a line with code and a comment is code; " + x.scopeWords(),
	}
	if f := x.project.Figures; f.LinesKnown() {
		s.Value = x.project.LineWords()
	}
	for _, r := range x.project.InScope() {
		if r.Figures.Files > 0 {
			s.add(&Step{What: r.Slug(), Value: usage.LineWords(r.Figures), Evidence: []fact.Evidence{r.Evidence()}})
		}
	}
	return s
}

// repositorySteps explains what each repository of the scope gave, the ones
// without the language in one step at the end.
func (x *explanation) repositorySteps() []*Step {
	var steps []*Step
	without := &Step{What: "repositories read without the language"}
	for i := range x.project.Repositories {
		r := &x.project.Repositories[i]
		switch {
		case !r.Scope.Within(x.found.Scope):
		case r.Counted && r.Figures.Bytes == 0:
			without.Evidence = append(without.Evidence, r.Evidence())
		default:
			steps = append(steps, x.repositoryStep(r))
		}
	}
	if n := len(without.Evidence); n > 0 {
		without.Value = "0 bytes in " + words.Amount(n, "repository")
		steps = append(steps, without)
	}
	return steps
}

func (x *explanation) repositoryStep(r *usage.Repository) *Step {
	s := &Step{What: r.Slug(), Value: r.StateWords(), Evidence: []fact.Evidence{r.Evidence()}}
	switch {
	case !r.IsCode():
		s.Value = "not counted"
		s.How = strings.TrimSuffix(fmt.Sprintf("standing %s: %s", r.Standing, r.StandingWhy), ": ")
		return s
	case !r.Counted:
		s.How = strings.Trim(r.Why+"; "+r.How, "; ")
		return s
	}
	s.Value = usage.ShareWords(r.Figures)
	s.add(membershipStep(r), revisionStep(r))
	if r.Missing > 0 {
		s.add(&Step{
			What: "missing", Value: words.Amount(r.Missing, "file"), How: "their content is not in the mirror: bytes unknown",
			Evidence: places(r, r.MissingPaths),
		})
	}
	if len(r.LargestFiles) > 0 {
		files := &Step{What: "largest files", Value: words.Amount(len(r.LargestFiles), "file") + " listed"}
		for _, f := range r.LargestFiles {
			files.add(&Step{What: f.Path, Value: words.Amount(f.Bytes, "byte"), Evidence: []fact.Evidence{r.At(f.Path, false)}})
		}
		s.add(files)
	}
	return s
}

// places are the places of files in the revision of a repository.
func places(r *usage.Repository, paths []string) []fact.Evidence {
	var found []fact.Evidence
	for _, p := range paths {
		found = append(found, r.At(p, false))
	}
	return found
}

func membershipStep(r *usage.Repository) *Step {
	s := &Step{What: "belongs to the project", Value: string(r.Reason)}
	var sources []string
	for _, m := range r.Memberships {
		sources = append(sources, m.Source)
		if !slices.Contains(s.Evidence, m.Evidence) {
			s.Evidence = append(s.Evidence, m.Evidence)
		}
	}
	s.How = "says " + strings.Join(sources, ", ")
	if r.FoundAs != "" && r.FoundAs.Key() != r.ID.Key() {
		s.How += "; mirrored as " + words.Slug(r.FoundAs)
	}
	return s
}

func (x *explanation) class() *Step {
	p := x.project
	s := &Step{
		What: x.title("class"), Value: p.Words(),
		How: fmt.Sprintf("core: largest language of the project or its primary repository; component: a repository or "+
			"component is mainly this language, or share of %s and more; trace: some; none; %s",
			words.Percent(x.found.Thresholds.ComponentShare), x.scopeWords()),
	}
	for _, b := range p.Because {
		s.add(&Step{What: b.Rule, Value: b.Text, Evidence: b.Evidence})
	}
	if p.Incomplete {
		s.add(x.unreadSteps()...)
	}
	for _, f := range p.Scopes {
		s.add(&Step{What: "scope " + string(f.Scope), Value: f.Words() + ": " + f.ShareWords(), How: f.Coverage.Words()})
	}
	return s.add(x.bytes())
}

func (x *explanation) unreadSteps() []*Step {
	var steps []*Step
	for i := range x.project.Repositories {
		if r := &x.project.Repositories[i]; r.Unread() && r.Scope.Within(x.found.Scope) {
			steps = append(steps, x.repositoryStep(r))
		}
	}
	return steps
}

func (x *explanation) languages() *Step {
	s := &Step{
		What: x.project.Name + ": counted bytes of all languages", Value: "unknown",
		How: "files that count as linguist counts them; " + x.scopeWords(),
	}
	if f := x.project.Figures; f != nil {
		s.Value = words.Amount(f.Total, "byte")
	}
	for _, l := range x.project.Languages {
		s.add(&Step{What: l.Language, Value: fmt.Sprintf("%s (%s)", words.Amount(l.Bytes, "byte"), words.Percent(l.Share))})
	}
	return s
}

func (x *explanation) components() *Step {
	p := x.project
	s := &Step{
		What:  x.title("components"),
		Value: words.Amount(p.Packages.Product, "package"),
		How:   "packages that manifests declare, those of product role counted, vendored ones left out; " + x.scopeWords(),
	}
	if p.Figures == nil {
		s.Value = "unknown"
	}
	for i := range p.Components {
		c := &p.Components[i]
		value := strings.Join(c.Kinds, ", ")
		if c.Version != "" {
			value = strings.TrimSpace(c.Version + " " + value)
		}
		name := c.Name
		if name == "" {
			name = "(no name)"
		}
		s.add(&Step{
			What: c.Ecosystem + " " + name, Value: value, How: "role " + string(c.Role),
			Evidence: []fact.Evidence{c.Evidence},
		})
	}
	return s
}
