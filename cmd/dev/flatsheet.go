package main

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// A flatSheet is a sheet of a workbook as LibreOffice writes it into a flat file.
type flatSheet struct {
	name   string
	rows   [][]flatCell
	charts int
}

// A flatCell is a cell: its type (“float”, “percentage”, “date”, “time”, “string”; ""
// for an empty one), its formula, its value for programs, and what a person reads.
type flatCell struct{ kind, formula, value, text string }

// number is the cell's value; false for what is none.
func (c flatCell) number() (float64, bool) {
	v, err := strconv.ParseFloat(c.value, 64)
	return v, err == nil && (c.kind == "float" || c.kind == "percentage" || c.kind == "currency")
}

// String is the cell's text; of a date its day.
func (c flatCell) String() string {
	if c.kind == "date" {
		return c.value
	}
	return c.text
}

// mostRepeated bounds how often a repeated cell or row is taken: sheets end in a
// million empty ones.
const mostRepeated = 64

// flatReader reads the sheets of a flat file.
type flatReader struct {
	sheets []flatSheet
	shapes int // of frames and shapes
	row    []flatCell
	rows   int // how often the row stands
	cell   flatCell
	cells  int
	inCell bool
	lines  int // of text within the cell
	inLine bool
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, mostRepeated)
}

// readFlat reads a flat file.
func readFlat(path string) ([]flatSheet, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening what LibreOffice wrote: %w", err)
	}
	defer file.Close()
	return parseFlat(file)
}

func parseFlat(from io.Reader) ([]flatSheet, error) {
	r := &flatReader{}
	for d := xml.NewDecoder(from); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return r.sheets, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading what LibreOffice wrote: %w", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			r.start(e)
		case xml.EndElement:
			r.end(e.Name.Local)
		case xml.CharData:
			if r.inCell && r.inLine && r.shapes == 0 {
				r.cell.text += string(e)
			}
		}
	}
}

func (r *flatReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "frame", "shapes":
		r.shapes++
		return
	case "chart":
		if len(r.sheets) > 0 && attr(e, "class") != "" {
			r.sheets[len(r.sheets)-1].charts++
		}
		return
	}
	if r.shapes > 0 {
		return
	}
	switch e.Name.Local {
	case "table":
		r.sheets = append(r.sheets, flatSheet{name: attr(e, "name")})
	case "table-row":
		r.row, r.rows = nil, repeated(e, "number-rows-repeated")
	case "table-cell", "covered-table-cell":
		r.inCell, r.lines, r.cells = true, 0, repeated(e, "number-columns-repeated")
		r.cell = flatCell{kind: attr(e, "value-type"), formula: attr(e, "formula")}
		for _, name := range []string{"value", "date-value", "time-value"} {
			if v := attr(e, name); v != "" {
				r.cell.value = v
			}
		}
	case "p":
		r.inLine = true
		if r.lines++; r.lines > 1 {
			r.cell.text += "\n"
		}
	case "tab":
		r.cell.text += "\t"
	case "s":
		r.cell.text += strings.Repeat(" ", repeated(e, "c"))
	}
}

func (r *flatReader) end(name string) {
	switch {
	case name == "frame" || name == "shapes":
		r.shapes--
	case r.shapes > 0:
	case name == "p":
		r.inLine = false
	case name == "table-cell" || name == "covered-table-cell":
		r.inCell = false
		for range r.cells {
			r.row = append(r.row, r.cell)
		}
	case name == "table-row" && len(r.sheets) > 0:
		s := &r.sheets[len(r.sheets)-1]
		for range r.rows {
			s.rows = append(s.rows, r.row)
		}
	}
}

// cachedValue is what a program wrote beside a formula.
var cachedValue = regexp.MustCompile(`(</f>)<v>[^<]*</v>`)

// withoutValues copies a workbook and leaves out what its formulas came to, so that
// whoever opens the copy has to compute them.
func withoutValues(from, to string) (formulas int, err error) {
	in, err := zip.OpenReader(from)
	if err != nil {
		return 0, fmt.Errorf("opening the workbook: %w", err)
	}
	defer in.Close()
	file, err := os.Create(to)
	if err != nil {
		return 0, fmt.Errorf("copying the workbook: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := zip.NewWriter(file)
	for _, part := range in.File {
		n, err := copyPart(out, part)
		if err != nil {
			return formulas, fmt.Errorf("copying %s: %w", part.Name, err)
		}
		formulas += n
	}
	return formulas, out.Close()
}

func readPart(part *zip.File) ([]byte, error) {
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(r)
	return content, errors.Join(err, r.Close())
}

func copyPart(out *zip.Writer, part *zip.File) (formulas int, err error) {
	content, err := readPart(part)
	if err != nil {
		return 0, err
	}
	if strings.HasPrefix(part.Name, "xl/worksheets/") {
		formulas = len(cachedValue.FindAll(content, -1))
		content = cachedValue.ReplaceAll(content, []byte("$1"))
	}
	w, err := out.Create(part.Name)
	if err != nil {
		return 0, err
	}
	_, err = w.Write(content)
	return formulas, err
}
