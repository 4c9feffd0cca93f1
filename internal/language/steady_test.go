package language

import "testing"

func TestSteady(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][3]bool{ // steady, one way, volatile
		"src/main.rs": {true, false, false}, "A.RS": {true, false, false}, "docs/a.md": {true, false, false},
		"main.go": {false, true, false}, "lex.l.go": {false, true, true}, "a/b.pb.go": {false, true, true},
		"Makefile": {false, false, true}, "scripts/rpm/start": {false, false, true}, ".envrc": {false, false, true},
		"a.tar.sh": {true, false, false}, "x.py": {false, false, false}, "x": {false, false, true},
	} {
		if got := [3]bool{Steady(name), OneWay(name), Volatile(name)}; got != want {
			t.Errorf("%s: steady, one way, volatile %v, want %v", name, got, want)
		}
	}
}

// The plain verdict is the one that changes nothing.
func TestPlain(t *testing.T) {
	t.Parallel()
	c := NewClassifier(nil)
	for _, name := range []string{"src/main.rs", "main.go", "a.tsx", "x.py", "a.h"} {
		f := c.Path(name)
		with := f.With(name, f.Plain())
		if with.Language != f.Language || with.Counted != f.Counted || with.Role != f.Role {
			t.Errorf("%s: %+v with its plain verdict is %+v", name, f, with)
		}
	}
}

// Countable and Refine agree with Path in what they say.
func TestCountableAndRefine(t *testing.T) {
	t.Parallel()
	attrs := ParseAttributes(map[string][]byte{".gitattributes": []byte("*.json linguist-detectable\ngen/** linguist-generated\n*.inc linguist-language=PHP\n")})
	plain, refined := NewClassifier(nil), NewClassifier(attrs)
	for _, name := range []string{
		"src/main.rs", "vendor/a.go", "a.json", "gen/a.go", "x.inc", "README.md", "docs/a.py", "logo.png", "Makefile", "a.xyzzy", "Cargo.lock", "tests/a_test.go",
	} {
		whole, part := plain.Path(name), plain.Countable(name)
		if whole.Counted != part.Counted || whole.NeedsContent != part.NeedsContent || whole.Language != part.Language {
			t.Errorf("%s: Path %+v, Countable %+v", name, whole, part)
		}
		if part.Counted && whole.Role != part.Role {
			t.Errorf("%s: role %q, Countable says %q", name, whole.Role, part.Role)
		}
		a, b := refined.Path(name), refined.Refine(name, part)
		if a.Counted != b.Counted || a.NeedsContent != b.NeedsContent || a.Language != b.Language {
			t.Errorf("%s with attributes: Path %+v, Refine %+v", name, a, b)
		}
	}
}
