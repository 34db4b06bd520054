package barcode

import (
	"context"

	"github.com/tetratelabs/wazero/api"
)

// A hostFunc answers the reader: it takes its arguments from the stack and puts
// its result there.
type hostFunc func(m *machine, stack []uint64)

// hostFuncs are the functions that the reader asks for, by the short names of its
// build. All others call a function of the table, and go on after an exception.
var hostFuncs map[string]hostFunc

func init() {
	nothing := func(*machine, []uint64) {}
	broken := func(*machine, []uint64) { panic(errReader) }
	hostFuncs = map[string]hostFunc{
		// Exceptions.
		"s":  func(m *machine, s []uint64) { m.throw(uint32(s[0]), uint32(s[1]), uint32(s[2])) },
		"e":  func(m *machine, s []uint64) { m.resume(uint32(s[0])) },
		"fa": func(m *machine, _ []uint64) { m.rethrow() },
		"v":  func(m *machine, s []uint64) { s[0] = uint64(m.catch(uint32(s[0]))) },
		"I":  func(m *machine, _ []uint64) { m.caughtEnd() },
		"a":  func(m *machine, s []uint64) { s[0] = uint64(m.catcher(nil)) },
		"i":  func(m *machine, s []uint64) { s[0] = uint64(m.catcher(s[:1])) },
		"l":  func(m *machine, s []uint64) { s[0] = uint64(m.catcher(s[:2])) },
		"w":  nothing, // a type is its own number
		"V":  func(m *machine, s []uint64) { s[0] = uint64(m.invoke64(s)) },

		// What can be called, and its types.
		"ja": func(m *machine, s []uint64) { m.types[uint32(s[0])] = &wireType{kind: kindVoid} },
		"ia": func(m *machine, s []uint64) { m.types[uint32(s[0])] = &wireType{kind: kindBool, yes: uint32(s[2])} },
		"y":  (*machine).registerInteger,
		"Q":  func(m *machine, s []uint64) { m.types[uint32(s[0])] = &wireType{kind: kindFloat, size: uint32(s[2])} },
		"ha": func(m *machine, s []uint64) { m.types[uint32(s[0])] = &wireType{kind: kindText} },
		"ga": func(m *machine, s []uint64) { m.types[uint32(s[0])] = &wireType{kind: kindHandle} },
		"S":  func(m *machine, s []uint64) { m.types[uint32(s[0])] = &wireType{kind: kindHandle} },
		"u":  func(m *machine, s []uint64) { m.types[uint32(s[0])] = &wireType{kind: kindView} },
		"pa": (*machine).registerClass,
		"E":  (*machine).registerMethod,
		"R":  (*machine).registerFunction,
		"C":  (*machine).registerStruct,
		"U":  (*machine).registerField,
		"T":  nothing, // a struct is whole
		"W":  nothing, // 64-bit numbers: none is used
		"L":  nothing, // texts of wide characters: none is used
		"oa": nothing, // a constructor: none is used
		"ka": nothing, // a loop over a list: none is used

		// Values that the reader holds on this side.
		"B":  func(m *machine, s []uint64) { s[0] = uint64(m.hold(nil)) }, // a class of this side: bytes alone
		"P":  func(m *machine, s []uint64) { m.holdMore(uint32(s[0])) },
		"ba": func(m *machine, s []uint64) { m.letGo(uint32(s[0])) },
		"na": (*machine).newCaller,
		"ma": (*machine).callCaller,
		"la": func(m *machine, s []uint64) { m.letGo(uint32(s[0])) },

		// The system.
		"$":  func(m *machine, s []uint64) { s[0] = m.grow(uint32(s[0])) },
		"_":  func(_ *machine, s []uint64) { s[0] = 0 }, // a timer: none is set
		"aa": broken,                                    // a signal
		"da": nothing,
		"ca": broken, // it ends itself
		"ea": broken, // it gives up
	}
}

// imported gives the function that the reader imports under a name.
func (m *machine) imported(name string, f api.FunctionDefinition) api.GoModuleFunc {
	params := f.ParamTypes()
	if do := hostFuncs[name]; do != nil {
		return func(_ context.Context, _ api.Module, stack []uint64) {
			clean(params, stack)
			do(m, stack)
		}
	}
	if len(params) == 0 {
		return func(context.Context, api.Module, []uint64) { panic(errReader) }
	}
	invoke := m.invoke(params[1:], f.ResultTypes())
	return func(_ context.Context, _ api.Module, stack []uint64) { invoke(stack) }
}

// invoke64 is invoke for a function that takes a 64-bit number in two halves.
func (m *machine) invoke64(stack []uint64) uint32 {
	sp := m.must(exportStackGet)
	v, err := m.export(exportCall64, stack[:5]...)
	m.resumed(sp, err)
	return v
}

// grow makes the reader's memory at least so large, in bytes, when it may be.
func (m *machine) grow(want uint32) uint64 {
	const step = 4 << 20
	memory := m.module.Memory()
	have := memory.Size()
	if want <= have {
		return 1
	}
	for _, size := range []uint64{uint64(want) + step, uint64(want)} {
		pages := (size - uint64(have) + wasmPage - 1) / wasmPage
		if _, ok := memory.Grow(uint32(pages)); ok {
			return 1
		}
	}
	return 0
}

// clean clears the upper halves of small numbers: they hold what was there before.
func clean(params []api.ValueType, args []uint64) {
	for i, t := range params {
		if t == api.ValueTypeI32 {
			args[i] = uint64(uint32(args[i]))
		}
	}
}
