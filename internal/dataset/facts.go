package dataset

import (
	"cmp"
	"context"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding"
)

// Facts are the measurements that the tables hold, for who looks into repositories: what
// is in them by language, role and whether it counts, whatever the component; their
// releases; and when each language came to stay. What else is measured is not there.
func (s *Set) Facts(ctx context.Context, h *Head) (finding.Facts, error) {
	f := finding.Facts{
		Survey: h.Survey, Compositions: map[string]*fact.Composition{}, Releases: map[string]*fact.Releases{}, Timelines: map[string]*fact.Timeline{},
	}
	for _, read := range []func(context.Context, *finding.Facts) error{s.compositions, s.releases, s.timelines} {
		if err := read(ctx, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (s *Set) compositions(ctx context.Context, f *finding.Facts) error {
	rows, err := Rows[Composition](ctx, s, nil)
	for i := range rows {
		x := &rows[i]
		c := f.Compositions[x.Repository.Key()]
		if c == nil {
			c = &fact.Composition{}
			f.Compositions[x.Repository.Key()] = c
		}
		c.Cells = append(c.Cells, fact.Cell{
			Language: x.Language, Type: x.Type, Role: x.Role, Counted: x.Counted, Files: x.Files, Bytes: x.Bytes, LineFiles: x.LineFiles,
			Code: x.Code, Comment: x.Comment, Blank: x.Blank,
		})
	}
	return err
}

func (s *Set) releases(ctx context.Context, f *finding.Facts) error {
	rows, err := Rows[Release](ctx, s, nil)
	slices.SortFunc(rows, func(a, b Release) int {
		return cmp.Or(cmp.Compare(a.Repository, b.Repository), cmp.Compare(a.Position, b.Position))
	})
	for i := range rows {
		x := &rows[i]
		r := f.Releases[x.Repository.Key()]
		if r == nil {
			r = &fact.Releases{}
			f.Releases[x.Repository.Key()] = r
		}
		r.Releases = append(r.Releases, fact.Release{
			Tag: x.Tag, Series: x.Series, Version: x.Version, Pre: x.Pre, Kind: x.Kind, Commit: x.Commit, At: x.At,
		})
	}
	return err
}

func (s *Set) timelines(ctx context.Context, f *finding.Facts) error {
	repos, err := Rows[Repository](ctx, s, nil)
	if err != nil {
		return err
	}
	for i := range repos {
		if r := &repos[i]; r.FirstCommit != "" {
			f.Timelines[r.Repository.Key()] = &fact.Timeline{First: fact.CommitRef{Commit: r.FirstCommit, At: r.FirstAt}}
		}
	}
	rows, err := Rows[Adoption](ctx, s, nil)
	for i := range rows {
		x := &rows[i]
		if t := f.Timelines[x.Repository.Key()]; t != nil {
			t.Adoptions = append(t.Adoptions, fact.Adoption{Language: x.Language, Path: x.Path, Commit: fact.CommitRef{Commit: x.Commit, At: x.At}})
		}
	}
	return err
}
