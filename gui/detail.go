package gui

import (
	"context"
	"fmt"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// env is what a screen may ask of the window around it.
type env struct {
	ui          *kit.UI
	desk        Desk
	shops       func() []data.Shop // as last loaded
	shop        func() int64       // to which the window is narrowed; 0: all
	openOrder   func(id int64)     // shows an order in its tab
	openDispute func(id int64)
	reply       func(order data.OrderRow, disputeID int64) // shows Replies with an order chosen
	importFile  func(target string)                        // opens the import sheet for "orders" or "feedback"
	chooseFiles func(title string, then func(paths []string))
	chooseDir   func(title, from string, then func(path string))
	openPath    func(path string) // in the system's own program
	readPicture func() []byte     // PNG on the clipboard; nil when there is none
	documents   func() string     // where bundles go when no folder was chosen before
}

// undo takes back the last change and says so.
func (e *env) undo() {
	kit.Do(e.desk.Undo, func(action string, err error) {
		if err != nil {
			e.ui.Problem(err)
			return
		}
		if action != "" {
			e.ui.Toast(words.T("action.undone"), nil)
		}
	})
}

// deed does something short beside the main goroutine and says so with a toast
// that can undo it.
func (e *env) deed(said string, do func(context.Context) error) {
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			e.ui.Problem(err)
			return
		}
		e.ui.Toast(said, e.undo)
	})
}

// rowName names the control of a row in the trace: "proof.0.open".
func rowName(prefix string, i int, what string) string { return fmt.Sprintf("%s.%d.%s", prefix, i, what) }
