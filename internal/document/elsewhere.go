package document

import (
	"sort"
	"strings"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/markup"
)

// Silence says of a text that gave nothing why that is, as far as it can be told:
// what it would hold is elsewhere, or nobody has filled it in. Else the cause is
// unknown. The path is left to the caller.
func (s *Subject) Silence(data []byte, blocks []markup.Block) fact.UnreadDocument {
	if len(strings.TrimSpace(string(data))) == 0 {
		return fact.UnreadDocument{Cause: fact.CausePlaceholder, Why: "it is empty"}
	}
	if line, target := s.elsewhere(blocks); target != "" {
		return fact.UnreadDocument{Line: line, Target: target, Cause: fact.CauseElsewhere, Why: "it says that the list is elsewhere"}
	}
	if unfilled(blocks) {
		return fact.UnreadDocument{Cause: fact.CausePlaceholder, Why: "it is a template that nobody has filled in"}
	}
	return fact.UnreadDocument{}
}

// elsewhere finds where a text sends its readers for the list: a link that is about
// the subject, else one in a sentence that sends them.
func (s *Subject) elsewhere(blocks []markup.Block) (line int, target string) {
	rank := 3
	take := func(r, n int, to string) {
		if to != "" && r < rank && !aboutWork.MatchString(to) {
			rank, line, target = r, n, to
		}
	}
	sent := false // the paragraph before ends in a colon, and sends its readers
	for i := range blocks {
		b := &blocks[i]
		if m := included.FindStringSubmatch(b.Text); m != nil {
			take(0, b.Line(0), placeOfLink(m[1]+m[2]))
		}
		if b.Kind == markup.Indented && sent {
			take(1, b.Line(0), placeOfLink(strings.TrimSpace(b.Text)))
		}
		for _, in := range b.Inlines() {
			sends := sendingParts(in)
			for _, l := range in.Links {
				switch {
				case l.Start == l.End: // a picture
				case s.links(in, l):
					take(0, in.Line(l.Start), placeOfLink(l.URL))
				case sent || within(sends, l.Start):
					take(1, in.Line(l.Start), placeOfLink(l.URL))
				}
			}
		}
		text := markup.Flat(b.Text)
		sent = b.Kind == markup.Paragraph && sending.MatchString(text) && !inviting.MatchString(text) && openEnd.MatchString(text)
	}
	return line, target
}

// sendingParts are the sentences of a text that send its readers elsewhere.
func sendingParts(in *markup.Inline) (spans []markup.Span) {
	if len(in.Links) == 0 {
		return nil
	}
	for _, span := range markup.Sentences(in.Text) {
		if s := in.Text[span.Start:span.End]; sending.MatchString(s) && !inviting.MatchString(s) {
			spans = append(spans, span)
		}
	}
	return spans
}

// within reports whether an offset lies in one of the spans, which are in order.
func within(spans []markup.Span, at int) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].End > at })
	return i < len(spans) && spans[i].Start <= at
}

var (
	openEnd = lazyregexp.New(`(?i)(:|\b(in|at|here))\s*$`)
	// included matches a text whose only words are a directive that takes in another
	// file, or the path of one: what a symbolic link is where there are none.
	included = lazyregexp.New(`^\s*(?:\{[%{]-?\s*#?include[a-z_-]*\s+["'“”]?([A-Za-z0-9._/-]+)["'“”]?\s*-?[%}]\}|((?:\.\./)+[A-Za-z0-9._/-]+))\s*$`)
	sending  = lazyregexp.New(`(?i)\b(see|refer|moved|listed|lists?|found|find|visit|defined|managed|maintained|available|located|canonical|up-to-date|go to|check|adopted by|used by|published|tracked|recorded|kept)\b`)
	// aboutWork matches addresses for those who write the list, or talk.
	aboutWork = lazyregexp.New(`(?i)/(issues|pulls?|edit|new|compare|discussions)(/|$)|contributing|code[-_]of[-_]conduct|governance\.md|security\.md|\bslack\b|aka\.ms|\bdiscord\b|\btwitter\b|^https?://x\.com|mailto:|shields\.io|\.(png|svg|jpe?g|gif)$|docs\.github\.com|git\.k8s\.io|go\.k8s\.io`)
)

// unfilled reports whether a text has nothing but titles, what the list is for, and
// how to put oneself on it: no row, no item outside of instructions.
func unfilled(blocks []markup.Block) bool {
	asks := false
	for i := range blocks {
		b := &blocks[i]
		switch b.Kind {
		case markup.Row:
			for _, c := range b.Cells {
				if s := markup.Clean(c.Text); s != "" && !Placeholder(s) || len(c.Images) > 0 {
					return false
				}
			}
			asks = true
		case markup.Item:
			if s := markup.Clean(b.Text); !Placeholder(s) && !inviting.MatchString(s) {
				return false
			}
		case markup.Paragraph, markup.Heading:
			asks = asks || Placeholder(markup.Clean(b.Text)) || inviting.MatchString(b.Text)
		}
	}
	return asks || len(blocks) == 0 || onlyTitles(blocks)
}

// onlyTitles reports whether a text has headings alone.
func onlyTitles(blocks []markup.Block) bool {
	for i := range blocks {
		if blocks[i].Kind != markup.Heading {
			return false
		}
	}
	return true
}

var inviting = lazyregexp.New(`(?i)\b(add (your|yourself|the|a|an)|open (a|an) (pr|pull request|issue)|pull request|send (us )?a pr|to be (added|listed)|coming soon|to be (done|determined|announced|defined)|be the first|no (adopters|users|maintainers) (yet|so far)|none (yet|so far)|tbd|todo|work in progress|let us know|contact us|get in touch|reach out|[eE]xample (organi[sz]ation|company))\b`)
