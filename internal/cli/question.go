package cli

import (
	"bytes"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/file"
	"assay/internal/finding"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/limit"
	"assay/internal/people"
	"assay/internal/sanitize"
	"assay/internal/store"
	"assay/internal/survey"
)

// questionFlags are the flags of every command that asks about a language in a
// stored survey.
func (a *app) questionFlags(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&a.flags.Language, "language", "l", "", "`language` to ask about, by name or alias (default rust)")
	a.surveyFlags(cmd)
}

// surveyFlags are the flags of every command that reads a stored survey, whatever the
// language.
func (a *app) surveyFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&a.flags.AsOf, "as-of", "", "`date` of the survey (default the newest)")
	f.Var(&shareFlag{&a.flags.Thresholds.ComponentShare}, "component-share", "`share` from which a language makes a project of class component (default 0.1)")
	f.StringVar(&a.flags.Affiliations, "affiliations", "", "`file` in gitdm's format that says who worked where and until when")
	f.StringVar(&a.flags.HealthRules, "health-rules", "", "`file` with rules of health in place of ours")
}

// A question is a language and how it is asked about.
type question struct {
	finding.Options
	language string
	// inputs are what the user says that answers depend on, whatever the language.
	inputs []any
}

// plainInputs are those of a question that says nothing of people and rules.
func plainInputs(t finding.Thresholds) []any { return []any{t} }

// named are what the user says of organisations, bots and people, where that is anything.
func named(organisations map[string]string, bots, persons []string) []any {
	if len(organisations)+len(bots)+len(persons) == 0 {
		return nil
	}
	return []any{organisations, bots, persons}
}

// question is the question that the settings ask. What hides authors is the
// store's: [app.ask] adds what depends on it.
func (a *app) question() (question, error) {
	var q question
	lang, err := ask.Language(a.settings.Language)
	if err != nil {
		return q, err
	}
	q.language, q.Thresholds.ComponentShare = lang, *a.settings.Thresholds.ComponentShare
	q.inputs = append(plainInputs(q.Thresholds), named(a.settings.Organisations, a.settings.Bots, a.settings.People)...)
	if q.People.Table, err = people.NewTable(a.settings.Organisations); err != nil {
		return q, err
	}
	if a.settings.HealthRules != "" {
		text, err := readBounded("health-rules", a.settings.HealthRules, limit.RulesBytes)
		if err != nil {
			return q, err
		}
		if q.Health, err = health.Load(text); err != nil {
			return q, err
		}
		q.inputs = append(q.inputs, "rules", string(text))
	}
	return q, nil
}

// ask loads the survey that the settings name, with the part of what was measured that
// is needed of it, and completes the question.
func (a *app) ask(ctx context.Context, needed func(*fact.Survey) (survey.Part, error)) (facts finding.Facts, q question, err error) {
	if q, err = a.question(); err != nil {
		return facts, q, err
	}
	q.Limited = true
	st, err := a.openStore(ctx, false)
	if err != nil {
		return facts, q, err
	}
	defer func() { err = firstError(err, st.Close()) }()
	if err := a.authors(ctx, st, &q); err != nil {
		return facts, q, err
	}
	s, err := st.Survey(ctx, store.Selector{AsOf: fact.Date(a.settings.AsOf)})
	if err != nil {
		return facts, q, a.noSurvey(ctx, st, err)
	}
	part, err := needed(s)
	if err != nil {
		return facts, q, err
	}
	facts, err = survey.FactsOf(ctx, st, s, part)
	return facts, q, err
}

// askOf is [app.ask] for the project that a person means by word: what was measured of
// no other is loaded.
func (a *app) askOf(ctx context.Context, word string) (facts finding.Facts, q question, item *fact.Project, err error) {
	facts, q, err = a.ask(ctx, func(s *fact.Survey) (part survey.Part, err error) {
		if item, err = a.meant(s, word); err != nil {
			return part, err
		}
		part.Repos, err = profile.Keys(s, item)
		return part, err
	})
	return facts, q, item, err
}

// authors hashes what the settings say of authors, as the store has hashed them.
func (a *app) authors(ctx context.Context, st store.Store, q *question) error {
	s := &a.settings
	if s.Affiliations == "" && len(s.Bots) == 0 && len(s.People) == 0 {
		return nil
	}
	hash, err := survey.AuthorHash(ctx, st, "")
	if err != nil {
		return err
	}
	q.Bots, q.Persons = hashed(hash, s.Bots), hashed(hash, s.People)
	if s.Affiliations == "" {
		return nil
	}
	text, err := readBounded("affiliations", s.Affiliations, limit.AffiliationsBytes)
	if err != nil {
		return err
	}
	q.inputs = append(q.inputs, "affiliations", string(text))
	q.People.Affiliations, err = people.ParseAffiliations(s.Affiliations, bytes.NewReader(text), hash)
	return err
}

// hashed gives the keys of authors that the user names.
func hashed(hash *people.Hasher, authors []string) map[string]bool {
	keys := map[string]bool{}
	for _, a := range authors {
		for _, key := range people.AuthorKeys(hash, a) {
			keys[key] = true
		}
	}
	return keys
}

// readBounded reads a file that a setting names.
func readBounded(setting, path string, most int64) ([]byte, error) {
	text, err := file.Read(path, most)
	if err != nil {
		return nil, errkind.Errorf(errkind.Usage, "%s: %w", setting, err)
	}
	return text, nil
}

// meant is the project of a survey that a person means by word. Where that is a
// repository's name, the user is told of which project it is.
func (a *app) meant(s *fact.Survey, word string) (*fact.Project, error) {
	m, err := ask.Find(ask.Projects(s.Landscape, s.Catalog.Repositories, a.settings.aliases()), word)
	if err != nil {
		return nil, err
	}
	p := &s.Landscape.Projects[m.Index]
	if m.Repository != "" {
		fmt.Fprintf(a.Stderr, "%s is a repository of %s\n", sanitize.Text(m.Repository.Slug()), sanitize.Text(p.Name))
	}
	return p, nil
}
