package data

import (
	"runtime"
	"strings"
)

var (
	problemRawPath = DefineProblem("path_raw", ErrInvalid,
		"The path {path} is written for Windows' own use.", `Write it without its beginning, such as C:\Orders\may.csv.`)
	problemDevice = DefineProblem("path_device", ErrInvalid,
		"“{name}” in {path} is a device of Windows, and no file or folder can be named so.", "Choose another name.")
	problemPathEnd = DefineProblem("path_end", ErrInvalid,
		"“{name}” in {path} ends with a dot or a space, which Windows leaves out: another file would be meant.", "Write the name without it.")
	problemPathSign = DefineProblem("path_sign", ErrInvalid,
		"“{name}” in {path} has a sign that Windows does not take in names: {sign}", "Write the name without it.")
)

// CheckPath refuses a path by which Windows would take another file than the one that it
// seems to name, or none. Call it with the path as a person gave it: made absolute it is
// another one. Other systems take every path.
func CheckPath(path string) error {
	if runtime.GOOS != "windows" {
		return nil
	}
	return checkWindowsPath(path)
}

// checkWindowsPath is that rule on every system. (Microsoft, "Naming Files, Paths, and
// Namespaces".)
func checkWindowsPath(path string) error {
	slashed := strings.ReplaceAll(path, `\`, "/")
	for _, raw := range []string{"//?/", "//./", "/??/"} {
		if strings.HasPrefix(slashed, raw) {
			return problemRawPath.New("path", path)
		}
	}
	if len(slashed) > 1 && slashed[1] == ':' {
		slashed = slashed[2:] // the drive
	}
	for name := range strings.SplitSeq(slashed, "/") {
		switch i := strings.IndexFunc(name, windowsRefuses); {
		case name == "" || name == "." || name == "..":
		case i >= 0:
			return problemPathSign.New("path", path, "name", name, "sign", string([]rune(name[i:])[0]))
		case IsWindowsDevice(name):
			return problemDevice.New("path", path, "name", name)
		case strings.TrimRight(name, " .") != name:
			return problemPathEnd.New("path", path, "name", name)
		}
	}
	return nil
}

func windowsRefuses(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"|?*`, r) }

// windowsDevices cannot be file names on Windows, whatever their extension.
var windowsDevices = func() map[string]bool {
	m := map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true, "CONIN$": true, "CONOUT$": true, "CLOCK$": true}
	for _, n := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"} {
		m["COM"+n], m["LPT"+n] = true, true
	}
	return m
}()

// IsWindowsDevice reports whether Windows takes a file's name for that of a device.
func IsWindowsDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return windowsDevices[strings.ToUpper(strings.TrimRight(stem, " "))]
}
