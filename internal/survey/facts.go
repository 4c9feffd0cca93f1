package survey

import (
	"context"
	"errors"
	"slices"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/store"
)

// Facts loads a survey and all that was measured for it: what findings are
// made from.
func Facts(ctx context.Context, st store.Store, sel store.Selector) (finding.Facts, error) {
	s, err := st.Survey(ctx, sel)
	if err != nil {
		return finding.Facts{}, err
	}
	return FactsOf(ctx, st, s, Part{})
}

// A Part picks some of the facts of a survey. The zero Part is all of them.
type Part struct {
	Repos      map[string]bool // by key; nil for all
	Collectors []string        // nil for all
}

// has reports whether a fact is in the part.
func (p *Part) has(k *fact.Key) bool {
	return (p.Repos == nil || p.Repos[k.Repo.Key()]) && (p.Collectors == nil || slices.Contains(p.Collectors, k.Collector))
}

// FactsOf loads a part of what was measured for a survey of the store.
func FactsOf(ctx context.Context, st store.Store, s *fact.Survey, part Part) (finding.Facts, error) {
	facts := finding.Facts{Survey: s}
	collectors := byName()
	for _, r := range collectors {
		r.begin(&facts)
	}
	wanted := slices.DeleteFunc(keys(s, collectors), func(k fact.Key) bool { return !part.has(&k) })
	err := st.GetMany(ctx, wanted, func(rec fact.Record) error {
		if err := collectors[rec.Collector].put(&facts, rec.Repo, rec.Body); err != nil {
			return errkind.WithHint(errkind.Errorf(errkind.Storage, "%s: stored %s is not readable: %w", rec.Repo, rec.Collector, err),
				"another version of the program wrote it: use that one, or survey into a new store with --store")
		}
		return nil
	})
	if errors.Is(err, store.ErrDamaged) {
		err = errkind.WithHint(err, "run 'assay survey --as-of %s' again, as it was run before: it measures what is damaged anew; 'assay doctor' lists all of it", s.AsOf)
	}
	return facts, err
}

// Keys are the keys of the facts of a survey. Those of a collector that this program
// does not know are left out: they were written by another version of it.
func Keys(s *fact.Survey) []fact.Key { return keys(s, byName()) }

func keys(s *fact.Survey, known map[string]registered) []fact.Key {
	var all []fact.Key
	for name, version := range s.Collectors {
		r, ok := known[name]
		if !ok {
			continue
		}
		for _, o := range s.Outcomes {
			if o.Revision == nil {
				continue
			}
			k := keyOf(o.Revision, r.collector)
			k.Repo, k.Version = o.Repo, version
			all = append(all, k)
		}
	}
	return all
}

// keyOf is the key of the fact that a collector finds at a revision.
func keyOf(rev *fact.Revision, c collect.Collector) fact.Key {
	in := collect.InputOf(c)
	k := fact.Key{Repo: rev.Repo, Revision: in.Of(rev), Collector: c.Name(), Version: c.Version()}
	if mark := rev.Provisional[c.Name()]; mark != "" && in == collect.Commit {
		k.Revision += provisionalMark + mark
	}
	return k
}
