package importer

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"casebinder/data"
)

// IsLeftOut reports whether a row was rejected because it is no order or
// dispute by the preset's own rules, such as a fee or a transfer, or says what
// another row says too, and not because of a fault.
func IsLeftOut(r data.Rejection) bool { return r.Reason != nil && leftOut(r.Reason.Kind) }

func leftOut(kind *data.ProblemKind) bool {
	switch kind {
	case problemLeftOut, problemSumRow, problemNoCase, problemRepeated, problemOlderRow:
		return true
	}
	return false
}

// WriteRejections writes rows that were not taken as a CSV that spreadsheets
// open: UTF-8 with a byte order mark; file, line and reason before the cells.
// No cell can start a formula.
func WriteRejections(w io.Writer, rows []data.Rejection) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write([]string{"file", "line", "reason", "what to do", "cells"}); err != nil {
		return err
	}
	for _, r := range rows {
		what, do := "", ""
		if r.Reason != nil {
			what, do = r.Reason.What(), r.Reason.Do()
		}
		line := append([]string{r.File, strconv.Itoa(r.Line), what, do}, r.Cells...)
		for i, cell := range line {
			line[i] = harmless(cell)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless puts an apostrophe before what a spreadsheet would take as a
// formula. A plain number stays as it is.
func harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil && cell[0] == '-' {
		return cell
	}
	return "'" + cell
}
