package seal_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/seal"
)

func TestLockedKeyComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("each try takes a second, and longer with the race detector")
	}
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	const passphrase = "grün hammer 四 lantern"
	locked, err := key.Lock(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(locked, []byte("-----BEGIN AGE ENCRYPTED FILE-----\n")) {
		t.Errorf("not in age's format: %.60q", locked)
	}
	plain, err := key.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(locked, plain[40:80]) {
		t.Error("the key stands in it as it is")
	}
	again, err := seal.Unlock(locked, passphrase)
	if err != nil || again.Fingerprint() != key.Fingerprint() {
		t.Errorf("%s came back as %s, %v", key.Fingerprint(), again.Fingerprint(), err)
	}
	for name, c := range map[string]struct {
		text []byte
		pass string
		want error
	}{
		"another passphrase": {locked, "grün hammer 四 Lantern", seal.ProblemLocked.Is},
		"no passphrase":      {locked, "", data.ErrInvalid},
		"a bit flipped":      {bytes.Replace(locked, locked[400:404], []byte("AAAA"), 1), passphrase, data.ErrInvalid},
		"cut off":            {locked[:len(locked)-60], passphrase, data.ErrInvalid},
		"no copy":            {plain, passphrase, data.ErrInvalid},
		"nothing":            {nil, passphrase, data.ErrInvalid},
	} {
		got, err := seal.Unlock(c.text, c.pass)
		if !errors.Is(err, c.want) || !got.IsZero() {
			t.Errorf("%s: %v, %s", name, err, got.Fingerprint())
		}
	}
	if _, err := key.Lock("short"); !errors.Is(err, data.ErrInvalid) || !strings.Contains(err.Error(), "5") {
		t.Errorf("a short passphrase: %v", err)
	}
}
