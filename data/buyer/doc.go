// Package buyer tells what speaks for two accounts being one person, and sorts
// buyers by what they bought.
//
// Its one rule: it shows the grounds and merges nothing; that two accounts are one
// person, or two, is a person's word.
//
// Accounts are never compared pair by pair. From each order come marks (a mailbox,
// a number, an address, in the form in which it is compared); who shares a mark is
// looked up by it, so that the work grows with the orders and not with their square.
package buyer
