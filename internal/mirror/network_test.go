package mirror

import (
	"context"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v5"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
	"assay/internal/reach"
)

// A site is a host that serves the repository DIR/new.git by git itself, and
// counts who asks.
type site struct {
	*httptest.Server
	asked, shown atomic.Int32 // requests, and those with a token
}

// newSite starts a site. What answer does not answer, git does.
func newSite(t *testing.T, root string, answer func(w http.ResponseWriter, r *http.Request) bool) *site {
	t.Helper()
	core, err := exec.Command("git", "--exec-path").Output()
	check(t, err)
	git := &cgi.Handler{
		Path: filepath.Join(strings.TrimSpace(string(core)), "git-http-backend"),
		Env: []string{
			"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull,
		},
	}
	s := &site{}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		if r.Header.Get("Authorization") != "" {
			s.shown.Add(1)
		}
		if !answer(w, r) {
			git.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// through is a Tree that clones from home by the real network, with a token for it.
func through(t *testing.T, home *site, path string) *Tree {
	t.Helper()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: home.Certificate().Raw})
	check(t, os.WriteFile(ca, block, 0o600))
	t.Setenv("GIT_SSL_CAINFO", ca) // both sites have the certificate of package httptest
	n, err := reach.New(reach.Options{Allow: []string{"127.0.0.1"}})
	check(t, err)
	host := strings.TrimPrefix(home.URL, "https://")
	tree := newTree(t, Config{
		Dir: t.TempDir(), Network: n, URL: func(fact.RepoID) string { return home.URL + path },
		Token: func(of string) string { return map[string]string{host: "s3cret"}[of] },
	})
	tree.pause = func() backoff.BackOff { return &backoff.ZeroBackOff{} }
	return tree
}

// A repository that moves to another host is cloned and fetched from there, and the
// token stays at home, whether home asks for it or not.
func TestTokenStaysHome(t *testing.T) { //nolint:paralleltest // it sets a variable of the environment
	root := t.TempDir()
	bare(t, filepath.Join(root, "new.git"))
	tip := commit(t, filepath.Join(root, "new.git"), "first")
	other := newSite(t, root, func(http.ResponseWriter, *http.Request) bool { return false })
	home := newSite(t, root, func(w http.ResponseWriter, r *http.Request) bool {
		kind, below, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), ".git")
		user, token, _ := r.BasicAuth()
		switch {
		case kind == "private" && (user != "x-access-token" || token != "s3cret"):
			w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
			http.Error(w, "no", http.StatusUnauthorized)
		case kind == "later" && r.Method == http.MethodGet:
			return false // the question is answered, and what follows is sent away
		case kind != "new":
			http.Redirect(w, r, other.URL+"/new.git"+below+"?"+r.URL.RawQuery, http.StatusMovedPermanently)
		default:
			return false
		}
		return true
	})
	for _, kind := range []string{"public", "private"} {
		home.shown.Store(0)
		tree := through(t, home, "/"+kind+".git")
		for range 2 { // a clone, and a fetch
			dir, _, err := tree.Ensure(t.Context(), id)
			if err != nil || newest(t, dir) != tip {
				t.Fatalf("%s: Ensure = %q, %v", kind, dir, err)
			}
			tree.cfg.NotBefore = time.Now().Add(time.Hour)
		}
		if home.shown.Load() == 0 || other.asked.Load() == 0 || other.shown.Load() > 0 {
			t.Errorf("%s: home was shown the token %d times; the other host was asked %d times, and shown the token %d times",
				kind, home.shown.Load(), other.asked.Load(), other.shown.Load())
		}
	}
	other.asked.Store(0)
	bare(t, filepath.Join(root, "later.git"))
	if dir, _, err := through(t, home, "/later.git").Ensure(t.Context(), id); dir != "" || err == nil || other.asked.Load() > 0 {
		t.Errorf("an answer that is sent away: %q, %v; the other host was asked %d times", dir, err, other.asked.Load())
	}
}

// A page where people log in is no repository without a commit.
func TestPageIsNotEmpty(t *testing.T) { //nolint:paralleltest // it sets a variable of the environment
	home := newSite(t, t.TempDir(), func(w http.ResponseWriter, _ *http.Request) bool {
		fmt.Fprintln(w, "<!DOCTYPE html><title>Log in</title>")
		return true
	})
	tree := through(t, home, "/o/n.git")
	dir, _, err := tree.Ensure(t.Context(), id)
	if dir != "" || errkind.Of(err) != errkind.Input || !strings.Contains(err.Error(), "not a git repository") || home.asked.Load() != 1 {
		t.Errorf("Ensure = %q, %v of kind %s after %d requests", dir, err, errkind.Of(err), home.asked.Load())
	}
	if rest := leftovers(t, tree.cfg.Dir); len(rest) > 0 {
		t.Errorf("left behind: %q", rest)
	}
}

// A host that may not be asked is not, nor is git started.
func TestHostIsRefused(t *testing.T) {
	t.Parallel()
	n, err := reach.New(reach.Options{})
	check(t, err)
	tree := newTree(t, Config{Dir: t.TempDir(), Network: n})
	tree.clone = func(context.Context, gitrepo.Remote, string) error {
		t.Error("git is started")
		return nil
	}
	for _, host := range []string{"127.0.0.1", "169.254.169.254", "localhost", "2130706433", "0x7f.1", "git.internal"} {
		_, _, err := tree.Ensure(t.Context(), fact.RepoID(host+"/o/n"))
		if errkind.Of(err) != errkind.Input || !strings.Contains(errkind.Hint(err), "allow_hosts") {
			t.Errorf("%s: %v of kind %s", host, err, errkind.Of(err))
		}
	}
}

// mute is a network that says nothing, and counts who asks.
type mute struct{ asked atomic.Int32 }

func (m *mute) RoundTrip(r *http.Request) (*http.Response, error) {
	m.asked.Add(1)
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// A silent host costs one wait for all its repositories, or two, where one begins
// to ask at the moment when it is given up.
func TestSilentHostIsGivenUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		m := &mute{}
		n, err := reach.New(reach.Options{Transport: m})
		check(t, err)
		tree := newTree(t, Config{Dir: dir, Network: n})
		start := time.Now()
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				_, _, err := tree.Ensure(t.Context(), fact.RepoID(fmt.Sprintf("mute.example/o/n%d", i)))
				if errkind.Of(err) != errkind.Network || !strings.Contains(err.Error(), "said nothing") || errkind.Hint(err) == "" {
					t.Errorf("Ensure = %v", err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); m.asked.Load() > 8 || took < limit.HostSilence || took > 2*limit.HostSilence+10*time.Second {
			t.Errorf("asked %d times in %s of the bubble's clock", m.asked.Load(), took)
		}
	})
}

// A host that asks to wait is asked again after that, and not before, by none of
// its repositories; another host's go on.
func TestBusyHostIsObeyed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		n, err := reach.New(reach.Options{Transport: &mute{}})
		check(t, err)
		tree := newTree(t, Config{Dir: dir, Network: n})
		start := time.Now()
		asked := map[fact.RepoID][]time.Duration{}
		var mu sync.Mutex
		tree.visit = func(_ context.Context, address, _ string) (reach.Visit, error) {
			mu.Lock()
			defer mu.Unlock()
			who, err := fact.ParseRepoURL(address)
			check(t, err)
			asked[who] = append(asked[who], time.Since(start))
			if who.Host() == "busy.example" && time.Since(start) < time.Minute {
				return reach.Visit{}, n.Busy(address, time.Minute)
			}
			return reach.Visit{}, errkind.Errorf(errkind.Gone, "no")
		}
		var all sync.WaitGroup
		for i := range 12 {
			host := []string{"busy.example", "sound.example"}[i%2]
			all.Go(func() { _, _, _ = tree.Ensure(t.Context(), fact.RepoID(fmt.Sprintf("%s/o/n%d", host, i))) })
		}
		all.Wait()
		early := 0
		for who, times := range asked {
			for _, at := range times {
				switch {
				case who.Host() == "sound.example" && at >= time.Second:
					t.Errorf("%s waited for another host until %s", who, at)
				case who.Host() == "busy.example" && at > 0 && at < time.Minute:
					t.Errorf("%s is asked at %s", who, at)
				case who.Host() == "busy.example" && at == 0:
					early++
				}
			}
		}
		if len(asked) != 12 || early == 0 || early > 4 {
			t.Errorf("%d repositories asked for, %d of them of the busy host at once", len(asked), early)
		}
	})
}

// What killed clones left goes, wherever it is; a clone at work stays.
func TestSweep(t *testing.T) {
	t.Parallel()
	dir := plant(t, strings.Join([]string{
		"host.example/o/other.git", "host.example/o/gone.git@partial-1/repo/HEAD = x", "host.example/o/gone.git@partial-2/",
		"deep.example/a/b/c/n.git@partial-3/repo/objects/", "host.example/o/odd@partial = kept", "host.example/@partial-4 = kept",
	}, "\n"))
	startChild(t, dir) // clones host.example/o/n
	tree := newTree(t, Config{Dir: dir})
	before := leftovers(t, dir)
	if n := tree.Sweep(t.Context()); n != 3 {
		t.Errorf("%d folders removed of %q, want 3", n, before)
	}
	var rest []string
	for _, path := range leftovers(t, dir) {
		rel, err := filepath.Rel(dir, path)
		check(t, err)
		rest = append(rest, strings.TrimRight(rel, "0123456789"))
	}
	if got, want := strings.Join(rest, " "), "host.example/@partial- host.example/o/n.git@partial- host.example/o/odd@partial"; got != want {
		t.Errorf("left: %s, want %s", got, want)
	}
	if _, _, err := tree.Find(t.Context(), "host.example/o/other"); err != nil {
		t.Errorf("a mirror is gone: %v", err)
	}
	if n := newTree(t, Config{Dir: dir, Offline: true}).Sweep(t.Context()); n != 0 {
		t.Errorf("offline %d folders are removed", n)
	}
}

// Ready tells what Ensure will need.
func TestReady(t *testing.T) {
	t.Parallel()
	origin, _ := newOrigin(t)
	tree := online(t, t.TempDir(), origin)
	ready := func(want bool, when string) {
		t.Helper()
		if got := tree.Ready(t.Context(), id); got != want {
			t.Errorf("%s: ready %v", when, got)
		}
	}
	ready(false, "before the clone")
	if _, _, err := tree.Ensure(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	ready(true, "after the clone")
	tree.cfg.NotBefore = time.Now().Add(time.Hour)
	ready(false, "when it is too old")
	tree.cfg.Offline = true
	ready(true, "offline")
	if !tree.Ready(t.Context(), "host.example/o/none") {
		t.Error("offline, what is not there is known to be so")
	}
	if tree.cfg.Offline = false; !tree.Ready(t.Context(), "no name") {
		t.Error("what is no name is known to be none")
	}
}
