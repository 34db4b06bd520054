// Package buyers is the tab of buyers: one person a row, and all dealings with the
// person beside it.
//
// Its one rule: it shows why accounts are held to be one person, and asks a person
// before it says so.
package buyers
