package reach

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// ErrBusy is in the chain of the error of a host that asks us to come later.
var ErrBusy = errors.New("the host asks us to come later")

// RetryAfter is how long the header Retry-After asks to wait: a number of
// seconds, or a time, which is held against the answer's own Date, so that a
// wrong clock on this machine does not matter. It is at least a second, at most
// a day, and false when the header says nothing of use.
func RetryAfter(h http.Header) (time.Duration, bool) {
	text := h.Get("Retry-After")
	if n, err := strconv.ParseUint(text, 10, 63); err == nil {
		return seconds(n), true
	}
	at, err := http.ParseTime(text)
	now, errNow := http.ParseTime(h.Get("Date"))
	if err != nil || errNow != nil {
		return 0, false
	}
	return seconds(uint64(max(at.Unix()-now.Unix(), 0))), true
}

func seconds(n uint64) time.Duration {
	const day = 24 * 60 * 60
	return time.Duration(min(max(n, 1), day)) * time.Second
}

// Busy notes that the host of address asks us to come after that long; 0 is
// [limit.HostUnsaid]. The error says so, is of kind Network, has [ErrBusy] in its chain,
// and tells package backoff how long to wait; it is [Lasting] where that is longer
// than we wait.
func (n *Network) Busy(address string, after time.Duration) error {
	u, err := url.Parse(address)
	if err != nil {
		return errkind.Errorf(errkind.Usage, "not an address: %w", err)
	}
	h := n.host(u)
	if after == 0 {
		after = limit.HostUnsaid
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if h.since.IsZero() {
		h.since = now
	}
	if until := now.Add(after); until.After(h.until) {
		h.until = until
	}
	return n.busy(h, now)
}

// busy is the error that h asks us to come later. The caller holds its lock.
func (n *Network) busy(h *host, now time.Time) error {
	left := max(h.until.Sub(now).Round(time.Second), time.Second)
	err := errkind.Errorf(errkind.Network, "%s asks us to come again in %s%w", h.name, left, unsaid{ErrBusy})
	if h.until.Sub(h.since) > n.maxWait {
		return lasting(errkind.WithHint(
			errkind.Errorf(errkind.Network, "%w; %s in all is the longest that is waited for a host", err, n.maxWait),
			"run again later: what was done is kept"))
	}
	return &marked{err, backoff.RetryAfter(int(left / time.Second))}
}

// Ready waits until the host of address takes requests again. Where that is
// longer than we wait the error is that of [Network.Busy].
func (n *Network) Ready(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return errkind.Errorf(errkind.Usage, "not an address: %w", err)
	}
	h := n.host(u)
	for {
		h.mu.Lock()
		now := time.Now()
		left := h.until.Sub(now)
		err := n.busy(h, now)
		h.mu.Unlock()
		switch {
		case left <= 0:
			return nil
		case Lasting(err):
			return err
		}
		select {
		case <-ctx.Done():
			return errkind.Errorf(errkind.Canceled, "wait for %s: %w", h.name, ctx.Err())
		case <-time.After(left):
		}
	}
}

// Served notes that the host of address did what it was asked.
func (n *Network) Served(address string) {
	u, err := url.Parse(address)
	if err != nil {
		return
	}
	h := n.host(u)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.until, h.since = time.Time{}, time.Time{}
}
