package letter

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"casebinder/data"
)

// A stream is a file in a compound file.
type stream struct {
	name    string
	content []byte
}

// compound makes a compound file as [MS-CFB] has it: sectors of 512 bytes, one of
// them the table of sectors, entries in a chain, streams as long as they are kept
// in sectors of their own. Behind a storage's name, which has no content, stands
// what lies in it.
func compound(message []stream, storage string, inside []stream) []byte {
	const (
		sector, least        = 512, 4096
		ends, isTable, unset = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
	)
	all := append(slices.Clone(message), append([]stream{{name: storage}}, inside...)...)
	entries := (len(all) + 4) / 4 // sectors of four entries, the root among them
	table, sectors := []uint32{isTable}, make([]byte, sector*(1+entries))
	for i := range entries {
		table = append(table, uint32(i+2))
	}
	table[entries] = ends
	entry := func(i int, name string, kind byte, right, child, start uint32, size int) {
		b := sectors[sector+128*i:]
		units := utf16.Encode([]rune(name))
		for j, u := range units {
			binary.LittleEndian.PutUint16(b[2*j:], u)
		}
		binary.LittleEndian.PutUint16(b[64:], uint16(2*len(units)+2))
		b[66], b[67] = kind, 1
		for j, v := range []uint32{unset, right, child} {
			binary.LittleEndian.PutUint32(b[68+4*j:], v)
		}
		binary.LittleEndian.PutUint32(b[116:], start)
		binary.LittleEndian.PutUint32(b[120:], uint32(size))
	}
	entry(0, "Root Entry", 5, unset, 1, ends, 0)
	for i, s := range all {
		right := uint32(i + 2)
		if i == len(message) || i == len(all)-1 {
			right = unset
		}
		if i == len(message) {
			entry(i+1, s.name, 1, right, uint32(i+2), 0, 0)
			continue
		}
		size := max(len(s.content), least)
		start := len(table)
		for range (size + sector - 1) / sector {
			table = append(table, uint32(len(table)+1))
		}
		table[len(table)-1] = ends
		content := make([]byte, (len(table)-start)*sector)
		copy(content, s.content)
		entry(i+1, s.name, 2, right, unset, uint32(start), size)
		sectors = append(sectors, content...)
	}
	for i := range sector / 4 {
		v := uint32(unset)
		if i < len(table) {
			v = table[i]
		}
		binary.LittleEndian.PutUint32(sectors[4*i:], v)
	}
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for at, v := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: 1, 48: 1, 56: least, 60: ends, 68: ends} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	for at := 80; at < sector; at += 4 {
		binary.LittleEndian.PutUint32(head[at:], unset)
	}
	return append(head, sectors...)
}

// outlookFile is a message with a subject, a text and a file.
func outlookFile() []byte {
	var subject []byte
	for _, u := range utf16.Encode([]rune("Paket für Sie")) {
		subject = binary.LittleEndian.AppendUint16(subject, u)
	}
	return compound(
		[]stream{{"__substg1.0_0037001F", subject}, {"__substg1.0_1000001E", []byte("It was delivered on 1 March.")}},
		"__attach_version1.0_#00000000",
		[]stream{{"__substg1.0_3707001E", []byte("label.zip")}, {"__substg1.0_37010102", []byte("PK\x03\x04")}},
	)
}

func TestOutlookFile(t *testing.T) {
	l, err := Read(t.Context(), KindOf("application/vnd.ms-outlook", "a.msg"), outlookFile())
	if err != nil {
		t.Fatal(err)
	}
	got := strings.ReplaceAll(texts(l), "\x00", "")
	if !strings.Contains(got, "Subject=Paket für Sie\n") || !strings.Contains(got, "It was delivered on 1 March.") {
		t.Errorf("%q", got)
	}
	if len(l.Attachments) != 1 || strings.TrimRight(l.Attachments[0].Name, "\x00") != "label.zip" {
		t.Errorf("%+v", l.Attachments)
	}
}

// FuzzOutlook reads messages of anybody.
func FuzzOutlook(f *testing.F) {
	f.Add(outlookFile())
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := Read(t.Context(), Outlook, raw); err != nil {
			if p, ok := data.AsProblem(err); !ok || p.Kind != ProblemDamaged {
				t.Fatal(err)
			}
		}
	})
}

// TestOutlookTextHasItsOwnCodePage reads a message whose page is UTF-8 and whose
// other text is of Windows 1252, as Outlook keeps it, with an empty Cc.
func TestOutlookTextHasItsOwnCodePage(t *testing.T) {
	b := newBag()
	b.fixed = make([]byte, 32)
	for _, p := range []struct {
		id   uint16
		page uint32
	}{{0x3FDE, 65001}, {0x3FFD, 1252}} {
		row := make([]byte, 16)
		binary.LittleEndian.PutUint16(row[2:], p.id)
		binary.LittleEndian.PutUint32(row[8:], p.page)
		b.fixed = append(b.fixed, row...)
	}
	put := func(id, kind uint16, text string) { b.values[id], b.kinds[id] = []byte(text), kind }
	put(propSubject, 0x001E, "gr\xfcn")
	put(propCc, 0x001E, "\x00")
	put(propHTML, 0x0102, "<p>grün</p><p>rot</p>")
	l := b.letter(nil)
	if len(l.Fields) != 1 || l.Fields[0] != (Field{"Subject", "grün"}) {
		t.Errorf("%q", l.Fields)
	}
	if len(l.Pieces) != 1 || !slices.Equal(strings.Fields(l.Pieces[0].Text), []string{"grün", "rot"}) {
		t.Errorf("%q", l.Pieces)
	}
}
