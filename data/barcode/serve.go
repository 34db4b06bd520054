package barcode

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"

	"casebinder/data/internal/child"
)

// Main is the whole of the child process that a [Reader] starts: it answers on its
// output what it is asked on its input, and ends when that does. The arguments are
// those after [Options].Command. It gives the exit code.
func Main(args []string) int {
	var memory int64
	if len(args) == 2 {
		memory, _ = strconv.ParseInt(args[0], 10, 64) // 0 is refused below
	}
	if memory <= 0 {
		fmt.Fprintln(os.Stderr, "an internal command: it takes what a reader of codes gives it")
		return 2
	}
	child.Limit(memory)
	debug.SetGCPercent(25) // pictures are few and large, and nothing points out of them
	out := os.Stdout
	os.Stdout = os.Stderr // nothing but answers goes out there
	if err := serve(context.Background(), os.Stdin, out, args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// serve answers until there is nothing more to answer.
func serve(ctx context.Context, in io.Reader, out io.Writer, cacheDir string) error {
	m, err := start(ctx, cacheDir)
	if err != nil {
		return err
	}
	defer m.close()
	if _, err := io.WriteString(out, hello); err != nil {
		return err
	}
	for {
		path, err := readBlock(in, maxPath)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		b, err := json.Marshal(replyOf(m.answer(ctx, string(path))))
		if err != nil {
			return err
		}
		if err := writeBlock(out, b); err != nil {
			return err
		}
	}
}

// writeBlock writes bytes with their length before them.
func writeBlock(w io.Writer, b []byte) error {
	_, err := w.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...))
	return err
}

// readBlock reads what writeBlock wrote, at most limit bytes.
func readBlock(r io.Reader, limit uint32) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > limit {
		return nil, errReader
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, errReader
	}
	return b, nil
}
