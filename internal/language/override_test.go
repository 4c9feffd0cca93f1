package language

import (
	"strings"
	"testing"
)

// What linguist-language names. The right values are those of github-linguist
// 7.22.1, run on a repository of these files; that names are written with hyphens
// is from github.com/github-linguist/linguist, docs/overrides.md and issue 4697.
func TestOverrides(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"linguist-language=Emacs-Lisp":             "Emacs Lisp",
		"linguist-language=emacs-lisp":             "Emacs Lisp",
		"linguist-language=elisp":                  "Emacs Lisp",
		"linguist-language=Emacs_Lisp":             "", // linguist takes no underscore
		"linguist-language=Common-Lisp":            "Common Lisp",
		"linguist-language=Visual-Basic-.NET":      "Visual Basic .NET",
		"linguist-language=Visual-Basic-6.0":       "Visual Basic 6.0",
		"linguist-language=OpenStep-Property-List": "OpenStep Property List",
		"linguist-language=Protocol-Buffer":        "Protocol Buffer",
		"linguist-language=Jupyter-Notebook":       "Jupyter Notebook",
		"linguist-language=Unix-Assembly":          "Assembly", // its group
		"linguist-language=Objective-C++":          "Objective-C++",
		"linguist-language=F#":                     "F#",
		"linguist-language=f%23":                   "",
		"linguist-language=shell-script":           "Shell",
		"linguist-language=golang":                 "Go",
		"linguist-language=C++,x":                  "C++",
		"linguist-language":                        "", // a language of no name
		"linguist-language=":                       "",
		"linguist-language=true":                   "",
		"linguist-language=false":                  "",
		"-linguist-language":                       "Python",
		"!linguist-language":                       "Python",
		"linguist-language=\"Emacs":                "",
	} {
		attrs := ParseAttributes(map[string][]byte{".gitattributes": []byte("*.py " + value + "\n")})
		c := NewClassifier(attrs)
		text := []byte("print(1)\n")
		if got := c.File("a.py", c.Path("a.py"), text, int64(len(text))); got.Language != want {
			t.Errorf("%s: %q, want %q", value, got.Language, want)
		}
	}
}

// Emacs names modes as linguist names languages: with hyphens.
func TestEmacsModes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"-*- emacs-lisp -*-\n(x)\n":                    "Emacs Lisp",
		"; -*- Mode: Common-Lisp; x: y -*-\n(x)\n":     "Common Lisp",
		"# -*- mode:protocol-buffer -*-\n(x)\n":        "Protocol Buffer",
		"# -*- mode: c++; tab-width: 4 -*-\n":          "C++",
		"# -*- mode: no-such-mode -*-\n":               "",
		"# -*- " + strings.Repeat("-*- ", 1000) + "\n": "",
	} {
		if got := NewClassifier(nil).Look("x", []byte(text), int64(len(text))).Language; got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}
