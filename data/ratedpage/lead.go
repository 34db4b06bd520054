package ratedpage

import "slices"

// starts are the first parts of the ratings. What stands above the first one is the
// page's: it reaches no further back than the others do.
func (p *reader) starts(anchor kind, anchors []int, end int) []int {
	l := lead{before: map[kind]bool{}}
	for _, k := range []kind{isStars, isWhen, isOrder, isBuyer, isProduct} {
		l.before[k] = k != anchor && p.leads(k, anchors, end)
	}
	starts := make([]int, len(anchors))
	walk := func() {
		for n := len(anchors) - 1; n >= 0; n-- {
			starts[n] = p.start(l, anchors, n)
			if n > 0 {
				l.most = max(l.most, p.count(starts[n], anchors[n]))
			}
		}
	}
	walk()
	if l.texts = p.textLeads(starts, end); l.texts {
		l.most = 0
		walk()
	}
	return starts
}

// A lead is what the ratings of a page have before their stars.
type lead struct {
	before map[kind]bool
	texts  bool // what was written
	most   int  // lines of it before those of another rating
}

// start is the first part of a rating: the nearest of each kind that leads.
func (p *reader) start(l lead, anchors []int, n int) int {
	from := 0
	if n > 0 {
		from = anchors[n-1] + 1
	}
	start, texts := anchors[n], 0
	seen := map[kind]bool{}
	for i := anchors[n] - 1; i >= from; i-- {
		t := &p.tokens[i]
		switch {
		case l.before[t.kind]:
			if seen[t.kind] { // of another rating, or the shop's own
				return start
			}
			seen[t.kind], start = true, i
		case n > 0 && t.kind == isStars && i == anchors[n]-1 && p.tokens[anchors[n]].word != t.word:
			start = i
		case t.kind == isText && l.texts:
			if texts++; n == 0 && len(anchors) > 1 && texts > max(l.most, 1) {
				return start
			}
			start = i
		case t.kind == isText && n == 0 && len(anchors) > 1 && p.count(i, start) > l.most:
			return start
		case t.kind != isText && (t.kind != isButton || l.texts && texts > 0) && t.kind != isDetail:
			if t.kind == isReply && t.value == "" && texts > 0 && n > 0 { // the line behind its head is the answer
				return min(i+2, start+texts)
			}
			return start
		}
	}
	return start
}

// count counts the lines of text from one part up to another.
func (p *reader) count(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if p.tokens[i].kind == isText {
			n++
		}
	}
	return n
}

// leads reports whether parts of a kind stand before the stars of their rating.
func (p *reader) leads(of kind, anchors []int, end int) bool {
	first, last := anchors[0], anchors[len(anchors)-1]
	ahead, behind, near, far := 0, 0, 0, 0
	for i := range p.tokens[:end] {
		if p.tokens[i].kind != of {
			continue
		}
		switch {
		case i < first:
			ahead++
		case i > last:
			behind++
		}
		after, found := slices.BinarySearch(anchors, i)
		if !found && after > 0 && after < len(anchors) {
			near += anchors[after] - i
			far += i - anchors[after-1]
		}
	}
	switch {
	case ahead > 0 && behind > 0:
		return near > 0 && near < far
	default:
		return ahead > 0
	}
}

// textLeads reports whether what was written stands before all else of a rating: there
// is some right before each, and none behind the last. Where the line above the first
// may be the name of the shop, a part of the page's head has to stand between them.
func (p *reader) textLeads(starts []int, end int) bool {
	for n, at := range starts {
		i := at - 1
		for i >= 0 && p.tokens[i].kind == isButton {
			i--
		}
		if i < 0 || p.tokens[i].kind != isText {
			return false
		}
		if n == 0 && at != p.anchor(at, end) && nameLike(p.tokens[i].text) && (i == 0 || p.tokens[i-1].kind == isText) {
			return false
		}
	}
	_, more, worded := p.open(starts[len(starts)-1], end)
	return !more && !worded && p.count(starts[len(starts)-1], end) == 0
}

// anchor is the first part from one on that holds stars; the part itself without any.
func (p *reader) anchor(from, end int) int {
	for i := from; i < end; i++ {
		if p.tokens[i].kind == isStars {
			return i
		}
	}
	return from
}

// tail is where the last rating ends: what stands behind its last part, where no other
// has anything there, is the foot of the page. A last rating whose words stand where
// others have theirs keeps as many lines as the longest of them.
func (p *reader) tail(starts []int, end int) int {
	if len(starts) < 2 {
		return end
	}
	behind := map[kind]bool{}
	most := 0
	for k := 0; k+1 < len(starts); k++ {
		if _, more, worded := p.open(starts[k], starts[k+1]); more || worded {
			return end
		}
		if first := p.firstText(starts[k], starts[k+1]); first > starts[k] {
			behind[p.tokens[first-1].kind] = true
			most = max(most, p.count(first, starts[k+1]))
		}
	}
	from := starts[len(starts)-1]
	last, more, _ := p.open(from, end)
	if !more {
		return end
	}
	if first := p.firstText(from, end); first == last+1 && behind[p.tokens[last].kind] {
		for last = first; last+1 < end && last+1-first < most && p.tokens[last+1].kind == isText; {
			last++
		}
	}
	return last + 1
}

// firstText is the first line of text of some parts; their end without any.
func (p *reader) firstText(from, to int) int {
	for i := from; i < to; i++ {
		if p.tokens[i].kind == isText {
			return i
		}
	}
	return to
}

// open gives the last part of a rating that tells something, whether words stand
// behind it that are no answer, and whether such words stand before the answer.
func (p *reader) open(from, to int) (last int, more, worded bool) {
	last = from
	reply := false
	for i := from; i < to; i++ {
		switch k := p.tokens[i].kind; {
		case k == isText && reply:
			last, more = i, false
		case k == isText:
			more = true
		case k == isButton || k == isHead:
		default:
			worded = worded || k == isReply && more
			last, more, reply = i, false, k == isReply
		}
	}
	return last, more, worded
}
