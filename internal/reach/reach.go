// Package reach is the way to the network: which hosts may be asked, how long
// one that says nothing is waited for, when one that asks us to wait is asked
// again, and where a git repository is that its host has moved.
//
// A landscape is written by many hands, and an address in it may lead anywhere:
// to the machine that we run on, to its network, to a host that answers
// nothing. So a host must be a public one, by its name and by the addresses it
// leads to, or be allowed by the user ([Options.Allow]). A host that is silent is
// given up for all that would ask it; see [ErrSilent].
//
// A [Network] is used by net/http, as the transport of a client, and by those
// who run git: git is given an address only after [Network.Visit] has been there.
package reach

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/sony/gobreaker/v2"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Options configure a [Network]. The zero value is the real network, and public
// hosts alone.
type Options struct {
	// Allow are hosts, as name or name:port, that may be asked though they are
	// not public: their names and addresses are not looked at.
	Allow []string
	// Transport makes the requests; nil is the real network, where also the
	// addresses are looked at that a name leads to.
	Transport http.RoundTripper
	// Patience is how long a host may say nothing; 0 is [limit.HostSilence]. MaxWait
	// is the longest that a host is waited for which asks us to come later, one such
	// request after another counted together; 0 is [limit.HostWait].
	Patience, MaxWait time.Duration
}

// A Network is all hosts, as one program sees them. Its methods may be used by
// several goroutines.
type Network struct {
	rules             *rules
	base              http.RoundTripper
	proxied           func(*url.URL) bool
	patience, maxWait time.Duration

	mu    sync.Mutex
	hosts map[string]*host // by name and port
}

// A host is how a host has fared so far.
type host struct {
	name    string
	answers *gobreaker.TwoStepCircuitBreaker[any] // to questions of ours
	service *gobreaker.TwoStepCircuitBreaker[any] // to others

	// It asks us to wait until then; since is when it first did so, and has not
	// answered as it should since.
	mu           sync.Mutex
	until, since time.Time
}

// New makes a Network. It asks nothing yet. An entry of Allow that is no host is
// an error of kind Usage.
func New(o Options) (*Network, error) {
	r, err := newRules(o.Allow)
	if err != nil {
		return nil, err
	}
	n := &Network{
		rules: r, base: o.Transport, proxied: func(*url.URL) bool { return false },
		patience: cmp.Or(o.Patience, limit.HostSilence), maxWait: cmp.Or(o.MaxWait, limit.HostWait),
		hosts: map[string]*host{},
	}
	if n.base == nil {
		p := newProxies()
		n.proxied = p.used
		n.base = p.transport(r)
	}
	return n, nil
}

// Client makes an HTTP client that reaches n. It follows a redirect only to a
// host that may be asked, and never from https to http. Where it comes from it does
// not say there: an address may hold a secret.
func (n *Network) Client() *http.Client {
	return &http.Client{Transport: n, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) >= limit.HostRedirects {
			return errCircles
		}
		req.Header.Del("Referer")
		return checkHop(via[len(via)-1].URL, req.URL)
	}}
}

// errLasting is in the chain of the errors that another attempt cannot mend.
var errLasting = errors.New("")

// Lasting reports whether err, which came from a Network, would meet another
// attempt too: the host may not be asked, it redirects where nobody follows, or
// is given up.
func Lasting(err error) bool { return errors.Is(err, errLasting) }

var errCircles = lasting(errkind.Errorf(errkind.Network, "it sends us round in circles"))

// lasting marks err as one that another attempt cannot mend.
func lasting(err error) error { return &marked{err, errLasting} }

// A marked error is found in two ways, and reads as the first.
type marked struct{ err, mark error }

func (m *marked) Error() string   { return m.err.Error() }
func (m *marked) Unwrap() []error { return []error{m.err, m.mark} }

// checkHop refuses a redirect that nobody should follow.
func checkHop(from, to *url.URL) error {
	switch {
	case to.User != nil:
		return lasting(errkind.Errorf(errkind.Network, "it sends us to %s with a user name, which is not followed", to.Host))
	case from.Scheme == "https" && to.Scheme == "http":
		return lasting(errkind.Errorf(errkind.Network, "it sends us from https to http, to %s, which is not followed", to.Host))
	case to.Scheme != "https" && to.Scheme != "http" || to.Host == "":
		return lasting(errkind.Errorf(errkind.Network, "it sends us to an address of scheme %q, which is not followed", to.Scheme))
	}
	return nil
}

// RoundTrip implements [http.RoundTripper]. Its errors have a kind: Input for a
// host that may not be asked, Network for one that says nothing.
func (n *Network) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := n.rules.check(req.URL); err != nil {
		return nil, err
	}
	h := n.host(req.URL)
	done, err := h.begin(h.answers, limit.HostSilences)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	ear := &ear{patience: n.patience, cancel: cancel}
	ear.timer = time.AfterFunc(n.patience, func() { cancel(ErrSilent) })
	resp, err := n.base.RoundTrip(req.WithContext(ctx))
	if err != nil {
		ear.stop()
		err = n.explain(req.Context(), ctx, h, err)
		done(err)
		return nil, err
	}
	resp.Body = &heard{ReadCloser: resp.Body, ear: ear, done: done, explain: func(err error) error {
		return n.explain(req.Context(), ctx, h, err)
	}}
	return resp, nil
}

// host is what is known of the host of an address.
func (n *Network) host(u *url.URL) *host {
	name := hostOf(u)
	n.mu.Lock()
	defer n.mu.Unlock()
	h := n.hosts[name]
	if h == nil {
		h = &host{name: name, answers: newBreaker(limit.HostSilences), service: newBreaker(limit.HostStalls)}
		n.hosts[name] = h
	}
	return h
}

// hostOf is the host of u and the port, where that is not the usual one.
func hostOf(u *url.URL) string {
	name, port := strings.ToLower(u.Hostname()), u.Port()
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	if port == "" || port == usualPort(u.Scheme) {
		return name
	}
	return name + ":" + port
}

func usualPort(scheme string) string {
	return map[string]string{"https": "443", "http": "80"}[scheme]
}

// sameHost reports whether a and b are of one host, reached the same way.
func sameHost(a, b *url.URL) bool { return a.Scheme == b.Scheme && hostOf(a) == hostOf(b) }
