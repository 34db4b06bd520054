//go:build !linux && !darwin && !windows

package desk

// networkKind cannot tell network drives on this system.
func networkKind(string) string { return "" }
