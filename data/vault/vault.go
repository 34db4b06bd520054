// Package vault keeps the files of evidence by their content.
//
// Its one rule: it is the only writer of evidence, and a file that came in is
// never changed.
//
// A file lies under its SHA-256 in lower-case hexadecimal: the first two digits
// name a folder, the other 62 the file. Files are read-only. What comes in is
// written under .incoming first and gets its place when all of it is on the
// disk, so a file in its place is whole.
//
// The vault gives no path to an original away: a viewer that saves what it
// shows would change it. CopyTo makes a copy for viewers.
package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"casebinder/data"
)

// incoming is the folder of files that are being written.
const incoming = ".incoming"

// bufferSize is how much of a file is in memory at a time.
const bufferSize = 1 << 20

var (
	problemPlace = data.DefineProblem("vault_place", data.ErrReadOnly,
		"The folder {path} for evidence cannot be used.",
		"Check that it exists and that you may write to it.")
	problemFull = data.DefineProblem("vault_full", data.ErrFull,
		"There is no space left for evidence in {path}. The file was not taken.",
		"Free some space on that disk and add the file again.")
	problemLimit = data.DefineProblem("vault_limit", data.ErrLimit,
		"The file is larger than {limit} bytes. It was not taken.",
		"Add a shorter or smaller version, or raise the limit.")
	problemEmpty = data.DefineProblem("vault_empty", data.ErrInvalid,
		"The file is empty. It was not taken.",
		"Check that it was copied or downloaded completely.")
	problemMissing = data.DefineProblem("vault_missing", data.ErrNotFound,
		"The evidence file {sha} is not in the vault.",
		"Restore the folder of evidence from a backup, or add the original file again.")
	problemDamaged = data.DefineProblem("vault_damaged", data.ErrDamaged,
		"The evidence file {sha} was altered: its content is no longer what came in.",
		"Restore it from a backup, or add the original file again. Do not submit it.")
	problemName = data.DefineProblem("vault_name", data.ErrInvalid,
		"“{sha}” is not a SHA-256.",
		"Give 64 hexadecimal digits.")
)

// Vault is a folder of files, each under its SHA-256. Its methods may be used
// from several goroutines.
type Vault struct {
	dir    string
	create func(dir string) (tempFile, error) // os.CreateTemp, but for tests of a full disk
}

// tempFile is a file that is being written.
type tempFile interface {
	io.Writer
	Name() string
	Chmod(fs.FileMode) error
	Sync() error
	Close() error
}

// Stored is a file as the vault has it.
type Stored struct {
	SHA256 string
	Size   int64  // bytes
	MIME   string // told from the content
	New    bool   // false: the vault had it already
}

// File is an open original, for reading only.
type File interface {
	io.Reader
	io.ReaderAt
	io.Seeker
	io.Closer
}

// Open opens the vault in dir, making the folder when there is none, and sweeps
// what interrupted adds have left.
func Open(dir string) (*Vault, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the vault: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, incoming), 0o700); err != nil {
		return nil, problemPlace.Wrap(err, "path", dir)
	}
	left, err := os.ReadDir(filepath.Join(dir, incoming))
	if err != nil {
		return nil, problemPlace.Wrap(err, "path", dir)
	}
	for _, f := range left {
		if err := os.RemoveAll(filepath.Join(dir, incoming, f.Name())); err != nil {
			return nil, problemPlace.Wrap(err, "path", dir)
		}
	}
	return &Vault{dir: dir, create: createTemp}, nil
}

// OpenReadOnly opens a vault of a desk that cannot be written: nothing is made
// or swept, and Add fails.
func OpenReadOnly(dir string) (*Vault, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the vault: %w", err)
	}
	refuse := func(string) (tempFile, error) { return nil, problemPlace.New("path", dir) }
	return &Vault{dir: dir, create: refuse}, nil
}

func createTemp(dir string) (tempFile, error) { return os.CreateTemp(dir, "add-*") }

// place is where a file lies.
func (v *Vault) place(sha string) (string, error) {
	raw, err := hex.DecodeString(sha)
	if err != nil || len(raw) != sha256.Size || sha != strings.ToLower(sha) {
		return "", problemName.New("sha", sha)
	}
	return filepath.Join(v.dir, sha[:2], sha[2:]), nil
}

// explain turns errors of the system into problems.
func (v *Vault) explain(err error) error {
	if _, done := data.AsProblem(err); done || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if data.IsFull(err) {
		return problemFull.Wrap(err, "path", v.dir)
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return problemPlace.Wrap(err, "path", v.dir)
	}
	return fmt.Errorf("taking a file in: %w", err)
}

// Open opens an original for reading and gives its size in bytes. Whoever reads
// it for a bundle hashes what was read again.
func (v *Vault) Open(sha string) (File, int64, error) {
	path, err := v.place(sha)
	if err != nil {
		return nil, 0, err
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, problemMissing.Wrap(err, "sha", sha)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("opening evidence: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("opening evidence: %w", err), f.Close())
	}
	return f, info.Size(), nil
}

// Has reports whether a file with the hash is there; it does not read it.
func (v *Vault) Has(sha string) bool {
	path, err := v.place(sha)
	if err != nil {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Verify reads a file again. One that was altered gives a problem of kind
// data.ErrDamaged that names it, one that is gone data.ErrNotFound.
func (v *Vault) Verify(ctx context.Context, sha string) error {
	f, _, err := v.Open(sha)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // it was only read
	hash := sha256.New()
	if _, err := io.CopyBuffer(onlyWriter{hash}, contextReader{ctx, f}, make([]byte, bufferSize)); err != nil {
		return fmt.Errorf("reading evidence %s: %w", sha, err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sha {
		return problemDamaged.New("sha", sha)
	}
	return nil
}

// List gives the hashes of all files, in order.
func (v *Vault) List() ([]string, error) {
	folders, err := os.ReadDir(v.dir)
	if err != nil {
		return nil, problemPlace.Wrap(err, "path", v.dir)
	}
	var list []string
	for _, folder := range folders {
		if !folder.IsDir() || len(folder.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(v.dir, folder.Name()))
		if err != nil {
			return nil, problemPlace.Wrap(err, "path", v.dir)
		}
		for _, f := range files {
			if _, err := v.place(folder.Name() + f.Name()); err == nil {
				list = append(list, folder.Name()+f.Name())
			}
		}
	}
	slices.Sort(list)
	return list, nil
}

// CopyTo writes a copy of an original for a viewer, verified while it is
// copied, as a new file in folder. The name is made safe: it keeps letters,
// digits and the extension. It gives the path of the copy.
func (v *Vault) CopyTo(ctx context.Context, sha, folder, name string) (path string, err error) {
	from, _, err := v.Open(sha)
	if err != nil {
		return "", err
	}
	defer from.Close() //nolint:errcheck // it was only read
	own, err := os.MkdirTemp(folder, "view-")
	if err != nil {
		return "", v.explain(err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(own)
		}
	}()
	path = filepath.Join(own, SafeName(name))
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", v.explain(err)
	}
	hash := sha256.New()
	_, err = io.CopyBuffer(onlyWriter{io.MultiWriter(to, hash)}, contextReader{ctx, from}, make([]byte, bufferSize))
	if err = errors.Join(err, to.Close()); err != nil {
		return "", v.explain(err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sha {
		return "", problemDamaged.New("sha", sha)
	}
	return path, nil
}

// Remove takes a file out for good, also from a disk whose power is cut then. It is
// for a purge of what no evidence refers to any more; the caller has made sure of that.
func (v *Vault) Remove(sha string) error {
	path, err := v.place(sha)
	if err != nil {
		return err
	}
	err = remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return problemMissing.Wrap(err, "sha", sha)
	}
	if err != nil {
		return v.explain(err)
	}
	syncFolder(filepath.Dir(path)) // or a power cut brings the name back
	return nil
}

// remove takes a read-only file out; Windows wants it writable first.
func remove(path string) error {
	if runtime.GOOS == "windows" {
		if err := os.Chmod(path, 0o600); err != nil {
			return err
		}
	}
	return os.Remove(path)
}

// syncFolder makes a new name last. Where folders cannot be flushed (Windows)
// the system does it.
func syncFolder(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// contextReader ends with its context.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// onlyWriter hides ReadFrom, which would go around the buffer.
type onlyWriter struct{ io.Writer }
