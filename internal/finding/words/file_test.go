package words

import (
	"strings"
	"testing"
)

func TestFile(t *testing.T) {
	t.Parallel()
	for _, same := range []string{"weir", "lantern-2", "a.b_c+d~e", "Weir"} {
		if got := File(same); got != same {
			t.Errorf("%q becomes %q", same, got)
		}
	}
	seen := map[string]string{}
	for _, odd := range []string{"", ".", "..", "a/b", "a\\b", "a b", "a:b", "../../etc/passwd", "ä", "\x00", strings.Repeat("x", 300), strings.Repeat("x", 301), ".hidden"} {
		got := File(odd)
		if before, ok := seen[got]; ok {
			t.Errorf("%q and %q are both %q", before, odd, got)
		}
		seen[got] = odd
		if len(got) > 100 || strings.ContainsAny(got, "/\\: \x00") || strings.HasPrefix(got, ".") {
			t.Errorf("%q becomes %q", odd, got)
		}
	}
}

func TestLanguageFile(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"Rust": "rust", "C++": "cpp", "C#": "csharp", "F*": "fstar", "Visual Basic .NET": "visual-basic-net", "../x": "x", "": "language", "…": "language",
		strings.Repeat("y", 300): strings.Repeat("y", longName),
	} {
		if got := LanguageFile(language); got != want {
			t.Errorf("%q becomes %q, want %q", language, got, want)
		}
	}
}
