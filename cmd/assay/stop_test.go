package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"assay/internal/errkind"
)

// A mute host answers some requests of git, and then says nothing. It tells of
// every request that it leaves open, and of its end.
type mute struct {
	answers     bool // the question where a repository is
	open, ended chan struct{}
}

func (m *mute) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if m.answers && r.Method == http.MethodGet {
		w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
		_, _ = io.WriteString(w, "001e# service=git-upload-pack\n0000000eversion 2\n000cls-refs\n0000")
		return
	}
	_, _ = io.Copy(io.Discard, r.Body)
	m.open <- struct{}{}
	<-r.Context().Done()
	m.ended <- struct{}{}
}

// cloning starts a survey of two repositories of m, and returns when m has said
// nothing to one of them. Nobody's patience ends the wait.
func (m *mute) cloning(t *testing.T) (s *session, cmd *exec.Cmd, said *bytes.Buffer) {
	t.Helper()
	m.open, m.ended = make(chan struct{}, 100), make(chan struct{}, 100)
	server := httptest.NewServer(m)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	s = newSession(t, "")
	s.env = []string{hostsAt + "=" + server.URL, patience + "=1h", "ASSAY_ALLOW_HOSTS=127.0.0.1"}
	cmd = s.command(t, "survey", "--landscape", s.landscape(t, "mute.example/o/a", "mute.example/o/b"), "--mirrors", s.mirrors())
	said = &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, m.open, "a request")
	return s, cmd, said
}

func (s *session) mirrors() string { return filepath.Join(filepath.Dir(s.store), "own") }

// landscape writes a landscape with a project for each of the repositories.
func (s *session) landscape(t *testing.T, repos ...string) string {
	t.Helper()
	text := "landscape:\n  - category:\n    name: C\n    subcategories:\n      - subcategory:\n        name: S\n        items:\n"
	for _, r := range repos {
		text += "          - item:\n            name: P" + filepath.Base(r) + "\n            repo_url: https://" + r + "\n            project: sandbox\n"
	}
	name := filepath.Join(t.TempDir(), "landscape.yml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// await waits for what must come; a test that waits in vain is to say for what.
func await(t *testing.T, c <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-c:
	case <-time.After(time.Minute):
		t.Fatalf("waited a minute for %s", what)
	}
}

// The first signal ends a survey that waits for a host, whoever is at it: we, or
// git.
func TestStoppedAtSilentHost(t *testing.T) {
	t.Parallel()
	for name, answers := range map[string]bool{"asked by us": false, "asked by git": true} {
		for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
			t.Run(name+", "+signal.String(), func(t *testing.T) {
				t.Parallel()
				s, cmd, said := (&mute{answers: answers}).cloning(t)
				if err := cmd.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				_ = cmd.Wait()
				if code := cmd.ProcessState.ExitCode(); code != errkind.ExitCanceled || !strings.Contains(said.String(), "assay: interrupted; what was measured is stored") {
					t.Errorf("exit code %d\n%s", code, said)
				}
				if rest := partials(t, s); len(rest) > 0 {
					t.Errorf("left behind: %q", rest)
				}
			})
		}
	}
}

// partials lists what is left of clones.
func partials(t *testing.T, s *session) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(s.mirrors(), "*", "*", "*@partial-*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A survey that is killed in the middle of a clone leaves no git at work, and what
// it leaves on disk goes at the next start, also when nobody asks for it again.
func TestKilledWhileCloning(t *testing.T) {
	t.Parallel()
	m := &mute{answers: true}
	s, cmd, _ := m.cloning(t)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	await(t, m.ended, "git to end")
	if len(partials(t, s)) == 0 {
		t.Error("nothing is left: the test tests nothing")
	}
	next := s.command(t, "survey", "--landscape", s.landscape(t, "other.example/o/c"), "--mirrors", s.mirrors())
	next.Env = append(next.Env, hostsAt+"="+nobody)
	if out, err := next.CombinedOutput(); next.ProcessState.ExitCode() != errkind.ExitPartial {
		t.Errorf("the next survey: %v\n%s", err, out)
	}
	if rest := partials(t, s); len(rest) > 0 {
		t.Errorf("left behind: %q", rest)
	}
}
