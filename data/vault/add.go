package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"casebinder/data"
)

// Add takes a file in: it is hashed while it is written, flushed to the disk,
// and put into its place. A file that the vault has is not written twice; what
// is there is read again first, and replaced when it was altered. limit is the
// largest size in bytes, 0 for none. When Add fails, or ctx ends, nothing is
// left of it. Problems: data.ErrLimit, ErrFull, ErrInvalid (empty), ErrReadOnly.
func (v *Vault) Add(ctx context.Context, r io.Reader, limit int64) (Stored, error) {
	f, err := v.create(filepath.Join(v.dir, incoming))
	if err != nil {
		return Stored{}, v.explain(err)
	}
	stored, err := v.receive(ctx, f, r, limit)
	if err == nil {
		stored.New, err = v.putInPlace(ctx, f.Name(), stored.SHA256)
	}
	if err != nil || !stored.New {
		if gone := os.Remove(f.Name()); err == nil && gone != nil {
			err = gone
		}
	}
	if err != nil {
		return Stored{}, v.explain(err)
	}
	return stored, nil
}

// receive writes all of r into f and closes it.
func (v *Vault) receive(ctx context.Context, f tempFile, r io.Reader, limit int64) (Stored, error) {
	hash := sha256.New()
	head := &headWriter{}
	if limit > 0 {
		r = io.LimitReader(r, limit+1)
	}
	size, err := io.CopyBuffer(onlyWriter{io.MultiWriter(f, hash, head)}, contextReader{ctx, r}, make([]byte, bufferSize))
	switch {
	case err != nil:
	case limit > 0 && size > limit:
		err = problemLimit.New("limit", limit)
	case size == 0:
		err = problemEmpty.New()
	default:
		if err = f.Chmod(0o400); err != nil && runtime.GOOS == "windows" {
			err = nil // set after it was closed, in putInPlace
		}
		err = errors.Join(err, f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return Stored{}, err
	}
	return Stored{SHA256: hex.EncodeToString(hash.Sum(nil)), Size: size, MIME: Sniff(head.b)}, nil
}

// putInPlace puts a finished file into its place, and reports whether it did: false
// when the same content is there already.
func (v *Vault) putInPlace(ctx context.Context, from, sha string) (bool, error) {
	to, err := v.place(sha)
	if err != nil {
		return false, err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return false, err
	}
	if _, err := os.Lstat(to); err == nil {
		err := v.Verify(ctx, sha)
		if !errors.Is(err, data.ErrDamaged) {
			return false, err
		}
		if err := remove(to); err != nil {
			return false, err
		}
	}
	if err := os.Rename(from, to); err != nil {
		return false, err
	}
	if err := os.Chmod(to, 0o400); err != nil {
		return true, err
	}
	syncFolder(filepath.Dir(to))
	syncFolder(v.dir)
	return true, nil
}

// headWriter keeps the beginning of a file, to tell what it is.
type headWriter struct{ b []byte }

func (h *headWriter) Write(p []byte) (int, error) {
	if room := sniffSize - len(h.b); room > 0 {
		h.b = append(h.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}
