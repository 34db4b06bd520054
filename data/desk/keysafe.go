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
	"casebinder/data/store"
)

var problemKeyFile = data.DefineProblem("key_copy_exists", data.ErrConflict,
	"There is already a file at {path}.", "Choose another name for the copy of the key.")

// KeepKey writes an encrypted copy of the signing key to a new file, in the age
// format, which the passphrase alone opens. A desk without a key makes one.
func (d *Desk) KeepKey(ctx context.Context, path, passphrase string) (SigningKey, error) {
	if err := data.CheckPath(path); err != nil {
		return SigningKey{}, err
	}
	key, err := d.signingKey()
	if err != nil {
		return SigningKey{}, err
	}
	locked, err := key.Lock(passphrase)
	if err != nil {
		return SigningKey{}, err
	}
	err = writeWhole(path, locked, false)
	if errors.Is(err, fs.ErrExist) {
		return SigningKey{}, problemKeyFile.Wrap(err, "path", path)
	}
	if err != nil {
		return SigningKey{}, unwritable(filepath.Dir(path), fmt.Errorf("writing the copy of the key: %w", err))
	}
	return publicOf(key), d.recordKey(ctx, "key.keep", key)
}

// BringKey puts the signing key back from a copy that KeepKey wrote. A key that
// the desk has already stays beside it, under the name that is given back; ""
// where there was none, or the same one.
func (d *Desk) BringKey(ctx context.Context, path, passphrase string) (key SigningKey, aside string, err error) {
	if d.readOnly {
		return key, "", problemReadOnly.New("dir", d.dir)
	}
	if err := data.CheckPath(path); err != nil {
		return key, "", err
	}
	locked, err := readSmall(path)
	if err != nil {
		return key, "", err
	}
	brought, err := seal.Unlock(locked, passphrase)
	if err != nil {
		return key, "", err
	}
	if aside, err = d.placeKey(brought); err != nil {
		return key, "", err
	}
	return publicOf(brought), aside, d.recordKey(ctx, "key.bring", brought)
}

// placeKey makes a key the desk's own.
func (d *Desk) placeKey(key seal.Key) (aside string, err error) {
	d.keyMu.Lock()
	defer d.keyMu.Unlock()
	own := filepath.Join(d.dir, keyName)
	text, err := os.ReadFile(own)
	if err == nil {
		if old, err := seal.ReadKey(text); err == nil && old.Fingerprint() == key.Fingerprint() {
			return "", nil
		}
		aside = "signing-" + d.now().UTC().Format("20060102-150405") + ".key"
		if err := writeWhole(filepath.Join(d.dir, aside), text, false); err != nil {
			return "", unwritable(d.dir, fmt.Errorf("putting the desk's key aside: %w", err))
		}
	}
	fresh, err := key.Marshal()
	if err == nil {
		err = writeWhole(own, fresh, true)
	}
	if err != nil {
		return "", unwritable(d.dir, fmt.Errorf("keeping the signing key: %w", err))
	}
	return aside, nil
}

// maxKeyCopy is far above what a copy of a key takes: 64 KiB.
const maxKeyCopy = 64 << 10

func readSmall(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && (!info.Mode().IsRegular() || info.Size() > maxKeyCopy) {
		return nil, seal.ProblemNoCopy.New("reason", "it is too large")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, seal.ProblemNoCopy.Wrap(err, "reason", "it cannot be opened")
	}
	return text, nil
}

func publicOf(key seal.Key) SigningKey {
	return SigningKey{Fingerprint: key.Fingerprint(), Public: key.Public()}
}

// recordKey writes into the journal that a key was copied or put back.
func (d *Desk) recordKey(ctx context.Context, action string, key seal.Key) error {
	return d.record(ctx, func(context.Context, *store.Tx) (deed, error) {
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityDesk, Key: "key", After: map[string]string{"fingerprint": key.Fingerprint()}},
			effect: data.EffectChanged,
		}, nil
	})
}
