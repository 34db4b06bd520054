package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/importer/notice"
)

// noticeItem is a notice e-mail as --json prints it.
type noticeItem struct {
	File     string         `json:"file"`
	Subject  string         `json:"subject"`
	Platform data.Platform  `json:"platform"`
	Channel  string         `json:"channel"`
	Event    data.EventKind `json:"event"` // "" when it was not recognized
	Case     string         `json:"case"`
	Order    string         `json:"order"`
	Known    bool           `json:"known"` // the order is in the desk
	Reason   data.Reason    `json:"reason"`
	Amount   string         `json:"amount"`
	Currency string         `json:"currency"`
	Due      string         `json:"due"`      // RFC 3339, or the day
	DueText  string         `json:"due_text"` // as it is written
	Doubts   []data.Finding `json:"doubts"`
	Taken    string         `json:"taken"` // when it was taken before
	Dispute  string         `json:"dispute"`
}

func noticeCommand(c *call) func(context.Context) (*result, error) {
	var take, sure bool
	c.flags.BoolVar(&take, "take", false, "write down what the notices tell that are recognized, whose order is there and that were not taken before")
	c.flags.BoolVar(&sure, "sure", false, "take a due date although it is doubtful, as when it lies far beyond the rule")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) == 0 {
			return nil, misused("notice needs a file")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) { return readNotices(ctx, d, c.files, take, sure) })
	}
}

func noticeLearnCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) == 0 {
			return nil, misused("notice learn needs a file")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			out := &result{}
			for _, file := range c.files {
				text, err := readFile(file)
				if err != nil {
					return nil, fmt.Errorf("reading a recognizer: %w", err)
				}
				if out.ID, err = d.SaveRecognizer(ctx, text); err != nil {
					return nil, fmt.Errorf("%s: %w", file, err)
				}
				out.words += out.ID + "\n"
			}
			return out, nil
		})
	}
}

// readNotices reads file after file; the first that cannot be read ends it, after
// what was done has been said.
func readNotices(ctx context.Context, d *desk.Desk, files []string, take, sure bool) (*result, error) {
	out := &result{}
	items := []noticeItem{}
	defer func() { out.Items = items }()
	for _, file := range files {
		views, err := d.ReadNotices(ctx, file, nil)
		if err != nil {
			return out, fmt.Errorf("%s: %w", file, err)
		}
		for _, v := range views {
			if take {
				if v, err = takeNotice(ctx, d, v, sure, out); err != nil {
					return out, fmt.Errorf("%s: %w", file, err)
				}
			}
			item := noticeOf(&v)
			out.Doubts = append(out.Doubts, item.Doubts...)
			items = append(items, item)
			out.words += noticeWords(&item)
		}
	}
	return out, nil
}

func noticeOf(v *desk.NoticeView) noticeItem {
	n := v.Notice
	item := noticeItem{
		File: v.File, Subject: n.Subject, Platform: n.Platform, Channel: n.Channel, Event: n.Kind, Case: n.CaseNumber, Order: n.OrderNumber,
		Known: v.Order.ID != 0, Reason: n.Reason, Due: noticeDue(n.Due), DueText: n.Due.Text, Doubts: append([]data.Finding{}, v.Findings()...),
		Taken: data.JSONTime(v.TakenAt), Dispute: v.Dispute.UID,
	}
	if item.Order == "" {
		item.Order = v.Order.Number
	}
	if n.Amount.Currency != "" {
		item.Amount, item.Currency = n.Amount.Decimal(), n.Amount.Currency
	}
	return item
}

// noticeDue is a due date as far as it is certain: a time, or the day.
func noticeDue(due notice.Due) string {
	if due.Day != "" && (due.DayOnly || due.At.IsZero()) {
		return due.Day
	}
	return data.JSONTime(due.At)
}

func noticeWords(i *noticeItem) string {
	order := orDash(i.Order)
	if i.Order != "" && !i.Known {
		order += " (not in this desk)"
	}
	return strings.Join([]string{
		i.File, orDash(string(i.Event)), orDash(i.Case), order, orDash(string(i.Reason)), orDash(strings.TrimSpace(i.Currency + " " + i.Amount)),
		orDash(i.Due), orDash(i.Dispute),
	}, "\t") + "\n"
}

var (
	problemNoticeUnknown = data.DefineProblem("command_notice_unknown", data.ErrInvalid,
		"The notice “{subject}” was not recognized.", "Open it in the window, and say there what it tells.")
	problemNoticeOrder = data.DefineProblem("command_notice_order", data.ErrNotFound,
		"The order of the notice “{subject}” is not in this desk.", "Import the platform's file that has it, or choose the order in the window.")
	problemNoticeTaken = data.DefineProblem("command_notice_taken", data.ErrConflict,
		"The notice “{subject}” was taken already, at {at}.", "Nothing needs to be done.")
)

// takeNotice writes down what a notice tells, or says why it was left out.
func takeNotice(ctx context.Context, d *desk.Desk, v desk.NoticeView, sure bool, out *result) (desk.NoticeView, error) {
	v, err := d.PlaceNotice(ctx, v) // those before it may have opened its dispute
	if err != nil {
		return v, err
	}
	reason := notTaken(&v)
	if reason == nil {
		choice := v.Choice()
		choice.Sure = sure
		var dispute data.Dispute
		dispute, reason = d.TakeNotice(ctx, v, choice)
		if dispute.ID != 0 {
			v.Dispute = dispute
		}
	}
	if reason == nil {
		return v, nil
	}
	if _, said := data.AsProblem(reason); !said {
		return v, reason
	}
	out.Rejected = append(out.Rejected, data.FindingOf(reason, data.Serious, data.Ref{Kind: "file", ID: v.File}))
	return v, nil
}

// notTaken says why a notice is not taken without a person; nil: it is.
func notTaken(v *desk.NoticeView) error {
	switch subject := v.Notice.Subject; {
	case !v.TakenAt.IsZero():
		return problemNoticeTaken.New("subject", subject, "at", v.TakenAt.Format(time.RFC3339))
	case !v.Notice.Recognized() || v.Notice.Kind == "":
		return problemNoticeUnknown.New("subject", subject)
	case v.Conflict != nil:
		return v.Conflict
	case v.Order.ID == 0:
		return problemNoticeOrder.New("subject", subject)
	}
	return nil
}
