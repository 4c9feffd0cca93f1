package limit

import (
	"fmt"
	"io"
	"strings"
)

// width is what a terminal is sure to show of a line.
const width = 80

// Write writes the table as text of 80 columns: name and value on a line, then
// why, and what happens over it.
func Write(w io.Writer) error {
	var b strings.Builder
	for i, g := range Groups() {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(g.Title + "\n")
		for _, l := range g.Limits {
			fmt.Fprintf(&b, "  %-22s %s\n", l.Name, l.Amount())
			for _, line := range wrap(l.Reason+" Over it: "+lower(l.Over), width-4) {
				b.WriteString("    " + line + "\n")
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Markdown is the table as docs/limits.md has it.
func Markdown() string {
	var b strings.Builder
	for _, g := range Groups() {
		fmt.Fprintf(&b, "\n## %s\n\n| limit | value | why | over it |\n| --- | --- | --- | --- |\n", g.Title)
		for _, l := range g.Limits {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", l.Name, l.Amount(), l.Reason, l.Over)
		}
	}
	return b.String()
}

// lower is a sentence that follows a colon: its first letter small, but for a
// name such as HEAD.
func lower(s string) string {
	if len(s) < 2 || s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// wrap breaks a text into lines of that many characters at most.
func wrap(text string, most int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > most {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
