package desk

import (
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

// Answers lists the buyers who wait for an answer, the one to answer first at the
// top, and how many wait at all. Of more than limit the longest waiting are
// given; 0 is all.
func (d *Desk) Answers(ctx context.Context, limit int) (list []service.Answer, total int, err error) {
	if limit == 0 {
		limit = -1
	}
	waits, err := d.store.Awaited(ctx, limit)
	if err != nil {
		return nil, 0, err
	}
	if total = len(waits); total == limit {
		if total, err = d.store.CountAwaited(ctx); err != nil {
			return nil, 0, err
		}
	}
	services, err := d.store.ShopServices(ctx)
	if err != nil {
		return nil, 0, err
	}
	for _, w := range waits {
		list = append(list, service.AnswerOf(w, services[w.Shop.ID], d.now()))
	}
	slices.SortStableFunc(list, func(a, b service.Answer) int { return a.Until.Compare(b.Until) })
	return list, total, nil
}

// AnswerOn gives the buyer of an order as one who waits; nil where nobody does.
func (d *Desk) AnswerOn(ctx context.Context, orderID int64) (*service.Answer, error) {
	waits, err := d.store.AwaitedOn(ctx, orderID)
	if err != nil || len(waits) == 0 {
		return nil, err
	}
	set, err := d.store.ShopService(ctx, waits[0].Shop.ID)
	if err != nil {
		return nil, err
	}
	a := service.AnswerOf(waits[0], set, d.now())
	return &a, nil
}

// ReplyTimes measures the answers to messages that came from one time to before
// another, by shop, channel and month.
func (d *Desk) ReplyTimes(ctx context.Context, from, to time.Time) ([]service.Measured, error) {
	services, err := d.store.ShopServices(ctx)
	if err != nil {
		return nil, err
	}
	list, err := d.store.Shops(ctx)
	if err != nil {
		return nil, err
	}
	shops := make(map[int64]data.Shop, len(list))
	for _, s := range list {
		shops[s.ID] = s
	}
	meter := service.NewMeter(services)
	err = d.store.EachSpoken(ctx, from, to, func(orderID, shopID int64, m data.Message) {
		_, day := data.DayOf(m.SentAt)
		meter.Add(service.Spoken{
			OrderID: orderID, Shop: shops[shopID], Direction: m.Direction, Channel: m.Channel, At: m.SentAt,
			Exact: m.Precision == "" && !day, NoAnswer: m.NoAnswer,
		})
	})
	return meter.Result(), err
}

// Awake is a buyer for whom something waits, with what time it is there.
type Awake struct {
	OrderID  int64
	Number   string
	Platform data.Platform
	Buyer    string
	Country  string
	Clock    service.Clock
	Answer   *service.Answer // nil: no answer is waited for
	Notice   *DueNotice      // nil: no notice is due
}

// awakeCap is how many answers and notices AwakeNow looks at, each.
const awakeCap = 500

// AwakeNow lists the buyers to whom something is due and who are likely awake:
// those who wait for an answer first. capped: there are more than 500 of a kind,
// and the longest due were looked at. Buyers whose zone the address does not tell
// are not among them; unknown counts them.
func (d *Desk) AwakeNow(ctx context.Context) (list []Awake, unknown int, capped bool, err error) {
	answers, total, err := d.Answers(ctx, awakeCap)
	if err != nil {
		return nil, 0, false, err
	}
	notices, err := d.DueNotices(ctx, "", awakeCap)
	if err != nil {
		return nil, 0, false, err
	}
	now := d.now()
	seen := map[int64]bool{}
	add := func(a Awake, address data.Address) {
		if seen[a.OrderID] {
			return
		}
		seen[a.OrderID] = true
		switch a.Clock = service.Hour(address, now, time.Local); {
		case a.Clock.Zone == "":
			unknown++
		case a.Clock.Awake:
			list = append(list, a)
		}
	}
	for i := range answers {
		a := &answers[i]
		add(Awake{OrderID: a.OrderID, Number: a.Number, Platform: a.Shop.Platform, Buyer: a.Buyer, Country: a.ShipTo.Country, Answer: a}, a.ShipTo)
	}
	for i := range notices.List {
		n := &notices.List[i]
		add(Awake{OrderID: n.OrderID, Number: n.Number, Platform: n.Shop.Platform, Buyer: n.Buyer, Country: n.ShipTo.Country, Notice: n}, n.ShipTo)
	}
	return list, unknown, total > len(answers) || notices.Total > len(notices.List) || notices.Capped, nil
}

// OriginPromise is the origin of a task that keeps a promise made in a message;
// its key is the message's UID, with "#" and a number where it makes several.
const OriginPromise = "promise"

// Promise is what was promised to a buyer.
type Promise struct {
	Task    data.Task
	Order   string // number; "" where it is about none
	Overdue bool
}

// Promises lists what was promised and is not kept yet, the soonest first; or
// with kept what was kept, the last first. At most limit.
func (d *Desk) Promises(ctx context.Context, kept bool, limit int) ([]Promise, error) {
	tasks, err := d.store.TasksOf(ctx, OriginPromise, kept, limit)
	if err != nil {
		return nil, err
	}
	var ids []int32
	for i := range tasks {
		if id := tasks[i].OrderID; id != 0 {
			ids = append(ids, int32(id))
		}
	}
	rows, err := d.store.OrderRows(ctx, ids)
	if err != nil {
		return nil, err
	}
	numbers := make(map[int64]string, len(rows))
	for i := range rows {
		numbers[rows[i].ID] = rows[i].Number
	}
	list := make([]Promise, len(tasks))
	for i, t := range tasks {
		list[i] = Promise{Task: t, Order: numbers[t.OrderID], Overdue: !kept && !t.Due.IsZero() && d.now().After(data.Latest(t.Due))}
	}
	return list, nil
}
