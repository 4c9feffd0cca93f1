package release

import (
	"strings"
	"time"
)

const (
	// late is how long after its commit a tag is made afterwards.
	late = 30 * 24 * time.Hour
	// bulk is how many late tags of a series on one day, on as many commits, are
	// a history that was tagged afterwards.
	bulk = 5
	// scheme is how many bare numbers before the first longer version are the
	// scheme of those days.
	scheme = 3
)

// undoBulk gives versions that were tagged in bulk the dates of their commits.
func undoBulk(all []*version, n *notes) []*version {
	type batch struct{ series, day string }
	batches := map[batch][]*version{}
	for _, v := range all {
		if v.annotated && !v.commitAt.IsZero() && v.at.Sub(v.commitAt) > late {
			b := batch{v.series, v.day()}
			batches[b] = append(batches[b], v)
		}
	}
	var names []string
	for _, b := range batches {
		commits := map[string]bool{}
		for _, v := range b {
			commits[v.commit] = true
		}
		if len(commits) < bulk {
			continue
		}
		for _, v := range b {
			v.at = v.commitAt
			names = append(names, v.name)
		}
	}
	n.names(names, "tags made in bulk long after their commits, which count on the dates of those")
	return all
}

// keep gives the versions that fit, and the names of the others.
func keep(all []*version, fit func(*version) bool) (kept []*version, dropped []string) {
	for _, v := range all {
		if fit(v) {
			kept = append(kept, v)
		} else {
			dropped = append(dropped, v.name)
		}
	}
	return kept, dropped
}

// dropMoving leaves out the names that move along with longer versions: a
// shorter number on the very commit of a longer one, and a bare number that is
// not the scheme of its time.
func dropMoving(all []*version, n *notes) []*version {
	longer := map[string]bool{}
	for _, v := range all {
		for i := 1; i < len(v.number) && v.suffix.sense == plain; i++ {
			longer[v.place(v.number[:i])] = true
		}
	}
	bare := bareScheme(all)
	all, names := keep(all, func(v *version) bool {
		return !(v.suffix.sense == plain && longer[v.place(v.number)]) && (!v.bare || bare(v))
	})
	n.names(names, "tags that move along with the versions they begin, not counted")
	return all
}

// place is a number on the version's commit.
func (v *version) place(number []string) string {
	return strings.Join([]string{v.series, v.commit, v.epoch, strings.Join(number, ".")}, "\x00")
}

// bareScheme says which bare numbers are versions, in each series.
func bareScheme(all []*version) func(*version) bool {
	first := map[string]time.Time{} // of the versions of more parts
	for _, v := range all {
		if at, ok := first[v.series]; !v.bare && (!ok || v.at.Before(at)) {
			first[v.series] = v.at
		}
	}
	early := map[string]int{}
	for _, v := range all {
		if v.bare && !v.pre && v.at.Before(first[v.series]) {
			early[v.series]++
		}
	}
	return func(v *version) bool {
		at, longer := first[v.series]
		return !longer || early[v.series] >= scheme && v.at.Before(at)
	}
}

// id is the same for all spellings of a version with a suffix of this key.
func (v *version) id(key string) string {
	number := v.number
	for len(number) > 1 && number[len(number)-1] == "" {
		number = number[:len(number)-1]
	}
	line := "" // 1 and 1.0.0 are the same number in different schemes
	if v.bare {
		line = "bare"
	}
	return strings.Join([]string{v.series, line, v.epoch, strings.Join(number, "."), key}, "\x00")
}

// earliest gives the first of the versions of each id.
func earliest(all []*version) map[string]*version {
	first := map[string]*version{}
	for _, v := range all {
		id := v.id(v.suffix.key)
		if old := first[id]; old == nil || v.at.Before(old.at) || v.at.Equal(old.at) && v.name < old.name {
			first[id] = v
		}
	}
	return first
}

// dropRepeated leaves out all tags of a version but the first.
func dropRepeated(all []*version, n *notes) []*version {
	first := earliest(all)
	all, names := keep(all, func(v *version) bool { return first[v.id(v.suffix.key)] == v })
	n.names(names, "tags of a version that has a tag already, not counted")
	return all
}

// dropBuilds leaves out the builds of versions that were there by that day.
func dropBuilds(all []*version, n *notes) []*version {
	first := earliest(all)
	all, names := keep(all, func(v *version) bool {
		of := first[v.id(v.suffix.stem)]
		return !v.suffix.built() || of == nil || of.day() > v.day()
	})
	n.names(names, "builds and editions of a version that has a tag of its own, not counted")
	return all
}

// dropTwins leaves out the lower of two numbers for one release. A version that
// was raised to the next major one as it stood came earlier, by days.
func dropTwins(all []*version, n *notes) []*version {
	type spot struct {
		series, commit string
		pre            bool
	}
	highest := map[spot]*version{}
	for _, v := range all {
		s := spot{v.series, v.commit, v.pre}
		if old := highest[s]; v.annotated && (old == nil || byNumber(v, old) > 0) {
			highest[s] = v
		}
	}
	all, names := keep(all, func(v *version) bool {
		top := highest[spot{v.series, v.commit, v.pre}]
		return !v.annotated || top.number[0] == v.number[0] || top.at.Sub(v.at) > 24*time.Hour
	})
	n.names(names, "tags that give a release a second, lower number, not counted")
	return all
}
