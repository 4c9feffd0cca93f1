package dataset_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/dataset"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
)

// What a language is to the landscape is the same by the rows of a list as by the
// findings.
func TestOverviewIsThatOfTheFindings(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	all, err := k.Overviews(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 3 {
		t.Fatalf("there are %d languages", len(all))
	}
	rows, err := k.List(t.Context(), "Haskell", false) // of which no project has anything
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range append(all, usage.OverviewOf("Haskell", rows)) {
		found, _, err := k.Findings(t.Context(), got.Language, false)
		if err != nil {
			continue // data and markup are no languages that one can ask for
		}
		if found.Language != got.Language {
			continue // it counts under another
		}
		want := usage.Overview{Language: got.Language, Quantities: found.Summary.Quantities, Maturities: found.Summary.Maturities}
		if diff := cmp.Diff(encode(t, want), encode(t, got)); diff != "" {
			t.Errorf("%s (-findings +rows):\n%s", got.Language, diff)
		}
	}
}

// keys is a sink that keeps the keys of rows.
type keys struct{ all []string }

func (s *keys) Put(t *dataset.Table, values []any) error {
	s.all = append(s.all, fmt.Sprint(values[:len(t.Key())]))
	return nil
}

func page(t *testing.T, k *kept, table string, p dataset.Page) []string {
	t.Helper()
	tables, err := dataset.Named([]string{table})
	if err != nil {
		t.Fatal(err)
	}
	var s keys
	if err := k.Page(t.Context(), tables[0], p, &s); err != nil {
		t.Fatal(err)
	}
	return s.all
}

// Pages are all rows, each once, in their order.
func TestPages(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	for _, table := range []string{"usage", "repository", "missing"} {
		all := page(t, k, table, dataset.Page{})
		var got []string
		for offset := 0; offset <= len(all); offset += 3 {
			got = append(got, page(t, k, table, dataset.Page{Limit: 3, Offset: offset})...)
		}
		if diff := cmp.Diff(all, got); diff != "" || len(all) < 4 {
			t.Errorf("%s (-all +pages):\n%s", table, diff)
		}
	}
	if beyond := page(t, k, "usage", dataset.Page{Limit: 1, Offset: 1 << 40}); len(beyond) > 0 {
		t.Errorf("beyond the end: %q", beyond)
	}
}

// Null is a value that rows can be chosen by.
func TestPageOfNull(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	count := func(values ...any) int {
		return len(page(t, k, "repository", dataset.Page{Where: map[string][]any{"commit": values}}))
	}
	all, without := len(page(t, k, "repository", dataset.Page{})), count(nil)
	if without == 0 || without == all || count("no commit") != 0 || count("no commit", nil) != without {
		t.Errorf("%d of %d have no commit", without, all)
	}
}

// A data set may be asked by many at a time.
func TestAskedByMany(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	var g sync.WaitGroup
	errs := make(chan error, 32)
	for range 8 {
		g.Go(func() {
			_, err := k.List(context.WithoutCancel(t.Context()), "rust", false)
			errs <- err
			_, head, err := k.Findings(context.WithoutCancel(t.Context()), "go", false)
			errs <- err
			head.Projects[0].Aliases = append(head.Projects[0].Aliases, "its own")
		})
	}
	g.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	head, err := k.Head(t.Context())
	if err != nil || len(head.Survey.Landscape.Projects) > 0 {
		t.Errorf("the head is not as it was: %v", err)
	}
}
