package reach

import (
	"context"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// A Visit is what a host said when it was asked for a git repository.
type Visit struct {
	// URL is where the repository is: the address asked for, or where the host
	// has sent us.
	URL string
	// Token may be shown there; "" when it is another host's.
	Token string
	// Resolve is HOST:PORT:ADDRESS, the address that was found fit; git is to go
	// there and ask nobody again. "" where nothing is known, or a proxy is between.
	Resolve string
}

// Visit asks the host for the git repository at address, an http or https one; of
// another scheme it says nothing. The question is the one with which git
// begins to fetch, so the answer tells what git would meet; git itself could be
// sent anywhere, and takes many a web page for an empty repository.
//
// Redirects are followed as [Network.Client] follows them, and the token, which
// is shown over https only, is dropped for good where one leads to another host.
// Kinds of error: Input (the host may not be asked, or has a page there and no
// repository that is read by git's smart protocol), Gone, Auth, Network
// (also with [ErrSilent] or [ErrBusy]), Canceled.
func (n *Network) Visit(ctx context.Context, address, token string) (Visit, error) {
	at, err := url.Parse(address)
	if err != nil {
		return Visit{}, errkind.Errorf(errkind.Usage, "not an address: %w", err)
	}
	if at.Scheme != "https" && at.Scheme != "http" {
		return Visit{URL: address, Token: token}, nil
	}
	if at.Scheme == "http" {
		token = ""
	}
	for range limit.HostRedirects {
		v := Visit{URL: at.String(), Token: token}
		next, err := n.ask(ctx, at, &v)
		switch {
		case err != nil:
			return Visit{}, errkind.Errorf(errkind.Of(err), "ask %q: %w", v.URL, err)
		case next == nil:
			return v, nil
		case !sameHost(next, at):
			token = ""
		}
		at = next
	}
	return Visit{}, errkind.Errorf(errkind.Network, "ask %q: %w", address, errCircles)
}

// ask makes the request of v, for the repository at the address at. Next is where
// the host sends us.
func (n *Network) ask(ctx context.Context, at *url.URL, v *Visit) (next *url.URL, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*n.patience)
	defer cancel()
	var peer net.Addr
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(c httptrace.GotConnInfo) { peer = c.Conn.RemoteAddr() },
	})
	u := at.JoinPath("info", "refs")
	u.RawQuery = "service=git-upload-pack"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, errkind.Errorf(errkind.Usage, "not an address: %w", err)
	}
	req.Header.Set("User-Agent", "git/2 assay") // some hosts answer this to git alone
	req.Header.Set("Git-Protocol", "version=2") // the shortest answer
	if v.Token != "" {
		req.SetBasicAuth("x-access-token", v.Token)
	}
	resp, err := n.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if !n.proxied(u) {
		v.Resolve = resolve(u, peer)
	}
	if 300 <= resp.StatusCode && resp.StatusCode < 400 {
		return hop(at, resp)
	}
	if err := n.answered(resp); err != nil {
		return nil, err
	}
	n.Served(v.URL)
	return nil, nil
}

// resolve is where u was found, in the words of git's http.curloptResolve.
func resolve(u *url.URL, peer net.Addr) string {
	tcp, ok := peer.(*net.TCPAddr)
	if !ok || net.ParseIP(u.Hostname()) != nil {
		return ""
	}
	port := u.Port()
	if port == "" {
		port = usualPort(u.Scheme)
	}
	ip := tcp.IP.String()
	if tcp.IP.To4() == nil {
		ip = "[" + ip + "]"
	}
	return u.Hostname() + ":" + port + ":" + ip
}

// hop is the repository that the answer for the one at the address at leads to.
func hop(at *url.URL, resp *http.Response) (*url.URL, error) {
	to, err := resp.Location()
	if err != nil {
		return nil, lasting(errkind.Errorf(errkind.Network, "it sends us to no address"))
	}
	if err := checkHop(at, to); err != nil {
		return nil, err
	}
	path, ok := strings.CutSuffix(to.Path, "/info/refs")
	if !ok || strings.Trim(path, "/") == "" {
		return nil, noRepository("it sends us to a page of %s", to.Host)
	}
	return &url.URL{Scheme: to.Scheme, Host: to.Host, Path: path}, nil
}

// noRepository is the error for a host that has something else than a git
// repository at an address.
func noRepository(format string, args ...any) error {
	err := errkind.Because(errkind.Errorf(errkind.Input, "not a git repository: "+format, args...), errkind.CauseNoRepo)
	return lasting(errkind.WithHint(err, "correct the address; where it asks people to log in, give a token; a host that speaks git's old protocol only can be cloned by hand into the tree of mirrors"))
}

// answered understands the answer of a host that sends us nowhere else.
func (n *Network) answered(resp *http.Response) error {
	code := resp.StatusCode
	said := strings.TrimSpace(strconv.Itoa(code) + " " + http.StatusText(code)) // not the host's own words
	wait, told := RetryAfter(resp.Header)
	switch {
	case code == http.StatusOK:
		return isRepository(resp)
	case code == http.StatusTooManyRequests, told && (code == http.StatusServiceUnavailable || code == http.StatusForbidden):
		return n.Busy(resp.Request.URL.String(), wait)
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code == http.StatusProxyAuthRequired:
		return errkind.Errorf(errkind.Auth, "%s", said)
	case code == http.StatusNotFound, code == http.StatusGone, code == http.StatusUnavailableForLegalReasons:
		return errkind.Errorf(errkind.Gone, "%s", said)
	}
	return errkind.Errorf(errkind.Network, "%s", said)
}

// isRepository is nil when the answer is what git's smart protocol begins with: a
// type of its own, and a length in four hexadecimal digits.
func isRepository(resp *http.Response) error {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-git-upload-pack-advertisement" {
		return noRepository("it answers with a page of type %q", kind)
	}
	start := make([]byte, len("001e"))
	if _, err := io.ReadFull(resp.Body, start); err != nil {
		return errkind.Errorf(errkind.Network, "the answer broke off: %w", err)
	}
	if _, err := strconv.ParseUint(string(start), 16, 16); err != nil {
		return noRepository("it says that it is one, and answers with something else")
	}
	return nil
}
