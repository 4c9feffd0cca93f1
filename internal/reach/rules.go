package reach

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/net/http/httpproxy"

	"assay/internal/errkind"
	"assay/internal/file"
	"assay/internal/limit"
)

// rules say which hosts may be asked.
type rules struct {
	allow []string // name, or name:port, in lower case
	guard *ssrf.Guardian
}

func newRules(allow []string) (*rules, error) {
	r := &rules{guard: ssrf.New(ssrf.WithAnyPort())}
	for _, entry := range allow {
		u, err := url.Parse("https://" + entry)
		if err != nil || u.Host == "" || u.Host != entry || strings.ContainsAny(entry, " \t@*") {
			return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "allow_hosts: %q is not a host", entry),
				"write the name alone, or name:port: git.example.org, 10.0.0.7:8443")
		}
		r.allow = append(r.allow, strings.ToLower(entry))
	}
	return r, nil
}

// allows reports whether the user allows the host, whatever it is.
func (r *rules) allows(name, port string) bool {
	name = strings.ToLower(name)
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	return slices.Contains(r.allow, name) || port != "" && slices.Contains(r.allow, name+":"+port)
}

// check refuses a host that may not be asked, by its name.
func (r *rules) check(u *url.URL) error {
	port := u.Port()
	if port == "" {
		port = usualPort(u.Scheme)
	}
	if r.allows(u.Hostname(), port) {
		return nil
	}
	if why := r.against(strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))); why != "" {
		return refused(u.Host, why)
	}
	return nil
}

// Check refuses a host, as name or name:port, that may not be asked, by its name. It
// asks nobody. The error is of kind Input.
func (n *Network) Check(host string) error {
	return n.rules.check(&url.URL{Scheme: "https", Host: host})
}

// refused is the error for a host that may not be asked.
func refused(name, why string) error {
	return lasting(errkind.WithHint(errkind.Because(errkind.Errorf(errkind.Input, "the host %q is not asked: %s", name, why), errkind.CauseInward),
		"correct the address; where it is meant, name the host under allow_hosts in the configuration"))
}

// private are the ends of names that lead to this machine or its network.
var private = []string{"localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa"}

// against says what speaks against the host of that name, or "".
func (r *rules) against(name string) string {
	if ip, err := netip.ParseAddr(name); err == nil {
		if r.guard.SafeAddr(ip) != nil {
			return "it is no public address"
		}
		return ""
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case name == "":
		return "it has no name"
	case isNumber(last):
		return "it is an address in an unusual spelling"
	case slices.ContainsFunc(private, func(end string) bool { return name == end || strings.HasSuffix(name, "."+end) }):
		return "it is a name of this machine or its network"
	case last == name:
		return "it is a name of this network, not a public one"
	}
	return ""
}

// isNumber reports whether s is what a resolver takes for a number: 127, 0177,
// 0x7f. A name that ends in one is an address.
func isNumber(s string) bool {
	if hex, ok := strings.CutPrefix(s, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// dial connects to a host, and to none of its addresses that is not public. The
// addresses are looked at when they are connected to: what a name leads to may
// change from one question to the next.
func (r *rules) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: limit.HostDial}
	name, port, err := net.SplitHostPort(address)
	if err != nil || !r.allows(name, port) {
		d.Control = r.guard.Safe
	}
	conn, err := d.DialContext(ctx, network, address)
	if errors.Is(err, ssrf.ErrProhibitedIP) {
		return nil, refused(name, "it leads to an address that is not public")
	}
	return conn, err
}

// proxies are what the environment says of proxies. git reads the same
// variables.
type proxies struct {
	of      func(*url.URL) (*url.URL, error)
	addends []string // the addresses of the proxies themselves
}

func newProxies() *proxies {
	c := httpproxy.FromEnvironment()
	for _, name := range []string{"ALL_PROXY", "all_proxy"} {
		for _, p := range []*string{&c.HTTPProxy, &c.HTTPSProxy} {
			if *p == "" {
				*p = os.Getenv(name)
			}
		}
	}
	p := &proxies{of: c.ProxyFunc()}
	for _, at := range []string{c.HTTPProxy, c.HTTPSProxy} {
		if !strings.Contains(at, "://") {
			at = "http://" + at
		}
		if u, err := url.Parse(at); err == nil && u.Hostname() != "" {
			port := u.Port()
			if port == "" {
				port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
			}
			if port == "" {
				port = "1080"
			}
			p.addends = append(p.addends, net.JoinHostPort(u.Hostname(), port))
		}
	}
	return p
}

// used reports whether u is asked through a proxy.
func (p *proxies) used(u *url.URL) bool {
	via, err := p.of(u)
	return err != nil || via != nil
}

// transport is the real network. The user's own proxy may be anywhere.
func (p *proxies) transport(r *rules) http.RoundTripper {
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		if slices.Contains(p.addends, address) {
			return (&net.Dialer{Timeout: limit.HostDial}).DialContext(ctx, network, address)
		}
		return r.dial(ctx, network, address)
	}
	return &http.Transport{
		Proxy:       func(req *http.Request) (*url.URL, error) { return p.of(req.URL) },
		DialContext: dial, TLSClientConfig: &tls.Config{RootCAs: authorities(), MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: limit.HostDial, ForceAttemptHTTP2: true,
		MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: limit.HostHeader,
	}
}

// authorities are the system's, and those that the user names to git; nil is the
// system's alone.
func authorities() *x509.CertPool {
	pem, err := file.Read(os.Getenv("GIT_SSL_CAINFO"), limit.CertificateBytes)
	if err != nil {
		return nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pool.AppendCertsFromPEM(pem)
	return pool
}
