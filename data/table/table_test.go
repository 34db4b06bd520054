package table

import (
	"archive/zip"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebinder/data"
)

var shanghai = time.FixedZone("CST", 8*3600)

var columns = []Column{{Title: "Order"}, {Title: "Total", Currency: "Currency"}, {Title: "Ordered"}, {Title: "Evidence"}, {Title: "=Note"}}

func given(more ...error) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		day := data.Day{Year: 2025, Month: time.November, Day: 30}
		for _, row := range [][]Cell{
			{Text("8123000000000001"), Amount(data.Money{Minor: -124599, Currency: "USD"}), Time(time.Date(2025, 11, 20, 6, 5, 9, 0, time.UTC), shanghai), Number(3), Text(`=HYPERLINK("http://x","y")`)},
			{Text("0012"), Amount(data.Money{Minor: 500, Currency: "JPY"}), Time(day.End(shanghai), shanghai), Number(0), Text("-1,\"a\"\nb")},
			{Text(""), Amount(data.Money{}), Time(time.Time{}, shanghai), Cell{}, Text("＝1")},
		} {
			if !yield(row, nil) {
				return
			}
		}
		for _, err := range more {
			if !yield(nil, err) {
				return
			}
		}
	}
}

func TestCSVIsReadAsText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := Save(path, "Orders", columns, given()); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "\ufeffOrder,Total,Currency,Ordered,Evidence,'=Note\r\n" +
		"8123000000000001,-1245.99,USD,2025-11-20 14:05,3,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n" +
		"0012,500,JPY,2025-11-30,0,\"'-1,\"\"a\"\"\r\nb\"\r\n" +
		",,,,,'＝1\r\n"
	if string(got) != want {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

func TestXLSXHoldsNumbersDatesAndNoFormula(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.XLSX")
	if err := Save(path, "Orders: all", columns, given()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := "Orders all"
	for cell, want := range map[string]string{
		"A1": "Order", "B1": "Total", "C1": "Currency", "A2": "8123000000000001", "B2": "-1,245.99", "C2": "USD", "D2": "2025-11-20 14:05", "E2": "3",
		"F2": `=HYPERLINK("http://x","y")`, "A3": "0012", "B3": "500", "C3": "JPY", "D3": "2025-11-30", "B4": "", "D4": "",
	} {
		got, err := f.GetCellValue(sheet, cell)
		if err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", cell, got, err, want)
		}
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "F2": excelize.CellTypeInlineString} {
		if got, err := f.GetCellType(sheet, cell); err != nil || got != want {
			t.Errorf("%s is of type %v (%v), want %v", cell, got, err, want)
		}
	}
	if strings.Contains(part(t, path, "xl/worksheets/sheet1.xml"), "<f>") {
		t.Error("there is a formula in the sheet")
	}
}

// part reads one part of a package with the standard library.
func part(t *testing.T, path, name string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRowsThatDoNotFitGoIntoAnotherSheet(t *testing.T) {
	var b strings.Builder
	w, err := newXLSX(&b, "Orders", columns)
	if err != nil {
		t.Fatal(err)
	}
	w.most = 3 // titles and two rows
	for cells, err := range given() {
		if err != nil {
			t.Fatal(err)
		}
		if err := w.row(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	first, err1 := f.GetRows("Orders")
	second, err2 := f.GetRows("Orders 2")
	if err1 != nil || err2 != nil || len(first) != 3 || len(second) != 2 || second[0][0] != "Order" || second[1][5] != "＝1" {
		t.Errorf("sheets hold %q (%v) and %q (%v)", first, err1, second, err2)
	}
}

func TestNothingHalfWrittenStays(t *testing.T) {
	dir := t.TempDir()
	failed := errors.New("the desk was closed")
	for _, name := range []string{"list.csv", "list.xlsx"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Save(path, "Orders", columns, given(failed)); !errors.Is(err, failed) {
			t.Errorf("%s: got %v", name, err)
		}
		if kept, err := os.ReadFile(path); err != nil || string(kept) != "before" {
			t.Errorf("%s holds %q, %v", name, kept, err)
		}
	}
	if err := Save(filepath.Join(dir, "list.doc"), "Orders", columns, given()); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("an unknown ending: %v", err)
	}
	long := func(yield func([]Cell, error) bool) { yield([]Cell{Text(strings.Repeat("字", maxCell+1))}, nil) }
	if err := Save(filepath.Join(dir, "long.xlsx"), "Orders", columns[:1], long); !errors.Is(err, data.ErrRefused) {
		t.Errorf("a text that no cell holds: %v", err)
	}
	if err := Save(filepath.Join(dir, "long.csv"), "Orders", columns[:1], long); err != nil {
		t.Error(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".casebinder-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
