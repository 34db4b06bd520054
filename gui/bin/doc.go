// Package bin is the sheet of what lies in the bin.
//
// Its one rule: what it shows can be brought back, and nothing is destroyed in it.
package bin
