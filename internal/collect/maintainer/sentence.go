package maintainer

import (
	"strings"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/markup"
)

// A sentence names people of the project where its subject is the project, or a role
// without more: "The upstream kernel is maintained by Linus" and "He is the maintainer of
// the kernel" are about another.
const (
	thing = `(?:projects?|repositor(?:y|ies)|repo|packages?|tool|library|codebase|code|software|module|plugin|operator|charm|action|crate|chart|site|website)`
	own   = `(?:it|(?:this|the|our)(?: (?:whole|entire|open[ -]source|github|git))? ` + thing + `)`
	roles = `(?:(?:project|technical|tech|team|current|sole|primary|main|lead|only|core|overall)[ -]+)*(?:lead|leader|maintainer|owner|bdfl)s?`
)

var (
	// ledBy matches what comes before the people of a sentence that names them: "The
	// project lead is", "It is maintained by".
	ledBy = lazyregexp.New(`(?i)^\W*(?:at the moment,? |at present,? |currently,? )?(?:` +
		`(?:(?:the|our|its|this project's|the project's|one of (?:the|our)) )?` + roles + `(?: (?:of|for|in) ` + own + `)?,? (?:is|are)(?: currently| at the moment)?` +
		`|` + own + `,? (?:is|are)(?: currently| primarily| mainly| actively)? (?:maintained|led|lead|managed|owned|run)(?: primarily| mainly)? by` +
		`)[: ]+(?:currently |the following (?:people|persons): ?)?`)
	// leads matches what comes after them: "… is the project lead".
	leads    = lazyregexp.New(`(?i)^\W*(?:is|are) (?:currently )?(?:the |a |an )?` + roles + `(?: (?:of|for) ` + own + `)?(?: (?:and|as well as) [\w ]{1,60})?\W*$`)
	fullname = lazyregexp.New(`^(?:\p{Lu}[\p{L}'’.-]*[ ]){1,3}\p{Lu}[\p{L}'’-]+`)
	denies   = lazyregexp.New(`(?i)\b(not|no longer|never|neither|nobody|until|upstream|originally|was|were|if|unless|should|may|might|must|can|will|would)\b`)
	joint    = lazyregexp.New(`^(?:,? and |, )`)
	joins    = lazyregexp.New(`^[\s,()&]*(?:and)?[\s,()&]*$`)
)

// sentence takes the people of a sentence that names those who lead or maintain. It
// reports whether there is one.
func (m *maintainerReader) sentence(in *markup.Inline) bool {
	some := false
	for _, span := range markup.Sentences(in.Text) {
		part := in.Part(span.Start, span.End)
		text := markup.Flat(part.Text)
		if markup.Words(text) < 4 || markup.Words(text) > 40 || gone(text) || denies.MatchString(text) {
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
	for text := markup.Flat(in.Text); !some || at > 0; {
		name := nameAt(text[at:])
		if name == "" || len(handles(in)) > 0 || !afterName.MatchString(text[at+len(name):]) {
			break
		}
		m.named(fact.Maintainer{Name: name, Line: in.Line(at)})
		some, at = true, at+len(name)
		joint := joint.FindString(text[at:])
		if joint == "" {
			break
		}
		at += len(joint)
	}
	return some
}

// afterName matches what can come after a name that nothing else shows to be one.
var afterName = lazyregexp.New(`^(?:$|[.,;(]|\s+(?:\(|at|from|and|with|of|as|who)\b)`)

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
