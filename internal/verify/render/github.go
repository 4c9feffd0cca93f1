package render

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"assay/internal/sanitize"
	"assay/internal/verify"
)

// GitHub writes the result as commands of GitHub's workflows, which shows them
// beside the lines of the report. It shows ten of each level, so what is wrong
// comes first, then what has become wrong, each error once with all of its places, and
// one notice for all that cannot be told. It fails when w does.
func GitHub(w io.Writer, r *verify.Result) error {
	var b strings.Builder
	claims, findings := claimEntries(r.Claims), findingEntries(r.Findings)
	for _, level := range []string{atError, atWarning} {
		for i := range findings {
			if f := findings[i].findings[0]; findingLevel(f) == level {
				b.WriteString(command(level, at(r.Name, f.Place), findingTitle(f), findings[i].message()))
			}
		}
		for i := range claims {
			if c := claims[i].claims[0]; levels[c.Verdict] == level {
				b.WriteString(command(level, over(r.Name, c), claimTitle(c), claims[i].message()))
			}
		}
	}
	b.WriteString(untold(r))
	return put(w, "commands of a workflow", b.String())
}

// A property is one of a command's.
type property struct{ name, value string }

// command writes a workflow command: a line that GitHub's runner understands,
// with the escapes of its toolkit.
func command(level string, place []property, title, text string) string {
	var all []string
	for _, p := range append(slices.Clone(place), property{"title", title}) {
		if p.value != "" {
			all = append(all, p.name+"="+escapeProperty(sanitize.Text(p.value)))
		}
	}
	return fmt.Sprintf("::%s %s::%s\n", level, strings.Join(all, ","), escapeData(text))
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func escapeData(s string) string     { return dataEscapes.Replace(s) }
func escapeProperty(s string) string { return propertyEscapes.Replace(s) }

// at is the place where something begins.
func at(name string, p verify.Place) []property {
	file := []property{{"file", filepath.ToSlash(name)}}
	if p.Line == 0 {
		return file
	}
	return append(file, property{"line", strconv.Itoa(p.Line)}, property{"endLine", strconv.Itoa(p.Line)}, property{"col", strconv.Itoa(p.Column)})
}

// over is the place of all of a claim. GitHub takes columns within a line only.
func over(name string, c *verify.Claim) []property {
	lines := strings.Count(c.Quote, "\n")
	if c.Line == 0 || lines == 0 {
		return append(at(name, c.Place), property{"endColumn", endColumn(c)})
	}
	return []property{{"file", filepath.ToSlash(name)}, {"line", strconv.Itoa(c.Line)}, {"endLine", strconv.Itoa(c.Line + lines)}}
}

func endColumn(c *verify.Claim) string {
	if c.Line == 0 {
		return ""
	}
	return strconv.Itoa(c.Column + utf8.RuneCountInString(c.Quote))
}

func claimTitle(c *verify.Claim) string {
	return line(string(c.Verdict), maxQuote) + " " + line(string(c.Kind), maxQuote)
}

func findingTitle(f *verify.Finding) string { return line(f.Kind, maxQuote) }

// findingText says all of a finding on one line.
func findingText(f *verify.Finding) string {
	text := strings.TrimRight(line(f.Text, maxWords), ".")
	if also := others(f); also != "" {
		text += "; also " + also
	}
	return text + "." + see(f.Evidence)
}

// untold is the one notice for what cannot be told or was not checked, "" when there
// is nothing.
func untold(r *verify.Result) string {
	var lines []int
	claims := 0
	for i := range r.Claims {
		if c := &r.Claims[i]; c.Verdict == verify.Unverifiable {
			claims, lines = claims+1, append(lines, c.Line)
		}
	}
	var parts []string
	if claims > 0 {
		parts = append(parts, fmt.Sprintf("%s that no source read can tell, on %s.", plural(claims, "claim"), onLines(lines)))
	}
	if n := len(unchecked(r)); n > 0 {
		parts = append(parts, plural(n, "place")+" not checked.")
	}
	if len(parts) == 0 {
		return ""
	}
	return command("notice", at(r.Name, verify.Place{}), string(verify.Unverifiable), strings.Join(parts, " "))
}
