package serve

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// counts are what /metrics tells.
type counts struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	hits     *prometheus.CounterVec
	refused  *prometheus.CounterVec
	looks    *prometheus.CounterVec
}

func newCounts(s *Server) *counts {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "assay", Name: name, Help: help}, labels)
	}
	c := &counts{
		registry: prometheus.NewRegistry(),
		requests: counter("http_requests_total", "Requests that were answered.", "route", "code"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "assay", Name: "http_request_seconds", Help: "How long requests took.",
			Buckets: []float64{.0001, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 10},
		}, []string{"route"}),
		hits:    counter("answers_total", "Answers, by whether they were remembered.", "remembered"),
		refused: counter("http_refused_total", "Requests that were refused, by reason.", "reason"),
		looks:   counter("looks_total", "Looks for a new survey, by how they went.", "outcome"),
	}
	c.registry.MustRegister(c.requests, c.seconds, c.hits, c.refused, c.looks, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &state{s})
	return c
}

// handler serves them.
func (c *counts) handler() http.Handler {
	return promhttp.HandlerFor(c.registry, promhttp.HandlerOpts{Registry: c.registry})
}

// ended counts a request that has ended.
func (c *counts) ended(x *exchange, took time.Duration) {
	c.requests.WithLabelValues(x.route, strconv.Itoa(x.status)).Inc()
	c.seconds.WithLabelValues(x.route).Observe(took.Seconds())
	if x.route != "none" {
		c.hits.WithLabelValues(strconv.FormatBool(x.hit)).Inc()
	}
}

// looked counts a look for a new survey.
func (c *counts) looked(err error) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	c.looks.WithLabelValues(outcome).Inc()
}

// state is what is gathered when it is asked for.
type state struct{ server *Server }

var (
	busyDesc     = prometheus.NewDesc("assay_http_requests_busy", "Requests that are being answered.", nil, nil)
	openDesc     = prometheus.NewDesc("assay_data_sets_open", "Data sets that are open.", nil, nil)
	answersDesc  = prometheus.NewDesc("assay_answers_remembered", "Answers that are remembered.", nil, nil)
	bytesDesc    = prometheus.NewDesc("assay_answers_remembered_bytes", "Bytes that they take.", nil, nil)
	editionDesc  = prometheus.NewDesc("assay_survey_info", "The survey that is served.", []string{"as_of", "landscape"}, nil)
	surveysDesc  = prometheus.NewDesc("assay_surveys", "Surveys that can be asked about.", nil, nil)
	descriptions = []*prometheus.Desc{busyDesc, openDesc, answersDesc, bytesDesc, editionDesc, surveysDesc}
)

// Describe implements [prometheus.Collector].
func (*state) Describe(to chan<- *prometheus.Desc) {
	for _, d := range descriptions {
		to <- d
	}
}

// Collect implements [prometheus.Collector].
func (x *state) Collect(to chan<- prometheus.Metric) {
	s, e := x.server, x.server.stack.Edition()
	gauge := func(d *prometheus.Desc, v int64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(v), labels...)
	}
	n, bytes := s.answers.size()
	gauge(busyDesc, s.busy.Load())
	gauge(openDesc, int64(s.stack.Open()))
	gauge(answersDesc, n)
	gauge(bytesDesc, bytes)
	gauge(surveysDesc, int64(len(e.Items)))
	gauge(editionDesc, 1, string(e.Newest().AsOf), e.Newest().Source)
}
