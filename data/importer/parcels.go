package importer

import (
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// Parcel is a row of a carrier's table: a parcel, and what the carrier says of it.
// Which order it is of, the desk finds out.
type Parcel struct {
	Orders   []string // by which the row names its order: number, reference
	Numbers  []string // tracking numbers of the parcel, the carrier's own first
	Carrier  string
	Service  string
	Country  string // where it goes, as a code where the name is known
	SignedBy string

	ShippedAt, DeliveredAt, PromisedAt time.Time // zero: the row does not say

	// The headers under which the row tells these two: a carrier's word for what happened.
	ShippedAs, DeliveredAs string

	// The newest scan. At is zero where the row tells none.
	At    time.Time
	Place string
	Text  string
	State string // the carrier's word for where the parcel stands

	History string         // scans of the parcel in one cell, one a line
	Zone    *time.Location // of times in History

	Where []data.Ref // the row
	Cells []string   // as they are written
}

// parcelReader turns the rows of a carrier's table into parcels.
type parcelReader struct {
	lineReader
	dates [4]*dateReader // of parcelDates
}

var parcelDates = []struct {
	field Field
	set   func(*Parcel) *time.Time
}{
	{FieldShippedAt, func(p *Parcel) *time.Time { return &p.ShippedAt }},
	{FieldDeliveredAt, func(p *Parcel) *time.Time { return &p.DeliveredAt }},
	{FieldPromisedAt, func(p *Parcel) *time.Time { return &p.PromisedAt }},
	{FieldAt, func(p *Parcel) *time.Time { return &p.At }},
}

func (r *parcelReader) row(rec *record) error {
	is, by := r.rule(rec)
	switch is {
	case RowLeave:
		return r.reject(rec.line, rec.text, problemLeftOut.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	case RowUnknown:
		return r.reject(rec.line, rec.text, problemUnknownRow.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	}
	p, bad := r.parcel(rec)
	if bad != nil {
		return r.reject(rec.line, rec.text, bad)
	}
	r.sum.Taken++
	if r.sink.Parcel == nil {
		return nil
	}
	return r.sink.Parcel(p)
}

func (r *parcelReader) parcel(rec *record) (*Parcel, *data.Problem) {
	text := func(f Field) string { return value(rec.cell(r.column(f)), false) }
	p := &Parcel{
		Carrier: text(FieldCarrier), Service: text(FieldService), SignedBy: text(FieldSignedBy), Place: text(FieldPlace), Text: text(FieldText),
		State: text(FieldStatus), Zone: r.zone, Where: r.place.at(rec.line, "", ""), Cells: rec.cells(),
	}
	if p.Carrier == "" {
		p.Carrier = r.preset.Carrier
	}
	if country := text(FieldShipCountry); country != "" {
		p.Country = CountryCode(country)
	}
	for _, f := range []Field{FieldTracking, FieldOtherTracking} {
		if bad := r.number(rec, f, &p.Numbers); bad != nil {
			return nil, bad
		}
	}
	for _, f := range []Field{FieldNumber, FieldOtherRef} {
		if bad := r.number(rec, f, &p.Orders); bad != nil {
			return nil, bad
		}
	}
	if len(p.Numbers) == 0 {
		return nil, problemNoTracking.New("header", r.name(r.tracking))
	}
	if i := r.column(FieldHistory); i >= 0 {
		p.History = strings.TrimSpace(rec.cell(i))
	}
	p.ShippedAs, p.DeliveredAs = r.name(r.column(FieldShippedAt)), r.name(r.column(FieldDeliveredAt))
	return p, r.times(rec, p)
}

// number adds a number of a row to those that are told already. A cell may hold
// several, one behind another.
func (r *parcelReader) number(rec *record, f Field, to *[]string) *data.Problem {
	i := r.column(f)
	if i < 0 {
		return nil
	}
	text, bad := r.orderNumber(rec, i)
	if bad != nil {
		return bad
	}
	several := func(c rune) bool { return strings.ContainsRune(",;，；、", c) }
	for _, n := range strings.FieldsFunc(value(text, true), several) {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(*to, n) {
			*to = append(*to, n)
		}
	}
	return nil
}

// times reads the dates of a row.
func (r *parcelReader) times(rec *record, p *Parcel) *data.Problem {
	for k, d := range parcelDates {
		i := r.column(d.field)
		if i < 0 {
			continue
		}
		if r.dates[k] == nil {
			r.dates[k] = r.newDates()
		}
		at, bad := r.date(rec, i, r.dates[k], value(rec.cell(i), false))
		if bad != nil {
			return bad
		}
		*d.set(p) = at
	}
	return nil
}
