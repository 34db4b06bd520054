package child

import "syscall"

// limitMemory has the kernel refuse the process more address space than its
// memory and what the runtime reserves without using it.
func limitMemory(bytes int64) {
	const reserved = 3 << 30
	n := uint64(bytes) + reserved
	syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: n, Max: n}) // watchMemory is there if it fails
}
