package adopter

import (
	"strings"
	"unicode"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

// heading enters a section, or takes the heading for an adopter.
func (a *adopterReader) heading(i int) {
	b := &a.blocks[i]
	a.asked, a.inner, a.told = false, false, false
	if a.skip != 0 && b.Level > a.skip {
		return
	}
	a.skip = 0
	for l := b.Level; l < len(a.open); l++ {
		a.open[l] = 0
	}
	title := markup.Clean(b.Text)
	if title == "" || aside(strings.ToLower(title)) {
		a.skip = b.Level
		if title == "" {
			a.skip = 0
			a.logos(&b.Inline)
		}
		return
	}
	linked := !subject.Heads(b) && len(b.Links) == 1 && b.Links[0].Start == 0 && b.Links[0].End == len(b.Text) && b.Level > 1
	if linked || a.described[i] || a.story(i) {
		a.add(fact.Adopter{Name: title, URL: addressIn(&b.Inline), Line: b.Line(0)})
		a.skip = b.Level // what follows is about this adopter
		return
	}
	a.open[b.Level], a.title[i] = i+1, title
}

// story reports whether a heading is the name of an adopter of whom the section
// tells: it says no word of groups, and what follows is text or a logo, and no list
// of links.
func (a *adopterReader) story(i int) bool {
	b := &a.blocks[i]
	if b.Level < 2 || !a.within(b.Level) || groupWords.MatchString(b.Text) || markup.Words(b.Text) > 7 || strings.ContainsAny(b.Text, "?:!") || !capital(b.Text) || nameOf(b.Text) == "" {
		return false
	}
	told := false
	for _, next := range a.blocks[i+1:] {
		switch next.Kind {
		case markup.Heading:
			return told || next.Level > b.Level && a.tells(i+1)
		case markup.Paragraph:
			if low := strings.ToLower(markup.Flat(next.Text)); !told && (instructs(low) || strings.Contains(low, "send a pr")) {
				return false
			}
			told = true
		case markup.Row:
			return false
		case markup.Item:
			if !told || len(next.Links) > 0 && next.Links[0].Start <= 1 {
				return false
			}
		}
	}
	return told
}

// within reports whether a heading of the level stands below one that was entered:
// a list of adopters has a title.
func (a *adopterReader) within(level int) bool {
	for l := 1; l < level; l++ {
		if a.open[l] != 0 {
			return true
		}
	}
	return false
}

// tells reports whether the block at i is a heading of the parts that stories have.
func (a *adopterReader) tells(i int) bool {
	return i < len(a.blocks) && storyPart.MatchString(strings.TrimSpace(a.blocks[i].Text))
}

var storyPart = lazyregexp.New(`(?i)^(the )?(\w+ )?(highlights?|challenges?|solutions?|overview|summary|background|results?|benefits?|impact|story|use cases?|why\b.*|how\b.*|about\b.*|introduction|motivation)$`)

func capital(s string) bool {
	for _, r := range s {
		return !unicode.IsLower(r)
	}
	return false
}

// paragraph takes the names of a paragraph that is nothing but names.
func (a *adopterReader) paragraph(in *markup.Inline) {
	switch {
	case strings.TrimSpace(in.Text) == "":
		a.logos(in)
	case a.links(in):
		a.told = in.Strong > 0 && len(in.Links) == 1 // a name in bold is a title
	case a.record(in), a.addressed(in):
	default:
		a.bold(in)
	}
}

// logos takes the images of a text without words.
func (a *adopterReader) logos(in *markup.Inline) {
	for i := range in.Images {
		image := &in.Images[i]
		row := fact.Adopter{Name: altOf(image), URL: markup.WebURL(image.Link), Line: image.Line}
		if row.Line == 0 {
			row.Line = in.Line(0)
		}
		if row.Name != "" {
			a.add(row)
		}
	}
}

// links takes a text that is nothing but links, each with a name.
func (a *adopterReader) links(in *markup.Inline) bool {
	if len(in.Links) == 0 {
		return false
	}
	at := 0
	for _, l := range in.Links {
		if l.Start < at || strings.ContainsFunc(in.Text[at:l.Start], unicode.IsLetter) {
			return false
		}
		at = l.End
	}
	if strings.ContainsFunc(in.Text[at:], unicode.IsLetter) {
		return false
	}
	for _, l := range in.Links {
		if name := markup.Flat(in.Text[l.Start:l.End]); markup.WebURL(l.URL) != "" && !strings.Contains(name, "://") {
			a.add(fact.Adopter{Name: name, URL: l.URL, Line: in.Line(l.Start)})
		}
	}
	a.logos(in)
	return true
}

// addressed takes a text whose lines are names with an address.
func (a *adopterReader) addressed(in *markup.Inline) bool {
	var rows []fact.Adopter
	at := 0
	for line := range strings.SplitSeq(in.Text, "\n") {
		m := nameAndAddress.FindStringSubmatch(line)
		if m == nil || markup.WebURL(m[2]) == "" || !titled(beforeDash(m[1])) || len(rows) >= limit.DocumentRows {
			return false
		}
		rows = append(rows, fact.Adopter{Name: beforeDash(m[1]), URL: m[2], Line: in.Line(at)})
		at += len(line) + 1
	}
	for _, r := range rows {
		a.add(r)
	}
	return true
}

var nameAndAddress = lazyregexp.New(`^\s*(\p{Lu}[^.?!:]{0,60}?)[\s:,–-]+<?(https?://\S+?)>?\s*$`)

// titled reports whether the words of a name have capitals, as those of a sentence
// have not.
func titled(name string) bool {
	for w := range strings.FieldsSeq(name) {
		switch w {
		case "of", "the", "and", "for", "de", "&", "in", "at":
		default:
			if !capital(w) {
				return false
			}
		}
	}
	return true
}

// bold takes a paragraph that opens with a name in bold: before a dash; or, where a
// section has several or the name is a link, before a colon or alone in its line.
func (a *adopterReader) bold(in *markup.Inline) {
	name, rest := boldName(in)
	row := fact.Adopter{Name: name, Since: sinceIn(rest), Line: in.Line(0)}
	if len(in.Links) > 0 && in.Links[0].Start < in.Strong {
		row.URL = markup.WebURL(in.Links[0].URL)
	}
	switch {
	case name == "":
		return
	case dashed(rest):
		a.add(row)
	case !groupWords.MatchString(name) && (row.URL != "" || a.bolds[a.section()] > 1):
		a.add(row)
		a.told = true
	}
}

// boldName is the name in bold with which a text opens and what comes after it; ""
// for none.
func boldName(in *markup.Inline) (name, rest string) {
	if in.Strong == 0 {
		return "", ""
	}
	name, rest = in.Text[:in.Strong], strings.TrimLeft(in.Text[in.Strong:], " ")
	if dashed(rest) && !strings.HasSuffix(name, ":") || strings.HasSuffix(name, ":") && !dashed(rest) || strings.HasPrefix(rest, ":") || rest == "" || rest[0] == '\n' {
		return nameOf(markup.Flat(name)), rest
	}
	return "", ""
}

func dashed(s string) bool {
	return strings.HasPrefix(s, "-") || strings.HasPrefix(s, "–") || strings.HasPrefix(s, "—")
}

// boldNames counts the paragraphs that open with a name in bold, by the heading (as
// block) above them.
func boldNames(blocks []markup.Block) map[int]int {
	counts, last := map[int]int{}, -1
	for i := range blocks {
		switch b := &blocks[i]; b.Kind {
		case markup.Heading:
			last = i
		case markup.Paragraph:
			if name, _ := boldName(&b.Inline); name != "" && b.Level == 0 && !groupWords.MatchString(name) {
				counts[last]++
			}
		}
	}
	return counts
}

// record takes a text that is a record of one adopter, a particular a line: by
// letters ("N:" name, "D:" description, "U:" usage, "L:" link) or by words.
func (a *adopterReader) record(in *markup.Inline) bool {
	var row fact.Adopter
	at, first := 0, true
	for line := range strings.SplitSeq(in.Text, "\n") {
		label, value, found := strings.Cut(strings.TrimLeft(line, " *-+"), ":")
		value = strings.TrimSpace(value)
		switch label = strings.ToLower(strings.TrimSpace(label)); {
		case !found:
		case first && nameLabel(label) && value != "":
			row.Name, row.Line = value, in.Line(at)
		case label == "l" || label == "website" || label == "url" || label == "link" || label == "w":
			row.URL = markup.WebURL(strings.Trim(value, "<> "))
		case label == "status" || label == "stage" || label == "type" || label == "environment":
			row.Kind = value
		case label == "since" || label == "date":
			row.Since = value
		}
		if first = false; row.Name == "" {
			return false
		}
		at += len(line) + 1
	}
	if row.URL == "" {
		row.URL = in.FirstURL()
	}
	a.add(row)
	return true
}

// records takes the records of an indented text: in Markdown it is code, and in a
// list that was written as plain text it is a list.
func (a *adopterReader) records(in *markup.Inline) {
	starts := recordStart.FindAllStringIndex(in.Text, limit.DocumentRows)
	for i, m := range starts {
		end := len(in.Text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		part := in.Part(m[0], end)
		part.Text = strings.TrimSpace(part.Text)
		a.record(&part)
	}
}

var recordStart = lazyregexp.New(`(?m)^[ \t]*[*-]?[ \t]*N:[ \t]`)

func nameLabel(s string) bool {
	switch s {
	case "n", "name", "organization", "organisation", "company", "org", "adopter":
		return true
	}
	return false
}
