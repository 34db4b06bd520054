package letter

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding/unicode"
)

// Properties of a message ([MS-OXPROPS]).
const (
	propSubject   = 0x0037
	propBody      = 0x1000
	propRTF       = 0x1009
	propHTML      = 0x1013
	propSender    = 0x0C1A
	propAddress   = 0x0C1F
	propSMTP      = 0x5D01
	propTo        = 0x0E04
	propCc        = 0x0E03
	propSent      = 0x0039
	propArrived   = 0x0E06
	propHTMLPage  = 0x3FDE // code page of the page
	propTextPage  = 0x3FFD // of all other text that is not UTF-16
	propData      = 0x3701
	propLongName  = 0x3707
	propName      = 0x3704
	propContentID = 0x3712
)

// A bag is the properties of a message or of an attachment.
type bag struct {
	values map[uint16][]byte
	kinds  map[uint16]uint16
	fixed  []byte
}

func newBag() *bag { return &bag{values: map[uint16][]byte{}, kinds: map[uint16]uint16{}} }

// readOutlook takes a message of Outlook apart ([MS-OXMSG]).
func readOutlook(ctx context.Context, raw []byte) (Letter, error) {
	doc, err := mscfb.New(bytes.NewReader(raw))
	if err != nil {
		return Letter{}, damaged(err, "it is no message of Outlook")
	}
	message, attached := newBag(), map[string]*bag{}
	left := int64(maxUnfolded)
	for f, err := doc.Next(); err == nil; f, err = doc.Next() {
		if ctx.Err() != nil {
			return Letter{}, ctx.Err()
		}
		into := message
		switch {
		case len(f.Path) == 1 && strings.HasPrefix(f.Path[0], "__attach_version1.0_"):
			if into = attached[f.Path[0]]; into == nil {
				into = newBag()
				attached[f.Path[0]] = into
			}
		case len(f.Path) > 0:
			continue // recipients, and messages in messages
		}
		if err := into.take(f, &left); err != nil {
			return Letter{}, err
		}
	}
	if len(message.values) == 0 {
		return Letter{}, damaged(nil, "it is no message of Outlook")
	}
	return message.letter(attached), nil
}

// take reads a stream that holds a property.
func (b *bag) take(f *mscfb.File, left *int64) error {
	name, isProperty := strings.CutPrefix(f.Name, "__substg1.0_")
	if !isProperty && f.Name != "__properties_version1.0" || f.Size <= 0 {
		return nil
	}
	if *left -= f.Size; *left < 0 {
		return damaged(nil, "it unfolds to far more than its size")
	}
	content, err := io.ReadAll(io.LimitReader(f, f.Size))
	if err != nil {
		return damaged(err, "a part of it is cut")
	}
	if !isProperty {
		b.fixed = content
		return nil
	}
	tag, err := strconv.ParseUint(name, 16, 32)
	if err != nil {
		return nil //nolint:nilerr // a name of another kind
	}
	b.values[uint16(tag>>16)], b.kinds[uint16(tag>>16)] = content, uint16(tag)
	return nil
}

// number gives a property of fixed length out of the list of them; those of a
// message stand behind 32 bytes, those of an attachment behind 8.
func (b *bag) number(id uint16, head int) uint64 {
	for at := head; at+16 <= len(b.fixed); at += 16 {
		if binary.LittleEndian.Uint16(b.fixed[at+2:]) == id {
			return binary.LittleEndian.Uint64(b.fixed[at+8:])
		}
	}
	return 0
}

// text gives a property that is text.
func (b *bag) text(id uint16, charset string) string {
	raw := b.values[id]
	if b.kinds[id] == 0x001F {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Bytes(raw)
		if err != nil {
			return ""
		}
		return string(out)
	}
	return decode(raw, charset)
}

// charsetOf names a code page of Windows; "" where it is not known.
func charsetOf(page uint32) string {
	switch page {
	case 65001:
		return "utf-8"
	case 936, 54936:
		return "gb18030"
	case 950:
		return "big5"
	case 932:
		return "shift_jis"
	case 949:
		return "euc-kr"
	case 20866:
		return "koi8-r"
	}
	if page >= 1250 && page <= 1258 || page == 874 {
		return "windows-" + strconv.Itoa(int(page))
	}
	return ""
}

func (b *bag) letter(attached map[string]*bag) Letter {
	const head = 32
	var l Letter
	htmlCharset := charsetOf(uint32(b.number(propHTMLPage, head)))
	charset := cmp.Or(charsetOf(uint32(b.number(propTextPage, head))), htmlCharset)
	htmlCharset = cmp.Or(htmlCharset, charset)
	from := b.text(propSender, charset)
	address := b.text(propSMTP, charset)
	if address == "" {
		address = b.text(propAddress, charset)
	}
	if address != "" && address != from && strings.Contains(address, "@") {
		from = strings.TrimSpace(from + " <" + address + ">")
	}
	sent := b.number(propSent, head)
	if sent == 0 {
		sent = b.number(propArrived, head)
	}
	for _, f := range []Field{
		{"From", from}, {"To", b.text(propTo, charset)}, {"Cc", b.text(propCc, charset)}, {"Date", fileTime(sent)}, {"Subject", b.text(propSubject, charset)},
	} {
		if strings.Trim(f.Value, " \t\r\n\x00") != "" {
			l.Fields = append(l.Fields, f)
		}
	}
	s := &sorted{images: map[string][]byte{}, used: map[string]bool{}}
	if html := b.values[propHTML]; len(html) > 0 {
		s.page.WriteString(b.text(propHTML, htmlCharset))
	}
	s.plain.WriteString(b.text(propBody, charset))
	l.Cut = s.plain.Len() == 0 && s.page.Len() == 0 && len(b.values[propRTF]) > 0
	names := make([]string, 0, len(attached))
	for name := range attached {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		s.attached(attached[name], charset)
	}
	s.into(&l)
	return l
}

// attached sorts an attachment of a message.
func (s *sorted) attached(a *bag, charset string) {
	content := a.values[propData]
	if shown(content) {
		id := a.text(propContentID, charset)
		if id == "" || s.images[id] != nil {
			id = "\x00" + strconv.Itoa(len(s.order))
		}
		s.images[id] = content
		s.order = append(s.order, id)
		return
	}
	name := a.text(propLongName, charset)
	if name == "" {
		name = a.text(propName, charset)
	}
	s.other = append(s.other, Attachment{clean(strings.Join(strings.Fields(name), " ")), len(content), content})
}

// fileTime prints a time of Windows, which counts tenths of a microsecond from
// 1601 on.
func fileTime(v uint64) string {
	const unix = 116_444_736_000_000_000
	if v < unix || v > unix+40_000_000_000_000_000 {
		return ""
	}
	return time.Unix(int64(v-unix)/10_000_000, 0).UTC().Format("2006-01-02 15:04:05 UTC")
}
