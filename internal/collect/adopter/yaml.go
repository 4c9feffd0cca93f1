package adopter

import (
	"strings"

	"go.yaml.in/yaml/v4"

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
	a.yaml(doc, 0)
	return a.rows, nil
}

func (a *adopterReader) yaml(n *yaml.Node, depth int) {
	if depth > 4 || len(a.rows) >= limit.DocumentRows {
		return
	}
	for _, v := range yamlnode.Items(n) {
		if len(a.rows) >= limit.DocumentRows {
			return
		}
		a.yamlRow(v, depth)
	}
	for _, e := range yamlnode.Fields(n) {
		key := strings.ToLower(e.Name)
		a.kind[depth] = kindOfHeading(key)
		a.yaml(e.Value, depth+1)
		a.kind[depth] = ""
	}
}

func (a *adopterReader) yamlRow(n *yaml.Node, depth int) {
	if s := yamlnode.Text(n); s != "" {
		if depth <= 1 {
			a.add(s, "", "", n.Line)
		}
		return
	}
	var name, url, kind string
	line := 0
	for _, e := range yamlnode.Fields(n) {
		v := yamlnode.Text(e.Value)
		switch strings.ToLower(e.Name) {
		case "name", "company", "organization", "organisation", "adopter", "title", "org":
			if name == "" {
				name, line = v, e.Line
			}
		case "url", "website", "link", "homepage", "site":
			if url == "" {
				url = markup.WebURL(strings.TrimSpace(v))
			}
		case "type", "kind", "status", "stage", "usage", "environment", "category", "level":
			if kind == "" && len(v) <= limit.RowKind {
				kind = v
			}
		}
	}
	if name != "" {
		a.add(name, url, kind, line)
		return
	}
	a.yaml(n, depth+1)
}
