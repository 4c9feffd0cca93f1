package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/frame"
	"assay/internal/verify/page"
)

// A shape is how a table is to be read.
type shape uint8

const (
	bySubject  shape = iota // a row is about what its first cell names
	byProperty              // a row is a property of what the heading names, or a metric
	byColumn                // a column is about what its head names
	byYear                  // a row is about a year
)

// row reads a row of a table.
func (sp *splitter) row(b *page.Block) {
	if b.Head == nil {
		sp.shape = sp.shapeOf(b)
		return
	}
	ctx := sp.context(b)
	ctx.row = b
	if len(b.Cells) == 0 {
		return
	}
	switch sp.shape {
	case byProperty:
		sp.property(b, ctx)
	case byColumn:
		sp.columns(b, ctx)
	default:
		sp.record(b, ctx)
	}
}

// shapeOf tells the shape of a table by its head, and by what its rows are.
func (sp *splitter) shapeOf(head *page.Block) shape {
	rows := sp.frames.At(head).Rows
	switch {
	case rows == frame.Columns:
		return byColumn
	case len(head.Cells) == 0:
		return bySubject
	case label(head.Cells[0].S) == "year":
		return byYear
	case rows == frame.Properties, frame.HeadsLabels(head.Cells[0].S):
		return byProperty
	}
	return bySubject
}

// property reads a row as a label and its value.
func (sp *splitter) property(b *page.Block, ctx statement) {
	if len(b.Cells) < 2 {
		return
	}
	ctx.labelText, ctx.labelSpan = &b.Cells[0], whole(&b.Cells[0])
	ctx.label = label(b.Cells[0].S)
	if len(b.Cells) > 2 {
		ctx.notes = &b.Cells[2]
	}
	for i := 1; i < len(b.Cells); i++ {
		if len(b.Cells) > 2 && i < len(b.Head.Cells) && isLevelHead(b.Head.Cells[i].S) {
			continue // as it was when that level was reached
		}
		st := ctx
		if i > 1 {
			st.notes = &b.Cells[1]
			if h := headOf(b, i); h != "" && h != "notes" {
				st.lead = h
			}
		}
		sp.emit(st, &b.Cells[i], whole(&b.Cells[i]))
	}
}

// isLevelHead reports whether a head is a level of maturity and little else: "Sandbox", "At
// incubation".
func isLevelHead(head string) bool { return levelOf(head) != "" && len(words(head)) <= 2 }

func headOf(b *page.Block, i int) string {
	if i >= len(b.Head.Cells) {
		return ""
	}
	return label(b.Head.Cells[i].S)
}

// columns reads a row as a label and one value for each column's subject.
func (sp *splitter) columns(b *page.Block, ctx statement) {
	ctx.labelText, ctx.labelSpan = &b.Cells[0], whole(&b.Cells[0])
	ctx.label = label(b.Cells[0].S)
	for i := 1; i < len(b.Cells) && i < len(b.Head.Cells); i++ {
		if s, ok := sp.names.Exact(b.Head.Cells[i].S); ok {
			st := ctx
			st.subject, st.named = s, true
			sp.emit(st, &b.Cells[i], whole(&b.Cells[i]))
		}
	}
}

// record reads a row about a subject or year.
func (sp *splitter) record(b *page.Block, ctx statement) {
	from := 0
	first := &b.Cells[0]
	s, ok := sp.names.Exact(first.S)
	if !ok {
		s, ok = sp.names.Exact(asideBehind.ReplaceAllString(first.S, ""))
	}
	switch {
	case sp.shape == byYear:
		ctx.year, from = strings.TrimSpace(first.S), 1
		ctx.labelText, ctx.labelSpan = first, whole(first)
	case headOf(b, 0) == "package" || headOf(b, 0) == "crate" || headOf(b, 0) == "component":
		ctx.subject, ctx.named, from = Subject{Sort: OfPackage, ID: strings.TrimSpace(first.S), Within: ctx.subject.ID, Text: first.S}, true, 1
	case ok:
		ctx.subject, ctx.named, from = s, true, 1
		ctx.labelText, ctx.labelSpan = first, whole(first)
		if sp.listsProjects(b) {
			st := ctx
			st.member, st.labelText = true, nil
			sp.emit(st, first, whole(first))
		}
	case levelOf(first.S) != "" && len(words(first.S)) <= 2:
		ctx.level, from = levelOf(first.S), 1
		ctx.subject, ctx.named = Subject{Sort: OfLevel, ID: ctx.level, Text: first.S}, true
	default:
		heading := ctx.subject
		if ctx.subject = sp.anyOf(b, heading); ctx.subject.Is(heading) {
			ctx.first = strings.TrimSpace(first.S)
		}
	}
	for i := 1; i < len(b.Cells) && ctx.first == ""; i++ {
		if headOf(b, i) == "language" {
			ctx.first = strings.TrimSpace(b.Cells[i].S)
		}
	}
	for i := from; i < len(b.Cells); i++ {
		st := ctx
		st.label = headOf(b, i)
		sp.emit(st, &b.Cells[i], whole(&b.Cells[i]))
	}
}

// asideBehind is a remark behind a name: "a/b (mirrored as a/c)".
var asideBehind = lazyregexp.New(` \([^()]*\)$`)

// others: a heading above projects that do not use the language.
var others = lazyregexp.New(`(?i)\b(?:without|traces?|not|unread|excluded|former|removed)\b`)

// listsProjects reports whether a table lists projects with their level: then to
// be in it says that they use the language.
func (sp *splitter) listsProjects(b *page.Block) bool {
	if n := len(b.Section); n > 0 && others.MatchString(b.Section[n-1].Text.S) {
		return false
	}
	for i := range b.Head.Cells {
		if l := headOf(b, i); isMaturityLabel(l) {
			return true
		}
	}
	return false
}

// anyOf is the only project that some cell of a row is the name of, else what
// the heading says.
func (sp *splitter) anyOf(b *page.Block, heading Subject) Subject {
	for i := range b.Cells {
		if s, ok := sp.names.Exact(b.Cells[i].S); ok && s.Sort == OfProject {
			return s
		}
	}
	return heading
}
