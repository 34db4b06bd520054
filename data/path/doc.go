// Package path walks decision trees: what to do when a buyer wants an address
// changed, an order canceled or goods sent back.
//
// Its law: a path is data, and walking it decides nothing. A question is answered
// by the order's facts, with what they stand on, or by a person, who may say
// otherwise; each answer can be taken back. A figure that is not known is said to
// be unknown and never taken for nothing. It knows no database: facts go in, and
// the next question or the ending comes out.
package path
