package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/file"
	"assay/internal/finding"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/report"
	"assay/internal/report/markdown"
	"assay/internal/store"
	"assay/internal/verify"
	"assay/internal/verify/render"
	"assay/internal/verify/stated"
)

const verifyLong = `Verify holds a report, any Markdown text on projects of a landscape, against the
facts of a survey, claim by claim: what is confirmed, outdated, refuted, and what
no source that was read can tell. Of a wrong value it says what is right, with the
evidence, and what may have gone wrong.

The report is held against the survey of its own day, which its front matter or
text names, or the newest survey before it; --as-of names another.

The totals come first, then the findings, the worst first, an error that recurs once
with its places; -v tells all of each, what no source can tell, and what was not
checked.

With --fix wrong values in cells and properties with a label are replaced in the file
where the facts have the exact value; everything else stays as it is to the byte.
With --fix=all what is only suggested is written, too, once the change was shown and
agreed to. The change is shown as a diff, and what is wrong still is listed.
--dry-run shows the change and writes nothing.

REPORT is a file, or - for standard input. In place of a report --claims takes claims
as data: what is said of which project, in JSON, each with a verdict of its own.
--extract writes what was read from a report as such claims, to be mended by hand and
judged again.

Exit status 1 says that there are claims with a verdict of --fail-on.
docs/verify.md describes the kinds of claims and their limits.`

const verifyExample = `  assay verify report.md
  assay verify report.md --fix
  assay verify report.md --fix=all --dry-run
  pandoc -t gfm report.docx | assay verify -
  assay verify report.md --format sarif -o report.sarif --fail-on refuted,outdated
  assay verify report.md --format html -o report.html
  assay verify --extract report.md -o claims.json
  assay verify --claims claims.json`

type verifyOptions struct {
	path, format, out, scope, landscape string
	failOn                              []string
	fix                                 string // see fixSafe
	dry, yes                            bool
	all, json, schema                   bool
	// claims is the file of claims that are data, in place of a report.
	claims                string
	claimsSchema, extract bool
}

// alone reports whether the command takes no report.
func (o *verifyOptions) alone() bool { return o.schema || o.claimsSchema || o.claims != "" }

func newVerify(a *app) *cobra.Command {
	var opts verifyOptions
	cmd := &cobra.Command{
		Use:     "verify REPORT",
		Short:   "Hold a report against the facts, claim by claim",
		Long:    verifyLong,
		Example: verifyExample,
		Args: func(cmd *cobra.Command, given []string) error {
			if opts.alone() {
				return args()(cmd, given)
			}
			return args("REPORT")(cmd, given)
		},
		RunE: func(cmd *cobra.Command, given []string) error {
			if opts.path = opts.claims; !opts.alone() {
				opts.path = given[0]
			}
			switch {
			case opts.schema:
				_, err := a.Stdout.Write(render.Schema())
				return err
			case opts.claimsSchema:
				_, err := a.Stdout.Write(stated.Schema())
				return err
			case opts.claims != "":
				return a.verifyClaims(cmd.Context(), opts)
			case opts.extract:
				return a.extract(cmd.Context(), opts)
			}
			return a.verify(cmd.Context(), opts)
		},
	}
	a.questionFlags(cmd)
	f := cmd.Flags()
	f.Lookup("as-of").Usage = "`date` of the survey (default the report's own)"
	f.Lookup("language").Usage = "`language` of the report (default the one its title names, then that of the settings)"
	f.StringVar(&opts.scope, "scope", "", "`repositories` that figures are over: primary, listed, organisation (default organisation)")
	f.StringVar(&opts.landscape, "landscape", "", "`landscape` of the survey, where the store has those of several")
	f.StringVar(&opts.format, "format", "text", "`format`: text, json, sarif, github or html")
	a.jsonFlags(cmd, &opts.json, "the same as --format json")
	f.BoolVar(&opts.schema, "schema", false, "print the JSON Schema of --format json")
	f.StringVar(&opts.claims, "claims", "", "judge the claims as data of a `file`, or - for standard input, in place of a report")
	f.BoolVar(&opts.claimsSchema, "claims-schema", false, "print the JSON Schema of --claims")
	f.BoolVar(&opts.extract, "extract", false, "print what was read from the report as claims for --claims, and judge nothing")
	f.BoolVar(&opts.all, "all", false, "tell all of every claim, confirmed and subjective ones too (text)")
	mendFlags(cmd, &opts)
	f.StringVarP(&opts.out, "output", "o", "", "`file` to write (default standard output)")
	f.StringSliceVar(&opts.failOn, "fail-on", []string{"refuted"}, "`verdicts` that make the exit status 1: refuted, outdated, ambiguous, unverifiable, none")
	complete(cmd, "format", "text", "json", "sarif", "github", "html")
	complete(cmd, "fail-on", "refuted", "outdated", "ambiguous", "unverifiable", "none")
	complete(cmd, "fix", fixSafe, fixAll)
	complete(cmd, "scope", "primary", "listed", "organisation")
	return cmd
}

// finish checks the options and fills in what follows from them.
func (o *verifyOptions) finish() error {
	var err error
	if o.format, err = checkFormat(o.format, o.json, "text", "json", "sarif", "github", "html"); err != nil {
		return err
	}
	if len(o.failOn) == 0 || len(o.failOn) > 1 && slices.Contains(o.failOn, "none") {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "fail-on: name verdicts, or none alone"), "one or more of refuted, outdated, ambiguous, unverifiable, or none")
	}
	for _, v := range o.failOn {
		if !slices.Contains([]string{"refuted", "outdated", "ambiguous", "unverifiable", "none"}, v) {
			return errkind.WithHint(errkind.Errorf(errkind.Usage, "fail-on: %q is not known", v), "one or more of refuted, outdated, ambiguous, unverifiable, or none")
		}
	}
	if o.claims != "" && (o.mends() || o.extract || o.format == "html") {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "--claims takes no report, which --fix, --extract and --format html show"), "--format text, json, sarif or github")
	}
	if o.extract && (o.mends() || o.format != "text" && o.format != "json") {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "--extract prints JSON, and judges nothing"), "leave out --fix and --format")
	}
	return o.finishMending()
}

// verify holds a report against a stored survey.
func (a *app) verify(ctx context.Context, opts verifyOptions) (err error) {
	source, report, err := a.openReport(ctx, &opts)
	if err != nil {
		return err
	}
	h, err := a.heldAgainst(ctx, opts, report)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, h.close()) }()
	result, err := h.check(ctx, report)
	if err != nil {
		return err
	}
	if opts.mends() {
		return a.fixReport(ctx, opts, source, result, h)
	}
	return a.tellResult(ctx, opts, source, result)
}

// openReport reads the report, once the options are right.
func (a *app) openReport(ctx context.Context, opts *verifyOptions) ([]byte, *verify.Report, error) {
	if err := firstError(opts.finish(), mendable(*opts), a.spares(opts.out, []string{opts.path})); err != nil {
		return nil, nil, err
	}
	source, err := a.readReport(ctx, opts.path)
	if err != nil {
		return nil, nil, err
	}
	report, err := verify.Read(source)
	return source, report, err
}

// tellResult writes a result in the format asked for, and fails where it is wrong.
func (a *app) tellResult(ctx context.Context, opts verifyOptions, source []byte, result *verify.Result) error {
	if err := opts.finish(); err != nil {
		return err
	}
	err := a.write(ctx, opts.out, []string{opts.path}, func(w io.Writer) error { return a.renderResult(w, opts, source, result) })
	return firstError(err, verdict(opts, result))
}

// standard is how standard input is named in place of a report.
const standard = "-"

// name is what the report is called in results.
func (o *verifyOptions) name() string {
	if o.path == standard {
		return "stdin"
	}
	return filepath.ToSlash(o.path)
}

// readReport reads the report at path, which may be standard input.
func (a *app) readReport(ctx context.Context, path string) ([]byte, error) {
	var source []byte
	var err error
	if path == standard {
		source, err = file.ReadAll(ctx, "standard input", io.NopCloser(a.Stdin), limit.VerifyBytes)
	} else {
		source, err = file.ReadGiven(ctx, path, limit.VerifyBytes)
	}
	switch {
	case errkind.Of(err) == errkind.Limit:
		err = errkind.WithHint(errkind.Errorf(errkind.Limit, "report: %q has %s", path, limit.Over("verify-bytes", limit.VerifyBytes)), "is it a text in Markdown? Split it")
	case err == nil && utf16(source):
		err = errkind.WithHint(errkind.Errorf(errkind.Usage, "%q is UTF-16, of which nothing can be read", path), "save it as UTF-8")
	case errkind.Of(err) == errkind.Input && path != standard && !isFile(path):
		err = errkind.WithHint(err, "what is no file is read from standard input: assay verify - < %q", path)
	case err != nil && errkind.Hint(err) == "":
		err = errkind.WithHint(err, "name a Markdown file (assay verify report.md), or give it to standard input (assay verify -)")
	}
	if kind := errkind.Of(err); err != nil && kind != errkind.Canceled && kind != errkind.Limit {
		err = errkind.Errorf(errkind.Usage, "report: %w", err)
	}
	return source, err
}

// utf16 reports whether a text begins as one in UTF-16 does.
func utf16(text []byte) bool {
	return bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff"))
}

// isFile reports whether path leads to a file, a folder or nothing, and not to a pipe
// or a device.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular() || info.IsDir()
}

// A verifiable is what can be held against a survey: a report, or claims as data.
type verifiable interface {
	Day() (day fact.Date, where string)
	Language() string
	Limited() bool
	Check(ctx context.Context, facts finding.Facts, f *usage.Findings, opts verify.Options) (*verify.Result, error)
}

// A held is the data set of the survey that was chosen for a text.
type held struct {
	facts finding.Facts
	found *usage.Findings
	opts  verify.Options
	close func() error
}

// check holds a text against it.
func (h *held) check(ctx context.Context, t verifiable) (*verify.Result, error) {
	return t.Check(ctx, h.facts, h.found, h.opts)
}

// heldAgainst opens the data set of the survey of a text's day.
func (a *app) heldAgainst(ctx context.Context, opts verifyOptions, t verifiable) (*held, error) {
	named, err := a.languageOf(t)
	if err != nil {
		return nil, err
	}
	x, why, err := a.surveyOfReport(ctx, opts, t)
	if err != nil {
		return nil, err
	}
	x.Limited = t.Limited()
	found, head, err := x.findings(ctx, x.language)
	if err != nil {
		return nil, firstError(err, x.Close())
	}
	facts, err := x.Facts(ctx, head)
	if err != nil {
		return nil, firstError(err, x.Close())
	}
	find := func(language string) (*usage.Findings, error) {
		f, _, err := x.findings(ctx, language)
		return f, err
	}
	own := func(ctx context.Context) ([][]byte, error) {
		return ownReports(ctx, report.New(head.Survey, found, ""))
	}
	return &held{facts, found, verify.Options{
		Name: opts.name(), AsOfWhy: why, Aliases: a.settings.aliases(), Unnamed: !named, Find: find, Own: own,
	}, x.Close}, nil
}

// ownReports are the reports that we would write, in every detail.
func ownReports(ctx context.Context, model *report.Model) ([][]byte, error) {
	var all [][]byte
	for _, detail := range markdown.Details() {
		var b bytes.Buffer
		if err := markdown.Render(ctx, &b, model, markdown.Options{Detail: detail}); err != nil {
			return nil, err
		}
		all = append(all, b.Bytes())
	}
	return all, nil
}

// languageOf sets the language that a report is held against: that of the flag,
// else the one that the report names, else that of the environment or the
// configuration file. named is false where there is none of these; the default
// then stands for any.
func (a *app) languageOf(report verifiable) (named bool, err error) {
	if a.flags.Language != "" {
		return true, nil
	}
	if language := report.Language(); language != "" {
		a.settings.Language = language
		return true, nil
	}
	configured, err := a.readFile()
	if err != nil {
		return false, err
	}
	return configured.Language != "" || a.Getenv("ASSAY_LANGUAGE") != "", nil
}

// surveyOfReport opens the data set of the survey that a report is held against, and
// says why that one.
func (a *app) surveyOfReport(ctx context.Context, opts verifyOptions, report verifiable) (x *answerer, why string, err error) {
	q, err := a.question()
	if err != nil {
		return nil, "", err
	}
	q.Scope = fact.Scope(opts.scope)
	st, err := a.library(ctx)
	if err != nil {
		return nil, "", err
	}
	defer func() { err = firstError(err, st.Close()) }()
	sel := store.Selector{}
	if sel.Landscape, err = landscapeOf(ctx, st, opts.landscape); err != nil {
		return nil, "", err
	}
	if sel.AsOf, why, err = a.dayOfReport(ctx, st, sel.Landscape, report); err != nil {
		return nil, "", err
	}
	x, err = st.answerer(ctx, q, sel)
	return x, why, noSurveyOf(err, string(sel.AsOf))
}

// dayOfReport is the day of the survey to hold a report against: the one asked
// for, that of the report, or the newest before it.
func (a *app) dayOfReport(ctx context.Context, st surveyList, landscape string, report verifiable) (fact.Date, string, error) {
	if a.flags.AsOf != "" {
		return fact.Date(a.settings.AsOf), "asked for", nil
	}
	day, why := report.Day()
	headers, err := st.Surveys(ctx)
	if err != nil {
		return "", "", err
	}
	best := fact.Date("")
	for _, h := range headers {
		if (day == "" || h.AsOf <= day) && h.AsOf > best && (landscape == "" || h.Source == landscape) {
			best = h.AsOf
		}
	}
	switch {
	case best == "" && day != "":
		err := errkind.Errorf(errkind.NotFound, "the report is of %s (%s), and no survey of that day or before is stored", day, why)
		return "", "", errkind.WithHint(err, "run 'assay survey --as-of %s', or name another date with --as-of", day)
	case best == "":
		return "", "", nil
	case day == "":
		return best, "the newest survey; the report names no day", nil
	case best != day:
		return best, fmt.Sprintf("the newest survey up to %s: %s", day, why), nil
	}
	return best, why, nil
}

// renderResult writes a result in the format asked for.
func (a *app) renderResult(w io.Writer, opts verifyOptions, source []byte, r *verify.Result) error {
	switch opts.format {
	case "json":
		return a.picked(w, func(w io.Writer) error { return render.JSON(w, r) })
	case "sarif":
		return render.SARIF(w, source, r, versionInfo().Version)
	case "github":
		return render.GitHub(w, r)
	case "html":
		return render.HTML(w, source, r)
	}
	return render.Text(w, source, r, a.textOptions(opts))
}

// textOptions say how a result is shown to people. Where a report is mended that is on
// standard error, which takes no colours.
func (a *app) textOptions(opts verifyOptions) render.TextOptions {
	return render.TextOptions{
		Verbose: a.verbose, All: opts.all, Width: a.width(),
		Color: a.Colour && a.Getenv("NO_COLOR") == "" && opts.out == "" && !opts.mends(),
	}
}

// verdict is the error that says that the report is wrong.
func verdict(opts verifyOptions, r *verify.Result) error {
	n := 0
	for _, v := range opts.failOn {
		n += r.Count(verify.Verdict(v))
		for i := range r.Findings {
			if string(r.Findings[i].Verdict) == v {
				n++
			}
		}
	}
	if n == 0 {
		return nil
	}
	if opts.claims != "" {
		return errkind.Errorf(errkind.Refuted, "%s: %s %s %s", r.Name, words.Amount(n, "claim"), isAre(n), strings.Join(opts.failOn, " or "))
	}
	err := errkind.Errorf(errkind.Refuted, "%s: %s of the report %s %s", r.Name, words.Amount(n, "statement"), isAre(n), strings.Join(opts.failOn, " or "))
	if opts.mends() {
		return err
	}
	return errkind.WithHint(err, "--format html shows them in the text, --fix mends what is safe to mend")
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// aliases are the further names of projects, by identifier.
func (s *Settings) aliases() map[string][]string {
	all := map[string][]string{}
	for name, p := range s.Projects {
		all[fact.Slug(name)] = append(all[fact.Slug(name)], p.Aliases...)
	}
	return all
}
