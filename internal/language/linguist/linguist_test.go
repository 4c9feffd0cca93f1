package linguist

import (
	"archive/zip"
	"compress/flate"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-enry/go-enry/v2"
	"github.com/go-enry/go-enry/v2/data"
)

var update = flag.Bool("update", false, "write words.zip anew, from the data of go-enry")

// The archive has go-enry's words, all of them and no other.
func TestWords(t *testing.T) {
	t.Parallel()
	if *update {
		if err := writeWords("words.zip"); err != nil {
			t.Fatal(err)
		}
		t.Skip("the archive is written: run the test again, with a program that has it")
	}
	if got, want := slices.Sorted(maps.Keys(archive())), slices.Sorted(maps.Keys(data.TokensLogProbabilities)); !slices.Equal(got, want) {
		t.Errorf("the archive has the languages %q, go-enry %q", got, want)
	}
	for lang, prior := range data.LanguagesLogProbabilities {
		if got, ok := WordsOf(lang); !ok || got.Prior != prior || !maps.Equal(got.Of, data.TokensLogProbabilities[lang]) {
			t.Errorf("the words of %s are not go-enry's: -update writes them", lang)
		}
	}
	if _, ok := WordsOf("no language"); ok {
		t.Error("there are words of no language")
	}
}

// writeWords writes the archive: the same data gives the same bytes.
func writeWords(path string) error {
	to, err := os.Create(path)
	if err != nil {
		return err
	}
	z := zip.NewWriter(to)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, lang := range slices.Sorted(maps.Keys(data.TokensLogProbabilities)) {
		w, err := z.Create(lang)
		if err != nil {
			return err
		}
		words := data.TokensLogProbabilities[lang]
		for _, word := range slices.Sorted(maps.Keys(words)) {
			if _, err := fmt.Fprintf(w, "%s %s\n", word, strconv.FormatFloat(words[word], 'f', -1, 64)); err != nil {
				return err
			}
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return to.Close()
}

// parts are what the texts and names of TestLikeEnry are put together from.
var parts = []string{
	"#!", "#! ", "/usr/bin/", "env", " ", "  ", "\t", "\n", "\r\n", "sh", "bash", "python3.11", "python", "perl", "ruby", "node", "osascript", "-l ", "-S", "-u",
	"--x", "A=b", "=", "A=", "exec ", "exec tclsh", " \"$0\" ", "\"$@\"", "\u00a0", "\v", "\xff", "/", "deno", "rscript",
	"<?xml version=\"1.0\"?>", "xml version=", "<a/>", "# vim: ", "/* vim700: set ", "-*- C++ -*-", "-*- mode: ruby; -*-", "vim", "vi", "ex", ":", "ft=ruby", "FT =go", "syntax=go", "filetype=c", "set ", "-*-", "mode: c", "C++", ";",
	".1", ".n", ".1x", ".man", ".in", ".h", ".m", ".pl", ".rs", ".SQL", ".cls", "a", "use strict;", "@interface", "class ", "fn ", "#include <", "\\documentclass",
}

// Each strategy says what go-enry's says, on texts of what they look for.
func TestLikeEnry(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	draw := func(most int) string {
		var b strings.Builder
		for range random.IntN(most) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		return b.String()
	}
	found := map[string]int{}
	for range 60_000 {
		name, text := "a"+draw(4), []byte(draw(12))
		if random.IntN(3) == 0 {
			text = append([]byte("#!"), text...)
		}
		for what, both := range map[string][2][]string{
			"shebang":    {ByShebang(text), enry.GetLanguagesByShebang("", text, nil)},
			"header":     {ByHeader(text), enry.GetLanguagesByXML("", text, nil)},
			"manpage":    {ByManpage(name), enry.GetLanguagesByManpage(name, nil, nil)},
			"heuristics": {ByHeuristics(name, text), enry.GetLanguagesByContent(name, text, nil)},
			"emacs":      {ByEmacs(text), enry.GetLanguagesByEmacsModeline("", text, nil)},
			"vim":        {ByVim(text), enry.GetLanguagesByVimModeline("", text, nil)},
		} {
			if len(both[0]) > 0 {
				found[what]++
			}
			if !slices.Equal(both[0], both[1]) {
				t.Errorf("%s of %q %q: %q, go-enry says %q", what, name, text, both[0], both[1])
			}
		}
	}
	for _, what := range []string{"shebang", "header", "manpage", "heuristics", "emacs", "vim"} {
		if found[what] < 100 {
			t.Errorf("%s was found in %d texts only", what, found[what])
		}
	}
}

// Names are go-enry's.
func TestNames(t *testing.T) {
	t.Parallel()
	types := map[string]enry.Type{"": enry.Unknown, "data": enry.Data, "programming": enry.Programming, "markup": enry.Markup, "prose": enry.Prose}
	for alias, lang := range data.LanguageByAliasMap {
		got, ok := ByAlias(strings.ToUpper(alias))
		if want, known := enry.GetLanguageByAlias(strings.ToUpper(alias)); got != want || ok != known {
			t.Errorf("%s is %q %t, by go-enry %q %t", alias, got, ok, want, known)
		}
		if Group(lang) != enry.GetLanguageGroup(lang) || types[Type(lang)] != enry.GetLanguageType(lang) {
			t.Errorf("%s: group %q and type %q are not go-enry's", lang, Group(lang), Type(lang))
		}
	}
	if Type("no language") != "" || Group("no language") != "" {
		t.Error("no language has a type or a group")
	}
}
