// Package today is the tab of what is due, worst first.
//
// Its one rule: it says why each date is what it is, and computes none.
package today
