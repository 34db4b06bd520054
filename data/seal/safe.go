package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"filippo.io/age/armor"

	"casebinder/data"
)

// The problems of a key's safekeeping.
var (
	ProblemPassphrase = data.DefineProblem("key_passphrase_weak", data.ErrInvalid,
		"The passphrase is too short: it has {found} characters.",
		"Use at least {least}; four or five unrelated words are better. Without it nobody can read the copy.")
	ProblemLocked = data.DefineProblem("key_copy_locked", data.ErrInvalid,
		"The copy of the key cannot be read with this passphrase.", "Type it again, and look at upper and lower case. There is no other way in.")
	ProblemNoCopy = data.DefineProblem("key_copy_unreadable", data.ErrInvalid,
		"This file is not a copy of a signing key: {reason}.", "Choose the file that “Save a copy of the key” or “casebinder key export” wrote.")
)

// leastPassphrase is the shortest passphrase in characters. Its derivation
// (scrypt) makes a guess cost about a second.
const leastPassphrase = 10

// maxWork bounds the work factor of a copy that is read: 2^20 takes some seconds
// and 1 GiB; what is written takes 2^18.
const maxWork = 20

// Lock writes a copy of the key that only the passphrase opens: in the age
// format (age-encryption.org/v1, scrypt), as text. “age -d” reads it too, and
// gives the key in OpenSSH's format.
func (k Key) Lock(passphrase string) ([]byte, error) {
	if n := len([]rune(passphrase)); n < leastPassphrase {
		return nil, ProblemPassphrase.New("found", n, "least", leastPassphrase)
	}
	text, err := k.Marshal()
	if err != nil {
		return nil, err
	}
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("locking the key: %w", err)
	}
	var out bytes.Buffer
	lines := armor.NewWriter(&out)
	w, err := age.Encrypt(lines, to)
	if err != nil {
		return nil, fmt.Errorf("locking the key: %w", err)
	}
	_, err = w.Write(text)
	if err = errors.Join(err, w.Close(), lines.Close()); err != nil {
		return nil, fmt.Errorf("locking the key: %w", err)
	}
	return out.Bytes(), nil
}

// Unlock reads what Lock wrote. Problems: ProblemLocked (another passphrase),
// ProblemNoCopy, ProblemKey.
func Unlock(locked []byte, passphrase string) (Key, error) {
	if len(locked) > maxKeyBytes {
		return Key{}, ProblemNoCopy.New("reason", "it is too large")
	}
	with, err := age.NewScryptIdentity(passphrase)
	if err != nil { // an empty passphrase
		return Key{}, ProblemLocked.Wrap(err)
	}
	with.SetMaxWorkFactor(maxWork)
	var from io.Reader = bytes.NewReader(locked)
	if bytes.HasPrefix(bytes.TrimLeft(locked, " \t\r\n\ufeff"), []byte(armor.Header)) {
		from = armor.NewReader(from)
	}
	r, err := age.Decrypt(from, with)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return Key{}, ProblemLocked.Wrap(err)
	case err != nil:
		return Key{}, ProblemNoCopy.Wrap(err, "reason", "it is not in the age format, or was altered")
	}
	text, err := io.ReadAll(io.LimitReader(r, maxKeyBytes))
	if err != nil {
		return Key{}, ProblemNoCopy.Wrap(err, "reason", "it was altered or cut off")
	}
	return ReadKey(text)
}
