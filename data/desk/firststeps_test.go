package desk_test

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

func TestFirstStepsFollowWhatWasDone(t *testing.T) {
	empty := open(t)
	steps, err := empty.FirstSteps(t.Context())
	if err != nil || steps.Next() != data.StepImport {
		t.Errorf("an empty desk: %+v, %v", steps, err)
	}
	d, order := imported(t)
	at := func(want data.FirstStep) data.FirstSteps {
		t.Helper()
		steps, err := d.FirstSteps(t.Context())
		if err != nil || steps.Next() != want {
			t.Errorf("%+v next %q, want %q (%v)", steps, steps.Next(), want, err)
		}
		return steps
	}
	steps = at(data.StepLook)
	steps.Looked = true
	must(t, d.KeepFirstSteps(t.Context(), steps))
	at(data.StepOpen)
	_, err = d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived, OpenedAt: clock})
	must(t, err)
	steps = at(data.StepBind)
	steps.Left = true
	must(t, d.KeepFirstSteps(t.Context(), steps))
	steps = at("")
	steps.Left = false
	must(t, d.KeepFirstSteps(t.Context(), steps))
	at(data.StepBind)
}

// Who came with a desk that has all of it is not led by the hand.
func TestFirstStepsAreOverWithTheFirstBundle(t *testing.T) {
	s := data.FirstSteps{Imported: true, Opened: true, Bound: true}
	if s.Next() != "" {
		t.Errorf("next is %q", s.Next())
	}
}
