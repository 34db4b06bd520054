package bag

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"runtime"
	"slices"
	"sync"

	"casebinder/data"
)

// keep takes the content of a file that is wanted.
func (v *verification) keep(p string, content []byte) {
	if v.Kept == nil {
		v.Kept = map[string][]byte{}
	}
	v.Kept[p] = content
}

// wanted reports whether a file's content is wanted, and a failure where it is
// too large for that.
func (v *verification) wanted(p string, e entry) (bool, []data.Finding) {
	if !slices.Contains(v.opts.Keep, p) {
		return false, nil
	}
	if e.size > maxKept {
		return false, []data.Finding{failureOf(p, KindBomb, sayTooLarge, "limit", maxKept>>20)}
	}
	return true, nil
}

// keepRest reads what is wanted and stands in no manifest.
func (v *verification) keepRest(ctx context.Context) error {
	for _, p := range v.opts.Keep {
		e, there := v.src.files[p]
		if !there || len(v.sums[p]) > 0 {
			continue
		}
		ok, findings := v.wanted(p, e)
		v.take(findings...)
		if !ok {
			continue
		}
		r, err := e.open()
		if err != nil {
			v.fail(p, KindUnreadable, sayUnreadable, "reason", err)
			continue
		}
		content, err := io.ReadAll(io.LimitReader(ctxReader{ctx, r}, e.size+1))
		_ = r.Close()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil || int64(len(content)) != e.size:
			v.fail(p, KindUnreadable, sayDamaged)
		default:
			v.keep(p, content)
		}
	}
	return nil
}

// checkSums hashes every listed file once, with all the algorithms it needs.
func (v *verification) checkSums(ctx context.Context) error {
	var jobs []string
	var total int64
	for _, p := range v.paths() {
		if len(v.sums[p]) > 0 {
			jobs = append(jobs, p)
			total += v.src.files[p].size
		}
	}
	progress := v.opts.progress
	if progress == nil {
		progress = newMeter(v.opts.Progress, total)
	}
	next := make(chan string)
	var group sync.WaitGroup
	var mu sync.Mutex
	for range min(runtime.GOMAXPROCS(0), 4, max(len(jobs), 1)) {
		group.Go(func() {
			buf := make([]byte, chunkBytes)
			for p := range next {
				content, findings := v.checkFile(ctx, p, buf, progress)
				mu.Lock()
				v.take(findings...)
				if content != nil {
					v.keep(p, content.Bytes())
				}
				mu.Unlock()
			}
		})
	}
	for _, p := range jobs {
		if ctx.Err() != nil {
			break
		}
		next <- p
	}
	close(next)
	group.Wait()
	return ctx.Err()
}

// checkFile compares one file with its checksums, and gives its content where
// that is wanted.
func (v *verification) checkFile(ctx context.Context, p string, buf []byte, progress *meter) (content *bytes.Buffer, findings []data.Finding) {
	e := v.src.files[p]
	sums := v.sums[p]
	hashes := map[string]hash.Hash{}
	var writers []io.Writer
	wanted, findings := v.wanted(p, e)
	if wanted {
		content = &bytes.Buffer{}
		writers = append(writers, content)
	}
	for _, s := range sums {
		if hashes[s.algorithm] == nil {
			hashes[s.algorithm] = algorithms[s.algorithm]()
			writers = append(writers, hashes[s.algorithm])
		}
	}
	r, err := e.open()
	if err != nil {
		return nil, append(findings, failureOf(p, KindUnreadable, sayUnreadable, "reason", err))
	}
	defer func() { _ = r.Close() }()
	n, err := io.CopyBuffer(io.MultiWriter(writers...), io.LimitReader(meteredReader{ctxReader{ctx, r}, progress}, e.size+1), buf)
	if errors.Is(err, zip.ErrChecksum) {
		return nil, append(findings, failureOf(p, KindAltered, sayZipSum))
	}
	if err != nil && ctx.Err() == nil {
		return nil, append(findings, failureOf(p, KindUnreadable, sayDamaged))
	}
	if err == nil && n > e.size {
		return nil, append(findings, failureOf(p, KindAltered, sayLonger))
	}
	for _, s := range sums {
		if got := hex.EncodeToString(hashes[s.algorithm].Sum(nil)); err == nil && got != s.sum {
			findings = append(findings, failureOf(p, KindAltered, sayAltered, "algorithm", s.algorithm, "is", got, "manifest", s.manifest, "says", s.sum))
		}
	}
	return content, findings
}

type meteredReader struct {
	io.Reader
	progress *meter
}

func (m meteredReader) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.progress.add(int64(n))
	return n, err
}
