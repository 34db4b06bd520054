// Package found offers the files that appeared in watched folders, and chooses those
// folders.
//
// Its one rule: a file is taken, imported or left when a person presses a button, and
// never before.
package found
