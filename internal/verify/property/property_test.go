package property_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"assay/internal/dataset"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
)

// nameForm is what a name looks like.
var nameForm = regexp.MustCompile(`^[a-z]+(?:\.[a-z]+)*$`)

// The dictionary is linted as code is: each key has a value that it may have.
func TestDictionary(t *testing.T) {
	t.Parallel()
	all := property.All()
	if len(all) < 150 {
		t.Fatalf("%d properties: the test looks at too little", len(all))
	}
	seen := map[string]bool{}
	for _, p := range all {
		if !nameForm.MatchString(p.Name) || seen[p.Name] {
			t.Errorf("%q is no name, or there twice", p.Name)
		}
		seen[p.Name] = true
		for _, wrong := range faults(p) {
			t.Errorf("%s: %s", p.Name, wrong)
		}
	}
}

// faults says what is wrong with an entry.
func faults(p *property.Property) []string {
	var all []string
	check := func(ok bool, what string) {
		if !ok {
			all = append(all, what)
		}
	}
	kinds := slices.Concat(claim.Kinds(), []claim.Kind{"figure"})
	check(slices.Contains(kinds, claim.Kind(p.Kind)), "kind "+p.Kind)
	check(slices.Contains(property.Values(), p.Value), "value "+string(p.Value))
	check(slices.Contains(property.Arguments(), p.Argument), "argument "+string(p.Argument))
	check(slices.Contains(property.Periods(), p.Period), "period "+string(p.Period))
	check(slices.Contains([]string{"", "size", "work"}, p.Mistaken), "mistaken "+p.Mistaken)
	check(slices.Contains([]string{"", "work", "releases", "trees"}, p.Rests), "rests "+p.Rests)
	check(slices.Contains([]string{"", "project", "language"}, p.Than), "than "+p.Than)
	check(slices.Contains([]string{"", property.ByWords, property.ByFigure}, p.Asks), "asks "+p.Asks)
	check(len(p.Of) > 0, "said of nothing")
	for _, s := range p.Of {
		check(slices.Contains(property.Sorts(), s), "of "+string(s))
	}
	check(p.Value == property.Word == (len(p.Words) > 0), "words are for the type word, and that alone")
	check(p.Unit == "" || p.Value == property.Number, "a unit is for numbers")
	check(!p.Optional || p.Argument != "", "optional is for arguments")
	check(!p.Own || p.Argument == property.ALanguage && p.Language, "own is for an argument that is a language")
	check(!p.Found || p.Rests != "", "found is for what rests on something")
	check(!p.Untried || p.Mistaken != "", "untried is for what is mistaken")
	check(p.Title != "" && p.Title[0] != ' ' && !strings.HasSuffix(p.Title, "."), "title")
	check(strings.HasSuffix(p.Meaning, "."), "a meaning is a sentence")
	check(!strings.HasSuffix(p.Text, "."), "the reason is a clause")
	return all
}

// The columns are in the dictionary of the data set.
func TestColumns(t *testing.T) {
	t.Parallel()
	known, given := map[string]bool{}, 0
	for _, table := range dataset.Dictionary() {
		for i := range table.Columns {
			known[table.Name+"."+table.Columns[i].Name] = true
		}
	}
	for _, p := range property.All() {
		if p.Column == "" {
			continue
		}
		given++
		if !known[p.Column] {
			t.Errorf("%s: the data set has no column %q", p.Name, p.Column)
		}
	}
	if given < 50 {
		t.Errorf("%d columns: the test looks at too little", given)
	}
}

// A property is called as a reader calls it, and told apart from others.
func TestCalled(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, of, want string }{
		{"share", "Go", "the share of Go"}, {"milestone", "graduated", "the day as graduated"}, {"bytes", "", "the bytes"},
		{"commits.month", "2025-01", "the human commits of a month of 2025-01"}, {"count.using", "", "the number of projects"},
	} {
		if got := property.Must(tt.name).Called(tt.of); got != tt.want {
			t.Errorf("%s of %q is called %q, want %q", tt.name, tt.of, got, tt.want)
		}
	}
	if p := property.Must("report.made"); !p.Under("report") || p.Under("rep") || !p.Is("report", "report.made") || p.Is("report") {
		t.Error("report.made is under report, and no other")
	}
	var tried []string
	for _, p := range property.Mistaken("size") {
		tried = append(tried, p.Name)
	}
	if got := strings.Join(tried, " "); got != "bytes code total comment files packages manifests" {
		t.Errorf("sizes are tried in the order %s", got)
	}
}
