package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"assay/internal/language/linguist"
	"assay/internal/survey"
)

func newVersion(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Say which version this is, and of what",
		Args:  args(),

		PersistentPreRunE: withoutSettings,
		RunE: func(*cobra.Command, []string) error {
			v := versionInfo()
			if asJSON {
				return a.json(v)
			}
			fmt.Fprintf(a.Stdout, "assay %s\n  built with %s for %s\n  linguist data of commit %s\n",
				v.Version, v.Go, v.Platform, v.Linguist)
			for _, c := range survey.Collectors(nil) {
				fmt.Fprintf(a.Stdout, "  collector %s %d\n", c.Name(), c.Version())
			}
			return nil
		},
	}
	a.jsonFlags(cmd, &asJSON, "print JSON")
	return cmd
}

// version is what this program is made of.
type version struct {
	Version    string         `json:"version"`
	Commit     string         `json:"commit,omitempty"`
	Go         string         `json:"go"`
	Platform   string         `json:"platform"`
	Linguist   string         `json:"linguist_commit"`
	Collectors map[string]int `json:"collectors"`
}

func versionInfo() version {
	v := version{
		Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Linguist: linguist.Commit(), Collectors: map[string]int{},
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			v.Version = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Commit = s.Value
			}
		}
	}
	for _, c := range survey.Collectors(nil) {
		v.Collectors[c.Name()] = c.Version()
	}
	return v
}
