package render

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"assay/internal/verify"
)

// SARIF writes what somebody should look at as SARIF 2.1.0, as GitHub's code
// scanning takes it. src is the report that was checked, version is the
// program's. It fails when w does.
func SARIF(w io.Writer, src []byte, r *verify.Result, version string) error {
	s := &scan{src: newGrid(src), uri: uri(r.Name), rules: rules(r), seen: map[string]int{}}
	run := sarif.NewRun().WithTool(sarif.NewTool().WithDriver(s.driver(version))).WithColumnKind("utf16CodeUnits")
	run.AddArtifact(sarif.NewArtifact().WithLocation(s.artifact()).WithLength(len(src)).WithRoles([]string{"analysisTarget"}).
		WithMimeType(mimeType(src)).WithEncoding("utf-8"))
	for _, e := range claimEntries(r.Claims) {
		if levels[e.verdict] != "" {
			run.AddResult(s.claims(&e))
		}
	}
	for _, e := range findingEntries(r.Findings) {
		run.AddResult(s.findings(&e))
	}
	text, err := indented(sarif.NewReport().AddRun(run))
	if err != nil {
		return err
	}
	return put(w, "SARIF", text)
}

// mimeType is what was checked: a report, or claims as data.
func mimeType(src []byte) string {
	if json.Valid(src) {
		return "application/json"
	}
	return "text/markdown"
}

// A scan makes results of SARIF.
type scan struct {
	src   *grid
	uri   string
	rules []rule
	seen  map[string]int // results alike, by what they have in common
}

func (s *scan) artifact() *sarif.ArtifactLocation {
	return sarif.NewArtifactLocation().WithURI(s.uri).WithIndex(0)
}

func (s *scan) driver(version string) *sarif.ToolComponent {
	d := sarif.NewToolComponent().WithName("assay").WithVersion(version).
		WithShortDescription(plainly("Holds reports on projects against facts measured in their repositories"))
	for _, r := range s.rules {
		d.AddRule(sarif.NewReportingDescriptor().WithID(r.id).WithName(r.name).
			WithShortDescription(plainly(r.short)).WithFullDescription(plainly(r.short + ".")).WithHelp(plainly(r.help).WithMarkdown(r.help)).
			WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(atError)).
			WithProperties(sarif.NewPropertyBag().WithTags([]string{"report", "facts"})))
	}
	return d
}

func plainly(text string) *sarif.MultiformatMessageString {
	return sarif.NewMultiformatMessageString().WithText(text)
}

func (s *scan) claims(e *entry) *sarif.Result {
	c := e.claims[0]
	result := s.result(claimID(c.Kind), levels[e.verdict], e.message(), c.Place)
	for _, other := range e.claims[1:] {
		s.relate(result, other.Place, cmp.Or(line(other.Subject, maxQuote), line(string(c.Kind), maxQuote))+": "+quote(other.Quote))
	}
	if e.shared != "" {
		s.mark(result, "several", errorKind(c))
	} else {
		s.mark(result, string(c.Kind), c.Subject, strings.Join(c.Section, "\x00"), c.Claimed, c.Quote)
	}
	if fix := s.fix(e.claims); fix != nil {
		result.AddFixe(fix)
	}
	return result
}

func (s *scan) findings(e *entry) *sarif.Result {
	f := e.findings[0]
	result := s.result(findingID(f.Kind), findingLevel(f), e.message(), f.Place)
	s.mark(result, "finding", f.Kind, f.Text)
	for i, f := range e.findings {
		if i > 0 {
			s.relate(result, f.Place, line(f.Text, maxWords))
		}
		for _, o := range f.Others {
			s.relate(result, o, "also here")
		}
	}
	return result
}

// relate adds a further place to a result.
func (s *scan) relate(result *sarif.Result, at verify.Place, words string) {
	id := len(result.RelatedLocations) + 1
	result.AddRelatedLocation(s.location(at).WithID(id).WithMessage(sarif.NewTextMessage(unlinked(words))))
}

func (s *scan) result(id, level, words string, at verify.Place) *sarif.Result {
	index := slices.IndexFunc(s.rules, func(r rule) bool { return r.id == id })
	return sarif.NewResult().WithRuleID(id).WithRuleIndex(index).WithLevel(level).WithMessage(sarif.NewTextMessage(unlinked(words))).
		WithLocations([]*sarif.Location{s.location(at)})
}

// unlinked makes sure that words of the report are no link: SARIF's messages
// take "[text](address)" for one.
func unlinked(s string) string { return strings.ReplaceAll(s, "](", "] (") }

func (s *scan) location(at verify.Place) *sarif.Location {
	return sarif.NewLocationWithPhysicalLocation(
		sarif.NewPhysicalLocation().WithArtifactLocation(s.artifact()).WithRegion(s.src.region(at.Offset, at.End)))
}

// fix mends all of the claims of a result that can be mended, as far as their edits
// are apart; nil when none can.
func (s *scan) fix(claims []*verify.Claim) *sarif.Fix {
	change := sarif.NewArtifactChange().WithArtifactLocation(s.artifact())
	words, end := "Write ", -1
	var texts []string
	for _, c := range claims {
		e := cmp.Or(c.Edit, c.Suggestion)
		if e == nil || e.Offset < max(end, 0) || e.Offset > e.End || e.End > len(s.src.b) {
			continue
		}
		if c.Edit == nil {
			words = "Read the sentence, and perhaps write "
		}
		change.AddReplacement(sarif.NewReplacement().WithDeletedRegion(s.src.region(e.Offset, e.End)).
			WithInsertedContent(sarif.NewArtifactContent().WithText(e.Text)))
		end = e.End
		if text := quote(e.Text); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if end < 0 {
		return nil
	}
	return sarif.NewFix().WithDescription(sarif.NewTextMessage(unlinked(words + joined(texts) + "."))).AddArtifactChange(change)
}

// joined lists the first of some texts.
func joined(texts []string) string {
	const most = 5
	if more := len(texts) - most; more > 0 {
		texts = append(texts[:most:most], fmt.Sprintf("%d more", more))
	}
	return strings.Join(texts, ", ")
}

// mark gives a result a fingerprint by which it is known again when lines
// moved. Results alike are told apart by their order. GitHub reads the first of
// the names, and takes any text for it.
func (s *scan) mark(result *sarif.Result, parts ...string) {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00\x00")))
	key := hex.EncodeToString(sum[:16])
	s.seen[key]++
	id := fmt.Sprintf("%s:%d", key, s.seen[key])
	result.PartialFingerprints = map[string]string{"primaryLocationLineHash": id, "assayClaim/v1": id}
}

// uri is the name of the report as an address, relative where the name is.
func uri(name string) string {
	name = filepath.ToSlash(name)
	if path.IsAbs(name) {
		return (&url.URL{Scheme: "file", Path: path.Clean(name)}).String()
	}
	return (&url.URL{Path: path.Clean(name)}).String()
}
