package kit

import (
	"regexp"
	"slices"
	"strings"

	"github.com/go-text/typesetting/bidi"
	xbidi "golang.org/x/text/unicode/bidi"
)

// The toolkit draws the stretches of a line in the order in which they were written,
// and so tears apart Arabic or Hebrew with a number, a sign or a Latin word in it.
// What stands in one line of the window goes through Visual, what fills lines through
// Line, Para or Flow.

// apart has the toolkit draw two words as two stretches; it has no ink.
const apart = "\u200e"

// Visual gives a line of text with its words in the order in which they stand from
// left to right, as the toolkit has to be told. The parts that the window itself
// joins, an amount, a name, a number, each stand in their own place, and what a
// buyer or a listing calls something keeps its own order within.
func Visual(text string) string {
	if !HasRight(text) {
		return text
	}
	parts := strings.Split(text, joiner)
	for i, part := range parts {
		lead := counted.FindString(part)
		parts[i] = lead + visualPart([]rune(part[len(lead):]))
	}
	return strings.Join(parts, joiner)
}

// What the window puts between the facts of a line, and before the title of goods.
const joiner = " · "

var counted = regexp.MustCompile(`^\s*[0-9,]+ ?×\s*`)

// Apart keeps parts that a line joins by other signs in the order in which they were
// joined, whatever the direction of each.
func Apart(parts []string) []string {
	all := make([]string, len(parts))
	for i, part := range parts {
		if all[i] = part; HasRight(part) {
			all[i] = string(apartBegin) + part + string(apartEnd)
		}
	}
	return all
}

// HasRight reports whether a text has letters of a script that runs from the right.
func HasRight(text string) bool { return strings.ContainsFunc(text, isRight) }

func isRight(r rune) bool {
	if r < 0x590 { // nearly all that is shown
		return false
	}
	p, _ := xbidi.LookupRune(r)
	return p.Class() == xbidi.R || p.Class() == xbidi.AL
}

// visualPart orders a part. One that begins with a letter from the right is read from
// there; in any other the stretches from the right stand where they were written.
func visualPart(runes []rune) string {
	if len(runes) == 0 {
		return ""
	}
	f := flower{}
	if isRight(runes[0]) {
		return f.drawn(runes, bidi.RightToLeft)
	}
	var b strings.Builder
	for _, stretch := range stretches(runes) {
		if !stretch.right {
			b.WriteString(strings.Map(withInk, string(stretch.runes)))
			continue
		}
		b.WriteString(apart + f.drawn(stretch.runes, bidi.RightToLeft) + apart)
	}
	return b.String()
}

// withInk leaves out what steers the direction.
func withInk(r rune) rune {
	if isControl(r) {
		return -1
	}
	return r
}

// A stretch of a line runs from the left or from the right.
type stretch struct {
	runes []rune
	right bool
}

// stretches cuts a line that is read from the left: a stretch from the right goes from
// its first letter to its last, with the numbers and signs between them, or is what
// Apart keeps together.
func stretches(runes []rune) []stretch {
	var all []stretch
	from := 0
	take := func(start, end int) {
		all = append(all, stretch{runes: runes[from:start]}, stretch{runes: runes[start:end], right: true})
		from = end
	}
	for i := 0; i < len(runes); {
		switch end := slices.Index(runes[i:], apartEnd); {
		case runes[i] == apartBegin && end > 0:
			take(i, i+end+1)
			i = from
		case isRight(runes[i]):
			take(i, lastRight(runes, i)+1)
			i = from
		default:
			i++
		}
	}
	return append(all, stretch{runes: runes[from:]})
}

// The signs between which Apart puts a part.
const (
	apartBegin = '\u2068'
	apartEnd   = '\u2069'
)

// lastRight is the place of the last letter of a stretch from the right.
func lastRight(runes []rune, from int) int {
	last := from
	for k := from; k < len(runes) && !isLatin(runes[k]); k++ {
		switch r := runes[k]; {
		case isRight(r):
			last = k
		case r == ')': // what was opened within is closed within
			last = closing(runes, from, last, k)
		}
	}
	return last
}

// closing is the place of a bracket that closes one which stands in a stretch, else the
// end of the stretch.
func closing(runes []rune, from, last, at int) int {
	open := 0
	for _, r := range runes[from : last+1] {
		switch r {
		case '(':
			open++
		case ')':
			open--
		}
	}
	if open > 0 {
		return at
	}
	return last
}

// isLatin tells of letters that run from the left, of any script.
func isLatin(r rune) bool {
	p, _ := xbidi.LookupRune(r)
	return p.Class() == xbidi.L
}

// drawn is a line as the toolkit has to be told it.
func (f *flower) drawn(runes []rune, direction bidi.Direction) string {
	f.levelsOf(runes, direction)
	var b strings.Builder
	before := false // the piece before is from the right
	for _, p := range f.pieces(runes, 0, len(runes)) {
		from := HasRight(p)
		if b.Len() > 0 && (from || before) {
			b.WriteString(apart)
		}
		b.WriteString(p)
		before = from
	}
	return b.String()
}

// pieces are the stretches of a line from left to right (UAX 9, L2), each word from
// the right alone.
func (f *flower) pieces(runes []rune, from, to int) []string {
	type run struct {
		text  []rune
		level uint8
	}
	var list []run
	highest := uint8(0)
	for i := from; i < to; i++ {
		if n := len(list); n == 0 || list[n-1].level != f.levels[i] {
			list = append(list, run{level: f.levels[i]})
			highest = max(highest, f.levels[i])
		}
		if !isControl(runes[i]) {
			last := &list[len(list)-1]
			last.text = append(last.text, runes[i])
		}
	}
	for level := highest; level >= 1; level-- {
		for i := 0; i < len(list); i++ {
			end := i
			for end < len(list) && list[end].level >= level {
				end++
			}
			slices.Reverse(list[i:end])
			i = max(i, end-1)
		}
	}
	var all []string
	for _, r := range list {
		parts := []string{string(r.text)}
		if r.level%2 == 1 {
			parts = fromRight(r.text)
		}
		for _, text := range parts {
			if text != "" {
				all = append(all, text)
			}
		}
	}
	return all
}

// levelsOf works out how deep each rune is embedded.
func (f *flower) levelsOf(runes []rune, direction bidi.Direction) {
	f.levels = make([]uint8, len(runes))
	runs := f.para.Segment(runes, direction)
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		for k := run.Start; k < run.End; k++ {
			f.levels[k] = uint8(run.Level)
		}
	}
}

// visualLines breaks a text for a width, each line in the order in which it is drawn.
func visualLines(text string, width, size float32, bold bool) string {
	var all []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines := strings.Split(Broken(paragraph, width, size, bold), "\n")
		if len(lines) == 1 {
			lines[0] = Visual(lines[0])
			all = append(all, lines[0])
			continue
		}
		direction := bidi.LeftToRight
		if StartsRight(paragraph) {
			direction = bidi.RightToLeft
		}
		for _, line := range lines {
			if HasRight(line) {
				line = (&flower{}).drawn([]rune(line), direction)
			}
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n")
}
