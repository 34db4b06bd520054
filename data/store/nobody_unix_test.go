//go:build unix

package store

import (
	"os"
	"os/exec"
	"syscall"
)

// becomeNobody lets a child of root lose root's right to write anywhere.
func becomeNobody(cmd *exec.Cmd) {
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
}
