package gitrepo

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// subject is the content of the file "id" in the commit that At picks, or the
// kind of its error.
func subject(t *testing.T, r *Repo, asOf fact.Date) string {
	t.Helper()
	rev, err := r.At(t.Context(), asOf)
	if err != nil {
		return string(errkind.Of(err))
	}
	id, err := r.ReadFile(t.Context(), rev.Commit, "id", 100)
	if err != nil {
		t.Fatal(err)
	}
	return string(id)
}

func TestAtDates(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-10T12:00:00Z", nil, "id", "first")
	b := f.commit("refs/heads/main", "2024-03-31T23:59:59Z", []int{a}, "id", "last second")
	c := f.commit("refs/heads/main", "2024-04-01T00:00:00Z", []int{b}, "id", "next day")
	// 1 June in Tokyo, 31 May in UTC; then 31 May in New York, 1 June in UTC.
	d := f.commit("refs/heads/main", "2024-06-01T02:00:00+09:00", []int{c}, "id", "tokyo")
	e := f.commit("refs/heads/main", "2024-05-31T23:00:00-04:00", []int{d}, "id", "new york")
	// Written in July, committed in August.
	g := f.commit("refs/heads/main", "2024-08-05T00:00:00Z 2024-07-01T00:00:00Z", []int{e}, "id", "rebased")
	// A clock that was wrong: committed before its parent.
	f.commit("refs/heads/main", "2023-01-01T00:00:00Z", []int{g}, "id", "wrong clock")
	r := f.done()
	for _, tt := range []struct {
		asOf fact.Date
		want string
	}{
		{"", "wrong clock"},
		{"1969-12-31", "empty"},
		{"1970-01-01", "empty"},
		{"2022-12-31", "empty"},
		{"2023-06-01", "wrong clock"}, // the rule's walk: the newest commit whose date is not later
		{"2024-01-10", "wrong clock"},
		{"2100-01-01", "wrong clock"},
	} {
		if got := subject(t, r, tt.asOf); got != tt.want {
			t.Errorf("as of %q: %q, want %q", tt.asOf, got, tt.want)
		}
	}
	f.git(nil, "update-ref", "refs/heads/main", "main^")
	for _, tt := range []struct {
		asOf fact.Date
		want string
	}{
		{"", "rebased"},
		{"2024-01-09", "empty"},
		{"2024-01-10", "first"},
		{"2024-03-30", "first"},
		{"2024-03-31", "last second"},
		{"2024-04-01", "next day"},
		{"2024-05-30", "next day"},
		{"2024-05-31", "tokyo"},
		{"2024-06-01", "new york"},
		{"2024-07-31", "new york"},
		{"2024-08-05", "rebased"},
		{"2100-01-01", "rebased"},
	} {
		if got := subject(t, r, tt.asOf); got != tt.want {
			t.Errorf("as of %q: %q, want %q", tt.asOf, got, tt.want)
		}
	}
}

// Dates beyond 2038 and commits of the year 2100 do not wrap around.
func TestAtFarFuture(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-10T12:00:00Z", nil, "id", "now")
	f.commit("refs/heads/main", "2100-01-10T12:00:00Z", []int{a}, "id", "future")
	r := f.done()
	for asOf, want := range map[fact.Date]string{"2024-02-01": "now", "2050-01-01": "now", "2100-01-09": "now", "2100-01-10": "future", "": "future"} {
		if got := subject(t, r, asOf); got != want {
			t.Errorf("as of %q: %q, want %q", asOf, got, want)
		}
	}
}

// A foreign history that was merged in is newer than the mainline at the date,
// and still not the mainline.
func TestAtFollowsFirstParent(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "ours 1")
	x := f.commit("refs/heads/foreign", "2024-01-02T00:00:00Z", nil, "id", "foreign")
	b := f.commit("refs/heads/side", "2024-02-02T00:00:00Z", []int{a}, "id", "side branch")
	m := f.commit("refs/heads/main", "2024-03-01T00:00:00Z", []int{a, x}, "id", "merged foreign")
	f.commit("refs/heads/main", "2024-04-01T00:00:00Z", []int{m, b}, "id", "merged side")
	r := f.done()
	for asOf, want := range map[fact.Date]string{
		"2024-01-05": "ours 1", "2024-02-05": "ours 1", "2024-03-01": "merged foreign", "2024-04-01": "merged side",
	} {
		if got := subject(t, r, asOf); got != want {
			t.Errorf("as of %q: %q, want %q", asOf, got, want)
		}
	}
	rev, err := r.At(t.Context(), "2024-02-05")
	if err != nil {
		t.Fatal(err)
	}
	if rev.Rule != fact.RuleMainline || rev.Ref != "refs/heads/main" || rev.CommittedAt != "2024-01-01T00:00:00Z" || len(rev.Notes) != 0 {
		t.Errorf("revision %+v", rev)
	}
}

func TestAtHead(t *testing.T) {
	t.Parallel()
	make2 := func(f *fixture) {
		a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "main 1")
		f.commit("refs/heads/main", "2024-02-01T00:00:00Z", []int{a}, "id", "main 2")
		f.commit("refs/heads/other", "2024-03-01T00:00:00Z", []int{a}, "id", "other")
		f.point("refs/pull/7/head", f.commit("refs/pull/1/head", "2024-04-01T00:00:00Z", []int{a}, "id", "pull"))
	}
	tests := map[string]struct {
		change func(f *fixture)
		want   string
		ref    string
		note   string
	}{
		"as it is":          {func(*fixture) {}, "main 2", "refs/heads/main", ""},
		"packed refs":       {func(f *fixture) { f.git(nil, "pack-refs", "--all"); f.remove("refs/heads") }, "main 2", "refs/heads/main", ""},
		"no config":         {func(f *fixture) { f.remove("config") }, "main 2", "refs/heads/main", ""},
		"other default":     {func(f *fixture) { f.write("HEAD", "ref: refs/heads/other\n") }, "other", "refs/heads/other", ""},
		"no white space":    {func(f *fixture) { f.write("HEAD", "ref:refs/heads/other") }, "other", "refs/heads/other", ""},
		"detached at a tip": {func(f *fixture) { f.write("HEAD", f.git(nil, "rev-parse", "main")+"\n") }, "main 2", "refs/heads/main", "HEAD is detached at the tip of refs/heads/main"},
		"detached elsewhere": {func(f *fixture) { f.write("HEAD", f.git(nil, "rev-parse", "main^")+"\n") }, "main 1", "HEAD",
			"which no branch points at"},
		"detached at nothing": {func(f *fixture) { f.write("HEAD", strings.Repeat("1", 40)+"\n") }, "corrupt", "", ""},
		"dangling":            {func(f *fixture) { f.write("HEAD", "ref: refs/heads/gone\n") }, "main 2", "refs/heads/main", "HEAD points at refs/heads/gone, which is no branch"},
		"at a tag": {func(f *fixture) { f.git(nil, "tag", "t", "other"); f.write("HEAD", "ref: refs/tags/t\n") }, "main 2", "refs/heads/main",
			"which is no branch"},
		"at a pull request": {func(f *fixture) { f.write("HEAD", "ref: refs/pull/1/head\n") }, "main 2", "refs/heads/main", "which is no branch"},
		"dangling, no usual name": {func(f *fixture) {
			f.git(nil, "branch", "-m", "main", "zeta")
			f.write("HEAD", "ref: refs/heads/gone\n")
		}, "other", "refs/heads/other", "refs/heads/other was followed"},
		"a clone of a clone": {func(f *fixture) {
			f.git(nil, "update-ref", "refs/remotes/origin/main", "main")
			f.git(nil, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
			f.git(nil, "update-ref", "-d", "refs/heads/main")
			f.git(nil, "update-ref", "-d", "refs/heads/other")
		}, "main 2", "refs/remotes/origin/main", "HEAD points at refs/heads/main, which is no branch"},
		"only pull requests": {func(f *fixture) {
			f.git(nil, "update-ref", "-d", "refs/heads/main")
			f.git(nil, "update-ref", "-d", "refs/heads/other")
		}, "empty", "", ""},
		"odd content":      {func(f *fixture) { f.write("HEAD", "hello\n") }, "corrupt", "", ""},
		"empty HEAD":       {func(f *fixture) { f.write("HEAD", "") }, "corrupt", "", ""},
		"HEAD up the tree": {func(f *fixture) { f.write("HEAD", "ref: ../../../etc/passwd\n") }, "corrupt", "", ""},
		"huge HEAD":        {func(f *fixture) { f.write("HEAD", "ref: refs/heads/"+strings.Repeat("x", 1<<20)) }, "main 2", "refs/heads/main", "x, which is no branch"},
		"ref with controls": {func(f *fixture) { f.write("HEAD", "ref: refs/heads/a\x1b[31m\n") }, "main 2", "refs/heads/main",
			"HEAD points at refs/heads/a[31m, which is no branch"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			make2(f)
			r := f.done()
			tt.change(f)
			if got := subject(t, r, ""); got != tt.want {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			rev, err := r.At(t.Context(), "")
			if err != nil {
				return
			}
			if rev.Ref != tt.ref {
				t.Errorf("ref %q, want %q", rev.Ref, tt.ref)
			}
			text := ""
			for _, n := range rev.Notes {
				text += n.Text + "\n"
			}
			if tt.note == "" && text != "" || !strings.Contains(text, tt.note) {
				t.Errorf("notes %q, want %q", text, tt.note)
			}
			if len(text) > 2*limit.RefQuoted {
				t.Errorf("notes of %d bytes", len(text))
			}
			if strings.ContainsAny(text, "\x1b\x00") {
				t.Errorf("notes hold control characters: %q", text)
			}
		})
	}
}

func TestAtEmptyRepository(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	r := f.done()
	if _, err := r.At(t.Context(), ""); errkind.Of(err) != errkind.Empty {
		t.Errorf("At = %v of kind %q, want empty", err, errkind.Of(err))
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.At(canceled, ""); errkind.Of(err) != errkind.Canceled {
		t.Errorf("At of an ended context = %v of kind %q, want canceled", err, errkind.Of(err))
	}
}

func TestSHA256(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.format = "sha256"
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "one")
	f.commit("refs/heads/main", "2024-02-01T00:00:00Z", []int{a}, "id", "two")
	r := f.done()
	if got := subject(t, r, "2024-01-15"); got != "one" {
		t.Errorf("got %q", got)
	}
	rev, err := r.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := r.Tree(t.Context(), rev.Commit)
	if err != nil || len(entries) != 1 || len(entries[0].OID) != 64 || entries[0].Size != 3 {
		t.Fatalf("Tree = %+v, %v", entries, err)
	}
	err = r.Blobs(t.Context(), []string{entries[0].OID}, []int64{3}, func(_ int, c Content) error {
		if string(c.Data) != "two" {
			t.Errorf("content %q", c.Data)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	f.write("HEAD", rev.Commit+"\n")
	if got := subject(t, r, "2024-01-15"); got != "one" {
		t.Errorf("detached: got %q", got)
	}
}

// Commits that git cannot read are damage, not an empty repository.
func TestAtDamaged(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "one")
	f.commit("refs/heads/main", "2024-02-01T00:00:00Z", []int{a}, "id", "two")
	r := f.done()
	f.loosen()
	first := f.git(nil, "rev-parse", "main^")
	f.remove("objects/" + first[:2] + "/" + first[2:])
	if _, err := r.At(t.Context(), "2024-01-15"); errkind.Of(err) != errkind.Corrupt {
		t.Errorf("At = %v of kind %q, want corrupt", err, errkind.Of(err))
	}
}

// A graft, a replacement object and a stray shallow file would change history.
func TestAtIgnoresReplacements(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "one")
	f.commit("refs/heads/main", "2024-02-01T00:00:00Z", []int{a}, "id", "two")
	f.commit("refs/heads/evil", "2024-01-20T00:00:00Z", nil, "id", "evil")
	r := f.done()
	tip, first, evil := f.git(nil, "rev-parse", "main"), f.git(nil, "rev-parse", "main^"), f.git(nil, "rev-parse", "evil")
	f.git(nil, "update-ref", "refs/replace/"+first, evil)
	f.write("info/grafts", tip+" "+evil+"\n")
	f.git(nil, "config", "advice.graftFileDeprecated", "false")
	for asOf, want := range map[fact.Date]string{"2024-01-25": "one", "": "two"} {
		if got := subject(t, r, asOf); got != want {
			t.Errorf("as of %q: %q, want %q", asOf, got, want)
		}
	}
}

func TestBoundedBuffer(t *testing.T) {
	t.Parallel()
	b := &boundedBuffer{limit: 4}
	if n, err := b.Write([]byte("abc")); n != 3 || err != nil {
		t.Errorf("Write = %d, %v", n, err)
	}
	if _, err := b.Write([]byte("def")); err == nil || !b.overflow || b.buf.String() != "abcd" {
		t.Errorf("after overflow: %v, %v, %q", err, b.overflow, &b.buf)
	}
	s := newStderr()
	if n, err := s.Write(bytes.Repeat([]byte("x"), 2*limit.GitMessage)); n != 2*limit.GitMessage || err != nil || s.buf.Len() != limit.GitMessage {
		t.Errorf("Write = %d, %v; %d kept", n, err, s.buf.Len())
	}
}
