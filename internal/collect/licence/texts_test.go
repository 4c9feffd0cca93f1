package licence

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var spdxFull = flag.String("spdx", "", "write spdx.zst anew from the `file` spdx-full.json of the npm package spdx-license-list")

// The list is whole. With -spdx it is made.
func TestPackTexts(t *testing.T) {
	t.Parallel()
	if *spdxFull != "" {
		pack(t, *spdxFull)
		t.Skip("spdx.zst is written; run the tests again")
	}
	if n := len(texts()); n < 600 {
		t.Fatalf("%d texts", n)
	}
	seen := map[string]bool{}
	for _, x := range texts() {
		if x.id == "" || len(x.words) < 5 {
			t.Errorf("%q has %d words", x.id, len(x.words))
		}
		seen[x.id] = true
	}
	for _, id := range []string{"MIT", "MIT-0", "Apache-2.0", "GPL-2.0", "EUPL-1.2", "CC-BY-NC-4.0", "BSD-3-Clause-Clear", "ECL-2.0"} {
		if !seen[id] {
			t.Errorf("%s has no text", id)
		}
	}
}

func pack(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list map[string]struct{ LicenseText string }
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	ids := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(list)) {
		words := strings.Join(wordsOf([]byte(list[id].LicenseText)), " ")
		ids[words] = append(ids[words], id)
	}
	var lines []string
	for words, of := range ids {
		lines = append(lines, strings.Join(of, " ")+"\t"+words+"\n")
	}
	slices.Sort(lines)
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithWindowSize(8<<20))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("spdx.zst", w.EncodeAll([]byte(strings.Join(lines, "")), nil), 0o600); err != nil {
		t.Fatal(err)
	}
}
