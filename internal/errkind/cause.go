package errkind

import (
	"errors"

	"assay/internal/limit"
)

// A Cause is why a repository was not read, as a survey keeps it: one text of a
// closed set, without a word of this machine and the same in every run. What an
// error itself says, which may name folders and repeat what git said, is for the
// log.
type Cause string

// The causes. Those that a kind stands for by itself are in its row of causes.
const (
	CauseNoGit     Cause = "what lies in its place is no git directory"
	CauseElsewhere Cause = "its git directory leads to files elsewhere, or has something else in place of a file"
	CauseHead      Cause = "its HEAD is neither a branch nor a commit"
	CauseRefs      Cause = "its branches and tags cannot be listed"
	CauseHistory   Cause = "its history cannot be read: commits are damaged or missing"
	CauseShallow   Cause = "its history is cut off after the date: the mirror is shallow"
	CauseUndated   Cause = "none of its commits has a date that can be read and is on or before the date"
	CauseTree      Cause = "its files cannot be listed"
	CauseSilent    Cause = "git did not answer for too long"
	CauseNoRepo    Cause = "what its host answers is no git repository"
	CauseInward    Cause = "its host is not asked: it is no public one"
	CauseMute      Cause = "its host said nothing for too long"
	CauseBusy      Cause = "its host asks to come again later than in two minutes, the longest that is waited"
	CauseChanged   Cause = "it changed while it was read"
	CauseNoFolder  Cause = "the folder that is named is not in it at the date"
	CauseParted    Cause = "the folder that is named is not in it at the date, and the whole of it cannot stand in: another folder of it is a repository of the survey"
	CauseSkipped   Cause = "not part of this run"
	CauseUnread    Cause = "it could not be read"
)

// CauseLimit is that a repository is over the limit of that name, which is most.
func CauseLimit(name string, most int64) Cause {
	return causes[Limit] + ": " + Cause(limit.Over(name, most))
}

// causes are the causes of errors that have no other, by kind.
var causes = map[Kind]Cause{
	Absent:   "no mirror of it in the places searched",
	Gone:     "its host says that it has none of that name, or none to show us",
	Empty:    "it has no commit on or before the date",
	Corrupt:  "objects of it are damaged or missing",
	Network:  "its host could not be reached, or broke off",
	Auth:     "its host refused us",
	Limit:    "it is beyond a bound on what is read of a repository",
	Storage:  "its mirror cannot be written",
	Internal: "a bug in assay was met while it was read",
}

// mends say how to mend what a cause tells, where the error's own hint is not
// for everybody or there is none.
var mends = map[Cause]string{
	causes[Absent]: "survey without --offline, or add it to the tree of mirrors",
	CauseNoGit:     "remove it so that it is cloned anew, or put a bare clone there",
	CauseHistory:   "fetch it anew",
	CauseTree:      "fetch it anew",
	CauseRefs:      "fetch it anew",
	CauseShallow:   "fetch the rest: git fetch --unshallow",
	CauseChanged:   "survey again",
	CauseNoFolder:  "see whether the address names a folder of the default branch; where the name of a branch has a slash, say it in the field branch",
	CauseParted:    "see whether the address names a folder of the default branch; where the name of a branch has a slash, say it in the field branch",
	CauseSkipped:   "survey without --project, or name its project too",
}

// Because gives err a cause. A nil err stays nil.
func Because(err error, c Cause) error {
	if err == nil {
		return nil
	}
	return &kindError{kind: Of(err), cause: c, err: err}
}

// CauseOf is the innermost cause in the chain of err, or what its kind stands
// for; "" for nil.
func CauseOf(err error) Cause {
	if err == nil {
		return ""
	}
	found := CauseUnread
	if c, ok := causes[Of(err)]; ok {
		found = c
	}
	var e *kindError
	for at := err; errors.As(at, &e); at = e.err {
		if e.cause != "" {
			found = e.cause
		}
	}
	return found
}

// Mend says how to mend what err tells of: as its cause has it, else its hint.
func Mend(err error) string {
	if mend := mends[CauseOf(err)]; mend != "" {
		return mend
	}
	return Hint(err)
}

// Causes lists every cause.
func Causes() []Cause {
	all := []Cause{
		CauseNoGit, CauseElsewhere, CauseHead, CauseRefs, CauseHistory, CauseShallow, CauseUndated, CauseTree, CauseSilent,
		CauseNoRepo, CauseInward, CauseMute, CauseBusy, CauseChanged, CauseNoFolder, CauseParted, CauseSkipped, CauseUnread,
	}
	for _, c := range causes {
		all = append(all, c)
	}
	return all
}
