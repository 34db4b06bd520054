package pages

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"casebinder/data/bundle/internal/child"
)

// A lostError says that a child is gone, or cannot be understood.
type lostError struct{ cause error }

func (e lostError) Error() string { return e.cause.Error() }
func (e lostError) Unwrap() error { return e.cause }

// A process is a running child.
type process struct {
	in   io.WriteCloser
	out  *bufio.Reader
	said *child.Head // on its standard error
	kill func()      // ends it; any goroutine, any time
	wait func() error

	docs   []uint32 // open in it, the one used longest ago first
	served int      // requests it survived
	spent  bool     // it asks to be replaced
	late   atomic.Bool
	exit   error // after end
}

// startProcess starts a child, or what takes its place in this process.
func startProcess(o Options) (*process, error) {
	if len(o.Command) == 0 {
		return startHere(o), nil
	}
	args := append(append([]string{}, o.Command[1:]...), strconv.FormatInt(o.Memory, 10), o.CacheDir)
	cmd := exec.Command(o.Command[0], args...)
	cmd.WaitDelay = time.Second
	p := &process{said: &child.Head{Limit: 2 << 10}}
	cmd.Stderr = p.said
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p.in, p.out = in, bufio.NewReaderSize(out, 64<<10)
	p.kill = func() { cmd.Process.Kill() } // it may be gone already
	p.wait = cmd.Wait
	return p, nil
}

// startHere answers in a goroutine of this process.
func startHere(o Options) *process {
	requests, in := io.Pipe()
	out, replies := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	p := &process{in: in, out: bufio.NewReader(out), said: &child.Head{}}
	p.kill = func() {
		cancel()
		requests.CloseWithError(io.EOF)
		replies.CloseWithError(io.ErrUnexpectedEOF)
	}
	var ended sync.WaitGroup
	ended.Go(func() {
		err := serve(ctx, requests, replies, o.CacheDir, o.Memory)
		if err == nil {
			err = io.EOF
		}
		replies.CloseWithError(err)
		requests.CloseWithError(err)
	})
	p.wait = func() error { ended.Wait(); return nil }
	return p
}

// greet waits until a child is ready.
func (p *process) greet() error {
	b := make([]byte, len(hello))
	if _, err := io.ReadFull(p.out, b); err != nil {
		return err
	}
	if string(b) != hello {
		return errWire
	}
	return nil
}

// end ends a child and waits until it is gone, with it the hold on its files.
func (p *process) end() {
	p.in.Close() // what cannot be closed is killed next
	p.kill()
	p.exit = p.wait()
}

// outOfMemory tells, after end, whether a child died of its limit of memory.
func (p *process) outOfMemory() bool {
	var exit *exec.ExitError
	return errors.As(p.exit, &exit) && exit.ExitCode() == child.OutOfMemory || strings.Contains(p.said.String(), "out of memory")
}

// roundTrip asks a child; see readReply for limit and into.
func (p *process) roundTrip(q request, limit int, into []byte) ([]byte, error) {
	if err := q.writeTo(p.in); err != nil {
		return nil, lostError{err}
	}
	body, spent, told, err := readReply(p.out, limit, into)
	if err != nil {
		return nil, lostError{err}
	}
	p.spent = p.spent || spent
	return body, told
}
