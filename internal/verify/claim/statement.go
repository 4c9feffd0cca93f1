package claim

import (
	"slices"
	"strings"
	"unicode"

	"assay/internal/lazyregexp"
	"assay/internal/verify/frame"
	"assay/internal/verify/page"
)

// A statement is a stretch of text that says something, with what it is about
// as far as its place tells.
type statement struct {
	block *page.Block
	text  *page.Text
	page.Span
	// label is what the text is said to be, in words: the head of a column, the
	// first cell of a property, "Accepted" of "Accepted: …". "" for running text.
	label     string
	labelText *page.Text
	labelSpan page.Span
	// lead is the label of what introduces the list or table.
	lead string
	// subject by row, item or heading; level by heading.
	subject Subject
	level   string
	levelBy *page.Block // what gives the level: nil for a heading
	// year by row or line.
	year string
	// notes is the cell beside the value of a table of metrics.
	notes *page.Text
	// row is the whole row of a table.
	row *page.Block
	// first is what a row is about besides its subject: the first cell where that
	// names nothing known, or the language of the row.
	first string
	// named: the subject stands beside the text, in its row or line, and not only
	// in a heading.
	named bool
	// strict: the text is a label, which speaks of the whole.
	strict bool
	// member: the text is a name in a list of projects.
	member bool
	// rest: it is a sentence behind the first of its text.
	rest bool
	// said is what is said of the sentence that the text is; nil for a value.
	said *sentence
}

// s is the text of the statement.
func (st *statement) s() string { return st.text.S[st.From:st.To] }

// part is st cut to the bytes from and to of its text.
func (st *statement) part(from, to int) *statement {
	p := *st
	p.From, p.To = st.From+from, st.From+to
	return &p
}

// A splitter turns blocks into statements.
type splitter struct {
	names   *Names
	frames  *frame.Frames
	out     []statement
	group   int     // of the code lines being read
	current Subject // of the code or items being read
	shape   shape   // of the table being read
}

func (sp *splitter) block(b *page.Block) {
	if b.Form != page.Code && b.Form != page.Item {
		sp.current = Subject{}
	}
	switch b.Form {
	case page.Row:
		sp.row(b)
	case page.Code:
		sp.line(b)
	case page.Front, page.Heading:
		sp.labelled(b, &b.Text, whole(&b.Text), sp.context(b))
	case page.Item:
		sp.item(b)
	case page.Paragraph:
		sp.paragraph(b)
	case page.Quote:
	}
}

func whole(t *page.Text) page.Span { return page.Span{From: 0, To: len(t.S)} }

// context is what the headings and the lead say.
func (sp *splitter) context(b *page.Block) statement {
	st := statement{block: b, subject: sp.frames.At(b).Subject}
	sections := b.Section
	if b.Form == page.Heading {
		sections = append(slices.Clip(sections), b)
	}
	for _, h := range sections {
		if len(h.Text.S) > longLead {
			continue
		}
		if l := levelOf(h.Text.S); l != "" && len(words(h.Text.S)) <= 4 {
			st.level = l
		}
	}
	if n := len(b.Section); n > 0 && b.Form == page.Item {
		st.lead = label(b.Section[n-1].Text.S)
	}
	sp.leads(b.Lead, &st)
	return st
}

// longLead is the length of a text that introduces nothing any more.
const longLead = 400

// leads adds what the items above an item and the paragraph before a list say:
// the nearest label, level and name.
func (sp *splitter) leads(lead *page.Block, st *statement) {
	first := true
	level, named := "", false
	for depth := 0; lead != nil && depth < 8 && len(lead.Text.S) < longLead; lead, depth = lead.Lead, depth+1 {
		text := strings.TrimSuffix(strings.TrimSpace(lead.Text.S), ":")
		s, ok := sp.frames.Heading(text)
		if m, begins := sp.begins(text); begins && !ok && !named {
			st.subject, st.named, named = m, true, true
		}
		if ok && !named {
			st.subject, st.named, named = s, true, true
		}
		if first && !ok {
			if m := plainLabel.FindStringSubmatch(text); m != nil && len(words(m[1])) <= 4 {
				text = m[1]
			}
			st.lead = label(text)
		}
		first = false
		if l := levelOf(text); l != "" && level == "" && len(words(text)) <= 4 {
			level, st.level, st.levelBy = l, l, lead
		}
	}
}

// begins is the project that a text begins with, before a colon or dash.
func (sp *splitter) begins(text string) (Subject, bool) {
	found := sp.names.In(text)
	if len(found) == 0 || found[0].From > 0 || found[0].Sort != OfProject || !separated.MatchString(text[found[0].To:]) {
		return Subject{}, false
	}
	return found[0].Subject, true
}

var separated = lazyregexp.New(`^\s*(?:[:–—(,]|- )`)

// label makes a label comparable: words in small letters, also those of
// "linesOfRust" and "lines_of_rust".
func label(s string) string {
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	if s != "" && s[0] >= 'a' && s[0] <= 'z' && !strings.Contains(s, " ") {
		s = digits.ReplaceAllString(humps.ReplaceAllString(s, "$1 $2"), "$1 $2")
	}
	var all []string
	for _, w := range wordSpans(s) {
		for w.To < len(s) && strings.IndexByte("+#", s[w.To]) >= 0 && unicode.IsLetter(rune(s[w.From])) {
			w.To++ // "C++", "F#"
		}
		all = append(all, strings.ToLower(s[w.From:w.To]))
	}
	return strings.Join(all, " ")
}

var digits = lazyregexp.New(`([a-z]{3})(\d)`)

var humps = lazyregexp.New(`([a-z\d])([A-Z])`)

var (
	// boldLabel: a bold text that ends in a colon, or stands before one.
	plainLabel = lazyregexp.New(`^\s*["']?([\pL][\pL\d /().'&_-]{0,40}?)["']?\s*(?::|：|=|\s[–—-]\s)\s*`)
	keyLabel   = lazyregexp.New(`^\s*(?:[-*]\s*)?["']?([\pL][\pL\d /().'&_-]{0,40}?)["']?\s*[:=]\s*`)
)

// paragraph splits a paragraph at its bold labels, or takes it whole.
func (sp *splitter) paragraph(b *page.Block) {
	ctx := sp.context(b)
	t := &b.Text
	labels := boldLabels(t)
	if len(labels) == 0 {
		sp.labelled(b, t, whole(t), ctx)
		return
	}
	if labels[0].From > 0 {
		sp.emit(ctx, t, page.Span{From: 0, To: labels[0].From})
	}
	for i, l := range labels {
		to := len(t.S)
		if i+1 < len(labels) {
			to = labels[i+1].From
		}
		st := ctx
		st.labelText, st.labelSpan = t, l
		sp.named(&st, strings.TrimSuffix(t.Of(l), ":"))
		value := page.Span{From: l.To, To: to}
		for value.From < value.To && strings.IndexByte(": \t", t.S[value.From]) >= 0 {
			value.From++
		}
		sp.emit(st, t, value)
	}
}

// boldLabels are the bold texts that end in a colon or question mark or stand
// before a colon.
func boldLabels(t *page.Text) []page.Span {
	var found []page.Span
	for _, s := range t.Bold {
		text := t.Of(s)
		ends := strings.HasSuffix(text, ":") || strings.HasSuffix(text, "?") || strings.HasPrefix(t.S[s.To:], ":")
		if ends && len(words(text)) > 0 && len(text) < 60 && !startsWithDigit(text) {
			found = append(found, s)
		}
	}
	return found
}

func startsWithDigit(s string) bool { return s != "" && isDigit(s[0]) }

// item reads an item of a list.
func (sp *splitter) item(b *page.Block) {
	ctx := sp.context(b)
	t := &b.Text
	if s, ok := sp.frames.Heading(t.S); ok && labels[label(s.Text)] == nil && len(words(t.S)) <= len(words(s.Text))+3 {
		ctx.subject, ctx.named = s, true
		sp.emit(ctx, t, whole(t))
		return
	}
	if s, to, ok := sp.opening(t); ok {
		s = s.In(ctx.subject.ID)
		ctx.subject, ctx.named = s, true
		sp.emit(ctx, t, page.Span{From: to, To: len(t.S)})
		return
	}
	if len(boldLabels(t)) > 0 {
		sp.paragraph(b)
		return
	}
	sp.labelled(b, t, whole(t), ctx)
}

// opening is the subject that an item begins with: "**weaver** - …",
// "TiKV: …", "Linkerd — …".
func (sp *splitter) opening(t *page.Text) (Subject, int, bool) {
	found := sp.names.In(t.S)
	if len(found) == 0 || strings.TrimSpace(strings.Trim(t.S[:found[0].From], `"'`)) != "" {
		if len(t.Bold) == 0 || t.Bold[0].From != 0 {
			return Subject{}, 0, false
		}
		s, ok := sp.names.Exact(strings.TrimSuffix(t.Of(t.Bold[0]), ":"))
		return s, t.Bold[0].To, ok
	}
	m := found[0]
	if labels[label(m.Text)] != nil {
		return Subject{}, 0, false
	}
	rest := strings.TrimLeft(t.S[m.To:], `"' `)
	at := len(t.S) - len(rest)
	for _, sep := range []string{":", "–", "—", "-", "(", ","} {
		if strings.HasPrefix(rest, sep) {
			if sep == "(" {
				return m.Subject, at, true
			}
			return m.Subject, at + len(sep), true
		}
	}
	return Subject{}, 0, false
}

// labelled reads a text that may begin with a label.
func (sp *splitter) labelled(b *page.Block, t *page.Text, s page.Span, ctx statement) {
	re := plainLabel
	if b.Form == page.Code || b.Form == page.Front {
		re = keyLabel
	}
	m := re.FindStringSubmatchIndex(t.Of(s))
	if m == nil || b.Form == page.Heading || !isLabel(b, t.S[s.From+m[2]:s.From+m[3]]) {
		sp.emit(ctx, t, s)
		return
	}
	ctx.labelText, ctx.labelSpan = t, page.Span{From: s.From + m[2], To: s.From + m[3]}
	sp.named(&ctx, t.Of(ctx.labelSpan))
	sp.emit(ctx, t, page.Span{From: s.From + m[1], To: s.To})
}

// named takes the label of a statement: what it is about where that is a project,
// else what is said.
func (sp *splitter) named(st *statement, text string) {
	st.label = label(text)
	if s, ok := sp.names.Exact(text); ok && s.Sort == OfProject && labels[st.label] == nil {
		st.subject, st.named, st.label = s, true, ""
	}
}

// isLabel reports whether what stands before a colon is a label, and not the
// beginning of a sentence.
func isLabel(b *page.Block, text string) bool {
	most := 6
	if b.Form == page.Paragraph {
		most = 3
	}
	return len(words(text)) <= most && !verbs.MatchString(text)
}

var saysPure = lazyregexp.New(`(?i)^pure \pL+:?$`)

var verbs = lazyregexp.New(`(?i)\b(?:is|are|was|were|has|have|had|get|gets|says?)\b`)

// emit adds a statement, and before it one for a label that says something
// itself: "Rust components (143+ Cargo.toml files)", "Pure Rust".
func (sp *splitter) emit(st statement, t *page.Text, s page.Span) {
	if st.labelText != nil && st.labelText == t && (saysPure.MatchString(t.Of(st.labelSpan)) || len(tokens(t.Of(st.labelSpan))) > 0) {
		own := st
		own.label, own.lead, own.labelText = "", "", nil
		own.text, own.Span, own.strict = t, st.labelSpan, true
		sp.out = append(sp.out, own)
	}
	st.text, st.Span = t, s
	if s.From > s.To {
		return // marks that overlap leave nothing between them
	}
	sp.out = append(sp.out, st)
}

var yearLine = lazyregexp.New(`^\s*(?:[-*]\s*)?["']?(20\d\d|19\d\d)["']?\s*(?::|—|–|-|\|)\s*`)

// line reads a line of a code block: a key and its value, a year and what
// happened in it, or the name of what the following lines are about.
func (sp *splitter) line(b *page.Block) {
	if b.Group != sp.group {
		sp.group, sp.current = b.Group, Subject{}
	}
	if b.Info == "mermaid" {
		return // figures of a chart, which have no label
	}
	ctx := sp.context(b)
	if sp.current.Sort != OfAll {
		ctx.subject, ctx.named = sp.current, true
	}
	t := &b.Text
	if m := yearLine.FindStringSubmatchIndex(t.S); m != nil {
		ctx.year = t.S[m[2]:m[3]]
		ctx.labelText, ctx.labelSpan = t, page.Span{From: m[2], To: m[3]}
		sp.emit(ctx, t, page.Span{From: m[1], To: len(t.S)})
		return
	}
	if s, ok := sp.opens(t.S); ok {
		sp.current = s
		return
	}
	sp.labelled(b, t, whole(t), ctx)
}

var nameKey = lazyregexp.New(`(?i)^\s*(?:[-*{]\s*)*["']?(?:name|project|id|repo(?:sitory)?)["']?\s*[:=]\s*["']?([^"',{}]+?)["']?\s*,?\s*$`)

// opens is the subject that a line names for those that follow: "Linkerd:",
// `"TiKV": {`, `name: Akri`, "[kube-rs]".
func (sp *splitter) opens(line string) (Subject, bool) {
	if m := nameKey.FindStringSubmatch(line); m != nil {
		if s, ok := sp.names.Exact(m[1]); ok && s.Sort == OfProject {
			return s, true
		}
	}
	bare := strings.Trim(line, " \t\"'{}[],:-*#=")
	if s, ok := sp.names.Exact(bare); ok {
		return s, true
	}
	return Subject{}, false
}
