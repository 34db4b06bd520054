package gui

import (
	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/show"
)

// A screen is one tab. Its methods are called on the main goroutine. After a
// change of language or theme a new screen takes the place of the old one and
// gets its state.
type screen interface {
	// Name is the tab's name in the trace and in the words: "orders".
	Name() string
	// Content is what the tab shows; always the same object.
	Content() fyne.CanvasObject
	// Reload asks for the data anew; selection and scroll stay. The window
	// calls it when the tab comes into view for the first time, and when the
	// shop filter changed.
	Reload()
	// Changed hears what changed on the desk while the tab was in view, or since
	// it was. It asks anew for what changed and is shown, and for nothing else.
	Changed(events []data.ChangeEvent)
	// Find puts the cursor into the tab's search field.
	Find()
	// New opens the sheet that makes what the tab lists; nothing when it
	// lists nothing that can be made by hand.
	New()
	// Status says what is shown, for the status line: "412 shown".
	Status() string
	// Open shows the record with an id, as far as the tab has such; 0 changes
	// nothing.
	Open(id int64)
	// Proof says to what dropped files and a pasted picture are added as
	// evidence, and names it ("dispute 8123"); false when nothing of the kind
	// is in view.
	Proof() (to show.Target, title string, ok bool)
	// Export binds the bundle of what is in view, or does nothing.
	Export()
	// State and Restore carry filters, selection and half-written text over
	// to the screen that takes this one's place.
	State() any
	Restore(state any)
}

// tabNames lists the tabs in their order.
var tabNames = []string{"today", "orders", "disputes", "feedback", "replies", "buyers", "account"}
