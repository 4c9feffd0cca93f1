package claim

import (
	"assay/internal/verify/names"
	"assay/internal/verify/page"
)

// This package speaks of names in the words of package names.
type (
	// Names is [names.Names].
	Names = names.Names
	// Subject is [names.Subject].
	Subject = names.Subject
	// Sort is [names.Sort].
	Sort = names.Sort
	// Mention is [names.Mention].
	Mention = names.Mention
)

// The sorts of subjects.
const (
	OfAll        = names.OfAll
	OfProject    = names.OfProject
	OfRepository = names.OfRepository
	OfPackage    = names.OfPackage
	OfLevel      = names.OfLevel
)

func words(s string) []string          { return names.Words(s) }
func wordSpans(s string) []page.Span   { return names.WordSpans(s) }
func fewWords(s string, most int) bool { return names.FewWords(s, most) }
