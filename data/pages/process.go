package pages

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"casebinder/data/internal/child"
)

// A lostError says that a child is gone, or cannot be understood.
type lostError struct{ cause error }

func (e lostError) Error() string { return e.cause.Error() }
func (e lostError) Unwrap() error { return e.cause }

// A process is a running child.
type process struct {
	in   io.WriteCloser
	out  *bufio.Reader
	said *child.Head     // on its standard error
	kill func()          // ends it; any goroutine, any time
	gone <-chan struct{} // closed when it ended
	exit error           // how, once it is gone

	docs  []uint32        // open in it, the one used longest ago first
	known map[uint32]bool // were open in it
	spent bool            // it asks to be replaced
	late  atomic.Bool     // it was killed because time was up
}

// startProcess starts a child, or what takes its place in this process.
func startProcess(o Options) (*process, error) {
	if len(o.Command) == 0 {
		return startHere(o), nil
	}
	args := append(append([]string{}, o.Command[1:]...), strconv.FormatInt(o.Memory, 10), o.CacheDir)
	cmd := exec.Command(o.Command[0], args...)
	cmd.WaitDelay = time.Second
	p := &process{said: &child.Head{Limit: 2 << 10}, known: map[uint32]bool{}}
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
	gone := make(chan struct{})
	go func() {
		p.exit = cmd.Wait()
		close(gone)
	}()
	p.in, p.out, p.gone = both{in, out}, bufio.NewReaderSize(out, 64<<10), gone
	p.kill = func() { cmd.Process.Kill() } // it may be gone already
	return p, nil
}

// both closes the reading end of the other pipe as well.
type both struct {
	io.WriteCloser
	out io.Closer
}

func (b both) Close() error { return errors.Join(b.WriteCloser.Close(), b.out.Close()) }

// startHere answers in a goroutine of this process.
func startHere(o Options) *process {
	requests, in := io.Pipe()
	out, replies := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan struct{})
	p := &process{in: in, out: bufio.NewReader(out), said: &child.Head{}, gone: gone, known: map[uint32]bool{}}
	p.kill = func() {
		cancel()
		requests.CloseWithError(io.EOF)
		replies.CloseWithError(io.ErrUnexpectedEOF)
	}
	go func() {
		err := serve(ctx, requests, replies, o.CacheDir, o.Memory)
		if err == nil {
			err = io.EOF
		}
		replies.CloseWithError(err)
		requests.CloseWithError(err)
		close(gone)
	}()
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
	p.kill()
	<-p.gone
	p.in.Close() // nobody is at the other end
}

// isGone tells whether a child ended by itself, or by another's hand.
func (p *process) isGone() bool {
	select {
	case <-p.gone:
		return true
	default:
		return false
	}
}

// knows tells whether a child was asked of other files than one.
func (p *process) knows(other uint32) bool {
	return len(p.known) > 1 || len(p.known) == 1 && !p.known[other]
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
