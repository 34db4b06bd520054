package desk

import (
	"context"
	"image"
	"io"

	"casebinder/data"
)

// Picture is a decoded picture with the size of its original in pixels.
type Picture struct {
	Image         image.Image
	Width, Height int
}

// ImportRequest says which file goes into which shop and how it is read.
type ImportRequest struct {
	Path   string
	Target string    // "orders" (the default), "feedback", "messages"
	Shop   data.Shop // an existing one (ID set), or a new one that the import makes
	Preset string    // id of a preset; "" means the one that Inspect found
	Custom []byte    // a preset as TOML, from the mapping screen; wins over Preset
}

// ImportPreview is what an import would do, after reading the whole file and
// writing nothing.
type ImportPreview struct {
	File     string
	Preset   string // id; "" when the header is unknown and a mapping is needed
	Title    string
	Platform data.Platform
	Encoding string
	Counts   data.ImportCounts // as they would be
	Sample   []data.Order      // the first ten as they would be
	Rejected []data.Rejection
	Columns  []Column // for the mapping screen
}

// Column is one column of a file whose header no preset knows.
type Column struct {
	Header  string
	Samples []string // up to five values
	Guess   string   // field that it seems to be; "" for none
}

// ImportReport is what an import did.
type ImportReport struct {
	ID       int64
	File     string
	Shop     data.Shop
	Counts   data.ImportCounts
	Rejected []data.Rejection
}

// PresetInfo names a preset.
type PresetInfo struct {
	ID, Title string
	Platform  data.Platform
	Target    string
	BuiltIn   bool
}

func (d *Desk) Presets(ctx context.Context) ([]PresetInfo, error) { return nil, nil }

// Fields lists the fields that a mapping can fill, in the order in which the mapping screen shows them.
func Fields(target string) []string { return nil }

// MappingPreset makes a preset from a mapping: header of the file -> field.
func (d *Desk) MappingPreset(ctx context.Context, title string, r ImportRequest, fields map[string]string) (toml []byte, err error) {
	return nil, nil
}

func (d *Desk) SavePreset(ctx context.Context, toml []byte) (PresetInfo, error) {
	return PresetInfo{}, nil
}

func (d *Desk) PreviewImport(ctx context.Context, r ImportRequest, p Progress) (ImportPreview, error) {
	return ImportPreview{}, nil
}

func (d *Desk) Import(ctx context.Context, r ImportRequest, p Progress) (ImportReport, error) {
	return ImportReport{}, nil
}

// WriteRejections writes the rows that were not taken as a CSV file.
func WriteRejections(w io.Writer, rows []data.Rejection) error { return nil }

// BundleRequest says how a dispute is bound.
type BundleRequest struct {
	DisputeID int64
	Dir       string // where the PDF and the ZIP go
	Language  string // of the bundle's own words: "en", "zh-CN", "zh-TW"
}

// BundleReport is a bundle that was written, verified and recorded.
type BundleReport struct {
	Submission data.Submission
	PDFPath    string
	BagPath    string
	LeftOut    []RejectedFile // what could not be shown in the PDF; the originals are in the ZIP all the same
}

func (d *Desk) ExportBundle(ctx context.Context, r BundleRequest, p Progress) (BundleReport, error) {
	return BundleReport{}, nil
}

// VerifyReport is what a verification found.
type VerifyReport struct {
	Path     string
	Intact   bool
	Version  string // BagIt version
	Files    int
	Bytes    int64
	Findings []VerifyFinding
}

// VerifyFinding names one file, or the bag as a whole, and what is wrong.
type VerifyFinding struct {
	Path, Kind, Detail string
}

// Verify checks a bag, zipped or not, ours or another's.
func Verify(ctx context.Context, path string, p Progress) (VerifyReport, error) {
	return VerifyReport{}, nil
}

// Backup writes the whole desk, database and evidence, into one file in dir,
// verifies it, and gives its path.
func (d *Desk) Backup(ctx context.Context, dir string, p Progress) (path string, err error) {
	return "", nil
}

// Restore makes a desk in an empty or missing folder from a backup.
func Restore(ctx context.Context, dir, file string, p Progress) error { return nil }

// FillSample fills an empty desk with invented data.
func (d *Desk) FillSample(ctx context.Context, p Progress) error { return nil }
