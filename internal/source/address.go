package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/reach"
)

// address reads an http(s) address, trying again when the host is overloaded
// or the connection breaks.
func (s *Spec) address(ctx context.Context, where string) (*File, error) {
	u, err := url.Parse(where)
	if err != nil || u.Host == "" {
		return nil, errkind.Errorf(errkind.Usage, "%q is not an address", fact.WithoutSecrets(where))
	}
	// What is shown and stored never holds a password.
	shown := fact.WithoutSecrets(u.String())
	if s.Offline {
		return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "read %q: an address, and nothing is fetched offline", shown),
			"name a file or a clone of its repository, or do not work offline")
	}
	policy := backoff.NewExponentialBackOff()
	policy.InitialInterval = max(s.Pause, 0)
	if s.Pause == 0 {
		policy.InitialInterval = time.Second
	}
	policy.MaxInterval = limit.SourceWait
	data, err := backoff.Retry(ctx, func() ([]byte, error) { return s.attempt(ctx, u) },
		backoff.WithBackOff(policy), backoff.WithMaxTries(limit.AskAttempts))
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", shown, plainError(ctx, err))
	}
	out := &File{Data: data, Evidence: evidenceOf(u)}
	if out.Evidence.Commit == "" {
		if s.Now != nil {
			out.Evidence.At = s.Now().UTC().Format(time.RFC3339)
		}
		out.noteUndated(s.AsOf, "an address")
	}
	return out, nil
}

// plainError gives the last attempt's error its kind, without the wrappers
// that steered the retrying. An error of net/http repeats the address, so only
// its cause is kept.
func plainError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errkind.Errorf(errkind.Canceled, "%w", ctx.Err())
	}
	if permanent, ok := errors.AsType[*backoff.PermanentError](err); ok {
		err = permanent.Unwrap()
	}
	if after, ok := errors.AsType[*backoff.RetryAfterError](err); ok {
		return errkind.Errorf(errkind.Network, "the host is overloaded and asks to wait %s", after.Duration)
	}
	return err
}

// attempt makes one request. An error that another attempt cannot mend is
// marked permanent.
func (s *Spec) attempt(ctx context.Context, u *url.URL) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit.SourceTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, backoff.Permanent(errkind.Errorf(errkind.Usage, "not an address: %w", err))
	}
	req.Header.Set("User-Agent", "assay")
	client := s.Client
	if client == nil {
		client = &http.Client{}
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, failed(err)
	}
	defer resp.Body.Close()
	if err := refused(resp); err != nil {
		return nil, err
	}
	data, err := bounded(resp.Body, s.Limit)
	switch {
	case errkind.Of(err) == errkind.Limit:
		return nil, backoff.Permanent(err)
	case err != nil:
		return nil, failed(errkind.Errorf(errkind.Network, "the answer broke off: %w", err))
	}
	return data, nil
}

// failed gives a request that got no answer its kind, without the address, which
// an error of net/http repeats.
func failed(err error) error {
	if request, ok := errors.AsType[*url.Error](err); ok {
		err = request.Err
	}
	if errkind.Of(err) != errkind.Input { // a host that may not be asked
		err = errkind.Errorf(errkind.Network, "%w", err)
	}
	if reach.Lasting(err) {
		return backoff.Permanent(err)
	}
	return err
}

// refused is the error for an answer that is not the file.
func refused(resp *http.Response) error {
	code := resp.StatusCode
	switch {
	case code == http.StatusOK:
		if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
			return backoff.Permanent(errkind.WithHint(
				errkind.Errorf(errkind.Input, "the answer is a web page, not a file"),
				"give the address of the raw file"))
		}
		return nil
	case code == http.StatusNotFound, code == http.StatusGone:
		return backoff.Permanent(errkind.Errorf(errkind.NotFound, "answer %s", status(resp)))
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return backoff.Permanent(errkind.Errorf(errkind.Auth, "answer %s", status(resp)))
	case code == http.StatusTooManyRequests, code >= 500:
		return overloaded(resp)
	}
	return backoff.Permanent(errkind.Errorf(errkind.Network, "answer %s", status(resp)))
}

// overloaded is the error for an answer by which the host asks to be left alone,
// for as long as it says.
func overloaded(resp *http.Response) error {
	wait, told := reach.RetryAfter(resp.Header)
	switch {
	case told && wait > limit.HostWait:
		return backoff.Permanent(errkind.WithHint(
			errkind.Errorf(errkind.Network, "answer %s: the host asks us to come again in %s, and %s is the longest that is waited", status(resp), wait, limit.HostWait),
			"run again later"))
	case told:
		return backoff.RetryAfter(int(wait / time.Second))
	}
	return errkind.Errorf(errkind.Network, "answer %s", status(resp))
}

// status is what an answer says, in words that are not the host's own.
func status(resp *http.Response) string {
	return strings.TrimSpace(strconv.Itoa(resp.StatusCode) + " " + http.StatusText(resp.StatusCode))
}

var commitName = regexp.MustCompile(`^[0-9a-f]{40}$`)

// evidenceOf is the place u names. The raw address of a file at a commit on
// GitHub is as good as git itself: it names repository, commit and path.
func evidenceOf(u *url.URL) fact.Evidence {
	parts := strings.SplitN(strings.TrimPrefix(u.Path, "/"), "/", 4)
	if u.Host == "raw.githubusercontent.com" && len(parts) == 4 && commitName.MatchString(parts[2]) {
		id, err := fact.ParseRepoURL("https://github.com/" + parts[0] + "/" + parts[1])
		if err == nil {
			return fact.Evidence{Repo: id, Commit: parts[2], Path: parts[3]}
		}
	}
	return fact.Evidence{URL: fact.WithoutSecrets(u.String())}
}
