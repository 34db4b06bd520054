package notice

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
)

// rawMail is one mail of a file, before it is taken apart.
type rawMail struct {
	offset, length int64
	sum            string
	bytes          []byte // unquoted; cut behind MaxMail
	quoted         bool   // in the file
}

// separator is the line that begins a mail in an mbox file: "From ", a sender
// and a date. The quoting of mboxo and mboxrd keeps others out; a line of a
// file that was not quoted must look the part.
var separator = pattern(`^From (?:\S.* )?.*\d{1,2}:\d{2}(?::\d{2})?\b.*\b(?:19|20)\d{2}\b`)

// headerLine is a line such as "Subject: ...".
var headerLine = pattern(`^[!-9;-~]{1,76}:`)

const lineBuffer = 64 << 10

// splitter cuts an mbox file into its mails, without holding more than one.
type splitter struct {
	ctx    context.Context
	r      *bufio.Reader
	offset int64 // of the next byte

	have     bool // a mail is open
	mail     rawMail
	sum      hash.Hash
	blank    bool // the line before was empty
	inLine   bool // the last piece was not the end of a line
	finished bool
	unsummed bool // nobody asks for the sums of the mails
}

func newSplitter(ctx context.Context, r *bufio.Reader, offset int64) *splitter {
	return &splitter{ctx: ctx, r: r, offset: offset, blank: true}
}

// next gives the next mail, or io.EOF.
func (s *splitter) next() (rawMail, error) {
	for !s.finished {
		if err := s.ctx.Err(); err != nil {
			return rawMail{}, err
		}
		if s.bulk() {
			continue
		}
		piece, err := s.r.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
			return rawMail{}, fmt.Errorf("reading the mails: %w", err)
		}
		s.finished = errors.Is(err, io.EOF)
		if len(piece) == 0 {
			break
		}
		begins := !s.inLine
		s.inLine = piece[len(piece)-1] != '\n'
		if begins && bytes.HasPrefix(piece, []byte("From ")) {
			piece = bytes.Clone(piece) // looking ahead moves the buffer
		}
		if begins && s.separates(piece) {
			done, had := s.close(), s.have
			s.offset += int64(len(piece))
			s.begin()
			if had {
				return done, nil
			}
			continue
		}
		s.offset += int64(len(piece))
		s.add(piece, begins)
	}
	if s.have {
		done := s.close()
		s.have = false
		return done, nil
	}
	return rawMail{}, io.EOF
}

// leastBulk is from how many buffered bytes on lines are taken many at once, and
// mostBulk how many bytes these may be.
const (
	leastBulk = 2 << 10
	mostBulk  = 16 << 10
)

// bulk takes whole lines into the open mail, up to one that may begin a mail or is
// quoted. It reports whether it took any.
func (s *splitter) bulk() bool {
	n := min(s.r.Buffered(), mostBulk) // few, as each look reads all of them
	if !s.have || s.inLine || n < leastBulk {
		return false
	}
	b, err := s.r.Peek(n)
	if err != nil || b[0] == '>' || b[0] == 'F' {
		return false
	}
	end := bytes.LastIndexByte(b, '\n') + 1
	for _, special := range []string{"\nFrom ", "\n>"} {
		if i := bytes.Index(b[:end], []byte(special)); i >= 0 {
			end = min(end, i+1)
		}
	}
	if tail := bytes.LastIndexByte(b[:max(end-1, 0)], '\n'); tail < 0 {
		return false // one line, or none
	}
	s.offset += int64(end)
	s.add(b[:end], false)
	s.blank = bytes.HasSuffix(b[:end], []byte("\n\n")) || bytes.HasSuffix(b[:end], []byte("\n\r\n"))
	_, err = s.r.Discard(end)
	return err == nil
}

// separates tells whether a line begins a mail. Behind an empty line it needs
// a date, or nothing but "From" with a header below; elsewhere, where a
// program forgot the empty line, it needs both.
func (s *splitter) separates(piece []byte) bool {
	if !bytes.HasPrefix(piece, []byte("From ")) {
		return false
	}
	trimmed := bytes.TrimRight(piece, "\r\n")
	dated := len(trimmed) <= 998 && separator().Match(trimmed)
	bare := len(bytes.TrimSpace(trimmed)) <= len("From -")
	if !dated && !bare {
		return false
	}
	if dated && s.blank {
		return true
	}
	ahead, _ := s.r.Peek(512)
	return headerLine().Match(ahead) && (dated || bare && s.blank)
}

func (s *splitter) begin() {
	s.have = true
	s.mail = rawMail{offset: s.offset, quoted: true}
	s.sum = sha256.New()
	s.blank = false
}

// add takes a piece of a line into the open mail. What stands before the first
// separator belongs to none.
func (s *splitter) add(piece []byte, begins bool) {
	s.blank = begins && len(bytes.TrimRight(piece, "\r\n")) == 0
	if !s.have {
		return
	}
	if !s.unsummed {
		s.sum.Write(piece)
	}
	s.mail.length += int64(len(piece))
	if begins {
		piece = unquote(piece)
	}
	if room := MaxMail + 1 - len(s.mail.bytes); room > 0 {
		s.mail.bytes = append(s.mail.bytes, piece[:min(room, len(piece))]...)
	}
}

// unquote takes one ">" off ">From ", ">>From ".
func unquote(piece []byte) []byte {
	if piece[0] != '>' {
		return piece
	}
	if bytes.HasPrefix(bytes.TrimLeft(piece, ">"), []byte("From ")) {
		return piece[1:]
	}
	return piece
}

func (s *splitter) close() rawMail {
	if s.sum != nil {
		s.mail.sum = hex.EncodeToString(s.sum.Sum(nil))
	}
	return s.mail
}

// readOne reads a file that is one mail.
func readOne(ctx context.Context, r io.Reader, offset int64) (rawMail, error) {
	m := rawMail{offset: offset}
	sum := sha256.New()
	buffer := make([]byte, lineBuffer)
	for {
		if err := ctx.Err(); err != nil {
			return m, err
		}
		n, err := r.Read(buffer)
		sum.Write(buffer[:n])
		m.length += int64(n)
		if room := MaxMail + 1 - len(m.bytes); room > 0 {
			m.bytes = append(m.bytes, buffer[:min(room, n)]...)
		}
		if errors.Is(err, io.EOF) {
			m.sum = hex.EncodeToString(sum.Sum(nil))
			return m, nil
		}
		if err != nil {
			return m, fmt.Errorf("reading the mail: %w", err)
		}
	}
}
