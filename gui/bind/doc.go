// Package bind is the page on which the bundle of a dispute is composed, and the list of
// those that were made.
//
// Its one rule: all that is changed on the page is stored at once.
package bind
