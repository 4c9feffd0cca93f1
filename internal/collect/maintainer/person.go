package maintainer

import (
	"strings"
	"unicode"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

// handleShape is what a forge allows as the name of an account, or of a team
// as organisation/team.
var handleShape = lazyregexp.New(`^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,60})?$`)

// profile is the address of an account's page.
var profile = lazyregexp.New(`^https?://(?:www\.)?(?:github|gitlab)\.com/([A-Za-z0-9][A-Za-z0-9_-]{0,38})/?$`)

// handleOf makes a handle of the value of a field: with or without '@', or the
// address of a profile. Anything else gives "".
func handleOf(s string) string {
	s = strings.Trim(s, " \"'`<>[]()")
	if m := profile.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	for _, prefix := range []string{"@", "github.com/", "https://github.com/"} {
		s = strings.TrimPrefix(s, prefix)
	}
	if !handleShape.MatchString(s) || strings.HasPrefix(s, "orgs/") || sample.MatchString(s) || markup.HasMail(s) {
		return ""
	}
	return s
}

// sample matches what templates have in place of an account.
var sample = lazyregexp.New(`(?i)^(user-?name|(your|my)?[-_]?(github[-_]?)?(handle|id|user(name)?|account)|githubhandle|github|none|n-a|tbd|todo)$`)

// mention matches a handle in running text.
var mention = lazyregexp.New(`(^|[\s(\[/,<|])@([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,60})?)`)

// handleIn is the handle that a table's cell holds; "" for none or several.
func handleIn(in *markup.Inline) string {
	found := handles(in)
	if len(found) == 1 {
		return found[0].handle
	}
	if len(found) > 1 {
		return ""
	}
	return handleOf(markup.Flat(in.Text))
}

// A handleAt is a handle and where the text has it.
type handleAt struct {
	start, end int
	handle     string
	text       string // of the link, when it is not the handle
}

// handles finds the handles of a text: "@name" and links to profiles, in the
// order of the text, each once.
func handles(in *markup.Inline) []handleAt {
	var found []handleAt
	for _, l := range in.Links {
		if m := profile.FindStringSubmatch(l.URL); m != nil && l.Start < l.End {
			h := handleAt{start: l.Start, end: l.End, handle: m[1]}
			if t := markup.Flat(in.Text[l.Start:l.End]); !strings.HasPrefix(t, "@") && t != m[1] && !strings.Contains(t, "//") {
				h.text = t
			}
			found = append(found, h)
		}
	}
	for _, m := range mention.FindAllStringSubmatchIndex(in.Text, limit.TextPipes) {
		h := handleAt{start: m[4] - 1, end: m[5], handle: in.Text[m[4]:m[5]]}
		inside := false
		for _, f := range found {
			inside = inside || h.start >= f.start && h.start < f.end
		}
		if !inside && !sample.MatchString(h.handle) && !markup.HasMail(h.handle) {
			found = append(found, h)
		}
	}
	if len(found) == 0 {
		for _, m := range labelled.FindAllStringSubmatchIndex(in.Text, limit.TextPipes) {
			found = append(found, handleAt{start: m[0], end: m[1], handle: in.Text[m[2]:m[3]]})
		}
	}
	sortByStart(found)
	out := found[:0]
	for _, h := range found {
		if k := len(out); k > 0 && strings.EqualFold(out[k-1].handle, h.handle) {
			out[k-1].end = h.end
			continue
		}
		out = append(out, h)
	}
	return out
}

// labelled matches an account after the name of its forge.
var labelled = lazyregexp.New(`(?i)[(\[<,]\s*(?:github|gitlab|gh)(?:\.com/|(?:[ -]?(?:id|user(?:name)?|handle|account))?\s*[:=]\s*)@?([a-z0-9](?:[a-z0-9_-]{0,38}))\s*[)\]>]?`)

func sortByStart(h []handleAt) {
	for i := 1; i < len(h); i++ { // few, and nearly sorted
		for j := i; j > 0 && h[j].start < h[j-1].start; j-- {
			h[j], h[j-1] = h[j-1], h[j]
		}
	}
}

// personsIn reads the people that an item or a line names: each handle with
// the name that stands before it, or a name followed by an address.
func (m *maintainerReader) personsIn(in *markup.Inline) []fact.Maintainer {
	text := in.Text
	found := handles(in)
	if len(found) == 0 {
		return namedOnly(in, m.ofPeople())
	}
	var out []fact.Maintainer
	from := 0
	for i, h := range found {
		before := markup.Flat(text[min(from, h.start):h.start])
		from = h.end
		p := fact.Maintainer{Handle: h.handle, Line: in.Line(h.start)}
		if h.text != "" {
			if prose.MatchString(before) {
				continue
			}
			linked(&p, h, text[:h.start])
		} else if !written(&p, h, before, text, in) {
			continue
		}
		if h.text != "" && !personName(p.Name) {
			continue // a link to an organisation, or "see here"
		}
		if p.Organisation == "" && i == len(found)-1 {
			p.Organisation = affiliation(strings.TrimLeft(markup.Flat(text[h.end:]), ")]> "), h.handle)
		}
		out = append(out, inRole(p))
	}
	return out
}

// prose matches what running text has before somebody whom it mentions: "Thanks to".
var prose = lazyregexp.New(`(?i)\b(thanks?|thank you|kudos|credits?|ask|ping|contact|see|by|to|from|with|via|cc|inspired|based|like|join|follow)\W*$`)

// linked takes the name that is the text of a link.
func linked(p *fact.Maintainer, h handleAt, before string) {
	p.Name = h.text
	if strings.HasSuffix(before, "~~") {
		p.Duty = fact.DutyEmeritus // struck through
	}
}

// written takes the name that stands before an account, and says whether there may be
// one: not in running text that mentions somebody.
func written(p *fact.Maintainer, h handleAt, before, text string, in *markup.Inline) bool {
	name, rest := splitName(conjunction.ReplaceAllString(before, ""))
	if strings.TrimFunc(name, notLetter) != "" && !personName(name) {
		return false
	}
	if markup.Words(name) == 1 && markup.Words(text[h.end:]) >= 3 {
		return false // "Ask @somebody for help"
	}
	p.Name, p.Organisation = name, affiliation(rest, h.handle)
	if at := strings.Index(text, name); name != "" && at >= 0 && at < h.start {
		p.Line = in.Line(at)
	}
	return true
}

// inRole takes what stands where an employer would for a role when it is one.
func inRole(p fact.Maintainer) fact.Maintainer {
	if !isRole.MatchString(p.Organisation) {
		return p
	}
	p.Role, p.Organisation = p.Organisation, ""
	p.Duty, _ = dutyOf(p.Role, false)
	return p
}

const roleWord = `(?:(?:project|tech(?:nical)?|team|core|super|lead|senior|software|chief|co)[ -]?)*(?:leads?|leaders?|maintainers?|reviewers?|approvers?|owners?|committers?|authors?|creator|founder|emeritus|bdfl|manager|chair|admin|developers?|engineers?|architects?|cto|ceo)`

var isRole = lazyregexp.New(`(?i)^\W*` + roleWord + `(?:\s*(?:and|&|/|,)\s*` + roleWord + `)*\W*$`)

// namedOnly reads a person without a handle. An address that was there makes
// it sure; without one, "Name (Organisation)" is needed, in a place for people.
func namedOnly(in *markup.Inline, people bool) []fact.Maintainer {
	name, rest := splitName(markup.Flat(in.Text))
	if !personName(name) || strings.ContainsAny(name, "0123456789") {
		return nil
	}
	org := bracketed(rest, "")
	if org == "" {
		org = affiliation(rest, "")
	}
	if !in.Mail && (!people || org == "" || markup.Words(name) < 2) {
		return nil
	}
	return []fact.Maintainer{inRole(fact.Maintainer{Name: name, Organisation: org, Line: in.Line(0)})}
}

// splitName divides a text into the name it starts with, after a "label: ",
// and the rest.
func splitName(s string) (name, rest string) {
	s = nickname.ReplaceAllString(strings.TrimLeftFunc(s, notLetter), "$1 $2")
	if i := strings.LastIndex(s, ": "); i >= 0 {
		s = s[i+2:]
	}
	end := len(s)
	for _, sep := range []string{"(", "<", "[", ",", ";", " - ", " – ", " — ", " -- ", "|", " / ", ":", "  "} {
		if i := strings.Index(s[:end], sep); i >= 0 {
			end = i
		}
	}
	return strings.TrimSpace(s[:end]), s[end:]
}

// conjunction matches what joins a person to the one before.
var conjunction = lazyregexp.New(`^[\s,;&]*(?:and|&)\s+`)

// nickname matches one within a name: "Ann (Annie) Example".
var nickname = lazyregexp.New(`^(\p{Lu}\p{L}+) \(\p{Lu}\p{L}+\) (\p{Lu}\p{L}+)`)

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// bracketed is what stands in the first brackets of s, unless it is the handle
// or no name.
func bracketed(s, handle string) string {
	_, s, found := strings.Cut(s, "(")
	if !found {
		return ""
	}
	s, _, _ = strings.Cut(s, ")")
	s = strings.Trim(s, " /,")
	s = strings.TrimPrefix(s, "@")
	if s == "" || strings.EqualFold(s, handle) || markup.Words(s) > 6 || strings.ContainsAny(s, "@<>") || strings.Contains(s, "//") {
		return ""
	}
	return s
}

// affiliation is a short name after a comma, a dash or in brackets.
func affiliation(s, handle string) string {
	if b := bracketed(s, handle); b != "" {
		return b
	}
	s = strings.TrimSpace(s)
	for _, sep := range []string{",", "-", "–", "—", "|", "/"} {
		if rest, found := strings.CutPrefix(s, sep); found {
			rest = strings.Trim(rest, " -–—,|")
			if i := strings.IndexAny(rest, ",(|<"); i >= 0 {
				rest = strings.TrimSpace(rest[:i])
			}
			if rest != "" && markup.Words(rest) <= 4 && startsUpper(rest) && !strings.HasSuffix(rest, ".") {
				return rest
			}
			return ""
		}
	}
	return ""
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r) || unicode.IsDigit(r) || r > 0x7f && unicode.IsLetter(r)
	}
	return false
}

// personName reports whether s looks like the name of a person: one to five
// words, all of them capitalised but for particles.
func personName(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 6 || len(s) > limit.RowName || strings.ContainsAny(s, "<>{}=@#/\\") {
		return false
	}
	capitals := 0
	for _, f := range fields {
		f = strings.Trim(f, "\"'“”‘’().,`")
		switch strings.ToLower(f) {
		case "see", "the", "this", "please", "all", "for", "to", "and", "or", "github", "email", "project", "current", "if", "every", "team", "maintainers", "list", "note", "under", "in", "by", "with", "from", "at", "on", "is", "are", "has", "have", "be", "organization", "organisation", "repository", "community", "group", "page", "file", "document", "teams", "scope",
			"thanks", "thank", "special", "kudos", "contact", "ask", "ping", "via", "cc", "mailing", "council", "office", "security", "support", "info":
			return false
		case "de", "da", "do", "dos", "del", "der", "den", "di", "du", "la", "le", "van", "von", "bin", "ibn", "al", "el", "y", "e", "ter", "ten", "of", "":
			continue
		}
		if startsUpper(f) {
			capitals++
		} else if len(fields) > 3 {
			return false
		}
	}
	return capitals > 0 || len(fields) == 2
}
