package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"assay/internal/dataset"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/serve"
	"assay/internal/serve/api"
	"assay/internal/serve/stack"
	"assay/internal/serve/telemetry"
	"assay/internal/site"
	"assay/internal/store"
)

const serveLong = `Serve answers over HTTP: the pages that 'assay site' writes, and below /api/v1, as JSON or
CSV, what 'assay list', 'show', 'compare', 'diff' and 'surveys' print. /openapi.json
describes it, /healthz says that it lives, and /metrics counts. Nothing can be changed
through it.

It listens on this machine alone, unless --listen names another address: whoever reaches
that can read everything. A survey that is made meanwhile is served from then on. A
signal (SIGTERM, SIGINT) has requests end, and then the command.

Where there is no store, the surveys are served that the program carries.`

const serveExample = `  assay serve
  assay serve --listen 127.0.0.1:0 --log json
  curl -s http://127.0.0.1:8080/api/v1/projects?maturity=graduated
  curl -s -H 'Accept: text/csv' http://127.0.0.1:8080/api/v1/tables/usage?language=Rust`

type serveOptions struct {
	listen   string
	hosts    []string
	rate     float64
	burst    int
	cache    int
	every    time.Duration
	drain    time.Duration
	log      string
	accesses bool
}

func newServe(a *app) *cobra.Command {
	var opts serveOptions
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Answer over HTTP",
		Long:    serveLong,
		Example: serveExample,
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), opts) },
	}
	f := cmd.Flags()
	a.questionFlags(cmd)
	f.StringVar(&opts.listen, "listen", "127.0.0.1:8080", "`address` to listen on; port 0 is any that is free")
	f.StringSliceVar(&opts.hosts, "host", nil, "answer also under this `name`, as a proxy passes it on; may be repeated")
	f.Float64Var(&opts.rate, "rate", 50, "answer each client this `number` of requests a second; 0 is no limit, and this machine has none")
	f.IntVar(&opts.burst, "burst", 200, "answer each client this `number` of requests at once")
	f.IntVar(&opts.cache, "cache", 32, "remember this many `MiB` of answers; 0 is none")
	f.DurationVar(&opts.every, "every", 5*time.Second, "look for a new survey each `time`")
	f.DurationVar(&opts.drain, "drain", 10*time.Second, "let requests end for this `time` after a signal")
	f.StringVar(&opts.log, "log", "text", "`format` of the log: text or json")
	f.BoolVar(&opts.accesses, "access-log", true, "log each request")
	complete(cmd, "log", "text", formatJSON)
	return cmd
}

// check refuses options that make no sense.
func (o *serveOptions) check() error {
	if _, err := checkFormat(o.log, false, "text", formatJSON); err != nil {
		return err
	}
	for _, x := range []struct {
		flag  string
		value any
		wrong bool
		mend  string
	}{
		{"rate", o.rate, !(o.rate >= 0), "name a number of requests a second, or 0 for no limit"},
		{"burst", o.burst, o.burst < 1, "name a number above 0"},
		{"cache", o.cache, o.cache < 0 || o.cache > mostCached, fmt.Sprintf("name a number of MiB up to %d", mostCached)},
		{"every", o.every, o.every < time.Second, "name a second or more: 5s"},
		{"drain", o.drain, o.drain < 0 || o.drain > limit.ServeDrain, fmt.Sprintf("name a time up to %s", limit.ServeDrain)},
	} {
		if x.wrong {
			return errkind.WithHint(errkind.Errorf(errkind.Usage, "%s: %v makes no sense", x.flag, x.value), "%s", x.mend)
		}
	}
	return nil
}

// mostCached is how many MiB of answers may be remembered.
const mostCached = 4 << 10

// serve serves until ctx ends.
func (a *app) serve(ctx context.Context, opts serveOptions) (err error) {
	if err := opts.check(); err != nil {
		return err
	}
	if _, err := a.question(); err != nil {
		return err
	}
	told, err := telemetry.Start(ctx, a.Getenv, versionInfo().Version)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.stopTelemetry(ctx, told, opts.drain)) }()
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", opts.listen)
	if err != nil {
		return errkind.WithHint(errkind.Errorf(errkind.Machine, "listen: %w", err), "name another address with --listen, e.g. 127.0.0.1:0 for a port that is free")
	}
	defer func() { _ = l.Close() }() // the server has closed it, or there is none
	log := serve.NewLog(a.Stderr)
	defer log.Flush()
	s, err := serve.New(ctx, a.serving(&opts, log, told, l.Addr()))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.Ample = boundMemory(int64(opts.cache) << 20)
	a.sayServing(l.Addr())
	go log.Keep(ctx)
	return s.Serve(ctx, l)
}

// stopTelemetry sends what is left. Where that fails the command has done its work.
func (a *app) stopTelemetry(ctx context.Context, t *telemetry.Telemetry, within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer cancel()
	if err := t.Stop(ctx); err != nil {
		a.warn("telemetry was not sent: "+err.Error(), "see that the collector can be reached")
	}
	return nil
}

// serving are the options of the server.
func (a *app) serving(o *serveOptions, log *serve.Log, t *telemetry.Telemetry, at net.Addr) serve.Options {
	handler := log.Handler(o.log == formatJSON)
	s := serve.Options{
		Library: &served{a}, Pages: site.NewPages(site.Options{Language: a.settings.Language, Limited: true, Served: true}),
		API:   api.Options{Language: a.settings.Language, Names: a.settings.aliases(), Version: versionInfo().Version},
		Hosts: hostsOf(at, o.hosts), Rate: o.rate, Burst: o.burst, Remembered: int64(o.cache) << 20,
		Every: o.every, Drain: o.drain, Log: slog.New(handler), Wrap: t.Wrap, Now: a.Now,
	}
	if o.accesses {
		s.Access = slog.New(serve.Accesses(handler))
	}
	return s
}

// hostsOf are the names under which the server answers: on this machine alone its own, and
// those that the user adds; elsewhere those that the user says, or any.
func hostsOf(at net.Addr, more []string) []string {
	var names []string
	for _, name := range more {
		names = append(names, strings.ToLower(strings.TrimSpace(name)))
	}
	if onlyHere(at) || len(names) > 0 {
		names = append(names, serve.Loopback()...)
	}
	return names
}

// onlyHere reports whether an address is on this machine alone.
func onlyHere(at net.Addr) bool {
	addr, err := netip.ParseAddrPort(at.String())
	return err == nil && addr.Addr().Unmap().IsLoopback()
}

// sayServing says where the server is, and who can reach it.
func (a *app) sayServing(at net.Addr) {
	fmt.Fprintf(a.Stdout, "http://%s/\n", at)
	if !onlyHere(at) {
		a.warn("this is no address of this machine alone: whoever reaches it can read all that is served", "--listen 127.0.0.1:8080 is one")
	}
	fmt.Fprintln(a.Stderr, a.fill("pages for a browser; the API is below /api/v1, and /openapi.json describes it; a signal (Ctrl+C) ends the server"))
}

// A served is the data sets of the settings, for the server.
type served struct{ app *app }

// asked is the question as it is put to every survey.
func (s *served) asked() (question, error) {
	q, err := s.app.question()
	q.Limited = true
	return q, err
}

// Look implements [stack.Library].
func (s *served) Look(ctx context.Context) (items []stack.Item, err error) {
	q, err := s.asked()
	if err != nil {
		return nil, err
	}
	l, err := s.app.library(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstError(err, l.Close()) }()
	headers, err := l.Surveys(ctx)
	if err != nil {
		return nil, err
	}
	last := s.app.settings.AsOf
	for i := range headers {
		h := &headers[i]
		if last != "" && string(h.AsOf) > last {
			continue
		}
		key, meant, err := l.key(ctx, q, store.Selector{AsOf: h.AsOf})
		if err != nil {
			return nil, err
		}
		if meant == h.Source { // of several of a day, the one that commands answer from
			items = append(items, stack.Item{Header: *h, Key: key})
		}
	}
	if n := len(items); last != "" && (n == 0 || string(items[n-1].AsOf) != last) {
		return nil, s.app.noSurvey(ctx, l, store.NoSurvey(store.Selector{AsOf: fact.Date(last)}))
	}
	return items, nil
}

// Open implements [stack.Library].
func (s *served) Open(ctx context.Context, item *stack.Item) (set *dataset.Set, closer func() error, err error) {
	q, err := s.asked()
	if err != nil {
		return nil, nil, err
	}
	l, err := s.app.library(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = firstError(err, l.Close()) }()
	sel := store.Selector{AsOf: item.AsOf, Landscape: item.Source}
	if err := s.same(ctx, l, q, item); err != nil {
		return nil, nil, err
	}
	x, err := l.answerer(ctx, q, sel)
	if err != nil {
		return nil, nil, err
	}
	if err := s.same(ctx, l, q, item); err != nil { // it was made while another took its place
		return nil, nil, errors.Join(err, x.Close())
	}
	return x.Set, x.Close, nil
}

// same refuses an item that another has taken the place of.
func (s *served) same(ctx context.Context, l library, q question, item *stack.Item) error {
	key, _, err := l.key(ctx, q, store.Selector{AsOf: item.AsOf, Landscape: item.Source})
	if err != nil {
		return err
	}
	if key != item.Key {
		return errkind.WithHint(errkind.Errorf(errkind.NotFound, "the survey as of %s is being replaced", item.AsOf), "ask again in some seconds")
	}
	return nil
}
