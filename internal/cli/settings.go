package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/file"
	"assay/internal/finding"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/people"
	"assay/internal/yamlnode"
)

// Settings are all that can be configured. Each may be given by a flag, by the
// environment, or in the configuration file; a flag goes before the
// environment, that before the file, and that before the default.
type Settings struct {
	// Landscape is a file, an address, or a git repository. ASSAY_LANDSCAPE.
	// Default: the CNCF's.
	Landscape string `yaml:"landscape"`
	// AsOf is the date looked at, YYYY-MM-DD. ASSAY_AS_OF. Default: today for
	// a survey, the newest survey for everything else.
	AsOf string `yaml:"as_of"`
	// Store is the file of the fact store. ASSAY_STORE. Default: assay/facts.db
	// in the user's data folder.
	Store string `yaml:"store"`
	// Mirrors is the folder of our own clones. ASSAY_MIRRORS. Default:
	// assay/mirrors in the user's data folder.
	Mirrors string `yaml:"mirrors"`
	// MirrorFrom is a tree of mirrors to read in place of the network.
	// ASSAY_MIRROR_FROM.
	MirrorFrom string `yaml:"mirror_from"`
	// MirrorsAsOf is the day until when the mirrors in MirrorFrom speak,
	// YYYY-MM-DD. ASSAY_MIRRORS_AS_OF. Default: what is recorded in the tree, else
	// each mirror's newest ref.
	MirrorsAsOf string `yaml:"mirrors_as_of"`
	// Offline: nothing is fetched. ASSAY_OFFLINE.
	Offline bool `yaml:"offline"`
	// AllowHosts are hosts, as name or name:port, that may be asked though they are
	// no public ones: on this machine, on its network. ASSAY_ALLOW_HOSTS, with
	// commas. Default: none.
	AllowHosts []string `yaml:"allow_hosts"`
	// Jobs is how many repositories are worked on at a time. ASSAY_JOBS.
	// Default: the number of processors.
	Jobs int `yaml:"jobs"`
	// CLOMonitor and DevStats are the lists of repositories by project: a file,
	// an address, a git repository, "off", or "auto" (the tree of mirrors, when
	// it has them). ASSAY_CLOMONITOR, ASSAY_DEVSTATS. Default: auto.
	CLOMonitor string `yaml:"clomonitor"`
	DevStats   string `yaml:"devstats"`
	// Language is the language asked about. ASSAY_LANGUAGE. Default: rust.
	Language string `yaml:"language"`
	// Thresholds of the classes, as shares above 0 up to 1.
	Thresholds struct {
		// ComponentShare is the share from which a language makes a project of
		// class component. Default: 0.1.
		ComponentShare *float64 `yaml:"component_share"`
	} `yaml:"thresholds"`
	// Affiliations is a file that says who worked where and until when, in the
	// format of gitdm. ASSAY_AFFILIATIONS. Default: none.
	Affiliations string `yaml:"affiliations"`
	// Organisations gives the organisations of e-mail domains, before our table;
	// "" for a domain that tells nothing.
	Organisations map[string]string `yaml:"organisations"`
	// Bots are names, e-mail addresses and accounts of authors that are bots,
	// besides those our rules know.
	Bots []string `yaml:"bots"`
	// People are names, e-mail addresses and accounts of authors that are people,
	// though our rules call them bots.
	People []string `yaml:"people"`
	// HealthRules is a file with rules of health in place of ours.
	// ASSAY_HEALTH_RULES. Default: none.
	HealthRules string `yaml:"health_rules"`
	// AuthorKey is the key behind which a new store hides authors. Two stores
	// with one key hold the same facts. ASSAY_AUTHOR_KEY. Default: made at random
	// for each store.
	AuthorKey string `yaml:"author_key"`
	// Projects adds to or takes from a project's repositories, by its name.
	Projects map[string]ProjectSettings `yaml:"projects"`
	// Renames maps repositories (host/owner/name) to the names they have now.
	Renames map[string]string `yaml:"renames"`

	// file is where the settings were read, for evidence.
	file string
	// storeNamed: somebody has said which store.
	storeNamed bool
	// lines gives the line of each project in the file, keys that of each setting.
	lines, keys map[string]int
}

// ProjectSettings is the user's word on one project.
type ProjectSettings struct {
	Repos   []string `yaml:"repos"`   // repositories that belong to it
	Exclude []string `yaml:"exclude"` // repositories that do not
	Owners  []string `yaml:"owners"`  // organisations that are all its own
	Aliases []string `yaml:"aliases"` // further names by which reports call it
}

// load gathers the settings from flags, environment, file and defaults.
func (a *app) load(cmd *cobra.Command) error {
	s, err := a.readFile()
	if err != nil {
		return err
	}
	if err := s.environment(a.Getenv); err != nil {
		return err
	}
	s.override(cmd, &a.flags)
	s.defaults(a.Getenv)
	if err := s.validate(); err != nil {
		return err
	}
	a.settings = *s
	return a.connect()
}

// readFile reads the configuration file: the one named, else assay.yaml here or
// in the user's configuration folder, else none.
func (a *app) readFile() (*Settings, error) {
	if named := cmp.Or(a.config, a.Getenv("ASSAY_CONFIG")); named != "" {
		if named == os.DevNull {
			return &Settings{}, nil // the usual way to say that there is none
		}
		return readSettings(named)
	}
	for _, path := range []string{"assay.yaml", filepath.Join(xdg(a.Getenv, "XDG_CONFIG_HOME", ".config"), "assay", "assay.yaml")} {
		s, err := readSettings(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && !filepath.IsAbs(path) {
			err = s.foundHere()
		}
		return s, err
	}
	return &Settings{}, nil
}

func readSettings(path string) (*Settings, error) {
	data, err := file.Read(path, limit.ConfigBytes)
	if err != nil {
		return nil, errkind.Errorf(errkind.Usage, "configuration: %w", err)
	}
	return parseSettings(path, data)
}

func parseSettings(path string, data []byte) (*Settings, error) {
	s := &Settings{file: path, lines: map[string]int{}}
	if onlyComments(data) {
		return s, nil
	}
	root, err := yamlnode.Decode(data, yamlnode.Limits{Depth: limit.ConfigDepth, Marks: limit.ConfigMarks}, s)
	if err != nil {
		return nil, errkind.WithHint(
			errkind.Errorf(errkind.Usage, "configuration %q: %s", path, plainly(err.Error())),
			"docs/configuration.md lists every setting")
	}
	s.findLines(root)
	return s, nil
}

// foundHere refuses what only a file of the user's own may say. One that merely
// lies in the current folder may be anybody's: it came with a repository, or a
// folder that others write to. It may say what is asked, and not where this
// program writes or behind which key it hides authors.
func (s *Settings) foundHere() error {
	for _, key := range []struct{ name, value, what string }{
		{"store", s.Store, "a place to write"},
		{"mirrors", s.Mirrors, "a place to write"},
		{"author_key", s.AuthorKey, "a key"},
	} {
		if key.value == "" {
			continue
		}
		where := ""
		if line := s.keys[key.name]; line > 0 {
			where = fmt.Sprintf(", line %d", line)
		}
		return errkind.WithHint(
			errkind.Errorf(errkind.Usage, "configuration %q%s: %s names %s, and a file that was only found in the current folder may not", s.file, where, key.name, key.what),
			"if the file is yours, name it: --config %s, or ASSAY_CONFIG", s.file)
	}
	return nil
}

// onlyComments reports whether a YAML file says nothing.
func onlyComments(data []byte) bool {
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// yamlWords turns the words of the YAML library into ours.
var yamlWords = []struct {
	theirs *regexp.Regexp
	ours   string
}{
	{regexp.MustCompile(`^(?:yaml: )?(?:construct errors: )?(?:go-yaml load error in \w+ )?`), ""},
	{regexp.MustCompile(`field (\S+) not found in type [\w.]+`), `there is no setting "$1"`},
	{regexp.MustCompile("cannot construct !!(?:seq|map) into string"), "is a list or a mapping, and should be text"},
	{regexp.MustCompile("cannot construct !!\\w+ (`[^`]*` )?into int"), "${1}is not a number"},
	{regexp.MustCompile("cannot construct !!\\w+ (`[^`]*` )?into float64"), "${1}is not a number"},
	{regexp.MustCompile("cannot construct !!\\w+ (`[^`]*` )?into bool"), "${1}is neither true nor false"},
	{regexp.MustCompile("cannot construct !!\\w+ (`[^`]*` )?into (?:\\[\\]string)"), "${1}is not a list"},
	{regexp.MustCompile("cannot construct !!\\w+ (`[^`]*` )?into (?:map\\[|cli\\.|struct)\\S*.*"), "${1}is not a mapping"},
}

// plainly puts a message of the YAML library on one line, in plain words.
func plainly(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, w := range yamlWords {
		s = w.theirs.ReplaceAllString(s, w.ours)
	}
	return s
}

// findLines finds the line of each setting and each project, for evidence and
// messages.
func (s *Settings) findLines(root *yaml.Node) {
	s.keys = map[string]int{}
	for _, f := range yamlnode.Fields(root) {
		s.keys[f.Name] = f.Line
		if f.Name == "projects" {
			for _, p := range yamlnode.Fields(f.Value) {
				s.lines[p.Name] = p.Line
			}
		}
	}
}

// environment takes over what ASSAY_* says.
func (s *Settings) environment(getenv func(string) string) error {
	for name, field := range map[string]*string{
		"ASSAY_LANDSCAPE": &s.Landscape, "ASSAY_AS_OF": &s.AsOf, "ASSAY_STORE": &s.Store,
		"ASSAY_MIRRORS": &s.Mirrors, "ASSAY_MIRROR_FROM": &s.MirrorFrom, "ASSAY_MIRRORS_AS_OF": &s.MirrorsAsOf,
		"ASSAY_CLOMONITOR": &s.CLOMonitor, "ASSAY_DEVSTATS": &s.DevStats, "ASSAY_LANGUAGE": &s.Language,
		"ASSAY_AFFILIATIONS": &s.Affiliations, "ASSAY_HEALTH_RULES": &s.HealthRules, "ASSAY_AUTHOR_KEY": &s.AuthorKey,
	} {
		if v := getenv(name); v != "" {
			*field = v
		}
	}
	if v := getenv("ASSAY_ALLOW_HOSTS"); v != "" {
		s.AllowHosts = strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' })
	}
	if v := getenv("ASSAY_OFFLINE"); v != "" {
		b, err := strconv.ParseBool(v)
		if err != nil {
			return errkind.Errorf(errkind.Usage, "ASSAY_OFFLINE=%q is neither true nor false", v)
		}
		s.Offline = b
	}
	if v := getenv("ASSAY_JOBS"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return errkind.Errorf(errkind.Usage, "ASSAY_JOBS=%q is not a number", v)
		}
		s.Jobs = n
	}
	return nil
}

// override takes over the flags that were given.
func (s *Settings) override(cmd *cobra.Command, flags *Settings) {
	given := func(name string) bool {
		f := cmd.Flag(name)
		return f != nil && f.Changed
	}
	for name, pair := range map[string][2]*string{
		"landscape": {&s.Landscape, &flags.Landscape}, "as-of": {&s.AsOf, &flags.AsOf},
		"store": {&s.Store, &flags.Store}, "mirrors": {&s.Mirrors, &flags.Mirrors},
		"mirror-from": {&s.MirrorFrom, &flags.MirrorFrom}, "mirrors-as-of": {&s.MirrorsAsOf, &flags.MirrorsAsOf}, "language": {&s.Language, &flags.Language},
		"clomonitor": {&s.CLOMonitor, &flags.CLOMonitor}, "devstats": {&s.DevStats, &flags.DevStats},
		"affiliations": {&s.Affiliations, &flags.Affiliations}, "health-rules": {&s.HealthRules, &flags.HealthRules},
	} {
		if given(name) {
			*pair[0] = *pair[1]
		}
	}
	if given("offline") {
		s.Offline = flags.Offline
	}
	if given("jobs") {
		s.Jobs = flags.Jobs
	}
	if given("component-share") {
		s.Thresholds.ComponentShare = flags.Thresholds.ComponentShare
	}
}

// defaults fills in what nothing has said.
func (s *Settings) defaults(getenv func(string) string) {
	s.storeNamed = s.Store != ""
	data := filepath.Join(xdg(getenv, "XDG_DATA_HOME", filepath.Join(".local", "share")), "assay")
	for field, value := range map[*string]string{
		&s.Store: filepath.Join(data, "facts.db"), &s.Mirrors: filepath.Join(data, "mirrors"),
		&s.CLOMonitor: "auto", &s.DevStats: "auto", &s.Language: "rust",
	} {
		if *field == "" {
			*field = value
		}
	}
	if s.Thresholds.ComponentShare == nil {
		share := finding.DefaultThresholds().ComponentShare
		s.Thresholds.ComponentShare = &share
	}
}

// validate refuses what makes no sense.
func (s *Settings) validate() error {
	if err := firstError(checkDate("as-of", s.AsOf), checkDate("mirrors-as-of", s.MirrorsAsOf)); err != nil {
		return err
	}
	if s.Jobs < 0 || s.Jobs > limit.Jobs {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "jobs: %d repositories at a time", s.Jobs),
			"name a number up to %s, or 0 for one to each processor", words.Number(limit.Jobs))
	}
	for _, name := range s.People {
		if slices.ContainsFunc(s.Bots, func(bot string) bool { return people.SameAuthor(bot, name) }) {
			return errkind.WithHint(errkind.Errorf(errkind.Usage, "%q stands under bots and under people", name), "take it out of one of the two")
		}
	}
	if t := *s.Thresholds.ComponentShare; !(t > 0 && t <= 1) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "component-share: %v is not a share above 0 up to 1", t), "write 10%% or 0.1")
	}
	return nil
}

// checkDate refuses a date that is none; "" is not given.
func checkDate(setting, text string) error {
	if _, err := fact.ParseDate(text); text != "" && (err != nil || len(text) != len("2006-01-02")) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "%s: %q is not a date", setting, text), "write it as 2025-12-31")
	}
	return nil
}

// xdg is a base folder of the user by the XDG rules.
func xdg(getenv func(string) string, variable, fallback string) string {
	if dir := getenv(variable); filepath.IsAbs(dir) {
		return dir
	}
	return filepath.Join(getenv("HOME"), fallback)
}
