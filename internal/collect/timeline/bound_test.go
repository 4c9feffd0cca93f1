package timeline

import (
	"fmt"
	"strings"
	"testing"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

// The versions that a walk meets are bounded, together.
func TestVersionsAreBounded(t *testing.T) {
	t.Parallel()
	h := &collect.History{Revision: &fact.Revision{CommittedAt: "2024-01-01T00:00:00Z"}, Paths: collect.NewPaths()}
	p := Collector{}.BeginHistory(h).(*pass)
	if p.blobs.most != limit.HistoryVersions {
		t.Errorf("usually %d versions", p.blobs.most)
	}
	p.blobs.most = 10
	id := h.Paths.ID([]byte("a.go"))
	for i := 20; i > 0; i-- {
		oid := func(i int) []byte { return fmt.Appendf(nil, "%040d", i) }
		err := p.Commit(&gitrepo.Commit{
			OID: oid(i), Parent: oid(i - 1), Mainline: true,
			Changes: []gitrepo.Change{{Path: []byte("a.go"), OldMode: gitrepo.ModeFile, NewMode: gitrepo.ModeFile, OldOID: oid(i - 1), NewOID: oid(i)}},
		}, []int{id})
		if err == nil {
			continue
		}
		if errkind.Of(err) != errkind.Limit || !strings.Contains(err.Error(), "limit history-versions") || i != 11 {
			t.Errorf("at %d: %v", i, err)
		}
		return
	}
	t.Error("all versions were taken")
}
