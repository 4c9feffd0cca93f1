package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/property"
)

// A rule says which property a number or date is a value of, by what stands
// around it. The first rule that fits holds. All texts are in small letters.
type rule struct {
	// label: of the statement; left: right before the token; right: right after.
	// An empty expression fits all.
	label, left, right *lazyregexp.Regexp
	// key stands in the text around wherever the rule can fit: looking for it is
	// many times faster than the expressions.
	key string
	// property is the name of one, with its argument; "" for none.
	property, of string
	// percent: only numbers in per cent, or (no) only others.
	percent percentRule
	// bare: only a number that the text begins with.
	bare bool
}

type percentRule uint8

const (
	anyNumber percentRule = iota
	onlyPercent
	noPercent
)

// left and right make an expression that ends or begins at the token.
func left(s string) *lazyregexp.Regexp  { return compile(s, "(?:^|[^a-z])(?:", ")$") }
func right(s string) *lazyregexp.Regexp { return compile(s, "^(?:", ")") }
func exact(s string) *lazyregexp.Regexp { return compile(s, "^(?:", ")$") }

func compile(s, before, after string) *lazyregexp.Regexp {
	if s == "" {
		return nil
	}
	return lazyregexp.New(before + s + after)
}

func fits(re *lazyregexp.Regexp, s string) bool { return re == nil || re.MatchString(s) }

// A ruleBook is rules in order, with those remembered that are for a label: few
// are, and a label stands over a whole column.
type ruleBook struct {
	rules   []rule
	byLabel map[string][]*rule
}

// under are the rules that hold under a label.
func (b *ruleBook) under(label string) []*rule {
	if found, ok := b.byLabel[label]; ok {
		return found
	}
	if b.byLabel == nil || len(b.byLabel) >= limit.VerifyLabels {
		b.byLabel = map[string][]*rule{}
	}
	var found []*rule
	for i := range b.rules {
		if fits(b.rules[i].label, label) {
			found = append(found, &b.rules[i])
		}
	}
	b.byLabel[label] = found
	return found
}

// find is the property that the first rule which fits gives, with its argument; nil for
// none.
func (b *ruleBook) find(c *around) (p *property.Property, of string) {
	for _, r := range b.under(c.label) {
		if r.fits(c) {
			return property.Named(r.property), r.of
		}
	}
	return nil, ""
}

func (r *rule) fits(c *around) bool {
	switch {
	case r.key != "" && !strings.Contains(c.left, r.key) && !strings.Contains(c.right, r.key) && !strings.Contains(c.label, r.key):
		return false
	case r.percent == onlyPercent && !c.percent, r.percent == noPercent && c.percent:
		return false
	case r.bare && strings.TrimSpace(c.left) != "":
		return false
	}
	return fits(r.left, c.left) && fits(r.right, c.right)
}

// around is what stands around a token.
type around struct {
	label, left, right string
	percent            bool
}

// byLabel is a rule by the label alone, for a number that the text begins with.
func byLabel(label, property string) rule {
	return rule{label: exact(label), property: property, bare: true}
}

// beside is a rule by what stands on both sides. key is in the text wherever it
// fits.
func beside(key, l, r, property string) rule {
	return rule{key: key, left: left(l), right: right(r), property: property}
}

// workOn is a rule by what stands on both sides, where the label is of work on a language.
func workOn(l, r, property string) rule {
	return rule{label: exact(`work on .*`), left: left(l), right: right(r), property: property}
}

// inLabel is a rule by the label, for a date.
func inLabel(label, property string) rule { return rule{label: exact(label), property: property} }

func (r rule) only(p percentRule) rule {
	r.percent = p
	return r
}

// as is the rule for an argument of the property.
func (r rule) as(of string) rule {
	r.of = of
	return r
}

// languageNames are languages that reports are about, in small letters.
const languageNames = `rust|go|golang|python|java|javascript|typescript|kotlin|scala|ruby|zig|swift|haskell|erlang|elixir|c\+\+|c#|f#|objective-c|php|lua|dart|julia|nim|perl|ocaml|clojure|groovy|shell|c|d|r|v`

// numberRules tell numbers apart: by phrases first, then by labels of bare numbers.
var numberRules = []rule{
	// Work on a language is no work on the project.
	workOn(``, ` human commits? by [\d,]+ authors? in the year`, "commits.part.year"),
	workOn(`human commits? by `, ` authors? in the year`, "authors.part.year"),
	workOn(``, ` human commits? by [\d,]+ authors? in all`, "commits.part"),
	workOn(`human commits? by `, ` authors? in all`, "authors.part"),
	workOn(`in the year; `, ` by [\d,]+ in all`, "commits.part"),
	workOn(`in the year; [\d,]+ by `, ` in all`, "authors.part"),
	// Work.
	beside("commit", ``, `(?: (?:human|non-merge))? commits? (?:in all|in total|ever|so far|all told)`, "commits.all"),
	beside("commit", ``, `(?: human)? commits? in the (?:last|past) (?:quarter|90 days|three months)`, "commits.quarter"),
	beside("bots", `(?:bots?|robots?|automation) (?:made|wrote|account(?:s|ed)? for) `, ``, "bots.year").only(noPercent),
	beside("bot", ``, `(?: commits?)? (?:made |came |were )?(?:by|from) (?:bots|automation)`, "bots.year"),
	beside("bot", ``, ` (?:bot|automated) commits?`, "bots.year"),
	beside("merge", ``, ` merges?(?: commits?)?\b`, "merges.year"),
	beside("commit", ``, `(?: (?:human|non-merge|non-bot|people's))? commits?\b`, "commits.year"),
	beside("months active", ``, ` of 12 months active`, "months.active"),
	beside("", ``, ` (?:new|first-time) (?:authors?|contributors?|people)`, "authors.new"),
	beside("", ``, ` (?:human |different |distinct |active |individual )?(?:authors?|contributors?|committers)\b`, "authors.year"),
	beside("absence factor", `(?:contributor )?absence factor(?: of| is|:|,)? ?`, ``, "factor"),
	beside("bus factor", `bus factor(?: of| is|:)? ?`, ``, "factor"),
	beside("elephant", `elephant factor(?: of| is|:)? ?`, ``, "elephant"),
	beside("organi", ``, ` (?:different |known )?(?:organi[sz]ations?|companies)\b`, "org.count"),
	// Releases.
	beside("pre-release", ``, ` pre-releases?`, "release.pre"),
	beside("release", ``, ` release days?`, "release.days"),
	beside("release", ``, ` (?:full |stable )?releases?\b`, "release.full"),
	// Sizes.
	beside("byte", `bytes? of (?:[\pL+#]+ of )?`, ``, "total").only(noPercent),
	beside("byte", ``, ` (?:counted )?bytes?\b`, "bytes"),
	beside("comment", ``, ` (?:(?:lines )?of comments?\b|comment lines)`, "comment"),
	beside("blank", ``, ` blank\b`, "blank"),
	beside("line", ``, `[ -](?:physical |source |total )?lines?\b`, "code"),
	beside("loc", ``, ` ?s?loc\b`, "code"),
	beside("cargo.toml", ``, ` cargo\.toml(?: files| manifests)?`, "manifests"),
	beside("manifest", ``, ` (?:cargo )?manifests?\b`, "manifests"),
	beside("go.mod", ``, ` go\.mod files?`, "manifests"),
	beside("", ``, ` (?:cargo |rust |go |published )*(?:packages?|crates?|modules?)\b`, "packages"),
	beside("file", ``, ` (?:\.rs |rust |source |counted )*files?\b`, "files"),
	beside("", `\d bytes?(?: of [\d,]+)? \([<>]? ?`, ``, "share").only(onlyPercent),
	// What the landscape, the host and the files of a project say.
	beside("star", ``, `(?: github)? stars?\b`, "stars"),
	beside("star", `stars:? `, ``, "stars"),
	beside("fork", ``, ` forks?\b`, "forks"),
	beside("adopter", ``, ` (?:public |listed |named |production |known )*adopters?\b`, "adopters"),
	beside("maintainer", ``, ` (?:listed |named |known )*maintainers?\b`, "maintainers"),
	beside("audit", ``, ` (?:security )?audits?\b`, "audits"),
	// How much was read.
	beside("repositor", ``, ` of (?:the )?[\d,]+ (?:\pL+ )?repositor(?:y|ies) (?:were |was |could be |have been )?read`, "repos.read"),
	beside("repositor", ` of (?:the )?`, ` (?:\pL+ )?repositor(?:y|ies) (?:were |was |could be |have been )?read`, "repos.all"),
	beside("repositor", ``, ` (?:repositor(?:y|ies)|repos) (?:that )?we (?:have|read|could|can|see)`, "repos.read"),
	beside("repo", ``, ` (?:\pL+ )?(?:repositor(?:y|ies)|repos?)\b`, "repos.all"),
	// Labels of bare numbers.
	byLabel(`stars?|github stars|stars on github`, "stars"),
	byLabel(`forks`, "forks"),
	byLabel(`commits by people|human commits?(?: \d{4})?|commits?(?: (?:in )?\d{4}| last year| year| 12 months| in the year| 12m| 1y)?`, "commits.year"),
	byLabel(`by bots|bots?|bots? commits|commits by bots`, "bots.year"),
	byLabel(`authors?(?: \d{4}| in the year| last year| 12m| 1y| last 12 months)?|contributors?(?: \d{4})?|people`, "authors.year"),
	byLabel(`new|new authors|first time authors|new contributors`, "authors.new"),
	byLabel(`absence factor|contributor absence factor|bus factor|caf`, "factor"),
	byLabel(`elephant factor`, "elephant"),
	byLabel(`lines of code|loc|sloc|code lines|lines|lines (?:of )?\S+|\S+ loc|\S+ lines|\S+ lines of code`, "code").only(noPercent),
	byLabel(`bytes|counted bytes|size|\S+ bytes|bytes of \S+|size bytes`, "bytes").only(noPercent),
	byLabel(`packages|crates|cargo packages|\S+ packages`, "packages"),
	byLabel(`manifests|cargo toml files`, "manifests"),
	byLabel(`unsafe blocks|unsafe`, "unsafe.blocks"),
	byLabel(`repositories|repos`, "repos.all"),
	byLabel(`repositories read`, "repos.read"),
	byLabel(`adopters|listed adopters|adopters (?:on file|named|listed)`, "adopters"),
	byLabel(`maintainers`, "maintainers"),
	byLabel(`audits|security audits`, "audits"),
	byLabel(`release days`, "release.days"),
	byLabel(`releases(?: \d{4}| in the year)?|full releases|releases last year`, "release.full"),
	byLabel(`projects in landscape|landscape projects`, "count.projects"),
	byLabel(`(?:total )?(?:number of )?(?:\S+ )?projects(?: using \S+)?|total(?: \S+)* projects|projects(?: in)? total|total|project count|using \S+`, "count.using"),
	byLabel(`core`, "count.core"),
	byLabel(`components?`, "count.component"),
	byLabel(`traces?`, "count.trace"),
	byLabel(`none`, "count.none"),
	byLabel(`unknown`, "count.unknown"),
}

// dateRules tell dates apart.
var dateRules = []rule{
	beside("as of", `as (?:of|at)(?: the end of)?:? (?:the )?`, ``, "report"),
	beside("state", `state (?:of|at):? `, ``, "report"),
	beside("data", `data (?:from|as of|of|gathered|collected|snapshot)(?: on)? `, ``, "report"),
	inLabel(`(?:last )?(?:updated?|modified|reviewed)|date|report (?:generated|date)|generated(?: on)?|published`, "report.made"),
	inLabel(`as ?of|snapshot|data as of|state|stand`, "report"),
	// Work.
	beside("last", `last (?:human )?(?:commit|activity)(?: (?:of|to) [^.;,]{1,40}?)?(?: was| is| made| landed)?(?: on| in)?:? `, ``, "activity.last"),
	beside("last active", `last active(?: on| in)?:? `, ``, "activity.last"),
	beside("first", `first (?:human )?commit(?: was| made| landed)?(?: on| in)?:? `, ``, "activity.first"),
	inLabel(`last (?:activity|commit|active|human commit)|latest commit|last seen`, "activity.last"),
	// Releases.
	beside("release", `(?:last|latest|newest|most recent)(?: full| stable)? release[^.;]{0,60}?(?: of| on| in| from| is| was|,|\() ?`, ``, "release.last"),
	beside("", `(?:release|tag|version)[^;]{0,30},? (?:is from|dates from|dates back to|was cut on|came out on|out since|is of|appeared on|from|(?:was )?released (?:on|in)) `, ``, "release.last"),
	inLabel(`(?:last|latest|newest) release(?: date)?|released?(?: on)?|release date`, "release.last"),
	// Adoption of the language.
	beside("first", `first (?:`+languageNames+`)(?: code| commit)?(?: was| came| landed)?(?: on| in)? `, ``, "adopted"),
	beside("adopted", `adopted (?:`+languageNames+`|it|the language)(?: on| in)? `, ``, "adopted"),
	// Milestones.
	beside("accept", `accept(?:ed|ance)(?: (?:into|to|by|at|as|in) (?:the )?(?:\pL+ )?(?:sandbox|cncf|foundation|incubator|project|level|a \pL+ project))*(?: back)?(?: on| in|:|,| since)? (?:the )?\(?`, ``, "milestone").as("accepted"),
	beside("join", `join(?:ed|ing|s)(?: the)?(?: cncf| foundation| sandbox| cncf sandbox| cncf's sandbox| incubator| landscape)*(?: back)?(?: on| in|,| as a \pL+ project in)? `, ``, "milestone").as("accepted"),
	beside("sandbox", `(?:entered|in|into|reached) (?:the )?(?:cncf )?sandbox(?: on| in| since)? `, ``, "milestone").as("accepted"),
	beside("graduat", `graduat(?:ed|es|ion|ing)(?: from \pL+)?(?: back)?(?: on| in|:|,| since| date)? ?\(?`, ``, "milestone").as("graduated"),
	beside("incubat", `(?:(?:moved|promoted|advanced|stepped) (?:up )?to )?incubat(?:ed|ing|ion|or)(?: level| status| stage| project)*(?: back)?(?: on| in|:|,| since| date)? ?\(?`, ``, "milestone").as("incubating"),
	beside("archived", `archived(?: on| in|:)? ?\(?`, ``, "milestone").as("archived"),
	inLabel(`incubating since|incubat(?:ing|ion|ed)(?: on| at| date| since)?`, "milestone").as("incubating"),
	inLabel(`graduated since|graduated(?: on| at| date)?|graduation(?: date)?`, "milestone").as("graduated"),
	inLabel(`in the cncf since|in cncf since|cncf since|member since|sandbox since|sandbox(?: on| at| date| since)?`, "milestone").as("accepted"),
	inLabel(`(?:date )?accepted(?: on| at| date| cncf)?|acceptance(?: date)?|joined(?: cncf| on)?|entered|first accepted|most recent(?:ly)?(?: accepted)?`, "milestone").as("accepted"),
	inLabel(`archived(?: on| at| date)?`, "milestone").as("archived"),
	inLabel(`adopted|\S+ since|adopted \S+|adoption(?: of \S+)?|in \S+ since|first (?:`+languageNames+`)(?: code| commit)?`, "adopted"),
	// Reviews, audits, revisions.
	inLabel(`annual review.*`, "review"),
	beside("review", `annual review(?: of| on| dated| in)? `, ``, "review"),
	inLabel(`(?:security )?audits?.*`, "audit"),
	beside("audit", `audit[^.]{0,60}(?:in|on|of) `, ``, "audit"),
	beside("audit", ``, `[:,]? .*audit`, "audit"),
	inLabel(`revision`, "revision.date"),
}
