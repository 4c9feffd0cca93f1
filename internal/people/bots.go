package people

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed bots.yaml
var botsYAML []byte

// bots gives the bot's name for each name and address in bots.yaml.
var bots = sync.OnceValue(func() map[string]string {
	var file struct {
		Bots map[string][]string `yaml:"bots"`
	}
	embedded("bots.yaml", botsYAML, &file)
	all := map[string]string{}
	for name, others := range file.Bots {
		all[name] = name
		for _, other := range others {
			all[other] = name
		}
	}
	return all
})

// Bot is the name of the bot that commits with a name and an address, in small
// letters and without "[bot]"; "" for a person. A bot is told by bots.yaml, and
// by these rules:
//
//   - The name, or the local part of the address, ends in "[bot]" or "(bot)".
//   - The name, or the account that a noreply address names, is one word that
//     ends in "-bot", "_bot" or "-robot".
//
// There are people whose surname is Bot: a name of several words that ends in
// one is a bot only when bots.yaml knows it.
func Bot(name, address string) string {
	name = foldBlanks(name)
	local, host := split(address)
	login := accountOf(address).login
	for _, known := range []string{local + "@" + host, login + "@" + host, name, login} {
		if bot := bots()[known]; bot != "" {
			return bot
		}
	}
	// The account comes first: a name is changed more easily.
	for _, own := range []string{login, name} {
		if bot := unmarked(own); bot != "" {
			return known(bot)
		}
		if isBotWord(own) {
			return known(own)
		}
	}
	return known(unmarked(local))
}

// known is the name that bots.yaml has for a bot, else the bot's own.
func known(bot string) string {
	if name := bots()[bot]; name != "" {
		return name
	}
	return bot
}

// unmarked is what stands before the mark of a bot; "" when there is no mark.
func unmarked(name string) string {
	for _, mark := range []string{"[bot]", "(bot)"} {
		if bot, ok := strings.CutSuffix(name, mark); ok {
			return strings.TrimSpace(bot)
		}
	}
	return ""
}

// isBotWord reports whether a name is one word that ends as bots' names do.
func isBotWord(name string) bool {
	if strings.Contains(name, " ") {
		return false
	}
	for _, end := range []string{"-bot", "_bot", "-robot"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
