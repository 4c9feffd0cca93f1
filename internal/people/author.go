package people

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"assay/internal/lazyregexp"
)

// An author is a name and an address, parted for what tells a bot from a person.
type author struct {
	name        string   // in small letters, with single blanks
	written     []string // the words of the name as written, without what is in brackets at its end
	words       []string // the same in small letters
	login       string   // the account that a noreply address names
	local, host string   // of the address
	owner       string   // what the host is registered as, squeezed: acme of ci.acme.example
	private     bool     // the address is of a provider of mail for everyone
	person      bool     // the name is one that people have
}

// aside matches what stands in brackets at the end of a name.
var aside = lazyregexp.New(`\s*[\[(][^\[\]()]*[\])]$`)

// authorOf parts a name and an address.
func authorOf(name, address string) *author {
	if !strings.Contains(address, "@") && strings.Contains(name, "@") {
		address = name
	}
	a := &author{name: foldBlanks(name), login: accountOf(address).login}
	a.local, a.host = split(address)
	if said := aside.ReplaceAllString(strings.TrimSpace(name), ""); said != "" {
		a.written = slices.DeleteFunc(strings.Fields(said), func(w string) bool { return strings.IndexFunc(w, unicode.IsLetter) < 0 })
	}
	for _, w := range a.written {
		a.words = append(a.words, strings.ToLower(w))
	}
	a.private = shipped().personal[a.host]
	if registered, err := publicsuffix.EffectiveTLDPlusOne(a.host); err == nil && !a.private && a.login == "" {
		owner, _, _ := strings.Cut(registered, ".")
		a.owner = squeezed(owner)
	}
	a.person = a.hasPersonsName()
	return a
}

// callings are what an author is called as a whole, as bots.yaml has it.
func (a *author) callings() []string {
	all := []string{a.local + "@" + a.host, a.login + "@" + a.host}
	if !a.isSurname() {
		all = append(all, a.name, strings.Join(a.words, " "))
	}
	return append(all, a.login)
}

// isSurname reports whether the name is one word, and by the address a surname:
// Jenkins <jane.jenkins@acme.example>.
func (a *author) isSurname() bool {
	return len(a.words) == 1 && strings.HasSuffix(a.local, "."+a.words[0])
}

// squeezed is a word without its hyphens.
func squeezed(word string) string { return strings.ReplaceAll(word, "-", "") }

// isBotWord reports whether a word of a name is that for a bot.
func isBotWord(word string) bool {
	word = strings.TrimRight(word, "0123456789")
	return word == "bot" || word == "robot"
}

// spelt matches a word of a person's name: letters, with full stops, hyphens and
// apostrophes within and a comma after them.
var spelt = lazyregexp.New(`^[\pL\pM.'’-]*\pL[\pL\pM.'’-]*,?$`)

// hasPersonsName reports whether the name is one that people have: two words or
// more of letters, none of which is a tool's, a legal form, or what bots are for.
// The last may be Bot.
func (a *author) hasPersonsName() bool {
	if len(a.words) < 2 {
		return false
	}
	for i, w := range a.words {
		bare := strings.Trim(w, ".,")
		switch {
		case !spelt.MatchString(w), bots().work[bare], bots().tools[bare], shipped().legal[fold(w)]:
			return false
		case isBotWord(bare) && i > 0 && i < len(a.words)-1:
			return false
		case isAcronym(a.written[i], "CI") && i == len(a.words)-1, isAcronym(a.written[i], "CI/CD"):
			return false
		}
	}
	return true
}

// isAcronym reports whether a word is an acronym, written as one.
func isAcronym(word, acronym string) bool { return word == acronym }

// particles stand before a surname.
var particles = []string{"d", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "ten", "ter", "van", "von"}

// surnamed reports whether the name's Bot is a surname by what stands before it: Le
// Bot.
func (a *author) surnamed() bool {
	n := len(a.words)
	return n > 1 && isBotWord(a.words[n-1]) && slices.Contains(particles, a.words[n-2])
}

// shortName is the least length of a name that tells whose an account is.
const shortName = 3

// holdsName reports whether an identifier has one of the names of a person among its
// parts, the surname Bot apart.
func (a *author) holdsName(id string) bool {
	parts := strings.FieldsFunc(id, func(r rune) bool { return !unicode.IsLetter(r) })
	bot := isBotWord(a.words[len(a.words)-1])
	return !bot && slices.ContainsFunc(a.words, func(w string) bool { return len(w) >= shortName && slices.Contains(parts, w) })
}

// named reports whether the name is that of a bot.
func (a *author) named() bool {
	switch len(a.words) {
	case 0:
		return false
	case 1:
		return a.namedByWord(a.written[0])
	}
	return slices.ContainsFunc(phrases, func(kind phraseKind) bool { return kind.holds(a) })
}

// A camel is a word in whose midst a capital letter begins Bot or CI.
var camel = lazyregexp.New(`^(.*[a-z0-9])(?:Bot|Robot|CI)[0-9]*$`)

// namedByWord reports whether a name of one word is that of a bot.
func (a *author) namedByWord(written string) bool {
	word := strings.ToLower(written)
	if a.isSurname() && isBotWord(word) {
		return false
	}
	if a.identifies(word, oneWord, false) {
		return written != "Ci" // a name
	}
	if before, ok := strings.CutSuffix(word, ".bot"); ok && before == a.owner {
		return true
	}
	if m := camel.FindStringSubmatch(written); m != nil && !a.private && !slices.Contains(particles, strings.ToLower(m[1])) {
		return true
	}
	// A mailbox that takes no mail, called like what calls itself a bot.
	return strings.HasSuffix(word, "bot") && slices.Contains([]string{word + "-noreply", word + "-no-reply", "noreply-" + word}, a.local)
}

// A phraseKind tells bots by a name of several words.
type phraseKind struct {
	holds func(a *author) bool
	why   string
}

// phrases are the kinds of names of several words.
var phrases = []phraseKind{
	{func(a *author) bool { return a.endsInBot() && a.besideBot() },
		"Acme Release Bot, Renovate Bot, Milo the Merge Bot: what it does, or a tool, beside the word"},
	{func(a *author) bool {
		return a.endsInBot() && slices.ContainsFunc(a.written[:len(a.written)-1], a.isProject)
	},
		"KubeEdge Bot, IBM Bot, bootc-dev Bot: a word that is spelt as names of projects are"},
	{func(a *author) bool {
		last := a.written[len(a.written)-1]
		shouted := func(w string) bool { return w == strings.ToUpper(w) }
		return a.endsInBot() && isCapital(a.written[0]) && (last == strings.ToLower(last) || shouted(last) && !shouted(a.written[0]))
	}, "Snyk bot, Acme BOT: a surname is spelt as the first name is"},
	{func(a *author) bool { return a.endsInBot() && !a.surnamed() && a.botsMailbox() },
		"Acme Bot <bot@acme.example>, <acme-bot@acme.example>: a mailbox of a bot that is at no provider for everyone"},
	{func(a *author) bool { return a.owned() },
		"Acme Bot, Acme Jenkins <jenkins@acme.example>: whose it is, and what"},
	{func(a *author) bool {
		last := a.written[len(a.written)-1]
		return slices.Contains([]string{"CI", "CI/CD", "CICD"}, last) && (a.written[0] != strings.ToUpper(a.written[0]) || strings.Contains(a.local, "ci"))
	}, "Acme CI, not Wang Ci"},
	{func(a *author) bool { return machine.MatchString(strings.Join(a.words, " ")) },
		"Acme Service Account, Machine User for Acme, Acme Automation, GitHub Actions"},
	{func(a *author) bool {
		return bots().tools[a.words[0]] || bots().tools[a.words[len(a.words)-1]]
	}, "Self-hosted Renovate: a tool's name"},
	{func(a *author) bool {
		return !slices.ContainsFunc(a.words, func(w string) bool { return !bots().beside[w] }) &&
			slices.ContainsFunc(a.words, func(w string) bool { return bots().work[w] })
	}, "Automated Release, GitHub Build: nothing but what bots do"},
}

// machine matches names that say that they are of no person.
var machine = lazyregexp.New(`(?:^| )(?:(?:automation|build|machine|service|system) (?:account|user)(?: |$)` +
	`|(?:automation|autoupdater?|deploy key|pipelines|updater)$)|^git ?hub actions?(?: |$)|^gerrit code review$`)

// endsInBot reports whether the last word is that for a bot.
func (a *author) endsInBot() bool { return isBotWord(a.words[len(a.words)-1]) }

// besideBot reports whether a word before the last one says what bots do, or is an
// article.
func (a *author) besideBot() bool {
	before := a.words[:len(a.words)-1]
	if bots().known[strings.Join(before, " ")] != "" || bots().known[strings.Join(before, "-")] != "" {
		return true
	}
	return slices.ContainsFunc(before, func(w string) bool { return w == "the" || bots().beside[w] || strings.HasSuffix(w, "'s") })
}

// isCapital reports whether a word begins with a capital letter.
func isCapital(word string) bool { return strings.IndexFunc(word, unicode.IsUpper) == 0 }

// project matches words that are spelt as no word of a person's name is: a capital
// letter in their midst, capital letters alone, digits, or small letters and a hyphen.
var project = lazyregexp.New(`^(?:[A-Za-z0-9]*[a-z][A-Z].*|[A-Z]{3,}|.*[0-9].*|[a-z0-9]+-[a-z0-9-]+)$`)

// inner matches the surnames that have a capital letter in their midst.
var inner = lazyregexp.New(`^(?:Mc|Mac|De|Di|Du|Fitz|La|Le|Van|Von)[A-Z]`)

// isProject reports whether a word is spelt as names of projects are. It is none in
// a name all in capital letters, and when the address is called like it: LeeAnn Bot
// <lee@acme.example>.
func (a *author) isProject(word string) bool {
	last := a.written[len(a.written)-1]
	if last == strings.ToUpper(last) || a.local != "" && strings.HasPrefix(strings.ToLower(word), a.local) {
		return false
	}
	return project.MatchString(word) && !inner.MatchString(word)
}

// botsMailbox reports whether the local part is that of a bot, by the word alone.
func (a *author) botsMailbox() bool {
	return a.login == "" && !a.private && (isBotWord(a.local) || identifierPatterns()[0].MatchString(hyphened(a.local)))
}

// atMachine reports whether the address is that of software on a machine that
// builds: jenkins@ci.acme.example.
func (a *author) atMachine() bool {
	builds := func(part string) bool { return part == "ci" || part == "build" || part == "jenkins" }
	return bots().beside[a.local] && slices.ContainsFunc(strings.Split(a.host, "."), builds)
}

// owned reports whether the name is what the host is registered as, and a word that
// is a surname of people too: Bot, Jenkins, or another that ends in bot.
func (a *author) owned() bool {
	last := a.words[len(a.words)-1]
	whose := strings.Join(a.words[:len(a.words)-1], "")
	return a.owner != "" && squeezed(whose) == a.owner && a.local != whose && (last == "jenkins" || strings.HasSuffix(last, "bot"))
}
