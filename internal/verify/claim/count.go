package claim

import (
	"strings"

	"assay/internal/lazyregexp"
)

// levelCount is the words between a number and "projects".
var (
	levelCount  = lazyregexp.New(`^((?: [a-z#+-]+){0,5}?) projects?\b`)
	levelBare   = lazyregexp.New(`^ (?:at |in |are |is |have |had )*(?:the )?(graduated|graduates|incubating|incubation|sandbox|archived|archive)(?: ones| level| stage)?\b`)
	otherThings = lazyregexp.New(`\b(?:of|the|in|repositor\w+|bytes?|lines?|files?|commits?|code|packages?|named|entries|are|by|authors?|releases?|for)\b`)
	ofCount     = lazyregexp.New(`^ (?:out )?of (?:the )?[\d,]+`)
	ofLeft      = lazyregexp.New(`[\d,]+\)? (?:out )?of (?:the )?$`)
)

// count fills in a claim on a number of projects.
func (r *reader) count(st *statement, a *around, c *Claim) bool {
	if a.percent {
		return false
	}
	if m := countDenied.FindString(a.right); m != "" {
		return true
	}
	c.Kind = Count
	c.Level = st.level
	if m := areaRight.FindStringSubmatch(a.right); m != nil && !ofLeft.MatchString(a.left) {
		c.Field, c.Area, c.Level = "count.area", m[1], ""
		return true
	}
	level := levelOf(a.label)
	if level != "" && len(strings.Fields(a.label)) <= 3 && st.subject.Sort != OfProject {
		c.Level = level
		switch {
		case strings.HasPrefix(a.right, " unknown"):
			return false
		case ofLeft.MatchString(a.left):
			c.Field = "count.level.projects"
			return true
		case ofCount.MatchString(a.right), strings.TrimSpace(a.left) == "", len(strings.TrimSpace(a.right)) == 0:
			c.Field = "count.level"
			return true
		}
	}
	return r.countPhrase(a, c)
}

// countDenied: the projects that do not. They are counted where the rules know
// the words for it, as "not read".
var countDenied = lazyregexp.New(`^(?: \pL+){0,3}? projects? (?:that |which )?(?:do|does|are|is|have|has|did|were)(?: not|n't|n’t) (?:use|written|graduated|incubating|in|have|contain|rely)\b|^(?: of them| of those)? (?:do|does|are|have|has)(?: not|n't|n’t) (?:use|written|graduated|incubating|in|have|contain|rely)\b|^ non-`)

// levelSaid: "12 projects have graduated".
var levelSaid = lazyregexp.New(`^(?: \pL+){0,3}? projects? (?:have |had |has |are |were |is )(?:now )?(?:in the |at )?(graduated|incubating|sandbox|archived)\b`)

// areaRight: "6 of 12 projects focus on security (…)".
var areaRight = lazyregexp.New(`^(?: of [\d,]+)?(?: \pL+){0,4}? projects? (?:focus(?:es)? on|are (?:about|in|for)|target) (\pL+)`)

// countPhrase reads "2 graduated projects", "twelve Rust projects", "8 in the
// sandbox".
func (r *reader) countPhrase(a *around, c *Claim) bool {
	if m := levelCount.FindStringSubmatch(a.right); m != nil && !otherThings.MatchString(m[1]) {
		c.Level = levelOf(m[1])
		switch {
		case strings.Contains(a.left, "no counted"), strings.Contains(a.left, "could be read"):
			return false
		case strings.Contains(m[1], "core"):
			c.Field = "count.core"
		case c.Level != "" && ofLeft.MatchString(a.left):
			c.Field = "count.level.projects"
		case c.Level != "":
			c.Field = "count.level"
		case strings.Contains(m[1], "unknown") || strings.Contains(a.right, "unknown because"), strings.Contains(a.right, "read in part"):
			return false
		case readLeft.MatchString(a.left):
			c.Field = "count.read"
		case levelSaid.MatchString(a.right):
			c.Level, c.Field = levelOf(levelSaid.FindStringSubmatch(a.right)[1]), "count.level"
			if !usingWords.MatchString(a.right) && !usingWords.MatchString(a.left) {
				c.Field = "count.some"
			}
		case ofAll.MatchString(a.left), strings.HasSuffix(a.left, "lists "), strings.Contains(a.right, "in the landscape") && m[1] == "":
			c.Field = "count.projects"
		case ofLandscape(a):
			c.Field = "count.projects"
		case c.Level == "" && levelWithin(a.label) != "":
			c.Level, c.Field = levelWithin(a.label), "count.level.projects"
		case strings.TrimSpace(m[1]) == "" && !usingWords.MatchString(a.right) && !usingWords.MatchString(a.left):
			c.Field = "count.some"
		default:
			c.Field = "count.using"
		}
		return true
	}
	if m := levelBare.FindStringSubmatch(a.right); m != nil {
		c.Level, c.Field = levelOf(m[1]), "count.level"
		if ofLeft.MatchString(a.left) {
			c.Field = "count.level.projects"
		}
		return true
	}
	if m := partOfLevel.FindStringSubmatch(a.right); m != nil {
		c.Level, c.Field = levelOf(m[1]), "count.level.using"
		return true
	}
	if useRight.MatchString(a.right) || withRight.MatchString(a.right) {
		c.Field = "count.using"
		if c.Level = levelWithin(a.label); c.Level != "" {
			c.Field = "count.level"
		}
		return true
	}
	return false
}

// levelWithin is the level that a short label is.
func levelWithin(label string) string {
	if len(strings.Fields(label)) > 3 {
		return ""
	}
	return levelOf(label)
}

// partOfLevel: "8 of 141 in the sandbox", "3 of the 34 graduated projects".
var partOfLevel = lazyregexp.New(`^ (?:out )?of (?:the |all )?[\d,]+ (?:at |in |are |is )*(?:the )?(graduated|incubating|incubation|sandbox|archived)\b`)

var withRight = lazyregexp.New(`^ of (?:them|those|which) (?:with|use|turned out to use|have|has) (?:the language|` + languageNames + `)`)

// ofAll: "Of 237 projects, …" speaks of the landscape.
var ofAll = lazyregexp.New(`(?:^|[.!?:] )of $`)

// landscapeHas: "the CNCF has 237 projects".
var landscapeHas = lazyregexp.New(`\b(?:cncf|foundation|landscape)(?:'s landscape)? (?:has|counts|lists|hosts|holds|had|contains) $`)

// altogether: "there are 237 CNCF projects in total" counts the landscape.
var altogether = lazyregexp.New(`^ (?:[a-z-]+ )*?(?:cncf|foundation|landscape|cloud native) projects? (?:in total|in all|altogether|overall|all told)\b|^ projects? (?:belong to|in) the (?:cncf|foundation|landscape)\b`)

// ofLandscape reports whether a number of projects is said of the landscape and not
// of those that use a language.
func ofLandscape(a *around) bool {
	left := a.left[strings.LastIndex(a.left, ". ")+1:] // of its sentence
	return (altogether.MatchString(a.right) || landscapeHas.MatchString(left)) && !usingWords.MatchString(a.right) && !usingWords.MatchString(left)
}

var readLeft = lazyregexp.New(`(?:open|read|see|look into|look at) (?:the )?(?:code of )?$`)

var (
	usingWords = lazyregexp.New(`\b(?:` + languageNames + `|use|uses|using|written)\b`)
	useRight   = lazyregexp.New(`^ (?:of (?:them|those) )?(?:use|uses|are using|are written in|rely on|turned out to use) (?:the language|` + languageNames + `)`)
)
