package stated_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"assay/internal/errkind"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

var update = flag.Bool("update", false, "write docs/claims.schema.json")

// The published schema is what the dictionary says.
func TestPublished(t *testing.T) {
	t.Parallel()
	const name = "../../../docs/claims.schema.json"
	if *update {
		if err := os.WriteFile(name, stated.Schema(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(stated.Schema()), string(got)); diff != "" {
		t.Errorf("it is not what the dictionary says; run this test with -update:\n%s", diff)
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(stated.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("claims.json", v); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("claims.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func value(t *testing.T, text string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// one is a document of one claim.
func one(members string) string { return `{"claims": [{` + members + `}]}` }

const of = `"subject": {"project": "Ferrobase"}, `

// What is wrong is told with its place and what is expected, and the schema refuses it,
// too, but for what it cannot know.
func TestFaults(t *testing.T) {
	t.Parallel()
	schema := compiled(t)
	for _, tt := range []struct {
		document, want string
		beyond         bool // the schema cannot tell
	}{
		{one(of + `"property": "bites", "value": 3`), `1:63: claims[0].property: there is no property "bites"; did you mean bytes?`, false},
		{one(of + `"property": "bytes"`), `claims[0].value: expected a number`, false},
		{one(of + `"property": "bytes", "value": "many"`), `claims[0].value: it is "many"; expected a number`, false},
		{one(of + `"property": "bytes", "value": -1`), `claims[0].value: -1 is beyond what is measured`, false},
		{one(of + `"property": "bytes", "value": 1e99`), `claims[0].value: 1e99 is beyond what is measured`, true},
		{one(of + `"property": "bytes", "value": true`), `claims[0].value: expected a number`, false},
		{one(of + `"property": "bytes", "value": [1]`), `claims[0].value: expected a number or a text`, false},
		{one(of + `"property": "bytes", "value": 1, "unit": "lines"`), `claims[0].unit: "lines" is none of "byte", "bytes", "kB"`, false},
		{one(of + `"property": "bytes", "value": 1, "bound": "atleast"`), `claims[0].bound: "atleast" is no bound of bytes; expected one of "exactly", "about", "at least", "at most", "over", "under", "range"; did you mean at least?`, false},
		{one(of + `"property": "bytes", "value": 1, "bound": "range"`), `claims[0].bound: a range has two ends: expected a member "to"`, false},
		{one(of + `"property": "bytes", "value": 1, "to": 2`), `claims[0].to: it is the end of a range; expected a bound "range"`, false},
		{one(of + `"property": "bytes", "value": 2, "to": 1, "bound": "range"`), `claims[0].to: it is before the value`, true},
		{one(of + `"property": "bytes", "value": 2, "tolerance": "much"`), `claims[0].tolerance: expected a number from 0`, false},
		{one(of + `"property": "milestone", "value": "2020-01-01"`), `claims[0].of: milestone is of something: expected its milestone`, false},
		{one(of + `"property": "milestone", "of": "graduated", "value": "2020-13-01"`), `claims[0].value: "2020-13-01" is no such date`, true},
		{one(of + `"property": "milestone", "of": "graduated", "value": "soon"`), `claims[0].value: "soon" is no such date; expected a text, YYYY-MM-DD, YYYY-MM or YYYY`, false},
		{one(of + `"property": "milestone", "of": "graduated", "value": 2020`), `claims[0].value: it is 2020; expected a text`, false},
		{one(of + `"property": "milestone", "of": "graduated", "value": "2020", "bound": "about"`), `claims[0].bound: "about" is no bound of milestone`, false},
		{one(of + `"property": "class", "value": "kernel"`), `claims[0].value: "kernel" is none of "core", "component"`, false},
		{one(of + `"property": "cadence", "value": "monthy"`), `did you mean monthly?`, false},
		{one(of + `"property": "language", "value": "Rusty"`), `claims[0].value: "Rusty" is no language that linguist knows`, true},
		{one(of + `"property": "share", "of": "Rusty", "value": 3`), `claims[0].of: "Rusty" is no language`, true},
		{one(of + `"property": "maturity", "of": "Rust", "value": "sandbox"`), `claims[0].of: maturity is of nothing else`, false},
		{one(of + `"property": "count.using", "value": 3`), `claims[0].subject: count.using is not said of a project; expected "landscape", "level"`, false},
		{one(`"subject": {"project": "a", "repository": "b"}, "property": "bytes", "value": 3`), `claims[0].subject: expected one of "project", "repository", "landscape"`, false},
		{one(`"subject": {"package": "a"}, "property": "package.version", "value": "3"`), `claims[0].subject: expected one of "package"; a package with its project`, false},
		{one(`"subject": {"landscape": false}, "property": "bytes", "value": 3`), `claims[0].subject.landscape: expected true`, false},
		{one(`"subject": "Ferrobase", "property": "bytes", "value": 3`), `claims[0].subject: it is a text; expected an object`, false},
		{one(`"property": "bytes", "value": 3`), `claims[0]: "subject" is missing`, false},
		{one(of + `"property": "bytes", "value": 3, "colour": "red"`), `claims[0].colour: there is no such member`, false},
		{one(of + `"property": "bytes", "value": 3, "value": 4`), `claims[0].value: it is there twice`, true},
		{one(of + `"property": "bytes", "value": 3, "scope": "all"`), `claims[0].scope: "all" is none of "primary"`, false},
		{one(of + `"property": "stars", "value": 3, "scope": "primary"`), `claims[0].scope: stars has no scope`, false},
		{one(of + `"property": "stars", "value": 3, "listed": 2`), `claims[0].listed: stars has none`, false},
		{one(of + `"property": "stars", "value": 3, "period": {}`), `claims[0].period: expected one of "year", "as_of"`, false},
		{one(of + `"property": "stars", "value": 3, "period": {"year": 12}`), `claims[0].period: expected a year of four digits`, false},
		{one(of + `"property": "member", "value": 3`), `claims[0].value: member is so or not; expected true`, false},
		{one(of + `"property": "than", "of": "beauty", "value": "more", "than": "Meshwork"`), `claims[0].of: "beauty" is none of`, false},
		{one(of + `"property": "than", "of": "bytes", "value": "more"`), `claims[0].than: than compares: expected a project`, false},
		{one(of + `"property": "source", "value": "good"`), `claims[0].property: "source" is said by texts alone: it is about the making of the report`, false},
		{one(of + `"property": "commits.month", "of": "May", "value": 3`), `claims[0].of: "May" is no month`, false},
		{one(of + `"property": "named.more", "of": "users", "value": 3`), `claims[0].of: "users" is none of "adopters", "maintainers"`, false},
		{one(`"subject": {"landscape": true}, "property": "growth.accepted", "value": 3`), `claims[0].period: growth.accepted is of a year`, false},
		{one(`"subject": {"landscape": true}, "property": "count.area", "of": "storage", "value": 3`), `claims[0].among: count.area counts projects that are named`, false},
		{one(of + `"property": "bytes", "value": 3, "id": ""`), `claims[0].id: it is empty`, false},
		{one(of + `"property": "bytes", "value": 3, "source": {"column": 0}`), `2 mistakes in the claims, the first: 1:94: claims[0].source: "line" is missing`, false},
		{`{"claims": {}}`, `claims: it is a object; expected a list`, false},
		{`{"claims": [3]}`, `claims[0]: it is a number; expected an object`, false},
		{`[]`, `document: it is a list; expected an object with the member "claims"`, false},
		{`{"version": 2, "claims": []}`, `version: expected 1`, false},
		{`{"as_of": "today", "claims": []}`, `as_of: "today" is no day; expected YYYY-MM-DD`, false},
		{`{}`, `document: "claims" is missing`, false},
		{
			`{"claims": [{"id": "a", ` + of + `"property": "bytes", "value": 1}, {"id": "a", ` + of + `"property": "code", "value": 1}]}`,
			`claims[1].id: "a" is that of claims[0], too`, true,
		},
	} {
		d, err := stated.Read([]byte(tt.document))
		if err != nil {
			t.Errorf("%s: %v", tt.document, err)
			continue
		}
		err = d.Err()
		if errkind.Of(err) != errkind.Input || errkind.Hint(err) == "" || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s:\n got  %v\n want %s", tt.document, err, tt.want)
		}
		if wrong := schema.Validate(value(t, tt.document)); (wrong == nil) != tt.beyond {
			t.Errorf("%s: the schema says %v", tt.document, wrong)
		}
	}
}

// sample is a claim on a property that has nothing wrong.
func sample(p *property.Property, sort property.Sort) string {
	subject := map[property.Sort]string{
		property.OfProject: `"project": "p"`, property.OfRepository: `"repository": "r"`, property.OfPackage: `"package": "k", "project": "p"`,
		property.OfLevel: `"level": "sandbox"`, property.OfLandscape: `"landscape": true`,
	}[sort]
	s := fmt.Sprintf(`"subject": {%s}, "property": %q`, subject, p.Name)
	switch {
	case p.Value.IsNumber():
		s += `, "value": 12`
	case p.Value == property.Date:
		s += `, "value": "2024-02"`
	case p.Value == property.Word:
		s += fmt.Sprintf(`, "value": %q`, p.Words[0])
	case p.Value == property.Language:
		s += `, "value": "Go"`
	case p.Value != property.None:
		s += `, "value": "w"`
	}
	if arg, ok := map[property.Argument]string{
		property.ALanguage: "Rust", property.AMonth: "2024-02", property.ADay: "2024-02-03", property.AFigure: "bytes", property.People: "adopters", property.AThreshold: "12",
	}[p.Argument]; ok {
		s += fmt.Sprintf(`, "of": %q`, arg)
	} else if p.Argument != "" {
		s += `, "of": "x"`
	}
	if p.Than != "" {
		s += `, "than": "Go"`
	}
	if p.Among {
		s += `, "among": ["p"]`
	}
	if p.Period == property.YearEnd {
		s += `, "period": {"year": 2024}`
	}
	return one(s)
}

// Every property can be said of everything that it may be said of, and of nothing else,
// for the schema as for the reader.
func TestEveryProperty(t *testing.T) {
	t.Parallel()
	schema := compiled(t)
	n := 0
	for _, p := range stated.Properties() {
		for _, sort := range property.Sorts() {
			text := sample(p, sort)
			d, err := stated.Read([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			read, fits := d.Err(), schema.Validate(value(t, text))
			if may := p.MayBeOf(sort); (read == nil) != may || (fits == nil) != may {
				t.Errorf("%s of %s: %v; the schema says %v", p.Name, sort, read, fits)
			}
			n++
		}
	}
	if n < 500 {
		t.Errorf("%d claims: the test looks at too little", n)
	}
}

// What is no document at all, or too much, is an error with its place.
func TestNoDocument(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		kind errkind.Kind
		says string
	}{
		"":                         {errkind.Input, "it ends within the document"},
		`{"claims": [`:             {errkind.Input, "it ends within the document"},
		"{\n \"claims\": [],\n x}": {errkind.Input, "line 3, column 2: it is no JSON"},
		`{"claims": []} {}`:        {errkind.Input, "there is more behind the document"},
		"{\"claims\": []}\xff":     {errkind.Input, "no UTF-8"},
		strings.Repeat("[", 100):   {errkind.Limit, "more than 8 levels (limit claims-depth)"},
		"# Rust in our projects\n": {errkind.Input, "line 1, column 1: it is no JSON"},
		`{"claims": [` + strings.Repeat(`{},`, 40_000) + `{}]}`: {errkind.Limit, "more than 40,000 claims"},
		strings.Repeat(" ", 17<<20):                             {errkind.Limit, "more than 16 MiB (limit claims-bytes)"},
	} {
		_, err := stated.Read([]byte(text))
		if errkind.Of(err) != want.kind || !strings.Contains(err.Error(), want.says) || errkind.Hint(err) == "" {
			t.Errorf("%.40q: %v (%s), want %q", text, err, errkind.Of(err), want.says)
		}
	}
}

// All mistakes are told at once, in their order, up to a bound.
func TestManyFaults(t *testing.T) {
	t.Parallel()
	d, err := stated.Read([]byte("\ufeff{\"claims\": [\n" + strings.Repeat("{},\n", 99) + "{}]}"))
	if err != nil {
		t.Fatal(err)
	}
	if err = d.Err(); !strings.Contains(err.Error(), `200 mistakes or more in the claims, the first: 2:1: claims[0]: "subject" is missing`) {
		t.Error(err)
	}
}

// A number says itself how far it is rounded.
func TestFigure(t *testing.T) {
	t.Parallel()
	for members, want := range map[string]stated.Figure{
		`"property": "bytes", "value": 27000000`:               {Value: 27e6},
		`"property": "bytes", "value": 27e6`:                   {Value: 27e6, Tolerance: 5e5},
		`"property": "bytes", "value": 26.9E+6`:                {Value: 26.9e6, Tolerance: 5e4},
		`"property": "bytes", "value": 27, "unit": "MB"`:       {Value: 27e6, Tolerance: 5e5},
		`"property": "bytes", "value": 1.5, "unit": "MiB"`:     {Value: 1.5 * (1 << 20), Tolerance: 0.05 * (1 << 20)},
		`"property": "share", "value": 95`:                     {Value: 95, Tolerance: 0.5},
		`"property": "share", "value": 95.4, "unit": "%"`:      {Value: 95.4, Tolerance: 0.05},
		`"property": "share", "value": 0.954, "unit": "share"`: {Value: 95.4, Tolerance: 0.05},
		`"property": "commits.year", "value": 12`:              {Value: 12},
		`"property": "share", "value": 75, "tolerance": 5`:     {Value: 75, Tolerance: 5},
	} {
		d, err := stated.Read([]byte(one(of + members)))
		if err != nil || d.Err() != nil {
			t.Fatal(err, d.Err())
		}
		got := d.Claims[0].Figure(d.Claims[0].Value)
		if diff := got.Value - want.Value; diff > 1e-6 || diff < -1e-6 || got.Tolerance-want.Tolerance > 1e-6 || want.Tolerance-got.Tolerance > 1e-6 {
			t.Errorf("%s is %v, want %v", members, got, want)
		}
	}
}
