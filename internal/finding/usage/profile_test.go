package usage_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

func landscape(tb testing.TB, facts finding.Facts) *profile.Landscape {
	tb.Helper()
	l, err := profile.Of(facts, finding.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func of(tb testing.TB, l *profile.Landscape, language string) *usage.Findings {
	tb.Helper()
	f, err := usage.Of(l, language)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// The answers for two languages point into one profile.
func TestLanguagesShareTheProfile(t *testing.T) {
	t.Parallel()
	l := landscape(t, findingtest.Facts())
	first, second := of(t, l, "Rust"), of(t, l, "Go")
	for i := range first.Projects {
		a, b := &first.Projects[i], &second.Projects[i]
		shared := a.Project == b.Project && a.Releases == b.Releases && a.Documents.Documents == b.Documents.Documents
		for k := range a.Repositories {
			shared = shared && a.Repositories[k].Repository == b.Repositories[k].Repository
		}
		if a.Activity != nil {
			shared = shared && a.Activity.Activity == b.Activity.Activity
		}
		if !shared || a.Project != l.Projects[i] {
			t.Errorf("%s has a profile for each language", a.Name)
		}
	}
}

// A second language needs none of the facts that the profile was made from: what
// they told is there.
func TestSecondLanguageReadsNoCommits(t *testing.T) {
	t.Parallel()
	want := encode(t, of(t, landscape(t, findingtest.Facts()), "Go"))
	l := landscape(t, findingtest.Facts())
	of(t, l, "Rust")
	clear(l.Facts.Commits)
	clear(l.Facts.Compositions)
	l.Facts.Survey.Outcomes, l.Facts.Survey.Catalog.Repositories = nil, nil
	if encode(t, of(t, l, "Go")) != want {
		t.Error("the answer for a second language is another than for the first, or looks at commits and outcomes again")
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// What stands in an answer for its place in the JSON form is what the profile
// says.
func TestRepeatedFieldsAgree(t *testing.T) {
	t.Parallel()
	f := of(t, landscape(t, findingtest.Facts()), "Rust")
	checked := 0
	for i := range f.Projects {
		p := &f.Projects[i]
		checked += agree(t, p, p.Project) + agree(t, &p.Documents, p.Documents.Documents)
		for k := range p.Repositories {
			checked += agree(t, &p.Repositories[k], p.Repositories[k].Repository)
		}
		if p.Activity != nil {
			checked += agree(t, p.Activity, p.Activity.Activity)
		}
	}
	if checked < 9*5 {
		t.Errorf("only %d fields compared", checked)
	}
}

// agree compares the fields that both structs have, of one name and type.
func agree(t *testing.T, answer, of any) int {
	t.Helper()
	a, b := reflect.ValueOf(answer).Elem(), reflect.ValueOf(of).Elem()
	n := 0
	for f := range a.Type().Fields() {
		other, ok := b.Type().FieldByName(f.Name)
		if f.Anonymous || !f.IsExported() || !ok || other.Type != f.Type {
			continue
		}
		n++
		if x, y := a.FieldByIndex(f.Index).Interface(), b.FieldByIndex(other.Index).Interface(); !reflect.DeepEqual(x, y) {
			t.Errorf("%s.%s is %v, and in the profile %v", a.Type(), f.Name, x, y)
		}
	}
	return n
}

// crowded gives the invented survey with many authors over many months.
func crowded() finding.Facts {
	facts := findingtest.Facts()
	for _, c := range facts.Commits {
		for i := range 500 {
			name := fmt.Sprintf("invented-%d", i)
			c.Authors = append(c.Authors, fact.Author{ID: name, Keys: []string{name}, Addresses: []fact.Address{{Key: name, Domain: "suse.com"}}})
			for month := range 120 {
				c.Work = append(c.Work, fact.Work{
					Period: fmt.Sprintf("%d-%02d", 2015+month/12, 1+month%12), Author: len(c.Authors) - 1, Commits: 3,
					Touched: []fact.Touched{{Language: 0, Commits: 2}},
				})
			}
		}
	}
	return facts
}

// A second language costs what the language adds, and no second profile.
func BenchmarkSecondLanguage(b *testing.B) {
	facts := crowded()
	l := landscape(b, facts)
	b.Run("anew", func(b *testing.B) {
		for b.Loop() {
			of(b, landscape(b, facts), "Go")
		}
	})
	b.Run("of the profile", func(b *testing.B) {
		for b.Loop() {
			of(b, l, "Go")
		}
	})
}
