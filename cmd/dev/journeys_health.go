package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// numberTold is the number with which the list of the sample desk begins, as it does
// not meet what eBay asks for, and what eBay is said to show of it.
const (
	numberTold = "ebay.tracking_uploaded_validated"
	shareTold  = "80 %"
)

// health opens the first number of the list, looks at its rows, tries out one more
// case, writes down what the platform shows, and reads that with its explanation back
// from a copy of the desk by the program's command.
func (w *window) health(h *hands) error {
	if _, err := w.openTab("account"); err != nil {
		return err
	}
	if err := w.click("account.row.0"); err != nil {
		return err
	}
	rows, err := w.wait(30*time.Second, "the rows that count", func(e event) bool {
		return e.Event == "loaded" && e.Name == "account.base" && e.Rows > 0
	})
	if err != nil {
		return err
	}
	for _, id := range []string{"account.part.base", "account.part.left", "account.part.about", "account.onemore"} {
		if err := w.click(id); err != nil {
			return err
		}
	}
	if _, err := w.wait(30*time.Second, "what one more case would do", func(e event) bool { return e.Event == "whatif" && e.Name == "onemore" }); err != nil {
		return err
	}
	if err := w.click("account.tell"); err != nil {
		return err
	}
	if err := w.standsStill("account.tell.do"); err != nil {
		return err
	}
	if err := w.hand("type", "--delay", "20", shareTold); err != nil { // the first field has the keys
		return err
	}
	if err := w.click("account.tell.do"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT count(*) || ' ' || min(metric) FROM health_told", "1 "+numberTold); err != nil {
		return err
	}
	return w.explained(h, rows.Rows)
}

// explained asks the program's command for the number in a copy of the desk: the
// window has the desk itself.
func (w *window) explained(h *hands, rows int) error {
	folder := filepath.Join(h.dir, "desk for the command")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	if _, err := w.t.output("sqlite3", "-readonly", filepath.Join(h.desk, database), ".backup '"+filepath.Join(folder, database)+"'"); err != nil {
		return err
	}
	// A number that does not meet its target ends the command with 3.
	said, err := w.t.command([]string{w.cmd.Args[0], "--desk", folder, "--json", "health", "--metric", numberTold}, nil).Output()
	var read struct {
		Items []struct {
			Counted    []string             `json:"counted"`
			Told       struct{ Day string } `json:"told"`
			Difference []string             `json:"difference"`
		} `json:"items"`
	}
	if wrong := json.Unmarshal(said, &read); wrong != nil {
		return errors.Join(err, fmt.Errorf("reading what the command says of the number: %w: %s", wrong, said))
	}
	if len(read.Items) != 1 {
		return fmt.Errorf("the command tells of %d numbers, not one: %s", len(read.Items), said)
	}
	one := read.Items[0]
	if len(one.Counted) != rows || one.Told.Day == "" || len(one.Difference) == 0 {
		return fmt.Errorf("the window lists %d rows; the command says: %s", rows, said)
	}
	w.t.say("   %s", one.Difference[0])
	return nil
}
