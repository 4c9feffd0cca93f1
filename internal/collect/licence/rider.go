package licence

import (
	"regexp"
	"strings"
)

// An exception is an addition to a licence that SPDX has an identifier for.
type exception struct {
	id   string
	says *regexp.Regexp // words that no other text has; a space stands for any
	to   string         // the licences it is an addition to, by the beginning of their identifiers
}

// exceptions are what is looked for beside licences, the more special first.
var exceptions = []exception{
	{"LLVM-exception", spaced(`llvm exceptions to the apache 2\.0 license|as an exception, if, as a result of your compiling your source code, portions of this software are embedded into an object form`), "Apache-2.0"},
	{"Swift-exception", spaced(`runtime library exception to the apache 2\.0 license|as an exception, if you use this software to compile your source code and portions of this software are embedded into the binary product`), "Apache-2.0"},
	{"Classpath-exception-2.0", spaced(`the copyright holders of this library give you permission to link this library with independent modules to produce an executable|subject to the "?classpath"? exception|"?classpath"? exception to the gpl`), "GPL-"},
	{"GCC-exception-3.1", spaced(`gcc runtime library exception`), "GPL-3.0"},
	{"GCC-exception-2.0", spaced(`the free software foundation gives you unlimited permission to link the compiled version of this file`), "GPL-2.0"},
	{"Linux-syscall-note", spaced(`this copyright does \*?not\*? cover user programs that use kernel services by normal system calls`), "GPL-2.0"},
	{"OCaml-LGPL-linking-exception", spaced(`as a special exception to the gnu (library|lesser) general public license, you may link, statically or dynamically, a "?work that uses the library`), "LGPL-2"},
	{"LGPL-3.0-linking-exception", spaced(`as a special exception to the gnu lesser general public license version 3`), "LGPL-3.0"},
	{"WxWindows-exception-3.1", spaced(`use, copy, link, modify and distribute under the user's own terms, binary object code versions of works based on the library`), "LGPL-"},
	{"openvpn-openssl-exception", spaced(`gives permission to link the code of this program with the openssl library`), "GPL-2.0"},
	{"Font-exception-2.0", spaced(`if you create a document which uses this font, and embed this font`), "GPL-"},
	{"Bison-exception-2.2", spaced(`you may create a larger work that contains part or all of the bison parser skeleton`), "GPL-"},
	{"Autoconf-exception-3.0", spaced(`autoconf configure script exception`), "GPL-3.0"},
	{"Autoconf-exception-2.0", spaced(`the free software foundation gives unlimited permission to copy, distribute and modify the configure scripts`), "GPL-2.0"},
	{"Universal-FOSS-exception-1.0", spaced(`the universal foss exception`), "GPL-2.0"},
	{"Qt-GPL-exception-1.0", spaced(`the qt company gpl exception 1\.0`), "GPL-3.0"},
	{"eCos-exception-2.0", spaced(`if other files instantiate templates or use macros or inline functions from this file`), "GPL-"},
	{"Bootloader-exception", spaced(`bootloader exception`), "GPL-2.0"},
}

// commons matches the Commons Clause, which SPDX has no identifier for.
var commons = spaced(`commons clause (license )?condition|the grant of rights under the license will not include, and the license does not grant to you, the right to sell`)

// commonsRef is the reference by which an expression names it.
const commonsRef = "LicenseRef-Commons-Clause"

// rider matches words by which terms are added to a licence, or taken from it.
var rider = spaced(`\b(additional|added|supplemental|supplementary|special|following|further|extra|custom) (license |licensing )?(terms|conditions?|restrictions?|limitations?|exceptions?|permissions?|provisions?)\b` +
	`|\bwith (the|an?|one|some) (following |additional |important |added )?(exception|restriction|condition|limitation|modification)` +
	`|\bmodified (version|form) of the (apache|mit|bsd|gnu|mozilla)|\b(apache|mit|bsd|gpl)[\w. -]{0,20} (modified|with modifications)\b` +
	`|\b(shall|may|must|can|could) ?not be (used|sold|offered|provided|distributed|copied|redistributed)\b|\b(you|users?|licensees?|nobody|no one|no person) (shall|may|must|can) ?not\b` +
	`|\b(is|are) (not permitted|not allowed|prohibited|forbidden)\b|\bnon-?commercial(ly)? (use|purposes?|only)\b|\bcommercial (use|licen[sc]e|purposes?) (is|requires?|must|without)\b` +
	`|\bwithout (the )?(express |prior |explicit )*written (permission|consent|authori[sz]ation)\b|\bmulti-?tenant\b|\bcompeti(ng|tive|tor)\b|\bmilitary\b`)

// spaced compiles a pattern in which any white space may stand for a space.
func spaced(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)` + strings.ReplaceAll(pattern, " ", `[\s/*#>"']+`))
}

// amend adds to the licences of a text what the text adds to them, exceptions and the
// Commons Clause, and reports whether there is any.
func (r *reading) amend(own []byte) bool {
	known := false
	for i := range r.Licences {
		l := &r.Licences[i]
		for _, e := range exceptions {
			if strings.HasPrefix(l.SPDX, e.to) && e.says.Match(own) {
				l.SPDX, known = l.SPDX+" WITH "+e.id, true
				break
			}
		}
	}
	if commons.Match(own) && len(r.Licences) == 1 && r.known() {
		r.Licences[0].SPDX += " AND " + commonsRef
		known = true
	}
	return known
}

// doubt leaves the licences of a text unknown where rest, what is no licence text in
// it, has terms.
func (r *reading) doubt(rest string) {
	said := rider.FindString(rest)
	if said == "" {
		return
	}
	r.Why = "the text of " + r.Licences[0].SPDX + " has terms beside it that are not known: " + strings.Join(strings.Fields(said), " ")
	r.Licences, r.Either = unnamed(), false
}
