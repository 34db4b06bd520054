package ratedpage

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data/chat"
)

// kind says what a part of a page is.
type kind int

// The kinds.
const (
	isText kind = iota
	isButton
	isHead // of the page
	isEnd  // where its ratings end
	isStars
	isWhen
	isOrder
	isBuyer
	isProduct
	isReply
	isDetail
)

// A token is a line of the page, or a part of one.
type token struct {
	line    int
	kind    kind
	text    string // as printed
	value   string // behind its label; "" for a label that stands alone
	label   bool   // a label told its kind
	stars   int
	printed string // stars
	word    bool   // of a class
	when    chat.Printed
	detail  string
}

// readLines cuts the text into its parts.
func (p *reader) readLines(text string) {
	if len(text) > MaxPage {
		text, p.long = strings.ToValidUTF8(text[:MaxPage], ""), true
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n").Replace(text)
	for i, line := range strings.Split(text, "\n") {
		if i == maxLines {
			p.long = true
			return
		}
		if len(line) > maxLine {
			line, p.long = strings.ToValidUTF8(line[:maxLine], ""), true
		}
		p.readLine(i+1, strings.ToValidUTF8(line, "\uFFFD"))
	}
}

func (p *reader) readLine(n int, line string) {
	first := len(p.tokens)
	for _, cell := range strings.Split(line, "\t") {
		if cell = plain(cell); cell != "" {
			p.readCell(n, cell)
		}
	}
	p.unsummed(first)
}

// unsummed takes a line such as “Positive 12 40 96” for the sums that it holds.
func (p *reader) unsummed(first int) {
	line := p.tokens[first:]
	numbers := 0
	for i := range line {
		if line[i].kind != isStars && p.w.counted.MatchString(line[i].text) {
			numbers++
		}
	}
	if len(line) > 2 && numbers >= len(line)-1 {
		for i := range line {
			line[i].kind = isHead
		}
	}
}

// readCell cuts a cell at the signs that pages set between its parts, where one of
// them is more than text.
func (p *reader) readCell(n int, cell string) {
	if p.detailLine(n, cell) {
		return
	}
	if t := p.told(n, cell); t.kind != isText || t.label {
		p.add(t)
		return
	}
	if p.titledStars(n, cell) || p.nameAndDay(n, cell) {
		return
	}
	for _, sign := range []string{" | ", " · ", " • "} {
		parts := strings.Split(cell, sign)
		if len(parts) < 2 || len(parts) > 6 {
			continue
		}
		var all []token
		more := false
		for _, part := range parts {
			if part = plain(part); part == "" {
				continue
			}
			t := p.told(n, part)
			more = more || t.kind != isText
			all = append(all, t)
		}
		if more {
			p.tokens = append(p.tokens, all...)
			return
		}
	}
	p.add(token{line: n, text: cell, value: cell})
}

func (p *reader) add(t token) { p.tokens = append(p.tokens, t) }

// told says what a part of a line is.
func (p *reader) told(n int, text string) token {
	t := token{line: n, text: text, value: text}
	low := strings.ToLower(text)
	bare := strings.TrimRight(low, " :：.")
	switch {
	case p.w.given[bare]:
		t.kind, p.page.Given = isHead, true
	case p.w.end[bare] || startsWith(low, p.w.EndStart):
		t.kind = isEnd
	case p.stars(&t, low), p.labeled(&t), p.whole(&t, low):
	case p.w.ui[bare] || p.w.ui[withoutCount(bare)], p.w.counted.MatchString(low) && len(low) > 1 || isPrice.MatchString(text):
		t.kind = isButton
	}
	return t
}

// whole tells what needs no label.
func (p *reader) whole(t *token, low string) bool {
	switch {
	case p.day(t, t.text):
	case p.w.past[low], len(low) < 40 && strings.ContainsFunc(low, unicode.IsDigit) && (endsWith(low, p.w.Ago) || startsWith(low, p.w.AgoStart)):
		t.kind = isWhen
	case orderNumber.MatchString(t.text):
		t.kind, t.value = isOrder, orderNumber.FindStringSubmatch(t.text)[1]
	case p.unmarkedOrder(t):
	case startsWith(low, p.w.ReplyStart) && len(low) < 80:
		t.kind, t.label, t.value = isReply, true, ""
	default:
		return p.account(t, low) || titled(t)
	}
	return true
}

// day reads a day, with its time of day where one is printed.
func (p *reader) day(t *token, text string) bool {
	if len(text) > maxDay {
		return false
	}
	text = strings.TrimRight(text, " .,")
	if start := longestStart(strings.ToLower(text), p.w.DateStart); start > 0 {
		return p.dayBehind(t, text, start) > 0
	}
	return p.printed(t, text)
}

// dayBehind gives where the first word at or behind a place begins with which a day
// begins that ends the text; 0 where there is none.
func (p *reader) dayBehind(t *token, text string, from int) int {
	for at := max(from, len(text)-mostPrinted); at < len(text); at++ {
		if at > 0 && text[at-1] == ' ' && p.printed(t, text[at:]) {
			return at
		}
	}
	return 0
}

// maxDay is the longest part that is read as a day or as a name with a day, in bytes.
const maxDay = 120

// mostPrinted is the longest day that a page prints, with its time, in bytes.
const mostPrinted = 64

// printed reads a day with nothing before it.
func (p *reader) printed(t *token, text string) bool {
	if len(text) > mostPrinted {
		return false
	}
	text = dashed.ReplaceAllString(text, "$2 $1 20$3")
	when, n := chat.ReadPrinted(text)
	if n == 0 || strings.Trim(text[n:], " .,") != "" || !when.HasDay() {
		return false
	}
	t.kind, t.when = isWhen, when
	return true
}

// stars reads ★★★, “4 out of 5 stars”, “4 stars” or a word for a class.
func (p *reader) stars(t *token, low string) bool {
	if n, ok := p.w.classes[strings.TrimRight(low, " :.")]; ok {
		t.kind, t.stars, t.printed, t.word = isStars, n, t.text, true
		return true
	}
	if m := starSigns.FindStringSubmatch(low); m != nil {
		t.kind, t.printed, t.stars = isStars, t.text, utf8.RuneCountInString(m[1])
		if t.stars > 5 || m[2] != "" {
			t.stars = 0
		}
		return true
	}
	if m := chineseStars.FindStringSubmatch(low); m != nil {
		t.kind, t.printed, t.stars = isStars, t.text, strings.Index("一二三四五", m[1])/len("一")+1
		return true
	}
	for _, form := range []*regexp.Regexp{p.w.starsOf, p.w.starsAlone, p.w.starsBehind} {
		if m := form.FindStringSubmatch(low); m != nil {
			t.kind, t.printed, t.stars = isStars, t.text, wholeStars(m[1])
			return true
		}
	}
	return false
}

// wholeStars reads 1 to 5; 0 where it is no whole number of them.
func wholeStars(number string) int {
	whole, part, _ := strings.Cut(strings.Replace(number, ",", ".", 1), ".")
	if len(whole) != 1 || strings.Trim(part, "0") != "" || whole < "1" || whole > "5" {
		return 0
	}
	return int(whole[0] - '0')
}

// labeled reads a value behind its label: “Order ID: 112-…”.
func (p *reader) labeled(t *token) bool {
	label, value, ok := strings.Cut(strings.Replace(t.text, "：", ":", 1), ":")
	low := strings.ToLower(plain(label))
	of, known := p.w.labels[low]
	if !known || !ok && of != isReply || !ok && p.w.ui[low] {
		return false
	}
	value = plain(value)
	if !p.take(t, of, low, value) { // the same words in what somebody wrote
		t.label, t.value, t.detail = false, t.text, ""
		return false
	}
	return true
}

// take gives a token the value of its label; false where that cannot be one.
func (p *reader) take(t *token, of kind, label, value string) bool {
	t.label, t.value, t.detail = true, value, p.w.details[label]
	if value == "" {
		t.kind = of
		return true
	}
	switch one := (token{text: value}); of {
	case isStars, isDetail:
		if p.stars(&one, strings.ToLower(value)) {
			t.stars, t.printed, t.word = one.stars, one.printed, one.word
		} else if t.stars, t.printed = wholeStars(value), value; t.stars == 0 && !isNumber.MatchString(value) {
			return false
		}
	case isWhen:
		if !p.day(&one, value) && !p.whole(&one, strings.ToLower(value)) || one.kind != isWhen {
			return false
		}
		t.when = one.when
	case isOrder:
		t.value = strings.TrimLeft(value, "# ")
		if !strings.ContainsFunc(value, unicode.IsDigit) || strings.Contains(t.value, " ") {
			return false
		}
	case isBuyer:
		if p.account(&one, strings.ToLower(value)) {
			t.value = one.value
		} else if utf8.RuneCountInString(value) > 60 {
			return false
		}
	}
	t.kind = of
	return true
}

var (
	starSigns    = regexp.MustCompile(`^([★⭐✭✮]+)\x{FE0F}?([½]?)[☆✩]*$`)
	chineseStars = regexp.MustCompile(`^([一二三四五])[颗顆]?星(?:[好中差]?[评評])?$`)
	isNumber     = regexp.MustCompile(`^\d+([.,]\d+)?$`)
	isPrice      = regexp.MustCompile(`^(?:[A-Z]{2,3} ?)?[$€£¥₩][ \d.,]+$|^[\d.,]+ ?(?:[$€£¥]|USD|EUR|GBP|CNY|RMB)$|^--+$|^[\d]$`)
	orderNumber  = regexp.MustCompile(`^(?:#|No\.? ?)?(\d{3}-\d{7}-\d{7}|\d{2}-\d{5}-\d{5}|\d{15,19}|\d{6}[0-9A-Z]{8})$`)
	masked       = regexp.MustCompile(`^([\pL\pN_.\-]{1,3}\*{2,}[\pL\pN_.\-]{0,3})(?: ?\(\d+.{0,4}\))?$`)
	scored       = regexp.MustCompile(`^([\pL\pN_.\-*]{3,64}) ?\( ?\d{1,8} ?[★☆]?\)$`)
	dashed       = regexp.MustCompile(`^(\pL{3})-(\d{2})-(\d{2})\b`) // Nov-12-26, as eBay writes
	numbered     = regexp.MustCompile(`^(.{3,}?)\s*\(#\s?\d{6,15}\)$`)
)

// plain trims a part, and the marks that copied pages hold.
func plain(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF || r >= 0x200E && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
	})
}

// withoutCount takes a count behind a button off: “Helpful (3)”.
func withoutCount(low string) string {
	return strings.TrimRight(strings.TrimRight(low, "0123456789()., "), " :")
}

func startsWith(text string, list []string) bool { return longestStart(text, list) > 0 }

// longestStart is the length of the longest of some words with which a text begins.
func longestStart(text string, list []string) int {
	n := 0
	for _, s := range list {
		if len(s) > n && strings.HasPrefix(text, s) {
			n = len(s)
		}
	}
	return n
}

func endsWith(text string, list []string) bool {
	for _, s := range list {
		if strings.HasSuffix(text, s) {
			return true
		}
	}
	return false
}
