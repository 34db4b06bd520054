package barcode

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"casebinder/data"
	"casebinder/data/internal/child"
	"casebinder/data/picture"
)

// hello is what a child says when it is ready. It changes with the protocol.
const hello = "casebinder codes 1\n"

const (
	maxPath  = 128 << 10
	maxReply = 2 << 20
)

// Options say how pictures are read, and within which limits. The zero value reads
// in this process; a program gives Command.
type Options struct {
	// Command starts a child process that calls [Main]; usually the program itself
	// with a hidden word: {os.Executable(), "__codes"}. When it is empty the reader
	// runs in this process, whose memory and time nothing limits: for tests.
	Command []string

	CacheDir string        // where the compiled reader is kept between starts; "" compiles it at each
	Memory   int64         // of the child, in bytes; 0 for 700 MB, which a photo of 64 megapixels takes
	Timeout  time.Duration // of one picture; 0 for 20 seconds
	Idle     time.Duration // after which a child that is not asked is ended; 0 for a minute
}

// A Reader reads codes from pictures. It is used from any goroutine; one picture is
// read at a time, which takes one core.
type Reader struct {
	o      Options
	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	turn   chan struct{} // holds one value while a picture is read

	// Touched only by who has the turn.
	proc  *child.Process
	asked bool // of proc, at least once
	here  *machine
	idle  *time.Timer
}

// New gives a reader. Its child is started by the first picture.
func New(o Options) *Reader {
	if o.Memory <= 0 {
		o.Memory = 700 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = 20 * time.Second
	}
	if o.Idle <= 0 {
		o.Idle = time.Minute
	}
	r := &Reader{o: o, turn: make(chan struct{}, 1)}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	return r
}

var errClosed = errors.New("the reader of codes is closed")

// Close ends the child.
func (r *Reader) Close() {
	r.cancel()
	r.turn <- struct{}{}
	if r.idle != nil {
		r.idle.Stop()
	}
	r.end()
	if r.here != nil {
		r.here.close()
		r.here = nil
	}
	<-r.turn
}

func (r *Reader) end() {
	if r.proc != nil {
		r.proc.End()
		r.proc = nil
	}
}

// Read gives the codes of a picture file, in the order in which they were found; none
// where there are none that can be read. The problems are [ProblemUnreadable],
// [ProblemLimit] and those of package picture.
func (r *Reader) Read(ctx context.Context, path string) ([]data.ReadCode, error) {
	path, err := filepath.Abs(path)
	if err != nil || len(path) > maxPath {
		return nil, ProblemUnreadable.Wrap(err, "detail", "its name cannot be used")
	}
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-r.ctx.Done():
		return nil, errClosed
	}
	defer func() { <-r.turn }()
	if r.ctx.Err() != nil {
		return nil, errClosed
	}
	if len(r.o.Command) == 0 {
		return r.readHere(ctx, path)
	}
	defer r.rest()
	return r.ask(ctx, path)
}

func (r *Reader) readHere(ctx context.Context, path string) (codes []data.ReadCode, err error) {
	if r.here == nil {
		if r.here, err = start(context.Background(), r.o.CacheDir); err != nil {
			return nil, err
		}
	}
	codes, broken, err := r.here.answer(ctx, path)
	if broken {
		r.here.close()
		r.here = nil
	}
	return codes, err
}

// answer reads a picture, and says whether the reader is to be replaced.
func (m *machine) answer(ctx context.Context, path string) (codes []data.ReadCode, broken bool, err error) {
	codes, err = m.read(ctx, path)
	if _, known := data.AsProblem(err); err == nil || known || ctx.Err() != nil {
		return codes, m.module.Memory().Size() > maxReaderMemory/2, err
	}
	return nil, true, ProblemUnreadable.Wrap(err, "detail", "its reader broke off")
}

// rest sees to it that the child is ended when it was not needed for a while. The
// caller has the turn.
func (r *Reader) rest() {
	if r.idle != nil {
		r.idle.Stop()
	}
	r.idle = time.AfterFunc(r.o.Idle, func() {
		select {
		case r.turn <- struct{}{}:
			r.end()
			<-r.turn
		default: // somebody needs it
		}
	})
}

// ask asks the child, and a second one when the first died and was asked of other
// pictures before. The caller has the turn.
func (r *Reader) ask(ctx context.Context, path string) ([]data.ReadCode, error) {
	for {
		if err := r.needProcess(ctx); err != nil {
			return nil, err
		}
		p := r.proc
		fresh := !r.asked
		r.asked = true
		said, err := r.watched(ctx, p, path)
		if err == nil {
			if said.Spent {
				r.end()
			}
			return said.Codes, said.problem()
		}
		r.end()
		switch {
		case r.ctx.Err() != nil:
			return nil, errClosed
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case p.IsLate():
			return nil, ProblemLimit.Wrap(err, "detail", fmt.Sprintf("it was not read within %v", r.o.Timeout))
		case !fresh:
			continue
		case p.IsOutOfMemory():
			return nil, ProblemLimit.Wrap(err, "detail", fmt.Sprintf("it takes more than %d MB of memory", r.o.Memory>>20))
		}
		return nil, ProblemUnreadable.Wrap(fmt.Errorf("%w: %s", err, p.Said()), "detail", "its reader broke off")
	}
}

// needProcess starts a child if there is none.
func (r *Reader) needProcess(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.proc != nil {
		return nil
	}
	p, err := child.Start(r.o.Command, r.o.Memory, r.o.CacheDir)
	if err != nil {
		return fmt.Errorf("starting the reader of codes: %w", err)
	}
	const toStart = time.Minute // the first one of all compiles
	late := time.AfterFunc(toStart, p.Kill)
	defer late.Stop()
	defer context.AfterFunc(r.ctx, p.Kill)()
	if err := p.Greet(hello); err != nil {
		p.End()
		return fmt.Errorf("starting the reader of codes: %w: %s", err, p.Said())
	}
	r.proc, r.asked = p, false
	return nil
}

// watched asks a child that is ended when time is up or nobody waits any more.
func (r *Reader) watched(ctx context.Context, p *child.Process, path string) (reply, error) {
	late := time.AfterFunc(r.o.Timeout, p.KillLate)
	defer late.Stop()
	defer context.AfterFunc(r.ctx, p.Kill)()
	defer context.AfterFunc(ctx, p.Kill)()
	var said reply
	if err := writeBlock(p.In, []byte(path)); err != nil {
		return said, err
	}
	b, err := readBlock(p.Out, maxReply)
	if err == nil {
		err = json.Unmarshal(b, &said)
	}
	return said, err
}

// A reply is what a child says of a picture.
type reply struct {
	Codes   []data.ReadCode   `json:"codes,omitempty"`
	Problem string            `json:"problem,omitempty"` // code of it; or words
	Args    map[string]string `json:"args,omitempty"`
	Spent   bool              `json:"spent,omitempty"` // the child asks to be replaced
}

func replyOf(codes []data.ReadCode, spent bool, err error) reply {
	r := reply{Codes: codes, Spent: spent}
	if err != nil {
		r.Problem = err.Error()
		if p, ok := data.AsProblem(err); ok {
			r.Problem, r.Args = p.Kind.Code, p.Args
		}
	}
	return r
}

func (r reply) problem() error {
	if r.Problem == "" {
		return nil
	}
	for _, kind := range []*data.ProblemKind{
		ProblemUnreadable, ProblemLimit, picture.ProblemFormat, picture.ProblemDamaged, picture.ProblemLimit,
	} {
		if kind.Code == r.Problem {
			return &data.Problem{Kind: kind, Args: r.Args}
		}
	}
	return ProblemUnreadable.Wrap(errors.New(r.Problem), "detail", "its reader broke off")
}
