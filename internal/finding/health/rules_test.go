package health

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/finding/quantity"
	"assay/internal/limit"
)

// mine is a user's file that changes one dimension.
const mine = `# ours are too strict
dimensions:
  releases:
    title: Releases of ours
    inputs: [releases_year, days_since_release]
    because: "{releases_year}, {days_since_release:number}"
    bounded:
      - when: releases_year < 1
        inputs: [days_since_release]
        because: there is none
    levels:
      - level: excellent
        when: releases_year >= 2
      - level: good
        when: releases_year >= 1 && days_since_release <= 400
        because: one
      - level: moderate
        when: days_since_release <= 800
      - level: needs attention
`

func TestLoadReplacesWhatItDefines(t *testing.T) {
	t.Parallel()
	r, err := Load([]byte(mine))
	if err != nil {
		t.Fatal(err)
	}
	in := tikv()
	in.ReleasesYear, in.DaysSinceRelease = quantity.Exact(1.), quantity.Exact(399.)
	theirs, house := r.Judge(in), Default().Judge(in)
	for i, d := range theirs.Dimensions {
		if d.Name != "releases" {
			if diff := cmp.Diff(house.Dimensions[i], d); diff != "" {
				t.Errorf("%s changed: -ours +theirs\n%s", d.Name, diff)
			}
			continue
		}
		if d.Level != Good || d.Why != "one" || d.Title != "Releases of ours" || len(d.Figures) != 2 {
			t.Errorf("releases: %+v", d)
		}
	}
	if theirs.Overall.Level != Good || house.Overall.Level != Moderate {
		t.Errorf("overall is %s, with our rules %s", theirs.Overall.Level, house.Overall.Level)
	}
}

// A file that says nothing, and ours itself, leave the rules as they are.
func TestLoadOfNothingIsOurs(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"nothing": "", "comments": "# none\n\n  # yet\n", "ours": string(ours), "empty sections": "inputs: {}\ndimensions: {}\n",
	} {
		r, err := Load([]byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(Default().Judge(tikv()), r.Judge(tikv())); diff != "" {
			t.Errorf("%s: -ours +theirs\n%s", name, diff)
		}
	}
}

// A user's input changes its ends, and with them what an unknown one is.
func TestLoadReplacesInputs(t *testing.T) {
	t.Parallel()
	r, err := Load([]byte("inputs:\n  bot_share: {title: bots, meaning: Bots., unit: percent, source: us, worst: 0.9, best: 0}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for i, input := range r.Inputs() {
		if input.Name != "bot_share" {
			if input != Default().Inputs()[i] {
				t.Errorf("%s changed: %+v", input.Name, input)
			}
		} else if diff := cmp.Diff(Input{"bot_share", "bots", "Bots.", "percent", "us", 0.9, 0}, input); diff != "" {
			t.Errorf("bot_share: -want +got\n%s", diff)
		}
	}
}

// Each case is the valid file with one thing changed: from, to, and what the
// error says.
func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ from, to, want string }{
		"no YAML":             {"dimensions:", "dimensions: [", "line 4: not readable as YAML: "},
		"a list":              {mine, "- a\n- b\n", "line 1: is no mapping of plain keys"},
		"a text":              {mine, "rules", "line 1: is no mapping"},
		"null":                {mine, "~", "line 1: is no mapping"},
		"unknown key":         {"dimensions:", "dimension:", `line 2: unknown key "dimension"`},
		"unknown dimension":   {"  releases:", "  release:", `line 3, dimensions: unknown key "release"`},
		"unknown key within":  {"title:", "name:", `line 4, dimensions.releases: unknown key "name"`},
		"key twice":           {"    title:", "    title: x\n    title:", "line 5, dimensions.releases.title: stands there twice"},
		"key is no text":      {"    title:", "    [a]: x\n    title:", "dimensions.releases: is no mapping of plain keys"},
		"no title":            {"    title: Releases of ours\n", "", "line 3, dimensions.releases: lacks title"},
		"title is a list":     {"title: Releases of ours", "title: [a]", "line 4, dimensions.releases.title: is no text"},
		"control characters":  {"title: Releases of ours", `title: "a\e[31m"`, "title: holds control characters"},
		"long text":           {"Releases of ours", strings.Repeat("x", limit.RulesText+1), "title: is longer than 1000 characters"},
		"alias":               {"title: Releases of ours", "title: &a x\n    because: *a", "because: is no text"},
		"no inputs":           {"    inputs: [releases_year, days_since_release]\n", "", "lacks title, inputs or levels"},
		"unknown input":       {"inputs: [releases_year,", "inputs: [release_year,", `line 5, dimensions.releases.inputs[0]: unknown input "release_year"`},
		"input twice":         {"inputs: [releases_year,", "inputs: [releases_year, releases_year,", `inputs[1]: input "releases_year" stands there twice`},
		"input not listed":    {"[releases_year, days_since_release]", "[releases_year]", `uses "days_since_release", which is not among its inputs`},
		"inputs no list":      {"inputs: [releases_year, days_since_release]", "inputs: releases_year", "inputs: is no list"},
		"unknown in a rule":   {"releases_year >= 2", "releases >= 2", `line 13, dimensions.releases.levels[0].when: unknown input "releases"`},
		"not of the list":     {"releases_year >= 2", "authors_year >= 2", `levels[0].when: uses "authors_year", which is not among its inputs`},
		"dimension in a rule": {"releases_year >= 2", "people >= 2", `levels[0].when: unknown input "people"`},
		"no expression":       {"releases_year >= 2", "releases_year >=", "levels[0].when: is no expression"},
		"not boolean":         {"releases_year >= 2", "releases_year", "levels[0].when: gives a double, not true or false"},
		"wrong way":           {"releases_year >= 2", "releases_year <= 2", "levels[0].when: a worse releases_year could make it hold"},
		"huge expression":     {"releases_year >= 2", "true" + strings.Repeat(" && true", 120), "levels[0].when: "},
		"no rule":             {"        when: releases_year >= 2\n", "", "line 12, dimensions.releases.levels[0]: lacks a rule"},
		"rule of the lowest":  {"level: needs attention", "level: needs attention\n        when: 'true'", "levels[3].when: the lowest level has no rule"},
		"level missing":       {"      - level: moderate\n        when: days_since_release <= 800\n", "", `levels[2]: level "moderate" is missing here`},
		"lowest missing":      {"      - level: needs attention\n", "", `dimensions.releases: level "needs attention" is missing here`},
		"levels in disorder":  {"level: good", "level: moderate", `levels[1]: level "good" is missing here`},
		"level too many":      {"level: needs attention", "level: needs attention\n      - level: unknown", "levels[4]: a level too many"},
		"no because":          {"    because: \"{releases_year}, {days_since_release:number}\"\n", "", "levels[0]: lacks a text: because"},
		"unknown hole":        {"{days_since_release:number}", "{days_since_commit}", "because: {days_since_commit} is none of its inputs"},
		"dimension in a hole": {"{days_since_release:number}", "{people}", "because: {people} is none of its inputs"},
		"hole left open":      {"{days_since_release:number}", "{days_since_release", "because: a brace that is no place for a figure"},
		"bound without when":  {"- when: releases_year < 1\n        inputs", "- inputs", "bounded[0]: lacks when, inputs or because"},
		"bound wrong way":     {"releases_year < 1", "releases_year > 1", "bounded[0].when: a worse releases_year could"},
		"bound of another":    {"inputs: [days_since_release]", "inputs: [authors_year]", `uses "authors_year", which is not among`},
		"bound of unknown":    {"inputs: [days_since_release]", "inputs: [x]", `bounded[0].inputs[0]: unknown input "x"`},
		"half an input":       {"dimensions:", "inputs:\n  bot_share: {title: x}\ndimensions:", "line 3, inputs.bot_share: lacks title, meaning"},
		"no number":           {"dimensions:", input("one", "0"), `inputs.bot_share.worst: "one" is no number`},
		"negative":            {"dimensions:", input("1", "-1"), `inputs.bot_share.best: "-1" is no number`},
		"endless":             {"dimensions:", input("1e300", "0"), `inputs.bot_share.worst: "1e300" is no number`},
		"no range":            {"dimensions:", input("1", "1.0"), "inputs.bot_share.best: is what worst is"},
		"turned round":        {"dimensions:", input("0", "1"), "inputs.bot_share: the worse end is the other one"},
		"many items":          {"inputs: [", "inputs: [" + strings.Repeat("releases_year, ", limit.RulesItems), "inputs: is no list of at most 32 items"},
		"deep":                {"inputs: [", "inputs: " + strings.Repeat("[", 20), "not readable as YAML"},
		"many nodes":          {mine, strings.Repeat("[", limit.RulesMarks+1), "not readable as YAML: more than 4000"},
		"large":               {"# ours", "#" + strings.Repeat(" ", limit.RulesBytes) + "# ours", "more than 65536 bytes"},
		"overall":             {mine, "overall: {title: All, inputs: [archived], levels: []}", "line 1, overall: lacks title, inputs or levels"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := strings.Replace(mine, test.from, test.to, 1)
			if data == mine {
				t.Fatal("the case changes nothing")
			}
			_, err := Load([]byte(data))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want %q", err, test.want)
			}
			plain(t, err)
		})
	}
}

// input is the valid file's first key after a definition with these ends.
func input(worst, best string) string {
	const definition = "inputs:\n  bot_share: {title: x, meaning: x, unit: x, source: x, worst: %s, best: %s}\ndimensions:"
	return fmt.Sprintf(definition, worst, best)
}

// plain checks that an error is fit to be shown.
func plain(t *testing.T, err error) {
	t.Helper()
	if errkind.Of(err) != errkind.Input || errkind.Hint(err) == "" || !strings.HasPrefix(err.Error(), "health rules") {
		t.Errorf("error %q of kind %s, hint %q", err, errkind.Of(err), errkind.Hint(err))
	}
	if strings.ContainsFunc(err.Error(), unicode.IsControl) || len(err.Error()) > 4*limit.RulesText {
		t.Errorf("error %q is not one plain line", err)
	}
}

// Overall may ask what dimensions are, and only that way.
func TestLoadOverall(t *testing.T) {
	t.Parallel()
	const all = `overall:
  title: All
  inputs: [archived]
  because: "{people}"
  levels:
    - {level: excellent, when: %s}
    - {level: good, when: people >= needs_attention}
    - {level: moderate, when: "true"}
    - {level: needs attention}
`
	r, err := Load([]byte(strings.Replace(all, "%s", "people >= excellent && responsiveness >= good", 1)))
	if err != nil {
		t.Fatal(err)
	}
	got := r.Judge(tikv()).Overall
	if got.Level != Good || got.Best != Excellent || got.Why != "excellent" {
		t.Errorf("overall: %+v", got)
	}
	for _, wrong := range []string{"people <= good", "overall >= good", "people >= best", "good >= people"} {
		if _, err := Load([]byte(strings.Replace(all, "%s", wrong, 1))); err == nil {
			t.Errorf("%q is taken", wrong)
		} else {
			plain(t, err)
		}
	}
}

// Whatever a file says, it is refused with an error fit to be shown, or its
// rules keep what all rules keep.
func FuzzLoad(f *testing.F) {
	f.Add(mine)
	f.Add(strings.ReplaceAll(mine, ">=", "<"))
	f.Add("inputs: {bot_share: {title: x, meaning: x, unit: x, source: x, worst: 1, best: 0}}")
	f.Fuzz(func(t *testing.T, data string) {
		r, err := Load([]byte(data))
		if err != nil {
			plain(t, err)
			return
		}
		random := rand.New(rand.NewPCG(5, 6))
		for range 3 {
			in := draw(t, random, 0.9)
			without := in
			for i := range fields {
				if random.IntN(3) == 0 {
					without, _ = blank(t, without, i)
				}
			}
			below(t, r.Judge(without), r.Judge(in), "with some unknown")
		}
	})
}
