package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"

	"golang.org/x/crypto/ssh"
)

// maxKeyBytes is far above what an ed25519 key takes.
const maxKeyBytes = 16 << 10

// A Key signs bundles: an ed25519 key. The zero Key signs nothing.
type Key struct {
	private ed25519.PrivateKey
}

// NewKey makes a key from the system's source of randomness.
func NewKey() (Key, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Key{}, fmt.Errorf("making a signing key: %w", err)
	}
	return Key{private}, nil
}

// ReadKey reads a private key in OpenSSH's format, as ssh-keygen -t ed25519 or
// Marshal writes it. A key with a passphrase, of another kind or in another
// format is refused with ErrInvalid.
func ReadKey(text []byte) (Key, error) {
	if len(text) > maxKeyBytes {
		return Key{}, ProblemKey.New("reason", "the file is too large for a key")
	}
	raw, err := ssh.ParseRawPrivateKey(bytes.TrimSpace(text))
	var locked *ssh.PassphraseMissingError
	switch {
	case errors.As(err, &locked):
		return Key{}, ProblemKey.Wrap(err, "reason", "it has a passphrase")
	case err != nil:
		return Key{}, ProblemKey.Wrap(err, "reason", "it is not a private key in OpenSSH's format")
	}
	private, ok := raw.(*ed25519.PrivateKey) // a pointer only from OpenSSH's own format
	if !ok {
		return Key{}, ProblemKey.New("reason", "it is not an ed25519 key in OpenSSH's format")
	}
	// A file may hold a public half that is not that of its private half.
	if !bytes.Equal(ed25519.NewKeyFromSeed(private.Seed()), *private) {
		return Key{}, ProblemKey.New("reason", "its two halves do not belong together")
	}
	return Key{*private}, nil
}

// Marshal writes the private key in OpenSSH's format, without a passphrase. The
// format holds random check bytes: two calls give different text for one key.
func (k Key) Marshal() ([]byte, error) {
	if k.IsZero() {
		return nil, ProblemKey.New("reason", "there is none")
	}
	block, err := ssh.MarshalPrivateKey(k.private, Identity)
	if err != nil {
		return nil, fmt.Errorf("writing a signing key: %w", err)
	}
	return pem.EncodeToMemory(block), nil
}

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return len(k.private) != ed25519.PrivateKeySize }

// Fingerprint is the public half's fingerprint as ssh-keygen -l prints it:
// "SHA256:" and 43 characters. It is "" of the zero Key.
func (k Key) Fingerprint() string {
	if k.IsZero() {
		return ""
	}
	return ssh.FingerprintSHA256(k.public())
}

// Public is the public half as a line of authorized_keys, without a comment and
// without a line end. It is "" of the zero Key.
func (k Key) Public() string {
	if k.IsZero() {
		return ""
	}
	return publicLine(k.public())
}

func (k Key) public() ssh.PublicKey {
	public, err := ssh.NewPublicKey(k.private.Public())
	if err != nil {
		panic("seal: an ed25519 key without its public half: " + err.Error()) // its length was checked
	}
	return public
}

func publicLine(public ssh.PublicKey) string {
	return string(bytes.TrimSpace(ssh.MarshalAuthorizedKey(public)))
}
