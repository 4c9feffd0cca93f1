// Package badge writes a figure as a badge: a small picture for READMEs, and the JSON by
// which other makers of badges draw their own.
//
// A badge says of which day it is, and what is not certain, as every figure does.
package badge

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"unicode/utf8"

	"assay/internal/sanitize"
)

// A Badge is a label and what is said of it.
type Badge struct {
	Label, Message string
	// Colour of the message: see Level.
	Colour Colour
	// Title is what the badge says in a sentence.
	Title string
}

// A Colour is that of a message.
type Colour string

// The colours. A white text on each has a contrast of 4.5 to 1 at least.
const (
	Strong  Colour = "#1f6f43"
	Middle  Colour = "#0b57a4"
	Weak    Colour = "#6b5b00"
	Unknown Colour = "#5b6169"
)

// The measures of a badge, in pixels.
const (
	height     = 20
	padding    = 7
	characters = 40 // more are cut
	wide       = 7.0
	narrow     = 3.6
)

// SVG is the badge as a picture. The same badge gives the same bytes.
func (b *Badge) SVG() []byte {
	label, message := cut(b.Label), cut(b.Message)
	left, right := width(label)+2*padding, width(message)+2*padding
	var w bytes.Buffer
	fmt.Fprintf(&w, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="t"><title id="t">%s</title>`,
		left+right, height, left+right, height, escape(sanitize.Text(b.Title)))
	fmt.Fprintf(&w, `<rect width="%d" height="%d" rx="3" fill="#3c434b"/><path d="M%d 0h%da3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H%dz" fill="%s"/>`,
		left+right, height, left, right-3, left, b.Colour)
	fmt.Fprintf(&w, `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>`,
		padding, width(label), escape(label))
	fmt.Fprintf(&w, `<text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text></g></svg>`+"\n", left+padding, width(message), escape(message))
	return w.Bytes()
}

// Endpoint is the badge as the JSON that shields.io draws one from:
// https://shields.io/badges/endpoint-badge.
func (b *Badge) Endpoint() []byte {
	body, err := json.Marshal(struct {
		Schema  int    `json:"schemaVersion"` //nolint:tagliatelle // shields.io names it so
		Label   string `json:"label"`
		Message string `json:"message"`
		Color   string `json:"color"`
	}{1, cut(b.Label), cut(b.Message), string(b.Colour[1:])})
	if err != nil {
		panic(err) // texts and a number
	}
	return append(body, '\n')
}

// cut makes a text fit.
func cut(s string) string {
	s = sanitize.Text(s)
	if utf8.RuneCountInString(s) <= characters {
		return s
	}
	return string([]rune(s)[:characters-1]) + "…"
}

// width is about how wide a text is: the picture stretches it to that.
func width(s string) int {
	w := 0.0
	for _, r := range s {
		switch r {
		case 'i', 'j', 'l', 't', 'f', 'r', '.', ',', ' ', ':', '|', '1', 'I':
			w += narrow + 0.6
		default:
			w += wide
		}
	}
	return int(w + 0.5)
}

func escape(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.String()
}
