package service

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// A DutyRule is what customs of some countries ask of who gets a parcel from abroad.
type DutyRule struct {
	Countries   []string `toml:"countries"`   // ISO 3166-1
	Union       bool     `toml:"union"`       // between these countries nothing is asked
	From        string   `toml:"from"`        // day since which it holds
	Currency    string   `toml:"currency"`    // of Units
	Units       int64    `toml:"limit"`       // value of the goods up to which nothing is asked on arrival; 0: every parcel
	Most        int64    `toml:"most"`        // a unit of no currency is worth more of Currency
	Marketplace bool     `toml:"marketplace"` // the limit is for sales on a marketplace alone
	data.Origin
}

// Limit is the value of the goods up to which nothing is asked on arrival; the zero
// Money where every parcel is asked for.
func (r *DutyRule) Limit() data.Money {
	if r.Units == 0 {
		return data.Money{}
	}
	return data.Money{Minor: r.Units * int64(math.Pow10(data.CurrencyExponent(r.Currency))), Currency: r.Currency}
}

type dutyFile struct {
	Duties []DutyRule `toml:"duty"`
}

var dutyKind = pack.Kind[dutyFile]{ID: func(*dutyFile) string { return "duties" }, Check: (*dutyFile).check}

func (f *dutyFile) check(r *pack.Report) {
	seen := map[string]bool{}
	for i, one := range f.Duties {
		at := pack.At("duty", i)
		for _, country := range one.Countries {
			if !countryForm.MatchString(country) || seen[country] {
				r.Fail(at, "“%s” is no country, or is there twice", country)
			}
			seen[country] = true
		}
		if _, err := data.ParseDay(one.From); err != nil || len(one.Countries) == 0 {
			r.Fail(at, "a rule names its countries and the day since which it holds")
		}
		if one.Units < 0 || (one.Units == 0) != (one.Currency == "") || (one.Units == 0) != (one.Most == 0) || one.Most < 0 {
			r.Fail(at, "a limit is more than 0, has a currency, and says what the dearest currency is worth")
		}
		r.Origin(at, "the rule", one.Origin)
	}
}

var duties = sync.OnceValues(func() (*dutyFile, error) { return readOne(dutyKind, "service/duties.toml") })

// Duties lists the rules.
func Duties() []DutyRule {
	f, err := duties()
	if err != nil { // a test reads the file: it cannot fail at work
		return nil
	}
	return f.Duties
}

// Duty is what an order's buyer has to expect of customs.
type Duty struct {
	Sure bool        // false: the goods could not be compared with the limit
	Why  []data.Text // the strongest first; the last names the source
}

var (
	whyDutyAll   = data.DefinePhrase("service.duty.all", "{country} charges duty or tax on every parcel from abroad, and this one has not left yet.")
	whyDutyOver  = data.DefinePhrase("service.duty.over", "{country} charges duty and tax on arrival for goods worth more than {limit}; these are worth {amount}, and have not left yet.")
	whyDutyOwn   = data.DefinePhrase("service.duty.own_shop", "Up to {limit}, marketplaces collect the tax of {country}. A shop outside them must collect it itself, or the buyer is charged on arrival.")
	whyDutyRate  = data.DefinePhrase("service.duty.no_rate", "{country} charges duty and tax on arrival for goods worth more than {limit}. These are worth {amount}; without an exchange rate in Reports, the two cannot be compared.")
	whyDutyWhere = data.DefinePhrase("service.duty.from_where", "The shop's country is not set, so the parcel is taken to come from abroad.")
	whyDutyRule  = data.DefinePhrase("service.duty.source", "Source: {source} ({edition}).")
)

// DutyExpected says whether the buyer of an order that waits to be shipped has to
// expect duty or tax on arrival; false where that is not so, or no rule is known.
// What the platform's warehouse ships mostly lies in the country, and is left out.
func DutyExpected(o *data.Order, s data.Service, rates []data.Rate, now time.Time) (Duty, bool) {
	to, from := Country(cmp.Or(o.ShipTo.Country, o.Buyer.Country)), Country(s.Country)
	rule, ok := dutyRule(to, now)
	if !ok || o.Status != data.StatusToShip || !o.ShippedAt.IsZero() || o.Fate.FulfilledBy == data.FulfilledByPlatform ||
		from == to || rule.Union && slices.Contains(rule.Countries, from) {
		return Duty{}, false
	}
	d, expected := rule.judge(o, to, rates, data.OnDay(now).String())
	if !expected {
		return Duty{}, false
	}
	if from == "" {
		d.Why = append(d.Why, whyDutyWhere.With())
	}
	d.Why = append(d.Why, whyDutyRule.With("source", rule.Source, "edition", rule.Edition))
	return d, true
}

func dutyRule(country string, now time.Time) (DutyRule, bool) {
	today := data.OnDay(now).String()
	list := Duties()
	i := slices.IndexFunc(list, func(r DutyRule) bool { return slices.Contains(r.Countries, country) && r.From <= today })
	if i < 0 {
		return DutyRule{}, false
	}
	return list[i], true
}

// judge weighs an order's goods against the limit.
func (r *DutyRule) judge(o *data.Order, country string, rates []data.Rate, today string) (Duty, bool) {
	limit, goods := r.Limit(), GoodsValue(o)
	with := []any{"country", country, "limit", limit.String(), "amount", goods.String()}
	if limit.IsZero() {
		return Duty{Sure: true, Why: []data.Text{whyDutyAll.With(with...)}}, true
	}
	above, known := exceeds(goods, limit, rates, today)
	switch {
	case known && above:
		return Duty{Sure: true, Why: []data.Text{whyDutyOver.With(with...)}}, true
	case r.Marketplace && slices.Contains([]data.Platform{data.Shopify, data.PayPal, data.OtherSite}, o.Shop.Platform):
		return Duty{Sure: true, Why: []data.Text{whyDutyOwn.With(with...)}}, true
	case !known && !goods.IsZero() && !r.small(goods):
		return Duty{Why: []data.Text{whyDutyRate.With(with...)}}, true
	}
	return Duty{}, false
}

// small reports whether goods are below the limit whatever their currency is worth.
func (r *DutyRule) small(goods data.Money) bool {
	unit := int64(math.Pow10(data.CurrencyExponent(goods.Currency)))
	return goods.Minor*r.Most < r.Units*unit
}

// GoodsValue is what an order's goods cost, without shipping: by their prices where
// each is known, else by the total.
func GoodsValue(o *data.Order) data.Money {
	var sum data.Money
	for _, item := range o.Items {
		if item.Price.IsZero() || !sum.IsZero() && item.Price.Currency != sum.Currency {
			sum = data.Money{}
			break
		}
		sum = data.Money{Minor: sum.Minor + item.Price.Minor*item.Quantity, Currency: item.Price.Currency}
	}
	if !sum.IsZero() {
		return sum
	}
	if o.Shipping.Currency == o.Total.Currency {
		return data.Money{Minor: o.Total.Minor - o.Shipping.Minor, Currency: o.Total.Currency}
	}
	return o.Total
}

// exceeds compares two amounts, in one currency or by rates of the seller's own;
// known is false where there are none.
func exceeds(goods, limit data.Money, rates []data.Rate, today string) (above, known bool) {
	targets := []string{goods.Currency, limit.Currency}
	for _, r := range rates {
		targets = append(targets, r.Target)
	}
	for _, target := range targets {
		a, okA := inCurrency(goods, target, rates, today)
		b, okB := inCurrency(limit, target, rates, today)
		if target != "" && okA && okB {
			return a.Minor > b.Minor, true
		}
	}
	return false, false
}

// inCurrency converts an amount by the newest rate that is in force.
func inCurrency(m data.Money, target string, rates []data.Rate, today string) (data.Money, bool) {
	if m.Currency == target {
		return m, true
	}
	var best data.Rate
	for _, r := range rates {
		if r.Currency == m.Currency && r.Target == target && r.Day <= today && r.Day > best.Day {
			best = r
		}
	}
	return best.Convert(m)
}
