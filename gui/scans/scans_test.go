package scans

import (
	"context"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
)

func TestSheetTakesWhatIsNotLeftOut(t *testing.T) {
	b, d, _ := guitest.RealCase(t)
	rows, err := d.OrderFirst(context.Background(), data.OrderQuery{}, 1)
	if err != nil || len(rows) == 0 {
		t.Fatalf("no order: %v", err)
	}
	day := time.Now().AddDate(0, 0, -1).Format("2006-01-02")
	text := "Number: LX123450019CN\n" + day + " 02:21 Madrid, Delivered\n" + day + " 01:02 Madrid, Out for delivery\n"
	page, err := d.PreviewScans(context.Background(), desk.ScansRequest{Text: text, OrderID: rows[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	s := open(b.Env, d, page)
	all := strings.Join(b.Texts(), "\n")
	for _, want := range []string{"Out for delivery", "Madrid", "LX123450019CN"} {
		if !strings.Contains(all, want) {
			t.Errorf("the sheet does not show %q:\n%s", want, all)
		}
	}
	s.at = 1
	s.turn()
	if fresh, _ := s.page.Fresh(); fresh != 1 {
		t.Fatalf("%d fresh", fresh)
	}
	report, err := d.TakeScans(context.Background(), s.page)
	if err != nil || report.Added != 1 || report.Left != 1 {
		t.Fatalf("%+v %v", report, err)
	}
}
