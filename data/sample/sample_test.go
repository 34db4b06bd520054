package sample

import (
	"testing"
	"time"
)

var now = time.Date(2026, 3, 18, 7, 42, 0, 0, time.UTC)

func TestDesk(t *testing.T) {
	s, err := Desk(now)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(s.Orders), len(s.Disputes), len(s.Files), len(s.Messages), len(s.Feedback))
	for _, o := range s.Orders {
		t.Log(o.Shop.Platform, o.Number, o.OrderedAt.Format("0102"), o.Status, o.Total, o.Buyer.Name, len(o.Shipments))
	}
}
