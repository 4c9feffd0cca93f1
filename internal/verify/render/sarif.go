package render

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"assay/internal/verify"
)

// SARIF writes what somebody should look at as SARIF 2.1.0, as GitHub's code
// scanning takes it. src is the report that was checked, version is the
// program's. It fails when w does.
func SARIF(w io.Writer, src []byte, r *verify.Result, version string) error {
	s := &scan{src: newGrid(src), uri: uri(r.Name), rules: rules(r), seen: map[string]int{}}
	run := sarif.NewRun(*sarif.NewTool(s.driver(version)))
	run.ColumnKind = "utf16CodeUnits"
	run.Artifacts = []*sarif.Artifact{{
		Location: s.artifact(), Length: len(src), Roles: []string{"analysisTarget"}, MimeType: new(mimeType(src)), Encoding: new("utf-8"),
	}}
	for i := range r.Claims {
		if c := &r.Claims[i]; levels[c.Verdict] != "" {
			run.Results = append(run.Results, s.claim(c))
		}
	}
	for i := range r.Findings {
		run.Results = append(run.Results, s.finding(&r.Findings[i]))
	}
	report, err := sarif.New(sarif.Version210)
	if err != nil {
		return fmt.Errorf("the result as SARIF: %w", err)
	}
	report.AddRun(run)
	text, err := indented(report)
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
	return sarif.NewArtifactLocation().WithUri(s.uri).WithIndex(0)
}

func (s *scan) driver(version string) *sarif.ToolComponent {
	d := sarif.NewDriver("assay").WithVersion(version).WithShortDescription(
		sarif.NewMultiformatMessageString("Holds reports on projects against facts measured in their repositories"))
	for _, r := range s.rules {
		d.Rules = append(d.Rules, &sarif.ReportingDescriptor{
			ID: r.id, Name: &r.name,
			ShortDescription:     sarif.NewMultiformatMessageString(r.short),
			FullDescription:      sarif.NewMultiformatMessageString(r.short + "."),
			Help:                 sarif.NewMultiformatMessageString(r.help).WithMarkdown(r.help),
			DefaultConfiguration: &sarif.ReportingConfiguration{Level: atError},
			Properties:           sarif.Properties{"tags": []string{"report", "facts"}},
		})
	}
	return d
}

func (s *scan) claim(c *verify.Claim) *sarif.Result {
	result := s.result(claimID(c.Kind), levels[c.Verdict], message(c), c.Place)
	section := strings.Join(c.Section, "\x00")
	s.mark(result, string(c.Kind), c.Subject, section, c.Claimed, c.Quote)
	if fix := s.fix(c); fix != nil {
		result.Fixes = []*sarif.Fix{fix}
	}
	return result
}

func (s *scan) finding(f *verify.Finding) *sarif.Result {
	result := s.result(findingID(f.Kind), findingLevel(f), findingText(f), f.Place)
	s.mark(result, "finding", f.Kind, f.Text)
	for i, o := range f.Others {
		also := s.location(o).WithId(i + 1).WithMessage(sarif.NewTextMessage("also here"))
		result.RelatedLocations = append(result.RelatedLocations, also)
	}
	return result
}

func (s *scan) result(id, level, words string, at verify.Place) *sarif.Result {
	index := uint(0)
	for i := range s.rules {
		if s.rules[i].id == id {
			index = uint(i)
		}
	}
	return &sarif.Result{
		RuleID: &id, RuleIndex: &index, Level: &level, Message: *sarif.NewTextMessage(unlinked(words)),
		Locations: []*sarif.Location{s.location(at)},
	}
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
	replacement := sarif.NewReplacement(s.src.region(e.Offset, e.End)).
		WithInsertedContent(sarif.NewArtifactContent().WithText(e.Text))
	change := sarif.NewArtifactChange(s.artifact()).WithReplacement(replacement)
	return sarif.NewFix().WithDescriptionText(words + quote(e.Text) + ".").WithArtifactChanges([]*sarif.ArtifactChange{change})
}

// mark gives a result a fingerprint by which it is known again when lines
// moved. Results alike are told apart by their order. GitHub reads the first of
// the names, and takes any text for it.
func (s *scan) mark(result *sarif.Result, parts ...string) {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00\x00")))
	key := hex.EncodeToString(sum[:16])
	s.seen[key]++
	id := fmt.Sprintf("%s:%d", key, s.seen[key])
	result.PartialFingerprints = map[string]any{"primaryLocationLineHash": id, "assayClaim/v1": id}
}

// uri is the name of the report as an address, relative where the name is.
func uri(name string) string {
	name = filepath.ToSlash(name)
	if path.IsAbs(name) {
		return (&url.URL{Scheme: "file", Path: path.Clean(name)}).String()
	}
	return (&url.URL{Path: path.Clean(name)}).String()
}
