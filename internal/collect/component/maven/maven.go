// Package maven reads pom.xml: Maven projects.
//
// A component is named groupId:artifactId. groupId, version and licences come from
// the parent where the project gives none; ${…} is replaced by properties of the
// project and of its parents, as far as these lie in the repository: a project
// of the parent's name and version. What still holds a ${…} then is unknown; of an
// artifactId it is left as it is written. Profiles that are active by default count
// where no other of the project could be active instead; settings and what is
// given on the command line do not.
//
// Kinds are the packaging ("jar", "war", "pom" …), and "workspace" for a project
// with modules. MinVersion is the Java release that the compiler is told.
package maven

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// Ecosystem is Maven.
func Ecosystem() manifest.Ecosystem {
	return manifest.Ecosystem{
		Name:     "maven",
		Manifest: func(base string) bool { return base == "pom.xml" },
		Parse:    parse,
		Resolve:  resolve,
	}
}

// A pom is a pom.xml, and the Raw of its Found.
type pom struct {
	XMLName     xml.Name   `xml:"project"`
	GroupID     string     `xml:"groupId"`
	ArtifactID  string     `xml:"artifactId"`
	Version     string     `xml:"version"`
	Packaging   string     `xml:"packaging"`
	Description string     `xml:"description"`
	Parent      *parent    `xml:"parent"`
	Properties  properties `xml:"properties"`
	Modules     []string   `xml:"modules>module"`
	Subprojects []string   `xml:"subprojects>subproject"` // Maven 4
	Licenses    []string   `xml:"licenses>license>name"`
	Profiles    []profile  `xml:"profiles>profile"`
	Plugins     []plugin   `xml:"build>plugins>plugin"`
	Managed     []plugin   `xml:"build>pluginManagement>plugins>plugin"`

	dir     string
	parent  *pom     // in the repository
	modules []string // with those of the profiles that are active
}

type parent struct {
	GroupID      string  `xml:"groupId"`
	ArtifactID   string  `xml:"artifactId"`
	Version      string  `xml:"version"`
	RelativePath *string `xml:"relativePath"`
}

type plugin struct {
	ArtifactID string `xml:"artifactId"`
	Release    string `xml:"configuration>release"`
	Target     string `xml:"configuration>target"`
	Source     string `xml:"configuration>source"`
}

type profile struct {
	Activation activation `xml:"activation"`
	Properties properties `xml:"properties"`
	Modules    []string   `xml:"modules>module"`
}

// An activation is when a profile is active.
type activation struct {
	ByDefault string    `xml:"activeByDefault"`
	JDK       *string   `xml:"jdk"`
	OS        *struct{} `xml:"os"`
	Property  *struct{} `xml:"property"`
	File      *struct{} `xml:"file"`
}

// conditional reports whether the machine or the files decide.
func (a *activation) conditional() bool {
	return a.JDK != nil || a.OS != nil || a.Property != nil || a.File != nil
}

// properties are the texts of an element's children by their names.
type properties map[string]string

// UnmarshalXML implements xml.Unmarshaler.
func (p *properties) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	var children struct {
		All []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := d.DecodeElement(&children, &start); err != nil {
		return err
	}
	if *p == nil {
		*p = properties{}
	}
	for _, c := range children.All {
		(*p)[c.XMLName.Local] = strings.TrimSpace(c.Text)
	}
	return nil
}

func parse(f manifest.File) (*manifest.Found, error) {
	d := xml.NewDecoder(bytes.NewReader(f.Data))
	// The bytes are known to be UTF-8 whatever the declaration says: files
	// declared as ISO-8859-1 that keep to ASCII are common.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	p := &pom{dir: f.Dir()}
	if err := d.Decode(p); err != nil {
		return nil, err
	}
	fields := []*string{&p.GroupID, &p.ArtifactID, &p.Version, &p.Packaging}
	if p.Parent != nil {
		fields = append(fields, &p.Parent.GroupID, &p.Parent.ArtifactID, &p.Parent.Version)
	}
	for i := range p.Profiles {
		fields = append(fields, &p.Profiles[i].Activation.ByDefault)
	}
	for _, s := range fields {
		*s = strings.TrimSpace(*s)
	}
	p.activate()
	if p.ArtifactID == "" {
		return nil, errors.New("there is no artifactId")
	}
	found := &manifest.Found{Raw: p}
	found.Language = p.language()
	found.Line = line(f.Data, p.ArtifactID)
	return found, nil
}

// line is the line of the project's own artifactId: the first outside the
// parent element.
func line(data []byte, artifact string) int {
	from := 0
	if end := bytes.Index(data, []byte("</parent>")); end >= 0 {
		from = end
	}
	for _, start := range []int{from, 0} {
		if i := bytes.Index(data[start:], []byte("<artifactId>"+artifact)); i >= 0 {
			return manifest.LineAt(data, start+i)
		}
	}
	return 0
}

func (p *pom) language() string {
	for _, pl := range p.Plugins {
		switch strings.TrimSpace(pl.ArtifactID) {
		case "kotlin-maven-plugin":
			return "Kotlin"
		case "scala-maven-plugin":
			return "Scala"
		}
	}
	return "Java"
}

func resolve(_ *manifest.Tree, found []*manifest.Found) []fact.Note {
	byPath := map[string]*pom{}
	byName := map[string]*pom{}
	for _, f := range found {
		p := f.Raw.(*pom)
		byPath[f.Manifest] = p
		if name := p.group() + ":" + p.ArtifactID; byName[name] == nil {
			byName[name] = p
		}
	}
	for _, f := range found {
		p := f.Raw.(*pom)
		p.parent = p.findParent(byPath, byName)
	}
	for _, f := range found {
		f.Raw.(*pom).disown()
	}
	for _, f := range found {
		f.Raw.(*pom).fill(&f.Component, byPath)
	}
	return nil
}

// group is the groupId as written, the parent's where the project gives none.
func (p *pom) group() string {
	if p.GroupID == "" && p.Parent != nil {
		return p.Parent.GroupID
	}
	return p.GroupID
}

// findParent finds p's parent in the repository: where relativePath says, and
// else by its name.
func (p *pom) findParent(byPath, byName map[string]*pom) *pom {
	if p.Parent == nil {
		return nil
	}
	relative := "../pom.xml"
	if p.Parent.RelativePath != nil {
		relative = strings.TrimSpace(*p.Parent.RelativePath)
	}
	if file, ok := pomAt(p.dir, relative); ok && relative != "" {
		if q := byPath[file]; q != nil && q != p && p.Parent.names(q) {
			return q
		}
	}
	if q := byName[p.Parent.GroupID+":"+p.Parent.ArtifactID]; q != nil && q != p && p.Parent.names(q) {
		return q
	}
	return nil
}

// names reports whether q is the parent that is meant. Coordinates that hold a
// property are not compared: Maven looks at them once both are known.
func (r *parent) names(q *pom) bool {
	version := q.Version
	if version == "" && q.Parent != nil {
		version = q.Parent.Version
	}
	for _, pair := range [][2]string{{r.GroupID, q.group()}, {r.ArtifactID, q.ArtifactID}, {r.Version, version}} {
		open := strings.Contains(pair[0]+pair[1], "${") || strings.HasPrefix(pair[0], "[") || strings.HasPrefix(pair[0], "(")
		if pair[0] != "" && pair[0] != pair[1] && !open {
			return false
		}
	}
	return true
}

// disown takes back a parent whose version, now that its properties are known, is
// not the one that p asks for: Maven looks for that one elsewhere.
func (p *pom) disown() {
	if p.parent == nil || strings.ContainsAny(p.Parent.Version, "$[(,") || p.Parent.Version == "" {
		return
	}
	version, _ := p.parent.model("version")
	if version = p.parent.known(version); version != "" && version != p.Parent.Version {
		p.parent = nil
	}
}

// pomAt is the pom.xml that rel, a file or a folder, names seen from dir.
func pomAt(dir, rel string) (string, bool) {
	file, ok := manifest.Join(dir, rel)
	if ok && !strings.HasSuffix(file, ".xml") {
		file = path.Join(file, "pom.xml")
	}
	return file, ok
}

// fill completes the component of p.
func (p *pom) fill(out *fact.Component, byPath map[string]*pom) {
	version, _ := p.model("version")
	out.Version = p.known(version)
	out.Name = cmp.Or(p.known(p.ArtifactID), p.ArtifactID)
	if group := p.known(p.group()); group != "" {
		out.Name = group + ":" + out.Name
	}
	out.Description = p.known(p.Description)
	out.License = p.licence()
	out.Kinds = []string{cmp.Or(p.known(cmp.Or(p.Packaging, "jar")), p.Packaging)}
	out.MinVersion = p.release()
	for _, m := range p.modules {
		file, ok := pomAt(p.dir, p.known(strings.TrimSpace(m)))
		if ok && m != "" && byPath[file] != nil && file != out.Manifest {
			out.Members = append(out.Members, manifest.Dir(file))
		}
	}
	slices.Sort(out.Members)
	out.Members = slices.Compact(out.Members)
	if len(p.modules) > 0 {
		out.Kinds = append(out.Kinds, "workspace")
	}
}

// licence is the names of p's licences, or of those of the nearest parent that
// has any.
func (p *pom) licence() string {
	var all []string
	p.lineage(func(q *pom) bool {
		for _, l := range q.Licenses {
			if l = p.known(strings.TrimSpace(l)); l != "" {
				all = append(all, l)
			}
		}
		return len(q.Licenses) == 0
	})
	return strings.Join(all, " OR ")
}

// release is the Java release that the compiler is told, by p or its parents.
func (p *pom) release() string {
	release := ""
	p.lineage(func(q *pom) bool {
		for _, key := range []string{"maven.compiler.release", "maven.compiler.target", "maven.compiler.source", "java.version"} {
			if v := p.known(q.Properties[key]); v != "" {
				release = v
				return false
			}
		}
		for _, plugins := range [][]plugin{q.Plugins, q.Managed} {
			for _, pl := range plugins {
				if strings.TrimSpace(pl.ArtifactID) == "maven-compiler-plugin" {
					release = p.known(strings.TrimSpace(cmp.Or(pl.Release, pl.Target, pl.Source)))
				}
				if release != "" {
					return false
				}
			}
		}
		return true
	})
	return release
}
