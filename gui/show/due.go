package show

import (
	"time"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// DueAsked keeps which stated due date a person confirmed although it is odd.
// Another date is asked about anew.
type DueAsked struct {
	UI   *kit.UI
	sure time.Time
}

// Confirmed reports whether a date is the one that a person confirmed.
func (a *DueAsked) Confirmed(due time.Time) bool { return !due.IsZero() && due.Equal(a.sure) }

// Ask asks whether to keep a date where err says that it is odd; on yes it
// goes on with again. It reports whether err is such a question.
func (a *DueAsked) Ask(err error, due time.Time, again func()) bool {
	why, odd := desk.AsDueDoubt(err)
	if odd {
		a.UI.Confirm("due.odd", words.T("due.odd.title"), words.Text(why)+" "+words.T("due.odd.hint"), words.T("due.odd.do"), func() {
			a.sure = due
			again()
		})
	}
	return odd
}
