// Package ratedpage reads ratings out of a platform's page that was copied as text.
//
// Its one rule: stars, days, orders and names are those that stand on the page, and
// each line that was not understood is listed.
//
// A page repeats its parts: each rating has its stars, and before or behind them its
// words, its buyer, its day, its order. Which stands on which side of the stars the
// whole page tells (cut.go). What a line is, line.go tells by the words of
// assets/ratedpage and by the forms of stars, days and numbers.
package ratedpage

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/chat"
)

// Bounds of a page.
const (
	MaxPage  = 4 << 20 // bytes of text that are read
	maxLines = 20_000
	maxLine  = 8_000 // bytes
)

// Hints are what is known beforehand.
type Hints struct {
	Zone  *time.Location // of the printed times; nil: UTC
	Today time.Time      // "yesterday" of the page, and days without a year; zero: they are not told
}

// A Rating is one of the ratings on a page.
type Rating struct {
	Stars       int            // 1 to 5; 0: the page prints none, or no whole number of them
	Printed     string         // the stars as the page prints them; "" none
	Word        bool           // they stand for a word such as “Positive”, which several stars are
	Text        string         // what was written
	Reply       string         // the seller's answer below it
	Buyer       string         // account or name, as printed
	Order       string         // its number
	Product     string         // title
	Details     map[string]int // detailed ratings, by data.DetailNames
	At          time.Time      // in the zone of the hints; zero: the page does not tell the day
	Day         bool           // no hour is printed
	First, Last int            // its lines on the page, from 1
}

// A Line is one that was not understood.
type Line struct {
	N    int
	Text string
}

// A Page is what a copied page of ratings holds.
type Page struct {
	Ratings  []Rating // in the order of the page
	Given    bool     // it says that the shop left them for its buyers
	Rest     []Line   // what was not understood
	Findings []data.Finding
}

// Split finds the ratings of a page that was copied as text.
func Split(text string, h Hints) Page {
	if h.Zone == nil {
		h.Zone = time.UTC
	}
	p := &reader{w: vocabulary(), hints: h}
	p.readLines(text)
	p.labels()
	p.heads()
	p.plainNumbers()
	p.countries() // before names, whose places they take, and for those that names finds
	p.names()
	p.countries()
	p.cut()
	p.times()
	p.tell()
	return p.page
}

// A reader reads one page.
type reader struct {
	w      *words
	hints  Hints
	tokens []token
	drafts []draft
	page   Page
	long   bool // it has more than is read
	marked bool // a label stands before what was written
}

// times gives each rating its time, as the whole page tells it.
func (p *reader) times() {
	var printed []chat.Printed
	var of []int
	for i := range p.drafts {
		if d := &p.drafts[i]; d.when.HasDay() {
			printed, of = append(printed, d.when), append(of, i)
		}
	}
	told, findings := chat.TellTimes(printed, chat.Hints{Zone: p.hints.Zone, ContextDate: p.hints.Today})
	p.page.Findings = append(p.page.Findings, findings...)
	for k, i := range of {
		if !told[k].At.IsZero() {
			p.drafts[i].At, p.drafts[i].Day = told[k].At, told[k].Day
		}
	}
	for i := range p.drafts {
		p.page.Ratings = append(p.page.Ratings, p.drafts[i].Rating)
	}
}

// tell says what is to be looked at.
func (p *reader) tell() {
	slices.SortStableFunc(p.page.Rest, func(a, b Line) int { return a.N - b.N })
	if p.long {
		p.found(foundLong.of(data.Warning, "lines", maxLines))
	}
	unstarred, undated, words := 0, 0, 0
	for i := range p.page.Ratings {
		r := &p.page.Ratings[i]
		if r.Stars == 0 {
			unstarred++
		}
		if r.At.IsZero() {
			undated++
		}
		if r.Word {
			words++
		}
	}
	for _, one := range []struct {
		n int
		data.Finding
	}{
		{unstarred, foundNoStars.of(data.Warning, "n", unstarred)},
		{words, foundWords.of(data.Info, "n", words)},
		{undated, foundNoDay.of(data.Warning, "n", undated)},
	} {
		if one.n > 0 {
			p.found(one.Finding)
		}
	}
	if len(p.page.Ratings) == 0 {
		p.found(foundNone.of(data.Warning))
	}
	if n := len(p.page.Rest); n > 0 {
		severity := data.Warning // a rating may lack its words
		if len(p.drafts) > 0 && p.page.Rest[n-1].N < p.drafts[0].First {
			severity = data.Info // what stands above the ratings is the shop's
		}
		f := foundRest.of(severity, "n", n, "line", p.page.Rest[0].N, "text", short(p.page.Rest[0].Text))
		for _, l := range p.page.Rest[:min(20, n)] {
			f.Where = append(f.Where, data.Ref{Kind: "row", ID: strconv.Itoa(l.N), Label: short(l.Text)})
		}
		p.found(f)
	}
}

func (p *reader) found(f data.Finding) { p.page.Findings = append(p.page.Findings, f) }

// leave lists the lines of tokens that belong to no rating; buttons and headings
// are understood.
func (p *reader) leave(tokens []token) {
	for i := range tokens {
		t := &tokens[i]
		if t.kind == isButton || t.kind == isHead || t.kind == isEnd || t.kind == isDetail && t.stars == 0 { // a mean of the shop
			continue
		}
		if n := len(p.page.Rest); n == 0 || p.page.Rest[n-1].N != t.line {
			p.page.Rest = append(p.page.Rest, Line{t.line, t.text})
		}
	}
}

func short(text string) string {
	if r := []rune(strings.TrimSpace(text)); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return strings.TrimSpace(text)
}
