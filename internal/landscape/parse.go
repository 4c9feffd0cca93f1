package landscape

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// Parse reads the landscape in data, which was read at ev. The result depends
// on nothing else. The error is of kind Input, or Limit for a file far beyond
// any landscape, and names the place in the file.
func Parse(data []byte, ev fact.Evidence) (*fact.Landscape, error) {
	root, err := load(data, ev)
	if err != nil {
		return nil, err
	}
	ev.Line = 0
	r := &reader{ev: ev, out: &fact.Landscape{Evidence: ev, Projects: []fact.Project{}}}
	items, err := r.items(root)
	if err != nil {
		return nil, err
	}
	if err := r.spent(); err != nil {
		return nil, err
	}
	r.projects(items)
	if err := r.spent(); err != nil {
		return nil, err
	}
	r.finishNotes()
	return r.out, nil
}

// spent is an error when more was looked at than may be: then something was
// left out, and the result is worth nothing.
func (r *reader) spent() error {
	if r.visits <= limit.LandscapeVisits && r.read <= limit.LandscapeRead {
		return nil
	}
	return errkind.WithHint(
		errkind.Errorf(errkind.Limit, "%s: aliases blow it up beyond %d entries or %d MB", place(r.ev, 0, 0), limit.LandscapeVisits, limit.LandscapeRead>>20),
		"write the items out in place of repeating them by aliases")
}

// A reader walks the tree of one file.
type reader struct {
	ev     fact.Evidence
	out    *fact.Landscape
	visits int // nodes looked at
	read   int // bytes of text looked at
}

// An item is an entry of the landscape before it is known to be a project.
type item struct {
	fields      fields
	line        int
	name        string
	category    string
	subcategory string
}

func (it *item) path() string { return it.category + " / " + it.subcategory }

// items lists every item of the file in its order.
func (r *reader) items(root *yaml.Node) ([]item, error) {
	top, ok := r.fields(root)
	if !ok {
		return nil, r.noLandscape(root)
	}
	key, ok := top["landscape"]
	if !ok {
		if key, ok = top["categories"]; !ok {
			return nil, r.noLandscape(root)
		}
	}
	if key.value.Kind != yaml.SequenceNode {
		return nil, errkind.WithHint(
			fault(r.ev, key.line, 0, fmt.Sprintf("%s: is %s, not a list of categories", key.name, kindOf(key.value))),
			"a landscape is a list of categories of subcategories of items")
	}
	var items []item
	for _, category := range r.entries(key.value, "category") {
		for _, sub := range r.list(category.fields, "subcategories", "subcategory") {
			for _, it := range r.list(sub.fields, "items", "item") {
				it.category, it.subcategory = category.name, sub.name
				items = append(items, it)
			}
		}
	}
	r.out.Items = len(items)
	return items, nil
}

func (r *reader) noLandscape(root *yaml.Node) error {
	return errkind.WithHint(
		fault(r.ev, 0, 0, fmt.Sprintf("no \"landscape:\" at the top of the file (it is %s)", kindOf(root))),
		"name the landscape.yml of a foundation's landscape")
}

// list gives the entries of the list in the named field; none when it is absent.
func (r *reader) list(in fields, field, kind string) []item {
	f, ok := in[field]
	if !ok || isNull(f.value) {
		return nil
	}
	if f.value.Kind != yaml.SequenceNode {
		r.note(f.line, "%s: is %s, not a list; left out", field, kindOf(f.value))
		return nil
	}
	return r.entries(f.value, kind)
}

// entries reads a list of mappings, each marked with a key of its kind
// ("- item:" beside the fields, or around them) or not.
func (r *reader) entries(list *yaml.Node, kind string) []item {
	var out []item
	for _, n := range r.sequence(list) {
		f, ok := r.fields(n)
		if !ok {
			r.note(n.Line, "%s is %s, not a mapping; left out", kind, kindOf(n))
			continue
		}
		marker := f[kind]
		if inner, ok := r.fields(marker.value); ok {
			f = inner.over(f)
		}
		it := item{fields: f, line: n.Line}
		if it.name = r.line(f["name"]); it.name == "" && marker.value != nil && marker.value.Kind == yaml.ScalarNode {
			it.name = r.line(marker)
		}
		out = append(out, it)
	}
	return out
}

// note adds what a reader should know of a line of the file.
func (r *reader) note(line int, format string, args ...any) { r.noteOf("odd", line, format, args...) }

func (r *reader) noteOf(kind string, line int, format string, args ...any) {
	if len(r.out.Notes) > limit.LandscapeNotes {
		return // finishNotes says that there are more
	}
	ev := r.ev
	ev.Line = line
	r.out.Notes = append(r.out.Notes, fact.Note{Kind: kind, Text: fmt.Sprintf(format, args...), Evidence: ev})
}

// finishNotes brings the notes into the file's order and says when there were
// too many to keep.
func (r *reader) finishNotes() {
	more := len(r.out.Notes) > limit.LandscapeNotes
	if more {
		r.out.Notes = r.out.Notes[:limit.LandscapeNotes]
	}
	slices.SortStableFunc(r.out.Notes, func(a, b fact.Note) int { return a.Evidence.Line - b.Evidence.Line })
	if more {
		r.out.Notes = append(r.out.Notes, fact.Note{
			Kind: string(errkind.Limit), Text: fmt.Sprintf("more than %d notes on this file; the rest is not shown", limit.LandscapeNotes), Evidence: r.ev,
		})
	}
}
