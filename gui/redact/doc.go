// Package redact is the editor that draws marks on a picture.
//
// Its one rule: the original is never changed; what is seen is what is burned into a copy.
package redact
