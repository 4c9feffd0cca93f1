// Package serve answers from the data sets of a library over HTTP, for reading alone:
// the API of package api, and pages.
//
// A request goes through what refuses it (guard.go), then to the answers that are
// remembered (answer.go); what is not there is asked of the API, or of the pages, and
// remembered by the fingerprint of the surveys, so that a new survey has new answers.
package serve

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"assay/internal/dataset"
	"assay/internal/serve/api"
	"assay/internal/serve/stack"
)

// Pages are what is shown below "/", to people.
type Pages interface {
	// Page makes the page of a path from a data set: that of the survey which as_of of the
	// query names, else the newest. The same set, path and query give the same page. An
	// error has a kind of errkind, and is told as a problem.
	Page(ctx context.Context, set *dataset.Set, path string, query url.Values) (body []byte, contentType string, status int, err error)
}

// Options are how a server behaves.
type Options struct {
	Library stack.Library
	API     api.Options
	// Pages may be nil: there are none then.
	Pages Pages
	// Hosts are the names by which the server may be asked, in lower case and without port;
	// nil is any.
	Hosts []string
	// Rate is how many requests a client may make a second, and Burst how many at once; no
	// Rate is no limit. Clients on this machine have none.
	Rate  float64
	Burst int
	// Remembered is how many bytes of answers are remembered; 0 is none.
	Remembered int64
	// Every is how often the library is looked at again.
	Every time.Duration
	// Drain is how long requests may take to end when the server is to end.
	Drain time.Duration
	// Log is told of what happens, Access of every request; Access may be nil.
	Log, Access *slog.Logger
	// Ample is called before a question that takes much memory, and what it gives after it;
	// nil is nothing.
	Ample func() (done func())
	// Wrap is put around all that is served; nil is nothing.
	Wrap func(http.Handler) http.Handler
	// Now is the clock.
	Now func() time.Time
}

// atWork is how many requests a processor works on.
const atWork = 4

// A Server serves. Use New.
type Server struct {
	Options

	stack   *stack.Stack
	api     *api.API
	answers *answers
	clients *clients
	counts  *counts
	mux     *http.ServeMux // what is not remembered
	ids     ids
	busy    atomic.Int64
	// What is not remembered is worked on by some at a time, and what is large by one: each
	// takes memory, and connections of the database.
	work, large *semaphore.Weighted
}

// New makes a server, and opens the newest data set.
func New(ctx context.Context, o Options) (*Server, error) {
	st, err := stack.New(ctx, o.Library)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Options: o, stack: st, api: api.New(o.API), answers: newAnswers(o.Remembered), clients: newClients(o.Rate, o.Burst),
		mux: http.NewServeMux(), ids: newIDs(), work: semaphore.NewWeighted(int64(atWork * runtime.GOMAXPROCS(0))), large: semaphore.NewWeighted(1),
	}
	s.counts = newCounts(s)
	s.mux.HandleFunc("/healthz", s.health)
	s.mux.Handle("/metrics", s.counts.handler())
	return s, nil
}

// Close closes the data sets. Nothing is served any more.
func (s *Server) Close() error { return s.stack.Close() }

// Refresh looks whether there is a new survey. Where that fails, what was served is served
// on.
func (s *Server) Refresh(ctx context.Context) error {
	changed, err := s.stack.Refresh(ctx)
	s.counts.looked(err)
	if changed {
		s.answers.forget()
		s.Log.Info("serving another survey", "as_of", string(s.stack.Edition().Newest().AsOf))
	}
	return err
}

// Handler is what serves.
func (s *Server) Handler() http.Handler {
	if s.Wrap != nil {
		return s.Wrap(s)
	}
	return s
}

// health says that the server answers, and from what.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ok, serving the survey as of " + string(s.stack.Edition().Newest().AsOf) + "\n")) // the client may have gone
}
