package lines

import (
	"strings"
	"testing"
	"time"
)

// BenchmarkCount has the speed over text as one meets it. Compare with
// BenchmarkNaive and BenchmarkLinewise.
func BenchmarkCount(b *testing.B) {
	for language, text := range benchmarkTexts() {
		b.Run(language, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Count(language, text)
			}
		})
	}
}

// BenchmarkNaive is the plain counter, byte for byte as right as Count.
func BenchmarkNaive(b *testing.B) {
	for language, naive := range naives {
		text := benchmarkTexts()[language]
		b.Run(language, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				naive(text)
			}
		})
	}
}

// BenchmarkLinewise is the loop most programs would write, which knows
// neither strings nor comments that begin within a line.
func BenchmarkLinewise(b *testing.B) {
	for language, text := range benchmarkTexts() {
		b.Run(language, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				linewise(string(text))
			}
		})
	}
}

func linewise(text string) Lines {
	var n Lines
	inComment := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			n.Blank++
		case inComment, strings.HasPrefix(line, "/*"):
			n.Comment++
			inComment = !strings.HasSuffix(line, "*/")
		case strings.HasPrefix(line, "//"):
			n.Comment++
		default:
			n.Code++
		}
	}
	return n
}

// benchmarkTexts is about half a megabyte for each language.
func benchmarkTexts() map[string][]byte {
	return map[string][]byte{
		"Go":   []byte(goText(600)),
		"Rust": []byte(rustText(600)),
		"JSON": []byte(strings.Repeat("  \"berth\": {\"name\": \"North 1\", \"length\": 120},\n", 10_000)),
	}
}

// TestFasterThanNaive holds the benchmarks' claim very loosely: the plain counter
// takes some twenty times as long, twice as long under the race detector.
func TestFasterThanNaive(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for language, naive := range naives {
		text := benchmarkTexts()[language]
		ours := fastest(func() { Count(language, text) })
		theirs := fastest(func() { naive(text) })
		if ours > theirs {
			t.Errorf("%s: Count takes %v, the plain counter %v", language, ours, theirs)
		}
	}
}

// fastest is the shortest of five runs of f.
func fastest(f func()) time.Duration {
	best := time.Duration(1<<63 - 1)
	for range 5 {
		begin := time.Now()
		f()
		best = min(best, time.Since(begin))
	}
	return best
}
