package attack

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// An internet is all hosts that the program and its git reach. It is a proxy on
// loopback: whatever host is asked for, by https, is answered by handle, under a
// certificate of its own authority.
type internet struct {
	t      *testing.T
	url    string // of the proxy
	ca     string // the file with the authority's certificate
	handle http.Handler
	issuer *x509.Certificate
	key    *ecdsa.PrivateKey

	mu    sync.Mutex
	heard []request
	certs map[string]*tls.Certificate
}

// A request is one that an internet has heard.
type request struct {
	host, method, path, authorization string
}

// newInternet starts an internet. Its requests go to handle, with the host in
// the request's Host.
func newInternet(b *box, handle http.Handler) *internet {
	b.t.Helper()
	in := &internet{t: b.t, handle: handle, certs: map[string]*tls.Certificate{}, ca: filepath.Join(b.t.TempDir(), "ca.pem")}
	var err error
	in.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	b.must(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "attack"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &in.key.PublicKey, in.key)
	b.must(err)
	in.issuer, err = x509.ParseCertificate(der)
	b.must(err)
	b.must(os.WriteFile(in.ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	b.must(err)
	b.t.Cleanup(func() { _ = listener.Close() })
	in.url = "http://" + listener.Addr().String()
	go in.accept(listener)
	b.env = append(b.env, "HTTPS_PROXY="+in.url, "https_proxy="+in.url, "http_proxy="+in.url, "SSL_CERT_FILE="+in.ca, "GIT_SSL_CAINFO="+in.ca)
	return in
}

func (in *internet) accept(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go in.serve(conn)
	}
}

// serve answers what comes over one connection to the proxy.
func (in *internet) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return
	}
	if r.Method != http.MethodConnect {
		in.hear(r) // plain http: nobody should ask for that
		_, _ = fmt.Fprint(conn, "HTTP/1.1 502 no\r\nContent-Length: 0\r\n\r\n")
		return
	}
	if _, err := fmt.Fprint(conn, "HTTP/1.1 200 yes\r\n\r\n"); err != nil {
		return
	}
	host := r.URL.Hostname()
	secure := tls.Server(conn, &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return in.certificate(host) }})
	done := make(chan struct{})
	server := &http.Server{
		ReadHeaderTimeout: time.Minute,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			in.hear(r)
			in.handle.ServeHTTP(w, r)
		}),
		ConnState: func(_ net.Conn, s http.ConnState) {
			if s == http.StateClosed || s == http.StateHijacked {
				close(done)
			}
		},
	}
	_ = server.Serve(&oneConn{conn: secure, done: done})
	<-done
}

// oneConn is a listener with one connection.
type oneConn struct {
	conn net.Conn
	done chan struct{}
	once sync.Once
}

func (l *oneConn) Accept() (net.Conn, error) {
	var conn net.Conn
	l.once.Do(func() { conn = l.conn })
	if conn != nil {
		return conn, nil
	}
	<-l.done
	return nil, net.ErrClosed
}
func (l *oneConn) Close() error   { return nil }
func (l *oneConn) Addr() net.Addr { return l.conn.LocalAddr() }

func (in *internet) hear(r *http.Request) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.heard = append(in.heard, request{r.Host, r.Method, r.URL.RequestURI(), r.Header.Get("Authorization")})
}

// certificate makes a certificate for a host.
func (in *internet) certificate(host string) (*tls.Certificate, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if c := in.certs[host]; c != nil {
		return c, nil
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: host}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, in.issuer, &in.key.PublicKey, in.key)
	if err != nil {
		return nil, err
	}
	c := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: in.key}
	in.certs[host] = c
	return c, nil
}

// requests are those heard so far.
func (in *internet) requests() []request {
	in.mu.Lock()
	defer in.mu.Unlock()
	return append([]request(nil), in.heard...)
}

// secret is the token that the program is given for github.com.
const secret = "ghp_attackattackattack"

// keptToken complains of a token that reached another host than those it is for.
func (in *internet) keptToken() {
	in.t.Helper()
	shown := false
	for _, r := range in.requests() {
		home := r.host == "github.com" || r.host == "github.com:443" || r.host == "api.github.com"
		if r.authorization != "" && !home {
			in.t.Errorf("%s %s%s was shown %q", r.method, r.host, r.path, r.authorization)
		}
		shown = shown || r.authorization != ""
	}
	if !shown {
		in.t.Error("the token was shown to nobody: the attack attacks nothing")
	}
}

// gitBackend serves the repositories below dir by git itself.
func gitBackend(b *box, dir string) http.Handler {
	b.t.Helper()
	core, err := exec.Command("git", "--exec-path").Output()
	b.must(err)
	return &cgi.Handler{
		Path: filepath.Join(strings.TrimSpace(string(core)), "git-http-backend"),
		Env: []string{
			"GIT_PROJECT_ROOT=" + dir, "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_NOSYSTEM=1",
			"GIT_CONFIG_GLOBAL=" + os.DevNull, "HOME=" + os.DevNull,
		},
	}
}
