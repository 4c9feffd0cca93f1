// Package memory is a store that lives as long as the process: for tests of
// what reads facts, and as the second implementation that keeps the contract
// of package store and its suite honest.
package memory

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"hash/crc32"
	"maps"
	"slices"
	"sync"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// A Store is a [store.Store] in memory. Use New.
type Store struct {
	mu          sync.Mutex
	closed      bool
	facts       map[fact.Key][]byte // by canonical key; bodies are never changed
	surveys     []survey            // by date and source
	puts        int
	resolutions map[place]resolution
	readings    map[string][]byte // by canonical repository
	secrets     map[string][]byte
}

var _ store.Store = (*Store)(nil)

type survey struct {
	store.Header
	body []byte
	put  int // rises with every put
}

// A place holds one resolution; the rest of its key must match.
type place struct {
	repo string
	asOf fact.Date
}

type resolution struct {
	refs string
	rule int
	body []byte
}

// New is an empty store.
func New() *Store {
	return &Store{
		facts: map[fact.Key][]byte{}, resolutions: map[place]resolution{},
		readings: map[string][]byte{}, secrets: map[string][]byte{},
	}
}

// enter begins an operation; unless it fails, the caller unlocks s.mu.
func (s *Store) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return errkind.Errorf(errkind.Canceled, "store in memory: %w", err)
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return errkind.Errorf(errkind.Storage, "store in memory: it is closed")
	}
	return nil
}

// Put implements [store.Store].
func (s *Store) Put(ctx context.Context, records []fact.Record) error {
	if err := store.CheckRecords(records); err != nil {
		return err
	}
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	batch := map[fact.Key][]byte{}
	for _, r := range records {
		key := store.Canonical(r.Key)
		for _, have := range []map[fact.Key][]byte{s.facts, batch} {
			if body, ok := have[key]; ok && !bytes.Equal(body, r.Body) {
				return store.Conflict(r.Key)
			}
		}
		batch[key] = bytes.Clone(r.Body)
	}
	maps.Copy(s.facts, batch)
	return nil
}

// Get implements [store.Store].
func (s *Store) Get(ctx context.Context, key fact.Key) (fact.Record, error) {
	if err := s.enter(ctx); err != nil {
		return fact.Record{}, err
	}
	defer s.mu.Unlock()
	body, ok := s.facts[store.Canonical(key)]
	if !ok {
		return fact.Record{}, store.NoFact(key)
	}
	return fact.Record{Key: key, Body: bytes.Clone(body)}, nil
}

// Have implements [store.Store].
func (s *Store) Have(ctx context.Context, keys []fact.Key) (map[fact.Key]bool, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	have := map[fact.Key]bool{}
	for _, k := range keys {
		if _, ok := s.facts[store.Canonical(k)]; ok {
			have[k] = true
		}
	}
	return have, nil
}

// GetMany implements [store.Store].
func (s *Store) GetMany(ctx context.Context, keys []fact.Key, f func(fact.Record) error) error {
	for _, k := range store.Ask(keys) {
		r, err := s.Get(ctx, k)
		if errkind.Of(err) == errkind.NotFound {
			continue
		}
		if err == nil {
			err = f(r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Revisions implements [store.Store].
func (s *Store) Revisions(ctx context.Context, like fact.Key) ([]string, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	like = store.Canonical(like)
	var found []string
	for k := range s.facts {
		if k.Repo == like.Repo && k.Collector == like.Collector && k.Version == like.Version {
			found = append(found, k.Revision)
		}
	}
	slices.Sort(found)
	return found, nil
}

// Secret implements [store.Store].
func (s *Store) Secret(ctx context.Context, name string, proposed []byte) ([]byte, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	if s.secrets[name] == nil && len(proposed) > 0 {
		s.secrets[name] = bytes.Clone(proposed)
	}
	if s.secrets[name] == nil {
		return nil, store.NoSecret(name)
	}
	return bytes.Clone(s.secrets[name]), nil
}

// Each implements [store.Store].
func (s *Store) Each(ctx context.Context, f func(fact.Record) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	keys := slices.Collect(maps.Keys(s.facts))
	s.mu.Unlock()
	return s.GetMany(ctx, keys, f)
}

// PutSurvey implements [store.Store].
func (s *Store) PutSurvey(ctx context.Context, sv *fact.Survey) error {
	h, body, err := store.EncodeSurvey(sv)
	if err != nil {
		return err
	}
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	s.puts++
	i, found := slices.BinarySearchFunc(s.surveys, h, func(x survey, h store.Header) int {
		return cmp.Or(cmp.Compare(x.AsOf, h.AsOf), cmp.Compare(x.Source, h.Source))
	})
	if !found {
		s.surveys = slices.Insert(s.surveys, i, survey{})
	}
	s.surveys[i] = survey{h, body, s.puts}
	return nil
}

// Survey implements [store.Store].
func (s *Store) Survey(ctx context.Context, sel store.Selector) (*fact.Survey, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	best := s.best(sel)
	if best == nil {
		return nil, store.NoSurvey(sel)
	}
	return store.DecodeSurvey(best.body)
}

// Stamp implements [store.Store].
func (s *Store) Stamp(ctx context.Context, sel store.Selector) (store.Stamp, error) {
	if err := s.enter(ctx); err != nil {
		return store.Stamp{}, err
	}
	defer s.mu.Unlock()
	best := s.best(sel)
	if best == nil {
		return store.Stamp{}, store.NoSurvey(sel)
	}
	return best.stamp(), nil
}

// Forget implements [store.Store].
func (s *Store) Forget(ctx context.Context, forgotten store.Stamp, keys []fact.Key) (facts int, err error) {
	if err := s.enter(ctx); err != nil {
		return 0, err
	}
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.surveys, func(x survey) bool { return x.stamp() == forgotten })
	if i < 0 {
		return 0, store.NoSurvey(store.Selector{AsOf: forgotten.AsOf, Landscape: forgotten.Source})
	}
	s.surveys = slices.Delete(s.surveys, i, i+1)
	before := len(s.facts)
	for _, k := range keys {
		delete(s.facts, store.Canonical(k))
	}
	return before - len(s.facts), nil
}

// stamp identifies the survey with all that is in it.
func (x *survey) stamp() store.Stamp {
	return store.Stamp{AsOf: x.AsOf, Source: x.Source, Sum: int64(crc32.ChecksumIEEE(x.body))}
}

// best is the survey that sel names; nil for none.
func (s *Store) best(sel store.Selector) *survey {
	var best *survey
	for i := range s.surveys {
		x := &s.surveys[i]
		wanted := (sel.AsOf == "" || x.AsOf == sel.AsOf) && (sel.Landscape == "" || x.Source == sel.Landscape)
		if wanted && (best == nil || x.AsOf > best.AsOf || x.put > best.put) {
			best = x
		}
	}
	return best
}

// Surveys implements [store.Store].
func (s *Store) Surveys(ctx context.Context) ([]store.Header, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	var headers []store.Header
	for _, x := range s.surveys {
		headers = append(headers, x.Header)
	}
	return headers, nil
}

// EachSurvey implements [store.Store].
func (s *Store) EachSurvey(ctx context.Context, f func(*fact.Survey) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	surveys := slices.Clone(s.surveys)
	s.mu.Unlock()
	for _, x := range surveys {
		sv, err := store.DecodeSurvey(x.body)
		if err == nil {
			err = f(sv)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// PutResolutions implements [store.Store].
func (s *Store) PutResolutions(ctx context.Context, resolutions []store.Resolution) error {
	if err := store.CheckResolutions(resolutions); err != nil {
		return err
	}
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	for _, r := range resolutions {
		body, err := json.Marshal(r.Revision)
		if err != nil {
			return errkind.Errorf(errkind.Internal, "remember the revision of %q: %w", string(r.Repo), err)
		}
		s.resolutions[place{r.Repo.Key(), r.AsOf}] = resolution{r.Refs, r.Rule, body}
	}
	return nil
}

// Resolutions implements [store.Store].
func (s *Store) Resolutions(ctx context.Context, keys []store.ResolutionKey) (map[store.ResolutionKey]*fact.Revision, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	found := map[store.ResolutionKey]*fact.Revision{}
	for _, k := range keys {
		r, ok := s.resolutions[place{k.Repo.Key(), k.AsOf}]
		if !ok || r.refs != k.Refs || r.rule != k.Rule {
			continue
		}
		rev, err := store.DecodeRevision(r.body, k.Repo)
		if err != nil {
			return nil, err
		}
		found[k] = rev
	}
	return found, nil
}

// PutReadings implements [store.Store].
func (s *Store) PutReadings(ctx context.Context, repo fact.RepoID, body []byte) error {
	if err := store.CheckReadings(repo, body); err != nil {
		return err
	}
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	s.readings[repo.Key()] = bytes.Clone(body)
	return nil
}

// Readings implements [store.Store].
func (s *Store) Readings(ctx context.Context, repo fact.RepoID) ([]byte, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	return bytes.Clone(s.readings[repo.Key()]), nil
}

// Damaged implements [store.Store]: nothing in memory is damaged without a bug.
func (s *Store) Damaged(ctx context.Context, _ func(store.Damage) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	s.mu.Unlock()
	return nil
}

// Close implements [store.Store].
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}
