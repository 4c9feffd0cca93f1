// Package png paints a picture as PNG, for places that show no SVG: previews of
// links, mails, slides.
//
// Texts are in the Go fonts, which the program carries. They have Latin, Greek and
// Cyrillic letters; others are boxes, which is why SVG is the better form wherever it
// can be shown. The same picture gives the same bytes.
package png

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"assay/internal/chart/mark"
	"assay/internal/errkind"
	"assay/internal/limit"
)

// Options say how a picture is painted.
type Options struct {
	Scheme mark.Scheme
	// Scale is how many pixels of the PNG one of the picture is: 2 where it is 0, 4 at
	// most.
	Scale float64
}

const sharpest = 4

// Encode paints the picture.
func Encode(p *mark.Picture, o Options) ([]byte, error) {
	if !(o.Scale > 0) { // also where it is no number
		o.Scale = 2
	}
	scale := min(o.Scale, sharpest)
	w, h := math.Ceil(p.W*scale), math.Ceil(p.H*scale)
	if !(w >= 1 && h >= 1 && w*h <= limit.ChartPixels) {
		err := errkind.Errorf(errkind.Limit, "a picture of %.0f × %.0f pixels is not painted: it has none, or %s", w, h, limit.Over("chart-pixels", limit.ChartPixels))
		return nil, errkind.WithHint(err, "paint a smaller picture, or at a smaller scale")
	}
	a := painter{
		scale: scale, scheme: o.Scheme, faces: map[face]font.Face{},
		image: image.NewRGBA(image.Rect(0, 0, int(w), int(h))),
	}
	draw.Draw(a.image, a.image.Bounds(), image.NewUniform(a.colour(mark.Paper)), image.Point{}, draw.Src)
	if err := a.marks(p.Marks); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, a.image); err != nil {
		return nil, fmt.Errorf("encode the picture: %w", err)
	}
	return b.Bytes(), nil
}

type painter struct {
	scale  float64
	scheme mark.Scheme
	image  *image.RGBA
	faces  map[face]font.Face
}

// A face is a font at a size, in pixels.
type face struct {
	bold bool
	size float64
}

func (a *painter) marks(all []mark.Mark) error {
	for _, m := range all {
		if err := a.mark(m); err != nil {
			return err
		}
	}
	return nil
}

func (a *painter) mark(m mark.Mark) error {
	switch m := m.(type) {
	case mark.Rect:
		corners := []mark.Point{{X: m.X, Y: m.Y}, {X: m.X + m.W, Y: m.Y}, {X: m.X + m.W, Y: m.Y + m.H}, {X: m.X, Y: m.Y + m.H}}
		a.shape(corners, true, m.Style)
	case mark.Path:
		a.shape(m.Points, m.Closed, m.Style)
	case mark.Circle:
		a.shape(ring(m), true, m.Style)
	case mark.Text:
		return a.text(m)
	case mark.Group:
		return a.marks(m.Marks)
	}
	return nil
}

// colour is the colour of a role.
func (a *painter) colour(c mark.Colour) color.RGBA {
	rgb, err := hex.DecodeString(strings.TrimPrefix(c.Hex(a.scheme), "#"))
	if err != nil || len(rgb) != 3 { // the colours are ours, and a test reads them all
		return color.RGBA{}
	}
	return color.RGBA{R: rgb[0], G: rgb[1], B: rgb[2], A: 0xff}
}

func (a *painter) text(t mark.Text) error {
	f, err := a.face(face{t.Bold, t.Size * a.scale})
	if err != nil {
		return err
	}
	d := font.Drawer{Dst: a.image, Src: image.NewUniform(a.colour(t.Fill)), Face: f}
	x := fixed.Int26_6(math.Round(t.X * a.scale * 64))
	switch t.Anchor {
	case mark.Middle:
		x -= d.MeasureString(t.Text) / 2
	case mark.End:
		x -= d.MeasureString(t.Text)
	}
	d.Dot = fixed.Point26_6{X: x, Y: fixed.Int26_6(math.Round(t.Y * a.scale * 64))}
	d.DrawString(t.Text)
	return nil
}

// face is the font of a text; each is made once.
func (a *painter) face(of face) (font.Face, error) {
	if f := a.faces[of]; f != nil {
		return f, nil
	}
	data := goregular.TTF
	if of.bold {
		data = gobold.TTF
	}
	parsed, err := opentype.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: of.size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("size the font: %w", err)
	}
	a.faces[of] = f
	return f, nil
}
