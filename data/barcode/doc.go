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
// What looks like a code, by its lines and by how much light and dark lie close
// together, is cut out of the photo, straightened and read at full size, which takes a
// few milliseconds each and finds what shook, is small or lies aslant. Then all of the
// photo is read, smaller. A photo takes 0.1 to 0.2 seconds of one core; one in which no
// number of a parcel or an order is found is looked at once more. The child holds less
// than 200 MB for a photo of 12 megapixels.
package barcode
