package maintainer

import (
	"strings"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/markup"
)

// gone reports whether a title announces people who are no maintainers any
// more.
func gone(title string) bool {
	return markup.HasWord(title, "emerit*", "former", "formerly", "past", "alumni", "alumnus", "alumna", "retired", "retiree", "inactive", "honorary", "previous", "previously", "stepped down",
		"hall of fame", "in memoriam")
}

var (
	maintains = lazyregexp.New(`(?i)\b((co|sub)-?)?(maintain|mantain|maintener)|\b(co-?)?approver|\b(co-?)?owners?\b|\bownership|\b(co-?)?leads?\b|\b(co-?)?leader|\bcore (team|developers?|members?)\b|\badmins?\b|\badministrators?\b|\bbdfl\b|\bconsensus builder|\bchief\b|\bcurators?\b`)
	reviews   = lazyregexp.New(`(?i)\breviewers?\b|\breviewing\b`)
	// elected matches roles that are those of maintainers where a file knows no other,
	// and stand beside maintainers where it does.
	elected = lazyregexp.New(`(?i)\bcommitters?\b|\bsteering\b|\btsc\b|\btechnical committee|\bgoverning\b|\bboard\b`)
	besides = lazyregexp.New(`(?i)\b(triag|(co-?)?authors?\b|(co-?)?founders?\b|(co-?)?creators?\b|security (contacts?|team|response)|contributors?\b|friends\b|mentees?\b|mentors?\b|interns?\b|community\b|marketing\b|advis[oe]r|sponsor|thanks\b|acknowledg|credits\b|translat|coordinator|ambassador|advocat|support\b|contacts?\b|project manager|secretary\b|release (manager|captain|shepherd)s?\b|members?\b|engagement\b)`)
)

// dutyOf makes of a title or a cell what its people do. known says that it does say
// so. In a text with a title for maintainers proper, committers are not these.
func dutyOf(title string, proper bool) (duty fact.Duty, known bool) {
	low := strings.ReplaceAll(strings.ToLower(title), "_", " ")
	switch {
	case gone(low):
		return fact.DutyEmeritus, true
	case elected.MatchString(low) && !markup.HasWord(low, "maintain*", "co-maintain*", "comaintain*"):
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
var notMaintains = lazyregexp.New(`(?i)\b(triag\w*|non[- ]maintainers?|not maintainers?|community leads?|security contacts?|initial authors?)\b`)

// properTitle matches the title of a section of maintainers.
var properTitle = lazyregexp.New(`(?i)^\W*((the|our|project|core|current|active|general|lead)\s+){0,2}maintainers\W*$`)

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
