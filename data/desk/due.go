package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/reply"
	"casebinder/data/service"
	"casebinder/data/store"
)

// noticeCap is how many orders of one status are looked at for notices, the
// newest first. A desk with more in a hundred days is told so.
const noticeCap = 50_000

// A DueNotice is a notice that is due, with the template that says it; "" where
// none does.
type DueNotice struct {
	service.Notice
	Template string
}

// DueNoticeList is what DueNotices finds.
type DueNoticeList struct {
	List   []DueNotice // the longest due first
	Total  int         // of the kind that was asked for
	Capped bool        // not all orders were looked at: of one status there are more than 50,000 recent ones
}

// Findings says where the list is not whole.
func (l DueNoticeList) Findings() []data.Finding {
	if !l.Capped {
		return nil
	}
	return []data.Finding{{Rule: "due_notices_capped", Severity: data.Warning, Why: sayNoticesCapped.With()}}
}

var sayNoticesCapped = data.DefinePhrase("service.due.notices_capped",
	"More than 50,000 orders of the last 100 days have the same status: notices were checked only for the newest.")

// NoticeCount is how many notices of one kind are due.
type NoticeCount struct {
	Notice string
	N      int
}

// DueNotices lists the notices of a kind that are due; "" is all kinds. limit is
// how many are given, 0 all.
func (d *Desk) DueNotices(ctx context.Context, kind string, limit int) (DueNoticeList, error) {
	all, capped, err := d.notices(ctx)
	if err != nil {
		return DueNoticeList{}, err
	}
	out := DueNoticeList{Capped: capped}
	for _, n := range all {
		if kind != "" && n.Notice.Notice != kind {
			continue
		}
		out.Total++
		if limit == 0 || len(out.List) < limit {
			out.List = append(out.List, n)
		}
	}
	return out, nil
}

// NoticeCounts counts the notices that are due, in the order of a parcel's way;
// capped as in DueNoticeList.
func (d *Desk) NoticeCounts(ctx context.Context) (list []NoticeCount, capped bool, err error) {
	all, capped, err := d.notices(ctx)
	counts := map[string]int{}
	for i := range all {
		counts[all[i].Notice.Notice]++
	}
	for _, rule := range service.Notices() {
		if n := counts[rule.ID]; n > 0 {
			list = append(list, NoticeCount{rule.ID, n})
		}
	}
	return list, capped, err
}

// NextNotice gives the notice that is due on an order; nil where none is.
func (d *Desk) NextNotice(ctx context.Context, orderID int64) (*DueNotice, error) {
	o, err := d.store.StandingOf(ctx, orderID)
	if err != nil {
		return nil, err
	}
	found, err := d.noticesOf(ctx, []data.Standing{o})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// notices finds all that are due.
func (d *Desk) notices(ctx context.Context) (list []DueNotice, capped bool, err error) {
	now := d.now()
	ordered := now.Add(-service.LookBack)
	for _, status := range []data.OrderStatus{
		data.StatusUnpaid, data.StatusReview, data.StatusToShip, data.StatusShipped, data.StatusDelivered, data.StatusCompleted,
	} {
		var delivered time.Time
		if status == data.StatusDelivered || status == data.StatusCompleted {
			delivered = now.Add(-service.Delivered)
		}
		orders, err := d.store.Recent(ctx, status, ordered, delivered, noticeCap+1)
		if err != nil {
			return nil, false, err
		}
		if len(orders) > noticeCap {
			orders, capped = orders[:noticeCap], true
		}
		some, err := d.noticesOf(ctx, orders)
		if err != nil {
			return nil, false, err
		}
		list = append(list, some...)
	}
	slices.SortStableFunc(list, func(a, b DueNotice) int { return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.OrderID, b.OrderID)) })
	return list, capped, nil
}

// noticesOf finds what is due of some orders. What was said and what is open
// only takes notices away, so that it is asked of those alone that may have one.
func (d *Desk) noticesOf(ctx context.Context, orders []data.Standing) ([]DueNotice, error) {
	services, err := d.store.ShopServices(ctx)
	if err != nil {
		return nil, err
	}
	templates, err := noticeTemplates()
	if err != nil {
		return nil, err
	}
	now := d.now()
	may := slices.DeleteFunc(orders, func(o data.Standing) bool {
		_, due := service.NextNotice(o, services[o.Shop.ID], templates, now)
		return !due
	})
	if err := d.store.AddContact(ctx, may); err != nil {
		return nil, err
	}
	var list []DueNotice
	for i := range may {
		n, due := service.NextNotice(may[i], services[may[i].Shop.ID], templates, now)
		if due {
			list = append(list, DueNotice{Notice: n, Template: templateFor(templates[n.Notice], n.Shop.Platform)})
		}
	}
	return list, nil
}

// noticeTemplates gives the built-in templates of each notice.
func noticeTemplates() (map[string][]string, error) {
	entries, err := reply.Entries()
	if err != nil {
		return nil, err
	}
	of := map[string][]string{}
	for _, e := range entries {
		if e.Notice != "" {
			of[e.Notice] = append(of[e.Notice], e.UID)
		}
	}
	return of, nil
}

// templateFor chooses the first template that may be used on a platform.
func templateFor(uids []string, platform data.Platform) string {
	for _, uid := range uids {
		if e, ok := reply.EntryOf(uid); ok && e.For(platform) {
			return uid
		}
	}
	return ""
}

var problemNoNotice = data.DefineProblem("notice_unknown", data.ErrInvalid,
	"There is no notice “{notice}”.", "Choose one of {choices}.")

// SkipNotice says that a notice of an order is not sent; with skip false, that
// it may be again. It can be undone.
func (d *Desk) SkipNotice(ctx context.Context, orderID int64, notice string, skip bool) error {
	if !slices.ContainsFunc(service.Notices(), func(n service.NoticeRule) bool { return n.ID == notice }) {
		var ids []string
		for _, n := range service.Notices() {
			ids = append(ids, n.ID)
		}
		return problemNoNotice.New("notice", notice, "choices", ids)
	}
	return d.act(ctx, skipping(orderID, notice, skip))
}

func skipping(orderID int64, notice string, skip bool) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		order, err := tx.Order(ctx, orderID)
		if err != nil {
			return deed{}, err
		}
		before, err := tx.NoticeSkips(ctx, orderID)
		if err != nil {
			return deed{}, err
		}
		was := slices.ContainsFunc(before, func(s store.NoticeSkip) bool { return s.Notice == notice })
		did := deed{
			Change: data.Change{
				Action: "notice.skip", Entity: data.EntityOrder, Key: store.OrderKey(order.Shop, order.Number),
				Before: map[string]bool{notice: was}, After: map[string]bool{notice: skip},
			},
			effect: data.EffectChanged, rows: rowsOf(data.EntityOrder, orderID, 0, 0),
		}
		if was != skip {
			did.back = skipping(orderID, notice, was)
		}
		return did, tx.SkipNotice(orderID, notice, skip)
	}
}
