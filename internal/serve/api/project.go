package api

import (
	"context"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/serve/stack"
)

// OfProject is a question about a project.
type OfProject struct {
	Asked

	ID string `doc:"Identifier or name of a project, as 'assay show' takes it." example:"linkerd" maxLength:"200" path:"id"`
}

// find gives the data set, and the identifier of the project in it.
func (q *OfProject) find(ctx context.Context, a *API) (*stack.Book, string, error) {
	b, err := q.book(ctx)
	if err != nil {
		return nil, "", err
	}
	p, err := b.Find(ctx, q.ID, a.Names)
	if err != nil {
		return nil, "", err
	}
	return b, p.ID, nil
}

// projectParts are the tables of which an answer about a project has the rows, besides
// the project itself.
var projectParts = []struct {
	table      string
	ofLanguage bool
}{
	{"usage", true}, {"language_work", true}, {"rule", true}, {"reason", true}, {"health", false}, {"milestone", false},
	{"alias", false}, {"licence", false}, {"people", false}, {"organisation_share", false}, {"audit", false}, {"review", false},
}

func (a *API) project(ctx context.Context, q *struct {
	OfProject
	InLanguage
},
) (*answer, error) {
	b, id, err := q.find(ctx, a)
	if err != nil {
		return nil, err
	}
	language, err := a.language(q.Language)
	if err != nil {
		return nil, err
	}
	parts := []part{{table: "project", one: true, of: id}}
	for _, p := range projectParts {
		x := part{table: p.table, of: id}
		if p.ofLanguage {
			x = part{table: p.table, where: map[string][]any{"project": {id}}, language: language}
		}
		parts = append(parts, x)
	}
	return assemble(ctx, b, parts)
}

func (a *API) history(ctx context.Context, q *struct {
	OfProject
	Paged

	Language string `doc:"Only this language, by linguist's name or an alias." maxLength:"100" query:"language"`
},
) (*answer, error) {
	b, id, err := q.find(ctx, a)
	if err != nil {
		return nil, err
	}
	where := map[string][]any{"project": {id}}
	if q.Language != "" {
		language, err := a.language(q.Language)
		if err != nil {
			return nil, err
		}
		where["language"] = []any{language}
	}
	return pageOf(ctx, b, table("composition_month"), where, q.Paged)
}

func (a *API) repositories(ctx context.Context, q *struct {
	OfProject
	Paged
},
) (*answer, error) {
	b, id, err := q.find(ctx, a)
	if err != nil {
		return nil, err
	}
	return pageOf(ctx, b, table("repository"), map[string][]any{"project": {id}}, q.Paged)
}

// repositoryParts are the tables of which an answer about a repository has the rows.
var repositoryParts = []string{"repository", "membership", "composition", "adoption"}

func (a *API) repository(ctx context.Context, q *struct {
	Asked

	Host  string `doc:"Host of the repository."                                                             example:"github.com" maxLength:"200" path:"host"`
	Owner string `doc:"Its owner."                                                                          example:"linkerd"    maxLength:"200" path:"owner"`
	Name  string `doc:"Its name. What comes before that, in groups within groups, is part of it, with %2F." example:"linkerd2"   maxLength:"200" path:"name"`
},
) (*answer, error) {
	b, err := q.book(ctx)
	if err != nil {
		return nil, err
	}
	head, err := b.Head(ctx)
	if err != nil {
		return nil, err
	}
	asked := fact.RepoID(q.Host + "/" + q.Owner + "/" + q.Name)
	for i := range head.Projects {
		for _, id := range head.Projects[i].Repositories {
			if id.Key() == asked.Key() {
				return assemble(ctx, b, partsOf(id))
			}
		}
	}
	err = errkind.Errorf(errkind.NotFound, "%q is a repository of no project", short(string(asked)))
	return nil, errkind.WithHint(err, "/api/v1/tables/repository lists them")
}

// partsOf are the parts of an answer about a repository.
func partsOf(id fact.RepoID) []part {
	var parts []part
	for _, name := range repositoryParts {
		parts = append(parts, part{table: name, where: map[string][]any{"repository": {string(id)}}})
	}
	return parts
}
