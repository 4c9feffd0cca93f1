package cli

import (
	"fmt"
	"io"
	"sync"

	"github.com/schollz/progressbar/v3"

	"assay/internal/fact"
	"assay/internal/finding/words"
)

// A progress tells on standard error how far a survey is: a bar on a terminal,
// a line now and then elsewhere. It is a survey.Progress.
type progress struct {
	w        io.Writer
	terminal bool

	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	total int
	done  int
}

func newProgress(w io.Writer, terminal bool) *progress { return &progress{w: w, terminal: terminal} }

// Plan implements survey.Progress.
func (p *progress) Plan(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total = n
	if p.terminal {
		p.bar = progressbar.NewOptions(n,
			progressbar.OptionSetWriter(p.w), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetDescription("repositories"), progressbar.OptionSetWidth(30))
		return
	}
	fmt.Fprintf(p.w, "%s to look at\n", words.Amount(n, "repository"))
}

// leastStep is the least number of repositories between two lines.
const leastStep = 20

// Done implements survey.Progress.
func (p *progress) Done(*fact.Outcome, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if p.bar != nil {
		_ = p.bar.Add(1) // a bar that cannot be drawn is no reason to stop
		return
	}
	if step := max(p.total/10, leastStep); p.done%step == 0 && p.done < p.total {
		fmt.Fprintf(p.w, "%d of %d repositories\n", p.done, p.total)
	}
}

// Close removes the bar.
func (p *progress) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
