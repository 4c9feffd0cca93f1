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

func main() { os.Exit(run(&cli.Env{})) }

// run runs the program with the hosts and the clock of env, and gives its exit
// code.
func run(env *cli.Env) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the first signal asks us to end, a second one ends us
	env.Terminal, env.Colour = term.IsTerminal(int(os.Stderr.Fd())), term.IsTerminal(int(os.Stdout.Fd()))
	if env.Colour {
		env.Width, _, _ = term.GetSize(int(os.Stdout.Fd())) // 0 where it is not known
	}
	return cli.Run(ctx, env, os.Args[1:])
}
