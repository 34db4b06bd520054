package pagesum

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"strconv"
	"sync"
)

// The form of a file with sums.
const (
	PageSize = 4096 // bytes of a page
	Reserved = 8    // bytes at the end of each page that hold its sum

	headSize = 100 // bytes of the file's head
	sizeAt   = 16  // where the head tells the page's size
	roomAt   = 20  // where it tells the bytes that are reserved
)

var table = crc32.MakeTable(crc32.Castagnoli)

// sum gives what belongs into the last bytes of a page.
func sum(page []byte, number uint32) (s [Reserved]byte) {
	binary.BigEndian.PutUint32(s[4:], number)
	crc := crc32.Update(crc32.Checksum(page[:PageSize-Reserved], table), table, s[4:])
	binary.BigEndian.PutUint32(s[:], crc)
	return s
}

// whole reports whether a page is the one that was written there.
func whole(page []byte, number uint32) bool {
	s := sum(page, number)
	return [Reserved]byte(page[PageSize-Reserved:]) == s
}

// hasRoom reports whether a file with this head holds sums.
func hasRoom(head []byte) bool {
	return string(head[:16]) == "SQLite format 3\x00" && binary.BigEndian.Uint16(head[sizeAt:]) == PageSize && head[roomAt] == Reserved
}

// In reports whether the pages of a database's file hold sums.
func In(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	head := make([]byte, headSize)
	if _, err := io.ReadFull(file, head); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return false, nil
		}
		return false, fmt.Errorf("reading the head of a database: %w", err)
	}
	return hasRoom(head), nil
}

// A Watch collects the pages that were read and are not as they were written.
// It may be used from several goroutines.
type Watch struct{ id int64 }

var watching struct {
	sync.Mutex
	last int64
	bad  map[int64]map[uint32]bool
}

// NewWatch begins to watch the databases that are opened with its Parameter.
func NewWatch() *Watch {
	watching.Lock()
	defer watching.Unlock()
	watching.last++
	if watching.bad == nil {
		watching.bad = map[int64]map[uint32]bool{}
	}
	watching.bad[watching.last] = map[uint32]bool{}
	return &Watch{id: watching.last}
}

// Parameter is what the URI of a database says that belongs to the watch.
func (w *Watch) Parameter() (name, value string) { return watchName, strconv.FormatInt(w.id, 10) }

// Bad lists the pages that were found so far, by their numbers from 1.
func (w *Watch) Bad() (list []uint32) {
	watching.Lock()
	defer watching.Unlock()
	for number := range watching.bad[w.id] {
		list = append(list, number)
	}
	slices.Sort(list)
	return list
}

// Close forgets what was found.
func (w *Watch) Close() {
	watching.Lock()
	defer watching.Unlock()
	delete(watching.bad, w.id)
}

// note keeps a page that is not as it was written.
func note(id int64, number uint32) {
	watching.Lock()
	defer watching.Unlock()
	if found := watching.bad[id]; found != nil {
		found[number] = true
	}
}
