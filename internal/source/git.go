package source

import (
	"assay/internal/fact"
	"assay/internal/gitrepo"
)

func openRepo(dir string, id fact.RepoID) (Repo, error) {
	r, err := gitrepo.Open(dir, id)
	if err != nil {
		return nil, err
	}
	return r, nil
}

func idOf(dir string) fact.RepoID { return gitrepo.IDOf(dir) }
