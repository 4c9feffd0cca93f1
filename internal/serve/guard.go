package serve

import (
	"maps"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"

	"assay/internal/limit"
)

// A refusal is why a request is not answered.
type refusal struct {
	status int
	reason string // a word, for the counts
	detail string
	retry  bool // the same request may be answered later
}

// The refusals.
var (
	refusedMethod = &refusal{http.StatusMethodNotAllowed, "method", "this server is for reading: GET, HEAD and OPTIONS", false}
	refusedHost   = &refusal{http.StatusMisdirectedRequest, "host", "this server is not asked by that name; --host allows others", false}
	refusedBody   = &refusal{http.StatusRequestEntityTooLarge, "body", "a question has no body", false}
	refusedTarget = &refusal{http.StatusRequestURITooLong, "target", "the address is " + limit.Over("serve-target", limit.ServeTarget) + " long", false}
	refusedRate   = &refusal{http.StatusTooManyRequests, "rate", "this client asks too often", true}
	refusedBusy   = &refusal{http.StatusServiceUnavailable, "busy", "there are " + limit.Over("serve-at-once", limit.ServeAtOnce) + " at a time", true}
)

// refuse says why a request is not answered; nil where it is.
func (s *Server) refuse(r *http.Request) *refusal {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodOptions:
		return refusedMethod
	case len(r.RequestURI) > limit.ServeTarget:
		return refusedTarget
	case r.ContentLength < 0 || r.ContentLength > limit.ServeBody:
		return refusedBody
	case s.Hosts != nil && !slices.Contains(s.Hosts, hostname(r.Host)):
		return refusedHost
	case !s.clients.let(r.RemoteAddr, s):
		return refusedRate
	}
	return nil
}

// hostname is the name in a Host header, in lower case and without the port.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

// Loopback are the names by which a server is asked that listens on this machine alone. A
// page of another site, whose name was made to lead here, comes under its own.
func Loopback() []string { return []string{"localhost", "127.0.0.1", "::1"} }

// clients remembers how often each client asks.
type clients struct {
	rate  rate.Limit
	burst int

	mu  sync.Mutex
	all *lru.LRU[netip.Prefix, *rate.Limiter]
}

func newClients(most float64, burst int) *clients {
	all, _ := lru.NewLRU[netip.Prefix, *rate.Limiter](limit.ServeClients, nil) // it fails for no size
	return &clients{rate: rate.Limit(most), burst: burst, all: all}
}

// network is what one client has: an address, or in IPv6 the network of one.
const network = 64

// let reports whether a client may ask now.
func (c *clients) let(remote string, s *Server) bool {
	if c.rate <= 0 {
		return true
	}
	addr, err := netip.ParseAddrPort(remote)
	if err != nil || addr.Addr().Unmap().IsLoopback() {
		return true
	}
	ip := addr.Addr().Unmap().WithZone("")
	key := netip.PrefixFrom(ip, ip.BitLen())
	if ip.Is6() {
		key, _ = ip.Prefix(network) // it fails for no IPv6
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	l, ok := c.all.Get(key)
	if !ok {
		l = rate.NewLimiter(c.rate, c.burst)
		c.all.Add(key, l)
	}
	return l.AllowN(s.Now(), 1)
}

// headers are those of every answer. A page may run and show what is ours, and nothing
// else; nobody may put it into a frame.
var headers = map[string][]string{
	"Content-Security-Policy": {"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"no-referrer"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
}

// harden sets the headers of every answer.
func harden(h http.Header) {
	maps.Copy(h, headers)
}
