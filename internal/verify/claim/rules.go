package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
)

// A rule says which field a number or date is a value of, by what stands
// around it. The first rule that fits holds. All texts are in small letters.
type rule struct {
	// label: of the statement; left: right before the token; right: right after.
	// An empty expression fits all. A group of left or right becomes the
	// argument of the field: "share:" + group.
	label, left, right *lazyregexp.Regexp
	// key stands in the text around wherever the rule can fit: looking for it is
	// many times faster than the expressions.
	key   string
	field string
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

// re makes an expression that ends (left) or begins (right) at the token.
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

// field is that of the first rule that fits; "" for none.
func (b *ruleBook) field(c *around) string {
	for _, r := range b.under(c.label) {
		if field, ok := r.fieldOf(c); ok {
			return field
		}
	}
	return ""
}

// fieldOf is the field that a rule for the label gives; ok false when it does
// not fit.
func (r *rule) fieldOf(c *around) (string, bool) {
	if r.key != "" && !strings.Contains(c.left, r.key) && !strings.Contains(c.right, r.key) && !strings.Contains(c.label, r.key) {
		return "", false
	}
	if r.percent == onlyPercent && !c.percent || r.percent == noPercent && c.percent {
		return "", false
	}
	if r.bare && strings.TrimSpace(c.left) != "" {
		return "", false
	}
	if !fits(r.left, c.left) || !fits(r.right, c.right) {
		return "", false
	}
	return r.field + argument(r.left, c.left) + argument(r.right, c.right), true
}

// argument is the first group of the expression in s.
func argument(re *lazyregexp.Regexp, s string) string {
	if re == nil || re.NumSubexp() == 0 {
		return ""
	}
	if m := re.FindStringSubmatch(s); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}

// around is what stands around a token.
type around struct {
	label, left, right string
	percent            bool
}

// byLabel is a rule by the label alone, for a number that the text begins with.
func byLabel(label, field string) rule { return rule{label: exact(label), field: field, bare: true} }

// beside is a rule by what stands on both sides. key is in the text wherever it
// fits.
func beside(key, l, r, field string) rule {
	return rule{key: key, left: left(l), right: right(r), field: field}
}

// inLabel is a rule by the label and what stands on both sides.
func inLabel(label, l, r, field string) rule {
	return rule{label: exact(label), left: left(l), right: right(r), field: field}
}

func (r rule) only(p percentRule) rule {
	r.percent = p
	return r
}

// languageNames are languages that reports are about, in small letters.
const languageNames = `rust|go|golang|python|java|javascript|typescript|kotlin|scala|ruby|zig|swift|haskell|erlang|elixir|c\+\+|c#|f#|objective-c|php|lua|dart|julia|nim|perl|ocaml|clojure|groovy|shell|c|d|r|v`

// numberRules tell numbers apart. Rules for labels that change what a phrase
// means come first, phrases then, and labels for bare numbers last.
var numberRules = []rule{
	// What the survey says of its sources.
	beside("entries are projects", ``, ` of its [\d,]+ entries are projects`, "sources.read"),
	beside("entries are projects", ` of its `, ` entries are projects`, "sources.all"),
	beside("organisations listed", ``, ` organisations listed`, "sources.listed"),
	beside("of them empty", ``, ` of them empty or not there`, "sources.empty"),
	beside("that devstats counts", ``, ` repositories that devstats counts`, "sources.pattern"),
	beside("not listed by", ``, ` organi[sz]ations? not listed by`, "coverage.open"),
	// The months of a list.
	inLabel(`human commits by month|commits by month`, `(\d{4}-\d\d): `, ``, "commits.month:"),
	// Packages by kind, edition, runtime.
	inLabel(`packages`, ``, ` packages?`, "packages"),
	inLabel(`packages`, `and `, ` for tests`, "packages.other"),
	inLabel(`packages`, `([a-z0-9-]+) \(`, `\)`, "packages.by:"),
	inLabel(`editions`, `([0-9]+) \(`, `\)`, "packages.edition:"),
	inLabel(`editions`, ``, ` \(`, "packages.editions"),
	inLabel(`async runtimes`, `([a-z0-9-]+) \(`, `\)`, "packages.runtime:"),
	inLabel(`webassembly`, ``, ` packages?`, "packages.wasm"),
	beside("unsafe", ``, `(?: unsafe)? blocks?`, "unsafe.blocks"),
	inLabel(`unsafe code`, ``, ` blocks?`, "unsafe.blocks"),
	inLabel(`unsafe code`, ``, ` functions?`, "unsafe.fns"),
	inLabel(`unsafe code`, ``, ` impls?`, "unsafe.impls"),
	inLabel(`unsafe code`, ``, ` traits?`, "unsafe.traits"),
	inLabel(`unsafe code`, ``, ` files?`, "unsafe.files"),
	// Adoption.
	inLabel(`adopted`, ``, ` of the bytes`, "adopted.threshold").only(onlyPercent),
	inLabel(`adopted`, `most in \d{4}-\d\d \(`, ``, "adopted.peak").only(onlyPercent),
	beside("peak", `peak(?:ed)?(?: share)?(?: of| at)? `, ``, "adopted.peak").only(onlyPercent),
	// Work on the language.
	inLabel(`work on .*`, ``, ` human commits? by .* in the year`, "commits.part.year"),
	inLabel(`work on .*`, `human commits? by `, ``, "authors.part.year"),
	inLabel(`work on .*`, `contributor absence factor `, ``, "factor.part"),
	inLabel(`work on .*`, ``, ` by .* in all`, "commits.part"),
	inLabel(`work on .*`, `\d; [\d,]+ by |(?:year|touched it); [\d,]+ by `, ``, "authors.part"),
	// The last 90 days.
	inLabel(`the last 90 days`, ``, ` human commits?`, "commits.quarter"),
	inLabel(`the last 90 days`, ``, ` by bots`, "bots.quarter"),
	// Releases.
	beside("release", ``, ` full releases?`, "release.full"),
	beside("pre-release", ``, ` pre-releases?`, "release.pre"),
	beside("release", ``, ` release days?`, "release.days"),
	inLabel(`releases`, `full releases? on `, ` days?`, "release.days"),
	inLabel(`releases`, `median gap of `, ` days?`, "release.gap"),
	inLabel(`releases`, `the last `, ` days? before`, "release.since"),
	beside("days between", `(?:median )?days between them: `, ``, "release.gap"),
	beside("since the last", ``, ` days? since the last(?: release)?`, "release.since|activity.since"),
	beside("release", ``, ` (?:full |stable )?releases?\b`, "release.full"),
	beside("tag", ``, ` (?:version )?tags?\b`, "release.full"),
	// Work.
	beside("months active", ``, ` of 12 months active`, "months.active"),
	beside("months active", ` of `, ` months active`, "threshold:12"),
	beside("the last quarter", ``, ` of them in the last quarter`, "commits.quarter"),
	beside("bots", `bots, which do not count, made `, ``, "bots.share").only(onlyPercent),
	beside("bot", ``, ` (?:of|%) (?:of )?(?:all )?(?:the )?commits (?:were|are|came) (?:made )?(?:by|from) bots`, "bots.share").only(onlyPercent),
	beside("bots", `(?:bots?|robots?|automation) (?:made|wrote|account(?:s|ed)? for) `, ``, "bots.year").only(noPercent),
	beside("bots", `(?:bots?|robots?) made (?:just )?(?:over |under )?`, ` of the year's commits`, "bots.share").only(onlyPercent),
	beside("by people", ``, ` by (?:people|humans)`, "commits.year"),
	beside("to make half", ``, ` people (?:to make|make|made|wrote) half`, "factor"),
	beside("bot", ``, `(?: commits?)? (?:made |came |were )?(?:by|from) (?:bots|automation)`, "bots.year"),
	beside("bot", ``, ` (?:bot|automated) commits?`, "bots.year"),
	beside("merge", ``, ` merges?(?: commits?)?\b`, "merges.year"),
	inLabel(`commits`, ``, ` since \d{4}-\d\d-\d\d`, "commits.all"),
	beside("commit", ``, `(?: (?:human|non-merge))? commits? (?:in all|in total|ever|since|so far|all told)`, "commits.all"),
	beside("quarter", ``, `(?: human)? commits? in the (?:last|past) (?:quarter|90 days|three months)`, "commits.quarter"),
	beside("commit", ``, `(?: (?:human|non-merge|non-bot|people's))? commits?\b`, "commits.year"),
	beside("commits", `commits \(`, `\)`, "commits.year").only(noPercent),
	beside("commits", `commits[^.;]{0,70}(?:with|at) `, `(?: of them| commits|;|,|\.)`, "commits.year").only(noPercent),
	beside("of them new", ``, ` of them new`, "authors.new"),
	beside("", ``, ` (?:new|first-time) (?:authors?|contributors?|people)`, "authors.new"),
	beside("", ``, ` (?:human |different |distinct |active |individual )?(?:authors?|contributors?|committers)\b`, "authors.year"),
	beside("commit", ``, ` (?:different )?(?:people|developers)\b`, "authors.year"),
	beside("work", ``, ` (?:different )?(?:people|developers)\b`, "authors.year"),
	inLabel(`people`, ``, ` in the year`, "authors.year"),
	beside("absence factor", `(?:contributor )?absence factor(?: of| is|:|,)? ?`, ``, "factor"),
	beside("bus factor", `bus factor(?: of| is|:)? ?`, ``, "factor"),
	beside("elephant", `elephant factor(?: of| is|:)? ?`, ``, "elephant"),
	// Organisations.
	beside("known for", `known for `, ` of the human commits`, "org.known").only(onlyPercent),
	beside("known", ``, ` (?:of all\) the largest|of all)`, "org.known").only(onlyPercent),
	beside("known", `\(`, ` known\)`, "org.known").only(onlyPercent),
	beside("the largest made", `the largest made `, ``, "org.largest").only(onlyPercent),
	beside("other", ``, ` others?\b`, "org.others"),
	beside("contributor", `([\pL\d]+), with `, `[^.]*contributor`, "org.share:").only(onlyPercent),
	beside("organi", ``, ` (?:different |known )?(?:organi[sz]ations?|companies)\b`, "org.count"),
	{label: exact(`organi[sz]ations?|.* known for .*`), left: lazyregexp.New(`[,:] ([\pL\d][^,;:()]*) $`), field: "org.share:", percent: onlyPercent},
	{label: exact(`organi[sz]ations?|contributors|companies|vendors?`), left: lazyregexp.New(`^([\pL\d][^,;:()]*) \(?$`), field: "org.share:", percent: onlyPercent},
	// Sizes.
	beside("byte", `bytes? of (?:[\pL+#]+ of )?`, ``, "total").only(noPercent),
	beside("byte", ``, ` (?:counted )?bytes?\b`, "bytes"),
	beside("comment", ``, ` (?:lines )?of comments?\b`, "comment"),
	beside("comment", ``, ` comment lines`, "comment"),
	beside("blank", ``, ` blank\b`, "blank"),
	beside("line", ``, `[ -](?:physical |source |total )?lines?\b`, "code"),
	beside("loc", ``, ` ?s?loc\b`, "code"),
	beside("cargo.toml", ``, ` cargo\.toml(?: files| manifests)?`, "manifests"),
	beside("manifest", ``, ` (?:cargo )?manifests?\b`, "manifests"),
	beside("go.mod", ``, ` go\.mod files?`, "manifests"),
	beside("package", ``, ` (?:cargo |rust |published )*packages?\b`, "packages"),
	beside("crate", ``, ` (?:cargo |rust )*crates?\b`, "packages"),
	beside("go module", ``, ` go modules?\b`, "packages"),
	beside("file", ``, ` files? missing`, "coverage.missing"),
	beside("file", ``, ` (?:\.rs |rust |source |counted )*files?\b`, "files"),
	beside("star", ``, `(?: github)? stars?\b`, "stars"),
	beside("star", `stars:? `, ``, "stars"),
	beside("fork", ``, ` forks?\b`, "forks"),
	beside("named in", ``, ` named in `, "named"),
	beside("adopter", ``, ` (?:public |listed |named |production |known )*adopters?\b`, "adopters"),
	beside("maintainer", ``, ` (?:listed |named |known )*maintainers?\b`, "maintainers"),
	beside("audit", ``, ` (?:security )?audits?\b`, "audits"),
	// Coverage and counts.
	beside("read without", ``, ` repositor(?:y|ies) read without`, "repos.without"),
	beside("not read", ``, ` repositor(?:y|ies) not read`, "repos.unread"),
	beside("repositor", ``, ` of (?:the )?[\d,]+ (?:\pL+ )?repositor(?:y|ies) (?:were |was |could be |have been )?read`, "repos.read"),
	beside("repositor", ` of (?:the )?`, ` (?:\pL+ )?repositor(?:y|ies) (?:were |was |could be |have been )?read`, "repos.all"),
	beside("repositor", ``, ` repositor(?:y|ies) without code`, "repos.other"),
	beside("not found", ``, ` not found`, "repos.absent"),
	beside("failed", ``, ` failed`, "repos.failed"),
	beside("not measured", ``, ` not measured`, "repos.unmeasured"),
	beside("before the day", ``, ` mirrors? ends? before the day`, "coverage.stale"),
	beside("no repository", ``, ` of which no repository was read`, "count.level.unknown"),
	beside("without a commit", ``, ` without a commit`, "repos.empty"),
	beside("read in part", ``, ` projects? read in part`, "count.partial"),
	beside("read in part", ``, ` read in part`, "repos.partial"),
	beside("repositor", ``, ` (?:repositor(?:y|ies)|repos) (?:that )?we (?:have|read|could|can|see)`, "repos.read"),
	inLabel(`maintainers|adopters`, ``, ` more repositor(?:y|ies)`, "named.more"),
	beside("repositor", ``, ` (?:\pL+ )?(?:repositor(?:y|ies)|repos)\b`, "repos.all"),
	inLabel(`repositories read`, ``, ` of `, "repos.read"),
	byLabel(`repositories read`, "repos.read"),
	inLabel(`repositories read`, ` of `, ``, "repos.all"),
	beside("unknown because", ``, ` projects? unknown because`, "count.unknown"),
	beside("largest language", ``, ` (?:have|has|with) it as (?:the|their) largest`, "count.core"),
	beside("part", ``, ` (?:of them )?(?:just |only |merely )?(?:carry|have|hold) (?:just )?(?:it in )?a (?:rust )?part`, "count.component"),
	beside("byte", ``, ` (?:had|have|hold|with) (?:not a single|no|not one) (?:counted )?byte`, "count.none"),
	beside("projects", `(?:open|read|see|look into|look at) (?:the )?(?:code of )?`, ` projects`, "count.read"),
	beside("traces", ``, ` with traces`, "count.trace"),
	beside("with none", ``, ` with none`, "count.none"),
	beside("not read", ``, ` not read`, "count.unknown"),
	beside("core", `core: `, ``, "count.core"),
	beside("component", `component: `, ``, "count.component"),
	beside("component", `\bin `, `,? it is (?:only |just )?a component`, "count.component"),
	beside("unknown", `\(`, ` unknown\)`, "count.level.unknown"),
	beside("no counted", `no counted .*: `, ` projects?`, "count.none"),
	beside("could be read", `could be read: `, ` projects?`, "count.unknown"),
	beside("in the landscape", `of `, ` in the landscape`, "count.projects"),
	beside("lists", `lists `, ` projects?`, "count.projects"),
	beside("of", `^of `, ` projects?,`, "count.projects"),
	beside("more", `and `, ` more`, "lacking"),
	beside("share of", `from a share of `, ``, "threshold").only(onlyPercent),
	beside("or more", `share is `, ` or more`, "threshold").only(onlyPercent),
	beside("threshold", `threshold of `, ``, "threshold").only(onlyPercent),
	beside("", `\d bytes? of [\d,]+ \([<>]? ?`, ``, "share").only(onlyPercent),
	beside("", `\d bytes? \([<>]? ?`, ``, "share").only(onlyPercent),
	beside("faster", ``, `x? (?:times )?(?:faster|slower|smaller|better|more)`, "speed"),
	beside("faster", ``, ` (?:faster|slower|smaller|better|less memory)`, "speed").only(onlyPercent),
	beside("line", `lines? in `, ``, ""), // "the item in line 11785"
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
	byLabel(`bytes|counted bytes|size|\S+ bytes|bytes of \S+|largest by bytes|next by bytes|size bytes`, "bytes").only(noPercent),
	byLabel(`\S+ in these projects`, "bytes").only(noPercent),
	byLabel(`packages|crates|cargo packages|\S+ packages`, "packages"),
	byLabel(`manifests|cargo toml files`, "manifests"),
	byLabel(`unsafe blocks|unsafe`, "unsafe.blocks"),
	byLabel(`repositories|repos|repositories read`, "repos.all"),
	byLabel(`adopters|listed adopters|adopters (?:on file|named|listed)`, "adopters"),
	byLabel(`maintainers`, "maintainers"),
	byLabel(`audits|security audits`, "audits"),
	byLabel(`release days`, "release.days"),
	byLabel(`releases(?: \d{4}| in the year)?|full releases|releases last year`, "release.full"),
	byLabel(`projects in landscape|landscape projects`, "count.projects"),
	byLabel(`accepted so far`, "growth.accepted"),
	byLabel(`adopted so far`, "growth.adopted"),
	byLabel(`(?:total )?(?:number of )?(?:\S+ )?projects(?: using \S+)?|total(?: \S+)* projects|projects(?: in)? total|total|project count|using \S+`, "count.using"),
	byLabel(`core`, "count.core"),
	byLabel(`components?`, "count.component"),
	byLabel(`traces?`, "count.trace"),
	byLabel(`none`, "count.none"),
	byLabel(`unknown`, "count.unknown"),
}

// dateRules tell dates apart.
var dateRules = []rule{
	beside("before the day", `before the day, the first on `, ``, "coverage.since"),
	beside("mirror ends", `mirror ends on `, ``, "coverage.ends"),
	beside("as of", `as (?:of|at)(?: the end of)?:? (?:the )?`, ``, "report"),
	beside("state", `state (?:of|at):? `, ``, "report"),
	beside("year to", `(?:year|months|days) (?:to|up to|until|ending|that ends(?: with| on)?) `, ``, "report"),
	beside("by the years", `on `, `, by the years`, "report"),
	inLabel(`landscape|data source|.*\(as of`, ` of `, ``, "report.landscape"),
	beside("data", `data (?:from|as of|of|gathered|collected|snapshot)(?: on)? `, ``, "report"),
	inLabel(`(?:last )?(?:updated?|modified|reviewed)|date|report (?:generated|date)|generated(?: on)?|published`, ``, ``, "report.made"),
	inLabel(`as ?of|snapshot|data as of|state|stand`, ``, ``, "report"),
	// Work.
	beside("mainline", `the mainline of \S+ begins on `, ``, "history.first"),
	beside("the last on", `the last on `, ``, "activity.last"),
	beside("since", `\d since `, ``, "activity.first"),
	beside("last", `last (?:human )?(?:commit|activity)(?: (?:of|to) [^.;,]{1,40}?)?(?: was| is| made| landed)?(?: on| in)?:? `, ``, "activity.last"),
	beside("last active", `last active(?: on| in)?:? `, ``, "activity.last"),
	beside("first", `first (?:human )?commit(?: was| made| landed)?(?: on| in)?:? `, ``, "activity.first"),
	// Releases.
	beside("release", `(?:last|latest|newest|most recent)(?: full| stable)? release[^.;]{0,40}?(?: of| on| in|,|\() ?`, ``, "release.last"),
	inLabel(`releases`, ` of `, ``, "release.last"),
	inLabel(`(?:last|latest|newest) release(?: date)?|released?(?: on)?`, ``, ``, "release.last"),
	beside("", `(?:release|tag|version)[^;]{0,30},? (?:is from|dates from|dates back to|was cut on|came out on|out since|is of|appeared on|from) `, ``, "release.last"),
	inLabel(`release date`, ``, ``, "release.last"),
	beside("out since", `version \S+ out since `, ``, "release.last"),
	beside("since", `(?:not|no|n't|never)\b[^.;]{0,40}releases?\b[^.;]{0,20} since `, ``, "release.last"),
	beside("released", `released (?:on|in) `, ``, "release.last"),
	// Adoption of the language.
	beside("of the bytes in", `10(?:\.0)? % of the bytes in `, ``, "adopted.tenth"),
	beside("of the bytes in", `50(?:\.0)? % of the bytes in `, ``, "adopted.half"),
	beside("most in", `most in `, ` \(`, "adopted.peakmonth"),
	beside("there is more", `since `, ` there is more ([\pL+#-]+(?: [\pL+#-]+)*?) than`, "adopted.crossing:"),
	inLabel(`incubating since`, ``, ``, "milestone:incubating"),
	inLabel(`graduated since`, ``, ``, "milestone:graduated"),
	inLabel(`in the cncf since|in cncf since|cncf since|member since|sandbox since`, ``, ``, "milestone:accepted"),
	beside("passed", `(?:`+languageNames+`) (?:passed|overtook|overtakes|outgrew) (\pL+)(?: there| here)?(?: in| on)? `, ``, "adopted.over:"),
	beside("first", `first (?:`+languageNames+`)(?: code| commit)?(?: was| came| landed)?(?: on| in)? `, ``, "adopted"),
	beside("in rust", `(?:began|begun|started|written)(?: \pL+){0,3} in rust in `, ``, "adopted"),
	inLabel(`adopted|\S+ since|adopted \S+|adoption(?: of \S+)?|in \S+ since|first (?:`+languageNames+`)(?: code| commit)?`, ``, ``, "adopted"),
	beside("rust", `(?:`+languageNames+`) (?:has been in (?:it|the tree|the code|there) )?(?:arrived|since|appeared|came|landed|entered|was adopted|stayed)[^.;]{0,20}? (?:on |in |from )?`, ``, "adopted"),
	beside("adopted", `adopted (?:`+languageNames+`|it|the language)(?: on| in)? `, ``, "adopted"),
	// Milestones.
	beside("accept", `accept(?:ed|ance)(?: (?:into|to|by|at|as|in) (?:the )?(?:\pL+ )?(?:sandbox|cncf|foundation|incubator|project|level|a \pL+ project))*(?: back)?(?: on| in|:|,| since)? (?:the )?\(?`, ``, "milestone:accepted"),
	beside("since", `(?:^|\b)(?:in|aboard|a member|with the foundation) since `, ``, "milestone:accepted"),
	beside("signed", `signed up (?:on|in) `, ``, "milestone:accepted"),
	beside("entered", `entered in `, ``, "milestone:accepted"),
	beside("moved", `(?:moved|moved up|promoted|stepped up)(?: only)? (?:on|in) `, ``, "milestone:reached"),
	beside("step", `(?:took (?:that|this) step|step it took)(?: only)? (?:on|in) `, ``, "milestone:reached"),
	beside("join", `join(?:ed|ing|s)(?: the)?(?: cncf| foundation| sandbox| cncf sandbox| cncf's sandbox| incubator| landscape)*(?: back)?(?: on| in|,| as a \pL+ project in)? `, ``, "milestone:accepted"),
	beside("sandbox", `(?:entered|in|into|reached) (?:the )?(?:cncf )?sandbox(?: on| in| since)? `, ``, "milestone:accepted"),
	beside("graduat", `graduat(?:ed|es|ion|ing)(?: from \pL+)?(?: back)?(?: on| in|:|,| since| date)? ?\(?`, ``, "milestone:graduated"),
	beside("incubat", `incubat(?:ed|ing|ion|or)(?: level| status| stage| project)*(?: back)?(?: on| in|:|,| since| date)? ?\(?`, ``, "milestone:incubating"),
	beside("archived", `archived(?: on| in|:)? ?\(?`, ``, "milestone:archived"),
	beside("moved", `(?:moved|promoted|advanced|stepped) (?:up )?to incubat(?:ing|ion)(?: status| level)?(?: on| in)? `, ``, "milestone:incubating"),
	inLabel(`(?:date )?accepted(?: on| at| date| cncf)?|acceptance(?: date)?|joined(?: cncf| on)?|cncf since|entered|in cncf since|first accepted|most recent(?:ly)?(?: accepted)?`, ``, ``, "milestone:accepted"),
	inLabel(`graduated(?: on| at| date)?|graduation(?: date)?`, ``, ``, "milestone:graduated"),
	inLabel(`incubat(?:ing|ion|ed)(?: on| at| date| since)?`, ``, ``, "milestone:incubating"),
	inLabel(`sandbox(?: on| at| date| since)?`, ``, ``, "milestone:accepted"),
	inLabel(`archived(?: on| at| date)?`, ``, ``, "milestone:archived"),
	// Reviews, audits, revisions.
	inLabel(`annual review.*`, ``, ``, "review"),
	beside("review", `annual review(?: of| on| dated| in)? `, ``, "review"),
	inLabel(`(?:security )?audits?.*`, ``, ``, "audit"),
	beside("audit", `audit[^.]{0,60}(?:in|on|of) `, ``, "audit"),
	beside("audit", ``, `[:,]? .*audit`, "audit"),
	beside("audit", `audit(?:ed)?(?: by [^.,;]+?)?(?: on| in|,) `, ``, "audit"),
	inLabel(`date|revision`, ``, ``, "revision.date"),
	// Last activity.
	inLabel(`last (?:activity|commit|active|human commit)|latest commit|last seen`, ``, ``, "activity.last"),
}
