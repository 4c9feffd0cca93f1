package mirror

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// List names the mirrors in From and Dir of an owner written host/owner, for
// example "github.com/kubewarden", and of the groups nested in it, sorted
// without regard to case. A mirror that is broken is named too, so that it is
// not overlooked: Find says what is wrong with it. A link to another mirror of
// this owner is left out: it is the same repository twice. An owner of whom
// there is nothing has no mirrors, which is no error.
//
// Kinds of error: Usage when owner is not plain names; Limit; Canceled.
func (t *Tree) List(ctx context.Context, owner string) ([]fact.RepoID, error) {
	if err := fact.RepoID(owner + "/x").Validate(); err != nil {
		return nil, errkind.Errorf(errkind.Usage, "list mirrors of %q: want host/owner in plain names", owner)
	}
	found := make(map[string]fact.RepoID)
	for _, f := range t.folders {
		f.forget()
		dirs, err := f.descend([]string{f.root}, strings.Split(owner, "/"))
		if err != nil {
			return nil, err
		}
		for _, dir := range dirs {
			err := f.walk(ctx, dir, func(p place, _ error) {
				_, twice := found[p.name.Key()]
				alias := strings.HasPrefix(f.leadsTo(p.path).Key(), strings.ToLower(owner)+"/")
				if p.name != "" && !twice && !alias {
					found[p.name.Key()] = p.name
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	ids := make([]fact.RepoID, 0, len(found))
	for _, id := range found {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b fact.RepoID) int { return cmp.Compare(a.Key(), b.Key()) })
	return ids, nil
}
