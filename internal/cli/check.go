package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"assay/internal/dataset/shelf"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/store"
	"assay/internal/survey"
)

const checkLong = `Check reads all that is stored and says whether it is whole: every row of the
store is as it was written, every survey has its facts, and the data sets that answers
are read from are as they were made.

With --remake each data set is made again and compared with the one that is there: the
same facts give the same bytes.

The exit code is 1 when something is wrong.`

func newCheck(a *app) *cobra.Command {
	var remake, asJSON bool
	cmd := &cobra.Command{
		Use:     "check",
		Short:   "Say whether what is stored is whole",
		Long:    checkLong,
		Example: "  assay check\n  assay check --remake",
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), remake, asJSON) },
	}
	cmd.Flags().BoolVar(&remake, "remake", false, "make the data sets again, and compare")
	a.jsonFlags(cmd, &asJSON, "print JSON")
	return cmd
}

// check says whether what is stored is whole. Anything bad is an answer of no.
func (a *app) check(ctx context.Context, remake, asJSON bool) (err error) {
	st, err := a.openStore(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, st.Close()) }()
	checks := a.checkDamage(ctx)
	if len(checks) == 0 {
		checks = append(checks, check{Name: "store", State: "ok", Says: a.settings.Store + ": every row is as it was written"})
	}
	headers, err := st.Surveys(ctx)
	if err != nil {
		return err
	}
	for i := range headers {
		checks = append(checks, a.checkSurvey(ctx, st, &headers[i], remake)...)
	}
	if err := ctx.Err(); err != nil {
		return errkind.Errorf(errkind.Canceled, "check: %w", err)
	}
	return a.tell(checks, asJSON)
}

// checkSurvey looks at a survey, and at its data set.
func (a *app) checkSurvey(ctx context.Context, st store.Store, h *store.Header, remake bool) []check {
	sel := store.Selector{AsOf: h.AsOf, Landscape: h.Source}
	mend := fmt.Sprintf("run 'assay survey --as-of %s' again, as it was run before", h.AsOf)
	s, err := st.Survey(ctx, sel)
	if err != nil {
		return []check{{"survey", "bad", err.Error(), mend}}
	}
	keys := survey.Keys(s)
	have, err := st.Have(ctx, keys)
	if err != nil {
		return []check{{"survey", "bad", err.Error(), errkind.Hint(err)}}
	}
	of := fmt.Sprintf("%s of %s", h.AsOf, h.Source)
	if n := wanting(s, keys, have); n > 0 {
		return []check{{"survey", "bad", fmt.Sprintf("%s: of its facts, %s not there, or damaged", of, isOrAre(n)), mend}}
	}
	whole := check{Name: "survey", State: "ok", Says: fmt.Sprintf("%s: %s", of, words.Amount(len(have), "fact"))}
	return []check{whole, a.checkSet(ctx, st, sel, of, remake)}
}

// isOrAre is a number before its verb.
func isOrAre(n int) string {
	if n == 1 {
		return "1 is"
	}
	return words.Number(n) + " are"
}

// wanting counts the facts that a survey should have and has not. A repository of which
// a part could not be read has not all.
func wanting(s *fact.Survey, keys []fact.Key, have map[fact.Key]bool) int {
	partial := map[string]bool{}
	for i := range s.Outcomes {
		if o := &s.Outcomes[i]; o.Failure != "" {
			partial[o.Repo.Key()] = true
		}
	}
	n := 0
	for _, k := range keys {
		if !have[k] && !partial[k.Repo.Key()] {
			n++
		}
	}
	return n
}

// checkSet looks at the data set of a survey.
func (a *app) checkSet(ctx context.Context, st store.Store, sel store.Selector, of string, remake bool) check {
	bad := func(err error) check { return check{"data set", "bad", of + ": " + err.Error(), errkind.Hint(err)} }
	q, err := a.question()
	if err == nil {
		err = a.authors(ctx, st, &q)
	}
	if err != nil {
		return bad(err)
	}
	key, err := keyOf(ctx, st, &q, sel)
	if err != nil {
		return bad(err)
	}
	path, err := a.shelf().Find(ctx, key)
	switch {
	case errkind.Of(err) == errkind.NotFound:
		return check{Name: "data set", State: "ok", Says: of + ": not made yet; the next question makes it"}
	case err != nil:
		return check{"data set", "warn", of + ": " + err.Error(), "nothing: the next question makes it again"}
	case !remake:
		return check{Name: "data set", State: "ok", Says: of + ": " + path + " is as it was made"}
	}
	l, err := profileOf(ctx, st, &q, sel)
	if err != nil {
		return bad(err)
	}
	same, err := shelf.Same(ctx, path, l)
	switch {
	case err != nil:
		return bad(err)
	case !same:
		return check{"data set", "bad", of + ": " + path + " is not what its facts give", "remove that file: the next question makes it again"}
	}
	return check{Name: "data set", State: "ok", Says: of + ": made again, it has the same bytes"}
}
