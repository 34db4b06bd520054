package bag

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
)

// copied is what was learned of a file while it was copied.
type copied struct {
	sum string
	crc uint32
	n   int64
}

// copyFile copies f into dst and hashes it on the way: SHA-256 on a second
// goroutine, CRC-32 and writing on this one. It fails when f is not what its
// Size and SHA256 say.
func copyFile(ctx context.Context, dst io.Writer, f File, progress *meter) (copied, error) {
	src, err := f.Open()
	if err != nil {
		return copied{}, fmt.Errorf("opening %s: %w", f.Name, err)
	}
	c, err := copyHashed(ctx, dst, io.LimitReader(src, f.Size+1), f.Size, progress)
	if closeErr := src.Close(); err == nil && closeErr != nil {
		err = closeErr
	}
	if err != nil {
		return copied{}, fmt.Errorf("copying %s: %w", f.Name, err)
	}
	if c.n != f.Size {
		return copied{}, ProblemChanged.New("name", f.Name, "reason", fmt.Sprintf("it should have %d bytes, and has not", f.Size))
	}
	if f.SHA256 != "" && !strings.EqualFold(f.SHA256, c.sum) {
		return copied{}, ProblemChanged.New("name", f.Name, "reason", "its SHA-256 is "+c.sum+" and should be "+f.SHA256)
	}
	return c, nil
}

func copyHashed(ctx context.Context, dst io.Writer, src io.Reader, size int64, progress *meter) (copied, error) {
	const buffers = 4
	length := min(size+1, chunkBytes) // one byte more than the file tells its end
	free := make(chan []byte, buffers)
	for range buffers {
		free <- nil // made when first used
	}
	h := sha256.New()
	toHash, done := make(chan []byte, buffers), make(chan struct{})
	go func() {
		defer close(done)
		for b := range toHash {
			h.Write(b)
			free <- b[:cap(b)]
		}
	}()
	crc := crc32.NewIEEE()
	n, err := copyChunks(ctx, io.MultiWriter(crc, dst), src, free, toHash, length, progress)
	close(toHash)
	<-done
	return copied{sum: hex.EncodeToString(h.Sum(nil)), crc: crc.Sum32(), n: n}, err
}

func copyChunks(ctx context.Context, dst io.Writer, src io.Reader, free <-chan []byte, toHash chan<- []byte, length int64, progress *meter) (int64, error) {
	var total int64
	for {
		if err := ctx.Err(); err != nil {
			return total, err
		}
		buf := <-free
		if buf == nil {
			buf = make([]byte, length)
		}
		n, err := io.ReadFull(src, buf)
		if n > 0 {
			toHash <- buf[:n]
			if _, err := dst.Write(buf[:n]); err != nil {
				return total, err
			}
			total += int64(n)
			progress.add(int64(n))
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return total, nil
		default:
			return total, err
		}
	}
}
