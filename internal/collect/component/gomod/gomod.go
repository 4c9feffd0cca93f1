// Package gomod reads go.mod: Go modules and the commands in their usual
// places.
//
// A module is of the kind "module", and "bin" too when there is a main.go in
// its folder or in a folder of its cmd. Commands elsewhere are not looked for:
// telling them takes reading sources. Edition stays empty; MinVersion is the go
// line.
package gomod

import (
	"errors"
	"path"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// Ecosystem is Go modules.
func Ecosystem() manifest.Ecosystem {
	return manifest.Ecosystem{
		Name:     "go",
		Manifest: func(base string) bool { return base == "go.mod" },
		Notable:  isMain,
		Parse:    parse,
		Resolve:  resolve,
	}
}

// isMain reports whether path is a main.go.
func isMain(path string) bool {
	return strings.HasSuffix(path, "main.go") && (len(path) == 7 || path[len(path)-8] == '/')
}

func parse(f manifest.File) (*manifest.Found, error) {
	mod, err := modfile.ParseLax(f.Path, f.Data, nil)
	if err != nil {
		return nil, err
	}
	if mod.Module == nil || mod.Module.Mod.Path == "" {
		return nil, errors.New("there is no module line")
	}
	found := &manifest.Found{}
	found.Name = mod.Module.Mod.Path
	found.Line = mod.Module.Syntax.Start.Line
	found.Language = "Go"
	found.Kinds = []string{"module"}
	if mod.Go != nil {
		found.MinVersion = mod.Go.Version
	}
	found.Toolchain = toolchain(mod)
	return found, nil
}

// toolchain is the toolchain line, which lax parsing leaves to the syntax tree.
func toolchain(mod *modfile.File) string {
	for _, stmt := range mod.Syntax.Stmt {
		if line, ok := stmt.(*modfile.Line); ok && len(line.Token) == 2 && line.Token[0] == "toolchain" {
			return line.Token[1]
		}
	}
	return ""
}

func resolve(t *manifest.Tree, found []*manifest.Found) []fact.Note {
	modules := make(map[string]bool, len(found))
	for _, f := range found {
		modules[f.Path] = true
	}
	for _, f := range found {
		if t.Has(path.Join(f.Path, "main.go")) {
			f.Targets = append(f.Targets, baseName(f.Name))
		}
		cmd := path.Join(f.Path, "cmd")
		for _, file := range t.Under(cmd) {
			dir := manifest.Dir(file)
			if manifest.Dir(dir) == cmd && owner(modules, file) == f.Path {
				f.Targets = append(f.Targets, path.Base(dir))
			}
		}
		if len(f.Targets) > 0 {
			f.Kinds = append(f.Kinds, "bin")
		}
	}
	return nil
}

// baseName is the name of the command that go install makes of the module's
// root: the last element of its path that is no major version.
func baseName(modulePath string) string {
	prefix, _, ok := module.SplitPathVersion(modulePath)
	if !ok {
		prefix = modulePath
	}
	return path.Base(prefix)
}

// owner is the folder of the module that the file at path belongs to.
func owner(modules map[string]bool, path string) string {
	dir := manifest.Dir(path)
	manifest.Above(dir, func(d string) bool {
		dir = d
		return !modules[d]
	})
	return dir
}
