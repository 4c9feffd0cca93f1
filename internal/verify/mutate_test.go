package verify

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/report"
	"assay/internal/report/markdown"
)

// leastCaught is the share of single wrong facts that a check must catch: some stand in
// sentences of which it is not certain what they are about. Of those
// for which only one value can be meant, Fix must mend every one under a label, and
// for the others the right value must be suggested, and nothing written. What is not
// caught became true in another way, such as the name of one of two organisations
// with the same share.
const leastCaught = 0.98

var shown = flag.Int("uncaught", 40, "how many mutations that were not caught are printed")

// One fact of a true report is changed at a time, and the check must tell which:
// the wrong line is refuted, outdated or in a finding, and no other line is
// judged otherwise than before. Where a value under a label was replaced, Fix must
// give back the true report to the byte.
func TestMutations(t *testing.T) {
	t.Parallel()
	t.Run("demo", func(t *testing.T) {
		t.Parallel()
		mutateAll(t, demoFacts(t), 40, 600)
	})
	t.Run("real", func(t *testing.T) {
		t.Parallel()
		mutateAll(t, realFacts(t), 200, 3000)
	})
}

// mutateAll changes a report of ours and one as people write them, up to so many
// times for each kind of change.
func mutateAll(t *testing.T, facts finding.Facts, perKind, least int) {
	t.Helper()
	f := found(t, facts, "rust")
	words := vocabularyOf(f)
	human, humanSites := humanReport(f)
	pick := rand.New(rand.NewPCG(2025, 6))
	all := newBench(t, "human", human, facts, f).changes(pick, humanSites, words)
	for _, detail := range []markdown.Detail{markdown.Standard, markdown.Full} { // a brief one is the beginning of either
		for _, part := range parts(string(ownReport(t, facts, "rust", markdown.Options{Detail: detail}))) {
			all = append(all, newBench(t, "own "+string(detail), part, facts, f).changes(pick, ownSites(part, words), words)...)
		}
	}
	tried := tryAll(t, choose(all, pick, perKind))
	if len(tried) < least {
		t.Errorf("%d mutations, want %d: the test looks at too little", len(tried), least)
	}
	summarise(t, tried)
}

// longPart is the length of a report from which it is held against the facts in
// parts, to be quick.
const longPart = 100_000

// parts cuts a long report of ours into what stands around the projects, and a
// report for each project. All have the definitions of links.
func parts(text string) []string {
	if len(text) < longPart {
		return []string{text}
	}
	text, defined := cutDefinitions(text)
	front, rest, _ := strings.Cut(text, "\n> ")
	rest = "\n> " + rest
	var all []string
	around := front
	for i, chapter := range strings.Split(rest, "\n## ") {
		if i > 0 {
			chapter = "\n## " + chapter
		}
		title, projects, ok := strings.Cut(chapter, "\n\n### ")
		if !ok || !strings.HasSuffix(title, " projects") {
			around += chapter
			continue
		}
		for project := range strings.SplitSeq(projects, "\n### ") {
			all = append(all, front+title+"\n\n### "+project+defined)
		}
	}
	return append(all, around+defined)
}

// cutDefinitions takes the definitions of links off the end of a report.
func cutDefinitions(text string) (rest, defined string) {
	at := strings.Index(text, "\n[1]: ")
	if at < 0 {
		return text, ""
	}
	return text[:at], "\n" + text[at:]
}

// A bench is a true report with its result, to hold changed ones against.
type bench struct {
	name  string
	text  string
	facts finding.Facts
	f     *usage.Findings
	// verdicts by place, and the findings there are.
	own      func(context.Context) ([][]byte, error)
	verdicts map[claimPlace]Verdict
	findings map[string]bool
}

// A claimPlace is where a claim stands, and what it claims.
type claimPlace struct {
	line, column int
	kind, quote  string
}

func newBench(t *testing.T, name, text string, facts finding.Facts, f *usage.Findings) *bench {
	t.Helper()
	b := &bench{name: name, text: text, facts: facts, f: f, verdicts: map[claimPlace]Verdict{}, findings: map[string]bool{}}
	b.own = ownOf(t, facts, f)
	r, err := check([]byte(text), facts, f, Options{Name: name, Own: b.own})
	if err != nil {
		t.Fatal(err)
	}
	if n := r.Count(Refuted) + r.Count(Outdated); n > 0 || r.Count(Confirmed) < 30 {
		t.Errorf("the true report %q: %d claims confirmed, %d wrong", name, r.Count(Confirmed), n)
		holdTrue(t, []byte(text), r)
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		b.verdicts[claimPlace{c.Line, c.Column, string(c.Kind), c.Quote}] = c.Verdict
	}
	for i := range r.Findings {
		b.findings[r.Findings[i].Kind+r.Findings[i].Text] = true
	}
	b.quiet(t)
	return b
}

// ownOf writes our reports of the findings, once.
func ownOf(t *testing.T, facts finding.Facts, f *usage.Findings) func(context.Context) ([][]byte, error) {
	t.Helper()
	var all [][]byte
	for _, detail := range markdown.Details() {
		var b bytes.Buffer
		if err := markdown.Render(t.Context(), &b, report.New(facts.Survey, f, ""), markdown.Options{Detail: detail}); err != nil {
			t.Fatal(err)
		}
		all = append(all, b.Bytes())
	}
	return func(context.Context) ([][]byte, error) { return all, nil }
}

// quiet: nothing is caught where nothing is wrong, a line more or less.
func (b *bench) quiet(t *testing.T) {
	t.Helper()
	blank := strings.Index(b.text, "\n\n") + 1
	line := 1 + strings.Count(b.text[:blank], "\n")
	for _, c := range []change{
		{from: blank, to: blank, text: "\n", line: line, lines: 1},
		{from: blank, to: blank + 1, line: line, lines: -1},
	} {
		if tr, err := b.try(c); err != nil || !strings.HasPrefix(tr.why, silence) {
			t.Errorf("the true report %q with %d blank lines more: something is caught; %q, %v", b.name, c.lines, tr.why, err)
		}
	}
}

// silence begins the reason for which a change is not caught when nothing is said of it.
const silence = "nothing said"

// A trial is a change and what came of it.
type trial struct {
	change
	report          string
	why             string // not caught; "" for caught
	mended, exact   bool   // Fix changed the report, to the true one
	suggested       bool   // some suggestion gives the true report
	mendedTo, shows string
}

// right reports whether a change that can be mended is: written where it stands under
// a label, and else suggested and nothing written.
func (tr *trial) right() bool {
	if tr.labelled {
		return tr.exact
	}
	return tr.suggested && !tr.mended
}

func tryAll(t *testing.T, all []change) []trial {
	t.Helper()
	tried := make([]trial, len(all))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range all {
		group.Go(func() (err error) {
			tried[i], err = all[i].bench.try(all[i])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return tried
}

// try checks the report with a change made.
func (b *bench) try(c change) (trial, error) {
	text := []byte(b.text[:c.from] + c.text + b.text[c.to:])
	tr := trial{change: c, report: b.name, shows: lineOf(string(text), c.line)}
	r, err := check(text, b.facts, b.f, Options{Name: b.name, Own: b.own})
	if err != nil {
		return tr, err
	}
	tr.why = b.missed(r, &c)
	if mended, _ := Fix(text, r, FixOptions{}); (c.mendable || c.bound != "") && !bytes.Equal(mended, text) {
		tr.mended, tr.exact = true, string(mended) == b.text
		tr.mendedTo = lineOf(string(mended), c.line)
	}
	tr.suggested = c.mendable && slices.ContainsFunc(r.Claims, func(x Claim) bool {
		e := x.Suggestion
		return e != nil && string(text[:e.Offset])+e.Text+string(text[e.End:]) == b.text
	})
	return tr, nil
}

// missed says why a change is not caught, "" when it is.
func (b *bench) missed(r *Result, c *change) string {
	if at := b.disturbed(r, c); at != "" {
		return at
	}
	if c.bound != "" && c.bound != Refuted {
		return b.missedBound(r, c)
	}
	for i := range r.Claims {
		if x := &r.Claims[i]; c.on(x.Line) && (x.Verdict == Refuted || x.Verdict == Outdated) {
			return ""
		}
	}
	for i := range r.Findings {
		if x := &r.Findings[i]; x.Verdict == Refuted && !b.findings[x.Kind+x.Text] && c.concerns(x) {
			return ""
		}
	}
	return silence + "; " + saidOf(r, c)
}

// missedBound says why a changed bound that may hold is not judged as it must be. In our
// own report it is wrong all the same: the report of the day says another.
func (b *bench) missedBound(r *Result, c *change) string {
	for i := range r.Claims {
		if x := &r.Claims[i]; x.Line == c.line && x.Offset < c.from+len(c.text) && c.from < x.End && (x.Verdict == c.bound || x.Verdict == Refuted && strings.HasPrefix(b.name, "own")) {
			return ""
		}
	}
	return "want " + string(c.bound) + "; " + saidOf(r, c)
}

// concerns reports whether a finding is about the changed line; one about a
// dropped line can stand anywhere.
func (c *change) concerns(x *Finding) bool {
	if c.lines < 0 {
		return x.Kind == Omission || x.Kind == Sum
	}
	return c.on(x.Line) || slices.ContainsFunc(x.Others, func(p Place) bool { return c.on(p.Line) })
}

// disturbed names a claim on another line that is judged otherwise than before,
// or is wrong and was not there.
func (b *bench) disturbed(r *Result, c *change) string {
	for i := range r.Claims {
		x := &r.Claims[i]
		if c.on(x.Line) {
			continue
		}
		before, known := b.verdicts[claimPlace{c.unmoved(x.Line), x.Column, string(x.Kind), x.Quote}]
		if c.told && x.Verdict == Unverifiable {
			continue // it is not said of what was read any more
		}
		if known && before != x.Verdict || !known && (x.Verdict == Refuted || x.Verdict == Outdated) {
			return fmt.Sprintf("line %d: %s %q of %q was %q and is %s: %s", x.Line, x.Kind, x.Quote, x.Subject, before, x.Verdict, x.Why)
		}
	}
	return ""
}

// saidOf is what the claims over the changed bytes say.
func saidOf(r *Result, c *change) string {
	var said []string
	for i := range r.Claims {
		x := &r.Claims[i]
		if c.lines == 0 && x.Line == c.line && x.Offset < c.from+len(c.text) && c.from < x.End {
			said = append(said, fmt.Sprintf("%s %q [%s] %s (%s %s)", x.Kind, x.Quote, x.Subject, x.Verdict, x.Why, x.Source))
		}
	}
	if len(said) == 0 {
		return "no claim there"
	}
	return strings.Join(said, "; ")
}

// spoiled reports whether something was written that must not be: another value than
// the true one, or one in running text that is not ours.
func (tr *trial) spoiled() bool {
	return tr.mended && (!tr.exact || !tr.labelled && tr.report == "human")
}

// A tally counts the trials of a kind of change.
type tally struct{ tried, caught, labelled, written, other, suggested, wrong int }

func (y *tally) add(tr *trial) {
	y.tried++
	y.caught += countIf(tr.why == "")
	y.labelled += countIf(tr.mendable && tr.labelled)
	y.written += countIf(tr.mendable && tr.labelled && tr.right())
	y.other += countIf(tr.mendable && !tr.labelled)
	y.suggested += countIf(tr.mendable && !tr.labelled && tr.right())
	y.wrong += countIf(tr.spoiled())
}

func countIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (y *tally) String() string {
	return fmt.Sprintf("%5d tried %6.1f %% caught; %5d of %5d written to the byte, %5d of %5d suggested, %d written wrongly",
		y.tried, percentOf(y.caught, y.tried), y.written, y.labelled, y.suggested, y.other, y.wrong)
}

func percentOf(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// summarise prints what came of all trials, and holds it against what is asked.
func summarise(t *testing.T, tried []trial) {
	t.Helper()
	var all tally
	kinds := map[string]*tally{}
	var missed, wrong, left []string
	for i := range tried {
		tr := &tried[i]
		key := tr.report + " " + tr.kind
		if kinds[key] == nil {
			kinds[key] = &tally{}
		}
		kinds[key].add(tr)
		all.add(tr)
		if tr.why != "" {
			missed = append(missed, fmt.Sprintf("%s line %d: %q -> %q: %s\n\t\t%s", key, tr.change.line, tr.before, tr.after, tr.why, tr.shows))
		}
		if tr.mendable && tr.why == "" && !tr.right() {
			left = append(left, fmt.Sprintf("%s line %d: %q -> %q\n\t\t%s", key, tr.change.line, tr.before, tr.after, tr.shows))
		}
		if tr.spoiled() {
			wrong = append(wrong, fmt.Sprintf("%s line %d: %q -> %q is mended to\n\t\t%s", key, tr.change.line, tr.before, tr.after, tr.mendedTo))
		}
	}
	printAll(t, kinds, missed, wrong, left)
	t.Logf("%-36s %s", "all", &all)
	if share := float64(all.caught) / float64(max(all.tried, 1)); share < leastCaught {
		t.Errorf("%.1f %% of %d mutations are caught, want %.0f %%", 100*share, all.tried, 100*leastCaught)
	}
	if all.written < all.labelled || all.labelled == 0 {
		t.Errorf("%d of %d reports with a wrong value under a label are the true one again, want all", all.written, all.labelled)
	}
	if len(left) > 0 || all.other == 0 {
		t.Errorf("%d wrong values are caught, and neither mended nor suggested", len(left))
	}
	if all.wrong > 0 {
		t.Errorf("%d reports are mended to one that is not the true one", all.wrong)
	}
}

func printAll(t *testing.T, kinds map[string]*tally, missed, wrong, left []string) {
	t.Helper()
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t.Logf("%-36s %s", name, kinds[name])
	}
	slices.Sort(missed)
	slices.Sort(wrong)
	slices.Sort(left)
	for _, list := range []struct {
		title string
		all   []string
	}{{"not caught", missed}, {"mended wrongly", wrong}, {"caught, and neither mended nor suggested", left}} {
		t.Logf("%d %s", len(list.all), list.title)
		for _, m := range spread(list.all, *shown) {
			t.Log("  " + m)
		}
	}
}

// spread takes n of all evenly.
func spread(all []string, n int) []string {
	if len(all) <= n {
		return all
	}
	var some []string
	for i := range n {
		some = append(some, all[i*len(all)/n])
	}
	return some
}

// lineOf is a line of a text, cut to what can be read.
func lineOf(text string, line int) string {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	s := linkEnd.ReplaceAllString(lines[line-1], "](…)")
	return s[:min(len(s), 400)]
}

// choose takes up to so many changes of each kind.
func choose(all []change, pick *rand.Rand, perKind int) []change {
	pick.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	have := map[string]int{}
	var some []change
	for _, c := range all {
		key := c.bench.name + c.kind
		if have[key]++; have[key] <= perKind {
			some = append(some, c)
		}
	}
	return some
}

// A change makes one fact of a text wrong: it puts text for the bytes from and to.
type change struct {
	bench         *bench
	kind          string
	from, to      int
	text          string
	before, after string // what is changed, for people
	line          int    // 1-based
	lines         int    // lines more than before: -1 for a dropped row, 1 for a doubled one
	mendable      bool   // a value stands for another
	// bound is the verdict on a changed bound, "" for other changes: a weaker bound
	// holds too.
	bound Verdict
	// told: what the text says of how much was read is changed, so that figures may
	// no longer be said of that.
	told     bool
	labelled bool // in a cell or property with a label, and in no sentence
}

// on reports whether a line of the changed text is the changed one.
func (c *change) on(line int) bool {
	return c.lines >= 0 && line >= c.line && line <= c.line+c.lines
}

// unmoved is the line of the true text that a line of the changed one was.
func (c *change) unmoved(line int) int {
	if line > c.line || c.lines < 0 && line == c.line {
		return line - c.lines
	}
	return line
}

// The sorts of facts that stand in a text.
const (
	aDate         = "date"
	aMonth        = "month"
	aLastDay      = "last day" // of work: a later one cannot be excluded when not all was read
	aNumber       = "number"   // of bytes, lines, commits …
	aSum          = "sum"
	aChart        = "chart"
	aPercentage   = "percentage"
	aShare        = "language share"
	aUnit         = "unit"
	aName         = "project name"
	aMaturity     = "maturity word"
	aClass        = "class word"
	aHealth       = "health word"
	aCadence      = "cadence word"
	aLicence      = "licence"
	aVersion      = "version"
	anOrg         = "organisation"
	aRepository   = "repository"
	anEdition     = "edition"
	aLanguage     = "language"
	aRow          = "row"           // of a table of projects
	aRowOfFigures = "row of a part" // of a table of repositories or packages
)

// A site is a stretch of a text that states a fact.
type site struct {
	sort     string
	from, to int
}

// A vocabulary is the words to put for others.
type vocabulary struct {
	projects  map[string]*usage.Project // by name
	names     []string
	slugs     map[string]string // project by repository, as reports write it
	slugNames []string
	orgs      []string
	asOf      time.Time
}

func vocabularyOf(f *usage.Findings) *vocabulary {
	v := &vocabulary{projects: map[string]*usage.Project{}, slugs: map[string]string{}}
	orgs := map[string]bool{}
	for i := range f.Projects {
		p := &f.Projects[i]
		v.projects[p.Name] = p
		for k := range p.Repositories {
			if r := &p.Repositories[k]; r.State == profile.Read {
				v.slugs[r.Slug()] = p.Name
			}
		}
		for k := range p.Item.Audits {
			orgs[p.Item.Audits[k].Vendor] = true
		}
		if p.Activity == nil {
			continue
		}
		for k := range p.Activity.Year.Organisations.List {
			orgs[p.Activity.Year.Organisations.List[k].Name] = true
		}
	}
	delete(orgs, "")
	v.asOf, _ = time.Parse(time.DateOnly, string(asOfOf(f))) // a day of ours is one
	v.names, v.slugNames, v.orgs = slices.Sorted(maps.Keys(v.projects)), slices.Sorted(maps.Keys(v.slugs)), slices.Sorted(maps.Keys(orgs))
	return v
}

// pickOther picks a word that fits.
func pickOther(pick *rand.Rand, words []string, fits func(string) bool) string {
	var some []string
	for _, w := range words {
		if fits(w) {
			some = append(some, w)
		}
	}
	if len(some) == 0 {
		return ""
	}
	return some[pick.IntN(len(some))]
}

// unlike picks a project of another level and day of acceptance that does not
// use the language or is of another class.
func (v *vocabulary) unlike(pick *rand.Rand, name, line string) string {
	p := v.projects[name]
	return pickOther(pick, v.names, func(s string) bool {
		o := v.projects[s]
		return p != nil && o.Maturity != p.Maturity && o.Accepted != p.Accepted && o.Class != p.Class &&
			(o.Class.Uses() || o.Coverage.Complete()) && !strings.Contains(line, s)
	})
}

// changes are all changes of the facts at sites, some of them picked.
func (b *bench) changes(pick *rand.Rand, sites []site, v *vocabulary) []change {
	var all []change
	text := b.text
	lines := linesOf(text)
	for _, s := range sites {
		if s.sort == aRow || s.sort == aRowOfFigures {
			all = append(all, rowChanges(pick, text, s, sites, v)...)
			continue
		}
		for _, e := range edits(pick, text, s, v) {
			if s.sort == aName && lines[strings.Replace(plainLine(text, s.from), text[s.from:s.to], e.text, 1)] {
				continue // another row says so, and is right
			}
			c := change{kind: e.kind, from: s.from, to: s.to, text: e.text, before: text[s.from:s.to], after: e.text}
			c.mendable, c.labelled = mendable(s, text), underLabel(s, text)
			c.told = coverageTold.MatchString(lineAround(text, s.from))
			if c.bound = boundVerdict(text, s, e.text, v.asOf); c.bound != "" {
				c.mendable, c.labelled = false, false // what is written must be exact
			}
			c.line = 1 + strings.Count(text[:s.from], "\n")
			all = append(all, c)
		}
	}
	for i := range all {
		all[i].bench = b
	}
	return all
}

// linesOf is the set of the lines of a text, as they are read.
func linesOf(text string) map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(text) {
		all[linkEnd.ReplaceAllString(strings.Trim(line, "\n"), "]")] = true
	}
	return all
}

func plainLine(text string, at int) string {
	return linkEnd.ReplaceAllString(lineAround(text, at), "]")
}

// mendable reports whether only the value at a site can be meant: not where what
// stands beside it would be as right a thing to mend.
func mendable(s site, text string) bool {
	switch s.sort {
	case aName, aUnit, aRepository, aChart:
		return false
	case aLanguage, anOrg:
		// There may be less of the other language too: then nothing is wrong.
		return !sharePart.MatchString(text[s.to:]) && !strings.HasSuffix(text[:s.from], " than ")
	case aMaturity:
		return !strings.HasPrefix(text[s.to:], " (") // of a table of growth
	}
	return true
}

var (
	propertyLine = regexp.MustCompile(`(?:^|\| )(?:- )?\*\*[^*\d][^*]*:?\*\*:? |^(?:- )?[\pL]+(?: [\pL]+){0,2}: `)
	aVerb        = regexp.MustCompile(`\b(?:is|are|was|were|has|have|had|made|makes|holds?|reaches)\b`)
)

// underLabel reports whether a site is in a row of a table, not in its remarks, or
// behind a label in bold or of few words, and in no clause with a verb.
func underLabel(s site, text string) bool {
	line := lineAround(text, s.from)
	at := s.from - (strings.LastIndexByte(text[:s.from], '\n') + 1)
	row := strings.HasPrefix(line, "| ")
	if !row && !propertyLine.MatchString(line[:at]) {
		return false
	}
	from, to := 0, len(line)
	if m := propertyLine.FindStringIndex(line[:at]); m != nil && !row {
		from = m[1] // a label says nothing
	}
	for i, c := range line {
		switch {
		case c != ';' && c != '|' && c != '·':
		case i < at:
			from = i
		default:
			to = min(to, i)
		}
	}
	clause := linkEnd.ReplaceAllString(line[from:to], "]")
	return !aVerb.MatchString(clause)
}

var sharePart = regexp.MustCompile(`^ \(?\d`)

// rowChanges drop a row, and write it twice, once with a changed value.
func rowChanges(pick *rand.Rand, text string, row site, sites []site, v *vocabulary) []change {
	line := 1 + strings.Count(text[:row.from], "\n")
	whole := text[row.from:row.to]
	var all []change
	if row.sort == aRow {
		all = append(all, change{kind: "row dropped", from: row.from, to: row.to, before: whole[:min(40, len(whole))], line: line, lines: -1})
	}
	var within []site
	for _, s := range sites {
		if s.from >= row.from && s.to <= row.to && s.sort != aRow && s.sort != aRowOfFigures && s.sort != aName && s.sort != aRepository {
			within = append(within, s)
		}
	}
	if _, below, _ := strings.Cut(text[row.to-1:], "\n\n"); len(within) == 0 || strings.HasPrefix(below, "And ") {
		return all // what is said to be left out would be wrong too
	}
	s := within[pick.IntN(len(within))]
	for _, e := range edits(pick, text, s, v) {
		doubled := text[row.from:s.from] + e.text + text[s.to:row.to]
		return append(all, change{
			kind: "row doubled", from: row.to, to: row.to, text: doubled, before: text[s.from:s.to], after: e.text, line: line, lines: 1,
		})
	}
	return all
}

// An edit is what may stand at a site instead.
type edit struct{ kind, text string }

func edits(pick *rand.Rand, text string, s site, v *vocabulary) []edit {
	was := text[s.from:s.to]
	switch s.sort {
	case aDate, aMonth:
		return dateEdits(pick, was, 1-2*pick.IntN(2))
	case aLastDay:
		return append(dateEdits(pick, was, -1), edit{"date: after the report", v.asOf.AddDate(0, 0, 1+pick.IntN(200)).Format(time.DateOnly)})
	case aNumber, aSum, aChart:
		return numberEdits(s.sort, was)
	case aPercentage, aShare:
		return percentEdits(pick, s.sort, was)
	case aVersion:
		return []edit{{s.sort, versionUp.ReplaceAllStringFunc(was, func(d string) string { return string('0' + (d[0]-'0'+1+byte(pick.IntN(8)))%10) })}}
	case aName:
		return wordEdit(s.sort, v.unlike(pick, was, lineAround(text, s.from)))
	case anOrg:
		return wordEdit(s.sort, pickOther(pick, v.orgs, func(o string) bool { return !strings.Contains(lineAround(text, s.from), o) }))
	case aRepository:
		return wordEdit(s.sort, pickOther(pick, v.slugNames, func(o string) bool { return v.slugs[o] != v.slugs[was] }))
	case anEdition, aLicence, aLanguage, aCadence, aUnit:
		return wordEdit(s.sort, pickOther(pick, closed[s.sort], func(o string) bool { return !strings.Contains(lineAround(text, s.from), o) }))
	}
	return wordEdit(s.sort, inCaseOf(was, pickOther(pick, closed[s.sort], func(o string) bool {
		return !strings.Contains(strings.ToLower(was), o) && !between(strings.ToLower(was), o)
	})))
}

// closed are the words of the closed sorts.
var closed = map[string][]string{
	anEdition: {"2015", "2018", "2021", "2024"},
	aLicence:  {"MIT", "Apache-2.0", "MPL-2.0", "BSD-3-Clause"},
	aLanguage: {"Rust", "Go", "Python", "Java"},
	aCadence:  {"weekly", "monthly", "two-monthly", "quarterly", "half-yearly", "yearly", "stopped"},
	aUnit:     {"bytes", "lines of code"},
	aMaturity: {"sandbox", "incubating", "graduated", "archived"},
	aClass:    {"core", "component", "trace", "none"},
	aHealth:   {"excellent", "good", "moderate", "needs attention"},
}

// between reports whether a level of health lies within a range of such.
func between(span, level string) bool {
	worst, best, ok := strings.Cut(span, " to ")
	at := func(s string) int { return slices.Index(closed[aHealth], s) }
	return ok && at(best) <= at(level) && at(level) <= at(worst)
}

// inCaseOf writes a word with a capital when another has one.
func inCaseOf(was, word string) string {
	if word != "" && was[0] >= 'A' && was[0] <= 'Z' {
		return strings.ToUpper(word[:1]) + word[1:]
	}
	return word
}

func wordEdit(kind, word string) []edit {
	if word == "" {
		return nil
	}
	return []edit{{kind, word}}
}

var versionUp = regexp.MustCompile(`\d$`)

// dateEdits move a date or month by day, month and year, back or not.
func dateEdits(pick *rand.Rand, was string, back int) []edit {
	for _, layout := range []string{"2006-01-02", "2006-01", "2 January 2006"} {
		at, err := time.Parse(layout, was)
		if err != nil {
			continue
		}
		first := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, back*(1+pick.IntN(5)), min(at.Day(), 28)-1)
		all := []edit{{"date: month", first.Format(layout)}, {"date: year", at.AddDate(back*(1+pick.IntN(3)), 0, 0).Format(layout)}}
		if layout != "2006-01" {
			all = append(all, edit{"date: day", at.AddDate(0, 0, back*(1+pick.IntN(9))).Format(layout)})
		}
		return all
	}
	return nil
}

// numberEdits make a number off by one, by a tenth, and by an order of magnitude.
func numberEdits(sort, was string) []edit {
	n, err := strconv.ParseFloat(strings.ReplaceAll(was, ",", ""), 64)
	if err != nil {
		return nil
	}
	write := func(x float64) string { return numberLike(was, x) }
	if sort == aChart {
		return []edit{{"chart", write(n + max(2, n/10))}}
	}
	if strings.Contains(was, ".") {
		return []edit{{"number: by a tenth", write(n * 1.25)}, {"number: magnitude", write(n * 10)}}
	}
	if sort == aSum {
		if n < 2 {
			return []edit{{aSum, write(n + 1)}}
		}
		return []edit{{aSum, write(n - 1)}} // one more may be among what was not read
	}
	all := []edit{{"number: by one", write(n + 1)}}
	if n >= 20 {
		all = append(all, edit{"number: by a tenth", write(math.Round(n * 0.9))})
	}
	if n >= 1 {
		all = append(all, edit{"number: magnitude", write(n * 10)})
	}
	return all
}

// numberLike writes x as another number is: with as many decimals, and commas.
func numberLike(was string, x float64) string {
	_, decimals, _ := strings.Cut(was, ".")
	s := strconv.FormatFloat(x, 'f', len(decimals), 64)
	if n := len(strings.ReplaceAll(was, ",", "")); n > 3 && !strings.Contains(was, ",") || decimals != "" {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// percentEdits move a percentage a little, and far.
func percentEdits(pick *rand.Rand, sort, was string) []edit {
	x, err := strconv.ParseFloat(strings.TrimSuffix(was, " %"), 64)
	if err != nil {
		return nil
	}
	var all []edit
	for _, by := range []float64{0.4 + 0.1*float64(pick.IntN(10)), 5 + float64(pick.IntN(30))} {
		if x+by > 99 {
			by = -by
		}
		if !strings.Contains(was, ".") {
			by = math.Round(by + by/math.Abs(by)/2)
		}
		all = append(all, edit{sort, numberLike(strings.TrimSuffix(was, " %"), max(x+by, 0)) + " %"})
	}
	return all
}

func lineAround(text string, at int) string {
	from := strings.LastIndexByte(text[:at], '\n') + 1
	return text[from : at+strings.IndexByte(text[at:]+"\n", '\n')]
}

// linkEnd is where a link leads.
var linkEnd = regexp.MustCompile(`\]\([^()\s]*\)|\]\[\d+\]`)

// A scanner finds the facts in a report of ours by where they stand.
type scanner struct {
	*vocabulary
	text       string
	sites      []site
	h2, h3, h4 string
	head       []string
	fence      bool
}

// ownSites are the facts of our own report.
func ownSites(text string, v *vocabulary) []site {
	sc := &scanner{vocabulary: v, text: text}
	at := strings.Index(text, "\n---\n") + 5 // behind the front matter
	for line := range strings.Lines(text[at:]) {
		sc.line(line, at)
		at += len(line)
	}
	slices.SortStableFunc(sc.sites, func(a, b site) int { return a.from - b.from })
	return sc.sites
}

func (sc *scanner) line(line string, at int) {
	if strings.HasPrefix(line, "```") {
		sc.fence = !sc.fence
		return
	}
	if sc.fence {
		if s := strings.TrimSpace(line); strings.HasPrefix(s, "line [") || strings.HasPrefix(s, "bar [") {
			sc.tokens(line, at, chartNumber, aChart)
		}
		return
	}
	if !strings.HasPrefix(line, "|") {
		sc.head = nil
	}
	switch {
	case strings.HasPrefix(line, "#"):
		sc.heading(strings.TrimSpace(line))
	case sc.h2 == "Definitions" || sc.h2 == "Notes on the sources" || strings.HasPrefix(line, "- Note") || strings.HasPrefix(line, "And "):
	case definition.MatchString(line):
	case strings.HasPrefix(line, "|"):
		sc.row(line, at)
	case strings.HasPrefix(line, "> **Coverage.**"):
		sc.cell("coverage", "", line, at)
	case strings.HasPrefix(line, ">") || sc.h2 == "Methodology" || sc.prose():
	default:
		for i, part := range strings.SplitAfter(line, " · ") {
			label, value := "", part
			if i > 0 {
				part = "- " + part
			}
			if m := bulletLabel.FindStringSubmatch(part); m != nil {
				label, value = strings.ToLower(m[1]), part[len(m[0]):]
			}
			end := at + len(part)
			if i > 0 {
				end -= len("- ")
			}
			sc.cell(label, "", strings.TrimSuffix(value, " · "), end-len(value))
			at = end
		}
	}
}

// definition is a line that says where a number leads.
var definition = regexp.MustCompile(`^\[\d+\]: `)

// prose reports whether the paragraphs here define words, or name what is not ours.
func (sc *scanner) prose() bool {
	return sc.h2 == "Project health" || sc.h2 == "Growth"
}

func (sc *scanner) heading(line string) {
	level := strings.IndexByte(line, ' ')
	title := line[level+1:]
	switch level {
	case 2:
		sc.h2, sc.h3, sc.h4 = title, "", ""
	case 3:
		sc.h3, sc.h4 = title, ""
	case 4:
		sc.h4 = title
	}
}

var (
	bulletLabel = regexp.MustCompile(`^- \*\*([^*]+):\*\* `)
	chartNumber = regexp.MustCompile(`\d+(?:\.\d+)?`)
)

// row finds the facts of a row of a table by the heads of its cells, or its first
// cell in a table of properties.
func (sc *scanner) row(line string, at int) {
	cells := cellsOf(line)
	if strings.HasPrefix(line, "| ---") {
		return
	}
	if sc.head == nil {
		for _, c := range cells {
			sc.head = append(sc.head, bareCell(line[c[0]:c[1]]))
		}
		return
	}
	first := bareCell(line[cells[0][0]:cells[0][1]])
	for i, c := range cells {
		label := sc.head[i]
		if label == "details" || label == "value" || label == "figures" {
			label = first
		}
		if label == "notes" && strings.Contains(first, " by bytes") {
			label = "project"
		}
		sc.cell(label, first, line[c[0]:c[1]], at+c[0])
	}
	switch sc.head[0] {
	case "project":
		if sc.h2 == "Projects by maturity" || sc.h2 == "Project health" {
			sc.add(aRow, at, at+len(line))
		}
	case "repository", "package":
		if sc.h4 != "" {
			sc.add(aRowOfFigures, at, at+len(line))
		}
	}
}

// bareCell is the text of a cell, in small letters and without emphasis.
func bareCell(s string) string { return strings.ToLower(strings.Trim(s, "* ")) }

// cellsOf are the spans of the cells of a row.
func cellsOf(line string) [][2]int {
	var cells [][2]int
	from := 1
	for i := 1; i < len(line); i++ {
		if line[i] != '|' || line[i-1] == '\\' {
			continue
		}
		cells = append(cells, [2]int{min(from+1, i), max(from+1, i-1)})
		from = i + 1
	}
	return cells
}

func (sc *scanner) add(sort string, from, to int) {
	if from < to && !slices.ContainsFunc(sc.sites, func(s site) bool {
		return s.sort != aRow && s.sort != aRowOfFigures && sort != aRow && sort != aRowOfFigures && s.from < to && from < s.to
	}) {
		sc.sites = append(sc.sites, site{sort, from, to})
	}
}

// tokens adds what an expression finds in s, by its first group where it has one.
func (sc *scanner) tokens(s string, at int, re *regexp.Regexp, sort string) {
	for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
		k := 0
		if len(m) > 2 {
			k = 2
		}
		if m[k] >= 0 {
			sc.add(sort, at+m[k], at+m[k+1])
		}
	}
}

// The labels whose text states no fact that these tests change.
var passed = []string{
	"package", "manifest", "evidence", "homepage", "focus area", "personas", "tags", "devstats", "clomonitor", "lfx", "chat", "why", "kinds",
	"year", "state", "place", "ref", "commit", "rule", "source", "belongs to the project by", "dimension", "metric",
}

// cell finds the facts of a text under a label; first is the first cell of its row.
func (sc *scanner) cell(label, first, s string, at int) {
	if slices.Contains(passed, label) || sc.h4 == "Adopters" && strings.HasPrefix(s, "- ") {
		return
	}
	s = readable(s)
	switch label {
	case "project", "notes", "graduated", "incubating", "sandbox", "archived", "first accepted", "most recently accepted":
		sc.projectNames(s, at)
	case "accepted", "adopted rust", "changes of level":
		sc.projectNames(s, at)
		sc.tokens(s, at, levelWords, aMaturity)
	case "maturity":
		sc.tokens(s, at, levelWords, aMaturity)
	case "class":
		sc.tokens(s, at, classWords, aClass)
	case "by scope":
		sc.tokens(s, at, classBehind, aClass)
	case "health", "overall", "activity", "people", "responsiveness", "level":
		sc.tokens(s, at, healthWords, aHealth)
	case "organisations":
		sc.tokens(s, at, healthWords, aHealth)
		sc.tokens(strings.Replace(s, "known for ", "known for\x00", 1), at, orgBefore, anOrg)
	case "releases":
		sc.tokens(s, at, healthWords, aHealth)
		sc.tokens(s, at, cadenceWords, aCadence)
		sc.tokens(s, at, lastTag, aVersion)
	case "licence":
		sc.tokens(s, at, licenceWords, aLicence)
	case "version", "minimum version", "last release":
		sc.tokens(s, at, versionWord, aVersion)
	case "editions", "edition":
		sc.tokens(s, at, editionWord, anEdition)
	case "largest language", "languages":
		sc.tokens(s, at, languageWords, aLanguage)
	case "maintainers":
		sc.tokens(s, at, orgInBrackets, anOrg)
	case "":
		sc.plain(s, at)
	}
	if label != "notes" && label != "project" {
		sc.repositories(s, at)
	}
	sc.tokens(s, at, unitWords, aUnit)
	sc.numbers(label, first, s, at)
}

// plain finds the words of a text without a label.
func (sc *scanner) plain(s string, at int) {
	if strings.HasPrefix(s, "**Status:**") {
		sc.tokens(s, at, levelWords, aMaturity)
	}
	if sc.h4 == "Audits" {
		sc.tokens(s, at, vendorWord, anOrg)
	}
	if strings.HasPrefix(s, "- Since ") {
		sc.tokens(s, at, languageWords, aLanguage)
	}
}

var (
	levelWords    = regexp.MustCompile(`(?i)\b(sandbox|incubating|graduated|archived)\b`)
	classWords    = regexp.MustCompile(`^(core|component|trace|none)\b`)
	classBehind   = regexp.MustCompile(`%\), (core|component|trace|none)\b`)
	healthWords   = regexp.MustCompile(`(?:^|: )((?:excellent|good|moderate|needs attention)(?: to (?:excellent|good|moderate))?)(?:$|;| \()`)
	orgBefore     = regexp.MustCompile(`(?:^|year: |, )([\pL\d][\pL\d .&'/-]*?) \d+(?:\.\d+)? %`)
	cadenceWords  = regexp.MustCompile(`^(weekly|monthly|two-monthly|quarterly|half-yearly|yearly|rare|paused|stopped)\b`)
	lastTag       = regexp.MustCompile(`last full release is (\S+) of`)
	licenceWords  = regexp.MustCompile(`\b(MIT|Apache-2\.0|MPL-2\.0|BSD-3-Clause)\b`)
	versionWord   = regexp.MustCompile(`^([^\s,]*\d)(?:$|,)`)
	editionWord   = regexp.MustCompile(`\b(20\d\d)(?: \(|$)`)
	languageWords = regexp.MustCompile(`(?:^|, |more | than )(Rust|Go|Python|Java|TypeScript|JavaScript|Shell)(?: \d| than|$|\.)`)
	orgInBrackets = regexp.MustCompile(`\x00 \(([\pL][\pL .&]{3,})\)`)
	vendorWord    = regexp.MustCompile(` by ([\pL\d][\pL\d .&-]*)\]`)
	unitWords     = regexp.MustCompile(`(?:[1-9]|\d\d) (bytes|lines of code)\b`)
	// figure is a date, a month, a percentage or a number.
	figure = regexp.MustCompile(`\d{4}-\d\d-\d\d|\d{4}-\d\d\b|\d[\d,]*(?:\.\d+)?(?: %)?`)
)

// readable blanks what a reader does not see, or sees as marks: addresses, code,
// and the texts of links to sources.
func readable(s string) string {
	for _, re := range []*regexp.Regexp{sourceMark, linkTarget, codeSpan} {
		s = re.ReplaceAllStringFunc(s, func(m string) string { return strings.Repeat("\x00", len(m)) })
	}
	return linkNumber.ReplaceAllStringFunc(s, func(m string) string { return "]" + strings.Repeat("\x00", len(m)-1) })
}

var (
	sourceMark = regexp.MustCompile(`\[(?:source|\d+)\](?:\([^()]*\)|\[\d+\])`)
	linkNumber = regexp.MustCompile(`\]\[\d+\]`)
	linkTarget = regexp.MustCompile(`\([a-z]+://[^()]*\)`)
	codeSpan   = regexp.MustCompile("`[^`]*`")
)

func (sc *scanner) projectNames(s string, at int) {
	for _, name := range sc.names {
		for from := 0; ; {
			i := strings.Index(s[from:], name)
			if i < 0 {
				break
			}
			i += from
			from = i + len(name)
			if alone(s, i, from) {
				sc.add(aName, at+i, at+from)
			}
		}
	}
}

func (sc *scanner) repositories(s string, at int) {
	for _, slug := range sc.slugNames {
		if i := strings.Index(s, slug); i >= 0 && alone(s, i, i+len(slug)) {
			sc.add(aRepository, at+i, at+i+len(slug))
		}
	}
}

// alone reports whether no letter, digit or joint stands beside a stretch.
func alone(s string, from, to int) bool {
	joint := func(c byte) bool {
		return c == '-' || c == '/' || c == '_' || c == '#' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	return (from == 0 || !joint(s[from-1]) && s[from-1] != '.') && (to == len(s) || !joint(s[to]) && (s[to] != '.' || to+1 == len(s) || !joint(s[to+1])))
}

func (sc *scanner) numbers(label, first, s string, at int) {
	for _, m := range figure.FindAllStringIndex(s, -1) {
		from, to := m[0], m[1]
		for s[to-1] == ',' {
			to--
		}
		if !alone(s, from, to) || given(s, from, to) {
			continue
		}
		sort := sc.sortOf(label, first, s[from:to])
		if sort == aDate && strings.HasSuffix(s[:from], "the last on ") {
			sort = aLastDay
		}
		sc.add(sort, at+from, at+to)
	}
}

// given reports whether a number is not measured but part of the question, or
// counts what the page leaves out.
func given(s string, from, to int) bool {
	before, after := s[:from], s[to:]
	for _, end := range []string{"year to ", "threshold of ", "lt; ", "gt; ", "share is ", " at least ", "and "} {
		if strings.HasSuffix(before, end) && (end != "and " || strings.HasPrefix(after, " more")) {
			return true
		}
	}
	return strings.HasSuffix(before, "of ") && strings.HasPrefix(after, " months active") || strings.HasPrefix(after, " of the bytes in") ||
		strings.HasPrefix(after, ": ") && to-from == len("2025-01")
}

func (sc *scanner) sortOf(label, first, s string) string {
	switch {
	case len(s) == len("2025-01-01") && s[4] == '-':
		return aDate
	case len(s) == len("2025-01") && s[4] == '-':
		return aMonth
	case strings.HasSuffix(s, "%") && label == "languages":
		return aShare
	case strings.HasSuffix(s, "%"):
		return aPercentage
	case sc.h2 == "Executive summary" || sc.h2 == "Key findings" && !strings.Contains(first, " by bytes") || strings.HasSuffix(label, " so far"):
		return aSum
	}
	return aNumber
}

// A humanWriter writes a report and notes where its facts stand.
type humanWriter struct {
	strings.Builder
	sites []site
}

// put writes text in which facts stand as [[sort:value]].
func (w *humanWriter) put(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for {
		before, rest, ok := strings.Cut(text, "[[")
		w.WriteString(before)
		if !ok {
			return
		}
		fact, after, _ := strings.Cut(rest, "]]")
		sort, value, _ := strings.Cut(fact, ":")
		w.sites = append(w.sites, site{sort, w.Len(), w.Len() + len(value)})
		w.WriteString(value)
		text = after
	}
}

// row writes a row of a table of projects.
func (w *humanWriter) row(format string, args ...any) {
	from := w.Len()
	w.put(format, args...)
	w.sites = append(w.sites, site{aRow, from, w.Len()})
}

// toldIn is a fact to put.
func toldIn(sort string, value any) string { return fmt.Sprintf("[[%s:%v]]", sort, value) }

// A day as people write it.
func humanDay(d fact.Date) string {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return at.Format("2 January 2006")
}

// humanReport is a report on what was found as people write them: with sentences,
// a table of the projects, and a section for each.
func humanReport(f *usage.Findings) (string, []site) {
	w := &humanWriter{}
	w.put("---\ntags:\n  - cncf\nlast_updated: %s\n---\n\n# %s in our projects\n\n## Summary\n\n", asOfOf(f), f.Language)
	w.summary(f)
	w.overview(f)
	for i := range f.Projects {
		if p := &f.Projects[i]; p.Class.Uses() && p.Figures != nil && p.Activity != nil && p.Releases != nil {
			w.project(f, p)
		}
	}
	slices.SortStableFunc(w.sites, func(a, b site) int { return a.from - b.from })
	return w.String(), w.sites
}

// asOfOf is the day of the findings: that at which the year of a project ends.
func asOfOf(f *usage.Findings) fact.Date {
	for i := range f.Projects {
		if a := f.Projects[i].Activity; a != nil {
			return a.Year.To
		}
	}
	return ""
}

func (w *humanWriter) summary(f *usage.Findings) {
	w.put("Of the %d projects in the landscape, %s use %s: ", f.Coverage.Projects, toldIn(aSum, f.Summary.Using()), f.Language)
	w.put("%s have it as their largest language, and in %s it is a component.\n\n", toldIn(aSum, f.Summary.Core), toldIn(aSum, f.Summary.Component))
	w.put("| Metric | Value | Notes |\n| --- | --- | --- |\n")
	w.put("| Total %s projects | %s | core or component |\n", f.Language, toldIn(aSum, f.Summary.Using()))
	for _, m := range f.Summary.Maturities {
		if len(m.Using) > 0 {
			w.put("| %s | %s | %s |\n", profile.MaturityTitle(m.Maturity), toldIn(aSum, len(m.Using)), statedNames(m.Using))
		}
	}
	w.put("\n")
	for _, m := range f.Summary.Maturities {
		if len(m.Using) > 1 {
			w.put("The %s %s projects that use %s are %s.\n", toldIn(aSum, len(m.Using)), m.Maturity, f.Language, statedNames(m.Using))
		}
	}
	w.put("\nThey hold %s bytes of %s, %s lines of code.\n", toldIn(aNumber, words.Number(f.Summary.Bytes)), f.Language, toldIn(aNumber, words.Number(f.Summary.Code)))
	w.put("%s of %s repositories could be read.\n\n", toldIn(aNumber, f.Coverage.Read), toldIn(aNumber, f.Coverage.Repositories))
}

func statedNames(names []string) string {
	var all []string
	for _, n := range names {
		all = append(all, toldIn(aName, n))
	}
	return strings.Join(all, ", ")
}

func (w *humanWriter) overview(f *usage.Findings) {
	w.put("## Overview\n\n| Project | Maturity | Accepted | %s share | %s lines of code | Commits (12 months) | Latest release |\n", f.Language, f.Language)
	w.put("| --- | --- | --- | --- | --- | --- | --- |\n")
	for i := range f.Projects {
		p := &f.Projects[i]
		if !p.Class.Uses() || p.Figures == nil || p.Activity == nil || p.Releases == nil {
			continue
		}
		last := "–" // a row that were left out would be missed
		if p.Releases.LastAt != nil {
			last = toldIn(aVersion, p.Releases.Last.Tag)
		}
		w.row("| %s | %s | %s | %s | %s | %s | %s |\n", toldIn(aName, p.Name), toldIn(aMaturity, p.Maturity), toldIn(aDate, p.Accepted),
			toldIn(aPercentage, words.Percent(*p.Figures.Share)), toldIn(aNumber, words.Number(p.Figures.Code)),
			toldIn(aNumber, words.Number(p.Activity.Year.Human)), last)
	}
	w.put("\n")
}

// project writes the section of a project.
func (w *humanWriter) project(f *usage.Findings, p *usage.Project) {
	y := &p.Activity.Year
	w.put("## %s\n\n**Status:** %s | **Accepted:** %s\n\n", p.Name, toldIn(aMaturity, profile.MaturityTitle(p.Maturity)), toldIn(aDate, p.Accepted))
	w.put("%s has %s lines of %s code, about %s kB. ", p.Name, toldIn(aNumber, words.Number(p.Figures.Code)), f.Language,
		toldIn(aNumber, fmt.Sprintf("%.1f", float64(p.Figures.Bytes)/1000)))
	w.put("%s makes up %s of it. In the last 12 months %s %s made %s %s.\n\n", f.Language,
		toldIn(aPercentage, words.Percent(*p.Figures.Share)), toldIn(aNumber, words.Number(y.Authors)), nounOf(y.Authors, "contributor", "contributors"),
		toldIn(aNumber, words.Number(y.Human)), nounOf(y.Human, "commit", "commits"))
	w.properties(f, p)
	if p.Trend != nil && p.Trend.Adoption != nil {
		w.put("- First %s code on %s\n", f.Language, toldIn(aDate, humanDay(p.Trend.Adoption.Date)))
	}
	for _, m := range p.Milestones {
		if m.Name == "incubating" || m.Name == "graduated" {
			w.put("- %s since %s\n", profile.MaturityTitle(m.Name), toldIn(aDate, humanDay(m.Date)))
		}
	}
	if p.Packages.Other != 1 { // then one more is as right, with that for tests
		w.put("- %s %s %s\n", toldIn(aNumber, words.Number(p.Packages.Product)), f.Language, nounOf(p.Packages.Product, "package", "packages"))
	}
	w.put("- contributor absence factor: %s\n\n", toldIn(aNumber, y.AbsenceFactor))
	if len(p.Item.Audits) > 0 {
		w.put("**Security audits:**\n\n")
	}
	for _, a := range p.Item.Audits {
		w.put("- **%s**: %s audit by %s\n", toldIn(aDate, a.Date), a.Type, toldIn(anOrg, a.Vendor))
	}
	w.put("\n")
}

// nounOf is the noun that a number counts.
func nounOf(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func (w *humanWriter) properties(f *usage.Findings, p *usage.Project) {
	w.put("| Property | Details |\n| --- | --- |\n")
	if r := slices.IndexFunc(p.Repositories, func(r usage.Repository) bool { return r.Reason == fact.Primary && r.State == profile.Read }); r >= 0 {
		w.put("| **Repository** | %s |\n", toldIn(aRepository, p.Repositories[r].Slug()))
	}
	if len(p.Documents.Licences) == 1 {
		w.put("| **License** | %s |\n", toldIn(aLicence, p.Documents.Licences[0].SPDX))
	}
	if len(p.Packages.Editions) == 1 {
		w.put("| **Edition** | %s |\n", toldIn(anEdition, p.Packages.Editions[0].Name))
	}
	if len(p.Languages) > 0 {
		l := p.Languages[0]
		w.put("| **Largest language** | %s (%s) |\n", toldIn(aLanguage, l.Language), toldIn(aShare, words.Percent(l.Share)))
	}
	w.put("| **%s code** | %s %s |\n", f.Language, toldIn(aNumber, words.Number(p.Figures.Bytes)), toldIn(aUnit, "bytes"))
	w.put("| **Release cadence** | %s |\n", toldIn(aCadence, p.Releases.Word))
	if p.Releases.LastAt != nil {
		w.put("| **Last release** | %s, %s |\n", toldIn(aVersion, p.Releases.Last.Tag), toldIn(aDate, p.Releases.LastAt.Date))
	}
	if p.Activity.Last != nil {
		w.put("| **Last commit** | %s |\n", toldIn(aLastDay, p.Activity.Last.Date))
	}
	if p.Health.Overall.Best == "" {
		w.put("| **Health** | %s |\n", toldIn(aHealth, p.Health.Overall.Level))
	}
	w.put("\n")
}
