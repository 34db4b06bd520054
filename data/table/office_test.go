package table

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// LibreOffice shows texts as they stand, whatever they begin with, and numbers as
// numbers. It is started by “dev workbooks”, which says where it may keep its profile.
func TestLibreOfficeReadsWhatStands(t *testing.T) {
	profile := os.Getenv("CASEBINDER_OFFICE")
	if profile == "" {
		t.Skip("LibreOffice opens the file in “go run ./cmd/dev workbooks”")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "list.xlsx")
	rows := [][]Cell{
		{Text("=1+1"), Number(12), Amount(data.Money{Minor: 1005, Currency: "USD"}), Time(time.Date(2026, 3, 5, 14, 7, 0, 0, time.UTC), time.UTC)},
		{Text("+1"), Number(-3), Amount(data.Money{Minor: 2500, Currency: "JPY"}), {}},
		{Text("-2+3"), {}, Amount(data.Money{Minor: 12345, Currency: "KWD"}), {}},
		{Text("@SUM(1)"), {}, {}, {}},
		{Text("\t=1+1"), {}, {}, {}},
		{Text("8194206613370501"), {}, {}, {}},
		{Text("00123"), {}, {}, {}},
	}
	columns := []Column{{Title: "Text"}, {Title: "Count"}, {Title: "Amount", Currency: "Currency"}, {Title: "Time"}}
	err := Save(path, "List", columns, func(yield func([]Cell, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	// Comma, quotes, UTF-8, texts in quotes, numbers as they are shown.
	said, err := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(profile), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true", "--outdir", dir, path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	text, err := os.ReadFile(filepath.Join(dir, "list.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Text", "Count", "Amount", "Currency", "Time"},
		{"=1+1", "12", "10.05", "USD", "2026-03-05 14:07"},
		{"+1", "-3", "2,500", "JPY", ""},
		{"-2+3", "", "12.345", "KWD", ""},
		{"@SUM(1)", "", "", "", ""},
		{"\t=1+1", "", "", "", ""},
		{"8194206613370501", "", "", "", ""},
		{"00123", "", "", "", ""},
	}
	for i := range want {
		if i >= len(lines) || !reflect.DeepEqual(lines[i], want[i]) {
			t.Errorf("line %d is %q, want %q\n%s", i, lines[min(i, len(lines)-1)], want[i], text)
		}
	}
	for _, cell := range []string{`12,`, `10.05,`, `12.345,`} { // numbers stand without quotes
		if !strings.Contains(string(text), ","+cell) {
			t.Errorf("%s is no number in\n%s", cell, text)
		}
	}
}
