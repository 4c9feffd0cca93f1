package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// told writes a history as lines "mainline 2024-01-02 A <a@example.org> +a ~b -c".
func told(t *testing.T, r *Repo, commit, since string) string {
	t.Helper()
	var b strings.Builder
	err := r.History(t.Context(), commit, since, func(c *Commit) error {
		line := "side    "
		if c.Mainline {
			line = "mainline"
		}
		fmt.Fprintf(&b, "%s %s %s <%s> <%s> %d", line, timestamp(c.Time)[:10], c.Name, c.Address, c.Written, c.Parents)
		for _, ch := range c.Changes {
			sign := map[[2]bool]string{{false, true}: "+", {true, false}: "-", {true, true}: "~"}[[2]bool{ch.OldMode != 0, ch.NewMode != 0}]
			fmt.Fprintf(&b, " %s%q", sign, ch.Path)
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func historyFixture(t *testing.T) *fixture {
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a.rs", "1", "odd\nname\x01.rs", "x", ":000000 100644", "x")
	side := f.commit("refs/heads/side", "2024-01-02T00:00:00Z", []int{a}, "b.rs", "1")
	b := f.commit("refs/heads/main", "2024-01-03T00:00:00Z", []int{a}, "a.rs", "2", ".mailmap", "Ann <ann@example.org> <a@example.org>\n")
	empty := f.commit("refs/heads/main", "2024-01-04T00:00:00Z", []int{b})
	f.commit("refs/heads/main", "2024-01-05T00:00:00Z", []int{empty, side}, "b.rs", "1")
	return f
}

const wantHistory = `mainline 2024-01-05 Ann <ann@example.org> <a@example.org> 2 +"b.rs"
side     2024-01-02 Ann <ann@example.org> <a@example.org> 1 +"b.rs"
mainline 2024-01-04 Ann <ann@example.org> <a@example.org> 1
mainline 2024-01-03 Ann <ann@example.org> <a@example.org> 1 +".mailmap" ~"a.rs"
mainline 2024-01-01 Ann <ann@example.org> <a@example.org> 0 +":000000 100644" +"a.rs" +"odd\nname\x01.rs"
`

func TestHistory(t *testing.T) {
	t.Parallel()
	f := historyFixture(t)
	r := f.done()
	tip := rev(f, "main")
	if diff := cmp.Diff(wantHistory, told(t, r, tip, "")); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	lines := strings.SplitAfter(wantHistory, "\n")
	if diff := cmp.Diff(lines[0]+lines[1]+lines[2], told(t, r, tip, rev(f, "main~2"))); diff != "" {
		t.Errorf("since the third (-want +got):\n%s", diff)
	}
	if r.Counts().Commits != 8 {
		t.Errorf("%d commits counted, want 8", r.Counts().Commits)
	}
}

// Nothing that a mirror is configured to changes what is read of it, nor does
// the folder that the program runs in.
func TestHistoryIgnoresConfiguration(t *testing.T) {
	t.Parallel()
	f := historyFixture(t)
	r := f.done()
	config := `[core]
	repositoryformatversion = 0
	bare = false
	worktree = ` + f.dir + `
[log]
	showRoot = false
	showSignature = true
	mailmap = false
	diffMerges = off
	follow = true
[diff]
	renames = copies
	noprefix = true
	orderFile = /nonexistent
	external = /bin/false
[mailmap]
	file = /nonexistent
	blob = HEAD:a.rs
[format]
	pretty = oneline
[color]
	ui = always
`
	if err := os.WriteFile(filepath.Join(f.dir, "config"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.dir, ".mailmap"), []byte("Mallory <m@example.org> <ann@example.org>\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantHistory, told(t, r, rev(f, "main"), "")); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestMainlineSince(t *testing.T) {
	t.Parallel()
	f := historyFixture(t)
	r := f.done()
	tip, side := rev(f, "main"), rev(f, "side")
	chain, err := r.Mainline(t.Context(), tip, "")
	if err != nil || len(chain) != 4 || chain[0] != tip || chain[3] != rev(f, "main~3") {
		t.Errorf("mainline %v, %v", chain, err)
	}
	if chain, err = r.Mainline(t.Context(), tip, rev(f, "main~2")); err != nil || len(chain) != 2 {
		t.Errorf("mainline since %v, %v", chain, err)
	}
	for _, other := range []string{side, strings.Repeat("12", 20)} {
		if _, err := r.Mainline(t.Context(), tip, other); err == nil {
			t.Errorf("a mainline of %s goes on from %s", tip, other)
		}
	}
	if _, err := r.Mainline(t.Context(), tip, side); errkind.Of(err) != errkind.NotFound {
		t.Errorf("since a merged branch: %v", err)
	}
}

func TestHistoryErrors(t *testing.T) {
	t.Parallel()
	f := historyFixture(t)
	r := f.done()
	tip := rev(f, "main")
	nothing := func(*Commit) error { return nil }
	if err := r.History(t.Context(), "--all", "", nothing); errkind.Of(err) != errkind.Usage {
		t.Errorf("an option for a commit: %v", err)
	}
	if err := r.History(t.Context(), strings.Repeat("12", 20), "", nothing); errkind.Of(err) != errkind.Corrupt {
		t.Errorf("a commit that is not there: %v", err)
	}
	stop := errors.New("enough")
	if err := r.History(t.Context(), tip, "", func(*Commit) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("an error of the caller: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.History(ctx, tip, "", nothing); !errors.Is(err, context.Canceled) {
		t.Errorf("ended by the caller: %v", err)
	}
}

// A name without end costs the history, not the memory.
func TestHistoryLongName(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "1")
	r := f.done()
	long := f.commitTree(f.tree([2]string{"100644 " + strings.Repeat("x", limit.HistoryField+1), f.hash("blob", "1")}))
	err := r.History(t.Context(), long, "", func(*Commit) error { return nil })
	if errkind.Of(err) != errkind.Limit {
		t.Errorf("%v, want kind limit", err)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	f := historyFixture(t)
	r := f.done()
	got, err := r.Sizes(t.Context(), []string{rev(f, "main:.mailmap"), strings.Repeat("12", 20), rev(f, "main:a.rs")})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int64{38, -1, 1}, got); diff != "" {
		t.Errorf("sizes (-want +got):\n%s", diff)
	}
	if got, err := r.Sizes(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("no sizes: %v, %v", got, err)
	}
	if got, err := r.Sizes(t.Context(), []string{"--batch-all-objects", rev(f, "main:a.rs")}); err != nil || len(got) != 2 || got[0] != -1 {
		t.Errorf("an option for a name: %v, %v", got, err)
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a.rs", "1")
	b := f.commit("refs/heads/main", "2024-03-01T00:00:00Z", []int{a}, "a.rs", "2")
	f.point("refs/tags/v1.0.0", a)
	f.annotate("v1.1.0", b, "2024-04-01T00:00:00Z")
	r := f.done()
	got, err := r.Tags(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	want := []Tag{
		{Name: "v1.0.0", Commit: rev(f, "main~1"), At: "2024-01-01T00:00:00Z", CommitAt: "2024-01-01T00:00:00Z"},
		{Name: "v1.1.0", Commit: rev(f, "main"), At: "2024-04-01T00:00:00Z", CommitAt: "2024-03-01T00:00:00Z", Annotated: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	before, err := r.At(t.Context(), "2024-02-01")
	if err != nil {
		t.Fatal(err)
	}
	after, err := r.At(t.Context(), "2024-05-01")
	if err != nil || before.Tags == "" || before.Tags == after.Tags {
		t.Errorf("tags %q before, %q after, %v", before.Tags, after.Tags, err)
	}
}

// rev is the object that a name leads to.
func rev(f *fixture, name string) string {
	f.t.Helper()
	return strings.TrimSpace(f.git(nil, "rev-parse", name))
}

// Children come before their parents also where a clock was wrong: a parent
// that is newer than its child and that a side branch has, too.
func TestHistoryOrder(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	root := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a.rs", "1")
	ahead := f.commit("refs/heads/main", "2024-06-01T00:00:00Z", []int{root}, "a.rs", "2")
	side := f.commit("refs/heads/side", "2024-07-01T00:00:00Z", []int{ahead}, "b.rs", "1")
	behind := f.commit("refs/heads/main", "2024-02-01T00:00:00Z", []int{ahead}, "a.rs", "3")
	f.commit("refs/heads/main", "2024-08-01T00:00:00Z", []int{behind, side}, "b.rs", "1")
	r := f.done()
	got := told(t, r, rev(f, "main"), "")
	want := `mainline 2024-08-01 A <a@example.org> <a@example.org> 2 +"b.rs"
side     2024-07-01 A <a@example.org> <a@example.org> 1 +"b.rs"
mainline 2024-02-01 A <a@example.org> <a@example.org> 1 ~"a.rs"
mainline 2024-06-01 A <a@example.org> <a@example.org> 1 ~"a.rs"
mainline 2024-01-01 A <a@example.org> <a@example.org> 0 +"a.rs"
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

// A .mailmap that is too large, or no file, is not obeyed.
func TestMailmapThatIsNone(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, ".mailmap", "Ann <ann@example.org> <a@example.org>\n"+strings.Repeat("# filler\n", limit.MailmapBytes/9+1))
	f.commit("refs/heads/folder", "2024-01-02T00:00:00Z", nil, ".mailmap/x", "Ann <ann@example.org> <a@example.org>\n")
	f.commit("refs/heads/obeyed", "2024-01-03T00:00:00Z", []int{a}, ".mailmap", "Ann <ann@example.org> <a@example.org>\n")
	r := f.done()
	for branch, want := range map[string]string{"main": "A <a@", "folder": "A <a@", "obeyed": "Ann <ann@"} {
		if got := told(t, r, rev(f, branch), ""); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %q", branch, got, want)
		}
	}
}
