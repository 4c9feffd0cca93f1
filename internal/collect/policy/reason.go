package policy

import (
	"sort"
	"strings"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

const (
	maxHeadWords = 14 // of a heading that asks for a reason
	headSentence = 4  // sentences quoted below such a heading
)

// A reason is a sentence with its rank: the lower, the more plainly it says
// that this is why the project uses the language.
type reason struct {
	fact.Quote
	Rank int `json:"rank"`
	Pos  int `json:"pos"` // place in the text, to keep sentences of one line in order
}

// The ranks of the constructions.
const (
	rankChosen  = iota // "we chose Rust because …"
	rankAsked          // below a heading "Why Rust?"
	rankMadeFor        // "written in Rust for performance"
	rankBecause        // "because of Rust's …", "thanks to Rust"
	rankBenefit        // "benefits from Rust's …", "Rust's memory safety ensures …"
	rankGives          // "Rust gives us …"
)

// The parts of the constructions. \x01 is the language; quality names a
// property that somebody may want of a program.
const (
	quality = `(?:perform\w*|speed|fast\w*|quick\w*|safe\w*|secur\w+|reliab\w+|efficien\w+|lightweight|footprint|memory|concurren\w+|parallel\w*|overhead|latency|throughput|robust\w*|portab\w+|cross-platform|simplicity|simple|productiv\w*|stab(?:le|ility)|ease\b|easy|easier|maintain\w+|readab\w+|correct\w*|type[- ]safe\w*|type system|typing|strict|zero-cost|garbage|GC|deterministic|ecosystem|librar\w+|tooling|static binary|single binary|binaries|native\w*|embedded|low-level|popular\w*|familiar\w*|crash\w*|leaks?|vulnerabilit\w+|data races?|bugs|ownership|borrow checker|resource\w*|small\w*|community|wasm|WebAssembly|scalable|scalability|control)\b`
	object  = `(?:the |pure |safe |modern |idiomatic |async |plain |entirely |100% )*` + slot
	gap     = `[^.;!?]{0,90}?`
)

var (
	chosen = lazyregexp.New(`(?i)\b(?:chose|choose|chosen|choosing|choice of|picked|selected|opted (?:for|to use)|settled on|went with|going with|(?:switched|moved|migrated|ported)(?: from [^.;]{0,30}?)? to|adopted|adopting|prefer(?:red|s)?|decided (?:on|to (?:use|write|rewrite|build|implement|go)\b[^.;]{0,40}?))\s+(?:to use |in |with |for |using )?` + object +
		`|` + slot + `(?: programming)?(?: language)? (?:was|is|were|has been|being) (?:chosen|picked|selected|preferred|adopted|the language of choice|the right choice|our choice)`)
	used = lazyregexp.New(`(?i)\b(?:us(?:e|es|ed|ing)|employ(?:s|ed)?)\s+` + object + `|` + slot + ` (?:was|is) used`)
	made = lazyregexp.New(`(?i)\b(?:(?:re-?)?(?:written|implemented|built|developed|coded|engineered|architected|programmed)|rewrote|wrote|rewriting|(?:re)?write|writing|implementing|building|developing|implementation|rewrite)\b[^.;!?]{0,40}?\b(?:in|using|with|to)\s+` + object)

	// tail is what makes a reason of "made in", "chosen" and "used".
	tail = lazyregexp.New(`(?i)^` + gap + `(?:\b(?:because|due to|thanks to|on account of|so that|in order to)\b` +
		`|\b(?:for|given|with) (?:its|their|the|better|improved|maxim\w+|max|optimal|extreme|high\w*|good|great|strong|low\w*|minim\w+|increased|added|more)?\s*` + gap + `\b` + quality +
		`|\bto (?:ensure|provide|achieve|get|make|take|leverage|benefit|avoid|guarantee|minimi[sz]e|maximi[sz]e|be|improve|deliver|reduce|allow|gain|give|offer|enable|optimi[sz]e|keep|have|maintain|increase|support|prevent|eliminate)\b` + gap + `\b` + quality +
		`|\b(?:which|that|this|and|it|they) (?:also )?(?:makes|gives|provides|ensures|allows|enables|offers|guarantees|is|helps|means|delivers|lets|has|prevents|eliminates)\b` + gap + `\b` + quality +
		`|\b(?:making|ensuring|giving|providing|enabling|allowing|offering|guaranteeing|delivering|leveraging|benefit+ing)\b` + gap + `\b` + quality + `)`)
	because = lazyregexp.New(`(?i)\b(?:because|due to|thanks to|owing to|on account of)\b`)
	// tailStrict is what "uses Rust" needs: it is said of too many things.
	tailStrict = lazyregexp.New(`(?i)^[^.;!?]{0,40}?(?:\bbecause\b|\bfor (?:its|the|better|improved|maximum|high)\b` + gap + `\b` + quality + `|\b(?:due|thanks) to (?:its|the)\b|\bsince it\b)`)
	// purpose before the statement: "For performance, it is written in Rust".
	purpose = lazyregexp.New(`(?i)^(?:for|to|because|since|given|in order to|due to)\b[^.;!?]{0,120}\b` + quality)

	property = lazyregexp.New(`(?i)\b` + quality)
	good     = lazyregexp.New(`(?i)\b(?:because|best|ideal|well[- ]suited|dominant|potential|advantage\w*|benefit\w*|allow\w*|enabl\w+|lets?|help\w*|gives?|provid\w+|attract\w*|avoid\w*|prevent\w*|mature|` + quality[3:])
	does     = lazyregexp.New(`(?i)\b(?:because|best|ideal|well[- ]suited|advantage\w*|benefit\w*|allows?|allowing|enabl\w+|lets?|helps?|gives?|giving|provid\w+|avoids?|prevents?|eliminat\w+|ensur\w+|guarantee\w*|makes?|offers?)\b`)
	// complaint matches sentences about what there was before.
	complaint = lazyregexp.New(`(?i)\b(?:costs?|costly|hard|harder|difficult\w*|complex\w*|slow\w*|problems?|issues?|lacks?|old|legacy|current\w*|existing|previous\w*|today|suffers?|pain\w*|burden)\b`)
	conceding = lazyregexp.New(`(?i)\b(?:even though|although|despite|let['’]s)\b`)
	becauseOf = lazyregexp.New(`(?i)\b(?:because|due to|thanks to|owing to|by virtue of|courtesy of)\s+(?:of\s+)?(?:the\s+)?(?:[\w'-]+\s+){0,5}?` + object + `(?:['’]s)?\b` + gap + `\b` + quality + `|\b(?:thanks to|because of|due to)\s+(?:[\w'-]+\s+){0,3}?` + quality + `\s+(?:[\w'-]+\s+){0,3}?of ` + object)
	benefit   = lazyregexp.New(`(?i)\b(?:leverag\w+|benefit\w*|taking advantage|take advantage|takes advantage|rel(?:y|ies|ying) on|advantages?|harness\w*|exploit\w*|ensur\w+|guarantee\w*|strengths?|power)\b[^.;!?]{0,60}?(?:` + slot + `['’]s\s+(?:[\w,-]+\s+){0,5}?` + quality + `|\b(?:of|from|by) (?:using )?` + object + `)` +
		`|` + slot + `['’]s\s+(?:[\w,-]+\s+){0,6}?` + quality + `[^.;!?]{0,60}?\b(?:ensur\w+|guarantees?|provides?|gives?|makes?|allows?|enables?|helps?|prevents?|eliminates?|means?|lets?|offers?|brings?)\b`)
	gives = lazyregexp.New(`(?i)(?:^|[,;:] |\band |\bthat |\bbut |\bas |\bwhile |\bsince )(?:the )?` + slot + `(?: programming language| language)? (?:also |itself |already |really |inherently )?(?:(?:gives?|lets?|allows?|enables?|provides?|guarantees?|offers?|ensures?|makes?|helps?|prevents?|eliminates?|brings?|has|have)\b` + gap + `\b` + quality +
		`|is (?:one of the best|the best|the right|the ideal|the natural|a (?:great|good|natural|perfect|safe|memory|very good) |an (?:excellent|ideal|obvious) |well[- ]suited|ideal\b|perfect\b|memory[- ]safe|fast\b|safe\b|known for|great\b))`)

	// asks matches a heading that promises reasons.
	asks = lazyregexp.New(`(?i)^(?:[^\p{L}\x01]*)(?:why\s+(?:we\s+|did we\s+|do we\s+|did you\s+|do you\s+|choose\s+|chose\s+|use\s+|using\s+|is it\s+|written\s+|rewrite\s+)*(?:in\s+)?` + slot + `(?:\s*\?|\s*$|\s+and\b|\s+for\b)|why\b.*\b(?:written|implemented|built|rewritten|write|rewrite|developed) (?:in|using) ` + slot + `|why\b.*\b(?:chose|choose|pick(?:ed)?|us(?:e|es|ing)) ` + slot + `|(?:rationale|reasons?|motivation) (?:for|behind) (?:using |choosing |the choice of )?` + slot + `|(?:choice of|choosing|benefits of|advantages of) ` + slot + `|` + slot + `\s*[:–—-].*\b` + quality + `)`)

	// announces matches a sentence that promises reasons in the list below it.
	announces = lazyregexp.New(`(?i)\b(?:here(?:['’]s| is| are)|these are|this is|following|some)\b.*\b(?:why|reasons)\b.*` + slot + `|\b(?:chose|choose|picked|selected|use|prefer) ` + slot + `\b[^.]*\b(?:because|reasons?)\b[^.]*:$`)

	// elsewhere matches sentences about what others may or should do: a
	// tutorial, a rule for contributors, another program, a limit.
	others = lazyregexp.New(`(?i)\b(?:you|your|yours|readers?|both of (?:these|them|which)|can be (?:written|implemented|built|developed)|could be (?:written|implemented)|may be (?:written|implemented)|must|please|example|tutorial|e\.g\.|plugin authors?|developers? can|users? can|clients? can|if the|make sure|TODO|version|crate|compiler|toolchain|install\w*|deprecated|workaround)\b`)
	// against matches a language that is turned down.
	against = lazyregexp.New(`(?i)\b(?:instead of|rather than|unlike|compared (?:to|with)|opposed to|away from|over|than|not|without|no|n['’]t|from|like)\s+(?:the |using |in |to |written in |use )*` + slot + `|\bthan (?:\w+ ){0,4}(?:in|using|with) ` + slot)
	negated = lazyregexp.New(`(?i)(?:n['’]t\b|\b(?:not|never|cannot|no longer|no (?:sense|need|reason|plan)|unfortunately|lacks?|limitation)\b)`)
)

// reasonsIn finds the sentences of a text that give a reason for a language.
func reasonsIn(path string, blocks []markup.Block) []reason {
	r := &reasonReader{path: path}
	for i := range blocks {
		b := &blocks[i]
		if b.Quoted || b.Kind == markup.Row || b.Kind == markup.Indented {
			continue
		}
		if b.Kind == markup.Heading {
			r.asked, r.left = askedFor(markup.Clean(b.Text)), headSentence
			r.listOnly = false
			continue
		}
		if b.Kind == markup.Paragraph && b.Level == 0 && (r.asked == "" || r.listOnly) {
			r.asked, r.left = announcedFor(markup.Clean(b.Text)), headSentence
			r.listOnly = true
			if r.asked != "" {
				continue
			}
		}
		r.block(b)
	}
	return r.out
}

// A reasonReader is the state of reading one text.
type reasonReader struct {
	path  string
	out   []reason
	asked string // language of the heading that asks for reasons
	left  int    // sentences that may still be quoted for it
	// listOnly: it was asked by a sentence that announces a list, so that the
	// next paragraph is no answer.
	listOnly bool
}

// announcedFor gives the language that a short paragraph promises reasons for
// in the list below it, or "".
func announcedFor(text string) string {
	if len(text) > limit.ReasonQuote {
		return ""
	}
	for _, n := range named(text) {
		if announces.MatchString(slotted(text, n.language)) {
			return n.language
		}
	}
	return ""
}

// askedFor gives the language a heading promises reasons for, or "".
func askedFor(title string) string {
	if markup.Words(title) > maxHeadWords {
		return ""
	}
	for _, n := range named(title) {
		s := slotted(title, n.language)
		if asks.MatchString(s) && !against.MatchString(s) {
			return n.language
		}
	}
	return ""
}

func (r *reasonReader) block(b *markup.Block) {
	if r.asked == "" && !hinted(b.Text) {
		return
	}
	for i, s := range markup.Sentences(b.Text) {
		if s.End-s.Start > limit.ReasonSentence {
			continue
		}
		text := markup.Clean(b.Text[s.Start:s.End])
		if markup.Words(text) < 4 {
			continue
		}
		pos := len(r.out)
		add := func(language string, rank int) {
			q := fact.Quote{Language: language, Text: markup.Kept(text, limit.ReasonQuote), Path: r.path, Line: b.Line(s.Start)}
			r.out = append(r.out, reason{q, rank, pos})
		}
		names := named(text)
		if r.answers(text, names, i == 0, b.Kind == markup.Item) {
			r.left--
			add(r.asked, rankAsked)
			continue
		}
		for _, n := range names {
			if rank, ok := weigh(slotted(text, n.language), n.plain); ok {
				add(n.language, rank)
			}
		}
	}
}

// answers reports whether a sentence below a heading that asks for reasons is
// one: it names the language, or opens a block, or names a good property: in an item
// that is enough, in running text it must say what the property does.
func (r *reasonReader) answers(text string, names []naming, first, item bool) bool {
	if r.asked == "" || r.left <= 0 || strings.HasSuffix(text, "?") || strings.HasSuffix(text, ":") || conceding.MatchString(text) {
		return false
	}
	for _, n := range names {
		if n.language == r.asked {
			return good.MatchString(text) && !against.MatchString(slotted(text, n.language))
		}
	}
	if len(names) > 0 { // it is about another language
		return false
	}
	switch {
	case complaint.MatchString(text):
		return false
	case item:
		return property.MatchString(text)
	}
	return first && good.MatchString(text) || property.MatchString(text) && does.MatchString(text)
}

// weigh decides whether a sentence gives a reason for the language in the
// slot, and how plainly. A language with an ordinary word for a name must be
// chosen, used or written in.
func weigh(s string, plain bool) (rank int, ok bool) {
	if strings.HasSuffix(s, "?") || against.MatchString(s) {
		return 0, false
	}
	if at := chosen.FindStringIndex(s); at != nil && (tail.MatchString(s[at[1]:]) || purpose.MatchString(s) || because.MatchString(s)) && !others.MatchString(s) {
		return rankChosen, true
	}
	if others.MatchString(s) || negated.MatchString(s) {
		return 0, false
	}
	if at := made.FindStringIndex(s); at != nil && (tail.MatchString(s[at[1]:]) || purpose.MatchString(s[:at[1]])) {
		return rankMadeFor, true
	}
	if at := used.FindStringIndex(s); at != nil && tailStrict.MatchString(s[at[1]:]) {
		return rankMadeFor, true
	}
	switch {
	case plain:
		return 0, false
	case becauseOf.MatchString(s):
		return rankBecause, true
	case benefit.MatchString(s):
		return rankBenefit, true
	case gives.MatchString(s):
		return rankGives, true
	}
	return 0, false
}

// hinted is a quick look at a block: whether it names a language at all.
func hinted(s string) bool {
	_, ok := nextNaming(s, 0)
	return ok
}

// worthReading is a quick look at a whole text, before it is read as Markdown:
// whether near some naming of a language there is a word that gives reasons.
func worthReading(data []byte) bool {
	s := string(data)
	for at := 0; ; {
		n, ok := nextNaming(s, at)
		if !ok {
			return false
		}
		const around = 400
		near := strings.ToLower(s[max(0, n.start-around):min(len(s), n.end+around)])
		if markup.ContainsAny(near, "why", "because", "chose", "choice", "written", "rewrit", "wrote", "implemented", "built", "developed", "due to", "thanks to", "safety",
			"performance", "leverag", "benefit", "rationale", "reason", "motivation", "decided", "best") {
			return true
		}
		at = n.end + around/2 // the next look overlaps this one
	}
}

// bestReasons keeps the best of each language: by rank, then the sentences of
// README files, then of FAQ, design and architecture texts, then by depth,
// path and place. Each sentence is kept once.
func bestReasons(all []reason) []fact.Quote {
	sort.SliceStable(all, func(i, j int) bool {
		a, b := &all[i], &all[j]
		switch {
		case a.Rank != b.Rank:
			return a.Rank < b.Rank
		case pathRank(a.Path) != pathRank(b.Path):
			return pathRank(a.Path) < pathRank(b.Path)
		case a.Path != b.Path:
			return a.Path < b.Path
		case a.Line != b.Line:
			return a.Line < b.Line
		}
		return a.Pos < b.Pos
	})
	kept := map[string]int{}
	seen := map[string]bool{}
	var out []fact.Quote
	for _, r := range all {
		key := r.Language + "\x00" + strings.ToLower(r.Text)
		if seen[key] || kept[r.Language] >= limit.ReasonCount {
			continue
		}
		seen[key] = true
		kept[r.Language]++
		out = append(out, r.Quote)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Language < out[j].Language })
	return out
}

// pathRank orders texts by how much they speak for the whole project.
func pathRank(path string) int {
	low := strings.ToLower(path)
	base := low[strings.LastIndexByte(low, '/')+1:]
	depth := strings.Count(path, "/")
	switch {
	case depth == 0 && strings.HasPrefix(base, "readme"):
		return 0
	case depth == 0:
		return 1
	case markup.ContainsAny(base, "faq", "design", "architect", "why", "rationale"):
		return 2
	case strings.HasPrefix(low, "docs/"):
		return 2 + min(depth, 7)
	}
	return 3 + min(depth, 7)
}
