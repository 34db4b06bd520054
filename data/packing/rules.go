package packing

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// rule is one of assets/packing/rules.toml: it holds where any of its conditions
// does.
type rule struct {
	ID      string            `toml:"id"`
	Slots   []string          `toml:"slots"`
	Above   map[string]string `toml:"above,omitempty"` // by currency, the total from which it holds
	Units   int64             `toml:"units,omitempty"` // of all lines together, from which it holds
	Lines   int               `toml:"lines,omitempty"` // from which it holds
	Fragile bool              `toml:"fragile,omitempty"`
	Classes []string          `toml:"classes,omitempty"` // of goods
	Words   []string          `toml:"words,omitempty"`   // in the title of a line
	Asked   []string          `toml:"asked,omitempty"`   // columns of the platform's file that ask for it, in small letters
	data.Origin
}

// The names of rules of which a shop sets the figures.
const (
	ruleDear  = "dear"
	ruleLarge = "large"
)

type book struct {
	Rules []rule `toml:"rule"`
}

var builtIn = sync.OnceValues(func() ([]rule, error) {
	var b book
	if err := pack.Read(assets.FS, "packing/rules.toml", &b); err != nil {
		return nil, err
	}
	return b.Rules, nil
})

// Goods is what is known of an order's goods beside its lines.
type Goods struct {
	Fragile []string // titles or SKUs of products that are marked as fragile
	Classes []string // of its products

	Troubles []data.GoodsTrouble // what went wrong with orders of its products
}

// The grounds on which a rule holds.
var (
	phraseDear    = data.DefinePhrase("packing.why.dear", "An expensive order ({total})")
	phraseUnits   = data.DefinePhrase("packing.why.units", "An order with {n} units")
	phraseLines   = data.DefinePhrase("packing.why.lines", "An order with {n} lines")
	phraseWord    = data.DefinePhrase("packing.why.word", "Fragile by the word “{word}” in its title")
	phraseWorks   = data.DefinePhrase("packing.why.works", "Electronics by the word “{word}” in its title")
	phraseFragile = data.DefinePhrase("packing.why.fragile", "“{product}” is marked as fragile")
	phraseClass   = data.DefinePhrase("packing.why.class", "Goods of class {class}")
	phraseAsked   = data.DefinePhrase("packing.why.asked", "{platform} asks in its file to keep proof of shipment")
	phraseOwnWord = data.DefinePhrase("packing.why.own", "The shop's own word “{word}” is in the title")
)

// ground tells by which fact of an order the rule holds; false where it does not.
func (r *rule) ground(o *data.Order, g Goods) (data.Text, bool) {
	if least, err := data.ParseDecimal(r.Above[o.Total.Currency], o.Total.Currency); err == nil && !o.Total.IsZero() && o.Total.Minor >= least.Minor {
		return phraseDear.With("total", o.Total), true
	}
	if n := units(o); r.Units > 0 && n >= r.Units {
		return phraseUnits.With("n", n), true
	}
	if n := len(o.Items); r.Lines > 0 && n >= r.Lines {
		return phraseLines.With("n", n), true
	}
	if r.Fragile && len(g.Fragile) > 0 {
		return phraseFragile.With("product", g.Fragile[0]), true
	}
	for _, c := range g.Classes {
		if slices.Contains(r.Classes, c) {
			return phraseClass.With("class", c), true
		}
	}
	if r.asked(o) {
		return phraseAsked.With("platform", o.Shop.Platform.Title()), true
	}
	if word := wordIn(o, r.Words); word != "" {
		if r.Fragile {
			return phraseWord.With("word", word), true
		}
		return phraseWorks.With("word", word), true
	}
	return data.Text{}, false
}

// asked reports whether a column of the platform's file says yes.
func (r *rule) asked(o *data.Order) bool {
	for header, value := range o.Extra {
		if slices.Contains(r.Asked, strings.ToLower(strings.TrimSpace(header))) && slices.Contains([]string{"yes", "y", "true", "1", "是"}, strings.ToLower(strings.TrimSpace(value))) {
			return true
		}
	}
	return false
}

// units sums what the lines hold; a line whose quantity makes no sense counts as one.
func units(o *data.Order) int64 {
	var n int64
	for _, i := range o.Items {
		n += min(max(i.Quantity, 1), maxUnits)
	}
	return n
}

// maxUnits bounds the quantity of a line, so that sums stay whole numbers.
const maxUnits = 1_000_000_000

// wordIn gives the first of some words that stands in a line's title; "" for none.
func wordIn(o *data.Order, words []string) string {
	for _, i := range o.Items {
		title := strings.ToLower(i.Title + " " + i.Variation)
		for _, word := range words {
			if hasWord(title, strings.ToLower(word)) {
				return word
			}
		}
	}
	return ""
}

// hasWord reports whether a word stands in a text on its own; a word of a writing
// without blanks between words may stand anywhere.
func hasWord(text, word string) bool {
	if word == "" {
		return false
	}
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(word):])
		first, _ := utf8.DecodeRuneInString(word)
		if unspaced(first) || !joins(before) && !joins(after) {
			return true
		}
		from = at + len(word)
	}
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}

func joins(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unspaced(r)
}
