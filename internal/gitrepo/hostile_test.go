package gitrepo

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gittest"
	"assay/internal/limit"
)

// Everything that reads a mirror, on one whose configuration names a program
// wherever git knows a program: none is run.
func TestHostileConfiguration(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha", ".gitattributes", "* filter=evil diff=evil merge=evil text eol=crlf ident\n")
	b := f.commit("refs/heads/main", "2024-02-01T00:00:00Z", []int{a}, "a", "beta", ".gitmodules", "[submodule \"s\"]\npath = s\nurl = ext::sh -c touch% canary\n")
	f.point("refs/tags/v1.0.0", f.commit("refs/heads/old", "2023-01-01T00:00:00Z", nil, "a", "old"))
	f.annotate("signed", b, "2024-02-02T00:00:00Z")
	r := f.done()
	f.loosen()
	canary, program := filepath.Join(f.dir, "canary"), filepath.Join(f.dir, "program.sh")
	if err := gittest.WriteProgram(program, []byte("#!/bin/sh\necho \"$0 $*\" >> '"+canary+"'\nexit 1\n")); err != nil {
		t.Fatal(err)
	}
	lost := f.git(nil, "rev-parse", "main:a")
	f.remove("objects/" + lost[:2] + "/" + lost[2:])
	f.write("config", strings.ReplaceAll(hostileConfig, "PROGRAM", program))
	for _, hook := range []string{
		"reference-transaction", "post-checkout", "post-index-change", "pre-auto-gc", "fsmonitor-watchman", "pre-commit", "update", "post-rewrite",
	} {
		f.write("hooks/"+hook, "#!/bin/sh\ntouch '"+canary+"'\n")
		if err := os.Chmod(filepath.Join(f.dir, "hooks", hook), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	readAll(t, r)
	if data, err := os.ReadFile(canary); err == nil {
		t.Errorf("a program of the mirror was run: %s", data)
	}
}

// hostileConfig names PROGRAM under every key by which git starts a program
// while it reads, and makes the mirror a partial clone so that what is missing
// would be fetched.
const hostileConfig = `[core]
	repositoryformatversion = 1
	bare = false
	worktree = /
	fsmonitor = PROGRAM
	sshCommand = PROGRAM
	gitProxy = PROGRAM
	askPass = PROGRAM
	pager = PROGRAM
	editor = PROGRAM
	hooksPath = hooks
	alternateRefsCommand = PROGRAM
	attributesFile = /dev/zero
	excludesFile = /dev/zero
	ignoreCase = true
	bigFileThreshold = 1
	packedGitLimit = 1
[alias]
	cat-file = !PROGRAM
	ls-tree = !PROGRAM
	rev-list = !PROGRAM
	for-each-ref = !PROGRAM
[log]
	showSignature = true
[gpg]
	program = PROGRAM
	format = ssh
[gpg "ssh"]
	program = PROGRAM
	defaultKeyCommand = PROGRAM
[pager]
	cat-file = PROGRAM
	ls-tree = PROGRAM
	rev-list = PROGRAM
	for-each-ref = PROGRAM
[filter "evil"]
	clean = PROGRAM
	smudge = PROGRAM
	process = PROGRAM
	required = true
[diff]
	external = PROGRAM
[diff "evil"]
	textconv = PROGRAM
	command = PROGRAM
[merge "evil"]
	driver = PROGRAM
[credential]
	helper = !PROGRAM
[uploadpack]
	packObjectsHook = PROGRAM
[extensions]
	partialClone = origin
	worktreeConfig = true
[remote "origin"]
	url = ext::PROGRAM
	promisor = true
	partialCloneFilter = blob:none
	uploadpack = PROGRAM
	vcs = ext
	fetch = +refs/*:refs/*
[protocol]
	allow = always
[trace2]
	eventTarget = /tmp
[maintenance]
	auto = true
[gc]
	auto = 1
[submodule]
	recurse = true
`

// readAll does with a repository all that this package can.
func readAll(t *testing.T, r *Repo) {
	t.Helper()
	for _, asOf := range []fact.Date{"", "2024-01-15", "2023-06-01"} {
		rev, err := r.At(t.Context(), asOf)
		if err != nil {
			t.Fatalf("At(%q): %v", asOf, err)
		}
		if _, err := r.NewestRef(t.Context(), asOf, time.Now()); err != nil {
			t.Errorf("NewestRef(%q): %v", asOf, err)
		}
		if _, err := r.Latest(t.Context(), rev, byName); err != nil {
			t.Errorf("Latest(%q): %v", asOf, err)
		}
		entries, err := r.Tree(t.Context(), rev.Commit)
		if err != nil {
			t.Fatalf("Tree: %v", err)
		}
		var oids []string
		var sizes []int64
		for _, e := range entries {
			oids, sizes = append(oids, e.OID, e.OID), append(sizes, e.Size, limit.BlobBytes+1)
			_, _ = r.ReadFile(t.Context(), rev.Commit, e.Path, 1<<20)
		}
		if err := r.Blobs(t.Context(), oids, sizes, func(int, Content) error { return nil }); err != nil {
			t.Fatalf("Blobs: %v", err)
		}
	}
	if _, err := r.Fingerprint(); err != nil {
		t.Errorf("Fingerprint: %v", err)
	}
	_ = IDOf(r.Dir())
	if err := r.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}

// Blobs that a partial clone lacks are missing, and nothing is fetched.
func TestPartialClone(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha", "b", "beta", "c", "gamma")
	full := f.done()
	tip, lost := f.git(nil, "rev-parse", "main"), f.git(nil, "rev-parse", "main:b")
	f.loosen()
	other := newFixture(t) // where a fetch would find it
	other.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "b", "beta")
	other.done()
	f.remove("objects/" + lost[:2] + "/" + lost[2:])
	f.write("config", "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tpartialClone = origin\n"+
		"[remote \"origin\"]\n\turl = file://"+other.dir+"\n\tpromisor = true\n\tpartialCloneFilter = blob:none\n")
	entries, err := full.Tree(t.Context(), tip)
	if err != nil {
		t.Fatal(err)
	}
	var oids []string
	var sizes []int64
	for _, e := range entries {
		oids, sizes = append(oids, e.OID), append(sizes, e.Size)
	}
	if len(sizes) != 3 || sizes[1] != -1 {
		t.Errorf("sizes %v", sizes)
	}
	if got := strings.Join(read(t, full, oids, sizes), " "); got != "alpha missing gamma" {
		t.Errorf("got %s", got)
	}
	if _, err := os.Stat(f.object(lost)); err == nil {
		t.Error("the missing blob was fetched")
	}
}

// The environment of the user, which git would obey, does not reach it. (Not
// parallel: it sets the environment.)
func TestEnvironmentIsOurs(t *testing.T) { //nolint:paralleltest // see above
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
	r := f.done()
	trap := t.TempDir()
	canary, program := filepath.Join(trap, "canary"), filepath.Join(trap, "program.sh")
	if err := gittest.WriteProgram(program, []byte("#!/bin/sh\ntouch '"+canary+"'\n")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(trap, ".gitconfig"), []byte("[core]\n\tpager = "+program+"\n\tfsmonitor = "+program+"\n[nonsense\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"HOME": trap, "XDG_CONFIG_HOME": trap, "GIT_CONFIG_GLOBAL": filepath.Join(trap, ".gitconfig"), "GIT_DIR": trap,
		"GIT_WORK_TREE": trap, "GIT_OBJECT_DIRECTORY": trap, "GIT_EXTERNAL_DIFF": program, "GIT_PAGER": program, "GIT_SSH_COMMAND": program,
		"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.pager", "GIT_CONFIG_VALUE_0": program, "GIT_TRACE": canary, "GIT_TRACE2": canary,
		"GIT_ALTERNATE_OBJECT_DIRECTORIES": trap, "GIT_NAMESPACE": "x", "GIT_CEILING_DIRECTORIES": "/", "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo",
	} {
		t.Setenv(name, value)
	}
	readOne := func() string {
		rev, err := r.At(t.Context(), "2024-01-01")
		if err != nil {
			t.Fatal(err)
		}
		data, err := r.ReadFile(t.Context(), rev.Commit, "a", 10)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if got := readOne(); got != "alpha" {
		t.Errorf("got %q", got)
	}
	if _, err := os.Stat(canary); err == nil {
		t.Error("something of the user's environment reached git")
	}
}

// Files that would have git read elsewhere, or wait for ever, are refused when
// the mirror is opened.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	fifo := func(name string) func(f *fixture) {
		return func(f *fixture) {
			f.remove(name)
			f.write(name+".d/x", "") // makes the folders
			if err := syscall.Mkfifo(filepath.Join(f.dir, name), 0o644); err != nil {
				f.t.Skip(err)
			}
		}
	}
	include := func(text string) func(f *fixture) {
		return func(f *fixture) { f.write("config", "[core]\n\tbare = true\n"+text) }
	}
	for name, tt := range map[string]struct {
		change func(f *fixture)
		want   string // part of the error; "" when it is to be opened
	}{
		"as it is":                 {func(*fixture) {}, ""},
		"no config":                {func(f *fixture) { f.remove("config") }, ""},
		"config is a pipe":         {fifo("config"), "no ordinary file"},
		"HEAD is a pipe":           {fifo("HEAD"), "not a git directory"},
		"HEAD is a folder":         {func(f *fixture) { f.remove("HEAD"); f.write("HEAD/x", "") }, "not a git directory"},
		"no HEAD":                  {func(f *fixture) { f.remove("HEAD") }, "not a git directory"},
		"no objects":               {func(f *fixture) { f.remove("objects") }, "not a git directory"},
		"packed-refs is pipe":      {fifo("packed-refs"), "no ordinary file"},
		"shallow is a pipe":        {fifo("shallow"), "no ordinary file"},
		"alternates is a pipe":     {fifo("objects/info/alternates"), "no ordinary file"},
		"a loose object is a pipe": {fifo("objects/ab/cdefcdefcdefcdefcdefcdefcdefcdefcdefcd"), "no ordinary file"},
		"a pack is a pipe":         {fifo("objects/pack/pack-1.pack"), "no ordinary file"},
		"include":                  {include("[include]\n\tpath = /etc/gitconfig\n"), "includes another file"},
		"conditional include":      {include("[InClude\"if\"]x\n[includeIf \"gitdir:/\"] path = /dev/zero\n"), "includes another file"},
		"include on a line":        {include("[a][INCLUDE] path = x\n"), "includes another file"},
		"work tree config": {func(f *fixture) {
			f.write("config.worktree", "[include]\npath = x\n")
		}, "includes another file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
			f.done()
			tt.change(f)
			r, err := Open(f.dir, "example.org/o/n")
			if tt.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				readAllOnce(t, r)
				return
			}
			if errkind.Of(err) != errkind.Corrupt || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Open = %v of kind %q, want corrupt: %s", err, errkind.Of(err), tt.want)
			}
		})
	}
}

func readAllOnce(t *testing.T, r *Repo) {
	t.Helper()
	if _, err := r.At(t.Context(), ""); err != nil {
		t.Error(err)
	}
}

// Objects of a pool are read through alternates, as hosts and shared clones
// keep them; an alternate that is not there is not an error of its own.
func TestAlternates(t *testing.T) {
	t.Parallel()
	pool := newFixture(t)
	pool.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "pooled")
	pool.done()
	tip := pool.git(nil, "rev-parse", "main")
	f := newFixture(t)
	r := f.done()
	f.write("objects/info/alternates", filepath.Join(pool.dir, "objects")+"\n/nowhere/objects\n")
	f.write("refs/heads/main", tip+"\n")
	if got := subject(t, r, ""); got != "pooled" {
		t.Errorf("got %q", got)
	}
	f.write("objects/info/alternates", "/nowhere/objects\n")
	if got := subject(t, r, ""); got != "corrupt" {
		t.Errorf("without the pool: %q", got)
	}
}

// Opening and asking is quick, whatever is in the folder.
func TestOpenKinds(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "x")
	f.done()
	root := t.TempDir()
	work := filepath.Join(root, "work")
	if err := os.MkdirAll(work, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(f.dir, filepath.Join(work, ".git")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(work, filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for _, dir := range []string{f.dir, work, filepath.Join(root, "link")} {
		r, err := Open(dir, "example.org/o/n")
		if err != nil {
			t.Errorf("Open(%q): %v", dir, err)
			continue
		}
		if got := subject(t, r, ""); got != "x" {
			t.Errorf("Open(%q): reads %q", dir, got)
		}
		if r.ID() != "example.org/o/n" {
			t.Errorf("ID = %q", r.ID())
		}
	}
	for _, dir := range []string{root, filepath.Join(root, "none"), filepath.Join(f.dir, "HEAD"), "", "/"} {
		if _, err := Open(dir, ""); errkind.Of(err) != errkind.Corrupt {
			t.Errorf("Open(%q) = %v of kind %q, want corrupt", dir, err, errkind.Of(err))
		}
	}
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("took %v", d)
	}
}
