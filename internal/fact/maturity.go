package fact

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Maturity levels are data: a landscape may use any word. The words that
// foundations are known to use have a place in the order of this table, from
// the most mature to the ended; two words of one rank are the same step.
var maturityRanks = map[string]int{
	"graduated": rankGraduated, "graduation": rankGraduated, "graduate": rankGraduated,
	"top-level": rankGraduated, "impact": rankGraduated, "adopted": rankGraduated,
	"incubating": rankIncubating, "incubation": rankIncubating, "incubator": rankIncubating,
	"growth":  rankIncubating,
	"sandbox": rankSandbox, "at-large": rankSandbox, "labs": rankSandbox, "lab": rankSandbox,
	"early-adoption": rankSandbox, "emerging": rankSandbox,
	"dormant": rankEnded, "deprecated": rankEnded, "retired": rankEnded,
	"archived": rankArchived, "archive": rankArchived,
	"emeritus": rankEmeritus, "attic": rankEmeritus, "end-of-life": rankEmeritus,
}

const (
	rankGraduated  = 10
	rankIncubating = 20
	rankSandbox    = 30
	rankUnknown    = 50
	rankEnded      = 80
	rankArchived   = 90
	rankEmeritus   = 91
)

// MaturityRank is the place of a level in the order from the most mature to
// the ended: smaller is more mature. A level that the table does not know lies
// between sandbox and archived. Spellings of one step ("incubating",
// "incubation") have the same rank; case, '_' and ' ' for '-' do not matter.
func MaturityRank(level string) int {
	if rank, ok := maturityRanks[maturityKey(level)]; ok {
		return rank
	}
	return rankUnknown
}

// KnownMaturity reports whether level is a word of the table.
func KnownMaturity(level string) bool {
	_, ok := maturityRanks[maturityKey(level)]
	return ok
}

// KnownMaturities lists the words of the table, from the most mature to the ended.
func KnownMaturities() []string {
	return slices.SortedFunc(maps.Keys(maturityRanks), func(a, b string) int {
		return cmp.Or(cmp.Compare(maturityRanks[a], maturityRanks[b]), cmp.Compare(a, b))
	})
}

// MaturityEnded reports whether a project of this level is no longer carried
// by its foundation: archived, emeritus and the like.
func MaturityEnded(level string) bool { return MaturityRank(level) >= rankEnded }

// MaturityTitle is a level as a heading: "Graduated", "At large"; "" for "".
func MaturityTitle(level string) string {
	words := strings.ReplaceAll(maturityKey(level), "-", " ")
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + words[size:]
}

func maturityKey(level string) string {
	words := strings.FieldsFunc(strings.ToLower(level), func(r rune) bool {
		return r == '_' || r == '-' || unicode.IsSpace(r)
	})
	return strings.Join(words, "-")
}

// Reached is the day the project reached a level, and the name under which
// Milestones and Lines hold it. The level's own word is looked for first, then
// another word for the same step. It returns "" and "" when the file gives none.
func (p *Project) Reached(level string) (Date, string) {
	if d, ok := p.Milestones[level]; ok {
		return d, level
	}
	if !KnownMaturity(level) {
		return "", ""
	}
	rank, found := MaturityRank(level), ""
	for name := range p.Milestones {
		same := KnownMaturity(name) && MaturityRank(name) == rank
		if same && (found == "" || name < found) {
			found = name
		}
	}
	return p.Milestones[found], found
}
