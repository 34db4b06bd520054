package bundle

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// complained is a complaint about a feedback left at 22:30 in UTC, which is the next
// day in Shanghai.
func complained() Case {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 30, 0, 0, time.UTC) }
	shop := data.Shop{Platform: data.AliExpress, Name: "Lark", Zone: "Asia/Shanghai"}
	return Case{
		Language: "en", Generated: at(20, 1), Order: data.Order{Shop: shop, Number: "81", DeliveredAt: at(10, 23)},
		Feedback: &data.Feedback{UID: "f", Shop: shop, Stars: 1, Text: "Pay me", LeftAt: at(17, 22), SettledAt: at(18, 1), Complained: data.Complained{Ground: data.GroundExtortion}},
	}
}

func TestAComplaintSaysWhyWithoutExhibits(t *testing.T) {
	c := complained()
	if name := c.name(); name != "AliExpress-81-feedback-2026-11-18-v1" {
		t.Errorf("it is named %q", name)
	}
	why := func(c Case) string {
		e, err := newEnv(t.Context(), &c, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, one := range e.reasons() {
			lines = append(lines, one.text)
		}
		return strings.Join(lines, " | ")
	}
	if got, want := why(c), "The buyer threatened with feedback to obtain more than was agreed. | The matter was settled with the buyer on 2026-11-18. | The order was delivered on 2026-11-11."; got != want {
		t.Errorf("why: %s", got)
	}
	c = complained()
	c.Feedback.Complained.Ground, c.Feedback.SettledAt = data.GroundOther, time.Time{}
	if got, want := why(c), "The order was delivered on 2026-11-11."; got != want {
		t.Errorf("on another ground: %s", got)
	}
	c.Feedback.LeftAt = time.Time{}
	if name := c.name(); name != "AliExpress-81-feedback-v1" {
		t.Errorf("without a day it is named %q", name)
	}
}
