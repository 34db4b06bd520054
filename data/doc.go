// Package data holds the words of an after-sales desk: shops, orders, buyers,
// messages, disputes, evidence, feedback, reply templates, money and errors.
//
// Its one rule: it imports the standard library alone, and knows no database,
// no file format and no screen.
//
// Times are UTC; a zero time means "not known". Money is integer minor units
// with its currency. Entities carry two identities: ID is the row in this desk
// (fast, local), UID or a natural key is the same on every desk.
package data
