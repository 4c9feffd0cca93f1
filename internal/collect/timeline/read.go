package timeline

import (
	"context"
	"slices"

	"assay/internal/collect"
	"assay/internal/language"
	"assay/internal/limit"
)

// read looks at the contents that decide: both ends of each path, and what is
// suspicious between them; then, where what was read differs, all of them. Of
// paths whose extension is known to tell enough, less is read first.
func (j *judge) read(ctx context.Context, paths []int) error {
	j.looked = map[look]language.Verdict{}
	j.takeHead()
	var wanted []look
	undecided := paths[:0:0]
	for _, id := range paths {
		if j.needsContent(id) {
			undecided = append(undecided, id)
			wanted = j.first(id, wanted)
		}
	}
	if err := j.look(ctx, wanted); err != nil {
		return err
	}
	wanted = wanted[:0]
	for _, id := range undecided {
		wanted = j.doubtful(id, wanted)
	}
	if err := j.look(ctx, wanted); err != nil {
		return err
	}
	return j.findTurned(undecided)
}

// takeHead takes over what others have seen of the revision.
func (j *judge) takeHead() {
	j.head = make(map[string]headEntry, len(j.at.Verdicts))
	for e, v := range j.at.Verdicts {
		j.head[e.Path] = headEntry{e.OID, v}
	}
}

// needsContent reports whether in some epoch the content of the path matters.
func (j *judge) needsContent(id int) bool {
	path := j.history.Paths.At(id)
	return slices.ContainsFunc(j.epochs, func(e epoch) bool { return e.class.Refine(path.Name, *path.File).NeedsContent })
}

// steady reports whether the path's versions are taken to be what its name says:
// its extension is steady, and the file, where it is still there, agrees.
func (j *judge) steady(id int) bool {
	path := j.history.Paths.At(id)
	if !language.Steady(path.Name) {
		return false
	}
	v, ok := j.now(id)
	return !ok || v == path.File.Plain()
}

// now is what was seen of the path at the revision itself: by others, or here.
func (j *judge) now(id int) (language.Verdict, bool) {
	if e, ok := j.head[j.history.Paths.At(id).Name]; ok {
		return e.verdict, true
	}
	versions := j.files[id].versions
	v, ok := j.looked[look{id, versions[len(versions)-1].blob}]
	return v, ok
}

// known are the versions of a path that have content.
func (j *judge) known(id int) []version {
	var all []version
	for _, v := range j.files[id].versions {
		if v.blob != none && j.sizes[v.blob] > 0 {
			all = append(all, v)
		}
	}
	return all
}

// first wants the versions of a path that are read in any case.
func (j *judge) first(id int, wanted []look) []look {
	known, name := j.known(id), j.history.Paths.At(id).Name
	steady, oneWay, volatile := language.Steady(name), language.OneWay(name), language.Volatile(name)
	versions := j.files[id].versions
	for i, v := range known {
		size, odd := j.sizes[v.blob], false
		if i > 0 {
			odd = suspicious(j.sizes[known[i-1].blob], size)
		}
		end := i == len(known)-1 || i == 0 && !oneWay
		if steady {
			// Not both ends: the file as it is now will do.
			end, odd = v == versions[len(versions)-1], pointerSized(size)
		}
		if end || odd || volatile {
			wanted = append(wanted, look{id, v.blob})
		}
	}
	return wanted
}

// doubtful wants all versions of a path of which those that were read differ, or
// the last is not plain where only that was to be read.
func (j *judge) doubtful(id int, wanted []look) []look {
	known := j.known(id)
	if len(known) == 0 || j.steady(id) {
		return wanted
	}
	path := j.history.Paths.At(id)
	last := j.looked[look{id, known[len(known)-1].blob}]
	plain := last == path.File.Plain()
	doubt := j.turnedBefore(path.Name) || !plain && (language.OneWay(path.Name) || language.Steady(path.Name))
	for _, v := range known {
		seen, ok := j.looked[look{id, v.blob}]
		doubt = doubt || ok && seen != last
	}
	if !doubt {
		return wanted
	}
	for _, v := range known {
		wanted = append(wanted, look{id, v.blob})
	}
	return wanted
}

// suspicious reports whether a version's size, after another's, gives reason to
// look at it: it may be a Git LFS pointer, or another file altogether.
func suspicious(before, size int64) bool {
	return pointerSized(size) || size > 2*before || before > 2*size
}

// pointerSized reports whether a file of this size could be a Git LFS pointer,
// which has some 130 bytes.
func pointerSized(size int64) bool { return size > 100 && size < 200 }

// look reads blobs and says of each, under its path, what the content tells.
func (j *judge) look(ctx context.Context, wanted []look) error {
	var (
		oids  []string
		sizes []int64
		under [][]int
		blobs []int
	)
	index := map[int]int{}
	for _, w := range wanted {
		if _, ok := j.looked[w]; ok || j.inHead(w) {
			continue
		}
		i, ok := index[w.blob]
		if !ok {
			i = len(oids)
			index[w.blob] = i
			oids, sizes = append(oids, j.blobs.oids[w.blob]), append(sizes, j.sizes[w.blob])
			under, blobs = append(under, nil), append(blobs, w.blob)
		}
		under[i] = append(under[i], w.path)
	}
	if len(oids) == 0 {
		return nil
	}
	class := language.NewClassifier(nil)
	return j.at.Repo.Blobs(ctx, oids, sizes, func(i int, c collect.Content) error {
		if c.Missing {
			j.sizes[blobs[i]] = -1
			return nil
		}
		for _, id := range under[i] {
			j.looked[look{id, blobs[i]}] = class.Look(j.history.Paths.At(id).Name, c.Data, sizes[i])
		}
		return nil
	})
}

// inHead takes a verdict from the revision, where it was looked at already.
func (j *judge) inHead(w look) bool {
	e, ok := j.head[j.history.Paths.At(w.path).Name]
	if !ok || e.oid != j.blobs.oids[w.blob] {
		return false
	}
	j.looked[w] = e.verdict
	return true
}

// turnedBefore reports whether the base names the path as turned.
func (j *judge) turnedBefore(name string) bool {
	if j.base == nil {
		return false
	}
	_, turned := slices.BinarySearch(j.base.Turned, name)
	return turned
}

// findTurned names the paths whose versions say different things. Of one that
// turns after the base, the versions before it would have been read too: the
// walk starts over for them.
func (j *judge) findTurned(paths []int) error {
	for _, id := range paths {
		name, known := j.history.Paths.At(id).Name, j.known(id)
		if !j.differs(id, known) {
			continue
		}
		if j.base != nil && known[0].month == 0 && !j.turnedBefore(name) {
			return collect.ErrStartOver
		}
		if len(j.turned) < limit.HistoryTurned {
			j.turned = append(j.turned, name)
		}
	}
	slices.Sort(j.turned)
	return nil
}

// differs reports whether the versions of a path that were read differ.
func (j *judge) differs(id int, known []version) bool {
	var first *language.Verdict
	for _, v := range known {
		seen, ok := j.looked[look{id, v.blob}]
		switch {
		case !ok:
		case first == nil:
			first = &seen
		case seen != *first:
			return true
		}
	}
	return false
}
