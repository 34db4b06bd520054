package data_test

import (
	"testing"
	"time"

	"casebinder/data"
)

func TestAWarrantyEndsAfterItsDays(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		days int
		sent time.Time
		want string
	}{
		{30, time.Date(2026, 1, 31, 15, 0, 0, 0, time.UTC), "2026-03-02"},
		{30, time.Date(2026, 1, 31, 17, 0, 0, 0, time.UTC), "2026-03-03"}, // already 1 February in Shanghai
		{365, time.Date(2028, 2, 28, 1, 0, 0, 0, time.UTC), "2029-02-27"}, // a leap year
		{10, data.Day{Year: 2026, Month: 12, Day: 25}.Begin(time.UTC), "2027-01-04"},
		{0, time.Date(2026, 1, 31, 15, 0, 0, 0, time.UTC), ""},
		{30, time.Time{}, ""},
	} {
		got := ""
		if day, ok := (&data.Supplier{Warranty: c.days}).Until(c.sent, shanghai); ok {
			got = day.String()
		}
		if got != c.want {
			t.Errorf("%d days from %v end on %q, want %q", c.days, c.sent, got, c.want)
		}
	}
}

func TestWhichCasesAreFaultyGoods(t *testing.T) {
	for _, c := range []struct {
		is   data.ReportCase
		want bool
	}{
		{data.ReportCase{Kind: data.CaseDispute, Cause: "product"}, true},
		{data.ReportCase{Kind: data.CaseDispute, Reason: "quality"}, true},
		{data.ReportCase{Kind: data.CaseDispute, Reason: "quality", Cause: "packing"}, false},
		{data.ReportCase{Kind: data.CaseDispute, Reason: "not_received"}, false},
		{data.ReportCase{Kind: data.CaseRefund, Reason: "counterfeit"}, true},
		{data.ReportCase{Kind: data.CaseComplaint, Cause: "product"}, true},
		{data.ReportCase{Kind: data.CaseFeedback, Cause: "quality"}, true},
		{data.ReportCase{Kind: data.CaseFeedback, Cause: "delivery_time"}, false},
	} {
		if got := c.is.Defect(); got != c.want {
			t.Errorf("%+v: %v", c.is, got)
		}
	}
}
