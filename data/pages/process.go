package pages

import (
	"context"
	"io"

	"casebinder/data/internal/child"
)

// A lostError says that a child is gone, or cannot be understood.
type lostError struct{ cause error }

func (e lostError) Error() string { return e.cause.Error() }
func (e lostError) Unwrap() error { return e.cause }

// A process is a running child that reads pages.
type process struct {
	*child.Process
	docs  []uint32        // open in it, the one used longest ago first
	known map[uint32]bool // were open in it
	spent bool            // it asks to be replaced
}

// startProcess starts a child, or what takes its place in this process.
func startProcess(o Options) (*process, error) {
	p := &process{known: map[uint32]bool{}}
	if len(o.Command) == 0 {
		p.Process = child.Here(func(ctx context.Context, in io.Reader, out io.Writer) error {
			return serve(ctx, in, out, o.CacheDir, o.Memory)
		})
		return p, nil
	}
	var err error
	p.Process, err = child.Start(o.Command, o.Memory, o.CacheDir)
	return p, err
}

// isGone tells whether a child ended by itself, or by another's hand.
func (p *process) isGone() bool {
	select {
	case <-p.Gone():
		return true
	default:
		return false
	}
}

// knows tells whether a child was asked of other files than one.
func (p *process) knows(other uint32) bool {
	return len(p.known) > 1 || len(p.known) == 1 && !p.known[other]
}

// roundTrip asks a child; see readReply for limit and into.
func (p *process) roundTrip(q request, limit int, into []byte) ([]byte, error) {
	if err := q.writeTo(p.In); err != nil {
		return nil, lostError{err}
	}
	body, spent, told, err := readReply(p.Out, limit, into)
	if err != nil {
		return nil, lostError{err}
	}
	p.spent = p.spent || spent
	return body, told
}
