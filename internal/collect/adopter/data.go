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
	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/yamlnode"
)

// yamlAdopters reads a YAML list of adopters: a sequence of mappings (or of
// names), at the top or below any key within reach.
func yamlAdopters(path string, data []byte) ([]fact.Adopter, error) {
	doc, err := markup.YAML(data)
	if err != nil || doc == nil {
		return nil, err
	}
	a := &adopterReader{path: path}
	a.yaml(doc, 0, "")
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

func (a *adopterReader) yaml(n *yaml.Node, depth int, kind string) {
	if depth > 4 || len(a.rows) >= limit.DocumentRows {
		return
	}
	for _, v := range yamlnode.Items(n) {
		a.yamlRow(v, depth, kind)
	}
	for _, e := range yamlnode.Fields(n) {
		key := strings.ToLower(e.Name)
		if markup.HasWord(key, kindWords...) {
			kind = key
		}
		if depth == 0 && metaKey(key) {
			continue
		}
		a.yaml(e.Value, depth+1, kind)
	}
}

// metaKey reports whether a field of the whole file is about the file.
func metaKey(key string) bool {
	switch key {
	case "labels", "tags", "body", "categories", "description", "title", "schema", "$schema", "version", "layout", "menu", "contributors", "assignees":
		return true
	}
	return false
}

func (a *adopterReader) yamlRow(n *yaml.Node, depth int, above string) {
	if s := yamlnode.Text(n); s != "" {
		if depth <= 1 {
			a.add(fact.Adopter{Name: s, Kind: above, Line: n.Line})
		}
		return
	}
	var row fact.Adopter
	for _, e := range yamlnode.Fields(n) {
		v := strings.TrimSpace(yamlnode.Text(e.Value))
		switch strings.ToLower(e.Name) {
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
	if row.Name != "" {
		row.Kind = cmp.Or(row.Kind, above)
		a.add(row)
		return
	}
	a.yaml(n, depth+1, above)
}
