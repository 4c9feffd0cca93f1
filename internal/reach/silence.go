package reach

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"time"

	"github.com/sony/gobreaker/v2"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// ErrSilent is in the chain of the error of a host that said nothing for too
// long, and of all that would ask it afterwards. After so many silences in a row a
// host is given up: nobody asks it for as long as [limit.HostRest], then one may try.
// So a silent host costs the time of one wait, and not one for each repository.
var ErrSilent = errors.New("the host says nothing")

// newBreaker counts silences.
func newBreaker(most uint32) *gobreaker.TwoStepCircuitBreaker[any] {
	return gobreaker.NewTwoStepCircuitBreaker[any](gobreaker.Settings{
		MaxRequests:  1,
		Timeout:      limit.HostRest,
		ReadyToTrip:  func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= most },
		IsSuccessful: func(err error) bool { return !errors.Is(err, ErrSilent) },
		// Being told to stop says nothing of the host.
		IsExcluded: func(err error) bool { return errors.Is(err, context.Canceled) },
	})
}

// begin asks the breaker whether h may be asked. Done is to be told how that went.
func (h *host) begin(b *gobreaker.TwoStepCircuitBreaker[any], most int) (done func(error), err error) {
	done, err = b.Allow()
	if err != nil {
		return nil, lasting(errkind.Errorf(errkind.Network, "%s was asked %d times in a row and said nothing: it is given up for %s%w",
			h.name, most, limit.HostRest, unsaid{ErrSilent}))
	}
	return done, nil
}

// Speak does work, in which somebody else speaks with the host of address. An
// error of it with [ErrSilent] in its chain counts as a silence of that host.
// While the host is given up, work is not done.
func (n *Network) Speak(address string, work func() error) error {
	u, err := url.Parse(address)
	if err != nil {
		return errkind.Errorf(errkind.Usage, "not an address: %w", err)
	}
	h := n.host(u)
	done, err := h.begin(h.service, limit.HostStalls)
	if err != nil {
		return err
	}
	err = work()
	done(err)
	return err
}

// explain gives an error of a request to h its kind, unless it has one. The
// request was made within asked, of which heard is ended by silence too.
func (n *Network) explain(asked, heard context.Context, h *host, err error) error {
	timeout, isNet := errors.AsType[net.Error](err)
	switch {
	case Lasting(err):
		return err
	case errors.Is(context.Cause(heard), ErrSilent):
		return errkind.Errorf(errkind.Network, "%s said nothing for %s%w", h.name, n.patience, unsaid{ErrSilent})
	case errors.Is(asked.Err(), context.Canceled):
		return errkind.Errorf(errkind.Canceled, "%w", context.Canceled)
	case isNet && timeout.Timeout():
		return errkind.Errorf(errkind.Network, "%w%w", err, unsaid{ErrSilent})
	}
	return errkind.Errorf(errkind.Network, "%w", err)
}

// An unsaid error is in a chain, and not in its text.
type unsaid struct{ error }

func (unsaid) Error() string   { return "" }
func (u unsaid) Unwrap() error { return u.error }

// An ear ends a request to a host that says nothing.
type ear struct {
	patience time.Duration
	timer    *time.Timer
	cancel   context.CancelCauseFunc
}

func (e *ear) stop() {
	e.timer.Stop()
	e.cancel(nil)
}

// heard is the body of an answer.
type heard struct {
	io.ReadCloser
	ear     *ear
	done    func(error)
	explain func(error) error
	told    bool
}

func (b *heard) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.ear.timer.Reset(b.ear.patience)
	if err != nil && !errors.Is(err, io.EOF) {
		err = b.explain(err)
		b.tell(err)
	}
	return n, err
}

func (b *heard) Close() error {
	b.tell(nil)
	return b.ReadCloser.Close()
}

// tell says once how it went.
func (b *heard) tell(err error) {
	b.ear.stop()
	if !b.told {
		b.told = true
		b.done(err)
	}
}
