package settings

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/service"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// OpenService asks how a shop serves its buyers.
func (e *Room) OpenService(s data.Shop) {
	kit.Do(func(ctx context.Context) (data.Service, error) { return e.desk.ShopService(ctx, s.ID) }, func(set data.Service, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		e.serviceSheet(s, set)
	})
}

func (e *Room) serviceSheet(s data.Shop, set data.Service) {
	f := newServiceFields(e.UI, s, set)
	var after data.Service
	e.UI.OpenForm(kit.FormSheet{
		Name: "service", Title: words.T("service.title", "shop", s.Name), Fields: f.list(), Width: 720, Height: 560,
		Read: func() (err error) { after, err = f.read(); return err },
		Work: func(ctx context.Context) error { return e.desk.SetShopService(ctx, s.ID, after) },
		Done: func() { e.UI.Toast(words.T("service.saved"), e.Undo) },
	})
}

// serviceFields are the fields that say how a shop serves its buyers.
type serviceFields struct {
	ui                            *kit.UI
	shop                          data.Shop
	zone                          *kit.SelectEntry
	hours                         [7]*kit.Entry // by time.Weekday
	country                       *kit.Entry
	off                           *kit.Entry
	reply                         *kit.Entry
	working                       *kit.Check
	signature, conditions, paypal *kit.Entry
	days, refund, warranty        *kit.Entry
	pays                          *kit.Choice[data.Payer]
	scale                         *scaleFields
	resend, keep                  *kit.Amount
	costs                         map[data.Cost]*kit.Entry
	follow, silent, restock       *kit.Entry
	packDear                      *kit.Amount
	packUnits, packWords          *kit.Entry
	notices                       []noticeField
}

// noticeField is whether and when a notice is due.
type noticeField struct {
	id   string
	on   *kit.Check
	days *kit.Entry
}

// week is the order in which days stand.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func newServiceFields(u *kit.UI, s data.Shop, set data.Service) *serviceFields {
	number := func(n int) *kit.Entry {
		text := ""
		if n > 0 {
			text = strconv.Itoa(n)
		}
		return kit.TextField(u, text, 1)
	}
	f := &serviceFields{
		ui: u, shop: s, zone: kit.NewSelectEntry(show.Zones()), country: kit.TextField(u, words.Country(set.Country), 1), off: kit.TextField(u, daysOffText(set.DaysOff), 3),
		reply: number(set.ReplyHours), working: kit.NewCheck(words.T("service.reply.working"), nil),
		signature: kit.TextField(u, set.Signature, 3), conditions: kit.TextField(u, set.Policy.Conditions, 3), paypal: kit.TextField(u, set.PayPal, 3),
		days: number(set.Policy.Days), refund: number(set.Policy.RefundDays), warranty: number(set.Policy.Warranty),
		pays:  kit.NewChoice(kit.FilterOptions("service.not_said", kit.Options("payer", data.Payers())), set.Policy.Pays, nil),
		scale: newScaleFields(u, s.Currency, set.Scale), resend: kit.AmountOf(u, set.ResendMax, s.Currency), keep: kit.AmountOf(u, set.KeepMax, s.Currency), costs: map[data.Cost]*kit.Entry{},
		follow: number(set.FollowUp), silent: number(set.Silent), restock: number(set.Restock),
		packDear: kit.AmountOf(u, set.Packing.Dear, s.Currency), packUnits: number(set.Packing.Units), packWords: kit.TextField(u, strings.Join(set.Packing.Words, "\n"), 3),
	}
	f.zone.SetText(set.Zone)
	f.zone.SetPlaceHolder(words.T("hint.default", "value", s.Zone))
	f.working.SetChecked(set.ReplyWorking)
	rule := service.ReplyRule(s.Platform)
	f.reply.SetPlaceHolder(words.T("hint.default", "value", strconv.Itoa(rule.Hours)))
	f.follow.SetPlaceHolder(words.T("hint.default", "value", strconv.Itoa(data.DefaultFollowUp)))
	f.silent.SetPlaceHolder(words.T("hint.default", "value", strconv.Itoa(data.DefaultSilent)))
	f.restock.SetPlaceHolder(words.T("hint.default", "value", strconv.Itoa(data.DefaultRestock)))
	for _, day := range week {
		f.hours[day] = kit.TextField(u, set.Hours[day].String(), 1)
		f.hours[day].SetPlaceHolder(words.T("hint.example", "value", "09:00-18:00"))
		kit.Trace("service.hours."+strings.ToLower(day.String()), f.hours[day])
	}
	kit.Trace("service.signature", f.signature)
	kit.Trace("service.return.days", f.days)
	for _, cost := range data.SetCosts() {
		text := ""
		if figure, known := set.Costs[cost]; known {
			text = figure.String()
		}
		f.costs[cost] = kit.TextField(u, text, 1)
		f.costs[cost].SetPlaceHolder(words.T("service.cost.unknown"))
		kit.Trace("service.cost."+string(cost), f.costs[cost])
	}
	for _, n := range service.Notices() {
		f.notices = append(f.notices, newNoticeField(u, n, set))
	}
	return f
}

func newNoticeField(u *kit.UI, n service.NoticeRule, set data.Service) noticeField {
	field := noticeField{id: n.ID, on: kit.NewCheck(n.Title.In(words.Language()), nil), days: kit.TextField(u, "", 1)}
	field.on.SetChecked(true)
	field.days.SetPlaceHolder(words.T("hint.default", "value", strconv.Itoa(n.Days)))
	for _, one := range set.Notices {
		if one.Notice != n.ID {
			continue
		}
		field.on.SetChecked(!one.Off)
		if one.Days > 0 {
			field.days.SetText(strconv.Itoa(one.Days))
		}
	}
	return field
}

func (f *serviceFields) list() []*kit.Field {
	hours := container.NewGridWithColumns(2)
	for _, day := range week {
		label := widget.NewLabel(words.WeekdayShort(day))
		hours.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(48, label.MinSize().Height), label), nil, f.hours[day]))
	}
	notices := container.NewGridWithColumns(2)
	for _, n := range f.notices {
		notices.Add(container.NewBorder(nil, nil, nil, container.NewGridWrap(fyne.NewSize(64, n.days.MinSize().Height), n.days), n.on))
	}
	rule := service.ReplyRule(f.shop.Platform)
	ruleWords := words.T("service.reply.hint", "hours", rule.Hours, "platform", f.shop.Platform.Title(), "sure", words.T("confidence."+rule.Confidence))
	if rule.First {
		ruleWords += " " + words.T("service.reply.first")
	}
	row := func(key string, o fyne.CanvasObject) *kit.Field {
		field := &kit.Field{Label: words.T(key), Object: o}
		if words.Has(key + ".hint") {
			field.Hint = words.T(key + ".hint")
		}
		return field
	}
	reply := row("service.reply", container.NewBorder(nil, nil, nil, f.working, f.reply))
	reply.Hint = ruleWords
	return []*kit.Field{
		row("service.hours", hours), row("service.zone", f.zone), row("service.country", f.country), row("service.off", f.off), reply,
		row("service.signature", f.signature), row("service.return.days", f.days), row("service.return.pays", f.pays),
		row("service.return.conditions", f.conditions), row("service.return.refund", f.refund), row("service.warranty", f.warranty),
		row("service.scale", f.scale.object), kit.AmountRow(words.T("service.resend"), f.resend),
		kit.AmountRow(words.T("service.keep"), f.keep), row("service.costs", f.costGrid()), row("service.follow", f.follow),
		row("service.silent", f.silent), row("service.restock", f.restock),
		row("service.pack.dear", f.packDear.Object), row("service.pack.units", f.packUnits), row("service.pack.words", f.packWords), row("service.notices", notices), row("service.paypal", f.paypal),
	}
}

// costGrid are the shop's figures of what a solution costs.
func (f *serviceFields) costGrid() fyne.CanvasObject {
	grid := container.NewGridWithColumns(2)
	for _, cost := range data.SetCosts() {
		label := widget.NewLabel(words.Of("cost", cost))
		label.Wrapping = fyne.TextWrapWord
		grid.Add(label)
		grid.Add(f.costs[cost])
	}
	return grid
}

// readCosts gives the figures that are written down; an empty field is one that is
// not known.
func (f *serviceFields) readCosts() (data.CostFigures, error) {
	var all data.CostFigures
	for cost, field := range f.costs {
		text := strings.TrimSpace(field.Text)
		if text == "" {
			continue
		}
		figure, err := data.ParseCostFigure(text, f.shop.Currency)
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = data.CostFigures{}
		}
		all[cost] = figure
	}
	return all, nil
}

var problemNumber = data.DefineProblem("number_form", data.ErrInvalid,
	"“{text}” is not a number.", "Enter a whole number, such as 30, or leave it empty.")

func numberOf(e *kit.Entry) (int, error) {
	text := strings.TrimSpace(e.Text)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, problemNumber.New("text", text)
	}
	return n, nil
}

// read gives what the fields say.
func (f *serviceFields) read() (set data.Service, err error) {
	set = data.Service{
		Zone: strings.TrimSpace(f.zone.Text), Country: importer.CountryCode(f.country.Text), DaysOff: daysOff(f.off.Text), ReplyWorking: f.working.Checked,
		Signature: f.signature.Text, PayPal: f.paypal.Text, Policy: data.ReturnPolicy{Pays: f.pays.Value(), Conditions: f.conditions.Text},
	}
	for _, day := range week {
		if set.Hours[day], err = data.ParseWorkDay(strings.TrimSpace(f.hours[day].Text)); err != nil {
			return set, err
		}
	}
	for _, n := range []struct {
		from *kit.Entry
		into *int
	}{
		{f.reply, &set.ReplyHours},
		{f.days, &set.Policy.Days},
		{f.refund, &set.Policy.RefundDays},
		{f.warranty, &set.Policy.Warranty},
		{f.follow, &set.FollowUp},
		{f.silent, &set.Silent},
		{f.restock, &set.Restock},
		{f.packUnits, &set.Packing.Units},
	} {
		if *n.into, err = numberOf(n.from); err != nil {
			return set, err
		}
	}
	for _, n := range f.notices {
		days, err := numberOf(n.days)
		if err != nil {
			return set, err
		}
		if !n.on.Checked || days > 0 {
			set.Notices = append(set.Notices, data.NoticeSet{Notice: n.id, Off: !n.on.Checked, Days: days})
		}
	}
	if set.ResendMax, err = f.resend.Get(); err != nil {
		return set, err
	}
	if set.ResendMax.Minor == 0 {
		set.ResendMax = data.Money{}
	}
	if set.KeepMax, err = f.keep.Get(); err != nil {
		return set, err
	}
	if set.KeepMax.Minor == 0 {
		set.KeepMax = data.Money{}
	}
	if set.Costs, err = f.readCosts(); err != nil {
		return set, err
	}
	if set.Packing.Dear, err = f.packDear.Get(); err != nil {
		return set, err
	}
	set.Packing.Words = nil
	for line := range strings.Lines(f.packWords.Text) {
		if word := strings.TrimSpace(line); word != "" {
			set.Packing.Words = append(set.Packing.Words, word)
		}
	}
	set.Scale, err = f.scale.read()
	return set, err
}

// daysOffText writes days off a line each: 2026-12-24..2026-12-31 and why.
func daysOffText(list []data.DayOff) string {
	var lines []string
	for _, o := range list {
		text := o.From
		if o.To != "" {
			text += ".." + o.To
		}
		lines = append(lines, strings.TrimSpace(text+" "+o.Name))
	}
	return strings.Join(lines, "\n")
}

func daysOff(text string) []data.DayOff {
	var list []data.DayOff
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		span, name, _ := strings.Cut(line, " ")
		from, to, _ := strings.Cut(span, "..")
		list = append(list, data.DayOff{From: from, To: to, Name: strings.TrimSpace(name)})
	}
	return list
}

// scaleFields are the steps of the scale of compensation, a row each.
type scaleFields struct {
	ui       *kit.UI
	currency string
	rows     []*scaleRow
	object   *fyne.Container
	lines    *fyne.Container
}

type scaleRow struct {
	cause  *kit.Choice[string]
	harm   *kit.Choice[data.Harm]
	offer  *kit.Choice[data.Amends]
	amount *kit.Entry
	note   string
	line   fyne.CanvasObject
}

func newScaleFields(u *kit.UI, currency string, steps []data.ScaleStep) *scaleFields {
	f := &scaleFields{ui: u, currency: currency, lines: container.NewVBox()}
	for _, s := range steps {
		f.add(s)
	}
	more := kit.NewButton("service.scale.add", words.T("service.scale.add"), func() { f.add(data.ScaleStep{Offer: data.AmendsApology}) })
	f.object = container.NewVBox(f.lines, container.NewHBox(more))
	return f
}

func (f *scaleFields) add(s data.ScaleStep) {
	r := &scaleRow{
		cause: kit.NewChoice(kit.FilterOptions("service.scale.any_cause", kit.Options("cause", data.Causes())), s.Cause, nil),
		harm:  kit.NewChoice(kit.FilterOptions("service.scale.any_harm", kit.Options("harm", data.Harms())), s.Severity, nil),
		offer: kit.NewChoice(kit.Options("amends", data.AllAmends()), s.Offer, nil), amount: kit.TextField(f.ui, amountText(s), 1), note: s.Note,
	}
	r.amount.SetPlaceHolder(words.T("service.scale.amount"))
	remove := kit.NewButton("", words.T("service.scale.remove"), func() {
		f.rows = slices.DeleteFunc(f.rows, func(o *scaleRow) bool { return o == r })
		f.lines.Remove(r.line)
	})
	r.line = container.NewBorder(nil, nil, nil, remove, container.NewGridWithColumns(4, r.cause, r.harm, r.offer, r.amount))
	f.rows = append(f.rows, r)
	f.lines.Add(r.line)
}

// amountText writes the sum of a step as it is typed: 30% or 5.00 USD.
func amountText(s data.ScaleStep) string {
	switch {
	case s.Percent > 0:
		return strconv.Itoa(s.Percent) + "%"
	case !s.Amount.IsZero():
		return s.Amount.Decimal() + " " + s.Amount.Currency
	}
	return ""
}

func (f *scaleFields) read() ([]data.ScaleStep, error) {
	var steps []data.ScaleStep
	for _, r := range f.rows {
		s := data.ScaleStep{Cause: r.cause.Value(), Severity: r.harm.Value(), Offer: r.offer.Value(), Note: r.note}
		text := strings.TrimSpace(r.amount.Text)
		if percent, ok := strings.CutSuffix(text, "%"); ok {
			n, err := strconv.Atoi(strings.TrimSpace(percent))
			if err != nil {
				return nil, problemNumber.New("text", text)
			}
			s.Percent = n
		} else if text != "" {
			number, currency, named := strings.Cut(text, " ")
			if !named {
				currency = f.currency
			}
			amount, err := data.ParseDecimal(number, strings.ToUpper(strings.TrimSpace(currency)))
			if err != nil {
				return nil, err
			}
			s.Amount = amount
		}
		steps = append(steps, s)
	}
	return steps, nil
}
