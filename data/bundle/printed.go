package bundle

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"casebinder/data/pdf"
)

// maxPrinted is how long a text file may be that is printed, in bytes: about 400
// pages.
const maxPrinted = 1 << 20

// printed prints a text file.
func (r *renderer) printed(ctx context.Context, f io.Reader, size int64) error {
	if size > maxPrinted {
		return ProblemLongText.New("size", byteSize(size), "limit", byteSize(maxPrinted))
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxPrinted+1))
	if err != nil {
		return fmt.Errorf("reading a text: %w", err)
	}
	text, ok := decodeText(raw)
	if !ok {
		return ProblemText.New()
	}
	if e := r.masker; e != nil {
		text = e.Text(text)
	}
	r.line(r.y)
	r.gap(3 * pdf.MM)
	r.longText(ctx, text)
	return ctx.Err()
}

// longText prints a text as it is in pieces of lines, so that canceling works
// within a long one.
func (r *renderer) longText(ctx context.Context, text string) {
	for len(text) > 0 && ctx.Err() == nil {
		piece := text
		if i := strings.LastIndexByte(cutRunes(text, 20_000), '\n'); i >= 0 && len(text) > 20_000 {
			piece = text[:i]
		}
		r.text(pdf.Plain(strings.ReplaceAll(piece, "\t", "    "), style(8.5, false, ink)), marginX, bodyWidth)
		text = strings.TrimPrefix(text[len(piece):], "\n")
	}
}

// decodeText decodes UTF-8, UTF-16 with its mark, and GB18030.
func decodeText(raw []byte) (string, bool) {
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw)
		return cleanText(string(out)), err == nil
	}
	if utf8.Valid(raw) {
		return cleanText(string(raw)), true
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", false
	}
	return cleanText(string(out)), true
}

func cleanText(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
