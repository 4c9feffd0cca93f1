// Command assay surveys a software landscape by language. See package cli for
// the commands and docs/architecture.md for a tour.
package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"assay/internal/cli"
	"assay/internal/errkind"
)

func main() { os.Exit(run(&cli.Env{})) }

// run runs the program with the hosts and the clock of env, and gives its exit
// code.
func run(env *cli.Env) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the first signal asks us to end, a second one ends us
	env.Terminal, env.Colour = term.IsTerminal(int(os.Stderr.Fd())), term.IsTerminal(int(os.Stdout.Fd()))
	env.Asks = env.Terminal && term.IsTerminal(int(os.Stdin.Fd()))
	if env.Colour {
		env.Width, _, _ = term.GetSize(int(os.Stdout.Fd())) // 0 where it is not known
	}
	work := func() int { return cli.Run(ctx, env, os.Args[1:]) }
	return within(ctx, cli.Grace(os.Args[1:]), cmp.Or[io.Writer](env.Stderr, os.Stderr), work)
}

// within gives the exit code of work, or after the end of ctx and the grace that of
// a program that was interrupted. Not all work can be told to stop: a parser, a
// template, a write that nobody reads. The program ends all the same. Nothing is half
// done then, because files and stores are written whole or not at all.
func within(ctx context.Context, grace time.Duration, stderr io.Writer, work func() int) int {
	done := make(chan int, 1)
	go func() { done <- work() }()
	select {
	case code := <-done:
		return code
	case <-ctx.Done():
	}
	select {
	case code := <-done:
		return code
	case <-time.After(grace):
		fmt.Fprintln(stderr, cli.Interrupted(os.Args[1:]))
		return errkind.ExitCanceled
	}
}
