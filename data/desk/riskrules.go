package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/risk"
)

var problemRiskRule = data.DefineProblem("risk_rule_unknown", data.ErrNotFound,
	"The review before shipping has no rule “{rule}”.", "Choose one of the rules that are listed.")

// RiskRules lists the rules of the review, with why one is switched off.
func (d *Desk) RiskRules(ctx context.Context) ([]risk.RuleInfo, error) {
	rules, err := d.riskRules(ctx)
	if err != nil {
		return nil, err
	}
	return rules.List(), nil
}

// RiskChange is a change of the rules of the review: a rule that is switched, with
// the reason, or the shop's own rules as TOML.
type RiskChange struct {
	Rule   string // switched; "": none
	On     bool
	Reason string
	Own    *string // the shop's own rules; nil: as they are; "": none
}

// ownStart is from what a shop's own rules begin.
const ownStart = `# Own rules of the review before shipping. Take the # away from what you want.
# What has the id or currency of a built-in one takes its place.
format = 1
id = "own"

# [[amount]]
# currency = "USD"
# medium = "100"
# large = "300"

# [[country]]
# code = "XX"
# why = "parcels were lost there"

# [[rule]]
# id = "own.bulk"
# title = "bulk order"
# level = "look"                 # clear, look, hold or stop
# all = [ { fact = "units", at_least = 10 }, { fact = "first_purchase", is = "yes" } ]
# text = "A first order of {units} pieces."
# do = "Ask what they are for."
`

// RiskOwn gives the shop's own rules as TOML, or a text from which they can begin.
func (d *Desk) RiskOwn(ctx context.Context) (string, error) {
	var text string
	if found, err := d.Setting(ctx, riskOwnSetting, &text); err != nil || found {
		return text, err
	}
	return ownStart, nil
}

// changed gives the settings after a change, and the rules that they make. What
// cannot be a rule is refused with its line and reason.
func (d *Desk) changed(ctx context.Context, c RiskChange) (key string, value json.RawMessage, rules *risk.Rules, err error) {
	own, err := d.store.Setting(ctx, riskOwnSetting)
	if err != nil {
		return "", nil, nil, err
	}
	off, err := d.store.Setting(ctx, riskOffSetting)
	if err != nil {
		return "", nil, nil, err
	}
	if c.Own != nil {
		if own = nil; strings.TrimSpace(*c.Own) != "" {
			if own, err = json.Marshal(*c.Own); err != nil {
				return "", nil, nil, fmt.Errorf("writing the rules: %w", err)
			}
		}
		rules, err = readRisk(own, off)
		return riskOwnSetting, own, rules, err
	}
	known, err := d.riskRules(ctx)
	if err != nil {
		return "", nil, nil, err
	}
	if !slices.ContainsFunc(known.List(), func(one risk.RuleInfo) bool { return one.ID == c.Rule }) {
		return "", nil, nil, problemRiskRule.New("rule", c.Rule)
	}
	why := maps.Clone(known.Off())
	if why == nil {
		why = map[string]string{}
	}
	if delete(why, c.Rule); !c.On {
		why[c.Rule] = cmp.Or(strings.TrimSpace(c.Reason), "–") // a trial needs no reason
	}
	if off, err = json.Marshal(why); err != nil {
		return "", nil, nil, fmt.Errorf("writing the rules: %w", err)
	}
	rules, err = readRisk(own, off)
	return riskOffSetting, off, rules, err
}

// ChangeRisk changes the rules of the review; the kept reviews follow behind. It
// can be undone.
func (d *Desk) ChangeRisk(ctx context.Context, c RiskChange) error {
	if c.Own == nil && !c.On && strings.TrimSpace(c.Reason) == "" {
		return problemWhy.New()
	}
	key, value, _, err := d.changed(ctx, c)
	if err != nil {
		return err
	}
	return d.act(ctx, rawSetting("risk.put", data.EntityPolicy, key, value, manyOf(data.EntityPolicy)))
}

// RiskMove is an order that a change of the rules would judge otherwise.
type RiskMove struct {
	OrderID int64
	Number  string
	Shop    string
	From,
	To data.RiskLevel
	Reasons []data.RiskReason // after the change
}

// RiskTrial is what a change of the rules would do.
type RiskTrial struct {
	Orders int // looked at
	Before map[data.RiskLevel]int
	After  map[data.RiskLevel]int
	Moves  []RiskMove
	More   int // moved orders that Moves leaves out
}

// mostMoves is how many moved orders a trial names.
const mostMoves = 500

// TryRisk tells what a change would have made of the orders of the last days,
// shipped or not, by what the desk knows of them today. Nothing is changed. It can
// be canceled.
func (d *Desk) TryRisk(ctx context.Context, c RiskChange, days int, p Progress) (RiskTrial, error) {
	trial := RiskTrial{Before: map[data.RiskLevel]int{}, After: map[data.RiskLevel]int{}}
	before, err := d.riskRules(ctx)
	if err != nil {
		return trial, err
	}
	_, _, after, err := d.changed(ctx, c)
	if err != nil {
		return trial, err
	}
	orders, err := d.store.PastOrders(ctx, d.now().AddDate(0, 0, -days))
	if err != nil {
		return trial, err
	}
	old, next := reviewer{desk: d, rules: before, from: &d.store.Reader}, reviewer{desk: d, rules: after, from: &d.store.Reader}
	g, err := old.begin(ctx, len(orders))
	if err != nil {
		return trial, err
	}
	for part := range slices.Chunk(orders, riskPart) {
		if err := ctx.Err(); err != nil {
			return trial, err
		}
		if g, err = old.gather(ctx, waitingIDs(part), g); err != nil {
			return trial, err
		}
		next.classes = old.classes
		for i := range g.Orders {
			trial.add(&old, &next, g, &g.Orders[i])
		}
		p.tell(int64(trial.Orders), int64(len(orders)), "progress.reviewing")
	}
	return trial, nil
}

func (t *RiskTrial) add(old, next *reviewer, g *gathered, o *data.Order) {
	was, is := old.factsOf(g, o), next.factsOf(g, o)
	a, b := old.rules.Judge(&was, g.passes[o.ID]), next.rules.Judge(&is, g.passes[o.ID])
	t.Orders++
	t.Before[a.Level]++
	t.After[b.Level]++
	switch {
	case a.Level == b.Level && slices.Equal(a.Reasons(), b.Reasons()):
	case len(t.Moves) == mostMoves:
		t.More++
	default:
		t.Moves = append(t.Moves, RiskMove{OrderID: o.ID, Number: o.Number, Shop: o.Shop.Name, From: a.Level, To: b.Level, Reasons: b.Reasons()})
	}
}
