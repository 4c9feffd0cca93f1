package collect

import (
	"strconv"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/limit"
)

func TestPathsAreBounded(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(p *Paths){
		"history-paths": func(p *Paths) { p.most = 5 },
		"history-text":  func(p *Paths) { p.bytes = 5 * len("a0.go") },
	} {
		p := NewPaths()
		if p.most != limit.HistoryPaths || p.bytes != limit.HistoryText {
			t.Errorf("usually %d paths and %d bytes", p.most, p.bytes)
		}
		set(p)
		for i := range 6 {
			if err := p.Within(); err != nil {
				t.Errorf("%s: with %d paths: %v", name, i, err)
			}
			p.ID([]byte("a0.go")) // again and again: that is one path
			p.ID([]byte("a" + strconv.Itoa(i) + ".go"))
		}
		if err := p.Within(); errkind.Of(err) != errkind.Limit || !strings.Contains(err.Error(), "limit "+name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
