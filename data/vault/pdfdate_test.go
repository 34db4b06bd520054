package vault

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestWhenAPDFWasMade(t *testing.T) {
	pad := strings.Repeat("0 0 0 rg\n", 70_000) // 630,000 bytes
	for name, c := range map[string]struct{ file, want string }{
		"a browser's, at its head":   {"%PDF-1.4\n1 0 obj\n<</Producer (Skia/PDF m131)\n/CreationDate (D:20260304102030+00'00')\n/ModDate (D:20260304102030+00'00')>>" + pad, "2026-03-04T10:20:30Z"},
		"at its end, east of UTC":    {"%PDF-1.5\n" + pad + "<</CreationDate(D:20260304182030+08'00)>>", "2026-03-04T10:20:30Z"},
		"in UTC":                     {"%PDF-1.5 /CreationDate (D:20260304102030Z)", "2026-03-04T10:20:30Z"},
		"an hour alone":              {"%PDF-1.5 /CreationDate (D:20260304022030-08)", "2026-03-04T10:20:30Z"},
		"without a zone":             {"%PDF-1.5 /CreationDate (D:20260304102030)", ""},
		"in the middle":              {"%PDF-1.5\n" + pad + "/CreationDate (D:20260304102030Z)" + pad, ""},
		"twice the same":             {"%PDF-1.5 /CreationDate (D:20260304102030Z) /CreationDate (D:20260304182030+08'00')", "2026-03-04T10:20:30Z"},
		"two that differ":            {"%PDF-1.5 /CreationDate (D:20260304102030Z) /CreationDate (D:20260304102031Z)", ""},
		"encrypted":                  {"%PDF-1.5 /CreationDate (D:20260304102030Z) trailer <</Encrypt 3 0 R>>", ""},
		"in its metadata":            {"%PDF-1.7 <xmp:CreateDate>2026-03-04T18:20:30+08:00</xmp:CreateDate>", "2026-03-04T10:20:30Z"},
		"no such day":                {"%PDF-1.5 /CreationDate (D:20260230102030Z)", ""},
		"no PDF":                     {"text /CreationDate (D:20260304102030Z)", ""},
		"empty":                      {"", ""},
		"before there were any PDFs": {"%PDF-1.5 /CreationDate (D:19700101000000Z)", ""},
	} {
		at, err := PDFCreated(strings.NewReader(c.file), int64(len(c.file)))
		got := ""
		if !at.IsZero() {
			got = at.Format(time.RFC3339)
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
}

func FuzzPDFCreated(f *testing.F) {
	f.Add([]byte("%PDF-1.5 /CreationDate (D:20260304102030+08'00')"))
	f.Add([]byte("%PDF-1.5 <xmp:CreateDate>2026-03-04T18:20:30+08:00</xmp:CreateDate>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if at, err := PDFCreated(bytes.NewReader(raw), int64(len(raw))); err != nil || !at.IsZero() && at.Year() < 1993 {
			t.Fatalf("%v, %v", at, err)
		}
	})
}
