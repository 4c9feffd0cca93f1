package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"assay/internal/chart/mark"
	"assay/internal/chart/svg"
)

// looks are the ways in which a picture is looked at.
var looks = []Options{
	{}, {Width: 1}, {Width: Narrow, Heading: true}, {Width: Narrow}, {Width: 768, Heading: true}, {Width: 1200}, {Width: 1e9, Height: 1e9},
	{Width: math.NaN(), Height: math.Inf(1), Heading: true}, {Width: -5, Height: -5},
}

// everything calls see with every mark of a picture, groups opened.
func everything(all []mark.Mark, see func(mark.Mark)) {
	for _, m := range all {
		if g, ok := m.(mark.Group); ok {
			everything(g.Marks, see)
			continue
		}
		see(m)
	}
}

// extentOf is the box of a mark. The width of a text is what a wide font needs.
func extentOf(m mark.Mark) (x1, y1, x2, y2 float64) {
	switch m := m.(type) {
	case mark.Rect:
		return m.X, m.Y, m.X + m.W, m.Y + m.H
	case mark.Circle:
		return m.X - m.R, m.Y - m.R, m.X + m.R, m.Y + m.R
	case mark.Path:
		x1, y1, x2, y2 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, p := range m.Points {
			x1, y1, x2, y2 = min(x1, p.X), min(y1, p.Y), max(x2, p.X), max(y2, p.Y)
		}
		return x1, y1, x2, y2
	case mark.Text:
		w := textWidth(m.Text, m.Size)
		x := m.X - []float64{0, w / 2, w}[m.Anchor]
		return x, m.Y - 0.8*m.Size, x + w, m.Y + 0.25*m.Size
	}
	return math.NaN(), 0, 0, 0
}

// Whatever a chart is made of, its marks lie in the picture, and its texts are of a
// size that can be read.
func TestMarksLieWithinThePicture(t *testing.T) {
	t.Parallel()
	for i, s := range slices.Concat(samples(), hostile()) {
		for j, o := range looks {
			if s.large && j%3 != i%3 { // a third of the looks is enough work
				continue
			}
			p := s.chart.Picture(o)
			outside := 0
			everything(p.Marks, func(m mark.Mark) {
				x1, y1, x2, y2 := extentOf(m)
				const slack = 1.5 // half of a stroke
				if !(x1 >= -slack && y1 >= -slack && x2 <= p.W+slack && y2 <= p.H+slack) {
					if outside++; outside == 1 {
						t.Errorf("%s, %+v: %.200v lies at %v,%v to %v,%v, outside of %v × %v", s.name, o, fmt.Sprintf("%#v", m), x1, y1, x2, y2, p.W, p.H)
					}
				}
				if text, ok := m.(mark.Text); ok && text.Size < 11 {
					t.Errorf("%s: %q is %v pixels high, want 11", s.name, text.Text, text.Size)
				}
			})
		}
	}
}

// Texts do not lie on one another.
func TestTextsDoNotOverlap(t *testing.T) {
	t.Parallel()
	for _, s := range slices.Concat(samples(), hostile()) {
		for _, w := range []float64{Narrow, Wide, 1200} {
			if s.large && w == Wide {
				continue
			}
			p := s.chart.Picture(Options{Width: w, Heading: true})
			var texts []mark.Text
			everything(p.Marks, func(m mark.Mark) {
				if text, ok := m.(mark.Text); ok {
					texts = append(texts, text)
				}
			})
			slices.SortStableFunc(texts, func(a, b mark.Text) int { return compare(a.Y, b.Y) })
			if pair := overlapping(texts); pair != nil {
				t.Errorf("%s, %v wide: %.40q at %v,%v lies on %.40q at %v,%v", s.name, w,
					pair[0].Text, pair[0].X, pair[0].Y, pair[1].Text, pair[1].X, pair[1].Y)
			}
		}
	}
}

// overlapping gives two texts that lie on one another, of texts from the top to the bottom.
func overlapping(texts []mark.Text) []mark.Text {
	for i, a := range texts {
		ax1, ay1, ax2, ay2 := extentOf(a)
		for _, b := range texts[i+1:] {
			bx1, by1, bx2, by2 := extentOf(b)
			if b.Y-a.Y > 20 {
				break
			}
			if ax1+1 < bx2 && bx1+1 < ax2 && ay1+1.5 < by2 && by1+1.5 < ay2 {
				return []mark.Text{a, b}
			}
		}
	}
	return nil
}

// elements are those that a picture has, with their attributes.
var elements = map[string]string{
	"svg":     "xmlns class role aria-labelledby width height viewBox font-family",
	"title":   "id",
	"desc":    "id",
	"style":   "",
	"defs":    "",
	"pattern": "id width height patternUnits patternTransform",
	"g":       "",
	"a":       "href",
	"rect":    "x y width height",
	"circle":  "cx cy r",
	"path":    "d",
	"text":    "x y font-size text-anchor font-weight",
}

// painted are the attributes that any shape may have.
const painted = " class fill fill-opacity stroke stroke-width stroke-dasharray stroke-linejoin"

// wellFormed reads a picture as XML and complains of what should not be in it.
func wellFormed(data []byte, form svg.Form) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	seen := map[string]bool{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			seen[start.Name.Local] = true
			if err := fine(start); err != nil {
				return err
			}
		}
	}
	for _, name := range []string{"svg", "title", "desc"} {
		if !seen[name] {
			return fmt.Errorf("there is no element %s", name)
		}
	}
	if seen["style"] != (form == svg.File) {
		return fmt.Errorf("form %d: a style element: %t", form, seen["style"])
	}
	return nil
}

// fine complains of an element or attribute that is none of ours.
func fine(start xml.StartElement) error {
	known, ok := elements[start.Name.Local]
	if !ok {
		return fmt.Errorf("there is an element %s", start.Name.Local)
	}
	for _, a := range start.Attr {
		if !slices.Contains(strings.Fields(known+painted), a.Name.Local) {
			return fmt.Errorf("%s has the attribute %s", start.Name.Local, a.Name.Local)
		}
		if a.Name.Local == "href" && link(a.Value) == "" {
			return fmt.Errorf("a link leads to %q", a.Value)
		}
	}
	return nil
}

// mostBytes is more than any picture has, whatever it is of.
const mostBytes = 4 << 20

func TestSVGIsWellFormed(t *testing.T) {
	t.Parallel()
	for i, s := range slices.Concat(samples(), hostile()) {
		for form := svg.Page; form <= svg.Dark; form++ {
			if s.large && int(form) != i%4 {
				continue
			}
			data := s.chart.SVG(Options{Width: 2400, Form: form, Heading: true, ID: `x" onload="y`, Class: `a"b c`})
			if err := wellFormed(data, form); err != nil {
				t.Errorf("%s: %v", s.name, err)
			}
			if len(data) > mostBytes {
				t.Errorf("%s has %d bytes, want %d at most", s.name, len(data), mostBytes)
			}
			if i := bytes.IndexAny(data, "\x00\x1b\u202e\u2028"); i >= 0 {
				t.Errorf("%s: a control character at %d", s.name, i)
			}
		}
	}
}

func TestPicturesAreAccessible(t *testing.T) {
	t.Parallel()
	for _, s := range slices.Concat(samples(), hostile()) {
		text := string(s.chart.SVG(Options{ID: "c7"}))
		role := "img"
		if strings.Contains(text, "<a ") {
			role = "group"
		}
		for _, want := range []string{` role="` + role + `" aria-labelledby="c7-title c7-desc"`, `<title id="c7-title">`, `<desc id="c7-desc">`} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: there is no %s", s.name, want)
			}
		}
		if strings.Contains(text, `<title id="c7-title"></title>`) || s.chart.Alt() == "" {
			t.Errorf("%s: has no title, or no text", s.name)
		}
		table := s.chart.Table()
		for i, row := range table.Rows {
			if len(row) != len(table.Head) {
				t.Fatalf("%s: row %d has %d cells, the head %d", s.name, i, len(row), len(table.Head))
			}
		}
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	first, second := samples(), samples()
	for i, s := range first {
		if !bytes.Equal(s.chart.SVG(Options{}), second[i].chart.SVG(Options{})) {
			t.Errorf("%s: two pictures of the same figures differ", s.name)
		}
	}
}

// A chart does not change what it is given.
func TestInputIsLeftAlone(t *testing.T) {
	t.Parallel()
	for i, s := range samples() {
		before := fmt.Sprintf("%+v", s.chart)
		s.chart.SVG(Options{})
		_, _ = s.chart.Alt(), s.chart.Table()
		if after := fmt.Sprintf("%+v", s.chart); before != after {
			t.Errorf("%s (%d): was changed\nfrom %s\nto   %s", s.name, i, before, after)
		}
	}
}

// FuzzSVG draws figures and texts of any kind, and reads what comes.
func FuzzSVG(f *testing.F) {
	f.Add("Weir", "https://example.com/", "2024", 1.0, 2.0, uint8(1), uint16(3), 720.0)
	f.Add("\u202e<b>\x00", "javascript:x", "2024-13", math.NaN(), math.Inf(1), uint8(4), uint16(0), 1.0)
	f.Add(strings.Repeat("é", 3000), "//x", "", -1e300, 1e-300, uint8(77), uint16(900), math.NaN())
	f.Add("a]]>", "/x?a=b&c='", "0001", 1e15, -1e15, uint8(5), uint16(40), 80.0)
	f.Fuzz(func(t *testing.T, text, href, period string, a, b float64, state uint8, n uint16, width float64) {
		names, links := make([]string, n%1000+1), []string{href}
		values := make([]Value, len(names))
		for i := range names {
			names[i] = fmt.Sprint(period, i%7)
			values[i] = Value{State: State((int(state) + i) % 9), Mid: a * float64(i), Low: b, High: a}
		}
		names[0] = text
		series := []Series{{Name: text, Values: values, Href: href}, {Name: period, Values: []Value{Of(b)}}}
		for _, s := range ofAll("", Head{Title: text, Subtitle: period, Note: text}, names, links, series) {
			o := Options{Width: width, Height: a, Heading: state%2 == 0, Form: svg.Form(state % 4), ID: text, Class: href}
			if err := wellFormed(s.chart.SVG(o), o.Form); err != nil {
				t.Errorf("%s: %v", s.name, err)
			}
			everything(s.chart.Picture(o).Marks, func(m mark.Mark) {
				if x1, y1, x2, y2 := extentOf(m); !(x1+y1+x2+y2 < 1e6) {
					t.Errorf("%s: %#v lies nowhere", s.name, m)
				}
			})
			s.chart.Table().Plain()
		}
	})
}
