package verify

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The seed report is the one that people wrote before there was a check; its key
// was made by hand, claim by claim, from the same mirrors.
const (
	leastRecall = 80.3 // % of the factual answers of the seed's key
	mostWrong   = 12   // of the claims found
)

// answered checks a report of testdata against the real facts, and compares the
// result with its key.
func answered(t *testing.T, name string) (*Result, score) {
	t.Helper()
	facts := realFacts(t)
	path := filepath.Join("testdata", filepath.FromSlash(name))
	text, err := os.ReadFile(path + ".md")
	if err != nil {
		t.Fatal(err)
	}
	r := checked(t, text, facts, "rust")
	s := compare(r, since(t, path, text, readKey(t, path+".tsv", text)))
	t.Logf("%s: %s; %d of %d figures read", name, s.String(), r.FiguresRead, r.Figures)
	for _, list := range []struct {
		title string
		all   []string
	}{{"missed", s.missed}, {"disagrees", s.disagree}, {"wrong besides", s.wrongExtra}} {
		for _, x := range list.all {
			t.Logf("  %s: %s", list.title, x)
		}
	}
	return r, s
}

// since is a key with the answers that mirrors which came later have changed.
func since(t *testing.T, path string, text []byte, key []answer) []answer {
	t.Helper()
	name := path + "-since.tsv"
	if _, err := os.Stat(name); err != nil {
		return key
	}
	for _, changed := range readKey(t, name, text) {
		i := slices.IndexFunc(key, func(a answer) bool { return a.Place == changed.Place && a.kind == changed.kind })
		if i < 0 {
			t.Fatalf("%s: %q in line %d is not in the key", name, changed.quote, changed.Line)
		}
		key[i] = changed
	}
	return key
}

// hold fails when less is found than is asked, when more of it is judged otherwise than
// by the key, and when something wrong is confirmed.
func (s *score) hold(t *testing.T, recall float64, wrong int) {
	t.Helper()
	if s.factual < 20 {
		t.Errorf("a key of %d factual answers: the test looks at too little", s.factual)
	}
	if got := s.percent(s.foundFactual, s.factual); got < recall {
		t.Errorf("recall %.1f %%, want %.1f %%", got, recall)
	}
	if got := len(s.disagree); got > wrong {
		t.Errorf("%d are judged otherwise, want %d", got, wrong)
	}
	for _, x := range s.falseConfirms {
		t.Errorf("confirmed, and wrong by the key: %s", x)
	}
}

func TestSeed(t *testing.T) {
	t.Parallel()
	r, s := answered(t, "seed/report")
	s.hold(t, leastRecall, mostWrong)
	for _, x := range s.falseRefutes {
		t.Errorf("refuted, and right by the key: %s", x)
	}
	wrongDates(t, r)
	wrongWhole(t, r)
}

// wrongDates: the days on which Kuasar and Youki are said to be accepted are
// refuted, whoever says them, and the right ones are named.
func wrongDates(t *testing.T, r *Result) {
	t.Helper()
	for _, want := range []struct{ subject, right string }{{"Kuasar", "2023-12-19"}, {"youki", "2024-10-17"}} {
		if !slices.ContainsFunc(r.Claims, func(c Claim) bool {
			return c.Subject == want.subject && c.Kind == "milestone" && c.Verdict == Refuted && strings.Contains(c.Measured, want.right)
		}) {
			t.Errorf("no refuted day of acceptance of %s that is %s", want.subject, want.right)
		}
	}
}

// wrongWhole: what is wrong with the report as a whole is found.
func wrongWhole(t *testing.T, r *Result) {
	t.Helper()
	for _, want := range []struct {
		what, kind string
		verdict    Verdict
		words      []string
	}{
		{"the missing audit of TiKV", Omission, Refuted, []string{"TiKV", "audit"}},
		{"the missing containerd", Omission, Refuted, []string{"containerd", "missing"}},
		{"Paralus, which has no Rust in what was read", Criterion, Unverifiable, []string{"Paralus", "Rust", "not listed"}},
		{"the changelog's 9 and the section's 12", Contradiction, Refuted, []string{"9", "12"}},
	} {
		if !slices.ContainsFunc(r.Findings, func(f Finding) bool {
			return f.Kind == want.kind && f.Verdict == want.verdict && !slices.ContainsFunc(want.words, func(w string) bool { return !strings.Contains(f.Text, w) })
		}) {
			t.Errorf("%s is not found", want.what)
		}
	}
	if t.Failed() {
		for i := range r.Findings {
			t.Logf("found: %d %s %s: %s", r.Findings[i].Line, r.Findings[i].Kind, r.Findings[i].Verdict, r.Findings[i].Text)
		}
	}
}

// A reached is what was reached over a report with a key made by hand: the recall in
// percent, and how many claims are judged otherwise than by the key. What is not read
// decides ever more or fewer of the rest, so that these are not told by a share. Both
// are a ratchet: the recall may only rise, the other only fall.
type reached struct {
	recall float64
	wrong  int
}

// proseScores are those over reports in other people's forms.
var proseScores = map[string]reached{
	"bullets": {67.2, 2}, "jsonish": {92.7, 1}, "newsletter": {12, 1}, "prose": {1.6, 0}, "wide": {100, 0},
}

func TestProse(t *testing.T) {
	t.Parallel()
	holdAll(t, "prose", proseScores)
}

// unseenScores are those over reports that nothing was tuned on. Tuning on one makes it
// one of prose.
var unseenScores = map[string]reached{
	"a-one": {24.1, 0}, "a-two": {1.7, 0}, "a-three": {5.1, 0},
	"b-one": {5.1, 0}, "b-two": {46.5, 1}, "b-three": {13.7, 1},
}

func TestUnseen(t *testing.T) {
	t.Parallel()
	holdAll(t, "unseen", unseenScores)
}

// holdAll holds the reports of a folder against their keys.
func holdAll(t *testing.T, folder string, want map[string]reached) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.md"))
	if err != nil || len(paths) != len(want) {
		t.Fatalf("%d reports, %d scores, %v", len(paths), len(want), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".md")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			score, ok := want[name]
			if !ok {
				t.Errorf("%s has no score", name)
			}
			_, s := answered(t, folder+"/"+name)
			s.hold(t, score.recall, score.wrong)
		})
	}
}

// TestInvented holds two reports on the example landscape against their keys: one in
// which all is true, and one in which half is wrong. Of the first nothing is called
// wrong, and nothing is mended; of neither anything wrong is called right.
func TestInvented(t *testing.T) {
	t.Parallel()
	facts := demoFacts(t)
	for name, least := range map[string]struct {
		recall float64
		alarms int
	}{"true": {4, 0}, "mixed": {44, 12}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join("testdata", "demo", name)
			text, err := os.ReadFile(path + ".md")
			if err != nil {
				t.Fatal(err)
			}
			r := checked(t, text, facts, "rust")
			s := compare(r, readKey(t, path+".tsv", text))
			t.Log(s.String())
			for _, x := range s.disagree {
				t.Log("  disagrees: " + x)
			}
			s.hold(t, least.recall, 3)
			for _, x := range slices.Concat(s.falseRefutes, s.wrongExtra) {
				t.Errorf("called wrong, and not by the key: %s", x)
			}
			if got := r.Count(Refuted) + r.Count(Outdated); got < least.alarms || name == "true" && got+countRefuted(r) > 0 {
				t.Errorf("%d claims are wrong, %d findings; want %d claims at least", got, countRefuted(r), least.alarms)
			}
			if mended, _ := Fix(text, r, FixOptions{All: true}); name == "true" && string(mended) != string(text) {
				t.Error("a true report is mended")
			}
		})
	}
}

// countRefuted counts the findings on a report as a whole that call it wrong.
func countRefuted(r *Result) int {
	n := 0
	for i := range r.Findings {
		n += countIf(r.Findings[i].Verdict == Refuted)
	}
	return n
}
