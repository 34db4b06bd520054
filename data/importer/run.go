package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"casebinder/data"
)

// Inspect finds out how a file is laid out and which of the presets fits. It
// reads the file's beginning, and of text as much as its encoding needs.
// A file that cannot be read at all is a Problem. Only presets for orders are
// tried; InspectAs tries others.
func Inspect(ctx context.Context, src *Source, presets []*Preset) (*Inspection, error) {
	return InspectAs(ctx, src, presets, Layout{}, TargetOrders)
}

// InspectAs is Inspect with what a person overruled: each field of the layout
// that is not zero holds. Only presets of the target are tried.
func InspectAs(ctx context.Context, src *Source, presets []*Preset, layout Layout, target Target) (*Inspection, error) {
	format, err := src.container()
	if err != nil {
		return nil, err
	}
	var wanted []*Preset
	for _, p := range presets {
		if p.Target == target {
			wanted = append(wanted, p)
		}
	}
	if format == formatZip || format == formatGzip {
		return inspectArchive(ctx, src, format, wanted, layout, target)
	}
	s := sniffer{ctx: ctx, src: src, presets: wanted, target: target, in: &Inspection{Layout: layout}}
	s.in.Format = format
	if format == FormatText {
		err = s.text()
	} else {
		err = s.sheets()
	}
	if err != nil {
		return nil, err
	}
	return s.in, s.finish()
}

// sniffer carries what Inspect has found so far.
type sniffer struct {
	ctx     context.Context
	src     *Source
	presets []*Preset
	target  Target
	in      *Inspection
	found   *located
	recs    []*record
	others  []sheetFound // sheets beside the one that was found
	hidden  bool         // the one that was found is
}

// text finds encoding, separator and header of a text.
func (s *sniffer) text() error {
	if s.in.Encoding == "" {
		enc, doubts, err := s.src.sniffEncoding(s.ctx, func(text []byte) int { return knownBeyondASCII(text, s.presets) })
		if err != nil {
			return err
		}
		s.in.Encoding, s.in.Doubts = enc, append(s.in.Doubts, doubts...)
	}
	separators := []rune{s.in.Separator}
	if s.in.Separator == 0 {
		separators = []rune{',', ';', '\t', '|'}
	}
	var failed error
	for _, sep := range separators {
		layout := s.in.Layout
		layout.Separator = sep
		recs, err := firstRows(s.ctx, s.src, layout, headRows)
		if err != nil {
			failed = err
		}
		if found := locate(recs, s.presets, s.target, s.in.HeaderLine); found != nil && found.better(s.found) {
			s.found, s.recs = found, recs
			s.in.Separator = sep
		}
	}
	if s.found == nil && failed != nil {
		return failed
	}
	return nil
}

// finish fills the inspection from the header that was found.
func (s *sniffer) finish() error {
	if s.found == nil {
		return problemNoHeader.New("file", s.src.Name)
	}
	in, head := s.in, s.found.header
	in.HeaderLine, in.Fits = head.line, s.found.fits
	if len(in.Fits) > 0 {
		in.Preset = in.Fits[0]
	}
	s.more()
	if err := s.rowsBelow(); err != nil {
		return err
	}
	if in.Preset == nil {
		in.Near = head.nearly(s.src.Name, s.presets, s.target)
		in.Columns = guessColumns(head, s.recs, s.presets, s.target)
		return nil
	}
	in.Columns = presetColumns(head, s.recs, in.Preset)
	questions, err := Questions(s.ctx, s.src, in, Options{Preset: in.Preset})
	in.Questions = questions
	return err
}

const sampleRows = 1000

// rowsBelow keeps the rows below the header, as far as they are looked at.
func (s *sniffer) rowsBelow() error {
	recs, err := firstRows(s.ctx, s.src, s.in.Layout, s.found.row+1+sampleRows)
	if len(recs) <= s.found.row {
		if err == nil {
			err = problemNoHeader.New("file", s.src.Name)
		}
		return err
	}
	s.recs = slices.DeleteFunc(recs[s.found.row+1:], func(r *record) bool { return r.bad != nil || r.blank() })
	if len(s.recs) == 0 {
		if err != nil {
			return err
		}
		return problemNoRows.New("file", s.src.Name, "line", s.in.HeaderLine)
	}
	for _, rec := range s.recs[:min(len(s.recs), 10)] {
		s.in.Samples = append(s.in.Samples, rec.cells())
	}
	return nil
}

// firstRows reads the first rows of a file. With an error it gives those that
// were read before.
func firstRows(ctx context.Context, src *Source, layout Layout, n int) ([]*record, error) {
	rows, err := openRows(ctx, src, layout, nil)
	if err != nil {
		return nil, err
	}
	defer rows.close()
	var recs []*record
	for len(recs) < n {
		rec, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return recs, err
		}
		recs = append(recs, rec.keep())
	}
	return recs, nil
}

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
	for i, why := range in.Doubts {
		if sum.Doubts++; sink.Doubt == nil {
			continue
		}
		if err := sink.Doubt(data.Rejection{File: src.Name, Reason: in.Doubts[i]}); err != nil {
			return sum, fmt.Errorf("telling %s: %w", why.Kind.Code, err)
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
	orders := newOrderReader(t.plan, o.label, sink, sum)
	switch t.preset.Target {
	case TargetFeedback:
		reader = &feedbackReader{lineReader{orders}}
	case TargetMessages:
		reader = &messageReader{lineReader{orders}}
	case TargetDisputes:
		reader = &disputeReader{lineReader: lineReader{orders}}
	default:
		reader = orders
	}
	if names := t.head.lacking(t.preset); len(names) > 0 {
		if err := orders.doubt(0, "", problemDoubtColumns.New("preset", t.preset.Title, "headers", strings.Join(names, ", "))); err != nil {
			return err
		}
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

// Preview reads a whole file and keeps what a person wants to see before they
// import it. Options.Progress is called as by Read.
func Preview(ctx context.Context, src *Source, in *Inspection, opt Options) (*Sample, error) {
	const first, rejected = 10, 1000
	var s Sample
	sum, err := Read(ctx, src, in, opt, Sink{
		Order: func(o *data.Order) error {
			if len(s.Orders) < first {
				s.Orders = append(s.Orders, o)
			}
			return nil
		},
		Feedback: func(f *data.Feedback) error {
			if len(s.Feedback) < first {
				s.Feedback = append(s.Feedback, f)
			}
			return nil
		},
		Message: func(m *Message) error {
			if len(s.Messages) < first {
				s.Messages = append(s.Messages, m)
			}
			return nil
		},
		Dispute: func(d *Dispute) error {
			if len(s.Disputes) < first {
				s.Disputes = append(s.Disputes, d)
			}
			return nil
		},
		Reject: func(r data.Rejection) error {
			if len(s.Rejections) < rejected {
				s.Rejections = append(s.Rejections, r)
			}
			return nil
		},
		Doubt: func(r data.Rejection) error {
			if len(s.Doubts) < rejected {
				s.Doubts = append(s.Doubts, r)
			}
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	s.Summary = sum
	return &s, nil
}
