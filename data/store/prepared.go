package store

import (
	"context"
	"database/sql"
	"sync"
)

// pool is the reading connections with the statements that were prepared on them: a
// search at each key press asks the same dozen, and preparing one takes longer than
// running it.
type pool struct {
	*sql.DB
	mu    sync.Mutex
	ready map[string]*sql.Stmt
}

// maxReady bounds the statements that are kept; others are prepared each time.
const maxReady = 200

func newPool(db *sql.DB) *pool { return &pool{DB: db, ready: map[string]*sql.Stmt{}} }

// QueryContext runs a query with a statement that is kept.
func (p *pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := p.statement(ctx, query)
	if err != nil || stmt == nil {
		return p.DB.QueryContext(ctx, query, args...) // which tells its own error
	}
	return stmt.QueryContext(ctx, args...)
}

// statement gives a query's statement; nil where no more are kept.
func (p *pool) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	stmt, full := p.ready[query], len(p.ready) >= maxReady
	p.mu.Unlock()
	if stmt != nil || full {
		return stmt, nil
	}
	stmt, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.ready[query]; known != nil {
		return known, stmt.Close()
	}
	p.ready[query] = stmt
	return stmt, nil
}
