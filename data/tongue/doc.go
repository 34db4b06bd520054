// Package tongue tells which language a buyer reads, and by what it is told.
//
// Its one rule: a guess says that it is one. What a person or a file said comes
// before what the buyer wrote, that before the buyer's other orders, and the
// country comes last.
package tongue
