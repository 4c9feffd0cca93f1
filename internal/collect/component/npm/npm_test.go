package npm_test

import (
	"testing"

	"assay/internal/collect/component/componenttest"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	componenttest.Golden(t, "testdata/*.txtar")
}
