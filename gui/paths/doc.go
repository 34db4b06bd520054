// Package paths is the sheet in which a guided path is walked for an order.
//
// Its one rule: it answers and takes back, and sends nothing; what a path leads to
// is made by one press, and can be undone.
package paths
