package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"testing"

	"casebinder/data"
)

// numbered is an Opener of any number of photos, each with a comment of its own,
// so that none is held in memory.
type numbered struct {
	photo []byte
	bySum map[string]int
}

func (n numbered) content(i int) []byte {
	comment := binary.BigEndian.AppendUint64([]byte{0xff, 0xfe, 0, 10}, uint64(i))
	return bytes.Join([][]byte{n.photo[:2], comment, n.photo[2:]}, nil)
}

func (n numbered) OpenOriginal(_ context.Context, sum string) (io.ReadSeekCloser, int64, error) {
	content := n.content(n.bySum[sum])
	return seekCloser{bytes.NewReader(content)}, int64(len(content)), nil
}

// photos gives so many exhibits, and their opener.
func photos(n int) ([]Exhibit, numbered) {
	open := numbered{photo: jpegOf(800, 600), bySum: map[string]int{}}
	var list []Exhibit
	for i := range n {
		content := open.content(i)
		sum := sha256.Sum256(content)
		key := hex.EncodeToString(sum[:])
		open.bySum[key] = i
		list = append(list, Exhibit{Evidence: data.Evidence{
			UID: fmt.Sprintf("p%d", i), SHA256: key, Size: int64(len(content)), MIME: "image/jpeg", Name: fmt.Sprintf("IMG_%04d.jpg", i), Kind: data.KindPhoto,
			CapturedAt: day(1, 0, i), Captured: data.CapturedExif, AddedAt: day(20, 0, 0), AddedBy: "Lin",
		}, Proves: "The goods as they were packed."})
	}
	return list, open
}

// peak exports so many exhibits, and gives the most memory in use on the way,
// after garbage was collected, beyond what there was before.
func peak(t *testing.T, n int) uint64 {
	t.Helper()
	c, _ := sampleCase(t, "en")
	var open numbered
	c.Exhibits, open = photos(n)
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most uint64
	step := 0
	_, err := Export(t.Context(), c, open, t.TempDir(), Options{Progress: func(p Progress) {
		if step++; step%max(n/10, 1) == 0 || p.Done == p.Total {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return most - min(most, before.HeapAlloc)
}

// TestMemoryStaysFlat exports 10 and 400 photos: of each stays a small record,
// and no more. MEMORY=5000 exports that many instead.
func TestMemoryStaysFlat(t *testing.T) {
	nothingAtOnce(t)
	many := 400
	if n, err := strconv.Atoi(os.Getenv("MEMORY")); err == nil {
		many = n
	}
	few, most := peak(t, 10), peak(t, many)
	t.Logf("10 exhibits: %d kB, %d exhibits: %d kB", few>>10, many, most>>10)
	const record = 12 << 10 // bytes for each exhibit, its page, links and bookmark
	if most > few && most-few > uint64(many)*record+4<<20 {
		t.Errorf("10 exhibits take %d kB, %d take %d kB", few>>10, many, most>>10)
	}
}
