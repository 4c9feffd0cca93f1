package badge

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// Whatever it says, a badge is well-formed XML of four elements' kinds, and JSON.
func TestBadgesAreHarmless(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"Rust", "", "<script>alert(1)</script>", "\x00\u202e\"'&", strings.Repeat("wide ", 3000), "日本語", "a\xffb"} {
		b := &Badge{Label: said, Message: said, Colour: Strong, Title: said}
		svg := b.SVG()
		if len(svg) > 40_000 {
			t.Errorf("%.20q: %d bytes", said, len(svg))
		}
		d := xml.NewDecoder(strings.NewReader(string(svg)))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%.20q: %v", said, err)
			}
			if e, ok := token.(xml.StartElement); ok && !slices.Contains([]string{"svg", "title", "rect", "path", "g", "text"}, e.Name.Local) {
				t.Errorf("%.20q: <%s>", said, e.Name.Local)
			}
		}
		var end struct {
			SchemaVersion         int
			Label, Message, Color string
		}
		if err := json.Unmarshal(b.Endpoint(), &end); err != nil || end.SchemaVersion != 1 || end.Color != "1f6f43" {
			t.Errorf("%.20q: %v, %+v", said, err, end)
		}
	}
}

// The longer the text, the wider the badge, up to a bound.
func TestBadgesAreAsWideAsTheirTexts(t *testing.T) {
	t.Parallel()
	if width("Rust") >= width("Rust and Go") || width(cut(strings.Repeat("w", 500))) > 300 {
		t.Error(width("Rust"), width("Rust and Go"), width(cut(strings.Repeat("w", 500))))
	}
	if got := string((&Badge{Label: "Rust", Message: "69.7 %?", Colour: Middle, Title: "t"}).SVG()); !strings.Contains(got, ">69.7 %?</text>") {
		t.Error(got)
	}
}
