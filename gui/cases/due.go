package cases

import (
	"time"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// dueAsked keeps which stated due date a person confirmed although it is odd.
// Another date is asked about anew.
type dueAsked struct {
	ui   *kit.UI
	sure time.Time
}

func (a *dueAsked) confirmed(due time.Time) bool { return !due.IsZero() && due.Equal(a.sure) }

// ask asks whether to keep a date where err says that it is odd; on yes it
// goes on with again. It reports whether err is such a question.
func (a *dueAsked) ask(err error, due time.Time, again func()) bool {
	why, odd := desk.AsDueDoubt(err)
	if odd {
		a.ui.Confirm("due.odd", words.T("due.odd.title"), words.Text(why)+" "+words.T("due.odd.hint"), words.T("due.odd.do"), func() {
			a.sure = due
			again()
		})
	}
	return odd
}
