// Package barcode reads the codes on parcels from photos, and tells the numbers
// that stand in them.
//
// Its one rule: a number counts whole or not at all. What reads the pictures,
// zxing-cpp as WebAssembly, runs in a child process with limits, which sees no
// network and no file but the picture that it is asked about; what comes back is
// text of a known length. A picture that cannot be read is a problem that a person
// can act on, never a hang or a panic.
//
//	reader := barcode.New(barcode.Options{Command: []string{self, "__codes"}, CacheDir: dir})
//	codes, err := reader.Read(ctx, "IMG_0042.jpg")
//	numbers := barcode.Numbers(codes)
//
// # How long and how much
//
// A photo with a plain code takes about a tenth of a second; one in which nothing is
// found is looked at again, sharper, larger and turned, which takes about ten times
// as long. The child holds less than 200 MB for a photo of 12 megapixels.
package barcode
