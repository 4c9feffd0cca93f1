package component

import (
	"fmt"
	"strings"
	"testing"

	"assay/internal/errkind"
)

// Input made to hurt parsers: nesting, repetition, things that never end. Each
// must come out as a component or a note, and none by way of a panic.
func TestHostile(t *testing.T) {
	t.Parallel()
	many := func(unit string) string { return strings.Repeat(unit, 64<<10/len(unit)) }
	// doubled is a last name of 99, each of which is twice the one before it.
	doubled := func(form string) string {
		var b strings.Builder
		for i := range 99 {
			fmt.Fprintln(&b, strings.NewReplacer("NEW", fmt.Sprint("a", i+1), "OLD", fmt.Sprint("a", i)).Replace(form))
		}
		return b.String()
	}
	for path, data := range map[string]string{
		"a/Cargo.toml":      "[package]\nname='a'\n[x]\n" + strings.Repeat("a.", 3000) + "b=1",
		"b/Cargo.toml":      "[package]\nname='" + many("a") + "'",
		"c/Cargo.toml":      "[workspace]\nmembers=[" + many("'a/*/**/b',") + "]",
		"d/Cargo.toml":      "[package]\nname='a'\nx=" + strings.Repeat("[", 7000),
		"a/go.mod":          "module x\n" + many("(\n"),
		"b/go.mod":          "module x\n" + many("require (\n)\n"),
		"a/pom.xml":         "<project>" + many("<a>"),
		"b/pom.xml":         "<project><artifactId>a</artifactId><description>" + many("${a}") + "</description></project>",
		"c/pom.xml":         "<project>" + many("<properties><a>1</a></properties>") + "<artifactId>a</artifactId></project>",
		"d/pom.xml":         "<!DOCTYPE p [<!ENTITY a \"" + many("&a;") + "\">]><project><artifactId>&a;</artifactId></project>",
		"a/package.json":    `{"name":` + many("["),
		"b/package.json":    `{"name":"b","workspaces":[` + many(`"*/**/**/*",`) + `"x"]}`,
		"a/setup.py":        "setup(" + many("name=x "),
		"a/setup.cfg":       "[metadata]\n" + many("k=\n x\n"),
		"a/build.gradle":    many("kotlin(\"jv"),
		"b/settings.gradle": "include " + many("'a',\n"),
		"c/settings.gradle": many("include '${"),
		"c/build.gradle":    `version = "` + many("${") + `"`,
		"d/build.gradle":    "version = " + many("'a' + ") + "'b'",
		"e/build.gradle":    many("x {"),
		"f/build.gradle":    many("/"),
		"gradle.properties": many("a\\\n"),
		"b/setup.py":        "x = " + many("'a' + ") + "'b'\nsetup(name=x)",
		"c/setup.py":        many("setup(name=(("),
		"d/setup.py":        "a = b\nb = a\nsetup(name=a, **a)",
		"e/setup.py":        "A = dict(**A)\nsetup(**A)",
		"f/setup.py":        "A = dict(**dict(**{'a': 'b'}, **B), **B)\nB = dict(**A, **A)\nsetup(**A, **B)",
		"g/setup.py":        "a0 = ''\n" + doubled("NEW = OLD + OLD") + "setup(name=a99, version=a99)",
		"h/setup.py":        "a0 = {'name': 'x'}\n" + doubled("NEW = dict(**OLD, **OLD)") + "setup(**a99)",
		"i/setup.py":        "setup(" + many("**dict(") + "a=1" + many(")))))))"),
		"g/build.gradle":    "def a0 = 'x'\n" + doubled("def NEW = OLD + OLD") + "version = a99",
		"h/build.gradle":    "def a0 = 'x'\n" + doubled(`def NEW = "$OLD$OLD"`) + "version = a99",
		"i/build.gradle":    "a" + strings.Repeat("\n", 1<<20) + ".b",
		"j/build.gradle":    "a" + strings.Repeat("//\n", 1<<19) + "?: b",
		"k/build.gradle":    strings.Repeat("= /a/ ", 1<<18),
		"l/build.gradle":    strings.Repeat("``", 1<<20),
		"m/build.gradle":    strings.Repeat("version = \""+strings.Repeat("${\"", 300)+strings.Repeat("\"}", 300)+"\"\n", 500),
		"lerna.json":        `{"packages":[` + many(`"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",`) + `"x"]}`,
		"c/package.json":    `{"workspaces":[` + many(`"!a*","a",`) + `"x"]}`,
		"go.work":           many("use (\n./a\n)\n"),
		"e/pom.xml":         "<project><artifactId>a</artifactId><profiles>" + many("<profile><modules><module>a</module></modules></profile>") + "</profiles></project>",
		"a/a.rs":            "unsafe" + many("/*"),
		"a/b.rs":            many("unsafe extern \""),
		"a/c.rs":            many("r#####\"#### unsafe"),
		"a/d.rs":            many("unsafe '\\"),
	} {
		got := run(t, text("a/Cargo.toml", "[package]\nname='a'"), text("pyproject.toml", "[project]\nname='p'"), text(path, data))
		if len(got.Components) < 1 {
			t.Errorf("%s: the other components are gone", path)
		}
		for _, n := range got.Notes {
			if n.Kind == string(errkind.Internal) || len(n.Text) > 2000 {
				t.Errorf("%s: note of kind %q and %d bytes: %.200s", path, n.Kind, len(n.Text), n.Text)
			}
		}
		for _, c := range got.Components {
			if len(c.Name) > 1000 || len(c.Description) > 3000 {
				t.Errorf("%s: name of %d bytes, description of %d", path, len(c.Name), len(c.Description))
			}
		}
	}
}
