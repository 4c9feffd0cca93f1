package document

import "assay/internal/lazyregexp"

// Placeholder reports whether s is what templates have in place of a name.
func Placeholder(s string) bool { return placeholder.MatchString(s) }

var placeholder = lazyregexp.New(`(?i)^(tbd|todo|n/?a|none|name|company|organi[sz]ation|project|product|adopter|link|website|more|others?|other (projects|users|companies|adopters)|and more|you|\.{2,}|…|[-_*.?<>\[\]()\s]*)$|` +
	`\byour (own )?(company|org|organi[sz]ation|name|project|product|logo|team)\b|\badd (yourself|your|you)\b|\b(company|organi[sz]ation|project|adopter|user) name\b|` +
	`^<.*>$|^\[.*\]$|^(example|sample|foo|acme)\b.{0,25}$|^https?://example\.|pull request`)
