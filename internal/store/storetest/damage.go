package storetest

import (
	"errors"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// Intact is a word in all that [RunDamaged] stores.
const Intact = "intact"

// RunDamaged runs the suite for a store whose medium may give back other bytes
// than were written. open gives a new, empty store, and a function that changes
// the word [Intact] to another of the same length wherever it is stored, behind
// the store's back.
func RunDamaged(t *testing.T, open func(t *testing.T) (s store.Store, damage func())) {
	for name, run := range map[string]func(t *testing.T, s store.Store, damage func()){
		"Fact": testDamagedFact, "Survey": testDamagedSurvey, "Secret": testDamagedSecret, "Caches": testDamagedCaches,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, damage := open(t)
			run(t, s, damage)
		})
	}
}

// wantDamaged fails the test unless err says of something stored that it is
// damaged, which it is, and what to do.
func wantDamaged(t *testing.T, what string, err error, says ...string) {
	t.Helper()
	wantKind(t, what, err, errkind.Storage)
	if !errors.Is(err, store.ErrDamaged) || errkind.Hint(err) == "" {
		t.Errorf("%s: %v, hint %q: want ErrDamaged and a hint", what, err, errkind.Hint(err))
	}
	for _, part := range says {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s: error %q does not say %q", what, err, part)
		}
	}
}

// wantDamages fails the test unless the store finds these damages and no other.
func wantDamages(t *testing.T, s store.Store, want ...string) {
	t.Helper()
	var got []string
	err := s.Damaged(t.Context(), func(d store.Damage) error {
		got = append(got, d.What+" "+d.Name)
		return nil
	})
	if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("damaged: %q, %v; want %q", got, err, want)
	}
}

// testDamagedFact: a damaged fact is not there for who would measure it, an error
// for who would read it, and gives way to the one that is put in its place.
func testDamagedFact(t *testing.T, s store.Store, damage func()) {
	bad, good := record(key("example.org/A/bad"), `{"is":"intact"}`), record(key("example.org/a/good"), `{"is":"whole"}`)
	mustPut(t, s, bad, good)
	wantDamages(t, s)
	damage()
	ctx := t.Context()
	have, err := s.Have(ctx, keysOf([]fact.Record{bad, good}))
	if err != nil || have[bad.Key] || !have[good.Key] || len(have) != 1 {
		t.Errorf("Have: %v, %v", have, err)
	}
	_, err = s.Get(ctx, bad.Key)
	wantDamaged(t, "Get", err, "/bad@", "census/1")
	if r, err := s.Get(ctx, good.Key); err != nil || string(r.Body) != string(good.Body) {
		t.Errorf("Get of another: %s, %v", r.Body, err)
	}
	none := func(fact.Record) error { return nil }
	wantDamaged(t, "GetMany", s.GetMany(ctx, keysOf([]fact.Record{bad}), none), "/bad@", "census/1")
	wantDamaged(t, "Each", s.Each(ctx, none), "/bad@", "census/1")
	wantDamages(t, s, "fact example.org/a/bad@0123456789abcdef census/1")

	mustPut(t, s, bad, good)
	wantDamages(t, s)
	bad.Repo = "example.org/a/bad" // Each gives lower case
	wantFacts(t, s, bad, good)
	wantKind(t, "Put of another body", s.Put(ctx, []fact.Record{record(bad.Key, `{}`)}), errkind.Storage)
}

// testDamagedSurvey: a damaged survey is an error until it is put again.
func testDamagedSurvey(t *testing.T, s store.Store, damage func()) {
	ctx := t.Context()
	sv := survey("2025-01-01", "a")
	sv.Landscape.Projects = append(sv.Landscape.Projects, fact.Project{Name: Intact})
	put := func() {
		if err := s.PutSurvey(ctx, sv); err != nil {
			t.Fatal(err)
		}
	}
	put()
	wantDamages(t, s)
	damage()
	_, err := s.Survey(ctx, store.Selector{})
	wantDamaged(t, "Survey", err, "2025-01-01")
	wantDamaged(t, "EachSurvey", s.EachSurvey(ctx, func(*fact.Survey) error { return nil }), "2025-01-01")
	wantDamages(t, s, "survey as of 2025-01-01 of landscape "+store.Source(sv.Landscape.Evidence))
	put()
	wantDamages(t, s)
	if _, err := s.Survey(ctx, store.Selector{}); err != nil {
		t.Errorf("put again: %v", err)
	}
}

// testDamagedSecret: another secret in its place would hide authors otherwise, so
// none is made.
func testDamagedSecret(t *testing.T, s store.Store, damage func()) {
	ctx := t.Context()
	if _, err := s.Secret(ctx, "key", []byte("this is intact")); err != nil {
		t.Fatal(err)
	}
	wantDamages(t, s)
	damage()
	for _, proposed := range [][]byte{nil, []byte("another")} {
		_, err := s.Secret(ctx, "key", proposed)
		wantDamaged(t, "Secret", err, "key")
	}
	wantDamages(t, s, "secret key")
}

// testDamagedCaches: of what is damaged in a cache, nothing is remembered.
func testDamagedCaches(t *testing.T, s store.Store, damage func()) {
	ctx := t.Context()
	r := resolution("b")
	r.Revision.Ref = Intact
	put := func() {
		if err := errors.Join(s.PutResolutions(ctx, []store.Resolution{r}), s.PutReadings(ctx, r.Repo, []byte("is intact"))); err != nil {
			t.Fatal(err)
		}
	}
	look := func(want int) {
		t.Helper()
		found, err := s.Resolutions(ctx, []store.ResolutionKey{r.ResolutionKey})
		if err != nil || len(found) != want {
			t.Errorf("Resolutions: %v, %v; want %d", found, err, want)
		}
		body, err := s.Readings(ctx, r.Repo)
		if err != nil || (body != nil) != (want > 0) {
			t.Errorf("Readings: %q, %v; want %d", body, err, want)
		}
	}
	put()
	look(1)
	damage()
	look(0)
	wantDamages(t, s, "resolution of example.org/owner/b as of "+string(r.AsOf), "reading of example.org/owner/b")
	put()
	look(1)
	wantDamages(t, s)
}
