package verify

import (
	"bytes"
	"strings"

	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// Fix writes the measured values over the wrong ones where that is safe, and keeps
// everything else, byte for byte. left are the wrong claims that are as they were.
func Fix(source []byte, r *Result) (mended []byte, left []Claim) {
	var edits []Edit // in order, as the claims are, and apart
	end := 0
	for i := range r.Claims {
		c := &r.Claims[i]
		switch {
		case c.Verdict != Refuted && c.Verdict != Outdated:
		case len(edits) > 0 && c.Edit != nil && *c.Edit == edits[len(edits)-1]: // of the address of several links
		case c.Edit == nil || c.Edit.Offset < end:
			left = append(left, *c)
		default:
			edits, end = append(edits, *c.Edit), c.Edit.End
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

// doubtRows takes back the edits of rows in which more is wrong than right: then the
// name in front may be the wrong one. Its values stay as suggestions. The claims of
// the reading and of the result are the same, in one order.
func doubtRows(reading *claim.Reading, r *Result) {
	wrong, right := map[*page.Block]int{}, map[*page.Block]int{}
	for i := range reading.Claims {
		c := &reading.Claims[i]
		switch v := r.Claims[i].Verdict; {
		case !namedByRow(c):
		case v == Refuted || v == Outdated:
			wrong[c.Block]++
		case v == Confirmed && c.Kind != claim.Member:
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

// plain reports whether a text stands for itself in Markdown, in a cell too. An
// ampersand before a space begins no entity.
func plain(s string) bool {
	s = strings.ReplaceAll(s, "& ", "")
	return s != "" && !strings.ContainsAny(s, "|*`[]<>\\\n\r&")
}
