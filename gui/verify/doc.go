// Package verify checks a bundle or a backup and says what was found, file by file.
//
// Its one rule: it needs no desk: a stranger can do the same.
package verify
