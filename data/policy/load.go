package policy

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"casebinder/assets"
	"casebinder/data"
)

// maxPack is the largest pack that is read, in bytes. The largest built-in one
// has some 20,000.
const maxPack = 1 << 20

var (
	problemPack = data.DefineProblem("policy_pack", data.ErrInvalid,
		"Policy pack {file}, line {line}: {reason}.", "Mend that line, and load the pack again. The rules in force stay as they are.")
	problemPackNewer = data.DefineProblem("policy_pack_newer", data.ErrNewer,
		"Policy pack {file} is written in format {format}; this program reads up to {known}.", "Install a newer Casebinder, or export the pack from the older one.")
	problemPackLarge = data.DefineProblem("policy_pack_large", data.ErrLimit,
		"Policy pack {file} has {bytes} bytes; {limit} is the most that is read.", "Check that this is a policy pack.")
	problemPackTwice = data.DefineProblem("policy_pack_twice", data.ErrConflict,
		"Two policy packs have the id “{id}”: {first} and {second}.", "Give one of them another id, or take it away.")
)

var builtIn = sync.OnceValues(func() ([]*Pack, error) {
	dir, err := fs.Sub(assets.FS, "policies")
	if err != nil {
		return nil, fmt.Errorf("opening the built-in policy packs: %w", err)
	}
	return Load(dir)
})

// BuiltIn gives the packs that the program carries, by ID. They are shared: do
// not change them.
func BuiltIn() ([]*Pack, error) { return builtIn() }

// Load reads every .toml file at the top of a folder as a pack, sorted by ID.
// The error names file, line and reason; all files that cannot be used are in
// it.
func Load(fsys fs.FS) ([]*Pack, error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("listing policy packs: %w", err)
	}
	var all []*Pack
	var troubles []error
	files := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("reading policy pack %s: %w", name, err)
		}
		p, err := Decode(path.Base(name), text)
		if err != nil {
			troubles = append(troubles, err)
			continue
		}
		if first, taken := files[p.ID]; taken {
			troubles = append(troubles, problemPackTwice.New("id", p.ID, "first", first, "second", name))
			continue
		}
		files[p.ID] = name
		all = append(all, p)
	}
	if len(troubles) > 0 {
		return nil, errors.Join(troubles...)
	}
	slices.SortFunc(all, func(a, b *Pack) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}

// Decode reads a pack from TOML and checks it. Name is the file that it comes
// from, for the message. Each thing that is wrong is a Problem with file, line
// and reason; several are joined.
func Decode(name string, text []byte) (*Pack, error) {
	if len(text) > maxPack {
		return nil, problemPackLarge.New("file", name, "bytes", len(text), "limit", maxPack)
	}
	if err := checkFormat(name, text); err != nil {
		return nil, err
	}
	var p Pack
	meta, err := toml.Decode(string(text), &p)
	if err != nil {
		return nil, syntaxProblem(name, err)
	}
	if rest := meta.Undecoded(); len(rest) > 0 {
		at := placeOf(rest[0])
		return nil, problemPack.New("file", name, "line", at.line(string(text)), "reason", fmt.Sprintf("there is no field “%s”", rest[0]))
	}
	if err := p.check(name, string(text)); err != nil {
		return nil, err
	}
	return &p, nil
}

// checkFormat reads the format alone, so that a pack of a newer form is refused
// as newer and not for a field that this program does not know.
func checkFormat(name string, text []byte) error {
	var head struct {
		Format int `toml:"format"`
	}
	if _, err := toml.Decode(string(text), &head); err != nil {
		return syntaxProblem(name, err)
	}
	if head.Format > Format {
		return problemPackNewer.New("file", name, "format", head.Format, "known", Format)
	}
	return nil
}

func syntaxProblem(name string, err error) error {
	var at toml.ParseError
	if errors.As(err, &at) {
		reason := at.Message
		if reason == "" {
			reason = strings.TrimPrefix(at.Error(), "toml: ")
		}
		return problemPack.Wrap(err, "file", name, "line", at.Position.Line, "reason", strings.TrimSuffix(reason, "."))
	}
	return problemPack.Wrap(err, "file", name, "line", 1, "reason", strings.TrimPrefix(err.Error(), "toml: "))
}

// placeOf turns an undecoded key into a place; TOML's keys carry no index, so
// any table of that name with that key is meant.
func placeOf(key toml.Key) place {
	if len(key) == 1 {
		return place{key: key[0]}
	}
	return place{table: key[0], n: -1, key: key[1]}
}

// Encode writes a pack as TOML that Decode reads. Overrides are written as the
// pack's own figures; their journal stays in the desk.
func Encode(p *Pack) ([]byte, error) {
	var out bytes.Buffer
	enc := toml.NewEncoder(&out)
	enc.Indent = ""
	if err := enc.Encode(p); err != nil {
		return nil, fmt.Errorf("writing policy pack %s: %w", p.ID, err)
	}
	return out.Bytes(), nil
}

// sameWord compares words of platforms without case, white space and signs.
func sameWord(a, b string) bool { return plainWord(a) == plainWord(b) }

func plainWord(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '_', '-', '\t', '.', '/':
			return -1
		}
		return r
	}, strings.ToLower(s))
}
