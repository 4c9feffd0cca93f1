package release

import (
	"slices"
	"strings"
	"testing"

	"assay/internal/limit"
)

func TestRead(t *testing.T) {
	t.Parallel()
	const none = "no version"
	full, early := false, true
	for name, want := range map[string]struct {
		series, version string
		pre             bool
	}{
		// Numbers.
		"1.2.3":           {"", "1.2.3", full},
		"v1.2.3":          {"", "1.2.3", full},
		"V1.2":            {"", "1.2", full},
		"v.1.2":           {"", "1.2", full},
		"0.0.1":           {"", "0.0.1", full},
		"1.2.3.4":         {"", "1.2.3.4", full},
		"v001":            {"", "001", full},
		"v5":              {"", "5", full},
		"v2-rc1":          {"", "2-rc1", early},
		"REL_14_2":        {"", "14_2", full},
		"tool-7_88_1":     {"tool", "7_88_1", full},
		"v1234567890.1":   {"", "1234567890.1", full},
		"123456789":       {none, "", full},
		"v2-1.2.3.x":      {none, "", full},
		"v5+abc":          {none, "", full},
		"":                {none, "", full},
		"v":               {none, "", full},
		"latest":          {none, "", full},
		"stable":          {none, "", full},
		"1.2.":            {none, "", full},
		"1..2":            {none, "", full},
		"1.2.3/linux":     {none, "", full},
		"v1.2 beta":       {none, "", full},
		"v1.2.3-":         {none, "", full},
		"v1.2.3+":         {none, "", full},
		"v１.２":            {none, "", full},
		"git-1a18ca8f":    {none, "", full},
		"issue-1234":      {none, "", full},
		"rc1":             {none, "", full},
		"rc2-preview":     {none, "", full},
		"release/test.0":  {none, "", full},
		"x86_64":          {none, "", full},
		"release-12-1999": {none, "", full},

		"v1." + strings.Repeat("2", limit.TagVersion-2): {"", "1." + strings.Repeat("2", limit.TagVersion-2), full},
		"v1." + strings.Repeat("2", limit.TagVersion-1): {none, "", full},

		// Days.
		"2024.01.15":             {"", "2024.01.15", full},
		"24.04":                  {"", "24.04", full},
		"v2024.1.0":              {"", "2024.1.0", full},
		"2024-01-15":             {"", "2024-01-15", full},
		"2024-01":                {"", "2024-01", full},
		"2024-01-15-rc1":         {"", "2024-01-15-rc1", early},
		"2024-01-15.2":           {"", "2024-01-15.2", full},
		"20240115":               {"", "20240115", full},
		"release-2024-01-15":     {"", "2024-01-15", full},
		"nightly-2024-01-15":     {"nightly", "2024-01-15", early},
		"2024-13-15":             {none, "", full},
		"before-move-2024-01-15": {none, "", full},
		"nightly-20240115":       {"nightly", "20240115", early},
		"2024-01-15-1a2b3c4":     {none, "", full},

		// Series.
		"crate-v1.2.3":             {"crate", "1.2.3", full},
		"crate-1.2.3":              {"crate", "1.2.3", full},
		"crate_v1.2.3":             {"crate", "1.2.3", full},
		"crate/v1.2.3":             {"crate", "1.2.3", full},
		"path/to/v1.2.3-rc.1":      {"path/to", "1.2.3-rc.1", early},
		"crate@1.2.3":              {"crate", "1.2.3", full},
		"@scope/pkg@1.2.3":         {"@scope/pkg", "1.2.3", full},
		"store-s3-v0.1.0":          {"store-s3", "0.1.0", full},
		"log4x-1.2.17":             {"log4x", "1.2.17", full},
		"crate-2-1.2.3":            {"crate-2", "1.2.3", full},
		"store-2fa-v1.0":           {"store-2fa", "1.0", full},
		"helm-chart-1.2.3":         {"helm-chart", "1.2.3", full},
		"go1.22.0":                 {"go", "1.22.0", full},
		"go1.22rc1":                {"go", "1.22rc1", early},
		"x86_64-1.2":               {"x86_64", "1.2", full},
		"übung-1.2.3":              {"übung", "1.2.3", full},
		"crate-rust-v1.2.3-fork.1": {"crate-rust", "1.2.3-fork.1", early},
		"crate.1.2":                {none, "", full},
		"crate2v1.2":               {none, "", full},

		// Words for the whole.
		"release-1.2.3":       {"", "1.2.3", full},
		"release/v1.2.3":      {"", "1.2.3", full},
		"RELEASE.1.2.3":       {"", "1.2.3", full},
		"rel_1.2":             {"", "1.2", full},
		"rel1.2":              {"", "1.2", full},
		"version-1.2":         {"", "1.2", full},
		"ver1.2":              {"", "1.2", full},
		"release-12":          {"", "12", full},
		"tags/release-v1.2.3": {"", "1.2.3", full},
		"crate-release-1.2.3": {"crate", "1.2.3", full},

		// Channels.
		"edge-24.5.1":        {"edge", "24.5.1", early},
		"stable-2.14.0":      {"stable", "2.14.0", full},
		"product/edge-1.2.3": {"product/edge", "1.2.3", early},
		"tests/v1.2.3":       {"tests", "1.2.3", full},

		// Pre-releases.
		"v1.0.0-alpha":          {"", "1.0.0-alpha", early},
		"v1.0.0-alpha1-alpha.1": {"", "1.0.0-alpha1-alpha.1", early},
		"v1.0.0-RC.1":           {"", "1.0.0-RC.1", early},
		"1.0.0rc1":              {"", "1.0.0rc1", early},
		"1.2b3":                 {"", "1.2b3", early},
		"0.2.dev3":              {"", "0.2.dev3", early},
		"v1.0.0.pre.1":          {"", "1.0.0.pre.1", early},
		"v1.0.0-M1":             {"", "1.0.0-M1", early},
		"1.0_beta2":             {"", "1.0_beta2", early},
		"v1.0-SNAPSHOT":         {"", "1.0-SNAPSHOT", early},
		"v1.0.0-nightly.202401": {"", "1.0.0-nightly.202401", early},
		"v1.0.0-ce-rc1":         {"", "1.0.0-ce-rc1", early},
		"v1.0.0-rc.1+k3s1":      {"", "1.0.0-rc.1+k3s1", early},
		"v1.0.0+rc1":            {"", "1.0.0+rc1", early},
		"v1.0.0-next1.202510.0": {"", "1.0.0-next1.202510.0", early},
		"v1.0.0-fork.2":         {"", "1.0.0-fork.2", early},
		"v1.0.0-dev.1a2b3c4":    {"", "1.0.0-dev.1a2b3c4", early},

		// Other suffixes.
		"1.0.0-1":                       {"", "1.0.0-1", full},
		"debian/1.0.0-3":                {"debian", "1.0.0-3", full},
		"1.0.2u":                        {"", "1.0.2u", full},
		"1.0.post1":                     {"", "1.0.post1", full},
		"v1.0.0-hotfix":                 {"", "1.0.0-hotfix", full},
		"v1.0.0+k3s1":                   {"", "1.0.0+k3s1", full},
		"v2.0.0-incompatible":           {"", "2.0.0-incompatible", full},
		"1.0.0.Final":                   {"", "1.0.0.Final", full},
		"v1.2.3-20240403-b6f61d7":       {none, "", full},
		"v1.2.3-20240403":               {none, "", full},
		"v1.2.3-5-gabcdefa":             {none, "", full},
		"v0.0.0-20240403010203-b6f61d7": {none, "", full},
		"v1.2.3-b6f61d7":                {none, "", full},
		"v1.2.3_plus_git":               {none, "", full},
		"release-1.x":                   {none, "", full},
		"1.2.x":                         {none, "", full},
		"v1.2.3-retract":                {none, "", full},
		"v1.2-eol":                      {none, "", full},
		"1.2foo":                        {none, "", full},
	} {
		r, is := read(name)
		ok := is == isVersion
		got := want
		got.series, got.version, got.pre = r.series, r.text, r.pre
		if !ok {
			got.series = none
		}
		if got != want {
			t.Errorf("%q reads as %+v, want %+v", name, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{
		"v1.2.3", "crate-v1.2.3-rc.1+x", "@scope/pkg@1.2.3", "2024-01-15-rc1", "go1.22rc1", "release.1.2", "REL_14_2", "edge-24.5.1", "v005",
	} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		r, got := read(name)
		if got != isVersion {
			return
		}
		if !strings.Contains(name, r.series) || !strings.HasSuffix(name, r.text) || len(r.series)+len(r.text) > len(name) {
			t.Errorf("%q has the series %q and the version %q", name, r.series, r.text)
		}
		alone, got := read(r.text)
		if got != isVersion || alone.series != "" || alone.text != r.text || !slices.Equal(alone.number, r.number) || alone.suffix != r.suffix {
			t.Errorf("%q reads as %+v, its version alone as %+v", name, r, alone)
		}
	})
}
