package ratedpage

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// heads takes what a page prints of the shop itself, above its ratings, for its head:
// the share of positive ones, how many there are of each kind, since when it sells.
// None of it belongs to the first rating.
func (p *reader) heads() {
	p.pairs()
	p.sums()
	last := 0
	for i := range p.tokens[:p.firstRating()] {
		switch t := &p.tokens[i]; {
		case t.kind == isDetail && isMean.MatchString(t.text): // of all its ratings
			t.kind = isHead
		case !(t.label && t.kind != isText) && p.ofShop(t.text):
			t.kind, last = isHead, i
		}
	}
	for i := range p.tokens[:last] {
		switch t := &p.tokens[i]; t.kind {
		case isBuyer: // the account of the shop
			t.kind, t.value = isText, t.text
		case isDetail:
			t.kind = isHead
		}
	}
}

// pairs takes a number below the name of a detailed rating for its stars.
func (p *reader) pairs() {
	for i := 0; i+1 < len(p.tokens); i++ {
		t, next := &p.tokens[i], &p.tokens[i+1]
		name := p.w.details[strings.ToLower(t.text)]
		if m := detailed.FindString(next.text); name != "" && t.kind == isText && m != "" && m == next.text {
			t.kind = isButton
			next.kind, next.detail = isDetail, name
			if !strings.ContainsAny(m, ".,") { // else a mean
				next.stars = wholeStars(m)
			}
		}
	}
}

// firstRating is the first part that tells of a rating for sure: its stars, or its day
// or order on a page without any.
func (p *reader) firstRating() int {
	other := len(p.tokens)
	for i := range p.tokens {
		switch t := &p.tokens[i]; {
		case t.kind == isStars && t.stars > 0:
			return i
		case (t.kind == isWhen || t.kind == isOrder) && i < other && !p.ofShop(t.text):
			other = i
		}
	}
	return other
}

// sums takes stars with a count or a share right behind them, and the numbers beside
// that, for sums of the page: “Positive”, “1,198”; “5 stars”, “92%”.
func (p *reader) sums() {
	sum := func(i int) bool { return i < len(p.tokens) && isSum.MatchString(p.tokens[i].text) }
	for i := 0; i < len(p.tokens); i++ {
		if p.tokens[i].kind != isStars || !sum(i+1) {
			continue
		}
		p.tokens[i].kind = isHead
		for ; sum(i + 1); i++ {
			p.tokens[i+1].kind = isHead
		}
	}
}

// ofShop reports whether a line says something of the shop as a whole.
func (p *reader) ofShop(text string) bool {
	low := strings.ToLower(text)
	if len(low) > 100 || !strings.ContainsFunc(low, unicode.IsDigit) {
		return false
	}
	if startsWith(low, p.w.ShopStart) || meanOf.MatchString(low) {
		return true
	}
	for _, word := range p.w.ShopHolds {
		if len(low) <= 60 && strings.Contains(low, word) {
			return true
		}
	}
	return shareOf.MatchString(low) && p.holdsClass(low)
}

// holdsClass reports whether one of the words of a text is that of a class, as in
// “98 % positive”.
func (p *reader) holdsClass(low string) bool {
	for class := range p.w.classes {
		if strings.Contains(low, class) {
			return true
		}
	}
	return false
}

var (
	isMean  = regexp.MustCompile(`[1-5][.,]\d`)
	isSum   = regexp.MustCompile(`^\(?[\d.,]+ ?[k万萬]?\)?$|^\(?\d+(?:[.,]\d+)? ?%\)?$`)
	meanOf  = regexp.MustCompile(`^(?:\pL[\pL ]*[:：] ?)?[0-5](?:[.,]\d{1,2})?(?:[^()\d]*5)?[^()\d]*\([\d.,]+ ?[^()]*\)$|^[1-5][ \-]?\pL+ \d+ ?%$`)
	shareOf = regexp.MustCompile(`(?:^|[^\d.,])\d+(?:[.,]\d+)? ?%`)
)

// detailLine reads the detailed ratings of one line: “1 沟通质量 5 2 商品描述 4”, or
// “Item as described: 5 Communication: 4”. The line holds nothing else.
func (p *reader) detailLine(n int, cell string) bool {
	if len(cell) > mostDetails {
		return false
	}
	var all []token
	for rest := cell; rest != ""; {
		label, behind := p.detailAt(strings.TrimLeft(rest, detailMarks))
		if label == "" {
			return false
		}
		m := detailed.FindStringSubmatch(behind)
		if m == nil {
			return false
		}
		rest = behind[len(m[0]):]
		if r, _ := utf8.DecodeRuneInString(rest); r < utf8.RuneSelf && unicode.In(r, unicode.L, unicode.N) || r == '%' {
			return false
		}
		t := token{line: n, kind: isDetail, text: cell, stars: wholeStars(m[1]), detail: p.w.detailOf(label)}
		if m[1] == "" {
			t.stars = utf8.RuneCountInString(strings.TrimRight(m[0], "☆✩\uFE0F"))
		}
		all, rest = append(all, t), strings.TrimLeft(rest, detailMarks)
	}
	p.tokens = append(p.tokens, all...)
	return len(all) > 0
}

// mostDetails is the longest line of detailed ratings, in bytes: there are four of them.
const mostDetails = 400

// detailAt gives the label of a detailed rating with which a text begins, behind its
// number in a list, and what stands behind it.
func (p *reader) detailAt(text string) (label, behind string) {
	for _, text := range []string{text, text[len(listed.FindString(text)):]} {
		best := 0
		for label := range p.w.lineDetails {
			if len(label) > best && len(label) <= len(text) && strings.EqualFold(text[:len(label)], label) {
				best = len(label)
			}
		}
		if best > 0 {
			return text[:best], strings.TrimLeft(text[best:], " :：")
		}
	}
	return "", ""
}

const detailMarks = " ,，;；、|/·•\u3000"

var (
	listed   = regexp.MustCompile(`^\d{1,2}[.)、]? ?`)
	detailed = regexp.MustCompile(`^(?:(\d(?:[.,]\d{1,2})?)(?: ?/ ?5(?:[.,]0)?)?(?: ?(?:星|分|stars?))?|[★⭐]{1,5}[☆✩]*\x{FE0F}?)`)
)
