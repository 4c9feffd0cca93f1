package verify

import (
	"bytes"
	"strings"

	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// FixOptions say how a report is mended.
type FixOptions struct {
	// All writes what is only suggested, too.
	All bool
}

// Fix writes the measured values over the wrong ones where that is safe, and keeps
// everything else, byte for byte. What a part on the past says stays. left are the
// wrong claims that are as they were.
func Fix(source []byte, r *Result, opts FixOptions) (mended []byte, left []Claim) {
	var edits []Edit // in order, as the claims are, and apart
	end := 0
	for i := range r.Claims {
		c := &r.Claims[i]
		e := c.writable(source, opts)
		switch {
		case !c.Verdict.Wrong():
		case len(edits) > 0 && e != nil && *e == edits[len(edits)-1]: // of the address of several links
		case e == nil || e.Offset < end:
			left = append(left, *c)
		default:
			edits, end = append(edits, *e), e.End
		}
	}
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(source[at:e.Offset])
		out.WriteString(e.Text)
		at = e.End
	}
	out.Write(source[at:])
	return out.Bytes(), left
}

// writable is the edit of a claim that may be written; nil when there is none.
func (c *Claim) writable(source []byte, opts FixOptions) *Edit {
	switch e := c.Suggestion; {
	case c.History:
		return nil
	case opts.All && c.Edit == nil && e != nil && addsNoMarks(e.Text, string(source[e.Offset:e.End])):
		return e
	}
	return c.Edit
}

// doubtRows takes back the edits of rows in which more is wrong than right: then the
// name in front may be the wrong one. Its values stay as suggestions. The claims of
// the reading and of the result are the same, in one order.
func doubtRows(reading *claim.Reading, r *Result) {
	wrong, right := map[*page.Block]int{}, map[*page.Block]int{}
	for i := range reading.Claims {
		c := &reading.Claims[i]
		switch v := r.Claims[i].Verdict; {
		case !namedByRow(c):
		case v.Wrong():
			wrong[c.Block]++
		case v == Confirmed && c.Kind() != claim.Member:
			right[c.Block]++
		}
	}
	for i := range reading.Claims {
		if b, c := reading.Claims[i].Block, &r.Claims[i]; c.Edit != nil && wrong[b] > 1 && wrong[b] > right[b] {
			c.Edit, c.Suggestion = nil, c.Edit
		}
	}
}

// namedByRow reports whether what a claim is about is named by the first cell of
// its row.
func namedByRow(c *claim.Claim) bool {
	b := c.Block
	return b.Form == page.Row && len(b.Cells) > 0 && c.Subject.Text != "" && strings.Contains(b.Cells[0].S, c.Subject.Text)
}

// marks are the characters that do not stand for themselves in Markdown, in a cell too.
const marks = "|*`[]<>\\\n\r&"

// plain reports whether a text stands for itself in Markdown. An ampersand before a
// space begins no entity.
func plain(s string) bool {
	s = strings.ReplaceAll(s, "& ", "")
	return s != "" && !strings.ContainsAny(s, marks)
}

// addsNoMarks reports whether a text has no other marks than the one in its place.
func addsNoMarks(text, was string) bool {
	only := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(marks, r) {
				return r
			}
			return -1
		}, s)
	}
	return plain(text) || text != "" && only(text) == only(was)
}
