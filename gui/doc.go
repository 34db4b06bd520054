// Package gui is the window: its frame, its screens and its sheets.
//
// Its one rule: it asks data/desk and shows what it says. It knows no SQL, no
// file format and no platform's rules, and does nothing slow on the main
// goroutine.
package gui
