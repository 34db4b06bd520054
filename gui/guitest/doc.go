// Package guitest gives the tests of rooms one program with the window's theme, a desk in
// memory and a real one.
//
// Its one rule: it is for tests alone and knows no room.
package guitest
