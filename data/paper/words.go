package paper

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// words are what stands on papers in one language: a table of
// assets/papers/words.toml.
type words struct {
	Language string `toml:"-"`

	List        string `toml:"list"`
	HandOver    string `toml:"hand_over"`
	News        string `toml:"news"`
	Order       string `toml:"order"`
	Ordered     string `toml:"ordered"`
	Shop        string `toml:"shop"`
	To          string `toml:"to"`
	Item        string `toml:"item"`
	SKU         string `toml:"sku"`
	Quantity    string `toml:"quantity"`
	Price       string `toml:"price"`
	Parcel      string `toml:"parcel"` // with {n} and {count}
	Tracking    string `toml:"tracking"`
	Carrier     string `toml:"carrier"`
	Weight      string `toml:"weight"`
	Destination string `toml:"destination"`
	Number      string `toml:"number"`
	Total       string `toml:"total"`
	Parcels     string `toml:"parcels"`
	Counted     string `toml:"checked_quantity"`
	Parts       string `toml:"checked_parts"`
	Condition   string `toml:"checked_condition"`
	PackedBy    string `toml:"packed_by"`
	Several     string `toml:"several"`
	Date        string `toml:"date"`
	Handed      string `toml:"handed"`
	Received    string `toml:"received"`
	Signature   string `toml:"signature"`
	Page        string `toml:"page"` // with {n} and {count}
}

var allWords = sync.OnceValues(func() (map[string]*words, error) {
	table := map[string]*words{}
	err := pack.Read(assets.FS, "papers/words.toml", &table)
	for language, w := range table {
		w.Language = language
	}
	return table, err
})

// wordsOf gives the words of a language, else of the nearest one, else English.
func wordsOf(lang string) *words {
	table, err := allWords()
	if err != nil { // a test reads the file: it cannot fail at work
		return &words{Language: "en"}
	}
	if w, ok := table[lang]; ok {
		return w
	}
	switch base(lang) {
	case "zh":
		for _, traditional := range []string{"hant", "-tw", "-hk", "-mo"} {
			if strings.Contains(strings.ToLower(lang), traditional) {
				return table["zh-TW"]
			}
		}
		return table["zh-CN"]
	case "pt":
		return table["pt-BR"]
	}
	if w, ok := table[base(lang)]; ok {
		return w
	}
	return table["en"]
}

// Languages lists the languages in which papers have words, by their code.
func Languages() []string {
	table, err := allWords()
	if err != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(table))
}

func base(lang string) string {
	b, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	return b
}

func counted(words, n, count string) string {
	return data.FillWords(words, map[string]string{"n": n, "count": count})
}
