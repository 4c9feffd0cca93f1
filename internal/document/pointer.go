package document

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

// A Pointer is a section or link of a README that is about something which a
// collector reads from files of its own. What a section says is not read: README
// texts mix such lists with prose.
type Pointer struct {
	From   string `json:"-"` // path of the README
	Line   int    `json:"n"`
	Target string `json:"t,omitempty"` // web address or path, "" when it points nowhere
	Why    string `json:"w"`
}

// File is the file of the repository that p leads to, "" for none.
func (p *Pointer) File() string {
	switch {
	case p.Target == "" || strings.Contains(p.Target, "://"):
		return ""
	case strings.HasPrefix(p.Target, "/"):
		return strings.TrimLeft(path.Clean(p.Target), "/")
	}
	return path.Join(path.Dir(p.From), p.Target)
}

// A Subject recognises the sections and links about one kind of document, by
// their titles (as titleOf gives them) and by the files that links lead to. Titles
// must say it themselves: "users" alone heads a list of users, "for users" and
// "user guide" do not.
type Subject struct {
	Section, Caption *lazyregexp.Regexp
	Target           *lazyregexp.Regexp
}

// titleOf is a title in small letters, with nothing but words: pictures,
// their names (":handshake:") and punctuation are left out.
func titleOf(text string) string {
	text = pictureName.ReplaceAllString(strings.ReplaceAll(markup.Clean(text), "&", " and "), " ")
	text = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '.' {
			return unicode.ToLower(r)
		}
		return ' '
	}, text)
	return strings.Trim(strings.Join(strings.Fields(text), " "), "-. ")
}

var pictureName = lazyregexp.New(`:[a-z_]+:`)

// PointersIn finds the sections and links of a README that are about the
// subject.
func (s *Subject) PointersIn(blocks []markup.Block) []Pointer {
	var out []Pointer
	for i := 0; i < len(blocks) && len(out) < limit.ReadmePointers; i++ {
		if s.Heads(&blocks[i]) {
			end := sectionEnd(blocks, i)
			out = append(out, s.sectionAt(blocks[i:end]))
			i = end - 1
			continue
		}
		out = append(out, s.linksOf(&blocks[i])...)
	}
	return oncePerTarget(out[:min(len(out), limit.ReadmePointers)])
}

// Sections are the sections of a README that are about the subject, each with its
// heading.
func (s *Subject) Sections(blocks []markup.Block) (all [][]markup.Block) {
	for i := 0; i < len(blocks); i++ {
		if s.Heads(&blocks[i]) {
			end := sectionEnd(blocks, i)
			all = append(all, blocks[i:end])
			i = end - 1
		}
	}
	return all
}

// linksOf are the links of a block that are about the subject.
func (s *Subject) linksOf(b *markup.Block) []Pointer {
	var out []Pointer
	for _, in := range b.Inlines() {
		for _, l := range in.Links {
			if s.links(in, l) {
				out = append(out, Pointer{Line: in.Line(l.Start), Target: placeOfLink(l.URL), Why: "a link, which is not followed"})
			}
		}
	}
	return out
}

// oncePerTarget keeps the first of the pointers that lead to one place.
func oncePerTarget(all []Pointer) []Pointer {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(p Pointer) bool {
		again := p.Target != "" && seen[p.Target]
		seen[p.Target] = true
		return again
	})
}

// Heads reports whether b is a title of a section about the subject.
func (s *Subject) Heads(b *markup.Block) bool {
	return b.Kind == markup.Heading && !b.Quoted && markup.Words(b.Text) <= 10 && s.Section.MatchString(titleOf(b.Text))
}

// links reports whether l is about the subject, by its text or where it leads.
func (s *Subject) links(in *markup.Inline, l markup.Link) bool {
	path, _, _ := strings.Cut(l.URL, "#")
	path, _, _ = strings.Cut(path, "?")
	caption := in.Text[l.Start:l.End]
	return !strings.HasPrefix(l.URL, "#") && (s.Target.MatchString(strings.TrimSuffix(path, "/")) ||
		markup.Words(caption) <= 8 && s.Caption.MatchString(titleOf(caption)))
}

// sectionEnd is the block after the section whose heading is at i.
func sectionEnd(blocks []markup.Block, i int) int {
	for end := i + 1; end < len(blocks); end++ {
		if blocks[end].Kind == markup.Heading && blocks[end].Level <= blocks[i].Level {
			return end
		}
	}
	return len(blocks)
}

// sectionAt makes the pointer of a section. It leads where its first link
// about the subject leads, else, where it has no rows of its own, its first
// link.
func (s *Subject) sectionAt(blocks []markup.Block) Pointer {
	p := Pointer{Line: blocks[0].Line(0), Why: "a section that is not read"}
	first, rows := "", false
	for i := range blocks {
		b := &blocks[i]
		rows = rows || b.Kind == markup.Row || b.Kind == markup.Item
		for _, in := range b.Inlines() {
			for _, l := range in.Links {
				to := placeOfLink(l.URL)
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
	if u := markup.WebURL(url); u != "" {
		return u
	}
	path, _, _ := strings.Cut(url, "#")
	if path == "" || len(path) > 300 || !linkPath.MatchString(path) {
		return ""
	}
	return path
}

var linkPath = lazyregexp.New(`^[A-Za-z0-9._/~-]+$`)

// Pointers are those of READMEs that were read, which of tells of one.
func Pointers[R any](files []File[R], of func(R) []Pointer) []Pointer {
	var all []Pointer
	for _, f := range files {
		for _, p := range of(f.Read) {
			p.From = f.Path
			all = append(all, p)
		}
	}
	return all
}

// Among says of a path whether it is one of the files.
func Among(files []string) func(path string) bool {
	return func(path string) bool { return slices.Contains(files, path) }
}
