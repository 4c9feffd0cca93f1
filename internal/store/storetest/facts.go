package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// testPutGet: a fact comes back byte for byte; any other key is not found.
func testPutGet(t *testing.T, s store.Store) {
	// Neither the order nor the spacing of JSON is the store's to change.
	want := record(key("example.org/a/b"), "{\"z\": 1.0,\n \"a\":[true,null,\"\\u00e9é<&\"],\"a\":2}")
	mustPut(t, s, want)
	got, err := s.Get(t.Context(), want.Key)
	if err != nil {
		t.Fatalf("Get: %v", err)
	}
	if diff := cmp.Diff(text([]fact.Record{want}), text([]fact.Record{got})); diff != "" {
		t.Errorf("Get (-want +got):\n%s", diff)
	}
	others := map[string]func(*fact.Key){
		"repository": func(k *fact.Key) { k.Repo += "c" },
		"revision":   func(k *fact.Key) { k.Revision = strings.ToUpper(k.Revision) },
		"collector":  func(k *fact.Key) { k.Collector = "" },
		"version":    func(k *fact.Key) { k.Version++ },
	}
	for name, change := range others {
		k := want.Key
		change(&k)
		_, err := s.Get(t.Context(), k)
		wantKind(t, "Get with another "+name, err, errkind.NotFound)
		have, err := s.Have(t.Context(), []fact.Key{k})
		if err != nil || len(have) != 0 {
			t.Errorf("Have with another %s: %v, %v", name, have, err)
		}
	}
}

// testPutAgain: the same fact may be put again, in a batch with new ones and
// twice in one batch.
func testPutAgain(t *testing.T, s store.Store) {
	all := many(3)
	mustPut(t, s, all[1])
	mustPut(t, s, all[1])
	mustPut(t, s, all[2], all[1], all[0], all[2])
	wantFacts(t, s, all...)
}

// testConflict: facts never change, and the batch that tries stores nothing.
func testConflict(t *testing.T, s store.Store) {
	all := many(3)
	mustPut(t, s, all[1])
	err := s.Put(t.Context(), []fact.Record{all[0], record(all[1].Key, `{"n":"other"}`), all[2]})
	wantKind(t, "Put of another body", err, errkind.Storage)
	for _, part := range []string{"repo-00001", "version of collector", "should have been raised"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
	if errkind.Hint(err) == "" {
		t.Error("the error has no hint")
	}
	wantFacts(t, s, all[1])

	raised := all[1]
	raised.Version++
	raised.Body = []byte(`{"n":"other"}`)
	mustPut(t, s, raised)
	wantFacts(t, s, all[1], raised)
}

func testConflictWithinBatch(t *testing.T, s store.Store) {
	all := many(2)
	err := s.Put(t.Context(), []fact.Record{all[0], all[1], record(all[0].Key, `{}`)})
	wantKind(t, "Put of two bodies for a key", err, errkind.Storage)
	wantFacts(t, s)
}

// testBadRecords: what not every database can keep is refused by all.
func testBadRecords(t *testing.T, s store.Store) {
	tests := map[string]func(*fact.Record){
		"no repository":     func(r *fact.Record) { r.Repo = "" },
		"no revision":       func(r *fact.Record) { r.Revision = "" },
		"no collector":      func(r *fact.Record) { r.Collector = "" },
		"NUL in revision":   func(r *fact.Record) { r.Revision = "a\x00b" },
		"bytes in revision": func(r *fact.Record) { r.Revision = "a\xffb" },
		"bytes in repo":     func(r *fact.Record) { r.Repo = "a\xffb" },
		"no body":           func(r *fact.Record) { r.Body = nil },
		"body no JSON":      func(r *fact.Record) { r.Body = []byte("{") },
		"two bodies":        func(r *fact.Record) { r.Body = []byte("{}{}") },
		"body not UTF-8":    func(r *fact.Record) { r.Body = []byte("\"\xff\"") },
	}
	for name, change := range tests {
		r := many(1)[0]
		change(&r)
		wantKind(t, name, s.Put(t.Context(), []fact.Record{many(2)[1], r}), errkind.Internal)
	}
	wantFacts(t, s)
}

// testOddKeys: every part of a key may hold any text.
func testOddKeys(t *testing.T, s store.Store) {
	odd := []string{
		`'`, `"`, `\`, `%`, `_`, `*`, `?1`, `$.a`, `["a"]`, "\u2028", "\t\n\x01\x7f", "日本語", "é", "e\u0301", "🦀",
		"\ufffd", "1", "01", "1.0", "null", "'; drop table fact; --", "<a&b>", strings.Repeat("long", 1000),
	}
	var all []fact.Record
	for i, part := range odd {
		for j, k := range []fact.Key{
			{Repo: fact.RepoID(part), Revision: "r", Collector: "c", Version: 1},
			{Repo: "r", Revision: part, Collector: "c", Version: 1},
			{Repo: "r", Revision: "r", Collector: part, Version: -i},
		} {
			all = append(all, record(k, fmt.Sprintf(`[%d,%d]`, i, j)))
		}
	}
	mustPut(t, s, all...)
	have, err := s.Have(t.Context(), keysOf(all))
	if err != nil || len(have) != len(all) {
		t.Fatalf("Have: %d of %d keys, %v", len(have), len(all), err)
	}
	slices.SortFunc(all, func(a, b fact.Record) int { return a.Compare(b.Key) })
	wantFacts(t, s, all...)
	if diff := cmp.Diff(text(all), text(getMany(t, s, keysOf(all)))); diff != "" {
		t.Errorf("GetMany (-want +got):\n%s", diff)
	}
	for _, r := range all {
		got, err := s.Get(t.Context(), r.Key)
		if err != nil || string(got.Body) != string(r.Body) {
			t.Errorf("Get %+v: %s, %v", r.Key, got.Body, err)
		}
	}
	// A key no record can have matches none, not even after replacement of its bytes.
	for _, bad := range []string{"\xff", "a\x00", ""} {
		k := fact.Key{Repo: "r", Revision: bad, Collector: "c", Version: 1}
		if have, err := s.Have(t.Context(), []fact.Key{k}); err != nil || len(have) != 0 {
			t.Errorf("Have of revision %q: %v, %v", bad, have, err)
		}
	}
}

// testSpelling: a repository is the same however its name is spelled.
func testSpelling(t *testing.T, s store.Store) {
	put, ask, canonical := key("github.com/TiKV/tikv"), key("GitHub.com/tikv/TiKV"), key("github.com/tikv/tikv")
	mustPut(t, s, record(put, `1`))
	mustPut(t, s, record(ask, `1`))
	wantKind(t, "Put of another body", s.Put(t.Context(), []fact.Record{record(ask, `2`)}), errkind.Storage)
	wantFacts(t, s, record(canonical, `1`))

	got, err := s.Get(t.Context(), ask)
	if err != nil || got.Key != ask {
		t.Errorf("Get: key %v, %v; want it as asked", got.Key, err)
	}
	have, err := s.Have(t.Context(), []fact.Key{put, ask, key("github.com/tikv/other")})
	if diff := cmp.Diff(map[fact.Key]bool{put: true, ask: true}, have); diff != "" || err != nil {
		t.Errorf("Have: %v (-want +got):\n%s", err, diff)
	}
	want := []fact.Record{record(ask, `1`)}
	if diff := cmp.Diff(text(want), text(getMany(t, s, []fact.Key{ask, put, canonical}))); diff != "" {
		t.Errorf("GetMany (-want +got):\n%s", diff)
	}
}

// testLargeBody: a body of 8 MB is nothing special.
func testLargeBody(t *testing.T, s store.Store) {
	body, err := json.Marshal(strings.Repeat("0123456é", 1<<20))
	if err != nil {
		t.Fatal(err)
	}
	want := record(key("example.org/a/b"), string(body))
	mustPut(t, s, want)
	mustPut(t, s, want)
	got, err := s.Get(t.Context(), want.Key)
	if err != nil || string(got.Body) != string(body) {
		t.Errorf("Get: %d bytes, %v; want the %d bytes put", len(got.Body), err, len(body))
	}
}

// testCopies: the store shares no memory with its callers.
func testCopies(t *testing.T, s store.Store) {
	want := record(key("example.org/a/b"), `[1,2,3]`)
	put := record(want.Key, `[1,2,3]`)
	mustPut(t, s, put)
	put.Body[1] = '9'
	spoil := func(r fact.Record) error { r.Body[1] = '9'; return nil }
	for range 2 {
		got, err := s.Get(t.Context(), want.Key)
		if err != nil || string(got.Body) != string(want.Body) {
			t.Fatalf("Get: %s, %v; want %s", got.Body, err, want.Body)
		}
		if err := errors.Join(spoil(got), s.Each(t.Context(), spoil),
			s.GetMany(t.Context(), []fact.Key{want.Key}, spoil)); err != nil {
			t.Fatal(err)
		}
	}
	wantFacts(t, s, want)
}

// testHaveMany: the keys of a large survey at once.
func testHaveMany(t *testing.T, s store.Store) {
	all := many(5000)
	want := map[fact.Key]bool{}
	var stored []fact.Record
	for i, r := range all {
		if i%3 == 0 {
			stored = append(stored, r)
			want[r.Key] = true
		}
	}
	mustPut(t, s, stored...)
	keys := keysOf(all)
	slices.Reverse(keys)
	have, err := s.Have(t.Context(), append(keys, keys[0]))
	if err != nil {
		t.Fatalf("Have: %v", err)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("Have (-want +got):\n%s", diff)
	}
}

func getMany(t *testing.T, s store.Store, keys []fact.Key) []fact.Record {
	t.Helper()
	var got []fact.Record
	err := s.GetMany(t.Context(), keys, func(r fact.Record) error {
		got = append(got, r)
		return nil
	})
	if err != nil {
		t.Fatalf("GetMany: %v", err)
	}
	return got
}

// testGetMany: in key order, each once, the missing passed over, keys unchanged.
func testGetMany(t *testing.T, s store.Store) {
	all := many(1000)
	mustPut(t, s, all[:500]...)
	keys := keysOf(all)
	slices.Reverse(keys)
	keys = append(keys, keys[600], keys[700])
	before := slices.Clone(keys)
	if diff := cmp.Diff(text(all[:500]), text(getMany(t, s, keys))); diff != "" {
		t.Errorf("GetMany (-want +got):\n%s", diff)
	}
	if !slices.Equal(before, keys) {
		t.Error("GetMany changed the keys it was given")
	}
}

// testEachOrder: by each part of the key in turn, versions as numbers.
func testEachOrder(t *testing.T, s store.Store) {
	var all []fact.Record
	for _, repo := range []string{"example.org/a/b", "example.org/a/b-c", "example.org/A/c", "example.org/é/a"} {
		for _, rev := range []string{"00", "0a", "a"} {
			for _, collector := range []string{"census", "component"} {
				for _, version := range []int{2, 10} {
					k := fact.Key{Repo: fact.RepoID(repo), Revision: rev, Collector: collector, Version: version}
					all = append(all, record(k, `{}`))
				}
			}
		}
	}
	for i := range all {
		mustPut(t, s, all[(i*7)%len(all)]) // 7 and 48 have no common divisor: every record once, in another order
	}
	for i := range all {
		all[i].Key = store.Canonical(all[i].Key)
	}
	wantFacts(t, s, all...)
}

// testCallbackError: it ends the iteration and comes back unchanged.
func testCallbackError(t *testing.T, s store.Store) {
	records := many(3)
	mustPut(t, s, records...)
	mustPutSurvey(t, s, survey("2025-01-01", "a"), survey("2025-01-02", "a"))
	stop := errors.New("stop")
	calls := 0
	f := func(fact.Record) error { calls++; return stop }
	for name, err := range map[string]error{
		"Each":       s.Each(t.Context(), f),
		"GetMany":    s.GetMany(t.Context(), keysOf(records), f),
		"EachSurvey": s.EachSurvey(t.Context(), func(*fact.Survey) error { calls++; return stop }),
	} {
		if err != stop { //nolint:errorlint // the very same error is promised
			t.Errorf("%s: error %v, want the callback's", name, err)
		}
	}
	if calls != 3 {
		t.Errorf("%d calls, want one for each iteration", calls)
	}
}

// testCallbackMayCall: a callback may read and write the store it is called by.
func testCallbackMayCall(t *testing.T, s store.Store) {
	records := many(3)
	mustPut(t, s, records...)
	seen := 0
	err := s.Each(t.Context(), func(r fact.Record) error {
		seen++
		_, err := s.Get(t.Context(), r.Key)
		r.Collector = "a-later"
		if seen > len(records) { // facts put meanwhile may be seen or not
			return err
		}
		return errors.Join(err, s.Put(t.Context(), []fact.Record{r}))
	})
	if err != nil {
		t.Fatalf("Each: %v", err)
	}
	if got := len(each(t, s)); got != 2*len(records) {
		t.Errorf("%d facts, want %d", got, 2*len(records))
	}
}
