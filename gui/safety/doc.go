// Package safety holds the sheets that look after a desk: its check, what can be
// saved of a damaged one, and the copy of its key.
//
// Its one rule: a fault is told with what to do, and nothing is mended in silence.
package safety
