package store

import "os/exec"

func becomeNobody(*exec.Cmd) {}
