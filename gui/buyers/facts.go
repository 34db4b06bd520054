package buyers

import (
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/tongue"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// facts are what is known of a person, each copied by a click.
func facts(v *desk.BuyerView, now time.Time) []kit.Fact {
	r := v.Row
	text := func(key, value string) kit.Fact { return kit.Fact{Label: words.T(key), Value: value} }
	wide := func(key, value string) kit.Fact { return kit.Fact{Label: words.T(key), Value: value, Wide: true} }
	orders := words.Number(int64(r.Orders))
	if r.CalledOff > 0 {
		orders = words.Join(" · ", orders, words.N("buyers.called_off", r.CalledOff))
	}
	list := []kit.Fact{
		text("tab.orders", orders), text("buyers.spent", allSpent(r)),
		text("buyers.first", words.Day(r.FirstAt, "", now)), text("buyers.last", words.Day(r.LastAt, "", now)),
		text("buyers.units", units(r)), text("tab.feedback", feedbackText(v)),
		text("buyers.country", words.Country(r.Country)), text("buyers.language", readsText(v)),
		text("buyers.tone", toneText(r.Tone)), text("buyers.tags", strings.Join(r.Tags, ", ")),
	}
	if len(v.Facts) > 0 { // how each came out stands with the disputes
		list = append(list, wide("tab.disputes", words.Text(v.Facts[0])))
	}
	return append(list, wide("buyers.note", r.Note))
}

// prose is what is said in sentences below the facts.
func prose(v *desk.BuyerView, now time.Time) string {
	return words.Join("\n", rhythm(v.Row, now), words.Text(v.Why))
}

// units is how many units were bought, and the most of one item at once.
func units(r data.BuyerRow) string {
	if r.Units == 0 {
		return ""
	}
	most := ""
	if r.MostUnits > 1 {
		most = words.T("buyers.most_at_once", "n", words.Number(r.MostUnits))
	}
	return words.Join(" · ", words.Number(r.Units), most)
}

func feedbackText(v *desk.BuyerView) string {
	n := len(v.Feedback)
	if n == 0 {
		return ""
	}
	return words.N("buyers.stars", n, "stars", strconv.FormatFloat(v.Stars, 'f', 1, 64))
}

// readsText is the language that the person reads, and by what that is known.
func readsText(v *desk.BuyerView) string {
	if v.Reads.Language == "" {
		return languageText(v.Row.Language)
	}
	text := words.LanguageNamed(v.Reads.Language)
	if v.Reads.Ground != tongue.ByNothing {
		text += " (" + words.T("replies.ground."+string(v.Reads.Ground)) + ")"
	}
	return text
}
