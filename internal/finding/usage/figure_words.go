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
