package pages

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"

	"casebinder/data/internal/child"
)

// Main is the whole of the child process that a [Viewer] starts: it answers on
// its output what it is asked on its input, and ends when that does. The
// arguments are those after [Options].Command. It gives the exit code.
func Main(args []string) int {
	if len(args) != 2 {
		fmt.Fprintln(os.Stderr, "an internal command: it takes what a viewer of pages gives it")
		return 2
	}
	memory, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil || memory <= 0 {
		fmt.Fprintln(os.Stderr, "an internal command: a limit is no number")
		return 2
	}
	child.Limit(memory)
	out := os.Stdout
	os.Stdout = os.Stderr // nothing but answers goes out there
	w := &flusher{w: bufio.NewWriterSize(out, 256<<10)}
	if err := serve(context.Background(), w.flushing(os.Stdin), w.w, args[1], memory); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// A flusher sends what was written before it waits for more to read.
type flusher struct {
	w *bufio.Writer
	r io.Reader
}

func (f *flusher) flushing(r io.Reader) io.Reader {
	f.r = r
	return f
}

func (f *flusher) Read(p []byte) (int, error) {
	if err := f.w.Flush(); err != nil {
		return 0, err
	}
	return f.r.Read(p)
}
