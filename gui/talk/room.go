// Package talk is the sheet on which a conversation that was copied, exported or
// mailed is looked at before it is kept.
//
// Its one rule: nothing is kept that was not seen, and nothing that was read is
// thrown away without a person's word.
package talk

import (
	"context"
	"path/filepath"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the sheet asks of a desk.
type Desk interface {
	PreviewTalk(ctx context.Context, r desk.TalkRequest, p desk.Progress) (desk.Talk, error)
	TakeTalk(ctx context.Context, t desk.Talk, p desk.Progress) (desk.TalkReport, error)
}

// Room opens the sheet.
type Room struct {
	*show.Env
	desk Desk
}

// New makes the room.
func New(shared *show.Env, d Desk) *Room { return &Room{shared, d} }

// Paste opens the sheet for a text about an order; ID 0 has the text tell the
// order. With no text it asks for one.
func (e *Room) Paste(order data.OrderRow, text string) {
	if text == "" {
		e.ask(order)
		return
	}
	e.read(request(text, order.ID), nil)
}

// ask opens a sheet into which a conversation is pasted.
func (e *Room) ask(order data.OrderRow) {
	text := kit.NewTextArea(e.UI, 16)
	kit.Trace("talk.text", text)
	var typed string
	e.UI.OpenForm(kit.FormSheet{
		Name: "talk.ask", Title: words.T("talk.ask.title"), Width: 720, Height: 500, Save: words.T("talk.ask.do"), Focus: text,
		Fields: []*kit.Field{{
			Label: words.T("talk.raw"), Hint: words.T("talk.ask.hint"), Object: text,
			Check: func() error {
				if text.Text == "" {
					return kit.ProblemRequired.New("field", words.T("talk.raw"))
				}
				return nil
			},
		}},
		Read: func() error { typed = text.Text; return nil },
		Work: func(context.Context) error { return nil },
		Done: func() { e.read(request(typed, order.ID), nil) },
	})
}

// Files opens the sheet for files, one after another.
func (e *Room) Files(order data.OrderRow, paths []string) {
	if len(paths) == 0 {
		return
	}
	e.read(desk.TalkRequest{Path: paths[0], OrderID: order.ID}, func() { e.Files(order, paths[1:]) })
}

// ChooseFiles asks for files that hold conversations.
func (e *Room) ChooseFiles(order data.OrderRow) {
	e.Env.ChooseFiles(words.T("talk.choose"), desk.TalkFiles(), func(paths []string) { e.Files(order, paths) })
}

// read reads a conversation and shows it; then is called when its sheet is closed.
func (e *Room) read(r desk.TalkRequest, then func()) {
	var t desk.Talk
	title := words.T("talk.reading")
	if r.Path != "" {
		title = words.T("talk.reading.file", "file", filepath.Base(r.Path))
	}
	e.UI.Jobs.Run(title, func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		t, err = e.desk.PreviewTalk(ctx, r, progress)
		return err
	}, func(err error) {
		if err != nil {
			e.UI.Problem(err)
			if then != nil {
				then()
			}
			return
		}
		e.open(t, then)
	})
}

// request asks to read a text about an order.
func request(text string, order int64) desk.TalkRequest {
	return desk.TalkRequest{Text: text, OrderID: order}
}
