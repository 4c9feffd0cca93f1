package language

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/go-enry/go-enry/v2/data"

	"assay/internal/language/linguist"
)

// heuristicBytes is how much of a file linguist's heuristics and classifier read.
const heuristicBytes = 50 << 10

// detect finds the language of a file by linguist's strategies in their order.
// A strategy with one answer decides; one with several narrows the choice for
// the next.
func (c *Classifier) detect(name string, content []byte, size int64) string {
	if len(content) == 0 || binary(content) {
		return ""
	}
	if size <= viewableBytes {
		if lang := modeline(content); lang != "" {
			return lang
		}
	}
	candidates := data.LanguagesByFilename[path.Base(name)]
	if len(candidates) == 1 {
		return candidates[0]
	}
	if langs := shebang(content); len(langs) > 0 {
		if candidates = narrow(candidates, langs); len(candidates) == 1 {
			return candidates[0]
		}
	}
	if !generic(name) {
		if langs := c.extension(name).candidates; len(langs) > 0 {
			if candidates = narrow(candidates, langs); len(candidates) == 1 {
				return candidates[0]
			}
		}
	}
	return byContent(name, content, candidates)
}

// viewableBytes is the size beyond which linguist sees no lines in a blob, and
// so no modeline.
const viewableBytes = 1 << 20

// narrow keeps of the candidates those among langs. Where there are no
// candidates yet, or none would be left, it follows linguist: langs without
// candidates, the candidates where nothing fits.
func narrow(candidates, langs []string) []string {
	if len(candidates) == 0 {
		return langs
	}
	var both []string
	for _, l := range candidates {
		if slices.Contains(langs, l) {
			both = append(both, l)
		}
	}
	if len(both) == 0 {
		return candidates
	}
	return both
}

// byContent asks the strategies that read the text: XML header, man page,
// heuristics, and where those leave several, the likeliest.
func byContent(name string, content []byte, candidates []string) string {
	if len(candidates) == 0 {
		if langs := linguist.ByHeader(content); len(langs) == 1 {
			return langs[0]
		}
		candidates = linguist.ByManpage(name)
	}
	head := content[:min(len(content), heuristicBytes)]
	if strings.EqualFold(path.Ext(name), ".rs") && slices.Contains(candidates, "Rust") && beginsLikeRust(head) {
		return "Rust"
	}
	text := head
	if gate, ok := gates[strings.ToLower(path.Ext(name))]; ok {
		if text = gate.excerpt(head); len(text) == 0 {
			return gate.otherwise
		}
	}
	langs := linguist.ByHeuristics(name, text)
	if len(langs) == 1 {
		return langs[0]
	}
	if len(langs) > 1 {
		candidates = langs
	}
	if len(candidates) == 0 {
		return ""
	}
	return classify(name, head, candidates)
}

// rustBeginnings are what linguist's first heuristic for .rs looks for at the
// beginning of a line; a test holds them against go-enry's.
var rustBeginnings = [][]byte{
	[]byte("use "), []byte("fn "), []byte("mod "), []byte("pub "), []byte("macro_rules"), []byte("impl"), []byte("#["), []byte("#!["),
}

// beginsLikeRust reports whether a line begins as lines of Rust do: the
// heuristic that decides nearly every .rs file, without an expression.
func beginsLikeRust(text []byte) bool {
	for line := range bytes.Lines(text) {
		if slices.ContainsFunc(rustBeginnings, func(b []byte) bool { return bytes.HasPrefix(line, b) }) {
			return true
		}
	}
	return false
}

// A gate spares files the heuristics of their extension, which are the slowest
// of all: expressions without a fixed start, over the whole text.
type gate struct {
	hints     []string // lower case; no heuristic but the last matches without one
	otherwise string   // what the last heuristic, which always matches, says
}

// gates by extension; a test holds them against go-enry's heuristics.
var gates = map[string]gate{
	".sql": {otherwise: "SQL", hints: []string{
		"\\i", "$$", "plpgsql", "begin", "module", "db2sql", "syscat.", "sysproc.", "associate", "end!",
		"xmltype", "systimestamp", ".nextval", "connect", "authid", "constructor",
		"go", "inserted", "@", "[dbo]",
	}},
	".h": {otherwise: "C", hints: []string{
		"@", "#import", "include <", "template", "try", "constexpr", "catch", "class", "namespace",
		"private:", "public:", "protected:", "__has_cpp_attribute", "__cplusplus >", "std::",
	}},
}

// excerpt is the lines of text that hold a hint, with those around them that an
// expression may reach over the end of a line: the one before and the two after
// it, blank lines not counted. A line of its own stands for each gap, so that
// lines that were apart do not come together.
func (g *gate) excerpt(text []byte) []byte {
	lower := bytes.SplitAfter(bytes.ToLower(text), []byte("\n"))
	keep := make([]bool, len(lower))
	some := false
	for n, line := range lower {
		if slices.ContainsFunc(g.hints, func(h string) bool { return bytes.Contains(line, []byte(h)) }) {
			some, keep[n] = true, true
			reach(lower, keep, n, -1, 1)
			reach(lower, keep, n, 1, 2)
		}
	}
	if !some {
		return nil
	}
	var out []byte
	n, gap := 0, false
	for line := range bytes.Lines(text) {
		switch {
		case keep[n] && gap:
			out = append(out, "x\n"...)
			fallthrough
		case keep[n]:
			out = append(out, line...)
		}
		gap = !keep[n]
		n++
	}
	return out
}

// reach keeps the lines from n on in a direction, up to and with the given
// number of lines that are not blank.
func reach(lines [][]byte, keep []bool, n, step, count int) {
	for n += step; n >= 0 && n < len(lines) && count > 0; n += step {
		keep[n] = true
		if len(bytes.TrimSpace(lines[n])) > 0 {
			count--
		}
	}
}

// classify picks among candidates that the heuristics could not tell apart.
//
// Linguist asks a statistical classifier here. go-enry's is an older, weaker
// one: it gives short .rs files to RenderScript or XML. Where experience with
// linguist's own answers shows a default for the extension, that is taken.
func classify(name string, content []byte, candidates []string) string {
	if best := likeliest(candidates, name); best != "" && settled(name) {
		return best
	}
	if best := likeliestByTokens(content, candidates); best != "" {
		return best
	}
	return candidates[0]
}

// defaults gives, for extensions that several languages share, the one that an
// undecided file is in. Each was checked against linguist's answers on real
// repositories; see docs/accuracy.md.
var defaults = map[string]string{
	".rs":    "Rust",
	".ts":    "TypeScript",
	".tsx":   "TSX",
	".h":     "C",
	".md":    "Markdown",
	".html":  "HTML",
	".json":  "JSON",
	".yml":   "YAML",
	".yaml":  "YAML",
	".sql":   "SQL",
	".cs":    "C#",
	".php":   "PHP",
	".pl":    "Perl",
	".proto": "Protocol Buffer",
	".txt":   "Text",
	".sh":    "Shell",
	".svg":   "SVG",
	".toml":  "TOML",
}

// likeliest is the default language for name's extension if it is among the
// candidates, else the first of them.
func likeliest(candidates []string, name string) string {
	if lang := defaults[strings.ToLower(path.Ext(name))]; slices.Contains(candidates, lang) {
		return lang
	}
	return candidates[0]
}

// settled reports whether name's extension has a default.
func settled(name string) bool { return defaults[strings.ToLower(path.Ext(name))] != "" }

// shebang is the languages of the interpreter in a "#!" line.
func shebang(content []byte) []string {
	if !bytes.HasPrefix(content, []byte("#!")) {
		return nil
	}
	return linguist.ByShebang(content[:min(len(content), 4<<10)])
}

// generic reports whether the extension of name is too common to say anything
// without a heuristic (linguist's generic.yml).
func generic(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9",
		".action", ".alg", ".app", ".cmp", ".msg", ".network", ".resource",
		".sol", ".srv", ".stl", ".tag", ".target", ".url":
		return true
	}
	return false
}

// binaryExtension reports whether files of name's extension are pictures,
// archives and the like, which have no language whatever they contain.
func binaryExtension(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".bmp", ".tiff", ".avif",
		".psd", ".icns", ".heic", ".pdf", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".lz4", ".7z", ".rar", ".tar", ".jar", ".war",
		".rpm", ".deb", ".apk", ".dmg", ".iso", ".whl", ".nupkg", ".gem",
		".woff", ".woff2", ".ttf", ".otf", ".eot",
		".mp3", ".mp4", ".mov", ".avi", ".mkv", ".webm", ".ogg", ".wav", ".flac",
		".parquet", ".safetensors", ".onnx", ".sqlite", ".pcap", ".scap", ".profraw",
		".pptx", ".docx", ".xlsx", ".ppt", ".doc", ".xls", ".odp", ".key",
		".wasm", ".so", ".dylib", ".dll", ".exe", ".a", ".o", ".class", ".pyc":
		return true
	}
	return false
}

// modelineLines is how many lines at each end of a file may hold a modeline.
const modelineLines = 5

// modeline is the language that an editor's modeline names, or "".
func modeline(content []byte) string {
	head := firstLines(content, modelineLines)
	foot := lastLines(content, modelineLines)
	emacs := mayHoldEmacs(head) || mayHoldEmacs(foot)
	vim := mayHoldVim(head) || mayHoldVim(foot)
	if !emacs && !vim || bytes.Contains(head, []byte("UseVimball")) {
		return ""
	}
	both := content // where the two ends meet: no line twice, which would break the expressions
	if len(head)+len(foot) < len(content) {
		both = append(append(bytes.Clone(head), '\n'), foot...)
	}
	var langs []string
	if emacs {
		langs = linguist.ByEmacs(both)
	}
	if len(langs) == 0 && vim {
		langs = linguist.ByVim(both)
	}
	if len(langs) == 0 {
		return emacsModeline(both)
	}
	return langs[0]
}

// mayHoldEmacs is a cheap test that lets nearly every file pass by the regular
// expressions of Emacs' modelines.
func mayHoldEmacs(text []byte) bool { return bytes.Contains(text, []byte("-*-")) }

// vimSets are what sets the language in a modeline of Vim, before a "=". To
// expressions that look at no case, a long s is an s.
var vimSets = []string{"filetype", "ft", "syntax", "ſyntax"}

// mayHoldVim is a cheap test that lets nearly every file pass by the regular
// expressions of Vim's modelines: such a line sets a language.
func mayHoldVim(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '=')
		if i < 0 {
			return false
		}
		before := bytes.TrimRight(text[:i], " \t\n\f\r")
		for _, set := range vimSets {
			if n := len(before) - len(set); n >= 0 && strings.EqualFold(string(before[n:]), set) {
				return true
			}
		}
		text = text[i+1:]
	}
}

func firstLines(text []byte, n int) []byte {
	end := 0
	for range n {
		i := bytes.IndexByte(text[end:], '\n')
		if i < 0 {
			return text
		}
		end += i + 1
	}
	return text[:end]
}

func lastLines(text []byte, n int) []byte {
	start := len(bytes.TrimSuffix(text, []byte("\n")))
	for range n {
		i := bytes.LastIndexByte(text[:start], '\n')
		if i < 0 {
			return text
		}
		start = i
	}
	return text[start+1:]
}

// isLFSPointer reports whether content is a Git LFS pointer file.
func isLFSPointer(content []byte) bool {
	return bytes.HasPrefix(content, []byte("version https://git-lfs.github.com/spec/v1\n")) &&
		bytes.Contains(content, []byte("\noid sha256:"))
}
