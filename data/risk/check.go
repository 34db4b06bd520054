package risk

import (
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/pack"
)

// mends are what a screen can offer for a finding of a rule.
var mends = []string{"", "reply", "hold", "task", "path", "confirm", "limits"}

// check tells what is wrong with a book, and makes its conditions ready.
func (b *Book) check(r *pack.Report) {
	if b.ID == "" {
		r.Fail(pack.At("id"), "the file has no id")
	}
	seen := map[string]bool{}
	for i := range b.Rules {
		b.checkRule(r, i, seen)
	}
	for i := range b.Amounts {
		b.Amounts[i].check(r, i)
	}
	for i := range b.Figures {
		if f := &b.Figures[i]; f.ID != figureRowDays {
			r.Fail(pack.At("figure", i, "id"), "there is no figure “%s”", f.ID)
		} else if f.Value < 0 || f.Value > 60 {
			r.Fail(pack.At("figure", i, "value"), "%d days are out of bounds; write 0 to 60", f.Value)
		}
	}
	for i := range b.Goods {
		g := &b.Goods[i]
		if g.ID == "" || g.Risk != GoodsHigh && g.Risk != GoodsLow {
			r.Fail(pack.At("goods", i, "risk"), "the class of goods “%s” needs an id, and the risk high or low", g.ID)
		}
		checkWords(r, pack.At("goods", i, "words"), g.Words)
	}
	for i := range b.Rush {
		checkWords(r, pack.At("rush", i, "words"), b.Rush[i].Words)
	}
	for i, c := range b.Countries {
		if len(c.Code) != 2 || strings.ToUpper(c.Code) != c.Code {
			r.Fail(pack.At("country", i, "code"), "“%s” is no country; write two capital letters, as in US", c.Code)
		}
		if strings.TrimSpace(c.Why) == "" {
			r.Fail(pack.At("country", i, "why"), "it is not said why “%s” is looked at closer", c.Code)
		}
	}
}

func checkWords(r *pack.Report, at pack.Place, words []string) {
	for _, w := range words {
		if len([]rune(plain(w))) < 2 {
			r.Fail(at.Word(w), "the word “%s” is too short to tell anything", w)
		}
	}
}

func (b *Book) checkRule(r *pack.Report, i int, seen map[string]bool) {
	rule := &b.Rules[i]
	at := func(field string) pack.Place { return pack.At("rule", i, field) }
	switch {
	case rule.ID == "":
		r.Fail(at("id"), "the rule has no id")
	case seen[rule.ID]:
		r.Fail(at("id"), "there are two rules “%s”", rule.ID)
	}
	seen[rule.ID] = true
	if rule.Level.Rank() < 0 {
		r.Fail(at("level"), "“%s” is no level; write clear, look, hold or stop", rule.Level)
	}
	if strings.TrimSpace(rule.Title) == "" || strings.TrimSpace(rule.Text) == "" || strings.TrimSpace(rule.Do) == "" {
		r.Fail(at("text"), "the rule “%s” needs title, text and do", rule.ID)
	}
	if !slices.Contains(mends, rule.Mend) || (rule.Mend == "reply") != (rule.Reply != "") {
		r.Fail(at("mend"), "“%s” is nothing that can be offered; write reply (with the template in reply), hold, task, path, confirm or limits", rule.Mend)
	}
	const most = 60 * 24
	if rule.WaitHours < 0 || rule.WaitHours > most || rule.LeastHours < 0 || rule.LeastHours > rule.WaitHours {
		r.Fail(at("wait_hours"), "the wait of %d hours, at the least %d, is out of bounds", rule.WaitHours, rule.LeastHours)
	}
	rule.checkEase(r, at)
	if len(rule.All)+len(rule.Any) == 0 {
		r.Fail(at("all"), "the rule “%s” has no condition", rule.ID)
	}
	if b.ID != OwnID {
		r.Origin(at("source"), "the rule “"+rule.ID+"”", rule.Origin)
	}
	checkConditions(r, at("all"), rule.All, 1)
	checkConditions(r, at("any"), rule.Any, 1)
	rule.title, rule.why, rule.how = phraseOf(rule.Title), phraseOf(rule.Text), phraseOf(rule.Do)
	rule.finding = "risk." + rule.ID
}

// checkEase checks how long a rule holds an order, and what the buyer's confirmation
// makes of that.
func (r *Rule) checkEase(report *pack.Report, at func(string) pack.Place) {
	if r.Level == data.RiskHold && r.WaitHours == 0 {
		report.Fail(at("wait_hours"), "the rule “%s” holds an order; write for how many hours", r.ID)
	}
	if r.Confirmed != "" && (r.Confirmed.Rank() < 0 || r.Confirmed.Rank() >= r.Level.Rank()) {
		report.Fail(at("confirmed"), "“%s” does not ease the level “%s”; write a lower one", r.Confirmed, r.Level)
	}
}

func phraseOf(english string) data.Phrase {
	t := pack.Text(english)
	return data.Phrase{Key: t.Key, English: t.English}
}

func checkConditions(r *pack.Report, at pack.Place, list []Condition, depth int) {
	if depth > maxNested {
		r.Fail(at, "conditions stand in each other more than %d deep", maxNested)
		return
	}
	for i := range list {
		c := &list[i]
		if c.Fact == "" {
			if len(c.All)+len(c.Any) == 0 {
				r.Fail(at, "a condition names no fact")
			}
			checkConditions(r, at, c.All, depth+1)
			checkConditions(r, at, c.Any, depth+1)
			continue
		}
		c.check(r, at)
	}
}

func (c *Condition) check(r *pack.Report, at pack.Place) {
	f, ok := factOf(c.Fact)
	if !ok {
		r.Fail(at.Word(c.Fact), "there is no fact “%s”", c.Fact)
		return
	}
	c.at = f
	info := factList[f]
	numbers, words := c.AtLeast != nil || c.Below != nil, slices.Clone(c.In)
	if c.Is != "" {
		words = append(words, c.Is)
	}
	asked := 0
	for _, b := range []bool{numbers, len(words) > 0, c.Unknown} {
		if b {
			asked++
		}
	}
	switch {
	case asked != 1 || len(c.All)+len(c.Any) > 0:
		r.Fail(at.Word(c.Fact), "the condition on “%s” must ask one thing: is, in, at_least, below or unknown", c.Fact)
	case c.Unknown:
	case numbers != (info.kind == number):
		r.Fail(at.Word(c.Fact), "“%s” is compared with at_least and below where it is a number, else with is and in", c.Fact)
	}
	allowed := info.words
	if info.kind == yesNo {
		allowed = []string{"yes", "no"}
	}
	for _, w := range words {
		if allowed != nil && !slices.Contains(allowed, w) {
			r.Fail(at.Word(w), "“%s” is never “%s”; it can be %s", c.Fact, w, strings.Join(allowed, ", "))
		}
	}
}

func (a *Amount) check(r *pack.Report, i int) {
	medium, err1 := data.ParseDecimal(a.Medium, a.Currency)
	large, err2 := data.ParseDecimal(a.Large, a.Currency)
	switch {
	case err1 != nil || err2 != nil:
		r.Fail(pack.At("amount", i, "currency"), "the limits “%s” and “%s” are no amounts in “%s”", a.Medium, a.Large, a.Currency)
	case medium.Minor <= 0 || large.Minor < medium.Minor:
		r.Fail(pack.At("amount", i, "large"), "the limits of %s must be more than nothing, and large not below medium", a.Currency)
	}
	a.medium, a.large = medium.Minor, large.Minor
}
