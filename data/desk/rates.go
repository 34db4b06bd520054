package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
)

var (
	problemRateAgainst = data.DefineProblem("rate_against", data.ErrConflict,
		"1 {currency} = {value} {target} contradicts 1 {target} = {other} {currency} from {day} on: multiplied they should be about 1.",
		"Correct this one, or take the other away first.")
	problemRateReplaces = data.DefineProblem("rate_replaces", data.ErrRefused,
		"1 {currency} = {value} {target} would take the place of 1 {currency} = {old} {target}, which is kept from {day} on.",
		"Give it the day from which it counts; or confirm that the other one was wrong.")
	problemRateJump = data.DefineProblem("rate_jump", data.ErrRefused,
		"1 {currency} = {value} {target} is more than ten times off from 1 {currency} = {old} {target}, which is kept from {day} on.",
		"Look at the decimal mark. If it is right anyway, confirm it.")
	problemRateDay = data.DefineProblem("rate_day", data.ErrInvalid, "“{day}” is not a day.", "Write it as 2026-11-30: the rate counts from that day on.")
)

// Rates gives the rates into a currency, or all with "".
func (d *Desk) Rates(ctx context.Context, target string) ([]data.Rate, error) {
	return d.store.Rates(ctx, target)
}

// RateDoubt reports whether an error is a question about a rate, which a person who is
// sure of it answers.
func RateDoubt(err error) bool {
	p, ok := data.AsProblem(err)
	return ok && (p.Kind == problemRateReplaces || p.Kind == problemRateJump)
}

// doubtRate asks about a rate that takes the place of another of its day, or that is
// more than ten times off from the one in force on its day, else from the next one.
func doubtRate(r data.Rate, known []data.Rate) error {
	var near data.Rate
	for _, k := range known { // in the order of their days
		switch {
		case k.Currency != r.Currency:
		case k.Day == r.Day && k.Value != r.Value:
			return problemRateReplaces.New("currency", r.Currency, "target", r.Target, "value", r.Value, "old", k.Value, "day", k.Day)
		case k.Day <= r.Day || near.Value == "":
			near = k
		}
	}
	if r.Jumps(near) {
		return problemRateJump.New("currency", r.Currency, "target", r.Target, "value", r.Value, "old", near.Value, "day", near.Day)
	}
	return nil
}

// SetRate keeps a rate as a person typed it, 7.25 or 7,25; "" takes it away. One that is
// doubtful is refused unless the person is sure of it. It can be undone.
func (d *Desk) SetRate(ctx context.Context, r data.Rate, sure bool) (data.Rate, error) {
	r.Currency, r.Target = strings.ToUpper(strings.TrimSpace(r.Currency)), strings.ToUpper(strings.TrimSpace(r.Target))
	if !data.IsCurrency(r.Currency) || !data.IsCurrency(r.Target) || r.Currency == r.Target {
		return r, problemRateCurrency.New("currency", r.Currency, "target", r.Target)
	}
	day, err := data.ParseDay(strings.TrimSpace(r.Day))
	if err != nil {
		return r, problemRateDay.New("day", r.Day)
	}
	r.Day = day.String()
	if r.Value = strings.TrimSpace(r.Value); r.Value != "" {
		if r.Value, err = data.ParseRate(r.Value); err != nil {
			return r, err
		}
	}
	back, err := d.store.Rates(ctx, r.Currency)
	if err != nil {
		return r, err
	}
	for _, k := range back {
		if r.Contradicts(k) {
			return r, problemRateAgainst.New("currency", r.Currency, "value", r.Value, "target", r.Target, "other", k.Value, "day", k.Day)
		}
	}
	before := data.Rate{Currency: r.Currency, Target: r.Target, Day: r.Day}
	known, err := d.store.Rates(ctx, r.Target)
	if err != nil {
		return r, err
	}
	for _, k := range known {
		if k.Currency == r.Currency && k.Day == r.Day {
			before = k
		}
	}
	if before == r {
		return r, nil
	}
	if !sure && r.Value != "" {
		slices.SortFunc(known, func(a, b data.Rate) int { return cmp.Compare(a.Day, b.Day) })
		if err := doubtRate(r, known); err != nil {
			return r, err
		}
	}
	of := about{"rate.set", data.EntityRate, r.Currency + "/" + r.Target + "/" + r.Day, manyOf(data.EntityRate)}
	return r, d.act(ctx, swap(of, before, r, func(_ context.Context, tx *store.Tx, v data.Rate) error { return tx.PutRate(v) }))
}
