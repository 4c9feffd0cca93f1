package serve

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2/negotiation"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/serve/api"
)

// An exchange is a request, and what became of it.
type exchange struct {
	http.ResponseWriter

	status int
	bytes  int64
	route  string
	hit    bool
}

// WriteHeader implements [http.ResponseWriter].
func (x *exchange) WriteHeader(status int) {
	if x.status == 0 {
		x.status = status
	}
	x.ResponseWriter.WriteHeader(status)
}

// Write implements [http.ResponseWriter].
func (x *exchange) Write(p []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	n, err := x.ResponseWriter.Write(p)
	x.bytes += int64(n)
	return n, err
}

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x, began, id := &exchange{ResponseWriter: w, route: "none"}, s.Now(), s.ids.of(r)
	h := w.Header()
	harden(h)
	h["X-Request-Id"] = []string{id}
	if err := s.guarded(x, r, id); err != nil {
		s.Log.Error("a request failed", "id", id, "target", brief(r.RequestURI), "error", err, "stack", errkind.Stack(err))
		if x.status == 0 {
			api.Refuse(x, err)
		}
	}
	s.ended(x, r, began, id)
}

// refused tells the client why it is not answered.
func (s *Server) refused(x *exchange, why *refusal) {
	h := x.Header()
	h.Set("Cache-Control", "no-store")
	switch {
	case why == refusedMethod:
		h.Set("Allow", "GET, HEAD, OPTIONS")
	case why == refusedBody:
		h.Set("Connection", "close")
	case why.retry:
		h.Set("Retry-After", "1")
	}
	s.counts.refused.WithLabelValues(why.reason).Inc()
	api.Write(x, why.status, "", why.detail)
}

// ended counts a request that has ended, and notes it in the log of accesses.
func (s *Server) ended(x *exchange, r *http.Request, began time.Time, id string) {
	s.busy.Add(-1)
	took := s.Now().Sub(began)
	s.counts.ended(x, took)
	if s.Access != nil {
		s.Access.LogAttrs(context.Background(), slog.LevelInfo, "request", slog.String("id", id), slog.String("client", r.RemoteAddr), slog.String("method", brief(r.Method)),
			slog.String("target", brief(r.RequestURI)), slog.Int("status", x.status), slog.Int64("bytes", x.bytes), slog.Duration("took", took), slog.Bool("remembered", x.hit))
	}
}

// guarded answers a request. A panic is an error as any other.
func (s *Server) guarded(x *exchange, r *http.Request, id string) (err error) {
	defer errkind.Catch(&err)
	if s.busy.Add(1) > limit.ServeAtOnce {
		s.refused(x, refusedBusy)
		return nil
	}
	if why := s.refuse(r); why != nil {
		s.refused(x, why)
		return nil
	}
	s.serve(x, r, id)
	return nil
}

// brief is a text of the client's as a log has it.
func brief(s string) string {
	const most = 500
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// serve answers a request that is not refused.
func (s *Server) serve(x *exchange, r *http.Request, id string) {
	path := r.URL.Path
	switch {
	case r.Method == http.MethodOptions:
		x.Header().Set("Allow", "GET, HEAD, OPTIONS")
		x.WriteHeader(http.StatusNoContent)
	case path == "/healthz" || path == "/metrics":
		x.route = path
		s.mux.ServeHTTP(x, r)
	default:
		s.answer(x, r, id)
	}
}

// answer answers with what is remembered, or asks and remembers it.
func (s *Server) answer(x *exchange, r *http.Request, id string) {
	f, ok := formOf(r.Header)
	if !ok {
		api.Write(x, http.StatusNotAcceptable, "", "answers are application/json or text/csv")
		return
	}
	q := question{s.stack.Edition().Fingerprint, f, r.RequestURI}
	if a := s.answers.get(q); a != nil {
		x.hit, x.route = true, a.route
		a.send(x, r)
		return
	}
	a := s.ask(r, &q, id)
	s.answers.put(q, a)
	x.route = a.route
	a.send(x, r)
}

// ask has a question answered, and finishes the answer.
func (s *Server) ask(r *http.Request, q *question, id string) *finished {
	ctx, cancel := context.WithTimeout(r.Context(), limit.ServeTime)
	defer cancel()
	turn := s.work
	if api.Large(r.URL.Path) {
		turn = s.large
	}
	t := &taken{header: http.Header{}}
	if err := turn.Acquire(ctx, 1); err != nil {
		api.Write(t, http.StatusServiceUnavailable, "", "there is too much to do; ask again later")
		return t.finish(q, "none")
	}
	defer turn.Release(1)
	if turn == s.large && s.Ample != nil {
		defer s.Ample()()
	}
	reader := s.stack.Read()
	defer reader.Done()
	q.fingerprint = reader.Edition().Fingerprint
	req := &api.Request{Reader: reader, CSV: q.form.csv, JSON: q.form.json, Target: r.URL.RequestURI()}
	asked := r.Clone(api.With(ctx, req))
	asked.Method, asked.Body = http.MethodGet, http.NoBody
	if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/openapi") || s.Pages == nil {
		s.api.ServeHTTP(t, asked)
	} else {
		s.page(t, asked, req)
	}
	if req.Fault != nil && r.Context().Err() == nil {
		s.Log.Error("a request failed", "id", id, "target", brief(r.RequestURI), "error", req.Fault)
	}
	return t.finish(q, routeOf(asked))
}

// routeOf is the pattern that a request has gone by, for the counts: there are few.
func routeOf(r *http.Request) string {
	if _, path, ok := strings.Cut(r.Pattern, " "); ok {
		return path
	}
	if r.Pattern == "" {
		return "page"
	}
	return "none"
}

// page answers with a page, of the survey that as_of names.
func (s *Server) page(t *taken, r *http.Request, req *api.Request) {
	body, kind, status, err := s.made(r, req)
	if err == nil {
		t.header.Set("Content-Type", kind)
		t.WriteHeader(status)
		_, _ = t.Write(body) // it is memory
		return
	}
	if errkind.Of(err).HTTPStatus() >= http.StatusInternalServerError {
		req.Fault = err
	}
	api.Refuse(t, err)
}

// made is a page as it is made.
func (s *Server) made(r *http.Request, req *api.Request) (body []byte, kind string, status int, err error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, "", 0, errkind.Errorf(errkind.Usage, "the query cannot be read")
	}
	asOf := query.Get("as_of")
	if _, err := fact.ParseDate(asOf); asOf != "" && err != nil {
		return nil, "", 0, errkind.Errorf(errkind.Usage, "as_of: %q is not a date", brief(asOf))
	}
	book, err := req.Reader.Book(r.Context(), fact.Date(asOf))
	if err != nil {
		return nil, "", 0, err
	}
	return s.Pages.Page(r.Context(), book.Set, r.URL.Path, query)
}

var offered = []string{"application/json", "text/csv"}

// formOf is how an answer is wanted; false where there is none in a form that the client
// takes.
func formOf(h http.Header) (form, bool) {
	f := form{json: true, gzip: takesGzip(h.Get("Accept-Encoding"))}
	accept := h.Get("Accept")
	if accept == "" || accept == "*/*" {
		return f, true
	}
	switch negotiation.SelectQValueFast(accept, offered) {
	case "text/csv":
		f.csv = true
		f.json = negotiation.SelectQValueFast(accept, offered[:1]) != ""
	case "":
		// Browsers ask for pages, and for what they can show.
		return f, strings.Contains(accept, "*/*") || strings.Contains(accept, "text/") || strings.Contains(accept, "image/") || strings.Contains(accept, "font/")
	}
	return f, true
}

// takesGzip reports whether a client takes what is packed by gzip.
func takesGzip(accept string) bool {
	for one := range strings.SplitSeq(accept, ",") {
		name, quality, _ := strings.Cut(one, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			_, q, _ := strings.Cut(quality, "=")
			v, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
			return q == "" || err == nil && v > 0
		}
	}
	return false
}

// ids are the names of requests: those that clients give, or numbers behind something
// that no other start of the program has.
type ids struct {
	start string
	n     *atomic.Uint64
}

func newIDs() ids {
	b := make([]byte, 5)
	_, _ = rand.Read(b) // it does not fail
	return ids{strings.ToLower(base32.StdEncoding.EncodeToString(b)), &atomic.Uint64{}}
}

// given matches a name of a request that a client may give.
var given = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// of is the name of a request.
func (i *ids) of(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); id != "" && given.MatchString(id) {
		return id
	}
	return i.start + "-" + strconv.FormatUint(i.n.Add(1), 10)
}
