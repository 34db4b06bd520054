package desk

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// networkKind names the kind of network drive on which a folder lies, or "".
func networkKind(dir string) string {
	volume := filepath.VolumeName(dir)
	if strings.HasPrefix(volume, `\\`) {
		return "UNC"
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return ""
	}
	if windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "network drive"
	}
	return ""
}
