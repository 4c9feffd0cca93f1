package gitrepo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// MinGit is the oldest git that is known to answer as this package expects.
const MinGit = "2.31"

// A Version is the version of a git program: major and minor.
type Version struct{ Major, Minor int }

// String is the version as "2.39".
func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Major, v.Minor) }

// Suffices reports whether v is MinGit or newer.
func (v Version) Suffices() bool {
	oldest, err := parseVersion(MinGit)
	return err == nil && (v.Major > oldest.Major || v.Major == oldest.Major && v.Minor >= oldest.Minor)
}

// GitVersion is the version of the git on the PATH. No git is an error of kind
// Usage with a hint.
func GitVersion(ctx context.Context) (Version, error) {
	out, err := output(ctx, "", limit.GitAnswer, "version")
	if err != nil {
		return Version{}, err
	}
	return parseVersion(strings.TrimPrefix(strings.TrimSpace(string(out)), "git version "))
}

func parseVersion(s string) (Version, error) {
	parts := strings.SplitN(s, ".", 3)
	if len(parts) < 2 {
		return Version{}, errkind.Errorf(errkind.Internal, "git version %q", s)
	}
	major, err1 := strconv.Atoi(parts[0])
	minor, err2 := strconv.Atoi(leadingDigits(parts[1]))
	if err1 != nil || err2 != nil {
		return Version{}, errkind.Errorf(errkind.Internal, "git version %q", s)
	}
	return Version{major, minor}, nil
}

func leadingDigits(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		return s
	}
	return s[:end]
}
