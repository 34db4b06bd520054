// Package watch looks at folders and tells which files in them are new and whole.
//
// Its one rule: it opens no file and follows no link, and it tells of a file once
// two looks found it alike.
package watch
