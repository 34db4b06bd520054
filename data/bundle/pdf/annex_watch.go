package pdf

import (
	"fmt"
	"os"
	"runtime/metrics"
	"time"
)

// watchMemory ends the process when it holds more memory than a limit.
func watchMemory(limit int64) {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for range time.Tick(10 * time.Millisecond) {
		metrics.Read(sample)
		if held := sample[0].Value.Uint64() - sample[1].Value.Uint64(); held > uint64(limit) {
			fmt.Fprintln(os.Stderr, "out of memory: the limit is", limit, "bytes")
			os.Exit(annexOutOfMemory)
		}
	}
}
