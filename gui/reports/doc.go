// Package reports is the window of what disputes, complaints and refunds cost and
// teach: the figures of a period, and the review of a month.
//
// Its one rule: it works out no figure; the screen and each file show the same table.
package reports
