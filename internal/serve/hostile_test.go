package serve_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"assay/internal/dataset"
	"assay/internal/errkind"
	"assay/internal/finding/findingtest"
	"assay/internal/serve"
)

// Whatever is asked, there is an answer, and it is no fault of ours; nothing of it steers a
// terminal.
func TestHostileTargets(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	long := strings.Repeat("a", 7000)
	words := []string{
		long, "%00", "%1b%5b31m", "%e2%80%ae", "%ff%fe", "..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "'%20OR%201=1--", "%22", "*", "-1", "9223372036854775808", "1e309", "NaN",
		"%F0%9F%92%A9", "a%2Fb", "null", "%25s%25n", "__proto__", "%20", "%", "%zz", "a&a&a", "a=b=c", ";", "%0d%0aSet-Cookie:x", strings.Repeat("%e2%80%ae", 500),
	}
	targets := []string{
		"/%s", "/api/%s", "/api/v1/%s", "/api/v1/projects/%s", "/api/v1/projects/%s/history", "/api/v1/repositories/%s/%[1]s/%[1]s", "/api/v1/languages/%s", "/api/v1/tables/%s",
		"/api/v1/dictionary/%s", "/api/v1/projects?language=%s", "/api/v1/projects?columns=%s", "/api/v1/projects?columns=%s,%[1]s", "/api/v1/projects?min_share=%s", "/api/v1/projects?sort=%s",
		"/api/v1/projects?maturity=%s&maturity=%[1]s", "/api/v1/projects?class=%s", "/api/v1/projects?limit=%s", "/api/v1/projects?offset=%s", "/api/v1/projects?as_of=%s", "/api/v1/projects?%s",
		"/api/v1/projects?%s=1", "/api/v1/compare?project=%s&project=ferrobase", "/api/v1/changes?since=%s", "/api/v1/tables/usage?project=%s", "/api/v1/tables/usage?%s=x", "/api/v1/tables/usage?bytes=%s",
		"/api/v1/tables/usage?class=%s&class=", "/openapi%s",
	}
	for _, target := range targets {
		for _, word := range words {
			at := fmt.Sprintf(target, word)
			if _, err := url.ParseRequestURI(at); err != nil {
				continue // the server of the library refuses it
			}
			r := asked(s, http.MethodGet, at)
			body := r.body
			if r.StatusCode >= 500 || strings.ContainsAny(body, "\x1b\x00\u202e") || len(body) > 200<<10 {
				t.Errorf("%.200s: %d %.300q", at, r.StatusCode, body)
			}
			for name, values := range r.Header {
				if strings.ContainsAny(strings.Join(values, ""), "\r\n\x1b") {
					t.Errorf("%.200s: header %s %q", at, name, values)
				}
			}
		}
	}
}

// Chance finds no request that is a fault of ours.
func TestChance(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"/", "api", "v1", "projects", "ferrobase", "tables", "usage", "?", "&", "=", "language", "rust", "limit", "offset", "columns", "share", ",", "%2F", "%00", "1", "-", "as_of", "2025-06-30", "é", "\u202e"}
	for range 3000 {
		at := "/"
		for range r.IntN(14) {
			at += pieces[r.IntN(len(pieces))]
		}
		if _, err := url.ParseRequestURI(at); err != nil {
			continue
		}
		if answer := asked(s, http.MethodGet, at); answer.StatusCode >= 500 {
			t.Errorf("%q: %d", at, answer.StatusCode)
		}
	}
}

// What is no question is refused, and the refusal says why.
func TestRefused(t *testing.T) {
	t.Parallel()
	o := options(invented(t))
	o.Hosts = serve.Loopback()
	s := newServer(t, o)
	web := httptest.NewServer(s.Handler())
	t.Cleanup(web.Close)
	for name, tt := range map[string]struct {
		method, target, host string
		body                 io.Reader
		want                 int
	}{
		"as it should be":  {"GET", "/api/v1/survey", "", nil, 200},
		"by name":          {"GET", "/api/v1/survey", "LocalHost:1", nil, 200},
		"by IPv6":          {"GET", "/api/v1/survey", "[::1]:80", nil, 200},
		"another name":     {"GET", "/api/v1/survey", "evil.example", nil, 421},
		"no IPv4 of ours":  {"GET", "/api/v1/survey", "127.0.0.1.evil.example", nil, 421},
		"written":          {"POST", "/api/v1/survey", "", strings.NewReader("x"), 405},
		"deleted":          {"DELETE", "/", "", nil, 405},
		"an odd method":    {"BREW", "/", "", nil, 405},
		"options":          {"OPTIONS", "/api/v1/survey", "", nil, 204},
		"a large body":     {"GET", "/api/v1/survey", "", strings.NewReader(strings.Repeat("x", 2000)), 413},
		"a body of chunks": {"GET", "/api/v1/survey", "", io.MultiReader(strings.NewReader("x")), 413},
		"a long address":   {"GET", "/" + strings.Repeat("a", 9000), "", nil, 414},
	} {
		r, err := http.NewRequestWithContext(t.Context(), tt.method, web.URL+tt.target, tt.body)
		if err != nil {
			t.Fatal(err)
		}
		if tt.host != "" {
			r.Host = tt.host
		}
		answer, err := web.Client().Do(r)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode != tt.want || tt.want == 405 && answer.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
			t.Errorf("%s: %d, want %d", name, answer.StatusCode, tt.want)
		}
	}
}

// A client that asks too often is told to wait, others are not, and neither is this machine.
func TestRate(t *testing.T) {
	t.Parallel()
	o := options(invented(t))
	var now atomic.Int64
	o.Rate, o.Burst = 1, 3
	o.Now = func() time.Time { return time.Unix(now.Load(), 0) }
	s := newServer(t, o)
	ask := func(from string) int {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", nil)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
			t.Error("it is not said when to come again")
		}
		return w.Code
	}
	for i, want := range []int{200, 200, 200, 429, 429} {
		if got := ask("192.0.2.1:1"); got != want {
			t.Errorf("request %d: %d", i, got)
		}
		if got := ask(fmt.Sprintf("[2001:db8::%x]:1", i)); got != want { // one network is one client
			t.Errorf("request %d by IPv6: %d", i, got)
		}
		if got := ask("127.0.0.1:1") + ask("[::1]:1") + ask("[::ffff:127.0.0.1]:1"); got != 600 {
			t.Errorf("request %d from here: %d", i, got)
		}
	}
	if got := ask("192.0.2.2:1"); got != 200 {
		t.Errorf("another client: %d", got)
	}
	now.Add(1)
	if got := ask("192.0.2.1:1"); got != 200 {
		t.Errorf("a second later: %d", got)
	}
}

// pages are invented: a path is what its page does.
type pages struct{ gate, begun chan struct{} }

func (p *pages) Page(_ context.Context, _ *dataset.Set, path string, q url.Values) ([]byte, string, int, error) {
	switch path {
	case "/panic":
		var none []int
		_ = none[len(path)]
	case "/fault":
		return nil, "", 0, errkind.Errorf(errkind.Storage, "disk /secret/place is gone")
	case "/none":
		return nil, "", 0, errkind.Errorf(errkind.NotFound, "there is no such page")
	case "/slow":
		p.begun <- struct{}{}
		<-p.gate
	}
	return []byte("<p>" + q.Get("q") + strings.Repeat(" ", 3000)), "text/html; charset=utf-8", http.StatusOK, nil
}

// A page is served below "/", with the headers and names of all answers.
func TestPagesOfPeople(t *testing.T) {
	t.Parallel()
	o := options(invented(t))
	var said bytes.Buffer
	o.Pages, o.Log = &pages{}, slog.New(slog.NewTextHandler(&said, nil))
	s := newServer(t, o)
	r := asked(s, http.MethodGet, "/p?q=1", "Accept", "text/html,*/*;q=0.8", "Accept-Encoding", "br, gzip")
	z, err := gzip.NewReader(strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil || !strings.HasPrefix(string(body), "<p>1") || r.Header.Get("Etag") == "" || r.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%v %v", err, r.Header)
	}
	for path, want := range map[string]int{"/none": 404, "/fault": 500, "/?as_of=2025-06-30": 200, "/?as_of=2024-06-30": 404, "/?as_of=%00": 400, "/?%": 400, "/panic": 500, "/api/v1/survey": 200} {
		r := asked(s, http.MethodGet, path)
		if body := r.body; r.StatusCode != want || strings.Contains(body, "secret") {
			t.Errorf("%s: %d %s", path, r.StatusCode, body)
		}
	}
	if !strings.Contains(said.String(), "secret") || !strings.Contains(said.String(), "hostile_test.go") {
		t.Errorf("the log says %s", said.String())
	}
}

// What is remembered stays within its bounds, whoever asks for what.
func TestRememberedIsBounded(t *testing.T) {
	t.Parallel()
	o := options(invented(t))
	o.Remembered = 64 << 10
	s := newServer(t, o)
	for i := range 500 {
		asked(s, http.MethodGet, fmt.Sprintf("/api/v1/projects?limit=%d&all=true", i%1000+1))
	}
	var n, bytes int64
	for line := range strings.Lines(got(t, s, "/metrics")) {
		_, _ = fmt.Sscanf(line, "assay_answers_remembered %d", &n)
		_, _ = fmt.Sscanf(line, "assay_answers_remembered_bytes %d", &bytes)
	}
	if n < 2 || bytes < 1000 || bytes > o.Remembered {
		t.Errorf("%d answers of %d bytes are remembered", n, bytes)
	}
}

// listening serves until the test or stop ends it; done gives how it ended.
func listening(t *testing.T, s *serve.Server) (base string, stop func(), done <-chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	return "http://" + l.Addr().String(), stop, ended
}

func fetched(t *testing.T, at string) (int, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body), err
}

// A server that is told to end lets a request end that has begun, takes no other, and ends.
func TestStops(t *testing.T) {
	t.Parallel()
	p := &pages{gate: make(chan struct{}), begun: make(chan struct{})}
	o := options(invented(t))
	o.Pages = p
	base, stop, done := listening(t, newServer(t, o))
	var g sync.WaitGroup
	g.Go(func() {
		if status, body, err := fetched(t, base+"/slow"); status != 200 || !strings.HasPrefix(body, "<p>") || err != nil {
			t.Errorf("the request that had begun: %d, %v", status, err)
		}
	})
	<-p.begun
	stop()
	for { // until it takes no other
		if _, _, err := fetched(t, base+"/healthz"); err != nil {
			break
		}
	}
	select {
	case err := <-done:
		t.Errorf("it ended before its request: %v", err)
	default:
	}
	close(p.gate)
	g.Wait()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// A request that does not end is cut off after the time that there is.
func TestCutOff(t *testing.T) {
	t.Parallel()
	p := &pages{gate: make(chan struct{}), begun: make(chan struct{})}
	o := options(invented(t))
	o.Pages, o.Drain = p, time.Millisecond
	base, stop, done := listening(t, newServer(t, o))
	var g sync.WaitGroup
	g.Go(func() {
		if _, _, err := fetched(t, base+"/slow"); err == nil {
			t.Error("the request was not cut off")
		}
	})
	<-p.begun
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	g.Wait()
	close(p.gate)
}

// While surveys are replaced, every answer is of one survey alone.
func TestNoAnswerIsTorn(t *testing.T) {
	t.Parallel()
	files := []string{made(t, findingtest.Facts())}
	other := findingtest.Facts()
	for i := range other.Survey.Landscape.Projects {
		other.Survey.Landscape.Projects[i].Maturity = "archived"
	}
	files = append(files, made(t, other))
	l := &library{}
	l.put("0", files[0])
	s := newServer(t, options(l))
	const path = "/api/v1/projects?all=true&columns=project,maturity"
	whole := map[string]bool{got(t, s, path): true}
	refresh := func(i int) {
		l.put(fmt.Sprint(i), files[i%2])
		if err := s.Refresh(t.Context()); err != nil {
			t.Error(err)
		}
	}
	refresh(1)
	whole[got(t, s, path)] = true
	if len(whole) != 2 {
		t.Fatal("the surveys do not differ")
	}
	var stop atomic.Bool
	var g sync.WaitGroup
	var answers [2]atomic.Int64
	for w := range 4 {
		g.Go(func() {
			names := map[string]string{}
			for !stop.Load() {
				r := asked(s, http.MethodGet, path)
				body, etag := r.body, r.Header.Get("Etag")
				if !whole[body] {
					t.Errorf("an answer is of no survey: %.300s", body)
				}
				if before, ok := names[etag]; ok && before != body {
					t.Error("one name has two answers")
				}
				names[etag] = body
				answers[w%2].Add(1)
			}
		})
	}
	for i := 2; i < 40 || answers[0].Load() < 100 || answers[1].Load() < 100; i++ {
		refresh(i)
	}
	stop.Store(true)
	g.Wait()
}

// Who asks for what is large waits for others who do, and nobody else waits for them.
func TestLargeQuestionsTakeTurns(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	var g sync.WaitGroup
	for i := range 40 {
		g.Go(func() {
			path := fmt.Sprintf("/api/v1/languages?limit=%d", i+1)
			if i%2 == 0 {
				path = fmt.Sprintf("/api/v1/projects?all=true&limit=%d", i+1)
			}
			if r := asked(s, http.MethodGet, path); r.StatusCode != http.StatusOK {
				t.Errorf("%s: %d", path, r.StatusCode)
			}
		})
	}
	g.Wait()
}
