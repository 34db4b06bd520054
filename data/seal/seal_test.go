package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"casebinder/data"
)

// tool finds an external program; where it is missing the test is skipped on a
// person's machine and fails in CI.
func tool(t *testing.T, name string) string {
	t.Helper()
	p, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("NOT CHECKED: %s is not installed", name)
	}
	return p
}

// run gives the output of a program and whether it ended well.
func run(t *testing.T, dir, stdin, name string, args ...string) (string, bool) {
	t.Helper()
	cmd := exec.Command(tool(t, name), args...)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// sampleKey is the same in every run.
func sampleKey() Key {
	return Key{ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))}
}

func mustSign(t testing.TB, k Key, message string) []byte {
	t.Helper()
	s, err := Sign(k, []byte(message))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const message = "0123  bagit.txt\n4567  bag-info.txt\n"

func TestSSHKeygenReadsOurKey(t *testing.T) {
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	text, err := k.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "key"), text)
	out, ok := run(t, dir, "", "ssh-keygen", "-y", "-f", "key")
	if !ok || !strings.HasPrefix(out, k.Public()) {
		t.Errorf("ssh-keygen -y: %s, want %s", out, k.Public())
	}
	out, ok = run(t, dir, "", "ssh-keygen", "-l", "-f", "key")
	if !ok || !strings.Contains(out, " "+k.Fingerprint()+" ") {
		t.Errorf("ssh-keygen -l: %s, want %s", out, k.Fingerprint())
	}
	back, err := ReadKey(text)
	if err != nil || back.Fingerprint() != k.Fingerprint() || !bytes.Equal(back.private, k.private) {
		t.Errorf("read back %s, %v", back.Fingerprint(), err)
	}
}

func TestKeysThatSSHKeygenMakes(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name, reason string
		args         []string
	}{
		{"own", "", []string{"-t", "ed25519", "-N", ""}},
		{"locked", "passphrase", []string{"-t", "ed25519", "-N", "secret words"}},
		{"ecdsa", "ed25519", []string{"-t", "ecdsa", "-N", ""}},
	} {
		if out, ok := run(t, dir, "", "ssh-keygen", append(c.args, "-q", "-f", c.name)...); !ok {
			t.Fatal(out)
		}
		text, err := os.ReadFile(filepath.Join(dir, c.name))
		if err != nil {
			t.Fatal(err)
		}
		k, err := ReadKey(text)
		if c.reason == "" {
			public, readErr := os.ReadFile(filepath.Join(dir, c.name+".pub"))
			if err != nil || readErr != nil || !strings.HasPrefix(string(public), k.Public()) {
				t.Errorf("%s: %v %v", c.name, err, readErr)
			}
			continue
		}
		if !errors.Is(err, data.ErrInvalid) || !strings.Contains(err.Error(), c.reason) || !k.IsZero() {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestBadKeys(t *testing.T) {
	text, err := sampleKey().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	halves := bytes.Clone(sampleKey().private)
	halves[40] ^= 1
	block, err := ssh.MarshalPrivateKey(ed25519.PrivateKey(halves), "")
	if err != nil {
		t.Fatal(err)
	}
	mixed, err := Key{halves}.Marshal()
	if err != nil || len(block.Bytes) == 0 {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"nothing": nil, "text": []byte("hello"), "half": text[:len(text)/2], "huge": bytes.Repeat(text, 100), "two halves of two keys": mixed,
		"public": []byte(sampleKey().Public()),
	} {
		if k, err := ReadKey(bad); !errors.Is(err, data.ErrInvalid) || !k.IsZero() {
			t.Errorf("%s: %v", name, err)
		}
	}
	var none Key
	if _, err := none.Marshal(); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("the zero key is written: %v", err)
	}
	if _, err := Sign(none, nil); !errors.Is(err, data.ErrInvalid) || none.Fingerprint() != "" || none.Public() != "" {
		t.Errorf("the zero key signs: %v", err)
	}
}

// TestSSHKeygenVerifies runs the command that the README of a bundle names.
func TestSSHKeygenVerifies(t *testing.T) {
	k := sampleKey()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "m.sig"), mustSign(t, k, message))
	write(t, filepath.Join(dir, "allowed_signers"), AllowedSigners(k.Public()))
	verify := func(text, namespace, identity string) (string, bool) {
		return run(t, dir, text, "ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", identity, "-n", namespace, "-s", "m.sig")
	}
	out, ok := verify(message, Namespace, Identity)
	if !ok || !strings.Contains(out, "Good") || !strings.Contains(out, k.Fingerprint()) {
		t.Errorf("ssh-keygen: %s", out)
	}
	for i := range []byte(message) {
		if i%7 != 0 {
			continue // each one starts a program
		}
		changed := []byte(message)
		changed[i] ^= 1
		if out, ok := verify(string(changed), Namespace, Identity); ok {
			t.Errorf("ssh-keygen accepts a change at %d: %s", i, out)
		}
	}
	if out, ok := verify(message, "file", Identity); ok {
		t.Errorf("ssh-keygen accepts another purpose: %s", out)
	}
	if out, ok := verify(message, Namespace, "somebody"); ok {
		t.Errorf("ssh-keygen accepts somebody else: %s", out)
	}
	other, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "allowed_signers"), AllowedSigners(other.Public()))
	if out, ok := verify(message, Namespace, Identity); ok {
		t.Errorf("ssh-keygen accepts another key: %s", out)
	}
}

// TestWeVerifySSHKeygen checks signatures that another program made.
func TestWeVerifySSHKeygen(t *testing.T) {
	dir := t.TempDir()
	text, err := sampleKey().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "key"), text)
	for _, c := range []struct {
		namespace string
		good      bool
	}{{Namespace, true}, {"file", false}} {
		write(t, filepath.Join(dir, "m"), []byte(message))
		if out, ok := run(t, dir, "", "ssh-keygen", "-Y", "sign", "-q", "-f", "key", "-n", c.namespace, "m"); !ok {
			t.Fatal(out)
		}
		signature, err := os.ReadFile(filepath.Join(dir, "m.sig"))
		if err != nil {
			t.Fatal(err)
		}
		fingerprint, public, err := Verify(signature, []byte(message))
		if c.good && (err != nil || fingerprint != sampleKey().Fingerprint() || public != sampleKey().Public()) {
			t.Errorf("%s: %s %s %v", c.namespace, fingerprint, public, err)
		}
		if !c.good && !errors.Is(err, data.ErrDamaged) {
			t.Errorf("%s: %v", c.namespace, err)
		}
		if err := os.Remove(filepath.Join(dir, "m.sig")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSameSignatureEachTime(t *testing.T) {
	first := mustSign(t, sampleKey(), message)
	if !bytes.Equal(first, mustSign(t, sampleKey(), message)) {
		t.Error("two signatures of one key and message differ")
	}
	// This is what format 1 wrote first; it must come out so in every version.
	const want = "8207c5a36861d0769d8c64256fc9"
	sum := sha256.Sum256(first)
	if got := hex.EncodeToString(sum[:14]); got != want {
		t.Errorf("the signature's SHA-256 begins with %s, want %s", got, want)
	}
}

func TestVerifyRefuses(t *testing.T) {
	good := mustSign(t, sampleKey(), message)
	if _, _, err := Verify(good, []byte(message)); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(good), "\n")
	for name, bad := range map[string]string{
		"nothing":              "",
		"text before":          "hello\n" + string(good),
		"text behind":          string(good) + "hello",
		"another armor":        strings.ReplaceAll(string(good), "SSH SIGNATURE", "PGP SIGNATURE"),
		"a header":             lines[0] + "Comment: x\n\n" + strings.Join(lines[1:], ""),
		"a line gone":          lines[0] + strings.Join(lines[2:], ""),
		"huge":                 string(good) + strings.Repeat("\n", maxSignatureBytes),
		"of another message":   string(mustSign(t, sampleKey(), message+"x")),
		"two, one over this":   string(mustSign(t, sampleKey(), "x")) + string(good),
		"cut":                  string(good[:len(good)/2]),
		"the key in its stead": sampleKey().Public(),
	} {
		if f, _, err := Verify([]byte(bad), []byte(message)); !errors.Is(err, data.ErrDamaged) || f != "" {
			t.Errorf("%s: %q %v", name, f, err)
		}
	}
	if _, _, err := Verify([]byte(string(good)+"\r\n \n"), []byte(message)); err != nil {
		t.Errorf("blank lines behind: %v", err)
	}
}

func TestAllowedKeys(t *testing.T) {
	own, other := sampleKey(), Key{ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, 32))}
	for name, c := range map[string]struct{ file, want string }{
		"ours":              {string(AllowedSigners(own.Public() + " a comment")), own.Fingerprint()},
		"with a remark":     {"# x\n\n" + string(AllowedSigners(own.Public())), own.Fingerprint()},
		"CRLF":              {strings.ReplaceAll(string(AllowedSigners(own.Public())), "\n", "\r\n"), own.Fingerprint()},
		"two":               {string(AllowedSigners(own.Public())) + string(AllowedSigners(other.Public())), own.Fingerprint() + " " + other.Fingerprint()},
		"no purpose":        {Identity + " " + own.Public(), own.Fingerprint()},
		"another purpose":   {Identity + ` namespaces="git" ` + own.Public(), ""},
		"several purposes":  {Identity + ` namespaces="git,casebinder-bundle" ` + own.Public(), own.Fingerprint()},
		"an authority":      {Identity + ` cert-authority ` + own.Public(), ""},
		"another identity":  {"ana " + own.Public(), ""},
		"nothing":           {"", ""},
		"hostile":           {strings.Repeat("casebinder \x00", 5000), ""},
		"a name and no key": {Identity, ""},
	} {
		if got := strings.Join(AllowedKeys([]byte(c.file)), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestOpenSSLReadsTheTimeStampRequest(t *testing.T) {
	sum := sha256.Sum256([]byte(message))
	der, err := TimeStampRequest(sum[:])
	if err != nil {
		t.Fatal(err)
	}
	again, err := TimeStampRequest(sum[:])
	if err != nil || !bytes.Equal(der, again) {
		t.Errorf("two requests for one file differ: %v", err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "x.tsq"), der)
	out, ok := run(t, dir, "", "openssl", "ts", "-query", "-in", "x.tsq", "-text")
	dump := strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(out))
	for _, want := range []string{"version:1", "hashalgorithm:sha256", "certificaterequired:yes", "nonce:0x", hex.EncodeToString(sum[:8])} {
		if !ok || !strings.Contains(dump, want) {
			t.Errorf("openssl ts does not show %s:\n%s", want, out)
		}
	}
	// What openssl asks for itself has the same structure.
	own, ok := run(t, dir, "", "openssl", "ts", "-query", "-digest", hex.EncodeToString(sum[:]), "-sha256", "-cert", "-no_nonce", "-out", "y.tsq")
	theirs, err := os.ReadFile(filepath.Join(dir, "y.tsq"))
	if !ok || err != nil || !bytes.Contains(der, theirs[5:5+49]) {
		t.Errorf("openssl's own request differs: %s %v\n%x\n%x", own, err, der, theirs)
	}
	if _, err := TimeStampRequest(sum[:20]); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a short hash: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	good := mustSign(f, sampleKey(), message)
	f.Add(good, []byte(message))
	f.Add(good[:100], []byte(message))
	f.Add([]byte("-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n"), []byte{})
	f.Fuzz(func(t *testing.T, signature, text []byte) {
		fingerprint, public, err := Verify(signature, text)
		if (err == nil) != (fingerprint != "" && public != "") {
			t.Errorf("%q %q %v", fingerprint, public, err)
		}
		if err == nil && (fingerprint != sampleKey().Fingerprint() || string(text) != message) {
			t.Errorf("accepted: %q over %q", signature, text)
		}
	})
}

func FuzzReadKey(f *testing.F) {
	text, err := sampleKey().Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"))
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, text []byte) {
		k, err := ReadKey(text)
		if (err == nil) == k.IsZero() {
			t.Errorf("%v, zero %v", err, k.IsZero())
		}
		if err == nil && !json.Valid([]byte(`"`+k.Fingerprint()+`"`)) {
			t.Errorf("fingerprint %q", k.Fingerprint())
		}
	})
}

func FuzzAllowedKeys(f *testing.F) {
	f.Add(AllowedSigners(sampleKey().Public()))
	f.Add([]byte("casebinder namespaces=\"a,casebinder-bundle\" ssh-ed25519 AAAA\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, k := range AllowedKeys(file) {
			if !strings.HasPrefix(k, "SHA256:") {
				t.Errorf("%q", k)
			}
		}
	})
}
