package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/gate"
	"casebinder/data/reply"
	"casebinder/data/service"
	"casebinder/data/tongue"
)

// threadChecked is how many messages of a thread, the newest, a reply is checked
// against.
const threadChecked = 60

// ReplyCheck is a reply that is to be checked before it goes out.
type ReplyCheck struct {
	data.ReplyAbout
	Language string // of the reply; "" is told from the text
	Text     string
}

// ReplyChecked is what the check said.
type ReplyChecked struct {
	Language string             // of the text
	Findings []data.FindingView // those that stand first, the worst first; then those that a person let stand
	Promises []gate.Promise
	Blocked  bool // one that blocks stands
	// NoWords is true where the gate has no words of the language: rules that look
	// for what is said found nothing, and only numbers, names and signs were checked.
	NoWords bool
}

// CheckReply checks a reply against what the desk knows of its order: who the
// buyer is and what they read, what was said before, how the matter stands, and
// whose names and numbers the others are. What was let stand in the draft counts.
func (d *Desk) CheckReply(ctx context.Context, r ReplyCheck) (ReplyChecked, error) {
	rules, err := d.gateRules(ctx)
	if err != nil {
		return ReplyChecked{}, err
	}
	about, err := d.replyContext(ctx, r, rules)
	if err != nil {
		return ReplyChecked{}, err
	}
	var asking error // the gate asks for names and numbers while it checks
	about.Others = d.others(ctx, r.OrderID, &asking)
	found, err := rules.Check(r.Text, about)
	if err = errors.Join(err, asking); err != nil {
		return ReplyChecked{}, err
	}
	draft, err := d.DraftOf(ctx, r.ReplyAbout)
	if err != nil {
		return ReplyChecked{}, err
	}
	out := ReplyChecked{Language: found.Language, Promises: found.Promises, NoWords: found.NoWords, Findings: withPassed(found.Findings, draft.Passed)}
	for _, f := range out.Findings {
		out.Blocked = out.Blocked || f.Severity == data.Blocking && f.Passed == nil
	}
	return out, nil
}

// withPassed joins findings with what was said of them in the draft.
func withPassed(all []data.Finding, passed []data.PassedFinding) []data.FindingView {
	var standing, let []data.FindingView
	for _, f := range all {
		i := slices.IndexFunc(passed, func(p data.PassedFinding) bool { return p.Key == gate.PassKey(f) })
		if i < 0 {
			standing = append(standing, data.FindingView{Finding: f})
			continue
		}
		p := passed[i]
		let = append(let, data.FindingView{Finding: f, Passed: &data.Pass{Key: p.Key, Severity: p.Severity, At: p.At, By: p.By, Reason: p.Reason}})
	}
	return append(standing, let...)
}

// PassReplyFinding lets a finding of a reply stand, with the reason, which is kept
// with the draft and then with the message. It is gone with the draft, and, as
// all that is typed for a reply, no action that Undo takes back.
func (d *Desk) PassReplyFinding(ctx context.Context, about data.ReplyAbout, f data.Finding, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return problemWhy.New()
	}
	return d.editPassed(ctx, about, f, &data.PassedFinding{
		Rule: f.Rule, Key: gate.PassKey(f), Severity: f.Severity, Why: f.Why, Reason: reason, By: d.Operator(), At: data.Instant(d.now().UTC()),
	})
}

// TakeBackReplyPass lets a finding of a reply count again.
func (d *Desk) TakeBackReplyPass(ctx context.Context, about data.ReplyAbout, f data.Finding) error {
	return d.editPassed(ctx, about, f, nil)
}

func (d *Desk) editPassed(ctx context.Context, about data.ReplyAbout, f data.Finding, to *data.PassedFinding) error {
	draft, err := d.DraftOf(ctx, about)
	if err != nil {
		return err
	}
	key := gate.PassKey(f)
	draft.Passed = slices.DeleteFunc(slices.Clone(draft.Passed), func(p data.PassedFinding) bool { return p.Key == key })
	if to != nil {
		draft.Passed = append(draft.Passed, *to)
	}
	return d.SaveDraft(ctx, draft)
}

// replyContext gathers what the gate wants to know of an order. Without an order
// it is what the text alone tells.
func (d *Desk) replyContext(ctx context.Context, r ReplyCheck, rules *gate.Rules) (gate.Context, error) {
	c := gate.Context{Language: r.Language, Written: d.now()}
	if r.OrderID == 0 {
		return c, nil
	}
	order, err := d.store.Order(ctx, r.OrderID)
	if err != nil {
		return c, err
	}
	if err := d.aboutShop(ctx, order, &c); err != nil {
		return c, err
	}
	c.Platform, c.Buyer, c.Own = order.Shop.Platform, order.Buyer.Name, d.ownNames(ctx, order)
	c.Orders = append(c.Orders, order.Number)
	for _, s := range order.Shipments {
		c.Orders = append(c.Orders, s.Tracking)
	}
	if channel, ok := reply.ChannelOf(string(order.Shop.Platform)); ok {
		c.Limit, c.LimitUnsure = channel.Length, channel.Confidence == data.Unconfirmed
	}
	if err := d.aboutThread(ctx, order, rules, &c); err != nil {
		return c, err
	}
	c.State, err = d.matterOf(ctx, order.ID)
	return c, err
}

// ownNames are the names that may stand in a reply beside the buyer's.
func (d *Desk) ownNames(ctx context.Context, order *data.Order) []string {
	own := []string{order.Buyer.Handle, order.ShipTo.Name, order.Shop.Name, d.Operator()}
	var signature string
	if found, err := d.Setting(ctx, signatureSetting, &signature); err == nil && found {
		own = append(own, signature)
	}
	return own
}

// aboutShop adds the shop's clock, its days off and its policy.
func (d *Desk) aboutShop(ctx context.Context, order *data.Order, c *gate.Context) error {
	s, err := d.store.ShopService(ctx, order.Shop.ID)
	if err != nil {
		return err
	}
	zone := order.Shop.Location()
	if s.Zone != "" {
		if own, err := time.LoadLocation(s.Zone); err == nil { // checked when it was set; a system without the zone falls back
			zone = own
		}
	}
	c.Written = d.now().In(zone)
	c.Holiday = func(day data.Day) bool { return service.OffDay(day, s) != "" }
	c.Own = append(c.Own, s.Signature)
	c.Policy = gate.Policy{ReturnDays: s.Policy.Days, WarrantyMonths: s.Policy.Warranty, ReturnPaidBy: string(s.Policy.Pays)}
	return nil
}

// aboutThread adds what was said before, how often feedback was asked for, and
// what the buyer reads.
func (d *Desk) aboutThread(ctx context.Context, order *data.Order, rules *gate.Rules, c *gate.Context) error {
	messages, err := d.store.ThreadPage(ctx, order.ID, time.Time{}, 0, threadChecked)
	if err != nil {
		return err
	}
	told, err := d.languageOf(ctx, order)
	if err != nil {
		return err
	}
	if told.Sure && told.Ground != tongue.ByCountry { // whoever lives somewhere may read another language
		c.BuyerLanguage = told.Language
	}
	for _, m := range messages {
		c.Thread = append(c.Thread, gate.Said{Direction: m.Direction, Text: m.Text, At: m.SentAt})
		if m.Direction != data.ToBuyer {
			continue
		}
		asks, err := rules.AsksFeedback(m.Text, m.Language)
		if err != nil {
			return err
		}
		if asks {
			c.Asked++
		}
	}
	return nil
}

// matterOf tells how the matter of an order stands: by its disputes and
// complaints.
func (d *Desk) matterOf(ctx context.Context, orderID int64) (gate.State, error) {
	disputes, err := d.store.DisputesOfOrder(ctx, orderID)
	if err != nil {
		return gate.NoMatter, err
	}
	complaints, err := d.store.ComplaintsOf(ctx, orderID)
	if err != nil {
		return gate.NoMatter, err
	}
	if slices.ContainsFunc(disputes, func(one data.Dispute) bool { return one.Stage != data.StageClosed }) {
		return gate.DisputeOpen, nil
	}
	if slices.ContainsFunc(complaints, func(one data.ComplaintRow) bool { return one.ClosedAt.IsZero() }) {
		return gate.Open, nil
	}
	if len(disputes)+len(complaints) > 0 {
		return gate.Settled, nil
	}
	return gate.NoMatter, nil
}

// mostNamed is how many of the newest orders with a word are looked at for a
// buyer of that name.
const mostNamed = 100

// others looks names and numbers up in the indexes of the desk, so that a million
// orders cost no more than one. What fails is joined to an error.
func (d *Desk) others(ctx context.Context, orderID int64, failed *error) gate.Others {
	return gate.Others{
		Names: func(ask []gate.Name) map[string]bool {
			found, err := d.othersNamed(ctx, ask)
			*failed = errors.Join(*failed, err)
			return found
		},
		Numbers: func(ask []string) map[string]bool {
			list, err := d.store.NumbersOf(ctx, ask, orderID)
			*failed = errors.Join(*failed, err)
			return setOf(list)
		},
	}
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, one := range list {
		set[one] = true
	}
	return set
}

func (d *Desk) othersNamed(ctx context.Context, ask []gate.Name) (map[string]bool, error) {
	whole := make([]string, len(ask))
	for i, n := range ask {
		whole[i] = n.Text
	}
	list, err := d.store.NamesOf(ctx, whole)
	if err != nil {
		return nil, err
	}
	found := setOf(list)
	for _, n := range ask {
		if !n.Addressed || found[n.Text] {
			continue
		}
		people, err := d.store.NamesHolding(ctx, searchedName(n), mostNamed)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(people, func(person string) bool { return gate.IsNamed(person, n, n.Inflected) }) {
			found[n.Text] = true
		}
	}
	return found, nil
}

// searchedName is what of a name is searched for: without its ending, where the
// language changes it.
func searchedName(n gate.Name) string {
	runes := []rune(n.Text)
	if n.Inflected && len(runes) > 5 {
		return string(runes[:len(runes)-2])
	}
	return n.Text
}

// promiseTasks are the steps that make tasks of what a sent reply promises: each
// with the day until which it is due, and the sentence.
func (d *Desk) promiseTasks(ctx context.Context, m *data.Message) ([]step, error) {
	rules, err := d.gateRules(ctx)
	if err != nil {
		return nil, err
	}
	order, err := d.store.Order(ctx, m.OrderID)
	if err != nil {
		return nil, err
	}
	c := gate.Context{Language: m.Language}
	if err := d.aboutShop(ctx, order, &c); err != nil {
		return nil, err
	}
	c.Written = m.SentAt.In(c.Written.Location())
	promises, err := rules.Promises(m.Text, c)
	if err != nil {
		return nil, err
	}
	var steps []step
	for i, p := range promises {
		key := m.UID
		if i > 0 {
			key = fmt.Sprintf("%s#%d", m.UID, i+1)
		}
		task := data.Task{
			Title: taskTitle(p.Text), Note: p.Text, OrderID: m.OrderID, DisputeID: m.DisputeID, Due: p.Due.End(c.Written.Location()),
			Origin: data.TaskOrigin{Kind: OriginPromise, Key: key},
		}
		made, err := d.addingTask(&task)
		if err != nil {
			return nil, err
		}
		steps = append(steps, made)
	}
	return steps, nil
}

// taskTitle is the beginning of a promise.
func taskTitle(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= 80 {
		return string(runes)
	}
	return string(runes[:79]) + "…"
}
