// Package gittest makes git repositories from text, for tests and for the
// bundled example; and, as a [Bomb], such as no text could hold. A repository is a txtar archive that reads as its history
// from the first commit to the last:
//
//	Notes for the reader of the fixture.
//	-- commit main 2024-01-02 Ann Author <ann@example.org> Begin --
//	-- README.md --
//	# Ferrite
//	-- src/main.rs --
//	fn main() {}
//	-- tag v0.1.0 --
//	-- commit main 2024-03-04T05:06:07Z Ben <ben@example.org> Split the store off --
//	The lines below a commit are the rest of its message.
//	-- rename src/main.rs -> src/bin/ferrite.rs --
//	-- delete README.md --
//
// The same text gives the same object names on every machine: dates, names and
// time zones are in the text, and git runs without the user's and the system's
// configuration. Nothing is checked out: the repositories are bare.
//
// # Commits, branches and tags
//
//	commit BRANCH DATE NAME <EMAIL> SUBJECT   a commit on top of BRANCH
//	merge BRANCH OTHER DATE NAME <EMAIL> SUBJECT
//	committer DATE NAME <EMAIL>               of the commit above, where not its author
//	branch NAME FROM                          a branch at the branch or tag FROM
//	orphan NAME                               the next commit on NAME has no parent and an empty tree
//	tag NAME                                  a tag on the commit above
//	annotated NAME DATE NAME <EMAIL> MESSAGE  a tag object on the commit above
//	head NAME                                 the default branch; else that of the first commit
//
// A DATE is a day (noon, UTC) or an RFC 3339 time. The first branch begins by
// itself, every other one with branch or orphan; orphan on a branch that exists
// replaces its history by an unrelated one. A merge has BRANCH's files and
// those of OTHER that BRANCH never had, changed as the entries below say.
//
// # Files
//
//	PATH                     a file with the content below
//	exec PATH                the same, executable
//	repeat N PATH            the content below, N times
//	base64 PATH              a file that is no text
//	symlink PATH -> TARGET
//	submodule PATH OBJECT    a submodule at the commit of that name
//	delete PATH
//	rename OLD -> NEW
//	file PATH                a file whose PATH begins with one of these words
//
// A PATH in double quotes is a Go string, for names that no line can hold.
//
// In a file of a testscript, which is a txtar archive itself, the markers are
// written with a '>' before them: ">-- README.md --".
package gittest
