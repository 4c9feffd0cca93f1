// Package gomod reads go.mod and go.work: Go modules, the commands in their usual
// places, and workspaces.
//
// A module is of the kind "module", and "bin" too when there is a main.go in
// its folder or in a folder of its cmd. Commands elsewhere are not looked for:
// telling them takes reading sources. Edition stays empty; MinVersion is the go
// line. The members of a workspace are the modules that its use lines name; a
// module in the folder of the go.work is of the kind "workspace" and names them.
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
		Extra:    func(p string) bool { return path.Base(p) == "go.work" },
		Notable:  isMain,
		Parse:    parse,
		Resolve:  resolve,
	}
}

// isMain reports whether path is a main.go.
func isMain(path string) bool {
	return strings.HasSuffix(path, "main.go") && (len(path) == 7 || path[len(path)-8] == '/')
}

// uses is the Raw of a go.work: the folders that it names, as it writes them.
type uses []string

func parseWork(f manifest.File) (*manifest.Found, error) {
	work, err := modfile.ParseWork(f.Path, f.Data, nil)
	if err != nil {
		return nil, err
	}
	var dirs uses
	for _, use := range work.Use {
		dirs = append(dirs, use.Path)
	}
	return &manifest.Found{Raw: dirs}, nil
}

func parse(f manifest.File) (*manifest.Found, error) {
	if f.Base() == "go.work" {
		return parseWork(f)
	}
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
	modules := make(map[string]*manifest.Found, len(found))
	for _, f := range found {
		if _, ok := f.Raw.(uses); !ok {
			modules[f.Path] = f
		}
	}
	for _, f := range modules {
		commands(t, f, modules)
	}
	for _, f := range found {
		if dirs, ok := f.Raw.(uses); ok {
			join(f, dirs, modules)
		}
	}
	return nil
}

// commands finds the commands of the module f.
func commands(t *manifest.Tree, f *manifest.Found, modules map[string]*manifest.Found) {
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

// join makes the modules that a go.work uses members of its workspace.
func join(work *manifest.Found, dirs uses, modules map[string]*manifest.Found) {
	root := modules[work.Path]
	if root != nil {
		root.Kinds = append(root.Kinds, "workspace")
	}
	for _, use := range dirs {
		dir, ok := manifest.Join(work.Path, use)
		if m := modules[dir]; ok && m != nil && m != root {
			m.Workspace = work.Manifest
			if root != nil {
				root.Members = append(root.Members, dir)
			}
		}
	}
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
func owner(modules map[string]*manifest.Found, path string) string {
	dir := manifest.Dir(path)
	manifest.Above(dir, func(d string) bool {
		dir = d
		return modules[d] == nil
	})
	return dir
}
