// Package report makes tables of what disputes, complaints, feedback and refunds
// cost and teach: pure functions from rows to tables, and tables to files.
//
// Its one rule: a sum names its rows, its currency and its rate; what has no rate is
// listed and never added. A share stands with the counts that it comes from, and of
// a few it is said that they are few.
//
// The screen, the XLSX file, the CSV file and the PDF show the same [Table]: a figure
// is worked out once.
package report
