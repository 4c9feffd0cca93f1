// Package cargo reads Cargo.toml: packages, workspaces and what a package
// inherits from one, targets, WebAssembly, async runtimes; and counts unsafe
// code in Rust sources.
//
// # Workspaces
//
// The workspace of a package is looked for as Cargo does: package.workspace
// when given, else the nearest folder at or above the package whose Cargo.toml
// has [workspace] and does not exclude the package. Its members are the folders
// that members names (with wildcards), and what they lead to by path
// dependencies within the workspace's folder. A package that is no member has
// no workspace, unless it inherits from one all the same. A virtual workspace,
// one without [package], is a component of its own, of the kind "workspace"
// only, named after its folder.
//
// # Kinds
//
// "lib", "dylib", "cdylib", "staticlib" and "proc-macro" as [lib] says, "lib"
// for a src/lib.rs without a word about it; "bin" for [[bin]] and for what
// Cargo discovers in src/main.rs and src/bin; "workspace" for a workspace root.
//
// "wasm" is for
//
//   - a cdylib that depends on a library made for the guest side of WebAssembly
//     (see isGuestLibrary) or has [package.metadata.component];
//   - a package with binaries that depends, on every target and not optionally,
//     on a library of use nowhere else (see isGuestOnly);
//   - any package but a proc-macro whose nearest .cargo/config.toml that sets
//     build.target, in its folder or above, names a wasm32 or wasm64 target.
//
// # What is left out
//
// The edition of a package that names none is 2015, Cargo's default. A package
// without a version is 0.0.0, and not published unless it says so. [project] is
// the old name of [package].
package cargo

import (
	"errors"
	"fmt"
	"strings"

	"assay/internal/collect/component/manifest"
)

// Ecosystem is Cargo.
func Ecosystem() manifest.Ecosystem {
	return manifest.Ecosystem{
		Name:     "cargo",
		Manifest: func(base string) bool { return base == "Cargo.toml" },
		Extra:    isConfig,
		Notable:  isTargetFile,
		Parse:    parse,
		Resolve:  resolve,
		Source:   func(base string) bool { return strings.HasSuffix(base, ".rs") },
		Unsafe:   CountUnsafe,
	}
}

// isConfig reports whether path is a configuration of Cargo.
func isConfig(path string) bool {
	rest, ok := strings.CutSuffix(path, ".cargo/config.toml")
	if !ok {
		rest, ok = strings.CutSuffix(path, ".cargo/config")
	}
	return ok && (rest == "" || rest[len(rest)-1] == '/')
}

// isTargetFile reports whether path is a file that Cargo takes for a target
// without being told: src/lib.rs, src/main.rs, src/bin/x.rs, src/bin/x/main.rs.
func isTargetFile(path string) bool {
	if !strings.HasSuffix(path, ".rs") {
		return false
	}
	switch dir, base := cutLast(path); {
	case base == "lib.rs" || base == "main.rs":
		above, _ := cutLast(dir)
		return isFolder(dir, "src") || base == "main.rs" && isFolder(above, "src/bin")
	default:
		return isFolder(dir, "src/bin")
	}
}

// isFolder reports whether dir is name or ends in "/name".
func isFolder(dir, name string) bool {
	rest, ok := strings.CutSuffix(dir, name)
	return ok && (rest == "" || rest[len(rest)-1] == '/')
}

// cutLast splits path at its last slash.
func cutLast(path string) (dir, base string) {
	i := strings.LastIndexByte(path, '/')
	return path[:max(i, 0)], path[i+1:]
}

// A crate is the Raw of a Cargo.toml.
type crate struct {
	dir string
	doc manifest.Table
	pkg manifest.Table // doc.package, or doc.project as it once was; nil for a virtual workspace
	// ws is what the crate is as a workspace root; nil when it is none.
	ws *workspace
	// root is the workspace it belongs to by its place; nil when there is none.
	root *workspace
}

// A config is the Raw of a .cargo/config.toml.
type config struct {
	dir     string // the folder that .cargo lies in
	targets []string
}

func parse(f manifest.File) (*manifest.Found, error) {
	doc, err := manifest.TOML(f.Data)
	if err != nil {
		return nil, err
	}
	if f.Base() != "Cargo.toml" {
		targets := doc.Table("build").Strings("target")
		if targets == nil {
			return nil, nil
		}
		return &manifest.Found{Raw: &config{dir: manifest.Dir(f.Dir()), targets: targets}}, nil
	}
	c := &crate{dir: f.Dir(), doc: doc, pkg: doc.Table("package")}
	section := "package"
	if c.pkg == nil {
		c.pkg, section = doc.Table("project"), "project"
	}
	found := &manifest.Found{Raw: c}
	found.Language = "Rust"
	if table := doc.Table("workspace"); table != nil {
		c.ws = newWorkspace(f.Path, table)
	}
	switch {
	case c.pkg != nil:
		found.Name = c.pkg.String("name")
		found.Line = manifest.LineOf(f.Data, section, "name")
		if found.Name == "" {
			return nil, fmt.Errorf("[%s] has no name", section)
		}
	case c.ws != nil:
		found.Line = manifest.LineOf(f.Data, "workspace", "members")
	default:
		return nil, errors.New("there is neither [package] nor [workspace]")
	}
	return found, nil
}
