package pack

import (
	"bytes"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"testing"
)

// samples are texts of several kinds and sizes.
func samples() [][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	all := [][]byte{nil, []byte("a"), bytes.Repeat([]byte("a"), 1000), bytes.Repeat([]byte("abcdefghi "), 20_000)}
	for _, size := range []int{3, 100, 5000, 200_000} {
		for _, letters := range []int{2, 30, 256} {
			text := make([]byte, size)
			for i := range text {
				// The square makes some letters rare, so that their codes are long.
				r := random.Float64()
				text[i] = byte(r * r * r * r * r * float64(letters))
			}
			all = append(all, text)
		}
	}
	return all
}

func deflate(tb testing.TB, text []byte, level int) []byte {
	tb.Helper()
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, level)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestInflate(t *testing.T) {
	t.Parallel()
	var f inflater
	for i, text := range samples() {
		for level := zlib.HuffmanOnly; level <= 9; level++ {
			data := deflate(t, text, level)
			out := make([]byte, len(text))
			if err := f.all(out, data); err != nil || !bytes.Equal(out, text) {
				t.Errorf("sample %d at level %d: %v", i, level, err)
			}
			if err := f.all(out, append(data, "more"...)); err != nil {
				t.Errorf("sample %d at level %d, with more after it: %v", i, level, err)
			}
			if err := f.all(make([]byte, len(text)+1), data); err == nil {
				t.Errorf("sample %d at level %d: is taken for longer", i, level)
			}
			if err := f.all(out, data[:len(data)-1]); err == nil {
				t.Errorf("sample %d at level %d: is taken though cut", i, level)
			}
			if len(text) > 0 {
				if err := f.all(out[1:], data); err == nil {
					t.Errorf("sample %d at level %d: is taken for shorter", i, level)
				}
			}
		}
	}
}

// What we inflate is what the standard library does; it may refuse more.
func FuzzInflate(f *testing.F) {
	for _, text := range samples() {
		if len(text) <= 5000 {
			f.Add(deflate(f, text, 6), len(text))
			f.Add(deflate(f, text, zlib.HuffmanOnly), len(text))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		if size < 0 || size > 1<<20 {
			return
		}
		var in inflater
		out := make([]byte, size)
		if in.all(out, data) != nil {
			return
		}
		r, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return
		}
		want, err := io.ReadAll(io.LimitReader(r, 1<<21))
		if err == nil && !bytes.Equal(want, out) {
			t.Error("inflated to something else")
		}
	})
}
