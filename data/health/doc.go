// Package health computes the numbers by which platforms judge a seller's
// account, from the seller's own rows.
//
// Its law: a number is a pure function of rows, a rule of assets/health, its
// settings and a moment, and each row is counted, counted in the numerator, or
// left out with the reason: the sums are those of the rows, and nothing else.
package health
