package people

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"assay/internal/lazyregexp"
)

// A Hasher makes the keyed hashes that stand for names and addresses. The same
// key gives the same hashes; without the key an address cannot be looked for.
// It may be used by several goroutines at once.
type Hasher struct{ key []byte }

// NewHasher gives the hasher of a key.
func NewHasher(key []byte) *Hasher { return &Hasher{slices.Clone(key)} }

// hashed is how much of a hash is kept: enough that among a hundred million
// addresses two share one with a chance of 1 in 3,000.
const hashed = 8

// Key is the keyed hash of s: the first 8 bytes of its HMAC-SHA256, as 16
// hexadecimal digits.
func (h *Hasher) Key(s string) string {
	mac := hmac.New(sha256.New, h.key)
	mac.Write([]byte(s))
	return hex.EncodeToString(mac.Sum(nil)[:hashed])
}

// AddressKey is the key under which the affiliation of an address is found.
func AddressKey(h *Hasher, address string) string { return h.Key("mail:" + normal(address)) }

// Nodes is what identifies the author of a commit by the name and the address
// that .mailmap gives; two authors are one when they share a node. There is
// always one. The forms:
//
//	mail:jane@acme.example        an ordinary address, in small letters
//	github:jane, github#123       the account in a GitHub noreply address
//	gitlab:jane, gitlab#123       likewise of GitLab
//	local:root@localhost|jane doe an address that identifies nobody, and the name
//
// An address identifies nobody when its host cannot be on the Internet (no
// address at all, root@localhost, jane@laptop.local, none@none, git's own
// "(none)"), or when it is a placeholder (you@example.com, noreply@github.com).
// Many people commit with it, so it counts only together with the name. A name
// alone joins no two addresses, for people share names.
func Nodes(name, address string) []string {
	if a := accountOf(address); a.login != "" {
		nodes := []string{a.forge + ":" + a.login}
		if a.id != "" {
			nodes = append(nodes, a.forge+"#"+a.id)
		}
		return nodes
	}
	if identifiesNobody(address) {
		return []string{"local:" + normal(address) + "|" + foldBlanks(name)}
	}
	return []string{"mail:" + normal(address)}
}

// Domain is the domain of an address, in small letters: what its organisation
// may be told from. It is "" when there is none that says something: for noreply
// addresses, for placeholders, and for hosts that cannot be on the Internet,
// which are the names of people's own machines.
func Domain(address string) string {
	if accountOf(address).forge != "" || identifiesNobody(address) {
		return ""
	}
	_, host := split(address)
	if slices.Contains(strings.Split(host, "."), "noreply") {
		return ""
	}
	return host
}

// normal is an address in the form in which it is compared.
func normal(address string) string {
	return strings.ToLower(strings.Trim(address, " \t\r\n<>\"'"))
}

// split parts a normal address at its last @; host is "" when there is none.
func split(address string) (local, host string) {
	address = normal(address)
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return address, ""
	}
	return address[:at], strings.TrimSuffix(address[at+1:], ".")
}

// foldBlanks is a name in small letters, with single blanks.
func foldBlanks(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// An account is whom a forge's noreply address names.
type account struct{ forge, id, login string }

// forges are the hosts of noreply addresses that name an account: what they are
// called, and the form of their local parts, with an identifier of digits that
// outlives a change of login.
var forges = map[string]struct {
	name  string
	local *lazyregexp.Regexp
}{
	"users.noreply.github.com": {"github", lazyregexp.New(`^(?:([0-9]+)\+)?([a-z0-9_-]+(?:\[bot\])?)$`)},
	"users.noreply.gitlab.com": {"gitlab", lazyregexp.New(`^(?:([0-9]+)-)?([a-z0-9_][a-z0-9_.-]*)$`)},
}

// accountOf reads a noreply address. The login is "" when the local part is not
// in the forge's form, and forge too when the host is none.
func accountOf(address string) account {
	local, host := split(address)
	forge, ok := forges[host]
	if !ok {
		return account{}
	}
	if m := forge.local.FindStringSubmatch(local); m != nil {
		return account{forge.name, m[1], m[2]}
	}
	return account{forge: forge.name}
}

// Local parts and hosts that stand in for an address that was not given.
var (
	placeholders = []string{
		"", "do-not-reply", "donotreply", "invalid", "no-reply", "no.reply", "no_reply", "nobody", "none",
		"noreply", "unknown", "you", "your", "your-email", "your.email", "your_email", "youremail", "yourname",
	}
	placeholderHosts = []string{"example.com", "example.net", "example.org"}
)

// identifiesNobody reports whether an address says nothing of who uses it: see
// [Nodes].
func identifiesNobody(address string) bool {
	local, host := split(address)
	if _, forge := forges[host]; forge {
		return accountOf(address).login == ""
	}
	return !public(host) || slices.Contains(placeholders, local) ||
		slices.ContainsFunc(placeholderHosts, func(p string) bool { return host == p || strings.HasSuffix(host, "."+p) })
}

// label matches a part of a host name.
var label = lazyregexp.New(`^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$`)

// longestHost is the length of the longest host name there can be.
const longestHost = 253

// isHost reports whether host has the form of a host name of two parts and more.
func isHost(host string) bool {
	parts := strings.Split(host, ".")
	return len(host) <= longestHost && len(parts) > 1 &&
		!slices.ContainsFunc(parts, func(p string) bool { return !label.MatchString(p) })
}

// public reports whether host can be on the Internet: it has the form, and ends
// in a suffix under which names are registered. So can what ends in .example,
// which nobody has but demonstrations and tests.
func public(host string) bool {
	if !isHost(host) {
		return false
	}
	suffix, icann := publicsuffix.PublicSuffix(host)
	return icann || strings.Contains(suffix, ".") || suffix == "example"
}
