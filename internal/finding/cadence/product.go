package cadence

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"assay/internal/fact"
)

// A Repo is a repository of a project and its releases.
type Repo struct {
	Primary bool
	// Names are its own and its project's: a series of such a name is the
	// product, as one without a name is.
	Names    []string
	Releases []fact.Release
}

// Product gives, for each of the repositories of a project, those of its
// releases that are the project's own by the as-of day; nil for a repository
// that has no part in it. The rest are releases of libraries, charts and the
// like, which are their own.
//
// They are the main series of the primary repository. Where that has no release,
// or is not among the repositories, they are the main series of every other one:
// found is then false.
func Product(repos []Repo, asOf fact.Date) (product [][]fact.Release, found bool) {
	product = make([][]fact.Release, len(repos))
	for i, r := range repos {
		if r.Primary {
			if product[i] = mainSeries(r, asOf); len(product[i]) > 0 {
				return product, true
			}
		}
	}
	for i, r := range repos {
		product[i] = mainSeries(r, asOf)
	}
	return product, false
}

// outlived is how much older than the series of the product's name, in days,
// the releases without a name are at least when those took their place.
const outlived = year

// mainSeries gives the releases of a repository's main series by the day: those
// of the whole repository, of whatever channel; else those of the series that is
// called like it or its project; else the series with the most full releases.
// A series of its name that goes on long after the plain versions ended goes
// before these.
func mainSeries(r Repo, asOf fact.Date) []fact.Release {
	var whole, named []fact.Release
	rest := map[string][]fact.Release{}
	for _, t := range r.Releases {
		if day := fact.Date(t.At[:min(len(t.At), len("2006-01-02"))]); day == "" || day > asOf {
			continue
		}
		switch name := squeeze(withoutChannel(t.Series)); {
		case name == "":
			whole = append(whole, t)
		case slices.ContainsFunc(r.Names, func(n string) bool { return squeeze(n) == name }):
			named = append(named, t)
		default:
			rest[t.Series] = append(rest[t.Series], t)
		}
	}
	switch {
	case len(whole) > 0 && newest(named)-newest(whole) <= outlived:
		return whole
	case len(named) > 0:
		return named
	}
	return largest(rest)
}

// newest is the day of the newest full release, 0 without one.
func newest(releases []fact.Release) int {
	last := 0
	for i := range releases {
		if day, ok := dayOf(timeOf(&releases[i])); ok && !releases[i].Pre {
			last = max(last, day)
		}
	}
	return last
}

// largest is the series with the most full releases, of equals the one with the
// newest, then with the most releases, then the first by name.
func largest(series map[string][]fact.Release) []fact.Release {
	full := func(all []fact.Release) int {
		n := 0
		for _, t := range all {
			n += b2i(!t.Pre)
		}
		return n
	}
	var best []fact.Release
	for _, all := range series {
		if best == nil || cmp.Or(full(all)-full(best), newest(all)-newest(best), len(all)-len(best),
			strings.Compare(best[0].Series, all[0].Series)) > 0 {
			best = all
		}
	}
	return best
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// withoutChannel is a series without the channel at its end: edge, otter-stable.
func withoutChannel(series string) string {
	return channel.ReplaceAllString(series, "")
}

var channel = regexp.MustCompile(`(?i)(^|[-_/@])(stable|lts|ga|alpha|beta|canary|candidate|daily|dev|devel|development|edge|experimental|insiders|next|nightly|pre|prerelease|preview|rc|snapshot|unstable|weekly)$`)

// squeeze is s in small letters with nothing but its letters and digits.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
