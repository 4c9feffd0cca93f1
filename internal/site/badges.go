package site

import (
	"io"

	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/plot"
)

// projectBadge names the badge of a project, in two forms.
func (s *Site) projectBadge(p *usage.Project) {
	at := "badges/" + words.File(p.ID)
	s.add(at+".svg", svgType, func(w io.Writer) error {
		_, err := w.Write(s.frame.Badge(p, plot.Usage, "").SVG())
		return err
	})
	s.add(at+".json", jsonType, func(w io.Writer) error {
		_, err := w.Write(s.frame.Badge(p, plot.Usage, "").Endpoint())
		return err
	})
}
