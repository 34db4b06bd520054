// Package settings holds the sheets of the program itself: settings, backups, about.
//
// Its one rule: what changes holds at once.
package settings
