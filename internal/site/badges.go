package site

import (
	"fmt"
	"io"

	"assay/internal/badge"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// badgeOf is the badge of a project: what the language that the site is about is to it.
func (s *Site) badgeOf(p *usage.Project) *badge.Badge {
	share := words.Cell(p.Quantities.Share, words.Percent)
	b := &badge.Badge{
		Label: s.opts.Language, Message: p.Cell() + " · " + share, Colour: badge.Unknown,
		Title: fmt.Sprintf("%s in %s on %s: %s, share %s", s.opts.Language, p.Name, s.model.AsOf, p.Words(), share),
	}
	switch p.Class {
	case usage.Core:
		b.Colour = badge.Strong
	case usage.Part:
		b.Colour = badge.Middle
	case usage.Trace:
		b.Colour = badge.Weak
	}
	return b
}

// projectBadge names the badge of a project, in two forms.
func (s *Site) projectBadge(p *usage.Project) {
	at := "badges/" + safe(p.ID)
	s.add(at+".svg", svgType, func(w io.Writer) error {
		_, err := w.Write(s.badgeOf(p).SVG())
		return err
	})
	s.add(at+".json", jsonType, func(w io.Writer) error {
		_, err := w.Write(s.badgeOf(p).Endpoint())
		return err
	})
}
