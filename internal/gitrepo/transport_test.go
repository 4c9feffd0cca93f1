package gitrepo

import (
	"context"
	"encoding/pem"
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

	"assay/internal/errkind"
	"assay/internal/limit"
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
	if _, err := Clone(t.Context(), from, dir); err != nil {
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
	if _, err := Fetch(t.Context(), dir, from); err != nil {
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
	if _, err := Clone(t.Context(), from, dir); err != nil {
		t.Fatal(err)
	}
	originGit(t, origin, "update-ref", "-d", "refs/heads/main")
	if _, err := Fetch(t.Context(), dir, from); err != nil {
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
	if _, err := Clone(t.Context(), Remote{URL: "file://" + root + "/origin.git"}, dir); err != nil {
		t.Fatal(err)
	}
	if !IsGitDir(dir) {
		t.Error("no git directory")
	}
	if _, err := Fetch(t.Context(), dir, Remote{URL: "file://" + root + "/origin.git"}); err != nil {
		t.Error(err)
	}
}

func TestRemoteRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "owner/name", "/srv/repo.git", "ext::sh -c touch% x", "ext://x/y", "--upload-pack=touch x", "-x://h/p",
		"https://", "https:///a/b", "https://host", "https://host/", "file://host/a", "file://", "https:owner/name",
		"ssh://-oProxyCommand=x/a", "ssh://-x@host/a", "https://u:secret@host/a/b", "https://host/a\nb", "https://host/%0a",
	} {
		dir := filepath.Join(t.TempDir(), "m")
		_, err := Clone(t.Context(), Remote{URL: address}, dir)
		if errkind.Of(err) != errkind.Usage {
			t.Errorf("Clone(%q) = %v, want an error of kind usage", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("Clone(%q): the password is in %q", address, err)
		}
		if _, err := Fetch(t.Context(), dir, Remote{URL: address}); errkind.Of(err) != errkind.Usage {
			t.Errorf("Fetch(%q) = %v, want an error of kind usage", address, err)
		}
	}
	if _, err := Clone(t.Context(), Remote{URL: "https://h.example/a", Token: "a\r\nX: y"}, "m"); errkind.Of(err) != errkind.Usage {
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
			_, err := Clone(test.ctx, Remote{URL: test.url}, dir)
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
	if _, err := Clone(ctx, Remote{URL: server.URL + "/o/n.git"}, dir); errkind.Of(err) != errkind.Canceled {
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

// A host answers a renamed repository with a redirect, and asks for the token.
func TestRenamedAndToken(t *testing.T) {
	root := t.TempDir()
	newOrigin(t, root, "new.git")
	backend := gitServer(t, root)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !private(w, r) {
			return
		}
		if rest, ok := strings.CutPrefix(r.URL.Path, "/o/old.git"); ok {
			http.Redirect(w, r, "/new.git"+rest+"?"+r.URL.RawQuery, http.StatusMovedPermanently)
			return
		}
		backend.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	t.Setenv("GIT_SSL_CAINFO", authority(t, server))

	dir := filepath.Join(root, "mirror.git")
	_, err := Clone(t.Context(), Remote{URL: server.URL + "/o/old.git", Token: "wrong"}, dir)
	if errkind.Of(err) != errkind.Auth || strings.Contains(err.Error(), "wrong") {
		t.Errorf("Clone with another token = %v of kind %s, want auth", err, errkind.Of(err))
	}
	from := Remote{URL: server.URL + "/o/old.git", Token: "s3cret"}
	movedTo, err := Clone(t.Context(), from, dir)
	if want := server.URL + "/new.git/"; err != nil || movedTo != want {
		t.Fatalf("Clone = %q, %v; want %q", movedTo, err, want)
	}
	config, err := os.ReadFile(filepath.Join(dir, "config"))
	if err != nil || strings.Contains(string(config), "s3cret") || strings.Contains(string(config), "xtraHeader") {
		t.Errorf("the token stays in the mirror's configuration (%v):\n%s", err, config)
	}
	if movedTo, err = Fetch(t.Context(), dir, from); err != nil || movedTo != server.URL+"/new.git/" {
		t.Errorf("Fetch = %q, %v", movedTo, err)
	}
}

// A token goes over https only.
func TestTokenGoesOverHTTPS(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://h.example/a", "ssh://h.example/a", "file:///a"} {
		from := Remote{URL: address, Token: "s3cret"}
		if config, env := from.authorised(); from.tokenHost() != "" || len(env) > 0 || len(config) > 0 {
			t.Errorf("%s: %v %v", address, config, env)
		}
	}
}

// A host that redirects to another keeps the token for itself, whether it asks
// for it or not.
func TestTokenStaysHome(t *testing.T) {
	root := t.TempDir()
	newOrigin(t, root, "new.git")
	backend := gitServer(t, root)
	other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if shown := r.Header.Get("Authorization"); shown != "" {
			t.Errorf("%s %s: another host is shown %q", r.Method, r.URL, shown)
		}
		backend.ServeHTTP(w, r)
	}))
	t.Cleanup(other.Close)
	var shown atomic.Int32
	home := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/private") && !private(w, r) {
			return
		}
		if r.Header.Get("Authorization") != "" {
			shown.Add(1)
		}
		http.Redirect(w, r, other.URL+"/new.git/info/refs?"+r.URL.RawQuery, http.StatusMovedPermanently)
	}))
	t.Cleanup(home.Close)
	t.Setenv("GIT_SSL_CAINFO", authority(t, home))
	for _, name := range []string{"public", "private"} {
		shown.Store(0)
		from := Remote{URL: home.URL + "/" + name + ".git", Token: "s3cret"}
		dir := filepath.Join(t.TempDir(), "mirror.git")
		movedTo, err := Clone(t.Context(), from, dir)
		if err != nil || movedTo != other.URL+"/new.git/" || shown.Load() == 0 {
			t.Errorf("%s: Clone = %q, %v; the token was shown %d times at home", name, movedTo, err, shown.Load())
		}
		if movedTo, err = Fetch(t.Context(), dir, from); err != nil || movedTo != other.URL+"/new.git/" {
			t.Errorf("%s: Fetch = %q, %v", name, movedTo, err)
		}
	}
}

func TestStderrLines(t *testing.T) {
	t.Parallel()
	s := &stderrLines{}
	long := strings.Repeat("x", 3*longestLine)
	for _, part := range []string{"Cloning into bare", " repository 'x'...\nremote: \x1b[31mhello\rwarning: redirecting to https://h/n/\n", "fatal: ", long} {
		if n, err := s.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("Write = %d, %v", n, err)
		}
	}
	s.end(string(s.line))
	if s.movedTo != "https://h/n/" || !strings.HasPrefix(s.own.buf.String(), "fatal: xxx") || s.own.buf.Len() > longestLine+1 {
		t.Errorf("moved to %q, own %d bytes", s.movedTo, s.own.buf.Len())
	}
	for range 1000 {
		_, _ = s.Write([]byte("remote: " + long + "\n"))
	}
	if n := s.remote.buf.Len(); n > limit.GitMessage {
		t.Errorf("%d bytes of the remote's words are kept", n)
	}
}
