package gitrepo

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// byName takes for bots whose names end in "bot".
func byName(name, _ string) string {
	if strings.HasSuffix(name, "bot") {
		return name
	}
	return ""
}

// A weave is a repository of which only the history matters, in short form: one
// line a commit, "NAME BRANCH DATE AUTHOR PARENT…".
type weave struct {
	*fixture
	marks map[string]int
}

func woven(t *testing.T, lines string) *weave {
	t.Helper()
	w := &weave{newFixture(t), map[string]int{}}
	for line := range strings.Lines(lines) {
		if f := strings.Fields(line); len(f) > 0 {
			w.add(f[0], "refs/"+f[1], f[2], f[3], f[4:])
		}
	}
	return w
}

func (w *weave) add(name, ref, when, author string, parents []string) {
	w.t.Helper()
	if !strings.Contains(when, "T") {
		when += "T12:00:00Z"
	}
	w.fixture.marks++
	w.marks[name] = w.fixture.marks
	s := &w.stream
	fmt.Fprintf(s, "reset %s\n\ncommit %s\nmark :%d\n", ref, ref, w.marks[name])
	fmt.Fprintf(s, "author %s <%s@example.org> %s\ncommitter GitHub <noreply@github.com> %s\ndata %d\n%s\n",
		author, author, w.when(when), w.when(when), len(name), name)
	for i, p := range parents {
		fmt.Fprintf(s, "%s :%d\n", []string{"from", "merge"}[min(i, 1)], w.marks[p])
	}
	s.WriteByte('\n')
}

// show writes the newest commits one a line: which, the commit's message, its
// day, its branch, what it is.
func (w *weave) show(l *fact.Latest) string {
	w.t.Helper()
	var b strings.Builder
	for _, c := range []struct {
		what string
		*fact.LatestCommit
	}{{"person", l.Person}, {"revision", l.Revision}, {"bot", l.Bot}} {
		if c.LatestCommit == nil {
			continue
		}
		name := w.git(nil, "log", "-1", "--format=%s", c.Commit)
		fmt.Fprintf(&b, "%s: %s %s %s", c.what, name, c.At[:10], strings.TrimPrefix(c.Ref, "refs/"))
		if c.Merge {
			b.WriteString(" merge")
		}
		if c.Bot != "" {
			b.WriteString(" " + c.Bot)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// latest is what Latest says as of a day.
func (w *weave) latest(r *Repo, asOf fact.Date) string {
	w.t.Helper()
	rev, err := r.At(w.t.Context(), asOf)
	if err != nil {
		w.t.Fatal(err)
	}
	l, err := r.Latest(w.t.Context(), rev, byName)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.show(l)
}

// lines are lines without what indents them.
func lines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

var latestCases = map[string]struct {
	history string
	asOf    fact.Date
	want    string
}{
	"one branch": {`
		a heads/main 2024-01-01 ann
		b heads/main 2024-02-01 ben a
		c heads/main 2024-03-01 ann b`, "2024-02-15", `
		person: b 2024-02-01 heads/main
		revision: b 2024-02-01 heads/main`},
	"the end of the day": {`
		a heads/main 2024-01-01 ann
		b heads/main 2024-02-15T23:59:59Z ben a
		c heads/main 2024-02-16T00:00:00Z ann b`, "2024-02-15", `
		person: b 2024-02-15 heads/main
		revision: b 2024-02-15 heads/main`},
	"another branch is newer": {`
		a heads/main 2024-01-01 ann
		b heads/feature 2024-02-01 ben a
		c heads/feature 2024-03-01 ben b`, "2024-02-15", `
		person: b 2024-02-01 heads/feature
		revision: a 2024-01-01 heads/main`},
	"another history is newer": {`
		a heads/main 2024-01-01 ann
		b heads/pages 2024-02-01 ben`, "2024-02-15", `
		person: b 2024-02-01 heads/pages
		revision: a 2024-01-01 heads/main`},
	"a branch that was merged later": {`
		a heads/main 2024-01-01 ann
		b heads/side 2024-02-01 ben a
		c heads/main 2024-03-01 ann a b`, "2024-02-15", `
		person: b 2024-02-01 heads/main
		revision: a 2024-01-01 heads/main`},
	"merges are life": {`
		a heads/main 2024-01-01 ann
		b heads/side 2024-01-05 depbot a
		c heads/main 2024-02-01 ann a b`, "2024-02-15", `
		person: c 2024-02-01 heads/main merge
		revision: c 2024-02-01 heads/main merge
		bot: b 2024-01-05 heads/main depbot`},
	"a bot merges": {`
		a heads/main 2024-01-01 ann
		b heads/side 2024-01-05 ben a
		c heads/main 2024-02-01 mergebot a b`, "2024-02-15", `
		person: b 2024-01-05 heads/main
		revision: b 2024-01-05 heads/main
		bot: c 2024-02-01 heads/main merge mergebot`},
	"bots alone": {`
		a heads/main 2024-01-01 depbot
		b heads/side 2024-01-05 mergebot a`, "2024-02-15", `
		bot: b 2024-01-05 heads/side mergebot`},
	"a commit of the day itself is enough": {`
		a heads/main 2024-02-15T08:00:00Z ann
		b heads/side 2024-02-15T09:00:00Z ben a`, "2024-02-15", `
		person: a 2024-02-15 heads/main
		revision: a 2024-02-15 heads/main`},
	"a clock that was wrong": {`
		a heads/main 2024-01-01 ann
		b heads/main 2024-02-01 ben a
		c heads/main 2023-06-01 cay b`, "2024-02-15", `
		person: b 2024-02-01 heads/main
		revision: b 2024-02-01 heads/main`},
	"a clock that was ahead": {`
		a heads/main 2024-01-01 ann
		b heads/main 2031-01-01 ben a
		c heads/main 2024-02-01 cay b`, "2024-02-15", `
		person: c 2024-02-01 heads/main
		revision: c 2024-02-01 heads/main`},
	"branches of the origin, not of others, nor changes under review": {`
		a heads/main 2024-01-01 ann
		b remotes/origin/next 2024-02-01 ben a
		c remotes/fork/next 2024-02-02 cay a
		d pull/1/head 2024-02-03 dan a`, "2024-02-15", `
		person: b 2024-02-01 remotes/origin/next
		revision: a 2024-01-01 heads/main`},
	"the first branch by name": {`
		a heads/main 2024-01-01 ann
		b heads/one 2024-02-01 ben a
		c heads/two 2024-03-01 ben b
		d heads/one 2024-03-02 ben b`, "2024-02-15", `
		person: b 2024-02-01 heads/one
		revision: a 2024-01-01 heads/main`},
}

func TestLatest(t *testing.T) {
	t.Parallel()
	for name, test := range latestCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := woven(t, test.history)
			r := w.done()
			if diff := cmp.Diff(lines(test.want), w.latest(r, test.asOf)); diff != "" {
				t.Errorf("from the packs (-want +got):\n%s", diff)
			}
			w.write("objects/info/alternates", "")
			if diff := cmp.Diff(lines(test.want), w.latest(w.open(), test.asOf)); diff != "" {
				t.Errorf("by git (-want +got):\n%s", diff)
			}
		})
	}
}

// The judge is given what a commit has of its author.
func TestLatestJudge(t *testing.T) {
	t.Parallel()
	w := woven(t, "a heads/main 2024-01-01 ann\n")
	r := w.done()
	rev, err := r.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	given := ""
	got, err := r.Latest(t.Context(), rev, func(name, address string) string {
		given = name + " " + address
		return ""
	})
	if err != nil || given != "ann ann@example.org" {
		t.Errorf("the judge is given %q, %v", given, err)
	}
	person := &fact.LatestCommit{Ref: "refs/heads/main", Commit: rev.Commit, At: "2024-01-01T12:00:00Z"}
	if diff := cmp.Diff(&fact.Latest{Person: person, Revision: person}, got); diff != "" {
		t.Errorf("Latest (-want +got):\n%s", diff)
	}
}

// A bot's commits without end do not hide the last person.
func TestLatestBehindManyBots(t *testing.T) {
	t.Parallel()
	var history strings.Builder
	history.WriteString("c0 heads/main 2024-01-01 ann\n")
	for i := range 3 * lookBack {
		fmt.Fprintf(&history, "c%d heads/main 2024-01-02T00:%02d:%02dZ depbot c%d\n", i+1, i/60, i%60, i)
	}
	w := woven(t, history.String())
	want := lines("person: c0 2024-01-01 heads/main\nrevision: c0 2024-01-01 heads/main\n" +
		fmt.Sprintf("bot: c%d 2024-01-02 heads/main depbot", 3*lookBack))
	if diff := cmp.Diff(want, w.latest(w.done(), "2024-02-15")); diff != "" {
		t.Errorf("Latest (-want +got):\n%s", diff)
	}
}

// A history that ends where a clone ends is read as far as it goes.
func TestLatestShallow(t *testing.T) {
	t.Parallel()
	w := woven(t, "a heads/main 2024-01-01 ann\nb heads/main 2024-02-01 depbot a\n")
	r := w.done()
	w.loosen()
	lost := w.git(nil, "rev-parse", "main^")
	w.write("shallow", w.git(nil, "rev-parse", "main")+"\n")
	w.remove("objects/" + lost[:2] + "/" + lost[2:])
	if diff := cmp.Diff("bot: b 2024-02-01 heads/main depbot\n", w.latest(r, "2024-02-15")); diff != "" {
		t.Errorf("Latest (-want +got):\n%s", diff)
	}
}

// A mirror whose objects are lost, or are no commits, is an error and no loop.
func TestLatestDamaged(t *testing.T) {
	t.Parallel()
	w := woven(t, "a heads/main 2024-01-01 ann\n")
	r := w.done()
	rev, err := r.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	w.loosen()
	w.write("objects/"+rev.Commit[:2]+"/"+rev.Commit[2:], "no object")
	if l, err := r.Latest(t.Context(), rev, byName); err == nil && l.Person != nil || err != nil && errkind.Of(err) != errkind.Corrupt {
		t.Errorf("Latest of a damaged commit = %+v, %v", l, err)
	}
}

func TestParseHeader(t *testing.T) {
	t.Parallel()
	const a, b = "0123456789012345678901234567890123456789", "abcdefabcdefabcdefabcdefabcdefabcdefabcd"
	for name, test := range map[string]struct {
		text, want string
	}{
		"whole":             {"tree " + a + "\nparent " + a + "\nparent " + b + "\nauthor A B <a@b> 1 +0000\ncommitter C <c@d> 1700000002 +0000\n\ntext", "2 A B a@b 1700000002 true"},
		"root":              {"tree " + a + "\nauthor A <a@b> 1 +0000\ncommitter C <c@d> 1700000002 +0000\n\n", "0 A a@b 1700000002 true"},
		"no date":           {"author A <a@b>\ncommitter C <c@d>\n\n", "0 A a@b 0 false"},
		"no committer":      {"author A <a@b> 1700000002 +0000\n\n", "0 A a@b 0 false"},
		"a date before all": {"author A <a@b> 1 +0000\ncommitter C <c@d> -2 +0000\n\n", "0 A a@b 0 false"},
		"a clock not set":   {"author A <a@b> 1 +0000\ncommitter C <c@d> 378691199 +0000\n\n", "0 A a@b 0 false"},
		"the first of RCS":  {"author A <a@b> 1 +0000\ncommitter C <c@d> 378691200 +0000\n\n", "0 A a@b 378691200 true"},
		"the year 30000":    {"author A <a@b> 1 +0000\ncommitter C <c@d> 884541340800 +0000\n\n", "0 A a@b 253402300799 true"},
		"text is no header": {"author A <a@b> 1 +0000\n\nparent " + a + "\ncommitter C <c@d> 1700000002 +0000\n", "0 A a@b 0 false"},
		"the last counts":   {"author A <a@b> 1 +0000\nauthor X <x@y> 1 +0000\ncommitter C <c@d> 1700000002 +0000\ncommitter C <c@d> 1700000003 +0000\n", "0 X x@y 1700000003 true"},
		"no parent":         {"parent x\nparent\nauthor <> 1 +0000\n", "0   0 false"},
		"no address":        {"author A a@b 1 +0000\n", "0   0 false"},
		"nothing":           {"", "0   0 false"},
	} {
		h := parseHeader([]byte(test.text))
		if got := fmt.Sprintf("%d %s %s %d %t", len(h.parents), h.name, h.address, h.time, h.dated); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// ASSAY_MIRROR names a tree of real mirrors: the newest commit is that of git
// log, to the day.
func TestRealLatest(t *testing.T) {
	t.Parallel()
	root := os.Getenv("ASSAY_MIRROR")
	if root == "" {
		t.Skip("ASSAY_MIRROR names no tree of mirrors")
	}
	dirs, err := filepath.Glob(filepath.Join(root, "*", "*", "*.git"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no mirror under %q", root)
	}
	const asOf fact.Date = "2025-12-10"
	for _, dir := range dirs {
		r, err := Open(dir, IDOf(dir))
		if err != nil {
			t.Fatal(err)
		}
		rev, err := r.At(t.Context(), asOf)
		if err != nil {
			continue
		}
		l, err := r.Latest(t.Context(), rev, byName)
		if err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		newest := ""
		for _, c := range []*fact.LatestCommit{l.Person, l.Bot} {
			if c != nil {
				newest = max(newest, c.At)
			}
		}
		if want := newestOfGit(t, r, asOf); newest[:10] != want[:10] {
			t.Errorf("%s: %s, git log has %s", dir, newest, want)
		}
	}
}

// newestOfGit is the committer date of the newest commit on any branch by git log.
func newestOfGit(t *testing.T, r *Repo, asOf fact.Date) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", "-c", "safe.directory=*", "--git-dir="+r.Dir(), "log", "--branches", "--remotes=origin",
		fmt.Sprintf("--until=@%d +0000", asOf.End().Unix()), "--max-count=1", "--format=%ct")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var unix int64
	if _, err := fmt.Fscan(bytes.NewReader(out), &unix); err != nil {
		t.Fatal(err)
	}
	return time.Unix(unix, 0).UTC().Format(time.RFC3339)
}
