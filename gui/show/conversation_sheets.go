package show

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// keptTranslator is where the translator that was named last is kept.
const keptTranslator = "thread.translator"

// Translate asks for the translation of a message.
func (c *Conversation) Translate(m data.Message) *kit.OpenSheet {
	who := m.Translator
	if who == "" {
		c.env.UI.Kept(keptTranslator, &who)
	}
	original := kit.NewFlow(m.Text, kit.Muted, 13)
	original.HeightFor(380)
	text, by := kit.TextField(c.env.UI, m.Translation, 5), kit.TextField(c.env.UI, who, 1)
	var translation, translator string
	open := c.env.UI.OpenForm(kit.FormSheet{
		Name: "translate", Title: words.T("thread.translate.title"), Width: 580, Focus: text,
		Fields: []*kit.Field{
			{Label: words.T("thread.translate.original"), Object: kit.FlowRoom(original)},
			{Label: words.T("thread.translate.text"), Object: text, Hint: words.T("thread.translate.hint")},
			{Label: words.T("thread.translate.by"), Object: by, Hint: words.T("thread.translate.by.hint"), Check: func() error {
				if strings.TrimSpace(by.Text) == "" && strings.TrimSpace(text.Text) != "" {
					return kit.ProblemRequired.New("field", words.T("thread.translate.by"))
				}
				return nil
			}},
		},
		Read: func() error {
			translation, translator = strings.TrimSpace(text.Text), strings.TrimSpace(by.Text)
			c.env.UI.Keep(keptTranslator, translator)
			return nil
		},
		Work: func(ctx context.Context) error {
			return c.desk.TranslateMessage(ctx, m.UID, translation, words.Language(), translator)
		},
		Done: func() { c.env.UI.Toast(words.T("thread.translate.done"), c.env.Undo) },
	})
	kit.Trace("translate.text", text)
	kit.Trace("translate.by", by)
	return open
}

// AddByHand asks for a message that is written down by hand.
func (c *Conversation) AddByHand() { c.addSheet(false) }

// NoteCall asks what was said on the phone, and advises to confirm it in writing.
func (c *Conversation) NoteCall() { c.addSheet(true) }

func (c *Conversation) addSheet(call bool) *kit.OpenSheet {
	order := c.order
	if order.ID == 0 {
		return nil
	}
	name, title := "message", words.T("thread.add.title", "number", order.Number)
	m := data.Message{OrderID: order.ID, DisputeID: c.about.DisputeID, Source: data.SourceTyped, Direction: data.FromBuyer, Channel: string(order.Shop.Platform)}
	if call {
		name, title = "call", words.T("thread.call.title", "number", order.Number)
		m.Source, m.Channel = data.SourceCall, "phone"
	}
	direction := kit.NewChoice(directionOptions(call), data.FromBuyer, nil)
	ways := append(data.WrittenChannels(order.Shop.Platform), "phone")
	channel := kit.NewChoice(channelOptions(order.Shop.Platform, ways), m.Channel, nil)
	at := kit.NewTimeField(c.env.UI, c.env.UI.Now().Truncate(time.Minute), time.Local.String())
	text := kit.TextField(c.env.UI, "", 6)
	label := words.T("thread.add.text")
	from, height := words.T("thread.add.from"), float32(0)
	if call {
		label, from, height = words.T("thread.call.text"), words.T("thread.call.from"), 410 // the advice in whole
	}
	fields := []*kit.Field{kit.ChoiceRow(from, direction)}
	if !call {
		fields = append(fields, kit.ChoiceRow(words.T("thread.add.channel"), channel))
	}
	fields = append(fields, kit.TimeRow(words.T("thread.add.at"), at, true), &kit.Field{Label: label, Object: text, Check: func() error {
		if strings.TrimSpace(text.Text) == "" {
			return kit.ProblemRequired.New("field", label)
		}
		return nil
	}})
	if call {
		why, how := desk.CallAdvice()
		advice := widget.NewLabel(words.Join(" ", words.Text(why), words.Text(how), words.T("thread.call.advice")))
		advice.Wrapping = fyne.TextWrapWord
		fields = append(fields, &kit.Field{Label: words.T("thread.call.then"), Object: advice})
	}
	open := c.env.UI.OpenForm(kit.FormSheet{
		Name: name, Title: title, Width: 560, Height: height, Focus: text, Fields: fields,
		Read: func() (err error) {
			m.Direction, m.Text = direction.Value(), strings.TrimSpace(text.Text)
			if !call {
				m.Channel = channel.Value()
			}
			m.SentAt, err = at.Value()
			if data.IsDay(m.SentAt) {
				m.Precision = data.ToDay
			}
			return err
		},
		Work: func(ctx context.Context) error {
			_, err := c.desk.AddMessage(ctx, m)
			return err
		},
		Done: func() {
			c.env.UI.Toast(words.T("thread."+name+".done"), c.env.Undo)
			if call {
				c.env.Open(route.Reply{Order: c.Row(), Dispute: c.about.DisputeID})
			}
		},
	})
	kit.Trace(name+".text", text)
	return open
}

// directionOptions are who wrote a message, or who called.
func directionOptions(call bool) []kit.Option[data.Direction] {
	of := "thread.from."
	list := []data.Direction{data.FromBuyer, data.ToBuyer, data.FromPlatform}
	if call {
		of, list = "thread.called.", list[:2]
	}
	options := make([]kit.Option[data.Direction], len(list))
	for i, d := range list {
		options[i] = kit.Option[data.Direction]{Value: d, Text: words.T(of + string(d))}
	}
	return options
}
