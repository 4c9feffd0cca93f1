package markdown

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/fact"
	"assay/internal/finding/change"
)

// RenderChanges writes changes as headings and tables that can be pasted into a
// changelog, in Markdown that means the same in every flavour.
func RenderChanges(w io.Writer, c *change.Changes) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s\n\n", escape(c.Title()), escape(c.About()))
	for _, e := range []struct {
		label string
		edge  *change.Edge
	}{{"Before", &c.From}, {"Now", &c.To}} {
		fmt.Fprintf(&b, "- %s: %s, %s\n", e.label, inline.place(e.edge.Landscape), escape(e.edge.Words(c.Language)))
	}
	for _, s := range c.Sections() {
		writeSection(&b, &s)
	}
	for i, n := range c.Notes {
		if i == 0 {
			b.WriteString("\n### Notes\n\n")
		}
		fmt.Fprintf(&b, "- %s%s\n", escape(n.Text), inline.source(n.Evidence))
	}
	fmt.Fprintf(&b, "\n%s.\n", escape(c.Total()))
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing the changes: %w", err)
	}
	return nil
}

// writeSection writes a table with the places that each row was read.
func writeSection(b *strings.Builder, s *change.Section) {
	fmt.Fprintf(b, "\n### %s\n\n", escape(s.Title))
	if s.About != "" {
		fmt.Fprintf(b, "%s\n\n", escape(s.About))
	}
	var head, rule []string
	for _, c := range s.Columns {
		head = append(head, escape(capital(c.Name)))
		if c.Right {
			rule = append(rule, "---:")
		} else {
			rule = append(rule, "---")
		}
	}
	writeRow(b, append(head, "Read at"))
	writeRow(b, append(rule, "---"))
	for _, r := range s.Rows {
		var cells []string
		for i, cell := range r.Cells {
			if s.Columns[i].Web {
				cells = append(cells, inline.web(cell))
			} else {
				cells = append(cells, escape(cell))
			}
		}
		writeRow(b, append(cells, readAt(r.Places)))
	}
}

func writeRow(b *strings.Builder, cells []string) {
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// readAt links the places of a change.
func readAt(p change.Places) string {
	var words []string
	for _, x := range []struct {
		text string
		at   fact.Evidence
	}{{"before", p.Before}, {"now", p.After}} {
		switch _, ok := target(x.at.Link()); {
		case ok:
			words = append(words, inline.link(x.text, x.at.Link()))
		case x.at.String() != "":
			words = append(words, x.text+" "+escape(x.at.String()))
		}
	}
	return strings.Join(words, ", ")
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
