// Package pack loads rule data: policy packs, upload profiles, statements,
// presets, recognizers, templates and the sample are all TOML files, and this
// is the one way in which they are read.
//
// Its law: a file is taken whole, or refused with its name, the line and the
// reason. Decode knows every field or refuses the file; what a file must hold
// beyond that its Kind checks. Layer puts a user's own files in the place of
// the built-in ones, and Text gives the words of a file a key under which the
// language files translate them.
package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"casebinder/data"
)

// MaxBytes is the largest file that is read. The largest built-in one has some
// 40,000.
const MaxBytes = 1 << 20

var (
	problemLine = data.DefineProblem("pack_line", data.ErrInvalid,
		"{file}, line {line}: {reason}.", "Fix that line, and load the file again. What was in force stays as it is.")
	problemContent = data.DefineProblem("pack_content", data.ErrInvalid,
		"{file}: {reason}.", "Correct this, and try again. What was in force stays as it is.")
	problemNewer = data.DefineProblem("pack_newer", data.ErrNewer,
		"{file} is written in format {format}; this program reads up to {known}.", "Install a newer Casebinder, or export the file from the older one.")
	problemLarge = data.DefineProblem("pack_large", data.ErrLimit,
		"{file} has {bytes} bytes; the limit is {limit}.", "Check that this is the right file.")
	problemTwice = data.DefineProblem("pack_twice", data.ErrConflict,
		"Two files have the id “{id}”: {first} and {second}.", "Give one of them another id, or remove it.")
)

// A Kind is a sort of rule data that stands in files of one form.
type Kind[T any] struct {
	ID     func(*T) string   // the id of a file's content, which no other of its folder has
	Check  func(*T, *Report) // tells what is wrong, and makes the content ready for use; nil: nothing beyond the fields
	Words  func(*T) []string // the words that a screen shows, in English; nil: none
	Format int               // the highest "format" that is read; 0: files of this kind have none
}

// Decode reads one file. Name is the file or setting that it comes from, for
// the message. Each thing that is wrong is a Problem with file, line and reason;
// several are joined.
func (k Kind[T]) Decode(name string, text []byte) (*T, error) {
	if k.Format > 0 {
		if err := checkFormat(name, text, k.Format); err != nil {
			return nil, err
		}
	}
	var content T
	if err := Decode(name, text, &content); err != nil {
		return nil, err
	}
	if err := k.Verify(name, text, &content); err != nil {
		return nil, err
	}
	return &content, nil
}

// Verify checks what was read, or made by the program; then text is nil, and
// no line is told.
func (k Kind[T]) Verify(name string, text []byte, content *T) error {
	if k.Check == nil {
		return nil
	}
	r := &Report{file: name, text: text}
	k.Check(content, r)
	return r.Err()
}

// Load reads every .toml file at the top of a folder, sorted by ID. All files
// that cannot be used are in the error.
func (k Kind[T]) Load(fsys fs.FS, dir string) ([]*T, error) {
	names, err := Names(fsys, dir)
	if err != nil {
		return nil, err
	}
	var all []*T
	var troubles []error
	files := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		one, err := k.Decode(path.Base(name), text)
		if err != nil {
			troubles = append(troubles, err)
			continue
		}
		id := k.ID(one)
		if first, taken := files[id]; taken {
			troubles = append(troubles, problemTwice.New("id", id, "first", first, "second", path.Base(name)))
			continue
		}
		files[id] = path.Base(name)
		all = append(all, one)
	}
	if len(troubles) > 0 {
		return nil, errors.Join(troubles...)
	}
	slices.SortFunc(all, func(a, b *T) int { return strings.Compare(k.ID(a), k.ID(b)) })
	return all, nil
}

// Layer puts layers under each other, the user's own before the built-in: of
// those with one id the first counts. They keep their order.
func (k Kind[T]) Layer(layers ...[]*T) []*T {
	var all []*T
	seen := map[string]bool{}
	for _, layer := range layers {
		for _, one := range layer {
			if id := k.ID(one); !seen[id] {
				seen[id] = true
				all = append(all, one)
			}
		}
	}
	return all
}

// Names lists the .toml files at the top of a folder.
func Names(fsys fs.FS, dir string) ([]string, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.toml"))
	if err != nil {
		return nil, fmt.Errorf("listing %s: %w", dir, err)
	}
	return names, nil
}

// Read decodes one file of a file system.
func Read(fsys fs.FS, name string, into any) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return Decode(name, text, into)
}

// Decode reads TOML into a value and refuses fields that the value has not, and
// files over MaxBytes.
func Decode(name string, text []byte, into any) error {
	if len(text) > MaxBytes {
		return problemLarge.New("file", name, "bytes", len(text), "limit", MaxBytes)
	}
	meta, err := toml.Decode(string(text), into)
	if err != nil {
		return syntaxProblem(name, err)
	}
	if rest := meta.Undecoded(); len(rest) > 0 {
		r := &Report{file: name, text: text}
		r.Fail(placeOf(rest[0]), "there is no field “%s”", rest[0])
		return r.Err()
	}
	return nil
}

// checkFormat reads the format alone, so that a file of a newer form is refused
// as newer and not for a field that this program does not know.
func checkFormat(name string, text []byte, known int) error {
	if len(text) > MaxBytes {
		return problemLarge.New("file", name, "bytes", len(text), "limit", MaxBytes)
	}
	var head struct {
		Format int `toml:"format"`
	}
	if _, err := toml.Decode(string(text), &head); err != nil {
		return syntaxProblem(name, err)
	}
	if head.Format > known {
		return problemNewer.New("file", name, "format", head.Format, "known", known)
	}
	return nil
}

// lineInError finds the line in an error of which the library tells no position.
var lineInError = regexp.MustCompile(`(?s)^line (\d{1,9}) (.*)$`)

func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

func syntaxProblem(name string, err error) error {
	line, reason := 1, strings.TrimPrefix(err.Error(), "toml: ")
	var at toml.ParseError
	if errors.As(err, &at) {
		line = max(at.Position.Line, 1)
		if at.Message != "" {
			reason = at.Message
		}
	} else if m := lineInError.FindStringSubmatch(reason); m != nil {
		line, reason = max(atoi(m[1]), 1), m[2]
	}
	return problemLine.Wrap(err, "file", name, "line", line, "reason", strings.TrimSuffix(reason, "."))
}

// Encode writes a value as TOML that Decode reads, the same bytes each time.
func Encode(name string, value any) ([]byte, error) {
	var out bytes.Buffer
	enc := toml.NewEncoder(&out)
	enc.Indent = ""
	if err := enc.Encode(value); err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return out.Bytes(), nil
}
