package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"

	"assay/internal/dataset"
	"assay/internal/dataset/bundle"
	"assay/internal/dataset/shelf"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/words"
	"assay/internal/store"
)

// A library is where the data sets of surveys are: those of a store, or the bundle.
type library interface {
	surveyList
	// Stamp identifies the survey that sel names; errkind.NotFound where there is none.
	Stamp(ctx context.Context, sel store.Selector) (store.Stamp, error)
	// key names the data set of the survey that sel names, and its landscape.
	key(ctx context.Context, q question, sel store.Selector) (key, source string, err error)
	// answerer opens the data set of the survey that sel names.
	answerer(ctx context.Context, q question, sel store.Selector) (*answerer, error)
	Close() error
}

// A surveyList says which surveys there are.
type surveyList interface {
	Surveys(ctx context.Context) ([]store.Header, error)
}

// library is the store that the settings name; where none is named and none was made, the
// bundle.
func (a *app) library(ctx context.Context) (library, error) {
	if a.bundled() {
		b, err := bundle.Ours()
		return &bundledLibrary{a, b}, err
	}
	st, err := a.openStore(ctx, false)
	return &storedLibrary{st, a}, err
}

// bundled reports whether answers come from the bundle: there is no store, and nobody has
// named one.
func (a *app) bundled() bool {
	if a.settings.storeNamed {
		return false
	}
	_, err := os.Stat(a.settings.Store)
	return errors.Is(err, fs.ErrNotExist)
}

// A storedLibrary is the data sets of a store.
type storedLibrary struct {
	store.Store
	app *app
}

func (l *storedLibrary) answerer(ctx context.Context, q question, sel store.Selector) (*answerer, error) {
	return l.app.answererOf(ctx, l.Store, q, sel)
}

func (l *storedLibrary) key(ctx context.Context, q question, sel store.Selector) (key, source string, err error) {
	if err := l.app.authors(ctx, l.Store, &q); err != nil {
		return "", "", err
	}
	stamp, err := l.Stamp(ctx, sel)
	if err != nil {
		return "", "", err
	}
	key, err = keyAt(stamp, &q)
	return key, stamp.Source, err
}

// A bundledLibrary is the data sets that the program carries.
type bundledLibrary struct {
	app *app
	*bundle.Bundle
}

// Surveys lists the surveys of the bundle.
func (l *bundledLibrary) Surveys(context.Context) ([]store.Header, error) {
	all := make([]store.Header, 0, len(l.Index.Surveys))
	for i := range l.Index.Surveys {
		all = append(all, l.Index.Surveys[i].Header)
	}
	return all, nil
}

// Stamp implements [library].
func (l *bundledLibrary) Stamp(_ context.Context, sel store.Selector) (store.Stamp, error) {
	s, err := l.find(sel)
	if err != nil {
		return store.Stamp{}, err
	}
	return store.Stamp{AsOf: s.AsOf, Source: s.Source}, nil
}

func (l *bundledLibrary) key(_ context.Context, _ question, sel store.Selector) (key, source string, err error) {
	s, err := l.find(sel)
	if err != nil {
		return "", "", err
	}
	key, err = shelf.Key("bundle", l.SHA256, s.SHA256, program())
	return key, s.Source, err
}

func (l *bundledLibrary) find(sel store.Selector) (*bundle.Survey, error) {
	s, err := l.Find(sel.AsOf)
	if err == nil && sel.Landscape != "" && sel.Landscape != s.Source {
		err = store.NoSurvey(sel)
	}
	return s, err
}

// Close implements [library].
func (l *bundledLibrary) Close() error { return nil }

// answerer opens a data set of the bundle, and says what it is: the bundle answers the
// question as everybody puts it.
func (l *bundledLibrary) answerer(ctx context.Context, q question, sel store.Selector) (*answerer, error) {
	if !reflect.DeepEqual(q.inputs, plainInputs(q.Thresholds)) || q.Scope != "" && q.Scope != fact.ScopeOrganisation || q.Thresholds != finding.DefaultThresholds() {
		return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "the bundled surveys are made with the default thresholds, scope, rules and affiliations"),
			"make your own with 'assay survey', which answers any question, or leave the flags and settings out")
	}
	s, err := l.find(sel)
	if err != nil {
		return nil, err
	}
	path, err := l.Path(ctx, l.app.cache(), s)
	if err != nil {
		return nil, err
	}
	file, err := sqlite.Open(ctx, path)
	if err != nil {
		_ = os.Remove(path) // the next question unpacks it again
		return nil, errkind.WithHint(err, "run the command again: it is unpacked anew")
	}
	l.app.sayBundled(s)
	return &answerer{dataset.Open(file), q, file.Close}, nil
}

// sayBundled says in a line what the answer is from.
func (a *app) sayBundled(s *bundle.Survey) {
	age := int(a.Now().Sub(s.AsOf.End()).Hours() / 24)
	fmt.Fprintln(a.Stderr, a.fill(fmt.Sprintf("from the bundled survey of %s as of %s (%s old): %s of %s read; 'assay survey' makes your own",
		s.Source, s.AsOf, words.Amount(max(age, 0), "day"), words.Number(s.Measured), words.Amount(s.Repositories, "repository"))))
}

// cache is the user's folder for what can be made again.
func (a *app) cache() string {
	return filepath.Join(xdg(a.Getenv, "XDG_CACHE_HOME", ".cache"), "assay")
}
