package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

// Whoever presses Ctrl+C while the program waits for a text is let go.
func TestWaitingEndsWithTheCall(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close() // nobody ever writes
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := io.ReadAll(waiting{ctx, r}); !errors.Is(err, context.Canceled) {
		t.Errorf("broken off: %v", err)
	}
	text := strings.Repeat("Where is my parcel? ", 5000)
	got, err := io.ReadAll(waiting{t.Context(), iotest.HalfReader(strings.NewReader(text))})
	if err != nil || string(got) != text {
		t.Errorf("%d of %d bytes were read, %v", len(got), len(text), err)
	}
}

func TestABrokenOffCallEndsQuietly(t *testing.T) {
	var out, said bytes.Buffer
	if code := (&call{}).print(nil, fmt.Errorf("reading the standard input: %w", context.Canceled), &out, &said); code != exitFailed || out.Len()+said.Len() > 0 {
		t.Errorf("exit code %d, %q, %q", code, out.String(), said.String())
	}
}
