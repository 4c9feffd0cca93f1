package licence

import (
	"slices"
	"strings"

	"github.com/google/licensecheck"

	"assay/internal/lazyregexp"
)

// An exception is an addition to a licence that SPDX has an identifier for.
type exception struct {
	id   string
	says *lazyregexp.Regexp // words that no other text has; a space stands for any
	to   string             // the licences it is an addition to, by the beginning of their identifiers
	// text is the identifier of the text of the list that has its words, or these words
	// as far as they speak of terms; "" where it has no more than says.
	text string
}

// exceptions are what is looked for beside licences, the more special first.
var exceptions = []exception{
	{"LLVM-exception", spaced(`llvm exceptions to the apache 2\.0 license|as an exception, if, as a result of your compiling your source code, portions of this software are embedded into an object form`), "Apache-2.0", llvmWords},
	{"Swift-exception", spaced(`runtime library exception to the apache 2\.0 license|as an exception, if you use this software to compile your source code and portions of this software are embedded into the binary product`), "Apache-2.0", swiftWords},
	{"Classpath-exception-2.0", spaced(`the copyright holders of this library give you permission to link this library with independent modules to produce an executable|subject to the "?classpath"? exception|"?classpath"? exception to the gpl`), "GPL-", "GPL-2.0-with-classpath-exception"},
	{"GCC-exception-3.1", spaced(`gcc runtime library exception`), "GPL-3.0", "GPL-3.0-with-GCC-exception"},
	{"GCC-exception-2.0", spaced(`the free software foundation gives you unlimited permission to link the compiled version of this file`), "GPL-2.0", "GPL-2.0-with-GCC-exception"},
	{"Linux-syscall-note", spaced(`this copyright does \*?not\*? cover user programs that use kernel services by normal system calls`), "GPL-2.0", kernelWords},
	{"OCaml-LGPL-linking-exception", spaced(`as a special exception to the gnu (library|lesser) general public license, you may link, statically or dynamically, a "?work that uses the library`), "LGPL-2", ""},
	{"LGPL-3.0-linking-exception", spaced(`as a special exception to the gnu lesser general public license version 3`), "LGPL-3.0", lesserWords},
	{"WxWindows-exception-3.1", spaced(`use, copy, link, modify and distribute under the user's own terms, binary object code versions of works based on the library`), "LGPL-", "wxWindows"},
	{"openvpn-openssl-exception", spaced(`gives permission to link the code of this program with the openssl library`), "GPL-2.0", opensslWords},
	{"Font-exception-2.0", spaced(`if you create a document which uses this font,? and embed this font`), "GPL-", "GPL-2.0-with-font-exception"},
	{"Bison-exception-2.2", spaced(`you may create a larger work that contains part or all of the bison parser skeleton`), "GPL-", "GPL-2.0-with-bison-exception"},
	{"Autoconf-exception-3.0", spaced(`autoconf configure script exception`), "GPL-3.0", "GPL-3.0-with-autoconf-exception"},
	{"Autoconf-exception-2.0", spaced(`the free software foundation gives unlimited permission to copy,? distribute and modify the configure scripts`), "GPL-2.0", "GPL-2.0-with-autoconf-exception"},
	{"Universal-FOSS-exception-1.0", spaced(`the universal foss exception`), "GPL-2.0", ""},
	{"Qt-GPL-exception-1.0", spaced(`the qt company gpl exception 1\.0`), "GPL-3.0", ""},
	{"eCos-exception-2.0", spaced(`if other files instantiate templates or use macros or inline functions from this file`), "GPL-", "eCos-2.0"},
	{"Bootloader-exception", spaced(`bootloader exception`), "GPL-2.0", ""},
}

// The words of exceptions, and of the Commons Clause, of which the list has no text.
const (
	llvmWords = `as a result of your compiling your source code portions of this software are embedded into an object form of such source code you may redistribute
		such embedded portions in such object form without complying with the conditions of sections 4 a 4 b and 4 d of the license in addition if you combine or link compiled
		forms of this software with software that is licensed under the gplv2 combined software and if a court of competent jurisdiction determines that the patent provision
		section 3 the indemnity provision section 9 or other section of the license conflicts with the conditions of the gplv2 you may retroactively and prospectively choose to
		deem waived or otherwise exclude such section s of the license but only in their entirety and only with respect to the combined software`
	swiftWords = `as an exception if you use this software to compile your source code and portions of this software are embedded into the binary product as a result you may
		redistribute such product without providing attribution as would otherwise be required by sections 4 a 4 b and 4 d of the license`
	kernelWords = `note this copyright does not cover user programs that use kernel services by normal system calls this is merely considered normal use of the kernel and does
		not fall under the heading of derived work also note that the gpl below is copyrighted by the free software foundation but the instance of code that it refers to the
		linux kernel is copyrighted by me and others who actually wrote it also note that the only valid version of the gpl as far as the kernel is concerned is this particular
		version of the license ie v2 not v2 2 or v3 x or whatever unless explicitly otherwise stated`
	lesserWords = `as a special exception to the gnu lesser general public license version 3 lgpl3 the copyright holders of this library give you permission to convey to a third
		party a combined work that links statically or dynamically to this library without providing any minimal corresponding source or minimal application code as set out in 4d
		or providing the installation information set out in section 4e provided that you comply with the other provisions of lgpl3 and provided that you meet for the application
		the terms and conditions of the license s which apply to the application except as stated in this special exception the provisions of lgpl3 will continue to comply in full
		to this library if you modify this library you may apply this exception to your version of this library but you are not obliged to do so if you do not wish to do so delete
		this exception statement from your version this exception does not and cannot modify any license terms which apply to the application with which you must still comply`
	commonsWords = `the software is provided to you by the licensor under the license as defined below subject to the following condition without limiting other conditions in the
		license the grant of rights under the license will not include and the license does not grant to you the right to sell the software for purposes of the foregoing sell means
		practicing any or all of the rights granted to you under the license to provide to third parties for a fee or other consideration including without limitation fees for
		hosting or consulting support services related to the software a product or service whose value derives entirely or substantially from the functionality of the software any
		license notice or attribution required by the license must also include this commons clause license condition notice or attribution required by the license must also
		include this commons cause license condition notice` // as it was misspelt at first
	opensslWords = `you must obey the gnu general public license in all respects for all of the code used other than openssl if you modify this file you may extend this
		exception to your version of the file but you are not obligated to do so if you do not wish to do so delete this exception statement from your version`
)

// commons matches the Commons Clause, which SPDX has no identifier for.
var commons = spaced(`commons clause (license )?condition|the grant of rights under the license will not include, and the license does not grant to you, the right to sell|the software is provided to you (by the licensor )?under the license,? (as defined below,? )?subject to the following condition`)

// commonsRef is the reference by which an expression names it.
const commonsRef = "LicenseRef-Commons-Clause"

// rider matches, in plain text, words by which terms are added to a licence, or taken
// from it.
var rider = lazyregexp.New(`(?i)` +
	// terms that are named
	`\b(?:additional|added|supplemental|supplementary|special|following|further|extra|custom|different|own|these) (?:\w+ ){0,2}(?:terms|conditions?|restrictions?|limitations?|exceptions?|permissions?|provisions?|clauses?|requirements?)\b` +
	`|\bwith (?:the|an?|one|some|these|two|three|certain|several|minor|slight|small|our) (?:\w+ ){0,2}(?:exceptions?|restrictions?|conditions?|limitations?|modifications?|changes?|additions?|amendments?|clauses?|addend(?:um|a)|riders?)\b` +
	`|\b(?:terms|conditions|restrictions|limitations|exceptions|fees|exclusions) (?:\w+ )?appl(?:y|ies)\b|\b(?:addend(?:um|a)|amendments?)\b|\bsubject to\b|\b(?:provided|on (?:the )?condition|under the condition) that\b|\bprovided (?:\w+ ){1,3}(?:do|does|is|are) not\b` +
	// a text that was changed
	`|\b(?:modified|altered|adapted|amended|edited|changed|customi[sz]ed|extended) (?:(?:version|form|variant|copy) of )?(?:(?:the|our) )?(?:apache|mit|isc|gnu|mozilla|l?gpl|agpl|mpl|licen[sc]e)\b` +
	`|\b(?:apache|mit|bsd|isc|gnu|l?gpl|agpl|mpl|mozilla|licen[sc]e)\b[\w. ,'"()-]{0,30}\b(?:(?:modified|altered|amended|adapted|customi[sz]ed)(?: (?:by|for|to|with|as|here|below)\b|[).,;:]|$)|with (?:\w+ ){0,2}(?:modifications?|changes?|additions?|amendments?))\b` +
	`|\b(?:apache|mit|bsd|isc|gpl|mpl)[- ](?:like|ish|based|derived)\b|\bvariant of\b` +
	// what must not be
	`|\b(?:shall|may|must|can|could|should) ?(?:not|never|only)\b|\bcan't\b|\b(?:mustn|shouldn|mayn|couldn)'t\b|\b(?:do|does) not (?:\w+ )?(?:apply|extend|include|grant|permit|allow|cover)\b` +
	`|\b(?:is|are|be) (?:\w+ )?(?:not (?:\w+ )?(?:permitted|allowed|granted|licensed|authori[sz]ed|free|open)|prohibited|forbidden|disallowed|restricted|banned|excluded)\b|\b(?:prohibits?|forbids?|disallows?|excludes?|excluding)\b` +
	`|\b(?:not|only|solely|exclusively|strictly) (?:\w+ )?(?:for|by) (?:\w+,? ){0,4}(?:use|usage|purposes?|production|resale|sale|profit|commercial|academic|research|education\w*|evaluation|personal|internal|students?|individuals?)\b` +
	`|\bnon-? ?(?:commercial(?:ly)?|profit|production|military)\b|\bno (?:\w+ )?(?:commercial|military|production|resale|sale|ai|derivatives?|redistribution|distribution|modifications?|rights?|permission)\b` +
	`|\bfor (?:evaluation|testing|trials?|demonstration)\b|\bto (?:\w+ )?(?:members|employees|customers|partners|subscribers|students|individuals|academics|researchers)\b|\b(?:everyone|everybody|anyone|anybody|all) (?:but|except|other than)\b` +
	`|\b(?:up to|more than|less than|fewer than|at most|over) \d+ (?:\w+ )?(?:users?|employees|seats|nodes|developers|instances|people|cores|customers)\b|\b(?:confidential|eula|trial|owes?|anti[- ]?996)\b|\b(?:has|have) to be\b|\bdo not (?:re)?(?:distribute|copy|use|share|modify|sell|disclose)\b|\byou (?:\w+ )?accept\b` +
	`|\bfor (?:academic|research|educational|personal|internal|evaluation|testing|private|home|hobby) (?:(?:and|or) \w+ )?(?:use|usage|purposes?)\b` +
	// what has to be
	`|\b(?:you|users?|licensees?|anyone|anybody|everyone|nobody|no one|no person|companies|organi[sz]ations?|entities|compan(?:y|ies)|vendors?|providers?) (?:\w+ )?(?:shall|must|agrees?|needs? (?:to|an?)|ha(?:s|ve) to|(?:is|are) required|(?:is|are) obliged)\b` +
	`|\brequires? (?:\w+ ){0,4}(?:licen[sc]es?|permission|consent|fees?|payment|subscription|agreement|approval|attribution|notice)\b|\bmust (?:\w+ )?(?:be|include|display|retain|give|pay|obtain|contain|show|credit|mention|publish|share|contact|ask|purchase|buy)\b` +
	`|\bwithout (?:(?:the|our|my|any|an?) )?(?:(?:express|prior|explicit|specific) )*(?:written )?(?:permission|consent|authori[sz]ation|approval|licen[sc]e|agreement)\b` +
	// of what, and of whom
	`|\b(?:commercial|production|military|enterprise) (?:use|users?|usage|licen[sc]es?|licensing|purposes?|redistribution|hosting|products?|deployments?|support)\b|\bcommercially\b|\bproprietary\b` +
	`|\b(?:royalt(?:y|ies)|(?:re)?sell(?:ing)?|resale|revocable|revoked?|weapons?|evil|unethical|human rights|surveillance|multi-?tenant|competi(?:ng|tive|tors?)|military|managed service|hosted service|as a service|saas|machine learning|training (?:of )?(?:ai|models?|data))\b`)

// spaced compiles a pattern in which any white space, and what begins a line of a comment,
// may stand for a space; in brackets, white space.
func spaced(pattern string) *lazyregexp.Regexp {
	var b strings.Builder
	in, escaped := false, false
	for _, r := range pattern {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case r == '[' && !in:
			in = true
		case r == ']' && in:
			in = false
		case r == ' ' && in:
			b.WriteString(`\s`)
			continue
		case r == ' ':
			b.WriteString(`[\s/*#>"']+`)
			continue
		}
		b.WriteRune(r)
	}
	return lazyregexp.New(`(?i)` + b.String())
}

// amend adds to the licences of a text what the text adds to them, exceptions and the
// Commons Clause, and gives what is known of these; and the name of an addition that cannot
// be told with them, "" for none.
func (r *reading) amend(own []byte, matches []licensecheck.Match) (known []exception, untold string) {
	for i := range r.Licences {
		l := &r.Licences[i]
		for _, e := range exceptions {
			at := e.says.FindIndex(own)
			if !strings.HasPrefix(l.SPDX, e.to) || at == nil {
				continue
			}
			before := sentenceBefore(own[:at[0]])
			if lacking.MatchString(before) {
				continue
			}
			if ofFiles.MatchString(before) {
				return known, e.id + " for a part"
			}
			l.SPDX, known = l.SPDX+" WITH "+e.id, append(known, e)
			break
		}
	}
	if slices.ContainsFunc(matches, func(m licensecheck.Match) bool { return m.ID == "Anti996" }) {
		return known, "Anti-996"
	}
	if !commons.Match(own) && !slices.ContainsFunc(matches, func(m licensecheck.Match) bool { return m.ID == "CommonsClause" }) {
		return known, ""
	}
	if len(r.Licences) != 1 { // of which of them?
		return known, "Commons Clause"
	}
	r.Licences[0].SPDX += " AND " + commonsRef
	return append(known, exception{says: commons, text: commonsWords}), ""
}

// lacking matches, before the name of an exception, that it is not there.
var lacking = lazyregexp.New(`(?i)\b(?:no|not|without|nor|exclud\w+|except|remov\w+)\s+["(]?(?:[\w-]+\s+["(]?){0,3}$`)

// ofFiles matches, before the name of an exception, that it is for some files alone.
var ofFiles = lazyregexp.New(`(?i)\b(?:files?|parts|portions|some|certain|folders?|director(?:y|ies)|only)\b|\w/`)
