package notice

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Most of a mailbox is attachments in base64, and most of them nobody asks for.
// They are taken out of a mail before it is taken apart, with a mark in their
// place, and decoded when they are.

// packedPart is where the base64 of an attachment stands in a mail.
type packedPart struct{ from, to int }

// packMark is what stands in place of the nth of them, once decoded.
const packMark = "casebinder-packed-part:"

// leastPacked is how long an attachment must be to be worth taking out, in bytes.
const leastPacked = 4 << 10

// lighten takes the attachments in base64 out of a mail.
func lighten(raw []byte) ([]byte, []packedPart) {
	if len(raw) < leastPacked || !bytes.Contains(raw, []byte("base64")) || bytes.Contains(raw, []byte("message/rfc822")) {
		return raw, nil // a mail in a mail is kept as it is
	}
	var parts []packedPart
	var out []byte
	kept := 0
	for at := 0; at < len(raw); {
		i := bytes.Index(raw[at:], []byte("\n--"))
		if i < 0 {
			break
		}
		at += i + 1
		body, ok := packedBody(raw, at)
		if !ok {
			at += 2
			continue
		}
		end := bytes.Index(raw[body:], []byte("\n--"))
		if end < 0 {
			break // it is cut; what is there is read as it is
		}
		end += body
		if end-body >= leastPacked {
			out = append(out, raw[kept:body]...)
			out = append(out, base64.StdEncoding.EncodeToString([]byte(packMark+strconv.Itoa(len(parts))))...)
			parts = append(parts, packedPart{body, end})
			kept = end
		}
		at = end
	}
	if len(parts) == 0 {
		return raw, nil
	}
	return append(out, raw[kept:]...), parts
}

// maxPartHead is how long the head of a part may be that is looked at, in bytes.
const maxPartHead = 4 << 10

// packedBody gives where the body of a part begins whose boundary stands at a place,
// where the part is no text and in base64.
func packedBody(raw []byte, at int) (int, bool) {
	line := bytes.IndexByte(raw[at:], '\n')
	if line < 0 {
		return 0, false
	}
	head := raw[at+line+1 : min(len(raw), at+line+1+maxPartHead)]
	end, skip := bytes.Index(head, []byte("\n\n")), 2
	if crlf := bytes.Index(head, []byte("\r\n\r\n")); crlf >= 0 && (end < 0 || crlf < end) {
		end, skip = crlf, 4
	}
	if end < 0 {
		return 0, false
	}
	fields := strings.ToLower(string(head[:end]))
	kind := strings.Index(fields, "content-type:")
	if kind < 0 || !strings.Contains(fields, "base64") {
		return 0, false
	}
	value := strings.TrimSpace(fields[kind+len("content-type:"):])
	if strings.HasPrefix(value, "text/") && !strings.Contains(fields, "attachment") || strings.HasPrefix(value, "message/") || strings.HasPrefix(value, "multipart/") {
		return 0, false
	}
	return at + line + 1 + end + skip, true
}

// unpack gives back what was taken out: the files of a mail are decoded only where
// Open is called. Their sizes are told without that.
func (m *Mail) unpack(raw []byte, parts []packedPart) {
	for i := range m.Files {
		rest, ok := strings.CutPrefix(string(m.Files[i].Content[:min(len(m.Files[i].Content), 64)]), packMark)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(rest)
		if err != nil || n < 0 || n >= len(parts) {
			continue
		}
		body := raw[parts[n].from:parts[n].to]
		m.Files[i].Content, m.Files[i].packed = nil, body
		m.Files[i].Size = (len(body) - bytes.Count(body, []byte("\n")) - bytes.Count(body, []byte("\r"))) / 4 * 3
	}
}

// Open gives the bytes of an attachment. What is no base64 within it is passed over,
// as mail programs do.
func (f *MailFile) Open() ([]byte, error) {
	if f.packed == nil {
		return f.Content, nil
	}
	clean := make([]byte, 0, len(f.packed))
	for _, b := range f.packed {
		if b == '+' || b == '/' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' {
			clean = append(clean, b)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	content, err := io.ReadAll(base64.NewDecoder(base64.RawStdEncoding, bytes.NewReader(clean)))
	if err != nil {
		return nil, fmt.Errorf("decoding %s: %w", f.Name, err)
	}
	return content, nil
}
