package show

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/gui/words"
)

func TestFold(t *testing.T) {
	if short, long := fold("two\nlines"); long || short != "two\nlines" {
		t.Errorf("a short text became %q", short)
	}
	if short, long := fold("1\n2\n3\n4\n5\n6\n7"); !long || short != "1\n2\n3\n4\n5 …" {
		t.Errorf("seven lines became %q, %v", short, long)
	}
	if short, long := fold(strings.Repeat("长", 400)); !long || len([]rune(short)) != foldRunes+2 {
		t.Errorf("400 characters became %d, %v", len([]rune(short)), long)
	}
}

func TestTimelineHasADayLineForEachDay(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2025, time.November, day, hour, 30, 15, 0, time.UTC) }
	entries := TimelineEntries([]data.Moment{
		{At: at(1, 3), Kind: data.MomentOrdered}, {At: at(18, 1), Kind: data.MomentShipped}, {At: at(18, 2), Kind: data.MomentDelivered},
	}, "Asia/Shanghai", at(20, 8))
	var days []string
	for _, e := range entries {
		if len(days) == 0 || days[len(days)-1] != e.day {
			days = append(days, e.day)
		}
	}
	if !slices.Equal(days, []string{"1 Nov", "18 Nov"}) || entries[0].clock != "11:30" {
		t.Errorf("days %v, first at %s in Shanghai", days, entries[0].clock)
	}
}

func TestAnUnconfirmedDateSaysSo(t *testing.T) {
	if got := Doubtful("4 d left", "unconfirmed"); got != "4 d left ?" {
		t.Errorf("got %q", got)
	}
	if got := Doubtful("4 d left", "confirmed"); got != "4 d left" {
		t.Errorf("got %q", got)
	}
	if tip := SureTip("4 d left", "unconfirmed"); !strings.Contains(tip, words.T("due.unconfirmed")) {
		t.Errorf("the tooltip %q does not say it", tip)
	}
}
