package github

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"assay/internal/errkind"
	"assay/internal/limit"
	"assay/internal/reach"
)

// secondaryWait is what GitHub asks of clients when it slows them down without
// saying for how long.
const secondaryWait = time.Minute

// A lastingError is a refusal that every further question would meet too.
type lastingError struct{ error }

func (e *lastingError) Unwrap() error { return e.error }

// get makes a request and repeats it, within bounds, when the host fails or
// asks to wait. After a refusal that lasts it makes none.
func (c *Client) get(ctx context.Context, path string) ([]byte, http.Header, error) {
	if over := c.over.Load(); over != nil {
		return nil, nil, over
	}
	policy := backoff.NewExponentialBackOff()
	policy.InitialInterval = max(c.o.Pause, 0)
	policy.MaxInterval = limit.SourceWait
	type reply struct {
		body   []byte
		header http.Header
	}
	var last error
	got, err := backoff.Retry(ctx, func() (reply, error) {
		body, header, wait, err := c.attempt(ctx, path)
		if last = err; err == nil {
			return reply{body, header}, nil
		}
		switch {
		case wait < 0 || wait > max(c.o.MaxWait, 0):
			return reply{}, backoff.Permanent(err)
		case wait > 0:
			return reply{}, backoff.RetryAfter(int(wait / time.Second))
		}
		return reply{}, err
	}, backoff.WithBackOff(policy), backoff.WithMaxTries(limit.AskAttempts))
	switch {
	case err == nil:
		return got.body, got.header, nil
	case ctx.Err() != nil:
		return nil, nil, errkind.Errorf(errkind.Canceled, "%w", ctx.Err())
	}
	if over, ok := errors.AsType[*lastingError](last); ok {
		c.over.CompareAndSwap(nil, over)
	}
	return nil, nil, last
}

// attempt makes one request. With an error, wait says what to do: below zero
// give up, zero try again after the usual pause, above zero after that long.
func (c *Client) attempt(ctx context.Context, path string) (body []byte, header http.Header, wait time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit.HostTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.o.Base+path, nil)
	if err != nil {
		return nil, nil, -1, errkind.Errorf(errkind.Usage, "%w", err)
	}
	req.Header.Set("Accept", "application/vnd.github+json")
	req.Header.Set("X-GitHub-Api-Version", "2022-11-28")
	req.Header.Set("User-Agent", "assay")
	resp, err := c.o.Client.Do(req)
	if err != nil {
		if request, ok := errors.AsType[*url.Error](err); ok {
			err = request.Err
		}
		return nil, nil, patience(err), errkind.WithHint(errkind.Errorf(errkind.Network, "ask %s: %w", c.o.Host, err),
			"check the connection to %s and run again: what was done is kept", c.o.Host)
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, limit.HostBytes+1))
	switch {
	case resp.StatusCode != http.StatusOK:
		wait, err = c.refusal(resp, string(body))
		return nil, nil, wait, err
	case err != nil:
		return nil, nil, patience(err), errkind.Errorf(errkind.Network, "the answer of %s broke off: %w", c.o.Host, err)
	case len(body) > limit.HostBytes:
		return nil, nil, -1, errkind.Errorf(errkind.Limit, "the answer of %s is longer than %d bytes", c.o.Host, limit.HostBytes)
	}
	return body, resp.Header, 0, nil
}

// patience says what to do after a request that got no answer, as attempt does:
// whether another one could.
func patience(err error) time.Duration {
	if errors.Is(err, errElsewhere) || reach.Lasting(err) {
		return -1
	}
	return 0
}

// refusal understands an answer that is not 200.
func (c *Client) refusal(resp *http.Response, body string) (time.Duration, error) {
	code := resp.StatusCode
	if wait, ok := rateLimit(resp, body); ok {
		return wait, &lastingError{c.limited(resp, wait)}
	}
	switch {
	case code == http.StatusNotFound, code == http.StatusGone, code == http.StatusUnavailableForLegalReasons:
		return -1, errkind.Errorf(errkind.NotFound, "%s answers %d %s", c.o.Host, code, http.StatusText(code))
	case code == http.StatusUnauthorized:
		return -1, &lastingError{errkind.WithHint(errkind.Errorf(errkind.Auth, "%s does not accept the token", c.o.Host),
			"make a new token, or unset GITHUB_TOKEN to ask without one")}
	case code == http.StatusForbidden:
		return -1, errkind.WithHint(errkind.Errorf(errkind.Auth, "%s refuses the request", c.o.Host),
			"the owner may want a token that it has approved; check GITHUB_TOKEN")
	case code >= 500:
		return 0, errkind.Errorf(errkind.Network, "%s answers %d %s", c.o.Host, code, http.StatusText(code))
	}
	return -1, errkind.Errorf(errkind.Network, "%s answers %d %s", c.o.Host, code, http.StatusText(code))
}

// limited is the error for a limit that is used up for the time of wait.
func (c *Client) limited(resp *http.Response, wait time.Duration) error {
	err := errkind.Errorf(errkind.Limit, "%s allows no further request for %s", c.o.Host, wait)
	later := "run again later"
	if date, errDate := http.ParseTime(resp.Header.Get("Date")); errDate == nil {
		later = "run again after " + date.Add(wait).UTC().Format(time.RFC3339) + ", when the limit resets"
	}
	if c.o.Token == "" {
		return errkind.WithHint(err, "set GITHUB_TOKEN: with a token %s allows many more requests; or %s", c.o.Host, later)
	}
	return errkind.WithHint(err, "%s: what was read is kept", later)
}

// rateLimit reports whether the answer is GitHub's rate limit, and how long it
// lasts, rounded up to seconds and at least one.
func rateLimit(resp *http.Response, body string) (time.Duration, bool) {
	wait, told := reach.RetryAfter(resp.Header)
	switch resp.StatusCode {
	case http.StatusServiceUnavailable:
		return wait, told
	case http.StatusForbidden, http.StatusTooManyRequests:
	default:
		return 0, false
	}
	if told {
		return wait, true
	}
	if resp.Header.Get("X-RateLimit-Remaining") == "0" {
		reset, err := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64)
		date, errDate := http.ParseTime(resp.Header.Get("Date"))
		if err == nil && errDate == nil {
			return seconds(reset - date.Unix() + 1), true
		}
		return secondaryWait, true
	}
	if resp.StatusCode == http.StatusTooManyRequests || strings.Contains(body, "rate limit") {
		return secondaryWait, true
	}
	return 0, false
}

// seconds is n seconds, held between one second and a day, so that no header
// overflows the arithmetic.
func seconds(n int64) time.Duration {
	return time.Duration(min(max(n, 1), 24*60*60)) * time.Second
}
