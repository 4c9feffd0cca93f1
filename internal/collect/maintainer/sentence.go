package maintainer

import (
	"regexp"
	"strings"

	"assay/internal/fact"
	"assay/internal/markup"
)

var (
	// ledBy matches what comes before the people of a sentence that names them: "The
	// project lead is", "It is maintained by".
	ledBy = regexp.MustCompile(`(?i)\b(?:(?:(?:project|technical|tech|team|current|sole|primary|main|lead|only|core)[ -]+)*(?:lead|leader|maintainer|owner|bdfl)s?\b[^.:;,@]{0,40}?\b(?:is|are)|(?:is|are|currently) (?:\w+ )?(?:maintained|led|lead|managed|owned|run)(?: primarily| mainly)? by)[: ]+(?:currently )?`)
	// leads matches what comes after them: "… is the project lead".
	leads    = regexp.MustCompile(`(?i)^\W*(?:is|are) (?:currently )?(?:the |a |an )?(?:(?:project|technical|tech|team|current|sole|primary|main|lead|core)[ -]+)*(?:lead|leader|maintainer|owner|bdfl)s?\b`)
	fullname = regexp.MustCompile(`^(?:\p{Lu}[\p{L}'’.-]*[ ]){1,3}\p{Lu}[\p{L}'’-]+`)
	joins    = regexp.MustCompile(`^[\s,()&]*(?:and)?[\s,()&]*$`)
)

// sentence takes the people of a sentence that names those who lead or maintain. It
// reports whether there is one.
func (m *maintainerReader) sentence(in *markup.Inline) bool {
	some := false
	for _, span := range markup.Sentences(in.Text) {
		part := in.Part(span.Start, span.End)
		text := markup.Flat(part.Text)
		if markup.Words(text) < 4 || markup.Words(text) > 40 || gone(text) {
			continue
		}
		if at := ledBy.FindStringIndex(text); at != nil {
			rest := part.Part(at[1], len(part.Text))
			some = m.firstPeople(&rest) || some
		} else if name := nameAt(text); name != "" && leads.MatchString(afterAccount(text[len(name):])) {
			p := fact.Maintainer{Name: name, Line: part.Line(0)}
			if found := handles(&part); len(found) > 0 {
				p.Handle = found[0].handle
			}
			some = true
			m.named(p)
		}
	}
	return some
}

// firstPeople takes the people that a text begins with, joined by commas and "and".
func (m *maintainerReader) firstPeople(in *markup.Inline) bool {
	at, some := 0, false
	for _, h := range handles(in) {
		before := strings.Trim(markup.Flat(in.Text[at:max(at, h.start)]), " ,()")
		before = strings.TrimPrefix(before, "and ")
		p := fact.Maintainer{Handle: h.handle, Name: h.text, Line: in.Line(h.start)}
		if p.Name == "" && fullName(before) {
			p.Name = before
		} else if !joins.MatchString(before) {
			return some
		}
		at, some = h.end, true
		m.named(p)
	}
	if name := nameAt(markup.Flat(in.Text)); !some && name != "" {
		m.named(fact.Maintainer{Name: name, Line: in.Line(0)})
		return true
	}
	return some
}

// nameAt is the full name that a text begins with, "" for none.
func nameAt(s string) string {
	name := fullname.FindString(s)
	if !fullName(name) {
		return ""
	}
	return name
}

// afterAccount leaves out the account in brackets that follows a name.
func afterAccount(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "(") {
		if _, rest, found := strings.Cut(s, ")"); found {
			return rest
		}
	}
	return s
}
