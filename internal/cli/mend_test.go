package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/internal/errkind"
)

// What is only suggested is written where somebody said so.
func TestAgreed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		opts   verifyOptions
		asks   bool
		answer string
		want   bool
		kind   errkind.Kind
		asked  bool
	}{
		{name: "safe", opts: verifyOptions{fix: fixSafe}, want: true},
		{name: "dry", opts: verifyOptions{fix: fixAll, dry: true, yes: true}},
		{name: "yes given", opts: verifyOptions{fix: fixAll, yes: true}, asks: true, want: true},
		{name: "nobody to ask", opts: verifyOptions{fix: fixAll}, answer: "y\n", kind: errkind.Usage},
		{name: "agreed", opts: verifyOptions{fix: fixAll}, asks: true, answer: "y\n", want: true, asked: true},
		{name: "agreed in a word", opts: verifyOptions{fix: fixAll}, asks: true, answer: " YES \r\n", want: true, asked: true},
		{name: "refused", opts: verifyOptions{fix: fixAll}, asks: true, answer: "n\n", asked: true},
		{name: "another word", opts: verifyOptions{fix: fixAll}, asks: true, answer: "yesterday\n", asked: true},
		{name: "nothing", opts: verifyOptions{fix: fixAll}, asks: true, answer: "\n", asked: true},
		{name: "the end", opts: verifyOptions{fix: fixAll}, asks: true, asked: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var said bytes.Buffer
			a := &app{Env: &Env{Stdin: strings.NewReader(tt.answer), Stderr: &said, Asks: tt.asks}}
			got, err := a.agreed(tt.opts)
			if got != tt.want || errkind.Of(err) != tt.kind {
				t.Errorf("got %t, %v", got, err)
			}
			if asked := strings.Contains(said.String(), "[y/N]"); asked != tt.asked {
				t.Errorf("said %q", said.String())
			}
		})
	}
}

// A report that changed while it was looked at stays as it is.
func TestWriteMended(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.md")
	content := func() string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{Env: &Env{}}
	if err := a.writeMended(t.Context(), path, []byte("read"), []byte("mended")); errkind.Of(err) != errkind.Usage || content() != "theirs" {
		t.Errorf("got %v, and the file has %q", err, content())
	}
	if err := a.writeMended(t.Context(), path, []byte("theirs"), []byte("mended")); err != nil || content() != "mended" {
		t.Errorf("got %v, and the file has %q", err, content())
	}
}
