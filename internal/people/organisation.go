package people

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"assay/internal/errkind"
)

// A Table tells organisations by domain. It may be read by several goroutines
// at once.
type Table struct{ extra map[string]stint }

// NewTable gives our table, with the user's domains before ours: a domain of
// theirs, and everything below it, stands for the organisation they name. The
// value "" or "-" makes it unknown.
func NewTable(extra map[string]string) (*Table, error) {
	t := &Table{map[string]stint{}}
	for _, domain := range slices.Sorted(maps.Keys(extra)) {
		host := strings.TrimPrefix(normal(domain), "@")
		if !isHost(host) {
			return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "%q is no domain", domain),
				`a domain looks like "acme.example"`)
		}
		t.extra[host] = shipped().employer(extra[domain])
	}
	return t, nil
}

// today is a day after all of history.
const today = "9999-12-31"

// Of is the organisation that a domain stands for by now, in our spelling; see
// [Table.At].
func (t *Table) Of(domain string) (name string, known bool) { return t.At(domain, today) }

// At is the organisation that a domain stood for on a day. The domain itself is
// looked up, then those above it, the user's before ours. A university's domain
// that no entry covers stands for itself, without what is below it: mit.edu.
// Unknown are providers of mail for everyone, addresses for alumni, and all else.
// A nil table knows nothing.
func (t *Table) At(domain, day string) (name string, known bool) {
	host := strings.TrimSuffix(normal(domain), ".")
	if t == nil || !isHost(host) {
		return "", false
	}
	for above := range upwards(host) {
		if s, ok := t.extra[above]; ok {
			return s.org, s.org != ""
		}
	}
	if forAlumni(host) {
		return "", false
	}
	for above := range upwards(host) {
		if s, ok := shipped().domains[above].at(lastDay(day)); ok {
			return s.org, true
		}
		if shipped().personal[above] {
			return "", false
		}
	}
	return university(host)
}

// upwards gives a host name and those above it, down to two parts.
func upwards(host string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for strings.Contains(host, ".") && yield(host) {
			_, host, _ = strings.Cut(host, ".")
		}
	}
}

// forAlumni reports whether the addresses of a host are of people who left.
func forAlumni(host string) bool {
	return slices.ContainsFunc(strings.Split(host, "."), func(part string) bool {
		return part == "alum" || part == "alumni" || part == "alumnos"
	})
}

// university is the domain under which a university is registered, by suffixes
// that are for universities only.
func university(host string) (name string, known bool) {
	suffix, icann := publicsuffix.PublicSuffix(host)
	if !icann || suffix != "edu" && !strings.HasPrefix(suffix, "edu.") && !strings.HasPrefix(suffix, "ac.") {
		return "", false
	}
	name, err := publicsuffix.EffectiveTLDPlusOne(host)
	return name, err == nil
}

// A Resolver tells organisations from all that is known. Both sources may be nil.
type Resolver struct {
	Affiliations *Affiliations
	Table        *Table
}

// Organisation is the organisation for which a commit was made on a day
// (YYYY-MM-DD, or YYYY-MM for its last day): see the package's comment for the
// order of the sources. The keys are those of a fact.Author, the address key and
// the domain those of a fact.Address. It is unknown ("", false) when no source
// says anything, and when the first that does says that the person works for none.
func (r Resolver) Organisation(authorKeys []string, addressKey, domain, day string) (name string, known bool) {
	for _, keys := range [][]string{{addressKey}, authorKeys} {
		if s, ok := r.Affiliations.find(keys, day); ok {
			return s.org, s.org != ""
		}
	}
	if s, ok := r.Affiliations.findDomain(domain, day); ok {
		return s.org, s.org != ""
	}
	return r.Table.At(domain, day)
}
