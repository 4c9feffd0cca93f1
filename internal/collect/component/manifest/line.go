package manifest

import (
	"bytes"
	"strings"
)

// LineAt is the 1-based number of the line that byte offset of data is in.
func LineAt(data []byte, offset int) int {
	return bytes.Count(data[:min(max(offset, 0), len(data))], []byte("\n")) + 1
}

// LineOf is the 1-based line of "key = " in [section] of a TOML or INI file;
// the line of the section's header when the key is written otherwise (dotted
// from above, say), and 0 when there is no such header.
func LineOf(data []byte, section, key string) int {
	header, line, inside := 0, 0, false
	for text := range bytes.Lines(data) {
		line++
		s := strings.TrimSpace(string(text[:min(len(text), 200)]))
		if strings.HasPrefix(s, "[") {
			name, _, _ := strings.Cut(strings.Trim(s, "["), "]")
			inside = strings.TrimSpace(name) == section
			if inside && header == 0 {
				header = line
			}
			continue
		}
		if rest, ok := strings.CutPrefix(s, key); ok && inside {
			if rest = strings.TrimLeft(rest, " \t"); rest != "" && (rest[0] == '=' || rest[0] == '.' || rest[0] == ':') {
				return line
			}
		}
	}
	return header
}
