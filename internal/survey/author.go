package survey

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"assay/internal/errkind"
	"assay/internal/people"
	"assay/internal/store"
)

// authorKey is the name of the secret behind which a store hides authors.
const authorKey = "author-key"

// minKey is the least length of a key that is given, in bytes: who has hashes of
// addresses that are known can try every shorter one.
const minKey = 16

// AuthorHash gives what hides the authors of a store. The key is the store's
// own, made when it is first needed, so that all who work with one store hash
// alike and nobody else can. A key that is given becomes the store's; two stores
// with one key hold the same facts. The error is of kind Usage when it is too short,
// or the store has another key already.
func AuthorHash(ctx context.Context, st store.Store, given string) (*people.Hasher, error) {
	if given != "" && len(given) < minKey {
		return nil, errkind.WithHint(
			errkind.Errorf(errkind.Usage, "author key: it has %d bytes and needs %d: a short one can be guessed", len(given), minKey),
			"make one with 'openssl rand -hex 32'; or leave author_key out, to go on with the key of a store that is there or to have one made at random")
	}
	proposed := []byte(given)
	if given == "" {
		random := make([]byte, 32)
		_, _ = rand.Read(random) // it never fails
		proposed = []byte(hex.EncodeToString(random))
	}
	key, err := st.Secret(ctx, authorKey, proposed)
	if err != nil {
		return nil, err
	}
	if given != "" && string(key) != given {
		return nil, errkind.WithHint(
			errkind.Errorf(errkind.Usage, "author key: the store was made with another one"),
			"leave author_key out to go on with the store's own, or begin a new store with --store")
	}
	return people.NewHasher(key), nil
}
