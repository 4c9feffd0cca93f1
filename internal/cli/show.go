package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/dataset"
	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/sanitize"
)

func newShow(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "show PROJECT",
		Short:   "Show one project on a page",
		Example: "  assay show linkerd\n  assay show 'Confidential Containers' --language go",
		Args:    args("PROJECT"),
		RunE:    func(cmd *cobra.Command, given []string) error { return a.show(cmd.Context(), given[0], asJSON) },
	}
	a.questionFlags(cmd)
	a.jsonFlags(cmd, &asJSON, "print JSON")
	return cmd
}

// show prints one project.
func (a *app) show(ctx context.Context, name string, asJSON bool) error {
	p, language, err := a.project(ctx, name)
	if err != nil {
		return err
	}
	if asJSON {
		return a.json(p)
	}
	a.showProject(p, language)
	return nil
}

// project is the project that a person means by name, and the language asked
// about.
func (a *app) project(ctx context.Context, name string) (p *usage.Project, language string, err error) {
	found, _, err := a.projectFindings(ctx, name)
	if err != nil {
		return nil, "", err
	}
	return &found.Projects[0], found.Language, nil
}

// projectFindings are what was found of that project alone, and the head of its data set.
func (a *app) projectFindings(ctx context.Context, name string) (found *usage.Findings, head *dataset.Head, err error) {
	x, err := a.answerer(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = firstError(err, x.Close()) }()
	id, err := a.meantIn(ctx, x, name)
	if err != nil {
		return nil, nil, err
	}
	return x.Project(ctx, x.language, id)
}

// pageIndent is where the values of a project's page begin.
const pageIndent = 17

func (a *app) showProject(p *usage.Project, language string) {
	w := a.Stdout
	fmt.Fprintf(w, "%s\n", sanitize.Text(p.Name))
	if p.Item.Description != "" {
		a.hang("  ", prose(p.Item.Description))
	}
	fmt.Fprintln(w)
	line := func(label, value string) {
		if value != "" {
			a.hang(fmt.Sprintf("  %-14s ", label), sanitize.Text(value))
		}
	}
	line("maturity", strings.TrimSpace(p.Maturity+" "+string(p.MaturityDate)))
	line("accepted", orUnknown(string(p.Accepted)))
	line("focus area", p.FocusArea)
	line("homepage", p.Item.Homepage)
	line("class", fmt.Sprintf("%s for %s", p.Words(), language))
	for _, b := range p.Because {
		line("", b.Text)
	}
	line("share", p.ShareWords())
	if p.Figures != nil {
		line("lines", p.LineWords())
	}
	line("languages", languageWords(p))
	line("packages", packageWords(p))
	line("licence", licenceWords(&p.Documents))
	line("audits", countWords(len(p.Item.Audits)))
	line("adopters", adopterWords(p))
	for i, words := range maintainerWords(p) {
		line([...]string{"maintainers", ""}[min(i, 1)], words)
	}
	line("coverage", p.Coverage.Words())
	fmt.Fprintln(w)
	for _, l := range vitalLines(p, language, a.sparkRoom(pageIndent)) {
		line(l[0], l[1])
	}
	fmt.Fprintln(w)
	a.showHealth(&p.Health)
	fmt.Fprintln(w)
	a.showRepositories(p)
	for _, r := range p.Documents.Reasons {
		quote := "“" + prose(r.Text) + "”"
		if r.Text == "" { // the bundle quotes nobody
			quote = "a reason for the language is given at"
		}
		fmt.Fprintln(w)
		a.hang("  ", quote)
		a.hang("    ", sanitize.Text(r.Evidence.String()))
	}
}

func (a *app) showRepositories(p *usage.Project) {
	t := table{
		head:  []string{"REPOSITORY", "WHY", "STATE", "COMMIT", "DATE", "BYTES", "SHARE"},
		right: []bool{false, false, false, false, false, true, true},
		rank:  []int{0, 1, 0, 3, 2, 0, 0},
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		commit, date, size, share := "", "", "", ""
		if r.Revision != nil {
			commit, date = r.Revision.Commit[:min(12, len(r.Revision.Commit))], r.Revision.CommittedAt[:min(10, len(r.Revision.CommittedAt))]
		}
		if r.Unread() {
			size, share = "unknown", "unknown"
		}
		if r.Figures != nil {
			size = words.Number(r.Figures.Bytes)
			if r.Figures.Share != nil {
				share = words.Percent(*r.Figures.Share)
			}
		}
		state := string(r.State)
		if r.Stale {
			state += " to " + string(r.Horizon)
		}
		if r.Standing != fact.StandingCode {
			state += ", " + string(r.Standing)
		}
		t.add(r.Slug(), string(r.Reason), state, commit, date, size, share)
	}
	a.printFitted(&t)
	for i := range p.Repositories {
		a.showNotes(&p.Repositories[i])
	}
}

// showNotes prints what a reader should know of a repository's figures.
func (a *app) showNotes(r *usage.Repository) {
	notes := r.Notes
	if r.Revision != nil {
		notes = slices.Concat(r.Revision.Notes, notes)
	}
	if r.Why != "" {
		a.showNote(r, r.Why)
	}
	for i, n := range notes {
		if !slices.ContainsFunc(notes[:i], func(m fact.Note) bool { return m.Text == n.Text }) {
			a.showNote(r, n.Text)
		}
	}
}

// showNote prints a sentence on a repository.
func (a *app) showNote(r *usage.Repository, text string) {
	fmt.Fprintln(a.Stdout)
	a.hang("  ", prose(r.Slug()+": "+text))
}

// topLanguages is how many languages are named.
const topLanguages = 6

func languageWords(p *usage.Project) string {
	var parts []string
	for _, l := range p.Languages[:min(len(p.Languages), topLanguages)] {
		share := quantity.Seen(l.Share, p.Quantities.Total.Missing)
		parts = append(parts, fmt.Sprintf("%s %s", l.Language, words.Cell(share, words.Percent)))
	}
	return strings.Join(parts, ", ")
}

func packageWords(p *usage.Project) string {
	var parts []string
	for _, e := range p.Packages.Ecosystems {
		parts = append(parts, fmt.Sprintf("%d %s", e.Count, e.Name))
	}
	return strings.Join(parts, ", ")
}

func licenceWords(d *usage.Documents) string {
	if unread := d.UnreadOf(fact.DocumentLicence); len(d.Licences) == 0 && len(unread) > 0 {
		return unknownWords(unread)
	}
	if d.Expression != nil {
		return d.Expression.SPDX
	}
	var ids []string
	for _, l := range d.Licences {
		ids = append(ids, l.SPDX)
	}
	return strings.Join(ids, ", ")
}

// adopterWords is how many adopters a project names, "" when nothing was read
// for it.
func adopterWords(p *usage.Project) string {
	d := &p.Documents
	n, unread := len(d.Adopters), d.UnreadOf(fact.DocumentAdopters)
	switch {
	case d.Adopters == nil:
		return ""
	case n == 0 && len(unread) > 0:
		return unknownWords(unread)
	case n == 0 && p.Coverage.Unread() > 0:
		return "none in what was read"
	case len(unread) > 0:
		return "at least " + words.Number(n)
	}
	return countWords(n)
}

// maintainerWords says how many maintainers a project has and why they are named: the
// first of them with the line that lists them. None when nothing was read for it.
func maintainerWords(p *usage.Project) []string {
	const most = 5
	d := &p.Documents
	n, unread := len(d.Maintainers), d.UnreadOf(fact.DocumentMaintainers)
	switch {
	case d.Maintainers == nil:
		return nil
	case n == 0 && len(unread) > 0:
		return []string{unknownWords(unread)}
	case n == 0 && p.Coverage.Unread() > 0:
		return []string{"none in what was read"}
	case n == 0:
		return []string{countWords(0)}
	}
	lines := []string{words.Number(n) + ", named because these files list them:"}
	for i := range d.Maintainers[:min(n, most)] {
		m := &d.Maintainers[i]
		name := cmp.Or(m.Name, m.Handle)
		if m.Organisation != "" {
			name += " (" + m.Organisation + ")"
		}
		lines = append(lines, fmt.Sprintf("%s: %s %s:%d", name, m.Evidence.Repo.Slug(), m.Evidence.Path, m.Evidence.Line))
	}
	if n > most {
		lines = append(lines, fmt.Sprintf("and %s more", words.Number(n-most)))
	}
	return lines
}

// unknownWords says why a list is unknown, and where the first sign of it is.
func unknownWords(unread []profile.Unread) string {
	u := unread[0]
	at := u.Evidence.Repo.Slug() + " " + u.Evidence.Path
	if u.Evidence.Line > 0 {
		at += ", line " + strconv.Itoa(u.Evidence.Line)
	}
	words := fmt.Sprintf("unknown: %s (%s)", u.Why, at)
	if u.Target != "" {
		words += ": " + u.Target
	}
	return words
}

func countWords(n int) string {
	if n == 0 {
		return "none"
	}
	return words.Number(n)
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}
