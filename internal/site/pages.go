package site

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"

	"assay/internal/dataset"
	"assay/internal/errkind"
)

// Pages gives the pages of data sets one by one, for a server. It is safe for use by
// several goroutines.
type Pages struct {
	opts Options
	mu   sync.Mutex
	open []*opened // the last one used first
}

// An opened site is made when its first page is asked for.
type opened struct {
	set  *dataset.Set
	once sync.Once
	site *Site
	err  error
}

// found is the status of HTTP of what is there.
const found = 200

// keptSites is how many data sets are kept with all that their pages need.
const keptSites = 2

// NewPages gives pages with these options.
func NewPages(opts Options) *Pages { return &Pages{opts: opts} }

// Page makes the page or file of a path of a data set, "/" for the home page. What is not
// there gets the page that says so.
func (p *Pages) Page(ctx context.Context, set *dataset.Set, path string, _ url.Values) (body []byte, contentType string, status int, err error) {
	s, err := p.of(ctx, set)
	if err != nil {
		return nil, "", 0, err
	}
	body, contentType, err = s.Render(strings.TrimPrefix(path, "/"))
	if errkind.Of(err) != errkind.NotFound {
		return body, contentType, found, err
	}
	body, contentType, err = s.Render(missingPath)
	return body, contentType, errkind.NotFound.HTTPStatus(), err
}

// of is the site of a data set. It is read for all who wait for it, whoever asked first.
func (p *Pages) of(ctx context.Context, set *dataset.Set) (*Site, error) {
	o := p.take(set)
	o.once.Do(func() {
		defer errkind.Catch(&o.err)
		o.site, o.err = Open(context.WithoutCancel(ctx), set, p.opts)
	})
	if o.err != nil {
		p.drop(o)
	}
	return o.site, o.err
}

func (p *Pages) take(set *dataset.Set) *opened {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.open, func(o *opened) bool { return o.set == set })
	o := &opened{set: set}
	if i >= 0 {
		o = p.open[i]
		p.open = slices.Delete(p.open, i, i+1)
	}
	p.open = append([]*opened{o}, p.open[:min(len(p.open), keptSites-1)]...)
	return o
}

// drop forgets a site that could not be read: the next who asks tries again.
func (p *Pages) drop(o *opened) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open = slices.DeleteFunc(p.open, func(x *opened) bool { return x == o })
}
