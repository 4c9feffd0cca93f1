package site

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"assay/internal/dataset"
	"assay/internal/dataset/describe"
	"assay/internal/dataset/export"
	"assay/internal/file"
)

// marker is a file of every site, by which an earlier one is known.
const marker = "assay-site.json"

// A Result is what was written.
type Result struct {
	Files, Pages int
	Bytes        int64
}

// tablesFolder is where the tables of the data set lie in a site.
const tablesFolder = "data/tables"

// Write writes a site into the folder that path leads to, with the tables of the data set
// in a format; "" is without. A folder that is there already is empty, or holds an
// earlier site, which is replaced as a whole; what holds anything else is errkind.Usage.
func Write(ctx context.Context, s *Site, path string, format describe.Format) (*Result, error) {
	tree, err := file.NewTree(path, marker)
	if err != nil {
		return nil, err
	}
	defer tree.Discard()
	if format != "" {
		to, err := tree.Path(tablesFolder)
		if err != nil {
			return nil, err
		}
		if s.export, err = export.Write(ctx, s.set, to, format, dataset.Dictionary()); err != nil {
			return nil, err
		}
	}
	r, err := s.write(ctx, tree)
	if err != nil {
		return nil, err
	}
	if s.export != nil {
		r.Files, r.Bytes = r.Files+len(s.export.Files)+1, r.Bytes+s.export.Bytes
	}
	return r, tree.Place(ctx)
}

// A made file is one that waits to be written.
type made struct {
	path string
	html bool
	body []byte
}

// write makes the files on all cores, and writes them one after the other.
func (s *Site) write(ctx context.Context, tree *file.Tree) (*Result, error) {
	g, ctx := errgroup.WithContext(ctx)
	paths, done := make(chan string), make(chan made, runtime.GOMAXPROCS(0))
	g.Go(func() error {
		defer close(paths)
		for _, p := range s.paths {
			select {
			case paths <- p:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	makers, makersCtx := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		makers.Go(func() error {
			for p := range paths {
				body, kind, err := s.Render(p)
				if err != nil {
					return err
				}
				select {
				case done <- made{p, kind == pageType, body}:
				case <-makersCtx.Done():
					return makersCtx.Err()
				}
			}
			return nil
		})
	}
	g.Go(func() error {
		defer close(done)
		return makers.Wait()
	})
	r := &Result{}
	g.Go(func() error {
		for m := range done {
			if err := tree.Write(m.path, m.body); err != nil {
				return err
			}
			r.Files, r.Bytes = r.Files+1, r.Bytes+int64(len(m.body))
			if m.html {
				r.Pages++
			}
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return r, nil
}
