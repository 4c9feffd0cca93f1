package svg

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"assay/internal/chart/mark"
)

// all is a picture with a mark of each kind.
func all() *mark.Picture {
	return &mark.Picture{W: 100, H: 50.5, Title: `A & "B"`, Desc: "<desc>\x00", Marks: []mark.Mark{
		mark.Rect{X: 1, Y: 2.345, W: 3, H: 4, Style: mark.Style{Fill: mark.Series(0), Hatch: true}},
		mark.Path{Points: []mark.Point{{X: 1, Y: 2}, {X: 3, Y: 4}}, Style: mark.Style{Stroke: mark.Ink, Width: 1.5, Dash: true}},
		mark.Group{Title: "a title", Href: "/x?a=1&b='2'", Marks: []mark.Mark{
			mark.Circle{X: 5, Y: 6, R: 7, Style: mark.Style{Fill: mark.Grey, Stroke: mark.Paper, Width: 1, Faint: true}},
			mark.Text{X: -0.001, Y: 9, Size: 12, Anchor: mark.End, Bold: true, Fill: mark.Ink, Text: "</text>"},
		}},
	}}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	const want = `<svg xmlns="http://www.w3.org/2000/svg" class="assay-chart big" role="group" aria-labelledby="c-title c-desc" width="100" height="50.5" viewBox="0 0 100 50.5" font-family="` + fonts + `">
<title id="c-title">A &amp; &#34;B&#34;</title>
<desc id="c-desc">&lt;desc&gt;` + "\uFFFD" + `</desc>
<defs><pattern id="c-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1 0V5" class="s-paper" fill="none" stroke="#ffffff" stroke-width="1.6" stroke-linejoin="round"/></pattern></defs>
<rect x="1" y="2.35" width="3" height="4" class="f-series1" fill="#418ad1"/>
<rect x="1" y="2.35" width="3" height="4" fill="url(#c-hatch)"/>
<path d="M1 2L3 4" class="s-ink" fill="none" stroke="#1f2328" stroke-width="1.5" stroke-dasharray="4 3" stroke-linejoin="round"/>
<a href="/x?a=1&amp;b=&#39;2&#39;"><title>a title</title>
<circle cx="5" cy="6" r="7" class="f-grey s-paper" fill="#858b93" fill-opacity="0.4" stroke="#ffffff" stroke-width="1" stroke-linejoin="round"/>
<text x="0" y="9" font-size="12" text-anchor="end" font-weight="600" class="f-ink" fill="#1f2328">&lt;/text&gt;</text>
</a>
</svg>
`
	if got := string(Write(all(), Options{ID: "c", Class: "big"})); got != want {
		t.Errorf("written is\n%s\nwant\n%s", got, want)
	}
}

// A page may forbid inline styles; a file brings its own; one of a fixed scheme has none.
func TestForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		form Form
		want []string
		not  []string
	}{
		{Page, []string{`class="f-series1" fill="#418ad1"`}, []string{"<style", "style=", `height="50.5" class="f-paper"`}},
		{File, []string{`class="f-series1" fill="#418ad1"`, "prefers-color-scheme:dark", ".f-series1{fill:var(--assay-series1,#4ba3f7)}", `class="f-paper" fill="#ffffff"`}, []string{".f-series2", "style="}},
		{Light, []string{`fill="#418ad1"`, `height="50.5" fill="#ffffff"`}, []string{"<style", `class="f-`, `class="s-`}},
		{Dark, []string{`fill="#4ba3f7"`, `height="50.5" fill="#15181c"`}, []string{"<style", `class="f-`, "#418ad1"}},
	} {
		got := string(Write(all(), Options{ID: "c", Form: c.form}))
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("form %d: there is no %s in\n%s", c.form, want, got)
			}
		}
		for _, not := range c.not {
			if strings.Contains(got, not) {
				t.Errorf("form %d: there is %s", c.form, not)
			}
		}
		d := xml.NewDecoder(strings.NewReader(got))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("form %d: %v", c.form, err)
			}
		}
	}
}

// The stylesheet knows every colour in both schemes.
func TestCSS(t *testing.T) {
	t.Parallel()
	for _, c := range mark.Colours() {
		for _, want := range []string{
			"--assay-" + c.Name() + ":" + c.Hex(mark.Light) + ";", "--assay-" + c.Name() + ":" + c.Hex(mark.Dark) + ";",
			".assay-chart .f-" + c.Name() + "{fill:var(--assay-" + c.Name() + ",", ".assay-chart .s-" + c.Name() + "{stroke:var(--assay-" + c.Name() + ",",
		} {
			if !strings.Contains(CSS(), want) {
				t.Errorf("the stylesheet does not have %s", want)
			}
		}
	}
	if open, shut := strings.Count(CSS(), "{"), strings.Count(CSS(), "}"); open != shut {
		t.Errorf("%d braces open, %d shut", open, shut)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for in, want := range map[float64]string{
		0: "0", 1: "1", 1.5: "1.5", 1.005: "1", 100: "100", 0.1 + 0.2: "0.3", -0.001: "0", -2.5: "-2.5", math.Copysign(0, -1): "0", 1e9: "1000000000",
	} {
		if got := string(appendNumber(nil, in)); got != want {
			t.Errorf("%v is written %q, want %q", in, got, want)
		}
	}
}
