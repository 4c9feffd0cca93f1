// Command demo makes the mirrors of the example landscape: the bare git
// repositories of an invented foundation, from the text fixtures beside it.
//
//	go run ./examples/demo FOLDER
//
// The script run calls it and surveys what it made.
package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"assay/internal/gittest"
)

//go:embed repositories
var fixtures embed.FS

func main() {
	if err := run(context.Background(), os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// run makes the repositories in the folder that args name.
func run(ctx context.Context, out io.Writer, args []string) error {
	if len(args) != 1 {
		return errors.New("usage: demo FOLDER")
	}
	repositories, err := fs.Sub(fixtures, "repositories")
	if err != nil {
		return err
	}
	dirs, err := gittest.MakeTree(ctx, args[0], repositories)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "made %d repositories in %s\n", len(dirs), args[0])
	return nil
}
