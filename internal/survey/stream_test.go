package survey_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

// farMirrors have some mirrors on the network only: Ensure of one blocks until it
// is let go, or the survey ends.
type farMirrors struct {
	survey.Mirrors
	far map[fact.RepoID]chan struct{}
}

func (m farMirrors) Ready(ctx context.Context, id fact.RepoID) bool {
	return m.far[id] == nil && m.Mirrors.Ready(ctx, id)
}

func (m farMirrors) Ensure(ctx context.Context, id fact.RepoID) (dir string, foundAs fact.RepoID, err error) {
	if c := m.far[id]; c != nil {
		select {
		case <-c:
		case <-ctx.Done():
			return "", "", ctx.Err()
		}
	}
	return m.Mirrors.Ensure(ctx, id)
}

// heard tells a test of every repository that is done.
type heard chan fact.RepoID

func (heard) Plan(int)                       {}
func (h heard) Done(o *fact.Outcome, _ bool) { h <- o.Repo }

// What is at hand is measured while other hosts say nothing, and what comes after
// that is measured as it comes. The outcome is that of a survey without waiting.
func TestMeasuringDoesNotWaitForClones(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := w.run(w.config(memory.New()))

	far := farMirrors{far: map[fact.RepoID]chan struct{}{
		"example.org/ferrite/ferrite": make(chan struct{}), "example.org/ghost/light": make(chan struct{}),
	}}
	cfg := w.config(memory.New())
	far.Mirrors = cfg.Mirrors
	cfg.Mirrors = far
	done := make(heard, 6)
	cfg.Progress = done
	type end struct {
		res *survey.Result
		err error
	}
	ended := make(chan end)
	go func() {
		res, err := survey.Run(t.Context(), cfg)
		ended <- end{res, err}
	}()
	var first []fact.RepoID
	for range 4 {
		first = append(first, <-done)
	}
	slices.Sort(first)
	at := []fact.RepoID{"example.org/crackle/crackle", "example.org/hollow/hollow", "example.org/late/late", "example.org/weir/weir"}
	if diff := cmp.Diff(at, first); diff != "" {
		t.Errorf("done while two hosts say nothing (-want +got):\n%s", diff)
	}
	close(far.far["example.org/ferrite/ferrite"])
	if got := <-done; got != "example.org/ferrite/ferrite" {
		t.Errorf("done while one host says nothing: %s", got)
	}
	close(far.far["example.org/ghost/light"])
	got := <-ended
	if got.err != nil {
		t.Fatal(got.err)
	}
	if diff := cmp.Diff(want.Survey, got.res.Survey); diff != "" {
		t.Errorf("survey (-at once +as it came):\n%s", diff)
	}
}

// A survey that is stopped while a host says nothing ends, and keeps what it has.
func TestStoppedWhileWaiting(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	cfg := w.config(st)
	cfg.Mirrors = farMirrors{cfg.Mirrors, map[fact.RepoID]chan struct{}{"example.org/ghost/light": make(chan struct{})}}
	ctx, cancel := context.WithCancel(t.Context())
	var once sync.WaitGroup
	once.Add(5) // all but one
	cfg.Progress = countdown{&once}
	go func() { once.Wait(); cancel() }()
	if _, err := survey.Run(ctx, cfg); errkind.Of(err) != errkind.Canceled {
		t.Errorf("Run = %v of kind %q, want canceled", err, errkind.Of(err))
	}
	if res := w.run(w.config(st)); res.Cached != 2 {
		t.Errorf("%d repositories are known, want 2", res.Cached)
	}
}

type countdown struct{ *sync.WaitGroup }

func (countdown) Plan(int)                   {}
func (c countdown) Done(*fact.Outcome, bool) { c.WaitGroup.Done() }

// A counting store counts how often it is asked what it knows.
type countingStore struct {
	store.Store
	mu    sync.Mutex
	asked int
}

func (s *countingStore) count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
}

func (s *countingStore) Resolutions(ctx context.Context, keys []store.ResolutionKey) (map[store.ResolutionKey]*fact.Revision, error) {
	s.count()
	return s.Store.Resolutions(ctx, keys)
}

func (s *countingStore) Have(ctx context.Context, keys []fact.Key) (map[fact.Key]bool, error) {
	s.count()
	return s.Store.Have(ctx, keys)
}

// A survey with nothing new asks the store three times, however many repositories
// there are: for revisions, for those of mirrors that lack something, for facts.
func TestNothingNewAsksThrice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := &countingStore{Store: memory.New()}
	w.run(w.config(st))
	st.asked = 0
	if res := w.run(w.config(st)); res.Cached != 2 || st.asked != 3 {
		t.Errorf("%d repositories known, the store was asked %d times, want 3", res.Cached, st.asked)
	}
}
