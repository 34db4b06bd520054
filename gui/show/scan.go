package show

import (
	"context"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// ScanDesk writes scans down.
type ScanDesk interface {
	AddScan(ctx context.Context, orderID int64, tracking string, e data.TrackingEvent) error
}

// CanScan reports whether an order has a parcel of which a scan can be written down.
func CanScan(o *data.Order) bool { return len(parcelsOf(o)) > 0 }

// NoScan says why no scan can be written down of an order; "" where it can.
func NoScan(o *data.Order) string {
	if CanScan(o) {
		return ""
	}
	return words.T("off.no_parcel")
}

// WriteScan asks for what the carrier says of a parcel, and writes it down on the
// parcel's order.
func WriteScan(e *Env, d ScanDesk, o *data.Order) {
	options := parcelsOf(o)
	if len(options) == 0 {
		return
	}
	id, choice := o.ID, kit.NewChoice(options, options[0].Value, func(string) {})
	text, place := kit.TextField(e.UI, "", 1), kit.TextField(e.UI, "", 1)
	at := kit.NewTimeField(e.UI, e.UI.Now(), o.Shop.Zone)
	scan := data.TrackingEvent{}
	e.UI.OpenForm(kit.FormSheet{
		Name: "order.scan", Title: words.T("order.write.scan"), Focus: text,
		Fields: []*kit.Field{
			kit.ChoiceRow(words.T("order.write.parcel"), choice), kit.TimeRow(words.T("order.write.at"), at, true),
			{Label: words.T("order.write.text"), Object: text},
			{Label: words.T("order.write.place"), Object: place},
		},
		Read: func() (err error) {
			scan = data.TrackingEvent{Text: text.Text, Place: place.Text}
			scan.At, err = at.Value()
			return err
		},
		Work: func(ctx context.Context) error { return d.AddScan(ctx, id, choice.Value(), scan) },
		Done: func() { e.UI.Toast(words.T("order.write.done"), e.Undo) },
	})
}

// parcelsOf are the parcels of an order that have a tracking number.
func parcelsOf(o *data.Order) []kit.Option[string] {
	var list []kit.Option[string]
	for _, s := range o.Shipments {
		if s.Tracking != "" {
			list = append(list, kit.Option[string]{Value: s.Tracking, Text: words.Join(" ", s.Carrier, s.Tracking)})
		}
	}
	return list
}
