package picture

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"image"
	"io"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"golang.org/x/sync/semaphore"
)

const (
	maxCodecBytes  = 128 << 20 // of a file
	maxCodecMemory = 1 << 30   // of a decoder with a picture
	codecSpare     = 64 << 20  // bytes it may have beyond what a header promises, twice
	codecTime      = 2 * time.Minute
	codecAtOnce    = 2 // pictures in a decoder
)

// codec is a decoder in WebAssembly. It is compiled when the first picture of its
// kind comes, not when the program starts.
type codec struct {
	kind     string // of picture, as people call it
	compiled func() (codecRuntime, error)
	slots    *semaphore.Weighted
}

type codecRuntime struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
}

// newCodec describes a decoder whose code is packed with gzip.
func newCodec(kind string, packed []byte) *codec {
	c := &codec{kind: kind, slots: semaphore.NewWeighted(codecAtOnce)}
	c.compiled = sync.OnceValues(func() (codecRuntime, error) {
		compiled, err := compileCodec(packed)
		if err != nil {
			return codecRuntime{}, fmt.Errorf("starting the %s decoder: %w", kind, err)
		}
		return compiled, nil
	})
	return c
}

func compileCodec(packed []byte) (codecRuntime, error) {
	ctx := context.Background()
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return codecRuntime{}, fmt.Errorf("unpacking: %w", err)
	}
	code, err := io.ReadAll(unpacked)
	if err != nil {
		return codecRuntime{}, fmt.Errorf("unpacking: %w", err)
	}
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().
		WithMemoryLimitPages(maxCodecMemory>>16))
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return codecRuntime{}, err
	}
	m, err := r.CompileModule(ctx, code)
	if err != nil {
		return codecRuntime{}, err
	}
	return codecRuntime{r, m}, nil
}

// refuse says that the decoder refused the file.
func (c *codec) refuse() error {
	return badHeader("the " + c.kind + " decoder cannot make sense of it")
}

// decode gives a file to the decoder by work, aside.
//
// A decoder cannot be stopped: that would take a check in each of its loops,
// which makes it six times slower. So it works aside. When the context ends or a
// file keeps it busy for too long, the caller goes on, and the work keeps its slot
// and its share of [MaxMemory] until it ends; hostile files can so hold up
// pictures of their kind, but nothing else.
func (c *codec) decode(ctx context.Context, s source, share *hold, work codecWork) (image.Image, error) {
	if s.size > maxCodecBytes {
		return nil, unsupported("a picture (" + c.kind + ") of more than 128 MB")
	}
	file, err := s.full(0, int(s.size))
	if err != nil {
		return nil, err
	}
	timed, cancel := context.WithTimeoutCause(ctx, codecTime, errSlow)
	defer cancel()
	if err := c.slots.Acquire(timed, 1); err != nil {
		return nil, context.Cause(timed)
	}
	type result struct {
		img image.Image
		err error
	}
	done := make(chan result, 1)
	share.passed = true
	go func() {
		defer decoding.Release(share.bytes)
		defer c.slots.Release(1)
		img, err := c.run(file, share.bytes, work)
		done <- result{img, err}
	}()
	select {
	case r := <-done:
		return r.img, r.err
	case <-timed.Done():
		return nil, context.Cause(timed)
	}
}

// errSlow says that a file keeps the decoder busy.
var errSlow = badHeader("decoding it took too long")

// codecWork takes a file through a decoder.
type codecWork func(c *codecCall, file []byte) (image.Image, error)

// run decodes a file in memory of its own, which is given back whole. It will take
// about need bytes.
func (c *codec) run(file []byte, need int64, work codecWork) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, c.refuse()
		}
	}()
	decoder, err := c.compiled()
	if err != nil {
		return nil, err
	}
	ctx := experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(
		func(uint64, uint64) experimental.LinearMemory {
			return &codecMemory{first: need, most: min(maxCodecMemory, 2*need+int64(len(file))+codecSpare)}
		}))
	module, err := decoder.runtime.InstantiateModule(ctx, decoder.module,
		wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, fmt.Errorf("starting the %s decoder: %w", c.kind, err)
	}
	defer module.Close(ctx)
	return work(&codecCall{c, ctx, module}, file)
}

// codecMemory is a decoder's memory: what a picture will take at once, so that it
// is not copied whenever it grows, and no more than its header can explain.
type codecMemory struct {
	bytes       []byte
	first, most int64
}

// Reallocate gives memory of a size, or nil when that is too much.
func (m *codecMemory) Reallocate(size uint64) []byte {
	switch {
	case size > uint64(m.most):
		return nil
	case size <= uint64(cap(m.bytes)):
		m.bytes = m.bytes[:size]
	default:
		room := max(int64(size), min(m.most, max(m.first, int64(size)+int64(size)/4)))
		larger := make([]byte, size, room)
		copy(larger, m.bytes)
		m.bytes = larger
	}
	return m.bytes
}

// Free leaves the memory to the garbage collector.
func (m *codecMemory) Free() { m.bytes = nil }

// codecCall is one picture in a decoder's memory.
type codecCall struct {
	*codec
	ctx    context.Context
	module api.Module
}

func (c *codecCall) call(name string, args ...uint64) (uint32, error) {
	res, err := c.module.ExportedFunction(name).Call(c.ctx, args...)
	if err != nil {
		return 0, c.refuse() // a trap in the decoder's code
	}
	if len(res) == 0 {
		return 0, nil
	}
	return uint32(res[0]), nil
}

func (c *codecCall) alloc(n int) (uint32, error) {
	p, err := c.call("malloc", uint64(n))
	if err == nil && p == 0 {
		err = badHeader("decoding it takes more memory than it may have")
	}
	return p, err
}

// put copies bytes into the decoder's memory.
func (c *codecCall) put(p []byte) (uint32, error) {
	at, err := c.alloc(len(p))
	if err == nil && !c.module.Memory().Write(at, p) {
		err = c.refuse()
	}
	return at, err
}

// words reads numbers from the decoder's memory.
func (c *codecCall) words(at uint32, into []uint32) error {
	for i := range into {
		v, ok := c.module.Memory().ReadUint32Le(at + uint32(4*i))
		if !ok {
			return c.refuse()
		}
		into[i] = v
	}
	return nil
}

// view gives bytes of the decoder's memory, good until the next call.
func (c *codecCall) view(at uint32, n int) ([]byte, error) {
	p, ok := c.module.Memory().Read(at, uint32(n))
	if !ok {
		return nil, c.refuse()
	}
	return p, nil
}

// sizeIs checks what the decoder says against what the header says.
func sizeIs(width, height uint32, w, h int) error {
	if int64(width) != int64(w) || int64(height) != int64(h) {
		return badHeader("it has another size than its header says")
	}
	return nil
}
