package importer

import (
	"fmt"
	"slices"

	"casebinder/data"
)

// A FateRule says what words of a column tell of what became of an order: who
// canceled it and why, who ships it, how receipt was confirmed, why it came back. Of
// each of these, the first rule that fits says it. A rule that says nothing makes
// its words known.
type FateRule struct {
	Header   string   `toml:"header"`
	Words    []string `toml:"words,omitempty"`    // the cell is one of these
	Contains []string `toml:"contains,omitempty"` // the cell holds one of these
	Filled   bool     `toml:"filled,omitempty"`   // any word

	CanceledBy   data.Actor        `toml:"canceled_by,omitempty"`
	CancelReason data.CancelReason `toml:"cancel_reason,omitempty"`
	ConfirmedHow string            `toml:"confirmed_how,omitempty"` // buyer, timeout
	FulfilledBy  string            `toml:"fulfilled_by,omitempty"`  // platform; who else ships needs no word
	ReturnReason data.Reason       `toml:"return_reason,omitempty"`
}

type fateRule struct {
	*FateRule
	cellMatch
}

// fateFields are the fields whose words say what became of an order.
var fateFields = []Field{FieldCanceledBy, FieldCancelReason, FieldConfirmedHow, FieldFulfilledBy, FieldReturnReason}

// checkFate checks what a preset says of what became of orders.
func (p *Preset) checkFate(bad func(field, reason string)) {
	if len(p.Fate) > 0 && p.Target != TargetOrders {
		bad("fate", "it is for orders")
	}
	for i, r := range p.Fate {
		if field, reason := r.fault(); field != "" {
			bad(fmt.Sprintf("fate.%d.%s", i+1, field), reason)
		}
	}
}

// fault says what is wrong with a rule, "" for nothing.
func (r *FateRule) fault() (field, reason string) {
	switch {
	case normal(r.Header) == "":
		return "header", "it is empty"
	case len(r.Words) == 0 && len(r.Contains) == 0 && !r.Filled:
		return "words", "it needs words, contains or filled"
	case emptyWord(r.Words, r.Contains):
		return "words", "a word is empty"
	case !slices.Contains([]data.Actor{"", data.ActorBuyer, data.ActorSeller, data.ActorPlatform}, r.CanceledBy):
		return "canceled_by", "it is none of buyer, seller, platform"
	case !slices.Contains(data.CancelReasons(), r.CancelReason):
		return "cancel_reason", "there is no such reason"
	case !slices.Contains([]string{"", data.ConfirmedByBuyer, data.ConfirmedByTimeout}, r.ConfirmedHow):
		return "confirmed_how", "it is not buyer or timeout"
	case r.FulfilledBy != "" && r.FulfilledBy != data.FulfilledByPlatform:
		return "fulfilled_by", "it is not " + data.FulfilledByPlatform
	case r.ReturnReason != "" && !slices.Contains(data.Reasons(), r.ReturnReason):
		return "return_reason", "there is no such reason"
	}
	return "", ""
}

// setFates makes the rules for the columns of a file: the preset's, and for the
// columns that feed a field of it the words that anybody writes.
func (l *plan) setFates() {
	add := func(r *FateRule, i int) {
		l.fates = append(l.fates, fateRule{r, matchCell(i, r.Words, r.Contains, r.Filled)})
	}
	for k := range l.preset.Fate {
		if i := l.head.find(l.preset.Fate[k].Header); i >= 0 {
			add(&l.preset.Fate[k], i)
		}
	}
	for _, f := range fateFields {
		i := l.column(f)
		if i < 0 {
			continue
		}
		l.fateAt = append(l.fateAt, i)
		for k := range plainFates[f] {
			add(&plainFates[f][k], i)
		}
	}
}

// plainFates are words that mean one thing wherever they stand.
var plainFates = map[Field][]FateRule{
	FieldCanceledBy: {
		{Words: []string{"buyer", "customer", "user", "买家", "買家", "客户", "客戶"}, CanceledBy: data.ActorBuyer},
		{Words: []string{"seller", "merchant", "shop", "卖家", "賣家", "商家"}, CanceledBy: data.ActorSeller},
		{Words: []string{"platform", "system", "marketplace", "平台", "系统", "系統"}, CanceledBy: data.ActorPlatform},
	},
	FieldCancelReason: {
		{Words: []string{"out_of_stock", "out of stock", "缺货", "缺貨"}, CancelReason: data.CancelOutOfStock},
		{Words: []string{"price", "pricing error", "wrong price", "价格错误", "價格錯誤"}, CancelReason: data.CancelPrice},
		{Words: []string{"late", "not shipped in time", "超时未发货", "逾期未出貨"}, CancelReason: data.CancelLate},
		{Words: []string{"buyer_asked", "buyer asked", "customer requested cancellation", "买家要求", "買家要求"}, CancelReason: data.CancelBuyerAsked},
		{Words: []string{"unpaid", "not paid", "未付款"}, CancelReason: data.CancelUnpaid},
		{Words: []string{"address", "address problem", "地址问题", "地址問題"}, CancelReason: data.CancelAddress},
		{Words: []string{"other", "其他"}, CancelReason: data.CancelOther},
	},
	FieldConfirmedHow: {
		{Words: []string{"buyer", "customer", "买家", "買家"}, ConfirmedHow: data.ConfirmedByBuyer},
		{Words: []string{"timeout", "time-out", "automatic", "auto", "system", "超时", "逾時", "自动", "自動"}, ConfirmedHow: data.ConfirmedByTimeout},
	},
	FieldFulfilledBy: {
		{Words: []string{"platform", "afn", "fba", "wfs", "fbt", "fbl", "sbs", "平台"}, FulfilledBy: data.FulfilledByPlatform},
		{Words: []string{"seller", "merchant", "mfn", "fbm", "卖家", "賣家"}},
	},
	FieldReturnReason: {
		{Words: []string{"not_received", "not received"}, ReturnReason: data.ReasonNotReceived},
		{Words: []string{"not_as_described", "not as described"}, ReturnReason: data.ReasonNotAsDescribed},
		{Words: []string{"damaged"}, ReturnReason: data.ReasonDamaged},
		{Words: []string{"wrong_item", "wrong item"}, ReturnReason: data.ReasonWrongItem},
		{Words: []string{"short_shipment", "missing parts"}, ReturnReason: data.ReasonShort},
		{Words: []string{"quality", "defective"}, ReturnReason: data.ReasonQuality},
		{Words: []string{"counterfeit", "fake"}, ReturnReason: data.ReasonFake},
		{Words: []string{"changed_mind", "changed mind", "no longer needed"}, ReturnReason: data.ReasonChangedMind},
		{Words: []string{"other"}, ReturnReason: data.ReasonOther},
	},
}

// addFate takes what the words of a row tell of what became of the order. The words
// stay among the extras; those that nobody knows are doubted.
func (r *orderReader) addFate(o *openOrder, rec *record) {
	f := &o.order.Fate
	for i := range r.fates {
		rule := &r.fates[i]
		text := value(rec.cell(rule.column), false)
		if text == "" || !rule.fits(text) {
			continue
		}
		if f.CanceledBy == "" {
			f.CanceledBy = rule.CanceledBy
		}
		if f.CancelReason == "" {
			f.CancelReason = rule.CancelReason
		}
		if f.ReturnReason == "" {
			f.ReturnReason = rule.ReturnReason
		}
		f.ConfirmedHow = orElse(f.ConfirmedHow, rule.ConfirmedHow)
		f.FulfilledBy = orElse(f.FulfilledBy, rule.FulfilledBy)
	}
	for _, i := range r.fateAt {
		text := value(rec.cell(i), false)
		if text == "" {
			continue
		}
		addExtra(o.order, r.name(i), text)
		if !slices.ContainsFunc(r.fates, func(rule fateRule) bool { return rule.column == i && rule.fits(text) }) {
			r.tallyDoubt(fmt.Sprint("fate|", i, "|", statusKey(text)), rowRef{rec.line, rec.text}, problemDoubtFate.New("value", shorten(text), "header", r.name(i)))
		}
	}
}

// finishFate leaves out what is said of a cancellation where the order stands: a
// part of it was canceled, or the cell was left over from a wish.
func finishFate(o *data.Order) {
	f := &o.Fate
	if o.Status != data.StatusCanceled {
		*f = data.Fate{ConfirmedAt: f.ConfirmedAt, ConfirmedHow: f.ConfirmedHow, FulfilledBy: f.FulfilledBy, TrackingToldAt: f.TrackingToldAt, ReturnReason: f.ReturnReason}
	}
	if f.ConfirmedAt.IsZero() {
		f.ConfirmedHow = ""
	}
}
