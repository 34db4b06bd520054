// Package account is the tab of the account's health: the numbers by which
// platforms judge the shops.
//
// Its one rule: each number stands with the rows that it counts, those that it
// leaves out, and where its rule comes from.
package account
