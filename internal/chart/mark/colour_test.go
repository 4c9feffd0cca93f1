package mark

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// A rgb is a colour in linear light.
type rgb [3]float64

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

func linear(t *testing.T, hex string) rgb {
	t.Helper()
	if !hexColour.MatchString(hex) {
		t.Fatalf("%q is no colour", hex)
	}
	var out rgb
	for i := range out {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			out[i] = c / 12.92
		} else {
			out[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return out
}

func (c rgb) luminance() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is the ratio of WCAG.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

type matrix [3][3]float64

func (m matrix) of(c rgb) rgb {
	var out rgb
	for i, row := range m {
		for j, v := range row {
			out[i] += v * c[j]
		}
		out[i] = min(max(out[i], 0), 1)
	}
	return out
}

// eyes are how colours look to readers: to most, and with the three kinds of colour
// blindness, in full (Machado, Oliveira and Fernandes, 2009).
var eyes = map[string]matrix{
	"all colours":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"no green cones": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"no red cones":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"no blue cones":  {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lab is a colour in OKLab, where equal distances look equally far.
func (c rgb) lab() rgb {
	l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
	m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
	s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
	return rgb{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

func distance(a, b rgb) float64 {
	sum := 0.0
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return math.Sqrt(sum)
}

var schemes = map[string]Scheme{"light": Light, "dark": Dark}

func TestColoursStandOutFromThePaper(t *testing.T) {
	t.Parallel()
	for name, s := range schemes {
		paper := linear(t, Paper.Hex(s))
		least := map[Colour]float64{Ink: 7, Muted: 4.5, Axis: 3, Grey: 3}
		for i := range Serieses {
			least[Series(i)] = 3
		}
		for c, want := range least {
			if got := contrast(linear(t, c.Hex(s)), paper); got < want {
				t.Errorf("%s: %s has a contrast of %.2f with the paper, want %.1f", name, c.Name(), got, want)
			}
		}
		for i := range Steps {
			if got := contrast(linear(t, OnStep(i).Hex(s)), linear(t, Step(i).Hex(s))); got < 4.5 {
				t.Errorf("%s: a text on step %d has a contrast of %.2f, want 4.5", name, i, got)
			}
		}
		for _, c := range []Colour{Empty, Void} {
			if got := contrast(linear(t, Ink.Hex(s)), linear(t, c.Hex(s))); got < 4.5 {
				t.Errorf("%s: a text on %s has a contrast of %.2f, want 4.5", name, c.Name(), got)
			}
		}
	}
}

func TestColoursAreToldApart(t *testing.T) {
	t.Parallel()
	const least = 0.06
	for name, s := range schemes {
		all := []Colour{Grey}
		for i := range Serieses {
			all = append(all, Series(i))
		}
		for eye, m := range eyes {
			for i, a := range all {
				for _, b := range all[:i] {
					d := distance(m.of(linear(t, a.Hex(s))).lab(), m.of(linear(t, b.Hex(s))).lab())
					if d < least {
						t.Errorf("%s, %s: %s and %s differ by %.3f, want %.2f", name, eye, a.Name(), b.Name(), d, least)
					}
				}
			}
		}
	}
}

// Little is near the paper, much is far from it.
func TestTheScaleRises(t *testing.T) {
	t.Parallel()
	for name, s := range schemes {
		paper := linear(t, Paper.Hex(s))
		last := contrast(paper, paper)
		for i := range Steps {
			now := contrast(linear(t, Step(i).Hex(s)), paper)
			if now < last*1.15 {
				t.Errorf("%s: step %d has a contrast of %.2f with the paper, the one before %.2f", name, i, now, last)
			}
			last = now
		}
	}
}

func TestNamesOfColours(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range Colours() {
		if name := c.Name(); name == "" || seen[name] {
			t.Errorf("colour %d has the name %q, which is none or another's", c, name)
		} else {
			seen[name] = true
		}
	}
	if got := Series(Serieses); got != Grey {
		t.Errorf("the series after the last colour is %s, want grey", got.Name())
	}
	if got := Series(-1); got != Grey {
		t.Errorf("a series before the first is %s, want grey", got.Name())
	}
	if got, want := Step(99), Step(Steps-1); got != want {
		t.Errorf("beyond the last step is %s, want %s", got.Name(), want.Name())
	}
}
