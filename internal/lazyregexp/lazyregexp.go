// Package lazyregexp is package regexp for expressions that most runs of the program do
// not need: one is compiled when it is first used, and not when the program starts. A
// test has all of them compiled at its start, so that a wrong one is found.
//
// See internal/lazyregexp of Go's own tree, which does the same.
package lazyregexp

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// inTest: the program is the test of a package.
var inTest = len(os.Args) > 0 && strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test")

// A Regexp is a regular expression that is compiled when it is first used. Its methods
// are those of [regexp.Regexp]. It may be used by several goroutines.
type Regexp struct {
	compiled func() *regexp.Regexp
}

// New is the expression, as [regexp.MustCompile] takes it.
func New(expression string) *Regexp {
	re := &Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
	if inTest {
		re.compiled()
	}
	return re
}

// String is that of [regexp.Regexp].
func (re *Regexp) String() string { return re.compiled().String() }

// Match is that of [regexp.Regexp].
func (re *Regexp) Match(b []byte) bool { return re.compiled().Match(b) }

// MatchString is that of [regexp.Regexp].
func (re *Regexp) MatchString(s string) bool { return re.compiled().MatchString(s) }

// Find is that of [regexp.Regexp].
func (re *Regexp) Find(b []byte) []byte { return re.compiled().Find(b) }

// FindIndex is that of [regexp.Regexp].
func (re *Regexp) FindIndex(b []byte) []int { return re.compiled().FindIndex(b) }

// FindString is that of [regexp.Regexp].
func (re *Regexp) FindString(s string) string { return re.compiled().FindString(s) }

// FindStringIndex is that of [regexp.Regexp].
func (re *Regexp) FindStringIndex(s string) []int { return re.compiled().FindStringIndex(s) }

// FindStringSubmatch is that of [regexp.Regexp].
func (re *Regexp) FindStringSubmatch(s string) []string { return re.compiled().FindStringSubmatch(s) }

// FindStringSubmatchIndex is that of [regexp.Regexp].
func (re *Regexp) FindStringSubmatchIndex(s string) []int {
	return re.compiled().FindStringSubmatchIndex(s)
}

// FindSubmatch is that of [regexp.Regexp].
func (re *Regexp) FindSubmatch(b []byte) [][]byte { return re.compiled().FindSubmatch(b) }

// FindAllIndex is that of [regexp.Regexp].
func (re *Regexp) FindAllIndex(b []byte, n int) [][]int { return re.compiled().FindAllIndex(b, n) }

// FindAllString is that of [regexp.Regexp].
func (re *Regexp) FindAllString(s string, n int) []string { return re.compiled().FindAllString(s, n) }

// FindAllStringIndex is that of [regexp.Regexp].
func (re *Regexp) FindAllStringIndex(s string, n int) [][]int {
	return re.compiled().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of [regexp.Regexp].
func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return re.compiled().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is that of [regexp.Regexp].
func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return re.compiled().FindAllStringSubmatchIndex(s, n)
}

// FindAllSubmatch is that of [regexp.Regexp].
func (re *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	return re.compiled().FindAllSubmatch(b, n)
}

// FindAllSubmatchIndex is that of [regexp.Regexp].
func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return re.compiled().FindAllSubmatchIndex(b, n)
}

// ReplaceAll is that of [regexp.Regexp].
func (re *Regexp) ReplaceAll(src, repl []byte) []byte { return re.compiled().ReplaceAll(src, repl) }

// ReplaceAllString is that of [regexp.Regexp].
func (re *Regexp) ReplaceAllString(src, repl string) string {
	return re.compiled().ReplaceAllString(src, repl)
}

// ReplaceAllStringFunc is that of [regexp.Regexp].
func (re *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return re.compiled().ReplaceAllStringFunc(src, repl)
}

// Split is that of [regexp.Regexp].
func (re *Regexp) Split(s string, n int) []string { return re.compiled().Split(s, n) }

// NumSubexp is that of [regexp.Regexp].
func (re *Regexp) NumSubexp() int { return re.compiled().NumSubexp() }
