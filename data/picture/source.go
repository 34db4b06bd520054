package picture

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// source is a file that is read at any place, with its size.
type source struct {
	io.ReaderAt
	size int64
}

// open finds how large a file is. The reader's place in it is of no account
// afterwards.
func open(r io.ReadSeeker) (source, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return source{}, fmt.Errorf("reading a file's size: %w", err)
	}
	if at, ok := r.(io.ReaderAt); ok {
		return source{at, size}, nil
	}
	return source{seekReader{r}, size}, nil
}

// seekReader reads at any place of what can only seek.
type seekReader struct{ r io.ReadSeeker }

func (s seekReader) ReadAt(p []byte, off int64) (int, error) {
	if _, err := s.r.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s.r, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}

// at reads n bytes from off; fewer only where the file ends.
func (s source) at(off int64, n int) ([]byte, error) {
	if off < 0 || off >= s.size || n <= 0 {
		return nil, nil
	}
	p := make([]byte, min(int64(n), s.size-off))
	got, err := s.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading a file: %w", err)
	}
	return p[:got], nil
}

// full reads n bytes from off, or says that they are not there.
func (s source) full(off int64, n int) ([]byte, error) {
	p, err := s.at(off, n)
	if err == nil && len(p) < n {
		err = errShort
	}
	return p, err
}

// errShort says that a file ends too early.
var errShort = errors.New("the file ends too early")

// stream reads the whole file from its start until the context ends.
func (s source) stream(ctx context.Context) *ctxReader {
	return &ctxReader{ctx, io.NewSectionReader(s, 0, s.size)}
}

// ctxReader is a file that ends with an error when the context does.
type ctxReader struct {
	ctx context.Context
	*io.SectionReader
}

func (c *ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.SectionReader.Read(p)
}

func (c *ctxReader) ReadAt(p []byte, off int64) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.SectionReader.ReadAt(p, off)
}

// chain is several pieces read as one file.
type chain []*io.SectionReader

func (c chain) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for _, piece := range c {
		if off >= piece.Size() {
			off -= piece.Size()
			continue
		}
		m, err := piece.ReadAt(p[n:min(int64(len(p)), int64(n)+piece.Size()-off)], off)
		n += m
		if n == len(p) {
			return n, nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return n, err
		}
		off = 0
	}
	return n, io.EOF
}

// whole gives the pieces as one.
func (c chain) whole() *io.SectionReader {
	size := int64(0)
	for _, piece := range c {
		size += piece.Size()
	}
	return io.NewSectionReader(c, 0, size)
}

// section gives bytes as a piece of a chain.
func section(p []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(p), 0, int64(len(p)))
}

// window reads ahead, for what is walked in small steps.
type window struct {
	io.ReaderAt
	from int64
	page []byte
}

func (w *window) ReadAt(p []byte, off int64) (int, error) {
	if off < w.from || off+int64(len(p)) > w.from+int64(len(w.page)) {
		page := make([]byte, max(len(p), 64<<10))
		n, err := w.ReaderAt.ReadAt(page, off)
		if n < len(p) {
			return copy(p, page[:n]), err
		}
		w.from, w.page = off, page[:n]
	}
	return copy(p, w.page[off-w.from:]), nil
}

func buffered(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, 64<<10) }

var (
	be = binary.BigEndian
	le = binary.LittleEndian
)
