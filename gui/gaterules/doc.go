// Package gaterules holds the sheets of the rules by which a reply is checked: the
// rules, and a shop's own words.
//
// Its one rule: what is switched off says so, and why.
package gaterules
