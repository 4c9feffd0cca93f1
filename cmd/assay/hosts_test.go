package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"assay/internal/cli"
)

// The variables that tell the program of a script where its hosts are, and how
// long it waits for one that says nothing. Only the program of the tests looks at
// them.
const (
	hostsAt  = "HOSTS"
	patience = "PATIENCE"
)

// nobody is an address where nobody listens.
const nobody = "http://127.0.0.1:1"

// offTheNetwork is the program as the tests run it: the hosts that it reaches
// are those of the script, and without them it must reach none.
func offTheNetwork() {
	env := &cli.Env{Transport: forbidden{}, Hosts: cli.Hosts{Clone: func(string) string { return nobody }}}
	if at := os.Getenv(hostsAt); at != "" {
		d := parseDetour(at)
		env.Transport = d
		env.Hosts.Clone = d.to
	}
	env.Patience, _ = time.ParseDuration(os.Getenv(patience)) // 0 where it is not set
	os.Exit(run(env))
}

// forbidden is a network that ends the program when it is used.
type forbidden struct{}

func (forbidden) RoundTrip(r *http.Request) (*http.Response, error) {
	const code = 99 // of no error of ours
	fmt.Fprintln(os.Stderr, "the network is used:", r.Method, r.URL)
	os.Exit(code)
	return nil, nil //nolint:nilnil // not reached
}

// A detour sends the requests for every host to the address of that host, or to
// the one of all others, below which each host has a folder.
type detour struct {
	all string
	own map[string]string
}

// parseDetour reads "ADDRESS HOST=ADDRESS …".
func parseDetour(text string) *detour {
	d := &detour{own: map[string]string{}}
	for i, word := range strings.Fields(text) {
		if host, at, ok := strings.Cut(word, "="); ok {
			d.own[host] = at
		} else if i == 0 {
			d.all = word
		}
	}
	return d
}

// to is the address of a host.
func (d *detour) to(host string) string {
	if at := d.own[host]; at != "" {
		return at + "/" + host
	}
	return d.all + "/" + host
}

func (d *detour) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme == "http" && r.URL.Hostname() == "127.0.0.1" {
		return http.DefaultTransport.RoundTrip(r) // where a clone is from
	}
	to, err := url.Parse(d.to(r.URL.Host) + r.URL.EscapedPath())
	if err != nil {
		return nil, err
	}
	to.RawQuery = r.URL.RawQuery
	r = r.Clone(r.Context())
	r.URL, r.Host = to, to.Host
	return http.DefaultTransport.RoundTrip(r)
}

// api is the host of GitHub's interface.
const api = "api.github.com"

// An internet is the hosts of a script. It has the repositories
// DIR/HOST/OWNER/NAME.git, which it serves by git itself, GitHub's interface to those
// of github.com, and any file DIR/HOST/PATH. The lines of DIR/rules change that:
//
//	moved REPOSITORY REPOSITORY    the first redirects to the second
//	private REPOSITORY             is shown to nobody: git is asked for a password
//	refused OWNER                  is not listed: GitHub answers 403
//	down HOST                      breaks every connection off
//	silent HOST                    accepts every connection, and says nothing
//	stuck REPOSITORY               says where it is, and then nothing
//	trickle REPOSITORY             says where it is, and then little, and slowly
//	page REPOSITORY                is a web page, whatever git asks
//	busy REPOSITORY N SECONDS      is to be asked again after that, N times
//	limit N                        GitHub answers N questions, then 403
//
// Every request is a line of DIR/requests: host, path, and the authorization.
type internet struct {
	dir     string
	backend http.Handler
	moved   map[string]string
	private map[string]bool
	refused map[string]bool
	down    map[string]bool
	silent  map[string]bool
	slow    map[string]time.Duration // from one byte to the next
	page    map[string]bool
	busy    map[string]*busy

	mu    sync.Mutex
	left  int // answers of GitHub's interface until the limit is used up
	heard *os.File
}

// A busy repository is to be asked again later, so many times.
type busy struct {
	left  int
	after string
}

// never is longer than any test.
const never = time.Hour

// hosts DIR starts the internet of a script.
func hosts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hosts DIR")
	}
	in := &internet{
		dir: ts.MkAbs(args[0]), left: 1 << 30,
		moved: map[string]string{}, private: map[string]bool{}, refused: map[string]bool{}, down: map[string]bool{},
		silent: map[string]bool{}, slow: map[string]time.Duration{}, page: map[string]bool{}, busy: map[string]*busy{},
	}
	ts.Check(in.read())
	core, err := exec.Command("git", "--exec-path").Output()
	ts.Check(err)
	in.backend = &cgi.Handler{
		Path: filepath.Join(strings.TrimSpace(string(core)), "git-http-backend"),
		Env: []string{
			"GIT_PROJECT_ROOT=" + in.dir, "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_NOSYSTEM=1",
			"GIT_CONFIG_GLOBAL=" + os.DevNull, "HOME=" + os.DevNull,
		},
	}
	in.heard, err = os.Create(filepath.Join(in.dir, "requests"))
	ts.Check(err)
	ts.Defer(func() { _ = in.heard.Close() })
	at := in.listen(ts)
	for host := range in.silent {
		at += " " + host + "=" + in.listen(ts) // the program tells hosts apart by their addresses
	}
	ts.Setenv(hostsAt, at)
	ts.Setenv("ASSAY_ALLOW_HOSTS", "127.0.0.1")
}

// listen starts a server, which ends with the script.
func (in *internet) listen(ts *testscript.TestScript) string {
	server := httptest.NewServer(in)
	ts.Defer(func() { server.CloseClientConnections(); server.Close() })
	return server.URL
}

// read reads the rules.
func (in *internet) read() error {
	text, err := os.ReadFile(filepath.Join(in.dir, "rules"))
	if os.IsNotExist(err) {
		return nil
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 3 && f[0] == "moved":
			in.moved[f[1]] = f[2]
		case len(f) == 2 && f[0] == "private":
			in.private[f[1]] = true
		case len(f) == 2 && f[0] == "refused":
			in.refused[f[1]] = true
		case len(f) == 2 && f[0] == "down":
			in.down[f[1]] = true
		case len(f) == 2 && f[0] == "silent":
			in.silent[f[1]] = true
		case len(f) == 2 && f[0] == "stuck":
			in.slow[f[1]] = never
		case len(f) == 2 && f[0] == "trickle":
			in.slow[f[1]] = 100 * time.Millisecond
		case len(f) == 2 && f[0] == "page":
			in.page[f[1]] = true
		case len(f) == 4 && f[0] == "busy":
			b := &busy{after: f[3]}
			if b.left, err = strconv.Atoi(f[2]); err != nil {
				return err
			}
			in.busy[f[1]] = b
		case len(f) == 2 && f[0] == "limit":
			if in.left, err = strconv.Atoi(f[1]); err != nil {
				return err
			}
		default:
			return fmt.Errorf("rule %q is not understood", strings.TrimSpace(line))
		}
	}
	return err
}

func (in *internet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	in.mu.Lock()
	fmt.Fprintf(in.heard, "%s /%s %q\n", host, rest, r.Header.Get("Authorization"))
	in.mu.Unlock()
	repo, below, isGit := strings.Cut(host+"/"+rest, ".git/")
	switch {
	case in.down[host]:
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close()
		}
	case in.silent[host]:
		<-r.Context().Done() // until the program has hung up
	case host == api:
		in.answer(w, r, rest)
	case isGit && in.page[repo]:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintln(w, "<!DOCTYPE html><title>Log in</title><form action=/login method=post></form>")
	case isGit && in.turned(w, repo):
	case isGit && in.slow[repo] > 0 && r.Method == http.MethodPost:
		dribble(w, r, in.slow[repo])
	case isGit && in.private[repo]:
		w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
		http.Error(w, "who are you?", http.StatusUnauthorized)
	case isGit && in.moved[repo] != "":
		http.Redirect(w, r, "/"+in.moved[repo]+".git/"+below+"?"+r.URL.RawQuery, http.StatusMovedPermanently)
	case isGit:
		in.backend.ServeHTTP(w, r)
	default:
		http.ServeFile(w, r, filepath.Join(in.dir, host, filepath.FromSlash(path.Clean("/"+rest))))
	}
}

// turned tells whoever asks for a busy repository to come again.
func (in *internet) turned(w http.ResponseWriter, repo string) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	b := in.busy[repo]
	if b == nil || b.left == 0 {
		return false
	}
	b.left--
	w.Header().Set("Retry-After", b.after)
	http.Error(w, "later", http.StatusTooManyRequests)
	return true
}

// dribble sends a byte now and then, until the program has hung up.
func dribble(w http.ResponseWriter, r *http.Request, pause time.Duration) {
	_, _ = io.Copy(io.Discard, r.Body) // only then is it noticed that the program hangs up
	w.Header().Set("Content-Type", "application/x-git-upload-pack-result")
	text := "fff0" // the length of a long line
	for {
		select {
		case <-r.Context().Done():
			return
		case <-time.After(pause):
			_, _ = io.WriteString(w, text)
			text = "x"
			_ = http.NewResponseController(w).Flush()
		}
	}
}

// answer answers a question to GitHub's interface.
func (in *internet) answer(w http.ResponseWriter, r *http.Request, question string) {
	in.mu.Lock()
	in.left--
	over := in.left < 0
	in.mu.Unlock()
	if over {
		w.Header().Set("Date", "Wed, 10 Dec 2025 09:00:00 GMT")
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", "1765359000") // 09:30
		http.Error(w, `{"message": "API rate limit exceeded"}`, http.StatusForbidden)
		return
	}
	part := strings.Split(question, "/")
	switch {
	case len(part) == 3 && part[0] == "orgs" && part[2] == "repos":
		in.list(w, r, "github.com/"+part[1])
	case len(part) == 3 && part[0] == "repos":
		in.tell(w, r, "github.com/"+part[1]+"/"+part[2])
	default:
		http.NotFound(w, r)
	}
}

// A description is how GitHub describes a repository.
type description struct {
	FullName      string `json:"full_name"`
	DefaultBranch string `json:"default_branch"`
}

func describe(repo string) description {
	return description{FullName: strings.TrimPrefix(repo, "github.com/"), DefaultBranch: "main"}
}

func sendJSON(w http.ResponseWriter, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// list answers with the repositories of an owner.
func (in *internet) list(w http.ResponseWriter, r *http.Request, owner string) {
	if in.refused[owner] {
		http.Error(w, `{"message": "resource protected by the organisation"}`, http.StatusForbidden)
		return
	}
	dirs, err := filepath.Glob(filepath.Join(in.dir, owner, "*.git"))
	if err != nil || len(dirs) == 0 {
		http.NotFound(w, r)
		return
	}
	var all []description
	for _, dir := range dirs {
		repo := owner + "/" + strings.TrimSuffix(filepath.Base(dir), ".git")
		if !in.private[repo] {
			all = append(all, describe(repo))
		}
	}
	sendJSON(w, all)
}

// tell answers with one repository.
func (in *internet) tell(w http.ResponseWriter, r *http.Request, repo string) {
	_, err := os.Stat(filepath.Join(in.dir, repo+".git"))
	switch to := in.moved[repo]; {
	case to != "":
		http.Redirect(w, r, "https://"+api+"/repos/"+strings.TrimPrefix(to, "github.com/"), http.StatusMovedPermanently)
	case err != nil || in.private[repo]:
		http.NotFound(w, r)
	default:
		sendJSON(w, describe(repo))
	}
}

// TestForbidden: a network that is used without hosts ends the program, so that
// no script can reach it by mistake.
func TestForbidden(t *testing.T) {
	t.Parallel()
	s := newSession(t, t.TempDir())
	cmd := s.command(t, "survey", "--landscape", "https://lantern.example/landscape.yml")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, _ := bufio.NewReader(stderr).ReadString('\n') // the exit code says the rest
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 99 || said != "the network is used: GET https://lantern.example/landscape.yml\n" {
		t.Errorf("exit code %d, said %q", code, said)
	}
}
