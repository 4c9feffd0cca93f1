package fact

// A Role is the part a file plays in a repository.
type Role string

// The roles. Product, test and example files are counted by linguist's rules;
// docs, generated, vendored and data files are not.
const (
	RoleProduct   Role = "product"
	RoleTest      Role = "test"
	RoleExample   Role = "example"
	RoleDocs      Role = "docs"
	RoleGenerated Role = "generated"
	RoleVendored  Role = "vendored"
	RoleData      Role = "data"
)

// A Composition is the content of a revision by language, role and component.
type Composition struct {
	// Cells, ordered by component, language, role, counted.
	Cells []Cell `json:"cells"`
	// Files counts every regular file of the tree, with or without a language.
	Files int `json:"files"`
	// Symlinks and Submodules are entries that never count.
	Symlinks   int `json:"symlinks,omitempty"`
	Submodules int `json:"submodules,omitempty"`
	// Missing counts files that could count and whose blob is not in the mirror:
	// their bytes are unknown and in no cell.
	Missing      int      `json:"missing,omitempty"`
	MissingPaths []string `json:"missing_paths,omitempty"` // the first few, sorted
	// MissingLanguages is Missing by the language that the path tells; "" where
	// the path leaves more than one, so that any may have more bytes.
	MissingLanguages map[string]int `json:"missing_languages,omitempty"`
	// MissingOther counts files whose blob is not in the mirror and that cannot
	// count, whatever is in them: they are in no cell either.
	MissingOther int `json:"missing_other,omitempty"`
	// Largest gives, by language, the largest counted files: where to look.
	Largest map[string][]FileSize `json:"largest,omitempty"`
	Notes   []Note                `json:"notes,omitempty"`
}

// A Cell is the sum over the files of one component, language and role.
type Cell struct {
	Component string `json:"component,omitempty"` // folder of the manifest; "" is the root or none
	Language  string `json:"language"`            // linguist's name, groups resolved
	Type      string `json:"type"`                // programming, markup, data, prose
	Role      Role   `json:"role"`
	Counted   bool   `json:"counted"` // part of the language statistics
	Files     int    `json:"files"`
	Bytes     int64  `json:"bytes"`
	// Lines of the files whose lines were measured (LineFiles of Files).
	LineFiles int   `json:"line_files"`
	Code      int64 `json:"code"`
	Comment   int64 `json:"comment"`
	Blank     int64 `json:"blank"`
}

// A FileSize is a file and its size in bytes.
type FileSize struct {
	Path  string `json:"path"`
	Bytes int64  `json:"bytes"`
}

// Bytes is the counted bytes of a language; of all languages for "".
func (c *Composition) Bytes(language string) int64 {
	var n int64
	for i := range c.Cells {
		if cell := &c.Cells[i]; cell.Counted && (language == "" || cell.Language == language) {
			n += cell.Bytes
		}
	}
	return n
}

// Leading is the language with most counted bytes, of several the first by name; "" for
// none.
func (c *Composition) Leading() string {
	bytes := map[string]int64{}
	leading := ""
	for i := range c.Cells {
		if cell := &c.Cells[i]; cell.Counted {
			bytes[cell.Language] += cell.Bytes
		}
	}
	for language, n := range bytes {
		if most := bytes[leading]; n > most || n == most && n > 0 && language < leading {
			leading = language
		}
	}
	return leading
}

// Components is what the manifests of a revision declare.
type Components struct {
	// Components, ordered by path, ecosystem, name.
	Components []Component `json:"components"`
	Notes      []Note      `json:"notes,omitempty"`
}

// A Component is one package of a package manager.
type Component struct {
	Ecosystem string `json:"ecosystem"` // "cargo", "go", "npm", "pypi", "maven", "gradle"
	Name      string `json:"name"`
	Version   string `json:"version,omitempty"`
	Path      string `json:"path"`     // folder, "" for the root
	Manifest  string `json:"manifest"` // path of the manifest file
	Line      int    `json:"line,omitempty"`
	Language  string `json:"language"` // the language its sources are mainly in, by ecosystem
	Role      Role   `json:"role"`     // product, test, example, vendored: by its place
	// Kinds are what it builds: "lib", "bin", "proc-macro", "cdylib",
	// "staticlib", "wasm", "workspace" …, sorted.
	Kinds       []string `json:"kinds,omitempty"`
	Targets     []string `json:"targets,omitempty"` // names of binaries
	License     string   `json:"license,omitempty"` // as declared
	Description string   `json:"description,omitempty"`
	// Published is whether the manifest allows publishing; nil: not said.
	Published *bool `json:"published,omitempty"`
	// Edition and MinVersion: Rust edition and rust-version, Go's go line,
	// Python's requires-python, npm's engines.node, Java's release.
	Edition    string   `json:"edition,omitempty"`
	MinVersion string   `json:"min_version,omitempty"`
	Toolchain  string   `json:"toolchain,omitempty"` // Go's toolchain line
	Workspace  string   `json:"workspace,omitempty"` // path of the workspace manifest it inherits from
	Members    []string `json:"members,omitempty"`   // of a workspace root: member folders
	Runtime    []string `json:"runtime,omitempty"`   // Rust: async runtimes it depends on
	Unsafe     *Unsafe  `json:"unsafe,omitempty"`
}

// Unsafe counts Rust's unsafe code in the sources of a component.
type Unsafe struct {
	Blocks int `json:"blocks"`
	Fns    int `json:"fns"`
	Impls  int `json:"impls"`
	Traits int `json:"traits"`
	Files  int `json:"files"` // files with at least one
}

// Licences is the licences whose texts are in a repository.
type Licences struct {
	Licences []Licence `json:"licences,omitempty"`
	// Others are the licences that the licence files give for works of others in the
	// repository, ordered by identifier, each once.
	Others []Licence `json:"others,omitempty"`
	// Expression is the repository's own licence, where it says how those of its texts
	// belong together; nil where it does not.
	Expression *LicenceExpression `json:"expression,omitempty"`
	// Files are the licence files read, also those of no licence that is known.
	Files []string `json:"files,omitempty"`
	// Unread is what was found and not understood, ordered by path and line. Where
	// there is nothing above and something here, it is unknown what there is; where
	// there is nothing here either, there is none. It is so in the facts below too.
	Unread []UnreadDocument `json:"unread,omitempty"`
	Notes  []Note           `json:"notes,omitempty"`
}

// Adopters is who has put themselves on a repository's list of adopters.
type Adopters struct {
	Adopters []Adopter `json:"adopters,omitempty"`
	// Files are the files read, also those without a row.
	Files  []string         `json:"files,omitempty"`
	Unread []UnreadDocument `json:"unread,omitempty"`
	Notes  []Note           `json:"notes,omitempty"`
}

// Maintainers is who maintains a repository, by its own files.
type Maintainers struct {
	Maintainers []Maintainer `json:"maintainers,omitempty"`
	// Others are those whom the files name in another duty: reviewers, people who have
	// left, contacts. Nobody is in both lists.
	Others []Maintainer `json:"others,omitempty"`
	// Files are the files read, also those without a person.
	Files  []string         `json:"files,omitempty"`
	Unread []UnreadDocument `json:"unread,omitempty"`
	Notes  []Note           `json:"notes,omitempty"`
}

// Policy is what a repository says of how it is worked on: where its security
// policy is, and why it is written in its language.
type Policy struct {
	// Security is the security policy's path, "" when there is none.
	Security string `json:"security,omitempty"`
	// Reasons are sentences that give a reason for a language, quoted.
	Reasons []Quote `json:"reasons,omitempty"`
	// Unread is what points at a security policy.
	Unread []UnreadDocument `json:"unread,omitempty"`
	Notes  []Note           `json:"notes,omitempty"`
}

// A DocumentKind is what a document of a repository is about.
type DocumentKind string

// The kinds of documents.
const (
	DocumentAdopters    DocumentKind = "adopters"
	DocumentMaintainers DocumentKind = "maintainers"
	DocumentLicence     DocumentKind = "licence"
	DocumentSecurity    DocumentKind = "security"
)

// An UnreadDocument is a file, a section or a link which shows that there is a
// document, and of which nothing is understood.
type UnreadDocument struct {
	Path string `json:"path"`
	Line int    `json:"line,omitempty"` // 0: the whole file
	// Target is where a section or link leads: a web address, or a path as it
	// is written there. "" for a file, and where it leads nowhere.
	Target string `json:"target,omitempty"`
	// Cause is the kind of reason, where it is known; Why says it in words.
	Cause Cause  `json:"cause,omitempty"`
	Why   string `json:"why"`
}

// A Cause is a kind of reason why nothing is understood of a document.
type Cause string

// The causes.
const (
	CauseUnknown     Cause = ""            // it was read, and is not understood
	CauseElsewhere   Cause = "elsewhere"   // what it would hold is at its Target
	CausePlaceholder Cause = "placeholder" // it is empty, or a template that nobody filled in
	CauseForm        Cause = "form"        // files of its form are not read
	CauseLink        Cause = "link"        // it is a symbolic link
	CauseMissing     Cause = "missing"     // its content is not in the mirror
)

// Open reports whether u leaves open what there is. A placeholder does not: it was
// understood, and says that there is nothing yet.
func (u *UnreadDocument) Open() bool { return u.Cause != CausePlaceholder }

// A Licence is a licence text found in a repository.
type Licence struct {
	// SPDX is an identifier, with what its text adds to it ("Apache-2.0 WITH
	// LLVM-exception"), or "NOASSERTION" when none fits.
	SPDX string `json:"spdx"`
	// Confidence is 1 for a text that is known word for word, else how like the
	// nearest one it is.
	Confidence float64 `json:"confidence"`
	Path       string  `json:"path"`
}

// A LicenceExpression is an SPDX expression, and what says so.
type LicenceExpression struct {
	SPDX string `json:"spdx"`
	Path string `json:"path"`
	Line int    `json:"line,omitempty"` // 0: the whole file, or its name
	Why  string `json:"why"`
}

// An Adopter is a row of an adopters file.
type Adopter struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	Kind string `json:"kind,omitempty"` // "production", "vendor", …, as the file says
	// Since is when the use began, as the file says: a year, a date.
	Since string `json:"since,omitempty"`
	Path  string `json:"path"`
	Line  int    `json:"line"`
}

// A Maintainer is a person or team that a maintainers or owners file names.
type Maintainer struct {
	Name         string `json:"name,omitempty"`
	Handle       string `json:"handle,omitempty"` // on the forge, without '@'
	Organisation string `json:"organisation,omitempty"`
	// Duty is what they do by the file, Role how the file calls it, when that is
	// more or other than maintainer: "approver", the title of the section.
	Duty Duty   `json:"duty,omitempty"`
	Role string `json:"role,omitempty"`
	Path string `json:"path"`
	Line int    `json:"line"`
}

// A Duty is what a file says that a person does.
type Duty string

// The duties.
const (
	DutyMaintainer Duty = ""           // maintains, approves, leads
	DutyReviewer   Duty = "reviewer"   // looks at changes
	DutyCodeOwner  Duty = "code owner" // is asked by the forge to look at changes
	DutyEmeritus   Duty = "emeritus"   // did so once
	DutyOther      Duty = "other"      // what Role says: triage, an author, a contact
)

// A Quote is a sentence of a repository, word for word.
type Quote struct {
	Language string `json:"language"` // linguist's name
	Text     string `json:"text"`
	Path     string `json:"path"`
	Line     int    `json:"line"`
}
