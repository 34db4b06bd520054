package importer

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"casebinder/data"
)

// WriteRejections writes rows that were not taken as a CSV that spreadsheets
// open: UTF-8 with a byte order mark; file, line and reason before the cells.
// No cell can start a formula. Say puts what is said into the reader's language, and
// titles are those of the columns before the cells: file, line, reason, what to do,
// cells.
func WriteRejections(w io.Writer, rows []data.Rejection, titles []string, say func(data.Text) string) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(titles); err != nil {
		return err
	}
	for _, r := range rows {
		line := append([]string{r.Table(), r.At("row").ID, say(r.Why), say(r.How)}, r.Cells...)
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
