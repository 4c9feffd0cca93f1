package survey

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"maps"
	"strings"

	"assay/internal/collect"
	"assay/internal/fact"
	"assay/internal/limit"
)

// Readings are what the collectors made of the files of a repository when it
// was last measured: by collector and version, then path.
type readings map[string]map[string]reading

// A reading is what a collector made of a file with this blob.
type reading struct {
	OID  string
	Body []byte
}

// ledger names c as readings do.
func ledger(c collect.Collector) string { return fmt.Sprintf("%s@%d", c.Name(), c.Version()) }

// encode makes readings small: most of them say that a file says nothing.
func (r readings) encode() ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if err := gob.NewEncoder(w).Encode(r); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// decodeReadings reads what encode wrote. What cannot be read is no reading.
func decodeReadings(body []byte) readings {
	r := readings{}
	most := io.LimitReader(flate.NewReader(bytes.NewReader(body)), 4*limit.ReadingsBytes)
	if gob.NewDecoder(most).Decode(&r) != nil {
		return readings{}
	}
	return r
}

// A memory is what is known of a repository's files while its tree is
// measured: what was remembered, and what is to be.
type memory struct {
	all       readings             // of collectors that are not asked too
	old, kept []map[string]reading // by pass
	room      int
}

// recall gives earlier readings to collectors, which are those of the passes.
func recall(ctx context.Context, from Earlier, repo fact.RepoID, collectors []collect.TreeCollector) (*memory, error) {
	m := &memory{room: limit.ReadingsBytes, all: readings{}}
	if from != nil {
		body, err := from.Readings(ctx, repo)
		if err != nil {
			return nil, err
		}
		m.all = decodeReadings(body)
	}
	for _, c := range collectors {
		m.old = append(m.old, m.all[ledger(c)])
		m.kept = append(m.kept, map[string]reading{})
	}
	return m, nil
}

// spares reports whether pass k, which is p, takes e from memory.
func (m *memory) spares(k int, p collect.Pass, e *collect.Entry) bool {
	rp, ok := p.(collect.RecallingPass)
	if !ok {
		return false
	}
	r, ok := m.old[k][e.Path]
	if !ok || r.OID != e.OID || !rp.Recall(e, r.Body) {
		return false
	}
	m.keep(k, e, r.Body)
	return true
}

// learn remembers what pass k, which is p, made of e just now.
func (m *memory) learn(k int, p collect.Pass, e *collect.Entry) {
	if rp, ok := p.(collect.RecallingPass); ok {
		if body := rp.Reading(); body != nil {
			m.keep(k, e, bytes.Clone(body))
		}
	}
}

func (m *memory) keep(k int, e *collect.Entry, body []byte) {
	size := len(body) + len(e.Path) + len(e.OID)
	if len(body) > limit.ReadingBytes || size > m.room {
		return
	}
	m.room -= size
	m.kept[k][e.Path] = reading{OID: e.OID, Body: body}
}

// remember stores what was learnt.
func (m *memory) remember(ctx context.Context, in Earlier, repo fact.RepoID, collectors []collect.TreeCollector) error {
	if in == nil {
		return nil
	}
	for k, c := range collectors {
		maps.DeleteFunc(m.all, func(name string, _ map[string]reading) bool {
			return strings.HasPrefix(name, c.Name()+"@") // also of another version
		})
		m.all[ledger(c)] = m.kept[k]
	}
	body, err := m.all.encode()
	if err != nil {
		return fmt.Errorf("remember readings: %w", err)
	}
	return in.PutReadings(ctx, repo, body)
}
