package fact

import (
	"regexp"
	"strings"
)

// secretQuery finds the parameters of an address that are secrets.
var secretQuery = regexp.MustCompile(`(?i)([?&;](?:access_token|auth_token|private_token|client_secret|token|api_?key|passw(?:or)?d|pwd|secret|sig|signature|x-amz-(?:signature|credential|security-token))=)[^&;#\s"'<>)\]]+`)

// WithoutSecrets is a text without the secrets of the addresses in it: users and
// passwords before a host, and the values of parameters such as "token". A text
// without any is returned as it is. An address without a scheme is one too when
// it is all of the text. The user git, which is no secret, stays.
func WithoutSecrets(text string) string {
	if strings.ContainsAny(text, "?&;") {
		text = secretQuery.ReplaceAllString(text, "${1}xxxxx")
	}
	if !strings.Contains(text, "@") && !strings.Contains(text, "%40") {
		return text
	}
	var b strings.Builder
	rest := text
	for i := strings.Index(rest, "//"); i >= 0; i = strings.Index(rest, "//") {
		b.WriteString(rest[:i+2])
		rest = withoutUser(rest[i+2:])
	}
	if b.Len() == 0 && !strings.ContainsAny(rest, " \t\n") && hasHost(rest) {
		rest = withoutUser(rest)
	}
	b.WriteString(rest)
	return b.String()
}

// hasHost reports whether text could be USER@HOST/PATH, and not an e-mail address
// or the name of a package.
func hasHost(text string) bool {
	at := strings.LastIndexByte(text, '@')
	return at > 0 && strings.ContainsAny(text[at:], "/:") || strings.Contains(text, "%40")
}

// withoutUser takes user and password from the start of text, which is what comes
// after the two slashes of an address.
func withoutUser(text string) string {
	end := strings.IndexAny(text, "/?#\\ \t\n\"'<>()[]{}|,")
	if end < 0 {
		end = len(text)
	}
	cut := lastAt(text[:end])
	if _, port, ok := strings.Cut(text[:end], ":"); cut < 0 && ok && !isPort(port) {
		// No host has such a port: it is a password with a slash or the like in it.
		word := text
		if space := strings.IndexAny(text, " \t\n"); space >= 0 {
			word = text[:space]
		}
		cut = lastAt(word)
	}
	if cut < 0 || text[:cut] == "git@" {
		return text
	}
	return text[cut:]
}

// lastAt is where s goes on after its last '@', plain or escaped; -1 for none.
func lastAt(s string) int {
	cut := strings.LastIndexByte(s, '@') + 1
	if i := strings.LastIndex(s, "%40"); i >= 0 {
		cut = max(cut, i+len("%40"))
	}
	if cut == 0 {
		return -1
	}
	return cut
}
