// Command assay surveys a software landscape by language. See package cli for
// the commands and docs/architecture.md for a tour.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"assay/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the first signal asks us to end, a second one ends us
	env := &cli.Env{Terminal: term.IsTerminal(int(os.Stderr.Fd())), Colour: term.IsTerminal(int(os.Stdout.Fd()))}
	code := cli.Run(ctx, env, os.Args[1:])
	stop()
	os.Exit(code)
}
