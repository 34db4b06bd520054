package policy

import (
	"testing"

	"casebinder/data"
)

func TestStepsAreTheSellersWhereTheyMay(t *testing.T) {
	mine, others := StepsBySide([]NextStep{
		{Event: data.EventEscalated, By: []data.Actor{data.ActorBuyer, data.ActorSeller}, To: "first"},
		{Event: data.EventEscalated, By: []data.Actor{data.ActorSeller}, To: "second"}, // the same, written otherwise
		{Event: data.EventRuled}, // nobody is named: the platform rules
		{Event: data.EventWithdrawn, By: []data.Actor{data.ActorBuyer}},
	})
	if len(mine) != 1 || mine[0].To != "first" {
		t.Errorf("the seller's: %+v", mine)
	}
	if len(others) != 2 || others[0].Actor() != data.ActorPlatform || others[1].Actor() != data.ActorBuyer {
		t.Errorf("others': %+v", others)
	}
}
