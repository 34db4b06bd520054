// Package firststeps is the strip that leads a new desk from its first import to
// its first bundle.
//
// Its one rule: it points at what the window has anyway and does nothing of its
// own; a person can leave it at any time, and find it again.
package firststeps
