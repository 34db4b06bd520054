package desk

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// networkTypes are the numbers that statfs(2) gives for file systems behind a
// network. FUSE is not among them: /proc/mounts tells what is behind it.
var networkTypes = map[int64]string{
	0x6969:     "NFS",
	0x517B:     "SMB",
	0xFE534D42: "SMB",
	0xFF534D42: "SMB",
	0x73757245: "Coda",
	0x5346414F: "AFS",
	0x01021997: "9P",
	0x00C36400: "Ceph",
}

// networkKind names the kind of network drive on which a folder lies, or "".
func networkKind(dir string) string {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return ""
	}
	if kind, ok := networkTypes[int64(uint32(fs.Type))]; ok {
		return kind
	}
	if fs.Type == unix.FUSE_SUPER_MAGIC {
		return fuseKind(dir)
	}
	return ""
}

// fuseKind names a FUSE file system that reaches over a network, or "".
func fuseKind(dir string) string {
	mounts, err := os.Open("/proc/self/mounts")
	if err != nil {
		return ""
	}
	defer mounts.Close()
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		real = dir
	}
	best, kind := "", ""
	for lines := bufio.NewScanner(mounts); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 3 || len(fields[1]) <= len(best) || !within(real, fields[1]) {
			continue
		}
		best, kind = fields[1], fields[2]
	}
	switch kind {
	case "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.glusterfs", "fuse.s3fs", "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse":
		return strings.TrimPrefix(kind, "fuse.")
	}
	return ""
}
