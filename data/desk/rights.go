package desk

import (
	"context"

	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/policy"
)

// nameRights writes into rows of rights what may be done, in the words of the
// pack of their dispute.
func (d *Desk) nameRights(ctx context.Context, rows []data.TodayRow) error {
	for i := range rows {
		row := &rows[i]
		if row.Kind != data.TodayRight {
			continue
		}
		rules, err := d.Rules(ctx)
		if err != nil {
			return err
		}
		p := rules.PackOf(&policy.Case{Platform: row.Platform, Reason: row.Reason, Pack: row.Pack})
		for j := range p.Deadlines {
			if p.Deadlines[j].ID == row.Rule {
				row.Title = pack.Text(p.Deadlines[j].Title)
			}
		}
	}
	return nil
}
