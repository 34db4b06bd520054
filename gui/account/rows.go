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
	columns := []kit.Column[line]{
		{ID: "row", Title: "account.col.row", Width: 190, Grow: true, Bold: true, Text: func(r line) string { return r.name }},
		{ID: "kind", Title: "account.col.kind", Width: 90, Text: func(r line) string { return words.Of("account.kind", r.ref.Kind) }},
	}
	if name == "hits" {
		columns = append(columns, kit.Column[line]{ID: "cause", Title: "account.col.cause", Width: 190, Grow: true, Text: func(r line) string { return r.why }})
	}
	if name == "left" {
		columns = append(columns, kit.Column[line]{ID: "why", Title: "account.col.why", Width: 300, Grow: true, Text: func(r line) string { return r.why }})
	} else {
		columns = append(columns, kit.Column[line]{ID: "day", Title: "account.col.day", Width: 110, Text: func(r line) string { return words.Day(r.day.Begin(time.UTC), "UTC", e.UI.Now()) }},
			kit.Column[line]{ID: "weight", Title: "account.col.weight", Width: 90, Right: true, Text: func(r line) string { return words.Number(r.weight) }})
	}
	l.table = kit.NewTable(e.UI, kit.TableOptions[line]{
		Name: "account." + name, Columns: columns, Source: l.source, Deeds: l.deeds,
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("account.norows")} },
	})
	return l
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
					lines[i] = line{at: int64(id), ref: counted[at].Ref, weight: counted[at].Weight, day: number.Day(counted[at]), why: causes(counted[at].Why)}
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
