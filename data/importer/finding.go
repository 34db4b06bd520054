package importer

import (
	"strconv"
	"strings"

	"casebinder/data"
)

// What a screen or a command can offer to mend a finding, before the file is read
// again.
const (
	DeedZone     = "import.zone"     // another zone for the times of this file
	DeedEncoding = "import.encoding" // another encoding of its text
	DeedCurrency = "import.currency" // a currency of amounts without one
	DeedMap      = "import.map"      // say which column is what
)

// deeds are what mends a problem, where an answer for the file does.
var deeds = map[*data.ProblemKind]string{
	problemNoMoney:        DeedMap,
	problemDoubtColumns:   DeedMap,
	problemDoubtNoHour:    DeedZone,
	problemDoubtHourTwice: DeedZone,
	problemBeforeOpening:  DeedZone,
	problemDoubtEncoding:  DeedEncoding,
	problemDoubtNonsense:  DeedEncoding,
	problemDoubtReplaced:  DeedEncoding,
	problemNoCurrency:     DeedCurrency,
	problemWhichCurrency:  DeedCurrency,
}

// leftOut are the reasons for which a row is nothing that is taken, by the preset's
// own rules or since another row says the same, and not for a fault.
var leftOut = map[*data.ProblemKind]bool{
	problemLeftOut: true, problemSumRow: true, problemNoCase: true, problemRepeated: true, problemOlderRow: true,
}

// notes are what is worth knowing of a file, and no doubt.
var notes = map[*data.ProblemKind]bool{problemNoteColumns: true}

// place is a table of a file.
type place struct {
	file  string // its name without a folder; of a file in an archive, that one's
	sheet string // of a spreadsheet
}

// at gives the places of a finding: file, sheet, row and column, as far as they are
// known. Line 0 is the table as a whole; cells are those of the row, for a person
// to know it by; header is the column's.
func (p place) at(line int, cells, header string) []data.Ref {
	places := 1
	for _, more := range []bool{p.sheet != "", line > 0, header != ""} {
		if more {
			places++
		}
	}
	where := make([]data.Ref, 0, places) // a file may have very many findings
	where = append(where, data.Ref{Kind: "file", ID: p.file})
	if p.sheet != "" {
		where = append(where, data.Ref{Kind: "sheet", ID: p.sheet})
	}
	if line > 0 {
		where = append(where, data.Ref{Kind: "row", ID: strconv.Itoa(line), Label: cells})
	}
	if header != "" {
		where = append(where, data.Ref{Kind: "column", ID: header})
	}
	return where
}

// refused says why a row is not taken.
func (p place) refused(line int, why *data.Problem) data.Finding {
	severity := data.Serious
	if leftOut[why.Kind] {
		severity = data.Info
	}
	return p.finding(severity, line, "", why)
}

// doubted says of what is taken what could not be read for certain.
func (p place) doubted(line int, text string, why *data.Problem) data.Finding {
	severity := data.Warning
	if notes[why.Kind] {
		severity = data.Info
	}
	return p.finding(severity, line, text, why)
}

func (p place) finding(severity data.Severity, line int, text string, why *data.Problem) data.Finding {
	cells := shorten(strings.ReplaceAll(text, string(cellBreak), " | "))
	header := why.Args["header"]
	if why.Kind == problemDoubtTable {
		header = "" // it tells how a header begins
	}
	f := why.Finding(severity, p.at(line, cells, header)...)
	f.Mend.Deed = deeds[why.Kind]
	return f
}
