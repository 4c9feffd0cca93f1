package verify

import (
	"fmt"
	"net/url"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

func levelRank(word string) int { return health.Level(word).Rank() }

// landscapeField judges a word that the landscape has a field for.
func (j *judge) landscapeField(c *claim.Claim, p *usage.Project) ruling {
	item := &p.Item
	switch c.Field {
	case "description":
		return described(c, p)
	case "persona":
		return oneOf(c, item.Personas, p.Where("personas"))
	case "tag":
		return oneOf(c, item.Tags, p.Where("tags"))
	case "focus":
		return focus(c, p)
	case "chat":
		return chat(c, p)
	case "clomonitor":
		return byName(c, item.CLOMonitorName, p.Where("clomonitor_name"))
	case "lfx":
		return byName(c, item.LFXSlug, p.Where("lfx_slug"))
	}
	return unverifiable(sourceMeasurement, "")
}

// byName judges a name of the landscape.
func byName(c *claim.Claim, name string, e fact.Evidence) ruling {
	if name == "" {
		return unverifiable(sourceLandscape, "it gives none")
	}
	return same(c, name, e)
}

// described judges a description: it is the landscape's, or a text of one's own.
func described(c *claim.Claim, p *usage.Project) ruling {
	item := &p.Item
	text := strings.Join(append([]string{
		item.Description, item.UseCase, item.BusinessUseCase, item.Integrations, p.FocusArea,
	}, append(item.Tags, item.SecondPaths...)...), " ")
	have, want := wordSet(text), wordSet(c.Word)
	if len(want) == 0 || item.Description == "" && item.UseCase == "" && len(item.Tags) == 0 {
		return unverifiable(sourceSite, "the landscape has no description")
	}
	shared := 0
	for w := range want {
		if have[w] {
			shared++
		}
	}
	if 10*shared >= 6*len(want) && len(want) >= 2 {
		return ruling{verdict: Confirmed, measured: item.Description, evidence: []fact.Evidence{p.Where("description")}}
	}
	r := unverifiable(sourceSite, "the landscape describes it in other words")
	r.measured = p.Item.Description
	r.evidence = []fact.Evidence{p.Where("description")}
	return r
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(plainName(s)) {
		if len(w) > 2 && w != "the" && w != "and" && w != "for" && w != "that" && w != "with" {
			set[strings.TrimSuffix(w, "s")] = true
		}
	}
	return set
}

// oneOf judges an entry of a list of the landscape.
func oneOf(c *claim.Claim, list []string, e fact.Evidence) ruling {
	if len(list) == 0 {
		return unverifiable(sourceLandscape, "it has no such list for the project")
	}
	want := plainName(c.Word)
	for _, have := range list {
		if plainName(have) == want || len(want) > 3 && strings.Contains(plainName(have), strings.TrimSuffix(want, "s")) {
			return ruling{verdict: Confirmed, measured: have, evidence: []fact.Evidence{e}}
		}
	}
	return ruling{verdict: Refuted, measured: strings.Join(list, ", "), why: "the landscape lists " + strings.Join(list, ", "), evidence: []fact.Evidence{e}}
}

// wasm is one word for two.
var wasm = strings.NewReplacer("webassembly", "wasm")

// focus judges a field of work against the category of the landscape. Another
// grouping is the reader's own.
func focus(c *claim.Claim, p *usage.Project) ruling {
	have := wasm.Replace(plainName(p.FocusArea + " " + strings.Join(p.Item.SecondPaths, " ")))
	want := wasm.Replace(plainName(c.Word))
	if have == want || want != "" && strings.Contains(have, want) {
		return ruling{verdict: Confirmed, measured: p.FocusArea, evidence: []fact.Evidence{p.Evidence}}
	}
	for known := range strings.SplitSeq(c.Word, "/") {
		if w := strings.TrimSuffix(wasm.Replace(plainName(known)), " platform"); len(w) > 3 && strings.Contains(have, w) {
			return ruling{verdict: Confirmed, measured: p.FocusArea, evidence: []fact.Evidence{p.Evidence}}
		}
	}
	if strings.Contains(c.Word, " / ") { // written as a category of the landscape
		return ruling{verdict: Refuted, measured: p.FocusArea, why: "the landscape puts it under " + p.FocusArea, evidence: []fact.Evidence{p.Evidence}, mended: p.FocusArea}
	}
	return ruling{verdict: Subjective, measured: p.FocusArea, why: "a grouping of the report's own", evidence: []fact.Evidence{p.Evidence}}
}

// address judges a link that states a property.
func (j *judge) address(c *claim.Claim) ruling {
	r := j.place(c)
	r.claimed = c.Word
	return r
}

func (j *judge) place(c *claim.Claim) ruling {
	if c.Field == "link" {
		return j.link(c)
	}
	p := j.project(c.Subject)
	if p == nil {
		return unverifiable(sourceLandscape, "no project is named")
	}
	want := plainURL(c.Word)
	switch c.Field {
	case "repository", "repository.any":
		return j.repository(c, p)
	case "homepage":
		return address(c, p.Item.Homepage, want, p.Where("homepage_url"))
	case "devstats":
		return address(c, p.Item.DevStatsURL, want, p.Where("dev_stats_url"))
	case "review":
		return address(c, p.Item.AnnualReviewURL, want, p.Where("annual_review_url"))
	case "chat.url":
		return chatAddress(c, p)
	case "place":
		for _, have := range []string{p.Item.Homepage, p.Item.RepoURL} {
			if plainURL(have) == want {
				return ruling{verdict: Confirmed, measured: have, evidence: []fact.Evidence{p.Evidence}}
			}
		}
		for _, a := range p.Documents.Adopters {
			if a.URL != "" && plainURL(a.URL) == want {
				return ruling{verdict: Confirmed, measured: a.URL, evidence: []fact.Evidence{a.Evidence}}
			}
		}
		return unverifiable(sourceSite, "neither homepage nor repository of the landscape is that address")
	}
	return unverifiable(sourceSite, "")
}

func address(c *claim.Claim, have, want string, e fact.Evidence) ruling {
	if have == "" {
		return unverifiable(sourceLandscape, "it gives no such address")
	}
	short, _, _ := strings.Cut(plainURL(have), "?")
	if plainURL(have) == want || short == want || hostOf(have) == want && plainURL(have) == hostOf(have) {
		return ruling{verdict: Confirmed, measured: have, evidence: []fact.Evidence{e}}
	}
	return ruling{verdict: Refuted, measured: have, why: "the landscape says " + have, evidence: []fact.Evidence{e}, mended: likeAddress(c, have)}
}

// likeAddress writes an address as the claim is written: whole, or without what
// goes without saying.
func likeAddress(c *claim.Claim, url string) string {
	if strings.Contains(c.Word, "://") {
		return url
	}
	_, rest, _ := strings.Cut(url, "://")
	return strings.TrimRight(rest, "/")
}

// plainURL makes the ways to write an address comparable.
func plainURL(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	s = strings.TrimPrefix(s, "www.")
	return strings.TrimRight(s, "/")
}

func hostOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
}

// repository judges the repository of a project: the landscape's, or another
// that belongs to it.
func (j *judge) repository(c *claim.Claim, p *usage.Project) ruling {
	word := c.Word
	if strings.Count(word, "/") == 1 && !strings.Contains(word, "://") {
		word = "github.com/" + word
	}
	id, err := fact.ParseRepoURL(word)
	if err != nil {
		return unverifiable(sourceLandscape, "it is no address of a repository")
	}
	e := p.Where("repo_url")
	want, _ := fact.ParseRepoURL(p.Item.RepoURL)
	if id.Key() == want.Key() {
		return ruling{verdict: Confirmed, measured: want.Slug(), evidence: []fact.Evidence{e}}
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		if r.ID.Key() == id.Key() && c.Field == "repository" {
			return ruling{
				verdict: Refuted, measured: want.Slug(), why: "the landscape's is " + want.Slug(), evidence: []fact.Evidence{e}, mended: likeRepository(c, want),
				hypothesis: &Hypothesis{"scope", "it is another repository of the project"},
			}
		}
		if r.ID.Key() == id.Key() {
			return ruling{verdict: Confirmed, measured: r.Slug(), why: fmt.Sprintf("a repository of the project; the landscape's is %s", want.Slug()), evidence: []fact.Evidence{r.Memberships[0].Evidence}}
		}
		if r.FoundAs.Key() == id.Key() && r.FoundAs != "" {
			return ruling{verdict: Outdated, measured: r.Slug(), why: "it moved to " + r.Slug(), evidence: []fact.Evidence{e}, mended: likeRepository(c, r.ID)}
		}
	}
	r := ruling{verdict: Refuted, measured: want.Slug(), why: "the landscape says " + want.Slug(), evidence: []fact.Evidence{e}, mended: likeRepository(c, want)}
	if moved(id, p, j.facts) {
		r.verdict, r.why = Outdated, "it moved to "+want.Slug()
		r.hypothesis = &Hypothesis{"time", "it was the address before the repository moved"}
	}
	return r
}

// likeRepository writes a repository as the claim is written.
func likeRepository(c *claim.Claim, id fact.RepoID) string {
	switch {
	case strings.Contains(c.Word, "://"):
		return id.URL()
	case strings.Count(c.Word, "/") > 1:
		return string(id)
	}
	return id.Slug()
}

// moved reports whether the notes of the catalogue tell that id is an earlier
// name of a repository of the project.
func moved(id fact.RepoID, p *usage.Project, facts finding.Facts) bool {
	for _, n := range facts.Survey.Catalog.Notes {
		if strings.Contains(n.Text, "\""+p.Name+"\"") && strings.Contains(strings.ToLower(n.Text), id.Key()) && strings.Contains(n.Text, "moved") {
			return true
		}
	}
	return false
}

// revision judges the commit, ref or rule of a revision.
func (j *judge) revision(c *claim.Claim) ruling {
	r := j.repos[c.Subject.ID]
	if r == nil || r.Revision == nil {
		return unverifiable(sourceRepository, "it was not read")
	}
	e := r.Evidence()
	switch c.Field {
	case "ref":
		return same(c, r.Revision.Ref, e)
	case "rule":
		return same(c, r.Revision.Rule, e)
	}
	if len(c.Word) >= 7 && strings.HasPrefix(r.Revision.Commit, c.Word) {
		return ruling{verdict: Confirmed, measured: r.Revision.Commit, evidence: []fact.Evidence{e}}
	}
	return ruling{verdict: Refuted, measured: r.Revision.Commit, why: "the revision is " + r.Revision.Commit, evidence: []fact.Evidence{e}, mended: r.Revision.Commit[:min(len(c.Word), len(r.Revision.Commit))]}
}

// packageField judges a property of a package: some package of that name of the
// project has it.
func (j *judge) packageField(c *claim.Claim) ruling {
	p := j.projects[c.Subject.Within]
	if p == nil {
		return unverifiable(sourceRepository, "no project is named")
	}
	var best *usage.Component
	measured := ""
	row := rowManifest(c)
	for i := range p.Components {
		k := &p.Components[i]
		if k.Name != c.Subject.ID || row != "" && k.Manifest != row && c.Field != "package.manifest" {
			continue
		}
		value := packageValue(k, c.Field)
		if best == nil {
			best, measured = k, value
		}
		if value == c.Word {
			return ruling{verdict: Confirmed, measured: value, evidence: []fact.Evidence{k.Evidence}}
		}
	}
	switch {
	case best == nil && isOpen(p):
		return notRead(p, "", nil)
	case best == nil:
		return ruling{verdict: Refuted, why: "no package of that name was found in the project"}
	}
	return ruling{verdict: Refuted, measured: measured, why: "the manifest says " + measured, evidence: []fact.Evidence{best.Evidence}, mended: measured}
}

// rowManifest is the manifest that the row of a package names.
func rowManifest(c *claim.Claim) string {
	b := c.Block
	for i := range b.Cells {
		if b.Head != nil && i < len(b.Head.Cells) && strings.EqualFold(b.Head.Cells[i].S, "manifest") {
			return b.Cells[i].S
		}
	}
	return ""
}

func packageValue(k *usage.Component, field string) string {
	switch field {
	case "package.version":
		return k.Version
	case "package.kinds":
		return strings.Join(k.Kinds, ", ")
	case "package.edition":
		return k.Edition
	case "package.minversion":
		return k.MinVersion
	case "package.manifest":
		return k.Manifest
	}
	if k.Unsafe == nil {
		return "unknown"
	}
	return words.Number(k.Unsafe.Blocks)
}

// chat judges a channel: the landscape's, or the one its address names.
func chat(c *claim.Claim, p *usage.Project) ruling {
	item := &p.Item
	want := strings.ToLower(strings.TrimPrefix(c.Word, "#"))
	slack := item.Links["slack_url"]
	at := []fact.Evidence{p.Where("chat_channel")}
	switch {
	case item.ChatChannel != "" && want == strings.ToLower(strings.TrimPrefix(item.ChatChannel, "#")):
		return ruling{verdict: Confirmed, measured: item.ChatChannel, evidence: at}
	case strings.HasSuffix(strings.ToLower(slack), "/"+want):
		return ruling{verdict: Confirmed, measured: slack, evidence: []fact.Evidence{p.Where("slack_url")}}
	case item.ChatChannel == "":
		return unverifiable(sourceLandscape, "it names no chat channel")
	}
	return ruling{verdict: Refuted, measured: item.ChatChannel, why: "the landscape says " + item.ChatChannel, evidence: at, mended: item.ChatChannel}
}

// chatAddress judges where a channel is: at the host that the landscape names.
func chatAddress(c *claim.Claim, p *usage.Project) ruling {
	want := hostOf(c.Word)
	for _, field := range []string{"slack_url", "discord_url", "chat_url"} {
		have := p.Item.Links[field]
		switch {
		case have == "":
			continue
		case hostOf(have) == want:
			return ruling{verdict: Confirmed, measured: have, evidence: []fact.Evidence{p.Where(field)}}
		case hostOf(have) == "slack.cncf.io" && want == "cloud-native.slack.com":
			return ruling{verdict: Confirmed, measured: have, why: "the invitation page of that workspace", evidence: []fact.Evidence{p.Where(field)}}
		}
		return ruling{verdict: Refuted, measured: have, why: "the landscape says " + have, evidence: []fact.Evidence{p.Where(field)}}
	}
	return unverifiable(sourceLandscape, "it names no place to chat")
}

// link judges a link that says nothing but that there is such a place: a
// repository that was read is there, and so is the report of an audit, to the landscape;
// other pages are not opened.
func (j *judge) link(c *claim.Claim) ruling {
	id, err := fact.ParseRepoURL(c.Word)
	if err == nil && plainURL(c.Word) == id.Key() {
		if r := j.repos[id.Key()]; r != nil && r.State == profile.Read {
			return ruling{verdict: Confirmed, measured: r.Slug(), evidence: []fact.Evidence{r.Evidence()}}
		}
		if id.Key() == j.facts.Survey.Landscape.Evidence.Repo.Key() {
			return ruling{verdict: Confirmed, measured: id.Slug(), evidence: j.landscape()}
		}
	}
	for k := range j.f.Projects {
		p := &j.f.Projects[k]
		for i := range p.Item.Audits {
			if a := &p.Item.Audits[i]; a.URL != "" && plainURL(a.URL) == plainURL(c.Word) {
				return ruling{verdict: Confirmed, measured: a.URL, why: "the landscape's, of an audit", evidence: []fact.Evidence{auditLine(p, a)}}
			}
		}
	}
	return unverifiable("the page behind the link, which is not opened", "")
}

// changed judges the level that a project reached on a day.
func changed(c *claim.Claim, p *usage.Project) ruling {
	for _, m := range p.Milestones {
		if c.Day.Matches(string(m.Date)) && m.Name != "accepted" {
			return same(c, m.Name, m.Evidence)
		}
	}
	return unverifiable(sourceLandscape, "it dates no change of that day")
}
