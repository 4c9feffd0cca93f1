package survey

import (
	"context"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// A Forgotten is a survey that is to be forgotten, with what goes with it.
type Forgotten struct {
	store.Stamp
	// Facts are those that no other survey of the store needs.
	Facts []fact.Key
}

// Forgettable looks up what goes with the survey that sel names: the facts that no other
// survey needs. Facts of no survey, which an interrupted one left, stay. A survey that
// cannot be read needs what it needs: there is no telling, and that is an error.
func Forgettable(ctx context.Context, st store.Store, sel store.Selector) (*Forgotten, error) {
	stamp, err := st.Stamp(ctx, sel)
	if err != nil {
		return nil, err
	}
	needed, own := map[fact.Key]bool{}, []fact.Key{}
	err = st.EachSurvey(ctx, func(s *fact.Survey) error {
		keys := allKeys(s)
		if s.AsOf == stamp.AsOf && store.Source(s.Landscape.Evidence) == stamp.Source {
			own = keys
			return nil
		}
		for _, k := range keys {
			needed[k] = true
		}
		return nil
	})
	if err != nil {
		return nil, errkind.WithHint(err, "mend the store first: 'assay check' says what is wrong with it")
	}
	f := &Forgotten{Stamp: stamp}
	for _, k := range own {
		if !needed[k] {
			f.Facts = append(f.Facts, k)
		}
	}
	have, err := st.Have(ctx, f.Facts)
	if err != nil {
		return nil, err
	}
	kept := f.Facts[:0]
	for _, k := range f.Facts {
		if have[k] {
			kept = append(kept, k)
		}
	}
	f.Facts = kept
	return f, nil
}

// allKeys are the canonical keys of the facts of a survey.
func allKeys(s *fact.Survey) []fact.Key {
	keys := Keys(s)
	for i := range keys {
		keys[i] = store.Canonical(keys[i])
	}
	return keys
}
