package store

import "casebinder/data"

// riskRow is what a row of the table of orders tells of its review. An order that
// waits, was reviewed and has no row is clear.
const riskRow = "CASE WHEN NOT (" + waitsSQL + ") THEN '' WHEN k.level IS NOT NULL THEN k.level " +
	"WHEN o.id <= coalesce((SELECT upto FROM kept_up WHERE name = '" + keptRisk + "'), 0) THEN 'clear' ELSE '' END, " +
	"coalesce(k.reasons, ''), coalesce(k.hold_until, k.ship_from), coalesce(k.decision, '')"

// onlyRisks keeps the orders of some levels, by the index risk_level where clear is
// none of them.
func (l *listing) onlyRisks(levels []data.RiskLevel) {
	where, args := "", []any{}
	for _, level := range levels {
		if level == data.RiskClear {
			where = "NOT EXISTS (SELECT 1 FROM risk k WHERE k.order_id = o.id AND k.level <> 'clear')"
			continue
		}
		args = append(args, string(level))
	}
	if len(args) > 0 {
		in := "o.id IN (SELECT order_id FROM risk WHERE level <> 'clear' AND level IN (" + marks(len(args)) + "))"
		if where != "" {
			in = "(" + where + " OR " + in + ")"
		}
		where = in
	}
	l.only(where, args...)
	l.only(waitsSQL)
}

// riskSegments are the orders by the level of their review, those that no longer
// wait last.
func riskSegments(ascending bool) []segmentOf {
	newest := by(false, "o.ordered_at", "o.id")
	of := func(level data.RiskLevel) segmentOf {
		return segmentOf{
			where: waitsSQL + " AND o.id IN (SELECT order_id FROM risk WHERE level = ? AND level <> 'clear')", args: []any{string(level)}, order: newest,
		}
	}
	clear := segmentOf{where: waitsSQL + " AND NOT EXISTS (SELECT 1 FROM risk WHERE order_id = o.id AND level <> 'clear')", order: newest}
	rest := segmentOf{where: "NOT (" + waitsSQL + ")", order: newest}
	if ascending {
		return []segmentOf{clear, of(data.RiskLook), of(data.RiskHold), of(data.RiskStop), rest}
	}
	return []segmentOf{of(data.RiskStop), of(data.RiskHold), of(data.RiskLook), clear, rest}
}
