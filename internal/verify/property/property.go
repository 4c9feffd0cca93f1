// Package property is the dictionary of what a claim may say: that a project has so
// many bytes of a language, reached a level on a day, is named by an adopter. Each
// [Property] says what it is called, what its values are, of what it is said and
// whether that is another for each language.
//
// The dictionary is a data file, properties.yaml. Tests hold it against the readers of
// package claim, the judge of package verify and the tables of the data set: what one
// of them knows is in it, and nothing else is.
package property

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"assay/internal/yamlnode"
)

// A Value is a type of values.
type Value string

// The types.
const (
	Number       Value = "number"
	Percent      Value = "percent" // in per cent
	Date         Value = "date"    // a day, month or year
	Level        Value = "level"   // of maturity
	Word         Value = "word"    // one of Words
	Language     Value = "language"
	Licence      Value = "licence"
	Address      Value = "address" // of a page, or a repository
	Person       Value = "person"
	Organisation Value = "organisation"
	Version      Value = "version"
	Text         Value = "text"
	None         Value = "none" // it is so, or not
)

// Values lists the types.
func Values() []Value {
	return []Value{Number, Percent, Date, Level, Word, Language, Licence, Address, Person, Organisation, Version, Text, None}
}

// IsNumber reports whether the values are numbers.
func (v Value) IsNumber() bool { return v == Number || v == Percent }

// A Sort is a sort of what something may be said of.
type Sort string

// The sorts. The landscape is all of its projects together.
const (
	OfProject    Sort = "project"
	OfRepository Sort = "repository"
	OfPackage    Sort = "package"
	OfLevel      Sort = "level"
	OfLandscape  Sort = "landscape"
)

// Sorts lists the sorts.
func Sorts() []Sort { return []Sort{OfProject, OfRepository, OfPackage, OfLevel, OfLandscape} }

// An Argument is what else a property is of: a share is of a language.
type Argument string

// The arguments.
const (
	NoArgument     Argument = ""
	ALanguage      Argument = "language"
	AMilestone     Argument = "milestone"
	AnOrganisation Argument = "organisation"
	AMonth         Argument = "month" // YYYY-MM
	ADay           Argument = "day"
	AFigure        Argument = "figure" // another property
	APerson        Argument = "person"
	AnAdopter      Argument = "adopter"
	AnArea         Argument = "area" // of the landscape
	ATag           Argument = "tag"  // of a release
	AKind          Argument = "kind" // of packages
	AnEdition      Argument = "edition"
	ARuntime       Argument = "runtime"
	People         Argument = "people" // adopters or maintainers
	AThreshold     Argument = "threshold"
)

// Arguments lists the arguments, and that there is none.
func Arguments() []Argument {
	return []Argument{
		NoArgument, ALanguage, AMilestone, AnOrganisation, AMonth, ADay, AFigure, APerson, AnAdopter, AnArea, ATag, AKind, AnEdition, ARuntime, People, AThreshold,
	}
}

// A Period is the time that a value is of.
type Period string

// The periods.
const (
	Day     Period = "day"      // as it was at its end
	Year    Period = "year"     // up to the day
	Quarter Period = "quarter"  // the 90 days up to the day
	Month   Period = "month"    // the argument
	YearEnd Period = "year-end" // as it was at the end of a year
	AllTime Period = "all"      // up to the day
	NoTime  Period = "none"
)

// Periods lists the periods.
func Periods() []Period { return []Period{Day, Year, Quarter, Month, YearEnd, AllTime, NoTime} }

// What decides whether a property is another for each language, where that is not the
// property alone.
const (
	ByWords  = "words"  // what else is said
	ByFigure = "figure" // that of its argument
)

// A Property is one thing that can be said.
type Property struct {
	Name string `yaml:"name"`
	// Title is what a reader calls it, in the middle of a sentence.
	Title string `yaml:"title"`
	// Kind is that of its claims; "figure" is that of its argument.
	Kind  string `yaml:"kind"`
	Value Value  `yaml:"value"`
	// Words are those that a value of the type word may be.
	Words []string `yaml:"words"`
	// Unit of a number, in the singular, and After what follows in words: "12 human
	// commits in the year".
	Unit  string `yaml:"unit"`
	After string `yaml:"after"`
	// Of is what it may be said of.
	Of []Sort `yaml:"of"`
	// Argument is what else it is of, which may be left out where it is Optional.
	Argument Argument `yaml:"argument"`
	Optional bool     `yaml:"optional"`
	// Than is what it compares with: a project or a language.
	Than string `yaml:"than"`
	// Level: it may be narrowed to a level. Listed: it is what there is besides so many.
	// Among: it is of projects that are named.
	Level  bool `yaml:"level"`
	Listed bool `yaml:"listed"`
	Among  bool `yaml:"among"`
	// Many: there may be several values at once, each of which is right.
	Many bool `yaml:"many"`
	// Language: it is another for each language. Asks says what else decides that, and
	// Own that one with a language as argument is known whatever the report is about.
	Language bool   `yaml:"language"`
	Asks     string `yaml:"asks"`
	Own      bool   `yaml:"own"`
	Period   Period `yaml:"period"`
	// Column of the data set that has it, TABLE.COLUMN; "" for none.
	Column string `yaml:"column"`
	// Conflicts: a text that gives two values of it contradicts itself.
	Conflicts bool `yaml:"conflicts"`
	// Mistaken is what it is mistaken for: other sizes, other figures of work. What is
	// Untried is not taken for what was meant.
	Mistaken string `yaml:"mistaken"`
	Untried  bool   `yaml:"untried"`
	// Rests is what a word rests on: work, releases or trees. Found: what is right was
	// found, and nothing that was not read takes it away.
	Rests string `yaml:"rests"`
	Found bool   `yaml:"found"`
	// Text says why only texts say it, and no claim that is data; "" for others.
	Text    string `yaml:"text"`
	Meaning string `yaml:"meaning"`
}

//go:embed properties.yaml
var text []byte

// bounds are far above what the file has.
var bounds = yamlnode.Limits{Depth: 8, Marks: 100_000}

type dictionary struct {
	all    []*Property
	byName map[string]*Property
}

var load = sync.OnceValue(func() *dictionary {
	d := &dictionary{byName: map[string]*Property{}}
	if _, err := yamlnode.Decode(text, bounds, &d.all); err != nil {
		panic(fmt.Sprintf("properties.yaml: %v", err)) // it is part of the program, and a test reads it
	}
	for _, p := range d.all {
		d.byName[p.Name] = p
	}
	return d
})

// All are the properties, in the order of the file. Nobody changes them.
func All() []*Property { return load().all }

// Named is the property of that name; nil for none.
func Named(name string) *Property { return load().byName[name] }

// Must is the property of that name, which the program itself names. It panics where the
// dictionary has none.
func Must(name string) *Property {
	p := Named(name)
	if p == nil {
		panic(fmt.Sprintf("the dictionary has no property %q", name))
	}
	return p
}

// Is reports whether it is one of the properties of these names.
func (p *Property) Is(names ...string) bool { return slices.Contains(names, p.Name) }

// Under reports whether it is the property of that name, or one below it: report.made is
// under report.
func (p *Property) Under(name string) bool {
	rest, ok := strings.CutPrefix(p.Name, name)
	return ok && (rest == "" || rest[0] == '.')
}

// Mistaken are the properties that are mistaken for one another, without those that
// are not taken for what was meant.
func Mistaken(group string) []*Property {
	return slices.DeleteFunc(slices.Clone(All()), func(p *Property) bool { return p.Mistaken != group || p.Untried })
}

// Called is what a reader calls it, with its argument: "the share of Go".
func (p *Property) Called(argument string) string {
	switch {
	case argument == "":
		return "the " + p.Title
	case p.Argument == AMilestone:
		return "the " + p.Title + " " + argument
	case p.Argument == ATag:
		return "the day of the release " + argument
	}
	return "the " + p.Title + " of " + argument
}

// MayBeOf reports whether it may be said of a sort.
func (p *Property) MayBeOf(s Sort) bool { return slices.Contains(p.Of, s) }

// Scoped reports whether it may be over some of the repositories.
func (p *Property) Scoped() bool { return p.Language || p.Value == Percent || p.Name == "total" }
