// Package imports holds the sheets that take data in: tables of a platform with their
// preview and mapping, and notice e-mails.
//
// Its one rule: nothing is taken before a person saw what would be.
package imports
