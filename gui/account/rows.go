package account

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// line is a row that a number counts or leaves out.
type line struct {
	at     int64
	ref    health.Ref
	name   string
	weight int64
	day    data.Day // by which it counts
	why    string   // it counts, or does not
	in     string   // whether it is in the numerator, and why
}

// list is a table of rows behind a number. Names are asked for as rows come into
// view: there may be a million of them.
type list struct {
	env     *env
	name    string
	table   *kit.Table[line]
	number  *health.Number
	counted []health.Counted
	left    []health.LeftOut
	won     func(health.Ref) // what if its dispute were won; nil: not offered
}

func newList(e *env, name string) *list {
	l := &list{env: e, name: name}
	empty := "account.norows"
	if name == "missed" {
		empty = "account.nomiss"
	}
	l.table = kit.NewTable(e.UI, kit.TableOptions[line]{
		Name: "account." + name, Columns: l.columns(), Source: l.source, Deeds: l.deeds,
		Empty: func() kit.Empty { return kit.Empty{Text: words.T(empty)} },
	})
	return l
}

func (l *list) columns() []kit.Column[line] {
	row := kit.Column[line]{ID: "row", Title: "account.col.row", Width: 190, Grow: true, Bold: true, Text: func(r line) string { return r.name }}
	kind := kit.Column[line]{ID: "kind", Title: "account.col.kind", Width: 90, Text: func(r line) string { return words.Of("account.kind", r.ref.Kind) }}
	day := kit.Column[line]{ID: "day", Title: "account.col.day", Width: 110, Text: func(r line) string { return words.Day(r.day.Begin(time.UTC), "UTC", l.env.UI.Now()) }}
	weight := kit.Column[line]{ID: "weight", Title: "account.col.weight", Width: 90, Right: true, Text: func(r line) string { return words.Number(r.weight) }}
	why := func(title string, width float32) kit.Column[line] {
		return kit.Column[line]{ID: "why", Title: title, Width: width, Grow: true, Text: func(r line) string { return r.why }}
	}
	switch l.name {
	case "hits":
		return []kit.Column[line]{row, kind, why("account.col.cause", 190), day, weight}
	case "missed":
		return []kit.Column[line]{row, why("account.col.missed", 230), day, weight, kind}
	case "left":
		return []kit.Column[line]{row, kind, why("account.col.why", 300)}
	}
	in := kit.Column[line]{ID: "in", Title: "account.col.in", Width: 230, Grow: true, Text: func(r line) string { return r.in }}
	return []kit.Column[line]{row, in, day, weight, kind}
}

func (l *list) setCounted(n *health.Number, rows []health.Counted) {
	l.number, l.counted, l.left = n, rows, nil
	l.table.Reload()
}

func (l *list) setLeft(rows []health.LeftOut) {
	l.number, l.counted, l.left = nil, nil, rows
	l.table.Reload()
}

func (l *list) source() kit.Source[line] {
	number, counted, left := l.number, l.counted, l.left
	return kit.Source[line]{
		IDs: func(context.Context, kit.Order) ([]int32, error) {
			ids := make([]int32, len(counted)+len(left))
			for i := range ids {
				ids[i] = int32(i + 1)
			}
			return ids, nil
		},
		Rows: func(ctx context.Context, ids []int32) ([]line, error) {
			lines, refs := make([]line, len(ids)), make([]health.Ref, len(ids))
			for i, id := range ids {
				at := int(id) - 1
				if at < len(counted) {
					lines[i] = line{at: int64(id), ref: counted[at].Ref, weight: counted[at].Weight, day: number.Day(counted[at]), why: causes(counted[at].Why), in: within(counted[at])}
				} else {
					lines[i] = line{at: int64(id), ref: left[at].Ref, why: words.Text(left[at].Why)}
				}
				refs[i] = lines[i].ref
			}
			names, err := l.env.desk.HealthNames(ctx, refs)
			for i := range lines {
				lines[i].name = names[lines[i].ref]
			}
			return lines, err
		},
		ID: func(r line) int64 { return r.at },
	}
}

// causes writes what makes a row a case.
func causes(c health.Causes) string {
	var all []string
	for _, t := range c.Texts() {
		all = append(all, words.Text(t))
	}
	return words.List(all...)
}

// within says whether a row of the denominator is in the numerator, and why.
func within(c health.Counted) string {
	switch why := causes(c.Why); {
	case c.In > 0 && c.In < c.Weight:
		return words.T("account.in.part", "n", words.Number(c.In), "of", words.Number(c.Weight), "why", why)
	case c.In > 0:
		return words.T("account.in.yes", "why", why)
	case why != "":
		return words.T("account.in.missed", "why", why)
	}
	return words.T("account.in.no")
}

func (l *list) open(r line) {
	if to, ok := refOf(r.ref); ok {
		l.env.Open(to)
	}
}

func (l *list) deeds(r line) kit.Deeds {
	deeds := kit.Deeds{{Text: words.T("row.open"), Do: func() { l.open(r) }, Off: func() string {
		if _, can := refOf(r.ref); can {
			return ""
		}
		return words.T("off.no_record")
	}}}
	if l.won != nil && r.ref.Kind == health.KindOrder {
		deeds = append(deeds, kit.Action{Text: words.T("account.won_row"), Do: func() { l.won(r.ref) }})
	}
	return append(deeds, kit.Stays("stays.figure"))
}
