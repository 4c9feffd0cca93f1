package people

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
)

//go:embed bots.yaml
var botsYAML []byte

// A lexicon is bots.yaml, made ready for look-up.
type lexicon struct {
	known     map[string]string // the bot's name by each name and address
	work      map[string]bool   // what bots are for
	tools     map[string]bool   // software that commits, by names that people do not have
	beside    map[string]bool   // all words that say bot beside that word
	compounds []string          // those of beside that say so in one word with it
}

// bots is bots.yaml.
var bots = sync.OnceValue(func() *lexicon {
	var file struct {
		Bots      map[string][]string `yaml:"bots"`
		Work      []string            `yaml:"work"`
		Fields    []string            `yaml:"fields"`
		Tools     []string            `yaml:"tools"`
		Namesakes []string            `yaml:"namesakes"`
	}
	embedded("bots.yaml", botsYAML, &file)
	l := &lexicon{known: map[string]string{}, work: map[string]bool{}, tools: map[string]bool{}, beside: map[string]bool{}}
	for name, others := range file.Bots {
		l.known[name] = name
		for _, other := range others {
			l.known[other] = name
		}
	}
	for _, list := range [][]string{file.Work, file.Fields, file.Tools, file.Namesakes} {
		for _, word := range list {
			l.beside[word] = true
			l.compounds = append(l.compounds, squeezed(word))
		}
	}
	for _, word := range file.Work {
		l.work[word] = true
	}
	for _, word := range file.Tools {
		l.tools[word] = true
	}
	return l
})

// Bot is the name of the bot that commits with a name and an address, in small
// letters and without "[bot]"; "" for a person. What tells a bot, in this order:
//
//   - bots.yaml, which lists names, accounts and addresses
//   - a mark, the kinds of [identifiers] and those of [phrases], in the account that a
//     noreply address names, in the name, and in the local part of the address
//
// A person with a bot's account counts as work that was done, a bot with a person's
// name does not: so where both could be, it is a person. There are people whose
// name is Bot, Abbott or Jenkins. With the name of a person ([author.person]) the
// account and the local part say bot only where they end in it as in a word of its
// own, and hold none of the person's names.
func Bot(name, address string) string {
	a := authorOf(name, address)
	for _, known := range a.callings() {
		if bot := bots().known[known]; bot != "" {
			return bot
		}
	}
	// The account comes first: a name is changed more easily.
	named := unmarked(a.name) != "" || a.named()
	switch {
	case unmarked(a.login) != "":
		return known(unmarked(a.login))
	case a.login != "" && a.identifies(a.login, login, named):
		return known(a.login)
	case unmarked(a.name) != "":
		return known(unmarked(a.name))
	case named:
		return known(a.name)
	case unmarked(a.local) != "", a.name == "" && a.atMachine():
		return known(cmp.Or(unmarked(a.local), a.local))
	case a.login == "" && a.identifies(a.local, mailbox, named):
		if a.name == "" || a.person {
			return known(a.local)
		}
		return known(a.name)
	}
	return ""
}

// known is the name that bots.yaml has for a bot, else the bot's own.
func known(bot string) string {
	if name := bots().known[bot]; name != "" {
		return name
	}
	return bot
}

// marks are what is written after the name of a bot, or before it.
var marks = lazyregexp.New(`^(.*\S)\s*(?:\[(?:ro)?bot\]|\((?:[^()]*[\s-])?(?:ro)?bot\))$|^\[(?:ro)?bot\]\s*(.*\S)$`)

// unmarked is the name beside the mark of a bot, "[bot]", "(bot)" or "(release bot)";
// "" when there is no mark.
func unmarked(name string) string {
	m := marks.FindStringSubmatch(name)
	if m == nil {
		return ""
	}
	return cmp.Or(m[1], m[2])
}

// A place is where an identifier stands.
type place int

const (
	login   place = 1 << iota // in a noreply address
	oneWord                   // the author's whole name
	mailbox                   // the local part of an address that is none of a provider's
	private                   // that of an address with a provider of mail for everyone
)

// Where a kind of identifier tells a bot.
const (
	names    = login | oneWord
	anywhere = names | mailbox | private
)

// An identifier kind tells bots by one word of several parts, in small letters with
// hyphens between them: an account, a name of one word, a local part. W stands for a
// word of bots.yaml that says bot beside that word, T for a tool's name.
type identifierKind struct {
	pattern string
	where   place
	// firm: it tells a bot although the author has the name of a person.
	firm bool
	why  string
}

// identifiers are the kinds of identifiers. DS: a pattern that DevStats excludes
// (util_sql/exclude_bots.sql of cncf/devstats).
var identifiers = []identifierKind{
	{`.*-(ro)?bot(er)?(-?[0-9]+)?`, anywhere, true, "acme-bot, acme-robot: the word at the end (DS: %-bot, %-robot)"},
	{`(ro)?bot`, anywhere, false, "bot@: all of it, where no person's name stands beside it"},
	{`.*[.]robot|(.*[.-])?W[.]bot`, anywhere, true, "acme.robot, acme.release.bot: jane.bot is a person's"},
	{`(ro)?bot-.*|.*-(ro)?bot-.*`, names | mailbox, false, "bot-acme, acme-bot-2, project_12_bot_1a2b: at the beginning and in the middle (DS: bot-%, robot-%, %-bot-%)"},
	{`(.*-)?[a-z0-9]*W-?(ro)?bot([0-9]*|-.*)`, names | mailbox, false, "acmereleasebot, cibot, snykbot-acme: one word with what it does (DS: %cibot, %clabot%, travis%bot, %-ci%bot)"},
	{`.*-(ci|cicd|ci-cd|ci-[0-9]+)|ci|cicd`, names | mailbox, false, "acme-ci (DS: %-ci)"},
	{`[^-]+-ci-[^-].*-?.*`, oneWord, false, "gitlab-ci-token, acme-ci-push: CI in the middle, which accounts of people have too"},
	{`.*-(jenkins|gerrit|testing|automation|automaton|autorelease)|jenkins-.*`, names, false, "acme-jenkins, acme-testing (DS: %-jenkins, jenkins-%, %-gerrit, %-testing)"},
	{`(.*[-.])?automation([-.].*)?|(.*-)?autorelease`, mailbox, false, "automation@, acme+automation@"},
	{`k8s-.*`, names, false, "k8s-acme (DS: k8s-%)"},
	{`(.*-)?T(-.*)?`, names | mailbox, false, "codecov-acme, renovate-acme: the name of a tool (DS: codecov-%)"},
	{`svc[-.].*|.*-svc-.*|(.*-)?(service|machine|automation|build)-?(account|user)`, names | mailbox, false, "svc-acme, acme-machine-user: accounts that say they are of no person"},
	{`(.*-)?(W|buildkite)-(agent|runner)`, names | mailbox, false, "gitlab-runner, ci-agent"},
	{`.*-(builder|deployer|publisher|releaser|syncer|updater)|(.*-)?auto-W(-.*)?`, oneWord, false, "acme-image-updater, auto-release-acme: a name that says what it does"},
}

// identifierPatterns are the patterns of identifiers.
var identifierPatterns = sync.OnceValue(func() []*lazyregexp.Regexp {
	words := func(list []string) string { return "(" + strings.Join(list, "|") + ")" }
	var tools []string
	for tool := range bots().tools {
		tools = append(tools, regexp.QuoteMeta(tool))
	}
	slices.Sort(tools)
	fill := strings.NewReplacer("W", words(bots().compounds), "T", words(tools))
	all := make([]*lazyregexp.Regexp, len(identifiers))
	for i, kind := range identifiers {
		all[i] = lazyregexp.New("^(?:" + fill.Replace(kind.pattern) + ")$")
	}
	return all
})

// denied matches what people call themselves who deny that they are bots.
var denied = lazyregexp.New(`(^|-)(im-?|am-?|is-?)?(not?|isnt|non)-?an?-?(ro)?bot`)

// ownBot matches a word that ends in bot, with what stands before.
var ownBot = lazyregexp.New(`^([a-z0-9-]+?)-?(?:ro)?bot[0-9]*$`)

// hyphened is a word with hyphens between its parts.
func hyphened(word string) string {
	return strings.NewReplacer("_", "-", "+", "-", " ", "-").Replace(word)
}

// identifies reports whether one word of an author, which stands somewhere, tells a
// bot. Named: the author has the name of a bot.
func (a *author) identifies(word string, where place, named bool) bool {
	id := hyphened(word)
	if a.person && !strings.Contains(id, "bot") { // as all firm kinds have it
		return false
	}
	if id == "" || len(id) > limit.AuthorText || denied.MatchString(id) || a.surnamed() || a.person && a.holdsName(id) {
		return false
	}
	if where == mailbox && a.private {
		where = private
	}
	for i, kind := range identifiers {
		if kind.where&where != 0 && (kind.firm && !(a.person && where == private) || !a.person) && identifierPatterns()[i].MatchString(id) {
			return true
		}
	}
	if a.person {
		return false
	}
	// acmebot@acme.example, and a part that is the name of a known bot.
	m := ownBot.FindStringSubmatch(id)
	return named || m != nil && a.owner != "" && squeezed(m[1]) == a.owner || slices.ContainsFunc(strings.Split(id, "-"), isKnownBot)
}

// isKnownBot reports whether a part of an identifier is the name of a bot that
// bots.yaml knows, and says so.
func isKnownBot(part string) bool {
	return len(part) > len("robot") && strings.HasSuffix(part, "bot") && bots().known[part] != ""
}
