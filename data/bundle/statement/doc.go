// Package statement drafts what a seller says to a dispute, claim by claim, and
// checks that each claim points to something that shows it.
//
// Its one rule: a draft says only what the data show. A claim whose facts are
// not there is left out, and so is one that nothing in the bundle shows; what
// carriers and buyers wrote is quoted, never retold. Only what the seller asks
// for stands without a citation.
//
// Templates are data: assets/statements holds the claims with what they need
// and cite (claims.toml), their words in each language (words), the words by
// which a carrier's entry or a buyer's message is told (signs.toml), and for
// each family of platforms which claims answer which reason, in order. Texts
// are a small part of Liquid: {{ variables }}, if, elsif, else and unless.
// Values are text: braces in them are never run.
package statement
