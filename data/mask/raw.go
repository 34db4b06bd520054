package mask

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	chunkSize = 256 << 10 // bytes of a raw file that are read at once
	overlap   = 8 << 10   // of them again with the next, so that nothing falls between
)

// searchBytes reads a file in chunks that overlap.
func (m *Masker) searchBytes(where string, r io.Reader) ([]Leak, error) {
	var leaks []Leak
	seen := map[string]bool{}
	buf, have, offset := make([]byte, chunkSize), 0, int64(0)
	wide := false
	for {
		n, err := io.ReadFull(r, buf[have:])
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return nil, fmt.Errorf("searching %s: %w", where, err)
		}
		chunk := buf[:have+n]
		if offset == 0 {
			wide = len(chunk) >= 2 && (chunk[0] == 0xFF && chunk[1] == 0xFE || chunk[0] == 0xFE && chunk[1] == 0xFF)
		}
		for _, leak := range m.searchChunk(where, chunk, wide) {
			leak.Offset += offset
			key := strconv.FormatInt(leak.Offset>>6, 10) + string(leak.Kind) + leak.Text
			if !seen[key] {
				seen[key] = true
				leaks = append(leaks, leak)
			}
		}
		if end {
			slices.SortStableFunc(leaks, func(a, b Leak) int { return cmp.Compare(a.Offset, b.Offset) })
			return leaks, nil
		}
		offset += int64(len(chunk) - overlap)
		have = copy(buf, chunk[len(chunk)-overlap:])
	}
}

// searchChunk reads bytes in each way in which text may be written.
func (m *Masker) searchChunk(where string, chunk []byte, wide bool) (leaks []Leak) {
	for _, s := range texts(chunk) {
		sure := len(s.text) == len(chunk) || utf8.RuneCountInString(s.text) >= sureRun
		leaks = append(leaks, m.searchRun(where, s, sure)...)
		if plain := unescape(s.text); plain != s.text {
			leaks = append(leaks, m.searchRun(where, run{at: s.at, text: plain, size: 1}, sure)...)
		}
	}
	for _, big := range []bool{false, true} {
		for odd := range 2 {
			for _, s := range wideTexts(chunk, odd, big) {
				leaks = append(leaks, m.searchRun(where, s, wide)...)
			}
		}
	}
	return leaks
}

// run is printable text in a file.
type run struct {
	at   int // bytes from the beginning of the chunk
	text string
	size int // bytes of a character in the file: 1 stands for UTF-8
}

const (
	sureRun    = 24 // from so many printable characters on bytes are text and not chance
	leastBytes = 6  // what is found elsewhere must have so many bytes not to be chance
)

// searchRun searches one run; in what may not be text short values are chance.
func (m *Masker) searchRun(where string, s run, sure bool) []Leak {
	leaks := m.search(where, s.text)
	var kept []Leak
	for _, leak := range leaks {
		bytes := len(leak.Text)
		if s.size == 2 {
			bytes = 2 * utf8.RuneCountInString(leak.Text)
		}
		if !sure && bytes < leastBytes {
			continue
		}
		leak.Offset = int64(s.at) + leak.Offset
		kept = append(kept, leak)
	}
	return kept
}

// texts gives the runs of printable UTF-8.
func texts(chunk []byte) (all []run) {
	start := -1
	flush := func(end int) {
		if start >= 0 && (end-start >= leastBytes || end-start == len(chunk)) {
			all = append(all, run{at: start, text: string(chunk[start:end]), size: 1})
		}
		start = -1
	}
	for i := 0; i < len(chunk); {
		r, size := rune(chunk[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(chunk[i:])
		}
		if printable(r) && (r != utf8.RuneError || size > 1) {
			if start < 0 {
				start = i
			}
		} else {
			flush(i)
		}
		i += size
	}
	flush(len(chunk))
	return all
}

func printable(r rune) bool { return r >= ' ' && r != 0x7F || r >= '\t' && r <= '\r' }

// wideTexts gives the runs of UTF-16 in one of its four positions. Nearly all
// bytes are characters so, but those of text keep to one script.
func wideTexts(chunk []byte, odd int, big bool) (all []run) {
	var units []uint16
	start, script := odd, anyScript
	flush := func(next int) {
		if len(units) >= leastBytes/2 {
			all = append(all, run{at: start, text: string(utf16.Decode(units)), size: 2})
		}
		units, start, script = units[:0], next, anyScript
	}
	for i := odd; i+1 < len(chunk); i += 2 {
		u := uint16(chunk[i]) | uint16(chunk[i+1])<<8
		if big {
			u = uint16(chunk[i])<<8 | uint16(chunk[i+1])
		}
		b := blockOf(u)
		switch {
		case b == noText:
			flush(i + 2)
			continue
		case b != anyScript && script != anyScript && b != script:
			flush(i)
		}
		if b != anyScript {
			script = b
		}
		units = append(units, u)
	}
	flush(len(chunk))
	return all
}

// block is the script of a UTF-16 unit, as far as its upper byte tells.
type block uint8

const (
	anyScript block = iota // Latin, kana and punctuation stand beside all others
	noText
	inGreek
	inCyrillic
	inHebrew
	inArabic
	inThai
	inHangul
	inHan
)

func blockOf(u uint16) block {
	switch hi := u >> 8; {
	case !printable(rune(u)), u == 0xFEFF, u == 0xFFFE, u == 0xFFFF:
		return noText
	case hi <= 2, hi == 0x1E, hi == 0x20, hi == 0x30, hi == 0xFF:
		return anyScript
	case hi == 3, hi == 0x1F:
		return inGreek
	case hi == 4:
		return inCyrillic
	case hi == 5:
		return inHebrew
	case hi == 6, hi == 7, hi >= 0xFB && hi <= 0xFE:
		return inArabic
	case hi == 0x0E:
		return inThai
	case hi >= 0xAC && hi <= 0xD7, hi == 0x11:
		return inHangul
	case hi >= 0x4E && hi <= 0x9F, hi == 0xF9, hi == 0xFA:
		return inHan
	}
	return noText
}

// unescape undoes JSON's \u00e9, \n and \/, percent encoding and HTML's
// numbered characters, as often as one lies in another.
func unescape(s string) string {
	for range 3 {
		next := unescapeOnce(s)
		if next == s {
			break
		}
		s = next
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

func unescapeOnce(s string) string {
	if !strings.ContainsAny(s, `\%&`) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		text, n := "", 0
		switch s[i] {
		case '\\':
			text, n = backslash(s[i:])
		case '%':
			text, n = percent(s[i:])
		case '&':
			text, n = entity(s[i:])
		}
		if n == 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		b.WriteString(text)
		i += n
	}
	return b.String()
}

// backslash reads one escape of JSON and gives how many bytes it takes.
func backslash(s string) (string, int) {
	if len(s) < 2 {
		return "", 0
	}
	switch s[1] {
	case 'n', 'r', 't', 'f', 'b':
		return "\n", 2
	case '/', '"', '\\', '(', ')':
		return s[1:2], 2
	case 'u':
		r, ok := hex4(s)
		if !ok {
			return "", 0
		}
		if low, ok := hex4(s[6:]); utf16.IsSurrogate(r) && ok {
			return string(utf16.DecodeRune(r, low)), 12
		}
		return string(r), 6
	}
	return "", 0
}

func hex4(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	v, err := strconv.ParseUint(s[2:6], 16, 32)
	return rune(v), err == nil
}

func percent(s string) (string, int) {
	if len(s) < 3 {
		return "", 0
	}
	v, err := strconv.ParseUint(s[1:3], 16, 8)
	if err != nil {
		return "", 0
	}
	return string([]byte{byte(v)}), 3
}

// entity reads a numbered character of HTML or XML, and the few named ones
// that lie between letters.
func entity(s string) (string, int) {
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	switch name {
	case "nbsp":
		return " ", end + 1
	case "amp":
		return "&", end + 1
	case "apos":
		return "'", end + 1
	case "shy":
		return "", end + 1
	}
	if name[0] != '#' {
		return "", 0
	}
	base, digits := 10, name[1:]
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		base, digits = 16, digits[1:]
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil || v > utf8.MaxRune {
		return "", 0
	}
	return string(rune(v)), end + 1
}
