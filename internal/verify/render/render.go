// Package render shows the result of holding a report against the facts: to people
// in a terminal ([Text]), as a page ([HTML]) and as a diff of what was mended
// ([Diff]); to programs as JSON ([JSON], described by [Schema]) and SARIF
// ([SARIF]); to GitHub's workflows as annotations ([GitHub]).
//
// The report is a stranger's text. Wherever its words are shown they are bounded
// and made harmless for the place: no control character reaches a terminal, no
// line of it is a workflow command, no markup of it is one of the page's.
// The same result gives the same bytes.
package render

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"assay/internal/fact"
	"assay/internal/sanitize"
	"assay/internal/verify"
)

// Bounds on what is shown of a text, in characters.
const (
	maxQuote = 120  // of the report
	maxWords = 600  // of a reason
	maxLink  = 2000 // of an address
)

// Total says in a line how many statements there are of each verdict.
func Total(r *verify.Result) string {
	var counts []string
	for _, v := range []verify.Verdict{verify.Confirmed, verify.Refuted, verify.Outdated, verify.Ambiguous, verify.Unverifiable, verify.Subjective} {
		if n := r.Count(v); n > 0 || v != verify.Subjective && v != verify.Ambiguous {
			counts = append(counts, fmt.Sprintf("%d %s", n, v))
		}
	}
	counts = append(counts, fmt.Sprintf("%d not checked", len(unchecked(r))))
	total := plural(len(r.Claims), "statement") + ": " + strings.Join(counts, ", ")
	if n := len(r.Findings); n > 0 {
		total += "; " + plural(n, "finding") + " on the whole"
	}
	return total
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// put writes what was made in memory.
func put(w io.Writer, what, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("writing the result as %s: %w", what, err)
	}
	return nil
}

// rank is the place of a verdict among all, the worst first.
func rank(v verify.Verdict) int {
	if i := slices.Index(verify.Verdicts(), v); i >= 0 {
		return i
	}
	return len(verify.Verdicts())
}

// line makes one line of a text from outside, fit for a terminal and of n
// characters at most.
func line(s string, n int) string {
	cut := len(s) > n*utf8.UTFMax
	if cut {
		s = s[:n*utf8.UTFMax]
	}
	runes := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " "))
	if len(runes) > n {
		runes, cut = runes[:n], true
	}
	if cut {
		return sanitize.Text(string(runes)) + "…"
	}
	return sanitize.Text(string(runes))
}

// quote is line of a text of the report in quotation marks.
func quote(s string) string { return `"` + line(s, maxQuote) + `"` }

// A detail is one thing to say of a claim.
type detail struct{ Label, Text string }

// details says of a claim what is known beside its verdict.
func details(c *verify.Claim) []detail {
	all := []detail{{"claimed", c.Claimed}, {"measured", c.Measured}, {"reason", c.Why}, {"perhaps", perhaps(c)}, {"missing", c.Source}}
	var said []detail
	for _, d := range all {
		d.Text = line(d.Text, maxWords)
		if d.Text == "" || d.Label == "claimed" && d.Text == line(c.Quote, maxWords) {
			continue
		}
		said = append(said, d)
	}
	return said
}

// perhaps is the hypothesis of a claim in words.
func perhaps(c *verify.Claim) string {
	switch h := c.Hypothesis; {
	case h == nil:
		return ""
	case h.Kind == "":
		return h.Text
	default:
		return h.Kind + ": " + h.Text
	}
}

// headline names a claim: what it is about, its kind and its words.
func headline(c *verify.Claim) string {
	head := line(string(c.Kind), maxQuote) + ": " + quote(c.Quote)
	if c.Subject == "" {
		return head
	}
	return line(c.Subject, maxQuote) + ": " + head
}

// message says all of a claim in a few sentences on one line.
func message(c *verify.Claim) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s is %s.", headline(c), c.Verdict)
	for _, d := range details(c) {
		fmt.Fprintf(&b, " %s: %s.", strings.ToUpper(d.Label[:1])+d.Label[1:], strings.TrimRight(d.Text, "."))
	}
	return b.String() + see(c.Evidence)
}

// message says all of an entry on one line: of the first, and where the others are.
func (e *entry) message() string {
	switch {
	case e.shared != "":
		kind := line(string(e.claims[0].Kind), maxQuote)
		return fmt.Sprintf("%d statements of the kind %s are %s for one reason, %s: %s. The first: %s",
			e.places(), kind, e.verdict, quote(e.shared), e.named(), message(e.claims[0]))
	case len(e.findings) == 1:
		return findingText(e.findings[0])
	case len(e.findings) > 0:
		return fmt.Sprintf("%d of the kind %s: %s. The first: %s", e.places(), line(e.findings[0].Kind, maxQuote), e.named(), findingText(e.findings[0]))
	}
	text := message(e.claims[0])
	if further := e.further(); further != "" {
		text += " Also " + further + "."
	}
	return text
}

// see is the addresses of evidence as the end of a message.
func see(evidence []fact.Evidence) string {
	const most = 3 // more of them say no more
	var links []string
	for _, s := range sources(evidence) {
		if s.Link != "" && len(links) < most {
			links = append(links, s.Link)
		}
	}
	if len(links) == 0 {
		return ""
	}
	return " See " + strings.Join(links, " ")
}

// A source is a place of evidence; Link is "" when there is no address for it.
type source struct{ Text, Link string }

// either is the link, or else the words.
func (s source) either() string {
	if s.Link != "" {
		return s.Link
	}
	return s.Text
}

// sources gives evidence without what was said before.
func sources(evidence []fact.Evidence) []source {
	var all []source
	for _, e := range evidence {
		s := source{line(short(e), maxWords), safe(e.Link())}
		if s.Text != "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// short is evidence in words, its commit cut to what people compare.
func short(e fact.Evidence) string {
	const letters = 12
	if len(e.Commit) > letters {
		e.Commit = e.Commit[:letters]
	}
	return e.String()
}

// safe is an address that a reader may be led to, or "".
func safe(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || len(address) > maxLink {
		return ""
	}
	return u.String()
}

// numbers lists lines, those in a row as a range, and how many are left out.
func numbers(lines []int) string {
	const most = 20
	lines = slices.Compact(slices.Sorted(slices.Values(lines)))
	var parts []string
	for i := 0; i < len(lines); {
		if len(parts) == most {
			return fmt.Sprintf("%s and %d more", strings.Join(parts, ", "), len(lines)-i)
		}
		end := i
		for end+1 < len(lines) && lines[end+1] == lines[end]+1 {
			end++
		}
		parts = append(parts, span(lines[i], lines[end]))
		i = end + 1
	}
	return strings.Join(parts, ", ")
}

func span(from, to int) string {
	switch to - from {
	case 0:
		return strconv.Itoa(from)
	case 1:
		return fmt.Sprintf("%d, %d", from, to)
	}
	return fmt.Sprintf("%d–%d", from, to)
}
