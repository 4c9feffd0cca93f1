package render

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/util"

	"assay/internal/verify"
)

// A stretch is bytes of the report that the same claims stand on.
type stretch struct {
	from, to int
	claims   []int
}

// stretches cuts the report, of size bytes, where claims begin and end. Bytes
// without a claim are in none. Claims may overlap and lie within one another.
func stretches(claims []verify.Claim, size int) []stretch {
	var cuts []int
	begin := map[int][]int{}
	for i := range claims {
		if c := &claims[i]; c.Offset >= 0 && c.Offset < c.End && c.End <= size {
			cuts = append(cuts, c.Offset, c.End)
			begin[c.Offset] = append(begin[c.Offset], i)
		}
	}
	cuts = slices.Compact(slices.Sorted(slices.Values(cuts)))
	var all []stretch
	var open []int
	for k, at := range cuts {
		open = slices.DeleteFunc(slices.Clone(open), func(i int) bool { return claims[i].End <= at })
		open = append(open, begin[at]...)
		if len(open) > 0 {
			all = append(all, stretch{at, cuts[k+1], open})
		}
	}
	return all
}

// A marker writes bytes of the report with its claims marked. A claim shows its
// card where it is first seen; it may go on in other elements. A claim on bytes
// that are not shown, such as a link's address, becomes a mark of its own behind
// the text that is shown before it.
type marker struct {
	src       []byte
	claims    []verify.Claim
	stretches []stretch
	leaves    []int // where the texts begin that are shown, in order
	order     []int // claims by offset
	passed    int   // of order: behind what was shown
	seen      []bool
	href      []string // the addresses of the links that are open
}

func newMarker(src []byte, claims []verify.Claim) *marker {
	m := &marker{src: src, claims: claims, stretches: stretches(claims, len(src)), seen: make([]bool, len(claims))}
	for i := range claims {
		m.order = append(m.order, i)
	}
	slices.SortStableFunc(m.order, func(a, b int) int { return cmp.Compare(claims[a].Offset, claims[b].Offset) })
	return m
}

// A writer puts bytes of the report onto a page.
type writer func(w util.BufWriter, b []byte)

// leaf writes the bytes of the report from one offset to another.
func (m *marker) leaf(w util.BufWriter, from, to int, write writer) {
	k := sort.Search(len(m.stretches), func(k int) bool { return m.stretches[k].to > from })
	for at := from; at < to; k++ {
		if k == len(m.stretches) || m.stretches[k].from >= to {
			m.linked(w, m.src[at:to], write)
			break
		}
		s := m.stretches[k]
		if s.from > at {
			m.linked(w, m.src[at:s.from], write)
			at = s.from
		}
		end := min(s.to, to)
		m.piece(w, s.claims, m.src[at:end], write)
		at = end
	}
	m.strays(w, m.after(to))
}

// after is where the next text begins that is shown.
func (m *marker) after(offset int) int {
	if k := sort.SearchInts(m.leaves, offset); k < len(m.leaves) {
		return m.leaves[k]
	}
	return len(m.src)
}

// linked writes bytes within the link that is open. Each piece is a link for
// itself: a card has links, and a link holds no other.
func (m *marker) linked(w util.BufWriter, b []byte, write writer) {
	href := ""
	if len(m.href) > 0 {
		href = m.href[len(m.href)-1]
	}
	if href == "" {
		write(w, b)
		return
	}
	_, _ = fmt.Fprintf(w, `<a href="%s" rel="nofollow noopener noreferrer">`, html.EscapeString(href))
	write(w, b)
	_, _ = w.WriteString("</a>")
}

// piece writes bytes that claims stand on.
func (m *marker) piece(w util.BufWriter, claims []int, b []byte, write writer) {
	var fresh []int
	for _, i := range claims {
		if !m.seen[i] {
			fresh, m.seen[i] = append(fresh, i), true
		}
	}
	m.open(w, m.worst(claims), fresh)
	_, _ = w.WriteString("<mark>")
	m.linked(w, b, write)
	_, _ = w.WriteString("</mark>")
	m.close(w, fresh)
}

// worst is the claim of the worst verdict.
func (m *marker) worst(claims []int) int {
	return slices.MinFunc(claims, func(a, b int) int { return cmp.Compare(rank(m.claims[a].Verdict), rank(m.claims[b].Verdict)) })
}

// open begins a mark. One that shows cards can be reached by keyboard.
func (m *marker) open(w util.BufWriter, worst int, fresh []int) {
	v := class(m.claims[worst].Verdict)
	if len(fresh) == 0 {
		_, _ = fmt.Fprintf(w, `<span class="claim more %s" title="%s: see above" data-claim="%d">`, v, v, worst)
		return
	}
	var cards []string
	for _, i := range fresh {
		cards = append(cards, fmt.Sprintf("card-%d", i))
	}
	_, _ = fmt.Fprintf(w, `<span class="claim %s" tabindex="0" aria-describedby="%s">`, v, strings.Join(cards, " "))
	for _, i := range fresh {
		_, _ = fmt.Fprintf(w, `<span class="target" id="claim-%d"></span>`, i)
	}
}

// close ends a mark with the cards of the claims that are first seen in it.
func (m *marker) close(w util.BufWriter, fresh []int) {
	if len(fresh) > 0 {
		_, _ = w.WriteString(`<span class="cards">`)
		for _, i := range fresh {
			// Into memory, and of a template that tests run: this does not fail.
			_ = frame.ExecuteTemplate(w, "card", cardOf(i, &m.claims[i], m.src))
		}
		_, _ = w.WriteString("</span>")
	}
	_, _ = w.WriteString("</span>")
}

// strays marks the claims before an offset that no text that is shown stands for.
func (m *marker) strays(w util.BufWriter, before int) {
	for ; m.passed < len(m.order); m.passed++ {
		i := m.order[m.passed]
		c := &m.claims[i]
		if c.Offset >= before {
			return
		}
		if c.End <= before {
			m.stray(w, i)
		}
	}
}

// rest marks the claims that were not seen yet, whatever the reason.
func (m *marker) rest(w util.BufWriter) {
	for _, i := range m.order {
		m.stray(w, i)
	}
}

func (m *marker) stray(w util.BufWriter, i int) {
	if m.seen[i] {
		return
	}
	m.seen[i] = true
	m.open(w, i, []int{i})
	_, _ = fmt.Fprintf(w, `<mark class="stray">%s</mark>`, html.EscapeString(line(m.claims[i].Quote, maxQuote)))
	m.close(w, []int{i})
}

// class is the name of a verdict in the page's style.
func class(v verify.Verdict) string {
	if rank(v) < len(verify.Verdicts()) {
		return string(v)
	}
	return "unknown"
}

// A card is what is shown of a claim.
type card struct {
	ID                   int
	Class, Subject, Kind string
	Place                string
	Details              []detail
	Sources              []source
	Was, Edit            string
	HasEdit              bool
	Suggested            bool // Edit is a suggestion
}

func cardOf(i int, c *verify.Claim, src []byte) card {
	p := printer{src: src}
	edit := cmp.Or(c.Edit, c.Suggestion)
	was, ok := p.edited(edit)
	view := card{
		ID: i, Class: class(c.Verdict), Subject: line(c.Subject, maxQuote), Kind: line(string(c.Kind), maxQuote), Place: place(c.Place),
		Details: details(c), Sources: sources(c.Evidence), HasEdit: ok, Suggested: c.Edit == nil,
	}
	if ok {
		view.Was, view.Edit = line(was, maxQuote), line(edit.Text, maxQuote)
	}
	return view
}

var frame = template.Must(template.New("").ParseFS(pages, "html/*.tmpl"))
