package site

import (
	"embed"
	"html/template"
	"io"
	"path"
	"strings"
	"sync"

	"assay/internal/fact"
)

//go:embed templates
var templates embed.FS

// A page is what every page says besides its own matter.
type page struct {
	// Title and Description are of the page; Name is the landscape's.
	Title, Description, Name string
	// Path of the page, and Root the way from it to the root of the site, so that a site
	// works wherever it is put.
	Path, Root string
	AsOf       fact.Date
	// Landscape is the address of the landscape file, and Language the one that pages are
	// about where none was chosen.
	Landscape Cell
	Language  string
	Nav       []entry
	Body      any
}

// An entry is a page of the navigation.
type entry struct {
	Label, Href string
	Current     bool
}

// The pages that the navigation leads to.
const (
	homePath      = "index.html"
	mapPath       = "map.html"
	projectsPath  = "projects.html"
	languagesPath = "languages.html"
	comparePath   = "compare.html"
	changesPath   = "changes.html"
	peoplePath    = "people.html"
	methodPath    = "method.html"
	dataPath      = "data.html"
	missingPath   = "404.html"
)

// navigation lists the pages that every page leads to.
func (s *Site) navigation(current string) []entry {
	all := []entry{
		{"Projects", projectsPath, false}, {"Languages", languagesPath, false}, {"Map", mapPath, false}, {"Compare", comparePath, false},
		{"Changes", changesPath, false}, {"People", peoplePath, false}, {"Method", methodPath, false}, {"Data", dataPath, false},
	}
	for i := range all {
		all[i].Current = all[i].Href == current
	}
	return all
}

// rootOf is the way from a page to the root of the site.
func rootOf(p string) string { return strings.Repeat("../", strings.Count(p, "/")) }

// rootFor is rootOf, but for the page for what is not there: a server shows it at any
// depth, where a relative path leads nowhere.
func (s *Site) rootFor(at string) string {
	if at == missingPath && s.opts.Served {
		return "/"
	}
	return rootOf(at)
}

// parsed are the templates of the pages, each with the frame around it.
var parsed = sync.OnceValue(func() map[string]*template.Template {
	frame := template.Must(template.New("").Funcs(template.FuncMap{"under": under}).ParseFS(templates, "templates/frame.html", "templates/parts.html"))
	entries, err := templates.ReadDir("templates")
	if err != nil {
		panic(err) // they are part of the program
	}
	all := map[string]*template.Template{}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".html")
		if name == "frame" || name == "parts" {
			continue
		}
		all[name] = template.Must(template.Must(frame.Clone()).ParseFS(templates, path.Join("templates", e.Name())))
	}
	return all
})

// A placed value is one that is shown on a page at a depth.
type placed struct {
	Root  string
	Value any
}

// under gives a part of a page the way to the root.
func under(root string, value any) placed { return placed{root, value} }

// A leaf is what is said of a page: where it is, which entry of the navigation leads to it,
// the template of its matter, and its title and description.
type leaf struct{ at, nav, name, title, description string }

// page names a page. What build gives is made when the page is asked for.
func (s *Site) page(l leaf, build func() (any, error)) {
	s.add(l.at, pageType, func(w io.Writer) error {
		body, err := build()
		if err != nil {
			return err
		}
		e := s.model.Landscape.Evidence
		return parsed()[l.name].ExecuteTemplate(w, "frame", page{
			Title: l.title, Description: l.description, Name: s.model.Name, Path: l.at, Root: s.rootFor(l.at), AsOf: s.model.AsOf,
			Landscape: out(e.String(), e.Link()), Language: s.opts.Language, Nav: s.navigation(l.nav),
			Body: body,
		})
	})
}
