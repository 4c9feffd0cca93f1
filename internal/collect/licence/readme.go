package licence

import (
	"bytes"
	"regexp"
	"strings"

	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/spdx"
)

// A saying is what a README says of the licence as a whole: an SPDX expression.
type saying struct {
	SPDX string `json:"s"`
	Line int    `json:"n"`
}

// section matches the heading of what a README says of its licence.
var section = regexp.MustCompile(`(?i)^\W*(?:\d+\W+)?(?:the |our |project |source code )?(?:copyright (?:and|&) |software )?licen[sc](?:e|es|ing)\b(?: information| terms| details)?\W*$`)

// written matches an expression of SPDX in running text.
var written = regexp.MustCompile(`\(?\b[A-Za-z0-9][A-Za-z0-9.+-]*\)?(?: (?:OR|AND|WITH) \(?[A-Za-z0-9][A-Za-z0-9.+-]*\b\)?){1,6}`)

// under matches the words by which a text says what its licence is.
var under = regexp.MustCompile(`(?i)\b(?:licen[sc]ed|released|distributed|available|provided|published|covered|are|is|falls?)\s+(?:under|by|with)\b|\bis an? [\w.-]+[- ]licen[sc]ed\b`)

// later matches the words by which a text allows later versions of a licence.
var later = regexp.MustCompile(`(?i)\b(?:or|and)\s+\(?(?:at\s+your\s+(?:option|choice)\)?,?\s+)?(?:any\s+)?later\b|\bor\s+newer\b|\bgpl[- ]?v?\d(?:\.\d)?\+`)

// parts matches words by which a text speaks of parts of a repository, of which each
// may have a licence of its own.
var parts = regexp.MustCompile(`(?i)\b(documentation|docs|components?|modules?|user[- ]?space|kernel|e?bpf|templates?|specifications?|examples?|logos?|artwork|content|images|fonts|data ?sets?|except|portions?|parts? of|(some|certain|other) (files|code|parts)|third[- ]party|dependencies|the (files|code) (in|below|under))\b`)

// sayingsIn are what a README says below a heading about its licence.
func sayingsIn(data []byte) []saying {
	if !bytes.Contains(bytes.ToLower(data), []byte("licen")) {
		return nil
	}
	var out []saying
	blocks := markup.Blocks(data)
	for i := 0; i < len(blocks) && len(out) < limit.LicenceSayings; i++ {
		if b := &blocks[i]; b.Kind != markup.Heading || !section.MatchString(markup.Clean(b.Text)) {
			continue
		}
		var text strings.Builder
		for i+1 < len(blocks) && blocks[i+1].Kind != markup.Heading {
			i++
			text.WriteString(blocks[i].Text)
			text.WriteByte('\n')
			for _, c := range blocks[i].Cells {
				text.WriteString(c.Text + " ")
			}
			if says := expressionIn(text.String(), true); says != "" && ended(blocks, i) {
				out = append(out, saying{says, blocks[i].Line(0)})
			}
		}
	}
	return out
}

// ended reports whether the section of the block at i ends with it.
func ended(blocks []markup.Block, i int) bool {
	return i+1 == len(blocks) || blocks[i+1].Kind == markup.Heading
}

// expressionIn is what a text says of its licence: an expression, a choice in words
// among those it names, or one licence; "" where it says none of these. Words of parts
// leave it open in a README, whose section is about the whole; a file that is about a
// part says so, and may give a choice all the same.
func expressionIn(text string, whole bool) string {
	if parts.MatchString(text) && (whole || !choice.MatchString(text)) {
		return ""
	}
	for _, w := range written.FindAllString(markup.Flat(text), 8) {
		if e := spdx.Expression(strings.TrimRight(w, ".")); e != "" {
			return e
		}
	}
	ids := spdx.Named(text)
	switch {
	case len(ids) == 1 && strings.Contains(ids[0], "GPL-") && later.MatchString(text):
		return ids[0] + "-or-later"
	case len(ids) == 1 && under.MatchString(text) && !rider.MatchString(text):
		return ids[0]
	case len(ids) > 1 && choice.MatchString(text) && !later.MatchString(text):
		return either(ids)
	}
	return ""
}
