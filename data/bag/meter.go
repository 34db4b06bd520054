package bag

import (
	"context"
	"io"
	"sync"
)

// A meter sums progress over goroutines. A nil meter or one without a listener
// does nothing.
type meter struct {
	mu    sync.Mutex
	tell  func(done, total int64)
	done  int64
	total int64
}

func newMeter(tell func(done, total int64), total int64) *meter {
	if tell == nil {
		return nil
	}
	return &meter{tell: tell, total: total}
}

func (m *meter) add(n int64) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done += n
	m.tell(min(m.done, m.total), m.total)
}

// ctxReader stops reading when its context is done.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
