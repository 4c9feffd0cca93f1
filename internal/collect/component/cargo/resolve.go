package cargo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// resolve fills in what the workspace, the listing and the configuration add to
// the manifests.
func resolve(t *manifest.Tree, found []*manifest.Found) []fact.Note {
	crates := map[string]*crate{}
	configs := map[string]*config{}
	var order []*crate
	for _, f := range found {
		switch raw := f.Raw.(type) {
		case *crate:
			crates[raw.dir] = raw
			order = append(order, raw)
		case *config:
			configs[raw.dir] = raw
		}
	}
	assign(crates, order)
	var notes []fact.Note
	for _, f := range found {
		if c, ok := f.Raw.(*crate); ok {
			notes = append(notes, c.fill(t, &f.Component)...)
			if f.Name != "" && c.isWasm(f.Kinds, configs) {
				f.Kinds = append(f.Kinds, "wasm")
			}
		}
	}
	return notes
}

// fill completes the component of c.
func (c *crate) fill(t *manifest.Tree, out *fact.Component) []fact.Note {
	if c.ws != nil {
		out.Kinds = append(out.Kinds, "workspace")
		for member := range c.ws.joined {
			out.Members = append(out.Members, member.dir)
		}
		slices.Sort(out.Members)
	}
	if c.pkg == nil {
		out.Name = t.FolderName(c.dir)
		return nil
	}
	in := inheritance{c: c}
	out.Version = in.text("version")
	out.Edition = in.text("edition")
	if out.Edition == "" && in.missing == nil {
		out.Edition = "2015"
	}
	out.MinVersion = in.text("rust-version")
	out.License = in.text("license")
	out.Description = in.text("description")
	out.Published = published(in.value("publish"))
	if _, said := c.pkg["version"]; !said {
		out.Version = "0.0.0"
		out.Published = cmp.Or(out.Published, new(bool))
	}
	if c.root != nil && c.ws == nil && (c.root.joined[c] || in.used) {
		out.Workspace = c.root.path
	}
	c.targets(t, out)
	out.Runtime = c.runtimes()
	if in.missing == nil {
		return nil
	}
	return []fact.Note{{
		Kind: "odd",
		Text: fmt.Sprintf("package %q inherits %s from a workspace that does not say",
			out.Name, strings.Join(in.missing, ", ")),
		Evidence: fact.Evidence{Path: out.Manifest},
	}}
}

// An inheritance reads the fields of a package, from its workspace where the
// package says so.
type inheritance struct {
	c       *crate
	used    bool     // something was said to be inherited
	missing []string // fields that are inherited and not to be found
}

func (in *inheritance) value(key string) any {
	v := in.c.pkg[key]
	if spec, ok := v.(map[string]any); !ok || !manifest.Table(spec).Is("workspace") {
		return v
	}
	in.used = true
	if in.c.root != nil {
		if v, ok := in.c.root.table.Table("package")[key]; ok {
			return v
		}
	}
	in.missing = append(in.missing, key)
	return nil
}

func (in *inheritance) text(key string) string {
	s, _ := in.value(key).(string)
	return s
}

// published reads a publish field: a truth value, or a list of registries,
// empty for none.
func published(v any) *bool {
	switch v := v.(type) {
	case bool:
		return &v
	case []any:
		some := len(v) > 0
		return &some
	}
	return nil
}
