package replies

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
)

// setText shows a draft; what was typed into it by hand comes back.
func (r *Tab) setText(text string) {
	kept, ok := r.typedIn.drafts[r.key()]
	if ok {
		text = kept.Text
		for name, value := range r.extra() {
			if value != "" {
				text = strings.ReplaceAll(text, gap(name), value)
			}
		}
	}
	r.edited, r.setting = ok, true
	if r.text.Text != text {
		r.text.SetText(text)
	}
	r.setting = false
}

// typed keeps what a person changes in the draft.
func (r *Tab) typed() {
	if r.setting {
		return
	}
	if r.edited = r.text.Text != r.shown.draft.Text; r.edited {
		r.typedIn.drafts[r.key()] = handText{Key: r.key(), Text: r.text.Text, At: r.env.UI.Now()}
	} else {
		delete(r.typedIn.drafts, r.key())
	}
	r.keep()
	r.gate()
}

// showFields makes a field for each variable that the order does not know. They
// are made anew only when there are others, so that typing is not disturbed.
func (r *Tab) showFields(wants []string) {
	if slices.Equal(wants, r.missing) && r.fieldsOf == r.chosen.order.ID && len(r.fields.Objects) > 0 {
		return
	}
	r.missing, r.fieldsOf = wants, r.chosen.order.ID
	r.fields.RemoveAll()
	r.inputs = map[string]*kit.Search{}
	if len(wants) > 0 {
		r.fields.Add(kit.Section(words.T("replies.missing")))
	}
	order := r.chosen.order.ID
	for _, name := range wants {
		field := kit.NewSearch(r.env.UI, variableName(name), func(text string) { r.setExtra(order, name, text) })
		field.SetQuiet(r.extra()[name])
		kit.Trace("replies.field."+name, field)
		r.inputs[name] = field
		r.fields.Add(kit.Stacked(0, kit.Soft(variableName(name)), field))
	}
	r.fields.Refresh()
}

// setExtra takes a value for a variable that an order does not know. It may come
// after a pause, when another order is chosen already.
func (r *Tab) setExtra(order int64, name, text string) {
	r.typedIn.set(order, name, text, r.env.UI.Now())
	r.keep()
	if order == r.chosen.order.ID {
		r.ask()
	}
}

// lacking lists the variables whose gap still stands in the text.
func (r *Tab) lacking() []string {
	var list []string
	for _, name := range r.shown.draft.Missing {
		if strings.Contains(r.text.Text, gap(name)) {
			list = append(list, variableName(name))
		}
	}
	if strings.Contains(r.text.Text, "⟦") && len(list) == 0 {
		list = append(list, "⟦ ⟧")
	}
	return list
}

// gate lets a text be copied only when it is the draft of what was chosen last
// and nothing is missing in it.
func (r *Tab) gate() {
	lacking := r.lacking()
	switch {
	case r.waiting:
		r.blocked.SetText("")
		r.copy.Disable()
	case len(lacking) > 0:
		r.blocked.SetText("! " + words.T("replies.copy.blocked", "list", strings.Join(lacking, ", ")))
		r.copy.Disable()
	case strings.TrimSpace(r.text.Text) == "":
		r.blocked.SetText("")
		r.copy.Disable()
	default:
		r.blocked.SetText("")
		r.copy.Enable()
	}
}

// copyText puts the reply on the clipboard and keeps it in the order's
// timeline.
func (r *Tab) copyText() {
	if r.waiting || len(r.lacking()) > 0 {
		return
	}
	text, chosen, language, key := r.text.Text, r.chosen, r.shown.draft.Language, r.key()
	typed := r.typedIn.drafts[key].Text
	fyne.CurrentApp().Clipboard().SetContent(text)
	if chosen.order.ID == 0 {
		r.env.UI.Toast(words.T("replies.copied.only"), nil)
		return
	}
	r.env.DeedThen(words.T("replies.copied"), func(ctx context.Context) error {
		_, err := r.env.desk.KeepReply(ctx, chosen.order.ID, chosen.disputeID, language, text)
		return err
	}, func() {
		if d, ok := r.typedIn.drafts[key]; ok && d.Text == typed {
			d.sent = true
			r.typedIn.drafts[key] = d
			r.keep()
		}
	})
}

func (r *Tab) edit() {
	if t, ok := r.template(); ok {
		s := editTemplateSheet(r.env, t, scenariosOf(r.templates), r.tree.choose)
		s.show(r.variants.Value())
	}
}

// New makes a template.
func (r *Tab) New() {
	editTemplateSheet(r.env, data.Template{}, scenariosOf(r.templates), r.tree.choose)
}

func (r *Tab) resetTemplate() {
	uid := r.chosen.template
	r.env.Deed(words.T("replies.reset.done"), func(ctx context.Context) error {
		_, err := r.env.desk.ResetTemplate(ctx, uid)
		return err
	})
}

func (r *Tab) bin() {
	uid := r.chosen.template
	r.env.Deed(words.T("replies.binned"), func(ctx context.Context) error { return r.env.desk.BinTemplate(ctx, uid) })
}
