package stated

import (
	"encoding/json"
	"fmt"
	"slices"

	"assay/internal/verify/property"
)

// This file says what a document of claims is as a JSON Schema, by the dictionary.

type schema = map[string]any

const (
	datePattern  = `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`
	dayPattern   = `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`
	monthPattern = `^[0-9]{4}-[0-9]{2}$`
)

// Schema is the JSON Schema (draft 2020-12) of a document. Names of projects, levels
// and languages, and days that there are not, are beyond it.
func Schema() []byte {
	root := closed(schema{
		"$schema":  texts("The address of this schema."),
		"version":  schema{"const": Version, "description": "The version of the format."},
		"as_of":    schema{"type": "string", "pattern": dayPattern, "description": "The day that the claims are of; without it the newest survey."},
		"language": texts("The language of claims that name none."),
		"claims":   schema{"type": "array", "items": schema{"$ref": "#/$defs/claim"}},
		"left_out": schema{"type": "array", "items": schema{"$ref": "#/$defs/left"}, "description": "Claims of a text that have no form as data. Nobody judges them."},
	}, "claims")
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = fmt.Sprintf("Claims as data, for assay verify --claims, version %d", Version)
	root["$defs"] = schema{
		"claim": claimSchema(), "subject": subjectSchema(), "period": periodSchema(),
		"left":   closed(schema{"quote": texts("How the text says it."), "why": texts("Why it has no form as data."), "source": schema{"$ref": "#/$defs/source"}}, "quote", "why"),
		"source": closed(schema{"line": whole("The line of the text, from 1."), "column": whole("The column, from 1.")}, "line"),
	}
	b, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("stated: " + err.Error()) // texts and numbers of ours
	}
	return append(b, '\n')
}

func closed(members schema, needed ...string) schema {
	s := schema{"type": "object", "properties": members, "additionalProperties": false}
	if needed != nil {
		s["required"] = needed
	}
	return s
}

func texts(meaning string) schema {
	return schema{"type": "string", "minLength": 1, "description": meaning}
}

func whole(meaning string) schema {
	return schema{"type": "integer", "minimum": 1, "description": meaning}
}

func truths(meaning string) schema { return schema{"type": "boolean", "description": meaning} }

func subjectSchema() schema {
	s := closed(schema{
		"project":    texts("A project, by its name, identifier, alias or initials."),
		"repository": texts("A repository: its address, owner/name or name."),
		"package":    texts("A package of the project, by its name."),
		"manifest":   texts("The manifest of the package, where several have its name."),
		"level":      texts("The projects of a level of maturity."),
		"landscape":  schema{"const": true, "description": "The projects of the landscape together."},
	})
	s["description"] = "What the claim is about: one of them; a package with its project."
	return s
}

func periodSchema() schema {
	s := closed(schema{
		"year":  schema{"type": "integer", "minimum": 1970, "maximum": 9999, "description": "The year; of a share its end."},
		"as_of": schema{"type": "string", "pattern": dayPattern, "description": "The day."},
	})
	s["minProperties"], s["maxProperties"] = 1, 1
	return s
}

// claimSchema is that of a claim: its members, and for each property which of them it
// has and what they may be.
func claimSchema() schema {
	meanings := schema{}
	for _, p := range Properties() {
		meanings[p.Name] = p.Meaning
	}
	value := func(meaning string) schema {
		return schema{"type": []string{"number", "string", "boolean"}, "description": meaning}
	}
	s := closed(schema{
		"id": texts("A name of your own, which the answer gives again."), "subject": schema{"$ref": "#/$defs/subject"},
		"property": schema{"enum": names(), "description": "What is said of it.", "x-meanings": meanings},
		"of":       texts("What the property is of besides: a language, a level, an organisation."),
		"value":    value("The value. Shares are in per cent."), "to": value("The upper end of a range."), "unit": texts("The unit of the value."),
		"bound":     schema{"enum": []Bound{Exactly, About, AtLeast, AtMost, Over, Under, Range}, "description": "How the value is meant; exactly where it is missing."},
		"tolerance": schema{"type": "number", "minimum": 0, "description": "How far off the true value may be. Without it half of the last digit of a share, a decimal fraction or a number with an exponent, else nothing."},
		"negated":   truths("It is said not to be so."),
		"scope":     schema{"enum": Scopes(), "description": "The repositories that a figure is over; rule for the figures of the rules that gave the class."},
		"level":     texts("A level of maturity that narrows it."), "than": texts("What it compares with."),
		"among":            schema{"type": "array", "items": schema{"type": "string", "minLength": 1}, "minItems": 1, "description": "The projects of which some are counted."},
		"listed":           whole("How many are listed before \"and so many more\"."),
		"part":             truths("It is said of a part of the subject."),
		"in_what_was_read": truths("It is said of what was read, and not of all there is."),
		"period":           schema{"$ref": "#/$defs/period"}, "language": texts("The language, where it is another than that of the document."),
		"quote": texts("How a text says it."), "source": schema{"$ref": "#/$defs/source"},
	}, "subject", "property")
	s["allOf"] = conditions()
	return s
}

// conditions are what holds for claims on a property, those alike together.
func conditions() []any {
	alike := map[string][]string{}
	rules := map[string]schema{}
	var order []string
	for _, p := range Properties() {
		rule := conditionOf(p)
		text, err := json.Marshal(rule)
		if err != nil {
			panic("stated: " + err.Error())
		}
		if alike[string(text)] == nil {
			order = append(order, string(text))
			rules[string(text)] = rule
		}
		alike[string(text)] = append(alike[string(text)], p.Name)
	}
	all := []any{schema{
		"if":   schema{"properties": schema{"bound": schema{"const": Range}}, "required": []string{"bound"}},
		"then": schema{"required": []string{"to"}}, "else": schema{"properties": schema{"to": false}},
	}}
	for _, text := range order {
		all = append(all, schema{
			"if": schema{"properties": schema{"property": schema{"enum": alike[text]}}, "required": []string{"property"}}, "then": rules[text],
		})
	}
	return all
}

// conditionOf is what holds for claims on one property.
func conditionOf(p *property.Property) schema {
	members := schema{"subject": subjectOf(p), "bound": schema{"enum": boundsOf(p)}}
	var needed []string
	if value := valueOf(p); value != nil {
		members["value"], members["to"] = value, value
		if p.Name != "more" {
			needed = append(needed, "value")
		}
	} else {
		members["value"] = schema{"const": true}
	}
	if members["of"] = argumentOf(p); p.Argument != "" && !p.Optional {
		needed = append(needed, "of")
	}
	for _, m := range []struct {
		name string
		may  bool
	}{
		{"than", p.Than != ""}, {"scope", p.Scoped()}, {"level", p.Level}, {"among", p.Among}, {"listed", p.Listed}, {"part", p.Name == "purity"}, {"tolerance", p.Value.IsNumber()},
	} {
		if !m.may {
			members[m.name] = false
		}
	}
	if units := Units(p); units == nil {
		members["unit"] = false
	} else {
		members["unit"] = schema{"enum": units}
	}
	if p.Than != "" {
		needed = append(needed, "than")
	}
	if p.Among {
		needed = append(needed, "among")
	}
	if p.Period == property.YearEnd {
		needed = append(needed, "period")
		members["period"] = schema{"required": []string{"year"}}
	}
	s := schema{"properties": members}
	if needed != nil {
		s["required"] = needed
	}
	return s
}

// subjectOf says of which sorts of things a property may be said.
func subjectOf(p *property.Property) schema {
	var all []schema
	for _, of := range property.Sorts() {
		if !p.MayBeOf(of) {
			continue
		}
		only := []string{string(of)}
		if of == property.OfPackage {
			only = []string{"package", "project", "manifest"}
		}
		members := schema{}
		for _, name := range []string{"project", "repository", "package", "manifest", "level", "landscape"} {
			if !slices.Contains(only, name) {
				members[name] = false
			}
		}
		all = append(all, schema{"required": only[:min(len(only), 2)], "properties": members})
	}
	return schema{"anyOf": all}
}

// valueOf says what the values of a property are; nil for one without.
func valueOf(p *property.Property) schema {
	switch {
	case p.Value.IsNumber():
		return schema{"type": "number", "minimum": 0}
	case p.Value == property.Date:
		return schema{"type": "string", "pattern": datePattern}
	case p.Value == property.Word:
		return schema{"enum": p.Words}
	case p.Value == property.None:
		return nil
	}
	return schema{"type": "string", "minLength": 1}
}

// argumentOf says what the argument of a property is; false for one without.
func argumentOf(p *property.Property) any {
	switch p.Argument {
	case property.NoArgument:
		return false
	case property.AMonth:
		return schema{"pattern": monthPattern}
	case property.ADay:
		return schema{"pattern": dayPattern}
	case property.AFigure:
		return schema{"enum": Figures()}
	case property.People:
		return schema{"enum": people}
	case property.AThreshold:
		return schema{"enum": months}
	}
	return schema{"type": "string"}
}
