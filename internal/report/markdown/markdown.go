// Package markdown writes a report as Markdown, for GitHub or for Docusaurus.
//
// The report is a text/template over a [Page]: the fields and methods of
// [assay/internal/report.Model] and those of Page itself. A user's own
// template gets the same page and functions and may call the built-in parts
// ("project", "overview" …) by name.
//
// A model holds the words of others. Nothing of it may be printed but through
// a function of the template's: text, code, link, ref and the rest, which make
// it harmless; numbers through number, amount and percent. A test holds the
// built-in templates to that. The functions are:
//
//	text S           S as words, on one line, nothing of it markup
//	code S           S as code
//	link S URL       S linked to URL, plain when URL is no web address
//	web URL          URL as a short link
//	ref S EVIDENCE   S linked to the place it was read
//	source EVIDENCE  " ([source](…))", or nothing when there is no address
//	list STRINGS     the strings with commas
//	number N         N with thousands separators
//	amount N UNIT    "1 file", "12 files"
//	percent SHARE    "12.3 %"
//	share FIGURES    "636,090 bytes of 844,211 (75.3 %)", or "unknown"
//	short FIGURES    the share alone, "75.3 %", or "unknown"
//	lines FIGURES    lines of code with thousands separators, or "unknown"
//	lineWords FIGURES  lines of code, comment and blank
//	title MATURITY   "Graduated"
//	rule REVISION    the rule by which the revision was picked
//	commit HASH      its first twelve digits as code
//	at HASH EVIDENCE the same, linked to the tree
//	because VERDICT  the reasons of a class, linked
//	reason VERDICT   the strongest of them alone, where the share does not say it
//	places VERDICT   the places behind the strongest reason, linked
//	place EVIDENCE   a file by repository, path and commit, linked
//	coverage COVERAGE  "1 of 3 repositories read (2 not found)"
//	counts COUNTS    "lib (3), bin (1)"
//	audit AUDIT      day, type and vendor, linked to the audit's report
//	day TIME         the day of a timestamp
//	class VERDICT    "component"; "none in what was read"; classCell: "component+", "none?"
//	yaml S           S as a quoted YAML scalar
//	admonition KIND TITLE TEXT   a box; TEXT is Markdown made by these functions
//	chart GROWTH     a Mermaid chart of the projects by year; .GrowthChart is that, or a picture
//	recent A         the human commits by month
//	cell Q, count Q  a figure with its bounds, for a cell; a number of projects, for a sentence
//	trend T LANGUAGE a Mermaid chart of its share by year; .TrendChart of a project is that, or a picture
//	level DIMENSION  a level of health, "good to excellent"
//	evidence PLACES  the first few places, linked by number
package markdown

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"assay/internal/errkind"
	"assay/internal/finding/usage"
	"assay/internal/limit"
	"assay/internal/report"
)

//go:embed templates/*.tmpl
var builtin embed.FS

// A Flavor is a dialect of Markdown.
type Flavor string

// The flavours.
const (
	GitHub     Flavor = "github"
	Docusaurus Flavor = "docusaurus" // MDX: braces and angle brackets are code
)

// A Detail is how long a report is.
type Detail string

// The lengths.
const (
	// Brief is the summary, the key findings, the table of projects, and what was read.
	Brief Detail = "brief"
	// Standard adds what a reader wants to know of each project, in a few lines, how
	// the language spread, and the method; and an appendix.
	Standard Detail = "standard"
	// Full says of each project all that a page can show, with charts and tables.
	Full Detail = "full"
)

// Details lists the lengths, the shortest first.
func Details() []Detail { return []Detail{Brief, Standard, Full} }

// Limits bound how much of a project a page shows; the JSON form holds all. A
// limit of zero takes the default.
type Limits struct {
	Repositories int // rows of a project's table; 12
	Components   int // rows of a project's table; 10
	Adopters     int // names; 10
	Maintainers  int // names; 10
	Reasons      int // quotes; 3
	Unread       int // repositories and projects named as not read; 50
	Rows         int // of the other tables at the end; 200
}

func (l Limits) withDefaults() Limits {
	for _, x := range []struct {
		limit *int
		usual int
	}{
		{&l.Repositories, 12}, {&l.Components, 10}, {&l.Adopters, 10}, {&l.Maintainers, 10}, {&l.Reasons, 3}, {&l.Unread, 50}, {&l.Rows, 200},
	} {
		if *x.limit <= 0 {
			*x.limit = x.usual
		}
	}
	return l
}

// Options say how to write a report.
type Options struct {
	// Flavor; "" is GitHub.
	Flavor Flavor
	// Detail; "" is Standard.
	Detail Detail
	// Template is the text of a user's template; "" writes the built-in report.
	Template string
	// Appendix is where the appendix is written. Without it, the report ends with the
	// appendix, folded; a brief report has none.
	Appendix io.Writer
	// Pictures show charts as pictures; without them they are Mermaid's, and fewer.
	Pictures *Pictures
	Limits   Limits
}

// known is an error where there is no such flavour or detail.
func (o *Options) known() error {
	o.Flavor, o.Detail = cmp.Or(o.Flavor, GitHub), cmp.Or(o.Detail, Standard)
	if o.Flavor != GitHub && o.Flavor != Docusaurus {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "there is no Markdown flavour %q", o.Flavor),
			"one of %s, %s", GitHub, Docusaurus)
	}
	if !slices.Contains(Details(), o.Detail) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "there is no detail %q", o.Detail), "one of %s, %s, %s", Brief, Standard, Full)
	}
	if o.Pictures != nil && !slices.Contains(Formats(), cmp.Or(o.Pictures.Format, SVG)) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "there is no format of charts %q", o.Pictures.Format), "one of %s, %s", SVG, PNG)
	}
	if o.Template != "" && o.Appendix != nil {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "a template of your own has no appendix"), "leave out the template, or the appendix")
	}
	return nil
}

// A Page is what templates receive: the model and how it is shown.
type Page struct {
	*report.Model
	Flavor Flavor
	Detail Detail
	Limits Limits
	// Appended: the appendix is a text of its own.
	Appended bool

	links    *linker
	pictures *Pictures // nil for Mermaid
}

// Full reports whether the page says all that it can.
func (p *Page) Full() bool { return p.Detail == Full }

// Brief reports whether the page is as short as can be.
func (p *Page) Brief() bool { return p.Detail == Brief }

// A View is a project on a page: what the "project" template receives.
type View struct {
	*usage.Project
	Page *Page
}

// View puts a project on the page.
func (p *Page) View(project *usage.Project) View { return View{project, p} }

// Render writes the report. An unknown flavour or detail is errkind.Usage; a template
// that cannot be read, or that names what is not there, is errkind.Input, one that
// goes beyond a bound errkind.Limit. Then, and when ctx ends, nothing is written.
func Render(ctx context.Context, w io.Writer, m *report.Model, opts Options) error {
	if err := opts.known(); err != nil {
		return err
	}
	page := &Page{Model: m, Flavor: opts.Flavor, Detail: opts.Detail, Limits: opts.Limits.withDefaults(), Appended: opts.Appendix != nil, pictures: opts.Pictures}
	text, appendix, err := page.texts(ctx, opts.Template)
	if err != nil {
		return err
	}
	if opts.Appendix != nil {
		if _, err := io.WriteString(opts.Appendix, appendix); err != nil {
			return fmt.Errorf("writing the appendix: %w", err)
		}
	}
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// texts are the report and, where it is a text of its own, its appendix.
func (p *Page) texts(ctx context.Context, user string) (text, appendix string, err error) {
	if user != "" {
		text, err = p.execute(ctx, userTemplate, user)
		return text, "", err
	}
	p.links = newLinker()
	if text, err = p.execute(ctx, "report.md.tmpl", ""); err != nil {
		return "", "", err
	}
	defined := p.links
	if p.Appended {
		p.links = newLinker()
	}
	if p.Appended || !p.Brief() {
		p.links.sparing = true
		if appendix, err = p.execute(ctx, "appendix.md.tmpl", ""); err != nil {
			return "", "", err
		}
	}
	if !p.Appended {
		text, appendix = text+"\n\n"+appendix, ""
	} else {
		appendix = tidy(appendix + "\n\n" + p.links.definitions())
	}
	return tidy(text + "\n\n" + defined.definitions()), appendix, nil
}

// execute is what a template makes of the page. User is the text of the user's, if any.
func (p *Page) execute(ctx context.Context, name, user string) (string, error) {
	m := &meter{ended: ctx.Err}
	t, err := parseTemplates(m, p, user)
	if err != nil {
		return "", err
	}
	if err := m.watch(t); err != nil {
		return "", fmt.Errorf("the report's template: %w", err)
	}
	b := bounded{meter: m}
	err = t.ExecuteTemplate(&b, name, p)
	switch {
	case err == nil:
		return b.String(), nil
	case ctx.Err() != nil:
		return "", stoppedAt(m.at, ctx.Err())
	case m.placed:
		return "", fmt.Errorf("the report's template: %w", m.err)
	case m.err != nil:
		return "", errkind.Errorf(errkind.Limit, "the report's template: %w", err)
	}
	return "", errkind.Errorf(errkind.Input, "the report's template: %w", err)
}

// stoppedAt is the error of a context that ended a template: somebody did, or it
// took too long.
func stoppedAt(where string, err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return errkind.Errorf(errkind.Limit, "the report's template: %s: it takes too long", where)
	}
	return fmt.Errorf("the report's template: %w", err)
}

// userTemplate is the name of a template of the user's.
const userTemplate = "user template"

func parseTemplates(m *meter, p *Page, user string) (*template.Template, error) {
	funcs := functions(p.Flavor, p.links)
	for name, f := range funcs {
		funcs[name] = m.weigh(f)
	}
	t, err := template.New("report.md.tmpl").Option("missingkey=error").Funcs(funcs).Funcs(m.own()).ParseFS(builtin, "templates/*.tmpl")
	if err != nil {
		return nil, errkind.Errorf(errkind.Internal, "the built-in templates: %w", err)
	}
	if len(user) > limit.TemplateBytes {
		return nil, errkind.Errorf(errkind.Limit, "the report's template has %d bytes; templates of up to %d are read", len(user), limit.TemplateBytes)
	}
	if user != "" {
		if t, err = t.New(userTemplate).Parse(user); err != nil {
			return nil, errkind.Errorf(errkind.Input, "the report's template: %w", err)
		}
	}
	return t, nil
}

// tidy folds the empty lines that parts of a template leave when they
// have nothing to say.
func tidy(s string) string {
	blank := regexp.MustCompile(`\n{3,}`)
	return strings.TrimSpace(blank.ReplaceAllString(s, "\n\n")) + "\n"
}

// A bounded is a text that refuses to grow beyond limit.TemplateReport.
type bounded struct {
	strings.Builder
	meter *meter
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > limit.TemplateReport {
		return 0, b.meter.here("the report has more than %d bytes", limit.TemplateReport)
	}
	return b.Builder.Write(p)
}
