// Package storetest is the suite that every implementation of [store.Store]
// passes: [Run] for what one handle does, [RunShared] for two handles on the
// same store at once. An implementation's test is a call of each.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// Run runs the suite. open gives a new, empty store and arranges for it to be
// closed when its test ends.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	tests := []struct {
		name string
		run  func(t *testing.T, s store.Store)
	}{
		{"PutGet", testPutGet},
		{"PutAgain", testPutAgain},
		{"Conflict", testConflict},
		{"ConflictWithinBatch", testConflictWithinBatch},
		{"BadRecords", testBadRecords},
		{"OddKeys", testOddKeys},
		{"Spelling", testSpelling},
		{"LargeBody", testLargeBody},
		{"Copies", testCopies},
		{"HaveMany", testHaveMany},
		{"GetMany", testGetMany},
		{"EachOrder", testEachOrder},
		{"CallbackError", testCallbackError},
		{"CallbackMayCall", testCallbackMayCall},
		{"Revisions", testRevisions},
		{"Secret", testSecret},
		{"Survey", testSurvey},
		{"SurveyReplaced", testSurveyReplaced},
		{"SurveyChoice", testSurveyChoice},
		{"SurveyList", testSurveyList},
		{"Stamp", testStamp},
		{"Forget", testForget},
		{"BadSurveys", testBadSurveys},
		{"Resolutions", testResolutions},
		{"ResolutionCopies", testResolutionCopies},
		{"BadResolutions", testBadResolutions},
		{"Readings", testReadings},
		{"Empty", testEmpty},
		{"Canceled", testCanceled},
		{"CanceledWithin", testCanceledWithin},
		{"Closed", testClosed},
		{"ManyGoroutines", testManyGoroutines},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.run(t, open(t))
		})
	}
	t.Run("Deterministic", func(t *testing.T) {
		t.Parallel()
		testDeterministic(t, open(t), open(t))
	})
}

// key is a valid key; tests change what they are about.
func key(repo string) fact.Key {
	return fact.Key{Repo: fact.RepoID(repo), Revision: "0123456789abcdef", Collector: "census", Version: 1}
}

func record(k fact.Key, body string) fact.Record {
	return fact.Record{Key: k, Body: []byte(body)}
}

// many gives n records of different keys, in key order.
func many(n int) []fact.Record {
	all := make([]fact.Record, n)
	for i := range all {
		all[i] = record(key(fmt.Sprintf("example.org/owner/repo-%05d", i)), fmt.Sprintf(`{"n":%d}`, i))
	}
	return all
}

func keysOf(records []fact.Record) []fact.Key {
	keys := make([]fact.Key, len(records))
	for i := range records {
		keys[i] = records[i].Key
	}
	return keys
}

func mustPut(t *testing.T, s store.Store, records ...fact.Record) {
	t.Helper()
	if err := s.Put(t.Context(), records); err != nil {
		t.Fatalf("Put: %v", err)
	}
}

// wantKind fails the test unless err is of the kind.
func wantKind(t *testing.T, what string, err error, kind errkind.Kind) {
	t.Helper()
	if err == nil {
		t.Fatalf("%s: no error, want kind %q", what, kind)
	}
	if got := errkind.Of(err); got != kind {
		t.Fatalf("%s: error %v has kind %q, want %q", what, err, got, kind)
	}
}

// wantFacts fails the test unless the store holds these records and no other.
func wantFacts(t *testing.T, s store.Store, want ...fact.Record) {
	t.Helper()
	if diff := cmp.Diff(text(want), text(each(t, s))); diff != "" {
		t.Fatalf("stored facts (-want +got):\n%s", diff)
	}
}

func each(t *testing.T, s store.Store) []fact.Record {
	t.Helper()
	var got []fact.Record
	err := s.Each(t.Context(), func(r fact.Record) error {
		got = append(got, r)
		return nil
	})
	if err != nil {
		t.Fatalf("Each: %v", err)
	}
	return got
}

// text makes records readable in a diff.
func text(records []fact.Record) []string {
	lines := make([]string, len(records))
	for i, r := range records {
		lines[i] = fmt.Sprintf("%s@%s %s/%d %s", r.Repo, r.Revision, r.Collector, r.Version, r.Body)
	}
	return lines
}

// testEmpty: nothing asked, nothing stored.
func testEmpty(t *testing.T, s store.Store) {
	ctx := t.Context()
	if err := errors.Join(s.Put(ctx, nil), s.PutResolutions(ctx, nil)); err != nil {
		t.Errorf("putting nothing: %v", err)
	}
	have, err := s.Have(ctx, nil)
	if err != nil || len(have) != 0 {
		t.Errorf("Have of no key: %v, %v", have, err)
	}
	found, err := s.Resolutions(ctx, nil)
	if err != nil || len(found) != 0 {
		t.Errorf("Resolutions of no key: %v, %v", found, err)
	}
	headers, err := s.Surveys(ctx)
	if err != nil || len(headers) != 0 {
		t.Errorf("Surveys: %v, %v", headers, err)
	}
	wantFacts(t, s)
	_, err = s.Survey(ctx, store.Selector{})
	wantKind(t, "Survey", err, errkind.NotFound)
	if errkind.Hint(err) == "" {
		t.Error("no hint how to make a survey")
	}
}

// calls are all methods with arguments that find or store something.
func calls(s store.Store) map[string]func(context.Context) error {
	r := many(1)
	k := keysOf(r)
	return map[string]func(context.Context) error{
		"Put":  func(ctx context.Context) error { return s.Put(ctx, r) },
		"Get":  func(ctx context.Context) error { _, err := s.Get(ctx, k[0]); return err },
		"Have": func(ctx context.Context) error { _, err := s.Have(ctx, k); return err },
		"GetMany": func(ctx context.Context) error {
			return s.GetMany(ctx, k, func(fact.Record) error { return nil })
		},
		"Each":      func(ctx context.Context) error { return s.Each(ctx, func(fact.Record) error { return nil }) },
		"PutSurvey": func(ctx context.Context) error { return s.PutSurvey(ctx, survey("2025-01-01", "a")) },
		"Survey":    func(ctx context.Context) error { _, err := s.Survey(ctx, store.Selector{}); return err },
		"Forget":    func(ctx context.Context) error { _, err := s.Forget(ctx, store.Stamp{}, nil); return err },
		"Stamp":     func(ctx context.Context) error { _, err := s.Stamp(ctx, store.Selector{}); return err },
		"Surveys":   func(ctx context.Context) error { _, err := s.Surveys(ctx); return err },
		"EachSurvey": func(ctx context.Context) error {
			return s.EachSurvey(ctx, func(*fact.Survey) error { return nil })
		},
		"PutResolutions": func(ctx context.Context) error {
			return s.PutResolutions(ctx, []store.Resolution{resolution("a")})
		},
		"Resolutions": func(ctx context.Context) error {
			_, err := s.Resolutions(ctx, []store.ResolutionKey{resolution("a").ResolutionKey})
			return err
		},
		"PutReadings": func(ctx context.Context) error { return s.PutReadings(ctx, k[0].Repo, []byte("x")) },
		"Damaged":     func(ctx context.Context) error { return s.Damaged(ctx, func(store.Damage) error { return nil }) },
		"Readings":    func(ctx context.Context) error { _, err := s.Readings(ctx, k[0].Repo); return err },
	}
}

// testCanceled: a context that has ended is reported as such and nothing is stored.
func testCanceled(t *testing.T, s store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range calls(s) {
		err := call(ctx)
		wantKind(t, name, err, errkind.Canceled)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v does not wrap context.Canceled", name, err)
		}
	}
	testEmpty(t, s)
}

// testCanceledWithin: a context that ends in a callback ends the iteration.
func testCanceledWithin(t *testing.T, s store.Store) {
	records := many(100)
	mustPut(t, s, records...)
	iterations := map[string]func(context.Context, func(fact.Record) error) error{
		"Each": s.Each,
		"GetMany": func(ctx context.Context, f func(fact.Record) error) error {
			return s.GetMany(ctx, keysOf(records), f)
		},
	}
	for name, iterate := range iterations {
		ctx, cancel := context.WithCancel(t.Context())
		err := iterate(ctx, func(fact.Record) error { cancel(); return nil })
		wantKind(t, name, err, errkind.Canceled)
	}
	wantFacts(t, s, records...)
}

// testClosed: a closed store says so, and may be closed again.
func testClosed(t *testing.T, s store.Store) {
	mustPut(t, s, many(1)...)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatalf("Close: %v", err)
		}
	}
	for name, call := range calls(s) {
		wantKind(t, name, call(t.Context()), errkind.Storage)
	}
}
