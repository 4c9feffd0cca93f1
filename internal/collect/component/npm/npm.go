// Package npm reads package.json: packages of npm, yarn, pnpm and bun.
//
// The language is TypeScript when a tsconfig.json lies in the folder, when the
// package depends on typescript, or when it names its type declarations; else
// JavaScript.
//
// # Workspaces
//
// Members are the packages that the pnpm-workspace.yaml of a folder names, else
// the workspaces of its package.json, else the packages of its lerna.json. In a
// package.json a later pattern may take back what an earlier one leaves out, as
// with npm; in the other two what is left out stays out. A
// pnpm-workspace.yaml without packages, which older releases of pnpm took for
// "all of them", names none.
package npm

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// Ecosystem is npm.
func Ecosystem() manifest.Ecosystem {
	return manifest.Ecosystem{
		Name:     "npm",
		Manifest: func(base string) bool { return base == "package.json" },
		Extra:    func(p string) bool { return path.Base(p) == "pnpm-workspace.yaml" || path.Base(p) == "lerna.json" },
		Notable:  func(p string) bool { return strings.HasSuffix(p, "tsconfig.json") },
		Parse:    parse,
		Resolve:  resolve,
	}
}

func parse(f manifest.File) (*manifest.Found, error) {
	if f.Base() == "pnpm-workspace.yaml" {
		return pnpm(f.Data)
	}
	doc, err := manifest.JSON(f.Data)
	if err != nil {
		return nil, err
	}
	if f.Base() == "lerna.json" {
		return &manifest.Found{Raw: listing{rank: 2, patterns: doc.Strings("packages")}}, nil
	}
	if !declares(doc) {
		return nil, nil
	}
	found := &manifest.Found{Raw: doc}
	found.Name = doc.String("name")
	found.Line = nameLine(f.Data)
	found.Version = doc.String("version")
	found.Description = doc.String("description")
	found.License = license(doc)
	found.MinVersion = doc.Table("engines").String("node")
	if private := doc.Bool("private"); private != nil {
		published := !*private
		found.Published = &published
	}
	found.Targets = bins(doc)
	return found, nil
}

// declares reports whether doc declares a package, named or not. A package.json
// that does not is a marker: it sets the module type of a folder, say.
func declares(doc manifest.Table) bool {
	for _, key := range []string{"name", "version", "dependencies", "devDependencies", "scripts", "workspaces", "bin"} {
		if _, ok := doc[key]; ok {
			return true
		}
	}
	return false
}

// license reads "license", also in the forms npm gave up: a table with a type,
// and "licenses".
func license(doc manifest.Table) string {
	if s := doc.String("license"); s != "" {
		return s
	}
	if s := doc.Table("license").String("type"); s != "" {
		return s
	}
	all := doc.Strings("licenses")
	for _, l := range doc.Tables("licenses") {
		all = append(all, l.String("type"))
	}
	return strings.Join(all, " OR ")
}

// bins lists the commands of the package: a table by name, or a single file
// that goes by the package's name.
func bins(doc manifest.Table) []string {
	if doc.String("bin") != "" {
		name := doc.String("name")
		return []string{name[strings.LastIndexByte(name, '/')+1:]}
	}
	return slices.Sorted(maps.Keys(doc.Table("bin")))
}

// nameLine is the line of the first "name" key: that of the package in every
// manifest that has it before its authors.
func nameLine(data []byte) int {
	line := 0
	for text := range bytes.Lines(data) {
		line++
		if rest, ok := bytes.CutPrefix(bytes.TrimLeft(text, " \t{,"), []byte(`"name"`)); ok &&
			bytes.HasPrefix(bytes.TrimLeft(rest, " \t"), []byte(":")) {
			return line
		}
	}
	return 0
}

func resolve(t *manifest.Tree, found []*manifest.Found) []fact.Note {
	roots := workspaces(found)
	for _, f := range found {
		doc, ok := f.Raw.(manifest.Table)
		if !ok {
			continue
		}
		if f.Name == "" {
			f.Name = t.FolderName(f.Path)
		}
		f.Language = language(t, f.Path, doc)
		f.Kinds = kinds(f, doc)
		if w := roots[f.Path]; w != nil {
			w.root, w.manifest = f, f.Manifest
			f.Kinds = append(f.Kinds, "workspace")
		}
	}
	for _, f := range found {
		if _, ok := f.Raw.(manifest.Table); !ok {
			continue
		}
		if w := nearest(roots, f.Path); w != nil && w.names(f.Path) {
			f.Workspace = w.manifest
			if w.root != nil {
				w.root.Members = append(w.root.Members, f.Path)
			}
		}
	}
	return nil
}

func language(t *manifest.Tree, dir string, doc manifest.Table) string {
	typescript := doc.String("types") != "" || doc.String("typings") != "" || t.Has(path.Join(dir, "tsconfig.json"))
	for _, deps := range []string{"dependencies", "devDependencies", "peerDependencies"} {
		_, ok := doc.Table(deps)["typescript"]
		typescript = typescript || ok
	}
	if typescript {
		return "TypeScript"
	}
	return "JavaScript"
}

// kinds is what the package is: "lib" when it names an entry point for others
// to import, "bin" when it has commands.
func kinds(f *manifest.Found, doc manifest.Table) []string {
	var all []string
	for _, key := range []string{"main", "module", "exports", "types", "typings"} {
		if doc[key] != nil {
			all = append(all, "lib")
			break
		}
	}
	if len(f.Targets) > 0 {
		all = append(all, "bin")
	}
	return all
}
