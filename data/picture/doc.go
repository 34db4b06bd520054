// Package picture turns files into pixels and pixels into files: for the pages
// of a bundle, for uploads, and for the screen on which a copy is redacted. It
// also tells how long a video or a sound is.
//
// Its one rule: the header is judged before a pixel is decoded, and the same
// file gives the same bytes on every machine. No library of the system takes
// part, no floating point outside of WebAssembly decides a pixel, and what a
// header asks for beyond the limits is refused with what to do.
//
// # Formats
//
// JPEG (RGB, YCbCr, gray, CMYK and YCCK, inverted as Adobe does it or not,
// progressive or not), PNG (up to 16 bits, alpha), GIF and WebP (of an animation
// the first frame), BMP, TIFF (up to 32 bits, CMYK, JPEG inside; of several pages the first),
// HEIC, and AVIF (up to 12 bits, alpha; of an animation its still). HEIC and AVIF
// are decoded by libheif and libavif as WebAssembly, which reckons alike on every
// machine.
//
// Pictures come upright: the orientation of EXIF, or of HEIC's and AVIF's own
// boxes, is applied. Color profiles are not: numbers are shown as if they were
// sRGB, as most viewers of a platform do.
//
// # Memory
//
// A decoded picture takes 1.5 bytes for each pixel (a usual JPEG) to 4 (what has
// alpha, or is not stored as YCbCr); while it is decoded up to 12 more, a HEIC up
// to 16, an AVIF up to 58. What a picture will take is computed from its header;
// [MaxMemory] is the most, for all pictures that are being decoded at a time
// together: others wait. A baseline JPEG or a plain PNG may so have [MaxPixels]; a
// progressive JPEG holds all its coefficients and may have about 100 megapixels,
// HEIC [MaxHEICPixels], AVIF 44, or with more than 8 bits or with alpha 21 to 31.
//
// # Redaction
//
// [Apply] burns marks into pixels, [Redact] writes a copy that holds nothing but
// pixels, and [Proof] opens it again. Boxes are safe for everything. Squares of
// average color are for faces and backgrounds: of short text in a known typeface,
// as a card number, they can be guessed by trying all numbers, however coarse the
// squares are. Use boxes for text.
package picture
