// Package api is the answers of a data set over HTTP, below /api/v1, and the OpenAPI
// document that describes them.
//
// Rows are those of the tables of the dictionary, in the form of JSON lines, and the
// meaning of each field in the document is that of the dictionary. Lists and comparisons
// have the columns of 'assay list'. What is CSV is written as 'assay export' writes it.
package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/sanitize"
	"assay/internal/serve/stack"
)

// Options are how questions are understood.
type Options struct {
	// Language is asked about where none is named.
	Language string
	// Names are those that the user gives projects besides their own, by identifier.
	Names map[string][]string
	// Version of the program, for the document.
	Version string
}

// Prefix is that of all paths.
const Prefix = "/api/v1"

// An API answers requests. Use New.
type API struct {
	Options

	huma huma.API
	mux  *http.ServeMux
}

// New makes the API.
func New(o Options) *API {
	a := &API{Options: o, mux: http.NewServeMux()}
	config := huma.DefaultConfig("Assay", o.Version)
	config.Info.Description = "The findings of a survey of a software landscape. Figures are what was read; what they may be is in the fields _lower and _upper."
	config.Info.License = nil
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil
	config.Formats = map[string]huma.Format{"application/json": format, "json": format}
	a.huma = humago.New(a.mux, config)
	a.describe()
	a.register()
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		Refuse(w, errkind.WithHint(errkind.Errorf(errkind.NotFound, "there is nothing at %q", short(r.URL.Path)), "/openapi.json lists what there is"))
	})
	return a
}

// short is a text as an error quotes it.
func short(s string) string {
	const most = 100
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// ServeHTTP implements [http.Handler]. The context of the request has been given what
// [With] takes.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

// Large reports whether what is at a path is made from all that is in a data set, so that
// it takes some tenths of a second, and memory.
func Large(path string) bool { return path == Prefix+"/changes" || path == Prefix+"/languages" }

// OpenAPI is the document that describes the API.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// format is JSON in which no character steers a terminal.
var format = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		text, err := encode(v)
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	},
	Unmarshal: json.Unmarshal,
}

// encode is a value as JSON.
func encode(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, errkind.Errorf(errkind.Internal, "writing JSON: %w", err)
	}
	return []byte(sanitize.JSON(string(text))), nil
}

// A Request is what answering needs besides what was asked.
type Request struct {
	// Reader has the data sets.
	Reader *stack.Reader
	// CSV: tables are wanted as CSV. JSON: all else may be JSON.
	CSV, JSON bool
	// Target is the path and the query that were asked for.
	Target string
	// Fault is set to the error behind an answer that says little of it.
	Fault error
}

type requestKey struct{}

// With adds to a context what answering needs.
func With(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

func requestOf(ctx context.Context) *Request { return ctx.Value(requestKey{}).(*Request) }

// Asked is what every question about a survey may name.
type Asked struct {
	AsOf string `doc:"Date of the survey; the newest where none is named." example:"2025-12-10" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" query:"as_of"`
}

// book is the data set that is asked.
func (q *Asked) book(ctx context.Context) (*stack.Book, error) {
	return requestOf(ctx).Reader.Book(ctx, fact.Date(q.AsOf))
}

// InLanguage is a question about a language.
type InLanguage struct {
	Language string `doc:"Language, by linguist's name or an alias; that of the server's settings where none is named." example:"rust" maxLength:"100" query:"language"`
}

// language is the language that is meant.
func (a *API) language(name string) (string, error) {
	if name == "" {
		name = a.Language
	}
	return ask.Language(name)
}

// An answer is what was asked for.
type answer struct {
	ContentType string `header:"Content-Type"`
	Link        string `header:"Link"`
	Body        []byte
}

const (
	typeJSON = "application/json"
	typeCSV  = "text/csv; charset=utf-8; header=present"
)

// answered is a value as an answer.
func answered(v any) (*answer, error) {
	text, err := encode(v)
	return &answer{ContentType: typeJSON, Body: text}, err
}

// An operation is a path at which something is answered.
type operation struct {
	id, path, summary, more string
	// rows is the schema of a row, where it is a list; else body is that of the answer.
	rows, body *huma.Schema
	// open: other parameters than those described may be given.
	open bool
}

// get registers what is answered at a path.
func get[I any](a *API, o operation, answer func(context.Context, *I) (*answer, error)) {
	op := huma.Operation{
		OperationID: o.id, Method: http.MethodGet, Path: Prefix + o.path, Summary: o.summary, Description: o.more,
		Responses: map[string]*huma.Response{"200": o.response()}, RejectUnknownQueryParameters: !o.open,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusNotAcceptable, http.StatusTooManyRequests, http.StatusServiceUnavailable},
	}
	if !o.open {
		op.Middlewares = huma.Middlewares{a.once}
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*answerOf, error) {
		req := requestOf(ctx)
		if o.rows == nil && !req.JSON {
			return nil, huma.NewError(http.StatusNotAcceptable, "this is told as "+typeJSON+" alone")
		}
		out, err := answer(ctx, in)
		if err != nil {
			p := problem(ctx, err)
			if p.Status >= http.StatusInternalServerError {
				req.Fault = err
			}
			return nil, p
		}
		return (*answerOf)(out), nil
	})
}

// once refuses a parameter that is given twice and has one value: which is meant?
func (a *API) once(ctx huma.Context, next func(huma.Context)) {
	u := ctx.URL()
	if strings.Count(u.RawQuery, "&") == 0 {
		next(ctx)
		return
	}
	q := u.Query()
	for _, p := range ctx.Operation().Parameters {
		if p.In == "query" && p.Schema.Type != huma.TypeArray && len(q[p.Name]) > 1 {
			_ = huma.WriteErr(a.huma, ctx, http.StatusUnprocessableEntity, "a parameter is given twice", // the client may have gone
				&huma.ErrorDetail{Location: "query." + p.Name, Message: "it has one value"})
			return
		}
	}
	next(ctx)
}

// answerOf is an answer as the library of the API takes it.
type answerOf answer

// problem is an error as its reader is told. What the machine is at fault for says little.
func problem(ctx context.Context, err error) *huma.ErrorModel {
	kind := errkind.Of(err)
	p := &huma.ErrorModel{Type: "urn:assay:error:" + string(kind), Status: kind.HTTPStatus(), Detail: err.Error()}
	switch {
	case ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded):
		p.Type, p.Status, p.Detail = "", http.StatusServiceUnavailable, "it took too long; ask again later"
	case p.Status >= http.StatusInternalServerError:
		p.Detail = "the data set cannot be read; the log of the server says more"
	default:
		if hint := errkind.Hint(err); hint != "" {
			p.Detail += ": " + hint
		}
	}
	p.Title = http.StatusText(p.Status)
	return p
}

// Refuse writes an error as a problem.
func Refuse(w http.ResponseWriter, err error) {
	p := problem(context.Background(), err)
	Write(w, p.Status, p.Type, p.Detail)
}

// Write writes a problem.
func Write(w http.ResponseWriter, status int, kind, detail string) {
	p := huma.ErrorModel{Type: kind, Status: status, Title: http.StatusText(status), Detail: detail}
	text, err := encode(&p)
	if err != nil {
		text = []byte("{}")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the client may have gone
}
