package attack

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A hostile host answers what is asked of it for the repository evil/evil. The
// good one is served by git beside it, from the same host.
type hostileHost struct {
	name   string
	answer func(w http.ResponseWriter, r *http.Request)
	// outcome is the failure that the survey may tell of the repository.
	outcome []string
	// patient says that the host makes the program wait longer than a test can.
	// The good repository must be read meanwhile, and the first signal end it.
	patient bool
}

// online is the command line of a survey over the network.
var online = []string{
	"survey", "--landscape", "landscape.yml", "--as-of", "2025-12-10", "--clomonitor", "off", "--devstats", "off", "--verbose",
}

func TestHosts(t *testing.T) {
	t.Parallel()
	for _, h := range hosts {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			b := newBox(t)
			b.write("landscape.yml", landscape)
			plain(newMirror(t, b.in("served/good/good.git")))
			plain(newMirror(t, b.in("served/evil/evil.git")))
			plain(newMirror(t, b.in("served/thief/evil.git")))
			in := newInternet(b, h.serve(gitBackend(b, b.in("served"))))
			b.env = append(b.env, "GITHUB_TOKEN="+secret)
			r := h.survey(b)
			in.keptToken()
			for _, text := range []string{r.stdout, r.stderr} {
				if strings.Contains(text, secret) {
					t.Errorf("the token is printed: %s", text)
				}
			}
			h.check(b)
		})
	}
}

// serve answers for every host.
func (h *hostileHost) serve(backend http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.Host, "api."):
			fmt.Fprint(w, "[]")
		case strings.HasPrefix(r.URL.Path, "/evil/") && strings.HasPrefix(r.Host, "github.com"):
			h.answer(w, r)
		default:
			backend.ServeHTTP(w, r)
		}
	})
}

func (h *hostileHost) survey(b *box) result {
	b.t.Helper()
	if !h.patient {
		r := b.run(online...)
		if r.exit != 0 && r.exit != 3 {
			b.t.Fatalf("survey exits %d: %s", r.exit, r.stderr)
		}
		return r
	}
	return b.ended(syscall.SIGTERM, func() { b.untilMeasured() }, online...)
}

// untilMeasured waits until the store holds a fact.
func (b *box) untilMeasured() {
	b.t.Helper()
	const look = 100 * time.Millisecond
	for begun := time.Now(); time.Since(begun) < deadline/2 && len(b.facts()) == 0; {
		time.Sleep(look)
	}
}

// facts are the repositories of which the store holds facts.
func (b *box) facts() []string {
	b.t.Helper()
	r := b.run("export")
	var all []string
	for line := range strings.Lines(r.stdout) {
		if strings.HasPrefix(line, `{"fact"`) {
			all = append(all, line)
		}
	}
	return all
}

func (h *hostileHost) check(b *box) {
	b.t.Helper()
	if h.patient {
		if len(b.facts()) == 0 {
			b.t.Error("the good repository was not measured while the other was waited for")
		}
		return
	}
	r := b.run("export")
	outcomes := map[string]outcome{}
	for _, o := range outcomesOf(b.t, r.stdout) {
		outcomes[o.Repo] = o
	}
	if o, ok := outcomes["github.com/good/good"]; !ok || o.Failure != "" {
		b.t.Errorf("the good repository: %+v", o)
	}
	if o := outcomes["github.com/evil/evil"]; !slices.Contains(h.outcome, o.Failure) {
		b.t.Errorf("the hostile repository: %+v, may be %q", o, h.outcome)
	}
	if rest, _ := filepath.Glob(b.out("mirrors", "*", "*", "*partial*")); len(rest) > 0 {
		b.t.Errorf("left behind: %q", rest)
	}
}

// hosts is the catalogue of hostile hosts.
var hosts = []hostileHost{
	redirects("to another host", "https://thief.example/thief/evil.git", "", "gone", "auth", "network", "corrupt"),
	redirects("to another host that asks for the token", "https://asks.thief.example/thief/evil.git", "", "gone", "auth", "network", "corrupt"),
	redirects("to the same host without encryption", "http://github.com/thief/evil.git", "network", "auth", "usage", "gone", "corrupt"),
	redirects("to another port", "https://github.com:8443/thief/evil.git", "", "gone", "auth", "network", "corrupt"),
	redirects("to a name with the host before it", "https://github.com@thief.example/thief/evil.git", "", "gone", "auth", "network", "usage", "corrupt"),
	redirects("to a name that begins with the host's", "https://github.com.thief.example/thief/evil.git", "", "gone", "auth", "network", "corrupt"),
	redirects("to this machine", "https://127.0.0.1/thief/evil.git", "auth", "network", "usage", "input"),
	redirects("to a file", "file:///etc/passwd", "gone", "auth", "network", "usage", "corrupt"),
	redirects("to itself", "https://github.com/evil/evil.git", "gone", "auth", "network", "usage", "corrupt"),
	{name: "a redirect of the pack alone", outcome: []string{"", "gone", "auth", "network", "corrupt"}, answer: func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			http.Redirect(w, r, "https://thief.example"+r.URL.RequestURI(), http.StatusTemporaryRedirect)
			return
		}
		w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
		fmt.Fprint(w, "001e# service=git-upload-pack\n0000000eversion 2\n000cls-refs\n0012fetch=shallow\n0000")
	}},
	answers("a login page", "text/html", "<html><body>Sign in</body></html>", "input"),
	answers("nothing", "", "", "input"),
	answers("bytes at random", "application/x-git-upload-pack-advertisement", strings.Repeat("\x00\xff\x1b[31m", 1000), "input"),
	{name: "an endless list of refs", outcome: []string{"limit", "corrupt", "network"}, answer: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
		fmt.Fprint(w, "001e# service=git-upload-pack\n0000")
		line := []byte(strings.Repeat("0", 39) + "1 refs/heads/" + strings.Repeat("x", 900))
		packet := fmt.Appendf(nil, "%04x%s", len(line)+5, append(line, '\n'))
		for r.Context().Err() == nil {
			if _, err := w.Write(packet); err != nil {
				return
			}
		}
	}},
	{name: "says nothing", patient: true, answer: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
	{name: "a byte a second", patient: true, answer: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-git-upload-pack-advertisement")
		for {
			select {
			case <-r.Context().Done():
				return
			case <-time.After(time.Second):
				fmt.Fprint(w, "0")
				_ = http.NewResponseController(w).Flush()
			}
		}
	}},
	{name: "asks to come back later", patient: true, answer: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusTooManyRequests)
	}},
}

// redirects is a host that redirects every request below the repository's address.
func redirects(name, to string, outcome ...string) hostileHost {
	return hostileHost{name: "a redirect " + name, outcome: outcome, answer: func(w http.ResponseWriter, r *http.Request) {
		rest := strings.TrimPrefix(strings.TrimPrefix(r.URL.RequestURI(), "/evil/evil"), ".git")
		http.Redirect(w, r, to+rest, http.StatusMovedPermanently)
	}}
}

// answers is a host that answers every request with the same.
func answers(name, kind, body string, outcome ...string) hostileHost {
	return hostileHost{name: "answers with " + name, outcome: outcome, answer: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		fmt.Fprint(w, body)
	}}
}
