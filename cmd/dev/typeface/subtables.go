package main

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// Kinds of subtables (OpenType, tables GSUB and GPOS).
const (
	subSingle, subMultiple, subAlternate, subLigature, subContext, subChained = 1, 2, 3, 4, 5, 6

	posSingle, posPair, posCursive, posMarkBase, posMarkLigature, posMarkMark, posContext, posChained = 1, 2, 3, 4, 5, 6, 7, 8
)

// subtable notes where a subtable has numbers of glyphs and of lookups.
func (l *layout) subtable(kind, at int) {
	if l.name == "GPOS" {
		l.positions(kind, at)
		return
	}
	format := l.u16(at)
	switch {
	case kind == subSingle && format == 2:
		l.coverage(at, at+2)
		l.list(at + 4)
	case kind == subSingle && format == 1:
		l.single(at)
	case kind == subMultiple && format == 1, kind == subAlternate && format == 1:
		l.coverage(at, at+2)
		l.each(at+4, at, l.list)
	case kind == subLigature && format == 1:
		l.coverage(at, at+2)
		l.each(at+4, at, func(set int) {
			l.each(set, set, func(one int) {
				l.glyph(one)
				l.glyphsFrom(one+4, l.u16(one+2)-1)
			})
		})
	case kind == subContext:
		l.context(at)
	case kind == subChained:
		l.chained(at)
	default:
		l.unknown(kind, at)
	}
}

func (l *layout) positions(kind, at int) {
	switch kind {
	case posSingle, posCursive:
		l.coverage(at, at+2)
	case posPair:
		l.pairs(at)
	case posMarkBase, posMarkLigature, posMarkMark:
		l.coverage(at, at+2)
		l.coverage(at, at+4)
	case posContext:
		l.context(at)
	case posChained:
		l.chained(at)
	default:
		l.unknown(kind, at)
	}
}

func (l *layout) unknown(kind, at int) {
	if l.err == nil {
		l.err = fmt.Errorf("byte %d: a subtable of kind %d and format %d is not understood", at, kind, l.u16(at))
	}
}

// single is a substitution by a difference of numbers: it holds as long as the
// glyphs of a face that has one stay together, which numbered sees to.
func (l *layout) single(at int) {
	l.coverage(at, at+2)
	by := l.u16(at + 4)
	for _, g := range l.covered(at + l.u16(at+2)) {
		l.used[(g+by)&0xFFFF] = true
	}
}

func (l *layout) pairs(at int) {
	l.coverage(at, at+2)
	values := bits.OnesCount(uint(l.u16(at+4))) + bits.OnesCount(uint(l.u16(at+6)))
	if l.u16(at) == 2 {
		l.classes(at + l.u16(at+8))
		l.classes(at + l.u16(at+10))
		return
	}
	l.each(at+8, at, func(set int) {
		for i := range l.u16(set) {
			l.glyph(set + 2 + 2*i*(1+values))
		}
	})
}

func (l *layout) context(at int) {
	switch l.u16(at) {
	case 1:
		l.coverage(at, at+2)
		l.each(at+4, at, func(set int) { l.each(set, set, func(rule int) { l.rule(rule, true) }) })
	case 2:
		l.coverage(at, at+2)
		l.classes(at + l.u16(at+4))
		l.each(at+6, at, func(set int) { l.each(set, set, func(rule int) { l.rule(rule, false) }) })
	case 3:
		n := l.u16(at + 2)
		for i := range n {
			l.coverage(at, at+6+2*i)
		}
		l.records(at+6+2*n, l.u16(at+4))
	default:
		l.unknown(subContext, at)
	}
}

// rule is a rule of a context: glyphs, or classes of them, and what to do.
func (l *layout) rule(at int, glyphs bool) {
	n := l.u16(at) - 1
	if glyphs {
		l.glyphsFrom(at+4, n)
	}
	l.records(at+4+2*n, l.u16(at+2))
}

func (l *layout) chained(at int) {
	switch l.u16(at) {
	case 1:
		l.coverage(at, at+2)
		l.each(at+4, at, func(set int) { l.each(set, set, func(rule int) { l.chainedRule(rule, true) }) })
	case 2:
		l.coverage(at, at+2)
		for i := range 3 {
			if place := l.u16(at + 4 + 2*i); place != 0 {
				l.classes(at + place)
			}
		}
		l.each(at+10, at, func(set int) { l.each(set, set, func(rule int) { l.chainedRule(rule, false) }) })
	case 3:
		next := at + 2
		for range 3 {
			n := l.u16(next)
			for i := range n {
				l.coverage(at, next+2+2*i)
			}
			next += 2 + 2*n
		}
		l.records(next+2, l.u16(next))
	default:
		l.unknown(subChained, at)
	}
}

func (l *layout) chainedRule(at int, glyphs bool) {
	for part := range 3 {
		n := l.u16(at)
		if part == 1 {
			n-- // the first glyph stands in the coverage
		}
		if glyphs {
			l.glyphsFrom(at+2, n)
		}
		at += 2 + 2*n
	}
	l.records(at+2, l.u16(at))
}

// records are what a context does: a place in it, and a lookup.
func (l *layout) records(at, n int) {
	for i := range n {
		l.calls[at+4*i+2] = true
	}
}

// each goes through a list of places, which are counted from a base.
func (l *layout) each(at, base int, do func(at int)) {
	for i := range l.u16(at) {
		if place := l.u16(at + 2 + 2*i); place != 0 && l.err == nil {
			do(base + place)
		}
	}
}

// list is a count with so many glyphs behind it.
func (l *layout) list(at int) { l.glyphsFrom(at+2, l.u16(at)) }

func (l *layout) glyphsFrom(at, n int) {
	for i := range n {
		l.glyph(at + 2*i)
	}
}

func (l *layout) glyph(at int) {
	l.glyphs[at] = true
	l.used[l.u16(at)] = true
}

// coverage is a set of glyphs, whose place counts from a base and stands in a
// field. A set of ranges becomes a list of glyphs, at the end of the table: the
// font library (go-text, set_digest.go) forgets of many ranges those that come
// after one of its filters is full, and so leaves Arabic letters unjoined.
func (l *layout) coverage(base, field int) {
	at := base + l.u16(field)
	switch l.u16(at) {
	case 1:
		l.list(at + 2)
	case 2:
		listed := l.listed(at)
		if listed-base > 0xFFFF && l.err == nil {
			l.err = fmt.Errorf("byte %d: there is no place for a list of glyphs", at)
		}
		l.put(field, listed-base)
		l.list(listed + 2)
	default:
		l.unknown(0, at)
	}
}

// listed writes a set of ranges as a list of glyphs, once, and tells where.
func (l *layout) listed(at int) int {
	if known, ok := l.lists[at]; ok {
		return known
	}
	glyphs := l.covered(at)
	if l.err != nil {
		return at
	}
	here := len(l.raw)
	l.raw = binary.BigEndian.AppendUint16(l.raw, 1)
	l.raw = binary.BigEndian.AppendUint16(l.raw, uint16(len(glyphs)))
	for _, g := range glyphs {
		l.raw = binary.BigEndian.AppendUint16(l.raw, uint16(g))
	}
	l.lists[at] = here
	return here
}

// covered lists a set of glyphs.
func (l *layout) covered(at int) (all []int) {
	for i := range l.u16(at + 2) {
		if l.u16(at) == 1 {
			all = append(all, l.u16(at+4+2*i))
			continue
		}
		for g := l.u16(at + 4 + 6*i); g <= l.u16(at+6+6*i); g++ {
			all = append(all, g)
		}
	}
	return all
}

// classes sorts glyphs into classes.
func (l *layout) classes(at int) {
	switch l.u16(at) {
	case 1:
		l.glyph(at + 2)
		for i := range l.u16(at + 4) {
			l.used[l.u16(at+2)+i] = true
		}
	case 2:
		for i := range l.u16(at + 2) {
			l.span(at + 4 + 6*i)
		}
	default:
		l.unknown(0, at)
	}
}

// span is a range of glyphs, from its first to its last.
func (l *layout) span(at int) {
	l.glyph(at)
	l.glyph(at + 2)
	for g := l.u16(at); g <= l.u16(at+2); g++ {
		l.used[g] = true
	}
}

// sorted tells into which class each glyph is sorted.
func (l *layout) sorted(at int) map[int]int {
	class := map[int]int{}
	if l.u16(at) == 1 {
		for i := range l.u16(at + 4) {
			class[l.u16(at+2)+i] = l.u16(at + 6 + 2*i)
		}
		return class
	}
	for i := range l.u16(at + 2) {
		for g := l.u16(at + 4 + 6*i); g <= l.u16(at+6+6*i); g++ {
			class[g] = l.u16(at + 8 + 6*i)
		}
	}
	return class
}
