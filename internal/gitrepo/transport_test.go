package gitrepo

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"assay/internal/errkind"
	"assay/internal/limit"
	"assay/internal/reach"
)

// originGit runs git in dir as the owner of a repository would.
func originGit(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", slices.Concat(hardening, args)...)
	cmd.Dir = dir
	cmd.Env = append(environment("file"),
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE=2024-03-01T12:00:00Z",
		"GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org", "GIT_COMMITTER_DATE=2024-03-01T12:00:00Z")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// newOrigin makes a bare repository to clone from at root/name, with one
// commit on the branch main, and returns its folder.
func newOrigin(t *testing.T, root, name string) string {
	t.Helper()
	dir := filepath.Join(root, name)
	originGit(t, root, "init", "--quiet", "--bare", "-b", "main", dir)
	addCommit(t, dir, "main", "first")
	return dir
}

// addCommit puts an empty commit on a branch of the bare repository dir.
func addCommit(t *testing.T, dir, branch, message string) string {
	t.Helper()
	tree := originGit(t, dir, "hash-object", "-w", "-t", "tree", os.DevNull)
	commit := originGit(t, dir, "commit-tree", "-m", message, tree)
	originGit(t, dir, "update-ref", "refs/heads/"+branch, commit)
	return commit
}

func refsOf(t *testing.T, dir string) string {
	t.Helper()
	return originGit(t, dir, "for-each-ref", "--format=%(refname)")
}

func TestCloneAndFetch(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	origin := newOrigin(t, root, "origin.git")
	originGit(t, origin, "tag", "v1", "main")
	originGit(t, origin, "update-ref", "refs/pull/1/head", "main")
	from := Remote{URL: "file://" + origin}
	dir := filepath.Join(root, "mirror.git")
	if err := Clone(t.Context(), from, dir); err != nil {
		t.Fatal(err)
	}
	if got, want := refsOf(t, dir), "refs/heads/main\nrefs/tags/v1"; got != want {
		t.Errorf("refs after clone:\n%s\nwant\n%s", got, want)
	}
	if hooks, err := os.Stat(filepath.Join(dir, "hooks")); err == nil {
		t.Errorf("clone has hooks: %v", hooks)
	}

	// The default branch is renamed, the tag moves, a branch comes.
	tip := addCommit(t, origin, "trunk", "second")
	originGit(t, origin, "symbolic-ref", "HEAD", "refs/heads/trunk")
	originGit(t, origin, "update-ref", "-d", "refs/heads/main")
	originGit(t, origin, "tag", "-f", "v1", tip)
	if err := Fetch(t.Context(), dir, from); err != nil {
		t.Fatal(err)
	}
	if got, want := refsOf(t, dir), "refs/heads/trunk\nrefs/tags/v1"; got != want {
		t.Errorf("refs after fetch:\n%s\nwant\n%s", got, want)
	}
	if got := originGit(t, dir, "symbolic-ref", "HEAD"); got != "refs/heads/trunk" {
		t.Errorf("HEAD after fetch = %s", got)
	}
	if got := originGit(t, dir, "rev-parse", "v1"); got != tip {
		t.Errorf("v1 = %s, want %s", got, tip)
	}
}

// A remote that was emptied does not empty the mirror.
func TestFetchFromEmptied(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	origin := newOrigin(t, root, "origin.git")
	from, dir := Remote{URL: "file://" + origin}, filepath.Join(root, "mirror.git")
	if err := Clone(t.Context(), from, dir); err != nil {
		t.Fatal(err)
	}
	originGit(t, origin, "update-ref", "-d", "refs/heads/main")
	if err := Fetch(t.Context(), dir, from); err != nil {
		t.Fatal(err)
	}
	if got := refsOf(t, dir); got != "refs/heads/main" {
		t.Errorf("refs after fetch from an empty remote: %q", got)
	}
}

func TestCloneEmpty(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	originGit(t, root, "init", "--quiet", "--bare", "origin.git")
	dir := filepath.Join(root, "mirror.git")
	if err := Clone(t.Context(), Remote{URL: "file://" + root + "/origin.git"}, dir); err != nil {
		t.Fatal(err)
	}
	if !IsGitDir(dir) {
		t.Error("no git directory")
	}
	if err := Fetch(t.Context(), dir, Remote{URL: "file://" + root + "/origin.git"}); err != nil {
		t.Error(err)
	}
}

func TestRemoteRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "owner/name", "/srv/repo.git", "ext::sh -c touch% x", "ext://x/y", "--upload-pack=touch x", "-x://h/p",
		"https://", "https:///a/b", "https://host", "https://host/", "file://host/a", "file://", "https:owner/name",
		"ssh://-oProxyCommand=x/a", "ssh://-x@host/a", "https://u:secret@host/a/b", "https://host/a\nb", "https://host/%0a", "https://host/a/b?x", "https://host/a/b#x",
	} {
		dir := filepath.Join(t.TempDir(), "m")
		err := Clone(t.Context(), Remote{URL: address}, dir)
		if errkind.Of(err) != errkind.Usage {
			t.Errorf("Clone(%q) = %v, want an error of kind usage", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("Clone(%q): the password is in %q", address, err)
		}
		if err := Fetch(t.Context(), dir, Remote{URL: address}); errkind.Of(err) != errkind.Usage {
			t.Errorf("Fetch(%q) = %v, want an error of kind usage", address, err)
		}
	}
	if err := Clone(t.Context(), Remote{URL: "https://h.example/a", Token: "a\r\nX: y"}, "m"); errkind.Of(err) != errkind.Usage {
		t.Errorf("token with line break: %v", err)
	}
}

func TestTransportErrors(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	origin := newOrigin(t, root, "origin.git")
	status := map[string]int{"/401": 401, "/403": 403, "/404": 404, "/410": 410, "/429": 429, "/500": 500}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(r.URL.Path[1:], "/")
		code := status["/"+first]
		if code == 401 {
			w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
		}
		http.Error(w, "no", code)
	}))
	t.Cleanup(server.Close)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	damaged := newOrigin(t, root, "damaged.git")
	tip := addCommit(t, damaged, "main", "second")
	child := originGit(t, damaged, "commit-tree", "-m", "third", "-p", tip, tip+"^{tree}")
	originGit(t, damaged, "update-ref", "refs/heads/main", child)
	if err := os.Remove(filepath.Join(damaged, "objects", tip[:2], tip[2:])); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		ctx  context.Context
		url  string
		want errkind.Kind
	}{
		"asks for a password":    {t.Context(), server.URL + "/401/a.git", errkind.Auth},
		"forbidden":              {t.Context(), server.URL + "/403/a.git", errkind.Auth},
		"not found":              {t.Context(), server.URL + "/404/a.git", errkind.Gone},
		"not found, with words":  {t.Context(), server.URL + "/404/timed%20out/ssl.git", errkind.Gone},
		"removed":                {t.Context(), server.URL + "/410/a.git", errkind.Gone},
		"too many requests":      {t.Context(), server.URL + "/429/a.git", errkind.Network},
		"server error":           {t.Context(), server.URL + "/500/a.git", errkind.Network},
		"nobody listens":         {t.Context(), closed.URL + "/a/b.git", errkind.Network},
		"nothing at a path":      {t.Context(), "file://" + root + "/none.git", errkind.Absent},
		"canceled before":        {canceled, "file://" + origin, errkind.Canceled},
		"remote lacks objects":   {t.Context(), "file://" + damaged, errkind.Corrupt},
		"a folder, not a mirror": {t.Context(), "file://" + root, errkind.Absent},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "m.git")
			err := Clone(test.ctx, Remote{URL: test.url}, dir)
			if errkind.Of(err) != test.want {
				t.Errorf("Clone(%q) = %q of kind %s, want %s", test.url, err, errkind.Of(err), test.want)
			}
			t.Log(err)
		})
	}
}

// A host that accepts and then says nothing does not hold us up.
func TestCloneCanceledMidway(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done() // until git has hung up
	}))
	t.Cleanup(server.Close)
	dir := filepath.Join(t.TempDir(), "m.git")
	if err := Clone(ctx, Remote{URL: server.URL + "/o/n.git"}, dir); errkind.Of(err) != errkind.Canceled {
		t.Errorf("Clone = %v of kind %s, want canceled", err, errkind.Of(err))
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("git did not clean up")
	}
}

// gitServer serves the repositories below root as a host does.
func gitServer(t *testing.T, root string) http.Handler {
	t.Helper()
	path, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(strings.TrimSpace(string(path)), "git-http-backend")
	if _, err := os.Stat(program); err != nil {
		t.Skip("git has no http-backend here")
	}
	return &cgi.Handler{Path: program, Env: append(environment("file"), "GIT_PROJECT_ROOT="+root, "GIT_HTTP_EXPORT_ALL=1")}
}

// authority is a file by which git accepts the certificate of a test's server.
func authority(t *testing.T, server *httptest.Server) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(name, block, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// private lets nobody pass who does not show the token.
func private(w http.ResponseWriter, r *http.Request) bool {
	if user, token, ok := r.BasicAuth(); !ok || user != "x-access-token" || token != "s3cret" {
		w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
		http.Error(w, "no", http.StatusUnauthorized)
		return false
	}
	return true
}

// The token is shown to the host that asks for it, and stays nowhere: not in the
// mirror, and not in an error, also where the host says what it was shown.
func TestToken(t *testing.T) {
	root := t.TempDir()
	newOrigin(t, root, "new.git")
	backend := gitServer(t, root)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !private(w, r):
		case strings.HasPrefix(r.URL.Path, "/echo"):
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprintf(w, "you showed %s, that is s3cret\n", r.Header.Get("Authorization"))
		default:
			backend.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	t.Setenv("GIT_SSL_CAINFO", authority(t, server))

	dir := filepath.Join(root, "mirror.git")
	err := Clone(t.Context(), Remote{URL: server.URL + "/new.git", Token: "wrong"}, dir)
	if errkind.Of(err) != errkind.Auth || strings.Contains(err.Error(), "wrong") {
		t.Errorf("Clone with another token = %v of kind %s, want auth", err, errkind.Of(err))
	}
	from := Remote{URL: server.URL + "/echo.git", Token: "s3cret"}
	err = Clone(t.Context(), from, dir)
	if err == nil || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), from.secret()) || !strings.Contains(err.Error(), "you showed Basic xxxxx, that is xxxxx") {
		t.Errorf("Clone from a host that says what it was shown: %v", err)
	}
	from.URL = server.URL + "/new.git"
	if err := Clone(t.Context(), from, dir); err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(filepath.Join(dir, "config"))
	if err != nil || strings.Contains(string(config), "s3cret") || strings.Contains(string(config), "xtraHeader") {
		t.Errorf("the token stays in the mirror's configuration (%v):\n%s", err, config)
	}
	if err := Fetch(t.Context(), dir, from); err != nil {
		t.Error(err)
	}
}

// A token goes over https only.
func TestTokenGoesOverHTTPS(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://h.example/a", "ssh://h.example/a", "file:///a"} {
		if env := (Remote{URL: address, Token: "s3cret"}).authorised(); len(env) > 0 {
			t.Errorf("%s: %v", address, env)
		}
	}
}

// A home folder, where a .netrc has passwords for whatever host, is for ssh alone.
func TestHomeIsForSSH(t *testing.T) {
	t.Setenv("HOME", "/home/somebody")
	for address, want := range map[string]bool{"https://h.example/a": false, "http://h.example/a": false, "ssh://h.example/a": true} {
		if got := slices.Contains(Remote{URL: address}.environment("/tmp"), "HOME=/home/somebody"); got != want {
			t.Errorf("%s: home folder given: %v, want %v", address, got, want)
		}
	}
}

// git goes nowhere that a host sends it, with a token and without: not by a
// redirect of a question or of the answer to it, nor to the alternates of git's old
// protocol.
func TestGitGoesNowhereElse(t *testing.T) {
	root := t.TempDir()
	newOrigin(t, root, "new.git")
	backend := gitServer(t, root)
	var strayed atomic.Int32
	other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		strayed.Add(1)
		t.Errorf("another host is asked %s %s (%q)", r.Method, r.URL, r.Header.Get("Authorization"))
		backend.ServeHTTP(w, r)
	}))
	t.Cleanup(other.Close)
	head := originGit(t, filepath.Join(root, "new.git"), "rev-parse", "main")
	home := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, below, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), ".git")
		switch {
		case kind == "first" || kind == "answer" && r.Method == http.MethodPost:
			http.Redirect(w, r, other.URL+"/new.git"+below+"?"+r.URL.RawQuery, http.StatusFound)
		case kind == "old" && below == "/info/refs":
			fmt.Fprintf(w, "%s\trefs/heads/main\n", head)
		case kind == "old" && below == "/HEAD":
			fmt.Fprintln(w, "ref: refs/heads/main")
		case kind == "old" && strings.HasSuffix(below, "alternates"):
			fmt.Fprintln(w, other.URL+"/new.git/objects")
		case kind == "old":
			http.NotFound(w, r)
		default:
			r.URL.Path = "/new.git" + below
			backend.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(home.Close)
	t.Setenv("GIT_SSL_CAINFO", authority(t, home))
	for _, name := range []string{"first", "answer", "old"} {
		for _, token := range []string{"", "s3cret"} {
			from := Remote{URL: home.URL + "/" + name + ".git", Token: token}
			if err := Clone(t.Context(), from, filepath.Join(t.TempDir(), "mirror.git")); err == nil {
				t.Errorf("%s: Clone succeeded", name)
			} else {
				t.Log(name, errkind.Of(err), err)
			}
		}
	}
	if n := strayed.Load(); n > 0 {
		t.Errorf("another host was asked %d times", n)
	}
}

// A protocol is used by itself alone.
func TestOneProtocol(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{"https://h.example/a": "https", "HTTP://h.example/a": "http", "file:///a": "file"} {
		if env := (Remote{URL: address}).environment("/tmp"); !slices.Contains(env, "GIT_ALLOW_PROTOCOL="+want) {
			t.Errorf("%s: %v", address, env)
		}
	}
}

// The host that Resolve names is gone to, whoever has the name.
func TestResolve(t *testing.T) {
	t.Parallel()
	if v, err := GitVersion(t.Context()); err != nil || v.Major == 2 && v.Minor < 37 {
		t.Skipf("git %v asks where a host is (%v)", v, err)
	}
	root := t.TempDir()
	newOrigin(t, root, "new.git")
	server := httptest.NewServer(gitServer(t, root))
	t.Cleanup(server.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	from := Remote{URL: "http://nobody.invalid:" + port + "/new.git", Resolve: "nobody.invalid:" + port + ":127.0.0.1"}
	if err := Clone(t.Context(), from, filepath.Join(root, "mirror.git")); err != nil {
		t.Error(err)
	}
}

// A host that sends next to nothing is left.
func TestTrickle(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
		fmt.Fprint(w, "001e# service=git-upload-pack\n0000000e")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done() // until git has hung up
	}))
	t.Cleanup(server.Close)
	from := Remote{URL: server.URL + "/o/n.git", Patience: time.Second}
	err := Clone(t.Context(), from, filepath.Join(t.TempDir(), "m.git"))
	if errkind.Of(err) != errkind.Network || !errors.Is(err, reach.ErrSilent) {
		t.Errorf("Clone = %v of kind %s, want a silent host", err, errkind.Of(err))
	}
}

func TestStderrLines(t *testing.T) {
	t.Parallel()
	s := &stderrLines{}
	long := strings.Repeat("x", 3*limit.FetchLine)
	for _, part := range []string{"Cloning into bare", " repository 'x'...\nremote: \x1b[31mhello\r", "fatal: ", long} {
		if n, err := s.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("Write = %d, %v", n, err)
		}
	}
	s.end(string(s.line))
	if !strings.HasPrefix(s.own.buf.String(), "fatal: xxx") || s.own.buf.Len() > limit.FetchLine+1 {
		t.Errorf("own %d bytes", s.own.buf.Len())
	}
	for range 1000 {
		_, _ = s.Write([]byte("remote: " + long + "\n"))
	}
	if n := s.remote.buf.Len(); n > limit.GitMessage {
		t.Errorf("%d bytes of the remote's words are kept", n)
	}
}
