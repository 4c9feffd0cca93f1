package cadence

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
)

// tags reads "day series:version" and "day series:version pre", one a release.
func tags(all ...string) []fact.Release {
	var out []fact.Release
	for _, s := range all {
		f := strings.Fields(s)
		series, version, _ := strings.Cut(f[1], ":")
		at := f[0]
		if len(at) == len("2025-01-01") {
			at += "T10:00:00Z"
		}
		out = append(out, fact.Release{Tag: f[1], Series: series, Version: version, At: at, Commit: "c" + f[1], Pre: len(f) > 2})
	}
	return out
}

func TestProduct(t *testing.T) {
	t.Parallel()
	otter := func(releases ...string) Repo {
		return Repo{Primary: true, Names: []string{"otter-core", "Otter"}, Releases: tags(releases...)}
	}
	sdk := Repo{Names: []string{"otter-sdk", "Otter"}, Releases: tags("2025-06-01 :0.5.1")}
	for name, tc := range map[string]struct {
		repos []Repo
		last  string
		n     int // full releases of the product
		other bool
	}{
		"a sibling's release is its own": {repos: []Repo{otter("2025-01-01 :0.42.0"), sdk}, last: ":0.42.0", n: 1},
		"so is a library's": {
			repos: []Repo{otter("2025-01-01 :1.0.0", "2025-02-01 client:3.0.0", "2025-02-02 chart/otter-x:4.0.0")}, last: ":1.0.0", n: 1},
		"the series of its name": {
			repos: []Repo{otter("2025-01-01 otter:1.0.0", "2025-02-01 lib:1.0.0", "2025-02-02 lib:1.1.0")}, last: "otter:1.0.0", n: 1},
		"the series of the repository's name": {
			repos: []Repo{otter("2025-01-01 Otter_Core:1.0.0", "2025-02-01 lib:1.0.0", "2025-02-02 lib:1.1.0")}, last: "Otter_Core:1.0.0", n: 1},
		"plain versions before the name's": {repos: []Repo{otter("2025-01-01 :1.0.0", "2025-02-01 otter:9.0.0")}, last: ":1.0.0", n: 1},
		"unless they ended long before":    {repos: []Repo{otter("2021-01-01 :1.0.0", "2025-02-01 otter:9.0.0")}, last: "otter:9.0.0", n: 1},
		"but not before a library's":       {repos: []Repo{otter("2021-01-01 :1.0.0", "2025-02-01 lib:9.0.0")}, last: ":1.0.0", n: 1},
		"channels are the whole's": {
			repos: []Repo{otter("2020-01-01 :1.0.0", "2024-01-01 stable:2.14.0", "2025-01-01 edge:25.1.1 pre", "2025-02-01 lib:1.0.0")}, last: "stable:2.14.0", n: 2},
		"else the largest series": {
			repos: []Repo{otter("2025-01-01 a:1.0.0", "2025-01-02 a:1.1.0", "2025-03-01 b:5.0.0", "2025-03-02 c:1.0.0 pre", "2025-03-03 c:2.0.0 pre")}, last: "a:1.1.0", n: 2},
		"of equals the newest":           {repos: []Repo{otter("2025-01-01 a:1.0.0", "2025-03-01 b:5.0.0")}, last: "b:5.0.0", n: 1},
		"no tag in the primary":          {repos: []Repo{otter(), sdk}, last: ":0.5.1", n: 1, other: true},
		"only later ones in the primary": {repos: []Repo{otter("2026-01-01 :1.0.0"), sdk}, last: ":0.5.1", n: 1, other: true},
		"the primary is not there":       {repos: []Repo{sdk}, last: ":0.5.1", n: 1, other: true},
		"pre-releases of the primary":    {repos: []Repo{otter("2025-01-01 :1.0.0-rc.1 pre"), sdk}, last: "", n: 0},
		"nothing":                        {last: "", other: true},
		"no releases":                    {repos: []Repo{otter()}, other: true},
	} {
		product, found := Product(tc.repos, "2025-12-10")
		f := Of(product, "2025-12-10")
		last := ""
		if f.Last != nil {
			last = f.Last.Tag
		}
		if last != tc.last || f.Full != tc.n || found == tc.other || len(product) != len(tc.repos) {
			t.Errorf("%s: last %q, %d full, found %t", name, last, f.Full, found)
		}
	}
}

// Of one day the highest version is the last, whatever the second.
func TestLastOfADay(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		repos [][]fact.Release
		want  string
	}{
		"a backport seconds later":   {[][]fact.Release{tags("2025-12-03T15:00:00Z :1.28.1", "2025-12-03T15:00:03Z :1.27.4")}, ":1.28.1"},
		"numbers, not text":          {[][]fact.Release{tags("2025-12-03 :1.9.0", "2025-12-03 :1.10.0")}, ":1.10.0"},
		"a backport a day later":     {[][]fact.Release{tags("2025-12-03 :1.28.1", "2025-12-04 :1.27.4")}, ":1.27.4"},
		"the newest of repositories": {[][]fact.Release{tags("2025-12-03T15:00:00Z :9.0.0"), tags("2025-12-03T16:00:00Z :1.0.0")}, ":1.0.0"},
		"however they are ordered":   {[][]fact.Release{tags("2025-12-03T16:00:00Z :1.0.0"), nil, tags("2025-12-03T15:00:00Z :9.0.0")}, ":1.0.0"},
	} {
		for range 2 {
			if got := Of(tc.repos, "2025-12-10").Last.Tag; got != tc.want {
				t.Errorf("%s: %s, want %s", name, got, tc.want)
			}
			slices.Reverse(tc.repos[0])
		}
	}
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	version := func(s string) *fact.Release {
		v, pre := strings.CutSuffix(s, "~")
		return &fact.Release{Version: v, Pre: pre}
	}
	// In order, as the tool named has them; "~" marks a pre-release.
	for tool, order := range map[string][]string{
		"Semantic Versioning 2.0.0, 11": {
			"1.0.0-alpha~", "1.0.0-alpha.1~", "1.0.0-alpha.beta~", "1.0.0-beta~", "1.0.0-beta.2~", "1.0.0-beta.11~", "1.0.0-rc.1~", "1.0.0",
		},
		"Maven's ComparableVersion": {
			"1.2.3.Alpha1~", "1.2.3.Alpha2~", "1.2.3.Beta1~", "1.2.3.M3~", "1.2.3.M10~", "1.2.3.CR1~", "1.2.3.RC2~", "1.2.3-SNAPSHOT~",
			"1.2.3.Final", "1.2.3.SP1", "1.2.3.SP2", "1.2.3.SR1", "1.2.3.SR2", "1.2.4", "9.4.2.v20170220", "9.4.10.v20170120",
		},
		"Maven's ComparableVersion, of trains": {"Hoxton.M1~", "Hoxton.RC1~", "Hoxton.RELEASE", "Hoxton.SR1", "Hoxton.SR12", "2020.0.0"},
		"Python's packaging": {
			"1.0.dev3~", "1.0a1~", "1.0.alpha2~", "1.0b2~", "1.0rc1~", "1.0c2~", "1.0.0-preview3~", "1.0", "1.0.post1", "1.0-2", "1.1.dev1~", "1!0.5",
		},
		"dpkg":     {"2.3-1", "2.3-2", "10.0-1", "1%2.0-1"},
		"calendar": {"2025-05-22T08-30-15Z", "2025-05-22T09-00-00Z", "2025-05-23"},
		"ours": {
			"1.0.0-1", "1.0.0-hotfix", "1.0.2", "1.0.2u", "1.0.10", "1.2", "1.10.0", "2.0.0-rc1~", "2.0.0", "14_2", "2024.01.15", "2024.2.1",
		},
	} {
		for i, a := range order {
			for j, b := range order {
				if got, want := precedence(version(a), version(b)), cmpInt(i, j); got != want {
					t.Errorf("%s: precedence(%s, %s) = %d, want %d", tool, a, b, got, want)
				}
			}
		}
	}
	for _, same := range [][2]string{{"1.2", "1.2.0"}, {"01.2", "1.2"}, {"", ""}, {"x", "x"}} {
		if got := precedence(version(same[0]), version(same[1])); got != 0 {
			t.Errorf("precedence(%q) = %d", same, got)
		}
	}
}

func cmpInt(a, b int) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// The order of releases makes no difference.
func TestProductIsDeterministic(t *testing.T) {
	t.Parallel()
	releases := tags("2025-01-01 a:1.0.0", "2025-01-01 b:1.0.0", "2025-01-01 c:1.0.0", "2025-01-01 d:1.0.0")
	want := fmt.Sprint(mainSeries(Repo{Releases: releases}, "2025-12-10"))
	for range 20 {
		slices.Reverse(releases)
		if diff := cmp.Diff(want, fmt.Sprint(mainSeries(Repo{Releases: releases}, "2025-12-10"))); diff != "" {
			t.Fatal(diff)
		}
	}
}
