package claim

import (
	"assay/internal/verify/names"
	"assay/internal/verify/page"
)

// The words of package names, which this package speaks in as well.
type (
	Names   = names.Names
	Subject = names.Subject
	Sort    = names.Sort
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
