package adopter

import (
	"strings"

	"assay/internal/fact"
	"assay/internal/markup"
)

// An adopterColumns is where the particulars stand in a table; -1: nowhere.
type adopterColumns struct{ name, logo, url, kind, since int }

var (
	nameColumns = []string{"adopter", "orga*", "orgn*", "compan*", "name", "who", "end user", "user", "customer", "vendor", "institution", "entity", "entities", "project", "product", "service", "platform", "org"}
	urlColumns  = []string{"website", "url", "homepage", "link", "web", "site", "reference"}
	// kindColumns: how far the use has come is preferred to the sort of the
	// organisation where a table has both.
	kindColumns = []string{"stage", "status", "level", "environment", "maturity", "phase", "type", "kind", "category", "categories", "usage", "use"}
)

// accountColumns are those of tables about the users of a system.
var accountColumns = []string{"role", "password", "permission", "privilege", "uid", "login", "shell", "group id", "access"}

func columnsOf(header []string) adopterColumns {
	c := adopterColumns{
		name: markup.Column(header, nameColumns, "type", "level", "date", "since", "count", "number", "contact*", "handle", "github*", "logo", "use case", "use-case", "description",
			"username", "file name", "email", "e-mail", "first name", "last name"),
		logo:  markup.Column(header, []string{"logo", "image"}),
		url:   markup.Column(header, urlColumns, "description"),
		kind:  markup.Column(header, kindColumns, "description", "scenario", "case", "detail", "industry", "industries"),
		since: markup.Column(header, []string{"since", "year", "date", "start", "started"}, "update", "updated", "founded", "founding", "established", "incorporated"),
	}
	if markup.Column(header, accountColumns) >= 0 && markup.Column(header, []string{"adopter", "orga*", "orgn*", "compan*", "customer", "end user"}) < 0 {
		c.name = -1
	}
	if c.kind == c.name || c.kind == c.url {
		c.kind = -1
	}
	if c.name < 0 {
		c.name = c.logo
	}
	return c
}

func (a *adopterReader) row(b *markup.Block) {
	if a.columns == nil {
		a.columns = map[int]adopterColumns{}
	}
	c, known := a.columns[b.Table]
	if !known {
		c = columnsOf(b.Header)
		a.columns[b.Table] = c
		if c.name < 0 {
			a.grid(b.Head)
		}
	}
	if c.name < 0 {
		a.grid(b.Cells)
		return
	}
	cell := func(i int) *markup.Inline {
		if i < 0 || i >= len(b.Cells) {
			return &markup.Inline{}
		}
		return &b.Cells[i]
	}
	name := cell(c.name)
	row := fact.Adopter{Name: nameIn(name), Line: b.Line(0)}
	if line := name.Line(0); line > 0 {
		row.Line = line
	}
	if row.Name == "" {
		row.Name = nameIn(cell(c.logo))
	}
	for _, i := range []int{c.name, c.url, c.logo} {
		if row.URL == "" {
			row.URL = addressIn(cell(i))
		}
	}
	row.Kind, row.Since = wordsIn(cell(c.kind)), cell(c.since).Text
	a.add(row)
}

// nameIn is what a cell calls an adopter: its words, else its logo.
func nameIn(in *markup.Inline) string {
	if s := markup.Flat(in.Text); markup.Clean(s) != "" {
		return s
	}
	for i := range in.Images {
		if s := altOf(&in.Images[i]); s != "" {
			return s
		}
	}
	return ""
}

// addressIn is the first web address of a cell, that of a logo included.
func addressIn(in *markup.Inline) string {
	if u := in.FirstURL(); u != "" {
		return u
	}
	for _, i := range in.Images {
		if u := markup.WebURL(i.Link); u != "" {
			return u
		}
	}
	return ""
}

// wordsIn are the words of a cell; of one with nothing but a badge what it says.
func wordsIn(in *markup.Inline) string {
	if strings.TrimSpace(in.Text) == "" && len(in.Images) > 0 {
		return in.Images[0].Alt
	}
	return in.Text
}

// grid takes a table that is there for its looks: each cell that is nothing but a
// link or a logo is an adopter.
func (a *adopterReader) grid(cells []markup.Inline) {
	for i := range cells {
		if in := &cells[i]; strings.TrimSpace(in.Text) == "" {
			a.logos(in)
		} else {
			a.links(in)
		}
	}
}
