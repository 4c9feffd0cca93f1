package cli

import (
	"context"
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/silence"
	"assay/internal/finding/words"
	"assay/internal/sanitize"
	"assay/internal/survey"
)

// silent prints which files of the survey gave nothing, and their shares.
func (a *app) silent(ctx context.Context, asJSON bool) error {
	if a.wrong != nil {
		return a.wrong
	}
	facts, _, err := a.ask(ctx, func(*fact.Survey) (survey.Part, error) { return survey.Part{Collectors: silence.Collectors()}, nil })
	if err != nil {
		return err
	}
	found := silence.Of(facts)
	if asJSON {
		return a.json(found)
	}
	for i := range found.Kinds {
		fmt.Fprintln(a.Stdout, shareWords(&found.Kinds[i]))
	}
	for _, f := range found.Files {
		line := fmt.Sprintf("%s  %s  %s: %s", f.Kind, f.Evidence.Repo, f.Evidence.Path, f.Why)
		if f.Target != "" {
			line += ": " + f.Target
		}
		fmt.Fprintln(a.Stdout, sanitize.Text(line))
	}
	return nil
}

// shareWords is the line of a kind: "licence: 12 files, 1 gave nothing (8.3 %): 1 not
// understood".
func shareWords(c *silence.Count) string {
	s := fmt.Sprintf("%s: %s, %s gave nothing", c.Kind, words.Amount(c.Files, "file"), words.Number(c.Silent))
	if c.Silent == 0 {
		return s
	}
	var causes []string
	for _, cause := range c.Named() {
		name := string(cause)
		if name == "" {
			name = "not understood"
		}
		causes = append(causes, fmt.Sprintf("%s %s", words.Number(c.Causes[cause]), name))
	}
	return fmt.Sprintf("%s (%s): %s", s, words.Percent(c.Share), strings.Join(causes, ", "))
}
