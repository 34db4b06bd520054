package main

import "encoding/binary"

// Operators of Type 2 charstrings, and of the dictionaries of CFF (Adobe's
// Technical Notes 5177 and 5176).
const (
	opHLineTo   = 6
	opVLineTo   = 7
	opRLineTo   = 5
	opRRCurveTo = 8
	opEndChar   = 14
	opRMoveTo   = 21
	opHMoveTo   = 22
	opVMoveTo   = 4
	opVVCurveTo = 26
	opHHCurveTo = 27
	opVHCurveTo = 30
	opHVCurveTo = 31

	maxOperands = 48
)

// A charstring is a glyph's outline as a program for a pen.
type charstring struct {
	code []byte
	args []int // that wait for op
	op   byte
	turn bool // the next curve of a chain begins upright
}

// program writes contours as a charstring. It says nothing of the glyph's
// advance, for which readers turn to hmtx.
func program(contours []contour) []byte {
	var c charstring
	pen := point{}
	for _, one := range contours {
		if len(one.pieces) == 0 {
			continue
		}
		c.move(one.start.minus(pen))
		pen = one.start
		for _, p := range one.pieces {
			if p.line {
				c.line(p.end.minus(pen))
			} else {
				c.curve(p.one.minus(pen), p.two.minus(p.one), p.end.minus(p.two))
			}
			pen = p.end
		}
	}
	c.flush()
	return append(c.code, opEndChar)
}

func (c *charstring) flush() {
	if len(c.args) == 0 {
		return
	}
	for _, v := range c.args {
		c.code = appendOperand(c.code, v)
	}
	c.code = append(c.code, c.op)
	c.args = c.args[:0]
}

// add adds operands to the operator before if it is the same one and takes more.
func (c *charstring) add(op byte, more bool, args ...int) {
	if c.op != op || !more || len(c.args)+len(args) > maxOperands {
		c.flush()
	}
	c.op = op
	c.args = append(c.args, args...)
}

func (c *charstring) move(d point) {
	switch {
	case d.y == 0:
		c.add(opHMoveTo, false, int(d.x))
	case d.x == 0:
		c.add(opVMoveTo, false, int(d.y))
	default:
		c.add(opRMoveTo, false, int(d.x), int(d.y))
	}
}

// line draws a line. Level and upright ones that take turns share an operator.
func (c *charstring) line(d point) {
	level, upright := d.y == 0, d.x == 0
	odd := len(c.args)%2 == 1
	waits := len(c.args) > 0 && (c.op == opHLineTo || c.op == opVLineTo)
	switch {
	case level && waits && (c.op == opHLineTo) != odd, upright && waits && (c.op == opVLineTo) != odd:
		c.add(c.op, true, int(d.x+d.y))
	case level:
		c.add(opHLineTo, false, int(d.x))
	case upright:
		c.add(opVLineTo, false, int(d.y))
	default:
		c.add(opRLineTo, true, int(d.x), int(d.y))
	}
}

// curve draws a curve by three steps. One that begins or ends level or upright
// does with fewer operands.
func (c *charstring) curve(a, b, d point) {
	chained := len(c.args) > 0 && (c.op == opHVCurveTo || c.op == opVHCurveTo)
	switch {
	case a.y == 0 && d.x == 0: // level, then upright
		if chained && !c.turn {
			c.add(c.op, true, int(a.x), int(b.x), int(b.y), int(d.y))
		} else {
			c.add(opHVCurveTo, false, int(a.x), int(b.x), int(b.y), int(d.y))
		}
		c.turn = true
	case a.x == 0 && d.y == 0: // upright, then level
		if chained && c.turn {
			c.add(c.op, true, int(a.y), int(b.x), int(b.y), int(d.x))
		} else {
			c.add(opVHCurveTo, false, int(a.y), int(b.x), int(b.y), int(d.x))
		}
		c.turn = false
	case a.y == 0 && d.y == 0:
		c.add(opHHCurveTo, true, int(a.x), int(b.x), int(b.y), int(d.x))
	case a.x == 0 && d.x == 0:
		c.add(opVVCurveTo, true, int(a.y), int(b.x), int(b.y), int(d.y))
	default:
		c.add(opRRCurveTo, true, int(a.x), int(a.y), int(b.x), int(b.y), int(d.x), int(d.y))
	}
	if len(c.args) == 4 { // the operator is new, and so is its turn
		c.turn = c.op == opHVCurveTo
	}
}

// appendOperand writes a number as charstrings hold it.
func appendOperand(b []byte, v int) []byte {
	switch {
	case v >= -107 && v <= 107:
		return append(b, byte(v+139))
	case v >= 108 && v <= 1131:
		return append(b, byte((v-108)>>8+247), byte(v-108))
	case v <= -108 && v >= -1131:
		return append(b, byte((-v-108)>>8+251), byte(-v-108))
	}
	return append(b, 28, byte(v>>8), byte(v))
}

// compact writes a CFF table: a font whose glyphs have numbers instead of names,
// with one dictionary for all.
func compact(name string, glyphs [][]byte) []byte {
	private := []byte{139, 20} // defaultWidthX 0
	charset := []byte{2, 0, 1}
	charset = binary.BigEndian.AppendUint16(charset, uint16(len(glyphs)-2))
	choose := []byte{3, 0, 1, 0, 0, 0} // all glyphs take dictionary 0
	choose = binary.BigEndian.AppendUint16(choose, uint16(len(glyphs)))
	programs := index(glyphs)

	head := []byte{1, 0, 4, 4}
	head = append(head, index([][]byte{[]byte(name)})...)
	words := index([][]byte{[]byte("Adobe"), []byte("Identity")})
	// Numbers take five bytes each, so that a dictionary's length does not depend
	// on the places in it.
	build := func(charsetAt, chooseAt, programsAt, fontsAt int) []byte {
		top := long(nil, 391)
		top = long(top, 392)
		top = long(top, 0)
		top = append(top, 12, 30)                    // ROS
		top = append(long(top, len(glyphs)), 12, 34) // CIDCount
		top = append(long(top, charsetAt), 15)
		top = append(long(top, chooseAt), 12, 37)
		top = append(long(top, programsAt), 17)
		return append(long(top, fontsAt), 12, 36)
	}
	at := len(head) + len(index([][]byte{build(0, 0, 0, 0)})) + len(words) + 2 // no global subroutines
	charsetAt := at
	chooseAt := charsetAt + len(charset)
	programsAt := chooseAt + len(choose)
	privateAt := programsAt + len(programs)
	fontsAt := privateAt + len(private)
	fonts := index([][]byte{append(long(long(nil, len(private)), privateAt), 18)})

	out := append(head, index([][]byte{build(charsetAt, chooseAt, programsAt, fontsAt)})...)
	out = append(out, words...)
	out = append(out, 0, 0)
	for _, part := range [][]byte{charset, choose, programs, private, fonts} {
		out = append(out, part...)
	}
	return out
}

// long writes a number of a dictionary in five bytes.
func long(b []byte, v int) []byte {
	return binary.BigEndian.AppendUint32(append(b, 29), uint32(v))
}

// index writes an INDEX of CFF.
func index(items [][]byte) []byte {
	total := 1
	for _, item := range items {
		total += len(item)
	}
	size := 1
	for total>>(8*size) > 0 {
		size++
	}
	out := binary.BigEndian.AppendUint16(nil, uint16(len(items)))
	out = append(out, byte(size))
	place := func(v int) {
		for i := size - 1; i >= 0; i-- {
			out = append(out, byte(v>>(8*i)))
		}
	}
	at := 1
	place(at)
	for _, item := range items {
		at += len(item)
		place(at)
	}
	for _, item := range items {
		out = append(out, item...)
	}
	return out
}
