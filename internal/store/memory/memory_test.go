package memory_test

import (
	"testing"

	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/store/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(*testing.T) store.Store { return memory.New() })
	storetest.RunShared(t, func(*testing.T) (a, b store.Store) {
		s := memory.New()
		return s, s
	})
}
