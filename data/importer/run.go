package importer

import (
	"context"
	"errors"
	"io"

	"casebinder/data"
)

// Inspect finds out how a file is laid out and which of the presets fits. It
// reads the file's beginning, and of text as much as its encoding needs.
// A file that cannot be read at all is a Problem.
func Inspect(ctx context.Context, src *Source, presets []*Preset) (*Inspection, error) {
	return InspectAs(ctx, src, presets, Layout{}, TargetOrders)
}

// InspectAs is Inspect with what a person overruled: each field of the layout
// that is not zero holds, and only presets of the target are tried.
func InspectAs(ctx context.Context, src *Source, presets []*Preset, layout Layout, target Target) (*Inspection, error) {
	return nil, errors.ErrUnsupported
}

// Read reads a whole file and gives each order, feedback or message, and each
// row that is not taken, to the sink. Memory is bounded. It ends with the
// context's error when that is canceled, with the sink's when that fails, and
// with a Problem when the file cannot be read on; what was given until then
// stands.
func Read(ctx context.Context, src *Source, in *Inspection, opt Options, sink Sink) (Summary, error) {
	return Summary{}, errors.ErrUnsupported
}

// Preview reads a whole file and keeps what a person wants to see before they
// import it.
func Preview(ctx context.Context, src *Source, in *Inspection, opt Options) (*Sample, error) {
	return nil, errors.ErrUnsupported
}

// IsLeftOut reports whether a row was rejected because it is no order by the
// preset's own rules, such as a fee or a transfer, and not because of a fault.
func IsLeftOut(r data.Rejection) bool { return r.Reason != nil && r.Reason.Kind == problemLeftOut }

// WriteRejections writes rows that were not taken as a CSV that spreadsheets
// open: UTF-8 with a byte order mark; file, line and reason before the cells.
// No cell can start a formula.
func WriteRejections(w io.Writer, rows []data.Rejection) error {
	return errors.ErrUnsupported
}
