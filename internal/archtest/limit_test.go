package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// bounding is what the name of a constant looks like that bounds something.
var bounding = regexp.MustCompile(`^(?:max|most|longest|deepest|largest)(?:[A-Z].*)?$|(?:Max|Timeout|Patience|MaxWait|Limit)$`)

// large is the least number that is looked at: nothing that is counted out by hand
// reaches it.
const large = 1000

// unlimited are the constants that look like a limit and are none on what comes from
// outside, with what they are. A limit on that is in package limit.
var unlimited = map[string]string{
	// What is shown of more.
	"ask.mostNamed":                     "projects that an error names",
	"cli.mostColumns":                   "columns of a table that is printed",
	"cli.mostCompared":                  "columns of a comparison",
	"cli.most":                          "maintainers that are listed",
	"cli.mostUnread":                    "repositories that are listed",
	"collect/census.maxNotes":           "notes that are told one by one",
	"collect/census.maxPaths":           "paths that are told one by one",
	"collect/release.maxExamples":       "names in a note",
	"fact.folderBytes":                  "the longest path of a folder; fact imports nothing of ours",
	"finding/change.mostDifferences":    "differences that are told one by one",
	"finding/profile.mostOrganisations": "organisations that a clause names",
	"finding/usage.mostExamples":        "reasons that are told",
	"finding/usage.mostLargest":         "projects in a list of the largest",
	"finding/words.longest":             "words that may be a spelling of another",
	"finding/words.most":                "words that are proposed",
	"report/markdown.most":              "repositories that a cell names",
	"verify/judge.mostTrees":            "trees in the evidence of a figure",
	"dataset/bundle.chunk":              "how the archive of ours is laid out",
	"dataset/bundle.window":             "how far back an archive of ours looks",
	"dataset/shelf.givenUp":             "how old a file is that nobody is writing any more",
	"chart.tallest":                     "pixels of a picture",
	"chart.titledCells":                 "cells that have titles",
	"chart.widest":                      "pixels of a picture",
	"verify/render.maxLink":             "characters of an address that are printed",
	"verify/render.maxQuote":            "characters of a quotation that are printed",
	"verify/render.maxWords":            "characters of a reason that are printed",
	"verify/render.most":                "lines and addresses that are listed",
	"verify/render.mostHolders":         "subjects of an error that are named",
	"verify/render.mostLines":           "lines of a result that are printed without -v",
	"serve.most":                        "characters of an address that a log has",
	"serve/api.most":                    "characters of a word that an error quotes",
	"serve/api.mostCompared":            "columns of a comparison",
	"serve/stack.mostDates":             "dates that an error names",
	// What a definition says: of a language, a format, a measure, an order.
	"collect/adopter.maxNameWords":      "words that a name has",
	"collect/licence.holderBytes":       "what stands before the grant of a licence",
	"collect/licence.maxNeutral":        "a line that names who has a copyright",
	"collect/licence.maxVaried":         "words of a short licence",
	"collect/component/cargo.maxEscape": "an escape of Rust",
	"collect/policy.maxHeadWords":       "words of a heading that asks for reasons",
	"collect/release.late":              "when a tag was made afterwards",
	"collect/release.maxBare":           "digits of a version",
	"fact.DailyWork":                    "the days of which work is kept day by day",
	"finding/health.largest":            "beyond any figure",
	"finding/health.mostValue":          "beyond any figure",
	"finding/profile.metaBytes":         "the code of a repository that is about others",
	"gitrepo.lastSecond":                "the last second of the year 9999",
	"gitrepo.setPipeSize":               "a request of Linux",
	"gitrepo/pack.FirstSecond":          "the first second of 1982",
	"gitrepo/pack.maxHeader":            "the header of an object",
	"language.classifierBytes":          "what go-enry reads",
	"language.considerBytes":            "what linguist reads",
	"language.heuristicBytes":           "what linguist reads",
	"language.viewableBytes":            "what linguist reads",
	"language/lines.maxEscape":          "an escape of a language",
	"language/lines.maxTag":             "a raw string of C++",
	"language/lines.maxHashes":          "a raw string of Rust",
	"language/lines.maxRules":           "bits of a word",
	"language/lines.maxSpans":           "when a search pays",
	"language.maxLiterals":              "when a search pays",
	"people.longestHost":                "a name of the DNS",
	// Our own room, time and processes.
	"cli.gcSoftLimit":              "when memory is collected",
	"cli.lowDisk":                  "when doctor warns",
	"cli.grace":                    "how long the program may take to end",
	"cli.mostCached":               "the most that the user may choose",
	"cli.serveMemory":              "when memory is collected",
	"cli.ampleMemory":              "when memory is collected",
	"serve.every":                  "a buffer of lines",
	"serve.worthPacking":           "when packing pays",
	"serve/stack.keptWords":        "words that are remembered",
	"collect.All":                  "stands for a whole blob",
	"collect/licence.maxTexts":     "what our own data may unpack to",
	"collect/timeline.mostGuessed": "room that is made on a guess",
	"forge/github.secondaryWait":   "what GitHub asks of clients",
	"gitrepo.drainDelay":           "how long the words of a git that ended may take",
	"gitrepo.killDelay":            "how long git may take to end",
	"gitrepo.pieceSize":            "a buffer",
	"gitrepo.pipeBuffer":           "a buffer",
	"gitrepo.roomKept":             "a buffer",
	"gitrepo/pack.blockSize":       "a buffer",
	"gitrepo/pack.cacheBytes":      "a buffer",
	"gitrepo/pack.memos":           "places that are remembered",
	"gitrepo/pack.overlap":         "a buffer",
	"dataset/parquet.groupRows":    "a buffer",
	"mirror.lockPoll":              "how often a lock is looked at",
	"store/sqlite.busyTimeout":     "how long another program that has the store is waited for",
	"store/sqlite.retryFor":        "how long another program that has the store is waited for",
	"survey.maxBases":              "earlier revisions of ours that are weighed",
}

// limited: what comes from outside is bounded by package limit. A constant anywhere
// else whose name says that it bounds something, or whose value is a large number or
// a time, has to be told here to be something else. Numbers that stand in the code
// without a name are not seen.
func limited(t *tree) []string {
	var wrong []string
	seen := map[string]bool{}
	for _, r := range t.rooms {
		if r.support() || r.name() == "limit" || slices.Contains(above, r.name()) {
			continue
		}
		for _, s := range r.code() {
			for name, at := range boundsIn(s.file) {
				key := r.name() + "." + name
				seen[key] = true
				if unlimited[key] == "" {
					wrong = append(wrong, fmt.Sprintf("%s: %s looks like a limit: it belongs to package limit, or into the table of archtest with what it is", t.at(at), name))
				}
			}
		}
	}
	for _, r := range t.rooms {
		for key := range unlimited {
			if room, _, _ := strings.Cut(key, "."); room == r.name() && !seen[key] {
				wrong = append(wrong, fmt.Sprintf("%s: there is no %s any more that looks like a limit: take it from the table of archtest", r.dir, key))
			}
		}
	}
	return wrong
}

// boundsIn are the constants of a file that look like limits, by name.
func boundsIn(file *ast.File) map[string]ast.Node {
	found := map[string]ast.Node{}
	ast.Inspect(file, func(n ast.Node) bool {
		decl, ok := n.(*ast.GenDecl)
		if !ok || decl.Tok != token.CONST {
			return true
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.ValueSpec)
			for i, name := range spec.Names {
				if i < len(spec.Values) && isNumber(spec.Values[i]) && (bounding.MatchString(name.Name) || isLarge(spec.Values[i])) {
					found[name.Name] = name
				}
			}
		}
		return true
	})
	return found
}

// isNumber reports whether a value is no text, and none of package limit.
func isNumber(value ast.Expr) bool {
	number := true
	ast.Inspect(value, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			number = number && n.Kind != token.STRING
		case *ast.SelectorExpr:
			pkg, ok := n.X.(*ast.Ident)
			number = number && !(ok && pkg.Name == "limit")
		}
		return true
	})
	return number
}

// isLarge reports whether a value has a large number in it, a shift to one, or a
// unit of time. Octal numbers are modes of files, hexadecimal ones masks.
func isLarge(value ast.Expr) bool {
	found := false
	ast.Inspect(value, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			v, err := strconv.ParseInt(n.Value, 0, 64)
			decimal := !strings.HasPrefix(n.Value, "0")
			found = found || n.Kind == token.INT && err == nil && decimal && v >= large
		case *ast.BinaryExpr:
			by, ok := n.Y.(*ast.BasicLit)
			found = found || ok && n.Op == token.SHL && len(by.Value) > 1
		case *ast.SelectorExpr:
			pkg, ok := n.X.(*ast.Ident)
			found = found || ok && pkg.Name == "time"
		}
		return true
	})
	return found
}

func TestLimitsStandInOneRoom(t *testing.T) {
	t.Parallel()
	rule(limited).holds(t, map[string]string{
		"a.go:2: mostNames looks like a limit": "-- internal/landscape/a.go --\npackage landscape\nconst mostNames = 12\n",
		"a.go:2: size looks like a limit":      "-- internal/people/a.go --\npackage people\nconst size = 1 << 20\n",
		"a.go:3: rows looks like a limit":      "-- internal/people/a.go --\npackage people\nfunc f() {\nconst rows = 5_000\n}\n",
		"a.go:2: pause looks like a limit":     "-- internal/source/a.go --\npackage source\nimport \"time\"; const pause = time.Minute\n",
		"there is no gitrepo.killDelay":        "-- internal/gitrepo/a.go --\npackage gitrepo\n",
	})
}
