// Package complaints is the sheet of a complaint, from receipt to archive.
//
// Its one rule: it asks and shows; what comes next, and what may be offered, the
// desk says.
package complaints
