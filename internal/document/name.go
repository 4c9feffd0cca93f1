package document

import "strings"

// A Name is a path as these collectors look at it. Dir is as written, the rest in
// small letters.
type Name struct {
	Dir, Base string
	Stem, Ext string // of Base, parted at its last full stop
	Depth     int    // folders above
	Written   string // Base as written
}

// NameOf takes a path apart. It runs on every file of every repository. A path that
// is too long for a name of custom is no Name, and in no place.
func NameOf(path string) Name {
	slash := strings.LastIndexByte(path, '/')
	base := path[slash+1:]
	if len(base) > 80 || len(path) > 400 {
		return Name{Depth: -1}
	}
	n := Name{Written: base, Base: strings.ToLower(base), Depth: strings.Count(path, "/")}
	if slash > 0 {
		n.Dir = path[:slash]
	}
	n.Stem = n.Base
	if dot := strings.LastIndexByte(n.Base, '.'); dot > 0 {
		n.Stem, n.Ext = n.Base[:dot], n.Base[dot+1:]
	}
	return n
}

// A Place is one of the folders where files of known names are looked for.
type Place int

// The places.
const (
	Elsewhere Place = iota
	Root
	Host // the folder that the forge reads: .github and its like
	Docs
	BelowDocs
)

// Place is where n lies.
func (n *Name) Place() Place {
	if n.Depth < 0 || n.Depth > 1 && !(strings.HasPrefix(n.Dir, "docs/") && n.Depth <= 4) {
		return Elsewhere
	}
	switch strings.ToLower(n.Dir) {
	case "":
		return Root
	case ".github", ".gitlab", ".gitea", ".forgejo":
		return Host
	case "docs", "doc", "documentation", "community", "project":
		return Docs
	}
	if strings.HasPrefix(n.Dir, "docs/") && !Foreign(n.Dir) {
		return BelowDocs
	}
	return Elsewhere
}

// Text recognises plain texts by their ending.
func (n *Name) Text() bool {
	return n.Ext == "" || n.Ext == "md" || n.Ext == "txt" || n.Ext == "markdown"
}

// Markdown recognises Markdown by its ending.
func (n *Name) Markdown() bool { return n.Ext == "md" || n.Ext == "mdx" || n.Ext == "markdown" }

// Data recognises lists that are data, in YAML, by their ending.
func (n *Name) Data() bool { return n.Ext == "yml" || n.Ext == "yaml" }

// OtherForm recognises forms of text in which lists are kept and which are not
// read.
func (n *Name) OtherForm() bool {
	switch n.Ext {
	case "rst", "adoc", "asciidoc", "org", "csv", "tsv", "json", "toml", "html":
		return true
	}
	return false
}

// Readme recognises the README of a repository.
func (n *Name) Readme() bool {
	if n.Stem != "readme" || !n.Markdown() {
		return false
	}
	at := n.Place()
	return at == Root || at == Host
}

// Foreign reports whether a folder belongs to others, or holds what is no text of
// the project about itself.
func Foreign(dir string) bool {
	for dir != "" {
		var part string
		part, dir, _ = strings.Cut(dir, "/")
		switch strings.ToLower(part) {
		case "vendor", "vendored", "third_party", "third-party", "thirdparty", "3rdparty", "external", "extern", "deps", "node_modules",
			"bower_components", "submodules", "godeps", "_vendor",
			"template", "templates", "example", "examples", "sample", "samples", "demo", "demos",
			"test", "tests", "testing", "testdata", "test-data", "fixtures", "__tests__", "e2e", "mock", "mocks", "snapshots",
			"licenses", "releases", "release-notes", "release_notes", "changelogs", "changelog", "newsletter", "dist", "target", "elections":
			return true
		}
		if strings.HasPrefix(part, ".") {
			return true
		}
	}
	return false
}
