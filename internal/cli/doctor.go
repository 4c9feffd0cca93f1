package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/finding/words"
	"assay/internal/gitrepo"
	"assay/internal/sanitize"
	"assay/internal/store/sqlite"
)

func newDoctor(a *app) *cobra.Command {
	var asJSON, limits, facts bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what is wrong on this machine, and how to mend it",
		Args:  args(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limits {
				return a.limits(asJSON)
			}
			if facts {
				return a.silent(cmd.Context(), asJSON)
			}
			return a.doctor(cmd.Context(), asJSON)
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if a.wrong = a.load(cmd); a.wrong != nil {
				a.settings = Settings{}
				a.settings.override(cmd, &a.flags)
				a.settings.defaults(a.Getenv)
			}
			return nil
		},
	}
	f := cmd.Flags()
	a.jsonFlags(cmd, &asJSON, "print JSON")
	f.BoolVar(&limits, "limits", false, "print the limits on what is read from outside, and nothing else")
	f.BoolVar(&facts, "facts", false, "list the files of the survey named like adopters, maintainers or a licence that gave nothing, and nothing else")
	f.StringVar(&a.flags.MirrorFrom, "mirror-from", "", "`folder` of mirrors to look at")
	f.StringVar(&a.flags.Mirrors, "mirrors", "", "`folder` of our own clones to look at")
	f.BoolVar(&a.flags.Offline, "offline", false, "look at what a survey with --offline needs")
	return cmd
}

// A check is one thing that doctor looked at.
type check struct {
	Name  string `json:"name"`
	State string `json:"state"` // "ok", "warn", "bad"
	Says  string `json:"says"`
	Mend  string `json:"mend,omitempty"`
}

// doctor looks at everything a survey needs. Anything bad is an answer of no.
func (a *app) doctor(ctx context.Context, asJSON bool) error {
	checks := []check{
		checkGit(ctx), a.checkStore(ctx), a.checkDisk(), a.checkTree(), a.checkToken(), a.checkConfig(),
	}
	checks = append(checks, a.checkDamage(ctx)...)
	return a.tell(append(checks, a.checkHorizons(ctx)...), asJSON)
}

// tell prints what checks found. Anything bad is an answer of no.
func (a *app) tell(checks []check, asJSON bool) error {
	bad := 0
	for _, c := range checks {
		if c.State == "bad" {
			bad++
		}
	}
	if asJSON {
		if err := a.json(checks); err != nil {
			return err
		}
	} else {
		for _, c := range checks {
			fmt.Fprintf(a.Stdout, "%-4s  %-8s %s\n", c.State, c.Name, sanitize.Text(c.Says))
			if c.Mend != "" {
				fmt.Fprintf(a.Stdout, "      %-8s mend: %s\n", "", sanitize.Text(c.Mend))
			}
		}
	}
	if bad > 0 {
		return errkind.Errorf(errkind.NotFound, "%d of %d checks found something wrong", bad, len(checks))
	}
	return nil
}

func checkGit(ctx context.Context) check {
	v, err := gitrepo.GitVersion(ctx)
	switch {
	case err != nil:
		return check{"git", "bad", err.Error(), "install git " + gitrepo.MinGit + " or newer and put it on the PATH"}
	case !v.Suffices():
		return check{"git", "bad", "version " + v.String(), "install git " + gitrepo.MinGit + " or newer"}
	}
	if !gitrepo.MemoryBounded {
		return check{"git", "warn", "version " + v.String() + "; this system does not bound its memory", "survey mirrors that nobody trusts on Linux, or in a container with a bound"}
	}
	return check{Name: "git", State: "ok", Says: "version " + v.String()}
}

func (a *app) checkStore(ctx context.Context) check {
	path := a.settings.Store
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if dir := existing(filepath.Dir(path)); !writable(dir) {
			return check{"store", "bad", fmt.Sprintf("%s cannot be made: %s is not writable", path, dir), "name another file with --store"}
		}
		return check{"store", "warn", path + " is not there yet", "'assay survey' makes it"}
	}
	st, err := a.openStore(ctx, false)
	if err != nil {
		return check{"store", "bad", err.Error(), errkind.Hint(err)}
	}
	defer st.Close()
	headers, err := st.Surveys(ctx)
	if err != nil {
		return check{"store", "bad", err.Error(), errkind.Hint(err)}
	}
	c := check{Name: "store", State: "ok", Says: path + ", no survey yet"}
	if len(headers) > 0 {
		last := headers[len(headers)-1]
		c.Says = fmt.Sprintf("%s, %s, the newest of %s with %d of %d repositories measured",
			path, words.Amount(len(headers), "survey"), last.AsOf, last.Measured, last.Repositories)
	}
	if sqlite.Protected(path) {
		c.State, c.Says, c.Mend = "warn", c.Says+"; it can only be read", "for a survey, name another file with --store"
	}
	return c
}

// lowDisk is the free space under which doctor warns, in bytes: the mirrors of
// the CNCF's projects need about this much.
const lowDisk = 20 << 30

func (a *app) checkDisk() check {
	dir := existing(a.settings.Mirrors)
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return check{"disk", "warn", fmt.Sprintf("%s: %v", dir, err), ""}
	}
	free := fs.Bavail * uint64(fs.Bsize) //nolint:gosec // a block size is not negative
	c := check{Name: "disk", State: "ok", Says: fmt.Sprintf("%s free for mirrors in %s", humanize.IBytes(free), a.settings.Mirrors)}
	switch {
	case !writable(dir):
		c.State, c.Says, c.Mend = "bad", dir+" is not writable", "name another folder with --mirrors"
	case free < lowDisk:
		c.State, c.Mend = "warn", "a whole landscape needs some 20 GiB; name another folder with --mirrors"
	}
	return c
}

func (a *app) checkTree() check {
	from := a.settings.MirrorFrom
	if from == "" && a.settings.Offline {
		return check{Name: "mirrors", State: "ok", Says: "offline and without a tree of mirrors: only our own clones are read"}
	}
	if from == "" {
		return check{Name: "mirrors", State: "ok", Says: "no tree of mirrors is set; repositories are cloned"}
	}
	n, broken := 0, 0
	hosts, err := filepath.Glob(filepath.Join(from, "*", "*", "*.git"))
	if err != nil || len(hosts) == 0 {
		return check{"mirrors", "bad", fmt.Sprintf("%s holds no HOST/OWNER/NAME.git", from), "name the folder above the hosts with --mirror-from"}
	}
	for _, dir := range hosts {
		n++
		if _, err := gitrepo.Open(dir, ""); err != nil {
			broken++
		}
	}
	c := check{Name: "mirrors", State: "ok", Says: fmt.Sprintf("%s under %s", words.Amount(n, "mirror"), from)}
	if broken > 0 {
		c.State, c.Says, c.Mend = "warn", fmt.Sprintf("%s, %d of them unreadable", c.Says, broken), "fetch those again"
	}
	return c
}

func (a *app) checkToken() check {
	switch {
	case a.settings.Offline:
		return check{Name: "token", State: "ok", Says: "offline: none is needed"}
	case a.Getenv("GITHUB_TOKEN") == "":
		return check{"token", "warn", "GITHUB_TOKEN is not set: GitHub answers 60 questions an hour", "set GITHUB_TOKEN to a token without any scope"}
	}
	return check{Name: "token", State: "ok", Says: "GITHUB_TOKEN is set"}
}

func (a *app) checkConfig() check {
	if a.wrong != nil {
		return check{"config", "bad", a.wrong.Error(), errkind.Hint(a.wrong)}
	}
	if a.settings.file == "" {
		return check{Name: "config", State: "ok", Says: "no configuration file: flags, ASSAY_* and defaults hold"}
	}
	return check{Name: "config", State: "ok", Says: a.settings.file}
}

// existing is the nearest folder at or above dir that exists.
func existing(dir string) string {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return dir
		}
		dir = parent
	}
}

func writable(dir string) bool {
	const writeAccess = 2
	return syscall.Access(dir, writeAccess) == nil
}
