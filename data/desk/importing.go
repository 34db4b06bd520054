package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/store"
)

// Limits of what a preview and a report keep of a file; the counts are of the
// whole file.
const (
	previewRows   = 10
	keptRejected  = 100_000
	keptDoubts    = 10_000
	presetSetting = "preset." // settings that hold a seller's own presets, as TOML
)

var (
	problemNoPreset = data.DefineProblem("header_unknown", data.ErrInvalid,
		"The header of {file} is not one that Casebinder knows: {header}",
		"Say in the mapping what each column holds, or name a preset.")
	problemPresetName = data.DefineProblem("preset_not_found", data.ErrNotFound,
		"There is no preset “{preset}”.", "Choose one of: {presets}.")
	problemNoShop = data.DefineProblem("import_without_shop", data.ErrInvalid,
		"The shop that the orders in {file} belong to is missing.",
		"Name the shop with its platform.")
	ProblemSameName = data.DefineProblem("import_shop_same_name", data.ErrConflict,
		"Several shops are called “{shop}”, and nothing tells which is meant.", "Say the platform too: {platforms}.")
	problemOrderFuture = data.DefineProblem("import_order_future", data.ErrInvalid,
		"The order {number} is dated {ordered}, which lies in the future.",
		"Look whether the file writes day or month first; if so, undo the import and import it again. The order was kept.")
	problemTotalUnsure = data.DefineProblem("import_doubt_total", data.ErrConflict,
		"The files that tell of the order {number} come to different totals; it stands at {total}.",
		"Compare the total with the platform, and correct it in the order.")
	problemNothing = data.DefineProblem("import_nothing", data.ErrInvalid,
		"No row of {file} could be taken; {rejected} were left out, the first in line {line}.",
		"Look at the reason of each, and check that it is the right file and preset.")
)

// ImportRequest says which file goes into which shop and how it is read.
type ImportRequest struct {
	Path   string
	Target string // "orders" (or ""), "disputes", "feedback", "messages", "shipments", "products", "costs"
	// Shop is an existing one by ID or by platform and name, or a new one that the
	// import makes. Zone and Currency, where given, hold for this file alone when the
	// shop is there already.
	Shop     data.Shop
	Preset   string // id of a preset; "" means the one whose header fits
	Custom   []byte // a preset as TOML, from the mapping screen; wins over Preset
	DayFirst string // "yes" or "no" where the file cannot tell whether 03/04 is in April; else ""
	Decimal  string // "." or "," where the file cannot tell whether 1,234 is a thousand; else ""
	Encoding string // of text, where the one that is found is wrong; one of ImportEncodings or a name that people use; else ""
	Minor    string // "yes" or "no" where the file cannot tell whether 4599 is 45.99; else ""

	// AcceptOlder takes what goes back: an order that was shipped is to be shipped,
	// a refund is none. Without it such an order stays as it is, with a doubt.
	AcceptOlder bool

	// AcceptReused takes a row of a carrier's table to the order that it names, though
	// another has its tracking number, or it is older than the order. Without it such
	// a row is left out.
	AcceptReused bool
}

// ImportQuestion is something that the file alone cannot answer, with a value
// that can be read in two ways: "day_first", "decimal" or "currency".
type ImportQuestion struct {
	Kind, Header, Example string
}

// ImportPreview is what an import would do; nothing was written.
type ImportPreview struct {
	Partial   bool // the file is read still: the first rows are there, and the counts until now
	File      string
	Preset    string // id; "" when the header is unknown and a mapping is needed
	Title     string // of the preset
	Platform  data.Platform
	Encoding  string
	Counts    data.ImportCounts // as they would be
	Orders    []data.Order      // the first ten as they would be
	Feedback  []data.Feedback
	Messages  []data.Message
	Disputes  []data.Dispute
	Parcels   []importer.Parcel
	Products  []data.Product
	Costs     []importer.CostLine
	Rejected  []data.Rejection
	Doubts    []data.Finding // what is taken and could not be read for certain; one that names no row is about the whole file. The first 10,000
	Doubted   int            // how many doubts there are in all
	Notes     []data.Finding // what is worth knowing of the file, and no doubt
	Backward  int            // how many orders would go back to a state that they have left; ImportRequest.AcceptOlder decides
	Reused    int            // rows of a carrier's table whose number is another order's; ImportRequest.AcceptReused decides
	Questions []ImportQuestion
	Columns   []ImportColumn // for the mapping screen
}

// ImportColumn is one column of a file.
type ImportColumn struct {
	Header  string
	Samples []string // up to five values
	Field   string   // what it feeds or seems to be; "" for nothing
}

// ImportReport is what an import did.
type ImportReport struct {
	ID       int64
	File     string
	Target   string
	Preset   string
	Shop     data.Shop
	Counts   data.ImportCounts
	Rejected []data.Rejection // at most 100,000; Counts.Rejected counts all
	Doubts   []data.Finding   // what was taken and could not be read for certain; one that names no row is about the whole file. The first 10,000
	Doubted  int              // how many doubts there are in all
	Notes    []data.Finding   // what is worth knowing of the file, and no doubt
	Backward int              // how many orders the file takes back to a state that they have left
	Reused   int              // rows of a carrier's table that were left out, as their number is another order's
	Unread   []string         // headers of the columns that hold something and that no field takes
}

// PresetInfo names a preset.
type PresetInfo struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Platform data.Platform `json:"platform"`
	Target   string        `json:"as"` // orders, disputes, feedback, messages, shipments, products or costs
	BuiltIn  bool          `json:"built_in"`
}

// presets gives the seller's own presets before the built-in ones.
func (d *Desk) presets(ctx context.Context) (own, builtIn []*importer.Preset, err error) {
	if builtIn, err = importer.BuiltIn(); err != nil {
		return nil, nil, err
	}
	settings, err := d.store.Settings(ctx)
	if err != nil {
		return nil, nil, err
	}
	for key, value := range settings {
		if !strings.HasPrefix(key, presetSetting) {
			continue
		}
		var text string
		if err := json.Unmarshal(value, &text); err != nil {
			return nil, nil, fmt.Errorf("reading the setting %s: %w", key, err)
		}
		preset, err := importer.DecodePreset(key, []byte(text))
		if err != nil {
			return nil, nil, err
		}
		own = append(own, preset)
	}
	return own, builtIn, nil
}

// Presets lists the seller's own presets, then the built-in ones.
func (d *Desk) Presets(ctx context.Context) ([]PresetInfo, error) {
	own, builtIn, err := d.presets(ctx)
	if err != nil {
		return nil, err
	}
	var all []PresetInfo
	for _, p := range own {
		all = append(all, PresetInfo{ID: p.ID, Title: p.Title, Platform: p.Platform, Target: string(p.Target)})
	}
	return append(all, builtInInfos(builtIn)...), nil
}

// BuiltInPresets lists the presets that every desk has.
func BuiltInPresets() ([]PresetInfo, error) {
	builtIn, err := importer.BuiltIn()
	return builtInInfos(builtIn), err
}

func builtInInfos(builtIn []*importer.Preset) []PresetInfo {
	all := make([]PresetInfo, len(builtIn))
	for i, p := range builtIn {
		all[i] = PresetInfo{ID: p.ID, Title: p.Title, Platform: p.Platform, Target: string(p.Target), BuiltIn: true}
	}
	return all
}

// ImportFields lists the fields that a mapping can fill, in the order in which
// the mapping screen shows them.
func ImportFields(target string) []string {
	var all []string
	for _, f := range importer.Fields(importerTarget(target)) {
		all = append(all, string(f))
	}
	return all
}

// ImportNeeds lists the fields that a mapping must fill.
func ImportNeeds(target string) []string {
	var all []string
	for _, f := range importer.Needed(importerTarget(target)) {
		all = append(all, string(f))
	}
	return all
}

// ImportEncodings lists the encodings that can be chosen for a text, in the order
// in which a choice shows them.
func ImportEncodings() []string { return importer.Encodings() }

func importerTarget(target string) importer.Target {
	if target == "" {
		return importer.TargetOrders
	}
	return importer.Target(target)
}

// MappingPreset makes a preset, as TOML, from a mapping of the file's headers
// to fields. Title is the name under which it would be kept.
func (d *Desk) MappingPreset(ctx context.Context, title string, r ImportRequest, fields map[string]string) ([]byte, error) {
	in, src, err := d.inspect(ctx, r)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	for i := range in.Columns {
		in.Columns[i].Field = importer.Field(fields[in.Columns[i].Header])
	}
	preset, err := importer.Mapping("own-"+slug(title), title, importerTarget(r.Target), in.Columns)
	if err != nil {
		return nil, err
	}
	preset.Platform = r.Shop.Platform
	return importer.EncodePreset(preset)
}

// slug makes a key of a title: letters and digits, joined by hyphens.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && r < 0x80
	})
	return strings.Join(words, "-")
}

// SavePreset keeps a preset for later files with the same header.
func (d *Desk) SavePreset(ctx context.Context, toml []byte) (PresetInfo, error) {
	preset, err := importer.DecodePreset("preset", toml)
	if err != nil {
		return PresetInfo{}, err
	}
	info := PresetInfo{ID: preset.ID, Title: preset.Title, Platform: preset.Platform, Target: string(preset.Target)}
	return info, d.PutSetting(ctx, presetSetting+preset.ID, string(toml))
}

// inspect opens a file and finds how to read it. The caller closes the source.
func (d *Desk) inspect(ctx context.Context, r ImportRequest) (*importer.Inspection, *importer.Source, error) {
	own, builtIn, err := d.presets(ctx)
	if err != nil {
		return nil, nil, err
	}
	all := append(own, builtIn...)
	switch {
	case len(r.Custom) > 0:
		custom, err := importer.DecodePreset("preset", r.Custom)
		if err != nil {
			return nil, nil, err
		}
		all = []*importer.Preset{custom}
	case r.Preset != "":
		if all = named(all, r.Preset); len(all) == 0 {
			return nil, nil, problemPresetName.New("preset", r.Preset, "presets", idsOf(append(own, builtIn...)))
		}
	}
	var layout importer.Layout
	if r.Encoding != "" {
		if layout.Encoding, err = importer.EncodingByName(r.Encoding); err != nil {
			return nil, nil, err
		}
	}
	src, err := importer.Open(r.Path)
	if err != nil {
		return nil, nil, err
	}
	in, err := importer.InspectAs(ctx, src, all, layout, importerTarget(r.Target))
	if err != nil {
		return nil, nil, errors.Join(err, src.Close())
	}
	return in, src, nil
}

func named(all []*importer.Preset, id string) []*importer.Preset {
	for _, p := range all {
		if p.ID == id {
			return []*importer.Preset{p}
		}
	}
	return nil
}

func idsOf(all []*importer.Preset) string {
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	return strings.Join(ids, ", ")
}

// Import reads a file into a shop in one transaction: all of it or nothing. A
// shop that is new is made with it. Rows that cannot be taken are listed with
// line and reason.
func (d *Desk) Import(ctx context.Context, r ImportRequest, p Progress) (ImportReport, error) {
	in, src, err := d.inspect(ctx, r)
	if err != nil {
		return ImportReport{}, err
	}
	defer src.Close()
	if in.Preset == nil {
		if in.Near != nil {
			return ImportReport{}, in.Near
		}
		return ImportReport{}, problemNoPreset.New("file", src.Name, "header", headerOf(in))
	}
	hash, err := fileHash(ctx, r.Path)
	if err != nil {
		return ImportReport{}, err
	}
	job := importJob{desk: d, request: r, in: in, src: src, progress: p, hash: hash}
	switch in.Preset.Target {
	case importer.TargetShipments:
		return d.importParcels(ctx, &job)
	case importer.TargetProducts:
		return d.importProducts(ctx, &job)
	case importer.TargetCosts:
		return d.importCosts(ctx, &job)
	}
	began := time.Now()
	err = d.record(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := job.run(ctx, tx); err != nil {
			return deed{}, err
		}
		did, err := job.deed(ctx, tx)
		if err != nil {
			return deed{}, err
		}
		waited, err := tx.TakenExport(hash)
		if waited {
			did.rows = append(did.rows, manyOf(data.EntityFound)...)
		}
		return did, err
	})
	if err == nil {
		d.searchFast(ctx, time.Since(began))
	}
	return job.report, err
}

// searchFast puts the search indexes in order before an import is said to be done,
// for an eighth of the time that it took and 30 seconds at most; what is left is
// done behind.
func (d *Desk) searchFast(ctx context.Context, took time.Duration) {
	if err := d.store.MergeWhole(ctx, min(took/8, 30*time.Second)); err != nil && ctx.Err() == nil {
		slog.Warn("tidying the search index", "error", err) // searching works all the same
	}
	d.tidySearch()
}

func headerOf(in *importer.Inspection) string {
	var headers []string
	for i, c := range in.Columns {
		if i == 8 {
			headers = append(headers, "…")
			break
		}
		headers = append(headers, c.Header)
	}
	return strings.Join(headers, " | ")
}

func fileHash(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", path, err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, readerWith(ctx, f)); err != nil {
		return "", fmt.Errorf("reading %s: %w", path, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// readerWith ends reading with the context's error when that is done.
func readerWith(ctx context.Context, r io.Reader) io.Reader { return contextReader{ctx, r} }

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// WriteRejections writes the rows that were not taken as a CSV file. Say puts what is
// said into the reader's language; titles are those of the columns before the cells:
// file, line, reason, what to do, cells.
func WriteRejections(w io.Writer, rows []data.Rejection, titles []string, say func(data.Text) string) error {
	return importer.WriteRejections(w, rows, titles, say)
}
