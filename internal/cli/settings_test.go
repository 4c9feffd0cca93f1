package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// A world is an Env whose environment is a map, and what was printed.
type world struct {
	env         map[string]string
	out, errors bytes.Buffer
}

func (w *world) run(ctx context.Context, args ...string) int {
	return Run(ctx, &Env{
		Stdout: &w.out, Stderr: &w.errors,
		Getenv: func(name string) string { return w.env[name] },
		Now:    func() time.Time { return time.Date(2025, 12, 10, 1, 2, 3, 0, time.UTC) },
	}, args)
}

// load gathers the settings from a file, an environment and flags of survey
// and list.
func load(t *testing.T, file string, env map[string]string, flags ...string) (*Settings, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "assay.yaml")
	if err := os.WriteFile(path, []byte(file), 0o644); err != nil {
		t.Fatal(err)
	}
	a := &app{Env: (&Env{Getenv: func(name string) string { return env[name] }}).withDefaults(), config: path}
	for _, cmd := range []*cobra.Command{newSurvey(a), newList(a)} {
		cmd.Flags().StringVar(&a.flags.Store, "store", "", "")
		if err := cmd.ParseFlags(flags); err == nil {
			err := a.load(cmd)
			return &a.settings, err
		}
	}
	t.Fatalf("no command takes the flags %q", flags)
	return nil, nil
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	// For every setting: how each source writes it, and what is read back.
	tests := []struct {
		name          string
		file, env     string // "key: value", "NAME=value"
		flag          []string
		get           func(*Settings) any
		byDefault     any
		inFile, inEnv any
		inFlag        any
	}{
		{name: "landscape", file: "landscape: f.yml", env: "ASSAY_LANDSCAPE=e.yml", flag: []string{"--landscape", "c.yml"},
			get: func(s *Settings) any { return s.Landscape }, byDefault: "", inFile: "f.yml", inEnv: "e.yml", inFlag: "c.yml"},
		{name: "as-of", file: "as_of: 2020-01-01", env: "ASSAY_AS_OF=2021-01-01", flag: []string{"--as-of", "2022-01-01"},
			get: func(s *Settings) any { return s.AsOf }, byDefault: "", inFile: "2020-01-01", inEnv: "2021-01-01", inFlag: "2022-01-01"},
		{name: "store", file: "store: f.db", env: "ASSAY_STORE=e.db", flag: []string{"--store", "c.db"},
			get: func(s *Settings) any { return s.Store }, byDefault: "/home/u/.local/share/assay/facts.db", inFile: "f.db", inEnv: "e.db", inFlag: "c.db"},
		{name: "mirrors", file: "mirrors: f", env: "ASSAY_MIRRORS=e", flag: []string{"--mirrors", "c"},
			get: func(s *Settings) any { return s.Mirrors }, byDefault: "/home/u/.local/share/assay/mirrors", inFile: "f", inEnv: "e", inFlag: "c"},
		{name: "mirror-from", file: "mirror_from: f", env: "ASSAY_MIRROR_FROM=e", flag: []string{"--mirror-from", "c"},
			get: func(s *Settings) any { return s.MirrorFrom }, byDefault: "", inFile: "f", inEnv: "e", inFlag: "c"},
		{name: "clomonitor", file: "clomonitor: f", env: "ASSAY_CLOMONITOR=off", flag: []string{"--clomonitor", "c"},
			get: func(s *Settings) any { return s.CLOMonitor }, byDefault: "auto", inFile: "f", inEnv: "off", inFlag: "c"},
		{name: "devstats", file: "devstats: f", env: "ASSAY_DEVSTATS=off", flag: []string{"--devstats", "c"},
			get: func(s *Settings) any { return s.DevStats }, byDefault: "auto", inFile: "f", inEnv: "off", inFlag: "c"},
		{name: "language", file: "language: go", env: "ASSAY_LANGUAGE=zig", flag: []string{"-l", "c++"},
			get: func(s *Settings) any { return s.Language }, byDefault: "rust", inFile: "go", inEnv: "zig", inFlag: "c++"},
		{name: "offline", file: "offline: true", env: "ASSAY_OFFLINE=false", flag: []string{"--offline"},
			get: func(s *Settings) any { return s.Offline }, byDefault: false, inFile: true, inEnv: false, inFlag: true},
		{name: "jobs", file: "jobs: 3", env: "ASSAY_JOBS=4", flag: []string{"--jobs", "5"},
			get: func(s *Settings) any { return s.Jobs }, byDefault: 0, inFile: 3, inEnv: 4, inFlag: 5},
		{name: "component-share", file: "thresholds: {component_share: 0.2}", env: "", flag: []string{"--component-share", "30%"},
			get: func(s *Settings) any { return *s.Thresholds.ComponentShare }, byDefault: 0.1, inFile: 0.2, inEnv: 0.2, inFlag: 0.3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			home := map[string]string{"HOME": "/home/u"}
			both := map[string]string{"HOME": "/home/u"}
			if name, value, ok := strings.Cut(tt.env, "="); ok {
				both[name] = value
			}
			check := func(source string, want any, file string, env map[string]string, flags ...string) {
				s, err := load(t, file, env, flags...)
				if err != nil {
					t.Fatalf("%s: %v", source, err)
				}
				if diff := cmp.Diff(want, tt.get(s)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", source, diff)
				}
			}
			check("default", tt.byDefault, "", home)
			check("file", tt.inFile, tt.file, home)
			check("environment before file", tt.inEnv, tt.file, both)
			check("flag before environment", tt.inFlag, tt.file, both, tt.flag...)
		})
	}
}

func TestSettingsRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		file  string
		env   string
		flags []string
		want  string // in the message
		hint  string // in the hint
	}{
		{name: "no such setting", file: "stroe: s.db", want: `line 1: there is no setting "stroe"`, hint: "docs/configuration.md"},
		{name: "no such setting of a project", file: "projects:\n  A:\n    repo: x", want: `line 3: there is no setting "repo"`, hint: "docs/configuration.md"},
		{name: "broken YAML", file: "store: [s.db", want: "assay.yaml", hint: "docs/configuration.md"},
		{name: "twice", file: "store: a\nstore: b", want: `line 2: mapping key "store" already defined at line 1`},
		{name: "list for text", file: "store: [a]", want: "line 1: is a list or a mapping, and should be text"},
		{name: "text for number", file: "jobs: many", want: "`many` is not a number"},
		{name: "text for truth", file: "offline: perhaps", want: "`perhaps` is neither true nor false"},
		{name: "text for list", file: "projects:\n  A:\n    repos: x", want: "line 3: `x` is not a list"},
		{name: "text for mapping", file: "thresholds: 0.1", want: "`0.1` is not a mapping"},
		{name: "text for a file", file: "nothing", want: "`nothing` is not a mapping"},
		{name: "too large", file: strings.Repeat("# filler\n", limit.ConfigBytes/9+1), want: "longer than"},

		{name: "date", flags: []string{"--as-of", "yesterday"}, want: `as-of: "yesterday" is not a date`, hint: "2025-12-31"},
		{name: "day that does not exist", flags: []string{"--as-of", "2025-02-30"}, want: "is not a date"},
		{name: "date with time", flags: []string{"--as-of", "2025-02-03T00:00:00Z"}, want: "is not a date"},
		{name: "date in the file", file: "as_of: 2025-13-01", want: "is not a date"},
		{name: "date in the environment", env: "ASSAY_AS_OF=1.2.2025", want: "is not a date"},
		{name: "jobs below zero", flags: []string{"--jobs", "-1"}, want: "jobs: -1 repositories at a time", hint: "a number up to 1,000"},
		{name: "jobs beyond all", file: "jobs: 999999999", want: "jobs: 999999999 repositories at a time"},
		{name: "jobs in the environment", env: "ASSAY_JOBS=x", want: `ASSAY_JOBS="x" is not a number`},
		{name: "offline in the environment", env: "ASSAY_OFFLINE=x", want: `ASSAY_OFFLINE="x" is neither true nor false`},
		{name: "share of zero", flags: []string{"--component-share", "0"}, want: "0 is not a share", hint: "10%"},
		{name: "share above one", file: "thresholds: {component_share: 1.5}", want: "1.5 is not a share"},
		{name: "share below zero", file: "thresholds: {component_share: -0.1}", want: "-0.1 is not a share"},
		{name: "share that is no number", file: "thresholds: {component_share: .nan}", want: "NaN is not a share"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			env := map[string]string{}
			if name, value, ok := strings.Cut(tt.env, "="); ok {
				env[name] = value
			}
			_, err := load(t, tt.file, env, tt.flags...)
			if errkind.Of(err) != errkind.Usage || !strings.Contains(err.Error(), tt.want) || !strings.Contains(errkind.Hint(err), tt.hint) {
				t.Errorf("error %v of kind %q with hint %q, want kind usage, %q and hint %q", err, errkind.Of(err), errkind.Hint(err), tt.want, tt.hint)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("error of several lines: %q", err)
			}
		})
	}
}

func TestSettingsAccepted(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"", "# only a comment\n", "---\n", "thresholds: {component_share: 1}\n", "projects: {}\n"} {
		if _, err := load(t, file, nil); err != nil {
			t.Errorf("%q: %v", file, err)
		}
	}
	s, err := load(t, "# the user's word\nprojects:\n  Ferrite:\n    repos: [code.example/a/b]\n  'Old Kiln':\n    owners: [code.example/kiln]\nrenames:\n  code.example/a/old: code.example/a/new\n", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]ProjectSettings{
		"Ferrite":  {Repos: []string{"code.example/a/b"}},
		"Old Kiln": {Owners: []string{"code.example/kiln"}},
	}
	if diff := cmp.Diff(want, s.Projects); diff != "" {
		t.Errorf("projects (-want +got):\n%s", diff)
	}
	c := s.catalogConfig()
	if filepath.Base(c.Evidence.Path) != "assay.yaml" || c.Projects["Ferrite"].Line != 3 || c.Projects["Old Kiln"].Line != 5 {
		t.Errorf("evidence %v, lines %d and %d, want assay.yaml, 3 and 5", c.Evidence, c.Projects["Ferrite"].Line, c.Projects["Old Kiln"].Line)
	}
	if s.Renames["code.example/a/old"] != "code.example/a/new" {
		t.Errorf("renames: %v", s.Renames)
	}
}

func TestNamedFileMustBeThere(t *testing.T) {
	t.Parallel()
	var w world
	if code := w.run(t.Context(), "list", "--config", filepath.Join(t.TempDir(), "gone.yaml")); code != errkind.ExitUsage {
		t.Errorf("exit code %d, want %d: %s", code, errkind.ExitUsage, w.errors.String())
	}
}
