package barcode

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed" // the reader
	"errors"
	"fmt"
	"io"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental/table"
)

// readerPacked is dist/reader/zxing_reader.wasm of the npm package zxing-wasm
// 3.1.6, packed with gzip. Licenses: assets/licenses.
//
//go:embed zxing.wasm.gz
var readerPacked []byte

// The names of the reader's exports. Its build shortens them, so that they are
// those of this one file alone.
const (
	exportMemory     = "qa"
	exportStart      = "ra" // runs the constructors, which register what can be called
	exportMalloc     = "ta"
	exportFree       = "ua"
	exportThrownAt   = "va" // the place of an exception's object
	exportSetThrew   = "ya"
	exportSetTemp    = "za"
	exportStackSet   = "Aa"
	exportStackGet   = "Ca"
	exportHold       = "Da" // counts one more user of an exception
	exportLetGo      = "Ea"
	exportCanCatch   = "Fa"
	exportCall64     = "Ga" // calls a function of the table that takes a 64-bit number
	maxReaderMemory  = 160 << 20
	wasmPage         = 64 << 10
	firstFreeHandle  = 10
	maxText          = 8 << 10 // bytes of one code
	maxCodes         = 64      // of one picture
	maxRegistrations = 4096
)

// A thrownError is an exception of the reader's own language on its way to who
// catches it.
type thrownError struct{ at uint32 }

func (e thrownError) Error() string { return "the reader of codes threw an exception" }

var errReader = errors.New("the reader of codes cannot be understood")

// A machine is the reader in WebAssembly: its memory, what it registered, and the
// state that the exceptions of its language need. It is used by one goroutine.
type machine struct {
	ctx     context.Context
	runtime wazero.Runtime
	module  api.Module
	exports map[string]api.Function
	ready   map[uint32][]tableFunc // functions of the table that are not being called
	ours    map[uint32]hostFunc    // functions of the table that are of this side

	thrown uint32   // the exception on its way, 0 for none
	caught []uint32 // the exceptions that are being handled

	registry
}

type tableFunc struct {
	fn            api.Function
	params, fruit int
	stack         []uint64
}

// start unpacks, compiles and starts the reader.
func start(ctx context.Context, cacheDir string) (*machine, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(readerPacked))
	if err != nil {
		return nil, fmt.Errorf("unpacking the reader of codes: %w", err)
	}
	code, err := io.ReadAll(unpacked)
	if err != nil {
		return nil, fmt.Errorf("unpacking the reader of codes: %w", err)
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(maxReaderMemory / wasmPage)
	if cacheDir != "" {
		// Without a directory that can be written the start takes longer, no more.
		if cache, err := wazero.NewCompilationCacheWithDir(cacheDir); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	m := &machine{
		ctx: ctx, runtime: wazero.NewRuntimeWithConfig(ctx, config),
		exports: map[string]api.Function{}, ready: map[uint32][]tableFunc{}, registry: newRegistry(),
	}
	if err := m.boot(code); err != nil {
		m.close()
		return nil, fmt.Errorf("starting the reader of codes: %w", err)
	}
	return m, nil
}

func (m *machine) close() { m.runtime.Close(m.ctx) }

func (m *machine) boot(code []byte) error {
	compiled, err := m.runtime.CompileModule(m.ctx, code)
	if err != nil {
		return err
	}
	imports := compiled.ImportedFunctions()
	m.ours = map[uint32]hostFunc{}
	for at, i := range importsInTable(code, uint32(len(imports))) {
		_, name, _ := imports[i].Import()
		m.ours[at] = hostFuncs[name]
	}
	host := m.runtime.NewHostModuleBuilder("a")
	for _, f := range imports {
		_, name, _ := f.Import()
		host.NewFunctionBuilder().
			WithGoModuleFunction(m.imported(name, f), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	if _, err := host.Instantiate(m.ctx); err != nil {
		return err
	}
	m.module, err = m.runtime.InstantiateModule(m.ctx, compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return err
	}
	if m.module.ExportedMemory(exportMemory) == nil {
		return errReader
	}
	_, err = m.export(exportStart)
	return err
}

// export calls an exported function. A trap, or an exception that nobody catches,
// is an error.
func (m *machine) export(name string, args ...uint64) (uint32, error) {
	f := m.exports[name]
	if f == nil {
		if f = m.module.ExportedFunction(name); f == nil {
			return 0, errReader
		}
		m.exports[name] = f
	}
	res, err := f.Call(m.ctx, args...)
	if err != nil {
		return 0, err
	}
	if len(res) == 0 {
		return 0, nil
	}
	return uint32(res[0]), nil
}

// must is export inside a function that the reader called: what goes wrong goes
// through the reader to whoever called that.
func (m *machine) must(name string, args ...uint64) uint32 {
	v, err := m.export(name, args...)
	if err != nil {
		panic(err)
	}
	return v
}

// call calls a function of the reader's table, whose types are those of a
// signature: "viij", the result first.
func (m *machine) call(index uint32, params, results []api.ValueType, args []uint64) (res []uint64, err error) {
	if do := m.ours[index]; do != nil {
		stack := append(args[:len(args):len(args)], 0)
		clean(params, stack)
		err := m.thrownBy(do, stack)
		return stack[:len(results)], err
	}
	var f tableFunc
	if free := m.ready[index]; len(free) > 0 {
		f, m.ready[index] = free[len(free)-1], free[:len(free)-1]
		if f.params != len(params) || f.fruit != len(results) {
			return nil, errReader
		}
	} else {
		f = tableFunc{
			fn:     table.LookupFunction(m.module, 0, index, params, results),
			params: len(params), fruit: len(results), stack: make([]uint64, max(len(params), len(results))),
		}
	}
	copy(f.stack, args)
	err = f.fn.CallWithStack(m.ctx, f.stack)
	res = f.stack[:len(results)]
	m.ready[index] = append(m.ready[index], f)
	return res, err
}

// thrownBy gives the exception that one of this side's functions throws. No code
// of the reader lies between, which would make an error of it.
func (m *machine) thrownBy(do hostFunc, stack []uint64) (err error) {
	defer func() {
		if r := recover(); r != nil {
			thrown, ok := r.(thrownError)
			if !ok {
				panic(r)
			}
			err = thrown
		}
	}()
	do(m, stack)
	return nil
}

// invoke is call where the reader asks for it, and goes on after an exception.
func (m *machine) invoke(params, results []api.ValueType) func(stack []uint64) {
	return func(stack []uint64) {
		sp := m.must(exportStackGet)
		res, err := m.call(uint32(stack[0]), params, results, stack[1:1+len(params)])
		m.resumed(sp, err)
		if len(results) > 0 {
			stack[0] = 0
			if err == nil {
				stack[0] = res[0]
			}
		}
	}
}

// resumed tells the reader of an exception that a call ended with; any other
// error ends the reader.
func (m *machine) resumed(sp uint32, err error) {
	if err == nil {
		return
	}
	m.must(exportStackSet, uint64(sp))
	var thrown thrownError
	if !errors.As(err, &thrown) {
		panic(err)
	}
	m.must(exportSetThrew, 1, 0)
}

// u32 reads a number from the reader's memory.
func (m *machine) u32(at uint32) uint32 {
	v, ok := m.module.Memory().ReadUint32Le(at)
	if !ok {
		panic(errReader)
	}
	return v
}

func (m *machine) setU32(at, v uint32) {
	if !m.module.Memory().WriteUint32Le(at, v) {
		panic(errReader)
	}
}

func (m *machine) u8(at uint32) byte {
	v, ok := m.module.Memory().ReadByte(at)
	if !ok {
		panic(errReader)
	}
	return v
}

func (m *machine) setU8(at uint32, v byte) {
	if !m.module.Memory().WriteByte(at, v) {
		panic(errReader)
	}
}

// view gives bytes of the reader's memory, good until the next call.
func (m *machine) view(at, n uint32) []byte {
	b, ok := m.module.Memory().Read(at, n)
	if !ok {
		panic(errReader)
	}
	return b
}

// cString reads a text that ends with a zero.
func (m *machine) cString(at uint32) string {
	const most = 1 << 10
	var b []byte
	for range most {
		c := m.u8(at)
		if c == 0 {
			return string(b)
		}
		b = append(b, c)
		at++
	}
	panic(errReader)
}
