package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"assay/internal/cli"
	"assay/internal/errkind"
)

// servers are those that scripts have started, by script.
var servers sync.Map

// A server is a program that serves.
type server struct {
	cmd  *exec.Cmd
	said *bytes.Buffer
}

// serves ARGUMENT… starts assay serve at a port that is free, and puts its address into
// $URL.
func serves(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: serves ARGUMENT…")
	}
	s := &server{exec.CommandContext(context.Background(), ts.Getenv("ASSAY"), append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...), &bytes.Buffer{}}
	s.cmd.Dir, s.cmd.Stderr = ts.MkAbs("."), s.said
	for _, name := range []string{"HOME", "PATH", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR", "GORACE"} {
		s.cmd.Env = append(s.cmd.Env, name+"="+ts.Getenv(name))
	}
	out, err := s.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(s.cmd.Start())
	ts.Defer(func() { _ = s.cmd.Process.Kill() })
	at, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = s.cmd.Wait()
		ts.Fatalf("the server did not begin: %s", s.said)
	}
	ts.Setenv("URL", strings.TrimSuffix(strings.TrimSpace(at), "/"))
	servers.Store(ts.Getenv("WORK"), s)
}

// stops ends the server of the script by a signal, which has it end well. What it has said
// on standard error is in the file said.
func stops(ts *testscript.TestScript, neg bool, args []string) {
	found, ok := servers.LoadAndDelete(ts.Getenv("WORK"))
	if neg || len(args) > 0 || !ok {
		ts.Fatalf("usage: stops")
	}
	s := found.(*server)
	ts.Check(s.cmd.Process.Signal(syscall.SIGTERM))
	if err := s.cmd.Wait(); err != nil {
		ts.Fatalf("the server ended: %v\n%s", err, s.said)
	}
	ts.Check(os.WriteFile(ts.MkAbs("said"), s.said.Bytes(), 0o600))
}

// fetch STATUS PATH [NAME: VALUE]… asks the server, which must answer with that status, and
// prints the headers and the body.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fetch STATUS PATH [HEADER]…")
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, ts.Getenv("URL")+args[1], nil)
	ts.Check(err)
	for _, h := range args[2:] {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
		if name == "Host" {
			r.Host = value
		}
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	ts.Check(err)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	if fmt.Sprint(answer.StatusCode) != args[0] {
		ts.Fatalf("%s, want %s\n%s", answer.Status, args[0], body)
	}
	var head bytes.Buffer
	ts.Check(answer.Header.Write(&head))
	ts.Check(os.WriteFile(ts.MkAbs("headers"), head.Bytes(), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("body"), body, 0o600))
}

// comes TEXT PATH asks the server until the answer has the text.
func comes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: comes TEXT PATH")
	}
	for {
		fetch(ts, false, []string{"200", args[1]})
		if strings.Contains(ts.ReadFile("body"), args[0]) {
			return
		}
		time.Sleep(50 * time.Millisecond) // the server looks by its own clock
	}
}

// home is the world of a user who has no store.
func home(t *testing.T) *cli.Env {
	t.Helper()
	dir := t.TempDir()
	return &cli.Env{Transport: forbidden{}, Stderr: io.Discard, Getenv: func(name string) string {
		return map[string]string{"HOME": dir, "XDG_CACHE_HOME": filepath.Join(dir, "cache")}[name]
	}}
}

// printed is what a command prints.
func printed(t *testing.T, env *cli.Env, args ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	own := *env
	own.Stdout = &out
	if code := cli.Run(t.Context(), &own, args); code != errkind.ExitDone {
		t.Fatalf("%q: exit code %d", args, code)
	}
	return out.Bytes()
}

// serving starts a server in the process, and gives its address.
func serving(t *testing.T, env *cli.Env) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	own := *env
	own.Stdout = in
	done := make(chan int, 1)
	go func() {
		done <- cli.Run(ctx, &own, []string{"serve", "--listen", "127.0.0.1:0", "--access-log=false"})
		_ = in.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-done; code != errkind.ExitDone {
			t.Errorf("the server ended with exit code %d", code)
		}
	})
	at, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal("the server did not begin")
	}
	return strings.TrimSuffix(strings.TrimSpace(at), "/")
}

// fetched decodes the answer at an address.
func fetched(t *testing.T, at string, to any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", at, answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(to); err != nil {
		t.Fatalf("%s: %v", at, err)
	}
}

// A figure is a figure as show prints it.
type figure struct{ Value, Lower, Upper any }

// elsewhere are figures that a table has under another name: what a language is by the
// work on it stands in a table of its own.
var elsewhere = map[string][2]string{
	"language_commits_year": {"language_work", "human_commits_year"},
	"language_authors_year": {"language_work", "authors_year"},
}

// figuresOf are the figures of a project by the server, each with its bounds.
func figuresOf(t *testing.T, base, project, language string) func(name string) figure {
	t.Helper()
	var answer struct {
		Project map[string]any   `json:"project"`
		Usage   []map[string]any `json:"usage"`
		Work    []map[string]any `json:"language_work"`
	}
	fetched(t, base+"/api/v1/projects/"+project+"?language="+url.QueryEscape(language), &answer)
	i := slices.IndexFunc(answer.Usage, func(row map[string]any) bool { return row["scope"] == "organisation" })
	return func(name string) figure {
		row := answer.Usage[i]
		if _, ok := row[name]; !ok {
			row = answer.Project
		}
		if at, ok := elsewhere[name]; ok {
			row, name = answer.Work[0], at[1]
		}
		if _, ok := row[name]; !ok {
			t.Errorf("%s: there is no %s", project, name)
		}
		return figure{row[name], row[name+"_lower"], row[name+"_upper"]}
	}
}

// The server says of every figure what the commands say: 500 of them by chance.
func TestServedFiguresAreThoseOfTheCommands(t *testing.T) {
	t.Parallel()
	env := home(t)
	var list []struct {
		ID         string            `json:"id"`
		Quantities map[string]figure `json:"quantities"`
	}
	languages := []string{"rust", "go", "python", "c++", "typescript", "haskell"}
	base := serving(t, env)
	chance := rand.New(rand.NewPCG(3, 1415))
	compared := 0
	for _, language := range languages {
		if err := json.Unmarshal(printed(t, env, "list", "--all", "--json", "--language", language), &list); err != nil {
			t.Fatal(err)
		}
		for range 7 {
			row := list[chance.IntN(len(list))]
			of := figuresOf(t, base, row.ID, language)
			var shown struct {
				Quantities map[string]figure `json:"quantities"`
			}
			if err := json.Unmarshal(printed(t, env, "show", row.ID, "--json", "--language", language), &shown); err != nil {
				t.Fatal(err)
			}
			for name, want := range shown.Quantities {
				if got := of(name); got != want || row.Quantities[name] != want {
					t.Errorf("%s, %s of %s: served %v, shown %v, listed %v", row.ID, name, language, got, want, row.Quantities[name])
				}
				compared++
			}
		}
		sameList(t, base, env, language)
	}
	if compared < 500 {
		t.Errorf("%d figures were compared", compared)
	}
}

// sameList compares the rows of a list, with all columns, in their order.
func sameList(t *testing.T, base string, env *cli.Env, language string) {
	t.Helper()
	const columns = "id,project,maturity,class,class_lower,class_upper,share,share_lower,share_upper,bytes,code_lines,adopted,health,release_cadence,evidence,repositories_read"
	var want []map[string]any
	if err := json.Unmarshal(printed(t, env, "list", "--json", "--sort", "share", "--columns", columns, "--language", language), &want); err != nil {
		t.Fatal(err)
	}
	var got struct{ Rows []map[string]any }
	fetched(t, base+"/api/v1/projects?limit=1000&sort=share&columns="+columns+"&language="+url.QueryEscape(language), &got)
	if len(got.Rows) != len(want) {
		t.Fatalf("%s: %d rows are served, %d listed", language, len(got.Rows), len(want))
	}
	for i := range want {
		if fmt.Sprint(got.Rows[i]) != fmt.Sprint(want[i]) {
			t.Errorf("%s, row %d: served %v, listed %v", language, i, got.Rows[i], want[i])
		}
	}
}

// A port that is taken is told with what to do.
func TestServeWhereAnotherListens(t *testing.T) {
	t.Parallel()
	env := home(t)
	at, err := url.Parse(serving(t, env))
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	own := *env
	own.Stdout, own.Stderr = io.Discard, &said
	if code := cli.Run(t.Context(), &own, []string{"serve", "--listen", at.Host}); code != errkind.Machine.ExitCode() || !strings.Contains(said.String(), "name another address with --listen") {
		t.Errorf("exit code %d: %s", code, said.String())
	}
}
