package mirror

import (
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// renames knows which names are, or were, the same repository.
type renames struct {
	now map[string]fact.RepoID   // key of a former name → the name today
	was map[string][]fact.RepoID // key of today's name → former names, sorted
}

// newRenames reads a map from former names to newer ones, which may be former
// names in turn. Names that are not plain, and circles, are errors of kind
// Usage.
func newRenames(table map[fact.RepoID]fact.RepoID) (*renames, error) {
	step := make(map[string]fact.RepoID, len(table))
	var former []fact.RepoID
	for from, to := range table {
		for _, id := range []fact.RepoID{from, to} {
			if err := id.Validate(); err != nil {
				return nil, errkind.Errorf(errkind.Usage, "renamed repositories: %w", err)
			}
		}
		if from.Key() == to.Key() {
			continue // only written differently
		}
		if other, twice := step[from.Key()]; twice && other.Key() != to.Key() {
			return nil, errkind.Errorf(errkind.Usage, "renamed repositories: %s has two new names, %s and %s",
				strings.ToLower(string(from)), min(to, other), max(to, other))
		}
		step[from.Key()] = to
		former = append(former, from)
	}
	r := &renames{now: make(map[string]fact.RepoID, len(step)), was: make(map[string][]fact.RepoID)}
	slices.Sort(former)
	for _, id := range former {
		last, err := follow(step, id)
		if err != nil {
			return nil, err
		}
		r.now[id.Key()] = last
		r.was[last.Key()] = append(r.was[last.Key()], id)
	}
	return r, nil
}

// follow goes from name to newer name until there is none.
func follow(step map[string]fact.RepoID, id fact.RepoID) (fact.RepoID, error) {
	last := id
	for range len(step) {
		next, ok := step[last.Key()]
		if !ok {
			return last, nil
		}
		last = next
	}
	if _, more := step[last.Key()]; more {
		return "", errkind.Errorf(errkind.Usage, "renamed repositories: the names that follow %s form a circle", id)
	}
	return last, nil
}

// today is the name of id now.
func (r *renames) today(id fact.RepoID) fact.RepoID {
	if now, ok := r.now[id.Key()]; ok {
		return now
	}
	return id
}

// of lists the names of id's repository: id itself, the name it has today, its
// former names.
func (r *renames) of(id fact.RepoID) []fact.RepoID {
	today := r.today(id)
	names := []fact.RepoID{id}
	for _, other := range append([]fact.RepoID{today}, r.was[today.Key()]...) {
		same := func(n fact.RepoID) bool { return n.Key() == other.Key() }
		if !slices.ContainsFunc(names, same) {
			names = append(names, other)
		}
	}
	return names
}
