package usage_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
)

// A split is facts of which some repositories were read worse: not at all, until
// an earlier day, or without their history or tags.
type split struct {
	facts  finding.Facts
	random *rand.Rand
	worse  []string
}

// degrade gives facts with a random part of the repositories read worse.
func degrade(from finding.Facts, random *rand.Rand) *split {
	s := &split{facts: from, random: random}
	survey := *from.Survey
	survey.Outcomes = append([]fact.Outcome{}, survey.Outcomes...)
	s.facts.Survey = &survey
	s.facts.Commits, s.facts.Timelines = maps.Clone(from.Commits), maps.Clone(from.Timelines)
	s.facts.Releases, s.facts.Compositions = maps.Clone(from.Releases), maps.Clone(from.Compositions)
	s.facts.Components, s.facts.Licences = maps.Clone(from.Components), maps.Clone(from.Licences)
	s.facts.Adopters, s.facts.Maintainers = maps.Clone(from.Adopters), maps.Clone(from.Maintainers)
	s.facts.Policies = maps.Clone(from.Policies)
	for i := range survey.Outcomes {
		if o := &survey.Outcomes[i]; o.Revision != nil && random.IntN(2) == 0 {
			s.spoil(o)
		}
	}
	return s
}

func (s *split) spoil(o *fact.Outcome) {
	key := o.Repo.Key()
	switch s.random.IntN(4) {
	case 0:
		s.worse = append(s.worse, key+" absent")
		o.Revision, o.Failure = nil, string(errkind.Absent)
		findingtest.Forget(&s.facts, key)
		s.forget(key)
	case 1:
		s.worse = append(s.worse, key+" stale")
		o.Observed = &fact.Observation{At: "2024-01-01T00:00:00Z", Source: fact.ObservedRefs}
	case 2:
		s.worse = append(s.worse, key+" without history")
		o.Failure = string(errkind.Corrupt)
		s.forget(key)
	case 3:
		s.worse = append(s.worse, key+" with missing files")
		c := *s.facts.Compositions[key]
		c.Missing++
		s.facts.Compositions[key] = &c
	}
}

func (s *split) forget(key string) {
	delete(s.facts.Commits, key)
	delete(s.facts.Timelines, key)
	delete(s.facts.Releases, key)
}

// Whatever was read worse, every figure holds the better one within its bounds.
func TestReadingMoreNeverWidensAFigure(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	compared := 0
	for range 150 {
		better := findingtest.Facts()
		if random.IntN(2) == 0 {
			better = degrade(better, random).facts
		}
		worse := degrade(better, random)
		for _, language := range []string{"Rust", "Go"} {
			a := findingtest.Find(t, worse.facts, language, finding.Options{})
			b := findingtest.Find(t, better, language, finding.Options{})
			found := &complaints{}
			found.compare("summary", reflect.ValueOf(a.Summary.Quantities), reflect.ValueOf(b.Summary.Quantities))
			for i := range a.Projects {
				found.project(&a.Projects[i], &b.Projects[i])
			}
			compared += found.compared
			for _, c := range found.all {
				t.Errorf("%s, with %v: %s", language, worse.worse, c)
			}
			if t.Failed() {
				return
			}
		}
	}
	if compared < 50_000 {
		t.Errorf("only %d figures were compared: the test looks at too little", compared)
	}
}

// complaints are what is wrong with figures that were read worse.
type complaints struct {
	compared int
	all      []string
}

func (c *complaints) project(worse, better *usage.Project) {
	c.compare(worse.Name, reflect.ValueOf(worse.Quantities), reflect.ValueOf(better.Quantities))
	for i := range worse.Scopes {
		c.figure(worse.Name+" class over "+string(worse.Scopes[i].Scope), reflect.ValueOf(worse.Scopes[i].Bounds), reflect.ValueOf(better.Scopes[i].Bounds))
	}
	a, b := &worse.Health, &better.Health
	for i := range a.Dimensions {
		if x, y := &a.Dimensions[i], &b.Dimensions[i]; x.Level.Rank() > y.Level.Rank() && y.Level.Rank() >= 0 {
			c.all = append(c.all, fmt.Sprintf("%s: health of %s is %s, and read better %s", worse.Name, x.Name, x.Level, y.Level))
		}
	}
}

// compare walks the figures of two structs of one type.
func (c *complaints) compare(path string, worse, better reflect.Value) {
	for i := range worse.NumField() {
		field := worse.Type().Field(i)
		if field.Anonymous {
			c.compare(path, worse.Field(i), better.Field(i))
			continue
		}
		c.figure(path+" "+field.Name, worse.Field(i), better.Field(i))
	}
}

func (c *complaints) figure(path string, worse, better reflect.Value) {
	c.compared++
	none := better.FieldByName("Value").IsNil() && better.FieldByName("Missing").IsZero()
	if none && worse.FieldByName("Lower").IsNil() || none && worse.FieldByName("Upper").IsNil() {
		return // there is none: no bound speaks of that
	}
	if !worse.MethodByName("Contains").Call([]reflect.Value{better})[0].Bool() {
		c.all = append(c.all, fmt.Sprintf("%s: bounds %s to %s, and read better %s to %s", path,
			end(worse, "Lower"), end(worse, "Upper"), end(better, "Lower"), end(better, "Upper")))
	}
}

func end(figure reflect.Value, name string) string {
	if p := figure.FieldByName(name); !p.IsNil() {
		return fmt.Sprint(p.Elem())
	}
	return "none"
}
