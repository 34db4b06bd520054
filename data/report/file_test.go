package report

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebinder/data"
)

func written(t *testing.T, r *Report, ending string) []byte {
	t.Helper()
	write, err := Writer("report" + ending)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := write(t.Context(), &b, r, Paper{Say: English{}, Made: at("2026-12-01T00:00:00Z"), Program: "Casebinder"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rich is a report in which each column has something.
func rich(t *testing.T) *Report {
	in := given()
	for range 9 {
		in.Cases = append(in.Cases, in.Cases[1])
	}
	in.Cases = append(in.Cases, data.ReportCase{
		Kind: data.CaseDispute, ID: 99, OrderID: 99, ShopID: 1, Reason: "quality", Product: `=HYPERLINK("http://x")`, Title: `=HYPERLINK("http://x")`,
		Number: "7-1", Lesson: "=Pack @twice", At: at("2026-11-02T00:00:00Z"), Open: true, Amount: data.Money{Minor: 150000, Currency: "EUR"}, Operator: "@A", Carrier: "+1",
	})
	return made(t, in)
}

// Each cell of the workbook is what the table says, also where a program computes its
// formulas anew.
func TestTheWorkbookHoldsTheFiguresOfTheScreen(t *testing.T) {
	r := rich(t)
	f, err := excelize.OpenReader(bytes.NewReader(written(t, r, ".xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	formulas := 0
	for i := range r.Tables {
		table := &r.Tables[i]
		sheet := table.Title.String()
		rows := table.Rows
		if table.Total != nil {
			rows = append(rows[:len(rows):len(rows)], *table.Total)
		}
		for n := range rows {
			for k, c := range table.Columns {
				if c.Unit == Words || c.Unit == Span {
					continue
				}
				cell := at2(1+k, firstRow+n)
				want := table.Value(&rows[n], k)
				if c.Unit == Money {
					want /= 100
				}
				formula, err := f.GetCellFormula(sheet, cell)
				if err != nil {
					t.Fatal(err)
				}
				stored, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				same(t, sheet, cell, stored, want)
				if formula != "" {
					formulas++
					computed, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
					if err != nil {
						t.Fatalf("%s!%s =%s: %v", sheet, cell, formula, err)
					}
					same(t, sheet, cell+" ="+formula, computed, want)
				}
			}
		}
	}
	if formulas < 50 {
		t.Errorf("the workbook has %d formulas alone", formulas)
	}
	first, err := f.GetCellType("Cases by product", "A5")
	if title, _ := f.GetCellFormula("Cases by product", "A5"); err != nil || title != "" || first == excelize.CellTypeFormula {
		t.Errorf("a product's name is a formula: %q", title)
	}
	if charts := strings.Count(string(written(t, r, ".xlsx")), "xl/charts/chart"); charts < len(r.Tables)/2 {
		t.Errorf("%d charts", charts)
	}
}

func same(t *testing.T, sheet, cell, got string, want float64) {
	t.Helper()
	if math.IsNaN(want) {
		if got != "" {
			t.Errorf("%s!%s is %q, want nothing", sheet, cell, got)
		}
		return
	}
	v, err := strconv.ParseFloat(got, 64)
	if err != nil || math.Abs(v-want) > 1e-9 {
		t.Errorf("%s!%s is %q (%v), want %v", sheet, cell, got, err, want)
	}
}

func TestTheCSVHoldsEachFigureAndNoFormula(t *testing.T) {
	r := rich(t)
	text := written(t, r, ".csv")
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, l := range lines {
		found[l[0]+"|"+l[1]+"|"+l[2]] = l[3] + " " + l[4]
		for _, cell := range l {
			if cell != "" && strings.ContainsAny(cell[:1], "=+@") {
				t.Errorf("a cell is a formula: %q", cell)
			}
		}
	}
	shop := r.Table("money.shop").Rows[0]
	for key, want := range map[string]string{
		"Money by shop|Lark|At risk":               data.Money{Minor: shop.Cells[1].N, Currency: "USD"}.Decimal() + " USD",
		"Money by shop|Total|Recovered":            "226.00 USD",
		"Outcomes by reason|damaged|Win rate":      "1 1",
		"Cases by product|CUP|Per 100 orders":      "5 /100",
		"Outcomes by reason|not received|Win rate": " 1",
		"Lessons recorded|7-1|Lesson":              "'=Pack @twice ",
	} {
		if found[key] != want {
			t.Errorf("%s is %q, want %q", key, found[key], want)
		}
	}
}

func TestThePDFIsTheSameEachTimeAndSaysEachFigure(t *testing.T) {
	r := rich(t)
	first := written(t, r, ".pdf")
	if !bytes.Equal(first, written(t, r, ".pdf")) {
		t.Error("the same report gives two files")
	}
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no pdftotext")
		}
		t.Skip("SKIPPED: there is no pdftotext")
	}
	path := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(path, first, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	for i := range r.Tables {
		table := &r.Tables[i]
		if len(table.Columns) > 12 || table.Total == nil {
			continue
		}
		for k, c := range table.Columns {
			if c.Unit != Words && c.Unit != Share && !strings.Contains(text, r.Show(English{}, table, table.Total, k)) {
				t.Errorf("%s: the total of %s, %s, is not in the PDF", table.Title, c.Title, r.Show(English{}, table, table.Total, k))
			}
		}
	}
	if !strings.Contains(text, "In no sum (At risk): GBP 5.00") {
		t.Error("the PDF does not tell what is in no sum")
	}
}

func TestAnUnknownEndingIsRefused(t *testing.T) {
	if _, err := Writer("report.doc"); err == nil {
		t.Error("a .doc is written")
	}
}
