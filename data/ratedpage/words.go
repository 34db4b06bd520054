package ratedpage

import (
	"maps"
	"regexp"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data/pack"
)

// wordFile is assets/ratedpage/words.toml.
type wordFile struct {
	Positive           []string `toml:"positive"`
	Neutral            []string `toml:"neutral"`
	Negative           []string `toml:"negative"`
	Star               []string `toml:"star"`
	Of                 []string `toml:"of"`
	LabelStars         []string `toml:"label_stars"`
	LabelText          []string `toml:"label_text"`
	LabelOrder         []string `toml:"label_order"`
	LabelBuyer         []string `toml:"label_buyer"`
	LabelWhen          []string `toml:"label_when"`
	LabelProduct       []string `toml:"label_product"`
	LabelReply         []string `toml:"label_reply"`
	LabelSkip          []string `toml:"label_skip"`
	LabelDescription   []string `toml:"label_description"`
	LabelCommunication []string `toml:"label_communication"`
	LabelShippingTime  []string `toml:"label_shipping_time"`
	LabelShippingCost  []string `toml:"label_shipping_cost"`
	ReplyStart         []string `toml:"reply_start"`
	By                 []string `toml:"by"`
	On                 []string `toml:"on"`
	DateStart          []string `toml:"date_start"`
	Past               []string `toml:"past"`
	Ago                []string `toml:"ago"`
	AgoStart           []string `toml:"ago_start"`
	Given              []string `toml:"given"`
	LeftBy             []string `toml:"left_by"`
	UI                 []string `toml:"ui"`
	Counted            []string `toml:"counted"`
	End                []string `toml:"end"`
	EndStart           []string `toml:"end_start"`
	LineShippingTime   []string `toml:"line_shipping_time"`
	ShopStart          []string `toml:"shop_start"`
	ShopHolds          []string `toml:"shop_holds"`
}

// words are the same, ready to be looked up.
type words struct {
	wordFile
	classes                          map[string]int // a word to its stars
	labels                           map[string]kind
	details                          map[string]string // a label to the name of a detailed rating
	lineDetails                      map[string]string // the same, and those that are one only beside others on their line
	past, given, ui, end, on, by     map[string]bool
	starsOf, starsAlone, starsBehind *regexp.Regexp
	starsTitled                      *regexp.Regexp
	counted                          *regexp.Regexp
}

// vocabulary reads the words once.
var vocabulary = sync.OnceValue(func() *words {
	w := &words{classes: map[string]int{}, labels: map[string]kind{}, details: map[string]string{}}
	if err := pack.Read(assets.FS, "ratedpage/words.toml", &w.wordFile); err != nil {
		panic(err) // it is a part of the program, and a test reads it
	}
	for stars, list := range map[int][]string{5: w.Positive, 3: w.Neutral, 1: w.Negative} {
		for _, word := range list {
			w.classes[word] = stars
		}
	}
	for of, list := range map[kind][]string{
		isStars: w.LabelStars, isText: w.LabelText, isOrder: w.LabelOrder, isBuyer: w.LabelBuyer, isWhen: w.LabelWhen,
		isProduct: w.LabelProduct, isReply: w.LabelReply, isButton: w.LabelSkip,
	} {
		for _, word := range list {
			w.labels[word] = of
		}
	}
	for name, list := range map[string][]string{
		"description": w.LabelDescription, "communication": w.LabelCommunication, "shipping_time": w.LabelShippingTime, "shipping_cost": w.LabelShippingCost,
	} {
		for _, word := range list {
			w.labels[word], w.details[word] = isDetail, name
		}
	}
	w.lineDetails = maps.Clone(w.details)
	for _, word := range w.LineShippingTime {
		w.lineDetails[word] = "shipping_time"
	}
	w.past, w.given, w.ui, w.end, w.on, w.by = set(w.Past), set(w.Given), set(w.UI), set(w.End), set(w.On), set(w.By)
	stars := alternatives(w.Star)
	w.starsOf = regexp.MustCompile(`^(?:\pL+:? )?(\d(?:[.,]\d{1,2})?)\s*(?:` + stars + `)?\s*(?:` + alternatives(w.Of) + `)\s*5(?:[.,]0)?\s*(?:` + stars + `)?\.?$`)
	w.starsTitled = regexp.MustCompile(`(?i)^([0-5][.,]\d\s*(?:` + alternatives(w.Of) + `)\s*5\s*(?:` + stars + `))\s+([^(].*)$`)
	w.starsAlone = regexp.MustCompile(`^(\d(?:[.,]\d{1,2})?)\s*-?(?:` + stars + `)$`)
	w.starsBehind = regexp.MustCompile(`^(?:5つ星のうち|별표?\s*5개\s*중\s*|满分\s*5\s*分\s*|滿分\s*5\s*分\s*)\s*(\d(?:[.,]\d{1,2})?)\s*개?$`)
	w.counted = regexp.MustCompile(`^\(?[\d.,  ]+[%+k万]?\)?\s*(?:` + alternatives(w.Counted) + `)?\)?$`)
	return w
})

// detailOf gives the name of a detailed rating by its label.
func (w *words) detailOf(label string) string { return w.lineDetails[strings.ToLower(label)] }

func set(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[s] = true
	}
	return m
}

// alternatives matches any of some words.
func alternatives(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = regexp.QuoteMeta(s)
	}
	return strings.Join(quoted, "|")
}
