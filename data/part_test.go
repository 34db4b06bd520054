package data_test

import (
	"testing"

	"casebinder/data"
)

func TestRefundsOfSeveralKindsOfFilesCountOnce(t *testing.T) {
	refund := func(source, key string, minor int64) data.Part {
		return data.Part{Source: source, Refund: true, Key: key, Amount: data.Money{Minor: minor, Currency: "EUR"}}
	}
	for _, c := range []struct {
		name  string
		parts []data.Part
		want  int64
	}{
		{"one refund in a statement and in an activity download", []data.Part{refund("statement", "R1", 500), refund("activity", "R1", 500)}, 500},
		{"two refunds, each in a file of its own", []data.Part{refund("statement", "R1", 500), refund("activity", "R2", 300)}, 800},
		{"one refund as rows of two reports", []data.Part{
			refund("settlement", "a\x1f-4", 400), refund("settlement", "b\x1f-1", 100), refund("transactions", "c\x1f-5", 500),
		}, 500},
		{"a refund and what came back of it", []data.Part{refund("activity", "R1", 500), refund("activity", "R2", -500)}, 0},
	} {
		var o data.Order
		for _, p := range c.parts {
			o.AddPart(p)
		}
		if got := o.PartsRefunded(); got != (data.Money{Minor: c.want, Currency: "EUR"}) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}
