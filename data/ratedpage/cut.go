package ratedpage

import (
	"cmp"
	"slices"
	"strings"

	"casebinder/data/chat"
)

// A draft is a rating whose time is not told yet.
type draft struct {
	Rating
	when chat.Printed
}

// labels gives each label that stands alone the part behind it.
func (p *reader) labels() {
	for i := range p.tokens {
		t := &p.tokens[i]
		if !t.label || t.value != "" || t.kind == isReply {
			continue
		}
		of := t.kind
		t.kind = isButton
		if i+1 == len(p.tokens) || of == isText {
			continue
		}
		if next := &p.tokens[i+1]; next.kind == isText && !next.label {
			if !p.take(next, of, strings.ToLower(strings.TrimRight(t.text, " :：")), next.text) {
				next.label, next.value = false, next.text
			}
		}
	}
}

// plainNumbers takes a digit that stands alone for stars, on a page that prints them
// in no other way.
func (p *reader) plainNumbers() {
	told := false
	for i := range p.tokens {
		if p.tokens[i].kind == isStars {
			return
		}
		told = told || p.tokens[i].kind == isWhen || p.tokens[i].kind == isOrder
	}
	for i := range p.tokens {
		t := &p.tokens[i]
		if n := wholeStars(t.text); told && n > 0 && !t.label && (t.kind == isText || t.kind == isButton) && len(t.text) <= 3 {
			t.kind, t.stars, t.printed = isStars, n, t.text
		}
	}
}

// names finds the accounts of a page that prints them without a label: always in the
// line before the day, in the one behind it, or in the one before the stars.
func (p *reader) names() {
	var days, stars []int
	texts, buyers := 0, 0
	for i := range p.tokens {
		switch t := &p.tokens[i]; {
		case t.kind == isBuyer:
			buyers++
		case t.kind == isWhen:
			days = append(days, i)
		case t.kind == isText:
			texts++
		case t.kind == isStars && t.stars > 0:
			stars = append(stars, i)
		}
	}
	if buyers > 0 && buyers >= max(len(days), len(stars)) {
		return
	}
	for _, place := range []struct {
		beside []int
		by     int
	}{{days, -1}, {days, 1}, {stars, -1}} {
		at, fresh := p.namesBeside(place.beside, place.by)
		if len(fresh) == 0 || at*5 < len(place.beside)*4 || texts-len(fresh) < (at+1)/2 {
			continue
		}
		for _, i := range fresh {
			p.tokens[i].kind = isBuyer
		}
		return
	}
}

// namesBeside counts the parts beside some others that may be names; fresh are those
// that nothing else tells to be one.
func (p *reader) namesBeside(others []int, by int) (all int, fresh []int) {
	for _, other := range others {
		i := other + by
		if i < 0 || i >= len(p.tokens) {
			continue
		}
		switch t := &p.tokens[i]; {
		case t.kind == isBuyer:
			all++
		case t.kind == isText && !t.label && nameLike(t.text):
			all++
			fresh = append(fresh, i)
		}
	}
	return all, fresh
}

// ends reports whether the ratings of a page end with a part.
func (p *reader) ends(i int, last int) bool { return p.tokens[i].kind == isEnd && i > last }

// cut cuts the page into its ratings.
func (p *reader) cut() {
	anchor, anchors := p.anchors()
	if len(anchors) == 0 {
		p.leave(p.tokens)
		return
	}
	p.marked = slices.ContainsFunc(p.tokens, func(t token) bool { return t.kind == isText && t.label })
	last := anchors[len(anchors)-1]
	end := len(p.tokens)
	for i := last; i < len(p.tokens); i++ {
		if p.ends(i, last) {
			end = i
			break
		}
	}
	starts := p.starts(anchor, anchors, end)
	end = p.tail(starts, end)
	p.leave(p.tokens[:starts[0]])
	for k, from := range starts {
		to := end
		if k+1 < len(starts) {
			to = starts[k+1]
		}
		p.rating(p.tokens[from:to])
	}
	p.leave(p.tokens[end:])
}

// anchors are what each rating has one of: its stars, else what comes most often.
func (p *reader) anchors() (kind, []int) {
	at := map[kind][]int{}
	for i := range p.tokens {
		at[p.tokens[i].kind] = append(at[p.tokens[i].kind], i)
	}
	if len(at[isStars]) > 0 {
		return isStars, p.withoutMean(p.alone(at[isStars]))
	}
	kinds := 0
	best := isOrder
	for _, k := range []kind{isOrder, isWhen, isBuyer} {
		if len(at[k]) > 0 {
			kinds++
		}
		if len(at[k]) > len(at[best]) {
			best = k
		}
	}
	if kinds < 2 { // a list of days, or of numbers
		return best, nil
	}
	return best, at[best]
}

// alone leaves out the stars that stand right behind others: a word and its stars
// tell of one rating.
func (p *reader) alone(stars []int) []int {
	var all []int
	for k, i := range stars {
		if k > 0 && i == stars[k-1]+1 && p.tokens[i].word != p.tokens[i-1].word {
			if p.tokens[i-1].word {
				all[len(all)-1] = i
			}
			continue
		}
		all = append(all, i)
	}
	return all
}

// withoutMean leaves out the mean of all ratings above them: no whole number of stars,
// with neither a day nor an order behind it.
func (p *reader) withoutMean(stars []int) []int {
	for len(stars) > 1 && p.tokens[stars[0]].stars == 0 {
		for i := stars[0]; i < stars[1]; i++ {
			if k := p.tokens[i].kind; k == isWhen || k == isOrder {
				return stars
			}
		}
		stars = stars[1:]
	}
	return stars
}

// rating makes a rating of its parts; one that has its stars alone is none.
func (p *reader) rating(parts []token) {
	d := draft{Rating: Rating{First: parts[0].line, Last: parts[0].line}}
	var text, reply []string
	into := &text
	for i := range parts {
		t := &parts[i]
		switch t.kind {
		case isButton, isHead, isEnd:
			continue
		case isText:
			if p.marked && !t.label && into == &text && (i == 0 || parts[i-1].kind != isText) { // a heading of the page
				p.leave(parts[i : i+1])
				continue
			}
			*into = append(*into, t.value)
		case isReply:
			into = &reply
			if t.value != "" {
				reply = append(reply, t.value)
			}
		default:
			into = &text
			d.take(t)
		}
		d.Last = max(d.Last, t.line)
	}
	d.Text, d.Reply = strings.Join(text, "\n"), strings.Join(reply, "\n")
	if d.Buyer == "" && d.Order == "" && !d.when.HasDay() && (d.Text == "" || d.Stars == 0) {
		p.leave(parts)
		return
	}
	p.drafts = append(p.drafts, d)
}

// take gives a draft what a part tells; what it has stays.
func (d *draft) take(t *token) {
	switch t.kind {
	case isStars:
		if d.Printed == "" || d.Word && !t.word {
			d.Stars, d.Printed, d.Word = t.stars, t.printed, t.word
		}
	case isWhen:
		if !d.when.HasDay() {
			d.when = t.when
		}
	case isOrder:
		d.Order = cmp.Or(d.Order, t.value)
	case isBuyer:
		d.Buyer = cmp.Or(d.Buyer, t.value)
	case isProduct:
		d.Product = cmp.Or(d.Product, t.value)
	case isDetail:
		if t.stars > 0 {
			if d.Details == nil {
				d.Details = map[string]int{}
			}
			d.Details[t.detail] = t.stars
		}
	}
}
