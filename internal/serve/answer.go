package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/klauspost/compress/gzip"
)

// A question is what an answer is remembered by: the surveys that there are, the form
// that is asked for, and the path and query as they were written.
type question struct {
	fingerprint string
	form        form
	target      string
}

// A form is how an answer is wanted.
type form struct{ csv, json, gzip bool }

// etag names the answer to a question: the same name is the same bytes.
func (q *question) etag() string {
	h := sha256.New()
	form := []byte{'0', '0', '0', '\n'}
	for i, set := range []bool{q.form.csv, q.form.json, q.form.gzip} {
		if set {
			form[i] = '1'
		}
	}
	_, _ = h.Write(append(append(form, q.fingerprint...), '\n')) // a hash takes everything
	_, _ = h.Write([]byte(q.target))
	return `"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18]) + `"`
}

// A finished answer is ready to be sent, in slices that headers can have as they are.
type finished struct {
	status int
	route  string
	body   []byte
	// The headers; nil for those that it does not have.
	contentType, encoding, etag, link, location, length, cache, vary []string
}

// fresh is how long an answer may be shown without asking again: a new survey is seen
// that late.
var fresh = []string{"public, max-age=30"}

// unkept: what is no answer is not to be kept.
var unkept = []string{"no-store"}

var varies = []string{"Accept, Accept-Encoding"}

// send writes the answer, or that the client has it already.
func (f *finished) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	set(h, "Etag", f.etag)
	set(h, "Cache-Control", f.cache)
	set(h, "Vary", f.vary)
	if f.status == http.StatusOK && f.etag != nil && known(r.Header, f.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	set(h, "Content-Type", f.contentType)
	set(h, "Content-Encoding", f.encoding)
	set(h, "Link", f.link)
	set(h, "Location", f.location)
	set(h, "Content-Length", f.length)
	if f.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	w.WriteHeader(f.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.body) //nolint:gosec // JSON, CSV, or a page whose maker escapes; the client may have gone
	}
}

func set(h http.Header, name string, values []string) {
	if values != nil {
		h[name] = values
	}
}

// known reports whether a client has the answer of that name.
func known(h http.Header, etag string) bool {
	for _, line := range h["If-None-Match"] {
		for one := range strings.SplitSeq(line, ",") {
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == etag {
				return true
			}
		}
	}
	return false
}

// A taken answer is one that is taken down, to be finished.
type taken struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements [http.ResponseWriter].
func (t *taken) Header() http.Header { return t.header }

// WriteHeader implements [http.ResponseWriter].
func (t *taken) WriteHeader(status int) {
	if t.status == 0 {
		t.status = status
	}
}

// Write implements [http.ResponseWriter].
func (t *taken) Write(p []byte) (int, error) {
	t.WriteHeader(http.StatusOK)
	return t.body.Write(p)
}

// finish makes the answer ready. What went wrong has no name, and is not to be kept.
func (t *taken) finish(q *question, route string) *finished {
	h := t.header
	f := &finished{
		status: t.status, route: route, body: t.body.Bytes(), contentType: h["Content-Type"], link: h["Link"], location: h["Location"],
		vary: varies, cache: unkept,
	}
	if f.status == 0 {
		f.status = http.StatusOK
	}
	if f.link != nil && f.link[0] == "" {
		f.link = nil
	}
	if f.status == http.StatusOK {
		f.cache, f.etag = fresh, []string{q.etag()}
	}
	if q.form.gzip {
		if packed := pack(f.body); packed != nil {
			f.body, f.encoding = packed, []string{"gzip"}
		}
	}
	f.body = bytes.Clone(f.body) // a buffer is up to twice as long as what is in it
	f.length = []string{strconv.Itoa(len(f.body))}
	return f
}

// worthPacking is from how many bytes on an answer is packed: less goes in one packet.
const worthPacking = 1200

var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// pack is a body packed by gzip; nil where that is not worth it.
func pack(body []byte) []byte {
	if len(body) < worthPacking {
		return nil
	}
	var b bytes.Buffer
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(&b)
	if _, err := z.Write(body); err != nil || z.Close() != nil || b.Len() >= len(body) {
		return nil
	}
	return b.Bytes()
}

// answers are remembered up to a number of bytes; those that were asked for longest ago
// go first.
type answers struct {
	mu    sync.Mutex
	most  int64
	bytes int64
	all   *lru.LRU[question, *finished]
}

func newAnswers(most int64) *answers {
	a := &answers{most: most}
	// It is bounded by bytes: an entry has some hundred at least.
	a.all, _ = lru.NewLRU(1<<30, func(q question, f *finished) { a.bytes -= weight(&q, f) }) // it fails for no size
	return a
}

// weight is what an answer takes in memory, its place in the list among it.
func weight(q *question, f *finished) int64 {
	const place = 512
	return int64(len(f.body)) + int64(len(q.target)) + place
}

// get gives the answer that is remembered; nil for none.
func (a *answers) get(q question) *finished {
	if a.most <= 0 {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	f, _ := a.all.Get(q)
	return f
}

// share is the part of all that one answer may take.
const share = 8

// put remembers an answer. One that is too large would cost many others.
func (a *answers) put(q question, f *finished) {
	w := weight(&q, f)
	if f.status != http.StatusOK || w > a.most/share {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.all.Contains(q) {
		return
	}
	q.target = strings.Clone(q.target)
	a.all.Add(q, f)
	a.bytes += w
	for a.bytes > a.most {
		a.all.RemoveOldest()
	}
}

// forget forgets all answers.
func (a *answers) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all.Purge()
}

// size is how many bytes are remembered, in how many answers.
func (a *answers) size() (n, bytes int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return int64(a.all.Len()), a.bytes
}
