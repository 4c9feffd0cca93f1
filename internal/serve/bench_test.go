package serve_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A sinkhole takes an answer and keeps nothing.
type sinkhole struct{ h http.Header }

func (s *sinkhole) Header() http.Header          { return s.h }
func (*sinkhole) Write(p []byte) (int, error)    { return len(p), nil }
func (*sinkhole) WriteHeader(int)                {}
func (s *sinkhole) emptied() http.ResponseWriter { clear(s.h); return s }

// BenchmarkAnswer is what an answer costs, without the connection: one that is remembered,
// and such as are not.
func BenchmarkAnswer(b *testing.B) {
	for name, x := range map[string]struct {
		path       string
		remembered int64
	}{
		"remembered": {"/api/v1/projects/ferrobase", 1 << 20},
		"project":    {"/api/v1/projects/ferrobase", 0},
		"list":       {"/api/v1/projects?all=true", 0},
		"table":      {"/api/v1/tables/repository", 0},
	} {
		b.Run(name, func(b *testing.B) {
			o := options(invented(b))
			o.Remembered = x.remembered
			s := newServer(b, o)
			r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, x.path, nil)
			r.Host = "localhost"
			w := &sinkhole{http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				s.Handler().ServeHTTP(w.emptied(), r)
			}
		})
	}
}
