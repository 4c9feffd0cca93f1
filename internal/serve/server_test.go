package serve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"assay/internal/dataset"
	"assay/internal/dataset/sqlite"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
	"assay/internal/limit"
	"assay/internal/serve"
	"assay/internal/serve/api"
	"assay/internal/serve/stack"
	"assay/internal/store"
)

// A library has the data sets in files.
type library struct {
	mu    sync.Mutex
	items []stack.Item
	files map[string]string // by key
}

// made makes the data set of facts.
func made(t testing.TB, facts finding.Facts) string {
	t.Helper()
	l, err := profile.Of(facts, finding.Options{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "set.db")
	err = sqlite.Write(t.Context(), path, dataset.Tables(), func(s dataset.Sink) error { return dataset.Write(s, l) })
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// put adds a data set as the newest, or in the place of one of the day.
func (l *library) put(key, path string) {
	day := findingtest.AsOf
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.files == nil {
		l.files = map[string]string{}
	}
	l.files[key] = path
	item := stack.Item{Header: store.Header{AsOf: day, Source: "github.com/inventa/landscape:landscape.yml"}, Key: key}
	for i := range l.items {
		if l.items[i].AsOf == day {
			l.items = append([]stack.Item{}, l.items...)
			l.items[i] = item
			return
		}
	}
	l.items = append(l.items, item)
}

func (l *library) Look(context.Context) ([]stack.Item, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.items, nil
}

func (l *library) Open(ctx context.Context, i *stack.Item) (*dataset.Set, func() error, error) {
	l.mu.Lock()
	path := l.files[i.Key]
	l.mu.Unlock()
	f, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	return dataset.Open(f), f.Close, nil
}

// invented is a library of the invented survey.
func invented(t testing.TB) *library {
	t.Helper()
	l := &library{}
	l.put("invented", made(t, findingtest.Facts()))
	return l
}

// options are those of a server for tests.
func options(l stack.Library) serve.Options {
	return serve.Options{
		Library: l, API: api.Options{Language: "rust", Names: map[string][]string{"ferrobase": {"the iron one"}}}, Remembered: 1 << 20,
		Every: time.Hour, Drain: time.Minute, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	}
}

func newServer(t testing.TB, o serve.Options) *serve.Server {
	t.Helper()
	s, err := serve.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// A reply is an answer that has come.
type reply struct {
	StatusCode int
	Header     http.Header
	body       string
}

// asked is the answer to a request, with headers as name and value in turn.
func asked(s *serve.Server, method, target string, headers ...string) *reply {
	r := &http.Request{
		Method: method, Host: "localhost", RequestURI: target, RemoteAddr: "192.0.2.7:4711", Header: http.Header{}, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	u, err := url.ParseRequestURI(target)
	if err != nil {
		panic(err)
	}
	r.URL = u
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r.WithContext(context.Background()))
	return &reply{w.Code, w.Header(), w.Body.String()}
}

// got is the body of an answer that has to be one.
func got(t testing.TB, s *serve.Server, target string) string {
	t.Helper()
	r := asked(s, http.MethodGet, target)
	body := r.body
	if r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", target, r.StatusCode, body)
	}
	return body
}

func decoded[T any](t testing.TB, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return v
}

// A page is a page of a list.
type page struct {
	AsOf string           `json:"as_of"`
	Next string           `json:"next"`
	Rows []map[string]any `json:"rows"`
}

// paths are one of each kind.
var paths = []string{
	"/api/v1/survey", "/api/v1/surveys", "/api/v1/projects", "/api/v1/projects?all=true&columns=project,share&sort=name&reverse=true", "/api/v1/projects/ferrobase",
	"/api/v1/projects/ferrobase?language=go", "/api/v1/projects/ferrobase/history", "/api/v1/projects/ferrobase/repositories",
	"/api/v1/languages", "/api/v1/languages/rust", "/api/v1/compare?project=ferrobase&project=meshwork", "/api/v1/compare?language=rust&language=go",
	"/api/v1/changes?since=2025-06-30", "/api/v1/dictionary", "/api/v1/dictionary/usage", "/api/v1/tables/usage?language=Rust", "/openapi.json", "/openapi-3.0.json",
}

// Every path answers, and an answer that was remembered is the same.
func TestEveryPath(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	for _, p := range paths {
		first, again := got(t, s, p), got(t, s, p)
		if !json.Valid([]byte(first)) || first != again || strings.ContainsAny(first, "\x1b\u202e") {
			t.Errorf("%s: %.200s", p, first)
		}
	}
}

// An answer has a name, and who has it is not sent it again; another form has another.
func TestNames(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	const path = "/api/v1/projects?all=true"
	names := map[string]string{}
	for _, headers := range [][]string{{}, {"Accept", "text/csv"}, {"Accept-Encoding", "gzip"}, {"Accept", "text/csv", "Accept-Encoding", "gzip"}} {
		for range 2 { // the second is remembered
			r := asked(s, http.MethodGet, path, headers...)
			etag := r.Header.Get("Etag")
			if r.StatusCode != http.StatusOK || !strings.HasPrefix(etag, `"`) || r.Header.Get("Cache-Control") != "public, max-age=30" || r.Header.Get("Vary") != "Accept, Accept-Encoding" {
				t.Errorf("%q: %d %v", headers, r.StatusCode, r.Header)
			}
			names[etag] = r.body
			for value, want := range map[string]int{etag: 304, "W/" + etag: 304, `"x", ` + etag: 304, "*": 304, `"x"`: 200, "": 200} {
				r := asked(s, http.MethodGet, path, append(headers, "If-None-Match", value)...)
				body := r.body
				if r.StatusCode != want || want == 304 && body != "" || r.Header.Get("Etag") != etag {
					t.Errorf("%q with %s: %d, %d bytes", headers, value, r.StatusCode, len(body))
				}
			}
		}
	}
	if len(names) != 4 {
		t.Errorf("%d names for four forms", len(names))
	}
}

// HEAD has the headers of GET, and no body.
func TestHead(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	for _, p := range paths {
		head, get := asked(s, http.MethodHead, p), asked(s, http.MethodGet, p)
		body := get.body
		if head.body != "" || head.StatusCode != http.StatusOK || head.Header.Get("Content-Length") != fmt.Sprint(len(body)) || head.Header.Get("Etag") != get.Header.Get("Etag") {
			t.Errorf("%s: %d %v", p, head.StatusCode, head.Header)
		}
	}
}

// Every answer has the headers that keep a browser out of harm, also one that is an error.
func TestHeaders(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	for _, target := range []string{"/api/v1/survey", "/api/v1/nope", "/healthz", "/metrics", "/", "/api/v1/projects?limit=x"} {
		h := asked(s, http.MethodGet, target).Header
		csp := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none';") || strings.Contains(csp, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" ||
			h.Get("Permissions-Policy") == "" || h.Get("Cross-Origin-Opener-Policy") != "same-origin" || h.Get("X-Request-Id") == "" || h.Get("Server") != "" {
			t.Errorf("%s: %v", target, h)
		}
	}
}

// The pages of a list are all of its rows, each once, and each leads to the next.
func TestPages(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	for _, path := range []string{"/api/v1/tables/usage?scope=organisation", "/api/v1/projects?all=true", "/api/v1/languages?as_of=2025-06-30", "/api/v1/projects/ferrobase/history?language=rust"} {
		all := decoded[page](t, got(t, s, path+"&limit=1000")).Rows
		var rows []map[string]any
		for next := path + "&limit=2"; next != ""; {
			r := asked(s, http.MethodGet, next)
			p := decoded[page](t, r.body)
			if link := r.Header.Get("Link"); (link == "") != (p.Next == "") || p.Next != "" && link != "<"+p.Next+`>; rel="next"` {
				t.Fatalf("%s: %q and %q", next, link, p.Next)
			}
			rows, next = append(rows, p.Rows...), p.Next
		}
		if a, b := fmt.Sprint(all), fmt.Sprint(rows); a != b || len(all) < 3 {
			t.Errorf("%s: %d rows at once, %d in pages", path, len(all), len(rows))
		}
	}
}

// A formula is no formula in CSV, and a line ends as RFC 4180 has it.
func TestCSV(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	facts.Survey.Landscape.Projects[0].Name = "=cmd|' /C calc'!A0"
	l := &library{}
	l.put("formula", made(t, facts))
	s := newServer(t, options(l))
	for _, p := range []string{"/api/v1/projects?all=true&columns=project", "/api/v1/tables/project"} {
		r := asked(s, http.MethodGet, p, "Accept", "text/csv")
		body := r.body
		if !strings.Contains(body, "'=cmd") || strings.Contains(body, ",=cmd") || !strings.HasSuffix(body, "\r\n") || r.Header.Get("Content-Type") != "text/csv; charset=utf-8; header=present" {
			t.Errorf("%s: %v\n%s", p, r.Header, body)
		}
	}
	for accept, want := range map[string]int{"text/csv": 406, "text/csv, application/json;q=0.5": 200, "application/xml": 406, "*/*": 200, "application/json": 200} {
		if r := asked(s, http.MethodGet, "/api/v1/survey", "Accept", accept); r.StatusCode != want {
			t.Errorf("the survey as %s: %d, want %d", accept, r.StatusCode, want)
		}
	}
}

// A word means what it means to the commands, and what is not understood is told with what
// was perhaps meant.
func TestWords(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	for _, word := range []string{"ferrobase", "Ferrobase", "FERRO%20BASE", "the%20iron%20one"} {
		p := decoded[struct {
			Project struct{ ID string } `json:"project"`
		}](t, got(t, s, "/api/v1/projects/"+word))
		if p.Project.ID != "ferrobase" {
			t.Errorf("%s is %q", word, p.Project.ID)
		}
	}
	for target, want := range map[string]string{
		"/api/v1/projects/ferobase":                 `404 there is no project "ferobase" in the landscape: did you mean ferrobase?`,
		"/api/v1/projects/ferrobase?language=rsut":  `400 "rsut" is no language that linguist knows: did you mean`,
		"/api/v1/projects?maturity=gradated":        `400 maturity: there is no level "gradated": did you mean`,
		"/api/v1/projects?columns=shar":             `400 columns: there is no column "shar": did you mean share`,
		"/api/v1/projects?sort=weather":             `400 cannot sort by "weather"`,
		"/api/v1/tables/usag":                       `404 there is no table "usag": did you mean usage?`,
		"/api/v1/tables/answer":                     `404 there is no table "answer"`,
		"/api/v1/survey?as_of=2024-01-01":           `404 there is no survey as of 2024-01-01: there are surveys of 2025-06-30`,
		"/api/v1/compare?project=ferrobase":         `400 there are two things to compare`,
		"/api/v1/repositories/github.com/no/such":   `404 "github.com/no/such" is a repository of no project`,
		"/api/v1/nothing":                           `404 there is nothing at "/api/v1/nothing"`,
		"/api/v1/projects?limit=1001":               `422 validation failed`,
		"/api/v1/projects?limit=1&limit=2":          `422 a parameter is given twice`,
		"/api/v1/projects?langauge=rust":            `422 validation failed`,
		"/api/v1/tables/usage?langauge=rust":        `422 validation failed`,
		"/api/v1/tables/usage?bytes=many":           `422 validation failed`,
		"/api/v1/changes":                           `422 validation failed`,
		"/api/v1/changes?since=2025-06-31":          `404 there is no survey as of 2025-06-31`,
		"/api/v1/changes?since=2025-06-30&as_of=x":  `422 validation failed`,
		"/api/v1/tables/usage?offset=1000000000000": `422 validation failed`,
	} {
		r := asked(s, http.MethodGet, target)
		p := decoded[struct {
			Status int
			Detail string
		}](t, r.body)
		if said := fmt.Sprint(r.StatusCode, " ", p.Detail); !strings.HasPrefix(said, want) || p.Status != r.StatusCode || r.Header.Get("Content-Type") != "application/problem+json" ||
			r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("Etag") != "" {
			t.Errorf("%s: %s, want %s; %v", target, said, want, r.Header)
		}
	}
}

// What the document says of a field is what the dictionary says.
func TestDocument(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	doc := decoded[struct {
		OpenAPI    string `json:"openapi"`
		Paths      map[string]any
		Components struct {
			Schemas map[string]struct {
				Description string
				Properties  map[string]struct{ Description string }
			}
		}
	}](t, got(t, s, "/openapi.json"))
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || len(doc.Paths) < 14 {
		t.Errorf("version %s with %d paths", doc.OpenAPI, len(doc.Paths))
	}
	for _, table := range dataset.Dictionary() {
		name := strings.ReplaceAll(strings.Title(strings.ReplaceAll(table.Name, "_", " ")), " ", "") + "Row" //nolint:staticcheck // names of ours
		schema := doc.Components.Schemas[name]
		if schema.Description != table.Meaning || len(schema.Properties) != len(table.Columns) {
			t.Errorf("%s: %q with %d fields", name, schema.Description, len(schema.Properties))
		}
		for _, c := range table.Columns {
			if schema.Properties[c.Name].Description != c.Meaning {
				t.Errorf("%s.%s: %q", name, c.Name, schema.Properties[c.Name].Description)
			}
		}
	}
	if text := got(t, s, "/openapi.json"); !strings.Contains(text, fmt.Sprintf(`"maximum":%d,"minimum":1`, limit.ServeRows)) {
		t.Error("the document has another limit of rows")
	}
	for name, field := range doc.Components.Schemas["ListRow"].Properties {
		if field.Description == "" {
			t.Errorf("nothing is said of the column %s", name)
		}
	}
}

// A log has a line for each request, and no character of a client's that steers a terminal.
func TestAccessLog(t *testing.T) {
	t.Parallel()
	for _, asJSON := range []bool{true, false} {
		var b bytes.Buffer
		log := serve.NewLog(&b)
		o := options(invented(t))
		o.Access = slog.New(serve.Accesses(log.Handler(asJSON)))
		s := newServer(t, o)
		asked(s, http.MethodGet, "/api/v1/survey", "X-Request-Id", "mine-1")
		asked(s, http.MethodGet, "/api/v1/projects/%1b%5b31m?x=\u202e", "X-Request-Id", "not mine \x1b")
		if b.Len() > 0 {
			t.Error("lines are written one by one")
		}
		log.Flush()
		lines := strings.Split(strings.TrimSpace(b.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[0], "mine-1") || !strings.Contains(lines[0], "200") || strings.Contains(lines[1], "not mine") || strings.ContainsAny(b.String(), "\x1b") {
			t.Errorf("%q", lines)
		}
	}
}

// What Prometheus reads has counts by route, of which there are few.
func TestMetrics(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	for i := range 50 {
		asked(s, http.MethodGet, fmt.Sprintf("/api/v1/projects/none-%d", i))
		asked(s, http.MethodGet, fmt.Sprintf("/none-%d", i))
	}
	got(t, s, "/api/v1/survey")
	got(t, s, "/api/v1/survey")
	asked(s, http.MethodPost, "/api/v1/survey")
	text := got(t, s, "/metrics")
	for _, want := range []string{
		`assay_http_requests_total{code="404",route="/api/v1/projects/{id}"} 50`, `assay_http_requests_total{code="200",route="/api/v1/survey"} 2`,
		`assay_answers_total{remembered="true"} 1`, `assay_http_refused_total{reason="method"} 1`, `assay_survey_info{as_of="2025-06-30"`, "assay_data_sets_open 1", "go_goroutines",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
	if n := strings.Count(text, "\nassay_http_requests_total"); n > 8 {
		t.Errorf("%d counts of requests", n)
	}
	if body := got(t, s, "/healthz"); body != "ok, serving the survey as of 2025-06-30\n" {
		t.Errorf("healthz: %q", body)
	}
}

// An answer about a project has the rows that the tables have of it.
func TestProjectIsItsRows(t *testing.T) {
	t.Parallel()
	s := newServer(t, options(invented(t)))
	for _, id := range []string{"ferrobase", "meshwork", "nowhere"} {
		parts := decoded[map[string]json.RawMessage](t, got(t, s, "/api/v1/projects/"+id))
		for name, part := range parts {
			if name == "as_of" || name == "project" || name == "evidence" || name == "missing" {
				continue
			}
			rows := decoded[[]map[string]any](t, string(part))
			query := "?limit=1000&project=" + id
			if len(rows) > 0 && rows[0]["language"] != nil {
				query += "&language=" + url.QueryEscape(fmt.Sprint(rows[0]["language"]))
			}
			want := decoded[page](t, got(t, s, "/api/v1/tables/"+name+query)).Rows
			if len(want) > 0 && want[0]["language"] != nil && len(rows) == 0 {
				continue // of other languages alone
			}
			if fmt.Sprint(rows) != fmt.Sprint(want) {
				t.Errorf("%s of %s:\n%v\nwant\n%v", name, id, rows, want)
			}
		}
		evidence := decoded[[]map[string]any](t, string(parts["evidence"]))
		if p := decoded[map[string]any](t, string(parts["project"])); p["id"] != id || len(evidence) == 0 || !slices.ContainsFunc(evidence, func(e map[string]any) bool { return e["id"] == p["evidence"] }) {
			t.Errorf("%s: the evidence of the project is not there", id)
		}
	}
}
