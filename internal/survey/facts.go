package survey

import (
	"context"
	"encoding/json"
	"errors"

	"assay/internal/collect/census"
	"assay/internal/collect/commit"
	"assay/internal/collect/component"
	"assay/internal/collect/document"
	"assay/internal/collect/release"
	"assay/internal/collect/timeline"
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
	facts := finding.Facts{
		Survey:       s,
		Compositions: map[string]*fact.Composition{},
		Components:   map[string]*fact.Components{},
		Documents:    map[string]*fact.Documents{},
		Commits:      map[string]*fact.Commits{},
		Timelines:    map[string]*fact.Timeline{},
		Releases:     map[string]*fact.Releases{},
	}
	err = st.GetMany(ctx, Keys(s), func(rec fact.Record) error { return addFact(&facts, rec) })
	if errors.Is(err, store.ErrDamaged) {
		err = errkind.WithHint(err, "run 'assay survey --as-of %s' again, as it was run before: it measures what is damaged anew; 'assay doctor' lists all of it", s.AsOf)
	}
	return facts, err
}

// Keys are the keys of the facts of a survey.
func Keys(s *fact.Survey) []fact.Key {
	var keys []fact.Key
	for _, o := range s.Outcomes {
		if o.Revision == nil {
			continue
		}
		for name, version := range s.Collectors {
			k := keyOf(o.Revision, name, version, name == release.Name)
			k.Repo = o.Repo
			keys = append(keys, k)
		}
	}
	return keys
}

func addFact(facts *finding.Facts, rec fact.Record) error {
	var into any
	key := rec.Repo.Key()
	switch rec.Collector {
	case census.Name:
		into = place(facts.Compositions, key)
	case component.Name:
		into = place(facts.Components, key)
	case document.Name:
		into = place(facts.Documents, key)
	case commit.Name:
		into = place(facts.Commits, key)
	case timeline.Name:
		into = place(facts.Timelines, key)
	case release.Name:
		into = place(facts.Releases, key)
	default:
		return nil // of a collector this program does not know: written by a newer one
	}
	if err := json.Unmarshal(rec.Body, into); err != nil {
		return errkind.WithHint(errkind.Errorf(errkind.Storage, "%s: stored %s is not readable: %w", rec.Repo, rec.Collector, err),
			"another version of the program wrote it: use that one, or survey into a new store with --store")
	}
	return nil
}

// place puts an empty fact under key, to be read into.
func place[T any](facts map[string]*T, key string) *T {
	f := new(T)
	facts[key] = f
	return f
}
