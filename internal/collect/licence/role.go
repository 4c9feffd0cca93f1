package licence

import (
	"strings"
	"unicode"
)

// A role is what a licence file at the root is about, by its name alone.
type role int

const (
	// roleOpen: the name says nothing that is known, such as LICENSE-EE. It may be about
	// a part of the repository, or an edition of it.
	roleOpen role = iota
	// roleWhole: LICENSE, COPYING, LICENSE-CODE. The file is about the repository.
	roleWhole
	// roleNamed: LICENSE-MIT, COPYING.LESSER. The name says which licence it is.
	roleNamed
	// rolePart: LICENSE-docs. The name says that the file is about something beside the
	// code.
	rolePart
	// roleCopy: LICENSE.zh-CN. The name says that the text is there in another language.
	roleCopy
)

// endings are those of files of text.
var endings = setOf("md txt rst markdown adoc asciidoc text")

// roleWords say what a word in the name of a licence file makes of it.
var roleWords = func() map[string]role {
	words := map[string]role{}
	for r, list := range map[role]string{
		roleWhole: "code software source src project root main",
		roleNamed: `apache apl asl al al2 apache2 mit mit0 bsd bsd2 bsd3 0bsd mpl mpl2 mplv2 zlib isc un unlicense cc cc0 by sa nc nd boost bsl
			gpl gpl1 gpl2 gpl3 gplv1 gplv2 gplv3 lgpl lgpl2 lgpl3 lgplv2 lgplv3 lesser lib agpl agpl3 agplv3 epl epl2 eupl cddl cpl wtfpl
			artistic python psf openssl sspl elastic elv2 busl polyform clause only or later and v1 v2 v3 license licence unicode ofl upl mulan`,
		rolePart: `doc docs documentation manual manuals guide guides book books tutorial tutorials asset assets font fonts art artwork arts image images
			img icon icons logo logos brand branding trademark trademarks media content contents data dataset datasets database example examples sample
			samples website site web webpage blog theme themes template templates model models weights sound sounds audio music video videos
			graphic graphics photo photos picture pictures texture textures spec specs specification specifications slides translations
			test tests testdata fixtures bpf ebpf vendor vendored dependency dependencies deps 3rdparty bundled thirdparty`,
		roleCopy: "zh cn tw hans hant ja jp ko kr ru de fr es",
	} {
		for w := range strings.FieldsSeq(list) {
			words[w] = r
		}
	}
	return words
}()

const letters = "abcdefghijklmnopqrstuvwxyz"

// roleOf tells the role of a licence file by its path. Every word of the name has to
// be known: LICENSE-docs-MIT is about the docs, LICENSE-MIT-EE is open.
func roleOf(path string) role {
	words := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if n := len(words); n > 1 && endings[words[n-1]] {
		words = words[:n-1]
	}
	if len(words) == 0 {
		return roleOpen
	}
	switch strings.TrimRight(words[0], "0123456789") { // COPYING3
	case "license", "licence", "copying", "unlicense":
		if words[0] = strings.Trim(words[0], letters); words[0] == "" {
			words = words[1:]
		}
	}
	all, code := roleWhole, false
	for _, w := range words {
		r, ok := roleWords[w]
		switch {
		case isVersion(w):
			r = roleNamed
		case !ok:
			return roleOpen
		}
		all, code = max(all, r), code || r == roleWhole
	}
	if code && all == rolePart { // LICENSE-code-and-docs
		return roleOpen
	}
	return all
}

// isVersion recognises a number, with or without a v before it.
func isVersion(word string) bool {
	digits := strings.TrimPrefix(word, "v")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

// stands reports whether a file of this role says what holds for the repository, at
// least in part.
func (r role) stands() bool { return r != rolePart && r != roleCopy }
