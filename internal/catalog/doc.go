// Package catalog finds the repositories of every project of a landscape, and
// keeps for each the sources that say so.
//
// The answer to "how much of a language is in this project" depends on the
// list of its repositories more than on anything else, so the list is evidence
// like any figure: [Build] gives every repository its memberships, each with
// the file, commit and line that makes the statement.
//
// # Reasons
//
// From the strongest to the weakest (fact.Reason):
//
//   - primary: the item's repo_url;
//   - additional: the item's additional_repos;
//   - configured: the user's configuration;
//   - catalogued: CLOMonitor's list of the project, the repositories that
//     DevStats names one by one, its main_repo, and those that its pattern
//     matches beside other repositories of the project (a pattern also counts
//     strangers' plug-ins, which are not the project's);
//   - discovered: in the listing of an organisation that belongs to the project.
//
// The user's exclusions win over all of them. DevStats' own exclusions
// (GHA2DB_EXCLUDE_REPOS: forks and published copies, mostly) keep a repository
// from being catalogued by DevStats and from being discovered.
//
// # When an organisation is taken whole
//
// Organisation O belongs to project P when one of these holds and nothing
// speaks against it:
//
//  1. the item's project_org is O;
//  2. DevStats counts all of O for P;
//  3. P's primary repository is in O, and the name of O is that of P or of the
//     repository but for punctuation and additions ("tikv", "youki-dev",
//     "project-akri"; not "microsoft").
//
// Against it speaks that
//
//  1. another project of the landscape, or a DevStats entry of a project that
//     the landscape does not have, claims O or names a repository in it; the
//     sub-projects of P (parent_project) may do so;
//  2. O is in the list of known shared owners (shared.go), which are
//     foundations, hosts of many teams and companies.
//
// The user's configuration may declare that P owns O: then nothing else is
// asked. An organisation that is not taken whole still gives the repositories
// that a source names one by one, and a note says why it was not.
//
// # One repository, one project
//
// A repository goes to the project with the strongest reason; among equal
// reasons to a sub-project before its parent, then to the project that comes
// first in the landscape. The project that goes without gets a note. Names are
// compared without regard to letter case, a trailing ".git" or slash, and,
// where [Options.Canonical] knows it, under the present name of a repository
// that was renamed.
//
// The lists keep addresses that projects have left on their way into a
// foundation, and now and then the landscape does. A list that names a
// repository as the landscape does, but under another owner, means the same
// one: its address is left out with a note. When the landscape's address is the
// old one and the project's own organisation holds a repository of that name,
// that one is the repository, and fact.Repository.FoundAs says so. The rule goes
// by names alone; [Options.Canonical] is better evidence and comes first.
//
// # A folder of a repository
//
// An address may name a folder, which is then a repository of its own
// (fact.RepoID.Folder). No file is of two: of a repository and a folder of it, or a
// folder and one within it, the stronger claim is kept; of equal ones the larger
// part. Where a folder is not in its repository at the date, which only the survey
// can see, [Whole] puts the whole repository in its place.
//
// # When the set of repositories is open
//
// Which repositories a project has is known as far as the sources that say so
// were read. Where they were not, fact.Catalog.Open says of which project, from
// which scope on, and why:
//
//   - a source names an organisation as the project's (project_org, DevStats,
//     the user), it is taken whole, and its host did not list it: a folder of
//     mirrors ([Mirrors]) shows only what is mirrored;
//   - DevStats matches names by a pattern, and an organisation in which it may
//     match more was not listed by its host;
//   - DevStats' entry of the project was not understood whole;
//   - CLOMonitor's or DevStats' list was looked for and is not there, or could
//     not be read: then all projects are open.
//
// A list that is switched off opens nothing: without it the landscape's word is
// what a project is. Nor does an organisation that is told by its name alone, or
// one that is not taken whole.
//
// # Failure
//
// No address makes a catalogue fail: what cannot be read as a repository is
// left out with a note, an optional source that cannot be read is recorded as
// failed, organisations that cannot be listed are told there too. Only a list that
// the user named, a cancelled context and a missing landscape are errors.
package catalog
