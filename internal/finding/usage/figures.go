package usage

import (
	"cmp"
	"slices"

	"assay/internal/fact"
)

// Figures is how much of a language is in a repository or a set of them.
// Where they are unknown the pointer to them is nil.
type Figures struct {
	Files int   `json:"files"` // counted files of the language
	Bytes int64 `json:"bytes"` // counted bytes of the language
	Total int64 `json:"total"` // counted bytes of all languages
	// Share is Bytes/Total, 0 to 1; nil when nothing at all is counted.
	Share *float64 `json:"share"`
	// Product, Test and Example are Bytes by the part the files play.
	Product int64 `json:"product_bytes"`
	Test    int64 `json:"test_bytes"`
	Example int64 `json:"example_bytes"`
	// Lines of the files whose lines were measured: LineFiles of Files.
	LineFiles int   `json:"line_files"`
	Code      int64 `json:"code_lines"`
	Comment   int64 `json:"comment_lines"`
	Blank     int64 `json:"blank_lines"`
}

// LinesKnown reports whether the line figures mean anything: some file's lines
// were measured, or there is no file to measure.
func (f *Figures) LinesKnown() bool { return f != nil && (f.LineFiles > 0 || f.Files == 0) }

// LinesComplete reports whether the lines of every file were measured.
func (f *Figures) LinesComplete() bool { return f != nil && f.LineFiles == f.Files }

// A LanguageBytes is the counted bytes of a language and its share of all.
type LanguageBytes struct {
	Language string  `json:"language"`
	Bytes    int64   `json:"bytes"`
	Share    float64 `json:"share"`
}

// A tally adds up compositions.
type tally struct {
	Figures
	languages map[string]int64 // counted bytes
	product   map[string]int64 // of which in files of product role
}

func newTally() *tally {
	return &tally{languages: map[string]int64{}, product: map[string]int64{}}
}

func (t *tally) addCell(c *fact.Cell, language string) {
	if !c.Counted {
		return
	}
	t.Total += c.Bytes
	t.languages[c.Language] += c.Bytes
	if c.Role == fact.RoleProduct {
		t.product[c.Language] += c.Bytes
	}
	if c.Language != language {
		return
	}
	t.Files += c.Files
	t.Bytes += c.Bytes
	t.LineFiles += c.LineFiles
	t.Code += c.Code
	t.Comment += c.Comment
	t.Blank += c.Blank
	switch c.Role {
	case fact.RoleTest:
		t.Test += c.Bytes
	case fact.RoleExample:
		t.Example += c.Bytes
	default:
		t.Product += c.Bytes
	}
}

func (t *tally) addComposition(c *fact.Composition, language string) {
	for i := range c.Cells {
		t.addCell(&c.Cells[i], language)
	}
}

// figures is the sum so far.
func (t *tally) figures() *Figures {
	f := t.Figures
	if f.Total > 0 {
		share := float64(f.Bytes) / float64(f.Total)
		f.Share = &share
	}
	return &f
}

// Sum adds figures of different repositories.
func Sum(all []*Figures) *Figures {
	t := newTally()
	for _, f := range all {
		t.Files += f.Files
		t.Bytes += f.Bytes
		t.Total += f.Total
		t.Product += f.Product
		t.Test += f.Test
		t.Example += f.Example
		t.LineFiles += f.LineFiles
		t.Code += f.Code
		t.Comment += f.Comment
		t.Blank += f.Blank
	}
	return t.figures()
}

// ordered lists the languages, most bytes first, then by name.
func (t *tally) ordered() []LanguageBytes { return orderLanguages(t.languages) }

// orderLanguages puts the languages with most bytes first.
func orderLanguages(bytes map[string]int64) []LanguageBytes {
	total := int64(0)
	for _, n := range bytes {
		total += n
	}
	all := make([]LanguageBytes, 0, len(bytes))
	for name, n := range bytes {
		if n > 0 && total > 0 {
			all = append(all, LanguageBytes{name, n, float64(n) / float64(total)})
		}
	}
	slices.SortFunc(all, func(a, b LanguageBytes) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Language, b.Language))
	})
	return all
}

// mainly reports whether no language has more bytes than language, which has
// some.
func mainly(bytes map[string]int64, language string) bool {
	most := bytes[language]
	if most <= 0 {
		return false
	}
	for _, n := range bytes {
		if n > most {
			return false
		}
	}
	return true
}

func sum(bytes map[string]int64) int64 {
	var n int64
	for _, b := range bytes {
		n += b
	}
	return n
}
