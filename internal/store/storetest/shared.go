package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// RunShared runs what two handles on one store do at once. open gives two
// handles on a new, empty store and arranges for them to be closed when the
// test ends.
func RunShared(t *testing.T, open func(t *testing.T) (a, b store.Store)) {
	tests := []struct {
		name string
		run  func(t *testing.T, a, b store.Store)
	}{
		{"Visible", testVisible},
		{"Same", testSame},
		{"Different", testDifferent},
		{"Contest", testContest},
		{"Surveys", testSurveysAtOnce},
		{"ReadWhileWriting", testReadWhileWriting},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a, b := open(t)
			tt.run(t, a, b)
		})
	}
}

// together runs the functions at once and gives their errors in order.
func together(fs ...func() error) []error {
	errs := make([]error, len(fs))
	var wg sync.WaitGroup
	for i, f := range fs {
		wg.Go(func() { errs[i] = f() })
	}
	wg.Wait()
	return errs
}

func wantNoErrors(t *testing.T, errs []error) {
	t.Helper()
	for i, err := range errs {
		if err != nil {
			t.Errorf("writer %d: %v", i, err)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

// putInBatches puts the records ten at a time.
func putInBatches(ctx context.Context, s store.Store, records []fact.Record) error {
	for batch := range slices.Chunk(records, 10) {
		if err := s.Put(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// testVisible: what one handle stored, the other has.
func testVisible(t *testing.T, a, b store.Store) {
	all := many(2)
	mustPut(t, a, all[0])
	wantFacts(t, b, all[0])
	mustPut(t, b, all[1])
	wantFacts(t, a, all...)
	conflict := record(all[1].Key, `"other"`)
	wantKind(t, "Put of another body", a.Put(t.Context(), []fact.Record{conflict}), errkind.Storage)
}

// testSame: two surveys of the same repositories at once both succeed.
func testSame(t *testing.T, a, b store.Store) {
	all := many(200)
	backwards := slices.Clone(all)
	slices.Reverse(backwards)
	wantNoErrors(t, together(
		func() error { return putInBatches(t.Context(), a, all) },
		func() error { return putInBatches(t.Context(), b, backwards) },
		func() error { return putInBatches(t.Context(), b, all) },
	))
	wantFacts(t, a, all...)
}

// testDifferent: writers of different facts do not lose any.
func testDifferent(t *testing.T, a, b store.Store) {
	all := many(400)
	wantNoErrors(t, together(
		func() error { return putInBatches(t.Context(), a, all[:100]) },
		func() error { return putInBatches(t.Context(), b, all[100:200]) },
		func() error { return putInBatches(t.Context(), a, all[200:300]) },
		func() error { return putInBatches(t.Context(), b, all[300:]) },
	))
	wantFacts(t, a, all...)
	wantFacts(t, b, all...)
}

// testContest: of two bodies for one key exactly one is stored, with its batch.
func testContest(t *testing.T, a, b store.Store) {
	for round := range 20 {
		shared := key(fmt.Sprintf("example.org/contest/%d", round))
		batch := func(side string) []fact.Record {
			own := shared
			own.Collector = "of-" + side
			return []fact.Record{record(own, `{}`), record(shared, fmt.Sprintf("%q", side))}
		}
		errs := together(
			func() error { return a.Put(t.Context(), batch("a")) },
			func() error { return b.Put(t.Context(), batch("b")) },
		)
		winner, loser := "a", errs[1]
		if errs[0] != nil {
			winner, loser = "b", errs[0]
		}
		wantKind(t, "Put of the loser", loser, errkind.Storage)
		want := batch(winner)
		slices.SortFunc(want, func(x, y fact.Record) int { return x.Compare(y.Key) })
		other := shared
		other.Collector = map[string]string{"a": "of-b", "b": "of-a"}[winner]
		got := getMany(t, b, append(keysOf(want), other))
		if diff := cmp.Diff(text(want), text(got)); diff != "" {
			t.Fatalf("round %d, %s won (-want +got):\n%s", round, winner, diff)
		}
	}
}

// testSurveysAtOnce: surveys and resolutions from both sides.
func testSurveysAtOnce(t *testing.T, a, b store.Store) {
	write := func(s store.Store, name string) func() error {
		return func() error {
			for i := range 10 {
				sv := survey(fact.Date(fmt.Sprintf("2025-01-%02d", i+1)), name)
				if err := s.PutSurvey(t.Context(), sv); err != nil {
					return err
				}
				r := resolution("shared")
				if err := s.PutResolutions(t.Context(), []store.Resolution{r}); err != nil {
					return err
				}
			}
			return nil
		}
	}
	wantNoErrors(t, together(write(a, "a"), write(b, "b"), write(b, "a")))
	headers, err := a.Surveys(t.Context())
	if err != nil || len(headers) != 20 {
		t.Errorf("%d surveys, %v; want 20", len(headers), err)
	}
}

// testReadWhileWriting: a reader sees whole batches only, and is not refused.
func testReadWhileWriting(t *testing.T, a, b store.Store) {
	all := many(300)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	wantNoErrors(t, together(
		func() error {
			err := putInBatches(ctx, a, all)
			if err != nil {
				cancel() // the reader would wait for ever
			}
			return err
		},
		func() error {
			for {
				have, err := b.Have(ctx, keysOf(all))
				if err != nil {
					return err
				}
				if len(have)%10 != 0 {
					return fmt.Errorf("half a batch is visible: %d facts", len(have))
				}
				if len(have) == len(all) {
					return nil
				}
			}
		},
	))
}

// testManyGoroutines: one handle, many users.
func testManyGoroutines(t *testing.T, s store.Store) {
	all := many(160)
	var workers []func() error
	for part := range slices.Chunk(all, 10) {
		workers = append(workers, func() error {
			for _, r := range part {
				if err := s.Put(t.Context(), []fact.Record{r}); err != nil {
					return err
				}
				if _, err := s.Get(t.Context(), r.Key); err != nil {
					return err
				}
				if err := s.Each(t.Context(), func(fact.Record) error { return nil }); err != nil {
					return err
				}
			}
			return nil
		})
	}
	wantNoErrors(t, together(workers...))
	wantFacts(t, s, all...)
}
