package importer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"casebinder/data"
)

// openRows opens a file at its first row.
func openRows(ctx context.Context, src *Source, layout Layout, progress func(done, total int64)) (rows, error) {
	switch layout.Format {
	case FormatXLSX:
		return openXLSX(ctx, src, layout.Sheet, progress)
	case FormatXLS:
		return openXLS(src, layout.Sheet, progress)
	case FormatODS:
		return openODSRows(ctx, src, layout.Sheet, progress)
	}
	counted := &countingReader{ctx: ctx, r: io.NewSectionReader(src.r, 0, src.Size), total: src.Size, report: progress}
	text, err := decoded(counted, layout.Encoding)
	if err != nil {
		return nil, err
	}
	t := newTextRows(text, layout.Separator)
	t.foreign = layout.Encoding != encUTF8
	return t, nil
}

// countingReader reports progress and ends when the context is canceled.
type countingReader struct {
	ctx         context.Context
	r           io.Reader
	done, total int64
	report      func(done, total int64)
}

func (c *countingReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.done += int64(n)
	if c.report != nil {
		c.report(c.done, c.total)
	}
	return n, err
}

// table is a file opened below its header.
type table struct {
	rows
	*plan
	file string
}

// firstOf gives the first rows and then ends.
type firstOf struct {
	rows
	left int
}

func (f *firstOf) next() (*record, error) {
	if f.left--; f.left < 0 {
		return nil, io.EOF
	}
	return f.rows.next()
}

// openTable opens a file, reads its header and applies the preset.
func openTable(ctx context.Context, src *Source, in *Inspection, opt Options) (*table, error) {
	p := opt.Preset
	if p == nil {
		p = in.Preset
	}
	if p == nil {
		return nil, problemNoPreset.New("file", src.Name)
	}
	if err := presetKind.Verify(p.ID, nil, p); err != nil {
		return nil, err
	}
	rows, err := openRows(ctx, src, in.Layout, opt.Progress)
	if err != nil {
		return nil, err
	}
	for {
		rec, err := rows.next()
		if errors.Is(err, io.EOF) || err == nil && rec.line > in.HeaderLine {
			err = problemNoHeader.New("file", src.Name)
		}
		if err != nil {
			rows.close()
			return nil, fmt.Errorf("reading %s: %w", src.Name, err)
		}
		if rec.line < in.HeaderLine {
			continue
		}
		head := newHeader(rec)
		l, err := newPlan(src.Name, head, opt, p)
		if err != nil {
			rows.close()
			return nil, err
		}
		switch r := rows.(type) {
		case *textRows:
			r.columns = len(head.names)
		case sheet:
			l.short, l.date04 = true, r.from1904()
		}
		if opt.Rows > 0 {
			rows = &firstOf{rows, opt.Rows}
		}
		return &table{rows, l, src.Name}, nil
	}
}

// rowReader takes the rows of one target.
type rowReader interface {
	row(rec *record) error
	end(ctx context.Context) error
	reject(line int, text string, why *data.Problem) error
	doubt(line int, text string, why *data.Problem) error
}

// Read reads a whole file and gives each order, dispute, feedback or message,
// and each row that is not taken, to the sink. Memory is bounded. It ends with the
// context's error when that is canceled, with the sink's when that fails, and
// with a Problem when the file cannot be read on; what was given until then
// stands, and the summary may count a little more than that, since the file is
// read ahead of the sink on another goroutine.
func Read(ctx context.Context, src *Source, in *Inspection, opt Options, sink Sink) (Summary, error) {
	ahead, cancel := context.WithCancel(ctx)
	defer cancel()
	p := pipe{ctx: ahead, batches: make(chan []event, 4)}
	var sum Summary
	var failed error
	go func() {
		defer close(p.batches)
		defer func() { // a fault of ours on this goroutine must not take the program down
			if r := recover(); r != nil {
				failed = fmt.Errorf("reading %s: %v", src.Name, r)
			}
		}()
		sum, failed = read(ahead, src, in, p.options(opt), p.sink(sink))
		if err := p.flush(); failed == nil {
			failed = err
		}
	}()
	var err error
	for batch := range p.batches {
		if err == nil {
			err = ctx.Err()
		}
		for i := range batch {
			if err == nil {
				err = batch[i].give(opt, sink)
			}
		}
		if err != nil {
			cancel() // and take what is on its way, until the reader has ended
		}
	}
	if err == nil {
		err = failed
	}
	return sum, err
}

// read is Read on the goroutine that it is called on.
func read(ctx context.Context, src *Source, in *Inspection, opt Options, sink Sink) (Summary, error) {
	var sum Summary
	for _, doubt := range in.Doubts {
		if sum.Doubts++; sink.Doubt == nil {
			continue
		}
		if err := sink.Doubt(doubt); err != nil {
			return sum, fmt.Errorf("telling %s: %w", doubt.Rule, err)
		}
	}
	for _, t := range in.tables(src, opt) {
		if err := t.read(ctx, sink, &sum); err != nil {
			return sum, err
		}
	}
	if sum.Rows == 0 {
		return sum, problemNoRows.New("file", src.Name, "line", in.HeaderLine)
	}
	return sum, nil
}

// read reads one table of a file.
func (o oneTable) read(ctx context.Context, sink Sink, sum *Summary) error {
	t, err := openTable(ctx, o.src, o.in, o.opt)
	if err != nil {
		return err
	}
	defer t.close()
	var reader rowReader
	orders := newOrderReader(t.plan, o.at, sink, sum)
	switch t.preset.Target {
	case TargetFeedback:
		reader = newFeedbackReader(lineReader{orders})
	case TargetMessages:
		reader = &messageReader{lineReader{orders}}
	case TargetShipments:
		reader = &parcelReader{lineReader: lineReader{orders}}
	case TargetProducts:
		reader = newArticleReader(lineReader{orders})
	case TargetCosts:
		reader = &costReader{lineReader: lineReader{orders}}
	case TargetDisputes:
		reader = &disputeReader{lineReader: lineReader{orders}}
	default:
		reader = orders
	}
	if err := orders.lacks(); err != nil {
		return err
	}
	if err := decideForms(ctx, o.src, o.in, o.opt, t.plan, orders.refunds); err != nil {
		return err
	}
	if d, ok := reader.(*disputeReader); ok {
		if err := d.prepare(ctx, o.src, o.in, o.opt); err != nil {
			return err
		}
	}
	if err := t.each(ctx, sum, reader); err != nil {
		return err
	}
	return reader.end(ctx)
}

// each gives every row that holds anything to the reader.
func (t *table) each(ctx context.Context, sum *Summary, reader rowReader) error {
	for n := 0; ; n++ {
		if n%512 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		rec, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", t.file, err)
		}
		if rec.blank() {
			continue
		}
		if (sum.Rows < 3 || t.sparse(rec)) && t.footer(rec) {
			sum.Footers++
			continue
		}
		sum.Rows++
		if rec.replaced {
			sum.Replaced++
			if err := reader.doubt(rec.line, rec.text, problemDoubtReplaced.New()); err != nil {
				return err
			}
		}
		bad := rec.bad
		if bad == nil {
			bad = t.ragged(rec)
		}
		if bad == nil && rec.faulty {
			bad, err = t.faults(rec, reader)
		}
		switch {
		case err != nil:
		case bad != nil:
			err = reader.reject(rec.line, rec.text, bad)
		default:
			err = reader.row(rec)
		}
		if err != nil {
			return err
		}
	}
}
