package desk

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/parcel"
)

// ScansRequest asks to read a tracking page that was copied as text.
type ScansRequest struct {
	Text    string // that was pasted; or
	Path    string // of a text file
	OrderID int64  // 0: told by the tracking numbers of the page
	Zone    string // IANA zone of times without an offset; "": told by the carrier, else the shop's
	Today   data.Day
}

// ScanItem is a scan that was found.
type ScanItem struct {
	parcel.Scan
	OrderID int64 // 0: of no order that is known
	Order   string
	Parcel  string // the tracking number under which it is kept; "" none is known
	Known   bool   // the desk has it already
	Leave   bool   // a person leaves it out, or its parcel is of no order
}

// ScansPage is a tracking page as it was read, for a person to look at before its
// scans are taken.
type ScansPage struct {
	Request  ScansRequest
	Page     parcel.Page
	Zone     string // of times whose zone nothing tells
	Order    data.OrderRow
	Items    []ScanItem // in the order of the page
	Added    []string   // tracking numbers that an order gets as new parcels
	Findings []data.Finding
}

// Fresh counts what would be taken, and what is known already.
func (s *ScansPage) Fresh() (fresh, known int) {
	for i := range s.Items {
		switch item := &s.Items[i]; {
		case item.Known:
			known++
		case !item.Leave && item.OrderID != 0 && item.Parcel != "":
			fresh++
		}
	}
	return fresh, known
}

// SplitScans reads a tracking page alone: no desk is asked, so that nothing is
// known of its parcel.
func SplitScans(r ScansRequest, now time.Time) (ScansPage, error) {
	s := ScansPage{Request: r}
	zone := time.Local
	if err := s.zone(&zone); err != nil {
		return s, err
	}
	if err := s.read(zone, data.Address{}, now); err != nil {
		return s, err
	}
	for _, scan := range s.Page.Scans {
		s.Items = append(s.Items, ScanItem{Scan: scan, Parcel: scan.Tracking})
	}
	s.Findings = s.Page.Findings
	return s, nil
}

// PreviewScans reads a tracking page and says which scans would be taken for which
// parcel. It keeps nothing.
func (d *Desk) PreviewScans(ctx context.Context, r ScansRequest) (ScansPage, error) {
	s := ScansPage{Request: r}
	zone, to := time.Local, data.Address{}
	var order *data.Order
	if r.OrderID != 0 {
		var err error
		if order, err = d.store.Order(ctx, r.OrderID); err != nil {
			return s, err
		}
		zone, to = order.Shop.Location(), order.ShipTo
	} else if shops, err := d.store.Shops(ctx); err != nil {
		return s, err
	} else if len(shops) == 1 {
		zone = shops[0].Location()
	}
	if err := s.zone(&zone); err != nil {
		return s, err
	}
	if err := s.read(zone, to, d.now()); err != nil {
		return s, err
	}
	s.Findings = slices.Clone(s.Page.Findings)
	p := &scanPlacer{desk: d, page: &s, orders: map[int64]*data.Order{}, byNumber: map[string][]int64{}}
	if order != nil {
		p.chosen = order
		p.orders[order.ID] = order
	}
	if err := p.place(ctx); err != nil {
		return s, err
	}
	return s, d.takenPage(ctx, &s)
}

// zone takes the zone that a person chose.
func (s *ScansPage) zone(zone **time.Location) error {
	if name := strings.TrimSpace(s.Request.Zone); name != "" {
		loc, err := time.LoadLocation(name)
		if err != nil {
			return problemZone.New("zone", name)
		}
		*zone = loc
	}
	s.Zone = (*zone).String()
	return nil
}

// read splits the text.
func (s *ScansPage) read(zone *time.Location, to data.Address, now time.Time) error {
	if s.Request.Path != "" {
		text, guess, err := pageText(s.Request.Path)
		if err != nil {
			return err
		}
		s.Request.Text = text
		if guess != "" {
			defer func() {
				s.Page.Findings = append(s.Page.Findings, foundGuess.finding(data.Warning, "encoding", guess))
			}()
		}
	}
	if strings.TrimSpace(s.Request.Text) == "" {
		return problemPageEmpty.New()
	}
	if len(s.Request.Text) > parcel.MaxPage {
		return problemPageLarge.New("limit", sizeOf(parcel.MaxPage))
	}
	today := now.In(zone)
	if day := s.Request.Today; day != (data.Day{}) {
		today = time.Date(day.Year, day.Month, day.Day, 23, 59, 0, 0, zone)
	}
	to.Country = importer.CountryCode(to.Country)
	s.Page = parcel.Split(s.Request.Text, parcel.PageHints{Zone: zone, Fixed: s.Request.Zone != "", To: to, Today: today})
	return nil
}

// pageText reads a text file; guess is its encoding where that is not certain.
func pageText(path string) (text, guess string, err error) {
	if err := data.CheckPath(path); err != nil {
		return "", "", err
	}
	name := filepath.Base(path)
	f, err := os.Open(path)
	if err != nil {
		return "", "", problemPageOpen.Wrap(err, "file", name)
	}
	defer f.Close() //nolint:errcheck // it was only read
	raw, err := io.ReadAll(io.LimitReader(f, parcel.MaxPage+1))
	switch {
	case err != nil:
		return "", "", problemPageOpen.Wrap(err, "file", name)
	case len(raw) > parcel.MaxPage:
		return "", "", problemPageLarge.New("limit", sizeOf(parcel.MaxPage))
	case noText(raw):
		return "", "", problemPageNoText.New("file", name)
	}
	text, guess = plainText(raw)
	return text, guess, nil
}

// takenPage says that a page was taken before.
func (d *Desk) takenPage(ctx context.Context, s *ScansPage) error {
	before, err := d.store.IntakesBySum(ctx, sumOf(s.Request.Text))
	if err == nil && len(before) > 0 {
		s.Findings = append(s.Findings, foundPageBefore.finding(data.Info, "day", before[0].TakenAt.Format(time.DateOnly)))
	}
	return err
}

// pageShown is how much of a page a screen shows, in bytes; all of it is kept.
const pageShown = 20_000

// Shown is the text of the page for a screen.
func (s *ScansPage) Shown() string {
	if len(s.Request.Text) <= pageShown {
		return s.Request.Text
	}
	return strings.ToValidUTF8(s.Request.Text[:pageShown], "") + "\n…"
}

// IsTrackingPage reports whether a text looks like a copied tracking page: scans,
// most of them in a carrier's words, with a number or the name of a tracker.
func IsTrackingPage(text string, now time.Time) bool {
	if len(text) > pageShown {
		return false
	}
	p := parcel.Split(text, parcel.PageHints{Today: now})
	return p.Carries()
}
