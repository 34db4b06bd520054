package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"time"
	"unicode/utf8"
)

// A count is what a journey took a person.
type count struct {
	clicks, keys int
}

// note counts what xdotool is told to do; moving the mouse is part of its click.
func (c *count) note(args []string) {
	switch args[0] {
	case "click":
		times := 1
		for i, a := range args[:len(args)-1] {
			if n, err := strconv.Atoi(args[i+1]); a == "--repeat" && err == nil {
				times = n
			}
		}
		c.clicks += times
	case "key":
		c.keys += len(args) - 1
	case "type":
		c.keys += utf8.RuneCountInString(args[len(args)-1])
	}
}

// A counted journey may take so many clicks and no more: where a change asks for
// another one, it has to say why.
type countedJourney struct {
	journey

	most int
}

// First steps begin on no desk at all, the others on the sample.
var (
	firstJourney  = countedJourney{journey{"import to Today", (*window).importFirst}, 5}
	sampleJourney = []countedJourney{
		{journey{"a reply, copied and sent", (*window).reply}, 6},
		{journey{"a rating answered", (*window).rate}, 4},
		{journey{"a date explained", (*window).explain}, 2},
		{journey{"a dispute to a verified bundle", (*window).disputeToBundle}, 6}, // last: it leaves the page of the bundle open
	}
)

// journeys counts clicks, keys and seconds of what a person does most.
func (t *tool) journeys(args []string) error {
	flags := flag.NewFlagSet("journeys", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	program := flags.String("program", "", "the program to drive, built already")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
		return fmt.Errorf("%w: journeys takes --program FILE only", errUsage)
	}
	if runtime.GOOS != "linux" {
		return errors.New("the window is driven on a virtual display, which only Linux has")
	}
	if err := t.ready(append(windowNeeds(), displayNeeds()...)); err != nil {
		return err
	}
	dir, clean, err := t.temp("journeys")
	if err != nil {
		return err
	}
	defer clean()
	if *program == "" {
		if *program, err = t.buildWindow(dir); err != nil {
			return err
		}
	}
	empty, sample := filepath.Join(dir, "first"), filepath.Join(dir, "sample")
	if err := errors.Join(os.Mkdir(empty, 0o755), os.Mkdir(sample, 0o755)); err != nil {
		return fmt.Errorf("making folders for two desks: %w", err)
	}
	drop := filepath.Join(dir, "drop")
	if _, err := t.step("building what drags and drops", job{
		args: []string{"go", "build", "-buildvcs=false", "-o", drop, "./cmd/dev/drop"}, env: withoutC,
	}); err != nil {
		return err
	}
	table, err := t.countAll(drop, empty, []countedJourney{firstJourney}, func() (*window, func() error, error) {
		return t.openDesk(*program, filepath.Join(empty, "desk"), empty)
	})
	if err != nil {
		return err
	}
	rest, err := t.countAll(drop, sample, sampleJourney, func() (*window, func() error, error) { return t.openSample(*program, sample) })
	if err != nil {
		return err
	}
	t.say("\n%-34s %6s %6s %8s", "journey", "clicks", "keys", "seconds")
	for _, line := range append(table, rest...) {
		t.say("%s", line)
	}
	t.say("\nBefore each click the hand waits %s for the control to stand still; that is part of the seconds.", short(still))
	return nil
}

// countAll walks journeys in one window and gives a line for each.
func (t *tool) countAll(drop, dir string, walks []countedJourney, open func() (*window, func() error, error)) (table []string, err error) {
	w, stop, err := open()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.lastPicture(filepath.Join(os.TempDir(), "casebinder-journey.png")))
		}
		err = errors.Join(err, stop())
	}()
	h := &hands{drop: drop, desk: filepath.Join(dir, "desk"), dir: dir}
	for _, j := range walks {
		began := time.Now()
		w.count = count{}
		t.say("\n== %s", j.name)
		if err := j.walk(w, h); err != nil {
			return nil, fmt.Errorf("%s: %w", j.name, err)
		}
		took := time.Since(began)
		if w.count.clicks > j.most {
			return nil, fmt.Errorf("%s takes %d clicks, and took %d", j.name, w.count.clicks, j.most)
		}
		table = append(table, fmt.Sprintf("%-34s %6d %6d %8.1f", j.name, w.count.clicks, w.count.keys, took.Seconds()))
	}
	return table, nil
}

// day finds the dates in a file of orders.
var day = regexp.MustCompile(`20\d\d-\d\d-\d\d`)

// freshOrders writes the sample's file from AliExpress, as if it
// had been made yesterday.
func (w *window) freshOrders(h *hands) (string, error) {
	text, err := os.ReadFile(filepath.Join(w.t.root, "assets", "sample", "aliexpress-orders-gb18030.csv"))
	if err != nil {
		return "", fmt.Errorf("reading the sample's orders: %w", err)
	}
	var newest time.Time
	for _, one := range day.FindAll(text, -1) {
		if at, err := time.Parse(time.DateOnly, string(one)); err == nil && at.After(newest) {
			newest = at
		}
	}
	moved := time.Now().UTC().Truncate(24*time.Hour).Sub(newest) - 24*time.Hour
	text = day.ReplaceAllFunc(text, func(one []byte) []byte {
		at, err := time.Parse(time.DateOnly, string(one))
		if err != nil {
			return one
		}
		return []byte(at.Add(moved).Format(time.DateOnly))
	})
	due := time.Now().UTC().Add(24 * time.Hour).Format("2006-01-02 15:04")
	text = bytes.ReplaceAll(text, []byte(" Shipping,,,,"), []byte(" Shipping,"+due+",,,")) // what waits is to be shipped by then
	file := filepath.Join(h.dir, "orders.csv")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return "", fmt.Errorf("writing a file of orders: %w", err)
	}
	return file, nil
}

// importFirst is what a new seller does: name and shop, a file of orders let go on
// the window, and a look at what is due. The drag counts as a click.
func (w *window) importFirst(h *hands) error {
	for _, field := range []struct{ control, text string }{{"welcome.operator", "Lin"}, {"shop.name", "Willow"}} {
		if err := w.click(field.control); err != nil {
			return err
		}
		for _, keys := range [][]string{{"key", "ctrl+a"}, {"type", "--delay", "20", field.text}} {
			if err := w.hand(keys...); err != nil {
				return err
			}
		}
	}
	if err := w.click("welcome.start"); err != nil {
		return err
	}
	if _, err := w.wait(30*time.Second, "the new desk", func(e event) bool { return e.Event == "tab" }); err != nil {
		return err
	}
	file, err := w.freshOrders(h)
	if err != nil {
		return err
	}
	w.count.clicks++
	if err := w.dropOn(h, file); err != nil {
		return err
	}
	shown, err := w.wait(30*time.Second, "the preview", func(e event) bool { return e.Event == "loaded" && e.Name == "import" && e.Rows > 0 })
	if err != nil {
		return err
	}
	if err := w.click("import.do"); err != nil {
		return err
	}
	if _, err := w.wait(30*time.Second, "the import", func(e event) bool { return e.Event == "imported" }); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT count(*) FROM orders", fmt.Sprint(shown.Rows)); err != nil {
		return err
	}
	rows, err := w.openTab("today")
	if err == nil && rows == 0 {
		err = errors.New("the orders are imported, and Today is empty")
	}
	return err
}

// disputeToBundle adds a picture to a dispute, binds it, and lets the program read
// the bundle back as a stranger would.
func (w *window) disputeToBundle(h *hands) error {
	w.count.clicks++ // the drag
	if err := w.evidenceByDrop(h); err != nil {
		return err
	}
	for _, control := range []string{"dispute.bundle", "bundle.export"} {
		if err := w.click(control); err != nil {
			return err
		}
	}
	e, err := w.wait(3*time.Minute, "the bundle to be exported", func(e event) bool { return e.Event == "exported" })
	if err != nil {
		return err
	}
	if said, err := w.t.output(w.cmd.Path, "verify", e.Path); err != nil {
		return fmt.Errorf("the bundle is not what it was: %w: %s", err, said)
	}
	return nil
}

// copyDraft opens a draft by a control and copies it.
func (w *window) copyDraft(h *hands, control string) error {
	if err := w.click(control); err != nil {
		return err
	}
	if _, err := w.draft(""); err != nil {
		return err
	}
	if _, err := w.display.settled(4 * time.Second); err != nil { // a person reads the text; it is checked meanwhile
		return err
	}
	if err := w.click("replies.copy"); err != nil {
		return err
	}
	return w.becomes(h, "SELECT count(*) FROM draft WHERE copied_at IS NOT NULL", "1")
}

// rate answers the first feedback of the list below it.
func (w *window) rate(h *hands) error {
	const replied = "SELECT count(*) FROM feedback WHERE replied_at IS NOT NULL AND reply <> ''"
	before, err := w.asked(h, replied)
	if err != nil {
		return err
	}
	if _, err := w.openTab("feedback"); err != nil {
		return err
	}
	if err := w.click("feedback.row.0"); err != nil {
		return err
	}
	if err := w.copyDraft(h, "feedback.do.answer"); err != nil {
		return err
	}
	if err := w.hand("key", "F9"); err != nil {
		return err
	}
	return w.becomes(h, "SELECT ("+replied+") - "+before, "1")
}

// explain asks Today where the first date comes from.
func (w *window) explain(*hands) error {
	if _, err := w.openTab("today"); err != nil {
		return err
	}
	if err := w.click("today.row.0"); err != nil {
		return err
	}
	_, err := w.wait(30*time.Second, "the reason of the date", func(e event) bool { return e.Event == "why" && e.What != "" })
	return err
}
