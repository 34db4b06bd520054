package parcel

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// A Trip is a parcel as far as its carrier's record is concerned.
type Trip struct {
	Carrier, Tracking string // the number tells the carrier of a parcel of which none is named
	Country           string
	Shipped           time.Time // zero: it tells nothing of the carrier
	Delivered         time.Time // zero: not yet, or not known
	Promised          time.Time
	Lost              time.Time
}

// RecordBy says what the rows of a record are apart by.
type RecordBy string

// The ways to list a record.
const (
	ByCarrier RecordBy = "carrier"
	ByCountry RecordBy = "country" // and carrier
	ByMonth   RecordBy = "month"   // of shipping, and country and carrier
)

// RecordWays lists them.
func RecordWays() []RecordBy { return []RecordBy{ByCarrier, ByCountry, ByMonth} }

// LeastRate is from how many parcels on a share or a usual time is told: of fewer
// one parcel would move it by more than a tenth.
const LeastRate = 10

// RecordRow is what a carrier did.
type RecordRow struct {
	Carrier  string
	Country  string // "" all, or not told
	Month    string // of shipping, 2026-11; "" all
	Parcels  int    // shipped
	Arrived  int
	Median   int // days from shipping to delivery, of those that arrived; 0 where fewer than LeastRate did
	Nine     int // days within which nine of ten arrived; 0 as Median
	Promised int // of which a date was promised, and is past or met
	Late     int // of Promised
	Lost     int
	UnderWay int       // neither arrived nor lost
	Oldest   time.Time // when the oldest that is under way was shipped
}

// Enough reports whether shares can be told.
func (r *RecordRow) Enough() bool { return r.Arrived+r.Lost >= LeastRate }

// mostNames bounds the names of carriers that are remembered.
const mostNames = 10_000

// longest is the longest way that is counted day by day.
const longest = 365

// Record is what carriers did, by country and month.
type Record struct {
	now   time.Time
	rows  map[recordKey]*tally
	names map[string]string // of carriers, as orders write them

	Parcels int // that are in it
	Unnamed int // whose carrier nobody tells; they are in it
	Odd     int // delivered before they were shipped, or after more than a year; they are not
}

type recordKey struct{ carrier, country, month string }

type tally struct {
	row  RecordRow
	days []int32 // how many arrived after so many days
}

// monthOf is the month of a time on the clock of a zone; that of a day is the day's own.
func monthOf(t time.Time, zone *time.Location) string {
	if day, ok := data.DayOf(t); ok {
		return day.String()[:len("2006-01")]
	}
	return t.In(zone).Format("2006-01")
}

// NewRecord makes an empty one; now tells what is late, and its zone on which clock the
// months of shipping are told.
func NewRecord(now time.Time) *Record {
	return &Record{now: now, rows: map[recordKey]*tally{}, names: map[string]string{}}
}

// Add takes a parcel in.
func (r *Record) Add(t *Trip) {
	if t.Shipped.IsZero() {
		return
	}
	took := 0
	if !t.Delivered.IsZero() {
		took = wholeDays(t.Shipped, t.Delivered)
		if took < 0 || took > longest {
			r.Odd++
			return
		}
	}
	r.Parcels++
	name := r.name(t)
	if name == "" {
		r.Unnamed++
	}
	key := recordKey{name, strings.ToUpper(t.Country), monthOf(t.Shipped, r.now.Location())}
	row := r.rows[key]
	if row == nil {
		row = &tally{row: RecordRow{Carrier: key.carrier, Country: key.country, Month: key.month}}
		r.rows[key] = row
	}
	row.add(t, took, r.now)
}

// name is the carrier's, the same however it is written.
func (r *Record) name(t *Trip) string {
	raw := strings.Join(strings.Fields(t.Carrier), " ")
	if raw == "" {
		if c := vocabulary().carrierOfNumber(t.Tracking); c != nil {
			return c.Name
		}
		return ""
	}
	name, known := r.names[raw]
	if !known {
		if name = CarrierName(raw); len(r.names) < mostNames {
			r.names[raw] = name
		}
	}
	return name
}

// CarrierName gives the name of a carrier that the program knows under several, or
// the name as it is.
func CarrierName(raw string) string {
	w := vocabulary()
	if c := w.carrierOf(fold(raw), w.Carrier); c != nil {
		return c.Name
	}
	return raw
}

func (t *tally) add(trip *Trip, took int, now time.Time) {
	t.row.Parcels++
	switch {
	case !trip.Delivered.IsZero():
		t.row.Arrived++
		if took >= len(t.days) {
			t.days = append(t.days, make([]int32, took+1-len(t.days))...)
		}
		t.days[took]++
	case !trip.Lost.IsZero():
		t.row.Lost++
	default:
		t.row.UnderWay++
		if t.row.Oldest.IsZero() || trip.Shipped.Before(t.row.Oldest) {
			t.row.Oldest = trip.Shipped
		}
	}
	if trip.Promised.IsZero() {
		return
	}
	end := data.Latest(trip.Promised)
	late := !trip.Delivered.IsZero() && data.Earliest(trip.Delivered).After(end) || trip.Delivered.IsZero() && now.After(end)
	if late || !trip.Delivered.IsZero() {
		t.row.Promised++
	}
	if late {
		t.row.Late++
	}
}

// join adds what another tally holds.
func (t *tally) join(o *tally) {
	t.row.Parcels += o.row.Parcels
	t.row.Arrived += o.row.Arrived
	t.row.Promised += o.row.Promised
	t.row.Late += o.row.Late
	t.row.Lost += o.row.Lost
	t.row.UnderWay += o.row.UnderWay
	if !o.row.Oldest.IsZero() && (t.row.Oldest.IsZero() || o.row.Oldest.Before(t.row.Oldest)) {
		t.row.Oldest = o.row.Oldest
	}
	if len(o.days) > len(t.days) {
		t.days = append(t.days, make([]int32, len(o.days)-len(t.days))...)
	}
	for d, n := range o.days {
		t.days[d] += n
	}
}

// within is the number of days within which a share of those that arrived did, as
// hundredths.
func (t *tally) within(share int) int {
	wanted := (t.row.Arrived*share + 99) / 100
	for d, n := range t.days {
		if wanted -= int(n); wanted <= 0 {
			return d
		}
	}
	return 0
}

// wholeDays is how many midnights of UTC lie between two times, where one is a day
// without an hour; else whole days of 24 hours, rounded.
func wholeDays(from, to time.Time) int {
	if data.IsDay(from) || data.IsDay(to) {
		a, b := data.Earliest(from).UTC().Truncate(24*time.Hour), data.Earliest(to).UTC().Truncate(24*time.Hour)
		return int(b.Sub(a) / (24 * time.Hour))
	}
	if to.Before(from) {
		return -1
	}
	return int(to.Sub(from).Round(24*time.Hour) / (24 * time.Hour))
}

// Rows lists the record, of what was shipped in or after a month (2026-01; "" all).
// The carrier with most parcels stands first, then its countries, then the newest
// month.
func (r *Record) Rows(by RecordBy, since string) []RecordRow {
	groups := map[recordKey]*tally{}
	total := map[string]int{}
	for key, t := range r.rows {
		if key.month < since {
			continue
		}
		total[key.carrier] += t.row.Parcels
		switch by {
		case ByCarrier:
			key.country, key.month = "", ""
		case ByCountry:
			key.month = ""
		case ByMonth:
		}
		g := groups[key]
		if g == nil {
			g = &tally{row: RecordRow{Carrier: key.carrier, Country: key.country, Month: key.month}}
			groups[key] = g
		}
		g.join(t)
	}
	list := make([]RecordRow, 0, len(groups))
	for _, g := range groups {
		if g.row.Arrived >= LeastRate {
			g.row.Median, g.row.Nine = g.within(50), g.within(90)
		}
		list = append(list, g.row)
	}
	slices.SortFunc(list, func(a, b RecordRow) int {
		return cmp.Or(total[b.Carrier]-total[a.Carrier], strings.Compare(a.Carrier, b.Carrier), strings.Compare(b.Month, a.Month), b.Parcels-a.Parcels, strings.Compare(a.Country, b.Country))
	})
	return list
}

// usualMonths is how far back what is usual is told from: carriers change.
const usualMonths = 12

// Usual tells how long parcels of a carrier to a country take, for Known.Usual, from
// those that were shipped in the last twelve months.
func (r *Record) Usual() func(carrier, country string) (Usual, bool) {
	type way struct{ carrier, country string }
	usual := map[way]Usual{}
	for _, row := range r.Rows(ByCountry, r.now.UTC().AddDate(0, -usualMonths, 0).Format("2006-01")) {
		if row.Carrier != "" && row.Country != "" && row.Arrived >= leastUsual {
			usual[way{row.Carrier, row.Country}] = Usual{Days: row.Nine, N: row.Arrived}
		}
	}
	names := maps.Clone(r.names) // the function is called on several goroutines
	return func(carrier, country string) (Usual, bool) {
		name, known := names[strings.Join(strings.Fields(carrier), " ")]
		if !known {
			name = CarrierName(carrier)
		}
		u, ok := usual[way{name, strings.ToUpper(country)}]
		return u, ok
	}
}
