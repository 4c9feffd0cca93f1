package frame

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/names"
	"assay/internal/verify/page"
)

// Rows are what the rows of a table are.
type Rows uint8

// The kinds of rows.
const (
	NoRows     Rows = iota
	Projects        // a project each, or a repository or package
	Properties      // a property each, of what the heading is about or of all
	Columns         // a property each, with a project a column
	Levels          // a level of maturity each
	Years           // a year each
	Languages       // a language each
	Releases        // a release each
	Changes         // what was changed on a day
	Kinds           // a class, an area or another group of projects each
	Others          // anything else: months, people, durations, criteria …
)

// properties are heads of a column of labels.
var properties = set(`property metric field attribute key item fact what measure figure indicator dimension detail details aspect statistic stat topic`)

// kinds are heads of a column of groups of projects.
var kinds = set(`class category subcategory area domain focus group type use role maturity level stage status language languages size share organisation organization vendor company`)

// HeadsLabels reports whether the head of a column says that labels stand below it.
func HeadsLabels(head string) bool {
	head = trimmed(head)
	return properties[head] || head == ""
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

var (
	version   = lazyregexp.New(`^v?\d+(?:\.\d+)+(?:[-+.]\w+)*$|^v\d+\b`)
	yearAlone = lazyregexp.New(`^(?:19|20)\d\d\b[*+ ]*$`)
	dated     = lazyregexp.New(`(?i)^(?:\d{4}-\d\d(?:-\d\d)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:\d{1,2},? )?\d{4})$`)
	levelText = lazyregexp.New(`(?i)^(?:graduated|incubating|incubation|sandbox|archived|emeritus|total|all|sum|overall)(?: \(?projects?\)?)?$`)
	changes   = lazyregexp.New(`(?i)^(?:changes?|what changed|notes?|description|events?|news|update)$`)
	releases  = lazyregexp.New(`(?i)^(?:versions?|releases?|tags?|release name|release version|helm version|.* version)$`)
)

// sort says of each table what its rows are.
func (f *Frames) sort(p *page.Page) {
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Form != page.Row || b.Head != nil {
			continue
		}
		var body []*page.Block
		for k := i + 1; k < len(p.Blocks) && p.Blocks[k].Form == page.Row && p.Blocks[k].Group == b.Group; k++ {
			if len(p.Blocks[k].Cells) > 0 {
				body = append(body, &p.Blocks[k])
			}
		}
		t := table{rows: f.rowsOf(b, body)}
		if len(b.Cells) > 0 {
			t.head = b.Cells[0].S
		}
		f.tables[b.Group] = t
	}
}

// half is the part of the first cells that decides what the rows are.
const half = 2

// most reports whether most of the first cells of the rows are so.
func most(body []*page.Block, is func(string) bool) bool {
	n := 0
	for _, b := range body {
		if is(trimmed(b.Cells[0].S)) {
			n++
		}
	}
	return n > 0 && half*n >= len(body)
}

// rowsOf says what the rows of a table are, by the head of the first column and by
// what stands in it.
func (f *Frames) rowsOf(head *page.Block, body []*page.Block) Rows {
	if len(head.Cells) == 0 {
		return Others
	}
	first := trimmed(head.Cells[0].S)
	switch {
	case f.namedHeads(head):
		return Columns
	case releases.MatchString(first) && most(body, version.MatchString):
		return Releases
	case most(body, dated.MatchString) && f.says(head, changes):
		return Changes
	case most(body, yearAlone.MatchString):
		return Years
	case most(body, levelText.MatchString):
		return Levels
	case f.namesIn(body), first == "package" || first == "crate" || first == "component" || first == "module":
		return Projects
	case first == "language" || first == "languages":
		return Languages
	case HeadsLabels(first):
		return Properties
	case len(head.Cells) == 2 && valueHead[trimmed(head.Cells[1].S)]:
		return Properties
	case kinds[first]:
		return Kinds
	case f.known != nil && most(body, f.known):
		return Properties
	}
	return Others
}

// valueHead are heads of a column of values.
var valueHead = set(`value details detail answer result data`)

// says reports whether one of the heads but the first is so.
func (f *Frames) says(head *page.Block, re *lazyregexp.Regexp) bool {
	for i := range head.Cells {
		if i > 0 && re.MatchString(trimmed(head.Cells[i].S)) {
			return true
		}
	}
	return false
}

// namedHeads reports whether the columns but the first are projects.
func (f *Frames) namedHeads(head *page.Block) bool {
	named := 0
	for i := range head.Cells {
		if s, ok := f.names.Exact(head.Cells[i].S); ok && i > 0 && s.Sort != names.OfPackage {
			named++
		}
	}
	return named > 0 && named >= len(head.Cells)-2
}

// few is how many of the first cells of a row are looked at for its name: a number
// or a rank may stand before it.
const few = 3

// namesIn reports whether some rows are of projects that the landscape has, by one of
// their first cells.
func (f *Frames) namesIn(body []*page.Block) bool {
	for _, b := range body {
		if _, ok := f.RowSubject(b); ok {
			return true
		}
	}
	return false
}

// remark is what stands in brackets behind a name.
var remark = lazyregexp.New(` \([^()]*\)$`)

// RowSubject is the project, repository or package that a row names in one of its
// first cells.
func (f *Frames) RowSubject(b *page.Block) (names.Subject, bool) {
	for i := range min(few, len(b.Cells)) {
		text := b.Cells[i].S
		s, ok := f.names.Exact(text)
		if !ok {
			s, ok = f.names.Exact(remark.ReplaceAllString(text, ""))
		}
		if ok {
			return s, true
		}
		if i == 0 && !rank.MatchString(trimmed(text)) {
			return names.Subject{}, false
		}
	}
	return names.Subject{}, false
}

// rank is a first cell that numbers its row, or groups it.
var rank = lazyregexp.New(`(?i)^(?:\d{0,4}|graduated|incubating|sandbox|archived|[^\pL\d]*)$`)
