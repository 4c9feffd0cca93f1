package cli

import (
	"context"
	"fmt"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
	"assay/internal/survey"
)

// checkDamage reads the whole store, and gives a line for everything in it that
// is damaged. What is wrong with the store as a whole is said by checkStore.
func (a *app) checkDamage(ctx context.Context) []check {
	st, err := a.openStore(ctx, false)
	if err != nil {
		return nil
	}
	defer st.Close()
	var damaged []store.Damage
	err = st.Damaged(ctx, func(d store.Damage) error {
		damaged = append(damaged, d)
		return nil
	})
	var checks []check
	needed := neededOn(ctx, st, damaged)
	for i := range damaged {
		checks = append(checks, damageCheck(&damaged[i], needed))
	}
	if err != nil {
		checks = append(checks, check{"store", "bad", err.Error(), errkind.Hint(err)})
	}
	return checks
}

// neededOn gives the dates of the surveys that damaged facts belong to: of each
// the newest. A survey that is damaged itself tells nothing.
func neededOn(ctx context.Context, st store.Store, damaged []store.Damage) map[fact.Key]fact.Date {
	dates := map[fact.Key]fact.Date{}
	headers, err := st.Surveys(ctx)
	if len(damaged) == 0 || err != nil {
		return dates
	}
	for _, h := range headers { // by date
		s, err := st.Survey(ctx, store.Selector{AsOf: h.AsOf, Landscape: h.Source})
		if err != nil {
			continue
		}
		for _, k := range survey.Keys(s) {
			dates[store.Canonical(k)] = h.AsOf
		}
	}
	return dates
}

func damageCheck(d *store.Damage, needed map[fact.Key]fact.Date) check {
	c := check{Name: "store", State: "bad", Says: fmt.Sprintf("damaged %s: %s", d.What, d.Name)}
	day := d.AsOf
	if d.What == "fact" {
		day = needed[store.Canonical(d.Fact)]
	}
	switch {
	case d.Cache():
		c.State, c.Mend = "warn", "nothing: the next survey works it out again"
	case day != "":
		c.Mend = fmt.Sprintf("run 'assay survey --as-of %s' again, as it was run before", day)
	case d.What == "fact":
		c.State, c.Mend = "warn", "no survey that can be read needs it; 'assay export' stops at it"
	default:
		c.Mend = "take the store from a copy, or begin a new one with --store"
	}
	return c
}
