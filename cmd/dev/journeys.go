package main

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A journey is something that a person does in the window, start to end.
type journey struct {
	name string
	walk func(w *window, h *hands) error
}

// hands are what a journey works with, beside the mouse.
type hands struct {
	drop string // the program that drags files onto the window
	desk string // the desk's folder
	dir  string // where a journey may put files
}

// journeys lists what is tried in the real window before a bundle is exported.
// Each leaves the window without an open sheet.
var journeys = []journey{
	{"a file of orders dropped on the window, previewed and imported", (*window).importByDrop},
	{"a picture dropped on a dispute", (*window).evidenceByDrop},
	{"a box drawn on a picture and burned into a copy", (*window).redact},
	{"a reply to a dispute, filled and copied", (*window).reply},
	{"a guided path, walked to its end", (*window).walkPath},
	{"a rating answered, and a complaint bound and read back", (*window).answerFeedback},
	{"a number of the account, its rows, what if, and the platform's own beside it", (*window).health},
	{"an order packed, weighed and marked as shipped", (*window).pack},
	{"a rate entered, and the reports saved as a workbook", (*window).report},
	{"a month reviewed: a decision becomes a task", (*window).review},
	{"a second start, which brings this window forward", (*window).startAgain},
}

// walkJourneys builds the hand that drops and walks all journeys.
func (w *window) walkJourneys(dir string) error {
	h := &hands{drop: filepath.Join(dir, "drop"), desk: filepath.Join(dir, "desk"), dir: dir}
	if _, err := w.t.step("building what drags and drops", job{
		args: []string{"go", "build", "-buildvcs=false", "-o", h.drop, "./cmd/dev/drop"}, env: withoutC,
	}); err != nil {
		return err
	}
	for _, j := range journeys {
		began := time.Now()
		w.t.say("\n== %s", j.name)
		if err := j.walk(w, h); err != nil {
			return fmt.Errorf("%s: %w", j.name, err)
		}
		w.t.say("   ok, %s", short(time.Since(began)))
	}
	return nil
}

// dropOn lets files go in the middle of the window.
func (w *window) dropOn(h *hands, files ...string) error {
	cmd := w.t.command(append([]string{h.drop, "Casebinder", fmt.Sprint(displayWidth / 2), fmt.Sprint(displayHeight / 2)}, files...),
		[]string{"DISPLAY=" + w.display.name})
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("dropping %s: %w: %s", strings.Join(files, ", "), err, strings.TrimSpace(string(said)))
	}
	return nil
}

// asked lets the SQLite shell count in the desk, beside the program that has it
// open.
func (w *window) asked(h *hands, query string) (string, error) {
	return w.t.output("sqlite3", "-readonly", filepath.Join(h.desk, database), query)
}

// becomes waits until a count in the desk is what it should be.
func (w *window) becomes(h *hands, query, want string) error {
	deadline := time.Now().Add(30 * time.Second)
	for {
		got, err := w.asked(h, query)
		if err == nil && got == want {
			return nil
		}
		if time.Now().After(deadline) {
			return errors.Join(err, fmt.Errorf("the desk answers %q to %q, not %q", got, query, want))
		}
		if err := w.alive(); err != nil {
			return err
		}
		select {
		case <-w.t.ctx.Done():
			return w.t.ctx.Err()
		case <-time.After(poll):
		}
	}
}

// fileOfOrders writes two orders that the sample desk does not have, in the form
// of the sample's own file from Shopify.
func (w *window) fileOfOrders(h *hands) (string, error) {
	text, err := os.ReadFile(filepath.Join(w.t.root, "assets", "sample", "shopify-orders.csv"))
	if err != nil {
		return "", fmt.Errorf("reading the sample's orders: %w", err)
	}
	lines := strings.SplitAfterN(string(text), "\n", 3)
	_, order, found := strings.Cut(lines[1], ",")
	if !found {
		return "", fmt.Errorf("the sample's orders begin with %q", lines[1])
	}
	file := filepath.Join(h.dir, "orders_export_1.csv")
	if err := os.WriteFile(file, []byte(lines[0]+"#90001,"+order+"#90002,"+order), 0o644); err != nil {
		return "", fmt.Errorf("writing a file of orders: %w", err)
	}
	return file, nil
}

func (w *window) importByDrop(h *hands) error {
	if _, err := w.openTab("orders"); err != nil {
		return err
	}
	before, err := w.asked(h, "SELECT count(*) FROM orders")
	if err != nil {
		return err
	}
	file, err := w.fileOfOrders(h)
	if err != nil {
		return err
	}
	if err := w.dropOn(h, file); err != nil {
		return err
	}
	shown, err := w.wait(30*time.Second, "the preview", func(e event) bool { return e.Event == "loaded" && e.Name == "import" })
	if err != nil {
		return err
	}
	if shown.Rows != 2 {
		return fmt.Errorf("the preview shows %d orders, not 2", shown.Rows)
	}
	if now, err := w.asked(h, "SELECT count(*) FROM orders"); err != nil || now != before {
		return errors.Join(err, fmt.Errorf("a preview changed the desk from %s orders to %s", before, now))
	}
	if err := w.click("import.do"); err != nil {
		return err
	}
	if _, err := w.wait(30*time.Second, "the import", func(e event) bool { return e.Event == "imported" }); err != nil {
		return err
	}
	return w.becomes(h, "SELECT count(*) - "+before+" FROM orders", "2")
}

// evidence counts what the desk holds; newest is the name of the last piece.
const evidenceCount = "SELECT count(*) FROM evidence WHERE binned_at IS NULL"

func (w *window) evidenceByDrop(h *hands) error {
	if err := w.openCase(); err != nil {
		return err
	}
	before, err := w.asked(h, evidenceCount)
	if err != nil {
		return err
	}
	file := filepath.Join(h.dir, "label of the parcel.png")
	if err := savePNG(file, chequered(640, 480)); err != nil {
		return err
	}
	if err := w.dropOn(h, file); err != nil {
		return err
	}
	if err := w.click("evidence.ask.do"); err != nil { // what it shows can be said later
		return err
	}
	return w.becomes(h, "SELECT ((SELECT count(*) FROM evidence WHERE binned_at IS NULL) - "+before+") || ' ' || name FROM evidence ORDER BY id DESC LIMIT 1",
		"1 label of the parcel.png")
}

// chequered is a picture that is no other.
func chequered(width, height int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			if (x/40+y/40)%2 == 0 {
				p.Set(x, y, color.RGBA{R: 200, G: 120, B: 40, A: 255})
			} else {
				p.Set(x, y, color.RGBA{R: 250, G: 250, B: 245, A: 255})
			}
		}
	}
	return p
}
