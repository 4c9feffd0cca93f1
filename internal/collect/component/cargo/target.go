package cargo

import (
	"maps"
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// isAsyncRuntime reports whether a library runs futures. A package that depends on one,
// optionally or on some targets only, has it as a runtime; dependencies of
// tests and build scripts do not count.
func isAsyncRuntime(name string) bool {
	switch name {
	case "tokio", "tokio-uring", "async-std", "smol", "async-executor", "actix-rt",
		"glommio", "monoio", "compio", "embassy-executor":
		return true
	}
	return false
}

// isGuestLibrary reports whether a library is made for code that is compiled to
// WebAssembly, as opposed to code that runs it.
func isGuestLibrary(name string) bool {
	switch name {
	case "wasm-bindgen", "js-sys", "web-sys", "wasi", "kubewarden-policy-sdk":
		return true
	}
	return isGuestOnly(name)
}

// isGuestOnly reports whether a library is of no use but in WebAssembly, so that
// a program that always depends on it is built for that.
func isGuestOnly(name string) bool {
	switch name {
	case "wit-bindgen", "wit-bindgen-rt", "wit-bindgen-rust", "wasip2", "wasip3", "wstd", "waki",
		"proxy-wasm", "wapc-guest", "extism-pdk", "spin-sdk", "wasmcloud-component":
		return true
	}
	return false
}

// runtimes lists the async runtimes c depends on.
func (c *crate) runtimes() []string {
	var all []string
	for _, d := range c.dependencies("dependencies") {
		if isAsyncRuntime(d.name) {
			all = append(all, d.name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// targets fills in what c builds.
func (c *crate) targets(t *manifest.Tree, out *fact.Component) {
	out.Kinds = append(out.Kinds, c.libKinds(t)...)
	bins := c.bins(t, out.Edition)
	if len(bins) > 0 {
		out.Kinds = append(out.Kinds, "bin")
		out.Targets = bins
	}
}

// libKinds is what c's library is built as; nil when it has none.
func (c *crate) libKinds(t *manifest.Tree) []string {
	lib := c.doc.Table("lib")
	if lib == nil {
		auto := c.pkg.Bool("autolib")
		if !t.Has(c.file("src/lib.rs")) || auto != nil && !*auto {
			return nil
		}
		return []string{"lib"}
	}
	if lib.Is("proc-macro") || lib.Is("proc_macro") {
		return []string{"proc-macro"}
	}
	var kinds []string
	for _, kind := range append(lib.Strings("crate-type"), lib.Strings("crate_type")...) {
		switch kind {
		case "lib", "rlib":
			kinds = append(kinds, "lib")
		case "dylib", "cdylib", "staticlib", "proc-macro":
			kinds = append(kinds, kind)
		}
	}
	if kinds == nil {
		return []string{"lib"}
	}
	return kinds
}

// bins lists the names of c's binaries: those declared, and those discovered
// unless the package says no (or is of edition 2015 and declares any).
func (c *crate) bins(t *manifest.Tree, edition string) []string {
	names, files := map[string]bool{}, map[string]bool{}
	for _, bin := range c.doc.Tables("bin") {
		names[bin.String("name")] = true
		if p, ok := manifest.Join(c.dir, bin.String("path")); ok && p != c.dir {
			files[p] = true
		}
	}
	discover := edition != "2015" || len(names) == 0
	if auto := c.pkg.Bool("autobins"); auto != nil {
		discover = *auto
	}
	if discover {
		for name, file := range c.discovered(t) {
			if !files[file] {
				names[name] = true
			}
		}
	}
	delete(names, "")
	return slices.Sorted(maps.Keys(names))
}

// discovered gives the files that Cargo takes for binaries, by target name.
func (c *crate) discovered(t *manifest.Tree) map[string]string {
	bins := map[string]string{}
	if main := c.file("src/main.rs"); t.Has(main) {
		bins[c.pkg.String("name")] = main
	}
	folder := c.file("src/bin")
	for _, file := range t.Under(folder) {
		name := file[len(folder)+1:]
		sub, isMain := strings.CutSuffix(name, "/main.rs")
		switch {
		case isMain && !strings.Contains(sub, "/"):
			bins[sub] = file
		case !strings.Contains(name, "/"):
			bins[strings.TrimSuffix(name, ".rs")] = file
		}
	}
	return bins
}

// file is the path of a file of c's folder.
func (c *crate) file(name string) string {
	if c.dir == "" {
		return name
	}
	return c.dir + "/" + name
}

// isWasm reports whether c is built for WebAssembly: see the package comment.
func (c *crate) isWasm(kinds []string, configs map[string]*config) bool {
	if c.pkg == nil || slices.Contains(kinds, "proc-macro") {
		return false
	}
	cdylib, bin := slices.Contains(kinds, "cdylib"), slices.Contains(kinds, "bin")
	if cdylib && c.pkg.Table("metadata", "component") != nil {
		return true
	}
	for _, d := range c.dependencies("dependencies") {
		if cdylib && isGuestLibrary(d.name) || bin && d.always && isGuestOnly(d.name) {
			return true
		}
	}
	wasm := false
	manifest.Above(c.dir, func(dir string) bool {
		cfg := configs[dir]
		if cfg == nil {
			return true
		}
		wasm = slices.ContainsFunc(cfg.targets, func(s string) bool {
			return strings.HasPrefix(s, "wasm32") || strings.HasPrefix(s, "wasm64")
		})
		return false
	})
	return wasm
}
