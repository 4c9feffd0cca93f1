package linguist

import (
	"bytes"
	"path"
	"strings"

	"github.com/go-enry/go-enry/v2/data"

	"assay/internal/lazyregexp"
)

// ByShebang gives the languages of the interpreter that the first line of a text names.
func ByShebang(text []byte) []string {
	line := bytes.TrimSuffix(firstLines(text, 1), []byte("\n"))
	if !bytes.HasPrefix(line, []byte("#!")) {
		return nil
	}
	interpreter := program(line[2:])
	switch {
	case interpreter == "sh":
		interpreter = execed(text)
	case interpreter == "osascript" && bytes.Contains(line, []byte("-l")):
		return nil // it runs more than one language
	}
	if pythonVersion.MatchString(interpreter) {
		interpreter, _, _ = strings.Cut(interpreter, ".")
	}
	return data.LanguagesByInterpreter[interpreter]
}

// program is the name of the program of a "#!" line: behind env, the one that env starts.
func program(line []byte) string {
	words := bytes.Fields(line)
	if len(words) == 0 {
		return ""
	}
	name := path.Base(string(words[0]))
	if name != "env" {
		return name
	}
	if words = words[1:]; len(words) == 0 {
		return ""
	}
	for len(words) > 1 && forEnv(words[0]) {
		words = words[1:]
	}
	return path.Base(string(words[0]))
}

// forEnv reports whether a word is an option of env, or a variable that it sets.
func forEnv(word []byte) bool {
	return bytes.IndexByte(word, '-') >= 0 || len(word) > 2 && bytes.IndexByte(word[1:len(word)-1], '=') >= 0
}

var (
	execLine      = lazyregexp.New(`exec (\w+).+\$0.+\$@`)
	pythonVersion = lazyregexp.New(`python\d\.\d+`)
)

// execLines is how many lines of a script of sh may start another interpreter for it.
const execLines = 5

// execed is the interpreter that a script of sh has itself run by; sh where there is none.
func execed(text []byte) string {
	for line := range bytes.Lines(firstLines(text, execLines)) {
		if m := execLine.FindSubmatch(line); m != nil {
			return string(m[1])
		}
	}
	return "sh"
}
