package markdown

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"text/template"

	"assay/internal/fact"
	"assay/internal/finding"
)

// functions are what templates may call. They are listed in the package
// comment.
func functions(flavor Flavor) template.FuncMap {
	return template.FuncMap{
		"text": escape, "code": codeSpan, "link": link, "web": web, "ref": ref, "source": source, "list": list,
		"number": number, "amount": amount, "percent": func(share float64) string { return escape(finding.Percent(share)) },
		"share": func(f *finding.Figures) string { return escape(finding.ShareWords(f)) }, "short": short, "lines": lines, "lineWords": finding.LineWords,
		"title":  func(m string) string { return escape(finding.MaturityTitle(m)) },
		"rule":   func(r *fact.Revision) string { return escape(finding.RuleWords(r.Rule)) },
		"commit": commit, "at": at, "places": places, "place": place, "day": day, "yaml": yaml, "lower": strings.ToLower, "chart": chart,
		"class":    func(v finding.Verdict) string { return escape(v.Words()) },
		"coverage": func(c finding.ProjectCoverage) string { return escape(c.Words()) },
		"because":  because, "audit": audit, "counts": counts, "lineage": lineage,
		"admonition": func(kind, title, text string) string { return admonition(flavor, kind, title, text) },
	}
}

func number(n any) (string, error) {
	switch n := n.(type) {
	case int:
		return finding.Number(n), nil
	case int64:
		return finding.Number(n), nil
	}
	return "", fmt.Errorf("number: %T is no whole number", n)
}

func amount(n any, unit string) (string, error) {
	switch n := n.(type) {
	case int:
		return finding.Amount(n, unit), nil
	case int64:
		return finding.Amount(n, unit), nil
	}
	return "", fmt.Errorf("amount: %T is no whole number", n)
}

// web shows an address by its host and path.
func web(address string) string {
	if _, ok := target(address); !ok {
		return escape(address)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return link(address, address)
	}
	return link(u.Host+strings.TrimSuffix(u.Path, "/"), address)
}

func ref(text any, e fact.Evidence) string { return link(fmt.Sprint(text), e.Link()) }

func source(e fact.Evidence) string {
	if _, ok := target(e.Link()); !ok {
		return ""
	}
	return " (" + link("source", e.Link()) + ")"
}

func list(words []string) string {
	escaped := make([]string, len(words))
	for i, w := range words {
		escaped[i] = escape(w)
	}
	return strings.Join(escaped, ", ")
}

func counts(all []finding.Count) string {
	words := make([]string, len(all))
	for i, c := range all {
		words[i] = escape(c.Name) + " (" + finding.Number(c.Count) + ")"
	}
	return strings.Join(words, ", ")
}

func short(f *finding.Figures) string {
	if f == nil || f.Share == nil {
		return "unknown"
	}
	return escape(finding.Percent(*f.Share))
}

func lines(f *finding.Figures) string {
	if !f.LinesKnown() {
		return "unknown"
	}
	if !f.LinesComplete() {
		return "at least " + finding.Number(f.Code)
	}
	return finding.Number(f.Code)
}

func commit(hash string) string { return codeSpan(hash[:min(12, len(hash))]) }

// at shows a commit by its first digits, linked to the tree there.
func at(hash string, e fact.Evidence) string {
	to, ok := target(e.Link())
	if !ok || commit(hash) == "" {
		return commit(hash)
	}
	return "[" + commit(hash) + "](" + to + ")"
}

// places links the places behind the strongest reason of a class, by the name
// of their repository.
func places(v finding.Verdict) string {
	const most = 2
	if len(v.Because) == 0 {
		return ""
	}
	all := v.Because[0].Evidence
	var words []string
	for _, e := range all[:min(most, len(all))] {
		words = append(words, link(e.Repo.Slug(), e.Link()))
	}
	if more := len(all) - most; more > 0 {
		words = append(words, finding.Number(more)+" more")
	}
	return strings.Join(words, ", ")
}

func day(stamp string) string { return escape(stamp[:min(10, len(stamp))]) }

// yaml quotes a scalar: JSON strings are YAML.
func yaml(s string) (string, error) {
	out, err := json.Marshal(plain(s))
	return string(out), err
}

// sources links places by number, or a single one as "source".
func sources(places []fact.Evidence) string {
	if len(places) == 1 {
		return source(places[0])
	}
	var links []string
	for i, e := range places {
		if to, ok := target(e.Link()); ok {
			links = append(links, fmt.Sprintf("[%d](%s)", i+1, to))
		}
	}
	if len(links) == 0 {
		return ""
	}
	return " (" + strings.Join(links, ", ") + ")"
}

// place names a file by repository, path and commit, linked to it.
func place(e fact.Evidence) string {
	if e.Repo == "" || e.Commit == "" {
		return link(e.String(), e.Link())
	}
	return link(strings.TrimSpace(e.Repo.Slug()+" "+e.Path), e.Link()) + " at " + commit(e.Commit)
}

// because says the reasons of a class, each linked to where it was read.
func because(v finding.Verdict) string {
	const most, links = 3, 3
	var all []string
	for _, b := range v.Because[:min(most, len(v.Because))] {
		s := escape(b.Text) + sources(head(b.Evidence, links))
		all = append(all, s)
	}
	if more := len(v.Because) - most; more > 0 {
		all = append(all, finding.Number(more)+" more")
	}
	return strings.Join(all, "; ")
}

func audit(a fact.Audit) string { return link(finding.AuditWords(a), a.URL) }

func lineage(i int, l fact.Lineage, repo fact.RepoID) string {
	s := fmt.Sprintf("%s: %s at %s", finding.LineageTitle(i), codeSpan(l.Ref),
		at(l.Commit, fact.Evidence{Repo: repo, Commit: l.Commit, Tree: true}))
	if l.CommittedAt != "" {
		s += " of " + day(l.CommittedAt)
	}
	if l.Commits > 0 {
		s += ", " + finding.Amount(l.Commits, "mainline commit")
	}
	if l.FirstAt != "" {
		s += " since " + day(l.FirstAt)
	}
	if l.LastRelease != "" {
		s += ", last release " + escape(l.LastRelease)
	} else {
		s += ", no release"
	}
	if l.LastReleaseAt != "" {
		s += " of " + day(l.LastReleaseAt)
	}
	if l.Why != "" {
		s += " (" + escape(l.Why) + ")"
	}
	return s
}

// admonition is a box with a title around Markdown.
func admonition(flavor Flavor, kind, title, text string) string {
	if flavor == Docusaurus {
		return ":::" + kind + "[" + escape(title) + "]\n\n" + text + "\n\n:::"
	}
	box := map[string]string{"info": "NOTE", "warning": "WARNING"}[kind]
	quoted := strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n> ")
	return "> [!" + cmp.Or(box, "NOTE") + "]\n> **" + escape(title) + ".** " + quoted
}

// chart draws the number of projects accepted up to each year. Years without
// an acceptance keep their place on the axis, unless a doubtful date makes the
// axis absurdly long.
func chart(growth []finding.Year) string {
	total := map[int]int{}
	var years []int
	for _, y := range growth {
		if y.Year > 0 {
			years, total[y.Year] = append(years, y.Year), y.Total
		}
	}
	if len(years) == 0 {
		return ""
	}
	if first, last := years[0], slices.Max(years); last-first < 60 {
		years = years[:0]
		for y := first; y <= last; y++ {
			if years = append(years, y); y > first && total[y] == 0 {
				total[y] = total[y-1]
			}
		}
	}
	labels, bars := make([]string, len(years)), make([]string, len(years))
	for i, y := range years {
		labels[i], bars[i] = fmt.Sprintf("%q", fmt.Sprint(y)), fmt.Sprint(total[y])
	}
	return fmt.Sprintf("```mermaid\nxychart-beta\n    title \"Projects accepted up to the end of the year\"\n"+
		"    x-axis [%s]\n    y-axis \"Projects\" 0 --> %d\n    bar [%s]\n```",
		strings.Join(labels, ", "), max(1, total[years[len(years)-1]]), strings.Join(bars, ", "))
}
