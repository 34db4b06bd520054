package kit

import (
	"casebinder/gui/words"
)

// noteTyped notes that a person typed; only the sheet on top gets keys.
func (u *UI) noteTyped() {
	if n := len(u.sheets); n > 0 {
		u.sheets[n-1].typed = true
	}
}

// unsaved lists the titles of the open sheets that hold what a person typed or
// drew and did not save.
func (u *UI) unsaved() []string {
	var titles []string
	for _, o := range u.sheets {
		if o.unsaved() {
			titles = append(titles, o.sheet.Title)
		}
	}
	return titles
}

func (o *OpenSheet) unsaved() bool { return o.typed || o.sheet.Unsaved != nil && o.sheet.Unsaved() }

// Leave goes on to what ends the window or swaps its content. Where an open sheet
// holds what was not saved a person is asked first. Call it on the main goroutine.
func (u *UI) Leave(then func()) {
	if u.leaving != nil && !u.leaving.closed {
		return // it asks already
	}
	titles := u.unsaved()
	if len(titles) == 0 {
		then()
		return
	}
	u.leaving = u.Open(Sheet{
		Name: "leave", Title: words.T("leave.title"), Width: 460, Body: Prose(words.T("leave.text", "list", words.List(titles...))),
		Cancel: words.T("leave.back"), Do: words.T("leave.do"), Danger: true, OnDo: func() {
			u.leaving.Close()
			then()
		},
	})
	u.leaving.FocusCancel()
}
