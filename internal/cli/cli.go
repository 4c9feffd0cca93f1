// Package cli is the command line: one file a subcommand. A command turns
// flags, environment and the configuration file into options, calls one run
// function that knows nothing of cobra, and prints what comes back as text or
// JSON. It holds no logic of its own.
//
// Data goes to standard output, everything else to standard error. Exit codes
// are errkind's and documented in docs/exit-codes.md.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/reach"
	"assay/internal/sanitize"
)

// An Env is the world a command runs in. The zero value of a field is the real
// world; tests fill in what they need.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Getenv reads the environment.
	Getenv func(string) string
	// Now is the clock: the date of a survey that names none.
	Now func() time.Time
	// Transport makes every HTTP request; nil is the real network.
	Transport http.RoundTripper
	// Patience is how long a host may say nothing; 0 is as package reach has it.
	Patience time.Duration
	// Hosts are the addresses of the hosts of repositories.
	Hosts Hosts
	// Asks reports whether somebody can be asked: Stdin and Stderr are a terminal.
	Asks bool
	// Terminal reports whether Stderr is a terminal, for the progress bar.
	Terminal bool
	// Width is how many columns the terminal has that Stdout is; 0 when it is
	// none. COLUMNS has the last word.
	Width int
	// Colour reports whether Stdout is a terminal, for colours. NO_COLOR has the
	// last word.
	Colour bool

	bar io.Writer // Stderr as it is, for what steers the terminal on purpose
}

// Hosts are the addresses at which hosts are reached. The zero value is their
// own.
type Hosts struct {
	// GitHub is the address of GitHub's REST interface; "" is
	// https://api.github.com.
	GitHub string
	// Clone gives the address below which the repositories of a host are cloned
	// from, as <address>/<owner>/<name>.git; nil is https://<host>.
	Clone func(host string) string
}

// address is where the repository is cloned from.
func (h *Hosts) address(id fact.RepoID) string {
	base := "https://" + id.Host()
	if h.Clone != nil {
		base = strings.TrimSuffix(h.Clone(id.Host()), "/")
	}
	return base + "/" + id.Slug() + ".git"
}

func (e *Env) withDefaults() *Env {
	env := *e
	if env.Stdin == nil {
		env.Stdin = os.Stdin
	}
	if env.Stdout == nil {
		env.Stdout = os.Stdout
	}
	if env.Stderr == nil {
		env.Stderr = os.Stderr
	}
	if env.Getenv == nil {
		env.Getenv = os.Getenv
	}
	if env.Now == nil {
		env.Now = time.Now
	}
	return &env
}

// Run runs the program with args (without its name) and returns its exit code.
func Run(ctx context.Context, env *Env, args []string) int {
	env = env.withDefaults()
	out := &output{Writer: env.Stdout}
	env.Stdout, env.bar, env.Stderr = out, env.Stderr, sanitize.Writer(env.Stderr)
	root := newRoot(env)
	root.SetArgs(args)
	err := cmp.Or(execute(ctx, root), out.err)
	if err == nil {
		return errkind.ExitDone
	}
	announce(env, args, err)
	return errkind.ExitCode(err)
}

// execute runs a command. A panic in it is an error as any other.
func execute(ctx context.Context, root *cobra.Command) (err error) {
	defer errkind.Catch(&err)
	return root.ExecuteContext(ctx)
}

// An output remembers the first error of a writer, so that a command that
// prints line by line need not ask after each: what was lost is told once.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil {
		err = errkind.WithHint(errkind.Errorf(errkind.Storage, "standard output: %w", err), "what was printed is not whole: see where it goes, and run the same command again")
	}
	o.err = cmp.Or(o.err, err)
	return n, err
}

// Interrupted is what a user is told who ended the command of these arguments.
func Interrupted(args []string) string {
	if cmd, _, err := newRoot((&Env{}).withDefaults()).Find(args); err == nil && cmd.Name() == "survey" {
		return "assay: interrupted; what was measured is stored, the same command goes on from there"
	}
	return "assay: interrupted"
}

// Grace is how long the command of these arguments may take to end after a signal: a
// server lets requests end.
func Grace(args []string) time.Duration {
	if cmd, _, err := newRoot((&Env{}).withDefaults()).Find(args); err == nil && cmd.Name() == "serve" {
		return limit.ServeDrain + grace
	}
	return grace
}

// grace is how long a command may take to end after a signal.
const grace = 1500 * time.Millisecond

// announce tells the user of an error: what, where, and how to mend it.
func announce(env *Env, args []string, err error) {
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(env.Stderr, Interrupted(args))
		return
	}
	fmt.Fprintln(env.Stderr, "assay: "+sanitize.Text(err.Error()))
	if hint := errkind.Hint(err); hint != "" {
		fmt.Fprintln(env.Stderr, "  hint: "+sanitize.Text(hint))
	}
	for line := range strings.Lines(errkind.Stack(err)) {
		fmt.Fprintln(env.Stderr, "  "+sanitize.Text(strings.TrimRight(line, "\n")))
	}
}

// width is how many columns a table may have; 0 is no bound.
func (e *Env) width() int {
	if n, err := strconv.Atoi(e.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return e.Width
}

// An app is the program being run: its world and its settings.
type app struct {
	*Env
	flags    Settings // what the command line says
	config   string   // --config
	verbose  bool
	settings Settings                             // flags, environment, file and defaults together
	filter   func(w io.Writer, json []byte) error // --jq
	network  *reach.Network
	wrong    error // what is wrong with the settings, for doctor
}

// connect makes the network of the settings.
func (a *app) connect() (err error) {
	a.network, err = reach.New(reach.Options{Allow: a.settings.AllowHosts, Transport: a.Transport, Patience: a.Patience})
	return err
}

// client makes HTTP requests.
func (a *app) client() *http.Client { return a.network.Client() }

func (a *app) log() *slog.Logger {
	level := slog.LevelWarn
	if a.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(a.Stderr, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(groups []string, attr slog.Attr) slog.Attr {
			if attr.Key == slog.TimeKey && len(groups) == 0 {
				return slog.Attr{}
			}
			return attr
		},
	}))
}

const rootLong = `Assay surveys a software landscape: which projects use a language, how much of
it, since when and where, from landscape.yml and the projects' git repositories,
with evidence for every figure.

Start with 'assay survey', then 'assay report'. 'assay doctor' says what is
missing on this machine.

Exit status: 0 done (also when repositories are missing, which is a warning),
1 the answer is no, 2 wrong use, 3 some repositories failed (the rest is stored
and usable), 4 failed, 130 interrupted.`

func newRoot(env *Env) *cobra.Command {
	a := &app{Env: env}
	root := &cobra.Command{
		Use:           "assay",
		Short:         "Survey a software landscape by language, with evidence",
		Long:          rootLong,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          subcommand,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if cmd == cmd.Root() || cmd.Name() == cobra.ShellCompRequestCmd || cmd.Name() == cobra.ShellCompNoDescRequestCmd {
				return nil // help and completion work whatever the configuration
			}
			return a.load(cmd)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },

		SuggestionsMinimumDistance: 2,
	}
	root.Version = versionInfo().Version
	root.SetVersionTemplate("assay {{.Version}}\n")
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	if width := env.width(); width > 0 {
		root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), "Flags.FlagUsages", "Flags.FlagUsagesWrapped "+strconv.Itoa(width)))
	}
	root.SetFlagErrorFunc(misuse)
	root.PersistentFlags().StringVar(&a.config, "config", "", "configuration `file` (default assay.yaml here or in the user's configuration folder)")
	root.PersistentFlags().StringVar(&a.flags.Store, "store", "", "fact store: a `file` (default in the user's data folder)")
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, "say more on standard error")
	root.AddCommand(
		newSurvey(a), newReport(a), newSite(a), newBadge(a), newList(a), newShow(a), newHistory(a), newCompare(a), newExplain(a), newDiff(a),
		newVerify(a), newValidate(a), newExport(a), newDictionary(a), newSurveys(a), newForget(a), newCheck(a), newQuery(a), newServe(a), newBundle(a), newDoctor(a), newVersion(a), newMan(a),
	)
	a.completions(root)
	root.SetHelpCommand(newHelp())
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.Args, cmd.RunE = subcommand, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
			cmd.PersistentPreRunE = withoutSettings
		}
	}
	return root
}

// withoutSettings is for commands that work whatever the configuration.
func withoutSettings(*cobra.Command, []string) error { return nil }

func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:               "help [COMMAND]",
		Short:             "Help about a command",
		PersistentPreRunE: withoutSettings,
		RunE: func(cmd *cobra.Command, given []string) error {
			of, rest, err := cmd.Root().Find(given)
			if of == nil || err != nil {
				of, rest = cmd.Root(), given
			}
			if err := subcommand(of, rest); err != nil {
				return err
			}
			of.InitDefaultHelpFlag()
			of.InitDefaultVersionFlag()
			return of.Help()
		},
	}
}

// misuse makes an error of wrong use that says where to read on.
func misuse(cmd *cobra.Command, err error) error {
	return errkind.WithHint(errkind.Errorf(errkind.Usage, "%w", err), "see '%s --help'", cmd.CommandPath())
}

// args checks that a command is given one argument for each of names, and says
// which is missing or too many.
func args(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, given []string) error {
		switch {
		case len(given) < len(names):
			return misuse(cmd, fmt.Errorf("%s needs %s", cmd.Name(), strings.Join(names, " and ")))
		case len(given) > len(names) && len(names) > 0:
			return misuse(cmd, fmt.Errorf("%s: %q is one word too many; put a name of several words in quotes", cmd.Name(), given[len(names)]))
		case len(given) > len(names):
			return misuse(cmd, fmt.Errorf("%s: takes no argument, %q was given", cmd.Name(), given[0]))
		}
		return nil
	}
}

// subcommand refuses a word that is no subcommand of cmd, and names what is near.
func subcommand(cmd *cobra.Command, given []string) error {
	if len(given) == 0 {
		return nil
	}
	err := errkind.Errorf(errkind.Usage, "there is no command %q", strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name())+" "+given[0]))
	if near := cmd.SuggestionsFor(given[0]); len(near) > 0 {
		return errkind.WithHint(err, "%s", words.Meant(near))
	}
	return errkind.WithHint(err, "'%s --help' lists the commands", cmd.CommandPath())
}

// prose makes a text that may have several lines one line, fit for a terminal.
func prose(s string) string { return sanitize.Text(strings.Join(strings.Fields(s), " ")) }
