package risk

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"casebinder/data"
)

// The sizes of an amount.
const (
	AmountSmall  = "small"
	AmountMedium = "medium"
	AmountLarge  = "large"
)

var amountWords = []string{AmountSmall, AmountMedium, AmountLarge}

// size is how large an amount is; "" where its currency has no limits, or it is
// nothing.
func (r *Rules) size(m data.Money) string {
	a := r.amounts[m.Currency]
	switch {
	case a == nil || m.Minor <= 0:
		return ""
	case m.Minor >= a.large:
		return AmountLarge
	case m.Minor >= a.medium:
		return AmountMedium
	}
	return AmountSmall
}

// phrases finds words in texts: those of scripts that part words by the word, of
// the others as they stand.
type phrases struct {
	words map[string]string // words parted by spaces, to what they mean
	most  int               // words in the longest
	runs  []run             // of scripts without spaces
}

type run struct{ text, means string }

// mostWords is the most words that a phrase is looked for with.
const mostWords = 6

func (p *phrases) add(phrase, means string) {
	phrase = plain(phrase)
	if phrase == "" {
		return
	}
	if spaceless(phrase) {
		if !slices.ContainsFunc(p.runs, func(r run) bool { return r.text == phrase }) {
			p.runs = append(p.runs, run{phrase, means})
		}
		return
	}
	if p.words == nil {
		p.words = map[string]string{}
	}
	putNew(p.words, phrase, means)
	p.most = min(max(p.most, strings.Count(phrase, " ")+1), mostWords)
}

// spaceless reports whether a text is of a script that does not part its words.
func spaceless(s string) bool {
	if isASCII(s) {
		return false
	}
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			return true
		}
	}
	return false
}

// find gives the first phrase of a text with what it means.
func (p *phrases) find(text string) (phrase, means string) {
	if text == "" {
		return "", ""
	}
	text = plain(text)
	if spaceless(text) {
		for _, r := range p.runs {
			if strings.Contains(text, r.text) {
				return r.text, r.means
			}
		}
	}
	for start := 0; start < len(text); {
		end := start
		for range p.most {
			if i := strings.IndexByte(text[end:], ' '); i >= 0 {
				end += i
			} else {
				end = len(text)
			}
			if means, ok := p.words[text[start:end]]; ok {
				return text[start:end], means
			}
			if end == len(text) {
				break
			}
			end++
		}
		i := strings.IndexByte(text[start:], ' ')
		if i < 0 {
			break
		}
		start += i + 1
	}
	return "", ""
}

// mostItems is how many items of an order are looked at for their class.
const mostItems = 200

// goodsOf gives the risk of the goods of an order, the highest of its items, and
// the word that tells it.
func (r *Rules) goodsOf(f *Facts) (class, by string) {
	for _, c := range f.Classes {
		if risk := r.classes[c]; risk == GoodsHigh || class == "" && risk != "" {
			class, by = risk, c
		}
	}
	if class == GoodsHigh {
		return class, by
	}
	for i := range f.Order.Items[:min(len(f.Order.Items), mostItems)] {
		it := &f.Order.Items[i]
		for _, text := range []string{it.Title, it.SKU} {
			switch phrase, risk := r.goods.find(clampText(text)); {
			case risk == GoodsHigh:
				return risk, phrase
			case class == "" && risk != "":
				class, by = risk, phrase
			}
		}
	}
	return class, by
}

// clampText bounds what is searched of one text.
func clampText(s string) string {
	const most = 2000
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "")
	}
	return s
}

// mostMessages is how many of a buyer's messages are looked through.
const mostMessages = 20

// rushed reports whether the buyer presses for shipping, and says with which
// words.
func (r *Rules) rushed(m *measured) bool {
	texts := append([]string{m.f.Order.BuyerNote}, m.f.Messages[:min(len(m.f.Messages), mostMessages)]...)
	for _, text := range texts {
		if phrase, _ := r.rush.find(clampText(text)); phrase != "" {
			m.say(func() []any { return []any{"rush", phrase} })
			return true
		}
	}
	return false
}

// Classes lists the classes of goods that the rules know, by name.
func (r *Rules) Classes() []string { return slices.Sorted(maps.Keys(r.classes)) }
