package importer

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// sheetOf is a sheet for a made workbook: its rows as XML.
type sheetOf struct{ name, state, rows string }

// workbook makes an .xlsx of several sheets, with styles where they are given.
func workbook(t testing.TB, styles string, sheets ...sheetOf) []byte {
	t.Helper()
	var list, rels strings.Builder
	parts := [][2]string{
		{"[Content_Types].xml", `<Types/>`},
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	}
	for i, s := range sheets {
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" state="%s" r:id="r%d"/>`, s.name, i+1, s.state, i)
		fmt.Fprintf(&rels, `<Relationship Id="r%d" Type="http://x/worksheet" Target="s%d.xml"/>`, i, i)
		parts = append(parts, [2]string{fmt.Sprintf("xl/s%d.xml", i), `<worksheet><sheetData>` + s.rows + `</sheetData></worksheet>`})
	}
	if styles != "" {
		rels.WriteString(`<Relationship Id="st" Type="http://x/styles" Target="styles.xml"/>`)
		parts = append(parts, [2]string{"xl/styles.xml", styles})
	}
	parts = append(parts, [2]string{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets>` + list.String() + `</sheets></workbook>`},
		[2]string{"xl/_rels/workbook.xml.rels", `<Relationships>` + rels.String() + `</Relationships>`})
	return zipped(t, parts...)
}

func zipped(t testing.TB, parts ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// row writes a row of texts; a cell that begins with "<" is XML.
func row(cells ...string) string {
	var b strings.Builder
	b.WriteString("<row>")
	for _, c := range cells {
		if strings.HasPrefix(c, "<") {
			b.WriteString(c)
		} else {
			b.WriteString(`<c t="inlineStr"><is><t>` + c + `</t></is></c>`)
		}
	}
	return b.String() + "</row>"
}

const (
	etsyHead = "Sale Date,Order ID,Full Name,Ship City,Ship Zipcode,Order Value,Order Total,Currency"
	etsyRow  = "9/3/26,%s,Jane Roe,Springfield,12345,10.00,%s,EUR"
)

func etsy(number, total string) string {
	return row(strings.Split(fmt.Sprintf(etsyRow, number, total), ",")...)
}

func etsyCSV(numbers ...string) string {
	text := etsyHead + "\n"
	for _, n := range numbers {
		text += fmt.Sprintf(etsyRow, n, "12.50") + "\n"
	}
	return text
}

var head = row(strings.Split(etsyHead, ",")...)

func readMade(t *testing.T, name string, b []byte) got {
	t.Helper()
	g, err := readAll(t, bytesSource(name, b), TargetOrders, Options{Shop: shop(data.Etsy, "UTC", "")})
	if err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	// The tables that are made here have few columns on purpose.
	g.doubts = slices.DeleteFunc(g.doubts, func(f data.Finding) bool { return code(f) == "import_doubt_columns" })
	return g
}

func codes[S said](all []S) string {
	var list []string
	for _, r := range all {
		if code(r) == "import_doubt_columns" {
			continue
		}
		list = append(list, fmt.Sprintf("%s:%d:%s", r.Table(), lineOf(r), code(r)))
	}
	return strings.Join(list, " ")
}

func numbers(g got) string {
	var all []string
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		if g.orders[n] != nil {
			all = append(all, n)
		}
	}
	return strings.Join(all, ",")
}

func TestAllSheetsAreRead(t *testing.T) {
	notes := sheetOf{"Notes", "", row("These are the sales of the year.")}
	stock := sheetOf{"Stock", "", row("SKU", "In stock", "Shelf") + row("A-1", "5", "north")}
	for name, c := range map[string]struct {
		sheets         []sheetOf
		orders, doubts string
		rejected       string
	}{
		"two months": {
			[]sheetOf{{"Jan", "", head + etsy("1", "5.00")}, {"Feb", "", head + etsy("2", "6.00") + etsy("3", "x")}},
			"1,2", "",
			"a.xlsx [Feb]:3:import_amount",
		},
		"the hidden one comes last": {
			[]sheetOf{{"Old", "hidden", head + etsy("1", "5.00")}, {"Now", "", head + etsy("2", "6.00")}},
			"1,2",
			"a.xlsx [Old]:0:import_doubt_hidden", "",
		},
		"hidden for good, alone": {
			[]sheetOf{{"Old", "veryHidden", head + etsy("1", "5.00")}, notes}, "1", "a.xlsx [Old]:0:import_doubt_hidden", "",
		},
		"a sheet of something else": {
			[]sheetOf{notes, {"Jan", "", head + etsy("1", "5.00")}, stock}, "1", "a.xlsx [Stock]:0:import_doubt_table", "",
		},
		"another header of the same kind": {
			[]sheetOf{
				{"Jan", "", head + etsy("1", "5.00")},
				{"Feb", "", row("2026") + row("Order ID", "Sale Date", "Order Total", "Currency", "Order Value") + row("4", "9/4/26", "7.00", "EUR", "7.00")},
			}, "1,4", "", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := readMade(t, "a.xlsx", workbook(t, "", c.sheets...))
			if numbers(g) != c.orders || codes(g.doubts) != c.doubts || codes(g.rejected) != c.rejected {
				t.Errorf("orders %s, doubts %s, rejected %s", numbers(g), codes(g.doubts), codes(g.rejected))
			}
		})
	}
}

func TestChosenSheetIsReadAlone(t *testing.T) {
	b := workbook(t, "", sheetOf{"Jan", "", head + etsy("1", "5.00")}, sheetOf{"Feb", "", head + etsy("2", "5.00")})
	in, err := InspectAs(context.Background(), bytesSource("a.xlsx", b), presets(t), Layout{Sheet: "Feb"}, TargetOrders)
	if err != nil || in.Sheet != "Feb" || len(in.More) != 0 {
		t.Fatalf("got %s: %v", show(in), err)
	}
}

func TestCellsWithoutAValue(t *testing.T) {
	for name, c := range map[string]struct{ cells, rejected, doubts string }{
		"error in the total":       {"9/3/26,1,Jane,Town,1,1.00,<c t=\"e\"><v>#VALUE!</v></c>,EUR", "import_error_cell", ""},
		"error in the number":      {"9/3/26,<c t=\"e\"><v>#N/A</v></c>,Jane,Town,1,1.00,2.00,EUR", "import_error_cell", ""},
		"error in the date":        {"<c t=\"e\"><v>#REF!</v></c>,1,Jane,Town,1,1.00,2.00,EUR", "import_error_cell", ""},
		"a formula without result": {"9/3/26,1,Jane,Town,1,1.00,<c><f>F2*2</f></c>,EUR", "import_no_result", ""},
		"and with an empty one":    {"9/3/26,1,Jane,Town,1,1.00,<c><f>F2*2</f><v></v></c>,EUR", "import_no_result", ""},
		"a truth for a total":      {"9/3/26,1,Jane,Town,1,1.00,<c t=\"b\"><v>1</v></c>,EUR", "import_amount", ""},
		"an empty text by formula": {"9/3/26,1,Jane,Town,1,1.00,<c t=\"str\"><f>G9</f><v></v></c>,EUR", "", "import_doubt_no_total"},
		"error in a name":          {"9/3/26,1,<c t=\"e\"><v>#NAME?</v></c>,Town,1,1.00,2.00,EUR", "", "import_doubt_cell"},
		"a city by formula":        {"9/3/26,1,Jane,<c><f>A1</f></c>,1,1.00,2.00,EUR", "", "import_doubt_formula"},
		"a formula with result":    {"9/3/26,1,Jane,Town,1,1.00,<c><f>F2*2</f><v>2</v></c>,EUR", "", ""},
		"a formula with no text":   {"9/3/26,1,Jane,<c t=\"str\"><f>IF(1,\"\")</f><v></v></c>,1,1.00,2.00,EUR", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := readMade(t, "a.xlsx", workbook(t, "", sheetOf{"S", "", head + row(strings.Split(c.cells, ",")...)}))
			var rejected, doubts []string
			for _, r := range g.rejected {
				rejected = append(rejected, code(r))
			}
			for _, d := range g.doubts {
				doubts = append(doubts, code(d))
			}
			if strings.Join(rejected, ",") != c.rejected || strings.Join(doubts, ",") != c.doubts || (len(g.orders) == 1) != (c.rejected == "") {
				t.Errorf("orders %s, rejected %s, doubts %s", show(g.orders), rejected, doubts)
			}
			if o := g.orders["1"]; o != nil && strings.Contains(o.Buyer.Name, "#") {
				t.Errorf("the buyer is called %s", o.Buyer.Name)
			}
		})
	}
}

func TestNumberFormatsKeepTheirZeros(t *testing.T) {
	const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="000\-0000"/>` +
		`<numFmt numFmtId="166" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="167" formatCode="#,##0.00 [$€-407]"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="165"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/>` +
		`<xf numFmtId="166"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="167"/></cellXfs></styleSheet>`
	cell := func(style int, v string) string { return fmt.Sprintf(`<c s="%d"><v>%s</v></c>`, style, v) }
	g := readMade(t, "a.xlsx", workbook(t, styles, sheetOf{"S", "", head +
		row(cell(4, "46268"), cell(1, "42"), "Jane", "Town", cell(1, "1067"), "1.00", cell(6, "1234.5"), "EUR") +
		row(cell(3, "46269"), cell(2, "15550001"), "Jane", "Town", cell(2, "1550001"), "1.00", cell(0, "2"), "EUR") +
		row(cell(5, "46270.75"), cell(0, "7"), "Jane", "Town", cell(1, "123456"), "1.00", cell(0, "2"), "EUR")}))
	for number, want := range map[string]string{
		"00042": "01067 2026-09-03 00:00 EUR 1234.50", "1555-0001": "155-0001 2026-09-04 00:00 EUR 2.00", "7": "123456 2026-09-05 18:00 EUR 2.00",
	} {
		o := g.orders[number]
		if o == nil {
			t.Errorf("no order %s: %s", number, codes(g.rejected))
			continue
		}
		if got := o.ShipTo.Postcode + " " + o.OrderedAt.Format("2006-01-02 15:04") + " " + o.Total.String(); got != want {
			t.Errorf("%s is %s, want %s", number, got, want)
		}
	}
}

func TestTablesInArchives(t *testing.T) {
	gz := func(text []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(text); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	inner := zipped(t, [2]string{"x.csv", etsyCSV("5")})
	book := string(workbook(t, "", sheetOf{"Jan", "", head + etsy("1", "5.00")}, sheetOf{"Feb", "", head + etsy("2", "6.00")}))
	for name, c := range map[string]struct {
		file           string
		b              []byte
		orders, doubts string
	}{
		"one table":        {"a.zip", zipped(t, [2]string{"orders.csv", etsyCSV("1", "2")}), "1,2", ""},
		"several in order": {"a.zip", zipped(t, [2]string{"2026/jan.csv", etsyCSV("1")}, [2]string{"2026/feb.csv", etsyCSV("2")}), "1,2", ""},
		"a workbook":       {"a.zip", zipped(t, [2]string{"a.xlsx", book}, [2]string{"b.csv", etsyCSV("3")}), "1,2,3", ""},
		"hostile names":    {"a.zip", zipped(t, [2]string{"../../etc/jan.csv", etsyCSV("1")}, [2]string{`C:\x\feb.csv`, etsyCSV("2")}), "1,2", ""},
		"litter":           {"a.zip", zipped(t, [2]string{"__MACOSX/._a.csv", "\x00"}, [2]string{".DS_Store", "x"}, [2]string{"a.csv", etsyCSV("1")}), "1", ""},
		"pictures beside":  {"a.zip", zipped(t, [2]string{"a.csv", etsyCSV("1")}, [2]string{"a.png", "x"}), "1", "a.zip:0:import_doubt_members"},
		"another table":    {"a.zip", zipped(t, [2]string{"a.csv", etsyCSV("1")}, [2]string{"b.csv", "SKU,Stock\nA,1\n"}), "1", "a.zip/b.csv:0:import_doubt_table"},
		"an empty one":     {"a.zip", zipped(t, [2]string{"a.csv", etsyCSV("1")}, [2]string{"b.csv", ""}), "1", "a.zip/b.csv:0:import_empty"},
		"an archive in it": {"a.zip", zipped(t, [2]string{"a.csv", etsyCSV("1")}, [2]string{"b.txt", string(inner)}), "1", "a.zip:0:import_doubt_members"},
		"gzip":             {"orders.csv.gz", gz([]byte(etsyCSV("1", "2"))), "1,2", ""},
		"gzip of a book":   {"orders.xlsx.gz", gz([]byte(book)), "1,2", ""},
	} {
		t.Run(name, func(t *testing.T) {
			src := bytesSource(c.file, c.b)
			defer src.Close()
			g, err := readAll(t, src, TargetOrders, Options{Shop: shop(data.Etsy, "UTC", "")})
			if err != nil {
				t.Fatal(err)
			}
			if numbers(g) != c.orders || codes(g.doubts) != c.doubts || len(g.rejected) > 0 {
				t.Errorf("orders %s, doubts %s, rejected %s", numbers(g), codes(g.doubts), codes(g.rejected))
			}
		})
	}
}

func TestHostileArchives(t *testing.T) {
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	if _, err := io.Copy(w, io.LimitReader(&endless{text: etsyCSV("1") + strings.Repeat(" ", 4000)}, 100<<20)); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	many := make([][2]string, maxMembers+1)
	for i := range many {
		many[i] = [2]string{fmt.Sprintf("%d.csv", i), "x"}
	}
	good := zipped(t, [2]string{"a.csv", strings.Repeat(etsyCSV("1"), 100)})
	locked := bytes.Clone(good)
	locked[6] |= 1 // the flag of encryption, here and in the directory
	at := bytes.Index(locked, []byte("PK\x01\x02"))
	locked[at+8] |= 1
	flipped := bytes.Clone(good)
	flipped[60] ^= 0xFF
	for name, c := range map[string]struct {
		b    []byte
		code string
	}{
		"bomb": {bomb.Bytes(), "import_unfolds"}, "many files": {zipped(t, many...), "import_many_members"},
		"password": {locked, "import_password"}, "damaged": {flipped, "import_archive_damaged"},
		"gzip cut off": {bomb.Bytes()[:2000], "import_archive_damaged"},
	} {
		src := bytesSource("a.zip", c.b)
		_, err := InspectAs(context.Background(), src, presets(t), Layout{}, TargetOrders)
		if err == nil || problemCode(t, err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
		if err := src.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestLimitsCountObjects opens workbooks that are small and unfold to many things
// of no size.
func TestLimitsCountObjects(t *testing.T) {
	parts := func(strings_, sheet io.Reader) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, p := range []struct {
			name string
			r    io.Reader
		}{
			{"[Content_Types].xml", strings.NewReader("<Types/>")},
			{"xl/workbook.xml", strings.NewReader(`<workbook xmlns:r="r"><sheets><sheet name="S" r:id="b"/></sheets></workbook>`)},
			{"xl/_rels/workbook.xml.rels", strings.NewReader(`<Relationships><Relationship Id="b" Type="/worksheet" Target="s.xml"/><Relationship Id="c" Type="/sharedStrings" Target="t.xml"/></Relationships>`)},
			{"xl/t.xml", strings_},
			{"xl/s.xml", sheet},
		} {
			w, err := z.Create(p.name)
			if err == nil {
				_, err = io.Copy(w, p.r)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	noise := strings.Builder{} // so that it packs badly enough to pass for a workbook
	for i := range 30_000 {
		fmt.Fprintf(&noise, "<!--%x-->", uint32(i)*2654435761)
	}
	xml := func(open, text, end string, n int64) io.Reader {
		return io.MultiReader(strings.NewReader(open+noise.String()), io.LimitReader(&endless{text: text}, n-n%int64(len(text))), strings.NewReader(end))
	}
	sheet := `<worksheet><sheetData>` + head + etsy("1", "5.00")
	for name, c := range map[string]struct {
		b    []byte
		code string
	}{
		"empty strings":    {parts(xml("<sst>", "<si/>", "</sst>", 44<<20), strings.NewReader(sheet)), "import_many_texts"},
		"nested strings":   {parts(xml("<sst><si>", "<r>", "", 20<<20), strings.NewReader(sheet)), "import_sheet_damaged"},
		"nested elements":  {parts(strings.NewReader("<sst/>"), xml(sheet, "<x>", "", 20<<20)), "import_sheet_damaged"},
		"strange elements": {parts(strings.NewReader("<sst/>"), xml(sheet, "<x/>", "", 20<<20)), "import_sheet_damaged"},
		"cells in a cell":  {parts(strings.NewReader("<sst/>"), xml(sheet+"<row><c>", "<v/>", "", 20<<20)), "import_sheet_damaged"},
		"cells in a row":   {parts(strings.NewReader("<sst/>"), xml(sheet+"<row>", `<c r="A1"/>`, "", 20<<20)), "import_sheet_damaged"},
		"empty rows":       {parts(strings.NewReader("<sst/>"), xml(sheet, "<row/>", "</sheetData></worksheet>", 20<<20)), "import_many_rows"},
		"a document type":  {parts(strings.NewReader("<sst/>"), strings.NewReader(`<!DOCTYPE x [<!ENTITY a "b">]>`+sheet)), "import_sheet_damaged"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		src := bytesSource("a.xlsx", c.b)
		in, err := InspectAs(context.Background(), src, presets(t), Layout{}, TargetOrders)
		if err == nil {
			_, err = Read(context.Background(), src, in, Options{Shop: shop(data.Etsy, "UTC", "")}, Sink{})
		}
		runtime.ReadMemStats(&after)
		if err == nil || problemCode(t, err) != c.code && !errors.Is(err, data.ErrDamaged) {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
		t.Logf("%s: %d MB packed, %v, %d MB allocated in all: %v", name, len(c.b)>>20, time.Since(began).Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, err)
		if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 300 {
			t.Errorf("%s allocated %d MB", name, got)
		}
	}
}

func TestBinaryWorkbookSaysWhatToDo(t *testing.T) {
	b := zipped(t, [2]string{"[Content_Types].xml", "<Types/>"}, [2]string{"xl/workbook.bin", "x"},
		[2]string{"_rels/.rels", `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.bin"/></Relationships>`})
	_, err := InspectAs(context.Background(), bytesSource("a.xlsb", b), presets(t), Layout{}, TargetOrders)
	if err == nil || !strings.Contains(err.Error(), ".xlsb") || !strings.Contains(err.Error(), "save it as .xlsx") {
		t.Errorf("got %v", err)
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(zipped(f, [2]string{"a.csv", etsyCSV("1")}, [2]string{"b.csv", etsyCSV("2")}))
	f.Add(workbook(f, `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`, sheetOf{"A", "", head + etsy("1", "5")}, sheetOf{"B", "hidden", head}))
	f.Fuzz(func(t *testing.T, b []byte) { readAnything(t, "a.zip", b) })
}

// TestWorkbooksOfAnotherProgram reads one workbook as Gnumeric wrote it in three
// formats: postcodes and numbers with zeros in front, a day, a time, an error, a
// formula, a hidden sheet that stands first.
func TestWorkbooksOfAnotherProgram(t *testing.T) {
	for _, name := range []string{"etsy.xlsx", "etsy.xls", "etsy.ods"} {
		t.Run(name, func(t *testing.T) {
			g := mustRead(t, file(t, name), "etsy-orders", Options{Shop: shop(data.Etsy, "UTC", "")})
			for number, want := range map[string]string{
				"00042": "José Niño, 01067 Köln, 2026-09-03 18:00, EUR 1234.50",
				"3":     "Ann Lee, LS1 1AA Leeds, 2026-09-05 00:00, EUR 20.00",
				"00007": "Hidden One, 00123 Rome, 2026-10-05 00:00, EUR 5.00",
			} {
				o := g.orders[number]
				if o == nil {
					t.Errorf("no order %s", number)
					continue
				}
				got := fmt.Sprintf("%s, %s %s, %s, %s", o.Buyer.Name, o.ShipTo.Postcode, o.ShipTo.City, o.OrderedAt.Format("2006-01-02 15:04"), o.Total)
				if got != want {
					t.Errorf("%s is %s, want %s", number, got, want)
				}
			}
			hidden := name + " [Feb]:0:import_doubt_hidden"
			if name == "etsy.xlsx" {
				hidden = "" // Gnumeric does not write it there
			}
			if codes(g.rejected) != name+" [Jan]:3:import_error_cell" || codes(g.doubts) != hidden {
				t.Errorf("rejected %s, doubts %s", codes(g.rejected), codes(g.doubts))
			}
		})
	}
}

// ods makes an .ods of a table's rows.
func ods(t testing.TB, rows string) []byte {
	t.Helper()
	return zipped(t, [2]string{"mimetype", odsMime}, [2]string{
		"content.xml",
		`<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"><office:body><office:spreadsheet>` +
			`<table:table table:name="S">` + rows + `</table:table></office:spreadsheet></office:body></office:document-content>`,
	})
}

func odsRow(cells ...string) string {
	var b strings.Builder
	b.WriteString("<table:table-row>")
	for _, c := range cells {
		if !strings.HasPrefix(c, "<") {
			c = `<table:table-cell office:value-type="string"><text:p>` + c + `</text:p></table:table-cell>`
		}
		b.WriteString(c)
	}
	return b.String() + "</table:table-row>"
}

func TestODSCells(t *testing.T) {
	head := odsRow(strings.Split(etsyHead, ",")...)
	one := func(c string) string { return odsRow("9/3/26", "1", "Jane", c, "1", "1.00", "2.00", "EUR") }
	for cell, want := range map[string]string{
		`<table:table-cell office:value-type="string"><text:p>A<text:s/>B</text:p><text:p>C</text:p></table:table-cell>`:                                 "A B\nC",
		`<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>X</text:p></table:table-cell>`: "X",
		`<table:table-cell office:value-type="float" office:value="1067"><text:p>01067</text:p></table:table-cell>`:                                      "01067",
		`<table:table-cell office:value-type="float" office:value="1234.5"><text:p>1.234,50</text:p></table:table-cell>`:                                 "1234.5",
		`<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>`:                                    "50%",
		`<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>`:                                         "",
	} {
		g := readMade(t, "a.ods", ods(t, head+one(cell)))
		if o := g.orders["1"]; o == nil || o.ShipTo.City != want {
			t.Errorf("%s is %s, want %q", cell, show(o), want)
		}
	}
	failed := `<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>`
	g := readMade(t, "a.ods", ods(t, head+one(failed)))
	if len(g.doubts) != 1 || code(g.doubts[0]) != "import_doubt_cell" || g.orders["1"].ShipTo.City != "" {
		t.Errorf("a failed formula in a city: %s, %s", codes(g.doubts), show(g.orders))
	}
	rows := strings.Replace(one("x"), "<table:table-row>", `<table:table-row table:number-rows-repeated="3">`, 1)
	if g = readMade(t, "a.ods", ods(t, head+`<table:table-row table:number-rows-repeated="500"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>`+rows)); g.sum.Rows != 3 {
		t.Errorf("a row that is repeated three times is %d rows", g.sum.Rows)
	}
	bomb := strings.Replace(odsRow(`<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>abc</text:p></table:table-cell>`),
		"<table:table-row>", `<table:table-row table:number-rows-repeated="1000000">`, 1)
	src := bytesSource("a.ods", ods(t, head+one("x")+bomb))
	in, err := InspectAs(context.Background(), src, presets(t), Layout{}, TargetOrders)
	if err == nil {
		_, err = Read(context.Background(), src, in, Options{Shop: shop(data.Etsy, "UTC", "")}, Sink{})
	}
	if err == nil || problemCode(t, err) != "import_unfolds" {
		t.Errorf("a bomb of repeated cells: %v", err)
	}
	locked := zipped(t, [2]string{"mimetype", odsMime}, [2]string{"content.xml", "\x00\x01"},
		[2]string{"META-INF/manifest.xml", `<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`})
	if _, err := InspectAs(context.Background(), bytesSource("a.ods", locked), presets(t), Layout{}, TargetOrders); err == nil || problemCode(t, err) != "import_password" {
		t.Errorf("a locked document: %v", err)
	}
}

func FuzzODS(f *testing.F) {
	seed(f, "etsy.ods")
	f.Add(ods(f, odsRow(strings.Split(etsyHead, ",")...)+odsRow("9/3/26", "1", "Jane", "x", "1", "1.00", "2.00", "EUR")))
	f.Fuzz(func(t *testing.T, b []byte) { readAnything(t, "a.ods", b) })
}

// FuzzODSContent feeds the XML itself, which the packing hides from a fuzzer.
func FuzzODSContent(f *testing.F) {
	f.Add(odsRow(strings.Split(etsyHead, ",")...) + odsRow("9/3/26", "1", "Jane", "x", "1", "1.00", "2.00", "EUR"))
	f.Fuzz(func(t *testing.T, rows string) { readAnything(t, "a.ods", ods(t, rows)) })
}

// FuzzSheetContent does the same for .xlsx.
func FuzzSheetContent(f *testing.F) {
	f.Add(head + etsy("1", "5.00") + row("<c s=\"1\"><f>A1</f><v>3</v></c>"))
	f.Fuzz(func(t *testing.T, rows string) {
		readAnything(t, "a.xlsx", workbook(t, `<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>`, sheetOf{"A", "", rows}, sheetOf{"B", "hidden", rows}))
	})
}

func FuzzNumberFormat(f *testing.F) {
	for _, code := range []string{"00000", `000\-0000`, `yyyy"年"m"月"`, "[h]:mm", "#,##0.00", "[$-409]d-mmm-yy;@", `"x`, "\\"} {
		f.Add(code, 46268.75)
	}
	f.Fuzz(func(t *testing.T, code string, v float64) {
		if text, ok := parseFormat(code).text(v, false); ok && text == "" {
			t.Errorf("%q shows %v as nothing", code, v)
		}
	})
}
