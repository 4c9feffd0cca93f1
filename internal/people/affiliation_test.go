package people_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/people"
)

// both says the same in the two dialects.
var both = map[string]string{
	"gitdm": `# who worked where
jane@acme.example    Acme, Inc. < 2013-02-01  # then she left
Jane@Acme.example    Widgets < 2015-1-1
jane@acme.example    Independent
jane@home.example	Acme < 2013-02-01
jane@home.example	Widgets<2015-01-01
jane@home.example	Independent

5+janed@users.noreply.github.com Acme < 2013-02-01
5+janed@users.noreply.github.com Widgets < 2015-01-01
5+janed@users.noreply.github.com Independent
`,
	"cncf": "\ufeff# who worked where\r\n" +
		"Jane Doe*: jane!acme.example, Jane!Home.example,\r\n" +
		"\tAcme Inc. until 2013-02-01\r\n" +
		"  Widgets from 2013-02-01 until 2015-1-1 # two years\r\n" +
		"\r\n" +
		"# herself\r\n" +
		"\tIndependent from 2015-01-01\r\n" +
		"janed: 5+janed!users.noreply.github.com\n" +
		"\tAcme < 2013-02-01\n" +
		"\tWidgets from 2013-02-01 until 2015-01-01\n" +
		"\t(Independent) from 2015-01-01",
}

func TestAffiliationsOf(t *testing.T) {
	t.Parallel()
	h := people.NewHasher([]byte("secret"))
	for dialect, file := range both {
		a := parse(t, file)
		for _, key := range []string{
			people.AddressKey(h, "jane@acme.example"),
			people.AddressKey(h, "jane@home.example"),
			people.AddressKey(h, "5+janed@users.noreply.github.com"),
			h.Key("github:janed"),
			h.Key("github#5"),
		} {
			for day, want := range map[string]string{
				"1999-01-01": "Acme",
				"2013-01-31": "Acme",
				"2013-02-01": "Widgets", // the day after the last
				"2014-12-31": "Widgets",
				"2013-01":    "Acme", // a month is its last day
				"2014-12":    "Widgets",
				"2015-01-01": "",
				"2015-01":    "",
				"2030-01-01": "",
			} {
				got, known := a.Of([]string{key}, day)
				if got != want || known != (want != "") {
					t.Errorf("%s: key %s on %s: %q, %t, want %q", dialect, key, day, got, known, want)
				}
			}
		}
		if got, known := a.Of([]string{people.AddressKey(h, "john@acme.example")}, "2010-01-01"); known {
			t.Errorf("%s: John works for %q", dialect, got)
		}
	}
}

func TestAffiliationsChoice(t *testing.T) {
	t.Parallel()
	h := people.NewHasher([]byte("secret"))
	jane, john := people.AddressKey(h, "jane@acme.example"), people.AddressKey(h, "john@acme.example")
	for _, test := range []struct {
		name, file string
		keys       []string
		want       string
	}{
		{"one address", "jane@acme.example Acme\n", []string{jane}, "Acme"},
		{"no key", "jane@acme.example Acme\n", nil, ""},
		{"the first key that says something", "jane@acme.example Acme\njohn@acme.example Widgets\n", []string{"x", john, jane}, "Widgets"},
		{"an unknown asks the next key", "jane@acme.example Acme\njohn@acme.example NotFound\n", []string{john, jane}, "Acme"},
		{"an independent does not", "jane@acme.example Acme\njohn@acme.example Self-employed\n", []string{john, jane}, ""},
		{"the dated before the undated", "jane@acme.example Acme\njane@acme.example Widgets < 2030-01-01\n", []string{jane}, "Widgets"},
		{"in any order of lines", "jane@acme.example Widgets < 2030-01-01\njane@acme.example Acme\n", []string{jane}, "Widgets"},
		{"an end that is past", "jane@acme.example Acme\njane@acme.example Widgets < 2020-06-15\n", []string{jane}, "Acme"},
		{"the earlier end", "jane@acme.example A < 2030-01-01\njane@acme.example B < 2025-01-01\n", []string{jane}, "B"},
		{"the later beginning", "J: jane!acme.example\n\tA from 2019-01-01\n\tB from 2018-01-01\n", []string{jane}, "A"},
		{"a beginning over none", "J: jane!acme.example\n\tA\n\tB from 2018-01-01\n", []string{jane}, "B"},
		{"one that is to come", "J: jane!acme.example\n\tA from 2021-01-01\n", []string{jane}, ""},
		{"a gap", "J: jane!acme.example\n\tA until 2019-01-01\n\tB from 2021-01-01\n", []string{jane}, ""},
		{"the first of two alike", "jane@acme.example A\njane@acme.example B\n", []string{jane}, "A"},
		{"an unknown time is no employer's", "jane@acme.example NotFound < 2030-01-01\njane@acme.example A\n", []string{jane}, ""},
		{"two persons with one address", "J: jane!acme.example\n\tA until 2019-01-01\nJ*: jane!acme.example\n\tB from 2019-01-01\n", []string{jane}, "B"},
		{"nobody's address", "root@localhost Acme\nyou@example.com Acme\n", []string{people.AddressKey(h, "root@localhost"), people.AddressKey(h, "you@example.com")}, ""},
		{"a name of several words", "jane@acme.example  Fresh from the Farm  until noon\n", []string{jane}, "Fresh from the Farm until noon"},
		{"a # within a word", "jane@acme.example F# People # not this\n", []string{jane}, "F# People"},
		{"a colon in the employer", "jane@acme.example Acme: The Company\n", []string{jane}, "Acme: The Company"},
		{"a name like an address", "jane@acme.example: john!acme.example\n\tAcme\n", []string{john}, "Acme"},
		{"a name with a colon", "Doe: Jane: jane!acme.example\n\tAcme\n", []string{jane}, "Acme"},
		{"an entry ends a person", "J: jane!acme.example\n\tA\njohn!acme.example B\n", []string{jane}, "A"},
		{"an indented entry", "\tjane@acme.example  A\n", []string{jane}, "A"},
		{"our spelling", "jane@acme.example International Business Machines Corporation\n", []string{jane}, "IBM"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, known := parse(t, test.file).Of(test.keys, "2020-06-15")
			if got != test.want || known != (test.want != "") {
				t.Errorf("%q, %t, want %q", got, known, test.want)
			}
		})
	}
}

func TestAffiliationsOfDomain(t *testing.T) {
	t.Parallel()
	a := parse(t, "Acme.example Old Acme < 2013-02-01\nacme.example Acme\nlabs.acme.example Labs\nmail.example (Unknown)\njane@pump.example Pump\n")
	for _, test := range []struct{ domain, day, want string }{
		{"acme.example", "2013-01-31", "Old Acme"},
		{"acme.example", "2013-02-01", "Acme"},
		{"EU.acme.example", "2013-02-01", "Acme"},
		{"labs.acme.example", "2020-01", "Labs"},
		{"notacme.example", "2020-01", ""},
		{"mail.example", "2020-01", ""},
		{"pump.example", "2020-01", ""},
		{"", "2020-01", ""},
	} {
		if got, known := a.OfDomain(test.domain, test.day); got != test.want || known != (test.want != "") {
			t.Errorf("OfDomain(%q, %s) = %q, %t, want %q", test.domain, test.day, got, known, test.want)
		}
	}
	var none *people.Affiliations
	if got, known := none.OfDomain("acme.example", "2020-01"); known {
		t.Errorf("no file says %q", got)
	}
	if got, known := none.Of([]string{"x"}, "2020-01"); known {
		t.Errorf("no file says %q", got)
	}
}

func TestAffiliationsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		line string
		want string
	}{
		"no employer":              {"jane@acme.example", "there is no employer"},
		"a date alone":             {"jane@acme.example < 2013-02-01", "there is no employer"},
		"no employer of a domain":  {"acme.example  # Acme", "there is no employer"},
		"no date":                  {"jane@acme.example Acme <", `"<" is no date`},
		"no such day":              {"jane@acme.example Acme < 2013-02-30", `"2013-02-30" is no date`},
		"another order":            {"jane@acme.example Acme < 01/02/2013", "is no date"},
		"two ends":                 {"jane@acme.example Acme < 2013-02-01 < 2014-01-01", "is no date"},
		"a year alone":             {"J: jane!acme.example\n\tAcme until 2013", `"2013" is no date`},
		"a bad beginning":          {"J: jane!acme.example\n\tAcme from 2013-13-01 until 2014-01-01", `"2013-13-01" is no date`},
		"dates without a name":     {"J: jane!acme.example\n\tfrom 2013-01-01 until 2014-01-01", "there is no employer"},
		"ends before it begins":    {"J: jane!acme.example\n\tAcme from 2014-01-01 until 2013-01-01", "ends on 2013-01-01, before it begins on 2014-01-01"},
		"an employer of nobody":    {"\tAcme", "neither an address nor a domain"},
		"a name without addresses": {"Jane Doe:", "neither an address nor a domain"},
		"a name and no address":    {"Jane Doe: jane at acme.example", "neither an address nor a domain"},
		"half an address":          {"Jane Doe: jane!", "neither an address nor a domain"},
		"addresses alone":          {": jane!acme.example", "neither an address nor a domain"},
		"prose":                    {"These are the affiliations.", "neither an address nor a domain"},
		"a control character":      {"jane@acme.example Ac\x1b[31mme", "control character"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const before = "# affiliations\njohn@pump.example Pump\n"
			_, err := people.ParseAffiliations("aff.txt", strings.NewReader(before+test.line+"\n"), people.NewHasher(nil))
			at := fmt.Sprintf("aff.txt:%d: ", 3+strings.Count(test.line, "\n"))
			if errkind.Of(err) != errkind.Input || errkind.Hint(err) == "" {
				t.Fatalf("error %v (%s), want one of input with a hint", err, errkind.Of(err))
			}
			if !strings.HasPrefix(err.Error(), at) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q, want %q and %q", err, at, test.want)
			}
			if strings.ContainsAny(err.Error(), "@!\x1b") {
				t.Errorf("error %q shows an address", err)
			}
		})
	}
}

// repeated gives a text n times.
type repeated struct {
	text string
	n    int
	rest string
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.rest == "" {
		if r.n == 0 {
			return 0, errors.New("too much was read")
		}
		r.n--
		r.rest = r.text
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func TestAffiliationsBounds(t *testing.T) {
	t.Parallel()
	h := people.NewHasher(nil)
	_, err := people.ParseAffiliations("aff.txt", &repeated{text: strings.Repeat("# x\n", 256), n: 70 << 10}, h)
	if errkind.Of(err) != errkind.Limit || !strings.Contains(err.Error(), "larger than 67108864 bytes") {
		t.Errorf("a file without end: error %v (%s)", err, errkind.Of(err))
	}
	_, err = people.ParseAffiliations("aff.txt", strings.NewReader("\njane@acme.example "+strings.Repeat("x", 70<<10)), h)
	if errkind.Of(err) != errkind.Limit || !strings.HasPrefix(err.Error(), "aff.txt:2: ") {
		t.Errorf("a line without end: error %v (%s)", err, errkind.Of(err))
	}
	_, err = people.ParseAffiliations("aff.txt", broken{strings.NewReader("jane@acme.example Acme\n")}, h)
	if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "aff.txt") {
		t.Errorf("a file that breaks off: error %v", err)
	}
}

// Whatever the file: it is read or refused, with an error that says where, and
// what is read is spelt as we spell it and holds nothing that a terminal obeys.
func FuzzAffiliations(f *testing.F) {
	for _, file := range both {
		f.Add(file, "2014-01-01")
	}
	f.Add("acme.example Acme\nJ: a!b.example,c@d.example\n\t? until 2013-1-1\n", "2014-01")
	f.Add("a@b Acme Inc, ,; < 2013-02-01", "")
	f.Add("J:\x00a!b\n\t\xff\xfe from 1", "x")
	h := people.NewHasher([]byte("secret"))
	f.Fuzz(func(t *testing.T, file, day string) {
		a, err := people.ParseAffiliations("aff.txt", strings.NewReader(file), h)
		if err != nil {
			if kind := errkind.Of(err); kind != errkind.Input && kind != errkind.Limit {
				t.Fatalf("error %v is of kind %s", err, kind)
			}
			if !strings.HasPrefix(err.Error(), "aff.txt:") {
				t.Fatalf("error %q does not say where", err)
			}
			return
		}
		for line := range strings.Lines(file) {
			for word := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(" \t,:", r) }) {
				word = strings.ReplaceAll(word, "!", "@")
				for _, got := range []string{of(a, people.AddressKey(h, word), day), ofDomain(a, word, day)} {
					if people.Canonical(got) != got {
						t.Errorf("employer %q is spelt %q", got, people.Canonical(got))
					}
					if strings.ContainsFunc(got, func(c rune) bool { return c < ' ' || c == 0x7f }) {
						t.Errorf("employer %q holds a control character", got)
					}
				}
			}
		}
	})
}

func of(a *people.Affiliations, key, day string) string {
	org, _ := a.Of([]string{key}, day)
	return org
}

func ofDomain(a *people.Affiliations, domain, day string) string {
	org, _ := a.OfDomain(domain, day)
	return org
}

// Some ten megabytes in the CNCF's dialect.
func BenchmarkParseAffiliations(b *testing.B) {
	var file strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&file, "dev%d: dev%d!acme.example, dev%d!users.noreply.github.com\n", i, i, i)
		fmt.Fprintf(&file, "\tIndependent until 2016-04-01\n\tAcme GmbH from 2016-04-01 until 2019-05-01\n\tRed Hat Inc. from 2019-05-01\n")
	}
	h := people.NewHasher([]byte("secret"))
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		if _, err := people.ParseAffiliations("aff.txt", strings.NewReader(file.String()), h); err != nil {
			b.Fatal(err)
		}
	}
}
