package bundle

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data/bag"
	"casebinder/data/seal"
	tables "casebinder/data/table"
)

// Whoever changes a bundle can make new manifests and sign them with a key of
// their own. So the parts are held against each other: the index, its table, the
// custody log, the description for programs and the pages tell of the same files.

// maxIndex is far above what an index takes, in bytes.
const maxIndex = 64 << 20

// crossing is one comparison of a bundle's parts.
type crossing struct {
	*Verification
	index  indexFile
	lines  []seal.CustodyLine
	end    seal.Checkpoint
	intact bool // the custody log fits its checkpoint
}

// checkParts sees to it that the bundle has what its format promises, and that
// the parts tell the same.
func (v *Verification) checkParts(ctx context.Context, name string, o VerifyOptions, lines []seal.CustodyLine, end seal.Checkpoint) error {
	v.checkPromised()
	v.checkNames()
	x := &crossing{Verification: v, lines: lines, end: end, intact: lines != nil}
	raw, ok := v.Kept[inData+indexName]
	if !ok || !x.readIndex(raw) {
		return nil
	}
	x.checkInfo()
	x.checkExhibits()
	x.checkIndexTable()
	x.checkLog()
	x.checkCrate()
	x.checkFormList()
	return x.checkPDF(ctx, name, o)
}

// checkPromised names what the format promises and is not there. The custody log
// and its checkpoint are asked for elsewhere.
func (v *Verification) checkPromised() {
	for _, name := range []string{indexName, indexTable, custodyTable, seal.CrateName} {
		if _, there := v.Payload[inData+name]; !there {
			v.fail(inData+name, KindPart, sayNoPart)
		}
	}
	if v.Version != "1.0" {
		v.fail("bagit.txt", KindContradic, sayBagIt, "is", v.Version, "says", "1.0")
	}
	for _, name := range []string{infoName, readmeName, bag.TagManifestName} {
		if !slices.Contains(v.Tags, name) {
			v.fail(name, KindPart, sayNoPart)
		}
	}
}

// checkNames refuses names that no bundle of ours has.
func (v *Verification) checkNames() {
	for name := range v.Payload {
		for part := range strings.SplitSeq(strings.TrimPrefix(name, inData), "/") {
			if bag.SafeName(part) != part && !leftovers(name) {
				v.fail(name, KindContradic, sayName)
				break
			}
		}
	}
}

// readIndex reads index.json.
func (x *crossing) readIndex(raw []byte) bool {
	if len(raw) > maxIndex || json.Unmarshal(raw, &x.index) != nil || seal.RepeatsName(raw) || x.index.Format != indexFormat {
		x.fail(inData+indexName, bag.KindMalformed, sayNoJSON)
		return false
	}
	return true
}

// checkInfo holds bag-info.txt against the index.
func (x *crossing) checkInfo() {
	i := &x.index
	wanted := []struct{ label, says string }{
		{"Source-Organization", i.Shop},
		{"External-Identifier", i.Order},
		{"Internal-Sender-Identifier", cmp.Or(i.Dispute, i.Feedback)},
		{"Bag-Software-Agent", i.Program},
		{"Bagging-Date", i.Generated.UTC().Format(time.DateOnly)},
		{"Payload-Oxum", ""},
		{formatLabel, ""},
	}
	for _, w := range wanted {
		var values []string
		for _, f := range x.Info {
			if strings.EqualFold(f.Label, w.label) {
				values = append(values, f.Value)
			}
		}
		switch {
		case len(values) == 0 && (w.says != "" || w.label == "Payload-Oxum"):
			x.fail(infoName, KindPart, sayNoLabel, "label", w.label)
		case len(values) > 1:
			x.fail(infoName, KindContradic, sayTwoLabels, "label", w.label)
		case len(values) == 1 && w.says != "" && infoText(values[0]) != infoText(w.says):
			x.fail(infoName, KindContradic, sayInfo, "label", w.label, "is", bag.Shortened(values[0]), "says", bag.Shortened(w.says))
		}
	}
}

// infoText is a value as a line of bag-info.txt can hold it.
func infoText(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "�")), " ")
}

// checkExhibits holds the index against the files.
func (x *crossing) checkExhibits() {
	named := map[string]bool{}
	for i, e := range x.index.Exhibits {
		if e.Number != i+1 {
			x.fail(inData+indexName, KindContradic, sayNumbers, "n", e.Number, "want", i+1)
		}
		if e.FirstPage < 1 || e.LastPage < e.FirstPage || e.LastPage > x.index.Pages {
			x.fail(inData+indexName, KindContradic, sayIndexPages, "n", e.Number, "first", e.FirstPage, "last", e.LastPage, "pages", x.index.Pages)
		}
		if e.File == "" {
			switch {
			case e.Withheld == "":
				x.fail(inData+indexName, KindContradic, sayIndexNoFile, "n", e.Number)
			case len(x.index.Masked) == 0:
				x.fail(inData+indexName, KindContradic, sayIndexHidden, "n", e.Number)
			}
			continue
		}
		name := inData + e.File
		named[name] = true
		x.checkExhibit(name, e)
	}
	for _, name := range x.payload() {
		if strings.HasPrefix(name, inOriginals) && !named[name] {
			x.fail(name, KindContradic, sayUnindexed)
		}
	}
}

func (x *crossing) checkExhibit(name string, e indexEntry) {
	is, there := x.Payload[name]
	switch {
	case !there || !strings.HasPrefix(name, inOriginals):
		x.fail(inData+indexName, KindContradic, sayIndexFile, "n", e.Number, "path", bag.Shortened(name))
	case is.SHA256 != e.SHA256:
		x.fail(name, KindContradic, sayIndexSum, "n", e.Number, "says", bag.Shortened(e.SHA256), "is", is.SHA256)
	case is.Size != e.Size:
		x.fail(name, KindContradic, sayIndexSize, "n", e.Number, "says", e.Size, "is", is.Size)
	}
}

// payload lists the payload in order.
func (v *Verification) payload() []string {
	names := make([]string, 0, len(v.Payload))
	for name := range v.Payload {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// checkIndexTable holds index.csv against index.json, row by row.
func (x *crossing) checkIndexTable() {
	raw, ok := x.Kept[inData+indexTable]
	if !ok {
		return
	}
	rows := [][]string{indexColumns}
	for _, e := range x.index.Exhibits {
		rows = append(rows, e.row())
	}
	x.sameTable(inData+indexTable, raw, indexName, rows)
}

// sameTable compares a table with rows that another part gives, the first being
// the names of the columns. The table may have more columns.
func (x *crossing) sameTable(name string, raw []byte, other string, want [][]string) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	for n, cells := range want {
		row, err := r.Read()
		if err != nil {
			x.fail(name, bag.KindMalformed, sayNoTable)
			return
		}
		for i, cell := range cells {
			says := tables.Guard(strings.ToValidUTF8(cell, "�"))
			if is := at(row, i); withoutCR(is) != withoutCR(says) {
				x.failRow(name, int64(n+1), sayCell, "column", want[0][i], "is", bag.Shortened(is), "path", other, "says", bag.Shortened(says))
				return
			}
		}
	}
	if rest, _ := r.ReadAll(); len(rest) > 0 {
		x.fail(name, KindContradic, sayRows, "is", len(want)+len(rest)-1, "path", other, "says", len(want)-1)
	}
}

func at(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

// withoutCR leaves out what tables and their readers treat differently.
func withoutCR(s string) string { return strings.ReplaceAll(s, "\r", "") }

// checkLog holds the custody log against the index and the files.
func (x *crossing) checkLog() {
	if !x.intact {
		return
	}
	if !x.end.At.Equal(x.index.Generated.Truncate(time.Second)) {
		x.fail(inData+checkpointName, KindContradic, sayCustodyTime, "is", stamp(x.end.At), "says", stamp(x.index.Generated))
	}
	if rows, err := seal.CustodyRows(x.Kept[inData+custodyName]); err == nil && x.Kept[inData+custodyTable] != nil {
		x.sameTable(inData+custodyTable, x.Kept[inData+custodyTable], custodyName, rows)
	}
	if i := &x.index; i.Custody != "" && i.Custody != logEnd(x.end) {
		x.fail(inData+custodyName, KindContradic, sayCustodyEnd, "is", logEnd(x.end), "path", indexName, "says", bag.Shortened(i.Custody))
	}
	known := x.fingerprints()
	told, hidden := map[string]bool{}, false
	for _, l := range x.lines {
		x.checkLine(l, known)
		sums := l.Evidence()
		for _, s := range sums {
			told[s] = true
		}
		hidden = hidden || l.Entity == "evidence" && len(sums) == 0 && len(l.Masked) > 0
	}
	for _, e := range x.index.Exhibits {
		if !told[e.SHA256] && !hidden {
			x.fail(inData+custodyName, KindContradic, sayCustodyNone, "n", e.Number, "sum", bag.Shortened(e.SHA256))
		}
	}
}

// fingerprints are those of the exhibits, of the originals of edited copies, and of
// files that were erased.
func (x *crossing) fingerprints() map[string]bool {
	known := map[string]bool{}
	for _, e := range x.index.Exhibits {
		known[e.SHA256] = true
		if e.CopyOf != "" {
			known[e.CopyOf] = true
		}
	}
	for _, e := range x.index.Erased {
		known[e.SHA256] = true
	}
	return known
}

func (x *crossing) checkLine(l seal.CustodyLine, known map[string]bool) {
	name := inData + custodyName
	if l.Entity == "dispute" && l.Key != x.index.Dispute && !slices.Contains(l.Masked, "key") {
		x.failRow(name, l.Seq, sayCustodyCase, "is", bag.Shortened(l.Key), "says", bag.Shortened(x.index.Dispute))
	}
	// The bundle bears the time of its last change, cut to the second.
	if t, err := time.Parse(time.RFC3339Nano, l.At); err == nil && !t.Before(x.index.Generated.Add(time.Second)) {
		x.failRow(name, l.Seq, sayCustodyLate, "is", stamp(t), "says", stamp(x.index.Generated))
	}
	for _, sum := range l.Evidence() {
		if !known[sum] {
			x.failRow(name, l.Seq, sayCustodyOther, "sum", sum)
		}
	}
}

// A crateFile is what the description for programs says of a file.
type crateFile struct {
	ID        string `json:"@id"`
	Type      any    `json:"@type"`
	SHA256    string `json:"sha256"`
	Size      any    `json:"contentSize"`
	Published string `json:"datePublished"`
}

// checkCrate holds the description for programs against the files.
func (x *crossing) checkCrate() {
	name := inData + seal.CrateName
	raw, ok := x.Kept[name]
	if !ok {
		return
	}
	var doc struct {
		Graph []crateFile `json:"@graph"`
	}
	if json.Unmarshal(raw, &doc) != nil || seal.RepeatsName(raw) {
		x.fail(name, bag.KindMalformed, sayNoJSON)
		return
	}
	described := map[string]bool{name: true}
	for _, f := range doc.Graph {
		if f.ID == "./" && f.Published != "" && f.Published != stamp(x.index.Generated) {
			x.fail(name, KindContradic, sayCrateTime, "is", bag.Shortened(f.Published), "says", stamp(x.index.Generated))
		}
		if f.Type != "File" {
			continue
		}
		path, err := url.PathUnescape(f.ID)
		if err != nil {
			path = f.ID
		}
		described[inData+path] = true
		x.checkDescribed(name, inData+path, f)
	}
	for _, path := range x.payload() {
		if !described[path] && !leftovers(path) {
			x.fail(name, KindContradic, sayCrateNone, "path", path)
		}
	}
}

func (x *crossing) checkDescribed(name, path string, f crateFile) {
	is, there := x.Payload[path]
	switch {
	case !there:
		x.fail(name, KindContradic, sayCrateGone, "path", bag.Shortened(path))
	case f.SHA256 != is.SHA256:
		x.fail(name, KindContradic, sayCrateSum, "path", path, "says", bag.Shortened(f.SHA256), "is", is.SHA256)
	case fmt.Sprint(f.Size) != strconv.FormatInt(is.Size, 10):
		x.fail(name, KindContradic, sayCrateSize, "path", path, "says", bag.Shortened(fmt.Sprint(f.Size)), "is", is.Size)
	}
}

// checkFormList holds the list of the files for a platform's form against the
// index.
func (x *crossing) checkFormList() {
	name := inData + formListName
	raw, ok := x.Kept[name]
	if !ok {
		return
	}
	if x.index.Profile == "" {
		x.fail(name, KindContradic, sayFormNone)
	}
	rows, err := formRows(raw)
	if err != nil {
		x.fail(name, KindForm, sayFormNoList, "reason", err)
		return
	}
	known := x.fingerprints()
	for i, row := range rows {
		for _, sum := range row.from {
			if !known[sum] {
				x.failRow(name, int64(i+2), sayFormFrom, "name", bag.Shortened(row.name), "sum", bag.Shortened(sum))
			}
		}
	}
}
