package mirror

import (
	"context"
	"path/filepath"
	"strings"

	"assay/internal/fact"
	"assay/internal/limit"
)

// findByHint looks for a mirror that lies under another name and says that it
// is of id: the host redirected us from there to id, or its origin is id. The
// place is zero when there is none. The first call walks the folder.
func (f *folder) findByHint(ctx context.Context, id fact.RepoID) (place, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hints == nil {
		hints := make(map[string][]place)
		err := f.walk(ctx, f.root, func(p place, err error) {
			if err == nil {
				addHints(hints, p)
			}
		})
		if err != nil {
			return place{}, err
		}
		f.hints = hints
	}
	for _, p := range f.hints[id.Key()] {
		// Since the walk the mirror may have been removed.
		if again, err := f.at(p.path, true); err == nil {
			again.goes = p.goes
			return again, nil
		}
	}
	return place{}, nil
}

// hint adds what p says of itself, a mirror made since the walk.
func (f *folder) hint(p place) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hints != nil {
		addHints(f.hints, p)
	}
}

func addHints(hints map[string][]place, p place) {
	if p.goes.Key() != p.name.Key() {
		// Known under both names: the one it lies under, and the one it goes by.
		moved := p
		moved.goes = p.name
		hints[p.goes.Key()] = append(hints[p.goes.Key()], moved)
	}
	if id := origin(p.dir); id != "" && id.Key() != p.name.Key() && id.Key() != p.goes.Key() {
		hints[id.Key()] = append(hints[id.Key()], p)
	}
}

// origin is the repository that the remote "origin" in the configuration of
// the git directory dir names, or "". Configuration that it includes is not
// read.
func origin(dir string) fact.RepoID {
	data, err := readSmall(filepath.Join(dir, "config"), limit.MirrorHint)
	if err != nil {
		return ""
	}
	in := false
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			in = strings.HasPrefix(line, `[remote "origin"]`)
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !in || !ok || !strings.EqualFold(strings.TrimSpace(key), "url") {
			continue
		}
		if id, err := fact.ParseRepoURL(strings.Trim(strings.TrimSpace(value), `"`)); err == nil {
			return id
		}
	}
	return ""
}
