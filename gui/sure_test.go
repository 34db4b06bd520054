package gui

import (
	"strings"
	"testing"

	"casebinder/gui/words"
)

func TestAnUnconfirmedDateSaysSo(t *testing.T) {
	if got := doubtful("4 d left", "unconfirmed"); got != "4 d left ?" {
		t.Errorf("got %q", got)
	}
	if got := doubtful("4 d left", "confirmed"); got != "4 d left" {
		t.Errorf("got %q", got)
	}
	if tip := sureTip("4 d left", "unconfirmed"); !strings.Contains(tip, words.T("due.unconfirmed")) {
		t.Errorf("the tooltip %q does not say it", tip)
	}
}
