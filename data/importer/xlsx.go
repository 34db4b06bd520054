package importer

import (
	"context"
	"errors"
)

// sheet is what rows of spreadsheets know besides.
type sheet interface{ from1904() bool }

func sheetNames(src *Source, format Format) ([]string, error) { return nil, errors.ErrUnsupported }
func openXLSX(ctx context.Context, src *Source, name string, progress func(done, total int64)) (rows, error) {
	return nil, errors.ErrUnsupported
}

func openXLS(src *Source, name string, progress func(done, total int64)) (rows, error) {
	return nil, errors.ErrUnsupported
}
