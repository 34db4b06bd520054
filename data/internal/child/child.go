// Package child holds what every child process of the bundle needs that reads
// hostile files: a limit on its memory, and an ear for its last words.
//
// Its one rule: a child that takes more than it may have ends, and its parent can
// tell why.
package child

import (
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// OutOfMemory is the exit code of a child that reached its limit of memory.
const OutOfMemory = 77

// Limit keeps this process from holding more than so many bytes of memory: it
// ends with the exit code [OutOfMemory] when it does. It is called once, first
// thing in the child.
func Limit(memory int64) {
	debug.SetMemoryLimit(memory / 4 * 3)
	limitMemory(memory)
	go watchMemory(memory)
}

// watchMemory ends the process when it holds more memory than a limit.
func watchMemory(limit int64) {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for range time.Tick(10 * time.Millisecond) {
		metrics.Read(sample)
		if held := sample[0].Value.Uint64() - sample[1].Value.Uint64(); held > uint64(limit) {
			fmt.Fprintln(os.Stderr, "out of memory: the limit is", limit, "bytes")
			os.Exit(OutOfMemory)
		}
	}
}

// A Head keeps the first bytes of what a process says. It may be read while it
// is written.
type Head struct {
	Limit int // how many bytes are kept

	mu sync.Mutex
	b  []byte
}

// Write takes everything and keeps the beginning.
func (h *Head) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.b = append(h.b, p[:min(len(p), max(0, h.Limit-len(h.b)))]...)
	return len(p), nil
}

// String gives what was kept.
func (h *Head) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return string(h.b)
}
