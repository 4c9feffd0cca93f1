package errkind

import (
	"fmt"
	"strings"
	"testing"
)

func overrun(s []int, i int) (err error) {
	defer Catch(&err)
	s[i]++
	return nil
}

func TestCatch(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("a/b: %w", overrun(nil, 1))
	if Of(err) != Internal || Hint(err) == "" || !strings.HasPrefix(err.Error(), "a/b: a bug in assay: runtime error: index out of range") {
		t.Errorf("%v (%s), hint %q", err, Of(err), Hint(err))
	}
	if !strings.Contains(Stack(err), "overrun") {
		t.Errorf("stack %q", Stack(err))
	}
	fine := func() (err error) {
		defer Catch(&err)
		return Errorf(Limit, "too much")
	}
	if err := fine(); Of(err) != Limit || Stack(err) != "" || Stack(nil) != "" {
		t.Errorf("without a panic: %v (%s), stack %q", err, Of(err), Stack(err))
	}
}
