package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"assay/internal/catalog"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/forge"
	"assay/internal/forge/github"
	"assay/internal/landscape"
	"assay/internal/mirror"
	"assay/internal/source"
	"assay/internal/store"
	"assay/internal/store/sqlite"
	"assay/internal/survey"
)

const surveyLong = `Survey reads the landscape, finds the repositories of its projects, measures
each at the date, and stores the facts. What is stored already is not measured
again, so an interrupted survey is simply run again.

With --project only these are surveyed, and what is said of the survey is about
these; those of an earlier survey of the same day stay.

Repositories are taken from the tree that --mirror-from names, a folder
HOST/OWNER/NAME.git, where it has them; the others are cloned, unless --offline.

Repositories that are in none of the places to look, or gone from their hosts,
are a warning: 'assay report' shows what is missing. Exit status 3 says that
some failed, or, with --strict, that anything is missing. They are listed on
standard error, and everything else is stored and usable.`

const surveyExample = `  assay survey
  assay survey && assay report -o report.md
  assay survey --landscape landscape.yml --as-of 2025-12-10
  assay survey --mirror-from /srv/mirrors --offline --project linkerd --project tikv`

type surveyOptions struct {
	projects []string
	json     bool
	strict   bool
	maxAge   time.Duration
}

func newSurvey(a *app) *cobra.Command {
	var opts surveyOptions
	cmd := &cobra.Command{
		Use:     "survey",
		Short:   "Measure the projects of a landscape at a date",
		Long:    surveyLong,
		Example: surveyExample,
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.survey(cmd.Context(), opts) },
	}
	f := cmd.Flags()
	f.StringVar(&a.flags.Landscape, "landscape", "", "landscape.yml: a `file`, address or git repository (default the CNCF's: from the tree of mirrors where that has it)")
	f.StringVar(&a.flags.AsOf, "as-of", "", "`date` to look at, YYYY-MM-DD (default today)")
	f.StringArrayVar(&opts.projects, "project", nil, "survey only this `project`; may be repeated")
	f.StringVar(&a.flags.MirrorFrom, "mirror-from", "", "`folder` of mirrors to read in place of the network")
	f.StringVar(&a.flags.MirrorsAsOf, "mirrors-as-of", "", "`date` until when those mirrors speak, YYYY-MM-DD (default as recorded, else the newest ref)")
	f.StringVar(&a.flags.Mirrors, "mirrors", "", "`folder` of our own clones (default in the user's data folder)")
	f.BoolVar(&a.flags.Offline, "offline", false, "fetch nothing")
	f.IntVar(&a.flags.Jobs, "jobs", 0, "repositories worked on at a time (default the number of processors)")
	f.StringVar(&a.flags.CLOMonitor, "clomonitor", "", "CLOMonitor's list of repositories: a `file`, address, git repository, off or auto")
	f.StringVar(&a.flags.DevStats, "devstats", "", "DevStats' list of repositories: a `file`, address, git repository, off or auto")
	f.DurationVar(&opts.maxAge, "max-age", 24*time.Hour, "fetch our own clones again when they are older than this")
	f.BoolVar(&opts.strict, "strict", false, "end with status 3 when anything is missing")
	a.jsonFlags(cmd, &opts.json, "print the result as JSON")
	return cmd
}

// survey runs a survey and tells what came of it.
func (a *app) survey(ctx context.Context, opts surveyOptions) (err error) {
	s := &a.settings
	where, err := a.landscape()
	if err != nil {
		return err
	}
	st, err := a.openStore(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, st.Close()) }()
	host := a.github()
	mirrors, err := a.mirrors(opts.maxAge, host)
	if err != nil {
		return err
	}
	asOf := fact.Date(s.AsOf)
	if asOf == "" {
		asOf = fact.DateOf(a.Now())
	}
	if n := mirrors.Sweep(ctx); n > 0 {
		a.log().Info("what killed clones left was removed", "folders", n)
	}
	roomForSpeed()
	bar := newProgress(a.bar, a.Terminal)
	res, err := survey.Run(ctx, survey.Config{
		Landscape: landscape.Source{Where: where, Offline: s.Offline, HTTP: a.client(), Now: a.Now},
		AsOf:      asOf,
		Catalog:   a.catalog(asOf, mirrors, host),
		Projects:  opts.projects,
		Aliases:   s.aliases(),
		AuthorKey: s.AuthorKey,
		Mirrors:   mirrors,
		Store:     st,
		Jobs:      s.Jobs,
		Now:       a.Now,
		Log:       a.log(),
		Progress:  bar,
	})
	bar.Close()
	if err != nil {
		return whole(err)
	}
	a.prepare(ctx, st, asOf)
	return a.surveyDone(res, &opts)
}

// Bounds for the garbage collector while a survey runs: it may leave four times
// as much lying about as is in use, until the program has grown to gcSoftLimit.
const (
	gcPercent   = 400
	gcSoftLimit = 256 << 20 // bytes
)

// roomForSpeed has the garbage collector run less often, unless the user has
// said in the environment how often it should.
func roomForSpeed() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(gcSoftLimit)
	}
}

// whole keeps an error that ended a survey before anything was measured, such
// as a damaged repository of the landscape, from looking like a partial result.
func whole(err error) error {
	if errkind.Exhausted(err) {
		return errkind.Ends(err)
	}
	if errkind.ExitCode(err) != errkind.ExitPartial {
		return err
	}
	return errkind.Errorf(errkind.Input, "%w", err)
}

// openStore opens the fact store. With create, it is made where there is none, and
// its folder too; else it is only read.
func (a *app) openStore(ctx context.Context, create bool) (store.Store, error) {
	path := a.settings.Store
	if create {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, errkind.WithHint(errkind.Errorf(errkind.Storage, "open store %q: %w", path, err), "name another file with --store")
		}
		return sqlite.Open(ctx, path)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, errkind.WithHint(errkind.Errorf(errkind.NotFound, "there is no fact store at %q", path),
			"run 'assay survey' first, or name the store with --store")
	}
	return sqlite.OpenReading(ctx, path)
}

func (a *app) mirrors(maxAge time.Duration, host forge.Forge) (*mirror.Tree, error) {
	s := &a.settings
	if info, err := os.Stat(s.MirrorFrom); s.MirrorFrom != "" && (err != nil || !info.IsDir()) {
		return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "mirror-from: %q is not a folder", s.MirrorFrom),
			"name the folder that holds HOST/OWNER/NAME.git")
	}
	renames := map[fact.RepoID]fact.RepoID{}
	for from, to := range s.Renames {
		renames[fact.RepoID(from)] = fact.RepoID(to)
	}
	return mirror.New(mirror.Config{
		From: s.MirrorFrom, FromAsOf: fact.Date(s.MirrorsAsOf), Dir: s.Mirrors, Offline: s.Offline,
		NotBefore: a.Now().Add(-maxAge), Renames: renames, Now: a.Now,
		URL: a.Hosts.address, Network: a.network, Patience: a.Patience, Token: a.token, Gone: forge.Gone(host), Log: a.log(),
	})
}

// token is the user's access token for a host.
func (a *app) token(host string) string {
	if host != "github.com" {
		return ""
	}
	return strings.TrimSpace(a.Getenv("GITHUB_TOKEN"))
}

// github is the host that answers questions which git does not. Nothing asks it
// offline.
func (a *app) github() forge.Forge {
	return github.New(github.Options{Token: a.token("github.com"), Base: a.Hosts.GitHub, Client: a.client()})
}

// catalog says where repositories are named besides the landscape.
func (a *app) catalog(asOf fact.Date, mirrors *mirror.Tree, host forge.Forge) catalog.Options {
	s := &a.settings
	o := catalog.Options{
		CLOMonitor: a.list(s.CLOMonitor, "clomonitor", asOf),
		DevStats:   a.list(s.DevStats, "devstats", asOf),
		Lister:     catalog.Mirrors(mirrors),
		Named:      map[string]bool{"clomonitor": local(s.CLOMonitor), "devstats": local(s.DevStats)},
		Config:     s.catalogConfig(),
	}
	if !s.Offline && s.MirrorFrom == "" {
		o.Lister = host
		if a.token(host.Host()) != "" {
			o.Canonical = forge.Canonical(host)
		} // else the few answers there are go to listing; git is redirected too
	}
	return o
}

// list is where a list of repositories is read, nil when it is not looked for.
// "auto" is the copy in the tree of mirrors.
func (a *app) list(where, name string, asOf fact.Date) *source.Spec {
	switch where {
	case "off":
		return nil
	case "auto":
		if a.settings.MirrorFrom == "" || !a.settings.cncf() {
			return nil
		}
		dir, ok := a.inTree(fact.RepoID("github.com/cncf/" + name))
		if !ok {
			return catalog.Nowhere()
		}
		where = dir
	}
	return &source.Spec{Where: where, AsOf: asOf, Offline: a.settings.Offline, Client: a.client(), Now: a.Now}
}

// local reports whether the user named a place on this machine for a list. A host
// may fail, and that is a gap; a file that was named by mistake is one to mend.
func local(where string) bool {
	return where != "off" && where != "auto" && !strings.Contains(where, "://")
}

// landscape is where the landscape is read. When the user names none it is the
// CNCF's: the copy in the tree of mirrors, else, where that may be asked, its
// address ("").
func (a *app) landscape() (string, error) {
	s := &a.settings
	if s.Landscape != "" {
		return s.Landscape, nil
	}
	dir, ok := a.inTree(landscape.DefaultRepo)
	switch {
	case ok:
		return dir, nil
	case !s.Offline:
		return "", nil
	case s.MirrorFrom == "":
		return "", errkind.WithHint(errkind.Errorf(errkind.Usage, "survey: no landscape is named, and offline the CNCF's is not fetched"),
			"name one with --landscape, or a tree of mirrors that has %s with --mirror-from, or leave --offline out", landscape.DefaultRepo)
	}
	return "", errkind.WithHint(errkind.Errorf(errkind.Usage, "survey: no landscape is named, and the CNCF's is not in the tree of mirrors: there is no %q", dir),
		"put a mirror of %s there, name another landscape with --landscape, or leave --offline out", landscape.DefaultRepo)
}

// inTree is the folder of a repository in the tree of mirrors, and whether there
// is one.
func (a *app) inTree(id fact.RepoID) (string, bool) {
	if a.settings.MirrorFrom == "" {
		return "", false
	}
	dir := filepath.Join(a.settings.MirrorFrom, filepath.FromSlash(string(id))+".git")
	_, err := os.Stat(dir)
	return dir, err == nil
}

// cncf reports whether the landscape is the CNCF's, the one that the lists of
// repositories are made for.
func (s *Settings) cncf() bool {
	return s.Landscape == "" || strings.Contains(s.Landscape, "cncf/landscape")
}

func (s *Settings) catalogConfig() catalog.Config {
	c := catalog.Config{Evidence: fact.Evidence{Path: s.file}, Projects: map[string]catalog.ProjectConfig{}}
	for name, p := range s.Projects {
		c.Projects[name] = catalog.ProjectConfig{Line: s.lines[name], Repos: p.Repos, Exclude: p.Exclude, Owners: p.Owners}
	}
	return c
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
