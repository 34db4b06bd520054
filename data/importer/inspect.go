package importer

import (
	"context"
	"errors"
	"io"
	"slices"
)

// InspectAs finds out how a file is laid out and which of the presets fits: of
// those whose rows become the target. It reads the file's beginning, and of text
// as much as its encoding needs. What a person overruled holds: each field of the
// layout that is not zero. A file that cannot be read at all is a Problem.
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

// sniffer carries what InspectAs has found so far.
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
		s.in.Encoding = enc
		for _, why := range doubts {
			s.doubt(why)
		}
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
