package storetest

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// survey is a small survey of the landscape file in repository owner/name.
func survey(asOf fact.Date, name string) *fact.Survey {
	repo := fact.RepoID("example.org/owner/" + name)
	where := fact.Evidence{Repo: repo, Commit: "c0ffee", Path: "landscape.yml"}
	return &fact.Survey{
		AsOf: asOf,
		Landscape: &fact.Landscape{
			Evidence: where,
			Items:    3,
			Projects: []fact.Project{
				{Name: "Näme <&> 'quoted'", Maturity: "sandbox", Milestones: map[string]fact.Date{"accepted": "2020-02-02"}, Lines: map[string]int{"name": 7, "project": 9}},
				{Name: "Two", Maturity: "graduated", Lines: map[string]int{"name": 17}},
			},
		},
		Catalog: &fact.Catalog{Sources: []fact.Source{{Name: "landscape", State: "read", Evidence: where}}},
		Outcomes: []fact.Outcome{
			{
				Repo: repo + "-1", Revision: revision(repo + "-1"),
				Observed: &fact.Observation{At: "2025-01-01T00:00:00Z", Source: fact.ObservedRefs, Notes: []fact.Note{{Kind: "input", Text: "a note"}}},
			},
			{Repo: repo + "-2", Revision: revision(repo + "-2"), Failure: "corrupt", Why: "blobs are missing"},
			{Repo: repo + "-3", Failure: "absent", Why: "in no place", How: "clone it"},
		},
		Collectors: map[string]int{"census": 3, "component": 1},
	}
}

func revision(repo fact.RepoID) *fact.Revision {
	return &fact.Revision{
		Repo: repo, Ref: "refs/heads/main", Commit: "0123456789abcdef", CommittedAt: "2025-01-01T00:00:00Z",
		AsOf: "2025-01-01", Rule: fact.RuleMainline, NewestRef: &fact.CommitRef{Commit: "fedcba", At: "2025-02-01T00:00:00Z"},
		Latest: &fact.Latest{
			Person: &fact.LatestCommit{Ref: "refs/heads/next", Commit: "abcdef", At: "2025-01-01T00:00:00Z", Merge: true},
			Bot:    &fact.LatestCommit{Ref: "refs/heads/main", Commit: "0123456789abcdef", At: "2025-01-01T00:00:00Z", Bot: "robot"},
		},
		Notes: []fact.Note{{Kind: "odd", Text: "a note"}},
	}
}

func mustPutSurvey(t *testing.T, s store.Store, surveys ...*fact.Survey) {
	t.Helper()
	for _, sv := range surveys {
		if err := s.PutSurvey(t.Context(), sv); err != nil {
			t.Fatalf("PutSurvey: %v", err)
		}
	}
}

// wantSurvey fails the test unless sel names want.
func wantSurvey(t *testing.T, s store.Store, sel store.Selector, want *fact.Survey) {
	t.Helper()
	got, err := s.Survey(t.Context(), sel)
	if err != nil {
		t.Fatalf("Survey %+v: %v", sel, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("Survey %+v (-want +got):\n%s", sel, diff)
	}
	stamp, err := s.Stamp(t.Context(), sel)
	if err != nil || stamp.AsOf != want.AsOf || stamp.Source != store.Source(want.Landscape.Evidence) {
		t.Fatalf("Stamp %+v: %+v, %v", sel, stamp, err)
	}
}

// testForget: a survey is gone with the facts that are named, and nothing else is; one
// that has changed since it was looked at stays.
func testForget(t *testing.T, s store.Store) {
	mustPutSurvey(t, s, survey("2025-01-01", "a"), survey("2025-01-02", "a"))
	records := many(3)
	mustPut(t, s, records...)
	stamp, err := s.Stamp(t.Context(), store.Selector{AsOf: "2025-01-01"})
	if err != nil {
		t.Fatal(err)
	}
	other := stamp
	other.Sum++
	_, err = s.Forget(t.Context(), other, []fact.Key{records[0].Key})
	wantKind(t, "Forget of a survey that has changed", err, errkind.NotFound)
	absent := records[0].Key
	absent.Revision = "no such revision"
	if n, err := s.Forget(t.Context(), stamp, []fact.Key{records[0].Key, absent, records[2].Key}); err != nil || n != 2 {
		t.Fatalf("Forget: %d facts, %v; want 2", n, err)
	}
	have, err := s.Have(t.Context(), []fact.Key{records[0].Key, records[1].Key, records[2].Key})
	if err != nil || len(have) != 1 || !have[records[1].Key] {
		t.Errorf("Have afterwards: %v, %v", have, err)
	}
	headers, err := s.Surveys(t.Context())
	if err != nil || len(headers) != 1 || headers[0].AsOf != "2025-01-02" {
		t.Errorf("Surveys afterwards: %+v, %v", headers, err)
	}
	_, err = s.Forget(t.Context(), stamp, nil)
	wantKind(t, "Forget again", err, errkind.NotFound)
}

// testStamp: a survey has the stamp that it had, and another has another.
func testStamp(t *testing.T, s store.Store) {
	stamp := func() store.Stamp {
		got, err := s.Stamp(t.Context(), store.Selector{})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	mustPutSurvey(t, s, survey("2025-01-01", "a"))
	first := stamp()
	mustPutSurvey(t, s, survey("2025-01-01", "a"))
	if again := stamp(); again != first {
		t.Errorf("the same survey has the stamp %+v, and had %+v", again, first)
	}
	other := survey("2025-01-01", "a")
	other.Outcomes = other.Outcomes[:1]
	mustPutSurvey(t, s, other)
	if changed := stamp(); changed == first {
		t.Errorf("another survey has the stamp %+v too", changed)
	}
}

// testSurvey: a survey comes back as it was put, and is a copy.
func testSurvey(t *testing.T, s store.Store) {
	want := survey("2025-01-01", "a")
	mustPutSurvey(t, s, want)
	for range 2 {
		wantSurvey(t, s, store.Selector{}, want)
		got, err := s.Survey(t.Context(), store.Selector{AsOf: "2025-01-01", Landscape: "example.org/owner/a:landscape.yml"})
		if err != nil {
			t.Fatal(err)
		}
		got.Outcomes[0].Revision.Commit = "spoilt"
	}
	for _, sel := range []store.Selector{
		{AsOf: "2025-01-02"}, {Landscape: "example.org/owner/b:landscape.yml"}, {AsOf: "2025"},
		{AsOf: "2025-01-02", Landscape: "example.org/owner/a:landscape.yml"},
	} {
		_, err := s.Survey(t.Context(), sel)
		wantKind(t, "Survey that is not there", err, errkind.NotFound)
		if errkind.Hint(err) == "" {
			t.Errorf("Survey %+v: the error has no hint", sel)
		}
		_, err = s.Stamp(t.Context(), sel)
		wantKind(t, "Stamp of a survey that is not there", err, errkind.NotFound)
	}
}

// testSurveyReplaced: date and landscape, whatever its commit and spelling,
// make the identity.
func testSurveyReplaced(t *testing.T, s store.Store) {
	mustPutSurvey(t, s, survey("2025-01-01", "a"), survey("2025-01-01", "b"), survey("2025-01-02", "a"))
	again := survey("2025-01-01", "A")
	again.Landscape.Evidence.Commit = "later"
	again.Outcomes = again.Outcomes[:1]
	mustPutSurvey(t, s, again)
	wantSurvey(t, s, store.Selector{AsOf: "2025-01-01", Landscape: "example.org/owner/a:landscape.yml"}, again)
	headers, err := s.Surveys(t.Context())
	if err != nil || len(headers) != 3 {
		t.Errorf("Surveys: %d, %v; want 3", len(headers), err)
	}
}

// testSurveyChoice: the newest date, then the one put last.
func testSurveyChoice(t *testing.T, s store.Store) {
	oldA, newA, newB := survey("2024-12-31", "a"), survey("2025-01-01", "a"), survey("2025-01-01", "b")
	mustPutSurvey(t, s, newA, newB, oldA)
	wantSurvey(t, s, store.Selector{}, newB)
	wantSurvey(t, s, store.Selector{AsOf: "2024-12-31"}, oldA)
	wantSurvey(t, s, store.Selector{Landscape: "example.org/owner/a:landscape.yml"}, newA)
	mustPutSurvey(t, s, newA)
	wantSurvey(t, s, store.Selector{}, newA)
	wantSurvey(t, s, store.Selector{AsOf: "2025-01-01"}, newA)
	mustPutSurvey(t, s, newB, oldA)
	wantSurvey(t, s, store.Selector{}, newB)
}

// testSurveyList: headers and bodies in the same order, by date and landscape.
func testSurveyList(t *testing.T, s store.Store) {
	url := survey("2025-01-01", "c")
	url.Landscape.Evidence = fact.Evidence{URL: "https://example.org/landscape.yml", At: "2025-01-01T12:00:00Z"}
	file := survey("2025-01-01", "d")
	file.Landscape.Evidence = fact.Evidence{Path: "/srv/landscape.yml"}
	// Known to nobody but itself, such as standard input.
	bare := survey("2025-01-01", "e")
	bare.Landscape.Evidence = fact.Evidence{}
	inOrder := []*fact.Survey{survey("2024-12-31", "b"), bare, file, survey("2025-01-01", "a"), url, survey("2025-01-02", "a")}
	for _, i := range []int{3, 0, 5, 1, 4, 2} {
		mustPutSurvey(t, s, inOrder[i])
	}
	sources := []string{
		"example.org/owner/b:landscape.yml", "", "/srv/landscape.yml", "example.org/owner/a:landscape.yml",
		"https://example.org/landscape.yml", "example.org/owner/a:landscape.yml",
	}
	var want []store.Header
	for i, sv := range inOrder {
		want = append(want, store.Header{
			AsOf: sv.AsOf, Source: sources[i], Landscape: sv.Landscape.Evidence,
			Projects: 2, Repositories: 3, Measured: 2, Failed: 2,
		})
	}
	headers, err := s.Surveys(t.Context())
	if err != nil {
		t.Fatalf("Surveys: %v", err)
	}
	if diff := cmp.Diff(want, headers); diff != "" {
		t.Errorf("Surveys (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(inOrder, eachSurvey(t, s)); diff != "" {
		t.Errorf("EachSurvey (-want +got):\n%s", diff)
	}
}

func eachSurvey(t *testing.T, s store.Store) []*fact.Survey {
	t.Helper()
	var got []*fact.Survey
	err := s.EachSurvey(t.Context(), func(sv *fact.Survey) error {
		got = append(got, sv)
		return nil
	})
	if err != nil {
		t.Fatalf("EachSurvey: %v", err)
	}
	return got
}

// testBadSurveys: a survey that could not be found again is refused.
func testBadSurveys(t *testing.T, s store.Store) {
	tests := map[string]func(*fact.Survey){
		"no landscape":    func(sv *fact.Survey) { sv.Landscape = nil },
		"no date":         func(sv *fact.Survey) { sv.AsOf = "" },
		"no such date":    func(sv *fact.Survey) { sv.AsOf = "2025-02-30" },
		"a time":          func(sv *fact.Survey) { sv.AsOf = "2025-01-01T00:00:00Z" },
		"bytes in source": func(sv *fact.Survey) { sv.Landscape.Evidence.Path = "\xff" },
	}
	for name, change := range tests {
		sv := survey("2025-01-01", "a")
		change(sv)
		wantKind(t, name, s.PutSurvey(t.Context(), sv), errkind.Internal)
	}
	if got := eachSurvey(t, s); len(got) != 0 {
		t.Errorf("%d surveys are stored, want none", len(got))
	}
}

// testDeterministic: the order of filling leaves no trace.
func testDeterministic(t *testing.T, a, b store.Store) {
	records := many(50)
	surveys := []*fact.Survey{survey("2025-01-01", "a"), survey("2025-01-01", "b"), survey("2024-01-01", "a")}
	mustPut(t, a, records...)
	mustPutSurvey(t, a, surveys...)

	slices.Reverse(surveys)
	mustPutSurvey(t, b, surveys...)
	slices.Reverse(records)
	for _, r := range records {
		r.Repo = "Example" + r.Repo[len("example"):]
		mustPut(t, b, r)
	}
	mustPutSurvey(t, b, surveys[1])
	if diff := cmp.Diff(export(t, a), export(t, b)); diff != "" {
		t.Errorf("exports differ (-a +b):\n%s", diff)
	}
}

// export is all that a store holds but its cache, as text.
func export(t *testing.T, s store.Store) []string {
	t.Helper()
	lines := text(each(t, s))
	headers, err := s.Surveys(t.Context())
	if err != nil {
		t.Fatalf("Surveys: %v", err)
	}
	for _, v := range []any{headers, eachSurvey(t, s)} {
		line, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	return lines
}
