package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// TestMain lets the test binary play a second program: see helperProcess.
func TestMain(m *testing.M) {
	if role := os.Getenv("STORE_TEST_ROLE"); role != "" {
		helperProcess(role, os.Getenv("STORE_TEST_PATH"))
		return
	}
	os.Exit(m.Run())
}

// helperProcess is what a child process does.
func helperProcess(role, path string) {
	ctx := context.Background()
	switch role {
	case "import": // writes orders until it is killed
		s, err := Open(ctx, path, testOptions())
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		_ = s.Update(ctx, func(tx *Tx) error {
			shop := data.Shop{Platform: data.EBay, Name: "killed"}
			if err := tx.PutShop(&shop); err != nil {
				return err
			}
			m, err := tx.ImportOrders(&Import{Shop: shop, File: "big.csv"})
			if err != nil {
				return err
			}
			for i := 0; ; i++ {
				o := benchOrder(i)
				if _, err := m.Add(&o); err != nil {
					return err
				}
				if i == 25_000 { // far more than the page cache holds back
					fmt.Println("enough")
				}
			}
		})
	case "readonly": // opens a folder that it may not write
		s, err := Open(ctx, path, Options{ReadOnly: true})
		if err != nil {
			fmt.Println("failed:", err)
			os.Exit(0)
		}
		shops, err := s.Shops(ctx)
		fmt.Println(len(shops), err)
		fmt.Println(s.Update(ctx, func(*Tx) error { return nil }))
		_, err = Open(ctx, path, Options{})
		fmt.Println(errors.Is(err, data.ErrReadOnly))
	}
}

func TestSchemaIsReadableByOthers(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	importAll(t, s, shop, benchOrder(1), benchOrder(2))
	if got := shell(t, s.Path(), "PRAGMA foreign_key_check"); got != "" {
		t.Error(got)
	}
	if got := shell(t, s.Path(), "SELECT number FROM orders ORDER BY id"); got != benchOrder(1).Number+"\n"+benchOrder(2).Number {
		t.Error(got)
	}
	if got := shell(t, s.Path(), "PRAGMA journal_mode"); got != "wal" {
		t.Error(got)
	}
	var loose string
	row := s.read.QueryRow("SELECT coalesce(group_concat(name), '') FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'")
	if err := row.Scan(&loose); err != nil || loose != "" {
		t.Errorf("tables that are not STRICT: %s %v", loose, err)
	}
	if err := s.Check(context.Background()); err != nil {
		t.Error(err)
	}
	var mode, sync, fk int
	conn, _ := s.write.Conn(context.Background())
	defer conn.Close() //nolint:errcheck // test
	if err := errors.Join(conn.QueryRowContext(context.Background(), "PRAGMA synchronous").Scan(&sync),
		conn.QueryRowContext(context.Background(), "PRAGMA foreign_keys").Scan(&fk)); err != nil || sync != 2 || fk != 1 {
		t.Errorf("synchronous %d, foreign_keys %d, %v %d", sync, fk, err, mode)
	}
}

func TestRefusals(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	desk := filepath.Join(dir, "desk.db")
	s, err := Open(ctx, desk, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	newer := filepath.Join(dir, "newer.db")
	body, err := os.ReadFile(desk)
	if err != nil {
		t.Fatal(err)
	}
	write("newer.db", string(body))
	shell(t, newer, "PRAGMA user_version = 99")
	before, _ := os.ReadFile(newer)
	other := filepath.Join(dir, "other.db")
	shell(t, other, "CREATE TABLE x (y)")
	for _, c := range []struct {
		name, path string
		readOnly   bool
		want       error
	}{
		{"newer", newer, false, data.ErrNewer},
		{"newer, reading", newer, true, data.ErrNewer},
		{"no database", write("text.db", strings.Repeat("this is a letter\n", 1000)), false, data.ErrInvalid},
		{"a short text", write("short.db", "hello"), false, data.ErrInvalid},
		{"another program's database", other, false, data.ErrInvalid},
		{"a folder", dir, false, data.ErrInvalid},
		{"no such folder", filepath.Join(dir, "no", "desk.db"), false, data.ErrNotFound},
		{"no such file, reading", filepath.Join(dir, "none.db"), true, data.ErrNotFound},
	} {
		o := testOptions()
		o.ReadOnly = c.readOnly
		s, err := Open(ctx, c.path, o)
		if err == nil {
			_ = s.Close()
		}
		if p, ok := data.AsProblem(err); !ok || !errors.Is(err, c.want) || !strings.Contains(p.What(), filepath.Base(c.path)) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
	if after, _ := os.ReadFile(newer); string(after) != string(before) {
		t.Error("the newer file was changed")
	}
}

func TestDamageIsNamed(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	var orders []data.Order
	for i := range 500 {
		orders = append(orders, benchOrder(i))
	}
	importAll(t, s, shop, orders...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(s.Path(), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, _ := f.Stat()
	junk := []byte(strings.Repeat("\xa5", 4096))
	for page := int64(40); page < info.Size()/4096; page += 3 {
		if _, err := f.WriteAt(junk, page*4096); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(context.Background(), s.Path(), testOptions())
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
		err = s.Check(context.Background())
	}
	if !errors.Is(err, data.ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders are not made read-only by their mode on Windows")
	}
	dir := t.TempDir()
	for up := dir; up != os.TempDir() && up != "/"; up = filepath.Dir(up) {
		if err := os.Chmod(up, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s := openAt(t, filepath.Join(dir, "desk.db"), testOptions())
	newShop(t, s, data.EBay, "a")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(s.Path(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755) })
	out := child(t, "readonly", s.Path())
	text, err := out.CombinedOutput()
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if err != nil || len(lines) != 3 || lines[0] != "1 <nil>" || !strings.Contains(lines[1], "cannot be written") || lines[2] != "true" {
		t.Errorf("%v\n%s", err, text)
	}
	// A log that was left behind would silently be ignored: refused.
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Path()+"-wal", []byte("left"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	text, err = child(t, "readonly", s.Path()).CombinedOutput()
	if err != nil || !strings.Contains(string(text), "was not closed properly") {
		t.Errorf("%v\n%s", err, text)
	}
}

// child makes this test binary a second program.
func child(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 { // root may write anywhere: let the child be nobody
		copied := filepath.Join(filepath.Dir(path), "..", "store.test."+strconv.Itoa(os.Getpid()))
		body, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied, body, 0o755); err != nil {
			t.Fatal(err)
		}
		program = copied
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "STORE_TEST_ROLE="+role, "STORE_TEST_PATH="+path)
	if role == "readonly" {
		becomeNobody(cmd)
	}
	return cmd
}

func TestKilledImportLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "sub", "desk.db")
	if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path, testOptions())
	shop := newShop(t, s, data.AliExpress, "kept")
	importAll(t, s, shop, benchOrder(1))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := child(t, "import", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if strings.TrimSpace(line) != "enough" {
		t.Fatalf("the child said %q", line)
	}
	s = openAt(t, path, testOptions())
	stats, err := s.Stats(context.Background())
	if err != nil || stats.Orders != 1 || stats.Shops != 1 {
		t.Errorf("%+v %v", stats, err)
	}
	if err := s.Check(context.Background()); err != nil {
		t.Error(err)
	}
	if bad, why, err := s.VerifyJournal(context.Background()); bad != nil || err != nil {
		t.Error(why, err)
	}
	importAll(t, s, shop, benchOrder(2)) // and it can be written again
}

func TestFullDisk(t *testing.T) {
	o := testOptions()
	o.maxPages = 300
	s := openAt(t, filepath.Join(t.TempDir(), "desk.db"), o)
	shop := newShop(t, s, data.EBay, "a")
	err := s.Update(context.Background(), func(tx *Tx) error {
		m, err := tx.ImportOrders(&Import{Shop: shop})
		if err != nil {
			return err
		}
		for i := range 10_000 {
			o := benchOrder(i)
			if _, err := m.Add(&o); err != nil {
				return err
			}
		}
		_, err = m.Finish(0)
		return err
	})
	if !errors.Is(err, data.ErrFull) {
		t.Fatalf("got %v", err)
	}
	if stats, err := s.Stats(context.Background()); err != nil || stats.Orders != 0 || stats.Shops != 1 {
		t.Errorf("%+v %v", stats, err)
	}
	importAll(t, s, shop, benchOrder(1))
}

func TestSecondWriter(t *testing.T) {
	s := openNew(t)
	o := testOptions()
	o.busy = 1
	second := openAt(t, s.Path(), o)
	update(t, s, func(tx *Tx) error {
		shop := data.Shop{Platform: data.EBay, Name: "a"}
		if err := tx.PutShop(&shop); err != nil {
			return err
		}
		err := second.Update(context.Background(), func(*Tx) error { return nil })
		if !errors.Is(err, data.ErrBusy) {
			t.Errorf("got %v", err)
		}
		return nil
	})
}

func TestMigration(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.db")
	s := openAt(t, path, testOptions())
	newShop(t, s, data.EBay, "kept")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	base, err := embeddedMigrations()
	if err != nil {
		t.Fatal(err)
	}
	o := testOptions()
	o.BackupDir = t.TempDir()
	o.migrations = append(base[:len(base):len(base)], migration{"good", "ALTER TABLE shop ADD COLUMN color TEXT NOT NULL DEFAULT 'red'; UPDATE shop SET color = 'blue'"},
		migration{"bad", "UPDATE shop SET color = 'green'; INSERT INTO nowhere VALUES (1)"})
	if s, err := Open(ctx, path, o); err == nil {
		_ = s.Close()
		t.Fatal("a broken step was accepted")
	}
	want := fmt.Sprint(len(base)+1) + "\nblue"
	if got := shell(t, path, "PRAGMA user_version", "SELECT color FROM shop"); got != want {
		t.Errorf("after a broken step: %q, want %q", got, want)
	}
	backups, err := filepath.Glob(filepath.Join(o.BackupDir, "*.db"))
	if err != nil || len(backups) != 1 {
		t.Fatalf("backups: %v %v", backups, err)
	}
	if got := shell(t, backups[0], "PRAGMA user_version", "PRAGMA quick_check"); got != fmt.Sprintf("%d\nok", len(base)) {
		t.Errorf("the backup says %q", got)
	}
	old := openAt(t, backups[0], testOptions())
	if _, err := old.ShopByKey(ctx, data.EBay, "kept"); err != nil {
		t.Error(err)
	}
	// A step that would leave a reference to nothing is undone.
	o.migrations = append(o.migrations[:len(base)+1:len(base)+1], migration{"dangling", "INSERT INTO import (uid, shop_id, kind, file, sha256, at) VALUES ('u', 77, 'k', 'f', 's', 1)"})
	o.BackupDir = t.TempDir()
	if s, err := Open(ctx, path, o); !errors.Is(err, data.ErrDamaged) {
		_ = s.Close()
		t.Errorf("a dangling reference: %v", err)
	}
	// An older file cannot be brought up to date when it may not be written.
	o.ReadOnly = true
	if _, err := Open(ctx, path, o); !errors.Is(err, data.ErrReadOnly) {
		t.Errorf("older, reading: %v", err)
	}
}

func TestBackup(t *testing.T) {
	ctx := context.Background()
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	importAll(t, s, shop, benchOrder(1), benchOrder(2))
	target := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(ctx, target); err != nil {
		t.Fatal(err)
	}
	newShop(t, s, data.EBay, "later")
	if err := s.Backup(ctx, target); !errors.Is(err, data.ErrRefused) {
		t.Errorf("over a file: %v", err)
	}
	if names, _ := os.ReadDir(filepath.Dir(target)); len(names) != 1 {
		t.Errorf("leftovers: %v", names)
	}
	if got := shell(t, target, "SELECT count(*) FROM orders", "SELECT count(*) FROM shop"); got != "2\n1" {
		t.Error(got)
	}
	restored := openAt(t, target, testOptions())
	rows, err := restored.OrderFirst(ctx, data.OrderQuery{Search: "earbuds"}, 10)
	if err != nil || len(rows) != 0 { // orders 1 and 2 have other titles
		t.Errorf("%v %v", rows, err)
	}
	rows, err = restored.OrderFirst(ctx, data.OrderQuery{Search: "耳机"}, 10)
	if err != nil || len(rows) != 1 {
		t.Errorf("%v %v", rows, err)
	}
	if bad, why, err := restored.VerifyJournal(ctx); bad != nil || err != nil {
		t.Error(why, err)
	}
	if err := s.Backup(ctx, filepath.Join(t.TempDir(), "no", "copy.db")); err == nil {
		t.Error("a backup into no folder")
	}
}

// The next start must not have to read a whole write-ahead log, also when the
// program was closed in the middle of upkeep.
func TestCloseAfterInterruptLeavesNoLog(t *testing.T) {
	s := openNew(t)
	newShop(t, s, data.EBay, "a")
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	const endless = "WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
	var n int
	if err := s.write.QueryRowContext(ctx, endless).Scan(&n); err == nil {
		t.Fatal("an endless query ended:", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(s.Path() + "-wal"); err == nil && info.Size() > 0 {
		t.Errorf("the log is still there: %d bytes", info.Size())
	}
}

// A desk of the first schema, with evidence, an exhibit and a submission in it,
// opens with all of them.
func TestMigrationFromFirstSchema(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "desk.db")
	all, err := embeddedMigrations()
	if err != nil {
		t.Fatal(err)
	}
	o := testOptions()
	o.migrations = all[:1]
	s := openAt(t, path, o)
	// The program of today writes what that schema had not: it is there for a moment.
	execute := func(statements ...string) {
		for _, statement := range statements {
			if _, err := s.write.ExecContext(ctx, statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	execute("ALTER TABLE shop ADD COLUMN site TEXT NOT NULL DEFAULT ''", "CREATE TABLE dispute_right (dispute_id, rule, due, sure)",
		"CREATE TABLE stale (name, id, PRIMARY KEY (name, id))",
		"ALTER TABLE dispute ADD COLUMN claim_translation TEXT NOT NULL DEFAULT ''", "ALTER TABLE dispute ADD COLUMN claim_translator TEXT NOT NULL DEFAULT ''")
	newShop(t, s, data.EBay, "a")
	shell(t, path, "INSERT INTO orders (shop_id, number, status) VALUES (1, '1001', 'shipped')")
	d := sampleDispute()
	update(t, s, func(tx *Tx) error { return tx.InsertDispute(&d) })
	execute("ALTER TABLE shop DROP COLUMN site", "DROP TABLE dispute_right", "DROP TABLE stale",
		"ALTER TABLE dispute DROP COLUMN claim_translation", "ALTER TABLE dispute DROP COLUMN claim_translator")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	sum := strings.Repeat("a", 64)
	shell(t, path, "INSERT INTO evidence (uid, sha256, size, name, kind, dispute_id, added_at) VALUES ('e1', '"+sum+"', 3, 'a.jpg', 'photo', 1, 1)",
		"INSERT INTO exhibit (dispute_id, position, evidence_id, title) VALUES (1, 1, 1, 'A')",
		"INSERT INTO submission (uid, dispute_id, version, created_at) VALUES ('s1', 1, 1, 1)")
	s = openAt(t, path, testOptions())
	if e, err := s.EvidenceByUID(ctx, "e1"); err != nil || e.SHA256 != sum || e.CopyOf != "" || e.Edits != nil {
		t.Errorf("%+v %v", e, err)
	}
	if x, err := s.Exhibits(ctx, 1); err != nil || len(x) != 1 || x[0].Title != "A" || x[0].Section != "" {
		t.Errorf("%+v %v", x, err)
	}
	if got, err := s.Submission(ctx, "s1"); err != nil || got.Version != 1 || !got.SentAt.IsZero() || got.Mask != nil {
		t.Errorf("%+v %v", got, err)
	}
}

// A desk of schema 9 learns what a person entered, as far as its journal says so,
// and which pasted pictures nobody described.
func TestTellersOfAnOlderDesk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	all, err := embeddedMigrations()
	if err != nil {
		t.Fatal(err)
	}
	o := testOptions()
	o.migrations = all[:9]
	s := openAt(t, path, o)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	entry := func(seq, action, entity, key, before, after string) string {
		return "INSERT INTO journal (seq, at, operator, action, entity, key, before, after, previous, hash) VALUES (" +
			seq + ", 1, 'Lin', '" + action + "', '" + entity + "', '" + key + "', " + before + ", " + after + ", '', '')"
	}
	const none, parcel = `'{"shipments":null}'`, `'{"shipments":[{"tracking":"LX1"}]}'`
	const scanned = `'{"shipments":[{"tracking":"LX1","events":[{"at":"2026-03-01T10:00:00Z","place":"Madrid","text":"Delivered"}]}]}'`
	shell(t, path, "INSERT INTO shop (platform, name) VALUES ('ebay', 'a')",
		"INSERT INTO orders (shop_id, number, status) VALUES (1, '12 34', 'shipped')",
		"INSERT INTO shipment (order_id, tracking) VALUES (1, 'LX1'), (1, 'LX2')",
		"INSERT INTO tracking_event (shipment_id, at, place, text) VALUES (1, 1772359200000, 'Madrid', 'Delivered'), (1, 1772000000000, '', 'Accepted'), (2, 1772359200000, 'Madrid', 'Delivered')",
		entry("1", "shipment.add", "order", "ebay/a/12 34", none, parcel), entry("2", "shipment.scan", "order", "ebay/a/12 34", parcel, scanned),
		"INSERT INTO evidence (uid, sha256, size, kind, source, note, added_at) VALUES ('pasted', '', 1, 'screenshot', 'paste', '', 1), "+
			"('edited', '', 1, 'screenshot', 'paste', '', 1), ('noted', '', 1, 'screenshot', 'paste', 'the chat', 1), ('a file', '', 1, 'screenshot', 'file', '', 1)",
		entry("3", "evidence.edit", "evidence", "edited", "NULL", "'{}'"))
	s = openAt(t, path, testOptions())
	order, err := s.Order(t.Context(), 1)
	if err != nil || len(order.Shipments) != 2 {
		t.Fatalf("%+v, %v", order, err)
	}
	mine, other := order.Shipments[0], order.Shipments[1]
	if mine.Told != data.TellerPerson || mine.Events[0].Text != "Accepted" || mine.Events[0].Told != "" || mine.Events[1].Told != data.TellerPerson {
		t.Errorf("entered: %+v", mine)
	}
	if other.Told != "" || other.Events[0].Told != "" {
		t.Errorf("of a file: %+v", other)
	}
	for uid, want := range map[string]data.EvidenceKind{
		"pasted": data.KindOther, "edited": data.KindScreenshot, "noted": data.KindScreenshot, "a file": data.KindScreenshot,
	} {
		if e, err := s.EvidenceByUID(t.Context(), uid); err != nil || e.Kind != want {
			t.Errorf("%s: %q, want %q; %v", uid, e.Kind, want, err)
		}
	}
}

// What was passed before passes were keyed by entity is passed still: the key of
// a row is that which the finding has now.
func TestPassesOfAnOlderDeskAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	all, err := embeddedMigrations()
	if err != nil {
		t.Fatal(err)
	}
	o := testOptions()
	o.migrations = all[:3]
	s := openAt(t, path, o)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	shell(t, path, "INSERT INTO shop (platform, name) VALUES ('ebay', 'a')",
		"INSERT INTO orders (shop_id, number, status) VALUES (1, '12 34', 'shipped')",
		"INSERT INTO dispute (uid, order_id, shop_id, order_number, reason, stage) VALUES ('d1', 1, 1, '12 34', 'other', 'negotiation')",
		"INSERT INTO finding (uid, dispute_id, rule, place, severity, passed_at, passed_by, reason) VALUES "+
			"('f1', 1, 'dates', 'order:12 34 shipment:LX 1CN', 'warning', 1000, 'Lin', 'one parcel'), ('f2', 1, 'no_opening', '', 'warning', 2000, 'Lin', 'old case')")
	s = openAt(t, path, testOptions())
	passes, err := s.Passes(t.Context(), "dispute", 1)
	if err != nil || len(passes) != 2 {
		t.Fatalf("%+v, %v", passes, err)
	}
	for i, f := range []data.Finding{
		{Rule: "dates", Where: []data.Ref{{Kind: "order", ID: "12 34"}, {Kind: "shipment", ID: "LX 1CN"}}},
		{Rule: "no_opening"},
	} {
		if passes[i].Key != f.Key() || passes[i].By != "Lin" || passes[i].Severity != "" {
			t.Errorf("%+v, want the key %q", passes[i], f.Key())
		}
	}
}
