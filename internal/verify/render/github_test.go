package render

import (
	"bytes"
	"strings"
	"testing"
)

func TestCommandEscapes(t *testing.T) {
	t.Parallel()
	got := command("error", []property{{"file", "a,b:c%d.md"}, {"line", ""}}, "x\ny", "100%\r\n::stop::a,b")
	const want = "::error file=a%2Cb%3Ac%25d.md,title=x\\u000ay::100%25%0D%0A::stop::a,b\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Errors come first, and what nothing can tell is one notice.
func TestGitHubOrder(t *testing.T) {
	t.Parallel()
	s := newSample(t)
	var out bytes.Buffer
	if err := GitHub(&out, &s.Result); err != nil {
		t.Fatal(err)
	}
	var order []string
	for l := range strings.Lines(out.String()) {
		level, _, ok := strings.Cut(strings.TrimPrefix(l, "::"), " ")
		if !ok || !strings.HasPrefix(l, "::") {
			t.Fatalf("%q is no command", l)
		}
		if len(order) == 0 || order[len(order)-1] != level {
			order = append(order, level)
		}
	}
	if got := strings.Join(order, " "); got != "error warning notice" {
		t.Errorf("levels come as %s", got)
	}
	if n := strings.Count(out.String(), "::notice "); n != 1 {
		t.Errorf("there are %d notices, want 1", n)
	}
}
