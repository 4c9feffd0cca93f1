package catalog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

func TestRelated(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		owner, project, repo string
		want                 bool
	}{
		{"tikv", "TiKV", "tikv", true},
		{"youki-dev", "youki", "youki", true},
		{"project-akri", "Akri", "akri", true},
		{"open-telemetry", "OpenTelemetry", "community", true},
		{"k3s-io", "k3s", "k3s", true},
		{"fluent", "Fluentd", "fluentd", true},
		{"kube-rs", "kube-rs", "kube", true},
		{"v6d-io", "Vineyard", "v6d", false},
		{"microsoft", "xyz", "xyz", false},
		{"containers", "Podman Container Tools", "podman", false},
		{"specialists", "Gadget", "spec", false},
		{"backspace", "KS", "ks", false},
		{"", "", "", false},
	} {
		if got := related(tc.owner, tc.project, tc.repo); got != tc.want {
			t.Errorf("related(%q, %q, %q) = %v", tc.owner, tc.project, tc.repo, got)
		}
	}
}

func TestOutright(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string][]string{
		`(?i)^(acme|acme-labs\/.*|other\/(x|y-z|.*q)|.+\/plug|a\/b)$`: {"acme", "acme-labs/", "other/x", "other/y-z", "a/b"},
		`(?i)^(spiffy\/spire.*)$`:                                     nil,
		`(?i)^boxes\/(pod|skip-it)$`:                                  {"boxes/pod", "boxes/skip-it"},
		`(?i)^(one\/.*mesh|two\/.*)`:                                  {"two/"},
		`^(`:                                                          nil,
		``:                                                            {""},
		`((((((((((a))))))))))`:                                       nil,
		strings.Repeat("(a|", 1000) + "b":                             nil,
		`^(one\/(a|b)|two\/(c|d)\/(e|f)|x)$`:                          {"one/a", "one/b", "x"},
	} {
		got, _ := outright(expr)
		if expr == "" { // the empty word is dropped by the caller
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("outright(%.60q): %s", expr, diff)
		}
	}
	words, loose := outright("^(" + strings.Repeat("a/b|", 2000) + "c)$")
	if len(words) > limit.PatternNames || len(loose) == 0 {
		t.Errorf("%d words, the rest begins with %q", len(words), loose)
	}
}

// A pattern needs the listing of an owner where it may match what it does not
// name.
func TestPatternLeaves(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]bool{
		`(?i)^(acme\/(a|b)|other\/.*)$`: false,
		`^(acme\/a|acme\/b)$`:           false,
		`^(ac\/.*|acme-labs\/x.*)$`:     false,
		`^(acmeism)$`:                   false,
		`^(acme\/a|acme\/b)`:            true, // acme/bc
		`(acme\/a)$`:                    true, // pacme/a; begins with anything
		`^acme\/a|acme\/b$`:             true, // acme/ab
		`^(acme\/.*)$`:                  true,
		`(?i)^(ACME\/.*mesh)$`:          true,
		`^(acme.*\/x)$`:                 true,
		`^(.+\/plug)$`:                  true,
		`^((acme|other)\/x.*)$`:         true,
	} {
		_, loose := outright(expr)
		p := pattern{entry: &tracked{loose: loose}}
		if got := p.leaves("github.com/Acme"); got != want {
			t.Errorf("%s leaves %t, want %t (%q)", expr, got, want, loose)
		}
	}
}

func TestStandingByName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]fact.Standing{
		".github": fact.StandingMeta, "website": fact.StandingWebsite, "otter.io": fact.StandingWebsite,
		"otter.github.io": fact.StandingWebsite, "Otter-Website": fact.StandingWebsite, "argo-site": fact.StandingWebsite,
		"artwork": fact.StandingArtwork, "docs": fact.StandingDocs, "nats.docs": fact.StandingDocs,
		"keda-docs": fact.StandingDocs, "documentation": fact.StandingDocs, "go-policy-template": fact.StandingTemplate,
		"otter": "", "nats.rs": "", "nats.net": "", "io": "", ".": fact.StandingMeta, "templated": "", "docsy": "",
		"website-builder": "", "composite": "", "opposite": "", "": "",
	} {
		if got, why := standingByName(name); got != want || (got == "") != (why == "") {
			t.Errorf("%q: %q, %q", name, got, why)
		}
	}
}

func TestParseLists(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"empty": "", "scalar": "x", "null": "null", "not a list": "a: 1", "no names": "- {}\n- 3\n", "empty projects": "projects: {}",
		"binary": "\x00\xff\xfe", "broken": "a: [", "tab": "\ta: 1", "alias only": "- *x",
	} {
		if _, err := parseCLOMonitor([]byte(data)); errkind.Of(err) != errkind.Input {
			t.Errorf("CLOMonitor, %s: %v", name, err)
		}
		if _, err := parseDevStats([]byte(data)); errkind.Of(err) != errkind.Input {
			t.Errorf("DevStats, %s: %v", name, err)
		}
	}
}

func TestHostileYAML(t *testing.T) {
	t.Parallel()
	var keys strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&keys, "k%d: b\n", i)
	}
	for name, data := range map[string]string{
		"flow":    strings.Repeat("[", 100_000),
		"block":   strings.Repeat("- ", 100_000) + "a",
		"mapping": strings.Repeat("{a: ", 1000) + "1",
		"marks":   strings.Repeat("- a\n", limit.ListMarks),
		"indent":  strings.Join(ladder(200), "\n"),
	} {
		if _, err := parseYAML([]byte(data)); errkind.Of(err) != errkind.Limit {
			t.Errorf("%s: %.200v", name, err)
		}
	}
	// Many keys are no error, and take no more than linear time.
	if _, err := parseYAML([]byte(keys.String())); err != nil {
		t.Errorf("many keys: %v", err)
	}
}

func ladder(n int) []string {
	var out []string
	for i := range n {
		out = append(out, strings.Repeat(" ", i)+"a:")
	}
	return out
}

func TestOddDevStats(t *testing.T) {
	t.Parallel()
	entries, err := parseDevStats([]byte(`projects:
  a: {name: A, status: Sandbox, command_line: ["regexp:(", x]}
  b: {name: B, status: Sandbox, command_line: ["regexp:` + strings.Repeat("a", limit.PatternBytes+1) + `"]}
  c: {name: C, status: Sandbox, command_line: ["--upload-pack=x, good"]}
  d: {name: D, status: Sandbox, command_line: [{x: y}]}
  e: {name: E, status: Sandbox, command_line: "plain"}
  f: {name: F, status: Sandbox, command_line: ["one,two", "x,y"]}
  g: 5
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`its pattern is not understood [] []`, `its pattern is too long [] []`,
		`it names "--upload-pack=x" [github.com/good] []`, ` [] []`, ` [github.com/plain] []`,
		` [] [github.com/one/x github.com/one/y github.com/two/x github.com/two/y]`, ` [] []`,
	}
	for i, d := range entries {
		if got := fmt.Sprintf("%s %v %v", d.odd, d.orgs, d.repos); got != want[i] {
			t.Errorf("%s: %q, want %q", d.key.value, got, want[i])
		}
	}
}

func TestSharedOwnersAreWellFormed(t *testing.T) {
	t.Parallel()
	for owner, why := range sharedOwners {
		got, err := parseOwner(owner)
		if err != nil || got != owner || owner != strings.ToLower(owner) || why == "" {
			t.Errorf("%q: %q, %v", owner, why, err)
		}
	}
}

func FuzzLists(f *testing.F) {
	f.Add([]byte(monitoredList))
	f.Add([]byte(trackedList))
	f.Fuzz(func(t *testing.T, data []byte) {
		b := &builder{ls: scape(fact.Project{Name: "Otter"}), owners: organisations{},
			excluded: map[int]map[string]bool{}, barred: map[int]map[string]bool{}}
		_, _, _ = b.addCLOMonitor(data, fact.Evidence{})
		_, _, _ = b.addDevStats(data, fact.Evidence{})
		for _, c := range b.claims {
			if err := c.id.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
