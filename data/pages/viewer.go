package pages

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Options say how pages are read, and within which limits. The zero value reads
// in this process; a program gives Command.
type Options struct {
	// Command starts a child process that calls [Main]; usually the program itself
	// with a hidden word: {os.Executable(), "__pages"}. When it is empty PDFium runs
	// in this process, whose memory and time nothing limits: for tests.
	Command []string

	CacheDir string        // where the compiled module is kept between starts; "" keeps it in memory only, and a start takes seconds
	Memory   int64         // of the child, in bytes; 0 for 1 GB. PDFium may have a third of it.
	Timeout  time.Duration // of one request; 0 for 60 seconds. A child's start may take 60 as well.
	Idle     time.Duration // after which a child without requests is ended; 0 for 2 minutes
}

func (o Options) withDefaults() Options {
	if o.Memory <= 0 {
		o.Memory = 1 << 30
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	if o.Idle <= 0 {
		o.Idle = 2 * time.Minute
	}
	return o
}

// grace is how long a child may go on with a request that nobody waits for any
// more: most pages are drawn in less, and a new child takes longer.
const grace = 300 * time.Millisecond

// startTimeout is how long a start may take at least, whatever a request may: the
// first one of all compiles.
const startTimeout = time.Minute

// maxOpen is how many files are held open by a child at a time.
const maxOpen = 8

var errClosed = errors.New("the viewer of PDF pages is closed")

// A Viewer shows pages of PDF files. It is used from any goroutine; one request
// is answered at a time.
type Viewer struct {
	o      Options
	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	turn   chan struct{} // holds one value while a request is answered

	// Touched only by who has the turn.
	proc *process
	idle *time.Timer

	mu   sync.Mutex
	last uint32 // number of the last file
}

// Start gives a viewer. The child is started by the first request or by [Viewer.Warm];
// ctx is for the start alone and does not end the viewer.
func Start(ctx context.Context, o Options) (*Viewer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v := &Viewer{o: o.withDefaults(), turn: make(chan struct{}, 1)}
	v.ctx, v.cancel = context.WithCancel(context.Background())
	return v, nil
}

// Warm starts the child, so that the first page comes sooner.
func (v *Viewer) Warm(ctx context.Context) error {
	return v.ask(ctx, 0, true, func(*process) error { return nil })
}

// Close ends the child. A request that is under way gets an error; files need not
// be closed after it.
func (v *Viewer) Close() error {
	v.cancel()
	v.turn <- struct{}{}
	if v.idle != nil {
		v.idle.Stop()
	}
	v.end()
	<-v.turn
	return nil
}

// end ends the child, if there is one. The caller has the turn.
func (v *Viewer) end() {
	if v.proc != nil {
		v.proc.End()
		v.proc = nil
	}
}

// ask asks the child about a file when it is its turn; with start false only if
// there is one. When ctx is done it returns at once, and the child is ended if it
// does not finish soon.
func (v *Viewer) ask(ctx context.Context, doc uint32, start bool, do func(*process) error) error {
	select {
	case v.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-v.ctx.Done():
		return errClosed
	}
	result := make(chan error, 1)
	go func() {
		defer func() { <-v.turn }()
		if start || v.proc != nil {
			result <- v.answer(ctx, doc, do)
			v.rest()
		}
		close(result)
	}()
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// rest sees to it that the child is ended when it was not needed for a while. The
// caller has the turn.
func (v *Viewer) rest() {
	if v.idle != nil {
		v.idle.Stop()
	}
	v.idle = time.AfterFunc(v.o.Idle, func() {
		select {
		case v.turn <- struct{}{}:
			v.end()
			<-v.turn
		default: // somebody needs it
		}
	})
}

// answer asks a child about a file, and a second one if the first dies of it that
// was asked about other files before. The caller has the turn.
func (v *Viewer) answer(ctx context.Context, doc uint32, do func(*process) error) error {
	for {
		if v.ctx.Err() != nil {
			return errClosed
		}
		if err := v.needProcess(); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		p := v.proc
		err := v.watched(ctx, p, do)
		if p.spent {
			v.end()
		}
		var lost lostError
		if !errors.As(err, &lost) {
			return err
		}
		v.end()
		switch {
		case v.ctx.Err() != nil:
			return errClosed
		case ctx.Err() != nil:
			return ctx.Err()
		case p.IsLate():
			return overLimit(err, fmt.Sprintf("it was not read within %v", v.o.Timeout))
		case p.knows(doc):
			continue // it may have died of what came before
		case p.IsOutOfMemory():
			return overLimit(err, fmt.Sprintf("it takes more than %d MB of memory", v.o.Memory>>20))
		}
		return damaged(fmt.Errorf("%w: %s", err, p.Said()), "its reader broke off")
	}
}

// watched does something with a child that is ended when time is up, soon after
// ctx is done, and at once when the viewer is closed.
func (v *Viewer) watched(ctx context.Context, p *process, do func(*process) error) error {
	late := time.AfterFunc(v.o.Timeout, p.KillLate)
	defer late.Stop()
	defer context.AfterFunc(v.ctx, p.Kill)()
	done := make(chan struct{})
	defer close(done)
	defer context.AfterFunc(ctx, func() {
		t := time.NewTimer(grace)
		defer t.Stop()
		select {
		case <-done:
		case <-t.C:
			p.Kill()
		}
	})()
	return do(p)
}

// needProcess starts a child if there is none. The start is not ended with a
// request that waits for it: the next one needs it as well.
func (v *Viewer) needProcess() error {
	if v.proc != nil && v.proc.isGone() {
		v.end() // while nothing was asked of it
	}
	if v.proc != nil {
		return nil
	}
	p, err := startProcess(v.o)
	if err != nil {
		return fmt.Errorf("starting the reader of PDF pages: %w", err)
	}
	late := time.AfterFunc(max(v.o.Timeout, startTimeout), p.Kill)
	defer late.Stop()
	defer context.AfterFunc(v.ctx, p.Kill)()
	if err := p.Greet(hello); err != nil {
		p.End()
		if v.ctx.Err() != nil {
			return errClosed
		}
		return fmt.Errorf("starting the reader of PDF pages: %w: %s", err, p.Said())
	}
	v.proc = p
	return nil
}

// Open opens a PDF file. The problems are [ProblemPassword], [ProblemDamaged] and
// [ProblemLimit]. The file must stay as it is until Close.
func (v *Viewer) Open(ctx context.Context, path string) (*File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening a PDF: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("opening a PDF: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, damaged(nil, "it is no file")
	}
	v.mu.Lock()
	v.last++
	f := &File{v: v, id: v.last, path: path, info: info}
	v.mu.Unlock()
	sizes := make(chan []size, 1)
	err = v.ask(ctx, f.id, true, func(p *process) error {
		s, err := p.open(f.id, f.path)
		if err == nil {
			sizes <- s
		}
		return err
	})
	if err != nil {
		if ctx.Err() != nil {
			go f.Close() // it may be open by now
		}
		return nil, err
	}
	f.sizes = <-sizes
	return f, nil
}

// open opens a file in a child, which holds no more than maxOpen of them.
func (p *process) open(id uint32, path string) ([]size, error) {
	if len(p.docs) >= maxOpen {
		if err := p.close(p.docs[0]); err != nil {
			return nil, err
		}
	}
	p.known[id] = true
	body, err := p.roundTrip(request{op: opOpen, doc: id, path: path}, 8*MaxPages, nil)
	if err != nil {
		return nil, err
	}
	sizes, err := parseSizes(body)
	if err != nil {
		return nil, lostError{err}
	}
	p.docs = append(p.docs, id)
	return sizes, nil
}

// close closes a file in a child, if it is open there.
func (p *process) close(id uint32) error {
	i := slices.Index(p.docs, id)
	if i < 0 {
		return nil
	}
	p.docs = slices.Delete(p.docs, i, i+1)
	_, err := p.roundTrip(request{op: opClose, doc: id}, 0, nil)
	return err
}
