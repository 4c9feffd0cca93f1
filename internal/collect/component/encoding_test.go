package component

import (
	"testing"
)

// Formats that may name an encoding are read in it: as Maven, Python and Gradle
// read them (XML 1.0, 4.3.3; PEP 263; java.util.Properties).
func TestDecoded(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, data, want string }{
		{"pom.xml", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe9</a>", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>"},
		{"pom.xml", "<?xml version='1.0' encoding='windows-1252'?>\x80", "<?xml version='1.0' encoding='windows-1252'?>€"},
		{"pom.xml", "<a>\xe9</a>", "<a>\xe9</a>"},
		{"pom.xml", "\xff\xfe<\x00a\x00/\x00>\x00", "<a/>"},
		{"setup.py", "#!/usr/bin/python\n# -*- coding: latin-1 -*-\n# \xe9", "#!/usr/bin/python\n# -*- coding: latin-1 -*-\n# é"},
		{"setup.py", "x = 1\n\n# coding: latin-1\n\xe9", "x = 1\n\n# coding: latin-1\n\xe9"},
		{"gradle.properties", "a=\xe9", "a=é"},
		{"Cargo.toml", "\xef\xbb\xbfa = 1", "a = 1"},
		{"Cargo.toml", "a = '\xe9'", "a = '\xe9'"},
		{"package.json", "\xff\xfe{\x00}\x00", "\xff\xfe{\x00}\x00"},
	} {
		if got := string(decoded(test.name, []byte(test.data))); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
