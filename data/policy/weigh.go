package policy

import (
	"cmp"
	"math"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// MinRecord is from how many decided cases on a share of wins is shown. With
// fewer the counts alone are shown.
const MinRecord = 10

// Record is what came of earlier cases of this seller: same platform, reason
// and proof.
type Record struct {
	Won, Lost int // decided by the platform
	Accepted  int // given in without a decision
}

// Stakes is what a person brings to the choice between fighting and accepting.
type Stakes struct {
	Amount     data.Money    // claimed
	Work       time.Duration // that fighting will take
	HourCost   data.Money    // of an hour's work; zero: not counted
	ReturnCost data.Money    // postage of a return that the seller would pay when accepting; zero: no return
	Record     Record
	Wish       Offer // what the buyer asks for; "": not known
}

// FeeView is a fee of a case.
type FeeView struct {
	ID     string
	Title  data.Text
	Amount data.Money // zero: not known
	When   FeeWhen
	Waived data.Text
	Origin Origin
}

// RateView is a rate that a case moves, and by which choice.
type RateView struct {
	ID                    string
	Title, Effect         data.Text
	Limit                 string
	Accept, LoseIt, WinIt bool // whether the case counts when it is accepted, fought and lost, fought and won
	Origin                Origin
}

// FallbackView is a solution that can be offered.
type FallbackView struct {
	ID     string
	Title  data.Text
	Note   data.Text
	Offer  Offer
	Event  data.EventKind
	Wanted bool      // the buyer asks for it
	Ready  bool      // it may be offered where the case stands
	Until  time.Time // while the negotiation lasts; zero when no date is known
	Origin Origin
}

// RecordView is a record in honest words.
type RecordView struct {
	Record
	N         int     // decided cases
	Shares    bool    // there are enough of them for Low and High
	Low, High float64 // the 95 % interval of Wilson's score for the share of wins, from 0 to 1
	Text      data.Text
}

// Card sets fighting beside accepting, so that a person can choose.
type Card struct {
	Amount   data.Money
	Fees     []FeeView
	Work     data.Money // cost of the work; zero when no hourly cost is known
	Return   data.Money
	Accept   data.Money  // what accepting costs
	Lose     data.Money  // what fighting and losing costs
	Win      data.Money  // what fighting and winning costs
	Summed   bool        // Accept, Lose and Win are known; else Lines say why not
	Unknown  bool        // a fee of unknown amount is left out of the sums
	WinsOf10 float64     // of ten such cases that many must be won for fighting to cost no more than accepting; valid when Summed
	Lines    []data.Text // all of it in words
	Rates    []RateView
	Record   RecordView
	Offers   []FallbackView // the buyer's wish first
}

var (
	sayAccept     = define("weigh.accept", "Accepting costs {amount}.")
	sayLose       = define("weigh.lose", "Contesting and losing costs {amount}.")
	sayWin        = define("weigh.win", "Contesting and winning costs {amount}.")
	sayEven       = define("weigh.even", "Contesting costs no more than accepting when at least {wins} of 10 such cases are won.")
	sayNever      = define("weigh.never", "Even a sure win costs more than accepting.")
	sayAlways     = define("weigh.always", "Even contesting and losing costs no more than accepting.")
	sayCurrencies = define("weigh.currencies", "The amounts are in several currencies and were not added up: {amounts}.")
	sayFeeUnknown = define("weigh.fee_unknown", "“{fee}” is left out: its amount is not known. Look it up on the platform.")
	sayRecordNone = define("weigh.record_none", "No decided case of this kind yet ({accepted} accepted).")
	sayRecordFew  = define("weigh.record_few", "{won} of {n} decided cases won ({accepted} accepted): too few for a win rate.")
	sayRecordMany = define("weigh.record_many", "{won} of {n} decided cases won ({accepted} accepted): between {low} % and {high} % with 95 % confidence.")
)

// Weigh sets fighting beside accepting for a case that stands at a view. It
// decides nothing.
func Weigh(p *Pack, v *View, s Stakes) Card {
	c := Card{Amount: s.Amount, Return: s.ReturnCost, Record: recordView(s.Record)}
	if s.HourCost.Minor > 0 && s.Work > 0 {
		c.Work = data.Money{Minor: int64(math.Ceil(float64(s.HourCost.Minor) * s.Work.Hours())), Currency: s.HourCost.Currency}
	}
	for _, f := range p.Fees {
		c.Fees = append(c.Fees, feeView(p, f))
	}
	for _, r := range p.Rates {
		c.Rates = append(c.Rates, rateView(p, r))
	}
	c.Offers = offers(p, v, s.Wish)
	c.sums()
	c.Lines = append(c.Lines, c.Record.Text)
	return c
}

func feeView(p *Pack, f Fee) FeeView {
	v := FeeView{ID: f.ID, Title: pack.Text(f.Title), When: f.When, Origin: f.Origin}
	if f.Waived != "" {
		v.Waived = pack.Text(f.Waived)
	}
	if m, err := data.ParseDecimal(f.Amount, f.Currency); err == nil {
		v.Amount = m // check has read it before; "" stays unknown
	}
	return v
}

func rateView(p *Pack, r Rate) RateView {
	v := RateView{ID: r.ID, Title: pack.Text(r.Title), Effect: pack.Text(r.Effect), Limit: r.Limit, Origin: r.Origin}
	switch r.Counts {
	case CountsOpened:
		v.Accept, v.LoseIt, v.WinIt = true, true, true
	case CountsEscalated:
		v.LoseIt, v.WinIt = true, true
	case CountsLost, CountsUnresolved:
		v.LoseIt = true
	case CountsUndenied:
		v.Accept, v.LoseIt = true, true
	}
	return v
}

// sums adds up what each choice costs, when all is in one currency.
func (c *Card) sums() {
	opened, contested, lost := data.Money{}, data.Money{}, data.Money{}
	ok := true
	add := func(to *data.Money, m data.Money) {
		sum, err := to.Add(m)
		if err != nil {
			ok = false
			return
		}
		*to = sum
	}
	for _, f := range c.Fees {
		if f.Amount.IsZero() {
			c.Unknown = true
			c.Lines = append(c.Lines, sayFeeUnknown.With("fee", f.Title))
			continue
		}
		switch f.When {
		case FeeOpened:
			add(&opened, f.Amount)
		case FeeContested:
			add(&contested, f.Amount)
		case FeeLost:
			add(&lost, f.Amount)
		}
	}
	for _, m := range []data.Money{c.Amount, opened, c.Return} {
		add(&c.Accept, m)
	}
	for _, m := range []data.Money{opened, contested, c.Work} {
		add(&c.Win, m)
	}
	for _, m := range []data.Money{c.Win, c.Amount, lost} {
		add(&c.Lose, m)
	}
	currencies := c.currencies()
	if !ok || len(currencies) > 1 {
		c.Accept, c.Lose, c.Win = data.Money{}, data.Money{}, data.Money{}
		c.Lines = append(c.Lines, sayCurrencies.With("amounts", list(currencies)))
		return
	}
	c.Summed = true
	c.Lines = append(c.Lines, sayAccept.With("amount", c.Accept), sayLose.With("amount", c.Lose), sayWin.With("amount", c.Win), c.even())
}

func (c *Card) currencies() []string {
	var all []string
	amounts := []data.Money{c.Amount, c.Work, c.Return}
	for _, f := range c.Fees {
		amounts = append(amounts, f.Amount)
	}
	for _, m := range amounts {
		if m.Minor != 0 && !slices.Contains(all, m.Currency) {
			all = append(all, m.Currency)
		}
	}
	return all
}

// even finds how many of ten cases must be won for fighting to cost no more
// than accepting. It is plain arithmetic on the three sums, and no forecast.
func (c *Card) even() data.Text {
	accept, lose, win := c.Accept.Minor, c.Lose.Minor, c.Win.Minor
	switch {
	case lose <= accept:
		c.WinsOf10 = 0
		return sayAlways.With()
	case win > accept:
		c.WinsOf10 = math.Inf(1)
		return sayNever.With()
	}
	share := float64(lose-accept) / float64(lose-win)
	c.WinsOf10 = math.Ceil(share*100) / 10
	return sayEven.With("wins", c.WinsOf10)
}

func recordView(r Record) RecordView {
	v := RecordView{Record: r, N: r.Won + r.Lost}
	v.Low, v.High = Wilson(r.Won, v.N)
	switch {
	case v.N == 0:
		v.Text = sayRecordNone.With("accepted", r.Accepted)
	case v.N < MinRecord:
		v.Text = sayRecordFew.With("won", r.Won, "n", v.N, "accepted", r.Accepted)
	default:
		v.Shares = true
		v.Text = sayRecordMany.With("won", r.Won, "n", v.N, "accepted", r.Accepted,
			"low", math.Floor(v.Low*100), "high", math.Ceil(v.High*100))
	}
	return v
}

// Wilson gives the 95 % interval of the share of wins, by Wilson's score. With no
// case it is from 0 to 1: nothing is known.
func Wilson(won, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	share, total := float64(won)/float64(n), float64(n)
	center := (share + z*z/(2*total)) / (1 + z*z/total)
	half := z / (1 + z*z/total) * math.Sqrt(share*(1-share)/total+z*z/(4*total*total))
	return max(0, center-half), min(1, center+half)
}

// offers lists the solutions that the platform accepts, the buyer's wish first,
// then those that may be offered now.
func offers(p *Pack, v *View, wish Offer) []FallbackView {
	var until time.Time
	for _, d := range v.Deadlines {
		if d.EndedBy == "" && !d.Due.IsZero() && !d.Optional && (until.IsZero() || d.Due.Before(until)) {
			until = d.Due
		}
	}
	var all []FallbackView
	for _, f := range p.Fallbacks {
		o := FallbackView{
			ID: f.ID, Title: pack.Text(f.Title), Offer: f.Offer, Event: f.Event, Wanted: f.Offer == wish, Origin: f.Origin,
			Ready: v.Stage != data.StageClosed && (len(f.Stages) == 0 || slices.Contains(f.Stages, v.At)),
		}
		if f.Note != "" {
			o.Note = pack.Text(f.Note)
		}
		if o.Ready {
			o.Until = until
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b FallbackView) int {
		return cmp.Or(cmp.Compare(boolRank(!a.Wanted), boolRank(!b.Wanted)), cmp.Compare(boolRank(!a.Ready), boolRank(!b.Ready)))
	})
	return all
}
