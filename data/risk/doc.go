// Package risk reviews an order before it ships: facts and rules go in, findings
// and a level come out.
//
// Its one rule: a level comes with its reasons and never as a bare score, and
// what nobody told is named as not known, never guessed. Rules, limits and words
// are data in assets/risk.
package risk
