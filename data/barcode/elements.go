package barcode

import "encoding/binary"

// imported tells which entries of a module's table are functions that it imports,
// by their number among the imports. A call of such an entry from outside is a
// call of this side's own function, which the runtime cannot look up.
func importsInTable(code []byte, imports uint32) map[uint32]uint32 {
	const preamble, elements = 8, 9
	found := map[uint32]uint32{}
	for rest := code[min(preamble, len(code)):]; len(rest) > 0; {
		id := rest[0]
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || size > uint64(len(rest)-1-n) {
			return nil
		}
		body := rest[1+n:][:size]
		rest = rest[1+n:][size:]
		if id == elements && !readElements(body, imports, found) {
			return nil
		}
	}
	return found
}

// readElements reads the one kind of segments that the reader has: a list of
// functions from a place of the first table on.
func readElements(b []byte, imports uint32, found map[uint32]uint32) bool {
	ok := true
	number := func() uint32 {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<31 {
			ok, b = false, nil
			return 0
		}
		b = b[n:]
		return uint32(v)
	}
	const constant, end = 0x41, 0x0b
	for range number() {
		kind, op, at, last := number(), number(), number(), number()
		if kind != 0 || op != constant || last != end {
			return false
		}
		for i := range number() {
			if f := number(); f < imports && ok {
				found[at+i] = f
			}
			if !ok {
				return false
			}
		}
	}
	return ok
}
