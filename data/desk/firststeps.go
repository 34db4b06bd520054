package desk

import (
	"context"

	"casebinder/data"
)

// firstStepsSetting holds what the rows cannot tell of the first steps.
const firstStepsSetting = "first_steps"

// keptSteps is what is kept of the first steps.
type keptSteps struct {
	Looked bool `json:"looked,omitempty"`
	Left   bool `json:"left,omitempty"`
}

// FirstSteps tells how far this desk has come on its first way.
func (d *Desk) FirstSteps(ctx context.Context) (data.FirstSteps, error) {
	s, err := d.store.FirstSteps(ctx)
	if err != nil {
		return s, err
	}
	var kept keptSteps
	_, err = d.Setting(ctx, firstStepsSetting, &kept)
	s.Looked, s.Left = kept.Looked && s.Imported, kept.Left
	return s, err
}

// KeepFirstSteps remembers that Today was looked at, and that the way was left or
// is wanted again.
func (d *Desk) KeepFirstSteps(ctx context.Context, s data.FirstSteps) error {
	return d.PutSetting(ctx, firstStepsSetting, keptSteps{Looked: s.Looked, Left: s.Left})
}
