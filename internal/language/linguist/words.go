package linguist

import (
	"archive/zip"
	"bufio"
	_ "embed" // the words
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/go-enry/go-enry/v2/data"
)

// samples has a file for each language: its words, a line each, with the logarithm of
// how often one is found. "go test ./internal/language/linguist -update" makes it.
//
//go:embed words.zip
var samples string

// Words is what is known of the words of a language.
type Words struct {
	// Prior is the logarithm of how many of all samples are of the language.
	Prior float64
	// Of are the logarithms of how many of the language's words are each. It must not
	// be changed.
	Of map[string]float64
}

// UnknownWord is what a word gives to a language in whose samples it is not.
var UnknownWord = math.Log(1 / data.TokensTotal)

// WordsOf gives the words of a language; false when there are no samples of it. It may
// be called by several goroutines.
func WordsOf(lang string) (Words, bool) {
	prior, ok := data.LanguagesLogProbabilities[lang]
	if !ok {
		return Words{}, false
	}
	w := Words{Prior: prior}
	if read := archive()[lang]; read != nil {
		w.Of = read()
	}
	return w, true
}

// archive gives, by language, what reads its words, once.
var archive = sync.OnceValue(func() map[string]func() map[string]float64 {
	z, err := zip.NewReader(strings.NewReader(samples), int64(len(samples)))
	if err != nil {
		panic(fmt.Errorf("the program's words of languages: %w", err)) // they are part of the program
	}
	all := make(map[string]func() map[string]float64, len(z.File))
	for _, f := range z.File {
		all[f.Name] = sync.OnceValue(func() map[string]float64 {
			words, err := wordsIn(f)
			if err != nil {
				panic(fmt.Errorf("the program's words of %s: %w", f.Name, err))
			}
			return words
		})
	}
	return all
})

// wordsIn reads the words of a language.
func wordsIn(f *zip.File) (words map[string]float64, err error) {
	text, err := f.Open()
	if err != nil {
		return nil, err
	}
	words = map[string]float64{}
	lines := bufio.NewScanner(text)
	for lines.Scan() {
		word, number, _ := strings.Cut(lines.Text(), " ")
		if words[word], err = strconv.ParseFloat(number, 64); err != nil {
			return nil, err
		}
	}
	return words, lines.Err()
}
