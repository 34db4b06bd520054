package data

// ReadCode is a barcode that was read from a picture.
type ReadCode struct {
	Format string `json:"format"` // Code128, Code39, ITF, EAN13, QRCode, DataMatrix, Aztec, PDF417 ...
	Text   string `json:"text"`   // what stands in it; in a GS1 code, fields of open length end with "\x1d"
}
