package forge

import (
	"context"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// A host answers for one former name, and has nothing else.
type host struct{ Forge }

func (host) Repo(_ context.Context, id fact.RepoID) (*Repo, error) {
	switch {
	case id.Host() != "code.example":
		return nil, errkind.Errorf(errkind.NotFound, "%q is %w", id.Host(), ErrUnknownHost)
	case id.Owner() == "down":
		return nil, errkind.Errorf(errkind.Network, "no answer")
	case id != "code.example/old/kiln":
		return nil, errkind.Errorf(errkind.NotFound, "no %q", string(id))
	}
	return &Repo{ID: "code.example/new/kiln"}, nil
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	ask := Canonical(host{})
	if id, err := ask(t.Context(), "code.example/old/kiln"); err != nil || id != "code.example/new/kiln" {
		t.Errorf("renamed: %q, %v", id, err)
	}
	if id, err := ask(t.Context(), "code.example/gone/gone"); errkind.Of(err) != errkind.NotFound || id != "" {
		t.Errorf("gone: %q, %v", id, err)
	}
}

func TestGone(t *testing.T) {
	t.Parallel()
	for id, want := range map[fact.RepoID]bool{
		"code.example/gone/gone": true, "code.example/old/kiln": false, "code.example/down/x": false, "git.example/gone/gone": false,
	} {
		if got := Gone(host{})(t.Context(), id); got != want {
			t.Errorf("%s: gone %v, want %v", id, got, want)
		}
	}
}
