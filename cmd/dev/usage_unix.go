//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the most memory that an ended process held at once, in MB. It
// counts the process itself, not those that it started and waited for; but a
// process begins with the peak of the one that started it (see weigh).
func peakMemory(s *os.ProcessState) float64 {
	usage, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // in bytes there, else in KiB
		return float64(usage.Maxrss) / 1e6
	}
	return float64(usage.Maxrss) * 1024 / 1e6
}

// roomIn tells how many bytes a folder's disk has left, 0 where there is no such folder.
func roomIn(dir string) uint64 {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		return 0
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize) //nolint:unconvert // they are of other types on other systems
}
