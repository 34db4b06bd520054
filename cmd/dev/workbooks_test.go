package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What LibreOffice writes: repeated cells, text over two lines, a formula, and a chart
// whose own table is none of the sheet's.
const flatText = `<office:document xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:draw="d" xmlns:chart="c" xmlns:calcext="e"><office:body>
<table:table table:name="Money"><table:shapes><draw:frame><chart:chart chart:class="chart:bar"><table:table table:name="local-table"><table:table-row>
<table:table-cell office:value-type="float" office:value="9"><text:p>9</text:p></table:table-cell></table:table-row></table:table></chart:chart></draw:frame></table:shapes>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1.5"><text:p>1.50</text:p>
 </table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>=SUM(1)</text:p><text:p><text:tab/>b</text:p>
</table:table-cell><table:table-cell table:formula="of:=SUM([.A1:.A2])" office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell></table:table-row>
</table:table></office:body></office:document>`

func TestAFlatFileIsRead(t *testing.T) {
	list, err := parseFlat(strings.NewReader(flatText))
	if err != nil || len(list) != 1 {
		t.Fatalf("%d sheets, %v", len(list), err)
	}
	s := list[0]
	if s.charts != 1 || len(s.rows) != 3 || len(s.rows[1]) != 2 {
		t.Fatalf("%d charts, %d rows: %+v", s.charts, len(s.rows), s.rows)
	}
	if v, ok := s.rows[1][1].number(); !ok || v != 1.5 || s.rows[1][1].text != "1.50" {
		t.Errorf("the cell B2 is %+v", s.rows[1][1])
	}
	if text := s.rows[2][0].text; text != "=SUM(1)\n\tb" {
		t.Errorf("the text is %q", text)
	}
	if n, err := soundFormulas(s); n != 1 || err != nil {
		t.Errorf("%d formulas, %v", n, err)
	}
	s.rows[2][1].formula = "of:=HYPERLINK(\"http://x\")"
	if _, err := soundFormulas(s); err == nil {
		t.Error("a formula that is not the program's own is taken")
	}
	if err := same(s.rows[0][0], "1.6", "float"); err == nil {
		t.Error("another value is the same")
	}
	if err := same(s.rows[0][0], "1.5", "percentage"); err == nil {
		t.Error("another type is the same")
	}
}

func TestValuesBesideFormulasAreLeftOut(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "a.xlsx"), filepath.Join(dir, "b.xlsx")
	file, err := os.Create(from)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(file)
	part, err := w.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(`<c r="A1"><v>1</v></c><c r="A2"><f>SUM(A1)</f><v>7</v></c>`)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := withoutValues(from, to); n != 1 || err != nil {
		t.Fatalf("%d formulas, %v", n, err)
	}
	r, err := zip.OpenReader(to)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := readPart(r.File[0])
	if err != nil || string(text) != `<c r="A1"><v>1</v></c><c r="A2"><f>SUM(A1)</f></c>` {
		t.Errorf("%s, %v", text, err)
	}
}
