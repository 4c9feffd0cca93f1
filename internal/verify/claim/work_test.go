package claim_test

import (
	"runtime"
	"strings"
	"testing"

	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// wordy are sentences that are read for what is around them: names, numbers, days,
// lists, comparisons.
var wordy = map[string]string{
	"numbers":            "1 1 1, ",
	"numbers of a name":  "Linkerd has 1234 bytes of Rust, ",
	"sentences":          "TiKV has 26,933 bytes of Rust. ",
	"days":               "Linkerd was accepted on 2017-01-23. ",
	"days without years": "accepted on January 2, ",
	"shares":             "Linkerd is 12.5 % Rust; ",
	"names":              "Linkerd, TiKV and ",
	"lists":              "3 graduated projects: Linkerd, TiKV and 5 more. ",
	"lists that go on":   "Linkerd, TiKV and 5 more ",
	"respectively":       "Linkerd and TiKV have 1 and 2 bytes respectively, ",
	"superlatives":       "Linkerd is the first Rust project, ",
	"comparisons":        "Linkerd has more commits than TiKV, ",
	"comparisons open":   "more commits than Linkerd, ",
	"hedges":             "almost a pure Rust tool, ",
	"lists within lists": "Rust projects: Linkerd, TiKV ",
	"the oldest":         "the oldest of them is Linkerd, ",
	"the most":           "Linkerd has the most commits. ",
	"levels":             "Linkerd is graduated, ",
	"counts":             "There are 12 graduated projects, ",
	"reasons":            "Linkerd chose Rust because it is fast, ",
	"audits":             "Linkerd was audited by Cure53 on 2020-01-01, ",
	"praise":             "blazing and powerful, ",
	"speed":              "10x faster than TiKV, ",
	"organisations":      "led by Acme Corp, Acme (12 %), ",
	"addresses":          "https://github.com/linkerd/linkerd2 ",
	"links":              "[Linkerd](https://linkerd.io/) ",
	"brackets":           "(1) (a) ",
	"questions":          "Are there 12 projects? ",
	"stops":              ". ! ? ",
	"versions":           "v1.2.3 ",
	"denials":            "not 12 projects, never ",
}

// allocations is how many bytes reading a text allocates, a measure of the work that
// does not depend on the machine.
func allocations(t *testing.T, text string, known *claim.Names) float64 {
	t.Helper()
	p, err := page.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := claim.Read(t.Context(), p, claim.Options{Names: known, Language: "Rust", Languages: []string{"Rust", "Go"}}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// The work grows with the text: of a long paragraph, and of many.
func TestWorkGrowsWithTheText(t *testing.T) { //nolint:paralleltest // allocations are counted for all goroutines
	known := someNames()
	const size, times = 6_000, 4 // sentences are looked for in 2,000 bytes
	for name, s := range wordy {
		for where, text := range map[string]string{"one paragraph": s, "paragraphs": strings.Repeat(s, 3) + "\n\n"} {
			n := size / len(text)
			less, more := allocations(t, strings.Repeat(text, n), known), allocations(t, strings.Repeat(text, times*n), known)
			if more > 1.4*times*less+100_000 {
				t.Errorf("%s, %s: %d times the text takes %.1f times the work", name, where, times, more/less)
			}
		}
	}
}

// BenchmarkWordy reads a hundred kilobytes of each of wordy.
func BenchmarkWordy(b *testing.B) {
	known := someNames()
	for name, s := range wordy {
		paragraph := strings.Repeat(s, 500/len(s)) + "\n\n"
		text := []byte(strings.Repeat(paragraph, 100_000/len(paragraph)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				p, err := page.Read(text)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := claim.Read(b.Context(), p, claim.Options{Names: known, Language: "Rust", Languages: []string{"Rust", "Go"}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
