package timeline

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"assay/internal/collect"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/language"
	"assay/internal/limit"
)

// A judge decides what counts, month by month, once the walk is over.
type judge struct {
	*pass
	at     *collect.Snapshot
	epochs []epoch
	sizes  []int64 // by number of the blob; unasked, or -1 for one that is not there
	looked map[look]language.Verdict
	head   map[string]headEntry

	turned []string
	notes  []fact.Note
}

// An epoch is a time in which the .gitattributes stay the same.
type epoch struct {
	from  int // first month
	class *language.Classifier
}

// A look is a blob under a path: the language may depend on either.
type look struct{ path, blob int }

type headEntry struct {
	oid     string
	verdict language.Verdict
}

// unasked is the size of a blob whose size nobody needs.
const unasked = int64(-2)

// weigh fills in the bytes of the months.
func (j *judge) weigh(ctx context.Context) error {
	j.sizes = slices.Repeat([]int64{unasked}, len(j.blobs.oids))
	if err := j.findEpochs(ctx); err != nil {
		return err
	}
	matter := j.matter()
	if err := j.measure(ctx, matter); err != nil {
		return err
	}
	if err := j.read(ctx, matter); err != nil {
		return err
	}
	t := newTotals(len(j.months))
	for _, id := range matter {
		j.add(t, id)
	}
	t.write(j.pass)
	return nil
}

// findEpochs reads the .gitattributes of every time.
func (j *judge) findEpochs(ctx context.Context) error {
	if j.base != nil {
		j.epochs = []epoch{{0, language.NewClassifier(j.at.Attributes)}} // they did not change, or we started over
		return nil
	}
	var (
		paths  []int
		months = []int{0}
	)
	for id := range j.files {
		if !collect.IsAttributes(j.history.Paths.At(id).Name) {
			continue
		}
		paths = append(paths, id)
		for _, v := range j.files[id].versions {
			months = append(months, v.month)
		}
	}
	slices.Sort(months)
	months = slices.Compact(months)
	if len(months) > limit.HistoryEpochs {
		j.notes = append(j.notes, fact.Note{
			Kind: "limit", Text: fmt.Sprintf("the .gitattributes changed in %d months; later changes than the first %d are not followed", len(months), limit.HistoryEpochs),
		})
		months = months[:limit.HistoryEpochs]
	}
	slices.SortFunc(paths, func(a, b int) int { return cmp.Compare(j.history.Paths.At(a).Name, j.history.Paths.At(b).Name) })
	contents, err := j.attributeContents(ctx, paths)
	if err != nil {
		return err
	}
	for _, month := range months {
		attributes := collect.ParseAttributes(j.attributesAt(paths, month), contents, j.at.Place)
		j.epochs = append(j.epochs, epoch{month, language.NewClassifier(attributes)})
	}
	return nil
}

// attributeContents reads every version of the .gitattributes, by object name,
// and notes their sizes.
func (j *judge) attributeContents(ctx context.Context, paths []int) (map[string][]byte, error) {
	var blobs []int
	for _, id := range paths {
		for _, v := range j.files[id].versions {
			if v.blob != none {
				blobs = append(blobs, v.blob)
			}
		}
	}
	if len(blobs) == 0 {
		return nil, nil
	}
	slices.Sort(blobs)
	blobs = slices.Compact(blobs)
	if err := j.askSizes(ctx, blobs); err != nil {
		return nil, err
	}
	var entries []collect.Entry
	room := int64(limit.HistoryAttributes)
	for _, b := range blobs {
		if room -= min(max(j.sizes[b], 0), limit.AttributesFile); room >= 0 {
			entries = append(entries, collect.Entry{OID: j.blobs.oids[b], Size: max(j.sizes[b], 0)})
		}
	}
	return collect.ReadAll(ctx, j.at.Repo, entries, limit.AttributesFile)
}

// attributesAt is the .gitattributes files at the end of a month, in git's order.
func (j *judge) attributesAt(paths []int, month int) []collect.Entry {
	var entries []collect.Entry
	for _, id := range paths {
		if blob := j.files[id].at(month); blob != none {
			entries = append(entries, collect.Entry{
				Path: j.history.Paths.At(id).Name, OID: j.blobs.oids[blob], Mode: gitrepo.ModeFile, Size: j.sizes[blob],
			})
		}
	}
	return entries
}

// at is the blob of the file at the end of a month.
func (f *file) at(month int) int {
	blob := none
	for _, v := range f.versions {
		if v.month > month {
			break
		}
		blob = v.blob
	}
	return blob
}

// A span is a stretch of months in which a path has one blob and one epoch.
type span struct {
	from, to int // months; to is not part of it
	blob     int
	epoch    int
}

// spans calls fn with the spans of a file in which it is there.
func (j *judge) spans(f *file, fn func(s span)) {
	end := len(j.months)
	for i, v := range f.versions {
		to := end
		if i+1 < len(f.versions) {
			to = f.versions[i+1].month
		}
		if v.blob == none {
			continue
		}
		for k := range j.epochs {
			from, until := max(v.month, j.epochs[k].from), to
			if k+1 < len(j.epochs) {
				until = min(until, j.epochs[k+1].from)
			}
			if from < until {
				fn(span{from, until, v.blob, k})
			}
		}
	}
}

// matter lists the paths that could ever count.
func (j *judge) matter() []int {
	var paths []int
	for id := range j.files {
		f := &j.files[id]
		if len(f.versions) == 0 {
			continue
		}
		path := j.history.Paths.At(id)
		may := slices.ContainsFunc(j.epochs, func(e epoch) bool {
			p := e.class.Refine(path.Name, *path.File)
			return p.Counted || p.NeedsContent
		})
		if may {
			paths = append(paths, id)
		}
	}
	return paths
}

// measure asks for the sizes of all blobs of the paths.
func (j *judge) measure(ctx context.Context, paths []int) error {
	var blobs []int
	for _, id := range paths {
		for _, v := range j.files[id].versions {
			if v.blob != none && j.sizes[v.blob] == unasked {
				blobs = append(blobs, v.blob)
			}
		}
	}
	slices.Sort(blobs)
	return j.askSizes(ctx, slices.Compact(blobs))
}

// askSizes asks for the sizes of blobs.
func (j *judge) askSizes(ctx context.Context, blobs []int) error {
	if len(blobs) == 0 {
		return nil
	}
	oids := make([]string, len(blobs))
	for i, b := range blobs {
		oids[i] = j.blobs.oids[b]
	}
	sizes, err := j.at.Repo.Sizes(ctx, oids)
	for i := range sizes {
		j.sizes[blobs[i]] = sizes[i]
	}
	return err
}

// add adds what a path counts to the months.
func (j *judge) add(t *totals, id int) {
	f := &j.files[id]
	path := j.history.Paths.At(id)
	j.spans(f, func(s span) {
		p := j.epochs[s.epoch].class.Refine(path.Name, *path.File)
		size := j.sizes[s.blob]
		switch {
		case !p.Counted && !p.NeedsContent:
			return
		case size < 0:
			t.missing(s.from, s.to)
			return
		case size == 0:
			return
		}
		if p = p.With(path.Name, j.verdict(id, s.blob)); p.Counted {
			t.count(p.Language, size, s.from, s.to)
		}
	})
}

// verdict is what the content of a path's blob says: as read, or as all that
// were read of the path.
func (j *judge) verdict(id, blob int) language.Verdict {
	if v, ok := j.looked[look{id, blob}]; ok {
		return v
	}
	path := j.history.Paths.At(id)
	if j.steady(id) {
		return path.File.Plain()
	}
	// Not read: then every version that was read says the same, and the last is
	// always read.
	for _, v := range slices.Backward(j.files[id].versions) {
		if seen, ok := j.looked[look{id, v.blob}]; ok {
			return seen
		}
	}
	return language.Verdict{}
}

// totals sums bytes by month and language through the differences from month to
// month.
type totals struct {
	bytes []map[string]int64
	gone  []int
}

func newTotals(months int) *totals {
	return &totals{bytes: make([]map[string]int64, months+1), gone: make([]int, months+1)}
}

func (t *totals) count(lang string, size int64, from, to int) {
	for _, d := range [...]struct {
		month int
		size  int64
	}{{from, size}, {to, -size}} {
		if t.bytes[d.month] == nil {
			t.bytes[d.month] = map[string]int64{}
		}
		t.bytes[d.month][lang] += d.size
	}
}

func (t *totals) missing(from, to int) {
	t.gone[from]++
	t.gone[to]--
}

// write sums the differences up into the months. The first month of a base is
// known: what the walk says of it is the part that changed later.
func (t *totals) write(p *pass) {
	sum, missing := map[string]int64{}, 0
	if p.base != nil {
		maps.Copy(sum, p.months[0].Bytes)
		missing = p.months[0].Missing - t.gone[0]
		for lang, n := range t.bytes[0] {
			sum[lang] -= n
		}
	}
	for i := range p.months {
		for lang, n := range t.bytes[i] {
			sum[lang] += n
		}
		missing += t.gone[i]
		bytes := map[string]int64{}
		for lang, n := range sum {
			if n > 0 {
				bytes[lang] = n
			}
		}
		p.months[i].Bytes, p.months[i].Missing = bytes, missing
	}
}
