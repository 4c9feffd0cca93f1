package stated

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/property"
)

// keys are the names of members, in order.
func keys(members map[string]setter) []string { return slices.Sorted(maps.Keys(members)) }

// check looks for what the dictionary says is wrong.
func (d *Document) check() {
	if d.AsOf != "" && !isDay(d.AsOf) {
		d.add("as_of", d.places["as_of"], "", "%q is no day; expected YYYY-MM-DD", d.AsOf)
	}
	if d.Language != "" {
		d.Language = d.language("language", d.places["language"], d.Language)
	}
	ids := map[string]int{}
	for i := range d.Claims {
		c := &d.Claims[i]
		if len(d.faults) > limit.ClaimsFaults {
			c.faulty = true // nothing will be judged, and looking for what was meant takes its time
			continue
		}
		if first, taken := ids[c.ID]; taken && c.ID != "" {
			d.wrong(c, "id", "", "%q is that of claims[%d], too", c.ID, first)
		}
		ids[c.ID] = i
		if !c.faulty {
			d.claim(c)
		}
	}
}

// wrong remembers a mistake in a member of a claim.
func (d *Document) wrong(c *Claim, member, meant, format string, args ...any) {
	d.faults = append(d.faults, d.Fault(c, member, fmt.Sprintf(format, args...), meant))
	c.faulty = true
}

// language is linguist's name of a language.
func (d *Document) language(path string, at int, name string) string {
	l, err := ask.Language(name)
	if err != nil {
		d.add(path, at, errkind.Hint(err), "%v", err)
	}
	return l
}

// claim looks at a claim whose members are of the right types.
func (d *Document) claim(c *Claim) {
	p := c.Claimed()
	switch {
	case p == nil:
		d.wrong(c, "property", meant(c.Property, names()), "there is no property %q", c.Property)
		return
	case p.Text != "":
		d.wrong(c, "property", "", "%q is said by texts alone: %s", c.Property, p.Text)
		return
	}
	d.subject(c, p)
	d.argument(c, p)
	d.bound(c, p)
	d.value(c, p)
	d.unit(c, p)
	d.period(c, p)
	d.rest(c, p)
}

// names are those of the properties.
func names() []string {
	var all []string
	for _, p := range Properties() {
		all = append(all, p.Name)
	}
	return all
}

func (d *Document) subject(c *Claim, p *property.Property) {
	switch of := c.Subject.Sort(); {
	case of == "":
		d.wrong(c, "subject", "", "expected one of %s; a package with its project", oneOf(p.Of))
	case !p.MayBeOf(of):
		d.wrong(c, "subject", "", "%s is not said of a %s; expected %s", p.Name, of, oneOf(p.Of))
	}
}

func (d *Document) argument(c *Claim, p *property.Property) {
	switch {
	case p.Argument == "" && c.Of != "":
		d.wrong(c, "of", "", "%s is of nothing else; expected no such member", p.Name)
	case p.Argument != "" && !p.Optional && c.Of == "":
		d.wrong(c, "of", "", "%s is of something: expected its %s", p.Name, p.Argument)
	case c.Of != "":
		d.of(c, p)
	}
	switch {
	case p.Than == "" && c.Than != "":
		d.wrong(c, "than", "", "%s compares nothing; expected no such member", p.Name)
	case p.Than != "" && c.Than == "":
		d.wrong(c, "than", "", "%s compares: expected a %s", p.Name, p.Than)
	case p.Than == "language":
		d.languageIn(c, "than", &c.Than)
	}
}

func (d *Document) languageIn(c *Claim, member string, name *string) {
	l, err := ask.Language(*name)
	if err != nil {
		d.wrong(c, member, errkind.Hint(err), "%v", err)
		return
	}
	*name = l
}

// The words for arguments that are few: whom files name, and of how many months it is
// said which were active.
var (
	people = []string{"adopters", "maintainers"}
	months = []string{"12"}
)

// of looks at the argument of a property.
func (d *Document) of(c *Claim, p *property.Property) {
	switch p.Argument {
	case property.ALanguage:
		d.languageIn(c, "of", &c.Of)
	case property.AMonth:
		if !isMonth(c.Of) {
			d.wrong(c, "of", "", "%q is no month; expected YYYY-MM", c.Of)
		}
	case property.ADay:
		if !isDay(c.Of) {
			d.wrong(c, "of", "", "%q is no day; expected YYYY-MM-DD", c.Of)
		}
	case property.People:
		d.among(c, "of", c.Of, people)
	case property.AThreshold:
		d.among(c, "of", c.Of, months)
	case property.AFigure:
		d.among(c, "of", c.Of, Figures())
	}
}

// Figures are the properties by which projects are compared.
func Figures() []string {
	var all []string
	for _, p := range Properties() {
		if p.Value.IsNumber() && p.MayBeOf(property.OfProject) && (p.Argument == "" || p.Optional) && !p.Listed {
			all = append(all, p.Name)
		}
	}
	return all
}

// among complains of a word that is none of all.
func (d *Document) among(c *Claim, member, word string, all []string) {
	if !slices.Contains(all, word) {
		d.wrong(c, member, meant(word, all), "%q is none of %s", word, oneOf(all))
	}
}

func (d *Document) bound(c *Claim, p *property.Property) {
	may := boundsOf(p)
	if c.Bound != "" && !slices.Contains(may, c.Bound) {
		d.wrong(c, "bound", meant(string(c.Bound), may), "%q is no bound of %s; expected one of %s", c.Bound, p.Name, oneOf(may))
		return
	}
	switch given := c.To != nil; {
	case c.Bound == Range && !given:
		d.wrong(c, "bound", "", "a range has two ends: expected a member \"to\"")
	case c.Bound != Range && given:
		d.wrong(c, "to", "", "it is the end of a range; expected a bound \"range\"")
	}
}

func (d *Document) value(c *Claim, p *property.Property) {
	_, given := c.places["value"]
	switch {
	case p.Value == property.None && c.Value != nil:
		d.wrong(c, "value", "", "%s is so or not; expected true, or no such member", p.Name)
	case p.Value == property.None || p.Name == "more" && !given:
	case c.Value == nil:
		d.wrong(c, "value", "", "expected %s", expected(p))
	default:
		if d.typed(c, p, "value", c.Value) && c.To != nil && d.typed(c, p, "to", c.To) {
			d.ordered(c, p)
		}
	}
}

// expected says what the values of a property are.
func expected(p *property.Property) string {
	switch p.Value {
	case property.Number:
		return "a number"
	case property.Percent:
		return "a number, in per cent"
	case property.Date:
		return "a text, YYYY-MM-DD, YYYY-MM or YYYY"
	case property.Word:
		return "one of " + oneOf(p.Words)
	}
	return "a text, the " + string(p.Value)
}

// typed reports whether a value is one of the property, and complains else.
func (d *Document) typed(c *Claim, p *property.Property, member string, v *Value) bool {
	before := len(d.faults)
	switch {
	case p.Value.IsNumber() != v.Number:
		said := strconv.Quote(v.Text)
		if v.Number {
			said = v.Text
		}
		d.wrong(c, member, "", "it is %s; expected %s", said, expected(p))
	case p.Value.IsNumber():
		if _, ok := v.Float(); !ok {
			d.wrong(c, member, "", "%.40s is beyond what is measured; expected %s from 0", v.Text, expected(p))
		}
	case p.Value == property.Date && !isDate(v.Text):
		d.wrong(c, member, "", "%q is no such date; expected %s", v.Text, expected(p))
	case p.Value == property.Word:
		d.among(c, member, v.Text, p.Words)
	case p.Value == property.Language:
		d.languageIn(c, member, &v.Text)
	}
	return len(d.faults) == before
}

// ordered complains of a range that ends before it begins.
func (d *Document) ordered(c *Claim, p *property.Property) {
	wrong := p.Value == property.Date && c.To.Text < c.Value.Text && !strings.HasPrefix(c.Value.Text, c.To.Text)
	if p.Value.IsNumber() {
		from, _ := c.Value.Float()
		to, _ := c.To.Float()
		wrong = to < from
	}
	if wrong {
		d.wrong(c, "to", "", "it is before the value; expected the upper end of the range")
	}
}

// Float is a number as it is counted; ok is false for none from 0 that can be.
func (v *Value) Float() (n float64, ok bool) {
	n, err := strconv.ParseFloat(v.Text, 64)
	return n, err == nil && n >= 0 && n <= math.MaxInt64
}

func (d *Document) period(c *Claim, p *property.Property) {
	switch at := c.Period; {
	case p.Period == property.YearEnd && (at == nil || at.Year == 0):
		d.wrong(c, "period", "", "%s is of a year: expected {\"year\": …}", p.Name)
	case at == nil:
	case at.Year == 0 && at.AsOf == "" || at.Year != 0 && at.AsOf != "":
		d.wrong(c, "period", "", "expected one of \"year\", \"as_of\"")
	case at.AsOf != "" && !isDay(at.AsOf):
		d.wrong(c, "period", "", "%q is no day; expected YYYY-MM-DD", at.AsOf)
	case at.Year != 0 && (at.Year < 1970 || at.Year > 9999):
		d.wrong(c, "period", "", "expected a year of four digits, from 1970")
	}
}

// rest looks at the members that few properties have.
func (d *Document) rest(c *Claim, p *property.Property) {
	if c.Scope != "" {
		if !p.Scoped() {
			d.wrong(c, "scope", "", "%s has no scope; expected no such member", p.Name)
		}
		d.among(c, "scope", c.Scope, Scopes())
	}
	for _, m := range []struct {
		name       string
		given, may bool
	}{
		{"level", c.Level != "", p.Level}, {"among", c.Among != nil, p.Among}, {"listed", c.Listed != 0, p.Listed},
		{"part", c.Part, p.Name == "purity"}, {"tolerance", c.Tolerance != nil, p.Value.IsNumber()},
	} {
		if m.given && !m.may {
			d.wrong(c, m.name, "", "%s has none; expected no such member", p.Name)
		}
	}
	if c.Tolerance != nil {
		if _, ok := c.Tolerance.Float(); !ok || !c.Tolerance.Number {
			d.wrong(c, "tolerance", "", "expected a number from 0")
		}
	}
	if p.Among && len(c.Among) == 0 {
		d.wrong(c, "among", "", "%s counts projects that are named: expected their names", p.Name)
	}
	if c.Language != "" {
		d.languageIn(c, "language", &c.Language)
	}
}

var dateForm = lazyregexp.New(`^\d{4}(?:-\d\d(?:-\d\d)?)?$`)

// isDate reports whether a text is a day, month or year that there is.
func isDate(s string) bool {
	if !dateForm.MatchString(s) {
		return false
	}
	_, err := time.Parse(time.DateOnly[:len("2006-01-02")], (s + "-01-01")[:len("2006-01-02")])
	return err == nil
}

func isDay(s string) bool   { return len(s) == len("2006-01-02") && isDate(s) }
func isMonth(s string) bool { return len(s) == len("2006-01") && isDate(s) }
