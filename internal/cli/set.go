package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"assay/internal/ask"
	"assay/internal/dataset"
	"assay/internal/dataset/shelf"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/sanitize"
	"assay/internal/store"
	"assay/internal/store/sqlite"
	"assay/internal/survey"
)

// An answerer is the data set that answers what the settings ask, and the question.
type answerer struct {
	*dataset.Set
	question
	done func() error
}

// Close releases the data set.
func (x *answerer) Close() error { return x.done() }

// findings answers for a language as the question is put.
func (x *answerer) findings(ctx context.Context, language string) (*usage.Findings, *dataset.Head, error) {
	return x.Findings(ctx, language, x.Limited)
}

// meantIn is the identifier of the project that a person means by word. Where that is a
// repository's name, the user is told of which project it is.
func (a *app) meantIn(ctx context.Context, x *answerer, word string) (string, error) {
	head, err := x.Head(ctx)
	if err != nil {
		return "", err
	}
	names := a.settings.aliases()
	for i := range head.Projects {
		p := &head.Projects[i]
		p.Aliases = append(p.Aliases, names[p.ID]...)
	}
	m, err := ask.Find(head.Projects, word)
	if err != nil {
		return "", err
	}
	p := &head.Projects[m.Index]
	if m.Repository != "" {
		fmt.Fprintf(a.Stderr, "%s is a repository of %s\n", sanitize.Text(m.Repository.Slug()), sanitize.Text(p.Name))
	}
	return p.ID, nil
}

// answerer opens the data set of the survey that the settings name. Where it is not made
// yet, or the question is put otherwise than before, it is made from the facts.
func (a *app) answerer(ctx context.Context) (x *answerer, err error) {
	q, err := a.question()
	if err != nil {
		return nil, err
	}
	q.Limited = true
	l, err := a.library(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstError(err, l.Close()) }()
	lean()
	x, err = l.answerer(ctx, q, store.Selector{AsOf: fact.Date(a.settings.AsOf)})
	return x, a.noSurvey(ctx, l, err)
}

// answererOf opens the data set of a survey of the store.
func (a *app) answererOf(ctx context.Context, st store.Store, q question, sel store.Selector) (*answerer, error) {
	if err := a.authors(ctx, st, &q); err != nil {
		return nil, err
	}
	key, err := keyOf(ctx, st, &q, sel)
	if err != nil {
		return nil, err
	}
	x := &answerer{question: q}
	x.Set, x.done, err = a.shelf().Open(ctx, key, func(ctx context.Context) (*profile.Landscape, error) {
		roomForSpeed()
		return profileOf(ctx, st, &q, sel)
	})
	return x, err
}

// keyOf names the data set of a survey.
func keyOf(ctx context.Context, st store.Store, q *question, sel store.Selector) (string, error) {
	stamp, err := st.Stamp(ctx, sel)
	if err != nil {
		return "", err
	}
	return keyAt(stamp, q)
}

// keyAt names the data set of the survey of a stamp.
func keyAt(stamp store.Stamp, q *question) (string, error) {
	return shelf.Key(string(stamp.AsOf), program(), stamp, q.Scope, q.inputs)
}

// profileOf is what a data set is made of.
func profileOf(ctx context.Context, st store.Store, q *question, sel store.Selector) (*profile.Landscape, error) {
	facts, err := survey.Facts(ctx, st, sel)
	if err != nil {
		return nil, err
	}
	opts := q.Options
	opts.Limited = false // a data set is of all projects, and says which were left out
	return profile.Of(facts, opts)
}

// leanPercent is how much may lie about, of what is in use, while a question is answered
// from some rows: most of what the program holds it has from its start.
const leanPercent = 25

// lean has the garbage collector run more often, unless the user has said in the
// environment how often it should.
func lean() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(leanPercent)
	}
}

// prepare makes the data set of a survey that was just made, so that the first question
// finds it. Where that fails the facts are there all the same, and the question tries
// again.
func (a *app) prepare(ctx context.Context, st store.Store, asOf fact.Date) {
	q, err := a.question()
	if err == nil {
		var x *answerer
		if x, err = a.answererOf(ctx, st, q, store.Selector{AsOf: asOf}); err == nil {
			err = x.Close()
		}
	}
	if err != nil && ctx.Err() == nil {
		a.warn("the data set of the survey is not made: "+err.Error(), errkind.Hint(err))
	}
}

// shelf is where the data sets of the store are kept.
func (a *app) shelf() *shelf.Shelf {
	s := &shelf.Shelf{Now: a.Now}
	real, err := filepath.EvalSymlinks(a.settings.Store)
	if err != nil {
		real = a.settings.Store
	}
	if !sqlite.Protected(real) {
		s.Folders = append(s.Folders, shelf.Beside(real))
	}
	if cache := a.cache(); filepath.IsAbs(cache) {
		s.Folders = append(s.Folders, filepath.Join(cache, "sets"))
	}
	return s
}

// program identifies the program that makes data sets: by the commit it was built from,
// and where that does not tell, by its file.
func program() any {
	info, ok := debug.ReadBuildInfo()
	built := map[string]string{}
	if ok {
		built["version"] = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" || s.Key == "vcs.modified" {
				built[s.Key] = s.Value
			}
		}
	}
	if built["vcs.revision"] != "" && built["vcs.modified"] == "false" {
		return built
	}
	path, err := os.Executable()
	if err != nil {
		return built
	}
	file, err := os.Stat(path)
	if err != nil {
		return built
	}
	return []any{built, file.Size(), file.ModTime()}
}

// How much memory a server has, besides what it remembers, before the garbage collector
// runs more often: always, and while it works on all of a data set.
const (
	serveMemory = 48 << 20
	ampleMemory = 512 << 20
)

// boundMemory bounds the memory of a server that remembers so many bytes of answers,
// unless the user has in the environment. It gives what makes room for a while.
func boundMemory(remembered int64) (ample func() (done func())) {
	debug.FreeOSMemory() // the data set may just have been made, which takes more than serving it
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	debug.SetMemoryLimit(serveMemory + remembered)
	return func() func() {
		debug.SetMemoryLimit(ampleMemory + remembered)
		return func() {
			debug.SetMemoryLimit(serveMemory + remembered)
			debug.FreeOSMemory()
		}
	}
}

// findings answers the question that the settings ask.
func (a *app) findings(ctx context.Context) (found *usage.Findings, head *dataset.Head, err error) {
	x, err := a.answerer(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	roomForSpeed()
	return x.findings(ctx, x.language)
}
