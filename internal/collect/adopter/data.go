package adopter

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/yamlnode"
)

// yamlAdopters reads a YAML list of adopters: a sequence of mappings, or of names, at
// the top or below a key that says that adopters follow.
func yamlAdopters(path string, data []byte) ([]fact.Adopter, error) {
	doc, err := markup.YAML(data)
	if err != nil || doc == nil {
		return nil, err
	}
	a := &adopterReader{path: path}
	a.yaml(doc, 0, "", names)
	return a.rows, nil
}

// jsonAdopters reads a list in JSON.
func jsonAdopters(path string, data []byte) ([]fact.Adopter, error) {
	return yamlAdopters(path, markup.DataOfJSON(data))
}

// csvAdopters reads a list of values with a line of titles.
func csvAdopters(path string, data []byte) ([]fact.Adopter, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	a := &adopterReader{path: path}
	var c adopterColumns
	for n := 0; ; n++ {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) || len(a.rows) >= limit.DocumentRows {
			return a.rows, nil
		}
		if err != nil {
			return a.rows, errkind.Errorf(errkind.Input, "not comma-separated values: %s", markup.Shorten(markup.Clean(err.Error()), 200))
		}
		if n == 0 {
			for i := range fields {
				fields[i] = strings.ToLower(strings.TrimSpace(fields[i]))
			}
			if c = columnsOf(fields); c.name < 0 {
				return nil, nil
			}
			continue
		}
		get := func(i int) string {
			if i < 0 || i >= len(fields) {
				return ""
			}
			return strings.TrimSpace(fields[i])
		}
		line := 0
		if c.name < len(fields) {
			line, _ = r.FieldPos(c.name)
		}
		a.add(fact.Adopter{Name: get(c.name), URL: markup.WebURL(get(c.url)), Kind: get(c.kind), Since: get(c.since), Line: line})
	}
}

// A listing is what the items of a sequence can be, each what those before it are, too.
type listing int

const (
	nothing   listing = iota
	addressed         // rows with an address of the web: nothing else says that they are adopters
	rows              // rows with a name
	names             // names alone
)

func (a *adopterReader) yaml(n *yaml.Node, depth int, kind string, list listing) {
	if depth > 4 || len(a.rows) >= limit.DocumentRows {
		return
	}
	for _, v := range yamlnode.Items(n) {
		switch s := yamlnode.Text(v); {
		case s == "" && !(list > nothing && a.yamlRow(v, kind, list)):
			a.yaml(v, depth+1, kind, nothing)
		case s != "" && list == names:
			a.add(fact.Adopter{Name: s, Kind: kind, Line: v.Line})
		}
	}
	for _, e := range yamlnode.Fields(n) {
		key := strings.ToLower(e.Name)
		if aboutList(key) {
			continue
		}
		below := kind
		if markup.HasWord(key, kindWords...) {
			below = key
		}
		a.yaml(e.Value, depth+1, below, listBelow(key, depth, list))
	}
}

// listBelow is what a sequence below a key can list.
func listBelow(key string, depth int, above listing) listing {
	switch {
	case plainKey.MatchString(key) && depth == 0, markup.HasWord(key, kindWords...) && above == names && depth > 0:
		return names
	case adopterKey.MatchString(key), markup.HasWord(key, kindWords...) && depth <= 1:
		return rows
	case above > nothing && depth > 0, depth == 0 && anyKey.MatchString(key):
		return addressed
	}
	return nothing
}

var (
	// plainKey matches the keys below which a name is an adopter.
	plainKey = lazyregexp.New(`^(adopters|users|companies|organi[sz]ations)$`)
	// adopterKey matches those below which a row is one.
	adopterKey = lazyregexp.New(`(^|[ _-])(adopters?|users|compan(y|ies)|organi[sz]ations|customers|institutions)$`)
	// anyKey matches those that say nothing of what they list.
	anyKey = lazyregexp.New(`^(items|entries|list|data|rows|cards|logos|members|partners)$`)
)

// aboutList reports whether a field is about the file, or about how a list is shown.
func aboutList(key string) bool {
	return markup.HasWord(key, "label", "tag", "body", "category", "categories", "description", "title", "schema", "version", "layout", "menu", "contributor", "assignee",
		"filter", "column", "color", "colour", "field", "option", "setting", "config*", "param", "type", "level", "legend", "link", "industry", "industries", "sort", "theme", "style")
}

// yamlRow takes a mapping for an adopter, and says whether it is one.
func (a *adopterReader) yamlRow(n *yaml.Node, above string, list listing) bool {
	var row fact.Adopter
	for _, e := range yamlnode.Fields(n) {
		if members := yamlnode.Items(e.Value); len(members) > 0 && yamlnode.Text(members[0]) == "" && adopterKey.MatchString(strings.ToLower(e.Name)) {
			return false // it is a group of them
		}
		yamlField(&row, strings.ToLower(e.Name), e)
	}
	if row.Name == "" || list == addressed && row.URL == "" {
		return false
	}
	row.Kind = cmp.Or(row.Kind, above)
	a.add(row)
	return true
}

// yamlField takes a field of an adopter.
func yamlField(row *fact.Adopter, key string, e yamlnode.Field) {
	v := strings.TrimSpace(yamlnode.Text(e.Value))
	switch key {
	case "name", "company", "organization", "organisation", "adopter", "title", "org":
		if row.Name == "" {
			row.Name, row.Line = v, e.Line
		}
	case "url", "website", "link", "homepage", "site", "href":
		if row.URL == "" {
			row.URL = markup.WebURL(v)
		}
	case "type", "kind", "status", "stage", "usage", "environment", "category", "level":
		if row.Kind == "" && len(v) <= limit.RowKind {
			row.Kind = v
		}
	case "since", "date", "year", "start":
		row.Since = v
	}
}
