package main

import (
	"io"
	"os"
	"syscall"
)

// The kinds of operations by which a program changes files.
const (
	opWrite    = "write"
	opTruncate = "truncate"
	opGrow     = "grow" // room is set aside
	opSync     = "sync"
	opCreate   = "create"
	opFolder   = "folder"
	opRemove   = "remove"
	opRename   = "rename"
)

// An operation is one call that changes something below the watched folder.
type operation struct {
	kind string
	path string
	to   string // of a rename
	at   int64  // where a write begins, or the length of a truncated file
	cut  bool   // a file that was there is emptied
	data []byte // what was written
}

// done completes a recorded operation with what the call gave back.
func (o *operation) done(result int64) {
	if o.kind != opWrite || result <= 0 {
		return
	}
	file, err := os.Open(o.path)
	if err != nil {
		return // it has been renamed or removed meanwhile
	}
	defer file.Close()
	o.data = make([]byte, result)
	n, _ := io.ReadFull(io.NewSectionReader(file, o.at, result), o.data)
	o.data = o.data[:n]
}

// grows reports whether an operation needs room on the disk.
func (o *operation) grows() bool {
	switch o.kind {
	case opWrite, opGrow, opCreate, opFolder:
		return true
	}
	return false
}

// errno is what a disk says that refuses the operation.
func (o *operation) errno() syscall.Errno {
	if o.grows() {
		return syscall.ENOSPC
	}
	return syscall.EIO
}

// A plan says what happens to a traced program.
type plan struct {
	record bool
	kill   int // number of the operation before which it is killed; 0: none
	fail   int // number of the operation that fails; 0: none
	full   int // number of the operation from which on the disk is full; 0: never
}

type verdict int

const (
	letIt verdict = iota
	killIt
	refuseIt
)

func (p *plan) decide(n int, op *operation) verdict {
	switch {
	case p.kill > 0 && n >= p.kill:
		return killIt
	case p.fail > 0 && p.fail == n, p.full > 0 && n >= p.full && op.grows():
		return refuseIt
	}
	return letIt
}

// outcome is how a traced program ended.
type outcome struct {
	code  int // exit code; -1 when it was killed
	said  string
	ops   []operation
	count int  // operations that it made
	hit   bool // the plan was carried out
}
