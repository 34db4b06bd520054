// Package importer turns files of every platform into orders, disputes,
// feedback and messages.
//
// Its one rule: nothing that it reads is trusted, and nothing that it cannot
// read for certain is guessed. A row is taken whole or listed with its line
// and its reason. It knows no database.
//
// A file is opened (Open), looked at (Inspect: what container, encoding,
// separator, header and preset), shown (Preview) and read (Read). Each step is
// a function of the file and its arguments alone, so the same file gives the
// same orders on every machine.
package importer
