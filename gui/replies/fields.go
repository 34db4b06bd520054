package replies

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/reply"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// showFields makes a field for each variable that the order does not know. They
// are made anew only when there are others, so that typing is not disturbed.
func (w *writer) showFields(wants []string) {
	if slices.Equal(wants, w.ui.wanted) && w.ui.fieldsOf == w.at.about && (len(w.ui.fields.Objects) > 0) == (len(wants) > 0) {
		return
	}
	w.ui.wanted, w.ui.fieldsOf = wants, w.at.about
	w.ui.fields.RemoveAll()
	w.ui.inputs = map[string]*kit.Search{}
	group := func(key string, needed bool) {
		headed := false
		for _, name := range wants {
			if slices.Contains(w.shown.must, name) != needed {
				continue
			}
			if !headed {
				w.ui.fields.Add(kit.Section(words.T(key)))
				headed = true
			}
			w.ui.fields.Add(kit.Stacked(0, kit.Soft(variableName(name)), w.field(name)))
		}
	}
	group("replies.missing", true)
	group("replies.open", false)
	w.ui.side.Refresh()
}

// field is what asks for a variable's value: a calendar for a day, a choice, an
// amount with its currency, or text.
func (w *writer) field(name string) fyne.CanvasObject {
	about := w.at.about
	set := func(value string) { w.setField(about, name, value) }
	value, v := w.draft.Fields[name], variable(name)
	switch v.Kind {
	case reply.KindDate:
		return kit.NewDay(w.env.UI, "replies.field."+name, value, set).Object
	case reply.KindChoice:
		options := make([]kit.Option[string], len(v.Choices))
		for i, c := range v.Choices {
			options[i] = kit.Option[string]{Value: c, Text: choiceName(name, c)}
		}
		choice := kit.NewChoice(options, value, set)
		choice.PlaceHolder = words.T("replies.choose")
		kit.Trace("replies.field."+name, choice)
		return choice
	case reply.KindMoney:
		return w.moneyField(name, value, set)
	case reply.KindText, reply.KindNumber, reply.KindFact:
	}
	field := kit.NewSearch(w.env.UI, variableName(name), set)
	field.SetQuiet(value)
	kit.Trace("replies.field."+name, field)
	w.ui.inputs[name] = field
	return field
}

// moneyField asks for an amount and its currency, the order's at first.
func (w *writer) moneyField(name, value string, set func(string)) fyne.CanvasObject {
	amount, currency, _ := strings.Cut(value, " ")
	if currency == "" {
		currency = w.view.Order.Total.Currency
	}
	var field *kit.Search
	var options []kit.Option[string]
	for _, c := range kit.Currencies() {
		options = append(options, kit.Option[string]{Value: c, Text: c})
	}
	if currency != "" && !slices.Contains(kit.Currencies(), currency) {
		options = append(options, kit.Option[string]{Value: currency, Text: currency})
	}
	tell := func(amount, currency string) {
		if amount = strings.TrimSpace(amount); amount != "" {
			amount = strings.TrimSpace(amount + " " + currency)
		}
		set(amount)
	}
	in := kit.NewChoice(options, currency, func(c string) { tell(field.Text, c) })
	field = kit.NewSearch(w.env.UI, "12.50", func(text string) { tell(text, in.Value()) })
	field.SetQuiet(amount)
	kit.Trace("replies.field."+name, field)
	return container.NewBorder(nil, nil, nil, kit.Wide(92, in), field)
}

// setField takes a value for a variable that an order does not know. It may come
// after a pause, when another order is chosen already.
func (w *writer) setField(about data.ReplyAbout, name, value string) {
	if about == w.at.about && w.putField(name, value) {
		w.ask()
	}
}

// putField takes a value, and reports whether it is another one than before.
func (w *writer) putField(name, value string) bool {
	if w.draft.Fields[name] == value {
		return false
	}
	fields := map[string]string{}
	for k, v := range w.draft.Fields {
		fields[k] = v
	}
	if fields[name] = value; value == "" {
		delete(fields, name)
	}
	w.draft.Fields = fields
	w.touched()
	return true
}

// takeFields takes what stands in the fields and has not been looked at yet.
func (w *writer) takeFields() {
	if w.ui.fieldsOf != w.at.about {
		return
	}
	for name, field := range w.ui.inputs {
		if value := strings.TrimSpace(field.Text); value != w.draft.Fields[name] {
			field.SetQuiet(value)
			w.putField(name, value)
		}
	}
}

// variable is what is known of a variable; the zero one where nothing is.
func variable(name string) desk.TemplateVariable {
	for _, v := range desk.TemplateVariables() {
		if v.Name == name {
			return v
		}
	}
	return desk.TemplateVariable{Name: name}
}

// choiceName is the word of a choice of a variable.
func choiceName(name, choice string) string {
	if key := "variable." + name + "." + choice; words.Has(key) {
		return words.T(key)
	}
	return choice
}
