package render

import (
	"crypto/sha256"
	"encoding/hex"
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
		WithMimeType("text/markdown").WithEncoding("utf-8"))
	for i := range r.Claims {
		if c := &r.Claims[i]; levels[c.Verdict] != "" {
			run.Results = append(run.Results, s.claim(c))
		}
	}
	for i := range r.Findings {
		run.Results = append(run.Results, s.finding(&r.Findings[i]))
	}
	text, err := indented(sarif.NewReport().AddRun(run))
	if err != nil {
		return err
	}
	return put(w, "SARIF", text)
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

func (s *scan) claim(c *verify.Claim) *sarif.Result {
	result := s.result(claimID(c.Kind), levels[c.Verdict], message(c), c.Place)
	section := strings.Join(c.Section, "\x00")
	s.mark(result, string(c.Kind), c.Subject, section, c.Claimed, c.Quote)
	if fix := s.fix(c); fix != nil {
		result.WithFixes([]*sarif.Fix{fix})
	}
	return result
}

func (s *scan) finding(f *verify.Finding) *sarif.Result {
	result := s.result(findingID(f.Kind), findingLevel(f), findingText(f), f.Place)
	s.mark(result, "finding", f.Kind, f.Text)
	for i, o := range f.Others {
		result.AddRelatedLocation(s.location(o).WithID(i + 1).WithMessage(sarif.NewTextMessage("also here")))
	}
	return result
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

// fix is the edit that mends a claim, or the one that is suggested; nil when there
// is neither.
func (s *scan) fix(c *verify.Claim) *sarif.Fix {
	e, words := c.Edit, "Write "
	if e == nil {
		e, words = c.Suggestion, "Read the sentence, and perhaps write "
	}
	if e == nil || e.Offset < 0 || e.Offset > e.End || e.End > len(s.src.b) {
		return nil
	}
	replacement := sarif.NewReplacement().WithDeletedRegion(s.src.region(e.Offset, e.End)).
		WithInsertedContent(sarif.NewArtifactContent().WithText(e.Text))
	change := sarif.NewArtifactChange().WithArtifactLocation(s.artifact()).AddReplacement(replacement)
	return sarif.NewFix().WithDescription(sarif.NewTextMessage(words + quote(e.Text) + ".")).AddArtifactChange(change)
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
