package importer

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Limits of archives.
const (
	maxMembers   = 1000    // files in an archive
	maxTables    = 100     // of them that are read
	memberMemory = 4 << 20 // bytes of a file that is kept in memory; a larger one goes to a file of its own
)

// member is a table in an archive.
type member struct {
	*Source
	base string // its name without folders
}

// archive is what an archive holds.
type archive struct {
	members []member
	left    []string // files that are no tables, by name
}

// unpacked gives the tables of an archive, unpacked once for a source. Names in
// it lead nowhere: they are only shown.
func (s *Source) unpacked(ctx context.Context, format Format) (*archive, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.packed != nil {
		return s.packed, nil
	}
	a := &archive{}
	var err error
	if format == formatGzip {
		err = a.gunzip(ctx, s)
	} else {
		err = a.unzip(ctx, s)
	}
	if err == nil && len(a.members) == 0 {
		err = problemNoTable.New("file", s.Name)
	}
	if err != nil {
		return nil, errors.Join(err, a.close())
	}
	s.packed = a
	return a, nil
}

func (a *archive) close() error {
	var errs []error
	for _, m := range a.members {
		errs = append(errs, m.Close())
	}
	return errors.Join(errs...)
}

func (a *archive) gunzip(ctx context.Context, s *Source) error {
	z, err := gzip.NewReader(io.NewSectionReader(s.r, 0, s.Size))
	if err != nil {
		return problemArchiveDamaged.Wrap(err, "file", s.Name, "detail", err)
	}
	defer z.Close() //nolint:errcheck // the sum was checked at the end of the data
	base := strings.TrimSuffix(s.Name, path.Ext(s.Name))
	budget := int64(MaxTextSize)
	return a.take(ctx, s, z, base, s.Size, &budget)
}

func (a *archive) unzip(ctx context.Context, s *Source) error {
	z, err := zip.NewReader(s.r, s.Size)
	if err != nil {
		return problemArchiveDamaged.Wrap(err, "file", s.Name, "detail", err)
	}
	if len(z.File) > maxMembers {
		return problemManyMembers.New("file", s.Name, "limit", maxMembers)
	}
	budget := int64(MaxTextSize)
	for _, f := range z.File {
		base := memberName(f)
		switch {
		case f.FileInfo().IsDir(), base == "", strings.HasPrefix(base, "."), strings.Contains(f.Name, "__MACOSX/"):
			continue
		case !tableName(base):
			a.left = append(a.left, base)
			continue
		case f.Flags&1 != 0:
			return problemPassword.New("file", s.Name)
		case len(a.members) >= maxTables:
			return problemManyMembers.New("file", s.Name, "limit", maxTables)
		}
		if err := a.member(ctx, s, f, base, &budget); err != nil {
			return err
		}
	}
	return nil
}

func (a *archive) member(ctx context.Context, s *Source, f *zip.File, base string, budget *int64) error {
	r, err := f.Open()
	if err != nil {
		return problemArchiveDamaged.Wrap(err, "file", s.Name, "detail", err)
	}
	defer r.Close() //nolint:errcheck // it was only read
	return a.take(ctx, s, r, base, int64(f.CompressedSize64), budget)
}

// take unpacks one file.
func (a *archive) take(ctx context.Context, s *Source, r io.Reader, base string, packed int64, budget *int64) error {
	in := &unpacker{ctx: ctx, r: r, src: s, limit: max(bombSize, packed*bombRatio), budget: budget}
	head, err := io.ReadAll(io.LimitReader(in, memberMemory+1))
	if err != nil {
		return in.failed(err)
	}
	m := member{base: base}
	if len(head) <= memberMemory {
		m.Source = NewSource(s.Name+"/"+base, bytes.NewReader(head), int64(len(head)))
	} else if m.Source, err = spill(s.Name+"/"+base, io.MultiReader(bytes.NewReader(head), in)); err != nil {
		return in.failed(err)
	}
	if format, err := m.container(); err == nil && (format == formatZip || format == formatGzip) {
		a.left = append(a.left, base) // an archive in an archive
		return m.Close()
	}
	a.members = append(a.members, m)
	return nil
}

// unpacker counts what is unpacked, and ends it at a limit.
type unpacker struct {
	ctx    context.Context
	r      io.Reader
	src    *Source
	read   int64
	limit  int64  // of this file
	budget *int64 // of all files
}

func (u *unpacker) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := u.r.Read(p)
	u.read += int64(n)
	*u.budget -= int64(n)
	if u.read > u.limit || *u.budget < 0 {
		return n, problemUnfolds.New("file", u.src.Name, "limit", size(min(u.limit, MaxTextSize)))
	}
	return n, err
}

func (u *unpacker) failed(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case u.ctx.Err() != nil:
		return u.ctx.Err()
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum),
		errors.Is(err, zip.ErrAlgorithm), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &corrupt):
		return problemArchiveDamaged.Wrap(err, "file", u.src.Name, "detail", err)
	}
	return err
}

// spill writes what is too large for memory into a file that goes with its
// source.
func spill(name string, r io.Reader) (*Source, error) {
	f, err := os.CreateTemp("", "casebinder-*")
	if err != nil {
		return nil, fmt.Errorf("making room for %s: %w", name, err)
	}
	s := &Source{Name: name, r: f, c: spilled{f}}
	if s.Size, err = io.Copy(f, r); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// spilled is a file that is taken away when it is closed.
type spilled struct{ *os.File }

func (s spilled) Close() error { return errors.Join(s.File.Close(), os.Remove(s.Name())) }

// tableName reports whether a file of an archive may be a table.
func tableName(base string) bool {
	switch strings.ToLower(path.Ext(base)) {
	case ".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".xlsb", "":
		return true
	}
	return false
}

// memberName is the name of a file in an archive as it is shown.
func memberName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 || !utf8.ValidString(name) {
		if text, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = text
		}
	}
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), `\`, "/")
	if strings.HasSuffix(name, "/") {
		return ""
	}
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, path.Base(name))
	return shorten(name)
}
