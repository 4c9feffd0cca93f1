package commit_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect/commit"
	"assay/internal/fact"
)

func sample(t *testing.T) []byte {
	t.Helper()
	ref := func(letter, at string) *fact.CommitRef {
		return &fact.CommitRef{Commit: strings.Repeat(letter, 40), At: at}
	}
	body, err := json.Marshal(&fact.Commits{
		Authors: []fact.Author{
			{
				ID: "aa", Keys: []string{"aa", "ab"}, Names: []string{"ac"}, Addresses: []fact.Address{{Key: "aa", Domain: "acme.example"}, {Key: "ad"}},
				First: ref("1", "2024-01-02T03:04:05Z"), Last: ref("2", "2025-06-07T08:09:10Z"),
			},
			{ID: "ba", Keys: []string{"ba"}, Addresses: []fact.Address{{Key: "ba"}}, First: ref("3", "2025-06-07T00:00:00Z"), Last: ref("3", "2025-06-07T00:00:00Z")},
			{ID: "ca", Keys: []string{"ca"}, Bot: "dependabot[bot]", Addresses: []fact.Address{{Key: "ca"}}, First: ref("4", "2025-06-07T00:00:00Z")},
		},
		Languages: []string{"Go", "Rust"},
		Work: []fact.Work{
			{Period: "2024-01", Author: 0, Commits: 3, Touched: []fact.Touched{{Language: 1, Commits: 2}}},
			{Period: "2025-06-07", Author: 0, Commits: 1, Merges: 1},
			{Period: "2025-06-07", Author: 0, Address: 1, Commits: 2, Touched: []fact.Touched{{Language: 0, Commits: 2}}},
			{Period: "2025-06-07", Author: 1, Commits: 4, Touched: []fact.Touched{{Language: 0, Commits: 1}, {Language: 1, Commits: 4}}},
			{Period: "2025-06-07", Author: 2, Commits: 5},
			{Period: "2025-06-08", Author: 0, Commits: 6},
		},
		Mailmap: "feed",
	})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// What is passed on by default says how much was done, and by nobody.
func TestPublish(t *testing.T) {
	t.Parallel()
	got, err := commit.Collector{}.Publish(sample(t), false)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"people":2,"bots":["dependabot[bot]"],"languages":["Go","Rust"],"work":[` +
		`{"period":"2024-01","authors":1,"commits":3,"touched":[{"language":1,"commits":2}]},` +
		`{"period":"2025-06-07","authors":2,"commits":7,"merges":1,"touched":[{"language":0,"commits":3},{"language":1,"commits":4}]},` +
		`{"period":"2025-06-07","bots":true,"authors":1,"commits":5},` +
		`{"period":"2025-06-08","authors":1,"commits":6}],"mailmap":"feed"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// With authors there is no commit and no day from which to look one up.
func TestPublishAuthors(t *testing.T) {
	t.Parallel()
	got, err := commit.Collector{}.Publish(sample(t), true)
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`[0-9a-f]{40}|\d{4}-\d\d-\d\d`).Find(got); found != nil {
		t.Errorf("%q stands in it, which leads to an author:\n%s", found, got)
	}
	var by commit.ByAuthor
	if err := json.Unmarshal(got, &by); err != nil {
		t.Fatal(err)
	}
	want := []fact.Work{
		{Period: "2024-01", Author: 0, Commits: 3, Touched: []fact.Touched{{Language: 1, Commits: 2}}},
		{Period: "2025-06", Author: 0, Commits: 7, Merges: 1},
		{Period: "2025-06", Author: 0, Address: 1, Commits: 2, Touched: []fact.Touched{{Language: 0, Commits: 2}}},
		{Period: "2025-06", Author: 1, Commits: 4, Touched: []fact.Touched{{Language: 0, Commits: 1}, {Language: 1, Commits: 4}}},
		{Period: "2025-06", Author: 2, Commits: 5},
	}
	if diff := cmp.Diff(want, by.Work); diff != "" {
		t.Errorf("work (-want +got):\n%s", diff)
	}
	if a := by.Authors[0]; a.First != "2024-01" || a.Last != "2025-06" || len(a.Keys) != 2 {
		t.Errorf("author %+v", a)
	}
}

// A damaged fact is told of, or does no harm.
func TestPublishDamaged(t *testing.T) {
	t.Parallel()
	if _, err := (commit.Collector{}).Publish([]byte(`[]`), false); err == nil {
		t.Error("a list is taken for a fact")
	}
	for _, authors := range []bool{false, true} {
		if _, err := (commit.Collector{}).Publish([]byte(`{"work":[{"period":"20","author":-1},{"period":"","author":7}]}`), authors); err != nil {
			t.Error(err)
		}
	}
}
