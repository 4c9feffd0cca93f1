// Package forge is what only the host of a repository knows: which
// repositories an owner has, and under which name one goes today.
//
// Git answers neither question. Everything that git or landscape.yml can
// answer is never asked here, so that a survey without a host loses the
// listing of organisations and nothing else. Each kind of host is a package
// below this one.
package forge

import (
	"context"
	"errors"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// ErrUnknownHost is in the chain of the error for an owner or a repository on a
// host that a [Forge] cannot ask. Its kind is NotFound.
var ErrUnknownHost = errors.New("a host that cannot be asked")

// A Repo is a repository as its host describes it today.
type Repo struct {
	// ID is the present name, with the host's own letter case.
	ID fact.RepoID
	// Fork, Template and Archived are the host's flags. Known is whether they
	// were told at all: a listing made from a folder of mirrors knows names only.
	Fork, Template, Archived, Known bool
	// DefaultBranch is the branch's name, or "" when unknown.
	DefaultBranch string
}

// A Forge is one host. Its methods may be called at the same time.
//
// Errors are of kind NotFound (no such owner or repository, or not for us to
// see), Auth (the host refused the token, or wants one), Limit (the host's rate
// limit is used up for longer than we wait, or an answer is too long), Network
// and Canceled. A refused token and a used-up limit meet every further question
// too: then a Forge answers with the same error and asks its host no more.
type Forge interface {
	// Host is the host's name as in a [fact.RepoID], for example "github.com".
	Host() string
	// List gives the public repositories of owner, an organisation or a
	// person, written host/name, ordered by ID.
	List(ctx context.Context, owner string) ([]Repo, error)
	// Repo describes a repository. A name given up in favour of another is
	// followed: the answer's ID is then not the ID asked for.
	Repo(ctx context.Context, id fact.RepoID) (*Repo, error)
}

// Canonical gives the present name of a repository, as f knows it.
func Canonical(f Forge) func(ctx context.Context, id fact.RepoID) (fact.RepoID, error) {
	return func(ctx context.Context, id fact.RepoID) (fact.RepoID, error) {
		repo, err := f.Repo(ctx, id)
		if err != nil {
			return "", err
		}
		return repo.ID, nil
	}
}

// Gone reports whether f says that there is no repository of that name.
func Gone(f Forge) func(ctx context.Context, id fact.RepoID) bool {
	return func(ctx context.Context, id fact.RepoID) bool {
		_, err := f.Repo(ctx, id)
		return errkind.Of(err) == errkind.NotFound && !errors.Is(err, ErrUnknownHost)
	}
}
