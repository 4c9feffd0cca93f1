package licence

import (
	"bytes"
	"slices"
	"strings"

	"assay/internal/lazyregexp"
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
var section = lazyregexp.New(`(?i)^\W*(?:\d+\W+)?(?:the |our |project |source code )?(?:copyright (?:and|&) |software )?licen[sc](?:e|es|ing)\b(?: information| terms| details)?\W*$`)

// written matches an expression of SPDX in running text.
var written = lazyregexp.New(`\(?\b[A-Za-z0-9][A-Za-z0-9.+-]*\)?(?: (?:OR|AND|WITH) \(?[A-Za-z0-9][A-Za-z0-9.+-]*\b\)?){1,6}`)

// under matches the words by which a text says what its licence is.
var under = lazyregexp.New(`(?i)\b(?:licen[sc]ed|covered)\s+(?:under|by|with)\b|\b(?:released|distributed|available|provided|published|offered|are|is|falls?)\s+under\b|\bis an? [\w.-]+[- ]licen[sc]ed\b`)

// free matches what stands in place of these words before a version of the GPL.
var free = lazyregexp.New(`(?i)\bfree software\b|\bterms of\b`)

// later matches the words by which a text allows later versions of a licence.
var later = lazyregexp.New(`(?i)\b(?:or|and)\s+\(?(?:at\s+your\s+(?:option|choice)\)?,?\s+)?(?:any\s+)?later\b|\bor\s+newer\b|\b[al]?gpl[- ]?v?\d(?:\.\d)?\+`)

// anotherVersion matches a version that stands beside the one of a name: "version 2 or 3".
var anotherVersion = lazyregexp.New(`(?i)\b(?:or|and|to)\s+(?:version\s+|v\.?\s?)?\d`)

// parts matches words by which a text speaks of parts of a repository, of which each
// may have a licence of its own.
var parts = lazyregexp.New(`(?i)\b(documentation|docs|components?|modules?|user[- ]?space|kernel|e?bpf|templates?|specifications?|examples?|logos?|artwork|assets|content|images|fonts|icons|data ?(?:sets?|base)|(?:the|all|our) data|except|portions?|parts? of|(some|certain|other) (files|code|parts)|third[- ]party|clients?|servers?|sdks?|plug-?ins?|add-?ons?|extensions|bindings|front-?end|back-?end|website|scripts|tests|core|headers|libraries|packages|samples|demos?|dependencies|the (files|code) (in|below|under))\b`)

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
		quoted := false
		for i+1 < len(blocks) && blocks[i+1].Kind != markup.Heading {
			i++
			text.WriteString(blocks[i].Text)
			text.WriteByte('\n')
			for _, c := range blocks[i].Cells {
				text.WriteString(c.Text + " ")
			}
			if quoted = quoted || blocks[i].Quoted; quoted || !ended(blocks, i) { // what others say is no saying
				continue
			}
			if says := expressionIn(text.String(), true); says != "" {
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
// among those it names, or one licence; "" where it says none of these, or also says
// that something does not hold or once did, or has terms beside. Words of parts leave it
// open in a README, whose section is about the whole; a file that is about a part says
// so, and may give a choice all the same.
func expressionIn(text string, whole bool) string {
	said := plainSentences(text)
	text = strings.Join(said, " ")
	if parts.MatchString(text) && (whole || !choice.MatchString(text)) || rider.MatchString(text) || slices.ContainsFunc(said, doubtful) {
		return ""
	}
	ids := spdx.Named(text)
	if e, ok := writtenIn(text, ids); ok {
		return e
	}
	switch {
	case len(ids) == 1 && !choice.MatchString(later.ReplaceAllString(text, "")) && !commercial.MatchString(text):
		return oneIn(said, ids[0])
	case len(ids) > 1 && choice.MatchString(text) && !later.MatchString(text) && !both.MatchString(text):
		return either(ids)
	}
	return ""
}

// writtenIn is the one expression of SPDX in a text that has all that the text names;
// ok reports whether there is any.
func writtenIn(text string, ids []string) (expression string, ok bool) {
	for _, w := range written.FindAllString(text, 8) {
		e := spdx.Expression(strings.TrimRight(w, "."))
		switch {
		case e == "":
		case expression != "" && e != expression, !spdx.Covers(e, ids):
			return "", true
		default:
			expression = e
		}
	}
	return expression, expression != ""
}

// oneIn is what sentences say of the one licence that they name: that it holds, or that
// it or a later version does.
func oneIn(said []string, id string) string {
	for _, s := range said {
		if ids := spdx.Named(s); len(ids) != 1 || ids[0] != id {
			continue
		}
		holds, short := under.MatchString(s), markup.Words(s) <= shortSaying
		switch gnu := strings.Contains(id, "GPL-"); {
		case gnu && anotherVersion.MatchString(s):
			return ""
		case gnu && later.MatchString(s) && strings.HasSuffix(id, "-only"):
			return ""
		case gnu && later.MatchString(s) && (holds || short || free.MatchString(s)):
			return strings.TrimSuffix(id, "-or-later") + "-or-later"
		case holds:
			return id
		}
	}
	return ""
}

// shortSaying is the most words of a sentence that is no more than a name.
const shortSaying = 10
