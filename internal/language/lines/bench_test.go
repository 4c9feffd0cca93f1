package lines

import (
	"strings"
	"testing"
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
