package github

import (
	"errors"
	"net/http"
	"net/url"

	"assay/internal/limit"
)

// errElsewhere is the error for a redirect that leaves the host asked.
var errElsewhere = errors.New("it sends us to another host")

// homely is client, or an ordinary one, for asking the interface at base: it
// goes nowhere else, and there alone it shows the token.
func homely(client *http.Client, base, token string) *http.Client {
	home := http.Client{}
	if client != nil {
		home = *client
	}
	at, err := url.Parse(base)
	if err != nil {
		return &home // no request can be made of base, which is told then
	}
	home.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		switch {
		case !sameHost(req.URL, at):
			return errElsewhere
		case len(via) >= limit.HostRedirects:
			return errors.New("it sends us round in circles")
		}
		return nil
	}
	if home.Transport == nil {
		home.Transport = http.DefaultTransport
	}
	if token != "" {
		home.Transport = &authorised{home.Transport, at, token}
	}
	return &home
}

// An authorised transport adds a token to the requests for one host.
type authorised struct {
	http.RoundTripper
	at    *url.URL
	token string
}

// RoundTrip implements [http.RoundTripper].
func (t *authorised) RoundTrip(req *http.Request) (*http.Response, error) {
	if sameHost(req.URL, t.at) {
		req = req.Clone(req.Context())
		req.Header.Set("Authorization", "Bearer "+t.token)
	}
	return t.RoundTripper.RoundTrip(req)
}

// sameHost reports whether a and b are addresses of one host, reached the same
// way.
func sameHost(a, b *url.URL) bool { return a.Scheme == b.Scheme && a.Host == b.Host }
