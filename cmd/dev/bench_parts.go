package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// database is the desk's file in its folder.
const database = "casebinder.db"

// orders makes the CSV of n orders, once.
func (b *bencher) orders(n int) (string, error) {
	name := fmt.Sprintf("orders-%d.csv", n)
	if _, err := os.Stat(b.at(name)); err == nil {
		return b.at(name), nil
	}
	return b.at(name), b.make(thousands(n)+" orders", "make-orders", fmt.Sprint(n), b.at(name))
}

// desk makes a desk with n orders, once.
func (b *bencher) desk(n int) (string, error) {
	if dir, made := b.desks[n]; made {
		return dir, nil
	}
	csv, err := b.orders(n)
	if err != nil {
		return "", err
	}
	dir := b.at(fmt.Sprintf("desk-%d", n))
	if err := b.make("a desk with them", "import", dir, csv); err != nil {
		return "", err
	}
	b.desks[n] = dir
	return dir, nil
}

// importing compares an import with the SQLite shell's, which only fills the
// same table, in a file of the same kind, with values that are ready: the items,
// parcels, buyers, search and journal of the orders are extra work of ours.
func (b *bencher) importing() error {
	csv, err := b.orders(b.size.importOrders)
	if err != nil {
		return err
	}
	filled, err := b.desk(b.size.importOrders)
	if err != nil {
		return err
	}
	if err := b.bareTable(filepath.Join(filled, database)); err != nil {
		return err
	}
	ours, theirs, err := b.rounds(b.size.rounds,
		func() error { return b.remove("fresh", "bare.db", "bare.db-wal", "bare.db-shm") },
		func() (cost, error) { return b.ours("import", b.at("fresh"), csv) },
		func() (cost, error) {
			return b.measure("PRAGMA journal_mode = wal;\n.read bare.sql\n.mode csv\n.import bare.csv orders\n", "sqlite3", "-bail", b.at("bare.db"))
		})
	if err != nil {
		return err
	}
	count, err := b.measure("", "sqlite3", b.at("bare.db"), "SELECT count(*) FROM orders")
	if err != nil {
		return err
	}
	if got := strings.TrimSpace(string(count.out)); got != fmt.Sprint(b.size.importOrders) {
		return fmt.Errorf("the SQLite shell imported %s orders, not %d", got, b.size.importOrders)
	}
	work := "import " + thousands(b.size.importOrders) + " orders from CSV"
	b.against(work, "sqlite3 .import, same table and indexes", ours.seconds, theirs.seconds, 2)
	b.memory(work+", memory", ours.peak, theirs.peak, 400)
	return b.remove("fresh", "bare.db", "bare.csv", "bare.sql")
}

// looking measures when the sheet of an import has its first rows, of a file of
// 60 MB at full size.
func (b *bencher) looking() error {
	csv, err := b.orders(b.size.lookOrders)
	if err != nil {
		return err
	}
	info, err := os.Stat(csv)
	if err != nil {
		return fmt.Errorf("weighing the orders: %w", err)
	}
	took, err := b.middle("look", "look", b.at("look"), csv)
	if err != nil {
		return err
	}
	b.limited(fmt.Sprintf("the first rows of a CSV of %.0f MB in the sheet of an import", float64(info.Size())/1e6), took, 1)
	return b.remove("look")
}

// listing measures the memory in which the program prints every order.
func (b *bencher) listing() error {
	dir, err := b.desk(b.size.pageOrders)
	if err != nil {
		return err
	}
	program, err := b.t.buildPlain(b.dir)
	if err != nil {
		return err
	}
	for _, form := range []struct{ name, flag string }{{"text", "--json=false"}, {"JSON", "--json"}} {
		var lines lineCounter
		c, err := b.measureInto(&lines, "", program, "--desk", dir, form.flag, "orders", "--limit", "0")
		if err != nil {
			return err
		}
		if int(lines) < b.size.pageOrders {
			return fmt.Errorf("%d orders were printed as %s, not %d", lines, form.name, b.size.pageOrders)
		}
		b.memory("list "+thousands(b.size.pageOrders)+" orders as "+form.name+", memory", c.peak, 0, 100)
	}
	return nil
}

// A lineCounter takes what a program prints, and counts its lines.
type lineCounter int

// Write counts.
func (n *lineCounter) Write(p []byte) (int, error) {
	*n += lineCounter(bytes.Count(p, []byte("\n")))
	return len(p), nil
}

// bareTable writes, from a desk, what the SQLite shell needs: the statements
// that make the orders table with its indexes, and its rows as a CSV. STRICT
// goes, because the shell imports nothing but text; that only helps the shell.
func (b *bencher) bareTable(db string) error {
	schema, err := b.measure("", "sqlite3", db,
		"SELECT sql || ';' FROM sqlite_master WHERE tbl_name = 'orders' AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type = 'index'")
	if err != nil {
		return err
	}
	loose := regexp.MustCompile(`(?i)\)\s*STRICT\s*;`).ReplaceAll(schema.out, []byte(");"))
	if err := os.WriteFile(b.at("bare.sql"), loose, 0o644); err != nil {
		return fmt.Errorf("writing the schema: %w", err)
	}
	columns, err := b.measure("", "sqlite3", db,
		"SELECT group_concat(CASE type WHEN 'BLOB' THEN 'hex(' || name || ')' ELSE name END) FROM pragma_table_info('orders')")
	if err != nil {
		return err
	}
	f, err := os.Create(b.at("bare.csv"))
	if err != nil {
		return fmt.Errorf("writing the rows: %w", err)
	}
	_, err = b.measureInto(f, "", "sqlite3", "-csv", db, "SELECT "+strings.TrimSpace(string(columns.out))+" FROM orders")
	return errors.Join(err, f.Close())
}

// firstPageSQL is what a first screen shows, as the SQLite shell selects it: the
// same columns of the same rows, with how many disputes and pieces of evidence
// each has.
const firstPageSQL = `SELECT o.id, o.number, s.platform, s.name, s.zone, o.buyer_name, o.buyer_handle, o.country, o.status, o.platform_status,
 o.total_minor, o.total_currency, o.ordered_at, o.ship_by, o.shipped_at, o.tracking, o.item_title,
 (SELECT count(*) FROM dispute d WHERE d.order_id = o.id AND d.binned_at IS NULL AND d.stage <> 'closed'),
 (SELECT count(*) FROM evidence e WHERE e.order_id = o.id AND e.binned_at IS NULL)
 FROM orders o JOIN shop s ON s.id = o.shop_id ORDER BY o.ordered_at DESC, o.id DESC LIMIT 100`

// page compares the first screen, with the start of the process.
func (b *bencher) page() error {
	dir, err := b.desk(b.size.pageOrders)
	if err != nil {
		return err
	}
	ours, theirs, err := b.rounds(3*b.size.rounds, func() error { return nil },
		func() (cost, error) { return b.ours("page", dir) },
		func() (cost, error) { return b.measure("", "sqlite3", filepath.Join(dir, database), firstPageSQL) })
	if err != nil {
		return err
	}
	b.against("first screen of "+thousands(b.size.pageOrders)+" orders", "sqlite3, the same rows", ours.seconds, theirs.seconds, 3)
	return nil
}

// casesSQL reads from the shell what a recomputation reads: every open dispute
// with its shop and events.
const casesSQL = "SELECT d.id, d.uid, d.reason, d.stage, d.due, s.platform, s.zone, e.uid, e.kind, e.actor, e.at, e.due " +
	"FROM dispute d JOIN shop s ON s.id = d.shop_id LEFT JOIN case_event e ON e.dispute_id = d.id " +
	"WHERE d.binned_at IS NULL AND d.stage <> 'closed' ORDER BY d.id, e.at, e.id"

// recomputing measures what a change of a rule costs: every open case is worked
// out anew, and each date that moves is stored. The bar is 2 s for 50,000.
func (b *bencher) recomputing() error {
	csv, err := b.orders(b.size.cases)
	if err != nil {
		return err
	}
	dir, cases := b.at("desk-cases"), b.at("cases.csv")
	if err := errors.Join(b.make("their desk", "import", dir, csv), b.make(thousands(b.size.cases)+" disputes", "make-cases", fmt.Sprint(b.size.cases), cases)); err != nil {
		return err
	}
	if err := b.make("a desk with them", "cases", dir, cases); err != nil {
		return err
	}
	var best struct {
		Seconds      float64
		Cases, Moved int
	}
	_, theirs, err := b.rounds(b.size.rounds, func() error { return nil },
		func() (cost, error) {
			c, err := b.ours("recompute", dir)
			if err == nil {
				err = json.Unmarshal(c.out, &best)
			}
			return c, err
		},
		func() (cost, error) { return b.measure("", "sqlite3", filepath.Join(dir, database), casesSQL) })
	if err != nil {
		return err
	}
	b.lines = append(b.lines, line{
		work:    fmt.Sprintf("recompute %s open cases (%.0f a second, %s dates moved)", thousands(best.Cases), float64(best.Cases)/best.Seconds, thousands(best.Moved)),
		against: "a limit; beside it sqlite3 selecting the same rows", ours: seconds(best.Seconds), theirs: seconds(theirs.seconds),
		value: best.Seconds, bar: 2 * float64(b.size.cases) / 50_000, unit: "s",
	})
	return b.remove("desk-cases", "cases.csv")
}

// search compares the search box with a grep over the same text.
func (b *bencher) search() error {
	dir, err := b.desk(b.size.pageOrders)
	if err != nil {
		return err
	}
	csv, text := b.at("messages.csv"), b.at("messages.txt")
	n := min(b.size.messages, 3*b.size.pageOrders)
	if err := b.make(thousands(n)+" messages", "make-messages", fmt.Sprint(n), csv, text); err != nil {
		return err
	}
	if err := b.make("a desk with them", "messages", dir, csv); err != nil {
		return err
	}
	c, err := b.ours("search", dir)
	if err != nil {
		return err
	}
	var typed struct{ Seconds []float64 }
	if err := json.Unmarshal(c.out, &typed); err != nil {
		return fmt.Errorf("reading the times of the search: %w", err)
	}
	greps, err := b.grep(text)
	if err != nil {
		return err
	}
	ours, theirs := quantile(typed.Seconds, 0.95), quantile(greps, 0.95)
	b.t.say("   ours: %d states of the search box, median %s, p95 %s, worst %s", len(typed.Seconds),
		seconds(quantile(typed.Seconds, 0.5)), seconds(ours), seconds(quantile(typed.Seconds, 1)))
	b.t.say("   rg: %d queries, median %s, p95 %s", len(greps), seconds(quantile(greps, 0.5)), seconds(theirs))
	b.against("as-you-type search, "+thousands(n)+" messages, p95", "rg over the same text, p95", ours, theirs, 0.01)
	return b.remove("messages.csv", "messages.txt")
}

// grep counts the lines with each recorded query.
func (b *bencher) grep(text string) ([]float64, error) {
	c, err := b.ours("queries")
	if err != nil {
		return nil, err
	}
	var queries []string
	if err := json.Unmarshal(c.out, &queries); err != nil {
		return nil, fmt.Errorf("reading the queries: %w", err)
	}
	var times []float64
	for _, q := range queries {
		c, err := b.measure("", "rg", "--count", "--fixed-strings", "--ignore-case", "-e", q, text)
		if err != nil {
			return nil, err
		}
		times = append(times, c.seconds)
	}
	return times, nil
}

// photos compares the PDF of many photos with img2pdf's.
func (b *bencher) photos() error {
	if err := b.make(fmt.Sprintf("%d photos of 12 MP", b.size.photos), "make-photos", fmt.Sprint(b.size.photos), b.at("photos")); err != nil {
		return err
	}
	photos, err := filepath.Glob(b.at("photos/*.jpg"))
	if err != nil {
		return fmt.Errorf("listing the photos: %w", err)
	}
	ours, theirs, err := b.rounds(b.size.rounds,
		func() error { return b.remove("ours.pdf", "theirs.pdf") },
		func() (cost, error) { return b.ours("pdf", b.at("photos"), b.at("ours.pdf")) },
		func() (cost, error) {
			return b.measure("", append([]string{"img2pdf", "--output", b.at("theirs.pdf")}, photos...)...)
		})
	if err != nil {
		return err
	}
	work := fmt.Sprintf("%d photos of 12 MP into a PDF", b.size.photos)
	b.against(work, "img2pdf", ours.seconds, theirs.seconds, 1)
	b.memory(work+", memory", ours.peak, theirs.peak, 200)
	return b.remove("photos", "ours.pdf", "theirs.pdf")
}

// bagging compares a verified bag with sums followed by a plain ZIP.
func (b *bencher) bagging() error {
	if err := b.make(fmt.Sprintf("%d MB of originals", b.size.megabytes), "make-blobs", fmt.Sprint(b.size.megabytes), b.at("originals")); err != nil {
		return err
	}
	ours, theirs, err := b.rounds(b.size.rounds,
		func() error { return b.remove("ours.zip", "theirs.zip", "theirs.sums") },
		func() (cost, error) { return b.ours("bag", b.at("originals"), b.at("ours.zip")) },
		func() (cost, error) {
			return b.measure("", "sh", "-c", "sha256sum originals/* > theirs.sums && zip -0 -q -r theirs.zip originals theirs.sums")
		})
	if err != nil {
		return err
	}
	work := fmt.Sprintf("%s MB of originals into a verified bag", thousands(b.size.megabytes))
	b.against(work, "sha256sum, then zip -0", ours.seconds, theirs.seconds, 1)
	b.memory(work+", memory", ours.peak, theirs.peak, 100)
	return b.remove("originals", "originals.sums", "ours.zip", "theirs.zip", "theirs.sums")
}

// window measures the memory of the real window with many orders.
func (b *bencher) window() (err error) {
	if runtime.GOOS != "linux" {
		b.t.say("   skipped: the window's memory is measured on a virtual display, which only Linux has")
		return nil
	}
	if err := b.t.ready(append(windowNeeds(), displayNeeds()...)); err != nil {
		return err
	}
	program, err := b.t.buildWindow(b.dir)
	if err != nil {
		return err
	}
	desk := b.at("window-desk")
	if _, err := b.measure("", program, "--desk", desk, "sample"); err != nil {
		return err
	}
	csv, err := b.orders(b.size.windowOrders)
	if err != nil {
		return err
	}
	if err := b.make("a desk with them and the sample", "import", desk, csv); err != nil {
		return err
	}
	w, stop, err := b.t.openDesk(program, desk, b.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	today, err := w.firstRows("today")
	if err != nil {
		return err
	}
	b.limited("from the start of the program to Today's rows, "+thousands(b.size.windowOrders)+" orders", today, 0.5)
	if _, err := w.openTab("orders"); err != nil {
		return err
	}
	if err := w.photograph(b.at("window.png")); err != nil {
		return err
	}
	resident, private, err := residentMemory(w.cmd.Process.Pid)
	if err != nil {
		return err
	}
	b.t.say("   resident %.0f MB, of which %.0f MB are no mapped files", resident, private)
	b.memory("the window, "+thousands(b.size.windowOrders)+" orders, sample desk", resident, 0, 250)
	return nil
}

// firstRows is how many seconds after the start of the program the first rows
// of a tab were there to be painted.
func (w *window) firstRows(tab string) (float64, error) {
	rows := func(e event) bool { return e.Event == "loaded" && e.Name == tab }
	first := slices.IndexFunc(w.trace.seen, rows)
	if first >= 0 {
		return time.UnixMilli(w.trace.seen[first].At).Sub(w.started).Seconds(), nil
	}
	loaded, err := w.wait(30*time.Second, "the rows of "+tab, rows)
	return time.UnixMilli(loaded.At).Sub(w.started).Seconds(), err
}

// residentMemory reads from Linux what a process holds in memory, and what of
// it is not mapped from files, in MB.
func residentMemory(pid int) (resident, private float64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, fmt.Errorf("reading the window's memory: %w", err)
	}
	for _, f := range []struct {
		key  string
		into *float64
	}{{"VmRSS:", &resident}, {"RssAnon:", &private}} {
		_, rest, found := strings.Cut(string(text), f.key)
		fields := strings.Fields(rest)
		if !found || len(fields) == 0 {
			return 0, 0, fmt.Errorf("the system does not tell %s", f.key)
		}
		kib, err := strconv.ParseFloat(fields[0], 64)
		if err != nil {
			return 0, 0, fmt.Errorf("reading %s: %w", f.key, err)
		}
		*f.into = kib * 1024 / 1e6
	}
	return resident, private, nil
}
