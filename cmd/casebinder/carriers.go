package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/parcel"
)

// carrierItem is what a carrier did, as --json prints it. Days stand only where
// enough parcels arrived to tell them.
type carrierItem struct {
	Carrier  string `json:"carrier"` // "" nobody names it
	Country  string `json:"country,omitempty"`
	Month    string `json:"month,omitempty"`
	Parcels  int    `json:"parcels"`
	Arrived  int    `json:"arrived"`
	Median   *int   `json:"median_days,omitempty"`
	Nine     *int   `json:"nine_of_ten_days,omitempty"`
	Promised int    `json:"promised"`
	Late     int    `json:"late"`
	Lost     int    `json:"lost"`
	UnderWay int    `json:"under_way"`
	Oldest   string `json:"oldest_under_way,omitempty"`
}

var (
	noteCarriersFew = data.DefinePhrase("command.carriers_few", "Rows with fewer than {least} parcels that arrived tell no days: one parcel would move them too much.")
	noteCarriersOdd = data.DefinePhrase("command.carriers_odd", "{n} parcels are left out: they arrived before they were shipped, or after more than a year.")
	noteUnnamed     = data.DefinePhrase("command.carriers_unnamed", "Of {n} parcels nobody names the carrier.")

	monthForm = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)
)

func carriersCommand(c *call) func(context.Context) (*result, error) {
	by, since := string(parcel.ByCarrier), ""
	c.flags.StringVar(&by, "by", by, "what rows are apart by: carrier, country or month")
	c.flags.StringVar(&since, "since", "", "the first `month` of shipping, such as 2026-01; without it all")
	return func(ctx context.Context) (*result, error) {
		switch {
		case len(c.files) > 0:
			return nil, misused("carriers takes no arguments")
		case !slices.Contains(parcel.RecordWays(), parcel.RecordBy(by)):
			return nil, misused("--by is carrier, country or month")
		case since != "" && !monthForm.MatchString(since):
			return nil, misused("--since is a month, such as 2026-01")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			record, err := d.Carriers(ctx)
			if err != nil {
				return nil, err
			}
			zone, err := d.ReportZone(ctx, 0)
			if err != nil {
				return nil, err
			}
			return listCarriers(record, parcel.RecordBy(by), since, zone), nil
		})
	}
}

func listCarriers(record *parcel.Record, by parcel.RecordBy, since string, zone *time.Location) *result {
	out := &result{}
	items := []carrierItem{}
	var text strings.Builder
	few := false
	for _, r := range record.Rows(by, since) {
		item := carrierItem{
			Carrier: r.Carrier, Country: r.Country, Month: r.Month, Parcels: r.Parcels, Arrived: r.Arrived, Promised: r.Promised, Late: r.Late,
			Lost: r.Lost, UnderWay: r.UnderWay, Oldest: dayIn(r.Oldest, zone),
		}
		usual := "-\t-"
		if r.Arrived >= parcel.LeastRate {
			item.Median, item.Nine = &r.Median, &r.Nine
			usual = fmt.Sprintf("%d\t%d", r.Median, r.Nine)
		} else if r.Arrived > 0 {
			few = true
		}
		items = append(items, item)
		fmt.Fprintf(&text, "%s\t%s\t%s\t%d shipped\t%d arrived\t%s days\t%d of %d late\t%d lost\t%d under way\n",
			orDash(r.Carrier), orDash(r.Country), orDash(r.Month), r.Parcels, r.Arrived, usual, r.Late, r.Promised, r.Lost, r.UnderWay)
	}
	if few {
		out.Notes = append(out.Notes, data.Finding{Rule: "carriers_few", Severity: data.Info, Why: noteCarriersFew.With("least", parcel.LeastRate)})
	}
	if record.Odd > 0 {
		out.Notes = append(out.Notes, data.Finding{Rule: "carriers_odd", Severity: data.Info, Why: noteCarriersOdd.With("n", record.Odd)})
	}
	if record.Unnamed > 0 {
		out.Notes = append(out.Notes, data.Finding{Rule: "carriers_unnamed", Severity: data.Info, Why: noteUnnamed.With("n", record.Unnamed)})
	}
	out.Items, out.words = items, text.String()
	return out
}
