package adopter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/document"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

const maxNameWords = 9

// nameOf cleans what a list has in the place of a name; "" when it can be none. One that
// is struck through is on the list no more.
func nameOf(s string) string {
	if s = markup.Kept(s, limit.TextLine); strings.HasPrefix(s, "~~") {
		return ""
	}
	s = strings.TrimSpace(strings.Trim(account.ReplaceAllString(s, ""), ":*_-–—,;~ "))
	if !isName(s) {
		return ""
	}
	return s
}

// account matches that of somebody to ask, after a name.
var account = lazyregexp.New(`\s+\(?@[A-Za-z0-9-]{1,39}\)?$`)

// isName reports whether s can be the name of an adopter.
func isName(s string) bool {
	if s == "" || len(s) > limit.RowName || markup.Words(s) > maxNameWords || document.Placeholder(s) || noName.MatchString(s) || reports.MatchString(s) {
		return false
	}
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return len(s) <= 60
	}
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// noName matches what lists have where a name could be: words that links are made
// of, invitations, samples, channels.
var noName = lazyregexp.New(`(?i)^(here|this|link|logo|website|homepage|blog( post)?|read more|learn more|more|see( more)?|story|my story|case study|video|talk|slides|docs|documentation|edit|issue|issues|discussions?|mailing list|pull requests?|back to top|top|note|notes|tip|important|warning|type|yes|no|-+)$` +
	`|^(open|create|submit|send|file|fork|edit|add|click|join|contact|please|see|visit|check|read|reach out)\s+(a|an|the|your|this|us|our|out|to|on|in|new|for)\b|^(see|view|visit|show|browse) (all|more|it|also)\b|^(many |special |big )?thanks\b|^\[(example|sample|template)\]|^example (organi[sz]ation|company|corp)|^#`)

// reports matches the title of a talk or an article, which says who tells what: "Acme
// talks about its migration". A name has no such word in lower case.
var reports = lazyregexp.New(`^\S+( \S+){0,4} (talk(s|ed)? about|speaks? (about|on)|details|detailed|demonstrat(es|ed)|describ(es|ed)|explain(s|ed)|announc(es|ed)|` +
	`writ(es|e)|wrote|present(s|ed)|discuss(es|ed)|shar(es|ed)|shows|showed|on how|tells) `)

// altOf is the name that an image stands for; "" when it is no logo.
func altOf(i *markup.Image) string {
	if badge.MatchString(i.Source) || badgeName.MatchString(i.Alt) {
		return ""
	}
	for _, s := range []string{i.Alt, i.Title} {
		s = strings.TrimSpace(logoWord.ReplaceAllString(s, ""))
		if s = nameOf(s); s != "" && !fileName.MatchString(s) {
			return s
		}
	}
	return ""
}

var (
	badge     = lazyregexp.New(`(?i)shields\.io|\bbadges?\b|/actions/workflows/|codecov|goreportcard|contrib\.rocks|star-history`)
	badgeName = lazyregexp.New(`(?i)^(build|license|licence|release|version|stars?|contributors?|image|img|picture|screenshot|diagram|banner|logos?|adopters?|users|icon)$|\bbadge\b|\bstatus\b`)
	logoWord  = lazyregexp.New(`(?i)^(the )?logo( of( the)?)?[ :-]+|['’]s logo$|[ _-]+(company )?logo(types?)?$`)
	fileName  = lazyregexp.New(`(?i)\.(png|svg|jpe?g|webp|gif)$`)
)

// A list of adopters is parted by titles: those that are about the list are not
// read, those that name a group hold rows, and what is left may be the name of an
// adopter with its story below.

// aside reports whether a section is about the list and not part of it.
func aside(title string) bool {
	return markup.HasWord(title, "template", "how to", "adding", "updating", "add your", "add yourself", "add a", "add an", "add you", "criteria", "adopter type", "types of", "definition",
		"usage level", "legend", "maturity level", "instruction", "requirement", "contribut*", "note", "joining", "get listed", "become", "becoming", "submit", "submitting", "submission",
		"example", "glossary", "see also", "contents", "former", "past", "talk", "presentation", "video", "blog", "blogs", "press", "article", "in the news", "want to", "join", "feedback")
}

// groupWords are those of titles that name many.
var groupWords = lazyregexp.New(`(?i)\b(users?|adopt\w+|vendors?|providers?|projects|organi[sz]ations?|compan(y|ies)|integrat\w+|products|services|solutions|list|others?|communit(y|ies)|cases|stories|production|ecosystem|partners?|customers|academi\w+|universities|research\w*|distributions?|platforms|tools|consult\w+|evaluat\w+|testing|staging|pilots?|who|use[sd]? by|using|uses|open source|commercial|individuals?|industry|sectors?|centers|enterprises?|startups?|governments?|public|additional|miscellaneous|contributors|supporters|members|listed|thanks|categor\w+|types?|overview|summary|introduction|about|background|motivation|challenges?|solution|highlights?|results?|benefits?|conclusions?|impact|why|what|how|contact|license|help|support|references?|resources|links|disclaimer|history|roadmap|status|features|details|usage|goals?|next steps?|references?|process|steps|guidelines?|faq|requirements?|rules)\b`)

// kindWords are those of titles that say what kind of adopters follow.
var kindWords = []string{"production", "end user", "end-user", "end_user", "vendor", "service provider", "evaluat*", "integrat*", "ecosystem",
	"pilot", "piloting", "testing", "staging", "consultan*", "distribut*", "academi*", "research*", "open source", "commercial", "experiment*", "proof of concept"}

// instructs reports whether a sentence tells the reader what to do with the list
// that follows it.
func instructs(text string) bool {
	return markup.HasWord(text, "pull request", "open a pr", "would like to", "add your", "add yourself", "please", "in the format", "following format", "following information",
		"follow the", "follow these", "following steps", "template", "include the", "to add", "one of the following")
}

// fieldLabel reports whether s is the label of one particular of an adopter.
func fieldLabel(s string) bool {
	switch s {
	case "application", "launched", "environment", "environments", "operator", "backups", "website", "link", "links", "url", "description",
		"usage", "use case", "use cases", "use-case", "contact", "contacts", "logo", "version", "since", "industry", "location",
		"reference", "references", "cluster size", "order of data size", "status", "stage", "type", "scale", "product", "project", "company", "organization",
		"case study", "blog", "blog post", "talk", "video", "official site", "homepage", "date", "size", "details":
		return true
	}
	return false
}

// plainProse reports whether a list item without markup reads like part of a
// sentence and not like a name: it starts in lower case and has several words,
// or ends like a sentence.
func plainProse(name, text string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsLower(first) && markup.Words(name) >= 3 || name == text && strings.HasSuffix(name, ".") && markup.Words(name) > 3 ||
		name == text && markup.Words(name) > 6 || strings.HasSuffix(strings.TrimSpace(text), ":")
}

// beforeDash is the text before the first dash, colon or bracket that sets
// off what follows.
func beforeDash(s string) string {
	end := len(s)
	for _, sep := range []string{" - ", " – ", " — ", " -- ", ": ", " (", ", ", " | "} {
		if i := strings.Index(s[:end], sep); i > 0 {
			end = i
		}
	}
	return s[:end]
}

// sinceIn is the year that a text gives for the beginning of the use, "" for none. The
// words around must say that it is the use which began: companies have been in business
// since a year, too.
func sinceIn(s string) string {
	from := 0
	for _, m := range since.FindAllStringSubmatchIndex(s, 4) {
		before := s[from:m[0]]
		from = m[1]
		if i := strings.LastIndexAny(before, ".;:(),|–—\n"); i >= 0 {
			before = before[i:]
		}
		if i := strings.LastIndex(before, " - "); i >= 0 {
			before = before[i+3:]
		}
		after := s[m[1]:]
		if i := strings.IndexAny(after, ".;:(),|–—\n"); i >= 0 {
			after = after[:i]
		}
		alone := strings.Trim(before+after, " .;:(),|–—-\n*_[]") == ""
		if alone || uses.MatchString(before+" "+after) && !exists.MatchString(before) {
			return s[m[2]:m[3]]
		}
	}
	return ""
}

var (
	since = lazyregexp.New(`(?i)\bsince:? +(?:(?:early|mid|late|the|end|of|beginning|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|q[1-4])\.?[ -]+){0,3}((?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)\b`)
	// uses matches what says that a clause is about the use.
	uses = lazyregexp.New(`(?i)\b(us(e|es|ed|ing)|adopt(s|ed|er|ers|ing|ion)?|deploy\w*|migrat\w*|rel(y|ies|ied|ying) (up)?on|(in|to) production|production (use|user|usage)|leverag\w*|evaluat\w*|switched|users? of|runs? (on|it)|running (on|it))\b`)
	// exists matches what says that it is about the company.
	exists = lazyregexp.New(`(?i)\b(in business|business|founded|established|incorporated|exist(s|ed|ing)?|serv(es|ed|ing)|trading|leader|company|based|history|operat(es|ed|ing)|manufactur\w*|customers)\b`)
)
