package markdown

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"text/template"

	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// functions are what templates may call. They are listed in the package
// comment.
func functions(flavor Flavor, l *linker) template.FuncMap {
	return template.FuncMap{
		"text": escape, "code": codeSpan, "link": l.link, "web": l.web, "ref": l.ref, "source": l.source, "list": list,
		"number": number, "amount": amount, "percent": func(share float64) string { return escape(words.Percent(share)) },
		"share": func(f *usage.Figures) string { return escape(usage.ShareWords(f)) }, "short": short, "lines": lines, "lineWords": usage.LineWords,
		"title":  func(m string) string { return escape(profile.MaturityTitle(m)) },
		"rule":   func(r *fact.Revision) string { return escape(profile.RuleWords(r.Rule)) },
		"commit": commit, "at": l.at, "places": l.places, "place": l.place, "day": day, "yaml": yaml, "lower": strings.ToLower, "chart": mermaid,
		"class":     func(v usage.Verdict) string { return escape(v.Words()) },
		"classCell": func(v usage.Verdict) string { return escape(v.Cell()) },
		"coverage":  func(c profile.ProjectCoverage) string { return escape(c.Words()) },
		"because":   l.because, "reason": l.reason, "counts": counts, "lineage": l.lineage,
		"audit": func(a fact.Audit) string { return l.link(profile.AuditWords(a), a.URL) },
		"cell":  cell, "count": count,
		"level": level, "recent": recent, "evidence": func(all []fact.Evidence) string { return l.sources(head(all, 3)) },
		"trend":      trend,
		"admonition": func(kind, title, text string) string { return admonition(flavor, kind, title, text) },
	}
}

func number(n any) (string, error) {
	switch n := n.(type) {
	case int:
		return words.Number(n), nil
	case int64:
		return words.Number(n), nil
	}
	return "", fmt.Errorf("number: %T is no whole number", n)
}

func amount(n any, unit string) (string, error) {
	switch n := n.(type) {
	case int:
		return words.Amount(n, unit), nil
	case int64:
		return words.Amount(n, unit), nil
	}
	return "", fmt.Errorf("amount: %T is no whole number", n)
}

// web shows an address by its host and path.
func (l *linker) web(address string) string {
	if _, ok := target(address); !ok {
		return escape(address)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return l.link(address, address)
	}
	return l.link(u.Host+strings.TrimSuffix(u.Path, "/"), address)
}

func list(names []string) string {
	escaped := make([]string, len(names))
	for i, w := range names {
		escaped[i] = escape(w)
	}
	return strings.Join(escaped, ", ")
}

func counts(all []usage.Count) string {
	parts := make([]string, len(all))
	for i, c := range all {
		parts[i] = escape(c.Name) + " (" + words.Number(c.Count) + ")"
	}
	return strings.Join(parts, ", ")
}

func short(f *usage.Figures) string {
	if f == nil || f.Share == nil {
		return "unknown"
	}
	return escape(words.Percent(*f.Share))
}

func lines(f *usage.Figures) string {
	if !f.LinesKnown() {
		return "unknown"
	}
	if !f.LinesComplete() {
		return "at least " + words.Number(f.Code)
	}
	return words.Number(f.Code)
}

// cell writes a figure with its bounds for a cell of a table.
func cell(q any) (string, error) {
	switch q := q.(type) {
	case quantity.Of[float64]:
		return escape(words.Cell(q, words.Percent)), nil
	case quantity.Of[int]:
		return escape(words.Cell(q, words.Number)), nil
	case quantity.Of[int64]:
		return escape(words.Cell(q, words.Number)), nil
	case quantity.Of[fact.Date]:
		return escape(words.Cell(q, words.Date)), nil
	}
	return "", fmt.Errorf("cell: %T is no figure with bounds", q)
}

// count writes a number of projects with its bounds, in a sentence.
func count(q quantity.Of[int]) string { return escape(words.Count(q)) }

func commit(hash string) string { return codeSpan(hash[:min(12, len(hash))]) }

func day(stamp string) string { return escape(stamp[:min(10, len(stamp))]) }

// yaml quotes a scalar: JSON strings are YAML.
func yaml(s string) (string, error) {
	out, err := json.Marshal(plain(s))
	return string(out), err
}

func (l *linker) lineage(i int, of fact.Lineage, repo fact.RepoID) string {
	s := fmt.Sprintf("%s: %s at %s", profile.LineageTitle(i), codeSpan(of.Ref),
		l.at(of.Commit, fact.Evidence{Repo: repo, Commit: of.Commit, Tree: true}))
	if of.CommittedAt != "" {
		s += " of " + day(of.CommittedAt)
	}
	if of.Commits > 0 {
		s += ", " + words.Amount(of.Commits, "mainline commit")
	}
	if of.FirstAt != "" {
		s += " since " + day(of.FirstAt)
	}
	if of.LastRelease != "" {
		s += ", last release " + escape(of.LastRelease)
	} else {
		s += ", no release"
	}
	if of.LastReleaseAt != "" {
		s += " of " + day(of.LastReleaseAt)
	}
	if of.Why != "" {
		s += " (" + escape(of.Why) + ")"
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

// level is a level of health, and what it may be when figures are missing.
func level(d health.Dimension) string { return escape(d.Level.To(d.Best)) }

// recentMonths is how many months of commits a project's section tells apart.
const recentMonths = 6

// recent says the human commits of the last months, those without any too.
func recent(a *usage.Activity) string {
	if a == nil {
		return "unknown"
	}
	by := map[string]profile.MonthActivity{}
	for _, m := range a.Months {
		by[m.Month] = m
	}
	end := a.Year.To.End()
	var parts []string
	for back := recentMonths - 1; back >= 0; back-- {
		month := end.AddDate(0, 0, 1-end.Day()).AddDate(0, -back, 0).Format("2006-01")
		parts = append(parts, fmt.Sprintf("%s: %s", month, words.Number(by[month].Human)))
	}
	return escape(strings.Join(parts, ", "))
}
