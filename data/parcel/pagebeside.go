package parcel

// beside gives each time the lines that are about it: those below, or those above,
// whichever the page does.
func (p *pager) beside() {
	if len(p.marks) == 0 {
		return
	}
	between := make([][]*line, len(p.marks)+1) // before the first, between, and behind the last
	for i := range between {
		from, to := 0, len(p.lines)
		if i > 0 {
			from = p.marks[i-1].to + 1
		}
		if i < len(p.marks) {
			to = p.marks[i].from
		}
		if from < to {
			between[i] = p.lines[from:to]
		}
	}
	if p.above(between) {
		for i, a := range p.marks {
			a.around = tailOf(between[i])
		}
		p.trim(0, true)
		return
	}
	for i, a := range p.marks {
		a.around = headOf(between[i+1])
	}
	p.trim(len(p.marks)-1, false)
}

// headOf are the lines of text up to what says something of the page.
func headOf(lines []*line) []*line {
	var list []*line
	for _, l := range lines {
		switch l.what {
		case isText:
			list = append(list, l)
		case isHead, isNumber, isHeader:
			return list
		}
	}
	return list
}

// tailOf are the lines of text behind what says something of the page.
func tailOf(lines []*line) []*line {
	var list []*line
	for _, l := range lines {
		switch l.what {
		case isText:
			list = append(list, l)
		case isHead, isNumber, isHeader:
			list = nil
		}
	}
	return list
}

// above reports whether the words of a scan stand above its time.
func (p *pager) above(between [][]*line) bool {
	if p.inlineMoves() {
		return false
	}
	for _, a := range p.marks {
		if a.first != a.last && !a.row.timed() {
			return false // a day, and the hour below it: the words follow
		}
	}
	last, first := p.endOf(between[len(between)-1]), tailOf(between[0])
	switch {
	case len(last) > 0 && p.w.isMove(last[0].text):
		return false // a heading such as "Delivered" may stand above all
	case len(last) == 0:
		return len(first) > 0
	}
	for _, l := range first[max(0, len(first)-2):] {
		if p.w.isMove(l.text) {
			return true
		}
	}
	return false
}

func (l *line) timed() bool { return l != nil && l.hasDay() }

// endOf are the lines behind the last time up to the first button.
func (p *pager) endOf(lines []*line) []*line {
	for i, l := range lines {
		if l.what != isText {
			return lines[:i]
		}
	}
	return lines
}

// inlineMoves reports whether the words of the scans stand in the lines of their
// times.
func (p *pager) inlineMoves() bool {
	rows, moves := 0, 0
	for _, a := range p.marks {
		if a.row == nil {
			continue
		}
		rows++
		for _, c := range a.row.cells {
			if p.w.isMove(c.text) {
				moves++
				break
			}
		}
	}
	return rows > 0 && (moves*3 >= rows || p.tableRows())
}

// tableRows reports whether the scans are the rows of one table: each with cells of
// its own, one below the other.
func (p *pager) tableRows() bool {
	next := 0
	for i, a := range p.marks {
		if a.row == nil || !a.row.wide || len(a.row.cells) == 0 {
			return false
		}
		if i > 0 && a.from == p.marks[i-1].to+1 {
			next++
		}
	}
	return len(p.marks) > 1 && next*2 >= len(p.marks)-1
}

// trim takes from the scan at an end of the page what belongs to the page: more
// lines than any other scan has.
func (p *pager) trim(at int, above bool) {
	if len(p.marks) < 2 {
		if a := p.marks[at]; len(a.around) > 2 {
			if above {
				a.around = a.around[len(a.around)-2:]
			} else {
				a.around = a.around[:2]
			}
		}
		return
	}
	most := 0
	for i, a := range p.marks {
		if i != at {
			most = max(most, len(a.around))
		}
	}
	a := p.marks[at]
	if above {
		a.around = p.withoutHeading(a.around[max(0, len(a.around)-most):])
		return
	}
	if len(a.around) <= most {
		return
	}
	for _, l := range a.around[most:] {
		p.rest = append(p.rest, l.n)
	}
	a.around = a.around[:most]
}

// withoutHeading takes from the words of the first scan what sums up the parcel:
// words of a scan above those of this one, where the others have them once.
func (p *pager) withoutHeading(list []*line) []*line {
	moves := func(list []*line) (n int) {
		for _, l := range list {
			if p.w.isMove(l.text) {
				n++
			}
		}
		return n
	}
	most := 1
	for _, a := range p.marks[1:] {
		most = max(most, moves(a.around))
	}
	for len(list) > 1 && moves(list) > most {
		list = list[1:]
	}
	return list
}
