package survey

import (
	"encoding/json"
	"sync"

	"assay/internal/collect"
	"assay/internal/collect/adopter"
	"assay/internal/collect/census"
	"assay/internal/collect/commit"
	"assay/internal/collect/component"
	"assay/internal/collect/licence"
	"assay/internal/collect/maintainer"
	"assay/internal/collect/policy"
	"assay/internal/collect/release"
	"assay/internal/collect/timeline"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/people"
)

// registry is the one list of collectors: each with the map of [finding.Facts] that
// its facts, of the type F, go to. Authors are hidden behind hash.
func registry(hash *people.Hasher) []registered {
	return []registered{
		with(census.Collector{}, func(f *finding.Facts) *map[string]*fact.Composition { return &f.Compositions }),
		with(component.New(), func(f *finding.Facts) *map[string]*fact.Components { return &f.Components }),
		with(licence.New(), func(f *finding.Facts) *map[string]*fact.Licences { return &f.Licences }),
		with(adopter.Collector{}, func(f *finding.Facts) *map[string]*fact.Adopters { return &f.Adopters }),
		with(maintainer.Collector{}, func(f *finding.Facts) *map[string]*fact.Maintainers { return &f.Maintainers }),
		with(policy.Collector{}, func(f *finding.Facts) *map[string]*fact.Policy { return &f.Policies }),
		with(commit.New(hash), func(f *finding.Facts) *map[string]*fact.Commits { return &f.Commits }),
		with(timeline.Collector{}, func(f *finding.Facts) *map[string]*fact.Timeline { return &f.Timelines }),
		with(release.Collector{}, func(f *finding.Facts) *map[string]*fact.Releases { return &f.Releases }),
	}
}

// Collectors is the complete list of collectors; a test holds it against the
// folders of package collect. Authors are hidden behind hash.
func Collectors(hash *people.Hasher) []collect.Collector {
	var all []collect.Collector
	for _, r := range registry(hash) {
		all = append(all, r.collector)
	}
	return all
}

// A registered is a collector and where its facts go.
type registered struct {
	collector collect.Collector
	// begin makes the map of its facts, put reads one into it.
	begin func(f *finding.Facts)
	put   func(f *finding.Facts, repo fact.RepoID, body []byte) error
}

func with[F any](c collect.Collector, of func(*finding.Facts) *map[string]*F) registered {
	return registered{
		collector: c,
		begin:     func(f *finding.Facts) { *of(f) = map[string]*F{} },
		put: func(f *finding.Facts, repo fact.RepoID, body []byte) error {
			found := new(F)
			(*of(f))[repo.Key()] = found
			return json.Unmarshal(body, found)
		},
	}
}

// Publish is the body of a fact as it may leave the store; see [collect.Publisher].
func Publish(rec fact.Record, authors bool) (json.RawMessage, error) {
	if p, ok := byName()[rec.Collector].collector.(collect.Publisher); ok {
		return p.Publish(rec.Body, authors)
	}
	return rec.Body, nil
}

// byName are the registered collectors by name, for their facts alone.
var byName = sync.OnceValue(func() map[string]registered {
	all := map[string]registered{}
	for _, r := range registry(nil) {
		all[r.collector.Name()] = r
	}
	return all
})
