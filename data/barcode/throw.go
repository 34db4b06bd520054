package barcode

// What stands before the object of an exception in the reader's memory, by the
// distance from its object: the layout of Emscripten's exceptions.
const (
	headSize     = 24
	headType     = 4
	headDestroy  = 8
	headCaught   = 12
	headRethrown = 13
	headAdjusted = 16
)

func (m *machine) head(object, field uint32) uint32 { return object - headSize + field }

// throw begins an exception.
func (m *machine) throw(object, typ, destroy uint32) {
	m.setU32(m.head(object, headAdjusted), 0)
	m.setU32(m.head(object, headType), typ)
	m.setU32(m.head(object, headDestroy), destroy)
	m.must(exportHold, uint64(object))
	m.thrown = object
	panic(thrownError{object})
}

// resume goes on with an exception that this place does not catch.
func (m *machine) resume(object uint32) {
	if m.thrown == 0 {
		m.thrown = object
	}
	panic(thrownError{m.thrown})
}

// rethrow throws again what is being handled.
func (m *machine) rethrow() {
	if len(m.caught) == 0 {
		panic(errReader)
	}
	object := m.caught[len(m.caught)-1]
	m.setU8(m.head(object, headRethrown), 1)
	m.setU8(m.head(object, headCaught), 0)
	m.must(exportHold, uint64(object))
	m.thrown = object
	panic(thrownError{object})
}

// catch begins to handle an exception and gives the place of its object.
func (m *machine) catch(object uint32) uint32 {
	m.setU8(m.head(object, headCaught), 1)
	m.setU8(m.head(object, headRethrown), 0)
	m.caught = append(m.caught, object)
	return m.must(exportThrownAt, uint64(object))
}

// caughtEnd ends the handling of an exception.
func (m *machine) caughtEnd() {
	m.must(exportSetThrew, 0, 0)
	if len(m.caught) == 0 {
		panic(errReader)
	}
	object := m.caught[len(m.caught)-1]
	m.caught = m.caught[:len(m.caught)-1]
	m.must(exportLetGo, uint64(object))
	m.thrown = 0
}

// catcher finds which of some types the exception on its way may be caught as.
func (m *machine) catcher(types []uint64) uint32 {
	object := m.thrown
	if object == 0 {
		m.must(exportSetTemp, 0)
		return 0
	}
	adjusted := m.head(object, headAdjusted)
	m.setU32(adjusted, object)
	typ := m.u32(m.head(object, headType))
	if typ == 0 {
		m.must(exportSetTemp, 0)
		return object
	}
	for _, t := range types {
		want := uint32(t)
		if want == 0 || want == typ {
			break
		}
		if m.must(exportCanCatch, uint64(want), uint64(typ), uint64(adjusted)) != 0 {
			m.must(exportSetTemp, uint64(want))
			return object
		}
	}
	m.must(exportSetTemp, uint64(typ))
	return object
}
