package importer

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strings"
)

// xlsCell is a cell of a sheet: a string of the table, or a text or number of
// its own.
type xlsCell struct {
	row, column uint16
	kind        uint8
	style       uint16
	bits        uint64 // of a float64, or an index
}

const (
	xlsShared uint8 = iota
	xlsOwn
	xlsNumber
	xlsError
)

// maxXLSCells is how many cells of a sheet are held in memory: 16 bytes each.
const maxXLSCells = 6 << 20

// xlsRows gives the rows of a sheet.
type xlsRows struct {
	sheetRow
	book     *xlsBook
	cells    []xlsCell
	own      []string
	progress func(done, total int64)
	all      int
}

func openXLS(src *Source, name string, progress func(done, total int64)) (rows, error) {
	b, err := openBook(src)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(b.sheets, func(s xlsSheet) bool { return s.name == name })
	if at < 0 {
		return nil, problemNoSheet.New("file", src.Name, "sheet", name)
	}
	x := &xlsRows{book: b, progress: progress}
	if err := x.load(b.sheets[at].at); err != nil {
		return nil, err
	}
	sort.SliceStable(x.cells, func(i, j int) bool {
		a, b := &x.cells[i], &x.cells[j]
		return a.row < b.row || a.row == b.row && a.column < b.column
	})
	x.all = len(x.cells)
	return x, nil
}

func (x *xlsRows) close() error   { return nil }
func (x *xlsRows) from1904() bool { return x.book.date04 }

// load reads the cells of the sheet whose substream begins at an offset.
func (x *xlsRows) load(offset int) error {
	kind, _, next, ok := x.book.at(offset)
	if !ok || kind != biffBOF {
		return x.book.damaged("no sheet")
	}
	var formula *xlsCell // waits for its text
	for depth := 1; depth > 0; {
		kind, body, behind, ok := x.book.at(next)
		if !ok {
			return x.book.damaged("cut off")
		}
		next = behind
		switch kind {
		case biffBOF: // a chart within the sheet
			depth++
		case biffEOF:
			depth--
		case biffString:
			if formula != nil {
				r := biffText{parts: [][]byte{body}}
				for {
					k, more, behind, ok := x.book.at(next)
					if !ok || k != biffContinue {
						break
					}
					r.parts, next = append(r.parts, more), behind
				}
				n := r.uint16()
				x.text(formula.row, formula.column, r.chars(n, r.byte()))
				formula = nil
			}
		default:
			if depth == 1 {
				waits, err := x.record1(kind, body)
				if err != nil {
					return err
				}
				if waits != nil {
					formula = waits
				}
			}
		}
	}
	return nil
}

// record1 takes one record of cells. It gives the cell of a formula whose text
// comes in a record behind it.
func (x *xlsRows) record1(kind int, body []byte) (*xlsCell, error) {
	need := map[int]int{
		biffLabelSST: 10, biffNumber: 14, biffRK: 10, biffMulRK: 12, biffLabel: 9, biffRString: 9, biffBoolErr: 8, biffFormula: 14,
	}[kind]
	if need == 0 {
		return nil, nil
	}
	if len(body) < need {
		return nil, x.book.damaged("cell")
	}
	if len(x.cells) > maxXLSCells {
		return nil, problemTooLarge.New("file", x.book.src.Name, "size", fmt.Sprintf("> %d", maxXLSCells), "limit", maxXLSCells)
	}
	row, column, style := binary.LittleEndian.Uint16(body), binary.LittleEndian.Uint16(body[2:]), binary.LittleEndian.Uint16(body[4:])
	switch kind {
	case biffLabelSST:
		i := binary.LittleEndian.Uint32(body[6:])
		if int64(i) >= int64(x.book.strings.len()) {
			return nil, x.book.damaged("string")
		}
		x.cells = append(x.cells, xlsCell{row, column, xlsShared, style, uint64(i)})
	case biffNumber:
		x.cells = append(x.cells, xlsCell{row, column, xlsNumber, style, binary.LittleEndian.Uint64(body[6:])})
	case biffRK:
		x.rk(row, column, style, binary.LittleEndian.Uint32(body[6:]))
	case biffMulRK:
		for at := 4; at+6 <= len(body)-2; at += 6 {
			x.rk(row, column, binary.LittleEndian.Uint16(body[at:]), binary.LittleEndian.Uint32(body[at+2:]))
			column++
		}
	case biffLabel, biffRString:
		r := biffText{parts: [][]byte{body[6:]}}
		n := r.uint16()
		x.text(row, column, r.chars(n, r.byte()))
	case biffBoolErr:
		if body[7] == 0 {
			x.text(row, column, truth(body[6] != 0))
		} else {
			x.cells = append(x.cells, xlsCell{row, column, xlsError, style, uint64(body[6])})
		}
	case biffFormula:
		return x.formula(xlsCell{row: row, column: column, style: style}, body[6:14]), nil
	}
	return nil, nil
}

// formula takes what a formula gave: a number, or what its first byte says. It
// gives the cell back when that is a text, which comes in a record behind it.
func (x *xlsRows) formula(c xlsCell, result []byte) (waits *xlsCell) {
	switch {
	case binary.LittleEndian.Uint16(result[6:]) != 0xFFFF:
		x.cells = append(x.cells, xlsCell{c.row, c.column, xlsNumber, c.style, binary.LittleEndian.Uint64(result)})
	case result[0] == 0:
		return &xlsCell{row: c.row, column: c.column}
	case result[0] == 1:
		x.text(c.row, c.column, truth(result[2] != 0))
	case result[0] == 2:
		x.cells = append(x.cells, xlsCell{c.row, c.column, xlsError, c.style, uint64(result[2])})
	}
	return nil
}

func (x *xlsRows) text(row, column uint16, text string) {
	x.own = append(x.own, text)
	x.cells = append(x.cells, xlsCell{row, column, xlsOwn, 0, uint64(len(x.own) - 1)})
}

// rk unpacks a number of 30 bits. ([MS-XLS] 2.5.217.)
func (x *xlsRows) rk(row, column, style uint16, rk uint32) {
	v := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&2 != 0 {
		v = float64(int32(rk) >> 2)
	}
	if rk&1 != 0 {
		v /= 100
	}
	x.cells = append(x.cells, xlsCell{row, column, xlsNumber, style, math.Float64bits(v)})
}

func (x *xlsRows) next() (*record, error) {
	if len(x.cells) == 0 {
		return nil, io.EOF
	}
	row := x.cells[0].row
	x.begin(int(row) + 1)
	for len(x.cells) > 0 && x.cells[0].row == row {
		c := x.cells[0]
		x.cells = x.cells[1:]
		if int(c.column) >= MaxColumns {
			continue
		}
		switch c.kind {
		case xlsShared:
			x.set(int(c.column), strings.ReplaceAll(x.book.strings.at(int(c.bits)), "\r", ""), kindText)
		case xlsOwn:
			x.set(int(c.column), x.own[c.bits], kindText)
		case xlsError:
			x.set(int(c.column), xlsErrors[byte(c.bits)], kindError)
		default:
			x.number(int(c.column), math.Float64frombits(c.bits), int(c.style))
		}
	}
	if x.progress != nil && row%256 == 0 {
		x.progress(x.book.src.Size*int64(x.all-len(x.cells))/int64(x.all), x.book.src.Size)
	}
	return x.record(), nil
}

// number puts a number as its format shows it.
func (x *xlsRows) number(column int, v float64, style int) {
	if style < len(x.book.formats) {
		if shown, ok := x.book.formats[style].text(v, x.book.date04); ok {
			x.set(column, shown, kindText)
			return
		}
	}
	text, k := numberText(v)
	x.set(column, text, k)
}

// xlsErrors are the errors of formulas. ([MS-XLS] 2.5.10.)
var xlsErrors = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}
