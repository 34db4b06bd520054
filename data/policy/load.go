package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// packKind is the form of a pack's file.
var packKind = pack.Kind[Pack]{
	ID:     func(p *Pack) string { return p.ID },
	Check:  (*Pack).check,
	Words:  (*Pack).english,
	Format: Format,
}

var builtIn = sync.OnceValues(func() ([]*Pack, error) { return packKind.Load(assets.FS, "policies") })

// BuiltIn gives the packs that the program carries, by ID. They are shared: do
// not change them.
func BuiltIn() ([]*Pack, error) { return builtIn() }

// Edition names the rules that the program carries: the SHA-256 of the files of
// its packs, in hex.
func Edition() (string, error) {
	names, err := pack.Names(assets.FS, "policies")
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, name := range names {
		text, err := fs.ReadFile(assets.FS, name)
		if err != nil {
			return "", fmt.Errorf("reading %s: %w", name, err)
		}
		sum.Write(text)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Decode reads a pack from TOML and checks it. Name is the file that it comes
// from, for the message. Each thing that is wrong is a Problem with file, line
// and reason; several are joined.
func Decode(name string, text []byte) (*Pack, error) { return packKind.Decode(name, text) }

// Encode writes a pack as TOML that Decode reads. Overrides are written as the
// pack's own figures; their journal stays in the desk.
func Encode(p *Pack) ([]byte, error) { return pack.Encode(p.ID, p) }

// Texts lists the words of packs, each once, by key.
func Texts(all []*Pack) []data.Text { return packKind.Texts(all) }
