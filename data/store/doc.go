// Package store keeps the desk in one SQLite file.
//
// Its one rule: it is the only place with SQL, and it knows what is stored,
// never what it means. No SQL and no database handle appears in an exported
// signature, so that another database can stand behind the same methods.
//
// Reads are methods of Reader, which both a Store (through a small pool of
// reading connections) and a Tx (inside the writing transaction) have. Writes
// are methods of Tx; Store.Update is the one way to get one. A transaction
// that writes without recording a change in the journal fails.
//
// The schema is documented for people in migrations/*.sql.
package store
