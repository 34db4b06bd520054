// Package orders is the tab of orders: the list, and the chosen order with its timeline.
//
// Its one rule: it shows what a platform said of an order and changes nothing of it but
// the seller's own note.
package orders
