package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

// messageItem is a message as --json prints it.
type messageItem struct {
	Direction   data.Direction `json:"direction"` // in, out, platform, system; "" where nothing tells
	Author      string         `json:"author"`
	At          string         `json:"at"`    // RFC 3339, or the day; "" where none is printed
	Local       string         `json:"local"` // the clock as printed, without a zone
	Text        string         `json:"text"`
	Precision   data.Precision `json:"precision,omitempty"`
	Edited      bool           `json:"edited,omitempty"`
	Known       bool           `json:"known,omitempty"`       // the desk has it already
	Order       string         `json:"order,omitempty"`       // its number, where it is known
	Attachments []string       `json:"attachments,omitempty"` // names of files
	Lines       []int          `json:"lines,omitempty"`       // the first and the last in the text
	ID          string         `json:"id,omitempty"`
	Channel     string         `json:"channel,omitempty"`
	Language    string         `json:"language,omitempty"`
	Translation string         `json:"translation,omitempty"`
	Translator  string         `json:"translator,omitempty"`
	Source      string         `json:"source,omitempty"`
	NoAnswer    bool           `json:"no_answer,omitempty"`
}

// talkDetail is what --json says of a conversation besides its messages.
type talkDetail struct {
	Form     string   `json:"form"` // "" where none was recognized
	Zone     string   `json:"zone"`
	Channel  string   `json:"channel"`
	Order    string   `json:"order"`
	Whole    string   `json:"whole,omitempty"` // the text, where no messages were recognized in it
	Added    int      `json:"added"`
	Known    int      `json:"known"`
	NoOrder  int      `json:"without_order"`
	Files    int      `json:"files"`
	Intake   string   `json:"intake,omitempty"`
	Mailbox  bool     `json:"mailbox,omitempty"` // the items are its first mails
	Findings []string `json:"findings"`          // the rules of what was found, in words under doubts and notes
}

// maxStdin is the longest text that is read from the standard input.
const maxStdin = 64 << 20

func messagePasteCommand(c *call) func(context.Context) (*result, error) {
	var r desk.TalkRequest
	var take bool
	var today string
	number, find := c.onOrder()
	c.flags.StringVar(&r.Zone, "zone", "", "time `zone` of the printed times, such as Asia/Shanghai; without it the shop's")
	c.flags.StringVar(&r.Channel, "channel", "", "`channel` that it came by, such as email or whatsapp; without it the form tells")
	c.flags.StringVar(&today, "today", "", "the `day` on which it was copied, for “Yesterday” and dates without a year; without it today")
	c.flags.Func("mine", "`name` or address under which the shop writes, besides its own; may be given several times", func(s string) error {
		r.Mine = append(r.Mine, s)
		return nil
	})
	c.flags.Func("theirs", "`name` or address of the buyer, besides those of the order; may be given several times", func(s string) error {
		r.Theirs = append(r.Theirs, s)
		return nil
	})
	c.flags.BoolVar(&take, "take", false, "keep the messages, with the text or file that they came in")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 1 {
			return nil, misused("message paste needs one file, or - for the standard input")
		}
		if today != "" {
			day, err := data.ParseDay(today)
			if err != nil {
				return nil, misused("--today is a day such as 2026-11-30")
			}
			r.Today = day
		}
		if err := sourceOf(ctx, &r, c.files[0]); err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			if *number != "" {
				order, err := find(ctx, d)
				if err != nil {
					return nil, err
				}
				r.OrderID = order.ID
			}
			return pasteTalk(ctx, d, r, take)
		})
	}
}

// sourceOf says where the text comes from.
func sourceOf(ctx context.Context, r *desk.TalkRequest, file string) error {
	if file != "-" {
		r.Path = file
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(stdin(ctx), maxStdin+1))
	if err != nil {
		return fmt.Errorf("reading the standard input: %w", err)
	}
	if len(text) > maxStdin {
		return misused("the standard input has more than %d MB; give a file", maxStdin>>20)
	}
	r.Text = string(text)
	return nil
}

func pasteTalk(ctx context.Context, d *desk.Desk, r desk.TalkRequest, take bool) (*result, error) {
	t, err := d.PreviewTalk(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	out := &result{}
	detail := talkDetail{Form: t.Form, Zone: t.Zone, Channel: t.Channel, Order: t.Order.Number, Mailbox: t.Mailbox, Findings: []string{}}
	items := []messageItem{}
	var words strings.Builder // there may be a hundred thousand
	if t.Whole {
		detail.Whole = t.Items[0].Text
		out.words = fmt.Sprintf("no messages recognized; kept whole: %d lines\n", t.Items[0].Last)
	} else {
		for i := range t.Items {
			item := talkItem(&t.Items[i])
			items = append(items, item)
			words.WriteString(messageWords(&item))
		}
		out.words = words.String()
	}
	findings := t.Findings
	if take {
		report, err := d.TakeTalk(ctx, t, nil)
		if err != nil {
			return out, err
		}
		detail.Added, detail.Known, detail.NoOrder, detail.Files, detail.Intake = report.Added, report.Known, report.NoOrder, report.Files, report.Intake
		findings = append(findings, report.Findings...)
		for _, f := range report.Rejected {
			out.Rejected = append(out.Rejected, data.FindingOf(f.Reason, data.Serious, data.Ref{Kind: "file", ID: f.Name}))
		}
		out.words += fmt.Sprintf("taken: %d, known before: %d, without an order: %d, files: %d\n", report.Added, report.Known, report.NoOrder, report.Files)
	}
	detail.Findings = append(detail.Findings, out.tell(findings)...)
	out.Items, out.Detail = items, detail
	return out, nil
}

func talkItem(t *desk.TalkItem) messageItem {
	item := messageItem{
		Direction: t.Direction, Author: t.Author, Text: t.Text, Precision: t.Precision, Edited: t.Edited, Known: t.Known,
		Attachments: t.Attachments, Lines: []int{t.First, t.Last},
	}
	for _, f := range t.Files {
		if !strings.Contains("\x00"+strings.Join(item.Attachments, "\x00")+"\x00", "\x00"+f.Name+"\x00") {
			item.Attachments = append(item.Attachments, f.Name)
		}
	}
	switch {
	case t.At.IsZero() || t.Precision == data.NoTime:
	case t.Precision == data.ToDay:
		item.At = t.At.Format("2006-01-02")
		item.Local = item.At
	default:
		item.At = t.At.Format("2006-01-02T15:04:05-07:00")
		item.Local = t.At.Format("2006-01-02T15:04:05")
	}
	return item
}

func messageWords(m *messageItem) string {
	return strings.Join([]string{orDash(m.Local), orDash(string(m.Direction)), orDash(m.Author), strings.ReplaceAll(m.Text, "\n", " / ")}, "\t") + "\n"
}

func messageListCommand(c *call) func(context.Context) (*result, error) {
	number, find := c.onOrder()
	return func(ctx context.Context) (*result, error) {
		if *number == "" || len(c.files) > 0 {
			return nil, misused("message list needs --order")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := find(ctx, d)
			if err != nil {
				return nil, err
			}
			messages, err := d.Messages(ctx, order.ID)
			if err != nil {
				return nil, err
			}
			out, items := &result{}, []messageItem{}
			var words strings.Builder
			for i := range messages {
				item := storedItem(&messages[i], &order)
				items = append(items, item)
				words.WriteString(messageWords(&item))
			}
			out.Items, out.words = items, words.String()
			return out, nil
		})
	}
}

// storedItem is a message of the desk, with its time in the zone of the shop.
func storedItem(m *data.Message, order *data.Order) messageItem {
	item := messageItem{
		ID: m.UID, Direction: m.Direction, Author: m.Author, Text: m.Text, Precision: m.Precision, Edited: m.Edited, Channel: m.Channel,
		Language: m.Language, Translation: m.Translation, Translator: m.Translator, Source: string(m.Source), NoAnswer: m.NoAnswer, Order: order.Number,
	}
	local := m.SentAt.In(order.Shop.Location())
	if day, ok := data.DayOf(m.SentAt); ok {
		item.At, item.Local = day.String(), day.String()
	} else if !m.SentAt.IsZero() {
		item.At, item.Local = local.Format("2006-01-02T15:04:05-07:00"), local.Format("2006-01-02T15:04:05")
	}
	return item
}
