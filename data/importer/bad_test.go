package importer

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
)

const shopHead = "Order Number,Date,Total,Currency,Item,Qty\n"

// ownMapping is a mapping as the mapping screen makes it.
func ownMapping(t testing.TB) *Preset {
	t.Helper()
	p, err := Mapping("own", "Own", TargetOrders, []Column{
		{Header: "Order Number", Field: FieldNumber},
		{Header: "Date", Field: FieldOrderedAt},
		{Header: "Total", Field: FieldTotal},
		{Header: "Currency", Field: FieldCurrency},
		{Header: "Item", Field: FieldItemTitle},
		{Header: "Qty", Field: FieldItemQuantity},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// problemCode is the code of an error that a person can act on.
func problemCode(t *testing.T, err error) string {
	t.Helper()
	p, ok := data.AsProblem(err)
	if !ok {
		t.Fatalf("%v is no problem that a person can act on", err)
	}
	if strings.ContainsAny(p.Error(), "{}") {
		t.Errorf("a gap in %q", p.Error())
	}
	return p.Kind.Code
}

func bytesSource(name string, b []byte) *Source {
	return NewSource(name, bytes.NewReader(b), int64(len(b)))
}

// xlsx zips the parts of a workbook around a sheet.
func xlsx(t testing.TB, sheet io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", `<Types/>`},
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>`},
		{
			"xl/_rels/workbook.xml.rels",
			`<Relationships><Relationship Id="b" Type="http://x/worksheet" Target="worksheets/s.xml"/></Relationships>`,
		},
	} {
		w, err := z.Create(part.name)
		if err == nil {
			_, err = io.WriteString(w, part.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w, err := z.Create("xl/worksheets/s.xml")
	if err == nil {
		_, err = io.Copy(w, sheet)
	}
	if err != nil || z.Close() != nil {
		t.Fatal("writing the workbook", err)
	}
	return b.Bytes()
}

// endless gives a text again and again.
type endless struct {
	text string
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		k := copy(p[n:], e.text[e.at:])
		n += k
		e.at = (e.at + k) % len(e.text)
	}
	return n, nil
}

func TestFilesThatCannotBeRead(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join("testdata", "aliexpress.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(filepath.Join("testdata", "aliexpress.xls"))
	if err != nil {
		t.Fatal(err)
	}
	head := `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Order Number</t></is></c>` +
		`<c r="B1" t="inlineStr"><is><t>Total</t></is></c></row>`
	bomb := xlsx(t, io.MultiReader(strings.NewReader(head), io.LimitReader(&endless{text: "<row><c><v>1</v></c></row>" + strings.Repeat(" ", 1000)}, 100<<20)))
	longCell := xlsx(t, io.MultiReader(strings.NewReader(head+"<row><c><v>"), io.LimitReader(&endless{text: "123 45x6"}, 8<<20)))
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(i*7919>>3) ^ byte(i)
	}
	for _, c := range []struct {
		name string
		src  *Source
		code string
	}{
		{"empty", textSource("a.csv", ""), "import_empty"},
		{"binary", bytesSource("a.csv", noise), "import_binary"},
		{"picture", textSource("a.csv", "\x89PNG\r\n\x1a\n0000"), "import_binary"},
		{"web page as .xls", textSource("a.xls", "\n<HTML><table><tr><td>Order</td></tr></table>"), "import_html"},
		{"truncated xlsx", bytesSource("a.xlsx", whole[:len(whole)/2]), "import_sheet_damaged"},
		{"truncated xls", bytesSource("a.xls", old[:len(old)/2]), "import_sheet_damaged"},
		{"archive", bytesSource("a.zip", zipOf(t, "orders.csv", shopHead)), "import_no_rows"},
		{"archive of pictures", bytesSource("a.zip", zipOf(t, "a.png", "x")), "import_no_table"},
		{"truncated archive", bytesSource("a.zip", zipOf(t, "orders.csv", shopHead)[:40]), "import_sheet_damaged"},
		{"OpenDocument", bytesSource("a.ods", zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet")), "import_old_sheet"},
		{"sheet that ends early", bytesSource("a.xlsx", xlsx(t, strings.NewReader(head))), "import_sheet_damaged"},
		{"zip bomb", bytesSource("a.xlsx", bomb), "import_unfolds"},
		{"one endless cell", bytesSource("a.xlsx", longCell), "import_long_row"},
		{"header without rows", textSource("a.csv", shopHead), "import_no_rows"},
		{"header without rows, preset", textSource("a.csv", "Sale Date,Order ID,Order Value,Order Total\n\n"), "import_no_rows"},
		{"no table", textSource("a.csv", "just\nsome\nlines\n"), "import_no_header"},
		{"one endless line", bytesSource("a.csv", bytes.Repeat([]byte("abcd,"), 2<<20)), "import_long_row"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in, err := InspectAs(context.Background(), c.src, presets(t), Layout{}, TargetOrders)
			if err == nil {
				_, err = Read(context.Background(), c.src, in, Options{Preset: twoColumns(t)}, Sink{})
			}
			if err == nil {
				t.Fatal("it was read")
			}
			if got := problemCode(t, err); got != c.code {
				t.Errorf("problem %s (%v), want %s", got, err, c.code)
			}
		})
	}
}

func twoColumns(t testing.TB) *Preset {
	p, err := Mapping("two", "Two", TargetOrders, []Column{
		{Header: "Order Number", Field: FieldNumber}, {Header: "Total", Field: FieldTotal},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func zipOf(t testing.TB, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	if err != nil || z.Close() != nil {
		t.Fatal("writing the archive", err)
	}
	return b.Bytes()
}

func TestHugeFileIsRefusedAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(shopHead); err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(5 << 30); err != nil {
		t.Fatal(err)
	}
	f.Close()
	src, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	_, err = InspectAs(context.Background(), src, presets(t), Layout{}, TargetOrders)
	if !errors.Is(err, data.ErrLimit) || problemCode(t, err) != "import_too_large" || !strings.Contains(err.Error(), "2.0 GiB") {
		t.Errorf("got %v", err)
	}
}

func TestOpenSaysWhichFile(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "gone.csv"), t.TempDir()} {
		_, err := Open(path)
		if problemCode(t, err) != "import_open" || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("got %v", err)
		}
	}
}

// TestPassword makes an encrypted workbook's container, which is all that can
// be seen of it.
func TestPassword(t *testing.T) {
	book, err := os.ReadFile(filepath.Join("testdata", "aliexpress.xls"))
	if err != nil {
		t.Fatal(err)
	}
	from := utf16Bytes("Workbook")
	to := utf16Bytes("EncryptedPackage")
	at := bytes.Index(book, from)
	copy(book[at:], to)
	book[at+64] = 34 // length of the name in bytes, with its end
	_, err = InspectAs(context.Background(), bytesSource("locked.xlsx", book), presets(t), Layout{}, TargetOrders)
	if got := problemCode(t, err); got != "import_password" {
		t.Errorf("got %s: %v", got, err)
	}
}

func utf16Bytes(s string) []byte {
	var b []byte
	for _, c := range s {
		b = append(b, byte(c), 0)
	}
	return b
}

func TestRowsThatCannotBeTaken(t *testing.T) {
	text := shopHead +
		"A1,2025-07-21,12.50,USD,Lamp,1\r\n" + // 2, good
		"A2,2025-02-31,12.50,USD,Lamp,1\n" + // 3
		"A3,2025-07-21,12.50,,Lamp,1\r" + // 4
		"1.23E+17,2025-07-21,12.50,USD,Lamp,1\n" + // 5
		"A5,2025-07-21,12.50,USD\n" + // 6
		"A6,2025-07-21,12,50,USD,Lamp,1\n" + // 7
		",2025-07-21,12.50,USD,Lamp,1\n" + // 8
		"A8,2025-07-21,12.50,USD,La\x00mp,1\n" + // 9
		"A9,2025-07-21,$12.50,EUR,Lamp,1\n" + // 10
		"A10,2025-07-21,twelve,USD,Lamp,1\n" + // 11
		"A11,2025-07-21,12.50,USD,Lamp,some\n" + // 12
		"A12,2025-07-21,12.345,USD,Lamp,1\n" + // 13
		"A13,2025-07-21,12.50,USD,\"Lamp\n" + // 14: never closed
		"A14,2025-07-21,12.50,USD,\"Two\nlines\",1\n" + // 15 and 16, good
		"A15,2025-07-21,12.50,USD,Lamp 5\" tall,1\n" + // 17, good
		"\n,,,,,\n" + // 18, 19: blank
		"A16,2025-07-21,12.50,USD,Lamp,1\n" + // 20
		"A16,2025-07-32,,,Cup,1\n" + // 21 spoils the order of line 20
		"A17,2025-07-21,12.50,USD,\"Lamp,1\n" + // 22, good: never closed, but the row is whole without it
		"A18,2025-07-21,12.50,USD,Lamp,1" // 23, good, no line end
	src := textSource("own.csv", text)
	in, err := InspectAs(context.Background(), src, presets(t), Layout{}, TargetOrders)
	if err != nil {
		t.Fatal(err)
	}
	var taken []string
	rejected := map[int]string{}
	sum, err := Read(context.Background(), src, in, Options{Preset: ownMapping(t)}, Sink{
		Order: func(o *data.Order) error { taken = append(taken, o.Number+" "+o.Items[0].Title); return nil },
		Reject: func(r data.Rejection) error {
			rejected[lineOf(r)] = code(r)
			if s := r.Why.String() + r.How.String(); strings.ContainsAny(s, "{}") {
				t.Errorf("a gap in %q", s)
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "taken", taken, []string{"A1 Lamp", "A14 Two\nlines", `A15 Lamp 5" tall`, `A17 "Lamp`, "A18 Lamp"})
	want(t, "rejected", rejected, map[int]string{
		3: "import_date", 4: "import_no_currency", 5: "import_scientific", 6: "import_few_cells", 7: "import_many_cells",
		8: "import_no_number", 9: "import_control", 10: "import_two_currencies", 11: "import_amount", 12: "import_quantity",
		13: "import_amount", 14: "import_open_quote", 20: "import_other_row", 21: "import_date",
	})
	want(t, "summary", sum, Summary{Rows: 19, Taken: 5, Items: 5, Rejected: 14})
}

func TestScatteredRowsMergeOrAreRefused(t *testing.T) {
	var b strings.Builder
	b.WriteString(shopHead + "FIRST,2025-07-21,10.00,USD,Lamp,1\n")
	for i := range openOrders - 2 {
		b.WriteString("N" + string(rune('A'+i%26)) + strings.Repeat("x", i%7) + itoa(i) + ",2025-07-21,1.00,USD,Cup,1\n")
	}
	near := b.String() + "FIRST,2025-07-21,10.00,USD,Shade,1\n"
	far := b.String() + "M1,2025-07-21,1.00,USD,Cup,1\nM2,2025-07-21,1.00,USD,Cup,1\nFIRST,2025-07-21,10.00,USD,Shade,1\n"
	g, err := readOwn(t, near)
	if err != nil || len(g.order(t, "FIRST").Items) != 2 {
		t.Errorf("near rows: %v, %s", err, show(g.orders["FIRST"]))
	}
	g, err = readOwn(t, far)
	if err != nil || len(g.rejected) != 1 || code(g.rejected[0]) != "import_scattered" || len(g.order(t, "FIRST").Items) != 1 {
		t.Errorf("far rows: %v, %s", err, show(g.rejected))
	}
}

func itoa(i int) string {
	return string([]byte{byte('0' + i/1000%10), byte('0' + i/100%10), byte('0' + i/10%10), byte('0' + i%10)})
}

func readOwn(t *testing.T, text string) (got, error) {
	t.Helper()
	return readAll(t, textSource("own.csv", text), TargetOrders, Options{Preset: ownMapping(t)})
}

func TestCancelAndSinkErrorsEndTheReading(t *testing.T) {
	text := manyEBayRows(20_000)
	src := bytesSource("many.csv", text)
	in, err := InspectAs(context.Background(), src, presets(t), Layout{}, TargetOrders)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var seen int64
	_, err = Read(ctx, src, in, Options{Progress: func(done, total int64) {
		if seen = done; done > total/2 {
			cancel()
		}
	}}, Sink{})
	if !errors.Is(err, context.Canceled) || seen == int64(len(text)) {
		t.Errorf("after cancel: %v at %d of %d", err, seen, len(text))
	}
	full := errors.New("the desk is full")
	if _, err = Read(context.Background(), src, in, Options{}, Sink{Order: func(*data.Order) error { return full }}); !errors.Is(err, full) {
		t.Errorf("after the sink failed: %v", err)
	}
}

func TestWriteRejections(t *testing.T) {
	g, err := readOwn(t, shopHead+"A2,2025-02-31,12.50,USD,\"=HYPERLINK(\"\"x\"\")\",-1\nA3,2025-07-21,1.00,USD,Lamp,1\n")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := WriteRejections(&b, g.rejected, []string{"file", "line", "reason", "what to do", "cells"}, data.Text.String); err != nil {
		t.Fatal(err)
	}
	text, mark := strings.CutPrefix(b.String(), "\uFEFF")
	rd := csv.NewReader(strings.NewReader(text))
	rd.FieldsPerRecord = -1
	rows, err := rd.ReadAll()
	if err != nil || !mark || len(rows) != 2 {
		t.Fatalf("%v: %q", err, b.String())
	}
	want(t, "row", append(rows[1][:2:2], rows[1][4:]...), []string{
		"own.csv", "2", "A2", "2025-02-31", "12.50", "USD", `'=HYPERLINK("x")`, "-1",
	})
	if !strings.Contains(rows[1][2], "2025-02-31") {
		t.Errorf("reason %q", rows[1][2])
	}
}

// TestLongStringsInXLS reads a workbook that gnumeric's ssconvert made: its
// table of strings is continued over many records, within strings of both
// widths.
func TestLongStringsInXLS(t *testing.T) {
	p, err := Mapping("own", "Own", TargetOrders, []Column{
		{Header: "Order Number", Field: FieldNumber},
		{Header: "Total", Field: FieldTotal},
		{Header: "Currency", Field: FieldCurrency},
		{Header: "Item", Field: FieldItemTitle},
	})
	if err != nil {
		t.Fatal(err)
	}
	g, err := readAll(t, file(t, "long-strings.xls"), TargetOrders, Options{Preset: p})
	if err != nil || len(g.orders) != 24 {
		t.Fatalf("%d orders, %v, %s", len(g.orders), err, show(g.rejected))
	}
	for i := range 24 {
		long := strings.Repeat("plain Latin ", 120)
		if i%3 == 0 {
			long = strings.Repeat("长文字和 Latin ", 150)
		}
		o := g.order(t, "N"+itoa(i))
		if o.Items[0].Title != strings.TrimSpace(itoa(i)+long) || o.Total != usd(1225) {
			t.Errorf("order %s differs", o.Number)
		}
	}
}
