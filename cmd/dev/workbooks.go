package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// office is the program that opens workbooks. It is large, and no other check wants it.
var office = program("soffice", "LibreOffice's spreadsheet", pk("libreoffice-calc", "libreoffice-calc", ""))

// workbooks has LibreOffice open each kind of XLSX file that the program writes, compute
// its formulas anew, and compares the cells with SQL over the desk's file.
func (t *tool) workbooks(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%w: workbooks takes nothing, not %q", errUsage, args)
	}
	if err := t.ready([]need{office, program("sqlite3", "the SQLite shell", pk("sqlite3", "sqlite", "sqlite"))}); err != nil {
		return err
	}
	dir, clean, err := t.temp("workbooks")
	if err != nil {
		return err
	}
	b := &books{tool: t, dir: dir, desk: filepath.Join(dir, "desk")}
	if b.program, err = t.buildPlain(dir); err == nil {
		err = b.check()
	}
	if err != nil {
		t.say("   what was written is in %s", dir)
		return err
	}
	clean()
	return nil
}

// books is a desk whose workbooks are looked at.
type books struct {
	*tool
	program, dir, desk string
}

func (b *books) check() error {
	if err := b.fill(); err != nil {
		return err
	}
	for _, currency := range []string{"USD", "JPY", "KWD"} { // of two, no and three decimals
		if err := b.checkReport(currency); err != nil {
			return err
		}
	}
	return b.checkLists()
}

// cb runs a command of the program on the desk. Exit code 3 says that something was
// left out, which is meant.
func (b *books) cb(args ...string) error {
	cmd := b.command(append([]string{b.program}, args...), []string{"TZ=UTC"})
	said, err := cmd.CombinedOutput()
	if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 3 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("casebinder %s: %w: %s", strings.Join(args, " "), err, bytes.TrimSpace(said))
	}
	return nil
}

// Names that a spreadsheet could take for formulas.
var nasty = []string{"=SUM(1;2)", "+Lamp", "-2+3", "@Lamp", "=HYPERLINK(\"http://x\")", "Plain lamp"}

// ordersMade is how many orders of its own the desk gets, beside the sample's.
const ordersMade = 120

// made gives the files of the desk's own data, each row other than the one before.
func made() map[string]string {
	currencies := []string{"USD", "EUR", "JPY", "KWD", "GBP"} // there is no rate of the last
	price := map[string]string{"USD": "20.05", "EUR": "33.33", "JPY": "2150", "KWD": "7.125", "GBP": "9.99"}
	claimed := map[string]string{"USD": "10.05", "EUR": "5.55", "JPY": "999", "KWD": "3.505", "GBP": "4.25"}
	countries := []string{"US", "DE", "JP", "KW", "GB"}
	reasons := []string{"not_received", "damaged", "quality", "wrong_item"}
	outcomes := []string{"Won", "Lost", "Open", "Accepted", "Won", "Withdrawn", "Split"}
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	var orders, disputes, feedback strings.Builder
	orders.WriteString("Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount,Shipping Name,Shipping Country,Shipping City\n")
	disputes.WriteString("Order Number,Case Number,Opened,Reason,Amount,Currency,Outcome,Status,Closed,Time Zone\n")
	feedback.WriteString("Order Number,Feedback ID,Stars,Text,Date\n")
	for i := range ordersMade {
		currency, number := currencies[i%5], fmt.Sprintf("#W%03d", i)
		at := time.Date(2026, time.Month(2+i%6), 1+i%28, i%24, 7, 0, 0, time.UTC)
		back := "0"
		if i%7 == 0 {
			back = claimed[currency]
		}
		fmt.Fprintf(&orders, "%s,w%d@example.com,paid,%s,,%s,%s,0,0,%s,%s,1,%s,%s,%s,Buyer %d,%s,Town\n", number, i, at.Format("2006-01-02 15:04:05 +0000"), currency,
			price[currency], price[currency], at.Format("2006-01-02 15:04:05 +0000"), quote(nasty[i%len(nasty)]), price[currency], back, i, countries[i%5])
		opened := at.AddDate(0, 0, 9)
		if outcome := outcomes[i%7]; i%3 != 1 {
			status, closed := "Closed", opened.AddDate(0, 0, 5).Format("2006-01-02 15:04")
			if outcome == "Open" {
				status, closed = "Open", ""
			}
			fmt.Fprintf(&disputes, "%s,C-%d,%s,%s,%s,%s,%s,%s,%s,UTC\n", number, i, opened.Format("2006-01-02 15:04"), reasons[i%4], claimed[currency], currency, outcome, status, closed)
		}
		if i%4 == 0 {
			fmt.Fprintf(&feedback, "%s,F-%d,%d,Text,%s\n", number, i, 1+i%5, opened.Format("2006-01-02 15:04"))
		}
	}
	return map[string]string{"orders": orders.String(), "disputes": disputes.String(), "feedback": feedback.String()}
}

// fill makes the desk: the sample, and data of its own.
func (b *books) fill() error {
	b.say("\n== a desk: the sample, and %d orders in five currencies", ordersMade)
	if err := b.cb("sample", "--desk", b.desk); err != nil {
		return err
	}
	files := made()
	for _, what := range []string{"orders", "disputes", "feedback"} {
		path := filepath.Join(b.dir, what+".csv")
		if err := os.WriteFile(path, []byte(files[what]), 0o644); err != nil {
			return fmt.Errorf("writing %s: %w", what, err)
		}
		preset := map[string]string{"orders": "shopify-orders", "disputes": "disputes", "feedback": "feedback"}[what]
		if err := b.cb("import", "--desk", b.desk, "--shop", "=Lamps", "--platform", "shopify", "--as", what, "--preset", preset, path); err != nil {
			return err
		}
	}
	for i := range 12 {
		carrier := []string{"=Post", "@Courier", "Line"}[i%3]
		if err := b.cb("order", "ship", "--desk", b.desk, "--order", fmt.Sprintf("#W%03d", i*9), "--tracking", fmt.Sprintf("TR%09dXX", i), "--carrier", carrier, "--at", "2026-07-30"); err != nil {
			return err
		}
	}
	for _, r := range [][]string{
		{"2026-01-01", "EUR", "USD", "1,0850"},
		{"2026-05-01", "EUR", "USD", "1.1"},
		{"2026-01-01", "JPY", "USD", "0.0065"},
		{"2026-01-01", "KWD", "USD", "3,25"},
		{"2026-01-01", "USD", "JPY", "150.5"},
		{"2026-01-01", "EUR", "JPY", "163.335"},
		{"2026-01-01", "KWD", "JPY", "489"},
		{"2026-01-01", "USD", "KWD", "0.3075"},
		{"2026-01-01", "EUR", "KWD", "0.33"},
		{"2026-01-01", "JPY", "KWD", "0.002"},
	} {
		if err := b.cb("rate", "set", "--desk", b.desk, "--day", r[0], r[1], r[2], r[3]); err != nil {
			return err
		}
	}
	return nil
}

// open lets LibreOffice read a workbook whose formulas have no values.
func (b *books) open(xlsx string) (map[string]flatSheet, error) {
	bare := strings.TrimSuffix(xlsx, ".xlsx") + "-bare.xlsx"
	formulas, err := withoutValues(xlsx, bare)
	if err != nil {
		return nil, err
	}
	if _, err := b.step("LibreOffice opens "+filepath.Base(xlsx)+" and computes its formulas", job{args: []string{
		"soffice", "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(b.dir, "office")), "--headless", "--convert-to", "fods", "--outdir", b.dir, bare,
	}, silent: true}); err != nil {
		return nil, err
	}
	list, err := readFlat(strings.TrimSuffix(bare, ".xlsx") + ".fods")
	if err != nil {
		return nil, err
	}
	sheets := map[string]flatSheet{}
	computed := 0
	for _, s := range list {
		sheets[s.name] = s
		n, err := soundFormulas(s)
		if err != nil {
			return nil, fmt.Errorf("the sheet %q: %w", s.name, err)
		}
		computed += n
	}
	if computed != formulas {
		return nil, fmt.Errorf("%s has %d formulas, and LibreOffice computed %d", filepath.Base(xlsx), formulas, computed)
	}
	b.say("   %d sheets, %d formulas computed", len(list), computed)
	return sheets, nil
}

// soundFormulas counts the formulas of a sheet: the program's own alone, each with a
// number or nothing.
func soundFormulas(s flatSheet) (n int, err error) {
	for at, row := range s.rows {
		for k, c := range row {
			if c.formula == "" {
				continue
			}
			n++
			own := slices.ContainsFunc([]string{"of:=SUM([.", "of:=ROUND([.", "of:=IF([.", "of:=[."}, func(begin string) bool { return strings.HasPrefix(c.formula, begin) })
			if _, ok := c.number(); !own || !ok && c.text != "" {
				return n, fmt.Errorf("the cell %s is %s = %q", cellName(k, at), c.formula, c.text)
			}
		}
	}
	return n, nil
}

// cellName names a cell of the first columns: B4.
func cellName(column, row int) string {
	name := string(rune('A' + column%26))
	if column >= 26 {
		name = string(rune('A'+column/26-1)) + name
	}
	return fmt.Sprint(name, row+1)
}

// checkReport compares the report in a currency with SQL.
func (b *books) checkReport(currency string) error {
	path := filepath.Join(b.dir, "report-"+currency+".xlsx")
	if err := b.cb("report", "--desk", b.desk, "--from", "2026-01-01", "--to", time.Now().UTC().Format(time.DateOnly), "--currency", currency, "--out", path); err != nil {
		return err
	}
	sheets, err := b.open(path)
	if err != nil {
		return err
	}
	cells := 0
	for _, q := range reportQueries(currency) {
		n, err := b.compare(sheets[q.sheet], q)
		if err != nil {
			return fmt.Errorf("the report in %s, sheet %q: %w", currency, q.sheet, err)
		}
		cells += n
	}
	b.say("   ok: %d cells of %s are those of SQL", cells, filepath.Base(path))
	return nil
}

// A query tells what a sheet must hold: rows of a label, then figures for the columns
// from the second on; an empty figure is an empty cell.
type query struct {
	sheet, sql string
	kinds      []string // the types of the cells after the label, in order
	charted    bool
}

// compare looks for each row of a query in its sheet.
func (b *books) compare(s flatSheet, q query) (cells int, err error) {
	said, err := b.output("sqlite3", "-readonly", "-separator", "\x1f", filepath.Join(b.desk, database), q.sql)
	if err != nil {
		return 0, err
	}
	want := map[string][]string{}
	for _, line := range strings.Split(said, "\n") {
		if fields := strings.Split(line, "\x1f"); len(fields) > 1 {
			want[fields[0]] = fields[1:]
		}
	}
	switch {
	case len(want) < 2:
		return 0, fmt.Errorf("SQL gives %d rows: nothing is compared", len(want))
	case q.charted && s.charts != 1:
		return 0, fmt.Errorf("it has %d charts, not one", s.charts)
	}
	for at := 3; at < len(s.rows); at++ { // a title, an empty row, heads
		row := s.rows[at]
		if len(row) == 0 || row[0].kind == "" {
			break
		}
		label := row[0].String()
		figures, ok := want[label]
		if !ok {
			return cells, fmt.Errorf("its row %q is none of SQL's", label)
		}
		delete(want, label)
		for k, figure := range figures {
			if err := same(row[min(k+1, len(row)-1)], figure, q.kinds[min(k, len(q.kinds)-1)]); err != nil {
				return cells, fmt.Errorf("the cell %s (%s): %w", cellName(k+1, at), label, err)
			}
			cells++
		}
	}
	if len(want) > 0 {
		return cells, fmt.Errorf("it lacks the rows %v", want)
	}
	return cells, nil
}

// same compares a cell with what SQL says.
func same(c flatCell, want, kind string) error {
	if want == "" {
		if c.kind != "" && c.text != "" {
			return fmt.Errorf("it holds %q, and should be empty", c.text)
		}
		return nil
	}
	var v float64
	if _, err := fmt.Sscanf(want, "%g", &v); err != nil {
		return fmt.Errorf("SQL says %q: %w", want, err)
	}
	got, ok := c.number()
	if !ok || c.kind != kind || math.Abs(got-v) > 1e-9*math.Max(1, math.Abs(v)) {
		return fmt.Errorf("it is %s %q, and SQL says %s %s", c.kind, c.value, kind, want)
	}
	return nil
}

// checkLists has LibreOffice open what lists are saved as.
func (b *books) checkLists() error {
	_, err := b.step("LibreOffice opens a list", job{
		args: []string{"go", "test", "-count=1", "-vet=off", "-run", "TestLibreOfficeReadsWhatStands", "./data/table"},
		env:  append([]string{"CASEBINDER_OFFICE=" + filepath.Join(b.dir, "office")}, withoutC...), silent: true,
	})
	return err
}
