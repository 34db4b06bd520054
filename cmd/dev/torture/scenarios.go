package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A scenario is something that the program does and may be harmed in.
type scenario struct {
	name    string
	prepare func(ctx context.Context, r *rig) error // what is there before, in r.work
	args    []string
	check   func(ctx context.Context, r *rig, done bool) error // what must be there after; done: the program said so
	redo    bool                                               // it must succeed afterwards

	everyCut bool // power cuts are made after each of its operations
}

const orders = "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer Address 1,Buyer Address 2,Buyer City,Buyer State," +
	"Buyer Zip,Buyer Country,Buyer Tax Identifier Name,Buyer Tax Identifier Value,Ship To Name,Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City," +
	"Ship To State,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,Quantity,Sold For,Shipping And Handling," +
	"Total Price,Payment Method,Sale Date,Paid On Date,Ship By Date,Shipped On Date,Tracking Number,Transaction ID\n\n"

func order(n int) string {
	return fmt.Sprintf("%d,12-34567-%05d,user_%d,Buyer %d,b%d@example.com,,Road %d,,Leeds,,LS1 1AA,United Kingdom,,,Buyer %d,,Road %d,,Leeds,,LS1 1AA,United Kingdom,"+
		"300%d,Paper lantern %d,PL-%d,No,1,$40.00,$5.99,$45.99,PayPal,Jul-21-25,Jul-21-25,Jul-24-25,Jul-22-25,LX%09dCN,%d\n", 100+n, n, n, n, n, n, n, n, n, n, n, n, 7000+n)
}

func ordersFile(from, to int) string {
	var b strings.Builder
	b.WriteString(orders)
	for n := from; n <= to; n++ {
		b.WriteString(order(n))
	}
	return b.String() + "\n" + fmt.Sprint(to-from+1) + " record(s) downloaded\nSeller ID : lantern-sample\n"
}

// The commands of which the scenarios are made.
var (
	importFirst = []string{"--desk", "desk", "import", "--shop", "Lantern", "first.csv"}
	importMore  = []string{"--desk", "desk", "import", "--shop", "Lantern", "more.csv"}
	openDispute = []string{"--desk", "desk", "dispute", "open", "--order", "12-34567-00001", "--reason", "not_received", "--opened", "2025-08-01T10:00:00Z", "--case", "5012345678"}
	addScans    = []string{"--desk", "desk", "evidence", "add", "--dispute", "5012345678", "--kind", "tracking", "scans.txt"}
	addChat     = []string{"--desk", "desk", "evidence", "add", "--dispute", "5012345678", "--kind", "message", "chat.txt"}
	bind        = []string{"--desk", "desk", "bundle", "--dispute", "5012345678", "--out", "out"}
	backUp      = []string{"--desk", "desk", "backup", "--out", "backups"}
)

func scenarios() []scenario {
	return []scenario{
		{name: "a new desk", prepare: files, args: importFirst, check: holds(0, 3, 0, 0), redo: true},
		{name: "an import", prepare: after(importFirst), args: importMore, check: holds(3, 60, 0, 0), redo: true, everyCut: true},
		{name: "an evidence file", prepare: after(importFirst, openDispute, addChat), args: addScans, check: holds(3, 3, 1, 2), everyCut: true},
		{name: "a bundle", prepare: after(importFirst, openDispute, addChat, addScans), args: bind, check: bound, everyCut: true},
		{name: "a backup", prepare: after(importFirst, openDispute, addScans), args: backUp, check: backedUp, everyCut: true},
		{name: "a restore", prepare: restorable, args: []string{"restore", "--desk", "desk", "backup.zip"}, check: restored(2), everyCut: true},
		{name: "a desk of schema 1", prepare: oldDesk, args: []string{"--desk", "desk", "orders"}, check: holds(3, 3, 2, 2), redo: true},
		{name: "a backup of schema 1", prepare: oldBackup, args: []string{"restore", "--desk", "desk", "backup.zip"}, check: restored(2)},
		{name: "a signing key", prepare: after(importFirst), args: []string{"--desk", "desk", "key"}, check: holds(3, 3, 0, 0), redo: true},
		{name: "an erasure", prepare: erasable, args: erase, check: erasedWhole},
		{name: "a repair", prepare: after(importFirst, openDispute, addScans), args: []string{"--desk", "desk", "repair", "--out", "new"}, check: repaired},
	}
}

// files are what the commands read.
func files(_ context.Context, r *rig) error {
	for name, text := range map[string]string{
		"first.csv": ordersFile(1, 3), "more.csv": ordersFile(3, 60),
		"scans.txt": strings.Repeat("2025-07-30 Delivered, Leeds LS1 1AA\n", 4000), "chat.txt": "Buyer: where is it?\nSeller: it was delivered.\n",
	} {
		if err := os.WriteFile(filepath.Join(r.work, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// after prepares what commands leave.
func after(commands ...[]string) func(context.Context, *rig) error {
	return func(ctx context.Context, r *rig) error {
		if err := files(ctx, r); err != nil {
			return err
		}
		for _, args := range commands {
			if err := r.must(ctx, args...); err != nil {
				return err
			}
		}
		return nil
	}
}

func restorable(ctx context.Context, r *rig) error {
	if err := after(importFirst, openDispute, addScans, addChat, backUp)(ctx, r); err != nil {
		return err
	}
	made, err := filepath.Glob(filepath.Join(r.work, "backups", "*.zip"))
	if err != nil || len(made) != 1 {
		return fmt.Errorf("%d backups, %w", len(made), err)
	}
	return errors.Join(os.Rename(made[0], filepath.Join(r.work, "backup.zip")), os.RemoveAll(filepath.Join(r.work, "desk")))
}

func (r *rig) kept(name string) string {
	return filepath.Join(r.root, "data", "desk", "testdata", "kept", name)
}

func oldDesk(_ context.Context, r *rig) error {
	archive, err := zip.OpenReader(r.kept("schema-1g-desk.zip"))
	if err != nil {
		return err
	}
	defer archive.Close()
	return os.CopyFS(filepath.Join(r.work, "desk"), archive)
}

func oldBackup(_ context.Context, r *rig) error {
	return copyOne(r.kept("schema-1g-backup.zip"), filepath.Join(r.work, "backup.zip"), 0o600)
}

// holds asks for a desk that is as it was before or as it is after: orders and
// files of evidence.
func holds(ordersBefore, ordersAfter, filesBefore, filesAfter int) func(context.Context, *rig, bool) error {
	return func(ctx context.Context, r *rig, done bool) error {
		if done {
			ordersBefore, filesBefore := ordersAfter, filesAfter
			return r.holds(ctx, ordersBefore, ordersAfter, filesBefore, filesAfter)
		}
		return r.holds(ctx, ordersBefore, ordersAfter, filesBefore, filesAfter)
	}
}

func (r *rig) holds(ctx context.Context, ordersBefore, ordersAfter, filesBefore, filesAfter int) error {
	if ordersBefore == 0 { // it may have been cut before there was a desk, which only an import begins
		r.run(ctx, "--desk", "desk", "import", "nothing.csv")
	}
	n, err := r.count(ctx)
	if err == nil {
		err = oneOf("orders", n, ordersBefore, ordersAfter)
	}
	if err != nil {
		return err
	}
	n, err = r.sound(ctx, "desk")
	if err == nil {
		err = oneOf("files of evidence", n, filesBefore, filesAfter)
	}
	return errors.Join(err, r.swept())
}

// bound asks for a bundle that is there whole and recorded, or not at all, and
// that comes out as the first version when it is asked for again.
func bound(ctx context.Context, r *rig, done bool) error {
	if err := r.holds(ctx, 3, 3, 2, 2); err != nil {
		return err
	}
	zips, err := filepath.Glob(filepath.Join(r.work, "out", "*.zip"))
	if err != nil {
		return err
	}
	pdfs, err := filepath.Glob(filepath.Join(r.work, "out", "*.pdf"))
	if err != nil {
		return err
	}
	if len(zips) != len(pdfs) || len(zips) > 1 || done && len(zips) == 0 {
		return fmt.Errorf("%d ZIPs and %d PDFs are there", len(zips), len(pdfs))
	}
	for _, path := range zips {
		if err := r.must(ctx, "verify", path); err != nil {
			return err
		}
	}
	code, said := r.run(ctx, bind...)
	if code != 0 || !strings.Contains(said, ": version 1,") {
		return fmt.Errorf("bound again (exit code %d): %s", code, said)
	}
	return r.swept()
}

// backedUp asks that what bears the name of a backup is one.
func backedUp(ctx context.Context, r *rig, done bool) error {
	if err := r.holds(ctx, 3, 3, 1, 1); err != nil {
		return err
	}
	made, err := filepath.Glob(filepath.Join(r.work, "backups", "*.zip"))
	if err != nil {
		return err
	}
	if done && len(made) == 0 {
		return errors.New("the backup is gone")
	}
	for _, path := range made {
		if err := r.must(ctx, "verify", path); err != nil {
			return err
		}
	}
	if len(made) == 0 {
		return r.must(ctx, backUp...)
	}
	return nil
}

// restored asks for a whole desk or none, which can be restored then.
func restored(evidence int) func(context.Context, *rig, bool) error {
	return func(ctx context.Context, r *rig, done bool) error {
		left, err := os.ReadDir(filepath.Join(r.work, "desk"))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if len(left) == 0 {
			if done {
				return errors.New("the desk is gone")
			}
			if err := r.must(ctx, "restore", "--desk", "desk", "backup.zip"); err != nil {
				return err
			}
			if err := r.finished(); err != nil {
				return err
			}
		}
		return r.holds(ctx, 3, 3, evidence, evidence)
	}
}

// repaired asks for the old desk as it was, and for a whole new one or none.
func repaired(ctx context.Context, r *rig, done bool) error {
	if err := r.holds(ctx, 3, 3, 1, 1); err != nil {
		return err
	}
	left, err := os.ReadDir(filepath.Join(r.work, "new"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if len(left) == 0 {
		if done {
			return errors.New("the new desk is gone")
		}
		if err := r.must(ctx, "--desk", "desk", "repair", "--out", "new"); err != nil {
			return err
		}
		if err := r.finished(); err != nil {
			return err
		}
	}
	n, err := r.sound(ctx, "new")
	if err == nil {
		err = oneOf("files of evidence", n, 1)
	}
	return err
}
