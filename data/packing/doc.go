// Package packing tells which proof of its packing an order wants, what is there
// of it, and to which order a picture belongs by its time.
//
// Its one rule: a wish for proof says by which fact of the order it arose, and
// nothing that is guessed counts without saying so.
package packing
