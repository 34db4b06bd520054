package desk

import "golang.org/x/sys/unix"

// networkKind names the kind of network drive on which a folder lies, or "".
func networkKind(dir string) string {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return ""
	}
	switch kind := unix.ByteSliceToString(fs.Fstypename[:]); kind {
	case "smbfs", "nfs", "afpfs", "webdav", "ftp", "cifs", "macfuse", "osxfuse":
		return kind
	}
	return ""
}
