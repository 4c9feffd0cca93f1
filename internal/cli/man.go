package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"assay/internal/errkind"
	"assay/internal/file"
)

// newMan is the command by which the manual pages are made, for packages.
func newMan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    "man FOLDER",
		Short:  "Write the manual pages into a folder",
		Hidden: true,
		Args:   args("FOLDER"),

		PersistentPreRunE: withoutSettings,
		RunE: func(cmd *cobra.Command, given []string) error {
			if err := os.MkdirAll(given[0], 0o755); err != nil {
				return errkind.Errorf(errkind.Storage, "man: %w", err)
			}
			return a.man(cmd.Context(), cmd.Root(), given[0])
		},
	}
}

// man writes the page of a command, and those of the commands below it.
func (a *app) man(ctx context.Context, cmd *cobra.Command, folder string) error {
	day := a.built()
	header := &doc.GenManHeader{Section: "1", Source: "assay " + cmd.Root().Version, Manual: "Assay", Date: &day}
	var page bytes.Buffer
	cmd.DisableAutoGenTag = true // no date of the making
	if err := doc.GenMan(cmd, header, &page); err != nil {
		return errkind.Errorf(errkind.Internal, "man: %s: %w", cmd.CommandPath(), err)
	}
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1"
	if err := file.Write(ctx, filepath.Join(folder, name), page.Bytes()); err != nil {
		return err
	}
	for _, below := range cmd.Commands() {
		if !below.IsAvailableCommand() || below.IsAdditionalHelpTopicCommand() {
			continue
		}
		if err := a.man(ctx, below, folder); err != nil {
			return err
		}
	}
	return nil
}

// built is the day of the commit that the program was made from; today where that
// is not known.
func (a *app) built() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if t, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
				return t
			}
		}
	}
	return a.Now()
}
