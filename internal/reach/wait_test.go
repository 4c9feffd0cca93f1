package reach

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v5"

	"assay/internal/errkind"
	"assay/internal/limit"
)

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	const now = "Wed, 10 Dec 2025 09:00:00 GMT"
	for text, want := range map[string]time.Duration{
		"0": time.Second, "1": time.Second, "90": 90 * time.Second, "99999999999999": 24 * time.Hour,
		"Wed, 10 Dec 2025 09:01:30 GMT": 90 * time.Second, "Wed, 10 Dec 2025 08:00:00 GMT": time.Second,
		"Wednesday, 10-Dec-25 09:01:30 GMT": 90 * time.Second, "Fri, 31 Dec 9999 23:59:59 GMT": 24 * time.Hour,
		"": 0, "-1": 0, "soon": 0, "1.5": 0, "1e3": 0, "184467440737095516160": 0,
	} {
		got, ok := RetryAfter(http.Header{"Retry-After": {text}, "Date": {now}})
		if got != want || ok != (want > 0) {
			t.Errorf("%q: %s, %v; want %s", text, got, ok, want)
		}
	}
	if got, ok := RetryAfter(http.Header{"Retry-After": {"Wed, 10 Dec 2025 09:01:30 GMT"}}); ok {
		t.Errorf("a time without the host's own clock: %s", got)
	}
}

const address = "https://busy.example/o/n.git"

// A host that asks us to wait is waited for that long, by all who ask it, and no
// other host is.
func TestBusyIsObeyed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(t, Options{Transport: answers(nil)})
		err := n.Busy(address, time.Minute)
		after, ok := errors.AsType[*backoff.RetryAfterError](err)
		if errkind.Of(err) != errkind.Network || !errors.Is(err, ErrBusy) || Lasting(err) || !ok || after.Duration != time.Minute {
			t.Errorf("Busy = %v", err)
		}
		start := time.Now()
		for range 3 {
			if err := n.Ready(t.Context(), "https://BUSY.example:443/p/m.git"); err != nil || time.Since(start) != time.Minute {
				t.Errorf("Ready = %v after %s", err, time.Since(start))
			}
			if err := n.Ready(t.Context(), "https://other.example/o/n.git"); err != nil || time.Since(start) != time.Minute {
				t.Errorf("another host: %v after %s", err, time.Since(start))
			}
		}
	})
}

// Waits are counted together until the host does what it is asked, and beyond the
// bound nobody waits.
func TestBusyHasABound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(t, Options{Transport: answers(nil)})
		wait := func(after time.Duration, lasting bool) {
			t.Helper()
			err := n.Busy(address, after)
			if Lasting(err) != lasting || lasting && !strings.Contains(err.Error(), "2m0s in all is the longest") {
				t.Errorf("Busy = %v, want a lasting error: %v", err, lasting)
			}
			if start, err := time.Now(), n.Ready(t.Context(), address); lasting != (err != nil) || lasting && time.Now() != start {
				t.Errorf("Ready = %v after %s", err, time.Since(start))
			}
		}
		wait(0, false) // 30 seconds, which it does not say
		wait(time.Minute, false)
		n.Served(address)
		wait(time.Minute, false)
		wait(time.Minute, false)
		wait(time.Second, true)
		n = newNetwork(t, Options{Transport: answers(nil)})
		wait(time.Hour, true)
	})
}

func TestReadyEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(t, Options{Transport: answers(nil)})
		_ = n.Busy(address, time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if start, err := time.Now(), n.Ready(ctx, address); errkind.Of(err) != errkind.Canceled || time.Since(start) != time.Second {
			t.Errorf("Ready = %v after %s", err, time.Since(start))
		}
	})
}

// answers is a network; nil says nothing.
type answers func(*http.Request) *http.Response

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	if a == nil {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	resp := a(r)
	if resp.Body == nil {
		resp.Body = io.NopCloser(strings.NewReader(""))
	}
	resp.Request = r
	return resp, nil
}

// A silent host costs two waits, however often it is asked; a minute later one
// may try again.
func TestSilentHostIsGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		quiet := true
		n := newNetwork(t, Options{Transport: answers(func(r *http.Request) *http.Response {
			asked++
			if quiet && r.URL.Host == "mute.example" {
				<-r.Context().Done()
			}
			return &http.Response{StatusCode: http.StatusNotFound}
		})})
		n.base = silent{n.base}
		visit := func(host string, want errkind.Kind, took time.Duration) error {
			t.Helper()
			start := time.Now()
			_, err := n.Visit(t.Context(), "https://"+host+"/o/n.git", "")
			if errkind.Of(err) != want || time.Since(start) != took {
				t.Errorf("%s: %v after %s, want %s after %s", host, err, time.Since(start), want, took)
			}
			return err
		}
		for range limit.HostSilences {
			if err := visit("mute.example", errkind.Network, limit.HostSilence); !errors.Is(err, ErrSilent) || Lasting(err) {
				t.Errorf("%v", err)
			}
		}
		before := asked
		for range 100 {
			err := visit("mute.example", errkind.Network, 0)
			if !errors.Is(err, ErrSilent) || !Lasting(err) || !strings.Contains(err.Error(), "asked 2 times in a row and said nothing") {
				t.Fatalf("%v", err)
			}
			_ = visit("sound.example", errkind.Gone, 0)
		}
		if asked != before+100 {
			t.Errorf("the silent host was asked %d times more", asked-before-100)
		}
		time.Sleep(limit.HostRest + time.Second) // of the bubble's clock
		quiet = false
		for range 3 {
			_ = visit("mute.example", errkind.Gone, 0)
		}
	})
}

// A silent transport gives the error of its context, as the real one does.
type silent struct{ http.RoundTripper }

func (s silent) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := s.RoundTripper.RoundTrip(r)
	if r.Context().Err() != nil {
		return nil, r.Context().Err()
	}
	return resp, err
}

// What others do at a host counts too, more patiently and by itself, and being told
// to stop does not.
func TestSpeak(t *testing.T) {
	t.Parallel()
	in := &internet{pages: map[string]string{address: "repository"}}
	n := newNetwork(t, Options{Transport: in})
	did := 0
	work := func(err error) error {
		return n.Speak(address, func() error { did++; return err })
	}
	slow := errkind.Errorf(errkind.Network, "too slow: %w", ErrSilent)
	errs := slices.Repeat([]error{slow}, limit.HostStalls-1)
	errs = append(errs, nil)
	errs = append(errs, slices.Repeat([]error{slow, context.Canceled}, limit.HostStalls)...)
	for _, err := range errs[:len(errs)-1] {
		if _, err := n.Visit(t.Context(), address, ""); err != nil {
			t.Errorf("Visit = %v", err)
		}
		if got := work(err); !errors.Is(got, err) {
			t.Errorf("Speak = %v, want %v", got, err)
		}
	}
	if err := work(nil); did != len(errs)-1 || !Lasting(err) || !errors.Is(err, ErrSilent) {
		t.Errorf("after %d silences in a row: %v, and work was done %d times", limit.HostStalls, err, did)
	}
}

// A body that stops midway is no better than no answer, and a context that ends is
// no silence.
func TestSilentBody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(t, Options{Transport: answers(func(r *http.Request) *http.Response {
			return &http.Response{StatusCode: http.StatusOK, Body: stuck{r.Context()}}
		})})
		get := func(ctx context.Context) (time.Duration, error) {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://mute.example/", nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := n.Client().Do(req)
			if err != nil {
				return 0, err
			}
			defer resp.Body.Close()
			start := time.Now()
			_, err = io.ReadAll(resp.Body)
			return time.Since(start), err
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if took, err := get(ctx); errkind.Of(err) != errkind.Canceled || took != time.Second {
			t.Errorf("told to stop: %v after %s", err, took)
		}
		for range limit.HostSilences {
			if took, err := get(t.Context()); !errors.Is(err, ErrSilent) || took != limit.HostSilence {
				t.Errorf("%v after %s", err, took)
			}
		}
		if _, err := get(t.Context()); !Lasting(err) {
			t.Errorf("after two silences: %v", err)
		}
	})
}

// A stuck body never comes.
type stuck struct{ ctx context.Context }

func (s stuck) Read([]byte) (int, error) { <-s.ctx.Done(); return 0, s.ctx.Err() }
func (s stuck) Close() error             { return nil }
