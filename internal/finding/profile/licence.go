package profile

import (
	"assay/internal/fact"
	"assay/internal/spdx"
)

// expression tells how the licences of a repository belong together: as the manifests
// at its root declare, where all that declare something agree; else as its files say.
// A manifest that names no licence whose text is there leaves it open.
func expression(r *Repository, f *fact.Licences, components *fact.Components) *Expression {
	e := declared(r, components)
	switch {
	case e != nil && len(f.Licences) == 1 && f.Licences[0].SPDX == e.SPDX: // the text says it better
		return &Expression{e.SPDX, "its text", r.At(f.Licences[0].Path, false)}
	case e != nil && spdx.HasText(e.SPDX, textsOf(f)):
		return e
	case e != nil && len(f.Licences) > 0:
		return nil
	case f.Expression != nil:
		return &Expression{f.Expression.SPDX, f.Expression.Why, r.Line(f.Expression.Path, f.Expression.Line)}
	}
	return nil
}

// declared is what the manifests at the root of a repository declare.
func declared(r *Repository, components *fact.Components) *Expression {
	if components == nil {
		return nil
	}
	var found *Expression
	for i := range components.Components {
		c := &components.Components[i]
		e := spdx.Expression(c.License)
		switch {
		case c.Path != "" || e == "":
		case found == nil:
			found = &Expression{e, "the manifest declares it", r.Line(c.Manifest, c.Line)}
		case found.SPDX != e:
			return nil
		}
	}
	return found
}

// textsOf are the licences whose texts are there.
func textsOf(f *fact.Licences) []string {
	var ids []string
	for _, l := range f.Licences {
		ids = append(ids, l.SPDX)
	}
	return ids
}
