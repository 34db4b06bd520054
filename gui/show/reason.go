package show

import (
	"context"
	"strings"

	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// ReasonSheet asks for a reason and does something with it. undo, which may be
// nil, takes it back.
func ReasonSheet(e *Env, name, title, hint, do, done string, undo func(), work func(ctx context.Context, reason string) error) *kit.OpenSheet {
	return AskReason(e, name, title, hint, do, work, func() { e.UI.Toast(done, undo) })
}

// AskReason asks for a reason, does something with it, and goes on when that went
// well, on the main goroutine.
func AskReason(e *Env, name, title, hint, do string, work func(ctx context.Context, reason string) error, then func()) *kit.OpenSheet {
	why := kit.TextField(e.UI, "", 3)
	label := words.T("case.reason")
	var reason string
	open := e.UI.OpenForm(kit.FormSheet{
		Name: name, Title: title, Save: do, Focus: why, Width: 560,
		Fields: []*kit.Field{{Label: label, Hint: hint, Object: why, Check: func() error {
			if strings.TrimSpace(why.Text) == "" {
				return kit.ProblemRequired.New("field", label)
			}
			return nil
		}}},
		Read: func() error { reason = strings.TrimSpace(why.Text); return nil },
		Work: func(ctx context.Context) error { return work(ctx, reason) },
		Done: then,
	})
	kit.Trace(name+".reason", why)
	return open
}
