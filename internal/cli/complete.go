package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/ask"
	"assay/internal/fact"
	"assay/internal/finding/explain"
	"assay/internal/finding/profile"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/listing"
	"assay/internal/store"
)

// Completion of words in a shell: what is in the store is read from it, where it is
// there, and what goes wrong is silence. A shell asks at each press of a key.

// complete lets a shell complete the values of a flag.
func complete(cmd *cobra.Command, flag string, values ...string) {
	// The error would be that there is no such flag.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// completions lets a shell complete what is of one kind wherever it stands, and
// offers no file where none is meant.
func (a *app) completions(root *cobra.Command) {
	flags := map[string]cobra.CompletionFunc{
		"as-of": a.dates, "from": a.dates, "to": a.dates, "language": languages, "maturity": several(a.levels), "columns": several(columnNames),
		"project": a.projects, "languages": several(languages),
	}
	for _, name := range []string{"limit", "jq", "min-share", "min-change", "component-share", "jobs", "max-age", "name", "mirrors-as-of"} {
		flags[name] = cobra.NoFileCompletions
	}
	arguments := map[string]cobra.CompletionFunc{"show": one(a.projects), "badge": one(a.projects), "history": one(a.projects), "compare": a.projects, "explain": a.explainable, "verify": one(files), "validate": one(files)}
	for _, cmd := range root.Commands() {
		for name, f := range flags {
			if cmd.Flags().Lookup(name) != nil {
				_ = cmd.RegisterFlagCompletionFunc(name, f)
			}
		}
		for _, name := range []string{"mirrors", "mirror-from", "charts"} {
			if cmd.Flags().Lookup(name) != nil {
				_ = cmd.MarkFlagDirname(name)
			}
		}
		switch f := arguments[cmd.Name()]; {
		case f != nil:
			cmd.ValidArgsFunction = f
		case !cmd.HasSubCommands() && cmd.ValidArgsFunction == nil:
			cmd.ValidArgsFunction = cobra.NoFileCompletions
		}
	}
}

// files are what a shell offers by itself.
func files(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// one completes the first argument, and no other.
func one(f cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
		if len(given) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return f(cmd, given, word)
	}
}

// several completes the last of words with commas between them.
func several(f cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
		before := word[:strings.LastIndexByte(word, ',')+1]
		found, how := f(cmd, given, word[len(before):])
		for i := range found {
			found[i] = before + found[i]
		}
		return found, how | cobra.ShellCompDirectiveNoSpace
	}
}

// offers are words that begin with what was typed, each with what it is.
type offers struct {
	typed string
	all   []string
}

func (o *offers) add(word, about string) {
	if strings.HasPrefix(words.Fold(word), words.Fold(o.typed)) {
		o.all = append(o.all, prose(word)+"\t"+prose(about))
	}
}

// recall reads from the store, or from what the program carries, for a completion.
func (a *app) recall(cmd *cobra.Command, read func(ctx context.Context, from library) error) {
	ctx, cancel := context.WithTimeout(cmd.Context(), limit.CompletionTime)
	defer cancel()
	if a.load(cmd) != nil {
		return
	}
	from, err := a.library(ctx)
	if err != nil {
		return
	}
	defer from.Close()
	_ = read(ctx, from) // what was read by then is offered
}

// surveyed gives f the landscape of the survey that is asked about: of what the program
// carries, the names and levels of its projects.
func (a *app) surveyed(cmd *cobra.Command, f func(l *fact.Landscape)) {
	a.recall(cmd, func(ctx context.Context, from library) error {
		sel := store.Selector{AsOf: fact.Date(a.settings.AsOf)}
		if st, ok := from.(*storedLibrary); ok {
			s, err := st.Survey(ctx, sel)
			if err == nil && s.Landscape != nil {
				f(s.Landscape)
			}
			return err
		}
		q, err := a.question()
		if err != nil {
			return err
		}
		x, err := from.answerer(ctx, q, sel)
		if err != nil {
			return err
		}
		rows, err := x.List(ctx, x.language, false)
		l := &fact.Landscape{}
		for i := range rows {
			l.Projects = append(l.Projects, fact.Project{Name: rows[i].Project, Maturity: rows[i].Maturity})
		}
		f(l)
		return firstError(err, x.Close())
	})
}

// dates are those of the stored surveys.
func (a *app) dates(cmd *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	o := offers{typed: word}
	a.flags.AsOf = "" // half a date is none
	a.recall(cmd, func(ctx context.Context, from library) error {
		headers, err := from.Surveys(ctx)
		for i := range headers {
			o.add(string(headers[i].AsOf), headers[i].Landscape.String())
		}
		return err
	})
	slices.Reverse(o.all)
	return o.all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// projects are those of the survey by identifier; where none begins with the word, by
// a further name.
func (a *app) projects(cmd *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	o := offers{typed: word}
	a.surveyed(cmd, func(l *fact.Landscape) {
		ids := l.IDs()
		for i, id := range ids {
			o.add(id, l.Projects[i].Name)
		}
		if len(o.all) > 0 {
			return
		}
		names := a.settings.aliases()
		for i, id := range ids {
			p := &l.Projects[i]
			for _, name := range slices.Concat(ask.Aliases(p.Name), names[id]) {
				o.add(name, p.Name)
			}
		}
	})
	return o.all, cobra.ShellCompDirectiveNoFileComp
}

// levels are the levels of maturity of the survey's projects.
func (a *app) levels(cmd *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	o := offers{typed: word}
	a.surveyed(cmd, func(l *fact.Landscape) {
		var all []string
		for i := range l.Projects {
			all = append(all, profile.Level(l.Projects[i].Maturity))
		}
		for _, level := range ask.Levels(all) {
			n := 0
			for _, of := range all {
				if of == level {
					n++
				}
			}
			o.add(level, words.Amount(n, "project"))
		}
	})
	return o.all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// explainable are the projects, then the facts of the one that was named.
func (a *app) explainable(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
	switch len(given) {
	case 0:
		return a.projects(cmd, given, word)
	case 1:
	default:
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	o := offers{typed: word}
	a.surveyed(cmd, func(l *fact.Landscape) {
		language, err := ask.Language(a.settings.Language)
		if err != nil {
			return
		}
		m, err := ask.Find(ask.Projects(l, nil, a.settings.aliases()), given[0])
		if err != nil {
			return
		}
		for _, topic := range explain.Names(language, &l.Projects[m.Index]) {
			o.add(topic.Name, topic.About)
		}
	})
	return o.all, cobra.ShellCompDirectiveNoFileComp
}

// languages are those that a program is written in.
func languages(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	o := offers{typed: word}
	for _, l := range ask.Languages() {
		o.add(strings.ReplaceAll(strings.ToLower(l), " ", "_"), l)
	}
	return o.all, cobra.ShellCompDirectiveNoFileComp
}

// columnNames are the columns of list.
func columnNames(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	o := offers{typed: word}
	for _, c := range listing.All() {
		about := c.About
		if listing.IsBound(c.Name) {
			about = fmt.Sprintf("a bound of %s", listing.Bounded(c.Name))
		}
		o.add(c.Name, about)
	}
	return o.all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
