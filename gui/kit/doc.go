// Package kit holds the parts that every screen is made of: one data table,
// sheets, chips, badges, toasts, jobs.
//
// Its one rule: a part knows nothing of orders or disputes, never queries in a
// drawing callback, and touches widgets on the main goroutine alone.
package kit
