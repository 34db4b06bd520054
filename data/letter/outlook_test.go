package letter

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

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
