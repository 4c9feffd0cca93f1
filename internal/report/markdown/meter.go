package markdown

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/template"
	"text/template/parse"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// A meter counts what a template does, and ends it at a bound. Go's templates can
// count to any number, call themselves, and double a string; nothing ends them.
//
// A step is put at the beginning of every body that may be carried out again: of a
// range and of a template. Functions, also those of text/template that make strings,
// are weighed.
type meter struct {
	ended func() error // the context of the work: a function that a template calls is given none
	steps int
	made  int
	depth int
	at    string // the place of the last step
	// err is the bound that was passed first, or why ctx ended. It is placed when it
	// says where, as text/template does of a function.
	err    error
	placed bool
}

// here keeps the first error, with the place of the last step.
func (m *meter) here(format string, args ...any) error {
	if m.err == nil {
		m.placed = true
	}
	return m.stop(m.at+": "+format, args...)
}

// stop keeps the first error.
func (m *meter) stop(format string, args ...any) error {
	if m.err == nil {
		m.err = errkind.Errorf(errkind.Limit, format, args...)
	}
	return m.err
}

// stepCost is what counting costs itself, in nodes.
const stepCost = 8

// step counts the nodes of a body before it is carried out. It prints nothing.
func (m *meter) step(nodes int, where string) (string, error) {
	m.at = where
	if err := m.ended(); err != nil {
		return "", err
	}
	if m.steps += nodes + stepCost; m.steps > limit.TemplateSteps {
		return "", m.here("the template takes more than %d steps", limit.TemplateSteps)
	}
	return "", nil
}

func (m *meter) enter(where string) (string, error) {
	m.at = where
	if m.depth++; m.depth > limit.TemplateNesting {
		return "", m.here("templates call one another more than %d deep", limit.TemplateNesting)
	}
	return "", nil
}

func (m *meter) leave() string {
	m.depth--
	return ""
}

// spend counts bytes that a function is given or gives.
func (m *meter) spend(n int) error {
	if m.made += n; m.made > limit.TemplateMade {
		return m.stop("functions of the template make more than %d bytes of text", limit.TemplateMade)
	}
	return m.ended()
}

// own are the functions that are put into templates, and those of text/template that
// make strings.
func (m *meter) own() template.FuncMap {
	return template.FuncMap{
		"step": m.step, "enter": m.enter, "leave": m.leave,
		"print":    func(args ...any) (string, error) { return m.printed("print", args, fmt.Sprint) },
		"println":  func(args ...any) (string, error) { return m.printed("println", args, fmt.Sprintln) },
		"html":     func(args ...any) (string, error) { return m.printed("html", args, template.HTMLEscaper) },
		"js":       func(args ...any) (string, error) { return m.printed("js", args, template.JSEscaper) },
		"urlquery": func(args ...any) (string, error) { return m.printed("urlquery", args, template.URLQueryEscaper) },
		"printf":   m.printf,
	}
}

// printed is what print makes of its arguments.
func (m *meter) printed(name string, args []any, sprint func(...any) string) (string, error) {
	n := 0
	for _, a := range args {
		if n += size(reflect.ValueOf(a), limit.TemplateString-n); n > limit.TemplateString {
			return "", m.stop("%s: the text has more than %d bytes", name, limit.TemplateString)
		}
	}
	if err := m.spend(n); err != nil {
		return "", err
	}
	return m.short(name, sprint(args...))
}

// short refuses a string that has become too long.
func (m *meter) short(name, s string) (string, error) {
	if len(s) > limit.TemplateString {
		return "", m.stop("%s: the text has more than %d bytes", name, limit.TemplateString)
	}
	return s, m.spend(len(s))
}

// printf is fmt.Sprintf with bounds: each verb may print any argument, filled up.
func (m *meter) printf(format string, args ...any) (string, error) {
	verbs, wide, err := widths(format)
	if err != nil {
		return "", m.stop("printf: %w", err)
	}
	n := len(format) + wide
	for _, a := range args {
		if n += max(1, verbs) * size(reflect.ValueOf(a), limit.TemplateString); n > limit.TemplateString {
			return "", m.stop("printf: the text may have more than %d bytes", limit.TemplateString)
		}
	}
	if err := m.spend(n); err != nil {
		return "", err
	}
	return m.short("printf", fmt.Sprintf(format, args...))
}

// widths counts the verbs of a format, and the sum of the widths and precisions in it.
func widths(format string) (verbs, sum int, err error) {
	for {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			return verbs, sum, nil
		}
		format = format[i+1:]
		end := strings.IndexFunc(format, func(r rune) bool { return !strings.ContainsRune("+-# 0123456789.*[]", r) })
		if end < 0 {
			end = len(format)
		}
		verbs++
		for flags, n := format[:end], 0; flags != ""; flags = flags[1:] {
			switch c := flags[0]; {
			case c == '*':
				return 0, 0, errors.New("a width that an argument gives (%*) is not allowed; write it into the format")
			case c < '0' || c > '9':
				n = 0
				continue
			default:
				n = 10*n + int(c-'0')
			}
			if n > limit.TemplateWidth {
				return 0, 0, fmt.Errorf("the width of %%%s is more than %d", format[:min(end+1, len(format))], limit.TemplateWidth)
			}
			sum += n
		}
		format = format[end:]
	}
}

// size is about how many bytes a value is in print; more than most when it is too
// large to say.
func size(v reflect.Value, most int) int {
	if !v.IsValid() || most < 0 {
		return 8
	}
	switch v.Kind() {
	case reflect.String:
		return v.Len() + 2
	case reflect.Pointer, reflect.Interface:
		return 8 + size(v.Elem(), most-8)
	case reflect.Slice, reflect.Array:
		n := 2
		for i := 0; i < v.Len() && n <= most; i++ {
			n += 1 + size(v.Index(i), most-n)
		}
		return n
	case reflect.Map:
		n := 5
		for it := v.MapRange(); it.Next() && n <= most; {
			n += 2 + size(it.Key(), most-n) + size(it.Value(), most-n)
		}
		return n
	case reflect.Struct:
		n := 2
		for i := 0; i < v.NumField() && n <= most; i++ {
			n += 1 + len(v.Type().Field(i).Name) + size(v.Field(i), most-n)
		}
		return n
	}
	return 24 // a number
}

var errorType = reflect.TypeFor[error]()

// weigh counts the strings that a function is given and gives. What else it is given
// is of the report's model, and no template makes that larger.
func (m *meter) weigh(fn any) any {
	f := reflect.ValueOf(fn)
	t := f.Type()
	var in []reflect.Type
	for arg := range t.Ins() {
		in = append(in, arg)
	}
	weighed := func(args []reflect.Value) []reflect.Value {
		err := m.spend(heavy(args))
		result := reflect.Zero(t.Out(0))
		if err == nil {
			out := call(f, args)
			result = out[0]
			if len(out) > 1 {
				err, _ = reflect.TypeAssert[error](out[1])
			}
			if err == nil {
				err = m.spend(heavy(out[:1]))
			}
		}
		fault := reflect.Zero(errorType)
		if err != nil {
			fault = reflect.ValueOf(&err).Elem()
		}
		return []reflect.Value{result, fault}
	}
	return reflect.MakeFunc(reflect.FuncOf(in, []reflect.Type{t.Out(0), errorType}, t.IsVariadic()), weighed).Interface()
}

func call(f reflect.Value, args []reflect.Value) []reflect.Value {
	if f.Type().IsVariadic() {
		return f.CallSlice(args)
	}
	return f.Call(args)
}

// heavy is the length of the strings among values, and a little for each.
func heavy(values []reflect.Value) int {
	n := 0
	for _, v := range values {
		if v.Kind() == reflect.Interface && !v.IsNil() {
			v = v.Elem()
		}
		if n += 8; v.Kind() == reflect.String {
			n += v.Len()
		}
	}
	return n
}

// watch puts steps into all templates that t knows.
func (m *meter) watch(t *template.Template) error {
	for _, each := range t.Templates() {
		if each.Tree == nil || each.Root == nil {
			continue
		}
		w := watcher{each.Tree}
		nodes, err := w.list(each.Root, 0)
		if err != nil {
			return err
		}
		where := w.where(each.Root)
		each.Root.Nodes = append([]parse.Node{action("enter", where), stepNode(nodes, where)}, append(each.Root.Nodes, action("leave"))...)
	}
	return nil
}

// A watcher goes through the tree of a template.
type watcher struct{ tree *parse.Tree }

// list counts the nodes of a body, those of ranges apart, and puts a step into each
// of these.
func (w watcher) list(l *parse.ListNode, depth int) (int, error) {
	if l == nil {
		return 0, nil
	}
	if depth > limit.TemplateNesting {
		return 0, errkind.Errorf(errkind.Limit, "%s: actions lie more than %d deep within one another", w.where(l), limit.TemplateNesting)
	}
	nodes := 1
	for _, n := range l.Nodes {
		more, err := w.node(n, depth)
		if err != nil {
			return 0, err
		}
		nodes += more
	}
	return nodes, nil
}

func (w watcher) node(n parse.Node, depth int) (int, error) {
	switch n := n.(type) {
	case *parse.ActionNode:
		return wordsOf(n.Pipe), nil
	case *parse.TemplateNode:
		return 1 + wordsOf(n.Pipe), nil
	case *parse.IfNode:
		return w.branch(&n.BranchNode, depth)
	case *parse.WithNode:
		return w.branch(&n.BranchNode, depth)
	case *parse.RangeNode:
		body, err := w.list(n.List, depth+1)
		if err != nil {
			return 0, err
		}
		n.List.Nodes = append([]parse.Node{stepNode(body, w.where(n))}, n.List.Nodes...)
		other, err := w.list(n.ElseList, depth+1)
		return wordsOf(n.Pipe) + other, err
	}
	return 1, nil
}

func (w watcher) branch(n *parse.BranchNode, depth int) (int, error) {
	body, err := w.list(n.List, depth+1)
	if err != nil {
		return 0, err
	}
	other, err := w.list(n.ElseList, depth+1)
	return wordsOf(n.Pipe) + body + other, err
}

// where is the place of a node: the name of its template, line and column.
func (w watcher) where(n parse.Node) string {
	at, _ := w.tree.ErrorContext(n)
	return at
}

// wordsOf counts the words of a pipeline, those in brackets too.
func wordsOf(p *parse.PipeNode) int {
	n := 1
	if p == nil {
		return n
	}
	for _, c := range p.Cmds {
		for _, a := range c.Args {
			n++
			if inner, ok := a.(*parse.PipeNode); ok {
				n += wordsOf(inner)
			}
		}
	}
	return n
}

// action is a node that calls a function of a meter with strings.
func action(name string, args ...string) parse.Node {
	var text strings.Builder
	text.WriteString(name)
	for _, a := range args {
		fmt.Fprintf(&text, " %q", a)
	}
	return parsed(text.String())
}

func stepNode(nodes int, where string) parse.Node {
	return parsed(fmt.Sprintf("step %d %q", nodes, where))
}

func parsed(text string) parse.Node {
	known := map[string]any{"step": nil, "enter": nil, "leave": nil}
	for name := range known {
		known[name] = fmt.Sprint
	}
	trees, err := parse.Parse("step", "{{"+text+"}}", "", "", known)
	if err != nil {
		panic(err) // it is ours, and tests parse it
	}
	return trees["step"].Root.Nodes[0]
}
