package cargo

import (
	"slices"

	"assay/internal/collect/component/manifest"
)

// A workspace is a Cargo.toml with [workspace].
type workspace struct {
	path    string // of the Cargo.toml
	dir     string
	table   manifest.Table
	members *manifest.Patterns
	exclude *manifest.Patterns
	// joined are the crates found to be members, the root's own left out.
	joined map[*crate]bool
}

func newWorkspace(path string, table manifest.Table) *workspace {
	dir := manifest.Dir(path)
	return &workspace{
		path:    path,
		dir:     dir,
		table:   table,
		members: manifest.NewPatterns(dir, table.Strings("members"), manifest.Syntax{}),
		exclude: manifest.NewPatterns(dir, table.Strings("exclude"), manifest.Syntax{}),
		joined:  map[*crate]bool{},
	}
}

// excludes reports whether the folder dir is kept out of w: it lies in an
// excluded folder and in no folder that members names outright. As in Cargo,
// exclude knows no wildcards.
func (w *workspace) excludes(dir string) bool {
	return w.exclude.Covers(dir) && !w.members.Covers(dir)
}

// assign finds the workspace of each crate by its place, and then the members
// of each workspace.
func assign(crates map[string]*crate, order []*crate) {
	for _, c := range order {
		c.root = rootOf(crates, c)
	}
	var queue []*crate
	join := func(c *crate, w *workspace) {
		if c.root == w && c.ws == nil && !w.joined[c] {
			w.joined[c] = true
			queue = append(queue, c)
		}
	}
	for _, c := range order {
		switch {
		case c.ws != nil:
			queue = append(queue, c) // its own path dependencies are members
		case c.root != nil && (c.root.members.Match(c.dir) || c.pkg.String("workspace") != ""):
			join(c, c.root)
		}
	}
	for len(queue) > 0 {
		c := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, dir := range c.pathDependencies() {
			if dep := crates[dir]; dep != nil && manifest.Within(dir, c.root.dir) {
				join(dep, c.root)
			}
		}
	}
}

// rootOf looks for the workspace of c as Cargo does.
func rootOf(crates map[string]*crate, c *crate) *workspace {
	if c.ws != nil {
		return c.ws
	}
	if pointer := c.pkg.String("workspace"); pointer != "" {
		dir, ok := manifest.Join(c.dir, pointer)
		if root := crates[dir]; ok && root != nil {
			return root.ws
		}
		return nil
	}
	var found *workspace
	manifest.Above(c.dir, func(dir string) bool {
		if root := crates[dir]; root != nil && root.ws != nil && !root.ws.excludes(c.dir) {
			found = root.ws
		}
		return found == nil
	})
	return found
}

// A dependency is an entry of a dependency table.
type dependency struct {
	name   string         // of the package
	spec   manifest.Table // nil when only a version is given
	base   string         // the folder its path is seen from
	always bool           // on every target, and not optional
}

// dependencies lists what c depends on in the given tables ("dependencies",
// "dev-dependencies" …), for every target, with what the workspace says of
// inherited ones; in no order.
func (c *crate) dependencies(tables ...string) []dependency {
	scopes := []manifest.Table{c.doc}
	for _, target := range c.doc.Table("target") {
		if t, ok := target.(map[string]any); ok {
			scopes = append(scopes, t)
		}
	}
	var all []dependency
	for i, scope := range scopes {
		for _, name := range tables {
			deps := scope.Table(name)
			for key := range deps {
				d := c.dependency(key, deps.Table(key))
				d.always = i == 0 && !deps.Table(key).Is("optional")
				all = append(all, d)
			}
		}
	}
	return all
}

func (c *crate) dependency(key string, spec manifest.Table) dependency {
	d := dependency{name: key, spec: spec, base: c.dir}
	if spec.Is("workspace") && c.root != nil {
		d.spec, d.base = c.root.table.Table("dependencies", key), c.root.dir
	}
	if renamed := d.spec.String("package"); renamed != "" {
		d.name = renamed
	}
	return d
}

// pathDependencies lists the folders that c's dependencies name by path.
func (c *crate) pathDependencies() []string {
	var dirs []string
	for _, d := range c.dependencies("dependencies", "dev-dependencies", "build-dependencies",
		"dev_dependencies", "build_dependencies") {
		if p := d.spec.String("path"); p != "" {
			if dir, ok := manifest.Join(d.base, p); ok {
				dirs = append(dirs, dir)
			}
		}
	}
	slices.Sort(dirs)
	return dirs
}
