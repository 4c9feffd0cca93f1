package pypi

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// project reads a pyproject.toml: the project table of PEP 621, or what Poetry
// and Flit had before it.
func project(doc manifest.Table, data []byte, out *fact.Component) part {
	poet, flit := doc.Table("tool", "poetry"), doc.Table("tool", "flit", "metadata")
	switch p := doc.Table("project"); {
	case p != nil:
		out.Line = manifest.LineOf(data, "project", "name")
		return pep621(doc, p, out)
	case poet.String("name") != "":
		out.Line = manifest.LineOf(data, "tool.poetry", "name")
		poetry(doc, poet, out)
		return part{declares: true, closed: true}
	case flit.String("module") != "":
		out.Line = manifest.LineOf(data, "tool.flit.metadata", "module")
		flitMetadata(doc, flit, out)
		return part{declares: true, closed: true}
	}
	return part{}
}

func pep621(doc, p manifest.Table, out *fact.Component) part {
	out.Name = cmp.Or(p.String("name"), doc.Table("tool", "poetry").String("name"))
	out.Version = p.String("version")
	out.Description = p.String("description")
	out.MinVersion = p.String("requires-python")
	out.License = shortLicence(cmp.Or(p.String("license"), p.Table("license").String("text")))
	out.Targets = commands(p)
	out.Published = published(p.Strings("classifiers"))
	raw := part{declares: true, closed: true}
	dynamic := p.Strings("dynamic")
	backend := doc.Table("build-system").String("build-backend")
	switch {
	case strings.HasPrefix(backend, "poetry."):
		fillFromPoetry(doc, dynamic, out)
	case backend == "" || strings.HasPrefix(backend, "setuptools.") || len(doc.Table("build-system").Strings("backend-path")) > 0:
		raw.open = openFields(dynamic)
		if doc.Table("tool", "setuptools", "dynamic")["version"] != nil {
			raw.unknown = append(raw.unknown, fieldVersion) // from a file or a module
		}
	}
	return raw
}

// openFields are the dynamic fields of PEP 621 by our names.
func openFields(dynamic []string) []string {
	var all []string
	for _, d := range dynamic {
		switch d {
		case "version", "description", "license", "classifiers":
			all = append(all, d)
		case "requires-python":
			all = append(all, fieldPython)
		case "scripts", "gui-scripts", "entry-points":
			all = append(all, fieldScripts)
		}
	}
	return all
}

// commands are the names of the scripts of a project; nil when it has none.
func commands(p manifest.Table) []string {
	return slices.Concat(keys(p.Table("scripts")), keys(p.Table("gui-scripts")))
}

// fillFromPoetry takes the dynamic fields from Poetry's own table, as Poetry 2 does.
func fillFromPoetry(doc manifest.Table, dynamic []string, out *fact.Component) {
	var own fact.Component
	poetry(doc, doc.Table("tool", "poetry"), &own)
	for _, field := range openFields(dynamic) {
		if empty(out, field) {
			give(out, &own, field)
		}
	}
	if out.Published == nil {
		out.Published = own.Published
	}
}

func poetry(doc, p manifest.Table, out *fact.Component) {
	out.Name = p.String("name")
	out.Version = p.String("version")
	if doc.Table("tool", "poetry-dynamic-versioning").Is("enable") {
		out.Version = "" // it stands in for a tag
	}
	out.Description = p.String("description")
	out.License = p.String("license")
	out.MinVersion = p.Table("dependencies").String("python")
	out.Targets = keys(p.Table("scripts"))
	out.Published = published(p.Strings("classifiers"))
	if mode := p.Bool("package-mode"); mode != nil && !*mode {
		out.Published = mode
	}
}

// flitMetadata reads what Flit had before PEP 621. Version and description are in
// the module.
func flitMetadata(doc, p manifest.Table, out *fact.Component) {
	out.Name = cmp.Or(p.String("dist-name"), p.String("module"))
	out.License = p.String("license")
	out.MinVersion = p.String("requires-python")
	out.Targets = keys(doc.Table("tool", "flit", "scripts"))
	out.Published = published(p.Strings("classifiers"))
}

func keys(t manifest.Table) []string { return slices.Sorted(maps.Keys(t)) }
