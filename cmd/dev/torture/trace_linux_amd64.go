package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// canTrace reports whether this system lets torture watch a program's calls.
const canTrace = true

// A traced run is watched through ptrace(2): every call by which the program, or
// a child of it, changes something below a folder is one operation, whoever
// makes it: the program, its libraries, the database. Nothing in the program
// knows of it.
type tracer struct {
	below   string // the folder whose changes count, absolute and without links
	threads map[int]*thread
	count   int // operations so far
	plan    plan
	ops     []operation
	hit     bool // the plan was carried out
}

// thread is one thread of the program. A call stops it twice.
type thread struct {
	inside bool // between entering and leaving a call
	op     *operation
	refuse syscall.Errno // what the call that was taken away gives back
	memory *os.File
}

// ptrace options: follow children and threads, die with the tracer, and mark the
// stops of calls.
const (
	traceOptions = syscall.PTRACE_O_TRACECLONE | syscall.PTRACE_O_TRACEFORK | syscall.PTRACE_O_TRACEVFORK |
		syscall.PTRACE_O_TRACEEXEC | syscall.PTRACE_O_TRACESYSGOOD | 0x100000 // PTRACE_O_EXITKILL
	callStop = syscall.SIGTRAP | 0x80
	waitAll  = 0x40000000 // __WALL: threads too
)

// runTraced runs a program to its end, or to where the plan ends it.
func runTraced(ctx context.Context, args []string, env []string, dir, below string, p plan) (*outcome, error) {
	runtime.LockOSThread() // whoever starts a traced program alone may ask for it
	defer runtime.UnlockOSThread()
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env = dir, env
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = writer, writer
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true, Setpgid: true}
	read := make(chan struct{})
	go func() {
		defer close(read)
		_, _ = io.Copy(&said, reader) // ends with the last writer
	}()
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, writer.Close(), reader.Close())
	}
	t := &tracer{below: below, threads: map[int]*thread{}, plan: p}
	code, err := t.follow(cmd.Process.Pid)
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	err = errors.Join(err, writer.Close())
	<-read
	_ = reader.Close()
	return &outcome{code: code, said: said.String(), ops: t.ops, count: t.count, hit: t.hit}, err
}

// follow goes from stop to stop until the first process has ended.
func (t *tracer) follow(first int) (code int, err error) {
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(first, &status, waitAll, nil); err != nil {
		return 0, fmt.Errorf("waiting for the program: %w", err)
	}
	if err := syscall.PtraceSetOptions(first, traceOptions); err != nil {
		return 0, fmt.Errorf("tracing the program: %w", err)
	}
	t.threads[first] = &thread{}
	if err := syscall.PtraceSyscall(first, 0); err != nil {
		return 0, fmt.Errorf("tracing the program: %w", err)
	}
	for {
		pid, err := syscall.Wait4(-first, &status, waitAll, nil)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil {
			return code, nil //nolint:nilerr // none is left: all have ended
		}
		if status.Exited() || status.Signaled() {
			t.forget(pid)
			if pid == first {
				code = status.ExitStatus() // -1 when it was killed
			}
			continue
		}
		if t.stopped(pid, status) {
			_ = syscall.Kill(-first, syscall.SIGKILL)
			continue
		}
	}
}

func (t *tracer) forget(pid int) {
	if th := t.threads[pid]; th != nil && th.memory != nil {
		_ = th.memory.Close()
	}
	delete(t.threads, pid)
}

// stopped deals with one stop of a thread and lets it go on; it reports whether
// the whole program is to be killed.
func (t *tracer) stopped(pid int, status syscall.WaitStatus) (kill bool) {
	th := t.threads[pid]
	if th == nil {
		th = &thread{}
		t.threads[pid] = th
	}
	deliver := 0
	switch sig := status.StopSignal(); {
	case sig == callStop:
		if kill = t.call(pid, th); kill {
			return true
		}
	case sig == syscall.SIGTRAP || sig == syscall.SIGSTOP: // a child, an exec, the first stop of a thread
	default:
		deliver = int(sig)
	}
	_ = syscall.PtraceSyscall(pid, deliver) // it may have been killed meanwhile
	return false
}

// call looks at a call as it is entered and as it is left.
func (t *tracer) call(pid int, th *thread) (kill bool) {
	var regs syscall.PtraceRegs
	if syscall.PtraceGetRegs(pid, &regs) != nil {
		return false
	}
	if th.inside = !th.inside; th.inside {
		op := t.changing(pid, th, &regs)
		if op == nil {
			return false
		}
		t.count++
		switch t.plan.decide(t.count, op) {
		case killIt:
			t.hit = true
			return true
		case refuseIt:
			t.hit = true
			th.refuse = op.errno()
			regs.Orig_rax = ^uint64(0) // no such call
			_ = syscall.PtraceSetRegs(pid, &regs)
			return false
		}
		th.op = op
		return false
	}
	op, refuse := th.op, th.refuse
	th.op, th.refuse = nil, 0
	if refuse != 0 {
		regs.Rax = uint64(-int64(refuse))
		_ = syscall.PtraceSetRegs(pid, &regs)
	}
	if op != nil && t.plan.record && int64(regs.Rax) >= 0 {
		op.done(int64(regs.Rax))
		t.ops = append(t.ops, *op)
	}
	return false
}

// changing gives the operation that a call is, or nil when it changes nothing
// below the folder.
func (t *tracer) changing(pid int, th *thread, regs *syscall.PtraceRegs) *operation {
	op := ofFile(pid, regs)
	if op == nil {
		op = t.ofNames(pid, th, regs)
	}
	if op == nil || op.path != t.below && !strings.HasPrefix(op.path, t.below+"/") || strings.HasSuffix(op.path, "-shm") || strings.HasSuffix(op.path, " (deleted)") {
		return nil
	}
	return op
}

// ofFile is a call that changes an open file, which it names by a number.
func ofFile(pid int, regs *syscall.PtraceRegs) *operation {
	op := &operation{kind: opWrite}
	file := regs.Rdi
	switch regs.Orig_rax {
	case syscall.SYS_WRITE, syscall.SYS_WRITEV, syscall.SYS_SENDFILE:
		op.at, _ = position(pid, file)
	case 326: // copy_file_range
		file = regs.Rdx
		op.at, _ = position(pid, file)
	case syscall.SYS_PWRITE64:
		op.at = int64(regs.R10)
	case syscall.SYS_FTRUNCATE:
		op.kind, op.at = opTruncate, int64(regs.Rsi)
	case syscall.SYS_FALLOCATE:
		op.kind, op.at = opGrow, int64(regs.Rdx+regs.R10)
	case syscall.SYS_FSYNC, syscall.SYS_FDATASYNC:
		op.kind = opSync
	default:
		return nil
	}
	op.path = fdPath(pid, file)
	return op
}

// ofNames is a call that makes, removes or renames what it names by a path.
func (t *tracer) ofNames(pid int, th *thread, regs *syscall.PtraceRegs) *operation {
	switch regs.Orig_rax {
	case syscall.SYS_OPENAT:
		return opening(regs.Rdx, func() string { return t.pathAt(pid, th, regs.Rdi, regs.Rsi) })
	case syscall.SYS_OPEN:
		return opening(regs.Rsi, func() string { return t.pathAt(pid, th, atCwd, regs.Rdi) })
	case syscall.SYS_MKDIRAT:
		return &operation{kind: opFolder, path: t.pathAt(pid, th, regs.Rdi, regs.Rsi)}
	case syscall.SYS_UNLINKAT:
		return &operation{kind: opRemove, path: t.pathAt(pid, th, regs.Rdi, regs.Rsi)}
	case syscall.SYS_UNLINK, syscall.SYS_RMDIR:
		return &operation{kind: opRemove, path: t.pathAt(pid, th, atCwd, regs.Rdi)}
	case syscall.SYS_RENAMEAT, 316: // renameat2
		return &operation{kind: opRename, path: t.pathAt(pid, th, regs.Rdi, regs.Rsi), to: t.pathAt(pid, th, regs.Rdx, regs.R10)}
	case syscall.SYS_RENAME:
		return &operation{kind: opRename, path: t.pathAt(pid, th, atCwd, regs.Rdi), to: t.pathAt(pid, th, atCwd, regs.Rsi)}
	}
	return nil
}

// opening is a call that opens a file with flags; nil when it only opens one that
// is there.
func opening(flags uint64, path func() string) *operation {
	if flags&(syscall.O_CREAT|syscall.O_TRUNC) == 0 {
		return nil
	}
	return &operation{kind: opCreate, path: path(), cut: flags&syscall.O_TRUNC != 0}
}

// atCwd is AT_FDCWD as a register has it.
const atCwd = 1<<64 - 100

func fdPath(pid int, fd uint64) string {
	path, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/fd/" + strconv.Itoa(int(int32(fd))))
	if err != nil {
		return ""
	}
	return path
}

// position is where the next byte of an open file goes.
func position(pid int, fd uint64) (int64, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/fdinfo/" + strconv.Itoa(int(int32(fd))))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), "pos:")
	line, _, _ := strings.Cut(rest, "\n")
	return strconv.ParseInt(strings.TrimSpace(line), 10, 64)
}

// pathAt reads a path from the program's memory, below an open folder.
func (t *tracer) pathAt(pid int, th *thread, folder, address uint64) string {
	if th.memory == nil {
		memory, err := os.Open("/proc/" + strconv.Itoa(pid) + "/mem")
		if err != nil {
			return ""
		}
		th.memory = memory
	}
	text := make([]byte, 4096)
	n, _ := th.memory.ReadAt(text, int64(address)) // it may end at the end of a mapping
	path, _, found := strings.Cut(string(text[:n]), "\x00")
	switch {
	case !found:
		return ""
	case filepath.IsAbs(path):
		return filepath.Clean(path)
	case int32(folder) == -100:
		cwd, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
		if err != nil {
			return ""
		}
		return filepath.Join(cwd, path)
	}
	return filepath.Join(fdPath(pid, folder), path)
}
