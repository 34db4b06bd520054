package importer

import (
	"encoding/csv"
	"io"
	"strings"
	"testing"
)

// readText gives a file of the test data as text.
func readText(t testing.TB, name string) string {
	t.Helper()
	src := file(t, name)
	b, err := io.ReadAll(io.NewSectionReader(src.r, 0, src.Size))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// fill writes a row under a header of comma-separated names; what is not told
// stays empty.
func fill(head string, rows ...map[string]string) string {
	names, err := csv.NewReader(strings.NewReader(head)).Read()
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	b.WriteString(head)
	w := csv.NewWriter(&b)
	for _, row := range rows {
		cells, told := make([]string, len(names)), 0
		for i, name := range names {
			if v, ok := row[strings.TrimPrefix(name, "\uFEFF")]; ok {
				cells[i] = v
				told++
			}
		}
		if told != len(row) {
			panic("the header lacks a column of the row")
		}
		if err := w.Write(cells); err != nil {
			panic(err)
		}
	}
	w.Flush()
	return b.String()
}
