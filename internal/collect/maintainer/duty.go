package maintainer

import (
	"regexp"
	"strings"

	"assay/internal/fact"
	"assay/internal/markup"
)

// gone reports whether a title announces people who are no maintainers any
// more.
func gone(low string) bool {
	return markup.ContainsAny(low, "emerit", "former", "past ", "alumni", "retired", "inactive", "honorary", "previous", "stepped down", "hall of fame", "in memoriam") || low == "past"
}

var (
	maintains = regexp.MustCompile(`(?i)maintain|mantain|maintener|approver|\bowners?\b|ownership|\bleads?\b|leader|\bcore (team|developers?|members?)|\badmins?\b|administrators?|bdfl|consensus builder|chief|curators?`)
	reviews   = regexp.MustCompile(`(?i)\breviewers?\b|\breviewing\b`)
	// elected matches roles that are those of maintainers where a file knows no other,
	// and stand beside maintainers where it does.
	elected = regexp.MustCompile(`(?i)\bcommitters?\b|steering|\btsc\b|technical committee|governing|\bboard\b`)
	besides = regexp.MustCompile(`(?i)triag|authors?\b|founders?\b|creators?\b|security (contacts?|team|response)|contributors?\b|friends|mentees?|mentors?\b|interns?\b|community|marketing|advis[oe]r|sponsor|thanks|acknowledg|credits|translat|coordinator|ambassador|advocat|\bsupport\b|\bcontacts?\b|project manager|secretary|release (manager|captain|shepherd)s?|\bmembers?\b|engagement`)
)

// dutyOf makes of a title or a cell what its people do. known says that it does say
// so. In a text with a title for maintainers proper, committers are not these.
func dutyOf(title string, proper bool) (duty fact.Duty, known bool) {
	low := strings.ToLower(title)
	switch {
	case gone(low + " "):
		return fact.DutyEmeritus, true
	case elected.MatchString(low) && !strings.Contains(low, "maintain"):
		if proper {
			return fact.DutyOther, true
		}
		return fact.DutyMaintainer, true
	case maintains.MatchString(low) && !notMaintains.MatchString(low):
		return fact.DutyMaintainer, true
	case reviews.MatchString(low):
		return fact.DutyReviewer, true
	case besides.MatchString(low):
		return fact.DutyOther, true
	}
	return fact.DutyMaintainer, false
}

// notMaintains matches titles that name maintainers and are about others.
var notMaintains = regexp.MustCompile(`(?i)\b(triag\w*|non[- ]maintainers?|not maintainers?|community leads?|security contacts?|initial authors?)\b`)

// properTitle matches the title of a section of maintainers.
var properTitle = regexp.MustCompile(`(?i)^\W*((the|our|project|core|current|active|general|lead)\s+){0,2}maintainers\W*$`)

// knowsMaintainers reports whether a text has a section of maintainers beside
// others; the title of the text itself is none.
func knowsMaintainers(blocks []markup.Block) bool {
	first := true
	for i := range blocks {
		if blocks[i].Kind != markup.Heading {
			continue
		}
		if properTitle.MatchString(markup.Clean(blocks[i].Text)) && !(first && blocks[i].Level == 1) {
			return true
		}
		first = false
	}
	return false
}
