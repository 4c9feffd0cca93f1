package judge

import (
	"fmt"
	"net/url"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// described judges a description: it is the landscape's, or a text of one's own.
func described(c *claim.Claim, p *usage.Project) Ruling {
	item := &p.Item
	have := wordSet(strings.Join(append([]string{
		item.Description, item.UseCase, item.BusinessUseCase, item.Integrations, p.FocusArea,
	}, append(item.Tags, item.SecondPaths...)...), " "))
	want := wordSet(c.Word)
	if len(want) == 0 || item.Description == "" && item.UseCase == "" && len(item.Tags) == 0 {
		return unverifiable(sourceSite, "the landscape has no description")
	}
	shared := 0
	for w := range want {
		if have[w] {
			shared++
		}
	}
	enough := 6 // of ten, in a text
	if c.Strict {
		enough = 10
	}
	if 10*shared >= enough*len(want) && len(want) >= 2 {
		return confirmed(item.Description, p.Where("description"))
	}
	r := unverifiable(sourceSite, "the landscape describes it in other words")
	r.Measured, r.Evidence = item.Description, []fact.Evidence{p.Where("description")}
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

// focus judges a field of work against the category of the landscape. Another
// grouping is the reader's own.
func focus(c *claim.Claim, p *usage.Project) Ruling {
	word := strings.Trim(c.Word, " ·")                                                               // a text may have parted it from what follows
	wasm := func(s string) string { return strings.ReplaceAll(plainName(s), "webassembly", "wasm") } // one word for two
	have, want := wasm(p.FocusArea+" "+strings.Join(p.Item.SecondPaths, " ")), wasm(word)
	if want != "" && strings.Contains(have, want) {
		return confirmed(p.FocusArea, p.Evidence)
	}
	parts, held := strings.Split(word, "/"), 0
	for _, known := range parts {
		if w := strings.TrimSuffix(wasm(known), " platform"); len(w) > 3 && strings.Contains(have, w) {
			held++
		}
	}
	// Written as a category of the landscape it is that or is not. In a text of which a part holds,
	// the rest may be the author's grouping.
	written := strings.Contains(word, " / ")
	switch {
	case held == len(parts) || held > 0 && !written:
		return confirmed(p.FocusArea, p.Evidence)
	case written && (held == 0 || c.Strict):
		r := refuted(p.FocusArea, "the landscape puts it under "+p.FocusArea, p.Evidence)
		r.Mended = p.FocusArea
		return r
	}
	return Ruling{Verdict: Subjective, Measured: p.FocusArea, Why: "a grouping of the report's own", Evidence: []fact.Evidence{p.Evidence}}
}

// address judges an address at a field of the landscape.
func address(field string, of func(p *usage.Project) string) wordJudge {
	return ofOne(func(c *claim.Claim, p *usage.Project) Ruling {
		have, want := of(p), PlainURL(c.Word)
		if have == "" {
			return unverifiable(sourceLandscape, "it gives no such address")
		}
		short, _, _ := strings.Cut(PlainURL(have), "?")
		if PlainURL(have) == want || short == want || HostOf(have) == want && PlainURL(have) == HostOf(have) {
			return confirmed(have, p.Where(field))
		}
		r := refuted(have, "the landscape says "+have, p.Where(field))
		if r.Mended = have; !strings.Contains(c.Word, "://") { // as it is written
			_, rest, _ := strings.Cut(have, "://")
			r.Mended = strings.TrimRight(rest, "/")
		}
		return r
	})
}

// PlainURL makes the ways to write an address comparable.
func PlainURL(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	s = strings.TrimPrefix(s, "www.")
	return strings.TrimRight(s, "/")
}

// HostOf is the host of an address.
func HostOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
}

// place judges an address of a project: its homepage, its repository or that of an adopter.
func place(c *claim.Claim, p *usage.Project) Ruling {
	want := PlainURL(c.Word)
	for _, have := range []string{p.Item.Homepage, p.Item.RepoURL} {
		if PlainURL(have) == want {
			return confirmed(have, p.Evidence)
		}
	}
	for _, a := range p.Documents.Adopters {
		if a.URL != "" && PlainURL(a.URL) == want {
			return confirmed(a.URL, a.Evidence)
		}
	}
	return unverifiable(sourceSite, "neither homepage nor repository of the landscape is that address")
}

// repositoryID is the repository that an address or a name with its owner is of.
func repositoryID(word string) (fact.RepoID, error) {
	if strings.Count(word, "/") == 1 && !strings.Contains(word, "://") {
		word = "github.com/" + word
	}
	return fact.ParseRepoURL(word)
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

// repository judges the repository of a project: the landscape's, or another
// that belongs to it.
func (j *Judge) repository(c *claim.Claim, p *usage.Project) Ruling {
	id, err := repositoryID(c.Word)
	if err != nil {
		return unverifiable(sourceLandscape, "it is no address of a repository")
	}
	want, _ := fact.ParseRepoURL(p.Item.RepoURL)
	if id.Key() == want.Key() {
		return confirmed(want.Slug(), p.Where("repo_url"))
	}
	r := refuted(want.Slug(), "the landscape says "+want.Slug(), p.Where("repo_url"))
	r.Mended = likeRepository(c, want)
	for i := range p.Repositories {
		switch x := &p.Repositories[i]; {
		case x.ID.Key() == id.Key() && c.Is("repository"):
			r.Hypothesis = &Hypothesis{"scope", "it is another repository of the project"}
			return r
		case x.ID.Key() == id.Key():
			ok := confirmed(x.Slug(), x.Memberships[0].Evidence)
			ok.Why = fmt.Sprintf("a repository of the project; the landscape's is %s", want.Slug())
			return ok
		case x.FoundAs != "" && x.FoundAs.Key() == id.Key():
			r.Verdict, r.Measured, r.Why, r.Mended = Outdated, x.Slug(), "it moved to "+x.Slug(), likeRepository(c, x.ID)
			return r
		}
	}
	for _, n := range j.Facts.Survey.Catalog.Notes { // which tell of earlier names
		if strings.Contains(n.Text, "\""+p.Name+"\"") && strings.Contains(strings.ToLower(n.Text), id.Key()) && strings.Contains(n.Text, "moved") {
			r.Verdict, r.Why = Outdated, "it moved to "+want.Slug()
			r.Hypothesis = &Hypothesis{"time", "it was the address before the repository moved"}
		}
	}
	return r
}

// link judges that there is such a place: a repository that was read is there, and so is
// the report of an audit, to the landscape; other pages are not opened.
func (j *Judge) link(c *claim.Claim) Ruling {
	id, err := fact.ParseRepoURL(c.Word)
	if err == nil && PlainURL(c.Word) == id.Key() {
		if r := j.repos[id.Key()]; r != nil && r.State == profile.Read {
			return confirmed(r.Slug(), r.Evidence())
		}
		if id.Key() == j.Facts.Survey.Landscape.Evidence.Repo.Key() {
			return confirmed(id.Slug(), j.landscape()...)
		}
	}
	for k := range j.Findings.Projects {
		p := &j.Findings.Projects[k]
		for i := range p.Item.Audits {
			if a := &p.Item.Audits[i]; a.URL != "" && PlainURL(a.URL) == PlainURL(c.Word) {
				return confirmed(a.URL, AuditLine(p, a))
			}
		}
	}
	return unverifiable("the page behind the link, which is not opened", "")
}

// chat judges a channel: the landscape's, or the one its address names.
func chat(c *claim.Claim, p *usage.Project) Ruling {
	item := &p.Item
	plain := func(s string) string { return strings.ToLower(strings.TrimPrefix(s, "#")) }
	slack := item.Links["slack_url"]
	switch {
	case item.ChatChannel != "" && plain(c.Word) == plain(item.ChatChannel):
		return confirmed(item.ChatChannel, p.Where("chat_channel"))
	case strings.HasSuffix(strings.ToLower(slack), "/"+plain(c.Word)):
		return confirmed(slack, p.Where("slack_url"))
	case item.ChatChannel == "":
		return unverifiable(sourceLandscape, "it names no chat channel")
	}
	r := refuted(item.ChatChannel, "the landscape says "+item.ChatChannel, p.Where("chat_channel"))
	r.Mended = item.ChatChannel
	return r
}

// chatAddress judges where a channel is: at the host that the landscape names.
func chatAddress(c *claim.Claim, p *usage.Project) Ruling {
	want := HostOf(c.Word)
	for _, field := range []string{"slack_url", "discord_url", "chat_url"} {
		have := p.Item.Links[field]
		invitation := HostOf(have) == "slack.cncf.io" && want == "cloud-native.slack.com" // of that workspace
		switch {
		case have == "":
			continue
		case HostOf(have) == want, invitation:
			return confirmed(have, p.Where(field))
		}
		return refuted(have, "the landscape says "+have, p.Where(field))
	}
	return unverifiable(sourceLandscape, "it names no place to chat")
}

// ofRepository judges the commit, ref or rule of a revision, or why a repository belongs to
// its project.
func (j *Judge) ofRepository(c *claim.Claim, r *usage.Repository) Ruling {
	switch {
	case c.Subject.Sort != claim.OfRepository || r == nil:
		return unverifiable(sourceLandscape, "no such repository is known")
	case c.Is("membership"):
		return same(c, string(r.Reason), r.Memberships[0].Evidence)
	case r.Revision == nil:
		return unverifiable(SourceRepository, "it was not read")
	case c.Is("ref"):
		return same(c, r.Revision.Ref, r.Evidence())
	case c.Is("rule"):
		return same(c, r.Revision.Rule, r.Evidence())
	case len(c.Word) >= 7 && strings.HasPrefix(r.Revision.Commit, c.Word):
		return confirmed(r.Revision.Commit, r.Evidence())
	}
	out := refuted(r.Revision.Commit, "the revision is "+r.Revision.Commit, r.Evidence())
	out.Mended = r.Revision.Commit[:min(len(c.Word), len(r.Revision.Commit))]
	return out
}

// ofPackage judges a property of a package: some package of that name of the
// project has it.
func (j *Judge) ofPackage(c *claim.Claim) Ruling {
	p := j.projects[c.Subject.Within]
	if p == nil {
		return unverifiable(SourceRepository, "no project is named")
	}
	var best *usage.Component
	for i := range p.Components {
		k := &p.Components[i]
		if k.Name != c.Subject.ID || c.Manifest != "" && k.Manifest != c.Manifest && !c.Is("package.manifest") {
			continue
		}
		if best == nil {
			best = k
		}
		if packageValue(k, c) == c.Word {
			return confirmed(c.Word, k.Evidence)
		}
	}
	switch {
	case best == nil && isOpen(p):
		return notRead(p, "", nil)
	case best == nil:
		return refuted("", "no package of that name was found in the project")
	}
	measured := packageValue(best, c)
	r := refuted(measured, "the manifest says "+measured, best.Evidence)
	r.Mended = measured
	return r
}

func packageValue(k *usage.Component, c *claim.Claim) string {
	switch {
	case c.Is("package.version"):
		return k.Version
	case c.Is("package.kinds"):
		return strings.Join(k.Kinds, ", ")
	case c.Is("package.edition"):
		return k.Edition
	case c.Is("package.minversion"):
		return k.MinVersion
	case c.Is("package.manifest"):
		return k.Manifest
	case k.Unsafe == nil:
		return "unknown"
	}
	return words.Number(k.Unsafe.Blocks)
}
