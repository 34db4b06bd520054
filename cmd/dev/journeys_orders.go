package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// Orders of the sample that wait to be shipped.
const (
	orderOfPath    = "8195299300114420" // its buyer asks for another address
	orderOfPacking = "8195533556558742" // a lamp
	skuOfPacking   = "WL-LAMP-02"
)

// findOrder narrows the list to one order and chooses it.
func (w *window) findOrder(number string) error {
	if _, err := w.openTab("orders"); err != nil {
		return err
	}
	if err := w.click("orders.search"); err != nil {
		return err
	}
	for _, keys := range [][]string{{"key", "ctrl+a"}, {"type", "--delay", "20", number}} {
		if err := w.hand(keys...); err != nil {
			return err
		}
	}
	if _, err := w.wait(30*time.Second, "the order "+number, func(e event) bool {
		return e.Event == "loaded" && e.Name == "orders" && e.Rows == 1
	}); err != nil {
		return err
	}
	return w.click("orders.row.0")
}

// longestPath is how many questions a path may ask.
const longestPath = 12

// walkPath walks the guided path that fits an order best to its end, and takes what
// it proposes: the path stands in the record as ended, with the reply that it led to.
func (w *window) walkPath(h *hands) error {
	const ended = "SELECT count(*) FROM path_run WHERE ended_at IS NOT NULL AND ending <> ''"
	before, err := w.asked(h, ended)
	if err != nil {
		return err
	}
	if err := w.findOrder(orderOfPath); err != nil {
		return err
	}
	for _, control := range []string{"order.more", "order.path.item", "paths.0.start"} {
		if err := w.click(control); err != nil {
			return err
		}
	}
	if err := w.answerAll(); err != nil {
		return err
	}
	if err := w.click("path.end"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT ("+ended+") - "+before, "1"); err != nil {
		return err
	}
	if _, err := w.draft(""); err != nil { // the path led to a reply
		return err
	}
	got, err := w.asked(h, "SELECT o.number || ' ' || p.path || ' ' || (p.steps <> '') FROM path_run p JOIN orders o ON o.id = p.order_id ORDER BY p.id DESC LIMIT 1")
	if want := orderOfPath + " address_change 1"; err != nil || got != want {
		return errors.Join(err, fmt.Errorf("the path that ended is %q, not %q", got, want))
	}
	return nil
}

// answerAll gives the first answer to each question of the open path.
func (w *window) answerAll() error {
	for range longestPath {
		at, err := w.wait(30*time.Second, "a step of the path", func(e event) bool { return e.Event == "path" })
		if err != nil {
			return err
		}
		next, err := w.oneOf("path.answer.0.", "path.end")
		if err != nil {
			return fmt.Errorf("at the step %s: %w", at.ID, err)
		}
		if next == "path.end" {
			return nil
		}
		if err := w.click(next); err != nil {
			return err
		}
	}
	return fmt.Errorf("the path asks more than %d questions", longestPath)
}

// oneOf waits until a control whose name begins with one of some words stands still,
// and names it. One of the step before may be there a moment longer.
func (w *window) oneOf(prefixes ...string) (string, error) {
	var last event
	since := time.Now()
	for deadline := since.Add(30 * time.Second); time.Now().Before(deadline); {
		if err := w.trace.read(); err != nil {
			return "", err
		}
		var now event
		for _, prefix := range prefixes {
			if found := w.trace.withPrefix(prefix); len(found) > 0 {
				now = found[0]
				break
			}
		}
		if now != last {
			last, since = now, time.Now()
		}
		if now.ID != "" && time.Since(since) > still {
			return now.ID, nil
		}
		if err := w.rest(); err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("no control %s stands still", strings.Join(prefixes, " or "))
}

// pack packs an order at the packing table: a scan finds it, a scan ticks the unit
// off, a dropped photo becomes its proof, the parcel is weighed, and it is marked as
// shipped: nothing lacks any more.
func (w *window) pack(h *hands) error {
	photo := filepath.Join(h.dir, "the packed lamp.png")
	if err := savePNG(photo, chequered(800, 600)); err != nil {
		return err
	}
	if _, err := w.openTab("orders"); err != nil {
		return err
	}
	if err := w.hand("key", "F3"); err != nil {
		return err
	}
	if err := w.scanCode(orderOfPacking); err != nil {
		return err
	}
	if _, err := w.wait(30*time.Second, "the order on the table", func(e event) bool { return e.Event == "pack.order" }); err != nil {
		return err
	}
	if err := w.scanCode(skuOfPacking); err != nil {
		return err
	}
	if err := w.dropOn(h, photo); err != nil {
		return err
	}
	const proof = "SELECT e.name || ' ' || e.kind FROM evidence e JOIN orders o ON o.id = e.order_id WHERE o.number = '" + orderOfPacking + "' ORDER BY e.id DESC LIMIT 1"
	if err := w.becomes(h, proof, "the packed lamp.png packing"); err != nil {
		return err
	}
	return w.weighAndShip(h)
}

// scanCode types what a scanner would, which ends with Enter.
func (w *window) scanCode(code string) error {
	if err := w.click("pack.scan"); err != nil {
		return err
	}
	if err := w.hand("type", "--delay", "20", code); err != nil {
		return err
	}
	return w.hand("key", "Return")
}

func (w *window) weighAndShip(h *hands) error {
	if err := w.click("pack.weight"); err != nil {
		return err
	}
	if err := w.hand("type", "850 g"); err != nil {
		return err
	}
	if err := w.hand("key", "Return"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT max(s.weight_g) FROM shipment s JOIN orders o ON o.id = s.order_id WHERE o.number = '"+orderOfPacking+"'", "850"); err != nil {
		return err
	}
	if err := w.click("pack.do"); err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT status FROM orders WHERE number = '"+orderOfPacking+"'", "shipped"); err != nil {
		return err
	}
	return w.click("pack.cancel")
}
