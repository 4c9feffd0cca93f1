package export

import (
	"hash"
	"io"

	"assay/internal/dataset"
)

// A hashed writer knows the sum and the length of what it wrote.
type hashed struct {
	to    io.Writer
	sum   hash.Hash
	bytes int64
}

func (h *hashed) Write(p []byte) (int, error) {
	n, err := h.to.Write(p)
	h.sum.Write(p[:n])
	h.bytes += int64(n)
	return n, err
}

// counts are rows by table.
type counts map[string]int64

// A tallied sink counts the rows of each table.
type tallied struct {
	to   dataset.Sink
	rows counts
}

// Put implements [dataset.Sink].
func (s *tallied) Put(t *dataset.Table, values []any) error {
	s.rows[t.Name]++
	return s.to.Put(t, values)
}
