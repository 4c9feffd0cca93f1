package component

import (
	"encoding/json"
	"testing"

	"assay/internal/errkind"
)

// Whatever a manifest of any ecosystem says, the collector finds the same twice, and
// no parser fails.
func FuzzManifests(f *testing.F) {
	names := []string{
		"Cargo.toml", "go.mod", "go.work", "package.json", "pnpm-workspace.yaml", "lerna.json", "pom.xml", "pyproject.toml", "setup.cfg",
		"setup.py", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "gradle.properties", "libs.versions.toml",
	}
	for i, text := range []string{
		"[package]\nname='a'", "module x\n", "use (\n ./a\n)\n", `{"name":"a","workspaces":["*"]}`, "packages:\n  - '*'\n", "{}",
		"<project><artifactId>a</artifactId><version>${revision}</version></project>", "[project]\nname='a'\ndynamic=['version']",
		"[metadata]\nname = a\n", "setup(name='a', version=V)", "apply plugin: 'java'\n", "plugins { java }", "include 'a', 'b'\n",
		"include(\"a\")\n", "version=1\n", "[versions]\na='1'\n",
	} {
		f.Add(i, []byte(text))
	}
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		name := names[uint(which)%uint(len(names))]
		var bodies [2]string
		for i := range bodies {
			got := run(t, text("Cargo.toml", "[package]\nname='a'"), text("in/"+name, string(data)))
			for _, n := range got.Notes {
				if n.Kind == string(errkind.Internal) {
					t.Errorf("%s: %s", n.Evidence.Path, n.Text)
				}
			}
			body, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			bodies[i] = string(body)
		}
		if bodies[0] != bodies[1] {
			t.Errorf("not the same twice:\n%s\n%s", bodies[0], bodies[1])
		}
	})
}
