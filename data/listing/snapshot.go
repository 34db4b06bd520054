package listing

import (
	"time"

	"casebinder/data"
)

var (
	saySnapshotAfter = data.DefinePhrase("listing.snapshot.after", "“{name}” shows the listing of {day}: {n} days after the order. It does not show what the buyer read.")
	howSnapshotAfter = data.DefinePhrase("listing.snapshot.after.how", "Add an older picture or page of the listing, or say in the statement that it was not changed since the order.")
	saySnapshotOld   = data.DefinePhrase("listing.snapshot.old", "“{name}” shows the listing of {day}: {n} days before the order.")
	howSnapshotOld   = data.DefinePhrase("listing.snapshot.old.how", "Say that it was not changed until the order, and keep a new snapshot each time it is.")
	saySnapshotKept  = data.DefinePhrase("listing.snapshot.kept", "“{name}” has no date of its own and nobody entered one; the day it was saved counts, {day}.")
	howSnapshotKept  = data.DefinePhrase("listing.snapshot.kept.how", "Enter the date of the page on its paper, in Products.")
)

// snapshotRule is from how many days before the order on a snapshot is doubtful.
type snapshotRule struct {
	Fresh int `toml:"fresh"` // days
	data.Origin
}

// Nearest is the last snapshot of a listing before a time, else the first one after
// it; false where there is none. Papers come the newest first.
func Nearest(papers []data.ProductPaper, at time.Time) (shot data.ProductPaper, ok bool) {
	for _, p := range papers {
		if p.Kind != data.PaperSnapshot || p.EvidenceID == 0 {
			continue
		}
		shot, ok = p, true
		if at.IsZero() || !data.Before(at, p.ShownAt()) {
			return shot, ok
		}
	}
	return shot, ok
}

// Snapshot tells what the snapshot of an order's listing shows, and does not. evidence
// is the UID of its file, zone that of the shop.
func (r *Rules) Snapshot(order *data.Order, p *data.ProductPaper, evidence string, zone *time.Location) []data.Finding {
	at := order.OrderedAt
	if at.IsZero() {
		return nil
	}
	shown := p.ShownAt()
	day := data.FormatTime(shown, zone, time.DateOnly, time.DateOnly)
	where := []data.Ref{{Kind: "evidence", ID: evidence, Label: p.File}}
	find := func(rule string, severity data.Severity, why, how data.Text) data.Finding {
		return data.Finding{Rule: "listing.snapshot." + rule, Severity: severity, Where: where, Why: why, How: how, Origin: r.file.Snapshot.Origin}
	}
	var out []data.Finding
	switch n := daysBetween(shown, at, zone); {
	case n == 0: // the order's own day
	case data.Before(at, shown):
		out = append(out, find("after", data.Warning, saySnapshotAfter.With("name", p.File, "day", day, "n", n), howSnapshotAfter.With()))
	case n > r.file.Snapshot.Fresh:
		out = append(out, find("old", data.Warning, saySnapshotOld.With("name", p.File, "day", day, "n", n), howSnapshotOld.With()))
	default:
		out = append(out, find("old", data.Info, saySnapshotOld.With("name", p.File, "day", day, "n", n), howSnapshotOld.With()))
	}
	if p.IssuedAt.IsZero() {
		out = append(out, find("kept", data.Info, saySnapshotKept.With("name", p.File, "day", day), howSnapshotKept.With()))
	}
	return out
}

// daysBetween is how many days lie between the dates of two times.
func daysBetween(a, b time.Time, zone *time.Location) int {
	date := func(t time.Time) time.Time {
		day, ok := data.DayOf(t)
		if !ok {
			day = data.OnDay(t.In(zone))
		}
		return time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC)
	}
	return int(date(a).Sub(date(b)).Abs() / (24 * time.Hour))
}
