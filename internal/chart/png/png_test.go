package png

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"assay/internal/chart/mark"
)

// painted paints marks on a picture of 40 by 20, a pixel for each of its own.
func painted(t *testing.T, s mark.Scheme, marks ...mark.Mark) image.Image {
	t.Helper()
	data, err := Encode(&mark.Picture{W: 40, H: 20, Marks: marks}, Options{Scheme: s, Scale: 1})
	if err != nil {
		t.Fatal(err)
	}
	out, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// is reports whether a pixel has the colour of a role.
func is(at color.Color, c mark.Colour, s mark.Scheme) bool {
	a := painter{scheme: s}
	r, g, b, _ := at.RGBA()
	want := a.colour(c)
	return uint8(r>>8) == want.R && uint8(g>>8) == want.G && uint8(b>>8) == want.B
}

// count counts the pixels that are not paper, in a part of a picture.
func count(p image.Image, part image.Rectangle) int {
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if !is(p.At(x, y), mark.Paper, mark.Light) {
				n++
			}
		}
	}
	return n
}

func TestShapes(t *testing.T) {
	t.Parallel()
	blue := mark.Series(0)
	line := func(s mark.Style) mark.Path {
		return mark.Path{Points: []mark.Point{{X: 5, Y: 10}, {X: 35, Y: 10}}, Style: s}
	}
	for _, c := range []struct {
		name     string
		mark     mark.Mark
		in, out  image.Point
		min, max int // of the pixels that are painted
	}{
		{"a rectangle", mark.Rect{X: 5, Y: 5, W: 10, H: 10, Style: mark.Style{Fill: blue}}, image.Pt(5, 5), image.Pt(15, 15), 100, 100},
		{"a circle", mark.Circle{X: 10, Y: 10, R: 5, Style: mark.Style{Fill: blue}}, image.Pt(10, 10), image.Pt(5, 5), 60, 110},
		{"a line", line(mark.Style{Stroke: blue, Width: 2}), image.Pt(20, 9), image.Pt(20, 12), 60, 60},
		{"a dashed line", line(mark.Style{Stroke: blue, Width: 2, Dash: true}), image.Pt(6, 10), image.Pt(10, 10), 30, 50},
		{"a hatched rectangle", mark.Rect{X: 0, Y: 0, W: 40, H: 20, Style: mark.Style{Fill: blue, Hatch: true}}, image.Pt(5, 0), image.Pt(1, 0), 400, 799},
		{"part of it outside", mark.Rect{X: -5, Y: -5, W: 10, H: 10, Style: mark.Style{Fill: blue}}, image.Pt(0, 0), image.Pt(5, 5), 25, 25},
		{"all of it outside", mark.Rect{X: 100, Y: 5, W: 10, H: 10, Style: mark.Style{Fill: blue}}, image.Pt(-1, 0), image.Pt(5, 5), 0, 0},
		{"in a group", mark.Group{Marks: []mark.Mark{mark.Rect{X: 5, Y: 5, W: 1, H: 1, Style: mark.Style{Fill: blue}}}}, image.Pt(5, 5), image.Pt(6, 6), 1, 1},
		{"an open line has no fill", line(mark.Style{Fill: blue}), image.Pt(-1, 0), image.Pt(20, 10), 0, 0},
	} {
		p := painted(t, mark.Light, c.mark)
		if c.in.X >= 0 && !is(p.At(c.in.X, c.in.Y), blue, mark.Light) {
			t.Errorf("%s: %v is %v, want the colour of the first series", c.name, c.in, p.At(c.in.X, c.in.Y))
		}
		if !is(p.At(c.out.X, c.out.Y), mark.Paper, mark.Light) {
			t.Errorf("%s: %v is %v, want paper", c.name, c.out, p.At(c.out.X, c.out.Y))
		}
		if n := count(p, p.Bounds()); n < c.min || n > c.max {
			t.Errorf("%s: %d pixels are painted, want %d to %d", c.name, n, c.min, c.max)
		}
	}
}

// What a line covers twice, at its bends, is as wide and dark as the rest of it.
func TestBends(t *testing.T) {
	t.Parallel()
	bent := mark.Path{Points: []mark.Point{{X: 5, Y: 10.5}, {X: 12, Y: 10.5}, {X: 19, Y: 10.5}, {X: 35, Y: 10.5}}, Style: mark.Style{Stroke: mark.Ink, Width: 2}}
	p := painted(t, mark.Light, bent)
	for x := 6; x < 34; x++ {
		for y := 8; y < 14; y++ {
			if got, want := p.At(x, y), p.At(8, y); got != want {
				t.Errorf("%d,%d is %v, want %v as elsewhere", x, y, got, want)
			}
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, anchor := range []mark.Anchor{mark.Start, mark.Middle, mark.End} {
		p := painted(t, mark.Light, mark.Text{X: 20, Y: 15, Size: 12, Anchor: anchor, Fill: mark.Ink, Text: "ii"})
		left, right := count(p, image.Rect(0, 0, 20, 20)), count(p, image.Rect(20, 0, 40, 20))
		if (left > 0) != (anchor != mark.Start) || (right > 0) != (anchor != mark.End) {
			t.Errorf("anchor %d: %d pixels at the left, %d at the right", anchor, left, right)
		}
	}
	plain := painted(t, mark.Light, mark.Text{X: 2, Y: 15, Size: 12, Fill: mark.Ink, Text: "l"})
	bold := painted(t, mark.Light, mark.Text{X: 2, Y: 15, Size: 12, Bold: true, Fill: mark.Ink, Text: "l"})
	if count(plain, plain.Bounds()) >= count(bold, bold.Bounds()) {
		t.Errorf("bold letters are no thicker")
	}
}

func TestSchemes(t *testing.T) {
	t.Parallel()
	for _, s := range []mark.Scheme{mark.Light, mark.Dark} {
		p := painted(t, s, mark.Rect{X: 0, Y: 0, W: 5, H: 5, Style: mark.Style{Fill: mark.Series(1)}})
		if !is(p.At(2, 2), mark.Series(1), s) || !is(p.At(20, 10), mark.Paper, s) {
			t.Errorf("scheme %d: %v on %v", s, p.At(2, 2), p.At(20, 10))
		}
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for scale, want := range map[float64]image.Point{0: {80, 40}, 1: {40, 20}, 1.5: {60, 30}, 99: {160, 80}, math.NaN(): {80, 40}, -1: {80, 40}} {
		data, err := Encode(&mark.Picture{W: 40, H: 20}, Options{Scale: scale})
		if err != nil {
			t.Fatal(err)
		}
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || c.Width != want.X || c.Height != want.Y {
			t.Errorf("scale %v: %d × %d, %v, want %v", scale, c.Width, c.Height, err, want)
		}
	}
	for _, p := range []*mark.Picture{{W: 1e6, H: 1e6}, {}, {W: math.NaN(), H: 3}, {W: -3, H: -3}} {
		if _, err := Encode(p, Options{}); err == nil || !strings.Contains(err.Error(), "chart-pixels") {
			t.Errorf("%v × %v: error %v, want one that names the limit", p.W, p.H, err)
		}
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	p := &mark.Picture{W: 90, H: 50, Marks: []mark.Mark{
		mark.Circle{X: 30, Y: 20, R: 9.5, Style: mark.Style{Fill: mark.Series(2), Hatch: true}},
		mark.Text{X: 3, Y: 40, Size: 12, Fill: mark.Ink, Text: "Weir"},
	}}
	first, err := Encode(p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := Encode(p, Options{})
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("two paintings differ (%v)", err)
	}
}
