//go:build !linux

package child

// limitMemory leaves it to watchMemory.
func limitMemory(int64) {}
