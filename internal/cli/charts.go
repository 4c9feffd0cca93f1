package cli

import (
	"context"
	"os"
	"path/filepath"

	"assay/internal/errkind"
	"assay/internal/file"
	"assay/internal/report/markdown"
)

// A gallery is the charts of a report as files in a folder. They are made before the
// report is written, and put in their place after it: neither is there without the other
// when something fails before.
type gallery struct {
	path     string
	pictures *markdown.Pictures
	folder   *file.Folder // nil as long as there is no chart
}

// newGallery is the charts that the options ask for; nil for none.
func newGallery(o *reportOptions) (*gallery, error) {
	if o.charts == "" {
		return nil, nil //nolint:nilnil // no charts are asked for
	}
	way, err := leads(o.out, o.charts)
	if err != nil {
		return nil, err
	}
	return &gallery{path: o.charts, pictures: &markdown.Pictures{Folder: way, Format: markdown.Format(o.chartsFormat)}}, nil
}

// leads is the way from a report to a folder, its parts parted by slashes. A report that
// is no file of a folder, such as standard output, stands in the current one.
func leads(report, folder string) (string, error) {
	from := "."
	if info, err := os.Stat(report); report != "" && (err != nil || info.Mode().IsRegular()) {
		from = filepath.Dir(report)
	}
	from, err := filepath.Abs(from)
	if err == nil {
		folder, err = filepath.Abs(folder)
	}
	if err == nil {
		folder, err = filepath.Rel(from, folder)
	}
	switch {
	case err != nil:
		return "", errkind.Errorf(errkind.Usage, "charts: no way leads from the report to the folder: %w", err)
	case folder == ".":
		return "", nil
	}
	return filepath.ToSlash(folder), nil
}

// options are the pictures that a report is told to show.
func (g *gallery) options() *markdown.Pictures {
	if g == nil {
		return nil
	}
	return g.pictures
}

// draw makes the files. None takes the place of what the command reads or writes.
func (g *gallery) draw(ctx context.Context, a *app, o *reportOptions) error {
	if g == nil {
		return nil
	}
	return g.pictures.Write(ctx, func(name string, body []byte) (err error) {
		if err := g.free(a, o, filepath.Join(g.path, name)); err != nil {
			return err
		}
		if g.folder == nil {
			if g.folder, err = file.NewFolder(g.path); err != nil {
				return err
			}
		}
		return g.folder.Write(name, body)
	})
}

// free is an error where a file cannot take its place.
func (g *gallery) free(a *app, o *reportOptions, to string) error {
	const another = "name another folder with --charts"
	for _, other := range []string{o.out, o.appendix} {
		if other != "" && filepath.Clean(other) == to {
			return errkind.WithHint(errkind.Errorf(errkind.Usage, "charts: %q is a file of the report", to), another)
		}
	}
	if info, err := os.Lstat(to); err == nil && info.IsDir() {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "charts: %q is a folder", to), another)
	}
	return a.spares(to, []string{o.template})
}

// place puts the files in their place.
func (g *gallery) place(ctx context.Context) error {
	if g == nil || g.folder == nil {
		return nil
	}
	return g.folder.Place(ctx, nil)
}

// discard takes away what was not put in its place.
func (g *gallery) discard() {
	if g != nil && g.folder != nil {
		g.folder.Discard()
	}
}
