package mirror

import (
	"context"
	"encoding/json"
	"path/filepath"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/file"
	"assay/internal/limit"
)

// stateFile lies in each mirror that we made.
const stateFile = "assay.json"

// A state is what we remember of a mirror.
type state struct {
	// FetchedAt is when the last clone or fetch that succeeded was started: the
	// mirror has all that the host had then.
	FetchedAt time.Time `json:"fetched_at"`
	// MovedTo is the repository the host redirected to.
	MovedTo fact.RepoID `json:"moved_to,omitempty"`
}

// readState is the state of the mirror dir; zero when it has none, or none that
// makes sense.
func readState(dir string) state {
	var s state
	data, err := readSmall(filepath.Join(dir, stateFile), limit.MirrorNote)
	if err != nil || json.Unmarshal(data, &s) != nil || s.MovedTo != "" && s.MovedTo.Validate() != nil {
		return state{}
	}
	return s
}

// write puts s into the mirror dir, whole or not at all.
func (s state) write(ctx context.Context, dir string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return errkind.Errorf(errkind.Internal, "state of mirror %q: %w", dir, err)
	}
	if err := file.Write(ctx, filepath.Join(dir, stateFile), append(data, '\n')); err != nil {
		return errkind.Errorf(kindOfState(err), "state of mirror: %w", err)
	}
	return nil
}

// kindOfState is Storage, whatever keeps us from writing into a folder of ours,
// but for the end of the work.
func kindOfState(err error) errkind.Kind {
	if errkind.Of(err) == errkind.Canceled {
		return errkind.Canceled
	}
	return errkind.Storage
}
