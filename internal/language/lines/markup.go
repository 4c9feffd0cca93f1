package lines

// markup is the syntax of markup and template languages, and of data.
func markup() []family {
	angle := is(block("<!--", "-->"))
	component := join(angle, is(lead("//"), block("/*", "*/")))
	return []family{
		{angle, []string{
			"HTML", "XML", "SVG", "XSLT", "Markdown", "XProc", "Maven POM", "XML Property List", "HTML+PHP", "RMarkdown",
			"Java Server Pages", "Ecmarkup", "Web Ontology Language", "Latte", "Genshi",
		}},
		{component, []string{"Vue", "Svelte", "Astro", "Marko", "MDX", "mdsvex"}},
		{join(angle, is(block("<%#", "%>"))), []string{"HTML+ERB", "HTML+EEX", "HTML+ECR", "EJS"}},
		{join(angle, is(block("@*", "*@"))), []string{"HTML+Razor"}},
		{join(angle, is(block("{{--", "--}}"))), []string{"Blade"}},
		{join(angle, is(block("{#", "#}"))), []string{"Jinja", "Twig", "Nunjucks", "Edge"}},
		{join(angle, is(block("{{!--", "--}}"), block("{{!", "}}"))), []string{"Handlebars", "Mustache"}},
		{join(angle, is(block("{{/*", "*/}}"), block("{{- /*", "*/ -}}"), block("{{- /*", "*/}}"))), []string{"Go Template"}},
		{join(angle, is(block("{% comment %}", "{% endcomment %}"))), []string{"Liquid"}},
		{join(angle, is(block("{*", "*}"))), []string{"Smarty"}},
		{join(angle, is(block("<#--", "-->"))), []string{"FreeMarker"}},
		{join(angle, is(lead("##"), block("<%doc>", "</%doc>"))), []string{"Mako"}},
		{is(lead("##"), block("#*", "*#")), []string{"Velocity Template Language"}},
		{is(lead("//")), []string{"Pug", "Sass"}},
		{is(lead("-#")), []string{"Haml"}},
		{is(lead("/")), []string{"Slim"}},
		{is(lead(`.\"`), lead(`'\"`)), []string{"Roff", "Roff Manpage"}},
		{is(lead("%%")), []string{"Mermaid"}},
		{is(section("////", "////"), lead("//").but("/")), []string{"AsciiDoc"}},
		{is(lead("#").but("+")), []string{"Org"}},
		{is(lead("#")), []string{"Gettext Catalog", "CSON", "RDoc", "Protocol Buffer Text Format", "robots.txt"}},
		{is(lead("'"), block("/'", "'/")), []string{"PlantUML"}},
		{is(line("//"), line("#"), block("/*", "*/"), quote(`"`)), []string{"Graphviz (DOT)", "D2"}},
		{is(line("//")), []string{"Go Module", "Go Workspace"}},
		{is(nest("(:", ":)"), quote(`"`), quote("'")), []string{"XQuery"}},
		// No comments, or none that tools agree on.
		{nil, []string{
			"Text", "CSV", "TSV", "JSON", "JSONLD", "Jupyter Notebook", "Diff", "reStructuredText", "Go Checksums", "Pickle",
			"Public Key", "Python traceback", "Unity3D Asset", "Git Commit", "ShellSession", "Python console",
		}},
	}
}
