package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
)

// dueState is what is due to buyers, as --json prints it. Times are as
// elsewhere: RFC 3339, or a day.
type dueState struct {
	Notices    []dueNotice    `json:"notices"`
	Answers    []dueAnswer    `json:"answers"`
	Promises   []duePromise   `json:"promises"`
	Complaints []dueComplaint `json:"complaints"`
	FollowUps  []dueFollowUp  `json:"follow_ups"`
}

type dueNotice struct {
	Order    string        `json:"order"`
	Platform data.Platform `json:"platform"`
	Shop     string        `json:"shop"`
	Notice   string        `json:"notice"`
	Template string        `json:"template"`
	Since    string        `json:"since"`
	Why      string        `json:"why"`
}

type dueAnswer struct {
	Order    string        `json:"order"`
	Platform data.Platform `json:"platform"`
	Shop     string        `json:"shop"`
	Message  string        `json:"message"` // id of the first that waits
	Messages int           `json:"messages"`
	Since    string        `json:"since"`
	Until    string        `json:"until"`
	Overdue  bool          `json:"overdue"`
	First    bool          `json:"first"`
	Rule     string        `json:"rule"` // "shop", or how sure the platform's figure is
}

type duePromise struct {
	Order   string `json:"order"`
	Text    string `json:"text"`
	Due     string `json:"due"`
	Overdue bool   `json:"overdue"`
}

type dueComplaint struct {
	ID       string              `json:"id"`
	Order    string              `json:"order"`
	Stage    data.ComplaintStage `json:"stage"`
	Step     service.Step        `json:"step"`
	Due      string              `json:"due"`
	Overdue  bool                `json:"overdue"`
	Template string              `json:"template"`
}

type dueFollowUp struct {
	Kind     service.FollowKind `json:"kind"`
	Order    string             `json:"order"`
	Country  string             `json:"country"`
	Buyers   int                `json:"buyers,omitempty"`
	Template string             `json:"template"`
	Since    string             `json:"since"`
	Why      string             `json:"why"`
}

func dueCommand(c *call) func(context.Context) (*result, error) {
	moments := c.flags.Bool("moments", false, "tell too when to write to buyers unasked: holidays, goods that are likely used up or sold on; reads the orders of two years")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("due takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			out := &result{dueState: &dueState{
				Notices: []dueNotice{}, Answers: []dueAnswer{}, Promises: []duePromise{}, Complaints: []dueComplaint{}, FollowUps: []dueFollowUp{},
			}}
			for _, gather := range []func(context.Context, *desk.Desk) error{out.dueAnswers, out.duePromises, out.dueComplaints, out.dueNotices, out.dueFollowUps} {
				if err := gather(ctx, d); err != nil {
					return nil, err
				}
			}
			if *moments {
				if err := out.dueMoments(ctx, d); err != nil {
					return nil, err
				}
			}
			return out, nil
		})
	}
}

// dueLine prints a line of words.
func (r *result) dueLine(at time.Time, overdue bool, kind, order string, what ...string) {
	when := orDash(data.JSONTime(at))
	if overdue {
		when += " overdue"
	}
	r.words += fmt.Sprintf("%s\t%s\t%s\t%s\n", when, kind, orDash(order), oneLine(strings.Join(notEmpty(what...), ", ")))
}

func (r *result) dueAnswers(ctx context.Context, d *desk.Desk) error {
	list, _, err := d.Answers(ctx, 0)
	for i := range list {
		a := &list[i]
		rule := "shop"
		if !a.Own {
			rule = a.Rule.Confidence
		}
		r.Answers = append(r.Answers, dueAnswer{
			Order: a.Number, Platform: a.Shop.Platform, Shop: a.Shop.Name, Message: a.Message, Messages: a.Messages,
			Since: data.JSONTime(a.Since), Until: data.JSONTime(a.Until), Overdue: a.Overdue, First: a.First, Rule: rule,
		})
		r.dueLine(a.Until, a.Overdue, "answer", a.Number, a.Buyer, "since "+data.JSONTime(a.Since), a.Text)
	}
	return err
}

func (r *result) duePromises(ctx context.Context, d *desk.Desk) error {
	list, err := d.Promises(ctx, false, -1)
	for _, p := range list {
		r.Promises = append(r.Promises, duePromise{Order: p.Order, Text: p.Task.Title, Due: data.JSONTime(p.Task.Due), Overdue: p.Overdue})
		r.dueLine(p.Task.Due, p.Overdue, "promise", p.Order, p.Task.Title)
	}
	return err
}

func (r *result) dueComplaints(ctx context.Context, d *desk.Desk) error {
	list, err := d.OpenComplaints(ctx, 0)
	for i := range list {
		v := &list[i]
		r.Complaints = append(r.Complaints, dueComplaint{
			ID: v.UID, Order: v.Number, Stage: v.Stage, Step: v.Step, Due: data.JSONTime(v.Due), Overdue: v.Overdue, Template: v.Template,
		})
		r.dueLine(v.Due, v.Overdue, "complaint", v.Number, string(v.Step), v.Happened)
	}
	return err
}

func (r *result) dueNotices(ctx context.Context, d *desk.Desk) error {
	found, err := d.DueNotices(ctx, "", 0)
	for i := range found.List {
		n := &found.List[i]
		r.Notices = append(r.Notices, dueNotice{
			Order: n.Number, Platform: n.Shop.Platform, Shop: n.Shop.Name, Notice: n.Notice.Notice, Template: n.Template,
			Since: data.JSONTime(n.Since), Why: n.Why.String(),
		})
		r.dueLine(n.Since, false, n.Notice.Notice, n.Number, n.Template, n.Why.String())
	}
	r.Doubts = append(r.Doubts, found.Findings()...)
	return err
}

func (r *result) dueFollowUps(ctx context.Context, d *desk.Desk) error {
	list, err := d.FollowUps(ctx)
	r.followUps(list)
	return err
}

func (r *result) dueMoments(ctx context.Context, d *desk.Desk) error {
	found, err := d.Moments(ctx)
	r.followUps(found.List)
	r.Doubts, r.Notes = append(r.Doubts, found.Doubts...), append(r.Notes, found.Notes...)
	return err
}

func (r *result) followUps(list []service.FollowUp) {
	for _, f := range list {
		r.FollowUps = append(r.FollowUps, dueFollowUp{
			Kind: f.Kind, Order: f.Order, Country: f.Country, Buyers: f.Buyers, Template: f.Template, Since: data.JSONTime(f.Since), Why: f.Why.String(),
		})
		r.dueLine(f.Since, false, string(f.Kind), f.Order, f.Country, f.Why.String())
	}
}

// noticeSkipCommand says that a notice is not sent.
func noticeSkipCommand(c *call) func(context.Context) (*result, error) {
	number, find := c.onOrder()
	var notice string
	c.flags.StringVar(&notice, "notice", "", "the `notice` as due tells it, such as shipped")
	back := c.flags.Bool("back", false, "it may be sent again")
	return func(ctx context.Context) (*result, error) {
		if *number == "" || notice == "" || len(c.files) > 0 {
			return nil, misused("notice skip needs --order and --notice")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := find(ctx, d)
			if err != nil {
				return nil, err
			}
			return named(notice, d.SkipNotice(ctx, order.ID, notice, !*back))
		})
	}
}

// messageNoAnswerCommand says that a message wants no answer.
func messageNoAnswerCommand(c *call) func(context.Context) (*result, error) {
	var uid string
	c.flags.StringVar(&uid, "message", "", "`id` of the message, as due tells it")
	back := c.flags.Bool("back", false, "it wants one after all")
	return func(ctx context.Context) (*result, error) {
		if uid == "" || len(c.files) > 0 {
			return nil, misused("message no-answer needs --message")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			return named(uid, d.NoAnswer(ctx, uid, !*back))
		})
	}
}
