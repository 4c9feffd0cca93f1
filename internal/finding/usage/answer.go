package usage

import (
	"maps"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
)

// Other stands for every language that nothing of a project speaks of: what is said of
// one of them is said of all.
const Other = "*"

// An Answer is what a language adds to the profile of a project: the part of a
// [Project] that is kept for every language. With the [Common] of the project its JSON
// form loses nothing.
type Answer struct {
	Scopes       []ScopeAnswer      `json:"scopes"`       // in the order of [fact.Scopes]
	Repositories []RepositoryAnswer `json:"repositories"` // in the profile's order
	Components   []Component        `json:"components"`
	Packages     Packages           `json:"packages"`
	Reasons      []Reason           `json:"reasons"`
	Work         *PartActivity      `json:"work"`  // null where the activity is unknown
	Trend        *TrendAnswer       `json:"trend"` // null where no history is known
	// PartCommitsYear and PartAuthorsYear are those of [LanguageQuantities].
	PartCommitsYear quantity.Of[int] `json:"language_commits_year"`
	PartAuthorsYear quantity.Of[int] `json:"language_authors_year"`
}

// A ScopeAnswer is the figures and the class over a scope.
type ScopeAnswer struct {
	Verdict
	Figures    *Figures        `json:"figures"`
	Quantities ScopeQuantities `json:"quantities"`
}

// A RepositoryAnswer is what a language adds to the profile of a repository.
type RepositoryAnswer struct {
	Figures      *Figures        `json:"figures"`
	Largest      string          `json:"largest,omitempty"`
	Mainly       bool            `json:"mainly,omitempty"`
	LargestFiles []fact.FileSize `json:"largest_files,omitempty"`
}

// A TrendAnswer is what a language adds to the history of a project.
type TrendAnswer struct {
	// Bytes of the language in the months of the project, from the month with the number
	// From on, and to the last with any.
	From      int         `json:"from,omitempty"`
	Bytes     []int64     `json:"bytes,omitempty"`
	Adoption  *Adoption   `json:"adoption"`
	Tenth     string      `json:"tenth,omitempty"`
	Half      string      `json:"half,omitempty"`
	Peak      *TrendPoint `json:"peak"`
	Crossings []Crossing  `json:"crossings"`
}

// A Common is what the answers of a project for all languages have in common.
type Common struct {
	Scope     fact.Scope      `json:"scope"` // that was asked for
	Languages []LanguageBytes `json:"languages"`
	// Trend has the months of the project without the bytes of a language; null where no
	// history is known.
	Trend *Trend `json:"trend"`
}

// Answers gives what every language adds to a project of the landscape, by linguist's
// name, and under [Other] what each of the rest does.
func Answers(l *profile.Landscape, p *profile.Project) (*Common, map[string]*Answer) {
	common, all, same := &Common{Scope: l.Options.Scope}, map[string]*Answer{}, &shared{}
	for _, language := range append(languagesOf(l, p), Other) {
		q := &question{landscape: l, language: language, thresholds: l.Options.Thresholds, shared: same}
		found := q.project(p)
		all[language] = found.answer()
		common.Languages, common.Trend = found.Languages, found.Trend
	}
	if t := common.Trend; t != nil { // of Other, the last: no byte is of it
		t.Adoption, t.Crossings = nil, nil
		for i := range t.Points {
			t.Points[i].Share = nil
		}
	}
	return common, all
}

// languagesOf lists the languages that something of a project speaks of: files, now or
// once, packages, commits or sentences.
func languagesOf(l *profile.Landscape, p *profile.Project) []string {
	seen := map[string]bool{}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		if c := r.Composition; c != nil {
			for k := range c.Cells {
				if cell := &c.Cells[k]; cell.Counted {
					seen[cell.Language] = true
				}
			}
			for language := range c.MissingLanguages {
				seen[language] = true
			}
		}
		if c := l.ComponentsOf(r); c != nil {
			for k := range c.Components {
				seen[c.Components[k].Language] = true
			}
		}
		if policy := l.PolicyOf(r); policy != nil {
			for _, s := range policy.Reasons {
				seen[s.Language] = true
			}
		}
		ofHistory(l, r, seen)
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen))
}

// ofHistory notes the languages that the history of a repository speaks of.
func ofHistory(l *profile.Landscape, r *profile.Repository, seen map[string]bool) {
	key := r.ID.Key()
	if t := l.Facts.Timelines[key]; t != nil {
		for i := range t.Months {
			for language := range t.Months[i].Bytes {
				seen[language] = true
			}
		}
		for i := range t.Adoptions {
			seen[t.Adoptions[i].Language] = true
		}
	}
	if c := l.Facts.Commits[key]; c != nil {
		for _, language := range c.Languages {
			seen[language] = true
		}
	}
}

// answer is the part of p that depends on the language.
func (p *Project) answer() *Answer {
	a := &Answer{
		Scopes: make([]ScopeAnswer, 0, len(p.Scopes)), Repositories: make([]RepositoryAnswer, 0, len(p.Repositories)),
		Components: p.Components, Packages: p.Packages, Reasons: p.Documents.Reasons, Trend: p.Trend.answer(),
		PartCommitsYear: p.Quantities.PartCommitsYear, PartAuthorsYear: p.Quantities.PartAuthorsYear,
	}
	for i := range p.Scopes {
		s := &p.Scopes[i]
		a.Scopes = append(a.Scopes, ScopeAnswer{s.Verdict, s.Figures, s.Quantities})
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		a.Repositories = append(a.Repositories, RepositoryAnswer{r.Figures, r.Largest, r.Mainly, r.LargestFiles})
	}
	if p.Activity != nil {
		a.Work = &p.Activity.Part
	}
	return a
}

// answer is the part of a trend that depends on the language.
func (t *Trend) answer() *TrendAnswer {
	if t == nil {
		return nil
	}
	a := &TrendAnswer{Adoption: t.Adoption, Tenth: t.Tenth, Half: t.Half, Peak: t.Peak, Crossings: t.Crossings}
	some := func(p TrendPoint) bool { return p.Bytes > 0 }
	a.From = max(0, slices.IndexFunc(t.Points, some))
	for i := range t.Points[a.From:] {
		a.Bytes = append(a.Bytes, t.Points[a.From+i].Bytes)
	}
	for n := len(a.Bytes); n > 0 && a.Bytes[n-1] == 0; n = len(a.Bytes) {
		a.Bytes = a.Bytes[:n-1]
	}
	return a
}

// join joins the answer for a language with what the answers of a project have in common.
func (a *TrendAnswer) join(common *Trend) *Trend {
	if a == nil || common == nil {
		return nil
	}
	t := *common
	t.Adoption, t.Tenth, t.Half, t.Peak, t.Crossings = a.Adoption, a.Tenth, a.Half, a.Peak, a.Crossings
	t.Points = slices.Clone(common.Points)
	shares := make([]float64, len(t.Points))
	for i := range t.Points {
		p := &t.Points[i]
		if n := i - a.From; n >= 0 && n < len(a.Bytes) {
			p.Bytes = a.Bytes[n]
		}
		p.share(&shares[i])
	}
	return &t
}

// Project joins the answer for a language with the profile that it was made from. An
// answer of [Other] becomes that for the language.
func (a *Answer) Project(of *profile.Project, common *Common, language string) Project {
	p := Project{
		Project: of, Languages: common.Languages, Coverage: of.Coverage, Components: a.Components, Packages: a.Packages,
		Releases: of.Releases, Trend: a.Trend.join(common.Trend), Health: of.Health,
		Documents: Documents{
			Documents: &of.Documents, Reasons: a.Reasons, Repositories: of.Documents.Repositories, Notes: of.Documents.Notes,
		},
		Scopes: make([]ScopeFigures, 0, len(a.Scopes)), Repositories: make([]Repository, 0, len(a.Repositories)),
	}
	for i, scope := range fact.Scopes() {
		s := &a.Scopes[i]
		s.Because = named(s.Because, language)
		p.Scopes = append(p.Scopes, ScopeFigures{scope, s.Verdict, s.Figures, of.CoverageOver(scope), s.Quantities})
		if scope == common.Scope {
			p.Verdict, p.Figures = s.Verdict, s.Figures
			p.Quantities = Quantities{LanguageQuantities{s.Quantities, a.PartCommitsYear, a.PartAuthorsYear}, of.Quantities}
		}
	}
	for i := range a.Repositories {
		r, of := &a.Repositories[i], &of.Repositories[i]
		p.Repositories = append(p.Repositories, Repository{
			Repository: of, Figures: r.Figures, Largest: r.Largest, Mainly: r.Mainly, LargestFiles: r.LargestFiles,
			Missing: of.Missing, MissingPaths: of.MissingPaths, Notes: of.Notes,
		})
	}
	if of.Activity != nil && a.Work != nil {
		p.Activity = &Activity{Activity: of.Activity, Part: *a.Work, Months: of.Activity.Months, Evidence: of.Activity.Evidence}
	}
	return p
}

// named puts the name of a language where an answer of [Other] has none.
func named(all []Because, language string) []Because {
	for i := range all {
		if b := &all[i]; b.Rule == RuleNone || b.Rule == RuleUnknown {
			b.Text = strings.ReplaceAll(b.Text, Other, language)
		}
	}
	return all
}

// A Head is what an answer for a whole landscape says besides its projects.
type Head struct {
	Language   string
	Scope      fact.Scope
	Thresholds finding.Thresholds
	Coverage   profile.Coverage
}

// Join is the answer for a landscape, from those for its projects in their order.
func Join(h Head, projects []Project) *Findings {
	return &Findings{
		Language: h.Language, Scope: h.Scope, Thresholds: h.Thresholds, Coverage: h.Coverage, Projects: projects,
		Summary: summarise(projects), Growth: growth(projects),
	}
}
