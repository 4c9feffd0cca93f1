// Package spdx reads the ways in which people write a licence: as an SPDX
// expression ([Expression]), and by its name in a text ([Named]).
package spdx

import (
	"slices"
	"strings"

	"github.com/github/go-spdx/v2/spdxexp"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
)

// Expression gives an expression as SPDX writes it, "" when s is none. "MIT/Apache-2.0",
// which Cargo allowed once, means either.
func Expression(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > limit.LicenceExpression {
		return ""
	}
	if strings.Contains(s, "/") {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ' ' }), " OR ")
		if strings.Contains(s, "OR OR") || strings.Contains(s, "AND") || strings.Contains(s, "WITH") {
			return ""
		}
	}
	good, bad := spdxexp.ValidateAndNormalizeLicensesWithOptions([]string{operators.ReplaceAllStringFunc(s, strings.ToUpper)}, spdxexp.ValidateLicensesOptions{})
	if len(bad) > 0 || len(good) != 1 {
		return ""
	}
	return good[0]
}

var operators = lazyregexp.New(`(?i)\s(or|and|with)\s`)

// Licences are the licences that an expression has, each with its exception, sorted.
func Licences(expression string) []string {
	ids, err := spdxexp.ExtractLicenses(expression)
	if err != nil {
		return nil
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Plain is the identifier by which a text of a licence is known: without what the text
// does not say ("only", "or later"), and for identifiers that SPDX gave up the one in
// their place.
func Plain(id string) string {
	if base, with, ok := strings.Cut(id, " WITH "); ok {
		return Plain(base) + " WITH " + with
	}
	id = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(id, "-only"), "-or-later"), "+")
	if strings.HasPrefix(id, "GFDL-") {
		id = strings.TrimSuffix(strings.TrimSuffix(id, "-no-invariants"), "-invariants")
	}
	switch id {
	case "BSD-2-Clause-FreeBSD":
		return "BSD-2-Clause-Views"
	case "BSD-2-Clause-NetBSD":
		return "BSD-2-Clause"
	case "bzip2-1.0.5":
		return "bzip2-1.0.6"
	case "StandardML-NJ":
		return "SMLNJ"
	case "Nunit":
		return "zlib-acknowledgement"
	}
	return id
}

// HasText reports whether the text of a licence of an expression is among ids, which
// texts are known by.
func HasText(expression string, ids []string) bool {
	return slices.ContainsFunc(Licences(expression), func(id string) bool {
		return slices.ContainsFunc(ids, func(have string) bool { return Plain(have) == Plain(id) })
	})
}

// Covers reports whether an expression has each of the licences of ids, which texts are
// known by. It may add an exception to them.
func Covers(expression string, ids []string) bool {
	has := map[string]bool{}
	for _, id := range Licences(expression) {
		base, _, _ := strings.Cut(id, " WITH ")
		has[Plain(base)], has[Plain(id)] = true, true
	}
	for _, id := range ids {
		all := Licences(id)
		if len(all) == 0 {
			return false
		}
		if slices.ContainsFunc(all, func(one string) bool { return !has[Plain(one)] }) {
			return false
		}
	}
	return true
}

// names are the ways in which running text names a licence. The order matters:
// what is found first is taken out of the text.
var names = []struct {
	id  string
	say *lazyregexp.Regexp
}{
	{"", lazyregexp.New(`(?i)\bapache[ -](?:software )?(?:licen[sc]e,? *)?(?:version |v)?1(?:\.[01])?\b`)}, // the versions nobody uses
	{"Apache-2.0", lazyregexp.New(`(?i)\bapache[ -]?(?:software )?licen[sc]e(?:,? *\(?(?:version |v)?2(?:\.0)?\b)?|\bapache[ -]?v?2(?:\.0)?\b(?: licen[sc]e)?`)},
	{"MIT-0", lazyregexp.New(`(?i)\bmit[- ](?:0|no attribution)\b`)},
	{"MIT", lazyregexp.New(`\b(?:MIT|(?i:mit licen[sc]e))\b`)},
	{"BSD-2-Clause", lazyregexp.New(`(?i)\bbsd[- ]?2(?:[- ]clause)?\b|\b(?:2|two)[- ]clause bsd\b|\bsimplified bsd\b`)},
	{"BSD-3-Clause", lazyregexp.New(`(?i)\bbsd[- ]?3(?:[- ]clause)?\b|\b(?:3|three)[- ]clause bsd\b|\b(?:new|revised|modified) bsd\b`)},
	{"MPL-2.0", lazyregexp.New(`(?i)\bmpl[- ]?v?2(?:\.0)?\b|\bmozilla public licen[sc]e,? *(?:version |v)?2(?:\.0)?\b`)},
	{"Unlicense", lazyregexp.New(`(?i)\bunlicense\b`)},
	{"Zlib", lazyregexp.New(`(?i)\bzlib(?: licen[sc]e)?\b`)},
	{"ISC", lazyregexp.New(`\bISC\b`)},
	{"0BSD", lazyregexp.New(`\b0BSD\b`)},
	{"BSL-1.0", lazyregexp.New(`(?i)\bboost software licen[sc]e\b|\bBSL-1\.0\b`)},
	{"CC0-1.0", lazyregexp.New(`(?i)\bcc0(?:[- ]1\.0)?\b`)},
	{"EPL-2.0", lazyregexp.New(`(?i)\bepl[- ]?v?2(?:\.0)?\b|\beclipse public licen[sc]e,? *[-–]? *(?:version |v)?2(?:\.0)?\b`)},
	{"EPL-1.0", lazyregexp.New(`(?i)\bepl[- ]?v?1(?:\.0)?\b|\beclipse public licen[sc]e,? *[-–]? *(?:version |v)?1(?:\.0)?\b`)},
	{"AGPL-3.0", lazyregexp.New(`(?i)\bagpl[- ]?v?3(?:\.0)?\b|\bgnu affero general public licen[sc]e,? *(?:version |v)?3(?:\.0)?\b`)},
	{"LGPL-2.1", lazyregexp.New(`(?i)\blgpl[- ]?v?2\.1\b|\bgnu lesser general public licen[sc]e,? *(?:version |v)?2\.1\b`)},
	{"LGPL-3.0", lazyregexp.New(`(?i)\blgpl[- ]?v?3(?:\.0)?\b|\bgnu lesser general public licen[sc]e,? *(?:version |v)?3(?:\.0)?\b`)},
	{"GPL-2.0", lazyregexp.New(`(?i)\bgpl[- ]?v?2(?:\.0)?\b|\bgnu general public licen[sc]e,? *(?:version |v)?2(?:\.0)?\b`)},
	{"GPL-3.0", lazyregexp.New(`(?i)\bgpl[- ]?v?3(?:\.0)?\b|\bgnu general public licen[sc]e,? *(?:version |v)?3(?:\.0)?\b`)},
}

// identifier matches what can be an identifier of SPDX and no other word.
var identifier = lazyregexp.New(`\b[A-Za-z0-9][A-Za-z0-9.]*(?:-[A-Za-z0-9.]*[A-Za-z0-9])+\b`)

// Named are the licences that a text names, sorted, each once. A name that leaves the
// version open is none, but for Apache's, of which projects use one alone.
func Named(text string) []string {
	var ids []string
	text = identifier.ReplaceAllStringFunc(text, func(w string) string {
		id := Expression(w)
		if id == "" || !strings.ContainsAny(id, "0123456789") || strings.HasPrefix(id, "LicenseRef-") {
			return w
		}
		ids = append(ids, id)
		return " "
	})
	for _, n := range names {
		if n.say.MatchString(text) {
			if n.id != "" {
				ids = append(ids, n.id)
			}
			text = n.say.ReplaceAllString(text, " ")
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
