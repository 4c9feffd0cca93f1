package licence

import (
	"bytes"
	_ "embed"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/klauspost/compress/zstd"

	"assay/internal/lazyregexp"
	"assay/internal/spdx"
)

// Texts names the list of texts that is carried: the npm package of the SPDX
// licence list whose texts it was made of. With another list the collector has
// another version.
const Texts = "spdx-license-list@6.12.0"

// packed is the texts, as TestPackTexts writes them: a line a text, with the
// identifiers that have it, a tab, and its words.
//
//go:embed spdx.zst
var packed []byte

// maxTexts bounds what packed may unpack to, in bytes.
const maxTexts = 16 << 20

// A text is one of the SPDX texts.
type text struct {
	id    string
	words []string
	pairs func() []uint64 // of words, sorted; made when first needed
}

// texts gives those of the list; none when the file is damaged, which a test
// would show.
var texts = sync.OnceValue(func() []text {
	r, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxTexts))
	if err != nil {
		return nil
	}
	defer r.Close()
	plain, err := r.DecodeAll(packed, nil)
	if err != nil {
		return nil
	}
	var all []text
	for line := range strings.Lines(string(plain)) {
		ids, words, _ := strings.Cut(strings.TrimSpace(line), "\t")
		t := text{id: plainest(strings.Fields(ids)), words: strings.Fields(words)}
		t.pairs = sync.OnceValue(func() []uint64 { return pairsOf(t.words) })
		all = append(all, t)
	}
	return all
})

// plainest is the identifier for a text that has several: one that says neither
// "only" nor "or later", because the text does not.
func plainest(ids []string) string {
	for i, id := range ids {
		ids[i] = spdx.Plain(id)
	}
	return slices.MinFunc(ids, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
}

// neutral matches the lines that are no part of a licence: who has the copyright.
var neutral = lazyregexp.New(`^[\s\W]*(?:(?i:portions )?(?i:copyright)\s*(?:(?i:\(c\)|&copy;|by\b|owner\b)|[:,©\d<\[{(]|[A-Z])|(?i:\(c\))\s*(?:\d{4}|(?i:copyright)|[<\[{])|©|(?i:all rights reserved))[^\n]*$`)

// speaks matches words that such a line has when more than that stands in it.
var speaks = lazyregexp.New(`(?i)\b(permi\w+|redistribut\w+|licen\w+|conditions?|warrant\w+|subject to|provided)\b`)

// maxNeutral is the longest line that names holders of copyrights, in bytes.
const maxNeutral = 200

// wordsOf are the words of a text that a licence is told by, in small letters.
func wordsOf(data []byte) []string {
	var out []string
	for line := range bytes.Lines(data) {
		if !isNeutral(line) {
			out = append(out, strings.FieldsFunc(strings.ToLower(string(line)), notInWord)...)
		}
	}
	return out
}

// isNeutral recognises a line that is no part of a licence.
func isNeutral(line []byte) bool {
	return len(line) < maxNeutral && neutral.Match(bytes.TrimSpace(line)) && !speaks.Match(line)
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// A likeness is how like a text is to one of the list, 0 to 1.
type likeness struct {
	text  *text
	score float64
}

// nearest gives the text of the list that is most like words, nil where none is alike
// enough to be named, and how like the one with the identifier id is. The measure
// is that of Sørensen and Dice, over pairs of words.
func nearest(words []string, id string) (best, same likeness) {
	have := pairsOf(words)
	all := texts()
	for i := range all {
		t := &all[i]
		if t.id != id && likest(len(words), len(t.words)) < leastAlike {
			continue
		}
		l := likeness{t, dice(have, t.pairs())}
		if l.score >= leastAlike && (l.score > best.score || l.score == best.score && t.id == id) {
			best = l
		}
		if t.id == id && (same.text == nil || l.score > same.score) {
			same = l
		}
	}
	return best, same
}

// likest is the most that texts of m and n words can be alike.
func likest(m, n int) float64 {
	if m < 2 || n < 2 {
		return 0
	}
	return 2 * float64(min(m, n)-1) / float64(m+n-2)
}

// pairsOf are the pairs of words that follow each other, as hashes, sorted.
func pairsOf(words []string) []uint64 {
	if len(words) < 2 {
		return nil
	}
	out := make([]uint64, 0, len(words)-1)
	for i := range len(words) - 1 {
		h := fnv.New64a()
		_, _ = io.WriteString(h, words[i]+" "+words[i+1])
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return out
}

// dice compares the pairs of two texts.
func dice(a, b []uint64) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return 2 * float64(both) / float64(max(len(a)+len(b), 1))
}
