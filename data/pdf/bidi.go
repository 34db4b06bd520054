package pdf

import (
	"slices"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/language"
	xbidi "golang.org/x/text/unicode/bidi"
)

// baseLevel gives the embedding level of a paragraph: its first strong letter's.
func baseLevel(d Direction, runes []rune) uint8 {
	switch d {
	case DirectionLTR:
		return 0
	case DirectionRTL:
		return 1
	}
	for _, r := range runes {
		p, _ := xbidi.LookupRune(r)
		switch p.Class() {
		case xbidi.L:
			return 0
		case xbidi.R, xbidi.AL:
			return 1
		}
	}
	return 0
}

// findLevels resolves the embedding levels of a window.
func (s *shapeState) findLevels(runes []rune, base uint8) {
	direction := bidi.LeftToRight
	if base == 1 {
		direction = bidi.RightToLeft
	}
	s.levels = append(s.levels[:0], make([]uint8, len(runes))...)
	runs := s.para.Segment(runes, direction)
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		level := uint8(run.Level)
		for k := run.Start; k < run.End; k++ {
			s.levels[k] = level
		}
		if base == 0 && level%2 == 0 && runs.NumRuns() > 1 {
			splitNumbers(runes[run.Start:run.End], s.levels[run.Start:run.End], i > 0, i < runs.NumRuns()-1)
		}
	}
}

// splitNumbers tells apart, in an even run of a left-to-right paragraph, the
// numbers that belong to right-to-left text beside it (level 2) from
// left-to-right text (level 0); the segmentation joins the two.
func splitNumbers(runes []rune, levels []uint8, rtlBefore, rtlAfter bool) {
	for i := range levels {
		levels[i] = 0
	}
	if rtlBefore {
		for i, last := 0, -1; i < len(runes); i++ {
			switch bidiClass(runes[i]) {
			case xbidi.EN, xbidi.AN, xbidi.ET:
				for last++; last <= i; last++ {
					levels[last] = 2
				}
				last = i
			case xbidi.ES, xbidi.CS, xbidi.NSM, xbidi.BN:
				if i > last+1 || i == 0 {
					return
				}
			default:
				return
			}
		}
	}
	if rtlAfter {
		for i := len(runes) - 1; i >= 0 && bidiClass(runes[i]) == xbidi.AN; i-- {
			levels[i] = 2
		}
	}
}

func bidiClass(r rune) xbidi.Class {
	p, _ := xbidi.LookupRune(r)
	return p.Class()
}

// findScripts gives each rune a script; what belongs to all takes its neighbor's.
func (s *shapeState) findScripts(runes []rune) {
	s.scripts = s.scripts[:0]
	current := language.Script(0)
	for _, r := range runes {
		script := language.LookupScript(r)
		if script == language.Common || script == language.Inherited || script == language.Unknown {
			script = current
		}
		current = script
		s.scripts = append(s.scripts, script)
	}
	first := language.Latin
	for _, script := range s.scripts {
		if script != 0 {
			first = script
			break
		}
	}
	for i := range s.scripts {
		if s.scripts[i] != 0 {
			break
		}
		s.scripts[i] = first
	}
}

// visualOrder gives the indices of runs from left to right (UAX 9, L2).
func visualOrder(levels []uint8) []int {
	order := make([]int, len(levels))
	highest := uint8(0)
	for i := range order {
		order[i] = i
		highest = max(highest, levels[i])
	}
	for level := highest; level >= 1; level-- {
		for i := 0; i < len(order); i++ {
			if levels[order[i]] < level {
				continue
			}
			end := i
			for end < len(order) && levels[order[end]] >= level {
				end++
			}
			slices.Reverse(order[i:end])
			i = end
		}
	}
	return order
}
