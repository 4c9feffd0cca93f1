package verify

import (
	"bytes"
	"slices"
	"strings"
)

// Fix writes the measured values over the wrong ones and keeps everything else,
// byte for byte. left are the wrong claims that cannot be mended so.
func Fix(source []byte, r *Result) (mended []byte, left []Claim) {
	var edits []Edit
	for i := range r.Claims {
		c := &r.Claims[i]
		switch {
		case c.Verdict != Refuted && c.Verdict != Outdated:
		case c.Edit == nil || overlaps(edits, c.Edit) || !plain(c.Edit.Text):
			left = append(left, *c)
		default:
			edits = append(edits, *c.Edit)
		}
	}
	slices.SortFunc(edits, func(a, b Edit) int { return a.Offset - b.Offset })
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

func overlaps(edits []Edit, e *Edit) bool {
	return slices.ContainsFunc(edits, func(o Edit) bool { return o.Offset < e.End && e.Offset < o.End })
}

// plain reports whether a text stands for itself in Markdown, in a cell too. An
// ampersand before a space begins no entity.
func plain(s string) bool {
	s = strings.ReplaceAll(s, "& ", "")
	return s != "" && !strings.ContainsAny(s, "|*`[]<>\\\n\r&")
}
