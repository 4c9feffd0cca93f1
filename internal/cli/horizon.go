package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/store"
)

// A horizon is how many mirrors of a survey end before its date.
type horizon struct {
	asOf    fact.Date
	mirrors int            // of which it is known until when they speak
	stale   []fact.Outcome // the oldest first
}

// horizonOf looks at the mirrors of a survey that source accepts; none is all.
func horizonOf(s *fact.Survey, sources ...string) horizon {
	h := horizon{asOf: s.AsOf}
	for _, o := range s.Outcomes {
		if o.Observed.Day() == "" || len(sources) > 0 && !slices.Contains(sources, o.Observed.Source) {
			continue
		}
		h.mirrors++
		if o.Stale(s.AsOf) {
			h.stale = append(h.stale, o)
		}
	}
	slices.SortFunc(h.stale, func(a, b fact.Outcome) int {
		return cmp.Or(cmp.Compare(a.Observed.At, b.Observed.At), cmp.Compare(a.Repo.Key(), b.Repo.Key()))
	})
	return h
}

// String is the horizon in a sentence. There is a stale mirror.
func (h horizon) String() string {
	verb := "end"
	if len(h.stale) == 1 {
		verb = "ends"
	}
	oldest := &h.stale[0]
	return fmt.Sprintf("%d of %s %s before %s, the oldest %s on %s",
		len(h.stale), words.Amount(h.mirrors, "mirror"), verb, h.asOf, oldest.Repo, oldest.Observed.Day())
}

// staleShown is how many stale mirrors are listed.
const staleShown = 10

// list names the first stale mirrors with the days they end on.
func (h horizon) list() string {
	var names []string
	for i := range h.stale[:min(len(h.stale), staleShown)] {
		o := &h.stale[i]
		names = append(names, fmt.Sprintf("%s %s", o.Repo, o.Observed.Day()))
	}
	if more := len(h.stale) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}

// checkHorizons says of the newest survey which mirrors end before its date:
// those of the tree that was read, and our own clones. There is none without a
// survey; what is wrong with the store is said elsewhere.
func (a *app) checkHorizons(ctx context.Context) []check {
	st, err := a.openStore(ctx, false)
	if err != nil {
		return nil
	}
	defer st.Close()
	s, err := st.Survey(ctx, store.Selector{})
	if err != nil {
		return nil
	}
	var checks []check
	for _, tree := range []struct {
		name, mend string
		sources    []string
	}{
		{"tree", "fetch those again; when nothing was new, say until when they speak with --mirrors-as-of", []string{
			fact.ObservedRecorded, fact.ObservedGiven, fact.ObservedRefs,
		}},
		{"clones", "survey without --offline", []string{fact.ObservedFetched}},
	} {
		if h := horizonOf(s, tree.sources...); h.mirrors > 0 {
			checks = append(checks, h.check(tree.name, tree.mend))
		}
	}
	return checks
}

// check is the horizon as a line of doctor's.
func (h horizon) check(name, mend string) check {
	if len(h.stale) == 0 {
		return check{Name: name, State: "ok", Says: fmt.Sprintf("%s of the newest survey, none of which ends before %s", words.Amount(h.mirrors, "mirror"), h.asOf)}
	}
	return check{Name: name, State: "warn", Says: fmt.Sprintf("%s: %s", h, h.list()), Mend: mend}
}
