package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// frameLimit is for how long the window may show nothing new while pictures are read.
const frameLimit = 100 // ms

// found puts photos of labels into a watched folder while the window is open: how many
// are read in a second, to how many the right order is known, and for how long the
// window stands still. Each tenth photo is of nobody's parcel.
func (b *bencher) found() error {
	if runtime.GOOS != "linux" {
		b.t.say("   skipped: the window is watched on a virtual display, which only Linux has")
		return nil
	}
	if err := b.t.ready(append(windowNeeds(), displayNeeds()...)); err != nil {
		return err
	}
	n, desk, csv := b.size.found, b.at("found-desk"), b.at("parcels.csv")
	if err := errors.Join(b.make(fmt.Sprintf("%d photos of labels", n), "make-labels", fmt.Sprint(n), b.at("photos")),
		b.make(thousands(b.size.windowOrders)+" orders", "make-parcels", fmt.Sprint(b.size.windowOrders), csv)); err != nil {
		return err
	}
	if err := errors.Join(b.make("a desk with them", "import", desk, csv), b.make("what their buyers share", "buyers", desk)); err != nil {
		return err
	}
	program, err := b.t.buildWindow(b.dir)
	if err != nil {
		return err
	}
	watched := b.at("watched")
	if err := os.Mkdir(watched, 0o755); err != nil {
		return fmt.Errorf("making a folder to be watched: %w", err)
	}
	if _, err := b.measure("", program, "--desk", desk, "found", "watch", watched); err != nil {
		return err
	}
	seen, err := b.putPhotos(program, desk, watched, n)
	if err != nil {
		return err
	}
	hits, wrong, err := b.placed(program, desk)
	if err != nil {
		return err
	}
	b.t.say("   %d photos: %.1f a second; %d of %d sure of their order, %d of a wrong one; longest standstill %d ms, before %d ms; in %d of %d seconds over %d ms",
		n, float64(n)/seen.seconds, hits, n-n/10, wrong, seen.longest, seen.before, seen.over, seen.told, frameLimit)
	if wrong > 0 {
		return fmt.Errorf("%d photos were given to a wrong order", wrong)
	}
	b.lines = append(b.lines, line{
		work: fmt.Sprintf("photos from a watched folder with an order of their own, of %d: those not known surely", n-n/10), against: "a limit",
		ours: fmt.Sprint(n - n/10 - hits), theirs: "-", value: 100 * float64(n-n/10-hits) / float64(n-n/10), bar: 8, unit: "%",
	}, line{
		work: fmt.Sprintf("the window's longest standstill while %d photos are read (%.1f a second)", n, float64(n)/seen.seconds), against: "a limit; beside it before",
		ours: fmt.Sprintf("%d ms", seen.longest), theirs: fmt.Sprintf("%d ms", seen.before), value: float64(seen.longest), bar: frameLimit, unit: "ms",
	})
	return b.remove("photos", "watched", "found-desk", "parcels.csv")
}

// standstills is what the window's trace tells of the time in which photos were read.
type standstills struct {
	seconds         float64
	before, longest int // ms, of what the window waited in one second
	over, told      int // seconds over the limit, and all
}

// putPhotos opens the window, puts all photos into the watched folder at once and
// waits until they are read.
func (b *bencher) putPhotos(program, desk, watched string, n int) (s standstills, err error) {
	w, stop, err := b.t.openDesk(program, desk, b.dir)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if _, err := w.firstRows("today"); err != nil {
		return s, err
	}
	waited := func(e event) bool { return e.Event == "waited" }
	for i := range 20 { // the first seconds are those of the start
		e, err := w.wait(30*time.Second, "the window to tell how long it waited", waited)
		if err != nil {
			return s, err
		}
		if i >= 10 {
			s.before = max(s.before, e.MS)
		}
	}
	photos, err := filepath.Glob(b.at("photos/*.jpg"))
	if err != nil {
		return s, fmt.Errorf("listing the photos: %w", err)
	}
	began := time.Now()
	for _, p := range photos {
		if err := os.Rename(p, filepath.Join(watched, filepath.Base(p))); err != nil {
			return s, fmt.Errorf("putting a photo into the watched folder: %w", err)
		}
	}
	_, err = w.wait(time.Duration(n)*5*time.Second, "the photos to be read", func(e event) bool {
		if e.Event == "waited" {
			s.told++
			s.longest = max(s.longest, e.MS)
			if e.MS > frameLimit {
				s.over++
			}
		}
		return e.Event == "found" && e.Found == n && e.Left == 0
	})
	s.seconds = time.Since(began).Seconds()
	return s, err
}

// placed counts the photos that surely belong to the order that their name tells, and
// those to another one.
func (b *bencher) placed(program, desk string) (hits, wrong int, err error) {
	// It ends with 3 where a person is to say whose a photo is.
	c, err := b.measure("", "sh", "-c", `"$0" --desk "$1" --json found || [ $? = 3 ]`, program, desk)
	if err != nil {
		return 0, 0, err
	}
	var list struct {
		Items []struct{ File, Order string }
	}
	if err := json.Unmarshal(c.out, &list); err != nil {
		return 0, 0, fmt.Errorf("reading what was found: %w", err)
	}
	for _, item := range list.Items {
		switch order, _, _ := strings.Cut(filepath.Base(item.File), "_"); item.Order {
		case "":
		case order:
			hits++
		default:
			wrong++
		}
	}
	return hits, wrong, nil
}
