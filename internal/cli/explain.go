package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/finding/explain"
	"assay/internal/sanitize"
)

const explainLong = `Explain prints the chain behind a fact of a project, down to commits, paths and
lines: what the figure is, the rule that gave it, and where each part was read.

A fact is a measure of a language (rust.share, go.class, c++.lines,
rust.adoption, rust.work), a milestone (accepted, graduated), a field of the
landscape (description, personas), or one of revision, licence, audits,
adopters, maintainers, security, repositories, languages, commits, authors,
organisations, releases, health, coverage and maturity. Without FACT it lists what
can be explained of the project.`

func newExplain(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "explain PROJECT [FACT]",
		Short:   "Show the evidence for a fact",
		Long:    explainLong,
		Example: "  assay explain linkerd\n  assay explain linkerd rust.share\n  assay explain tikv audits\n  assay explain wasmcloud revision",
		Args: func(cmd *cobra.Command, given []string) error {
			if len(given) == 1 {
				return nil
			}
			return args("PROJECT", "FACT")(cmd, given)
		},
		RunE: func(cmd *cobra.Command, given []string) error {
			if len(given) == 1 {
				return a.topics(cmd.Context(), given[0], asJSON)
			}
			return a.explain(cmd.Context(), given[0], given[1], asJSON)
		},
	}
	a.questionFlags(cmd)
	a.jsonFlags(cmd, &asJSON, "print JSON")
	return cmd
}

// explain prints the chain behind a fact.
func (a *app) explain(ctx context.Context, project, name string, asJSON bool) error {
	facts, q, item, err := a.askOf(ctx, project)
	if err != nil {
		return err
	}
	step, err := explain.Chain(facts, q.Options, q.language, item, name)
	if err != nil {
		return err
	}
	if asJSON {
		return a.json(step)
	}
	a.printStep(step, 0)
	return nil
}

// topics lists what can be explained of a project.
func (a *app) topics(ctx context.Context, project string, asJSON bool) error {
	facts, q, item, err := a.askOf(ctx, project)
	if err != nil {
		return err
	}
	topics, err := explain.Topics(facts, q.Options, q.language, item)
	if err != nil {
		return err
	}
	if asJSON {
		return a.json(topics)
	}
	t := &table{head: []string{"FACT", "WHAT", "VALUE"}, right: make([]bool, 3)}
	for _, topic := range topics {
		t.add(topic.Name, topic.About, strings.Join(strings.Fields(topic.Value), " "))
	}
	t.squeeze(a.width())
	t.print(a.Stdout)
	return nil
}

// printStep prints a step and what it came from as an indented tree.
func (a *app) printStep(s *explain.Step, depth int) {
	indent := strings.Repeat("  ", depth)
	a.hang(indent, sanitize.Text(s.What)+": "+prose(s.Value))
	if s.How != "" {
		a.hang(indent+"  how: ", prose(s.How))
	}
	for _, e := range s.Evidence {
		where := e.Link()
		if where == "" {
			where = e.String()
		}
		a.hang(indent+"  see: ", sanitize.Text(where))
	}
	for _, c := range s.Children {
		a.printStep(c, depth+1)
	}
}
