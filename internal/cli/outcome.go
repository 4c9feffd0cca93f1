package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/sanitize"
	"assay/internal/survey"
)

// surveyDone tells what a survey did. Repositories that failed make it an error
// of kind Partial; when the user is strict, so does anything that is missing.
func (a *app) surveyDone(res *survey.Result, opts *surveyOptions) error {
	if opts.json {
		if err := a.json(surveyJSON(res, a.settings.Store)); err != nil {
			return err
		}
	} else {
		a.printSurvey(res)
	}
	a.warnOfSecrets(res.Survey)
	a.warnOfFolders(res.Survey)
	sources := a.warnOfSources(res.Survey)
	a.printUnread(res)
	if h := horizonOf(res.Survey); len(h.stale) > 0 {
		a.warn(h.String()+"; what came after is unknown", "")
	}
	a.warnOfMissing(res)
	return partial(res, sources, opts.strict)
}

// surveyJSON is what a survey did, as data.
func surveyJSON(res *survey.Result, store string) map[string]any {
	s := res.Survey
	limited := s.Projects
	if limited == nil {
		limited = []string{}
	}
	return map[string]any{
		"limited_to": limited,
		"as_of":      s.AsOf, "projects": len(s.Landscape.Projects), "repositories": len(s.Outcomes),
		"measured": res.Measured, "cached": res.Cached, "failed": res.Failed(), "absent": res.Count(errkind.Absent),
		"gone": res.Count(errkind.Gone), "stale": len(horizonOf(s).stale), "empty": res.Count(errkind.Empty),
		"kept": res.Kept, "read": res.Read, "store": store, "outcomes": s.Outcomes,
	}
}

func (a *app) printSurvey(res *survey.Result) {
	s, empty := res.Survey, res.Count(errkind.Empty)
	projects := words.Amount(len(s.Landscape.Projects), "project")
	if len(s.Projects) > 0 {
		projects = fmt.Sprintf("%s of %s", words.Number(len(s.Projects)), projects)
	}
	fmt.Fprintf(a.Stdout, "surveyed %s as of %s: %s measured, %d known already, %d not read",
		projects, s.AsOf, words.Amount(res.Measured, "repository"), res.Cached, len(res.Unread)-empty)
	if empty > 0 {
		fmt.Fprintf(a.Stdout, ", %d without a commit by then", empty)
	}
	if res.Kept > 0 {
		fmt.Fprintf(a.Stdout, ", %d kept as an earlier run of this date read them", res.Kept)
	}
	fmt.Fprintln(a.Stdout)
	if r := res.Read; r.Commits > 0 || r.Blobs > 0 {
		fmt.Fprintf(a.Stdout, "read %s, the sizes of %s and the contents of %s\n", words.Amount(r.Commits, "commit"),
			words.Amount(r.Sizes, "file version"), words.Amount(r.Blobs, "file version"))
	}
	fmt.Fprintf(a.Stdout, "facts are in %s\n", sanitize.Text(a.settings.Store))
}

// warnOfSources tells of the places where repositories are named that could not
// be read, and counts them: projects may have repositories that nobody has told
// of.
func (a *app) warnOfSources(s *fact.Survey) int {
	n := 0
	for _, src := range s.Catalog.Sources {
		if src.State == "failed" || src.State == "partial" {
			a.warn("the source "+src.Name+" was not read whole: "+src.Why, src.How)
			n++
		}
	}
	return n
}

// warnOfSecrets tells where a source holds a password or a token, and not which.
func (a *app) warnOfSecrets(s *fact.Survey) {
	for _, n := range slices.Concat(s.Landscape.Notes, s.Catalog.Notes) {
		if n.Kind == fact.NoteSecret {
			a.warn(n.Evidence.String()+": "+n.Text, "")
		}
	}
}

// warnOfFolders tells of folders that a source names and that are not there, so
// that more was measured than was named.
func (a *app) warnOfFolders(s *fact.Survey) {
	all := slices.DeleteFunc(slices.Clone(s.Catalog.Notes), func(n fact.Note) bool { return n.Kind != fact.NoteFolder })
	for _, n := range all[:min(len(all), mostUnread)] {
		a.warn(n.Evidence.String()+": "+n.Text, "")
	}
	if more := len(all) - mostUnread; more > 0 {
		a.warn(words.Amount(more, "more folder")+" that are named and not there; 'assay report' lists all", "")
	}
}

// mostUnread is how many repositories that were not read are listed, unless the
// user wants to hear more.
const mostUnread = 10

// printUnread lists the repositories that were not read: first what failed, then
// what is gone, then what is in no place. What had no commit is no news.
func (a *app) printUnread(res *survey.Result) {
	rank := func(o fact.Outcome) int {
		return slices.Index([]errkind.Kind{errkind.Gone, errkind.Absent, errkind.Empty}, errkind.Kind(o.Failure))
	}
	all := slices.Clone(res.Unread)
	slices.SortStableFunc(all, func(x, y fact.Outcome) int { return cmp.Compare(rank(x), rank(y)) })
	shown := all
	if !a.verbose {
		shown = slices.DeleteFunc(shown, func(o fact.Outcome) bool { return o.Failure == string(errkind.Empty) })
		shown = shown[:min(len(shown), mostUnread)]
	}
	for i := range shown {
		o := &shown[i]
		why := o.Failure + ": " + o.Why
		if o.Failure == string(errkind.Absent) {
			why = "in no place searched"
		}
		fmt.Fprintf(a.Stderr, "not read: %s: %s\n", sanitize.Text(string(o.Repo)), sanitize.Text(why))
	}
	if more := res.Failed() + res.Missing() - len(shown); !a.verbose && more > 0 {
		fmt.Fprintf(a.Stderr, "not read: %d more; --verbose lists all\n", more)
	}
}

// warnOfMissing says how many repositories are not where the survey looked.
func (a *app) warnOfMissing(res *survey.Result) {
	absent, gone := res.Count(errkind.Absent), res.Count(errkind.Gone)
	all := len(res.Unread) + res.Cached + res.Measured + res.Kept
	var what, how []string
	if absent > 0 {
		place := fmt.Sprintf("the tree of mirrors %q", a.settings.MirrorFrom)
		if a.settings.MirrorFrom == "" {
			place = fmt.Sprintf("the folder of our own clones %q", a.settings.Mirrors)
		}
		what = append(what, fmt.Sprintf("%d of %d repositories are not in %s", absent, all, place))
		how = append(how, "add them there, or survey without --offline to clone them")
	}
	if gone > 0 {
		what = append(what, fmt.Sprintf("%d of %d repositories are gone from their hosts", gone, all))
		how = append(how, "correct their addresses, or give their present names under renames")
	}
	if len(what) > 0 {
		a.warn(strings.Join(what, ", ")+"; 'assay report' shows what is missing", strings.Join(how, "; "))
	}
}

// partial is the error that a survey is not whole; nil when it is, or when only
// what is missing makes it so and the user is not strict. Sources are those
// that were not read whole.
func partial(res *survey.Result, sources int, strict bool) error {
	all := len(res.Unread) + res.Cached + res.Measured + res.Kept
	if n := res.Failed(); n > 0 {
		return errkind.WithHint(errkind.Errorf(errkind.Partial, "%d of %d repositories not read", n, all),
			"the rest is stored; 'assay report' shows what is missing, and the same command tries again")
	}
	if n := res.Missing(); strict && n+sources > 0 {
		return errkind.WithHint(
			errkind.Errorf(errkind.Partial, "the survey is not whole: %s missing, %s not read", words.Amount(n, "repository"), words.Amount(sources, "source")),
			"the rest is stored; without --strict that is a warning")
	}
	return nil
}

// warn tells of something that ends nothing, and how to mend it.
func (a *app) warn(what, how string) {
	fmt.Fprintln(a.Stderr, "assay: warning: "+sanitize.Text(what))
	if how != "" {
		fmt.Fprintln(a.Stderr, "  hint: "+sanitize.Text(how))
	}
}
