package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// reportFile is how the journey calls the file that it saves.
const reportFile = "journey.xlsx"

// report opens the reports, enters a rate with a comma, and saves them as a workbook,
// whose formulas and charts are looked for.
func (w *window) report(h *hands) error {
	if _, err := w.openTab("orders"); err != nil {
		return err
	}
	if err := w.hand("key", "ctrl+r"); err != nil {
		return err
	}
	if err := w.click("reports.rates"); err != nil {
		return err
	}
	if err := w.click("reports.rate.value"); err != nil {
		return err
	}
	if err := w.hand("type", "--delay", "20", "7,25"); err != nil {
		return err
	}
	if err := w.click("reports.rates.do"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT count(*) FROM exchange_rate WHERE value = '7.25'", "1"); err != nil {
		return err
	}
	for _, control := range []string{"reports.rates.cancel", "reports.save"} {
		if err := w.click(control); err != nil {
			return err
		}
	}
	if err := w.saveAs(reportFile, "reports.save"); err != nil {
		return err
	}
	path := filepath.Join(h.dir, "home", reportFile)
	if err := w.saved(path); err != nil {
		return err
	}
	return checkWorkbook(path)
}

// saveAs names the file in the dialog that took the place of a control.
func (w *window) saveAs(name, control string) error {
	for deadline := time.Now().Add(30 * time.Second); w.trace.controls[control].W > 0; {
		if time.Now().After(deadline) {
			return errors.New("no dialog asks for the name of the file")
		}
		if err := w.rest(); err != nil {
			return err
		}
		if err := w.trace.read(); err != nil {
			return err
		}
	}
	for _, keys := range [][]string{{"key", "ctrl+a"}, {"type", "--delay", "20", name}, {"key", "Return"}} {
		if err := w.hand(keys...); err != nil {
			return err
		}
	}
	return w.standsStill(control)
}

// saved waits until a file holds something: the dialog makes an empty one first.
func (w *window) saved(path string) error {
	for deadline := time.Now().Add(30 * time.Second); ; {
		info, err := os.Stat(path)
		if err == nil && info.Size() > 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return errors.Join(err, errors.New("no report was saved"))
		}
		if err := w.rest(); err != nil {
			return err
		}
	}
}

// checkWorkbook wants a report with formulas and charts.
func checkWorkbook(path string) error {
	r, err := zip.OpenReader(path)
	if err != nil {
		return fmt.Errorf("opening the saved report: %w", err)
	}
	defer r.Close()
	formulas, charts := 0, 0
	for _, part := range r.File {
		if strings.HasPrefix(part.Name, "xl/charts/chart") {
			charts++
		}
		text, err := readPart(part)
		if err != nil {
			return err
		}
		formulas += len(cachedValue.FindAll(text, -1))
	}
	if formulas < 100 || charts < 10 {
		return fmt.Errorf("the saved report has %d formulas and %d charts", formulas, charts)
	}
	return nil
}

// review decides about the first finding of the month's review, which becomes a task,
// and marks the review as held.
func (w *window) review(h *hands) error {
	const decision = "Lin orders double boxes"
	for _, control := range []string{"reports.part.review", "reports.decidea.text"} {
		if err := w.click(control); err != nil {
			return err
		}
	}
	if err := w.hand("type", "--delay", "20", decision); err != nil {
		return err
	}
	if err := w.click("reports.decidea"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT count(*) FROM task WHERE title = '"+decision+"' AND binned_at IS NULL", "1"); err != nil {
		return err
	}
	if err := w.click("reports.hold"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT count(*) FROM review WHERE held_at IS NOT NULL", "1"); err != nil {
		return err
	}
	return w.click("reports.cancel")
}
