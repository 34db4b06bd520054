package seal

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

const (
	// Namespace is what a signature is for: ssh-keygen's -n. A signature that was
	// made for something else does not count.
	Namespace = "casebinder-bundle"

	// Identity stands for the sender in AllowedSigners: ssh-keygen's -I. Who that
	// is, only the key's fingerprint tells.
	Identity = "casebinder"
)

// maxSignatureBytes is far above what an ed25519 signature takes.
const maxSignatureBytes = 16 << 10

// Sign signs a message in OpenSSH's signature format, armored. The same key and
// message give the same bytes.
func Sign(k Key, message []byte) ([]byte, error) {
	if k.IsZero() {
		return nil, ProblemKey.New("reason", "there is none")
	}
	signer, err := ssh.NewSignerFromKey(k.private)
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	signature, err := sshsig.Sign(bytes.NewReader(message), signer, sshsig.HashSHA512, Namespace)
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	return sshsig.Armor(signature), nil
}

// Verify checks an armored signature over a message and tells which key made
// it: its fingerprint and its line of authorized_keys. It accepts what
// ssh-keygen -Y verify does of ed25519 signatures in our Namespace. Anything
// else is of ErrDamaged. Who holds the key is for the caller to ask.
func Verify(signature, message []byte) (fingerprint, public string, err error) {
	s, err := parseSignature(signature)
	if err != nil {
		return "", "", err
	}
	if err := sshsig.Verify(bytes.NewReader(message), s, s.PublicKey, s.HashAlgorithm, Namespace); err != nil {
		return "", "", ProblemSignature.Wrap(err, "reason", sayOtherBytes.English)
	}
	return ssh.FingerprintSHA256(s.PublicKey), publicLine(s.PublicKey), nil
}

func parseSignature(text []byte) (*sshsig.Signature, error) {
	if len(text) > maxSignatureBytes {
		return nil, ProblemSignature.New("reason", sayLong.English)
	}
	// ssh-keygen wants the armor at the very start; so does this.
	block, rest := pem.Decode(text)
	switch {
	case block == nil || !bytes.HasPrefix(text, []byte("-----BEGIN "+sshsig.PEMType+"-----")) || len(block.Headers) > 0:
		return nil, ProblemSignature.New("reason", sayFormat.English)
	case len(bytes.TrimSpace(rest)) > 0:
		return nil, ProblemSignature.New("reason", sayBehind.English)
	}
	s, err := sshsig.ParseSignature(block.Bytes)
	switch {
	case err != nil:
		return nil, ProblemSignature.Wrap(err, "reason", sayFormat.English)
	case s.PublicKey.Type() != ssh.KeyAlgoED25519:
		return nil, ProblemSignature.New("reason", sayKeyKind.English)
	case s.Namespace != Namespace:
		return nil, ProblemSignature.New("reason", sayPurpose.English)
	}
	return s, nil
}

// AllowedSigners is a file for ssh-keygen -Y verify -f: the one key, as
// Identity, for our Namespace alone. Public is a line of authorized_keys.
func AllowedSigners(public string) []byte {
	fields := strings.Fields(public)
	if len(fields) > 2 {
		fields = fields[:2] // no comment
	}
	return []byte(Identity + ` namespaces="` + Namespace + `" ` + strings.Join(fields, " ") + "\n")
}

// AllowedKeys reads such a file and gives the fingerprints of the keys that it
// allows for our Namespace. Lines that name other purposes, or cannot be read,
// allow nothing.
func AllowedKeys(file []byte) []string {
	var all []string
	for line := range strings.Lines(string(file[:min(len(file), maxSignatureBytes)])) {
		line = strings.TrimSpace(line)
		principal, rest, ok := strings.Cut(line, " ")
		if !ok || strings.HasPrefix(line, "#") || principal != Identity {
			continue
		}
		public, _, options, _, err := ssh.ParseAuthorizedKey([]byte(rest))
		if err != nil || !allows(options) {
			continue
		}
		all = append(all, ssh.FingerprintSHA256(public))
	}
	return all
}

// allows reports whether the options leave our Namespace to a key. An option
// that is not known here, such as one that limits the time, allows nothing.
func allows(options []string) bool {
	for _, o := range options {
		list, ok := strings.CutPrefix(o, "namespaces=")
		if !ok || !slices.Contains(strings.Split(strings.Trim(list, `"`), ","), Namespace) {
			return false
		}
	}
	return true
}
