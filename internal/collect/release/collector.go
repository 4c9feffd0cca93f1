package release

import (
	"assay/internal/collect"
	"assay/internal/gitrepo"
)

// Collector measures releases.
type Collector struct{}

var _ collect.TagCollector = Collector{}

// Name implements [collect.Collector].
func (Collector) Name() string { return Name }

// Version implements [collect.Collector].
func (Collector) Version() int { return Version }

// Tags implements [collect.TagCollector]; the fact is a *fact.Releases.
func (Collector) Tags(tags []gitrepo.Tag) any {
	all := make([]Tag, len(tags))
	for i, t := range tags {
		all[i] = Tag{Name: t.Name, Commit: t.Commit, At: t.At, CommitAt: t.CommitAt, Annotated: t.Annotated}
	}
	return Of(all)
}
