package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"assay/internal/fact"
	"assay/internal/limit"
)

// A pointer is a section or link of a README that is about something which
// this package reads from files of its own. What a section says is not read:
// README texts mix such lists with prose.
type pointer struct {
	Kind   fact.DocumentKind `json:"k"`
	Line   int               `json:"n"`
	Target string            `json:"t,omitempty"` // web address or path, "" when it points nowhere
	Why    string            `json:"w"`
}

// A subject recognises the sections and links about one kind of document, by
// their titles (as titleOf gives them) and by the files that links lead to.
type subject struct {
	kind             fact.DocumentKind
	section, caption *regexp.Regexp
	target           *regexp.Regexp
}

// subjects are what a README is searched for. Titles must say it themselves:
// "users" alone heads a list of users, "for users" and "user guide" do not.
var subjects = []subject{
	{
		fact.DocumentAdopters,
		regexp.MustCompile(`^(the |our )?adopters\b|^(\S+ ){0,3}adopters$|^(production )?adoption$|^who( s| is| are)? us(es|ing)\b|^used by$` +
			`|^((the|our|known|current|notable|prominent|featured|production|prominent \S+|(partners|integrations|customers) and( production)?) )?users$` +
			`|^(projects|products|companies|organi[sz]ations|people|teams) (that |who |which )?(are )?us(e|es|ing)\b|^trusted (by|in production)\b`),
		regexp.MustCompile(`^(\S+ ){0,3}adopters( list| file| page)?$|^list of (\S+ )?adopters$|^who( s| is| are)? us(es|ing)\b`),
		regexp.MustCompile(`(?i)(^|/)adopters(\.[a-z]+)?$`),
	},
	{
		fact.DocumentMaintainers,
		regexp.MustCompile(`^((the|our|project|core|current|active|lead|repository|code) )?maintainers$|^(approvers|committers|owners|governance) and maintainers$` +
			`|^maintainers and (approvers|committers|owners|governance|contributors)$`),
		regexp.MustCompile(`^((the|our|project|core|current) )?maintainers( list| file)?$|^list of (\S+ )?maintainers$`),
		regexp.MustCompile(`(?i)(^|/)maintainers(\.[a-z]+)?$`),
	},
	{
		fact.DocumentSecurity,
		regexp.MustCompile(`^security (policy|vulnerabilit(y|ies)|disclosures?|reports?|reporting|contacts?)$|^vulnerability (reporting|reports?|disclosure)\b` +
			`|^report(ing)? (a |an )?(security|vulnerabilit)`),
		regexp.MustCompile(`^((the|our) )?(security|vulnerability)( disclosure| reporting| response)? (policy|process)$`),
		regexp.MustCompile(`(?i)(^|/)(security\.[a-z]+|security/policy)$`),
	},
}

// titleOf is a title in small letters, with nothing but words: pictures,
// their names (":handshake:") and punctuation are left out.
func titleOf(text string) string {
	text = pictureName.ReplaceAllString(strings.ReplaceAll(clean(text), "&", " and "), " ")
	text = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '.' {
			return unicode.ToLower(r)
		}
		return ' '
	}, text)
	return strings.Trim(strings.Join(strings.Fields(text), " "), "-. ")
}

var pictureName = regexp.MustCompile(`:[a-z_]+:`)

// pointersIn finds the sections and links of a README that are about one of
// the subjects.
func pointersIn(blocks []block) []pointer {
	var out []pointer
	for _, s := range subjects {
		for i := 0; i < len(blocks) && len(out) < limit.ReadmePointers; i++ {
			if s.heads(&blocks[i]) {
				end := sectionEnd(blocks, i)
				out = append(out, s.sectionAt(blocks[i:end]))
				i = end - 1
				continue
			}
			out = append(out, s.linksOf(&blocks[i])...)
		}
	}
	return oncePerTarget(out[:min(len(out), limit.ReadmePointers)])
}

// linksOf are the links of a block that are about the subject.
func (s *subject) linksOf(b *block) []pointer {
	var out []pointer
	for _, in := range b.inlines() {
		for _, l := range in.links {
			if s.links(in, l) {
				out = append(out, pointer{s.kind, in.line(l.start), placeOfLink(l.url), "a link, which is not followed"})
			}
		}
	}
	return out
}

// oncePerTarget keeps the first of the pointers that lead to one place.
func oncePerTarget(all []pointer) []pointer {
	type goal struct {
		kind   fact.DocumentKind
		target string
	}
	seen := map[goal]bool{}
	return slices.DeleteFunc(all, func(p pointer) bool {
		at := goal{p.Kind, p.Target}
		again := p.Target != "" && seen[at]
		seen[at] = true
		return again
	})
}

// inlines are the texts of a block.
func (b *block) inlines() []*inline {
	if b.kind != row {
		return []*inline{&b.inline}
	}
	var all []*inline
	for i := range b.cells {
		all = append(all, &b.cells[i])
	}
	return all
}

func (s *subject) heads(b *block) bool {
	return b.kind == heading && !b.quoted && words(b.text) <= 10 && s.section.MatchString(titleOf(b.text))
}

// links reports whether l is about the subject, by its text or where it leads.
func (s *subject) links(in *inline, l link) bool {
	path, _, _ := strings.Cut(l.url, "#")
	path, _, _ = strings.Cut(path, "?")
	caption := in.text[l.start:l.end]
	return !strings.HasPrefix(l.url, "#") && (s.target.MatchString(strings.TrimSuffix(path, "/")) ||
		words(caption) <= 8 && s.caption.MatchString(titleOf(caption)))
}

// sectionEnd is the block after the section whose heading is at i.
func sectionEnd(blocks []block, i int) int {
	for end := i + 1; end < len(blocks); end++ {
		if blocks[end].kind == heading && blocks[end].level <= blocks[i].level {
			return end
		}
	}
	return len(blocks)
}

// sectionAt makes the pointer of a section. It leads where its first link
// about the subject leads, else, where it has no rows of its own, its first
// link.
func (s *subject) sectionAt(blocks []block) pointer {
	p := pointer{Kind: s.kind, Line: blocks[0].line(0), Why: "a section that is not read"}
	first, rows := "", false
	for i := range blocks {
		b := &blocks[i]
		rows = rows || b.kind == row || b.kind == item
		for _, in := range b.inlines() {
			for _, l := range in.links {
				to := placeOfLink(l.url)
				if first == "" {
					first = to
				}
				if p.Target == "" && s.links(in, l) {
					p.Target = to
				}
			}
		}
	}
	if p.Target == "" && !rows {
		p.Target = first
	}
	if p.Target != "" && !rows {
		p.Why = "a section that leads elsewhere"
	}
	return p
}

// placeOfLink is where a link leads: a web address, or a path as the README
// writes it; "" when it is neither or has odd characters.
func placeOfLink(url string) string {
	if u := webURL(url); u != "" {
		return u
	}
	path, _, _ := strings.Cut(url, "#")
	if path == "" || len(path) > 300 || !linkPath.MatchString(path) {
		return ""
	}
	return path
}

var linkPath = regexp.MustCompile(`^[A-Za-z0-9._/~-]+$`)
