package child

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// A Process is a running child, or what takes its place in this process. Requests
// are written to In and answers read from Out by one goroutine at a time; the rest
// is used from any.
type Process struct {
	In  io.Writer
	Out *bufio.Reader

	said  *Head // on its standard error
	kill  func()
	close func() error
	gone  chan struct{} // closed when it ended
	exit  error         // how, once it is gone
	late  atomic.Bool
}

// Start starts a command with a limit of memory in bytes and the folder of what it
// keeps between starts as its last two arguments.
func Start(command []string, memory int64, cacheDir string) (*Process, error) {
	cmd := exec.Command(command[0], append(command[1:len(command):len(command)], strconv.FormatInt(memory, 10), cacheDir)...)
	cmd.WaitDelay = time.Second
	p := &Process{said: &Head{Limit: 2 << 10}, gone: make(chan struct{})}
	cmd.Stderr = p.said
	requests, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer requests.Close()
	out, replies, err := os.Pipe()
	if err != nil {
		in.Close()
		return nil, err
	}
	defer replies.Close()
	cmd.Stdin, cmd.Stdout = requests, replies
	if err := cmd.Start(); err != nil {
		in.Close()
		out.Close()
		return nil, err
	}
	go func() {
		p.exit = cmd.Wait()
		close(p.gone)
	}()
	p.In, p.Out = in, bufio.NewReaderSize(out, 64<<10)
	p.kill = func() { cmd.Process.Kill() } // it may be gone already
	p.close = func() error { return errors.Join(in.Close(), out.Close()) }
	return p, nil
}

// Here serves in a goroutine of this process, whose memory nothing limits: for tests.
func Here(serve func(ctx context.Context, requests io.Reader, replies io.Writer) error) *Process {
	requests, in := io.Pipe()
	out, replies := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	p := &Process{In: in, Out: bufio.NewReader(out), said: &Head{}, gone: make(chan struct{}), close: in.Close}
	p.kill = func() {
		cancel()
		requests.CloseWithError(io.EOF)
		replies.CloseWithError(io.ErrUnexpectedEOF)
	}
	go func() {
		err := serve(ctx, requests, replies)
		if err == nil {
			err = io.EOF
		}
		replies.CloseWithError(err)
		requests.CloseWithError(err)
		close(p.gone)
	}()
	return p
}

// Greet waits until a child has said that it is ready.
func (p *Process) Greet(hello string) error {
	b := make([]byte, len(hello))
	if _, err := io.ReadFull(p.Out, b); err != nil {
		return err
	}
	if string(b) != hello {
		return fmt.Errorf("it said %q", b)
	}
	return nil
}

// Kill ends a child, and does not wait for that.
func (p *Process) Kill() { p.kill() }

// KillLate ends a child because time was up.
func (p *Process) KillLate() {
	p.late.Store(true)
	p.kill()
}

// IsLate tells whether a child was ended because time was up.
func (p *Process) IsLate() bool { return p.late.Load() }

// End ends a child and waits until it is gone, with it the hold on its files.
func (p *Process) End() {
	p.kill()
	<-p.gone
	p.close() // nobody is at the other end
}

// Gone is closed when a child ended, by whatever hand.
func (p *Process) Gone() <-chan struct{} { return p.gone }

// Said gives a child's first words on its standard error.
func (p *Process) Said() string { return p.said.String() }

// IsOutOfMemory tells, after [Process.End], whether a child died of its limit of
// memory.
func (p *Process) IsOutOfMemory() bool {
	return TookTooMuch(p.exit, p.said)
}

// TookTooMuch tells whether a child with a limit of memory ended because of it: how
// it ended, and what it said.
func TookTooMuch(exit error, said *Head) bool {
	var how *exec.ExitError
	return errors.As(exit, &how) && how.ExitCode() == OutOfMemory || strings.Contains(said.String(), "out of memory")
}
