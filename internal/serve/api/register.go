package api

import (
	"assay/internal/dataset"
)

// register registers all that is answered.
func (a *API) register() {
	row := reference("ListRow")
	get(a, operation{id: "getSurvey", path: "/survey", summary: "The survey: its day, its landscape, how much was read", body: reference("SurveyAnswer")}, a.survey)
	get(a, operation{id: "listSurveys", path: "/surveys", summary: "The surveys that can be asked about", body: schemaOf[surveys](a)}, a.surveys)
	get(a, operation{id: "listProjects", path: "/projects", summary: "Projects by their use of a language, as 'assay list' lists them", rows: row}, a.projects)
	get(a, operation{
		id: "getProject", path: "/projects/{id}", summary: "A project, and what a language is to it", body: reference("ProjectAnswer"),
		more: "Each part bears the name of its table and has the rows of it; the language \"*\" is every one that the project has no row of its own for. Columns that refer to evidence or to what is missing do so by number.",
	}, a.project)
	get(a, operation{id: "getHistory", path: "/projects/{id}/history", summary: "The languages of a project, month by month", rows: reference(typeName("composition_month"))}, a.history)
	get(a, operation{id: "listRepositories", path: "/projects/{id}/repositories", summary: "The repositories of a project", rows: reference(typeName("repository"))}, a.repositories)
	get(a, operation{id: "getRepository", path: "/repositories/{host}/{owner}/{name}", summary: "A repository, and what is in it", body: reference("RepositoryAnswer")}, a.repository)
	get(a, operation{id: "listLanguages", path: "/languages", summary: "What each language is to the landscape", rows: reference("LanguageFigures")}, a.languages)
	get(a, operation{
		id: "getLanguage", path: "/languages/{language}", summary: "What a language is to the landscape, by level of maturity",
		body: object(named{"figures", reference("LanguageFigures")}, named{"levels", listOf(schemaOf[level](a))}),
	}, a.oneLanguage)
	get(a, operation{
		id: "compare", path: "/compare", summary: "Projects, or languages, side by side",
		body: object(named{"sides", listOf(sideSchema())}),
	}, a.compare)
	get(a, operation{
		id: "listChanges", path: "/changes", summary: "What changed since an earlier survey, as 'assay diff' tells it",
		body: anyObject("What 'assay diff --json' prints."),
	}, a.changes)
	get(a, operation{id: "getDictionary", path: "/dictionary", summary: "The tables and what their columns mean", body: tablesSchema(a)}, a.tables)
	get(a, operation{id: "getTableMeaning", path: "/dictionary/{table}", summary: "A table and what its columns mean", body: schemaOf[dataset.Table](a)}, dictionary)
	get(a, operation{
		id: "listRows", path: "/tables/{table}", summary: "Rows of a table of the dictionary", rows: anyObject("A row of the table: its schema bears the name of the table."), open: true,
		more: "Any column may be given as a parameter, with a value that it must have; more than once for one of several. An empty value is null.",
	}, a.table)
}
