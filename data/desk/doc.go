// Package desk holds what a person can do: import, open a dispute, add
// evidence, draft a reply, export a bundle, back up.
//
// Its one rule: one method that changes something is one transaction, one
// entry in the journal and one change event. Screens and commands reach the
// store and the vault only through this package.
//
// All methods are safe to call from several goroutines, block until done, and
// stop early when their context is canceled; a canceled method leaves nothing
// half done.
package desk
