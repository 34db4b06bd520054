package barcode

import (
	"fmt"
	"math"

	"github.com/tetratelabs/wazero/api"
)

// The reader tells what it can do when it starts: functions, structs and classes
// with the types of their parts, as Emscripten's bindings do. A registry keeps
// what was told; values go over by it.
type registry struct {
	types     map[uint32]*wireType
	functions map[string]*boundFunc
	handles   map[uint32]*held
	last      uint32 // handle
	callers   []caller
	told      int
}

func newRegistry() registry {
	return registry{
		types: map[uint32]*wireType{}, functions: map[string]*boundFunc{}, handles: map[uint32]*held{}, last: firstFreeHandle,
	}
}

type wireKind int

const (
	kindVoid wireKind = iota
	kindBool
	kindInt
	kindFloat
	kindText   // length and bytes, which are freed by who gets them
	kindHandle // a value of this side
	kindView   // place and length of bytes
	kindStruct
	kindObject // of a class
)

type wireType struct {
	kind          wireKind
	size          uint32 // of a number, in bytes
	signed        bool
	yes           uint32 // what stands for true
	make, destroy tablePlace
	fields        []field // of a struct
	methods       map[string]*boundFunc
}

// A tablePlace is a function of the reader's table with its types.
type tablePlace struct {
	index   uint32
	params  []api.ValueType
	results []api.ValueType
}

type field struct {
	name        string
	get, set    tablePlace
	getCtx      uint32
	setCtx      uint32
	gives, gets uint32 // types
}

type boundFunc struct {
	invoke tablePlace
	ctx    uint32
	types  []uint32 // of the result, and of the arguments
}

// held is a value that the reader holds on this side.
type held struct {
	value any
	count int
}

// A caller is something that the reader wants done here: a value made of others.
type caller struct {
	result uint32
	args   []uint32
	kind   uint32
}

// object is a value of a class.
type object struct {
	typ *wireType
	at  uint32
}

// place reads a signature: "viij", the result first.
func (m *machine) place(signature, index uint64) tablePlace {
	p := tablePlace{index: uint32(index)}
	if index == 0 {
		return p
	}
	m.told++
	if m.told > maxRegistrations {
		panic(errReader)
	}
	kinds := map[byte]api.ValueType{
		'i': api.ValueTypeI32, 'p': api.ValueTypeI32, 'j': api.ValueTypeI64, 'f': api.ValueTypeF32, 'd': api.ValueTypeF64,
	}
	for i, c := range []byte(m.cString(uint32(signature))) {
		kind, ok := kinds[c]
		switch {
		case i == 0 && c == 'v':
		case !ok:
			panic(errReader)
		case i == 0:
			p.results = []api.ValueType{kind}
		default:
			p.params = append(p.params, kind)
		}
	}
	return p
}

func (m *machine) typeList(count, at uint64) []uint32 {
	if count > 64 {
		panic(errReader)
	}
	all := make([]uint32, count)
	for i := range all {
		all[i] = m.u32(uint32(at) + uint32(4*i))
	}
	return all
}

func (m *machine) registerInteger(s []uint64) {
	m.types[uint32(s[0])] = &wireType{kind: kindInt, size: uint32(s[2]), signed: uint32(s[3]) != 0}
}

func (m *machine) registerClass(s []uint64) {
	t := &wireType{kind: kindObject, destroy: m.place(s[11], s[12]), methods: map[string]*boundFunc{}}
	for _, id := range s[:3] { // the class, pointers to it, and pointers to a constant of it
		m.types[uint32(id)] = t
	}
}

func (m *machine) registerMethod(s []uint64) {
	t := m.typeOf(uint32(s[0]))
	if t.methods == nil {
		panic(errReader)
	}
	types := m.typeList(s[2], s[3])
	if len(types) < 2 {
		panic(errReader)
	}
	// The second type is that of the object itself.
	t.methods[m.cString(uint32(s[1]))] = &boundFunc{
		invoke: m.place(s[4], s[5]), ctx: uint32(s[6]), types: append(types[:1:1], types[2:]...),
	}
}

func (m *machine) registerFunction(s []uint64) {
	m.functions[m.cString(uint32(s[0]))] = &boundFunc{
		invoke: m.place(s[3], s[4]), ctx: uint32(s[5]), types: m.typeList(s[1], s[2]),
	}
}

func (m *machine) registerStruct(s []uint64) {
	m.types[uint32(s[0])] = &wireType{kind: kindStruct, make: m.place(s[2], s[3]), destroy: m.place(s[4], s[5])}
}

func (m *machine) registerField(s []uint64) {
	t := m.typeOf(uint32(s[0]))
	t.fields = append(t.fields, field{
		name: m.cString(uint32(s[1])), gives: uint32(s[2]), get: m.place(s[3], s[4]), getCtx: uint32(s[5]),
		gets: uint32(s[6]), set: m.place(s[7], s[8]), setCtx: uint32(s[9]),
	})
}

func (m *machine) typeOf(id uint32) *wireType {
	t := m.types[id]
	if t == nil {
		panic(errReader)
	}
	return t
}

// at calls a function of the table.
func (m *machine) at(p tablePlace, args ...uint64) uint64 {
	if len(args) != len(p.params) {
		panic(errReader)
	}
	res, err := m.call(p.index, p.params, p.results, args)
	if err != nil {
		panic(err)
	}
	if len(res) == 0 {
		return 0
	}
	return res[0]
}

// take makes a value of what the reader gave as a result or an argument.
func (m *machine) take(t *wireType, wire uint64) any {
	at := uint32(wire)
	switch t.kind {
	case kindBool:
		return at == t.yes
	case kindInt:
		return t.number(at)
	case kindFloat:
		return t.real(wire)
	case kindText:
		text := string(m.view(at+4, min(m.u32(at), maxText)))
		m.must(exportFree, uint64(at))
		return text
	case kindHandle:
		v := m.value(at)
		m.letGo(at)
		return v
	case kindView:
		return append([]byte(nil), m.view(m.u32(at+4), min(m.u32(at), maxText))...)
	case kindStruct:
		all := map[string]any{}
		for _, f := range t.fields {
			all[f.name] = m.take(m.typeOf(f.gives), m.at(f.get, uint64(f.getCtx), wire))
		}
		m.at(t.destroy, wire)
		return all
	case kindObject:
		return object{t, at}
	}
	return nil
}

func (t *wireType) number(v uint32) int {
	shift := 32 - 8*min(t.size, 4)
	if t.signed {
		return int(int32(v<<shift) >> shift)
	}
	return int(v << shift >> shift)
}

func (t *wireType) real(wire uint64) float64 {
	if t.size == 4 {
		return float64(math.Float32frombits(uint32(wire)))
	}
	return math.Float64frombits(wire)
}

// wide tells how a value stands in memory: a struct, a handle and an object as the
// place or number of it.
func (m *machine) stored(t *wireType, at uint32) any {
	switch t.kind {
	case kindView:
		return m.take(t, uint64(at))
	case kindBool:
		return m.u8(at) != 0
	case kindInt:
		return m.take(t, uint64(m.u32(at)))
	case kindFloat:
		if t.size == 8 {
			return m.take(t, uint64(m.u32(at))|uint64(m.u32(at+4))<<32)
		}
	}
	return m.take(t, uint64(m.u32(at)))
}

// give makes of a value what the reader takes. What it keeps in the reader's
// memory is freed by after.
func (m *machine) give(t *wireType, v any) (wire uint64, after func()) {
	after = func() {}
	switch t.kind {
	case kindBool:
		if v == true {
			return uint64(t.yes), after
		}
		return 0, after
	case kindInt:
		if n, ok := v.(int); ok {
			return uint64(uint32(n)), after
		}
	case kindText:
		if text, ok := v.(string); ok {
			at := m.put(len(text)+5, []byte(text))
			return uint64(at), func() { m.must(exportFree, uint64(at)) }
		}
	case kindHandle:
		return uint64(m.hold(v)), after
	case kindStruct:
		if all, ok := v.(map[string]any); ok {
			return m.giveStruct(t, all)
		}
	}
	panic(fmt.Errorf("%w: it takes no %T", errReader, v))
}

// put writes a text with its length before it.
func (m *machine) put(room int, b []byte) uint32 {
	at := m.must(exportMalloc, uint64(room))
	if at == 0 {
		panic(errReader)
	}
	m.setU32(at, uint32(len(b)))
	copy(m.view(at+4, uint32(len(b))), b)
	m.setU8(at+4+uint32(len(b)), 0)
	return at
}

func (m *machine) giveStruct(t *wireType, all map[string]any) (uint64, func()) {
	wire := m.at(t.make)
	for _, f := range t.fields {
		v, ok := all[f.name]
		if !ok {
			continue // as the reader has it
		}
		w, after := m.give(m.typeOf(f.gets), v)
		m.at(f.set, uint64(f.setCtx), wire, w)
		after()
	}
	return wire, func() { m.at(t.destroy, wire) }
}

// do calls a function that the reader registered, with the context it is bound to
// and, for a method, its object first.
func (m *machine) do(f *boundFunc, first []uint64, args ...any) any {
	if f == nil || len(args) != len(f.types)-1 {
		panic(errReader)
	}
	wires := append([]uint64{uint64(f.ctx)}, first...)
	for i, v := range args {
		w, after := m.give(m.typeOf(f.types[i+1]), v)
		defer after()
		wires = append(wires, w)
	}
	return m.take(m.typeOf(f.types[0]), m.at(f.invoke, wires...))
}

func (m *machine) method(o object, name string, args ...any) any {
	return m.do(o.typ.methods[name], []uint64{uint64(o.at)}, args...)
}

// hold keeps a value for the reader.
func (m *machine) hold(v any) uint32 {
	m.last += 2
	m.handles[m.last] = &held{v, 1}
	return m.last
}

func (m *machine) holdMore(handle uint32) {
	if h := m.handles[handle]; h != nil {
		h.count++
	}
}

func (m *machine) letGo(handle uint32) {
	if h := m.handles[handle]; h != nil {
		if h.count--; h.count == 0 {
			delete(m.handles, handle)
		}
	}
}

// value gives what a handle stands for; those below firstFreeHandle are nothing,
// true and false.
func (m *machine) value(handle uint32) any {
	if h := m.handles[handle]; h != nil {
		return h.value
	}
	return map[uint32]any{6: true, 8: false}[handle]
}

// newCaller keeps what the reader wants to have made of values: what kind of call,
// and of which types.
func (m *machine) newCaller(s []uint64) {
	types := m.typeList(s[0], s[1])
	if len(types) == 0 || len(m.callers) > maxRegistrations {
		panic(errReader)
	}
	m.callers = append(m.callers, caller{types[0], types[1:], uint32(s[2])})
	s[0] = uint64(len(m.callers) - 1)
}

// callCaller makes one value of others. The reader asks for two: a copy of bytes,
// and a value as it is.
func (m *machine) callCaller(s []uint64) {
	const construct, cast = 2, 3
	if s[0] >= uint64(len(m.callers)) {
		panic(errReader)
	}
	c := m.callers[s[0]]
	if len(c.args) != 1 || c.kind != construct && c.kind != cast {
		panic(errReader)
	}
	v := m.stored(m.typeOf(c.args[0]), uint32(s[4]))
	result := m.typeOf(c.result)
	if result.kind != kindHandle {
		panic(errReader)
	}
	s[0] = math.Float64bits(float64(m.hold(v)))
}
