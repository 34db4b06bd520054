//go:build !linux

package pdf

// limitMemory leaves it to watchMemory.
func limitMemory(int64) {}
