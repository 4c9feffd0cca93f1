package cargo_test

import (
	"encoding/json"
	"testing"

	"assay/internal/collect/component/componenttest"
)

// Whatever two manifests say, one in the folder of the other, the collector
// finds the same twice and no parser fails.
func FuzzCargo(f *testing.F) {
	f.Add([]byte("[workspace]\nmembers=['*','**','../x','[']\nexclude=['in']\n[workspace.package]\nversion='1'"),
		[]byte("[package]\nname='in'\nversion.workspace=true\nworkspace='..'\n[lib]\ncrate-type=['cdylib']"))
	f.Add([]byte("package={name='a',publish=[],workspace='.'}\nbin=[{name='b',path='../..'}]\nlib=3"),
		[]byte("[package]\nname='b'\n[dependencies]\na={path='..',workspace=true}\n[target.x.dependencies.tokio]\n"))
	f.Fuzz(func(t *testing.T, outer, inner []byte) {
		tree := []componenttest.File{
			{Name: ".cargo/config.toml", Data: inner},
			{Name: "Cargo.toml", Data: outer},
			{Name: "in/Cargo.toml", Data: inner},
			{Name: "in/src/main.rs", Data: outer},
		}
		var bodies [2]string
		for i := range bodies {
			found := componenttest.Collect(t, tree)
			for _, n := range found.Notes {
				if n.Kind == "internal" {
					t.Errorf("%s: %s", n.Evidence.Path, n.Text)
				}
			}
			body, err := json.Marshal(found)
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
