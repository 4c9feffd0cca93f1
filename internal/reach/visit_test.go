package reach

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/limit"
)

const smart = "application/x-git-upload-pack-advertisement"

// An internet is answers by address, without the question of git. An answer is
// "repository", a page, or where the host sends us.
type internet struct {
	pages map[string]string
	asked []string // address, and the authorization where there is one
}

func (in *internet) RoundTrip(r *http.Request) (*http.Response, error) {
	at := strings.TrimSuffix(r.URL.String(), "/info/refs?service=git-upload-pack")
	line := at
	if a := r.Header.Get("Authorization"); a != "" {
		line += " " + a
	}
	in.asked = append(in.asked, line)
	resp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: r}
	body := ""
	switch page, ok := in.pages[at]; {
	case !ok:
		resp.StatusCode = http.StatusNotFound
	case page == "repository":
		resp.Header.Set("Content-Type", smart)
		body = "001e# service=git-upload-pack\n0000"
	case strings.HasPrefix(page, "to "):
		resp.StatusCode = http.StatusFound
		resp.Header.Set("Location", page[len("to "):])
	default:
		kind, text, _ := strings.Cut(page, "\n")
		resp.Header.Set("Content-Type", kind)
		body = text
	}
	resp.Body = io.NopCloser(strings.NewReader(body))
	return resp, nil
}

// The token is shown at home, and nowhere else, whatever the host answers; nothing
// goes from https to http, or to a host that may not be asked.
func TestRedirects(t *testing.T) {
	t.Parallel()
	const (
		home  = "https://home.example/o/old.git"
		query = "/info/refs?service=git-upload-pack"
		basic = " Basic eC1hY2Nlc3MtdG9rZW46czNjcmV0" // of s3cret
	)
	for name, tt := range map[string]struct {
		pages map[string]string
		asked []string // after home itself
		at    string   // where the repository is; "" when it is not reached
		token bool     // may be shown there
		kind  errkind.Kind
	}{
		"none":         {pages: map[string]string{home: "repository"}, at: home, token: true},
		"same host":    {map[string]string{home: "to /n/new.git" + query, "https://home.example/n/new.git": "repository"}, []string{"https://home.example/n/new.git" + basic}, "https://home.example/n/new.git", true, ""},
		"its own port": {map[string]string{home: "to https://home.example:443/n/new.git" + query, "https://home.example:443/n/new.git": "repository"}, []string{"https://home.example:443/n/new.git" + basic}, "https://home.example:443/n/new.git", true, ""},
		"upper case":   {map[string]string{home: "to HTTPS://HOME.example/n/new.git" + query, "https://HOME.example/n/new.git": "repository"}, []string{"https://HOME.example/n/new.git" + basic}, "https://HOME.example/n/new.git", true, ""},
		"other host":   {map[string]string{home: "to https://evil.example/n/new.git" + query, "https://evil.example/n/new.git": "repository"}, []string{"https://evil.example/n/new.git"}, "https://evil.example/n/new.git", false, ""},
		"two slashes":  {map[string]string{home: "to //evil.example/n/new.git" + query, "https://evil.example/n/new.git": "repository"}, []string{"https://evil.example/n/new.git"}, "https://evil.example/n/new.git", false, ""},
		"other port":   {map[string]string{home: "to https://home.example:8443/n/new.git" + query, "https://home.example:8443/n/new.git": "repository"}, []string{"https://home.example:8443/n/new.git"}, "https://home.example:8443/n/new.git", false, ""},
		"a host below": {map[string]string{home: "to https://x.home.example/n/new.git" + query, "https://x.home.example/n/new.git": "repository"}, []string{"https://x.home.example/n/new.git"}, "https://x.home.example/n/new.git", false, ""},
		"a longer end": {map[string]string{home: "to https://home.example.evil.example/n/new.git" + query}, []string{"https://home.example.evil.example/n/new.git"}, "", false, errkind.Gone},
		"and back":     {map[string]string{home: "to https://evil.example/n/new.git" + query, "https://evil.example/n/new.git": "to " + "https://home.example/n/x.git" + query, "https://home.example/n/x.git": "repository"}, []string{"https://evil.example/n/new.git", "https://home.example/n/x.git"}, "https://home.example/n/x.git", false, ""},

		"user name":     {map[string]string{home: "to https://home.example@evil.example/n/new.git" + query}, nil, "", false, errkind.Network},
		"to http":       {map[string]string{home: "to http://home.example/n/new.git" + query}, nil, "", false, errkind.Network},
		"to file":       {map[string]string{home: "to file:///etc/info/refs"}, nil, "", false, errkind.Network},
		"to ext":        {map[string]string{home: "to ext::sh/info/refs"}, nil, "", false, errkind.Network},
		"to nowhere":    {map[string]string{home: "to "}, nil, "", false, errkind.Network},
		"no address":    {map[string]string{home: "to https://[/info/refs"}, nil, "", false, errkind.Network},
		"to itself":     {map[string]string{home: "to " + home + query}, []string{home + basic, home + basic, home + basic, home + basic}, "", false, errkind.Network},
		"to a page":     {map[string]string{home: "to /users/sign_in"}, nil, "", false, errkind.Input},
		"to the root":   {map[string]string{home: "to /info/refs"}, nil, "", false, errkind.Input},
		"to loopback":   {map[string]string{home: "to https://127.0.0.1/n/new.git" + query}, nil, "", false, errkind.Input},
		"to metadata":   {map[string]string{home: "to https://169.254.169.254/n/new.git" + query}, nil, "", false, errkind.Input},
		"to a number":   {map[string]string{home: "to https://2130706433/n/new.git" + query}, nil, "", false, errkind.Input},
		"to localhost":  {map[string]string{home: "to https://localhost/n/new.git" + query}, nil, "", false, errkind.Input},
		"http by steps": {map[string]string{home: "to https://evil.example/n.git" + query, "https://evil.example/n.git": "to http://home.example/o/old.git" + query}, []string{"https://evil.example/n.git"}, "", false, errkind.Network},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := &internet{pages: tt.pages}
			v, err := newNetwork(t, Options{Transport: in}).Visit(t.Context(), home, "s3cret")
			if errkind.Of(err) != tt.kind || v.URL != tt.at || (v.Token == "s3cret") != tt.token {
				t.Errorf("Visit = %+v, %v (%s)", v, err, errkind.Of(err))
			}
			if diff := cmp.Diff(append([]string{home + basic}, tt.asked...), in.asked); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
			if err != nil && (strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), basic)) {
				t.Errorf("the token is in %q", err)
			}
		})
	}
}

// Over http no token is shown, and https may be gone to.
func TestVisitByHTTP(t *testing.T) {
	t.Parallel()
	in := &internet{pages: map[string]string{
		"http://home.example/o/n.git": "to https://home.example/o/n.git/info/refs", "https://home.example/o/n.git": "repository",
	}}
	v, err := newNetwork(t, Options{Transport: in}).Visit(t.Context(), "http://home.example/o/n.git", "s3cret")
	want := Visit{URL: "https://home.example/o/n.git"}
	if err != nil || v != want || strings.Contains(strings.Join(in.asked, "\n"), "Basic") {
		t.Errorf("Visit = %+v, %v; asked %q", v, err, in.asked)
	}
}

// What is no repository is none, whatever it says of itself.
func TestPageIsNoRepository(t *testing.T) {
	t.Parallel()
	const at = "https://home.example/o/n.git"
	for name, page := range map[string]string{
		"a page": "text/html; charset=utf-8\n<html>Log in", "an empty page": "text/html\n", "no type": "\n<html>", "text": "text/plain\nhello",
		"the old protocol": "text/plain\n1111111111111111111111111111111111111111\trefs/heads/main\n",
		"a lie":            smart + "\n<html>Log in", "another service": "application/x-git-receive-pack-advertisement\n001f# service=git-receive-pack\n",
	} {
		_, err := newNetwork(t, Options{Transport: &internet{pages: map[string]string{at: page}}}).Visit(t.Context(), at, "")
		if errkind.Of(err) != errkind.Input || !strings.Contains(err.Error(), "not a git repository") || errkind.Hint(err) == "" || !Lasting(err) {
			t.Errorf("%s: %v of kind %s", name, err, errkind.Of(err))
		}
	}
	_, err := newNetwork(t, Options{Transport: &internet{pages: map[string]string{at: smart + "\n00"}}}).Visit(t.Context(), at, "")
	if errkind.Of(err) != errkind.Network || Lasting(err) {
		t.Errorf("an answer that breaks off: %v of kind %s", err, errkind.Of(err))
	}
}

// Each answer has its kind, in words that are not the host's own.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]errkind.Kind{
		401: errkind.Auth, 403: errkind.Auth, 404: errkind.Gone, 410: errkind.Gone, 451: errkind.Gone, 418: errkind.Network,
		429: errkind.Network, 500: errkind.Network, 503: errkind.Network, 304: errkind.Network, 599: errkind.Network,
	} {
		for _, after := range []string{"", "7"} {
			n := newNetwork(t, Options{Transport: answers(func(*http.Request) *http.Response {
				return &http.Response{StatusCode: code, Status: "200 s3cret", Header: http.Header{"Retry-After": {after}}}
			})})
			_, err := n.Visit(t.Context(), "https://home.example/o/n.git", "s3cret")
			busy := code == 429 || after != "" && (code == 503 || code == 403)
			if busy {
				want := errkind.Network
				if errkind.Of(err) != want || !errors.Is(err, ErrBusy) {
					t.Errorf("%d, to be asked again after %q: %v", code, after, err)
				}
				continue
			}
			if errkind.Of(err) != want || errors.Is(err, ErrBusy) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%d: %v of kind %s, want %s", code, err, errkind.Of(err), want)
			}
		}
	}
}

// A client follows redirects by the same rules.
func TestClientRedirects(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		to   string
		want string // what the error says; "" for none
	}{
		"another host": {"https://other.example/x", ""},
		"http":         {"http://home.example/x", "from https to http"},
		"user name":    {"https://u:s3cret@other.example/x", "with a user name"},
		"loopback":     {"https://127.0.0.1/x", "no public address"},
		"circle":       {"https://home.example/", "in circles"},
	} {
		in := &internet{pages: map[string]string{"https://home.example/": "to " + tt.to, "https://other.example/x": "text/plain\nx"}}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://home.example/", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := newNetwork(t, Options{Transport: in}).Client().Do(req)
		if err == nil {
			_ = resp.Body.Close()
		}
		why := ""
		if request, ok := errors.AsType[*url.Error](err); ok {
			why = request.Err.Error() // without the address
		}
		if (err == nil) != (tt.want == "") || err != nil && (!strings.Contains(why, tt.want) || !Lasting(err) || strings.Contains(why, "s3cret")) {
			t.Errorf("%s: %v", name, err)
		}
		if len(in.asked) > limit.HostRedirects+1 {
			t.Errorf("%s: asked %d times", name, len(in.asked))
		}
	}
}

// Where a redirect comes from is not told: its address may hold a secret.
func TestNoReferer(t *testing.T) {
	t.Parallel()
	told := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/from" {
			http.Redirect(w, r, "/to", http.StatusFound)
			return
		}
		told = r.Header.Get("Referer")
	}))
	t.Cleanup(server.Close)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/from?token=s3cret", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := newNetwork(t, Options{Allow: []string{"127.0.0.1"}}).Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if told != "" || resp.Request.URL.Path != "/to" {
		t.Errorf("at %s, Referer %q", resp.Request.URL, told)
	}
}

// git is told where the host was found.
func TestResolve(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", smart)
		_, _ = io.WriteString(w, "001e# service=git-upload-pack\n0000")
	}))
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	n := newNetwork(t, Options{Allow: []string{"127.0.0.1", "localhost"}})
	n.proxied = func(u *url.URL) bool { return u.Path == "/proxied.git/info/refs" }
	for address, want := range map[string]string{
		"http://localhost:" + port + "/o.git":       "localhost:" + port + ":127.0.0.1",
		"http://127.0.0.1:" + port + "/o.git":       "",
		"http://localhost:" + port + "/proxied.git": "",
	} {
		if v, err := n.Visit(t.Context(), address, ""); err != nil || v.Resolve != want {
			t.Errorf("%s: %+v, %v; want %q", address, v, err, want)
		}
	}
	v6 := &net.TCPAddr{IP: net.ParseIP("2606:4700::1"), Port: 443}
	if got := resolve(&url.URL{Scheme: "https", Host: "h.example"}, v6); got != "h.example:443:[2606:4700::1]" {
		t.Errorf("resolve = %q", got)
	}
}
