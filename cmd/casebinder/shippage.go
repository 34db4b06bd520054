package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/parcel"
)

// scanItem is a scan as --json prints it.
type scanItem struct {
	At       string        `json:"at"` // the clock as printed, or the day
	Place    string        `json:"place"`
	Text     string        `json:"text"`
	UTC      string        `json:"utc,omitempty"`  // the same in UTC; "" for a day
	Zone     string        `json:"zone,omitempty"` // in which it was read: a name, or an offset
	ZoneBy   parcel.ZoneBy `json:"zone_by"`        // printed, carrier, given or guessed
	Tracking string        `json:"tracking,omitempty"`
	Carrier  string        `json:"carrier,omitempty"`
	Order    string        `json:"order,omitempty"`
	Known    bool          `json:"known,omitempty"` // the desk has it already
	Left     bool          `json:"left,omitempty"`  // it would not be taken
	Lines    []int         `json:"lines"`
}

// pageDetail is what --json says of a page besides its scans.
type pageDetail struct {
	Tracker  string   `json:"tracker,omitempty"`
	Carrier  string   `json:"carrier,omitempty"`
	Numbers  []string `json:"numbers"`
	Status   string   `json:"status,omitempty"`
	Postcode string   `json:"postcode,omitempty"`
	SignedBy string   `json:"signed_by,omitempty"`
	Zone     string   `json:"zone"` // of times whose zone nothing tells
	Order    string   `json:"order,omitempty"`
	Parcels  []string `json:"new_parcels,omitempty"`
	Unread   []int    `json:"not_understood,omitempty"` // lines
	Added    int      `json:"added"`
	Known    int      `json:"known"`
	Intake   string   `json:"intake,omitempty"`
	Findings []string `json:"findings"`
}

func shipmentPasteCommand(c *call) func(context.Context) (*result, error) {
	var r desk.ScansRequest
	var take bool
	var today string
	number, find := c.onOrder()
	c.flags.StringVar(&r.Zone, "zone", "", "time `zone` of the printed times, such as Asia/Shanghai; without it the carrier's, or the shop's")
	c.flags.StringVar(&today, "today", "", "the `day` on which it was copied, for “Yesterday” and dates without a year; without it today")
	c.flags.BoolVar(&take, "take", false, "keep the scans, with the page")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 1 {
			return nil, misused("shipment paste needs one file, or - for the standard input")
		}
		if today != "" {
			day, err := data.ParseDay(today)
			if err != nil {
				return nil, misused("--today is a day such as 2026-11-30")
			}
			r.Today = day
		}
		from := desk.TalkRequest{}
		if err := sourceOf(ctx, &from, c.files[0]); err != nil {
			return nil, err
		}
		r.Path, r.Text = from.Path, from.Text
		if *number == "" && !take && c.desk == "" { // no desk is asked
			page, err := desk.SplitScans(r, time.Now())
			if err != nil {
				return nil, err
			}
			return pageResult(&page), nil
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			if *number != "" {
				order, err := find(ctx, d)
				if err != nil {
					return nil, err
				}
				r.OrderID = order.ID
			}
			return pastePage(ctx, d, r, take)
		})
	}
}

func pastePage(ctx context.Context, d *desk.Desk, r desk.ScansRequest, take bool) (*result, error) {
	page, err := d.PreviewScans(ctx, r)
	if err != nil {
		return nil, err
	}
	out := pageResult(&page)
	if !take {
		return out, nil
	}
	report, err := d.TakeScans(ctx, page)
	if err != nil {
		return out, err
	}
	detail := out.Detail.(pageDetail)
	detail.Added, detail.Known, detail.Intake = report.Added, report.Known, report.Intake
	out.Detail = detail
	out.words += fmt.Sprintf("taken: %d, known before: %d, left out: %d\n", report.Added, report.Known, report.Left)
	return out, nil
}

func pageResult(page *desk.ScansPage) *result {
	out := &result{}
	p := &page.Page
	detail := pageDetail{
		Tracker: p.Tracker, Carrier: p.Carrier, Numbers: append([]string{}, p.Numbers...), Status: p.Status, Postcode: p.Postcode, SignedBy: p.SignedBy,
		Zone: page.Zone, Order: page.Order.Number, Parcels: page.Added, Unread: p.Rest, Findings: []string{},
	}
	items := []scanItem{}
	var words strings.Builder
	for i := range page.Items {
		item := scanOut(&page.Items[i])
		items = append(items, item)
		words.WriteString(strings.Join([]string{item.At, orDash(item.Place), item.Text}, "\t") + "\n")
	}
	detail.Findings = append(detail.Findings, out.tell(page.Findings)...)
	_, detail.Known = page.Fresh()
	out.Items, out.Detail, out.words = items, detail, words.String()
	return out
}

func scanOut(s *desk.ScanItem) scanItem {
	item := scanItem{
		At: s.At.Format("2006-01-02T15:04:05"), Place: s.Place, Text: s.Text, Zone: s.At.Location().String(), ZoneBy: s.ZoneBy,
		Tracking: s.Parcel, Carrier: s.Carrier, Order: s.Order, Known: s.Known, Left: s.Leave, Lines: []int{s.First, s.Last},
	}
	if item.Zone == "" {
		item.Zone = s.At.Format("-07:00")
	}
	if s.Day {
		item.At = s.At.Format(time.DateOnly)
	} else {
		item.UTC = s.At.UTC().Format(time.RFC3339)
	}
	return item
}
