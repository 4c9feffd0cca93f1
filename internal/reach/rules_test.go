package reach

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"assay/internal/errkind"
)

// newNetwork is the network of o.
func newNetwork(t *testing.T, o Options) *Network {
	t.Helper()
	n, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestHosts(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, Options{Allow: []string{"git.corp.example", "10.0.0.7:8443", "LOCALHOST:3000", "[fd00::7]:443"}})
	for host, asked := range map[string]bool{
		"github.com": true, "GitHub.com": true, "git.far.example:8443": true, "8.8.8.8": true, "[2606:4700::1]": true,
		"1and1.example": true, "0x.example": true, "git.corp.example": true, "git.corp.example:99": true,
		"10.0.0.7:8443": true, "localhost:3000": true, "[fd00::7]": true, "xn--p1ai.xn--p1ai": true,

		"": false, "localhost": false, "LocalHost": false, "localhost.": false, "a.localhost": false, "localhost:3001": false,
		"metadata.google.internal": false, "printer.local": false, "intranet": false, "nas.lan": false, "box.home.arpa": false,
		"127.0.0.1": false, "127.0.0.1:443": false, "127.255.1.2": false, "0.0.0.0": false, "169.254.169.254": false,
		"10.0.0.7": false, "10.0.0.7:8444": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false,
		"100.64.0.1": false, "192.0.2.1": false, "198.18.0.1": false, "224.0.0.1": false, "255.255.255.255": false,
		"2130706433": false, "0x7f000001": false, "0X7F000001": false, "017700000001": false, "0177.0.0.1": false,
		"0x7f.1": false, "127.1": false, "127.0.1": false, "8.8.2056": false, "1.2.3.4.5": false, "a.1": false,
		"[::]": false, "[::1]": false, "[::ffff:127.0.0.1]": false, "[::ffff:7f00:1]": false, "[fe80::1]": false, "[fd00::1]": false,
		"[64:ff9b::7f00:1]": false, "[2002:7f00:1::]": false, "[2001:db8::1]": false, "[fe80::1%25eth0]": false, "[ff02::1]": false,
	} {
		u, err := url.Parse("https://" + host + "/o/n")
		if err != nil {
			t.Fatal(err)
		}
		err = n.rules.check(u)
		if asked != (err == nil) || err != nil && (errkind.Of(err) != errkind.Input || !strings.Contains(errkind.Hint(err), "allow_hosts") || !Lasting(err)) {
			t.Errorf("%q: %v, want asked: %v", host, err, asked)
		}
	}
}

func TestAllowRefused(t *testing.T) {
	t.Parallel()
	for _, entry := range []string{"", "https://h.example", "h.example/x", "u@h.example", "h.example:port", "*.example", "a b"} {
		if _, err := New(Options{Allow: []string{entry}}); errkind.Of(err) != errkind.Usage || errkind.Hint(err) == "" {
			t.Errorf("%q: %v", entry, err)
		}
	}
}

// What a name leads to is looked at when it is connected to, whatever the name:
// a name may lead elsewhere the next time.
func TestDial(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	address := server.Listener.Addr().String()
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{address, "localhost:" + port} {
		if _, err := newNetwork(t, Options{}).rules.dial(t.Context(), "tcp", at); errkind.Of(err) != errkind.Input || !Lasting(err) {
			t.Errorf("%s is dialled: %v", at, err)
		}
		name, _, _ := net.SplitHostPort(at)
		conn, err := newNetwork(t, Options{Allow: []string{name}}).rules.dial(t.Context(), "tcp", at)
		if err != nil {
			t.Errorf("%s is allowed: %v", at, err)
			continue
		}
		_ = conn.Close()
	}
}

// The whole way through net/http: the error of the dialer keeps its kind.
func TestDialThroughClient(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, Options{})
	n.rules.allow = []string{"localhost:1"} // so that the name passes, and the address is looked at
	n.base = newProxies().transport(&rules{guard: n.rules.guard})
	resp, err := n.Client().Get("http://localhost:1/")
	if err == nil {
		_ = resp.Body.Close()
	}
	if !Lasting(err) || !strings.Contains(err.Error(), `the host "localhost" is not asked: it leads to an address that is not public`) {
		t.Errorf("%v", err)
	}
}

// The proxy that the user names may be anywhere, and what is asked through it is
// looked at by its name.
func TestProxy(t *testing.T) {
	asked := ""
	proxy := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = r.URL.String() }))
	t.Cleanup(proxy.Close)
	for _, name := range []string{"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"} {
		t.Setenv(name, "")
	}
	t.Setenv("ALL_PROXY", proxy.URL)
	n := newNetwork(t, Options{})
	resp, err := n.Client().Get("http://far.example/x")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if asked != "http://far.example/x" {
		t.Errorf("the proxy was asked for %q", asked)
	}
	if resp, err = n.Client().Get("http://169.254.169.254/x"); err == nil {
		_ = resp.Body.Close()
	}
	if !Lasting(err) || asked != "http://far.example/x" {
		t.Errorf("%v; the proxy was asked for %q", err, asked)
	}
	if !n.proxied(&url.URL{Scheme: "https", Host: "far.example"}) {
		t.Error("git is given an address, though a proxy is between")
	}
}
