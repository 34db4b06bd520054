package main

import (
	"context"
	"io"
	"os"
)

// stdin is the standard input until the call is broken off.
func stdin(ctx context.Context) io.Reader { return waiting{ctx, os.Stdin} }

// waiting reads until its context ends: a read that waits for somebody to type knows
// nothing of Ctrl+C. What it waits for then is left to the end of the program.
type waiting struct {
	ctx context.Context
	in  io.Reader
}

func (w waiting) Read(p []byte) (int, error) {
	type got struct {
		n   int
		err error
	}
	own, done := make([]byte, len(p)), make(chan got, 1)
	go func() {
		n, err := w.in.Read(own)
		done <- got{n, err}
	}()
	select {
	case g := <-done:
		return copy(p, own[:g.n]), g.err
	case <-w.ctx.Done():
		return 0, w.ctx.Err()
	}
}
