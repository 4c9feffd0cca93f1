package usage

import (
	"fmt"

	"assay/internal/finding/words"
)

// ShareWords writes figures as a part of a whole with units: "636,090 bytes of
// 844,211 (75.3 %)".
func ShareWords(f *Figures) string {
	if f == nil {
		return "unknown"
	}
	s := fmt.Sprintf("%s of %s", words.Amount(f.Bytes, "byte"), words.Number(f.Total))
	if f.Share != nil {
		s += " (" + words.Percent(*f.Share) + ")"
	}
	return s
}

// LineWords writes the lines of figures with units, and of how many files they
// are when not of all.
func LineWords(f *Figures) string {
	if !f.LinesKnown() {
		return "unknown"
	}
	s := fmt.Sprintf("%s of code, %s of comment, %s blank", words.Amount(f.Code, "line"), words.Number(f.Comment), words.Number(f.Blank))
	if !f.LinesComplete() {
		s += fmt.Sprintf(" (of %s of %s)", words.Number(f.LineFiles), words.Amount(f.Files, "file"))
	}
	return s
}
