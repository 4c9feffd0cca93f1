// Package site shows a data set as pages: what was found, where a language lives in
// the landscape, how each project is doing, and where every figure is from.
//
// A [Site] knows the path of every page, and makes one when it is asked for. [Write]
// writes all of them into a folder; a server gives them one by one. A page is a
// function of the data set alone: the same data set gives the same bytes.
//
// Pages are whole without a script. The script (assets) filters and sorts tables,
// moves through the years of a map and compares projects; everything it shows stands in
// the page already, or in a file beside it. Nothing is asked of another host.
//
// Everything in a data set is hostile. Words get into a page through html/template
// alone, addresses through [link], and pictures through package chart.
package site

import (
	"bytes"
	"context"
	"io"
	"slices"

	"assay/internal/dataset"
	"assay/internal/dataset/export"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/change"
	"assay/internal/finding/usage"
	"assay/internal/plot"
	"assay/internal/report"
)

// Options say what a site shows.
type Options struct {
	// Language that the pages are about where a reader has chosen none.
	Language string
	// Name of the landscape in headings; "" takes it from its repository.
	Name string
	// Limited: only the projects that the survey was limited to are shown.
	Limited bool
	// Changes since an earlier survey; nil for none.
	Changes *change.Changes
	// Served: a server gives the pages, below the root of its address.
	Served bool
}

// A Site is the pages of a data set. It is safe for use by several goroutines.
type Site struct {
	opts      Options
	set       *dataset.Set
	model     *report.Model
	frame     plot.Frame
	lists     *dataset.Lists
	projects  map[string]*usage.Project // by identifier
	places    []*place                  // repositories, by path
	languages []*language               // by name
	months    map[string][]dataset.CompositionMonth
	resources map[string]*resource
	paths     []string
	export    *export.Result // beside the pages; nil for none
}

// A resource is a page or a file of a site.
type resource struct {
	kind   string // its media type
	render func(w io.Writer) error
}

// The media types of a site.
const (
	pageType   = "text/html; charset=utf-8"
	css        = "text/css; charset=utf-8"
	javascript = "text/javascript; charset=utf-8"
	jsonType   = "application/json"
	csvType    = "text/csv; charset=utf-8"
	svgType    = "image/svg+xml"
)

// Open reads of a data set what its pages need.
func Open(ctx context.Context, set *dataset.Set, opts Options) (*Site, error) {
	found, head, err := set.Findings(ctx, opts.Language, opts.Limited)
	if err != nil {
		return nil, err
	}
	s := &Site{
		opts: opts, set: set, model: report.New(head.Survey, found, opts.Name), projects: map[string]*usage.Project{},
		months: map[string][]dataset.CompositionMonth{}, resources: map[string]*resource{},
	}
	s.frame = plot.Frame{Language: opts.Language, AsOf: s.model.AsOf, From: s.model.Landscape.Evidence}
	if s.lists, err = set.Lists(ctx, opts.Limited); err != nil {
		return nil, err
	}
	for i := range s.model.Projects {
		s.projects[s.model.Projects[i].ID] = &s.model.Projects[i]
	}
	if err := s.readMonths(ctx); err != nil {
		return nil, err
	}
	if err := s.readPlaces(ctx); err != nil {
		return nil, err
	}
	s.sumLanguages()
	s.register()
	slices.Sort(s.paths)
	return s, nil
}

// readMonths reads the composition of the projects at the ends of months.
func (s *Site) readMonths(ctx context.Context) error {
	rows, err := dataset.Rows[dataset.CompositionMonth](ctx, s.set, nil)
	if err != nil {
		return err
	}
	for _, m := range rows {
		if s.projects[m.Project] != nil {
			s.months[m.Project] = append(s.months[m.Project], m)
		}
	}
	return nil
}

// register names every page and file.
func (s *Site) register() {
	s.assets()
	s.homePages()
	s.projectPages()
	s.repositoryPages()
	s.languagePages()
	s.peoplePage()
	s.changesPage()
	s.methodPages()
}

// add names a page or file. Two of one path are a mistake of the program.
func (s *Site) add(path, kind string, render func(w io.Writer) error) {
	if s.resources[path] != nil {
		panic("site: two resources at " + path)
	}
	s.resources[path] = &resource{kind, render}
	s.paths = append(s.paths, path)
}

// Paths are the paths of all pages and files, in order.
func (s *Site) Paths() []string { return slices.Clone(s.paths) }

// AsOf is the day of the data set.
func (s *Site) AsOf() fact.Date { return s.model.AsOf }

// Render makes the page or file of a path; "" is the home page. A path without one is
// errkind.NotFound.
func (s *Site) Render(path string) (body []byte, mediaType string, err error) {
	if path == "" {
		path = homePath
	}
	r := s.resources[path]
	if r == nil {
		return nil, "", errkind.Errorf(errkind.NotFound, "there is no page %q", path)
	}
	var b bytes.Buffer
	if err := r.render(&b); err != nil {
		return nil, "", errkind.Errorf(errkind.Internal, "page %s: %w", path, err)
	}
	return b.Bytes(), r.kind, nil
}
