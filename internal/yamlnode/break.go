package yamlnode

import (
	"bytes"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v4"
)

// breaks end a line for the library. Git, editors and forges end one with a line feed
// alone, and evidence names their lines.
var breaks = regexp.MustCompile("\r\n|[\n\r\u0085\u2028\u2029]")

// hasOddBreaks reports whether a text has a break that is no line feed.
func hasOddBreaks(data []byte) bool {
	return bytes.Count(data, []byte("\r")) > bytes.Count(data, []byte("\r\n")) ||
		slices.ContainsFunc([]string{"\u0085", "\u2028", "\u2029"}, func(s string) bool { return bytes.Contains(data, []byte(s)) })
}

// A lineMap gives the line of a text by that of the library, from 1. It is nil where
// both are the same.
type lineMap []int

func linesOf(data []byte) lineMap {
	if !hasOddBreaks(data) {
		return nil
	}
	m, line := lineMap{1}, 1
	for _, at := range breaks.FindAllIndex(data, -1) {
		if data[at[1]-1] == '\n' {
			line++
		}
		m = append(m, line)
	}
	return m
}

func (m lineMap) of(line int) int {
	if m == nil || line < 1 {
		return line
	}
	return m[min(line, len(m))-1]
}

// mend gives each node of a tree the line that it has in the text.
func (m lineMap) mend(n *yaml.Node) {
	if m == nil {
		return
	}
	n.Line = m.of(n.Line)
	for _, part := range n.Content {
		m.mend(part)
	}
}
