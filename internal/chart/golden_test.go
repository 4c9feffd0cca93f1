package chart

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"assay/internal/chart/svg"
)

var update = flag.Bool("update", false, "write the pictures in testdata anew")

// The picture of each kind is the one that somebody looked at, wide and narrow.
func TestPictures(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range samples() {
		for name, width := range map[string]float64{s.name: 0, s.name + "-narrow": Narrow} {
			if s.name == "spark" && width > 0 {
				continue
			}
			file := filepath.Join("testdata", name+".svg")
			seen[file] = true
			got := s.chart.SVG(Options{Width: width, Heading: true, Form: svg.File})
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: the picture has changed; look at it, and run 'go test ./internal/chart -update'", file)
			}
		}
	}
	files, err := filepath.Glob("testdata/*.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !seen[file] {
			t.Errorf("%s: is the picture of no sample", file)
		}
	}
}
