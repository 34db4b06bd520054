package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
	"casebinder/data/store"
)

// Settings that hold what the seller brings to the rules.
const (
	packSetting    = "policy.pack."     // + id: a pack as TOML
	holidaySetting = "policy.holidays." // + country: a holiday list
)

// Rules are the policy packs and calendars in force. They are read when first
// asked for, so that a command without a case does not pay for them.
func (d *Desk) Rules(ctx context.Context) (*policy.Rules, error) {
	d.rulesMu.Lock()
	defer d.rulesMu.Unlock()
	if d.rules != nil {
		return d.rules, nil
	}
	rules, err := readRules(ctx, &d.store.Reader)
	if err != nil {
		return nil, err
	}
	d.rules = rules
	return rules, nil
}

// readRules reads the rules from the desk, or from inside of a transaction.
func readRules(ctx context.Context, from *store.Reader) (*policy.Rules, error) {
	builtIn, err := policy.BuiltIn()
	if err != nil {
		return nil, err
	}
	settings, err := from.Settings(ctx)
	if err != nil {
		return nil, err
	}
	overrides, err := overrides(ctx, from)
	if err != nil {
		return nil, err
	}
	var own []*policy.Pack
	var holidays []policy.Holidays
	for key, value := range settings {
		var text string
		switch {
		case strings.HasPrefix(key, packSetting), strings.HasPrefix(key, holidaySetting):
			if err := json.Unmarshal(value, &text); err != nil {
				return nil, fmt.Errorf("reading the setting %s: %w", key, err)
			}
		default:
			continue
		}
		if strings.HasPrefix(key, packSetting) {
			pack, err := policy.Decode(key, []byte(text))
			if err != nil {
				return nil, err
			}
			own = append(own, pack)
			continue
		}
		list, err := policy.ParseHolidays(key, strings.NewReader(text))
		if err != nil {
			return nil, err
		}
		holidays = append(holidays, list)
	}
	return policy.NewRules(builtIn, own, overrides, holidays)
}

func overrides(ctx context.Context, from *store.Reader) ([]policy.Override, error) {
	stored, err := from.PolicyOverrides(ctx)
	if err != nil {
		return nil, err
	}
	var all []policy.Override
	for key, value := range stored {
		var o policy.Override
		if err := json.Unmarshal(value, &o); err != nil {
			return nil, fmt.Errorf("reading the override %s: %w", key, err)
		}
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b policy.Override) int { return strings.Compare(a.Pack+" "+a.Path, b.Pack+" "+b.Path) })
	return all, nil
}

// PackInfo names a policy pack.
type PackInfo struct {
	ID, Title, Edition string
	Platform           data.Platform
	Own                bool // the seller's own, or in place of a built-in one
	Overridden         int  // figures
	Unconfirmed        int  // figures
}

// Packs lists the policy packs in force.
func (d *Desk) Packs(ctx context.Context) ([]PackInfo, error) {
	rules, err := d.Rules(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := d.store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	var all []PackInfo
	for _, p := range rules.Packs {
		info := PackInfo{ID: p.ID, Title: p.Title, Edition: p.Edition, Platform: p.Platform}
		_, info.Own = settings[packSetting+p.ID]
		for _, f := range policy.Figures(p) {
			if f.Override != nil {
				info.Overridden++
			}
			if f.Confidence == data.Unconfirmed {
				info.Unconfirmed++
			}
		}
		all = append(all, info)
	}
	return all, nil
}

// Figures lists every figure of a pack with its source, edition and confidence.
func (d *Desk) Figures(ctx context.Context, pack string) ([]policy.Figure, error) {
	p, err := d.pack(ctx, pack)
	if err != nil {
		return nil, err
	}
	return policy.Figures(p), nil
}

var problemPack = data.DefineProblem("policy_pack_unknown", data.ErrNotFound,
	"There is no rule pack “{pack}”.", "Choose one from the list of rule packs.")

func (d *Desk) pack(ctx context.Context, id string) (*policy.Pack, error) {
	rules, err := d.Rules(ctx)
	if err != nil {
		return nil, err
	}
	p, ok := rules.Pack(id)
	if !ok {
		return nil, problemPack.New("pack", id)
	}
	return p, nil
}

// ExportPack gives a pack as TOML, to be kept, sent or edited.
func (d *Desk) ExportPack(ctx context.Context, id string) ([]byte, error) {
	p, err := d.pack(ctx, id)
	if err != nil {
		return nil, err
	}
	return policy.Encode(p)
}

// Override sets a figure of a pack, with the reason why, and recomputes every
// open case. A value that the figure cannot take is a Problem, and nothing is
// changed.
func (d *Desk) Override(ctx context.Context, pack, figure, value, why string, p Progress) (RulesReport, error) {
	o := policy.Override{Pack: pack, Path: figure, Value: strings.TrimSpace(value), Who: d.Operator(), When: d.now().UTC(), Why: strings.TrimSpace(why)}
	text, err := json.Marshal(o)
	if err != nil {
		return RulesReport{}, fmt.Errorf("writing the override: %w", err)
	}
	return d.changeRules(ctx, p, overriding("policy.override", pack, figure, text))
}

// overriding is the step that sets a figure; no text takes the override away.
func overriding(action, pack, figure string, text json.RawMessage) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		key := pack + "/" + figure
		stored, err := tx.PolicyOverrides(ctx)
		if err != nil {
			return deed{}, err
		}
		before := stored[key] // nil: there is none
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityPolicy, Key: key, Before: orNothing(before), After: orNothing(text)},
			effect: data.EffectChanged, back: overriding(action, pack, figure, before),
		}, tx.PutPolicyOverride(data.Platform(pack), figure, text)
	}
}

// ResetFigure takes an override away, so that the pack's own figure counts
// again, and recomputes.
func (d *Desk) ResetFigure(ctx context.Context, pack, figure string, p Progress) (RulesReport, error) {
	return d.changeRules(ctx, p, overriding("policy.reset", pack, figure, nil))
}

// ImportPack puts a pack into force, in the place of the one with its id where
// there is one, and recomputes.
func (d *Desk) ImportPack(ctx context.Context, name string, toml []byte, p Progress) (RulesReport, error) {
	pack, err := policy.Decode(name, toml)
	if err != nil {
		return RulesReport{}, err
	}
	return d.putRule(ctx, packSetting+pack.ID, toml, p)
}

// ResetPack takes the seller's own pack away, so that the built-in one counts
// again, and recomputes.
func (d *Desk) ResetPack(ctx context.Context, id string, p Progress) (RulesReport, error) {
	return d.putRule(ctx, packSetting+id, nil, p)
}

// Holidays gives the seller's own holiday list of a country in the form that
// SetHolidays takes; without one, an empty list with the built-in days as
// remarks, named as say says them.
func (d *Desk) Holidays(ctx context.Context, country string, say func(data.Text) string) (string, error) {
	var text string
	found, err := d.Setting(ctx, holidaySetting+country, &text)
	if err != nil || found {
		return text, err
	}
	var b bytes.Buffer
	b.Write(policy.EncodeHolidays(policy.Holidays{Country: country, Defaults: true}))
	year := d.now().Year()
	for y := year; y <= year+1; y++ {
		days := policy.BuiltInHolidays(country, y)
		dates := make([]string, 0, len(days))
		for date, name := range days {
			dates = append(dates, date.String()+" "+say(policy.HolidayText(name)))
		}
		slices.Sort(dates)
		for _, line := range dates {
			fmt.Fprintf(&b, "# %s\n", line)
		}
	}
	return b.String(), nil
}

// HolidayCountries lists the countries whose holidays are built in.
func HolidayCountries() []string { return policy.HolidayCountries() }

// SetHolidays puts a holiday list into force and recomputes. Every line that
// cannot be read is a Problem with its number, and nothing is changed.
func (d *Desk) SetHolidays(ctx context.Context, country, text string, p Progress) (RulesReport, error) {
	if _, err := policy.ParseHolidays(country, strings.NewReader(text)); err != nil {
		return RulesReport{}, err
	}
	return d.putRule(ctx, holidaySetting+country, []byte(text), p)
}

func (d *Desk) putRule(ctx context.Context, key string, text []byte, p Progress) (RulesReport, error) {
	var value json.RawMessage
	if text != nil {
		var err error
		if value, err = json.Marshal(string(text)); err != nil {
			return RulesReport{}, fmt.Errorf("writing the rules: %w", err)
		}
	}
	return d.changeRules(ctx, p, rawSetting("policy.put", data.EntityPolicy, key, value, nil))
}

// shownOf is what the lists show of a dispute now.
func shownOf(dispute *data.Dispute) policy.Shown {
	return policy.Shown{
		Stage: dispute.Stage, Waiting: dispute.Waiting, Due: dispute.Due, Rule: dispute.DueRule, Stated: !dispute.StatedDue.IsZero(),
		Sure: data.Confidence(dispute.DueSure), Rights: dispute.Rights,
	}
}

func caseOf(dispute *data.Dispute, shop data.Shop) policy.Case {
	return policy.CaseOf(dispute, shop)
}

func cacheOf(shown policy.Shown) store.DisputeCache {
	cache := store.DisputeCache{Stage: shown.Stage, Waiting: shown.Waiting, Due: shown.Due, DueRule: shown.Rule, DueSure: string(shown.Sure), Rights: shown.Rights}
	if shown.Stated {
		cache.Stated = shown.Due
	}
	return cache
}

// setState computes again what the events of a dispute say under the rules.
func setState(rules *policy.Rules, dispute *data.Dispute, shop data.Shop) {
	shown := rules.Brief(caseOf(dispute, shop))
	dispute.Stage, dispute.Waiting, dispute.Due, dispute.DueRule = shown.Stage, shown.Waiting, shown.Due, shown.Rule
	dispute.DueSure, dispute.Rights = string(shown.Sure), shown.Rights
	dispute.StatedDue = time.Time{}
	if shown.Stated {
		dispute.StatedDue = shown.Due
	}
}
