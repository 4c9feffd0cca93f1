package survey_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect"
	"assay/internal/collect/census"
	"assay/internal/collect/commit"
	"assay/internal/collect/timeline"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/language"
	"assay/internal/people"
	"assay/internal/survey"
)

// These tests hold histories against git and against the census over a tree of
// real mirrors, named by ASSAY_MIRROR (HOST/OWNER/NAME.git). They take minutes.

// realAsOf is the day they look at.
const realAsOf fact.Date = "2025-12-10"

// A history is what was measured of one mirror.
type history struct {
	repo     *gitrepo.Repo
	rev      *fact.Revision
	commits  fact.Commits
	timeline fact.Timeline
}

// histories measures every mirror of the tree, one after another.
func histories(t *testing.T) []*history {
	t.Helper()
	root := os.Getenv("ASSAY_MIRROR")
	if root == "" {
		t.Skip("ASSAY_MIRROR names no tree of mirrors")
	}
	dirs, err := filepath.Glob(filepath.Join(root, "*", "*", "*.git"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no mirror under %q", root)
	}
	var all []*history
	for _, dir := range dirs {
		repo, err := gitrepo.Open(dir, gitrepo.IDOf(dir))
		if err != nil {
			t.Fatal(err)
		}
		rev, err := repo.At(t.Context(), realAsOf)
		if errkind.Of(err) == errkind.Empty {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		h := &history{repo: repo, rev: rev}
		h.measure(t)
		all = append(all, h)
	}
	return all
}

func (h *history) measure(t *testing.T) {
	t.Helper()
	records, err := survey.Measure(t.Context(), survey.Job{Repo: h.repo, Revision: h.rev, Collectors: []collect.Collector{
		commit.New(people.NewHasher([]byte("test"))), timeline.Collector{},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for i, into := range []any{&h.commits, &h.timeline} {
		if err := json.Unmarshal(records[i].Body, into); err != nil {
			t.Fatal(err)
		}
	}
}

// git runs git on the mirror of h.
func (h *history) git(t *testing.T, args ...string) string {
	t.Helper()
	all := append([]string{"--bare", "--git-dir=" + h.repo.Dir(), "-c", "mailmap.blob=" + h.rev.Commit + ":.mailmap", "-c", "safe.directory=*"}, args...)
	out, err := exec.CommandContext(t.Context(), "git", all...).Output()
	if err != nil {
		t.Fatalf("%s: git %s: %v", h.repo.ID(), args[0], err)
	}
	return string(out)
}

// The commits are all there are, and the authors those of git log.
func TestRealCommits(t *testing.T) {
	t.Parallel()
	for _, h := range histories(t) {
		human, bot, merges := 0, 0, 0
		for _, w := range h.commits.Work {
			merges += w.Merges
			if h.commits.Authors[w.Author].Bot != "" {
				bot += w.Commits
			} else {
				human += w.Commits
			}
		}
		count := strings.TrimSpace(h.git(t, "rev-list", "--count", h.rev.Commit))
		if got := fmt.Sprint(human + bot + merges); got != count {
			t.Errorf("%s: %d human, %d bot and %d merge commits are %s, git counts %s", h.repo.ID(), human, bot, merges, got, count)
		}
		if got, want := h.people(), h.peopleOfGit(t); got != want {
			t.Errorf("%s: %d people, git log has %d", h.repo.ID(), got, want)
		}
	}
}

// people counts the authors who are no bots.
func (h *history) people() int {
	n := 0
	for _, a := range h.commits.Authors {
		if a.Bot == "" {
			n++
		}
	}
	return n
}

// peopleOfGit counts them by git log alone: addresses after .mailmap in small
// letters, those of one GitHub account taken for one.
func (h *history) peopleOfGit(t *testing.T) int {
	t.Helper()
	group := map[string]string{} // a union-find over names of identities
	var root func(string) string
	root = func(s string) string {
		if group[s] == "" || group[s] == s {
			group[s] = s
			return s
		}
		return root(group[s])
	}
	for line := range strings.Lines(h.git(t, "log", "--format=%aN%x00%aE%x00%ae", h.rev.Commit)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\x00")
		address := f[1]
		if address == "" {
			address = f[2]
		}
		if people.Bot(f[0], address) != "" {
			continue
		}
		nodes := people.Nodes(f[0], f[1])
		for _, n := range nodes {
			group[root(n)] = root(nodes[0])
		}
	}
	roots := map[string]bool{}
	for n := range group {
		roots[root(n)] = true
	}
	return len(roots)
}

// The timeline counts what the census of the same month counts, to the byte.
func TestRealTimelineAgainstCensus(t *testing.T) {
	t.Parallel()
	all := histories(t)
	pick := rand.New(rand.NewPCG(2025, 12))
	pairs := 24
	if os.Getenv("ASSAY_MIRROR_ALL") != "" {
		pairs = 0
		for _, h := range all {
			for i := range h.timeline.Months {
				h.compareMonth(t, i)
			}
		}
	}
	for range pairs {
		h := all[pick.IntN(len(all))]
		h.compareMonth(t, pick.IntN(len(h.timeline.Months)))
	}
}

func (h *history) compareMonth(t *testing.T, i int) {
	t.Helper()
	m := &h.timeline.Months[i]
	rev := *h.rev
	rev.Commit = m.Commit
	records, err := survey.Measure(t.Context(), survey.Job{Repo: h.repo, Revision: &rev, Collectors: []collect.Collector{census.Collector{}}})
	if err != nil {
		t.Fatal(err)
	}
	var c fact.Composition
	if err := json.Unmarshal(records[0].Body, &c); err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{}
	for _, cell := range c.Cells {
		if cell.Counted {
			want[cell.Language] += cell.Bytes
		}
	}
	if diff := cmp.Diff(want, m.Bytes); diff != "" {
		t.Errorf("%s at %s: the census (-) and the timeline (+) differ:\n%s", h.repo.ID(), m.Month, diff)
	}
	if last, err := time.Parse("2006-01", m.Month); err == nil && i+1 < len(h.timeline.Months) {
		end := fact.DateOf(last.AddDate(0, 1, -1))
		want := strings.TrimSpace(h.git(t, "rev-list", "-1", "--first-parent", "--before="+string(end)+"T23:59:59Z", h.rev.Commit))
		if want != m.Commit {
			t.Errorf("%s: %s ends with %s, git says %s", h.repo.ID(), m.Month, m.Commit, want)
		}
	}
}

// The adoption of each language is the commit that a walk along the first
// parents finds, looking at every tree.
func TestRealAdoption(t *testing.T) {
	t.Parallel()
	for _, h := range histories(t) {
		want := h.adoptions(t)
		got := map[string]string{}
		for _, a := range h.timeline.Adoptions {
			got[a.Language] = a.Commit.Commit
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: adoptions by a walk (-) and by the timeline (+) differ:\n%s", h.repo.ID(), diff)
		}
	}
}

// adoptions lists every tree of the mainline, and looks from the newest back
// for the first that lacks a product file of a language.
func (h *history) adoptions(t *testing.T) map[string]string {
	t.Helper()
	class := language.NewClassifier(nil)
	memo := map[string]string{}
	of := func(name string) string {
		lang, ok := memo[name]
		if !ok {
			if f := class.Path(name); f.Counted && f.Role == fact.RoleProduct {
				lang = f.Language
			}
			memo[name] = lang
		}
		return lang
	}
	var since map[string]string // language to the oldest commit of an unbroken line
	for commit := range strings.FieldsSeq(h.git(t, "rev-list", "--first-parent", h.rev.Commit)) {
		there := h.languages(t, commit, of)
		if since == nil {
			since = map[string]string{}
			for lang := range there {
				since[lang] = ""
			}
		}
		open := false
		for lang, at := range since {
			if strings.HasPrefix(at, "=") {
				continue
			}
			if !there[lang] {
				since[lang] = "=" + at
				continue
			}
			since[lang], open = commit, true
		}
		if !open {
			break
		}
	}
	for lang, at := range since {
		since[lang] = strings.TrimPrefix(at, "=")
	}
	return since
}

// languages are the languages of the product files of a tree.
func (h *history) languages(t *testing.T, commit string, of func(string) string) map[string]bool {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), "git", "--git-dir="+h.repo.Dir(), "-c", "safe.directory=*", "ls-tree", "-r", "-z", "--full-tree", commit)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	lines.Split(splitNUL)
	for lines.Scan() {
		if mode, name, ok := strings.Cut(lines.Text(), "\t"); ok && strings.HasPrefix(mode, "100") {
			there[of(name)] = true
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	delete(there, "")
	return there
}

func splitNUL(data []byte, end bool) (int, []byte, error) {
	if i := slices.Index(data, 0); i >= 0 {
		return i + 1, data[:i], nil
	}
	if end && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}
