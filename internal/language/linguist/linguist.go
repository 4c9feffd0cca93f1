// Package linguist is what github-linguist knows of languages, as go-enry has it: names,
// and the strategies that tell the language of a text.
//
// The data is go-enry's package data. The package above it is for tests alone, which hold
// this one against it: a program that links it has, from its start, a table of how often
// each word stands in the samples of each language, which takes more memory than a
// question to a data set does. Here these words are in an archive, and are read for the
// languages that are asked for.
package linguist

import "github.com/go-enry/go-enry/v2/data"

// Commit is linguist's commit that the data is of.
func Commit() string { return data.LinguistCommit }

// ByAlias is the language of a name or an alias, in any case. What follows a comma is
// not looked at.
func ByAlias(alias string) (lang string, ok bool) { return data.LanguageByAlias(alias) }

// Group is the language that another counts under; "" when it stands for itself.
func Group(lang string) string { return data.LanguagesGroup[lang] }

// Type is linguist's type of a language: "programming", "markup", "data", "prose", or ""
// for a name that linguist does not know.
func Type(lang string) string {
	typ := data.Type(data.LanguagesType[lang])
	if typ == data.TypeUnknown {
		return ""
	}
	return typ.String()
}

// named is the language of an alias as the answer of a strategy.
func named(alias string) []string {
	if lang, ok := ByAlias(alias); ok {
		return []string{lang}
	}
	return nil
}
