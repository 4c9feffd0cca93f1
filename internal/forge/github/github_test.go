package github

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/forge"
	"assay/internal/limit"
)

// serve starts a host and a client of it that never waits between attempts.
func serve(t *testing.T, o Options, h http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	o.Base = server.URL
	if o.Pause == 0 {
		o.Pause = -1
	}
	return New(o)
}

func TestListFollowsPages(t *testing.T) {
	t.Parallel()
	c := serve(t, Options{Token: "t0ken"}, func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "Bearer t0ken" {
			t.Errorf("authorization %q", got)
		}
		if r.URL.Path != "/orgs/acme/repos" || r.URL.Query().Get("per_page") != "100" {
			t.Errorf("asked for %s", r.URL)
		}
		switch r.URL.Query().Get("page") {
		case "1":
			w.Header().Set("Link", `<http://elsewhere.example/>; rel="next"`)
			io.WriteString(w, `[{"full_name":"acme/zeta","default_branch":"main"},{"full_name":"acme/Beta","fork":true}]`)
		case "2":
			io.WriteString(w, `[{"full_name":"acme/alpha","is_template":true,"archived":true},
				{"full_name":"acme/hidden","private":true},{"full_name":"acme/--bad"},{"full_name":"acme/-x"}]`)
		default:
			t.Errorf("asked for %s", r.URL)
		}
	})
	got, err := c.List(t.Context(), "github.com/acme")
	if err != nil {
		t.Fatal(err)
	}
	want := []forge.Repo{
		{ID: "github.com/acme/alpha", Template: true, Archived: true, Known: true},
		{ID: "github.com/acme/Beta", Fork: true, Known: true},
		{ID: "github.com/acme/zeta", Known: true, DefaultBranch: "main"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestListOfPerson(t *testing.T) {
	t.Parallel()
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/users/jo/repos" {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, `[{"full_name":"jo/tool"}]`)
	})
	got, err := c.List(t.Context(), "github.com/jo")
	if err != nil || len(got) != 1 || got[0].ID != "github.com/jo/tool" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestListIsBounded(t *testing.T) {
	t.Parallel()
	var pages atomic.Int32
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", `<x>; rel="next"`)
		fmt.Fprintf(w, `[{"full_name":"acme/r%d"}]`, pages.Add(1))
	})
	if _, err := c.List(t.Context(), "github.com/acme"); errkind.Of(err) != errkind.Limit || pages.Load() != limit.HostPages {
		t.Errorf("%v after %d pages", err, pages.Load())
	}
}

func TestRefusesForeignNames(t *testing.T) {
	t.Parallel()
	c := serve(t, Options{}, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("asked for %s", r.URL) })
	for _, owner := range []string{"gitlab.com/acme", "github.com/", "github.com/a/b", "github.com/../x", "github.com/-x", ""} {
		if _, err := c.List(t.Context(), owner); errkind.Of(err) != errkind.NotFound {
			t.Errorf("List(%q): %v", owner, err)
		}
	}
	_, listing := c.List(t.Context(), "gitlab.com/acme")
	_, looking := c.Repo(t.Context(), "git.example.org/acme/tool")
	if !errors.Is(listing, forge.ErrUnknownHost) || !errors.Is(looking, forge.ErrUnknownHost) {
		t.Errorf("on other hosts: %v, %v", listing, looking)
	}
	for _, id := range []fact.RepoID{"gitlab.com/a/b", "github.com/a", "github.com/a/../b", "github.com/a/b/c", ""} {
		if _, err := c.Repo(t.Context(), id); errkind.Of(err) != errkind.NotFound {
			t.Errorf("Repo(%q): %v", id, err)
		}
	}
}

func TestRepoFollowsRename(t *testing.T) {
	t.Parallel()
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/repos/old/name" {
			http.Redirect(w, r, "/repositories/7", http.StatusMovedPermanently)
			return
		}
		io.WriteString(w, `{"full_name":"new/Name","default_branch":"trunk","archived":true}`)
	})
	got, err := c.Repo(t.Context(), "github.com/old/name")
	want := &forge.Repo{ID: "github.com/new/Name", Archived: true, Known: true, DefaultBranch: "trunk"}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	reset := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	date := reset.Add(-time.Hour).Format(http.TimeFormat)
	for name, tc := range map[string]struct {
		token, body string
		status      int
		header      map[string]string
		want        errkind.Kind
		calls       int32
		hint, text  string
	}{
		"absent":      {status: 404, want: errkind.NotFound, calls: 1},
		"bad token":   {status: 401, token: "s3cret", want: errkind.Auth, calls: 1, hint: "GITHUB_TOKEN"},
		"forbidden":   {status: 403, want: errkind.Auth, calls: 1, hint: "approved"},
		"down":        {status: 502, want: errkind.Network, calls: limit.AskAttempts},
		"odd":         {status: 418, want: errkind.Network, calls: 1},
		"not json":    {status: 200, body: "<html>", want: errkind.Network, calls: 1},
		"hostile id":  {status: 200, body: `{"full_name":"../../etc"}`, want: errkind.Network, calls: 1},
		"huge answer": {status: 200, body: strings.Repeat(" ", limit.HostBytes+1), want: errkind.Limit, calls: 1},
		"limit, far reset": {status: 403, want: errkind.Limit, calls: 1, hint: "GITHUB_TOKEN", text: "1h0m1s",
			header: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": fmt.Sprint(reset.Unix()), "Date": date}},
		"limit with token": {status: 429, token: "s3cret", want: errkind.Limit, calls: 1, hint: "when the limit resets", text: "24h0m0s",
			header: map[string]string{"Retry-After": "99999999999999"}},
		"secondary limit": {status: 403, body: `{"message":"You have exceeded a secondary rate limit"}`,
			want: errkind.Limit, calls: 1, text: "1m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			c := serve(t, Options{Token: tc.token, MaxWait: -1}, func(w http.ResponseWriter, _ *http.Request) {
				calls.Add(1)
				for k, v := range tc.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(tc.status)
				io.WriteString(w, tc.body)
			})
			_, err := c.Repo(t.Context(), "github.com/a/b")
			if errkind.Of(err) != tc.want || calls.Load() != tc.calls {
				t.Fatalf("%v (%s) after %d calls, want %s after %d", err, errkind.Of(err), calls.Load(), tc.want, tc.calls)
			}
			if !strings.Contains(errkind.Hint(err), tc.hint) || !strings.Contains(err.Error(), tc.text) {
				t.Errorf("error %q, hint %q", err, errkind.Hint(err))
			}
			if strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "24h0m0s") && tc.text == "" {
				t.Errorf("error %q", err)
			}
		})
	}
}

func TestWaitsForShortLimit(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1) == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		io.WriteString(w, `{"full_name":"a/b"}`)
	})
	if _, err := c.Repo(t.Context(), "github.com/a/b"); err != nil || calls.Load() != 2 {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
}

func TestRecoversFromFailure(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1) < limit.AskAttempts {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, `{"full_name":"a/b"}`)
	})
	if _, err := c.Repo(t.Context(), "github.com/a/b"); err != nil {
		t.Error(err)
	}
}

func TestCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := serve(t, Options{Pause: time.Hour}, func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	if _, err := c.Repo(ctx, "github.com/a/b"); errkind.Of(err) != errkind.Canceled {
		t.Errorf("%v (%s)", err, errkind.Of(err))
	}
}

// A limit that is used up and a token that is refused meet every question: the
// host is not asked again. A refusal of one owner is no reason to stop.
func TestRefusalThatLasts(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		header map[string]string
		want   errkind.Kind
		calls  int32
	}{
		"limit":     {http.StatusForbidden, map[string]string{"X-RateLimit-Remaining": "0"}, errkind.Limit, 1},
		"bad token": {http.StatusUnauthorized, nil, errkind.Auth, 1},
		"one owner": {http.StatusForbidden, nil, errkind.Auth, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			c := serve(t, Options{Token: "t0ken", MaxWait: -1}, func(w http.ResponseWriter, _ *http.Request) {
				calls.Add(1)
				for k, v := range tc.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(tc.status)
			})
			for range 3 {
				_, err := c.List(t.Context(), "github.com/acme")
				if errkind.Of(err) != tc.want || errkind.Hint(err) == "" || !strings.Contains(err.Error(), "acme") {
					t.Errorf("%v (%s), hint %q", err, errkind.Of(err), errkind.Hint(err))
				}
			}
			if calls.Load() != tc.calls {
				t.Errorf("asked %d times, want %d", calls.Load(), tc.calls)
			}
		})
	}
}

// A redirect that leaves the host is not followed, and no other host is shown
// the token, whatever client makes the requests.
func TestTokenStaysHome(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("another host is asked for %s, with authorization %q", r.URL, r.Header.Get("Authorization"))
	}))
	t.Cleanup(elsewhere.Close)
	var calls atomic.Int32
	c := serve(t, Options{Token: "t0ken", Client: &http.Client{Timeout: time.Minute}}, func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		http.Redirect(w, r, elsewhere.URL+"/repositories/7", http.StatusMovedPermanently)
	})
	_, err := c.Repo(t.Context(), "github.com/a/b")
	if errkind.Of(err) != errkind.Network || !strings.Contains(err.Error(), "another host") || calls.Load() != 1 {
		t.Errorf("%v (%s) after %d calls", err, errkind.Of(err), calls.Load())
	}
	for address, want := range map[string]string{
		c.o.Base + "/x": "Bearer t0ken",
		strings.Replace(c.o.Base, "http://", "https://", 1):    "",
		strings.Replace(c.o.Base, "127.0.0.1", "x.example", 1): "",
		elsewhere.URL: "",
	} {
		var seen string
		home := homely(&http.Client{Transport: record(func(r *http.Request) { seen = r.Header.Get("Authorization") })}, c.o.Base, "t0ken")
		resp, err := home.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if seen != want {
			t.Errorf("%s: authorization %q, want %q", address, seen, want)
		}
	}
}

// A record answers every request and shows it to a function.
type record func(*http.Request)

func (f record) RoundTrip(r *http.Request) (*http.Response, error) {
	f(r)
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: r}, nil
}
