package release

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/limit"
)

// parse reads tags, one a line: name, commit, day or time, and "by" with the
// date of the commit where a tagger made it.
func parse(t *testing.T, text string) []Tag {
	t.Helper()
	at := func(s string) string {
		if len(s) == len(time.DateOnly) {
			s += "T12:00:00"
		}
		return s + "Z"
	}
	var tags []Tag
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		switch len(f) {
		case 0:
			continue
		case 3:
			tags = append(tags, Tag{Name: f[0], Commit: f[1], At: at(f[2]), CommitAt: at(f[2])})
		case 5:
			tags = append(tags, Tag{Name: f[0], Commit: f[1], At: at(f[2]), CommitAt: at(f[4]), Annotated: true})
		default:
			t.Fatalf("%q is no tag", line)
		}
	}
	return tags
}

// show writes releases one a line: day, tag, kind.
func show(r *fact.Releases) string {
	var b strings.Builder
	for _, x := range r.Releases {
		fmt.Fprintln(&b, x.At[:len(time.DateOnly)], x.Tag, x.Kind)
	}
	for _, n := range r.Notes {
		fmt.Fprintln(&b, n.Kind+":", n.Text)
	}
	return b.String()
}

func TestOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ tags, want string }{
		"none":        {"", ""},
		"no versions": {"latest c1 2020-01-01\nnightly c2 2020-01-02", ""},
		"kinds": {
			`v0.1.0 c1 2020-01-01
			 v0.2.0 c2 2020-01-02
			 v0.2.1 c3 2020-01-03
			 v1.0.0-rc.1 c4 2020-01-04
			 v1.0.0 c5 2020-01-05
			 v1.0.0.1 c6 2020-01-06
			 v2.1 c7 2020-01-07
			 v2.1.1-1 c8 2020-01-08`,
			`2020-01-01 v0.1.0 first
			 2020-01-02 v0.2.0 minor
			 2020-01-03 v0.2.1 patch
			 2020-01-04 v1.0.0-rc.1 pre
			 2020-01-05 v1.0.0 major
			 2020-01-06 v1.0.0.1 patch
			 2020-01-07 v2.1 major
			 2020-01-08 v2.1.1-1 patch`,
		},
		"numbers are no texts": {
			"v1.9.0 c1 2020-01-01\nv1.10.0 c2 2020-01-02\nv1.10.01 c3 2020-01-03\nv100000000000000000000.0 c4 2020-01-04",
			"2020-01-01 v1.9.0 first\n2020-01-02 v1.10.0 minor\n2020-01-03 v1.10.01 patch\n2020-01-04 v100000000000000000000.0 major",
		},
		"a backport by its own line": {
			`v1.0.0 c1 2020-01-01
			 v2.0.0 c2 2020-01-02
			 v1.0.1 c3 2020-01-03
			 v1.1.0 c4 2020-01-04
			 v0.9.1 c5 2020-01-05
			 v0.8.0 c6 2020-01-06
			 v3.0.0 c7 2020-01-07`,
			`2020-01-01 v1.0.0 first
			 2020-01-02 v2.0.0 major
			 2020-01-03 v1.0.1 patch
			 2020-01-04 v1.1.0 minor
			 2020-01-05 v0.9.1 patch
			 2020-01-06 v0.8.0 minor
			 2020-01-07 v3.0.0 major`,
		},
		"series apart": {
			`a-v1.0.0 c1 2020-01-01
			 b-v1.0.0 c1 2020-01-01
			 a-v1.1.0 c2 2020-01-02
			 edge-20.1.1 c3 2020-01-03
			 release/v2.0.0 c4 2020-01-04
			 v2.0.1 c5 2020-01-05`,
			`2020-01-01 a-v1.0.0 first
			 2020-01-01 b-v1.0.0 first
			 2020-01-02 a-v1.1.0 minor
			 2020-01-03 edge-20.1.1 pre
			 2020-01-04 release/v2.0.0 first
			 2020-01-05 v2.0.1 patch`,
		},
		"one day by tag, kinds by the time": {
			"v1.1.0 c2 2020-01-01T10:00:00\nv1.0.1 c1 2020-01-01T11:00:00\nv1.0.0 c0 2020-01-01T09:00:00",
			"2020-01-01 v1.0.0 first\n2020-01-01 v1.0.1 patch\n2020-01-01 v1.1.0 minor",
		},
		"calendar": {
			"2024-01-15 c1 2024-01-15\n2024-01-22 c2 2024-01-22\n2024-02-01 c3 2024-02-01\n2025-01-01 c4 2025-01-01",
			"2024-01-15 2024-01-15 first\n2024-01-22 2024-01-22 patch\n2024-02-01 2024-02-01 minor\n2025-01-01 2025-01-01 major",
		},
		"bare numbers alone": {"v1 c1 2020-01-01\nv2 c2 2020-01-02", "2020-01-01 v1 first\n2020-01-02 v2 major"},
		"bare numbers beside versions move": {
			"v1 c1 2019-01-01\nv1.0.0 c2 2020-01-02\nv2.0.0 c3 2020-01-03\nv2 c4 2020-01-03",
			"2020-01-02 v1.0.0 first\n2020-01-03 v2.0.0 major\nodd: tags that move along with the versions they begin, not counted: 2 (v1, v2)",
		},
		"bare numbers of early days": {
			`v001 c1 2020-01-01
			 v002 c2 2020-01-02
			 v003 c3 2020-01-03
			 v0.9.9 c4 2020-01-04
			 v1.0.0 c5 2020-01-05
			 v1 c5 2020-01-05
			 v4 c6 2020-01-06`,
			`2020-01-01 v001 first
			 2020-01-02 v002 major
			 2020-01-03 v003 major
			 2020-01-04 v0.9.9 first
			 2020-01-05 v1.0.0 major
			 odd: tags that move along with the versions they begin, not counted: 2 (v1, v4)`,
		},
		"a shorter number on a longer one": {
			"v1.2.3 c1 2020-01-01\nv1.2 c1 2020-01-01\nv1.3 c2 2020-01-02\nv1.3.1 c3 2020-01-03\na/v1.2 c1 2020-01-03",
			"2020-01-01 v1.2.3 first\n2020-01-02 v1.3 minor\n2020-01-03 a/v1.2 first\n2020-01-03 v1.3.1 patch\n" +
				"odd: tags that move along with the versions they begin, not counted: 1 (v1.2)",
		},
		"the same version again": {
			`1.0.0rc1 c1 2020-01-01
			 v1.0.0-RC.1 c2 2020-01-02
			 1.0.0 c3 2020-01-03
			 v1.0.0 c4 2020-01-04
			 v1.0 c5 2020-01-05
			 v1.0.0-rc.2 c3 2020-01-03`,
			`2020-01-01 1.0.0rc1 pre
			 2020-01-03 1.0.0 first
			 2020-01-03 v1.0.0-rc.2 pre
			 odd: tags of a version that has a tag already, not counted: 3 (v1.0, v1.0.0, v1.0.0-RC.1)`,
		},
		"builds of a version": {
			`v1.0.0 c1 2020-01-02T12:00:00
			 v1.0.0+labels c2 2020-01-02T11:00:00
			 v1.0.0-fips c3 2020-01-03
			 v1.0.0-odd c4 2020-01-03
			 v1.1.0-odd c5 2020-01-04
			 v1.1.0 c6 2020-01-05
			 v1.1.0-rc.1+labels c7 2020-01-05
			 v1.1.0-rc.1 c8 2020-01-04`,
			`2020-01-02 v1.0.0 first
			 2020-01-04 v1.1.0-odd pre
			 2020-01-04 v1.1.0-rc.1 pre
			 2020-01-05 v1.1.0 minor
			 odd: builds and editions of a version that has a tag of its own, not counted: 4 (v1.0.0+labels, v1.0.0-fips, v1.0.0-odd, …)`,
		},
		"builds are all there is": {
			"v1.0.0+k3s1 c1 2020-01-01\nv1.0.0+k3s2 c2 2020-01-02\nv1.0.1-ce c3 2020-01-03",
			"2020-01-01 v1.0.0+k3s1 first\n2020-01-02 v1.0.0+k3s2 patch\n2020-01-03 v1.0.1-ce patch",
		},
		"a second number": {
			`v3.1.0 c1 2020-01-01T12:00:00 by 2020-01-01
			 v0.301.0 c1 2020-01-01T11:00:00 by 2020-01-01
			 v3.2.0 c2 2020-02-01 by 2020-02-01
			 v0.302.0 c2 2020-02-07 by 2020-02-01
			 v3.3.0-rc.1 c3 2020-03-01 by 2020-03-01
			 v0.303.0-rc.1 c3 2020-03-01 by 2020-03-01`,
			`2020-01-01 v3.1.0 first
			 2020-02-01 v3.2.0 minor
			 2020-03-01 v3.3.0-rc.1 pre
			 odd: tags that give a release a second, lower number, not counted: 3 (v0.301.0, v0.302.0, v0.303.0-rc.1)`,
		},
		"no second number": { // raised to 1.0.0 later; a patch as it stood; a pre-release made final; not annotated
			`v0.9.0 c1 2020-01-01 by 2020-01-01
			 v1.0.0 c1 2020-01-03 by 2020-01-01
			 v1.0.1 c1 2020-01-03 by 2020-01-01
			 v2.0.0-rc.1 c1 2020-01-03 by 2020-01-01
			 v3.0.0 c1 2020-01-01
			 a/v0.9.0 c1 2020-01-03 by 2020-01-01`,
			`2020-01-01 v0.9.0 first
			 2020-01-01 v3.0.0 major
			 2020-01-03 a/v0.9.0 first
			 2020-01-03 v1.0.0 major
			 2020-01-03 v1.0.1 patch
			 2020-01-03 v2.0.0-rc.1 pre`,
		},
		"tagged in bulk": {
			`v1.0 c1 2020-06-01 by 2019-01-01
			 v1.1 c2 2020-06-01 by 2019-02-01
			 v1.2 c3 2020-06-01 by 2019-03-01
			 v1.3 c4 2020-06-01 by 2019-04-01
			 v1.4 c5 2020-06-01 by 2020-05-01
			 v1.5 c6 2020-06-01 by 2020-05-02T12:00:00`,
			`2019-01-01 v1.0 first
			 2019-02-01 v1.1 minor
			 2019-03-01 v1.2 minor
			 2019-04-01 v1.3 minor
			 2020-05-01 v1.4 minor
			 2020-06-01 v1.5 minor
			 odd: tags made in bulk long after their commits, which count on the dates of those: 5 (v1.0, v1.1, v1.2, …)`,
		},
		"late, and no bulk": { // four commits of a series; five series
			`v1.0 c1 2020-06-01 by 2019-01-01
			 v1.1 c2 2020-06-01 by 2019-02-01
			 v1.2 c3 2020-06-01 by 2019-03-01
			 v1.3 c4 2020-06-01 by 2019-04-01
			 v1.4-rc.1 c4 2020-06-01 by 2019-04-01
			 a/v1.3 c5 2020-06-01 by 2019-04-01`,
			`2020-06-01 a/v1.3 first
			 2020-06-01 v1.0 first
			 2020-06-01 v1.1 minor
			 2020-06-01 v1.2 minor
			 2020-06-01 v1.3 minor
			 2020-06-01 v1.4-rc.1 pre`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tags := parse(t, c.tags)
			var want strings.Builder
			for line := range strings.Lines(c.want) {
				want.WriteString(strings.TrimSpace(line) + "\n")
			}
			got := Of(tags)
			if diff := cmp.Diff(want.String(), show(got)); diff != "" {
				t.Errorf("Of (-want +got):\n%s", diff)
			}
			if got.Tags != len(tags) {
				t.Errorf("%d tags, want %d", got.Tags, len(tags))
			}
			for range tags {
				tags = append(tags[1:], tags[0])
				slices.Reverse(tags[1:])
				if diff := cmp.Diff(got, Of(tags)); diff != "" {
					t.Fatalf("the fact depends on the order of the tags (-first +now):\n%s", diff)
				}
			}
		})
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	got := Of([]Tag{
		{Name: "path/to/v1.2.3-rc.1", Commit: "c1", At: "2020-01-02T01:00:00+02:00", CommitAt: "2020-01-01T00:00:00Z", Annotated: true},
	})
	want := &fact.Releases{Tags: 1, Releases: []fact.Release{{
		Tag: "path/to/v1.2.3-rc.1", Series: "path/to", Version: "1.2.3-rc.1", Pre: true, Kind: "pre", Commit: "c1", At: "2020-01-01T23:00:00Z",
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Of (-want +got):\n%s", diff)
	}
}

func TestOddTags(t *testing.T) {
	t.Parallel()
	const day = "2020-01-01T00:00:00Z"
	got := Of([]Tag{
		{Name: "v1.0.0", Commit: "c1", At: "yesterday", CommitAt: day},
		{Name: "v1.1.0", Commit: "c1"},
		{Name: "v1.2.0", At: day, CommitAt: day, Annotated: true}, // of a tree
		{Name: "v1.3.0-\x1b[31m", Commit: "c1", At: day},
		{Name: "\u202ea-1.0", Commit: "c1", At: day},
		{Name: "\xff-1.0", Commit: "c1", At: day},
		{Name: strings.Repeat("a", limit.TagName-3) + "-1.0", Commit: "c1", At: day},
		{Name: strings.Repeat("b", limit.TagName-4) + "-1.0", Commit: "c1", At: day},
		{Name: "v1.0.0", Commit: "c2", At: day}, // no repository has a name twice
	})
	want := "2020-01-01 " + strings.Repeat("b", limit.TagName-4) + "-1.0 first\n2020-01-01 v1.0.0 first\n" +
		"odd: not read, with names of over 255 bytes or with control characters: 4\n" +
		"odd: versions whose tags point at no commit, or have no date: 2 (v1.1.0, v1.2.0)\n"
	if diff := cmp.Diff(want, show(got)); diff != "" {
		t.Errorf("Of (-want +got):\n%s", diff)
	}
}

func TestManyTags(t *testing.T) {
	t.Parallel()
	start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	tags := make([]Tag, limit.TagCount+2)
	for i := range tags { // the number falls in time, the slowest case
		at := start.Add(time.Duration(i) * time.Minute).Format(time.RFC3339)
		tags[i] = Tag{Name: fmt.Sprintf("v1.%d", len(tags)-i), Commit: "c", At: at}
	}
	got := Of(tags)
	if len(got.Releases) != limit.TagCount || got.Tags != len(tags) || got.Releases[0].At != "2000-01-01T00:02:00Z" {
		t.Errorf("%d releases of %d tags, the first of %s", len(got.Releases), got.Tags, got.Releases[0].At)
	}
	want := []fact.Note{{Kind: "limit", Text: "of 100002 tags the newest 100000 were read"}}
	if diff := cmp.Diff(want, got.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}
