package tongue

import (
	"strings"

	"golang.org/x/text/language"
)

// A Ground is by what a buyer's language is told.
type Ground string

// The grounds, the surest first.
const (
	ByPerson  Ground = "person"  // somebody said so
	ByFile    Ground = "file"    // the platform's file says so
	ByMessage Ground = "message" // what the buyer wrote on this order
	ByOthers  Ground = "others"  // what is known of the buyer's other orders
	ByCountry Ground = "country" // what most read where the parcel goes
	ByNothing Ground = ""        // nothing tells it
)

// Facts are what is known of a buyer.
type Facts struct {
	Told     string   // by a person or a file; "" by nobody
	ToldBy   Ground   // ByPerson or ByFile
	Messages []string // of the buyer on this order, the newest first
	Others   []string // languages, or messages' languages, of the buyer's other orders, the newest first
	Country  string   // ISO 3166-1
	State    string
	Postcode string
}

// Answer is the language that a buyer reads.
type Answer struct {
	Language string // BCP 47; "" where nothing tells it
	Ground   Ground
	Sure     bool
	Text     string // the message that told it
}

// looked is how many messages are looked at, the newest.
const looked = 5

// Tell tells the language that a buyer reads, and by what.
func Tell(f Facts) Answer {
	if f.Told != "" && f.ToldBy != ByNothing {
		return Answer{Language: f.Told, Ground: f.ToldBy, Sure: true}
	}
	place, placeSure := OfPlace(f.Country, f.State, f.Postcode)
	if a := byMessages(f.Messages, place); a.Language != "" {
		a.Language = refine(a.Language, place, f.Country)
		return a
	}
	for _, lang := range f.Others {
		if lang != "" {
			return Answer{Language: lang, Ground: ByOthers, Sure: place == "" || base(place) == base(lang)}
		}
	}
	if place != "" {
		return Answer{Language: place, Ground: ByCountry, Sure: placeSure}
	}
	return Answer{}
}

// byMessages asks the newest messages that are sure, then all of them together;
// a likely language counts where the country reads it too.
func byMessages(messages []string, place string) Answer {
	messages = messages[:min(len(messages), looked)]
	for _, text := range messages {
		if lang, sure := Detect(text); sure {
			return Answer{Language: lang, Ground: ByMessage, Sure: true, Text: text}
		}
	}
	whole := strings.Join(messages, "\n")
	lang, sure := Detect(whole)
	if lang != "" && (sure || base(lang) == base(place)) {
		return Answer{Language: lang, Ground: ByMessage, Sure: true, Text: whole}
	}
	if lang != "" && place == "" {
		return Answer{Language: lang, Ground: ByMessage, Text: whole}
	}
	return Answer{}
}

// refine gives a language the region in which it is written where that matters:
// Portuguese, Spanish, French of Canada, Chinese.
func refine(lang, place, country string) string {
	switch {
	case lang == "zh-TW" && (country == "HK" || country == "MO"):
		return "zh-HK"
	case strings.Contains(lang, "-"):
		return lang
	case base(place) == lang:
		return place
	case lang == "pt":
		return "pt-BR"
	}
	return lang
}

func base(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return ""
	}
	b, _ := tag.Base()
	return b.String()
}
