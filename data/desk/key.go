package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"casebinder/data"
	"casebinder/data/seal"
)

// keyName is the desk's signing key in its folder. It is in no backup: who has
// it can sign in this desk's name. A desk without one makes a new one.
const keyName = "signing.key"

var problemKey = data.DefineProblem("signing_key_unreadable", data.ErrDamaged,
	"The key with which this desk signs its bundles cannot be read: {path}.",
	"Put the file back from a copy of your own, or move it away: then the desk makes a new one, with another fingerprint.")

// SigningKey is the public part of the key with which a desk signs.
type SigningKey struct {
	Fingerprint string // "SHA256:..."
	Public      string // one line, as in authorized_keys
}

// SigningKey gives the desk's key, and makes it the first time.
func (d *Desk) SigningKey(context.Context) (SigningKey, error) {
	k, err := d.signingKey()
	if err != nil {
		return SigningKey{}, err
	}
	return SigningKey{Fingerprint: k.Fingerprint(), Public: k.Public()}, nil
}

func (d *Desk) signingKey() (seal.Key, error) {
	d.keyMu.Lock()
	defer d.keyMu.Unlock()
	path := filepath.Join(d.dir, keyName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return seal.Key{}, problemKey.Wrap(err, "path", path)
	}
	k, err := seal.ReadKey(text)
	if err != nil {
		return seal.Key{}, problemKey.Wrap(err, "path", path)
	}
	return k, nil
}

// keyAtHand is the signing key where there is one; a zero key where none was made
// yet.
func (d *Desk) keyAtHand() (seal.Key, error) {
	if _, err := os.Stat(filepath.Join(d.dir, keyName)); err != nil {
		return seal.Key{}, nil
	}
	return d.signingKey()
}

func makeKey(path string) (seal.Key, error) {
	k, err := seal.NewKey()
	if err != nil {
		return k, err
	}
	text, err := k.Marshal()
	if err != nil {
		return k, err
	}
	if err := writeWhole(path, text, false); err != nil {
		return k, unwritable(filepath.Dir(path), fmt.Errorf("keeping the signing key: %w", err))
	}
	return k, nil
}
