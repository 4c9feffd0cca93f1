package profile

import (
	"testing"

	"assay/internal/fact"
)

// A manifest tells how the licences belong together, and what their texts do not say.
func TestExpression(t *testing.T) {
	t.Parallel()
	texts := func(ids ...string) *fact.Licences {
		f := &fact.Licences{}
		for _, id := range ids {
			f.Licences = append(f.Licences, fact.Licence{SPDX: id, Path: "LICENSE-" + id})
		}
		return f
	}
	said := texts("MIT", "ISC")
	said.Expression = &fact.LicenceExpression{SPDX: "ISC OR MIT", Path: "README.md", Line: 7}
	at := func(licences ...string) *fact.Components {
		c := &fact.Components{Components: []fact.Component{{Path: "x", License: "GPL-3.0", Manifest: "x/Cargo.toml"}}}
		for _, l := range licences {
			c.Components = append(c.Components, fact.Component{License: l, Manifest: "Cargo.toml", Line: 4})
		}
		return c
	}
	for name, c := range map[string]struct {
		files      *fact.Licences
		components *fact.Components
		want       string
	}{
		"the manifest says how":     {texts("Apache-2.0", "MIT"), at("MIT OR Apache-2.0"), "MIT OR Apache-2.0 Cargo.toml"},
		"of old":                    {texts("Apache-2.0", "MIT"), at("MIT/Apache-2.0"), "MIT OR Apache-2.0 Cargo.toml"},
		"and which version":         {texts("GPL-2.0"), at("GPL-2.0-or-later"), "GPL-2.0-or-later Cargo.toml"},
		"the text says it":          {texts("MIT"), at("MIT"), "MIT LICENSE-MIT"},
		"manifests that disagree":   {texts("MIT", "ISC"), at("MIT", "ISC"), ""},
		"a text is not there":       {texts("MIT"), at("MIT OR Apache-2.0"), "MIT OR Apache-2.0 Cargo.toml"},
		"another text":              {texts("ISC"), at("MIT"), ""},
		"no expression":             {texts("MIT"), at("see the file"), ""},
		"of a package, not at root": {texts("MIT", "ISC"), at(), ""},
		"what files say":            {said, nil, "ISC OR MIT README.md"},
		"no component":              {said, at(), "ISC OR MIT README.md"},
	} {
		got := ""
		if e := expression(&Repository{}, c.files, c.components); e != nil {
			got = e.SPDX + " " + e.Evidence.Path
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
